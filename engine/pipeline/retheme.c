/* SPDX-License-Identifier: Apache-2.0 */
/* Several threads find hits, each in a range of contributions at a time; one thread writes them in the order of contributions. */
#include "config.h"
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/intl.h"
#include "base/threads.h"
#include "pipeline/again.h"
#include "pipeline/readings.h"
#include "pipeline/retheme.h"
#include "pipeline/services.h"

#define STRETCH 4096u  /* contributions */
#define ALONE 1024u    /* the same for one thread: what is found is written before it has left the cache */
#define ASKED 2048u    /* forms that a thread asks for at a time */
#define WAITING 4u     /* stretches found and not yet written, per thread */

struct stretch {
	uint32_t seg, first, n; /* first: in its segment */
};
struct found {
	aur_buf doc, many, hits, anns; /* contributions with hits, number of hits of each, the hits, their annotators */
	aur_buf was_doc, was_many, was_label; /* the same of the old hits; was_label: label of each */
	uint32_t looked;
	int ready;
};
struct worker {
	struct retheme *r;
	aur_snapshot *s;
	aur_analyst *a;
	aur_buf old;
};
struct retheme {
	const aur_retheme_options *o;
	aur_retheme_stats *st;
	aur_chain *chain;
	aur_answers *answers;
	aur_retheming *to;
	struct worker *w;
	unsigned nw;
	uint8_t **bits; /* by segment; NULL: look at every contribution */
	struct stretch *stretch;
	uint32_t nstretch, cap;
	struct found *found; /* a ring */
	uint32_t ring;
	uint32_t *label_of[AUR_MAX_ANNOTATORS];
	uint32_t *old_lexicon, nold, *new_lexicon, nnew; /* by label */

	pthread_mutex_t lock;
	pthread_cond_t grown, taken;
	uint32_t next, written; /* stretches */
	aur_error failed;       /* the first */
};

/* ---- what may not differ --------------------------------------------------------------------- */
static int same_words(char *const *a, unsigned na, char *const *b, unsigned nb)
{
	unsigned i = 0;
	while (i < na && i < nb && !strcmp(a[i], b[i]))
		i++;
	return i == na && i == nb;
}

static int same_reading(const aur_reading *a, const aur_reading *b)
{
	unsigned i = 0;
	if (!a || !b)
		return a == b;
	while (i < a->nmap && i < b->nmap && !strcmp(a->map[i].value, b->map[i].value) && !strcmp(a->map[i].is, b->map[i].is))
		i++;
	return i == a->nmap && i == b->nmap && same_words(a->field, a->nfields, b->field, b->nfields);
}

static int same_stances(const aur_chain *a, const aur_chain *b)
{
	aur_readings x, y;
	aur_readings_parse(a->xml, &x);
	aur_readings_parse(b->xml, &y);
	int same = same_reading(aur_readings_get(&x, "stance"), aur_readings_get(&y, "stance"));
	aur_readings_free(&x);
	aur_readings_free(&y);
	return same && same_words(a->inherit, a->ninherit, b->inherit, b->ninherit);
}

/* AURE_CONFIG if more than annotators changed: words and fields were fixed at ingestion. */
static aur_code comparable(const struct retheme *r, aur_snapshot *s, aur_error *err)
{
	const char *was = aur_snapshot_meta(s, "fingerprints"), *xml = aur_snapshot_meta(s, "pipeline"), *is = r->chain->fingerprints;
	size_t n = aur_chain_words(is);
	if (!was || aur_chain_words(was) != n || memcmp(was, is, n) != 0)
		return aur_fail(err, AURE_CONFIG,
				_("the words of %s were made by another tokenizer or other layers than the current ones: ingest its files again into a new folder"),
				r->o->corpus);
	aur_code c = aur_chain_has_all(r->chain, r->o->corpus, was, err);
	if (c || !r->o->pipeline || !xml)
		return c;
	aur_chain *old;
	c = aur_chain_open(NULL, xml, AUR_CHAIN_LAYERS, &old, err);
	if (c)
		return c;
	if (!same_stances(old, r->chain))
		c = aur_fail(err, AURE_CONFIG,
			     _("the pipeline %s takes stances, or values that contributions inherit, from other fields than %s did: ingest its files again into a new folder"),
			     r->o->pipeline, r->o->corpus);
	aur_chain_free(old);
	return c;
}

