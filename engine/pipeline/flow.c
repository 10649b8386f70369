/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/intl.h"
#include "base/threads.h"
#include "index/forward.h"
#include "pipeline/chunk.h"
#include "pipeline/flow.h"
#include "pipeline/sources.h"

#define HEAD_BYTES 65536u
#define CHUNK_BYTES ((size_t)16 << 10)
#define CHUNK_DOCS 4096u
#define LARGE (8 * CHUNK_BYTES) /* bytes; one long contribution made it: it is handed on at once */
#define HUGE (64 * CHUNK_BYTES) /* bytes; more than two threads share one analyst for such chunks: memory is bounded */
#define WAITING 64u /* chunks of all threads that are analysed but not handed on; at least AUR_MAX_THREADS */

struct aur_flow {
	aur_chain *chain;
	const char *const *files;
	unsigned nfiles, at_file;
	unsigned threads;
	const aur_flow_options *opt;
	const aur_flow_calls *calls;
	void (*file_failed)(void *ctx, const char *file, const aur_error *e);
	aur_flow_stats *stats;

	/* reading: under rlock */
	pthread_mutex_t rlock;
	struct aur_source src;
	aur_instance *reader;
	const aur_reader_ops *ops;
	void *state;
	int open;
	aur_record_sink sink;
	uint64_t next_seq, made_up;
	aur_sources *sources;
	aur_from from; /* of the open file; no name until its first contribution */
	aur_buf id;
	const char *prefix; /* of ids that come from the source; NULL: none */
	int done;

	struct aur_field_names names;

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
	return aur_field_name(&f->names, field);
}

/* ---- files ---------------------------------------------------------------------------------- */
static const char *base_name(const char *path)
{
	const char *s = strrchr(path, '/');
	return s ? s + 1 : path;
}

static int has_extension(const char *name, const char *list)
{
	const char *dot = strrchr(base_name(name), '.');
	size_t n;
	if (!dot || !list)
		return 0;
	for (const char *p = list; *p; p += n + (p[n] == ' ')) {
		n = strcspn(p, " ");
		if (strlen(dot + 1) == n && !strncasecmp(dot + 1, p, n))
			return 1;
	}
	return 0;
}

/* Opens the file with this reader. */
static aur_code begin(aur_flow *f, const aur_component *c, aur_error *err)
{
	f->ops = c->ops;
	aur_code rc = aur_instance_open(c, f->opt->conf, f->chain->services, f->chain, &f->reader, err);
	if (rc)
		return rc;
	for (unsigned i = 0; f->opt->conf && i < f->opt->conf->n; i++) {
		int asked = aur_instance_asked(f->reader, f->opt->conf->keys[i]) || f->prefix == f->opt->conf->values[i];
		if (asked && i < 64)
			f->stats->asked |= UINT64_C(1) << i;
		if (!asked && i >= f->opt->conf->by_hand) {
			aur_buf m = {0};
			aur_buf_printf(&m, _("%s has no setting « %s »: it changes nothing here"), c->id, f->opt->conf->keys[i]);
			aur_sink_note(&f->sink, aur_buf_cstr(&m));
			aur_buf_free(&m);
		}
	}
	f->made_up = 0;
	f->sink.sess_id.n = 0;
	f->state = NULL;
	aur_instance_clear();
	aur_status st = f->ops->begin(&f->reader->host, f->reader->model, &f->src, &f->sink, &f->state);
	if (st < 0) {
		rc = aur_instance_error(f->reader, st, "begin", err);
		aur_instance_close(f->reader);
		f->reader = NULL;
		return rc;
	}
	f->open = 1;
	return AURE_OK;
}

enum { COULD_BE = 50 }; /* highest score of a probe that is not sure */

/* The first plugin that was refused, or NULL.  A plugin that cannot be loaded cannot probe a file: if it is the
 * right reader, another one may take the file for something else, such as a table for one long text. */
static const aur_plugin_entry *first_refused(const aur_registry *r)
{
	unsigned i = 0;
	while (i < aur_registry_count(r) && aur_registry_at(r, i)->plugin)
		i++;
	return i < aur_registry_count(r) ? aur_registry_at(r, i) : NULL;
}

