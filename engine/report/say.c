/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_tree.h>
#include "base/intl.h"
#include "report/say.h"

struct aur_lang {
	yajl_val root;
	const char *decimal, *group, *percent;
};

const char *aur_lang_word(const aur_lang *s, const char *key)
{
	char buf[96];
	const char *path[8];
	size_t n = 0;
	if (strlen(key) >= sizeof buf)
		return "";
	strcpy(buf, key);
	for (char *save, *p = strtok_r(buf, ".", &save); p && n < 7; p = strtok_r(NULL, ".", &save))
		path[n++] = p;
	path[n] = NULL;
	yajl_val v = yajl_tree_get(s->root, path, yajl_t_string);
	return v ? YAJL_GET_STRING(v) : "";
}

aur_code aur_lang_parse(const char *name, const char *json, aur_lang **out, aur_error *e)
{
	char why[512] = "";
	yajl_val root = yajl_tree_parse(json, why, sizeof why);
	if (!root)
		return aur_fail(e, AURE_CONFIG, _("%s is not JSON: %s"), name, why);
	aur_lang *s = aur_xcalloc(1, sizeof *s);
	s->root = root;
	s->decimal = aur_lang_word(s, "number.decimal");
	s->group = aur_lang_word(s, "number.group");
	s->percent = aur_lang_word(s, "number.percent");
	if (!*s->decimal) {
		aur_lang_free(s);
		return aur_fail(e, AURE_CONFIG, _("%s does not say how numbers are written"), name);
	}
	*out = s;
	return AURE_OK;
}

void aur_lang_free(aur_lang *s)
{
	if (!s)
		return;
	yajl_tree_free(s->root);
	free(s);
}

static const char *keep(aur_arena *a, aur_buf *b)
{
	const char *s = aur_arena_dup(a, b->p, b->n);
	aur_buf_free(b);
	return s;
}

/* Writes a plain decimal number with the marks of the page's language. */
static void digits(const aur_lang *s, aur_buf *b, const char *plain)
{
	if (*plain == '-') {
		aur_buf_str(b, "\xe2\x88\x92"); /* the minus sign */
		plain++;
	}
	size_t whole = strcspn(plain, ".");
	for (size_t i = 0; i < whole; i++) {
		if (i && (whole - i) % 3 == 0 && whole > 4)
			aur_buf_str(b, s->group);
		aur_buf_byte(b, (unsigned char)plain[i]);
	}
	if (plain[whole]) {
		aur_buf_str(b, s->decimal);
		aur_buf_str(b, plain + whole + 1);
	}
}

/* Whether a list of characters has the one at the start of the text. */
static int has(const char *list, const char *at, const char *end)
{
	char c[5] = "";
	size_t n = 1;
	while (at + n < end && n < 4 && ((unsigned char)at[n] & 0xC0) == 0x80)
		n++;
	memcpy(c, at, n);
	return *c && strstr(list, c) != NULL;
}

static int is_letter(unsigned char c)
{
	return c >= 0x80 || (unsigned)((c | 0x20) - 'a') < 26;
}

aur_str aur_lang_set(const aur_lang *s, aur_arena *a, aur_str typed)
{
	const char *apostrophe = aur_lang_word(s, "type.apostrophe"), *no_break = aur_lang_word(s, "type.no_break");
	const char *before = aur_lang_word(s, "type.before"), *after = aur_lang_word(s, "type.after");
	const char *end = typed.len ? typed.ptr + typed.len : typed.ptr, *last = NULL; /* the character before */
	aur_buf b = {0};
	for (const char *c = typed.ptr; c < end; c++) {
		if (*apostrophe && *c == '\'' && last && c + 1 < end && is_letter((unsigned char)*last) && is_letter((unsigned char)c[1]))
			aur_buf_str(&b, apostrophe);
		else if (*no_break && *c == ' ' && last && ((c + 1 < end && has(before, c + 1, end)) || has(after, last, end)))
			aur_buf_str(&b, no_break);
		else
			aur_buf_byte(&b, (unsigned char)*c);
		if (((unsigned char)*c & 0xC0) != 0x80)
			last = c;
	}
	aur_str set = {aur_arena_dup(a, b.p, b.n), b.n};
	aur_buf_free(&b);
	return set;
}

