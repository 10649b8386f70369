/* SPDX-License-Identifier: Apache-2.0 */
/* The memory that both sides of a box share, for the files of the box alone. */
#ifndef AUR_CONFORM_BOARD_H
#define AUR_CONFORM_BOARD_H
#include <stdatomic.h>
#include "conform/box.h"

enum box_end { BOX_RUNNING, BOX_VERDICT, BOX_FAULT, BOX_NO_MEMORY }; /* of the process */

struct box_slot {
	const char *function; /* points into this program, whose addresses both sides share */
	atomic_int busy;
	char name[96];
	size_t kept, size;
};

/* Shared by both sides.  The inside may die at any moment, so nothing here takes more than one write to be consistent. */
typedef struct board {
	atomic_ullong beat; /* incremented when a call begins and when it ends */
	atomic_int end;     /* enum box_end: only the first one is kept */
	aur_verdict verdict;
	int told, setup, culprit, exited, signal, near_limit;
	aur_zone zone;
	int null;
	char reason[900];
	uint64_t digest;
	uint32_t components;
	struct {
		char id[96];
		aur_kind kind;
	} component[AUR_BOX_COMPONENTS];
	int refused_for;
	struct box_slot slot[AUR_BOX_SLOTS];
} board;

struct aur_box {
	board *b;
	uint8_t *input; /* AUR_BOX_SLOTS of AUR_BOX_INPUT bytes each; pages are taken when they are touched */
};

/* Runs the check in this process, which the box has just forked, with its output going to `out`. */
_Noreturn void aur_box_inside(aur_box *x, int out, const aur_box_limits *l, void (*body)(void *), void *arg);
#endif
