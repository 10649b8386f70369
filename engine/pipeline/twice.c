/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "base/hash.h"
#include "base/intl.h"
#include "pipeline/twice.h"

/* FEW: a workshop that shares fewer texts with another may do so by chance. */
enum { MOST = AUR_TWICE_MOST, DIGITS = AUR_TWICE_DIGITS, FEW = 4, WORDS = 4 };

static struct aur_twice_file *file_of(aur_twice *t, aur_str name)
{
	const uint32_t *known = aur_strtab_find(&t->names, name.ptr, name.len);
	if (known)
		return &t->v[*known];
	AUR_GROW(t->v, t->n, t->cap);
	struct aur_twice_file *f = &t->v[t->n];
	*f = (struct aur_twice_file){.name = aur_str_keep(&t->arena, name), .sample = ""};
	aur_strtab_put(&t->names, f->name.ptr, f->name.len, t->n++);
	return f;
}

static void sample_set(aur_twice *t, struct aur_twice_file *f, const char *sample, size_t len)
{
	f->sample = aur_arena_dup(&t->arena, sample, len);
	f->n = (uint32_t)(len / DIGITS);
	for (uint32_t i = 0; i < f->n; i++)
		aur_strtab_put(&t->samples, f->sample + i * DIGITS, DIGITS, (uint32_t)(f - t->v));
}

/* A stored « about » is what sources.c stores, then a zero byte, which ends it there, and the sample, if there is one. */
void aur_twice_open(aur_twice *t, aur_writer *w)
{
	size_t at = 0;
	t->w = w;
	t->current = AUR_NONE;
	for (aur_str name, about; aur_writer_source_at(w, &at, &name, &about);) {
		struct aur_twice_file *f = file_of(t, name);
		const char *zero = memchr(about.ptr, 0, about.len);
		size_t len = zero ? (size_t)(zero - about.ptr) : about.len, rest = zero ? about.len - len - 1 : 0;
		f->about = aur_str_keep(&t->arena, (aur_str){about.ptr, len});
		if (rest && rest <= MOST * DIGITS && rest % DIGITS == 0)
			sample_set(t, f, zero + 1, rest);
	}
}

/* The file that shares most of the current one's sample; AUR_NONE: none.  Of equals the last one. */
static uint32_t alike(aur_twice *t, const char *sample)
{
	uint32_t of[MOST], votes[MOST], n = 0, best = 0;
	for (uint32_t i = 0; i < t->nlow; i++) {
		const uint32_t *has = aur_strtab_find(&t->samples, sample + i * DIGITS, DIGITS);
		uint32_t k = 0;
		if (!has || *has == t->current)
			continue;
		while (k < n && of[k] != *has)
			k++;
		if (k == n) {
			of[n] = *has;
			votes[n++] = 0;
		}
		votes[k]++;
		if (votes[k] > votes[best] || (votes[k] == votes[best] && of[k] > of[best]))
			best = k;
	}
	return n ? of[best] : AUR_NONE;
}

/* How many of a sample are at most `last`; NULL: all. */
static uint32_t until(const char *sample, uint32_t n, const char *last)
{
	while (last && n && memcmp(sample + (n - 1) * DIGITS, last, DIGITS) > 0)
		n--;
	return n;
}

/* Is four fifths of one file in the other, as far as the two samples tell? */
static int is_within(const char *a, uint32_t na, const char *b, uint32_t nb)
{
	const char *la = na == MOST ? a + (na - 1) * DIGITS : NULL, *lb = nb == MOST ? b + (nb - 1) * DIGITS : NULL;
	uint32_t both = 0;
	na = until(a, na, lb);
	nb = until(b, nb, la);
	for (uint32_t i = 0, j = 0; i < na && j < nb;) {
		int order = memcmp(a + i * DIGITS, b + j * DIGITS, DIGITS);
		both += !order;
		i += order <= 0;
		j += order >= 0;
	}
	return both >= FEW && both * 5 >= (na < nb ? na : nb) * 4;
}

static void tell(aur_twice *t, const char *sample)
{
	bool closed = t->nlow < MOST && t->nlow * 2 < t->texts; /* a few answers again and again, as each file of such a question has them */
	uint32_t other = closed || t->added * 2 < t->texts ? AUR_NONE : alike(t, sample);
	if (other == AUR_NONE || !is_within(sample, t->nlow, t->v[other].sample, t->v[other].n))
		return;
	aur_buf b = {0};
	aur_buf_printf(&b,
		       _("texts of this file came in before, from %.*s: if it is a copy of that one, or a later export of the same survey, each of them now counts "
			 "twice; remove the folder of the corpus and ingest its files again, without one of the two"),
		       (int)t->v[other].name.len, t->v[other].name.ptr);
	t->note(t->ctx, t->path, aur_buf_cstr(&b));
	aur_buf_free(&b);
}

static void end(aur_twice *t)
{
	struct aur_twice_file *f = &t->v[t->current];
	aur_buf about = {0};
	aur_buf_put(&about, f->about.ptr, f->about.len);
	aur_buf_byte(&about, 0);
	for (uint32_t i = 0; i < t->nlow; i++)
		aur_buf_printf(&about, "%0*llx", DIGITS, (unsigned long long)t->low[i]);
	const char *sample = aur_buf_cstr(&about) + f->about.len + 1;
	size_t len = (size_t)t->nlow * DIGITS;
	tell(t, sample);
	if (t->nlow >= FEW && (f->n != t->nlow || memcmp(f->sample, sample, len) != 0)) {
		sample_set(t, f, sample, len);
		aur_writer_source(t->w, f->name, (aur_str){(const char *)about.p, about.n});
	}
	aur_buf_free(&about);
}

void aur_twice_file(aur_twice *t, const char *file, aur_str name, aur_str about)
{
	if (t->current != AUR_NONE)
		end(t);
	t->current = AUR_NONE;
	t->nlow = 0;
	t->texts = t->added = 0;
	t->path = file;
	if (!file)
		return;
	struct aur_twice_file *f = file_of(t, name);
	if (about.len) {
		f->about = aur_str_keep(&t->arena, about);
		f->n = 0; /* it was stored without the sample */
	}
	t->current = (uint32_t)(f - t->v);
}

void aur_twice_text(aur_twice *t, aur_str text, uint32_t words, int added)
{
	if (words < WORDS)
		return;
	uint64_t sum[2] = {0, 0};
	aur_fp f;
	aur_fp_init(&f);
	aur_fp_add(&f, text.ptr, text.len);
	aur_fp_sum(&f, sum);
	uint64_t x = sum[0] >> (64 - DIGITS * 4);
	uint32_t i = t->nlow;
	t->texts++;
	t->added += added != 0;
	if (i == MOST && x >= t->low[MOST - 1])
		return;
	while (i && t->low[i - 1] > x)
		i--;
	if (i && t->low[i - 1] == x)
		return;
	t->nlow += t->nlow < MOST;
	memmove(&t->low[i + 1], &t->low[i], (t->nlow - 1 - i) * sizeof *t->low);
	t->low[i] = x;
}

void aur_twice_free(aur_twice *t)
{
	free(t->v);
	aur_strtab_free(&t->names);
	aur_strtab_free(&t->samples);
	aur_arena_free(&t->arena);
}
