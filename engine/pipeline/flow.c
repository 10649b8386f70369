/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/intl.h"
#include "base/threads.h"
#include "index/forward.h"
#include "pipeline/flow.h"
#include "pipeline/intake.h"

#define LARGE ((size_t)8 * AUR_INTAKE_BYTES) /* bytes; one long contribution made it: it is handed on at once */
#define HUGE ((size_t)64 * AUR_INTAKE_BYTES) /* bytes; more than two threads share one analyst for such chunks: memory is bounded */
#define WAITING 64u /* chunks of all threads that are analysed but not handed on; at least AUR_MAX_THREADS */

struct aur_flow {
	aur_chain *chain;
	unsigned threads;
	const aur_flow_options *opt;
	const aur_flow_calls *calls;
	void (*file_failed)(void *ctx, const char *file, const aur_error *e);
	aur_flow_stats *stats;

	pthread_mutex_t rlock;
	aur_intake *intake; /* under rlock */

	/* handing on: under tlock */
	pthread_mutex_t tlock;
	pthread_cond_t turn;
	uint64_t now;
	aur_code failed;
	aur_error error;
	aur_analyst *alone; /* for HUGE chunks; belongs to the thread whose turn it is */

	aur_vocabs *words; /* of all analysts */
};

aur_str aur_flow_field_name(aur_flow *f, uint32_t field)
{
	return aur_intake_field_name(f->intake, field);
}

/* aside: results of this analyst are still put aside, so that its dictionary must stay. */
static aur_code analyse(aur_flow *f, struct aur_chunk *c, aur_analyst *a, int aside, aur_error *err)
{
	aur_code rc = AURE_OK;
	if (aside)
		aur_analyst_drop(a);
	else
		rc = aur_analyst_reset(a, err);
	for (uint32_t i = 0; i < c->ndoc && !rc; i++) {
		const struct aur_chunk_doc *d = &c->doc[i];
		const char *s = (const char *)c->str.p;
		rc = aur_analyst_add(a, (aur_str){s + d->id, d->id_len}, (aur_str){s + d->text, d->text_len}, err);
	}
	if (!rc)
		rc = aur_analyst_finish(a, err);
	for (uint32_t i = 0; i < c->ndoc && !rc && f->opt->side; i++) {
		aur_analysis x;
		aur_analyst_get(a, i, &x);
		c->doc[i].side0 = c->side.n;
		aur_fwd_side(&c->side, x.text.ptr, x.text.len, x.ntok, x.start, x.end, x.flags);
		c->doc[i].side_len = c->side.n - c->doc[i].side0;
	}
	return rc;
}

static aur_code hand_on(aur_flow *f, struct aur_chunk *c, aur_analyst *a, aur_error *err)
{
	const aur_flow_calls *k = f->calls;
	const char *s = (const char *)c->str.p;
	uint32_t ev = 0;
	aur_code rc = AURE_OK;
	for (uint32_t i = 0; i <= c->ndoc && !rc; i++) {
		for (; ev < c->nev && c->ev[ev].before <= i; ev++) {
			const struct aur_chunk_event *e = &c->ev[ev];
			aur_str x = {s + e->a, e->na}, y = {s + e->b, e->nb}, z = {s + e->c, e->nc};
			if (e->what == AUR_EV_SESSION)
				k->session(k->ctx, c->file, x, y, z);
			else if (e->what == AUR_EV_PROPERTY)
				k->property(k->ctx, c->file, x, y);
			else if (e->what == AUR_EV_NOTE)
				k->note(k->ctx, c->file, x.ptr);
			else if (e->what == AUR_EV_FAILED) {
				aur_error fe;
				memcpy(&fe, x.ptr, sizeof fe);
				f->file_failed(k->ctx, c->file, &fe);
			} else if (e->what == AUR_EV_FROM) {
				if (f->opt->from)
					f->opt->from(k->ctx, c->file, x, y, (int)e->line);
			} else {
				f->stats->refused++;
				k->refused(k->ctx, c->file, e->line, x, y.ptr);
			}
		}
		if (i == c->ndoc)
			break;
		const struct aur_chunk_doc *d = &c->doc[i];
		if (d->nfields > c->most) {
			c->most = d->nfields * 2;
			c->values = aur_xrealloc(c->values, c->most * sizeof *c->values);
			c->fields = aur_xrealloc(c->fields, c->most * sizeof *c->fields);
		}
		for (uint32_t j = 0; j < d->nfields; j++) {
			const struct aur_chunk_field *cf = &c->field[d->field0 + j];
			c->fields[j] = cf->field;
			c->values[j] = (aur_str){s + cf->value, cf->len};
		}
		aur_contribution con = {.id = {s + d->id, d->id_len}, .text = {s + d->text, d->text_len}, .file = c->file, .line = d->line,
					.nfields = d->nfields, .field = c->fields, .value = c->values, .analyst = a, .index = i,
					.side = {d->side_len ? (const char *)c->side.p + d->side0 : "", d->side_len}};
		if (i + 1 < c->ndoc)
			con.next_id = (aur_str){s + d[1].id, d[1].id_len};
		rc = k->contribution(k->ctx, f, &con, err);
	}
	if (!rc && k->progress)
		k->progress(k->ctx, c->bytes, c->ndoc);
	return rc;
}