static aur_code open_file(aur_flow *f, const char *path, aur_error *err)
{
	struct aur_source *s = &f->src;
	struct stat st;
	*s = (struct aur_source){.name = path, .fd = -1};
	if (!strcmp(path, "-")) {
		s->fd = dup(STDIN_FILENO);
		s->name = "stdin";
	} else {
		s->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* O_NONBLOCK: do not wait here until a pipe has a writer */
	}
	if (s->fd < 0)
		return errno == ENOENT   ? aur_fail_at(err, AURE_IO, path, 0, 0, _("there is no such file: check its name and folder"))
		       : errno == EACCES ? aur_fail_at(err, AURE_IO, path, 0, 0, _("no right to read this file: ask its owner"))
					 : aur_fail_at(err, AURE_IO, path, 0, 0, _("this file cannot be opened: %s"), strerror(errno));
	if (!fstat(s->fd, &st) && S_ISDIR(st.st_mode))
		return aur_fail_at(err, AURE_IO, path, 0, 0, _("this is a folder: name the files in it, for example %s/*.csv"), path);
	s->head = aur_xmalloc(HEAD_BYTES);
	while (s->nhead < HEAD_BYTES) {
		char m[300];
		ssize_t n = aur_source_read(s, s->head + s->nhead, HEAD_BYTES - s->nhead);
		if (n < 0)
			return aur_fail_at(err, AURE_IO, path, 0, 0, "%s", aur_source_unread(m, sizeof m, s));
		if (n == 0)
			break;
		s->nhead += (size_t)n;
	}
	if (!s->nhead)
		return aur_fail_at(err, AURE_DATA, path, 0, 0, _("this file is empty"));
	const aur_component *best = NULL, *nearest = NULL;
	if (f->opt->reader) {
		aur_code c = aur_registry_named(f->chain->registry, AUR_READER, f->opt->reader, &best, err);
		if (c)
			return c;
	} else {
		int top = 0;
		aur_registry_place at = {0};
		aur_registry_scan(f->chain->registry);
		for (const aur_component *c; (c = aur_registry_next(f->chain->registry, AUR_READER, &at));) {
			const aur_reader_ops *o = c->ops;
			int score = o->probe((aur_str){(const char *)s->head, s->nhead}, base_name(path));
			/* content first: the extension only breaks ties */
			score = score > 0 ? score * 2 + has_extension(path, o->extensions) : 0;
			if (score > top) {
				top = score;
				best = c;
			}
			if (!nearest || has_extension(path, o->extensions))
				nearest = c;
		}
		const aur_plugin_entry *refused = first_refused(f->chain->registry);
		if (refused && (!best || (top / 2 <= COULD_BE && !has_extension(path, ((const aur_reader_ops *)best->ops)->extensions))))
			return aur_fail_at(err, AURE_CONFIG, path, 0, 0,
					   _("the plugin that reads this file may be %s, which was refused (%s): install it again, or name a reader with --reader"),
					   refused->path, refused->refused);
		if (!best) {
			/* no reader takes it, but the nearest one may recognise it, and say what to do */
			if (nearest && begin(f, nearest, err) == AURE_DATA)
				return AURE_DATA;
			return aur_fail_at(err, AURE_DATA, path, 0, 0,
					   _("no reader knows this kind of file: give a CSV, TEI (XML), IRaMuTeQ or plain text file, or name a reader with --reader"));
		}
	}
	return begin(f, best, err);
}

static void close_file(aur_flow *f)
{
	if (f->open)
		f->ops->end(f->reader->model, f->state);
	f->open = 0;
	aur_instance_close(f->reader);
	f->reader = NULL;
	if (f->src.fd >= 0)
		close(f->src.fd);
	free(f->src.head);
	aur_from_free(&f->from);
	f->from = (aur_from){0};
	f->stats->bytes += f->src.bytes;
	f->src = (struct aur_source){.fd = -1};
}

static void file_error(aur_flow *f, const aur_error *e, const char *path)
{
	f->stats->failed++;
	aur_error x = *e;
	if (!x.file[0])
		snprintf(x.file, sizeof x.file, "%s", path);
	size_t a = aur_chunk_keep(f->sink.ch, (const char *)&x, sizeof x);
	aur_chunk_tell(f->sink.ch, AUR_EV_FAILED)->a = a;
}

/* The open file has given its first contribution: finds it among the known sources. */
static void met(aur_flow *f, const char *path)
{
	aur_sources_meet(f->sources, path, f->src.fd, f->src.head, f->src.nhead, &f->from);
	struct aur_chunk *c = f->sink.ch;
	size_t a = aur_chunk_keep(c, f->from.name.ptr, f->from.name.len), b = aur_chunk_keep(c, (const char *)f->from.about.p, f->from.about.n);
	struct aur_chunk_event *e = aur_chunk_tell(f->sink.ch, AUR_EV_FROM);
	e->line = (uint32_t)f->from.known;
	e->a = a;
	e->na = (uint32_t)f->from.name.len;
	e->b = b;
	e->nb = (uint32_t)f->from.about.n;
}

/* Puts the prefix before an id of the source, as another file may have the same id. */
static void prefix_id(aur_flow *f)
{
	struct aur_chunk *c = f->sink.ch;
	f->id.n = 0;
	aur_buf_str(&f->id, f->prefix);
	aur_buf_put(&f->id, c->str.p + f->sink.cur.id, f->sink.cur.id_len);
	aur_sink_id(&f->sink, (aur_str){(char *)f->id.p, f->id.n});
}

static void make_up_id(aur_flow *f)
{
	char number[24];
	int n = snprintf(number, sizeof number, ":%llu", (unsigned long long)f->made_up);
	f->id.n = 0;
	aur_buf_put(&f->id, f->from.name.ptr, f->from.name.len);
	aur_buf_put(&f->id, number, (size_t)n);
	aur_sink_id(&f->sink, (aur_str){(char *)f->id.p, f->id.n});
	if (f->from.note.n) {
		aur_sink_note(&f->sink, aur_buf_cstr(&f->from.note));
		f->from.note.n = 0;
	}
}

