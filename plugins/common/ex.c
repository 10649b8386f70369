/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include "ex.h"

aur_status ex_yes(const aur_host *h, const aur_config *c, const char *key, bool *yes)
{
	const char *is = h->conf_str(h, c, key, "no");
	*yes = strcmp(is, "yes") == 0;
	return *yes || strcmp(is, "no") == 0 ? AUR_OK : rd_fail(h, AUR_E_CONFIG, _("the setting « %s » takes yes or no, not « %s »"), key, is);
}

void ex_put(ex_out *x, const char *p, size_t n)
{
	if (n && x->status >= 0)
		x->status = x->h->write(x->h, x->o, rd_str(p, n));
}

void ex_str(ex_out *x, const char *s)
{
	ex_put(x, s, strlen(s));
}

/* What stands for the character at p in XML, or NULL if it stands for itself; *n: its length in bytes. */
static const char *special(const unsigned char *p, size_t left, size_t *n)
{
	*n = 1;
	switch (*p) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\t':
		return "&#9;"; /* a parser would make a space of it in an attribute */
	case '\n':
		return "&#10;";
	case '\r':
		return "&#13;";
	default:
		break;
	}
	if (*p < ' ')
		return "\xEF\xBF\xBD";
	*n = 3;
	if (*p == 0xEF && left >= 3 && p[1] == 0xBF && p[2] >= 0xBE) /* U+FFFE, U+FFFF */
		return "\xEF\xBF\xBD";
	return NULL;
}

void ex_xml(ex_out *x, aur_str s)
{
	size_t from = 0;
	for (size_t i = 0; i < s.len;) {
		size_t n;
		const char *as = special((const unsigned char *)s.ptr + i, s.len - i, &n);
		if (!as) {
			i++;
			continue;
		}
		ex_put(x, s.ptr + from, i - from);
		ex_str(x, as);
		x->replaced += *as != '&';
		from = i += n;
	}
	ex_put(x, s.ptr + from, s.len - from);
}

/* Is it one of these themes, each of which has a NUL behind it? */
static bool is_among(const rd_buf *all, aur_str theme)
{
	for (size_t i = 0, n; i < all->len; i += n + 1) {
		n = strlen(all->ptr + i);
		if (n == theme.len && memcmp(all->ptr + i, theme.ptr, n) == 0)
			return true;
	}
	return false;
}

void ex_themes(ex_out *x, const aur_view *v, void (*fn)(ex_out *x, aur_str theme, void *ctx), void *ctx)
{
	const aur_host *h = x->h;
	rd_buf met = {0};
	for (uint32_t i = 0; i < v->hit_count && x->status >= 0; i++) {
		aur_hit hit = {.size = sizeof hit};
		aur_label l = {.size = sizeof l};
		if (h->hit_at(h, v, i, &hit) < 0 || h->hit_label(h, v, i, &l) < 0 || hit.polarity == AUR_NEGATED || is_among(&met, l.theme))
			continue;
		fn(x, l.theme, ctx);
		if (!rd_buf_add(&met, l.theme.ptr, l.theme.len) || !rd_buf_add(&met, "", 1))
			x->status = rd_nomem(h);
	}
	rd_buf_free(&met);
}

void ex_tell(const ex_out *x)
{
	char b[160];
	if (!x->replaced)
		return;
	snprintf(b, sizeof b, _("control characters, which XML cannot hold, written as U+FFFD: %lu"), (unsigned long)x->replaced);
	x->h->log(x->h, AUR_LOG_WARN, b);
}
