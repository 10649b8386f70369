/* SPDX-License-Identifier: Apache-2.0 */
/* What the first-party exporters share, compiled into each of them.  Depends only on auricule/plugin.h and libc. */
#ifndef EX_H
#define EX_H
#include "rd.h"

/* Where an exporter writes.  After a failure nothing more is written, and `status` says so: an exporter returns it. */
typedef struct ex_out {
	const aur_host *h;
	aur_out *o;
	aur_status status;
	uint64_t replaced; /* characters that XML cannot hold, written as U+FFFD */
} ex_out;

/* A setting that takes yes or no, which is the default. */
aur_status ex_yes(const aur_host *h, const aur_config *c, const char *key, bool *yes);
void ex_put(ex_out *x, const char *p, size_t n);
void ex_str(ex_out *x, const char *s); /* NUL-terminated */
/* As content of an XML element, or of an attribute between quotation marks. */
void ex_xml(ex_out *x, aur_str s);
/* Calls fn for each theme of the contribution that is not denied, once, in the order of the text. */
void ex_themes(ex_out *x, const aur_view *v, void (*fn)(ex_out *x, aur_str theme, void *ctx), void *ctx);
/* Tells the user of replaced characters; for finish(). */
void ex_tell(const ex_out *x);
#endif
