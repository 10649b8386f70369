/* SPDX-License-Identifier: Apache-2.0 */
/* Fills the contributions and hits of an aur_input, merging what several threads read. */
#include "config.h"
#include "base/str.h"
#include "irritants/stretch.h"

/* Sorts contributions by session if they were ingested in another order, so that going through a theme's list reads memory
 * sequentially.  `bare` holds indices of some of them, sorted; it is translated. */
static void by_session(struct aur_adapter *a, uint32_t *bare, uint32_t nbare)
{
	uint32_t n = a->in.contribution_count, S = a->in.session_count, last = 0;
	bool sorted = true;
	for (uint32_t i = 0; i < n && sorted; i++) {
		sorted = a->con[i].session >= last;
		last = a->con[i].session;
	}
	if (sorted)
		return;
	uint32_t *at = aur_xcalloc((size_t)S + 2, sizeof *at), *doc = aur_xmalloc((size_t)n * sizeof *doc);
	aur_in_contribution *con = aur_xmalloc((size_t)n * sizeof *con);
	aur_in_hit *hits = aur_xmalloc((a->nhits + 1) * sizeof *hits);
	size_t m = 0;
	for (uint32_t i = 0; i < n; i++)
		at[(a->con[i].session < S ? a->con[i].session : S) + 1]++;
	for (uint32_t s = 0; s < S; s++)
		at[s + 1] += at[s];
	for (uint32_t i = 0; i < n; i++) {
		uint32_t to = at[a->con[i].session < S ? a->con[i].session : S]++;
		con[to] = a->con[i];
		doc[to] = a->doc[i];
		if (nbare && *bare == i) {
			*bare++ = to;
			nbare--;
		}
	}
	for (uint32_t i = 0; i < n; i++) {
		if (con[i].hit_count)
			memcpy(hits + m, a->hits + con[i].first_hit, con[i].hit_count * sizeof *hits);
		con[i].first_hit = m;
		m += con[i].hit_count;
	}
	free(at);
	free(a->con);
	free(a->doc);
	free(a->hits);
	a->con = con;
	a->doc = doc;
	a->hits = hits;
}

/* Concatenates what the threads found, in the order of the contributions: the result is the same as with one thread. */
static void put_together(struct aur_adapter *a, struct aur_stretch *t, uint32_t threads, uint32_t *kform, uint32_t forms, uint32_t *bare, uint32_t *nbare, uint64_t sum[2])
{
	for (uint32_t k = 0; k < threads; k++)
		a->nhits += t[k].nhits;
	a->hits = aur_xmalloc((a->nhits + 1) * sizeof *a->hits);
	size_t base = 0;
	for (uint32_t k = 0; k < threads; k++) {
		uint32_t *number = aur_xmalloc(((size_t)t[k].exprs.n + 1) * sizeof *number);
		for (uint32_t x = 0; x < t[k].exprs.n; x++)
			number[x] = aur_adapt_expr_number(&a->exprs, t[k].exprs.of[x]);
		for (size_t h = 0; h < t[k].nhits; h++) {
			a->hits[base + h] = t[k].hits[h];
			a->hits[base + h].expr = number[t[k].hits[h].expr];
		}
		for (uint32_t i = t[k].from; i < t[k].to; i++)
			a->con[i].first_hit += base;
		base += t[k].nhits;
		for (unsigned d = 0; d < 3; d++)
			a->in.dim_apart[d] |= t[k].apart[d];
		if (t[k].odd_value && !a->in.consent_odd.len) {
			aur_str odd = aur_snapshot_value_text(a->s, t[k].odd_field, t[k].odd_value);
			a->in.consent_odd = aur_adapt_str(a, odd.ptr, odd.len);
			a->in.consent_field = aur_snapshot_field_name(a->s, t[k].odd_field);
		}
		if (t[k].nbare)
			memcpy(bare + *nbare, t[k].bare, t[k].nbare * sizeof *bare);
		*nbare += t[k].nbare;
		for (uint32_t x = 0; t[k].kform && x < forms; x++)
			kform[x] += t[k].kform[x];
		a->in.tokens += t[k].tokens;
		a->in.residue_tokens += t[k].bare_tokens;
		sum[0] += t[k].sum[0];
		sum[1] += t[k].sum[1];
		free(number);
	}
}

struct expr {
	aur_str text;
	uint32_t number;
};

static int by_text(const void *a, const void *b)
{
	return aur_str_order(((const struct expr *)a)->text, ((const struct expr *)b)->text);
}

