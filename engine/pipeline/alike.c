/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdlib.h>
#include "pipeline/alike.h"
#include "pipeline/readings.h"
#include "text/fold.h"

enum {
	TYPED = 10000, /* fields with more values are skipped: a program made them */
	FEW = 100      /* the same for fields of which nothing is known: with more they hold sentences, names or numbers */
};

typedef struct value {
	aur_buf key;
	uint32_t no, contributions;
} value;

static int is_digit(unsigned c)
{
	return c >= '0' && c <= '9';
}

/* The key of a value: without case, accents, spaces, hyphens, apostrophes and underscores.  But « 1-2 » differs from
 * « 12 », and « - de 50 ans » from « de 50 ans ». */
static void key_of(aur_buf *out, aur_str text)
{
	aur_buf b = {0};
	aur_text_fold(&b, text.ptr, text.len);
	for (size_t i = 0; i < b.n;) {
		size_t k = 0, spaces = 0;
		while (i + k < b.n && strchr(" \t_-'", b.p[i + k]) && b.p[i + k]) {
			spaces += b.p[i + k] == ' ' || b.p[i + k] == '\t';
			k++;
		}
		if (!k) {
			aur_buf_byte(out, b.p[i++]);
			continue;
		}
		int inside = i && i + k < b.n;
		if (inside && is_digit(b.p[i - 1]) && is_digit(b.p[i + k]))
			aur_buf_byte(out, ' ');
		else if (!inside && spaces < k)
			aur_buf_put(out, b.p + i, k);
		i += k;
	}
	aur_buf_free(&b);
}

static int by_key(const void *a, const void *b)
{
	const value *x = a, *y = b;
	int c = aur_str_order((aur_str){(const char *)x->key.p, x->key.n}, (aur_str){(const char *)y->key.p, y->key.n});
	if (!c)
		c = (x->contributions < y->contributions) - (x->contributions > y->contributions);
	return c ? c : (x->no > y->no) - (x->no < y->no);
}

static int same_key(const value *a, const value *b)
{
	return a->key.n == b->key.n && !memcmp(a->key.p, b->key.p, a->key.n);
}

/* Counts the contributions of each value.  A value that only replaced contributions have is still in the corpus,
 * with count 0. */
static aur_code count(aur_snapshot *s, uint32_t field, uint32_t n, value *v, aur_error *err)
{
	uint32_t *at = aur_xcalloc((size_t)n + 1, sizeof *at);
	aur_code c = AURE_OK;
	for (uint32_t g = 0; g < aur_snapshot_segs(s) && !c; g++) {
		const aur_seg_info *seg = aur_snapshot_seg(s, g);
		aur_column col;
		c = aur_snapshot_column(s, g, field, &col, err);
		for (uint32_t i = 0; !c && col.p && i < seg->n; i++) {
			uint32_t x = aur_column_at(col, i);
			if (x <= n && !aur_seg_is_deleted(seg, i))
				at[x]++;
		}
	}
	for (uint32_t i = 0; i < n; i++)
		v[i].contributions = at[v[i].no];
	free(at);
	return c;
}

static aur_code look(aur_snapshot *s, uint32_t field, uint32_t most, int first_only, aur_alike_fn fn, void *ctx, aur_error *err)
{
	aur_alike_pair told = {.field = aur_snapshot_field_name(s, field)};
	uint32_t pairs = 0;
	uint32_t n = aur_snapshot_value_count(s, field);
	int twins = 0;
	aur_code c = AURE_OK;
	if (n < 2 || n > most)
		return AURE_OK;
	value *v = aur_xcalloc(n, sizeof *v);
	for (uint32_t i = 0; i < n; i++) {
		v[i].no = i + 1;
		key_of(&v[i].key, aur_snapshot_value_text(s, field, i + 1));
		aur_buf_byte(&v[i].key, 0); /* allocates, even if the key is empty */
	}
	qsort(v, n, sizeof *v, by_key);
	for (uint32_t i = 1; i < n; i++)
		twins |= same_key(&v[i - 1], &v[i]);
	if (twins && !(c = count(s, field, n, v, err))) {
		qsort(v, n, sizeof *v, by_key);
		for (uint32_t i = 1, first = 0; i < n; i++) {
			if (!same_key(&v[first], &v[i]))
				first = i;
			else if (v[i].contributions && (!pairs++ || !first_only)) {
				told.a = aur_snapshot_value_text(s, field, v[first].no);
				told.na = v[first].contributions;
				told.b = aur_snapshot_value_text(s, field, v[i].no);
				told.nb = v[i].contributions;
				if (!first_only)
					fn(ctx, &told);
			}
		}
	}
	if (first_only && pairs) {
		told.more = pairs - 1;
		fn(ctx, &told);
	}
	for (uint32_t i = 0; i < n; i++)
		aur_buf_free(&v[i].key);
	free(v);
	return c;
}

enum { FIRST, ALL, NONE }; /* which pairs of a field are given */

aur_code aur_alike(aur_snapshot *s, aur_alike_fn fn, void *ctx, aur_error *err)
{
	uint32_t nf = aur_snapshot_fields(s), f = aur_snapshot_field(s, "session", 7);
	uint8_t *read = aur_xcalloc((size_t)nf + 1, 1);
	aur_readings r = {0};
	aur_code c = AURE_OK;
	aur_readings_parse(aur_snapshot_meta(s, "pipeline"), &r);
	if (f < nf)
		read[f] = ALL;
	for (unsigned i = 0; i < r.n; i++) {
		int none = !strcmp(r.r[i].as, "speaker") || !strcmp(r.r[i].as, "stance");
		for (unsigned k = 0; k < r.r[i].nfields; k++)
			if ((f = aur_snapshot_field(s, r.r[i].field[k], strlen(r.r[i].field[k]))) < nf && read[f] != ALL)
				read[f] = none ? NONE : ALL;
	}
	for (f = 0; f < nf && !c; f++)
		if (read[f] == ALL)
			c = look(s, f, TYPED, 0, fn, ctx, err);
	for (f = 0; f < nf && !c; f++)
		if (read[f] == FIRST)
			c = look(s, f, FEW, 1, fn, ctx, err);
	aur_readings_free(&r);
	free(read);
	return c;
}
