/* SPDX-License-Identifier: Apache-2.0 */
/* Runs the same function on several threads. */
#ifndef AUR_BASE_THREADS_H
#define AUR_BASE_THREADS_H
#include <stddef.h>

enum { AUR_MAX_THREADS = 64 };
/* Calls fn(arg), fn(arg + stride), … n times (at most AUR_MAX_THREADS), the first call on the calling thread, the others on threads
 * of their own, and returns when all have returned.  A call for which no thread can be started runs on the calling thread, after
 * the first.  With stride 0 all calls get the same argument. */
void aur_each_thread(unsigned n, void *(*fn)(void *), void *arg, size_t stride);
#endif