/* ---- lexicons, before and after --------------------------------------------------------------- */
/* Is a version one of those that are joined by « , »?  It may hold commas itself. */
static int is_among(const char *all, aur_str version)
{
	for (const char *p = all; p; p = strstr(p, ", ") ? strstr(p, ", ") + 2 : NULL)
		if (!strncmp(p, version.ptr, version.len) && (!p[version.len] || !strncmp(p + version.len, ", ", 2)))
			return 1;
	return 0;
}

static uint32_t lexicon_of(aur_retheme_stats *st, const aur_label *l, int after)
{
	uint32_t i = 0;
	while (i < st->lexicons && (strlen(st->lexicon[i].name) != l->lexicon.len || memcmp(st->lexicon[i].name, l->lexicon.ptr, l->lexicon.len) != 0))
		i++;
	if (i == st->lexicons) {
		AUR_GROW(st->lexicon, st->lexicons, st->cap);
		st->lexicon[st->lexicons++] =
			(aur_retheme_lexicon){.name = aur_xstrndup(l->lexicon.len ? l->lexicon.ptr : "", l->lexicon.len),
					      .version = {aur_xstrdup(""), aur_xstrdup("")}, .last = {AUR_NONE, AUR_NONE}};
	}
	char **v = &st->lexicon[i].version[after];
	if (l->version.len && !is_among(*v, l->version)) {
		aur_buf b = {0};
		aur_buf_printf(&b, "%s%s%.*s", *v, **v ? ", " : "", (int)l->version.len, l->version.ptr);
		free(*v);
		*v = aur_buf_cstr(&b);
	}
	return i;
}

static void count(aur_retheme_stats *st, int after, uint32_t lexicon, uint32_t doc)
{
	aur_retheme_lexicon *x = &st->lexicon[lexicon];
	x->of[after].hits++;
	st->of[after].hits++;
	x->of[after].contributions += x->last[after] != doc;
	x->last[after] = doc;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const aur_retheme_lexicon *)a)->name, ((const aur_retheme_lexicon *)b)->name);
}

void aur_retheme_stats_free(aur_retheme_stats *st)
{
	for (uint32_t i = 0; i < st->lexicons; i++) {
		free(st->lexicon[i].name);
		free(st->lexicon[i].version[0]);
		free(st->lexicon[i].version[1]);
	}
	free(st->lexicon);
	*st = (aur_retheme_stats){0};
}

/* Lists the lexicons of the labels in the corpus, and of the labels that the annotators may give. */
static void lexicons(struct retheme *r, aur_snapshot *s)
{
	for (unsigned k = 0; k < r->chain->nann; k++) {
		const struct aur_chain_annotator *a = &r->chain->ann[k];
		for (uint32_t i = 0, n = aur_chain_labels(r->chain, k); i < n; i++) {
			aur_label l = {.size = sizeof l};
			if (a->ops->label(a->in->model, i, &l) >= 0)
				lexicon_of(r->st, &l, 1);
		}
	}
	r->nold = aur_snapshot_labels(s);
	r->old_lexicon = aur_xcalloc((size_t)r->nold + 1, sizeof *r->old_lexicon);
	for (uint32_t i = 0; i < r->nold; i++) {
		aur_label l = {.size = sizeof l};
		if (aur_snapshot_label(s, i, &l))
			r->old_lexicon[i] = lexicon_of(r->st, &l, 0);
	}
}

