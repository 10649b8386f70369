/* SPDX-License-Identifier: Apache-2.0 */
/* What one thread does with its range of contributions: reads their fields and hits, and what no theme caught. */
#include "config.h"
#include <unistd.h>
#include "base/threads.h"
#include "irritants/stretch.h"

#define BLOCK 512u /* contributions: a thread gets at least two blocks */
#define SHORT 8u /* tokens: a longer text is never a non-answer */

void aur_digest_pair(aur_fp *fp, aur_str key, aur_str value)
{
	aur_fp_add(fp, "\n", 1);
	aur_fp_add(fp, key.ptr, key.len);
	aur_fp_add(fp, "=", 1);
	aur_fp_add(fp, value.ptr, value.len);
}

/* What the value of field i stands for: "" if the pipeline gives it no meaning, NULL if the contribution has none.
 * Each value is looked up once. */
static const char *meaning_of(aur_snapshot *s, struct field_of *f, unsigned i, const aur_column *col, uint32_t local)
{
	uint32_t v = aur_column_at(col[i], local);
	if (!v)
		return NULL;
	if (v >= f->nis[i]) /* the index is damaged */
		return "";
	if (!f->is[i][v]) {
		aur_str t = aur_snapshot_value_text(s, f->field[i], v);
		const char *is = aur_reading_is(f->r, t.ptr, t.len);
		f->is[i][v] = is ? is : "";
	}
	return f->is[i][v];
}

/* What the first field of the reading with a readable value stands for, or NULL. */
static const char *meaning(aur_snapshot *s, struct field_of *f, const aur_column *col, uint32_t local)
{
	const char *m = NULL;
	for (unsigned i = 0; i < f->n && !(m && *m); i++)
		m = meaning_of(s, f, i, col, local);
	return m && *m ? m : NULL;
}

/* The texts of a field's values, each looked up once. */
struct texts {
	aur_str *of;
	uint32_t n;
};

static aur_str value_text(struct texts *t, aur_snapshot *s, uint32_t field, uint32_t value)
{
	if (!t->of) {
		t->n = aur_snapshot_value_count(s, field) + 1;
		t->of = aur_xcalloc(t->n, sizeof *t->of);
	}
	if (value >= t->n)
		return aur_snapshot_value_text(s, field, value);
	if (!t->of[value].ptr)
		t->of[value] = aur_snapshot_value_text(s, field, value);
	return t->of[value];
}

/* The columns of the segment that is being read. */
struct columns {
	struct field_of *of[5]; /* speaker, status, consent, finger, role */
	aur_column col[5][8], session, stance, *all; /* col is indexed as `of`; all: every field, for the fingerprint */
	const uint8_t *lengths;
	const aur_seg_info *info;
};

static aur_code columns_of(struct aur_stretch *t, uint32_t seg, struct columns *x)
{
	const struct aur_plan *p = t->plan;
	aur_code c = AURE_OK;
	x->info = aur_snapshot_seg(t->s, seg);
	x->lengths = aur_snapshot_lengths(t->s, seg);
	x->session = x->stance = (aur_column){0};
	for (unsigned k = 0; k < 5 && !c; k++)
		for (unsigned i = 0; i < x->of[k]->n && !c; i++)
			c = aur_snapshot_column(t->s, seg, x->of[k]->field[i], &x->col[k][i], &t->e);
	if (!c && p->session_field != AUR_NONE)
		c = aur_snapshot_column(t->s, seg, p->session_field, &x->session, &t->e);
	if (!c && p->stance_field != AUR_NONE)
		c = aur_snapshot_column(t->s, seg, p->stance_field, &x->stance, &t->e);
	for (uint32_t f = 0; p->digest && f < p->fields && !c; f++)
		c = aur_snapshot_column(t->s, seg, f, &x->all[f], &t->e);
	return c;
}

/* If any of its fields has a value that does not mean yes (« refus », « pas encore »), the answer is no, whatever
 * the others say.  No value at all means that nobody was asked, which is not a no. */
static aur_in_consent consent_of(struct aur_stretch *t, const struct columns *r, uint32_t i)
{
	aur_in_consent c = AUR_IN_UNASKED;
	for (unsigned k = 0; k < r->of[2]->n; k++) {
		const char *m = meaning_of(t->s, r->of[2], k, r->col[2], i);
		if (!m)
			continue;
		if (!*m && !t->odd_value) {
			t->odd_field = r->of[2]->field[k];
			t->odd_value = aur_column_at(r->col[2][k], i);
		}
		c = c != AUR_IN_NO && !strcmp(m, "yes") ? AUR_IN_YES : AUR_IN_NO;
	}
	return c;
}

