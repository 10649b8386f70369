/* SPDX-License-Identifier: Apache-2.0 */
/* The record of a contribution: its id, and its text as a sequence of forms.
 *
 * The text is not stored a second time: it is its forms and what is between them.  By a rule on the bytes of two forms (aur_glue),
 * nothing or one space is expected between them; only deviations are written, so that the text can be restored byte for byte.  For
 * French text that takes less than half of the size of the text itself.
 *
 *  varint length of id, id
 *  varint bytes of text, varint tokens, varint words
 *  varint bytes of the form numbers, form numbers (varints)
 *  side: varint sentence ends but the last, gaps between them; exceptions (varint gap << 2 | kind) ending
 *  with a gap of 0; what follows the last token
 *  kind 0: the opposite of what is expected precedes the token; 1: other bytes precede it (varint length, bytes);
 *  2: as 1, then the bytes of the token, which differ from its form (varint length, bytes); 3: only the latter */
#ifndef AUR_INDEX_FORWARD_H
#define AUR_INDEX_FORWARD_H
#include "index/format.h"

enum { AUR_GLUE_LEFT = 1, AUR_GLUE_RIGHT = 2 };
/* Does no space come before the form (LEFT), after it (RIGHT)?  0xE2 begins ’, …, – and other typographic marks in
 * UTF-8.  Stored records depend on these rules, so they must not change. */
static inline unsigned aur_glue(const char *p, size_t n)
{
	unsigned g = 0;
	unsigned char c = n ? (unsigned char)p[0] : 0;
	if (c == ',' || c == '.' || c == ')' || c == ']' || (c == '-' && n > 1) || c == 0xE2)
		g |= AUR_GLUE_LEFT;
	if (c == '(' || c == '[' || (n && p[n - 1] == '\''))
		g |= AUR_GLUE_RIGHT;
	return g;
}

/* Flags of a token: it ends a sentence; its span equals its form; above them, aur_glue of its form. */
enum { AUR_FWD_SENTENCE = 1, AUR_FWD_SAME = 2, AUR_FWD_GLUE = 2 /* shift of the aur_glue bits */ };

/* Writes the side part of a record.  start, end: byte offsets in text; ignores other bits of flags. */
void aur_fwd_side(aur_buf *out, const char *text, size_t len, uint32_t n, const uint32_t *start, const uint32_t *end,
		  const uint8_t *flags);

/* A parsed record; pointers are into the record. */
typedef struct aur_fwd {
	const char *id;
	uint32_t id_len, text_len, ntok, nwords;
	const uint8_t *forms, *forms_end, *side, *end;
	const uint8_t *readable; /* behind `end`, if bytes of other records follow */
} aur_fwd;
/* Returns 0 if the record is damaged. */
int aur_fwd_open(aur_fwd *f, const uint8_t *rec, const uint8_t *rec_end);
#endif
