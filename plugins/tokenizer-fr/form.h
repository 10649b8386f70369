/* SPDX-License-Identifier: Apache-2.0 */
/* form.h - the form of a token, where it is not just its span. */
#ifndef TOK_FORM_H
#define TOK_FORM_H
#include <auricule/plugin.h>
#include "chars.h"

/* Per-thread scratch memory, for the few forms that differ from their span. */
struct tok_scratch {
	uint8_t *bytes;
	size_t bytes_cap;
	int32_t *points;
	size_t points_cap; /* in code points */
};

enum {
	TOK_MAKE_NFC = 1u << 16,  /* the span may not be NFC or may hold invisible marks */
	TOK_MAKE_APOS = 1u << 17, /* the span holds an apostrophe other than ' */
	TOK_MAKE_SPACE = 1u << 18, /* the span holds another space than that of a keyboard */
	TOK_FLAG_MASK = 0xffffu
};
/* Makes the form of [a,b) according to TOK_MAKE_* flags.  It is valid until the next call with this scratch; if it equals the span,
 * *form is left as it is.  False: no memory. */
bool tok_form(struct tok_scratch *s, tok_ptr a, tok_ptr b, unsigned flags, aur_str *form);
void tok_scratch_free(struct tok_scratch *s);
#endif