/* ---- threads ---------------------------------------------------------------------------------- */
static int fail(struct retheme *r, const aur_error *e)
{
	pthread_mutex_lock(&r->lock);
	if (!r->failed.code)
		r->failed = *e;
	pthread_cond_broadcast(&r->grown);
	pthread_cond_broadcast(&r->taken);
	pthread_mutex_unlock(&r->lock);
	return 0;
}

/* Draws the next number below `all`, less than `ahead` beyond what was written (0: no limit).  AUR_NONE: there is
 * none, or all stop. */
static uint32_t draw(struct retheme *r, uint32_t all, uint32_t ahead)
{
	pthread_mutex_lock(&r->lock);
	while (ahead && !r->failed.code && r->next < all && r->next - r->written >= ahead)
		pthread_cond_wait(&r->taken, &r->lock);
	uint32_t i = !r->failed.code && !aur_host_cancel && r->next < all ? r->next++ : AUR_NONE;
	pthread_mutex_unlock(&r->lock);
	return i;
}

static void *ask(void *arg)
{
	struct worker *w = arg;
	struct retheme *r = w->r;
	aur_error e;
	for (uint32_t i; (i = draw(r, r->answers->forms / ASKED + 1, 0)) != AUR_NONE;)
		if (aur_analyst_ask(w->a, i * ASKED, (i + 1) * ASKED, &e))
			fail(r, &e);
	return NULL;
}

static void *pick(void *arg)
{
	struct worker *w = arg;
	struct retheme *r = w->r;
	aur_error e;
	for (uint32_t g; (g = draw(r, aur_snapshot_segs(w->s), 0)) != AUR_NONE;) {
		int few;
		uint8_t *bits = aur_xcalloc((size_t)aur_snapshot_seg(w->s, g)->n / 8 + 1, 1);
		if (aur_answers_docs(r->answers, w->s, g, aur_chain_finders(r->chain), bits, &few, &e))
			fail(r, &e);
		else if (few)
			r->bits[g] = bits;
		if (!r->bits[g])
			free(bits);
	}
	return NULL;
}

static aur_code look(struct worker *w, const struct stretch *x, struct found *f, aur_error *err)
{
	const aur_seg_info *g = aur_snapshot_seg(w->s, x->seg);
	const uint8_t *bits = w->r->bits[x->seg];
	aur_code c = AURE_OK;
	f->doc.n = f->many.n = f->hits.n = f->anns.n = f->was_doc.n = f->was_many.n = f->was_label.n = 0;
	f->looked = 0;
	for (uint32_t i = x->first; i < x->first + x->n && !c; i++) {
		uint32_t doc = g->base + i;
		size_t had = f->anns.n;
		if (aur_seg_is_deleted(g, i))
			continue;
		w->old.n = 0;
		c = aur_snapshot_hits(w->s, doc, &w->old, err);
		const aur_hit_rec *h = (const aur_hit_rec *)(void *)w->old.p;
		uint32_t n = (uint32_t)(w->old.n / sizeof *h);
		if (n) {
			aur_buf_put(&f->was_doc, &doc, sizeof doc);
			aur_buf_put(&f->was_many, &n, sizeof n);
			for (uint32_t k = 0; k < n; k++)
				aur_buf_put(&f->was_label, &h[k].label, sizeof h->label);
		}
		if (c || (bits && !(bits[i >> 3] >> (i & 7) & 1)))
			continue;
		f->looked++;
		c = aur_analyst_retheme(w->a, doc, &f->hits, &f->anns, err);
		if (f->anns.n > had) {
			n = (uint32_t)(f->anns.n - had);
			aur_buf_put(&f->doc, &doc, sizeof doc);
			aur_buf_put(&f->many, &n, sizeof n);
		}
	}
	return c;
}

