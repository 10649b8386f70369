/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a query: counts, or lists in corpus order; rank.c ranks. */
#include "config.h"
#include "query/node.h"

static aur_code in_order(aur_query *q, const aur_want *want, aur_result *out, aur_error *err)
{
	aur_search *s = q->s;
	aur_code c = AURE_OK;
	uint64_t skip = want->offset, most = (uint64_t)want->offset + want->limit;
	/* with nothing to list, or all, everything is counted */
	int all = want->total || want->occurrences || !want->limit || want->limit == UINT32_MAX;
	for (uint32_t g = 0; g < aur_snapshot_segs(s->env.s) && !c; g++) {
		if (!all && out->contributions >= most)
			break;
		uint32_t base = aur_snapshot_seg(s->env.s, g)->base;
		uint64_t enough = all ? UINT32_MAX : most - out->contributions;
		int more = 0;
		dset d = q_dset(s);
		c = q_eval(q, g, &d, enough < UINT32_MAX ? (uint32_t)enough : UINT32_MAX, &more, err);
		if (!c) {
			out->contributions += q_dset_count(s, &d);
			if (want->occurrences)
				c = q_occurrences(q, g, &d, &out->occurrences, err);
		}
		uint64_t have = s->out_docs.n / 4;
		if (!c && have < want->limit) {
			DSET_EACH_WORD(&d, s->nsum, i) {
				uint32_t k = aur_popcount64(d.w[i]);
				if (have >= want->limit)
					break;
				if (k <= skip) {
					skip -= k;
					continue;
				}
				for (uint64_t m = d.w[i]; m && have < want->limit; m &= m - 1) {
					uint32_t no = base + i * 64 + (uint32_t)__builtin_ctzll(m);
					if (skip) {
						skip--;
						continue;
					}
					aur_buf_put(&s->out_docs, &no, 4);
					have++;
				}
			}
		}
		q_dset_free(s, d);
	}
	out->n = (uint32_t)(s->out_docs.n / 4);
	out->doc = (const uint32_t *)(void *)s->out_docs.p;
	return c;
}

aur_code aur_query_run(aur_search *s, aur_query *q, const aur_want *want, aur_result *out, aur_error *err)
{
	aur_code c;
	*out = (aur_result){0};
	s->out_docs.n = s->out_score.n = 0;
	if (want->limit == 0 && q->root->kind == N_TERM && q->root->set->docs != AUR_NONE) {
		out->contributions = q->root->set->docs;
		if (want->occurrences)
			out->occurrences = q->root->set->tokens;
		return AURE_OK;
	}
	c = want->order == AUR_ORDER_SCORE && want->limit ? q_rank(q, want, out, err) : in_order(q, want, out, err);
	q_bits_drop(s);
	return c;
}

aur_code aur_query_count(aur_search *s, aur_query *q, uint64_t *contributions, uint64_t *occ, aur_error *err)
{
	aur_result r;
	aur_want w = {.total = 1, .occurrences = occ != NULL};
	aur_code c = aur_query_run(s, q, &w, &r, err);
	*contributions = r.contributions;
	if (occ)
		*occ = r.occurrences;
	return c;
}

aur_code aur_query_spans(aur_search *s, aur_query *q, uint32_t doc, const aur_span **out, uint32_t *n, aur_error *err)
{
	s->spans.n = 0;
	aur_code c = q_all_spans(q, doc, &s->spans, err);
	q_bits_drop(s);
	*out = (const aur_span *)(void *)s->spans.p;
	*n = c ? 0 : (uint32_t)(s->spans.n / sizeof(aur_span));
	return c;
}

aur_code q_each(aur_query *q, uint32_t enough, aur_query_each_fn fn, void *ctx, aur_error *err)
{
	aur_search *s = q->s;
	aur_code c = AURE_OK;
	int go = 1, more;
	uint32_t since = 0;
	for (uint32_t g = 0; g < aur_snapshot_segs(s->env.s) && !c && go; g++) {
		uint32_t base = aur_snapshot_seg(s->env.s, g)->base;
		dset d = q_dset(s);
		c = q_eval(q, g, &d, enough, &more, err);
		DSET_EACH_WORD(&d, s->nsum, i)
			for (uint64_t m = d.w[i]; m && !c && go; m &= m - 1) {
				uint32_t no = base + i * 64 + (uint32_t)__builtin_ctzll(m);
				s->spans.n = 0;
				if (q->nleaves)
					c = q_all_spans(q, no, &s->spans, err);
				if (!c)
					go = fn(ctx, no, (const aur_span *)(void *)s->spans.p, (uint32_t)(s->spans.n / sizeof(aur_span)));
				if (!c && !(++since & 1023) && q_cancelled(s))
					c = q_cancel_error(err);
			}
		q_dset_free(s, d);
	}
	q_bits_drop(s);
	return c;
}

aur_code aur_query_each(aur_search *s, aur_query *q, aur_query_each_fn fn, void *ctx, aur_error *err)
{
	(void)s;
	return q_each(q, UINT32_MAX, fn, ctx, err);
}
