/* SPDX-License-Identifier: Apache-2.0 */
/* Evaluates a plan in a segment: contributions as bits.
 *
 * A set of forms is the union of its lists of postings.  Under AND the part with the fewest contributions is evaluated first, and
 * each next one is only tested on those that are left: block by block, if its lists are long and they are few.  Phrases, NEAR and
 * token queries come last, in the contributions that have all their words. */
#include "config.h"
#include <stdlib.h>
#include "query/node.h"

#define FEW 12u /* a look-up in a list costs about as much as so many entries of it */

struct ev {
	aur_query *q;
	aur_search *s;
	uint32_t seg;
	const aur_seg_info *g;
	uint32_t enough;
	int more;
	aur_error *err;
};

/* Contributions to choose from: as bits, and, if they are few, as sorted numbers (else no is NULL). */
struct among {
	const dset *d;
	uint32_t n;
	const uint32_t *no;
};

/* ---- bits ------------------------------------------------------------------------------------- */
static void and_not(const aur_search *s, dset *a, const dset *b)
{
	DSET_EACH_WORD(b, s->nsum, i)
		a->w[i] &= ~b->w[i];
}

static void or_into(const aur_search *s, dset *a, const dset *b)
{
	for (uint32_t k = 0; k < s->nsum; k++)
		a->sum[k] |= b->sum[k];
	DSET_EACH_WORD(b, s->nsum, i)
		a->w[i] |= b->w[i];
}

static void all_docs(const struct ev *e, dset *d)
{
	uint32_t n = e->g->n, full = n / 64;
	for (uint32_t i = 0; i < full; i++)
		d->w[i] = ~(uint64_t)0;
	if (n & 63)
		d->w[full] |= ((uint64_t)1 << (n & 63)) - 1;
	uint32_t words = (n + 63) / 64;
	for (uint32_t i = 0; i < words / 64; i++)
		d->sum[i] = ~(uint64_t)0;
	if (words & 63)
		d->sum[words / 64] |= ((uint64_t)1 << (words & 63)) - 1;
}

/* ---- postings ----------------------------------------------------------------------------------- */
aur_code q_lists(aur_search *s, formset *f, uint32_t seg, aur_error *err)
{
	if (f->seg == seg)
		return AURE_OK;
	if (!f->list)
		f->list = aur_arena_alloc(f->arena, f->n * sizeof *f->list);
	f->nlists = 0;
	f->sum = 0;
	for (uint32_t i = 0; i < f->n; i++) {
		const uint8_t *p;
		if (i + 4 < f->n)
			aur_snapshot_postings_ahead(s->env.s, seg, f->id[i + 4]);
		aur_code c = aur_snapshot_postings(s->env.s, seg, f->id[i], &p, err);
		if (c)
			return c;
		if (!p)
			continue;
		aur_post *l = &f->list[f->nlists++];
		aur_post_open(l, p);
		f->sum += l->df;
		if (!(i & 1023) && q_cancelled(s))
			return q_cancel_error(err);
	}
	f->seg = seg;
	return AURE_OK;
}

/* Adds every contribution of a list. */
static void add_list(const aur_post *p, dset *out)
{
	uint32_t no[POST_BLOCK], n;
	for (uint32_t b = 0, nb = aur_post_blocks(p); b < nb; b++) {
		aur_post_block(p, b, no, &n);
		for (uint32_t i = 0; i < n; i++)
			dset_add(out, no[i]);
	}
}

static void add_list_among(const aur_post *p, const struct among *a, dset *out)
{
	uint32_t no[POST_BLOCK], n;
	if (a->no && (uint64_t)a->n * FEW < p->df) {
		uint32_t nb = aur_post_blocks(p), b = 0, have = AUR_NONE, i = 0;
		n = 0;
		for (uint32_t k = 0; k < a->n; k++) {
			uint32_t want = a->no[k];
			b = aur_post_seek(p, b, want);
			if (b >= nb)
				return;
			if (have != b) {
				aur_post_block(p, b, no, &n);
				have = b;
				i = 0;
			}
			while (i < n && no[i] < want)
				i++;
			if (i == n && b + 1 == nb)
				return;
			if (i < n && no[i] == want)
				dset_add(out, want);
		}
		return;
	}
	for (uint32_t b = 0, nb = aur_post_blocks(p); b < nb; b++) {
		aur_post_block(p, b, no, &n);
		for (uint32_t i = 0; i < n; i++)
			if (dset_has(a->d, no[i]))
				dset_add(out, no[i]);
	}
}