static void *find(void *arg)
{
	struct worker *w = arg;
	struct retheme *r = w->r;
	aur_error e;
	for (uint32_t i; (i = draw(r, r->nstretch, r->ring)) != AUR_NONE;) {
		struct found *f = &r->found[i % r->ring];
		if (look(w, &r->stretch[i], f, &e))
			fail(r, &e);
		pthread_mutex_lock(&r->lock);
		f->ready = 1;
		pthread_cond_broadcast(&r->grown);
		pthread_mutex_unlock(&r->lock);
	}
	pthread_mutex_lock(&r->lock);
	pthread_cond_broadcast(&r->grown);
	pthread_mutex_unlock(&r->lock);
	return NULL;
}

/* ---- writing ---------------------------------------------------------------------------------- */
/* The number in the corpus of a label of an annotator. */
static aur_code label_of(struct retheme *r, unsigned an, uint32_t label, uint32_t *out, aur_error *err)
{
	if (!r->label_of[an]) {
		uint32_t n = aur_chain_labels(r->chain, an);
		r->label_of[an] = aur_xmalloc(((size_t)n + 1) * sizeof(uint32_t));
		memset(r->label_of[an], 0xFF, ((size_t)n + 1) * sizeof(uint32_t));
	}
	if (r->label_of[an][label] == AUR_NONE) {
		aur_label l;
		aur_code c = aur_chain_label(r->chain, an, label, &l, err);
		if (c)
			return c;
		r->label_of[an][label] = aur_retheming_label(r->to, &l);
		uint32_t k = r->label_of[an][label];
		if (k >= r->nnew) {
			r->nnew = k * 2 + 256;
			r->new_lexicon = aur_xrealloc(r->new_lexicon, r->nnew * sizeof *r->new_lexicon);
		}
		r->new_lexicon[k] = lexicon_of(r->st, &l, 1);
	}
	*out = r->label_of[an][label];
	return AURE_OK;
}

static aur_code put_down(struct retheme *r, struct found *f, aur_error *err)
{
	const uint32_t *doc = (const uint32_t *)(void *)f->doc.p, *many = (const uint32_t *)(void *)f->many.p;
	const uint32_t *wd = (const uint32_t *)(void *)f->was_doc.p, *wm = (const uint32_t *)(void *)f->was_many.p;
	const uint32_t *wl = (const uint32_t *)(void *)f->was_label.p;
	aur_hit_rec *h = (aur_hit_rec *)(void *)f->hits.p;
	const uint8_t *an = f->anns.p;
	aur_code c = AURE_OK;
	for (size_t i = 0; i < f->was_doc.n / sizeof *wd; i++, wd++, wm++) {
		r->st->of[0].contributions++;
		for (uint32_t k = 0; k < *wm; k++, wl++)
			if (*wl < r->nold)
				count(r->st, 0, r->old_lexicon[*wl], *wd);
	}
	for (size_t i = 0; i < f->doc.n / sizeof *doc && !c; i++, doc++, many++) {
		r->st->of[1].contributions++;
		for (uint32_t k = 0; k < *many; k++) /* labels are many, and hits in any order */
			__builtin_prefetch((const void *)((uintptr_t)r->label_of[an[k]] + h[k].label * sizeof(uint32_t))); /* it may be NULL */
		for (uint32_t k = 0; k < *many && !c; k++) {
			c = label_of(r, an[k], h[k].label, &h[k].label, err);
			if (!c)
				count(r->st, 1, r->new_lexicon[h[k].label], *doc);
		}
		if (!c)
			c = aur_retheming_doc(r->to, *doc, h, *many, err);
		h += *many;
		an += *many;
	}
	r->st->looked += f->looked;
	return c;
}

/* ---- all -------------------------------------------------------------------------------------- */
/* Runs fn in every thread, including this one. */
static void each(struct retheme *r, void *(*fn)(void *))
{
	r->next = 0;
	aur_each_thread(r->nw, fn, r->w, sizeof *r->w);
}

static aur_code stopped(struct retheme *r, aur_error *err)
{
	pthread_mutex_lock(&r->lock);
	aur_code c = r->failed.code;
	if (c)
		*err = r->failed;
	pthread_mutex_unlock(&r->lock);
	return c ? c : aur_host_cancel ? aur_fail(err, AURE_CANCELLED, _("stopped, as asked")) : AURE_OK;
}

