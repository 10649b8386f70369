/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <utf8proc.h>
#include "base/utf8.h"
#include "text/fold.h"

void aur_text_fold(aur_buf *out, const char *s, size_t n)
{
	size_t i = 0;
	while (i < n) {
		utf8proc_int32_t c, d[16];
		if ((unsigned char)s[i] < 0x80) { /* most bytes are ASCII, and need no table */
			aur_buf_byte(out, (unsigned)(s[i] >= 'A' && s[i] <= 'Z' ? s[i] + 32 : s[i]));
			i++;
			continue;
		}
		utf8proc_ssize_t k = utf8proc_iterate((const utf8proc_uint8_t *)s + i, (utf8proc_ssize_t)(n - i), &c);
		if (k <= 0) {
			aur_buf_byte(out, (unsigned char)s[i++]);
			continue;
		}
		i += (size_t)k;
		int boundclass = 0;
		utf8proc_ssize_t m = utf8proc_decompose_char(c, d, 16, UTF8PROC_CASEFOLD | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE, &boundclass);
		for (utf8proc_ssize_t j = 0; j < m && j < 16; j++) {
			utf8proc_uint8_t b[4];
			utf8proc_category_t cat = utf8proc_category(d[j]);
			if (cat == UTF8PROC_CATEGORY_MN)
				continue;
			if (d[j] == 0x153 || d[j] == 0xE6) { /* œ and æ do not decompose */
				aur_buf_str(out, d[j] == 0x153 ? "oe" : "ae");
				continue;
			}
			aur_buf_put(out, b, (size_t)utf8proc_encode_char(d[j] == 0x2019 ? '\'' : d[j], b));
		}
	}
}

void aur_text_lower(aur_buf *out, const char *s, size_t n)
{
	for (size_t i = 0; i < n;) {
		utf8proc_int32_t c;
		utf8proc_uint8_t b[4];
		utf8proc_ssize_t k = utf8proc_iterate((const utf8proc_uint8_t *)s + i, (utf8proc_ssize_t)(n - i), &c);
		if (k <= 0) {
			aur_buf_byte(out, (unsigned char)s[i++]);
			continue;
		}
		i += (size_t)k;
		aur_buf_put(out, b, (size_t)utf8proc_encode_char(utf8proc_tolower(c), b));
	}
}

void aur_text_name(aur_buf *out, const char *s, size_t n)
{
	aur_buf f = {0};
	size_t from = out->n;
	aur_text_fold(&f, s, n);
	for (size_t i = 0; i < f.n; i++) {
		unsigned c = f.p[i];
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c >= 0x80)
			aur_buf_byte(out, c);
		else if (out->n > from && out->p[out->n - 1] != '-')
			aur_buf_byte(out, '-');
	}
	if (out->n > from && out->p[out->n - 1] == '-')
		out->n--;
	aur_buf_free(&f);
}

static int is_digit(const aur_buf *b, size_t i)
{
	return i < b->n && b->p[i] >= '0' && b->p[i] <= '9';
}

void aur_text_sort_key(aur_buf *out, const char *s, size_t n)
{
	aur_buf f = {0};
	aur_text_fold(&f, s, n);
	for (size_t i = 0; i < f.n;) {
		if (!is_digit(&f, i)) {
			aur_buf_byte(out, f.p[i++]);
			continue;
		}
		/* digits after the mark in « 1,5 » are a fraction, and sort as they are */
		int fraction = i > 1 && (f.p[i - 1] == ',' || f.p[i - 1] == '.') && is_digit(&f, i - 2);
		size_t end = i;
		while (is_digit(&f, end))
			end++;
		while (!fraction && i + 1 < end && f.p[i] == '0')
			i++;
		if (!fraction) {
			aur_buf_byte(out, '0');
			aur_buf_byte(out, (unsigned)(end - i < 255 ? end - i : 255));
		}
		aur_buf_put(out, f.p + i, end - i);
		i = end;
	}
	aur_buf_free(&f);
}

size_t aur_text_width(const char *s, size_t n)
{
	size_t w = 0;
	for (size_t i = 0; i < n;) {
		uint32_t c = aur_utf8_next(s, n, &i);
		/* fast path for most text, and for controls, for which utf8proc says 0; the width of a soft hyphen is up to its version */
		int cw = c < 0x300 && c != 0xAD ? 1 : utf8proc_charwidth((utf8proc_int32_t)c);
		w += cw > 0 ? (size_t)cw : 0;
	}
	return w;
}
