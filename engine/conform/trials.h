/* SPDX-License-Identifier: Apache-2.0 */
/* The checks of a component, in order; each runs in a box. */
#ifndef AUR_CONFORM_TRIALS_H
#define AUR_CONFORM_TRIALS_H
#include "conform/desk.h"

typedef struct aur_trial {
	const char *name; /* NULL: the kind's more_name */
	void (*run)(aur_desk *d);
	unsigned needs_threads : 1;  /* only for kinds that several threads may call */
	unsigned needs_more : 1;     /* only for kinds that have more() */
	unsigned first : 1;          /* if it fails, the others are not run: they would fail for the same reason */
	unsigned repeats_digest : 1; /* runs in two processes, which must give the same digest */
} aur_trial;

void aur_trial_output(aur_desk *d);  /* the check that makes the digest */
extern const aur_trial aur_trials[]; /* ended by a NULL run */
#endif