static void next_file(aur_flow *f)
{
	close_file(f);
	f->at_file++;
}

/* The reader has put a contribution, which is kept or refused. */
static void take(aur_flow *f, const char *path)
{
	aur_record_sink *o = &f->sink;
	struct aur_chunk *c = o->ch;
	const char *text = (const char *)c->str.p + o->cur.text, *bad = o->bad;
	if (!bad && (!o->cur.has_text || !o->cur.text_len))
		bad = _("empty text");
	else if (!bad && memchr(text, 0, o->cur.text_len))
		bad = _("the text holds a NUL byte");
	f->made_up++;
	if (!f->from.name.len)
		met(f, path);
	if (!o->cur.id_len)
		make_up_id(f);
	else if (f->prefix)
		prefix_id(f);
	f->stats->read++;
	if (bad) {
		aur_buf id = {0};
		aur_buf_put(&id, c->str.p + o->cur.id, o->cur.id_len); /* a copy, as the chunk grows */
		c->nfield = o->cur.field0;
		aur_sink_refuse(o, o->cur.line, (aur_str){(const char *)id.p, id.n}, bad);
		aur_buf_free(&id);
		return;
	}
	o->cur.nfields = c->nfield - o->cur.field0;
	AUR_GROW(c->doc, c->ndoc, c->doccap);
	c->doc[c->ndoc++] = o->cur;
}

/* Reads the next contribution of the open file.  Returns 0 where there is none; the file is closed then. */
static int read_one(aur_flow *f, const char *path)
{
	aur_record_sink *o = &f->sink;
	aur_error e = {0};
	o->cur = (struct aur_chunk_doc){.field0 = o->ch->nfield};
	o->bad = NULL;
	aur_instance_clear();
	aur_status st = aur_host_cancel ? AUR_E_CANCELLED : f->ops->next(&f->reader->host, f->reader->model, f->state, o);
	if (st == AUR_OK) {
		take(f, path);
		return 1;
	}
	if (st == AUR_REFUSED) {
		f->stats->read++;
		o->ch->nfield = o->cur.field0;
		return 1;
	}
	if (st < 0 && aur_host_cancel) {
		f->done = 1;
	} else if (st != AUR_END) {
		aur_instance_error(f->reader, st, "next", &e);
		file_error(f, &e, path);
	}
	next_file(f);
	return 0;
}

/* Fills a chunk with contributions of one file.  Under rlock. */
static void fill(aur_flow *f, struct aur_chunk *c)
{
	aur_chunk_reset(c);
	f->sink.ch = c;
	while (!c->ndoc && !c->nev && !f->done) {
		aur_error e = {0};
		const char *path = f->at_file < f->nfiles ? f->files[f->at_file] : NULL;
		if (!path || aur_host_cancel) {
			f->done = 1;
			break;
		}
		c->file = path;
		if (!f->open && open_file(f, path, &e)) {
			if (aur_host_cancel)
				f->done = 1;
			else
				file_error(f, &e, path);
			next_file(f);
			break;
		}
		while (c->str.n < CHUNK_BYTES && c->ndoc < CHUNK_DOCS && read_one(f, path))
			;
	}
	c->bytes = f->stats->bytes + f->src.bytes;
	c->last = f->done && !c->ndoc && !c->nev;
	c->seq = f->next_seq++;
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
			f->done = 1;
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
		fill(f, c);
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
	aur_flow f = {.chain = chain, .files = files, .nfiles = nfiles, .opt = o, .calls = calls, .file_failed = file_failed, .stats = stats};
	unsigned n = o->threads;
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	if (!n)
		n = cpus > 0 ? (unsigned)cpus : 1;
	n = n > AUR_MAX_THREADS ? AUR_MAX_THREADS : n;
	*stats = (aur_flow_stats){0};
	f.threads = n;
	f.words = aur_vocabs_new(chain->nann);
	f.src.fd = -1;
	f.sink.names = &f.names;
	aur_field_names_init(&f.names);
	f.sources = o->sources ? o->sources : aur_sources_new();
	for (unsigned i = 0; o->conf && i < o->conf->n; i++)
		if (!strcmp(o->conf->keys[i], "id-prefix"))
			f.prefix = o->conf->values[i];
	pthread_mutex_init(&f.rlock, NULL);
	pthread_mutex_init(&f.tlock, NULL);
	pthread_cond_init(&f.turn, NULL);
	aur_each_thread(n, run, &f, 0);
	aur_analyst_free(f.alone);
	aur_vocabs_free(f.words);
	close_file(&f);
	if (!o->sources)
		aur_sources_free(f.sources);
	aur_buf_free(&f.id);
	aur_buf_free(&f.sink.sess_id);
	free(f.sink.put);
	aur_field_names_free(&f.names);
	pthread_mutex_destroy(&f.rlock);
	pthread_mutex_destroy(&f.tlock);
	pthread_cond_destroy(&f.turn);
	if (f.failed && err)
		*err = f.error;
	if (!f.failed && aur_host_cancel)
		return aur_fail(err, AURE_CANCELLED, _("stopped on request"));
	return f.failed;
}