static aur_code eval_set(struct ev *e, formset *f, const struct among *a, dset *out)
{
	aur_code c = q_lists(e->s, f, e->seg, e->err);
	if (c)
		return c;
	uint64_t since = 0;
	for (uint32_t i = 0; i < f->nlists; i++) {
		if (a)
			add_list_among(&f->list[i], a, out);
		else
			add_list(&f->list[i], out);
		since += f->list[i].df + 20;
		if (since > 1u << 20) {
			since = 0;
			if (q_cancelled(e->s))
				return q_cancel_error(e->err);
		}
	}
	return AURE_OK;
}

/* ---- fields ---------------------------------------------------------------------------------------- */
static int field_yes(const node *n, uint32_t v)
{
	return n->wanted == 1 ? v == n->one : v <= n->nvalues && n->values[v];
}

/* Compares the eight bytes of x with those of `same`: a bit for each that is equal. */
static inline uint32_t eq8(uint64_t x, uint64_t same)
{
	uint64_t d = x ^ same, low = 0x7F7F7F7F7F7F7F7Full;
	uint64_t z = ~(((d & low) + low) | d | low); /* 0x80 where the byte is zero */
	return (uint32_t)((z >> 7) * 0x0102040810204080ull >> 56);
}

static aur_code eval_field(struct ev *e, const node *n, const struct among *a, dset *out)
{
	aur_column col;
	aur_code c = aur_snapshot_column(e->s->env.s, e->seg, n->field, &col, e->err);
	if (c || !col.p || !n->wanted)
		return c;
	if (a && a->no) {
		for (uint32_t k = 0; k < a->n; k++)
			if (field_yes(n, aur_column_at(col, a->no[k])))
				dset_add(out, a->no[k]);
		return AURE_OK;
	}
	if (a) {
		DSET_EACH_WORD(a->d, e->s->nsum, i) {
			uint64_t r = 0;
			for (uint64_t m = a->d->w[i]; m; m &= m - 1) {
				unsigned b = (unsigned)__builtin_ctzll(m);
				r |= (uint64_t)field_yes(n, aur_column_at(col, i * 64 + b)) << b;
			}
			if (r) {
				out->w[i] |= r;
				out->sum[i >> 6] |= (uint64_t)1 << (i & 63);
			}
		}
		return AURE_OK;
	}
	uint32_t total = e->g->n, words = (total + 63) / 64;
	for (uint32_t i = 0; i < words; i++) {
		uint64_t r = 0;
		uint32_t from = i * 64, k = total - from < 64 ? total - from : 64;
		if (k == 64 && n->wanted == 1 && col.width == 1) {
			uint64_t one = 0x0101010101010101ull * (n->one & 255);
			if (n->one > 255)
				return AURE_OK;
			for (unsigned b = 0; b < 8; b++) {
				uint64_t x;
				memcpy(&x, col.p + from + 8 * b, 8);
				r |= (uint64_t)eq8(x, one) << (8 * b);
			}
		} else {
			for (uint32_t b = 0; b < k; b++)
				r |= (uint64_t)field_yes(n, aur_column_at(col, from + b)) << b;
		}
		if (r) {
			out->w[i] |= r;
			out->sum[i >> 6] |= (uint64_t)1 << (i & 63);
		}
	}
	return AURE_OK;
}

static aur_code eval_theme(struct ev *e, const node *n, const struct among *a, dset *out)
{
	for (uint32_t t = 0; t < n->nthemes; t++) {
		e->s->tmp.n = 0;
		aur_code c = aur_snapshot_theme_docs(e->s->env.s, e->seg, n->themes[t], n->polarity, &e->s->tmp, e->err);
		if (c)
			return c;
		const uint32_t *no = (const uint32_t *)(void *)e->s->tmp.p;
		for (size_t i = 0; i < e->s->tmp.n / 4; i++)
			if (!a || dset_has(a->d, no[i]))
				dset_add(out, no[i]);
	}
	return AURE_OK;
}

static aur_code eval_ids(struct ev *e, const node *n, const struct among *a, dset *out)
{
	for (uint32_t i = 0; i < e->g->n; i++) {
		aur_str id;
		if (a && !dset_has(a->d, i))
			continue;
		aur_code c = aur_snapshot_doc_id(e->s->env.s, e->g->base + i, &id, e->err);
		if (c)
			return c;
		if (id.len >= n->text.len && !memcmp(id.ptr, n->text.ptr, n->text.len))
			dset_add(out, i);
	}
	return AURE_OK;
}

/* ---- the tree ---------------------------------------------------------------------------------------- */
static aur_code eval(struct ev *e, node *n, int exact, const struct among *a, dset *out);