static aur_code find_all(struct retheme *r, aur_error *err)
{
	pthread_t t[AUR_MAX_THREADS];
	int running[AUR_MAX_THREADS] = {0};
	aur_code c = AURE_OK;
	uint64_t done = 0;
	unsigned n = r->nw > 1 ? r->nw : 0; /* a single thread finds and writes by turns */
	r->next = r->written = 0;
	for (unsigned i = 0; i < n; i++)
		running[i] = !pthread_create(&t[i], NULL, find, &r->w[i]);
	int alone = 1;
	for (unsigned i = 0; i < n; i++)
		alone &= !running[i];
	for (uint32_t i = 0; i < r->nstretch && !c; i++) {
		struct found *f = &r->found[i % r->ring];
		if (alone) {
			c = aur_host_cancel ? stopped(r, err) : look(&r->w[0], &r->stretch[i], f, err);
		} else {
			pthread_mutex_lock(&r->lock);
			while (!f->ready && !r->failed.code && !aur_host_cancel)
				pthread_cond_wait(&r->grown, &r->lock);
			pthread_mutex_unlock(&r->lock);
			c = stopped(r, err);
		}
		if (!c)
			c = put_down(r, f, err);
		done += r->stretch[i].n;
		if (!c && r->o->progress)
			r->o->progress(r->o->ctx, done, r->st->contributions);
		pthread_mutex_lock(&r->lock);
		f->ready = 0;
		r->written++;
		if (c && !r->failed.code)
			r->failed = *err;
		pthread_cond_broadcast(&r->taken);
		pthread_mutex_unlock(&r->lock);
	}
	for (unsigned i = 0; i < n; i++)
		if (running[i])
			pthread_join(t[i], NULL);
	return c;
}

static aur_code workers(struct retheme *r, aur_error *err)
{
	aur_code c = AURE_OK;
	for (unsigned i = 0; i < r->nw && !c; i++) {
		r->w[i].r = r;
		c = aur_snapshot_open(r->o->corpus, &r->w[i].s, err);
		if (!c)
			aur_snapshot_pass(r->w[i].s);
		if (!c && !i) {
			c = comparable(r, r->w[0].s, err);
			r->answers = c ? NULL : aur_answers_new(r->chain, r->w[0].s);
		}
		if (!c)
			c = aur_analyst_new(r->chain, &r->w[i].a, err);
		if (!c)
			aur_analyst_over(r->w[i].a, r->w[i].s, r->answers);
	}
	return c;
}

static void stretches(struct retheme *r, aur_snapshot *s)
{
	uint32_t most = r->nw > 1 ? STRETCH : ALONE;
	for (uint32_t g = 0; g < aur_snapshot_segs(s); g++)
		for (uint32_t a = 0, n = aur_snapshot_seg(s, g)->n; a < n; a += most) {
			AUR_GROW(r->stretch, r->nstretch, r->cap);
			r->stretch[r->nstretch++] = (struct stretch){g, a, n - a < most ? n - a : most};
		}
}

