/* SPDX-License-Identifier: Apache-2.0 */
/* Scratch memory of a thread, lent to its queries: contributions as bits, forms as bits, the last contribution decoded; and
 * cancellation. */
#include "config.h"
#include "base/intl.h"
#include "query/node.h"

int q_cancelled(aur_search *s)
{
	return s->env.cancel && *s->env.cancel;
}

aur_code q_cancel_error(aur_error *err)
{
	return aur_fail(err, AURE_CANCELLED, _("stopped, as asked"));
}

/* ---- contributions as bits ------------------------------------------------------------------ */
dset q_dset(aur_search *s)
{
	if (s->npool)
		return s->pool[--s->npool];
	dset d;
	d.w = aur_xcalloc((size_t)s->nword + s->nsum, sizeof *d.w);
	d.sum = d.w + s->nword;
	return d;
}

void q_dset_clear(const aur_search *s, dset *d)
{
	DSET_EACH_WORD(d, s->nsum, i)
		d->w[i] = 0;
	memset(d->sum, 0, s->nsum * sizeof *d->sum);
}

void q_dset_free(aur_search *s, dset d)
{
	q_dset_clear(s, &d);
	AUR_GROW(s->pool, s->npool, s->poolcap);
	s->pool[s->npool++] = d;
}

uint64_t q_dset_count(const aur_search *s, const dset *d)
{
	uint64_t n = 0;
	DSET_EACH_WORD(d, s->nsum, i)
		n += aur_popcount64(d->w[i]);
	return n;
}

uint32_t q_dset_list(const aur_search *s, const dset *d, uint32_t *out)
{
	uint32_t n = 0;
	DSET_EACH_WORD(d, s->nsum, i)
		for (uint64_t m = d->w[i]; m; m &= m - 1)
			out[n++] = i * 64 + (uint32_t)__builtin_ctzll(m);
	return n;
}

/* ---- forms as bits ----------------------------------------------------------------------------- */
void q_set_bits(aur_search *s, formset *f)
{
	if (f->bits)
		return;
	if (s->nbits)
		f->bits = s->bits[--s->nbits];
	else
		f->bits = aur_xcalloc(s->totals.forms / 64 + 1, sizeof *f->bits);
	AUR_GROW(s->bitset, s->nbitset, s->bitsetcap);
	s->bitset[s->nbitset++] = f;
	for (uint32_t i = 0; i < f->n; i++)
		f->bits[f->id[i] >> 6] |= (uint64_t)1 << (f->id[i] & 63);
}

void q_bits_drop(aur_search *s)
{
	for (uint32_t k = 0; k < s->nbitset; k++) {
		formset *f = s->bitset[k];
		for (uint32_t i = 0; i < f->n; i++)
			f->bits[f->id[i] >> 6] = 0;
		AUR_GROW(s->bits, s->nbits, s->bitcap);
		s->bits[s->nbits++] = f->bits;
		f->bits = NULL;
	}
	s->nbitset = 0;
}

/* ---- a contribution ------------------------------------------------------------------------- */
aur_code q_doc_text(aur_search *s, uint32_t doc, aur_doc **out, aur_error *err)
{
	*out = &s->full;
	if (s->full_no == doc)
		return AURE_OK;
	aur_code c = aur_snapshot_doc(s->env.s, doc, &s->full, err);
	s->full_no = c ? AUR_NONE : doc;
	return c;
}