/* An upper bound (for themes and fields a guess) of the contributions of a node. */
static aur_code estimate(struct ev *e, node *n, uint64_t *out)
{
	aur_code c = AURE_OK;
	uint64_t x, best = e->g->n;
	switch (n->kind) {
	case N_TERM:
		c = q_lists(e->s, n->set, e->seg, e->err);
		best = n->set->sum;
		break;
	case N_DOC:
		best = 1;
		break;
	case N_THEME:
		best = e->g->n / 16;
		break;
	case N_FIELD:
		best = e->g->n / 8;
		break;
	case N_OR:
		best = 0;
		for (uint32_t i = 0; i < n->nkids && !c; i++) {
			c = estimate(e, n->kid[i], &x);
			best += x;
		}
		break;
	case N_AND:
	case N_NEAR:
		for (uint32_t i = 0; i < n->nkids && !c; i++) {
			c = estimate(e, n->kid[i], &x);
			best = x < best ? x : best;
		}
		break;
	case N_PHRASE:
		for (uint32_t i = 0; i < n->nsets && !c; i++)
			if (n->sets[i]) {
				c = q_lists(e->s, n->sets[i], e->seg, e->err);
				best = n->sets[i]->sum < best ? n->sets[i]->sum : best;
			}
		break;
	default:
		break;
	}
	*out = c ? 0 : best;
	return c;
}

/* A condition of an AND: a set of forms, or another node. */
struct cond {
	formset *set;
	node *n;
	int exact;
	int spare; /* a later check tests it again: it may be left out */
	uint64_t est;
};
struct conds {
	struct cond *v;
	uint32_t n, cap;
	node **check; /* phrases, NEAR, token queries: tested last */
	uint32_t nchecks, checkcap;
	node **not;
	uint32_t nnots, notcap;
};

static aur_code cond_set(struct ev *e, struct conds *l, formset *f, int spare)
{
	if (f->inverted)
		return AURE_OK;
	for (uint32_t i = 0; i < l->n; i++)
		if (l->v[i].set == f) {
			l->v[i].spare &= spare;
			return AURE_OK;
		}
	aur_code c = q_lists(e->s, f, e->seg, e->err);
	if (!c) {
		AUR_GROW(l->v, l->n, l->cap);
		l->v[l->n++] = (struct cond){.set = f, .spare = spare, .est = f->sum};
	}
	return c;
}

/* Collects the conditions of a node.  exact: 0 inside a node that is checked later anyway. */
static aur_code cond_add(struct ev *e, struct conds *l, node *n, int exact)
{
	aur_code c = AURE_OK;
	uint64_t est;
	switch (n->kind) {
	case N_AND:
		for (uint32_t i = 0; i < n->nkids && !c; i++)
			c = cond_add(e, l, n->kid[i], exact);
		return c;
	case N_NOT:
		AUR_GROW(l->not, l->nnots, l->notcap);
		l->not[l->nnots++] = n->kid[0];
		return AURE_OK;
	case N_TERM:
		return cond_set(e, l, n->set, !exact);
	case N_PHRASE:
		for (uint32_t i = 0; i < n->nsets && !c; i++)
			if (n->sets[i])
				c = cond_set(e, l, n->sets[i], 1);
		break;
	case N_NEAR:
		for (uint32_t i = 0; i < 2 && !c; i++)
			c = cond_add(e, l, n->kid[i], 0);
		break;
	case N_TOKENS:
		for (uint32_t i = 0; i < n->fsa->nneeded && !c; i++)
			c = cond_set(e, l, n->fsa->needed[i], 1);
		break;
	default:
		c = estimate(e, n, &est);
		if (!c) {
			AUR_GROW(l->v, l->n, l->cap);
			l->v[l->n++] = (struct cond){.n = n, .exact = exact, .spare = !exact, .est = est};
		}
		return c;
	}
	if (!c && exact) {
		AUR_GROW(l->check, l->nchecks, l->checkcap);
		l->check[l->nchecks++] = n;
	}
	return c;
}

/* The cost of testing n contributions against a set: each list is either walked, or searched n times at `each`. */
static uint64_t asking(const formset *f, uint32_t n, unsigned each)
{
	uint64_t cost = 0, some = (uint64_t)n * each;
	for (uint32_t i = 0; i < f->nlists; i++)
		cost += f->list[i].df < some ? f->list[i].df : some;
	return cost;
}

static int by_est(const void *a, const void *b)
{
	const struct cond *x = a, *y = b;
	return (x->est > y->est) - (x->est < y->est);
}

