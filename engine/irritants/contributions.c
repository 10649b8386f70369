/* SPDX-License-Identifier: Apache-2.0 */
/* The contributions of the index as the ledger wants them, read by as many threads as there are processors. */
#include "config.h"
#include <unistd.h>
#include "base/hash.h"
#include "base/strtab.h"
#include "base/threads.h"
#include "irritants/adapt.h"
#include "text/fold.h"

#define BLOCK 512u /* contributions: a thread reads several */
#define THREADS 8u
#define SHORT 8u /* tokens: longer texts are answers */

/* What a field says: what that stands for, "" where nobody can read it, NULL where it says nothing. */
static const char *meaning_of(aur_snapshot *s, struct field_of *f, unsigned i, const aur_column *col, uint32_t local)
{
	uint32_t v = aur_column_at(col[i], local);
	if (!v)
		return NULL;
	if (v >= f->nis[i]) /* a damaged index */
		return "";
	if (!f->is[i][v]) {
		aur_str t = aur_snapshot_value_text(s, f->field[i], v);
		const char *is = aur_reading_is(f->r, t.ptr, t.len);
		f->is[i][v] = is ? is : "";
	}
	return f->is[i][v];
}

/* The first of its fields that says something that can be read: what that stands for, or NULL. */
static const char *meaning(aur_snapshot *s, struct field_of *f, const aur_column *col, uint32_t local)
{
	const char *m = NULL;
	for (unsigned i = 0; i < f->n && !(m && *m); i++)
		m = meaning_of(s, f, i, col, local);
	return m && *m ? m : NULL;
}

/* The values of a field, each looked up once. */
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

static void digest_pair(aur_fp *fp, aur_str key, aur_str value)
{
	aur_fp_add(fp, "\n", 1);
	aur_fp_add(fp, key.ptr, key.len);
	aur_fp_add(fp, "=", 1);
	aur_fp_add(fp, value.ptr, value.len);
}

/* Contributions in order of session, where they were ingested in another: whatever goes through a theme's list then goes through memory in order.
 * `bare` are numbers of some of them, in order. */
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

static aur_str *dimension_of(aur_in_session *s, unsigned d)
{
	return d == 0 ? &s->territory : d == 1 ? &s->kind : &s->wave;
}

/* What all threads that read contributions share, and do not change. */
struct plan {
	struct aur_adapter *a;
	bool digest, words;
	uint32_t *by_name; /* the fields */
	const aur_reading *nothing;
	uint32_t session_field, stance_field, fields;
	uint32_t *session_of, session_values, *role_of[8], *speaker_of[8], speaker_values[8], stance_of[64]; /* by field that may name the role, or the speaker */
	uint32_t *dim_of[3]; /* by session: the value of dim_field that it has; AUR_NONE: no contribution says that */
};

/* The contributions [from, to) of one thread, and what it finds in them: in its own numbers, until all are put together. */
struct stretch {
	const struct plan *plan;
	aur_snapshot *s;
	uint32_t from, to;
	struct exprs exprs;
	aur_in_hit *hits;
	size_t nhits, hitcap;
	uint32_t *bare, nbare, barecap, *kform;
	uint64_t tokens, bare_tokens;
	uint64_t sum[2]; /* of the fingerprints of its contributions */
	bool apart[3];   /* as aur_input.dim_apart */
	uint32_t odd_field, odd_value; /* the first answer to whether one may be quoted that nobody can read; value 0: none */
	aur_error met, e;
	aur_code c;
};

/* One contribution as it stands in its segment. */
struct columns {
	struct field_of *of[5]; /* speaker, status, consent, finger, role */
	aur_column col[5][8], session, stance, *all;
	const uint8_t *lengths;
	const aur_seg_info *info;
};

