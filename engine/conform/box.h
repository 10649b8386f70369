/* SPDX-License-Identifier: Apache-2.0 */
/* A check in a process of its own, and what that process can still say when the plugin brings it down.
 *
 * The two sides share a board.  Before each call of the plugin the inside writes down which function it calls and on
 * what; the outside watches that calls begin and end, and tells what became of the process.  Inside, a verdict ends the
 * process at once: there is nothing to clean up. */
#ifndef AUR_CONFORM_BOX_H
#define AUR_CONFORM_BOX_H
#include "conform/conform.h"

enum {
	AUR_BOX_SLOTS = 18, /* threads at once: the body's, and up to 16 workers */
	AUR_BOX_COMPONENTS = 64,
	AUR_BOX_INPUT = 4 << 20 /* bytes of an input that are kept for the outside */
};

/* What a fault of the processor means, by its address. */
typedef enum aur_zone {
	AUR_ZONE_NONE,
	AUR_ZONE_LENT,   /* lent to the plugin for this call, read-only */
	AUR_ZONE_BEHIND, /* behind the end of what is lent */
	AUR_ZONE_DEAD,   /* lent for an earlier call, or never */
	AUR_ZONE_MODEL,  /* allocated by open(), read-only since */
	AUR_ZONE_STATIC, /* the plugin's own variables, read-only since open() */
	AUR_ZONE_COLD,   /* the same, before anything but open() was called: a lock may guard the writing of them all */
	AUR_ZONE_STACK   /* below the stack of a thread */
} aur_zone;

typedef struct aur_box aur_box;
typedef struct aur_box_limits {
	unsigned seconds; /* that a call may work; it may wait longer */
	size_t memory;    /* bytes that the plugin may take */
} aur_box_limits;

/* What came of a box. */
typedef struct aur_outcome {
	aur_verdict verdict;
	int setup;           /* it is not the plugin that failed, but what the check needs: reason says what */
	char reason[900];    /* one sentence, translated */
	const char *name;    /* of the input; "" = none */
	aur_str input;       /* bytes kept; lives until the next run */
	size_t input_size;   /* of the whole input */
	uint64_t digest;     /* of aur_box_digest */
	char printed[160];   /* what the plugin wrote on the standard streams, its beginning */
	uint32_t components; /* of aur_box_component */
	struct {
		char id[96];
		aur_kind kind;
	} component[AUR_BOX_COMPONENTS];
	int refused_for; /* aur_refusal of the file */
} aur_outcome;

/* -- outside -- */
aur_code aur_box_new(aur_box **out, aur_error *err);
void aur_box_free(aur_box *b);
aur_code aur_box_run(aur_box *b, const aur_box_limits *l, void (*body)(void *arg), void *arg, aur_outcome *out,
                     aur_error *err);

double aur_box_now(void); /* seconds, from some moment on */

/* -- inside -- */
/* Runs fn(arg) in a thread that the box knows: a stack of its own, with a guard.  Slot 0 is the body's, threads that it
 * starts have others.  aur_box_join says whether fn came to its end. */
typedef struct aur_box_thread aur_box_thread;
aur_box_thread *aur_box_start(unsigned slot, void (*fn)(void *), void *arg);
int aur_box_join(aur_box_thread *t);
/* A call of the plugin begins: its name, and the input that it gets (name: of the input, may be NULL); and ends. */
void aur_box_call(const char *function, const char *name, const void *input, size_t n);
void aur_box_call_again(const char *function); /* on the same input as this thread's call before */
void aur_box_return(void);
/* Where faults mean something: of zones that overlap, the one declared first counts.  Returns a number by which to move
 * it. */
unsigned aur_box_zone(aur_zone zone, const void *from, size_t n);
void aur_box_zone_move(unsigned zone, const void *from, size_t n);
/* The verdicts.  The one on the plugin's fault names the input of the call that was made last by this thread. */
_Noreturn void aur_box_pass(void);
_Noreturn void aur_box_skip(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void aur_box_fail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void aur_box_no_setup(const aur_error *e);
void aur_box_digest(uint64_t digest);
void aur_box_component(const char *id, aur_kind kind);
void aur_box_refused(aur_refusal r);
#endif