static void among_set(struct ev *e, struct among *a, const dset *d, aur_buf *no)
{
	*a = (struct among){.d = d};
	a->n = (uint32_t)q_dset_count(e->s, d);
	if (a->n <= e->g->n / 16 + 64) {
		no->n = 0;
		aur_buf_room(no, 4 * (size_t)a->n + 4);
		q_dset_list(e->s, d, (uint32_t *)(void *)no->p);
		a->no = (const uint32_t *)(void *)no->p;
	}
}

/* Keeps those of *d for which all checks hold.  stop: only the first e->enough of them. */
static aur_code check_all(struct ev *e, const struct conds *l, int stop, dset *d)
{
	aur_code c = AURE_OK;
	aur_doc *doc = &e->s->doc;
	uint32_t found = 0, since = 0;
	DSET_EACH_WORD(d, e->s->nsum, i) {
		for (uint64_t m = d->w[i]; m && !c; m &= m - 1) {
			uint32_t local = i * 64 + (uint32_t)__builtin_ctzll(m), no = e->g->base + local;
			int yes = !(stop && found >= e->enough);
			if (yes && aur_seg_is_deleted(e->g, local))
				yes = 0;
			if (!yes) {
				e->more |= stop && found >= e->enough;
				d->w[i] &= ~(m & (~m + 1));
				continue;
			}
			c = aur_snapshot_doc_forms(e->s->env.s, no, doc, e->err);
			for (uint32_t k = 0; k < l->nchecks && yes && !c; k++)
				c = q_match(e->q, l->check[k], no, doc->form, doc->ntok, &yes, e->err);
			if (!c && !(++since & 1023) && q_cancelled(e->s))
				c = q_cancel_error(e->err);
			found += (uint32_t)yes;
			if (!yes)
				d->w[i] &= ~(m & (~m + 1));
		}
		if (c)
			return c;
	}
	return c;
}

/* Can the positions in the lists alone tell where a phrase occurs? */
static int by_positions(const node *n)
{
	if (n->kind != N_PHRASE || n->sentence || !n->nsets || !n->sets[n->nsets - 1])
		return 0;
	for (uint32_t i = 0; i < n->nsets; i++)
		if (n->sets[i] && n->sets[i]->inverted)
			return 0;
	return 1;
}

/* Keeps those of *d that have the phrases among the checks, where reading positions costs less than reading
 * contributions; these checks are removed. */
static void check_phrases(struct ev *e, struct conds *l, int stop, dset *d, struct among *left, aur_buf *no)
{
	uint32_t m = 0;
	for (uint32_t k = 0; k < l->nchecks; k++) {
		node *n = l->check[k];
		/* costs in ns; see eval_and */
		uint64_t look = (uint64_t)left->n * 200, ask = 0;
		if (stop && e->enough < UINT32_MAX / 20 && (uint64_t)e->enough * 20 < left->n)
			look = (uint64_t)e->enough * 20 * 200;
		int plain = by_positions(n);
		for (uint32_t i = 0; plain && i < n->nsets; i++)
			if (n->sets[i])
				ask += asking(n->sets[i], left->n, 60);
		if (!plain || ask > look) {
			l->check[m++] = n;
			continue;
		}
		no->n = 0;
		aur_buf_room(no, 4 * (size_t)left->n + 4);
		uint32_t *want = (uint32_t *)(void *)no->p, n0 = q_dset_list(e->s, d, want), kept = q_phrase_docs(e->s, n, d, want, n0);
		q_dset_clear(e->s, d);
		for (uint32_t i = 0; i < kept; i++)
			dset_add(d, want[i]);
		*left = (struct among){.d = d, .n = kept, .no = want};
	}
	l->nchecks = m;
}

/* Adds to out the contributions, of those in a (NULL: all), for which all conditions hold.  stop: it is the whole
 * query, so e->enough of them are enough. */