/* Renumbers expressions by their text: of words that are equal in all else the same ones are shown, whatever the order of the files. */
static void number_exprs(struct aur_adapter *a)
{
	uint32_t n = a->exprs.n, *number = aur_xmalloc(((size_t)n + 1) * sizeof *number);
	struct expr *x = aur_xmalloc(((size_t)n + 1) * sizeof *x);
	for (uint32_t i = 0; i < n; i++)
		x[i] = (struct expr){a->exprs.of[i], i};
	if (n)
		qsort(x, n, sizeof *x, by_text);
	for (uint32_t i = 0; i < n; i++) {
		a->exprs.of[i] = x[i].text;
		number[x[i].number] = i;
	}
	for (size_t h = 0; h < a->nhits; h++)
		a->hits[h].expr = number[a->hits[h].expr];
	free(number);
	free(x);
}

/* Lists the contributions that are not deleted, in the order of the index, and returns how many there are. */
static uint32_t number_docs(struct aur_adapter *a, uint32_t most)
{
	uint32_t n = 0;
	for (uint32_t g = 0; g < aur_snapshot_segs(a->s); g++) {
		const aur_seg_info *info = aur_snapshot_seg(a->s, g);
		for (uint32_t i = 0; i < info->n && n < most; i++)
			if (!aur_seg_is_deleted(info, i))
				a->doc[n++] = info->base + i;
	}
	return n;
}

static void digest_said(aur_str session, aur_str key, aur_str value, uint64_t sum[2])
{
	aur_fp fp;
	aur_fp_init(&fp);
	aur_digest_pair(&fp, (aur_str){"session", 7}, session);
	aur_digest_pair(&fp, key, value);
	aur_fp_sum(&fp, sum);
}

/* Adds the properties of the corpus and of its sessions to the fingerprint; in what order they were said does not count either. */
static void digest_whole(aur_snapshot *s, uint64_t sum[2])
{
	const aur_str none = {"", 0};
	aur_str key, value;
	for (uint32_t i = 0; aur_snapshot_property(s, i, &key, &value); i++)
		digest_said(none, key, value, sum);
	for (uint32_t i = 0; i < aur_snapshot_session_count(s); i++) {
		aur_str id = aur_snapshot_session_id(s, i);
		digest_said(id, none, none, sum);
		for (uint32_t k = 0; aur_snapshot_session_prop(s, i, k, &key, &value); k++)
			digest_said(id, key, value, sum);
	}
}

aur_code aur_adapt_contributions(struct aur_adapter *a, bool digest, bool words, unsigned wanted, struct field_of *role, char hex[33], aur_error *e)
{
	struct aur_plan p = {.a = a, .digest = digest, .words = words, .role = role};
	struct aur_stretch *t = aur_xcalloc(AUR_STRETCHES, sizeof *t);
	aur_totals tot;
	aur_snapshot_totals(a->s, &tot);
	aur_snapshot_themes(a->s); /* loads the labels now, in this thread, so that the others only read them */
	a->con = aur_xcalloc(tot.contributions, sizeof *a->con);
	a->doc = aur_xcalloc(tot.contributions, sizeof *a->doc);
	uint32_t *kform = aur_xcalloc((size_t)tot.forms + 1, sizeof *kform), *bare = aur_xcalloc(tot.contributions, sizeof *bare), nbare = 0;
	uint32_t n = number_docs(a, tot.contributions);
	aur_code c = aur_plan_open(&p, e);
	uint32_t threads = aur_stretches_read(&p, n, tot.forms, wanted, t);
	for (uint32_t k = 0; k < threads && !c; k++) {
		c = t[k].c;
		if (c && e)
			*e = t[k].e;
	}
	uint64_t sum[2] = {0, 0};
	put_together(a, t, threads, kform, tot.forms, bare, &nbare, sum);
	number_exprs(a);
	a->in.contribution_count = n;
	a->in.hit_count = a->nhits;
	a->in.exprs = a->exprs.of;
	a->in.expr_count = a->exprs.n;
	by_session(a, bare, nbare);
	if (!c && words)
		c = aur_adapt_residue(a, kform, bare, nbare, e);
	a->in.contributions = a->con;
	a->in.hits = a->hits;
	aur_fp fp;
	aur_fp_init(&fp);
	if (digest)
		digest_whole(a->s, sum);
	aur_fp_add(&fp, sum, sizeof sum);
	aur_fp_hex(&fp, hex);
	aur_stretches_free(t);
	aur_plan_free(&p);
	free(t);
	free(kform);
	free(bare);
	return c;
}
