/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a check in a process of its own (the box), and finds out what happened if the plugin brings that process down.
 *
 * The two sides share memory, the board.  Before each call of the plugin, the inside notes which function it calls and on what
 * input; the outside watches calls begin and end, and says what became of the process.  Inside, a verdict ends the process at once,
 * so nothing has to be cleaned up. */
#ifndef AUR_CONFORM_BOX_H
#define AUR_CONFORM_BOX_H
#include "conform/conform.h"

enum {
	AUR_BOX_SLOTS = 18, /* threads at once: the body's, and up to 16 workers */
	AUR_BOX_COMPONENTS = 64,
	AUR_BOX_INPUT = 4 << 20 /* bytes of an input that the outside can still see */
};

/* What a fault (SIGSEGV, SIGBUS) means, by the zone that its address is in. */
typedef enum aur_zone {
	AUR_ZONE_NONE,
	AUR_ZONE_LENT,   /* lent to the plugin for this call, read-only */
	AUR_ZONE_BEHIND, /* just behind the end of what is lent */
	AUR_ZONE_DEAD,   /* lent for an earlier call, or never lent */
	AUR_ZONE_MODEL,  /* allocated by open(), and read-only since it returned */
	AUR_ZONE_STATIC, /* the plugin's static variables, read-only since open() */
	AUR_ZONE_COLD,   /* the same, before anything but open() was called; a write by a lock ends the watch of them all, as it may
	                  * guard them */
	AUR_ZONE_STACK   /* the guard below a thread's stack */
} aur_zone;

typedef struct aur_box aur_box;
typedef struct aur_box_limits {
	unsigned seconds; /* of work that a call may take; it may wait for longer */
	size_t memory;    /* bytes that the plugin may allocate */
} aur_box_limits;

/* The result of a box. */
typedef struct aur_outcome {
	aur_verdict verdict;
	int setup;           /* not the plugin failed, but something that the check needs; reason says what */
	char reason[900];    /* one sentence, translated */
	const char *name;    /* name of the input at fault; "" = none */
	aur_str input;       /* the input's bytes, as far as they were kept; valid until the next run */
	size_t input_size;   /* size of the whole input */
	uint64_t digest;     /* set by aur_box_digest */
	char printed[160];   /* beginning of what the plugin wrote to the standard streams */
	uint32_t components; /* added by aur_box_component */
	struct {
		char id[96];
		aur_kind kind;
	} component[AUR_BOX_COMPONENTS];
	int refused_for; /* aur_refusal of the file */
} aur_outcome;

/* -- outside -- */
aur_code aur_box_new(aur_box **out, aur_error *err);
void aur_box_free(aur_box *b);
/* Runs body(arg) in a box and waits for it.  A plugin that fails is a result, in *out; an error is returned only if the box could
 * not be started. */
aur_code aur_box_run(aur_box *b, const aur_box_limits *l, void (*body)(void *arg), void *arg, aur_outcome *out,
                     aur_error *err);

double aur_box_now(void); /* seconds since an arbitrary moment */

/* -- inside -- */
/* Runs fn(arg) in a thread that the box knows, with its own stack and a guard below it.  Slot 0 is the body's; each thread that it
 * starts needs another one.  aur_box_join says whether fn returned. */
typedef struct aur_box_thread aur_box_thread;
aur_box_thread *aur_box_start(unsigned slot, void (*fn)(void *), void *arg);
int aur_box_join(aur_box_thread *t);
/* Brackets a call of the plugin: its name, and the input that it gets (name: of the input, may be NULL); and aur_box_return when it
 * is over. */
void aur_box_call(const char *function, const char *name, const void *input, size_t n);
void aur_box_call_again(const char *function); /* another call, on the same input as this thread's last one */
void aur_box_return(void);
/* Gives faults at these addresses a meaning; of overlapping zones the one declared first counts.  Returns a number with which the
 * zone can be moved. */
unsigned aur_box_zone(aur_zone zone, const void *from, size_t n);
void aur_box_zone_move(unsigned zone, const void *from, size_t n);
/* The verdicts.  A failure of the plugin names the input of this thread's last call. */
_Noreturn void aur_box_pass(void);
_Noreturn void aur_box_skip(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void aur_box_fail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void aur_box_no_setup(const aur_error *e); /* the check could not be prepared; not the plugin's fault */
void aur_box_digest(uint64_t digest);
void aur_box_component(const char *id, aur_kind kind);
void aur_box_refused(aur_refusal r);
#endif
