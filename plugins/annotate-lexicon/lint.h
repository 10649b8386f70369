/* SPDX-License-Identifier: Apache-2.0 */
/* lint.h - what lint.c and stems.c share. */
#ifndef AURICULE_LEXICON_LINT_H
#define AURICULE_LEXICON_LINT_H
#include "lexicon.h"

typedef struct lint {
	const aur_host *h;
	const lex_model *m;
	const aur_lint_input *in;
	void (*found)(void *to, const aur_lint_finding *f);
	void *to;
	aur_str *layers; /* room for a form made up */
	uint32_t layer_count;
	uint8_t *seen;       /* atoms that have been looked at */
	uint8_t *class_seen; /* classes that a form of the corpus satisfies; NULL without a corpus */
} lint;

typedef struct lint_key {
	uint64_t hash;
	uint32_t pattern;
} lint_key;

void lint_tell(lint *l, aur_level level, const char *rule, const lex_source *s, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* stems.c: goes through the forms of the corpus; fills class_seen, reports collisions and near misses of stems. */
aur_status lint_forms(lint *l);
#endif