static void fields_of(struct aur_stretch *t, const struct columns *r, uint32_t i, aur_in_contribution *x)
{
	const struct aur_plan *p = t->plan;
	uint32_t v = 0;
	x->speaker = AUR_IN_ABSENT;
	for (unsigned k = 0; k < r->of[0]->n && x->speaker == AUR_IN_ABSENT; k++)
		if ((v = aur_column_at(r->col[0][k], i)))
			x->speaker = v < p->speaker.nis[k] ? p->speaker_of[k][v] : AUR_IN_ABSENT - 1; /* the index is damaged: a number that no speaker has */
	v = aur_column_at(r->session, i);
	x->session = v && v < p->session_values ? p->session_of[v] : AUR_IN_ABSENT;
	x->role = AUR_IN_ABSENT;
	for (unsigned k = 0; k < r->of[4]->n && x->role == AUR_IN_ABSENT; k++)
		if ((v = aur_column_at(r->col[4][k], i)))
			x->role = v < r->of[4]->nis[k] ? p->role_of[k][v] : AUR_IN_ABSENT;
	v = aur_column_at(r->stance, i);
	x->stance = v < 64 ? (uint8_t)p->stance_of[v] : 0;
	const char *m = meaning(t->s, r->of[1], r->col[1], i);
	x->status = m && !strcmp(m, "summed") ? AUR_IN_SUMMED : m && !strcmp(m, "pro") ? AUR_IN_PRO : AUR_IN_SAID;
	x->consent = (uint8_t)consent_of(t, r, i);
	m = meaning(t->s, r->of[3], r->col[3], i);
	x->finger = m && m[0] >= '1' && m[0] <= '5' ? (uint8_t)(m[0] - '0') : 0;
	if (x->finger != x->stance) /* a finger to which the pipeline gives a stance of another finger does not count */
		x->finger = 0;
}

/* What a thread keeps from one contribution to the next. */
struct at_hand {
	struct field_of f[5];
	struct columns r;
	struct texts *values; /* by field */
	aur_doc d;
	aur_buf hits, expr;
	uint32_t seg;
};

/* The hits of the contribution in h->d; of a damaged index, only those that lie within its text and have a theme. */
static void hits_of(struct aur_stretch *t, struct at_hand *h, aur_in_contribution *x)
{
	const aur_doc *d = &h->d;
	const aur_hit_rec *hit = (const aur_hit_rec *)(void *)h->hits.p;
	x->first_hit = t->nhits;
	for (size_t k = 0; k < h->hits.n / sizeof *hit; k++) {
		uint32_t theme = aur_snapshot_label_theme(t->s, hit[k].label);
		if (hit[k].last >= d->ntok || hit[k].first > hit[k].last || theme == AUR_NONE)
			continue;
		AUR_GROW(t->hits, t->nhits, t->hitcap);
		uint32_t s0 = d->start[hit[k].first], s1 = d->end[hit[k].last];
		t->hits[t->nhits++] = (aur_in_hit){theme, aur_adapt_expr(&t->exprs, d->text.ptr + s0, s1 - s0, &h->expr), s0, s1,
						   (aur_polarity)hit[k].polarity};
	}
	x->hit_count = (uint32_t)(t->nhits - x->first_hit);
}

/* The fingerprint does not depend on the order of contributions and of their fields: a corpus that is made anew has the same one as
 * a corpus that was corrected step by step. */
static void digest_one(struct aur_stretch *t, struct at_hand *h, uint32_t i)
{
	const struct aur_plan *p = t->plan;
	aur_fp fp;
	aur_fp_init(&fp);
	aur_fp_add(&fp, h->d.id.ptr, h->d.id.len);
	aur_fp_add(&fp, "\n", 1);
	aur_fp_add(&fp, h->d.text.ptr, h->d.text.len);
	for (uint32_t at = 0; at < p->fields; at++) {
		uint32_t k = p->by_name[at], val = aur_column_at(h->r.all[k], i);
		if (val)
			aur_digest_pair(&fp, aur_snapshot_field_name(t->s, k), value_text(&h->values[k], t->s, k, val));
	}
	aur_fp_sum(&fp, t->sum);
}

