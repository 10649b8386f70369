/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <pthread.h>
#include "base/threads.h"

void aur_each_thread(unsigned n, void *(*fn)(void *), void *arg, size_t stride)
{
	pthread_t t[AUR_MAX_THREADS];
	int running[AUR_MAX_THREADS] = {0};
	for (unsigned i = 1; i < n; i++)
		running[i] = !pthread_create(&t[i], NULL, fn, (char *)arg + i * stride);
	fn(arg);
	for (unsigned i = 1; i < n; i++) {
		if (running[i])
			pthread_join(t[i], NULL);
		else
			fn((char *)arg + i * stride);
	}
}