/* The state of one thread, with a ring of chunks that it analysed and that wait for their turn. */
struct work {
	aur_flow *f;
	aur_analyst *a;
	struct aur_chunk *ring[WAITING]; /* of which `most` are used */
	unsigned first, count, most;
	struct aur_chunk chunk[WAITING], *spare[WAITING]; /* spare: those that are not in the ring, the last one handed on at the end: still in the cache */
	unsigned nspare;
	aur_code rc; /* an error: the analysis of the last chunk in the ring failed */
	aur_error e;
	int end; /* nothing more to read */
};

/* Hands on the chunk whose turn it is. */
static void hand_on_first(struct work *w)
{
	aur_flow *f = w->f;
	struct aur_chunk *c = w->ring[w->first];
	if (!f->failed && !c->last) {
		aur_code rc = w->rc && w->count == 1 ? w->rc : AURE_OK;
		if (!rc) {
			aur_analyst_swap(w->a, c->results, 0);
			rc = hand_on(f, c, w->a, &w->e);
			aur_analyst_swap(w->a, c->results, 0);
		}
		if (rc) {
			f->failed = rc;
			f->error = w->e;
			pthread_mutex_lock(&f->rlock);
			aur_intake_stop(f->intake);
			pthread_mutex_unlock(&f->rlock);
		}
	}
	if (c->str.n > LARGE) {
		aur_chunk_free(c);
		*c = (struct aur_chunk){0};
	}
	if (f->alone && aur_analyst_full(f->alone)) { /* it would keep a dictionary that the others leave */
		aur_analyst_free(f->alone);
		f->alone = NULL;
	}
	w->spare[w->nspare++] = c;
	w->first = (w->first + 1) % w->most;
	w->count--;
}

/* Hands on the chunks whose turn it is.  `all`, or a full ring: also waits for the turn of others. */
static void turn(struct work *w, int all)
{
	aur_flow *f = w->f;
	pthread_mutex_lock(&f->tlock);
	while (w->count && (all || w->count == w->most || f->now == w->ring[w->first]->seq)) {
		while (f->now != w->ring[w->first]->seq)
			pthread_cond_wait(&f->turn, &f->tlock);
		pthread_mutex_unlock(&f->tlock);
		hand_on_first(w);
		pthread_mutex_lock(&f->tlock);
		w->end |= f->failed != AURE_OK;
		f->now++;
		pthread_cond_broadcast(&f->turn);
	}
	pthread_mutex_unlock(&f->tlock);
	/* Not while a chunk waits here for its turn: the other threads would soon wait for that one. */
	if (f->opt->apart && !w->count)
		f->opt->apart(f->calls->ctx);
}