static aur_code contribution_read(struct aur_stretch *t, struct at_hand *h, uint32_t n)
{
	const struct aur_plan *p = t->plan;
	struct aur_adapter *a = p->a;
	aur_in_contribution *x = &a->con[n];
	aur_doc *d = &h->d;
	uint32_t no = a->doc[n];
	aur_code c = AURE_OK;
	while (!c && (!h->r.info || no >= h->r.info->base + h->r.info->n))
		c = columns_of(t, h->seg++, &h->r);
	h->hits.n = 0;
	c = c ? c : aur_snapshot_hits(t->s, no, &h->hits, &t->e);
	if (c)
		return c;
	uint32_t i = no - h->r.info->base;
	bool hit = h->hits.n >= sizeof(aur_hit_rec);
	/* Most texts have no hit and are too long to be a non-answer: all that the ledger needs of these is their
	 * length, which is stored. */
	uint32_t len = h->r.lengths ? (uint32_t)(h->r.lengths[2 * (size_t)i] | h->r.lengths[2 * (size_t)i + 1] << 8) : 65535;
	bool unread = !hit && !p->digest && !p->words && len > SHORT && len < 65535;
	d->ntok = 0;
	d->nwords = len;
	if (!unread)
		c = hit || p->digest ? aur_snapshot_doc(t->s, no, d, &t->e) : aur_snapshot_doc_forms(t->s, no, d, &t->e);
	if (c)
		return c;
	fields_of(t, &h->r, i, x);
	x->tokens = d->nwords;
	x->text_hash = aur_snapshot_text_hash(t->s, no);
	hits_of(t, h, x);
	if (!hit && !unread && d->ntok <= SHORT) {
		c = p->digest ? AURE_OK : aur_snapshot_doc(t->s, no, d, &t->e);
		x->non_answer = !c && aur_reading_says_nothing(p->nothing, d->text.ptr, d->text.len);
	}
	if (p->words && !hit && !x->non_answer) {
		AUR_GROW(t->bare, t->nbare, t->barecap);
		t->bare[t->nbare++] = n;
		t->bare_tokens += d->nwords;
		for (uint32_t k = 0; k < d->ntok; k++)
			t->kform[d->form[k]]++;
	}
	t->tokens += d->nwords;
	if (!p->digest)
		return c;
	for (unsigned k = 0; k < 3; k++)
		if (a->dim_field[k] != AUR_NONE)
			t->apart[k] |= aur_column_at(h->r.all[a->dim_field[k]], i) != (x->session == AUR_IN_ABSENT ? 0 : p->dim_of[k][x->session]);
	digest_one(t, h, i);
	return c;
}

static void *stretch_read(void *ctx)
{
	static const char *const as[5] = {"speaker", "status", "consent", "finger", "role"};
	struct aur_stretch *t = ctx;
	const struct aur_plan *p = t->plan;
	struct at_hand h = {.r.all = aur_xcalloc((size_t)p->fields + 1, sizeof *h.r.all), .values = aur_xcalloc((size_t)p->fields + 1, sizeof *h.values)};
	for (int k = 0; k < 5; k++) {
		h.f[k] = aur_adapt_reading(p->a, t->s, as[k]);
		h.r.of[k] = &h.f[k];
	}
	for (uint32_t n = t->from; n < t->to && !t->c; n++)
		t->c = contribution_read(t, &h, n);
	for (uint32_t k = 0; k < p->fields; k++)
		free(h.values[k].of);
	free(h.values);
	for (int k = 0; k < 5; k++)
		aur_adapt_reading_free(&h.f[k]);
	free(h.r.all);
	aur_doc_free(&h.d);
	aur_buf_free(&h.hits);
	aur_buf_free(&h.expr);
	return NULL;
}

uint32_t aur_stretches_read(const struct aur_plan *p, uint32_t n, uint32_t forms, unsigned wanted, struct aur_stretch *t)
{
	struct aur_adapter *a = p->a;
	long cpus = wanted ? (long)wanted : sysconf(_SC_NPROCESSORS_ONLN);
	uint32_t blocks = (n + BLOCK - 1) / BLOCK, threads = cpus > 1 ? (uint32_t)cpus : 1;
	threads = threads < AUR_STRETCHES ? threads : AUR_STRETCHES;
	threads = threads < blocks / 2 ? threads : blocks / 2;
	threads = threads ? threads : 1;
	for (uint32_t k = 1; k < threads; k++) {
		aur_snapshot *s = NULL;
		if (aur_snapshot_open(aur_snapshot_dir(a->s), &s, NULL)) {
			threads = k;
			break;
		}
		t[k].s = s;
		if (!aur_snapshot_same(a->s, s)) {
			threads = k; /* somebody wrote meanwhile, or compacted */
			aur_snapshot_close(s);
			break;
		}
	}
	t[0].s = a->s;
	for (uint32_t k = 0; k < threads; k++) {
		uint32_t from = (uint32_t)((uint64_t)blocks * k / threads * BLOCK), to = (uint32_t)((uint64_t)blocks * (k + 1) / threads * BLOCK);
		t[k].plan = p;
		t[k].from = from;
		t[k].to = to < n ? to : n;
		t[k].kform = p->words ? aur_xcalloc((size_t)forms + 1, sizeof *t[k].kform) : NULL;
		if (k)
			aur_snapshot_watch(t[k].s, &t[k].met);
	}
	aur_each_thread(threads, stretch_read, t, sizeof *t);
	for (uint32_t k = 1; k < threads; k++) {
		if (!t[k].c && t[k].met.code) {
			t[k].c = t[k].met.code;
			t[k].e = t[k].met;
		}
		aur_snapshot_close(t[k].s);
	}
	return threads;
}

void aur_stretches_free(struct aur_stretch *t)
{
	for (uint32_t k = 0; k < AUR_STRETCHES; k++) {
		aur_adapt_exprs_free(&t[k].exprs);
		free(t[k].hits);
		free(t[k].bare);
		free(t[k].kform);
	}
}
