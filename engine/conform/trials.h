/* SPDX-License-Identifier: Apache-2.0 */
/* The checks of one component, one after the other: each is run in a box. */
#ifndef AUR_CONFORM_TRIALS_H
#define AUR_CONFORM_TRIALS_H
#include "conform/desk.h"

typedef struct aur_trial {
	const char *name; /* NULL: the kind's more_name */
	void (*run)(aur_desk *d);
	unsigned needs_threads : 1;  /* for the kinds that many threads call */
	unsigned needs_more : 1;     /* for the kinds that have more() */
	unsigned first : 1;          /* where it fails, the others could only fail for the same reason */
	unsigned repeats_digest : 1; /* its digest must be that of another process */
} aur_trial;

void aur_trial_output(aur_desk *d);  /* the one that makes a digest */
extern const aur_trial aur_trials[]; /* ended by a NULL run */
#endif
