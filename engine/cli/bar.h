/* SPDX-License-Identifier: Apache-2.0 */
/* A progress bar on standard error, where that is a terminal; and signals that ask the work to stop. */
#ifndef AUR_CLI_BAR_H
#define AUR_CLI_BAR_H
#include <stdint.h>

typedef struct aur_bar {
	double t0, last;
	int on;
} aur_bar;
aur_bar aur_bar_begin(int quiet);
double aur_bar_seconds(const aur_bar *b); /* since it began */
/* part: of the whole, 0 to 1; n contributions are done. */
void aur_bar_show(aur_bar *b, double part, uint64_t n);
void aur_bar_clear(const aur_bar *b); /* before anything else is said */
/* From now on this signal only asks the work to stop; the second time it ends the program.  restart: a system call that it interrupts
 * goes on. */
void aur_stop_at(int sig, int restart);
/* From now on Ctrl-C and the system's wish to end only ask the work to stop; the second time they end the program. */
void aur_bar_interruptible(void);
#endif
