/* SPDX-License-Identifier: Apache-2.0 */
/* lint.h - what the files of the lint share. */
#ifndef AURICULE_LEXICON_LINT_H
#define AURICULE_LEXICON_LINT_H
#include "atoms.h"
#include "match.h"

/* findings.c: what was found, until it is told */
typedef struct lint_kept lint_kept;
typedef struct lint_findings {
	lint_kept *v;
	size_t count, cap;
	lex_arena arena;
	bool failed;
} lint_findings;

typedef struct lint {
	const aur_host *h;
	const lex_model *m;
	const aur_lint_input *in;
	lint_findings findings;
	aur_str *layers; /* room for a form made up */
	uint32_t layer_count;
	uint8_t *seen;       /* atoms that have been looked at */
	uint8_t *class_seen; /* classes that a form of the corpus satisfies; NULL without a corpus */
} lint;

void lint_tell(lint *l, aur_level level, const char *rule, const lex_source *s, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* Of no entry; the file's path must live as long as the lint. */
void lint_tell_at(lint *l, aur_level level, const char *rule, const char *file, uint32_t line, uint32_t column, const char *fmt, ...)
    __attribute__((format(printf, 7, 8)));
/* In the order of the files; false, and nothing told, where memory was short for one of them. */
bool lint_hand_over(lint_findings *k, void (*found)(void *to, const aur_lint_finding *f), void *to);
void lint_findings_free(lint_findings *k);

/* covers.c: entries that find what others find, and those that an exclusion takes away; false when memory is short. */
bool lint_covers(lint *l);
bool lint_doubles(lint *l); /* of patterns that are not chains */

/* ids.c: names that stand twice in a file; false when memory is short. */
bool lint_ids(lint *l);

/* stems.c: goes through the forms of the corpus; fills class_seen, reports collisions and near misses of stems. */
aur_status lint_forms(lint *l);
#endif