static aur_code eval_and(struct ev *e, struct conds *l, int stop, const struct among *a, dset *out)
{
	aur_search *s = e->s;
	aur_code c = AURE_OK;
	dset cur = q_dset(s), next = q_dset(s);
	aur_buf no = {0};
	struct among left;
	int begun = 0;
	if (l->n > 1)
		qsort(l->v, l->n, sizeof *l->v, by_est);
	for (uint32_t i = 0; i < l->n && !c; i++) {
		struct cond *k = &l->v[i];
		const struct among *from = begun ? &left : a;
		if (begun && !left.n)
			break;
		if (begun && k->spare && k->set) {
			/* Worth it?  A test costs about 1 ns per entry, or 40 ns per list and contribution left; a
			 * check 100 ns. */
			double share = (double)k->set->sum / e->g->n;
			if ((double)asking(k->set, left.n, 40) > 100.0 * left.n * (share < 1 ? 1 - share : 0))
				continue;
		}
		c = k->set ? eval_set(e, k->set, from, &next) : eval(e, k->n, k->exact, from, &next);
		if (c)
			break;
		dset t = cur;
		cur = next;
		next = t;
		q_dset_clear(s, &next);
		among_set(e, &left, &cur, &no);
		begun = 1;
	}
	if (!c && !begun) {
		if (a)
			or_into(s, &cur, a->d);
		else
			all_docs(e, &cur);
		among_set(e, &left, &cur, &no);
	}
	for (uint32_t i = 0; i < l->nnots && !c && left.n; i++) {
		c = eval(e, l->not[i], 1, &left, &next);
		and_not(s, &cur, &next);
		q_dset_clear(s, &next);
		among_set(e, &left, &cur, &no);
	}
	if (!c && l->nchecks && left.n)
		check_phrases(e, l, stop, &cur, &left, &no);
	if (!c && l->nchecks && left.n)
		c = check_all(e, l, stop, &cur);
	if (!c)
		or_into(s, out, &cur);
	q_dset_free(s, cur);
	q_dset_free(s, next);
	aur_buf_free(&no);
	return c;
}

static aur_code eval_conds(struct ev *e, node *n, int exact, int stop, const struct among *a, dset *out)
{
	struct conds l = {0};
	aur_code c = cond_add(e, &l, n, exact);
	if (!c)
		c = eval_and(e, &l, stop, a, out);
	free(l.v);
	free(l.check);
	free(l.not);
	return c;
}

/* Adds to out the contributions of n, of those in a (NULL: all).  exact = 0: it is enough that a contribution has
 * all words of a phrase. */
static aur_code eval(struct ev *e, node *n, int exact, const struct among *a, dset *out)
{
	aur_code c = AURE_OK;
	switch (n->kind) {
	case N_TERM:
		return eval_set(e, n->set, a, out);
	case N_FIELD:
		return eval_field(e, n, a, out);
	case N_THEME:
		return eval_theme(e, n, a, out);
	case N_ALL:
		if (a)
			or_into(e->s, out, a->d);
		else
			all_docs(e, out);
		return AURE_OK;
	case N_DOC:
		if (n->doc != AUR_NONE && n->doc - e->g->base < e->g->n && n->doc >= e->g->base &&
		    (!a || dset_has(a->d, n->doc - e->g->base)))
			dset_add(out, n->doc - e->g->base);
		return AURE_OK;
	case N_IDS:
		return eval_ids(e, n, a, out);
	case N_OR:
		for (uint32_t i = 0; i < n->nkids && !c; i++)
			c = eval(e, n->kid[i], exact, a, out);
		return c;
	case N_AND:
	case N_NOT:
	case N_PHRASE:
	case N_NEAR:
	case N_TOKENS:
		return eval_conds(e, n, exact, 0, a, out);
	default:
		return AURE_OK;
	}
}

static void drop_deleted(const struct ev *e, dset *d)
{
	if (!e->g->deleted)
		return;
	DSET_EACH_WORD(d, e->s->nsum, i) {
		uint32_t left = (e->g->n + 7) / 8 - i * 8, k = left < 8 ? left : 8;
		uint64_t x = 0;
		for (uint32_t b = 0; b < k; b++)
			x |= (uint64_t)e->g->deleted[i * 8 + b] << (8 * b);
		d->w[i] &= ~x;
	}
}

aur_code q_eval_node(aur_query *q, node *n, uint32_t seg, dset *out, aur_error *err)
{
	struct ev e = {.q = q, .s = q->s, .seg = seg, .g = aur_snapshot_seg(q->s->env.s, seg), .enough = UINT32_MAX, .err = err};
	aur_code c = eval(&e, n, 1, NULL, out);
	drop_deleted(&e, out);
	return c;
}

aur_code q_eval(aur_query *q, uint32_t seg, dset *out, uint32_t enough, int *more, aur_error *err)
{
	struct ev e = {.q = q, .s = q->s, .seg = seg, .g = aur_snapshot_seg(q->s->env.s, seg), .enough = enough, .err = err};
	unsigned k = q->root->kind;
	aur_code c;
	if (k == N_AND || k == N_NOT || k == N_PHRASE || k == N_NEAR || k == N_TOKENS)
		c = eval_conds(&e, q->root, 1, 1, NULL, out);
	else
		c = eval(&e, q->root, 1, NULL, out);
	drop_deleted(&e, out);
	*more = e.more;
	return c;
}
