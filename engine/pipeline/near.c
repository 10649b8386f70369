/* SPDX-License-Identifier: Apache-2.0 */
/* What almost matched in a contribution. */
#include "config.h"
#include "pipeline/analyst.h"

struct near_to {
	aur_near_fn fn;
	void *ctx;
	unsigned annotator;
	uint32_t ntok;
};

static void near_miss(void *to, const aur_near_miss *m)
{
	const struct near_to *n = to;
	if (m->first_token <= m->last_token && m->last_token < n->ntok)
		n->fn(n->ctx, n->annotator, m);
}

aur_code aur_analyst_explain(aur_analyst *a, uint32_t i, aur_near_fn fn, void *ctx, aur_error *err)
{
	const aur_chain *c = a->chain;
	aur_analysis x;
	aur_code rc = AURE_OK;
	aur_analyst_get(a, i, &x);
	aur_annotate_room(a, x.ntok);
	aur_annotate_tell(a, x.lform, x.flags, x.ntok);
	a->cur_lform = x.lform;
	a->ntok_cur = x.ntok;
	for (unsigned k = 0; k < c->nann && !rc; k++) {
		const aur_instance *in = c->ann[k].in;
		const aur_ext_explain_v1 *e = in->c->query ? in->c->query(in->model, AUR_EXT_EXPLAIN) : NULL;
		if (!e)
			continue;
		aur_view v = {.size = sizeof v, .token_count = x.ntok, .text = x.text, .start = x.start, .end = x.end, .flags = a->cur_flags,
			      .form = x.lform, .number = aur_annotate_numbers(a, k, x.lform, x.ntok), .id = x.id, .priv = a};
		struct near_to to = {fn, ctx, k, x.ntok};
		aur_instance_clear();
		aur_status st = e->explain(&in->host, in->model, a->ann_worker[k], &v, near_miss, &to);
		if (st < 0)
			rc = aur_instance_error(in, st, "explain", err);
	}
	return rc;
}
