/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/intl.h"
#include "pipeline/intake.h"

#define HEAD_BYTES 65536u
#define CHUNK_DOCS 4096u

struct aur_intake {
	aur_chain *chain;
	const char *const *files;
	unsigned nfiles, at_file;
	const aur_flow_options *opt;
	aur_flow_stats *stats;
	struct aur_source src;
	struct stat then; /* the open file, when it was opened */
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
};

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
static aur_code begin(aur_intake *in, const aur_component *c, aur_error *err)
{
	in->ops = c->ops;
	aur_code rc = aur_instance_open(c, in->opt->conf, in->chain->services, in->chain, &in->reader, err);
	if (rc)
		return rc;
	for (unsigned i = 0; in->opt->conf && i < in->opt->conf->n; i++) {
		int asked = aur_instance_asked(in->reader, in->opt->conf->keys[i]) || in->prefix == in->opt->conf->values[i];
		if (asked && i < 64)
			in->stats->asked |= UINT64_C(1) << i;
		if (!asked && i >= in->opt->conf->by_hand) {
			aur_buf m = {0};
			aur_buf_printf(&m, _("%s has no setting « %s »: it changes nothing here"), c->id, in->opt->conf->keys[i]);
			aur_sink_note(&in->sink, aur_buf_cstr(&m));
			aur_buf_free(&m);
		}
	}
	in->made_up = 0;
	in->sink.sess_id.n = 0;
	in->state = NULL;
	aur_instance_clear();
	aur_status st = in->ops->begin(&in->reader->host, in->reader->model, &in->src, &in->sink, &in->state);
	if (st < 0) {
		rc = aur_instance_error(in->reader, st, "begin", err);
		aur_instance_close(in->reader);
		in->reader = NULL;
		return rc;
	}
	in->open = 1;
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

/* The reader that is asked for, or the one that takes the head of this file for its own. */
static aur_code reader_of(aur_intake *in, const char *path, const aur_component **out, aur_error *err)
{
	const struct aur_source *s = &in->src;
	const aur_component *best = NULL, *nearest = NULL;
	if (in->opt->reader)
		return aur_registry_named(in->chain->registry, AUR_READER, in->opt->reader, out, err);
	int top = 0;
	aur_registry_place at = {0};
	aur_registry_scan(in->chain->registry);
	for (const aur_component *c; (c = aur_registry_next(in->chain->registry, AUR_READER, &at));) {
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
	const aur_plugin_entry *refused = first_refused(in->chain->registry);
	if (refused && (!best || (top / 2 <= COULD_BE && !has_extension(path, ((const aur_reader_ops *)best->ops)->extensions))))
		return aur_fail_at(err, AURE_CONFIG, path, 0, 0,
				   _("the plugin that reads this file may be %s, which was refused (%s): install it again, or name a reader with --reader"),
				   refused->path, refused->refused);
	if (!best) {
		/* no reader takes it, but the nearest one may recognise it, and say what to do */
		if (nearest && begin(in, nearest, err) == AURE_DATA)
			return AURE_DATA;
		return aur_fail_at(err, AURE_DATA, path, 0, 0,
				   _("no reader knows this kind of file: give a CSV, TEI (XML), IRaMuTeQ or plain text file, or name a reader with --reader"));
	}
	*out = best;
	return AURE_OK;
}

static aur_code open_file(aur_intake *in, const char *path, aur_error *err)
{
	struct aur_source *s = &in->src;
	struct stat *st = &in->then;
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
	if (fstat(s->fd, st))
		st->st_mode = 0;
	if (S_ISDIR(st->st_mode))
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
	const aur_component *c;
	aur_code rc = reader_of(in, path, &c, err);
	return rc ? rc : begin(in, c, err);
}

static void close_file(aur_intake *in)
{
	if (in->open)
		in->ops->end(in->reader->model, in->state);
	in->open = 0;
	aur_instance_close(in->reader);
	in->reader = NULL;
	if (in->src.fd >= 0)
		close(in->src.fd);
	free(in->src.head);
	aur_from_free(&in->from);
	in->from = (aur_from){0};
	in->stats->bytes += in->src.bytes;
	in->src = (struct aur_source){.fd = -1};
}

static void file_error(aur_intake *in, const aur_error *e, const char *path)
{
	in->stats->failed++;
	aur_error x = *e;
	if (!x.file[0])
		snprintf(x.file, sizeof x.file, "%s", path);
	size_t a = aur_chunk_keep(in->sink.ch, (const char *)&x, sizeof x);
	aur_chunk_tell(in->sink.ch, AUR_EV_FAILED)->a = a;
}

/* The open file has given its first contribution: finds it among the known sources. */
static void met(aur_intake *in, const char *path)
{
	aur_sources_meet(in->sources, path, in->src.fd, in->src.head, in->src.nhead, &in->from);
	struct aur_chunk *c = in->sink.ch;
	size_t a = aur_chunk_keep(c, in->from.name.ptr, in->from.name.len), b = aur_chunk_keep(c, (const char *)in->from.about.p, in->from.about.n);
	struct aur_chunk_event *e = aur_chunk_tell(in->sink.ch, AUR_EV_FROM);
	e->line = (uint32_t)in->from.known;
	e->a = a;
	e->na = (uint32_t)in->from.name.len;
	e->b = b;
	e->nb = (uint32_t)in->from.about.n;
}

/* Puts the prefix before an id of the source, as another file may have the same id. */
static void prefix_id(aur_intake *in)
{
	struct aur_chunk *c = in->sink.ch;
	in->id.n = 0;
	aur_buf_str(&in->id, in->prefix);
	aur_buf_put(&in->id, c->str.p + in->sink.cur.id, in->sink.cur.id_len);
	aur_sink_id(&in->sink, (aur_str){(char *)in->id.p, in->id.n});
}

static void make_up_id(aur_intake *in)
{
	char number[24];
	int n = snprintf(number, sizeof number, ":%llu", (unsigned long long)in->made_up);
	in->id.n = 0;
	aur_buf_put(&in->id, in->from.name.ptr, in->from.name.len);
	aur_buf_put(&in->id, number, (size_t)n);
	aur_sink_id(&in->sink, (aur_str){(char *)in->id.p, in->id.n});
	if (in->from.note.n) {
		aur_sink_note(&in->sink, aur_buf_cstr(&in->from.note));
		in->from.note.n = 0;
	}
}

static void next_file(aur_intake *in)
{
	close_file(in);
	in->at_file++;
}

/* The reader has put a contribution, which is kept or refused. */
static void take(aur_intake *in, const char *path)
{
	aur_record_sink *o = &in->sink;
	struct aur_chunk *c = o->ch;
	const char *text = (const char *)c->str.p + o->cur.text, *bad = o->bad;
	if (!bad && (!o->cur.has_text || !o->cur.text_len))
		bad = _("empty text");
	else if (!bad && memchr(text, 0, o->cur.text_len))
		bad = _("the text holds a NUL byte");
	in->made_up++;
	if (!in->from.name.len)
		met(in, path);
	if (!o->cur.id_len)
		make_up_id(in);
	else if (in->prefix)
		prefix_id(in);
	in->stats->read++;
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

/* Whether the file is no longer the one that was opened: copied, synchronised or saved meanwhile, so that what was read may be cut short, or
 * half of it new. */
static int changed(const aur_intake *in)
{
	const struct stat *then = &in->then;
	struct stat now;
	return S_ISREG(then->st_mode) && !fstat(in->src.fd, &now) &&
	       (now.st_size != then->st_size || now.st_mtim.tv_sec != then->st_mtim.tv_sec || now.st_mtim.tv_nsec != then->st_mtim.tv_nsec);
}

/* Reads the next contribution of the open file.  Returns 0 where there is none; the file is closed then. */
static int read_one(aur_intake *in, const char *path)
{
	aur_record_sink *o = &in->sink;
	aur_error e = {0};
	o->cur = (struct aur_chunk_doc){.field0 = o->ch->nfield};
	o->bad = NULL;
	aur_instance_clear();
	aur_status st = aur_host_cancel ? AUR_E_CANCELLED : in->ops->next(&in->reader->host, in->reader->model, in->state, o);
	if (st == AUR_OK) {
		take(in, path);
		return 1;
	}
	if (st == AUR_REFUSED) {
		in->stats->read++;
		o->ch->nfield = o->cur.field0;
		return 1;
	}
	if (st < 0 && aur_host_cancel) {
		in->done = 1;
	} else if (st != AUR_END) {
		aur_instance_error(in->reader, st, "next", &e);
		file_error(in, &e, path);
	} else if (changed(in)) {
		aur_fail_at(&e, AURE_DATA, path, 0, 0, _("this file changed while it was read: ingest it again when nobody writes to it any more"));
		file_error(in, &e, path);
	}
	next_file(in);
	return 0;
}

void aur_intake_fill(aur_intake *in, struct aur_chunk *c)
{
	aur_chunk_reset(c);
	in->sink.ch = c;
	while (!c->ndoc && !c->nev && !in->done) {
		aur_error e = {0};
		const char *path = in->at_file < in->nfiles ? in->files[in->at_file] : NULL;
		if (!path || aur_host_cancel) {
			in->done = 1;
			break;
		}
		c->file = path;
		if (!in->open && open_file(in, path, &e)) {
			if (aur_host_cancel)
				in->done = 1;
			else
				file_error(in, &e, path);
			next_file(in);
			break;
		}
		while (c->str.n < AUR_INTAKE_BYTES && c->ndoc < CHUNK_DOCS && read_one(in, path))
			;
	}
	c->bytes = in->stats->bytes + in->src.bytes;
	c->last = in->done && !c->ndoc && !c->nev;
	c->seq = in->next_seq++;
}

void aur_intake_stop(aur_intake *in)
{
	in->done = 1;
}

aur_str aur_intake_field_name(aur_intake *in, uint32_t field)
{
	return aur_field_name(&in->names, field);
}

aur_intake *aur_intake_new(aur_chain *chain, const char *const *files, unsigned nfiles, const aur_flow_options *o, aur_flow_stats *stats)
{
	aur_intake *in = aur_xcalloc(1, sizeof *in);
	*in = (aur_intake){.chain = chain, .files = files, .nfiles = nfiles, .opt = o, .stats = stats, .src = {.fd = -1}};
	in->sink.names = &in->names;
	aur_field_names_init(&in->names);
	in->sources = o->sources ? o->sources : aur_sources_new();
	for (unsigned i = 0; o->conf && i < o->conf->n; i++)
		if (!strcmp(o->conf->keys[i], "id-prefix"))
			in->prefix = o->conf->values[i];
	return in;
}

void aur_intake_free(aur_intake *in)
{
	close_file(in);
	if (!in->opt->sources)
		aur_sources_free(in->sources);
	aur_buf_free(&in->id);
	aur_buf_free(&in->sink.sess_id);
	free(in->sink.put);
	aur_field_names_free(&in->names);
	free(in);
}
