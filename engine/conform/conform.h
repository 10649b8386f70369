/* SPDX-License-Identifier: Apache-2.0 */
/* Checks whether a plugin keeps the contract of auricule/plugin.h.  This is what other rooms include.
 *
 * Every check runs in a process of its own, so that a crash, an endless loop, exit() or a plugin that eats all memory is just a
 * finding.  The caller must not have other threads. */
#ifndef AUR_CONFORM_CONFORM_H
#define AUR_CONFORM_CONFORM_H
#include "auricule/plugin.h"
#include "base/error.h"
#include "plugin/registry.h"

typedef enum aur_verdict { AUR_PASSED, AUR_FAILED, AUR_SKIPPED } aur_verdict;

typedef struct aur_finding {
	const char *component; /* id of the component; "" = the file as a whole */
	aur_kind kind;         /* 0 = the file as a whole */
	const char *check;     /* a stable name, which machine formats print */
	aur_verdict verdict;
	const char *reason; /* one sentence, translated; "" if it passed */
	const char *input;  /* the input that shows it, shortened and printable; "" = no particular input */
	aur_str bytes;      /* the same input, complete */
} aur_finding;

typedef struct aur_conform_options {
	const char *pipeline;      /* path of the pipeline that gives tokens, layers and settings; NULL: the default one */
	const aur_config *conf;    /* settings of the components, which override those of the pipeline; may be NULL */
	const char *const *sample; /* files to try beside those that are shipped */
	unsigned samples;
	const char *const *only; /* names of the checks to run; those of the file as a whole always run */
	unsigned onlys;          /* 0: all */
	unsigned seconds;        /* of fuzzing per component; 0: none */
	unsigned limit;          /* seconds of work that a call of the plugin may take */
	unsigned threads;
	uint64_t seed;
	size_t memory; /* bytes that the plugin may allocate */
} aur_conform_options;

int aur_conform_knows(const char *check); /* does any component have a check of that name? */

/* Checks a file and calls found() with each finding as it is made; *failed is the number of failures.  Returns an error only if the
 * checks could not be made: no such file, or a pipeline that does not open. */
aur_code aur_conform(const char *path, const aur_conform_options *o, void (*found)(void *ctx, const aur_finding *f),
                     void *ctx, unsigned *failed, aur_error *err);
#endif