const char *aur_lang_int(const aur_lang *s, aur_arena *a, int64_t n)
{
	char plain[32];
	aur_buf b = {0};
	snprintf(plain, sizeof plain, "%lld", (long long)n);
	digits(s, &b, plain);
	return keep(a, &b);
}

/* As printf, but with a decimal point in any locale, and no "-0.0". */
static void plain_real(char *buf, size_t size, double x, int n)
{
	snprintf(buf, size, "%.*f", n, x);
	for (char *p = buf; *p; p++)
		if (*p == ',')
			*p = '.';
	if (buf[0] == '-' && strspn(buf + 1, "0.") == strlen(buf + 1))
		memmove(buf, buf + 1, strlen(buf));
}

const char *aur_lang_real(const aur_lang *s, aur_arena *a, double x, int n)
{
	char plain[400];
	aur_buf b = {0};
	if (!isfinite(x))
		return x > 0 ? "\xe2\x88\x9e" : "\xe2\x80\x93";
	plain_real(plain, sizeof plain, x, n);
	digits(s, &b, plain);
	return keep(a, &b);
}

const char *aur_lang_percent(const aur_lang *s, aur_arena *a, double share, int n)
{
	char plain[400];
	aur_buf b = {0};
	if (!isfinite(share))
		return "\xe2\x80\x93";
	plain_real(plain, sizeof plain, share * 100, n);
	digits(s, &b, plain);
	aur_buf_str(&b, s->percent);
	return keep(a, &b);
}

const char *aur_lang_p(const aur_lang *s, aur_arena *a, double p)
{
	aur_buf b = {0};
	if (!isfinite(p))
		return "\xe2\x80\x93";
	aur_buf_str(&b, p < 0.001 ? aur_lang_word(s, "number.p_below") : aur_lang_word(s, "number.p_is"));
	aur_buf_str(&b, aur_lang_real(s, a, p < 0.001 ? 0.001 : p, 3));
	return keep(a, &b);
}

static const char *date(const aur_lang *s, aur_arena *a, aur_str iso, const char *months)
{
	int y = 0, m = 0, d = 0, end = 0;
	char plain[16], key[32];
	aur_buf b = {0};
	if (iso.len > 10 && (iso.ptr[10] == ' ' || iso.ptr[10] == 'T')) /* drop the time of day */
		iso.len = 10;
	if (iso.len >= sizeof plain)
		return aur_arena_dup(a, iso.ptr, iso.len);
	memcpy(plain, iso.ptr, iso.len);
	plain[iso.len] = 0;
	if ((sscanf(plain, "%4d-%2d-%2d%n", &y, &m, &d, &end) != 3 || end != (int)iso.len) &&
	    (d = 0, sscanf(plain, "%4d-%2d%n", &y, &m, &end) != 2 || end != (int)iso.len))
		return aur_arena_dup(a, iso.ptr, iso.len);
	if (m < 1 || m > 12 || d < 0 || d > 31)
		return aur_arena_dup(a, iso.ptr, iso.len);
	if (d == 1)
		aur_buf_printf(&b, "%s ", aur_lang_word(s, "date.first"));
	else if (d)
		aur_buf_printf(&b, "%d ", d);
	snprintf(key, sizeof key, "date.%s.%d", months, m);
	aur_buf_printf(&b, "%s %d", aur_lang_word(s, key), y);
	return keep(a, &b);
}

const char *aur_lang_date(const aur_lang *s, aur_arena *a, aur_str iso)
{
	return date(s, a, iso, "months");
}

const char *aur_lang_date_short(const aur_lang *s, aur_arena *a, aur_str iso)
{
	return date(s, a, iso, "short");
}
