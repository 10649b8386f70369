/* SPDX-License-Identifier: Apache-2.0 */
/* walk.h - does a pattern match through its anchor? */
#ifndef AURICULE_LEXICON_WALK_H
#define AURICULE_LEXICON_WALK_H
#include "sentence.h"

/* The context that kept a pattern from matching.  If it is a forbidden one, also the words that it matched, with its
 * gap. */
typedef struct lex_blame {
	const lex_context *context; /* NULL: none */
	uint32_t first, last;
} lex_blame;
/* Does the pattern match through this anchor, whose class the token has?  The token must be in the current sentence.  *why, if not
 * NULL, is set. */
bool lex_match(lex_worker *w, const lex_pattern *p, uint32_t position, uint32_t token, uint32_t *first, uint32_t *last,
               lex_blame *why);

#endif