/* Finds and writes all hits once; a new attempt keeps only the chain and the lock of the writer. */
static aur_code attempt(struct retheme *r, aur_error *err)
{
	aur_totals t;
	r->w = aur_xcalloc(r->nw, sizeof *r->w);
	aur_code c = aur_retheming_begin(r->to, err);
	if (!c)
		c = workers(r, err);
	if (!c) {
		aur_snapshot *s = r->w[0].s;
		aur_snapshot_totals(s, &t);
		r->st->contributions = t.contributions;
		r->st->tokens = t.tokens;
		r->bits = aur_xcalloc((size_t)t.segments + 1, sizeof *r->bits);
		r->ring = r->nw > 1 ? r->nw * WAITING : 1;
		r->found = aur_xcalloc(r->ring, sizeof *r->found);
		lexicons(r, s);
		stretches(r, s);
		each(r, ask);
		aur_answers_whole(r->answers);
		each(r, pick);
		c = stopped(r, err);
		if (!c)
			c = find_all(r, err);
		for (uint32_t g = 0; g < t.segments; g++)
			free(r->bits[g]);
		free(r->bits);
	}
	for (uint32_t i = 0; i < r->ring; i++) {
		struct found *f = &r->found[i];
		aur_buf *b[] = {&f->doc, &f->many, &f->hits, &f->anns, &f->was_doc, &f->was_many, &f->was_label};
		for (size_t k = 0; k < sizeof b / sizeof *b; k++)
			aur_buf_free(b[k]);
	}
	for (unsigned i = 0; i < r->nw; i++) {
		aur_analyst_free(r->w[i].a);
		aur_snapshot_close(r->w[i].s);
		aur_buf_free(&r->w[i].old);
	}
	aur_answers_free(r->answers);
	for (unsigned i = 0; i < AUR_MAX_ANNOTATORS; i++) {
		free(r->label_of[i]);
		r->label_of[i] = NULL;
	}
	free(r->found);
	free(r->stretch);
	free(r->old_lexicon);
	free(r->new_lexicon);
	free(r->w);
	r->found = NULL;
	r->stretch = NULL;
	r->old_lexicon = r->new_lexicon = NULL;
	r->w = NULL;
	r->answers = NULL;
	r->ring = r->nstretch = r->cap = r->nold = r->nnew = 0;
	r->failed = (aur_error){0};
	aur_setup setup = {.pipeline = r->chain->xml, .fingerprints = r->chain->fingerprints, .annotators = r->chain->annotators};
	return c || r->o->dry ? c : aur_retheming_commit(r->to, &setup, err);
}

/* Opens the pipeline to use: the one given, or that of the corpus.  A damaged one is none, and the default would then take its place. */
static aur_code chain_of(struct retheme *r, aur_error *err)
{
	aur_snapshot *s;
	aur_error met = {0};
	aur_code c = aur_snapshot_open(r->o->corpus, &s, err);
	if (c)
		return c;
	aur_snapshot_watch(s, &met);
	const char *xml = aur_snapshot_meta(s, "pipeline");
	if (met.code)
		*err = met;
	c = met.code ? met.code : aur_chain_kept(r->o->pipeline, xml, AUR_CHAIN_ALL, &r->chain, err);
	aur_snapshot_close(s);
	return c;
}

aur_code aur_retheme(const aur_retheme_options *o, aur_retheme_stats *st, aur_error *err)
{
	struct retheme r = {.o = o, .st = st, .nw = o->threads ? o->threads : (unsigned)sysconf(_SC_NPROCESSORS_ONLN)};
	aur_error own = {0};
	*st = (aur_retheme_stats){0};
	r.nw = r.nw < 1 ? 1 : r.nw > AUR_MAX_THREADS ? AUR_MAX_THREADS : r.nw;
	err = err ? err : &own;
	aur_code c = aur_retheming_open(o->corpus, &r.to, err);
	if (!c)
		c = chain_of(&r, err);
	if (c) {
		aur_retheming_close(r.to);
		return c;
	}
	pthread_mutex_init(&r.lock, NULL);
	pthread_cond_init(&r.grown, NULL);
	pthread_cond_init(&r.taken, NULL);
	for (int i = 0; !c; i++) {
		aur_retheme_stats_free(st);
		c = attempt(&r, err);
		/* If the map was too small, only the transaction was lost: try again with more room. */
		if (!c || !aur_retheming_full(r.to) || i == 16)
			break;
		c = AURE_OK;
	}
	aur_retheming_close(r.to);
	if (st->lexicons)
		qsort(st->lexicon, st->lexicons, sizeof *st->lexicon, by_name);
	pthread_mutex_destroy(&r.lock);
	pthread_cond_destroy(&r.grown);
	pthread_cond_destroy(&r.taken);
	aur_chain_free(r.chain);
	return c;
}
