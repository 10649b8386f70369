/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a plugin keeps the contract of auricule/plugin.h: the room from above.
 *
 * Every check runs in a process of its own, so that a crash, an endless loop, exit() or a plugin that eats all memory
 * is a finding and nothing worse.  The caller must have no thread beside its own. */
#ifndef AUR_CONFORM_CONFORM_H
#define AUR_CONFORM_CONFORM_H
#include "auricule/plugin.h"
#include "base/error.h"
#include "plugin/registry.h"

typedef enum aur_verdict { AUR_PASSED, AUR_FAILED, AUR_SKIPPED } aur_verdict;

typedef struct aur_finding {
	const char *component; /* its id; "" = the file as a whole */
	aur_kind kind;         /* 0 = the file as a whole */
	const char *check;     /* a name that stays the same: machine formats print it */
	aur_verdict verdict;
	const char *reason; /* one sentence, in the person's language; "" where it passed */
	const char *input;  /* what shows it, cut short and printable; "" = nothing in particular */
	aur_str bytes;      /* the same, whole */
} aur_finding;

typedef struct aur_conform_options {
	const char *pipeline;      /* path: whose tokens, layers and settings; NULL: the default one */
	const aur_config *conf;    /* settings of the components, after those of the pipeline; may be NULL */
	const char *const *sample; /* files to try beside those that are shipped */
	unsigned samples;
	const char *const *only; /* names of checks to make, and no others; those of the file are always made */
	unsigned onlys;          /* 0: all */
	unsigned seconds;        /* of fuzzing, for each component; 0: none */
	unsigned limit;          /* seconds that a call of the plugin may work */
	unsigned threads;
	uint64_t seed;
	size_t memory; /* bytes that the plugin may take */
} aur_conform_options;

int aur_conform_knows(const char *check); /* whether a component has a check of that name */

/* Checks a file; found() is told each finding as it is made.  *failed: how many failed.  An error is something that
 * kept the checks from being made: no such file, a pipeline that does not open. */
aur_code aur_conform(const char *path, const aur_conform_options *o, void (*found)(void *ctx, const aur_finding *f),
                     void *ctx, unsigned *failed, aur_error *err);
#endif
