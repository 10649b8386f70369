/* SPDX-License-Identifier: Apache-2.0 */
/* The same work on several threads. */
#ifndef AUR_BASE_THREADS_H
#define AUR_BASE_THREADS_H
#include <stddef.h>

enum { AUR_MAX_THREADS = 64 };
/* fn(arg), fn(arg + stride), … n of them, at most AUR_MAX_THREADS, the first one on the thread that calls; returns when all have
 * ended.  One for which the system gives no thread runs here, after the first.  stride 0: all have the same. */
void aur_each_thread(unsigned n, void *(*fn)(void *), void *arg, size_t stride);
#endif