static aur_code columns_of(struct stretch *t, uint32_t seg, struct columns *x)
{
	const struct plan *p = t->plan;
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

/* « refus », « pas encore »: whatever was answered that is no yes is a no, whatever another field says, and not the silence of who was never asked. */
static aur_in_consent consent_of(struct stretch *t, const struct columns *r, uint32_t i)
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

static void fields_of(struct stretch *t, const struct columns *r, uint32_t i, aur_in_contribution *x)
{
	const struct plan *p = t->plan;
	uint32_t v = 0;
	x->speaker = AUR_IN_ABSENT;
	for (unsigned k = 0; k < r->of[0]->n && x->speaker == AUR_IN_ABSENT; k++)
		if ((v = aur_column_at(r->col[0][k], i)))
			x->speaker = v < p->speaker_values[k] ? p->speaker_of[k][v] : AUR_IN_ABSENT - 1; /* a damaged index: no speaker has that number */
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
	if (x->finger != x->stance) /* a finger that the pipeline gives another stance is none */
		x->finger = 0;
}

static void *stretch_read(void *ctx)
{
	struct stretch *t = ctx;
	const struct plan *p = t->plan;
	struct aur_adapter *a = p->a;
	static const char *const as[5] = {"speaker", "status", "consent", "finger", "role"};
	struct field_of f[5];
	struct columns r = {.all = aur_xcalloc((size_t)p->fields + 1, sizeof *r.all)};
	for (int k = 0; k < 5; k++) {
		f[k] = aur_adapt_reading(a, t->s, as[k]);
		r.of[k] = &f[k];
	}
	struct texts *values = aur_xcalloc((size_t)p->fields + 1, sizeof *values);
	aur_doc d = {0};
	aur_buf hb = {0}, eb = {0};
	uint32_t seg = 0;
	for (uint32_t n = t->from; n < t->to && !t->c; n++) {
		aur_in_contribution *x = &a->con[n];
		uint32_t no = a->doc[n];
		while (!t->c && (!r.info || no >= r.info->base + r.info->n))
			t->c = columns_of(t, seg++, &r);
		hb.n = 0;
		if (!t->c)
			t->c = aur_snapshot_hits(t->s, no, &hb, &t->e);
		if (t->c)
			break;
		uint32_t i = no - r.info->base, nh = (uint32_t)(hb.n / sizeof(aur_hit_rec));
		const aur_hit_rec *h = (const aur_hit_rec *)(void *)hb.p;
		/* most say nothing that the ledger counts, and how long they are is known without them */
		uint32_t len = r.lengths ? (uint32_t)(r.lengths[2 * (size_t)i] | r.lengths[2 * (size_t)i + 1] << 8) : 65535;
		bool unread = !nh && !p->digest && !p->words && len > SHORT && len < 65535;
		d.ntok = 0;
		d.nwords = len;
		if (!unread)
			t->c = nh || p->digest ? aur_snapshot_doc(t->s, no, &d, &t->e) : aur_snapshot_doc_forms(t->s, no, &d, &t->e);
		if (t->c)
			break;
		fields_of(t, &r, i, x);
		x->tokens = d.nwords;
		x->text_hash = aur_snapshot_text_hash(t->s, no);
		x->first_hit = t->nhits;
		for (uint32_t k = 0; k < nh; k++) {
			if (h[k].last >= d.ntok || h[k].first > h[k].last)
				continue;
			AUR_GROW(t->hits, t->nhits, t->hitcap);
			uint32_t s0 = d.start[h[k].first], s1 = d.end[h[k].last];
			t->hits[t->nhits++] = (aur_in_hit){aur_snapshot_label_theme(t->s, h[k].label), aur_adapt_expr(&t->exprs, d.text.ptr + s0, s1 - s0, &eb), s0, s1,
							   (aur_polarity)h[k].polarity};
		}
		x->hit_count = (uint32_t)(t->nhits - x->first_hit);
		if (!nh && !unread && d.ntok <= SHORT) {
			t->c = p->digest ? AURE_OK : aur_snapshot_doc(t->s, no, &d, &t->e);
			x->non_answer = !t->c && aur_reading_says_nothing(p->nothing, d.text.ptr, d.text.len);
		}
		if (p->words && !nh && !x->non_answer) {
			AUR_GROW(t->bare, t->nbare, t->barecap);
			t->bare[t->nbare++] = n;
			t->bare_tokens += d.nwords;
			for (uint32_t k = 0; k < d.ntok; k++)
				t->kform[d.form[k]]++;
		}
		t->tokens += d.nwords;
		if (!p->digest)
			continue;
		for (unsigned k = 0; k < 3; k++)
			if (a->dim_field[k] != AUR_NONE)
				t->apart[k] |= aur_column_at(r.all[a->dim_field[k]], i) != (x->session == AUR_IN_ABSENT ? 0 : p->dim_of[k][x->session]);
		/* The same contributions make the same fingerprint in whatever order they and their fields came: a corpus that is made anew is the one
		 * that was corrected step by step. */
		aur_fp fp;
		aur_fp_init(&fp);
		aur_fp_add(&fp, d.id.ptr, d.id.len);
		aur_fp_add(&fp, "\n", 1);
		aur_fp_add(&fp, d.text.ptr, d.text.len);
		for (uint32_t at = 0; at < p->fields; at++) {
			uint32_t k = p->by_name[at], val = aur_column_at(r.all[k], i);
			if (val)
				digest_pair(&fp, aur_snapshot_field_name(t->s, k), value_text(&values[k], t->s, k, val));
		}
		aur_fp_sum(&fp, t->sum);
	}
	for (uint32_t k = 0; k < p->fields; k++)
		free(values[k].of);
	free(values);
	for (int k = 0; k < 5; k++)
		aur_adapt_reading_free(&f[k]);
	free(r.all);
	aur_doc_free(&d);
	aur_buf_free(&hb);
	aur_buf_free(&eb);
	return NULL;
}

/* Reads all contributions on as many threads as are wanted (0: as there are processors), and there are contributions for: each sees the same commit, or does nothing. */
static uint32_t stretches_read(const struct plan *p, uint32_t n, uint32_t forms, unsigned wanted, struct stretch *t)
{
	struct aur_adapter *a = p->a;
	aur_totals here, there;
	long cpus = wanted ? (long)wanted : sysconf(_SC_NPROCESSORS_ONLN);
	uint32_t blocks = (n + BLOCK - 1) / BLOCK, threads = cpus > 1 ? (uint32_t)cpus : 1;
	threads = threads < THREADS ? threads : THREADS;
	threads = threads < blocks / 2 ? threads : blocks / 2;
	threads = threads ? threads : 1;
	aur_snapshot_totals(a->s, &here);
	for (uint32_t k = 1; k < threads; k++) {
		aur_snapshot *s = NULL;
		if (aur_snapshot_open(aur_snapshot_dir(a->s), &s, NULL)) {
			threads = k;
			break;
		}
		aur_snapshot_totals(s, &there);
		t[k].s = s;
		if (there.commit != here.commit || there.docs != here.docs || there.forms != here.forms) {
			threads = k; /* somebody wrote meanwhile */
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

/* What the threads found, in the order of the contributions: as if one had read them all. */
static void put_together(struct aur_adapter *a, struct stretch *t, uint32_t threads, uint32_t *kform, uint32_t forms, uint32_t *bare, uint32_t *nbare, uint64_t sum[2])
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

/* Numbers in the order of the texts: of words that are equal in all else, the same ones are told whatever the order of the files. */
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

/* Who speaks, by a number: one pseudonym is one person, whichever of the fields names it. */
static uint32_t speakers_number(aur_snapshot *s, const struct field_of *f, uint32_t *speaker_of[8])
{
	uint32_t count = 0;
	for (unsigned k = 0; k < f->n; k++) {
		speaker_of[k] = aur_xcalloc(f->nis[k], sizeof **speaker_of);
		for (uint32_t v = 1; v < f->nis[k]; v++) {
			uint32_t there = 0;
			aur_str t = k ? aur_snapshot_value_text(s, f->field[k], v) : (aur_str){0};
			for (unsigned j = 0; j < k && !there; j++)
				if ((there = aur_snapshot_value(s, f->field[j], t)))
					speaker_of[k][v] = speaker_of[j][there];
			if (!there)
				speaker_of[k][v] = count++;
		}
	}
	return count;
}

/* By value of a field: the first that differs from it in capitals, accents and hyphens alone; « lille » is no other place than « Lille ». */
static uint32_t *alike(aur_snapshot *s, uint32_t field)
{
	uint32_t n = aur_snapshot_value_count(s, field), *first = aur_xcalloc((size_t)n + 1, sizeof *first);
	aur_strtab names = {0};
	aur_arena arena = {0};
	aur_buf b = {0};
	for (uint32_t v = 1; v <= n; v++) {
		aur_str t = aur_snapshot_value_text(s, field, v);
		b.n = 0;
		aur_text_name(&b, t.ptr, t.len);
		uint32_t *known = aur_strtab_find(&names, (const char *)b.p, b.n);
		first[v] = known && b.n ? *known : v;
		if (!known && b.n)
			aur_strtab_put(&names, aur_arena_dup(&arena, b.p, b.n), b.n, v);
	}
	aur_strtab_free(&names);
	aur_arena_free(&arena);
	aur_buf_free(&b);
	return first;
}

/* An online survey is a session, and « territoire » in it where each of its people lives: under the value of its first row all of them would stand in one place.
 * A session has none where more than a quarter of its contributions say another one; a slip in a row leaves it. */
static aur_code say_otherwise(struct aur_adapter *a, const struct plan *p, aur_error *e)
{
	uint32_t S = a->in.session_count, *said = aur_xmalloc(((size_t)S + 1) * sizeof *said), *other = aur_xmalloc(((size_t)S + 1) * sizeof *other);
	uint32_t *own = aur_xmalloc(((size_t)S + 1) * sizeof *own);
	aur_code c = AURE_OK;
	for (unsigned d = 0; d < 3 && p->session_field != AUR_NONE && !c; d++) {
		if (a->dim_field[d] == AUR_NONE)
			continue;
		uint32_t *first = alike(a->s, a->dim_field[d]), values = aur_snapshot_value_count(a->s, a->dim_field[d]);
		memset(said, 0, S * sizeof *said);
		memset(other, 0, S * sizeof *other);
		for (uint32_t i = 0; i < S; i++)
			own[i] = first[aur_snapshot_value(a->s, a->dim_field[d], *dimension_of(&a->sessions[i], d))];
		for (uint32_t g = 0; g < aur_snapshot_segs(a->s) && !c; g++) {
			const aur_seg_info *info = aur_snapshot_seg(a->s, g);
			aur_column session = {0}, dim = {0};
			c = aur_snapshot_column(a->s, g, p->session_field, &session, e);
			if (!c)
				c = aur_snapshot_column(a->s, g, a->dim_field[d], &dim, e);
			for (uint32_t i = 0; i < info->n && !c; i++) {
				uint32_t v = aur_column_at(session, i), x = aur_column_at(dim, i);
				uint32_t s = v && v < p->session_values ? p->session_of[v] : AUR_IN_ABSENT;
				if (s == AUR_IN_ABSENT || aur_seg_is_deleted(info, i))
					continue;
				said[s]++;
				other[s] += x && x <= values && first[x] != own[s];
			}
		}
		free(first);
		for (uint32_t i = 0; i < S && !c; i++)
			if (dimension_of(&a->sessions[i], d)->len && other[i] > said[i] / 4) {
				*dimension_of(&a->sessions[i], d) = (aur_str){"", 0};
				a->sessions[i].several[d] = true;
			}
	}
	free(said);
	free(other);
	free(own);
	return c;
}

static uint32_t *fields_by_name(aur_snapshot *s, uint32_t n)
{
	uint32_t *of = aur_xmalloc(((size_t)n + 1) * sizeof *of);
	for (uint32_t f = 0; f < n; f++) {
		uint32_t at = f;
		for (; at && aur_str_order(aur_snapshot_field_name(s, of[at - 1]), aur_snapshot_field_name(s, f)) > 0; at--)
			of[at] = of[at - 1];
		of[at] = f;
	}
	return of;
}

aur_code aur_adapt_contributions(struct aur_adapter *a, bool digest, bool words, unsigned wanted, struct field_of *role, char hex[33], aur_error *e)
{
	struct field_of speaker = aur_adapt_reading(a, a->s, "speaker");
	struct plan p = {.a = a, .digest = digest, .words = words, .nothing = aur_readings_get(&a->readings, "non-answer"),
			 .session_field = aur_snapshot_field(a->s, "session", 7), .stance_field = aur_snapshot_field(a->s, "stance", 6),
			 .fields = aur_snapshot_fields(a->s)};
	struct stretch *t = aur_xcalloc(THREADS, sizeof *t);
	uint32_t n = 0, nbare = 0;
	aur_totals tot;
	aur_snapshot_totals(a->s, &tot);
	aur_snapshot_themes(a->s); /* labels are read now, by this thread */
	a->con = aur_xcalloc(tot.contributions, sizeof *a->con);
	a->doc = aur_xcalloc(tot.contributions, sizeof *a->doc);
	uint32_t *kform = aur_xcalloc((size_t)tot.forms + 1, sizeof *kform), *bare = aur_xcalloc(tot.contributions, sizeof *bare);
	for (uint32_t g = 0; g < aur_snapshot_segs(a->s); g++) {
		const aur_seg_info *info = aur_snapshot_seg(a->s, g);
		for (uint32_t i = 0; i < info->n && n < tot.contributions; i++)
			if (!aur_seg_is_deleted(info, i))
				a->doc[n++] = info->base + i;
	}
	if (p.session_field != AUR_NONE) {
		p.session_values = aur_snapshot_value_count(a->s, p.session_field) + 1;
		p.session_of = aur_xmalloc(p.session_values * sizeof *p.session_of);
		memset(p.session_of, 0xFF, p.session_values * sizeof *p.session_of);
		for (uint32_t i = 0; i < a->in.session_count; i++) {
			uint32_t v = aur_snapshot_value(a->s, p.session_field, a->sessions[i].id);
			if (v && v < p.session_values)
				p.session_of[v] = i;
		}
	}
	p.by_name = fields_by_name(a->s, p.fields);
	aur_code c = say_otherwise(a, &p, e);
	for (unsigned d = 0; d < 3 && digest; d++) {
		p.dim_of[d] = aur_xcalloc((size_t)a->in.session_count + 1, sizeof **p.dim_of);
		for (uint32_t i = 0; i < a->in.session_count && a->dim_field[d] != AUR_NONE; i++) {
			const aur_str *v = dimension_of(&a->sessions[i], d);
			uint32_t value = v->len ? aur_snapshot_value(a->s, a->dim_field[d], *v) : 0;
			p.dim_of[d][i] = v->len && !value ? AUR_NONE : value;
		}
	}
	for (unsigned k = 0; k < role->n; k++) {
		p.role_of[k] = aur_xcalloc(role->nis[k], sizeof **p.role_of);
		for (uint32_t v = 1; v < role->nis[k]; v++)
			p.role_of[k][v] = aur_adapt_role(a, aur_snapshot_value_text(a->s, role->field[k], v));
	}
	for (uint32_t v = 1; p.stance_field != AUR_NONE && v <= aur_snapshot_value_count(a->s, p.stance_field) && v < 64; v++) {
		aur_str x = aur_snapshot_value_text(a->s, p.stance_field, v);
		for (uint32_t k = 1; k < AUR_IN_STANCES; k++)
			if (x.len == strlen(aur_adapt_stances[k]) && !memcmp(x.ptr, aur_adapt_stances[k], x.len))
				p.stance_of[v] = k;
	}
	a->in.speaker_count = speakers_number(a->s, &speaker, p.speaker_of);
	memcpy(p.speaker_values, speaker.nis, sizeof p.speaker_values);
	uint32_t threads = stretches_read(&p, n, tot.forms, wanted, t);
	for (uint32_t k = 0; k < threads && !c; k++) {
		c = t[k].c;
		if (c && e)
			*e = t[k].e;
	}
	uint64_t sum[2] = {0, 0};
	put_together(a, t, threads, kform, tot.forms, bare, &nbare, sum);
	aur_fp fp;
	aur_fp_init(&fp);
	aur_fp_add(&fp, sum, sizeof sum);
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
	/* and what is said of the corpus and of its sessions */
	aur_str key, value;
	for (uint32_t i = 0; digest && aur_snapshot_property(a->s, i, &key, &value); i++)
		digest_pair(&fp, key, value);
	for (uint32_t i = 0; digest && i < aur_snapshot_session_count(a->s); i++) {
		digest_pair(&fp, (aur_str){"session", 7}, aur_snapshot_session_id(a->s, i));
		for (uint32_t k = 0; aur_snapshot_session_prop(a->s, i, k, &key, &value); k++)
			digest_pair(&fp, key, value);
	}
	aur_fp_hex(&fp, hex);
	for (uint32_t k = 0; k < THREADS; k++) {
		aur_adapt_exprs_free(&t[k].exprs);
		free(t[k].hits);
		free(t[k].bare);
		free(t[k].kform);
	}
	free(t);
	free(kform);
	free(bare);
	free(p.session_of);
	free(p.by_name);
	for (unsigned k = 0; k < role->n; k++)
		free(p.role_of[k]);
	for (unsigned d = 0; d < 3; d++)
		free(p.dim_of[d]);
	for (unsigned k = 0; k < speaker.n; k++)
		free(p.speaker_of[k]);
	aur_adapt_reading_free(&speaker);
	return c;
}

