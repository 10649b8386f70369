/* SPDX-License-Identifier: Apache-2.0 */
/* lint.h - what the files of the lint share. */
#ifndef AURICULE_LEXICON_LINT_H
#define AURICULE_LEXICON_LINT_H
#include "atoms.h"
#include "hits.h"

/* findings.c: findings, kept until they are reported */
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
	aur_str *layers; /* scratch: the layers of a made-up form */
	uint32_t layer_count;
	uint8_t *seen;       /* by atom: has it been handled? */
	uint8_t *class_seen; /* by class: does a form of the corpus satisfy it?  NULL without a corpus */
} lint;

/* Adds a finding about an entry. */
void lint_tell(lint *l, aur_level level, const char *rule, const lex_source *s, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* Adds a finding that is not about an entry; the file's path must live as long as the lint. */
void lint_tell_at(lint *l, aur_level level, const char *rule, const char *file, uint32_t line, uint32_t column, const char *fmt, ...)
    __attribute__((format(printf, 7, 8)));
/* Reports all findings in the order of the files; returns false, without reporting any, if memory was short for one. */
bool lint_hand_over(lint_findings *k, void (*found)(void *to, const aur_lint_finding *f), void *to);
void lint_findings_free(lint_findings *k);

/* covers.c: entries that find only what others find, and those whose matches an exclusion removes; false: no memory. */
bool lint_covers(lint *l);
bool lint_doubles(lint *l); /* for patterns that are not chains */

/* ids.c: names that occur twice in a file; false: no memory. */
bool lint_ids(lint *l);

/* stems.c: goes through the forms of the corpus; fills in class_seen, reports stems that collide and stems that miss. */
aur_status lint_forms(lint *l);
#endif
