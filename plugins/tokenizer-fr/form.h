/* SPDX-License-Identifier: Apache-2.0 */
/* form.h - the form of a token where it is not simply its span. */
#ifndef TOK_FORM_H
#define TOK_FORM_H
#include <auricule/plugin.h>
#include "chars.h"

/* Scratch of one thread, for the few forms that differ from their span. */
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
/* The form of [a,b) by its flags TOK_MAKE_*, in the scratch until the next one; left as it is where it is the span
 * itself.  False: out of memory. */
bool tok_form(struct tok_scratch *s, tok_ptr a, tok_ptr b, unsigned flags, aur_str *form);
void tok_scratch_free(struct tok_scratch *s);
#endif