/* Hands on all chunks of the ring, then waits for the turn of c, which is not analysed yet; makes f->alone if there
 * is none. */
static void stand_alone(struct work *w, const struct aur_chunk *c)
{
	aur_flow *f = w->f;
	turn(w, 1);
	pthread_mutex_lock(&f->tlock);
	while (f->now != c->seq)
		pthread_cond_wait(&f->turn, &f->tlock);
	pthread_mutex_unlock(&f->tlock);
	if (f->failed) /* maybe in this analyst, which can only be freed then */
		w->rc = f->failed;
	else if (!f->alone && !w->rc)
		w->rc = aur_analyst_join(f->chain, f->words, &f->alone, &w->e);
}

static void *run(void *arg)
{
	struct work *w = aur_xcalloc(1, sizeof *w);
	aur_flow *f = w->f = arg;
	w->most = f->threads > 1 ? WAITING / f->threads : 1;
	while (w->nspare < w->most) {
		w->spare[w->nspare] = &w->chunk[w->nspare];
		w->nspare++;
	}
	w->rc = aur_analyst_join(f->chain, f->words, &w->a, &w->e);
	while (!w->end) {
		if (w->a && w->count && aur_analyst_full(w->a))
			turn(w, 1);
		struct aur_chunk *c = w->spare[--w->nspare];
		if (!c->results)
			c->results = aur_results_new();
		pthread_mutex_lock(&f->rlock);
		aur_intake_fill(f->intake, c);
		pthread_mutex_unlock(&f->rlock);
		aur_analyst *own = w->a;
		if (c->str.n > HUGE && f->threads > 2) {
			stand_alone(w, c);
			w->a = f->alone;
		}
		int aside = w->count > 0;
		w->ring[(w->first + w->count++) % w->most] = c;
		w->end = c->last; /* the last chunk is empty: it only passes the turn on */
		if (!w->rc && !c->last) {
			w->rc = analyse(f, c, w->a, aside, &w->e);
			aur_analyst_swap(w->a, c->results, f->opt->side); /* the side has the positions of tokens */
		}
		w->end |= w->rc != AURE_OK;
		turn(w, w->end || c->str.n > LARGE);
		w->a = own;
	}
	turn(w, 1);
	for (unsigned i = 0; i < WAITING; i++)
		aur_chunk_free(&w->chunk[i]);
	aur_analyst_free(w->a);
	free(w);
	return NULL;
}

aur_code aur_flow_run(aur_chain *chain, const char *const *files, unsigned nfiles, const aur_flow_options *o, const aur_flow_calls *calls,
		      void (*file_failed)(void *ctx, const char *file, const aur_error *e), aur_flow_stats *stats, aur_error *err)
{
	aur_flow f = {.chain = chain, .opt = o, .calls = calls, .file_failed = file_failed, .stats = stats};
	unsigned n = o->threads;
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	if (!n)
		n = cpus > 0 ? (unsigned)cpus : 1;
	n = n > AUR_MAX_THREADS ? AUR_MAX_THREADS : n;
	*stats = (aur_flow_stats){0};
	f.threads = n;
	f.words = aur_vocabs_new(chain->nann);
	f.intake = aur_intake_new(chain, files, nfiles, o, stats);
	pthread_mutex_init(&f.rlock, NULL);
	pthread_mutex_init(&f.tlock, NULL);
	pthread_cond_init(&f.turn, NULL);
	aur_each_thread(n, run, &f, 0);
	aur_analyst_free(f.alone);
	aur_vocabs_free(f.words);
	aur_intake_free(f.intake);
	pthread_mutex_destroy(&f.rlock);
	pthread_mutex_destroy(&f.tlock);
	pthread_cond_destroy(&f.turn);
	if (f.failed && err)
		*err = f.error;
	if (!f.failed && aur_host_cancel)
		return aur_fail(err, AURE_CANCELLED, _("stopped on request"));
	return f.failed;
}
