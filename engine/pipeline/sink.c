/* SPDX-License-Identifier: Apache-2.0 */
/* Implements the services for readers: the bytes of their source, and the sink that takes their contributions. */
#include "config.h"
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/intl.h"
#include "base/utf8.h"
#include "pipeline/chunk.h"
#include "pipeline/serves.h"
#include "text/fold.h"

void aur_chunk_reset(struct aur_chunk *c)
{
	c->str.n = c->side.n = 0;
	c->ndoc = c->nfield = c->nev = 0;
	c->last = 0;
	c->file = NULL;
}

void aur_chunk_free(struct aur_chunk *c)
{
	aur_results_free(c->results);
	aur_buf_free(&c->str);
	aur_buf_free(&c->side);
	free(c->doc);
	free(c->field);
	free(c->ev);
	free(c->values);
	free(c->fields);
}

void aur_field_names_init(struct aur_field_names *n)
{
	*n = (struct aur_field_names){0};
	pthread_mutex_init(&n->lock, NULL);
}

void aur_field_names_free(struct aur_field_names *n)
{
	free(n->name);
	aur_strtab_free(&n->numbers);
	aur_arena_free(&n->arena);
	pthread_mutex_destroy(&n->lock);
}

aur_str aur_field_name(struct aur_field_names *n, uint32_t field)
{
	pthread_mutex_lock(&n->lock); /* a reader may be adding names meanwhile */
	aur_str s = n->name[field];
	pthread_mutex_unlock(&n->lock);
	return s;
}

size_t aur_chunk_keep(struct aur_chunk *c, const char *p, size_t n)
{
	size_t at = c->str.n;
	aur_buf_put(&c->str, p, n);
	return at;
}

/* Stores a part of a contribution in the chunk.  If it is too large, or not UTF-8 (no_text: the untranslated
 * message), sets o->bad: the contribution is refused.  Returns 0 if o->bad is set. */
static int part(aur_record_sink *o, aur_str s, const char *no_text, size_t *at, uint32_t *len)
{
	o->bad = s.len > AUR_MAX_TEXT ? _("it holds more than 1 GiB") : aur_utf8_valid(s.ptr, s.len) != s.len ? _(no_text) : o->bad;
	*len = s.len > AUR_MAX_TEXT ? 0 : (uint32_t)s.len;
	*at = aur_chunk_keep(o->ch, s.ptr, *len);
	return !o->bad;
}

/* Checks a text outside of contributions. */
static aur_status text_fault(const aur_host *h, aur_str s)
{
	return s.len > AUR_MAX_TEXT || aur_utf8_valid(s.ptr, s.len) != s.len
		       ? h->fail(h, AUR_E_BUG, _("a property of a session or of the corpus is not valid UTF-8"))
		       : AUR_OK;
}

struct aur_chunk_event *aur_chunk_tell(struct aur_chunk *c, int what)
{
	AUR_GROW(c->ev, c->nev, c->evcap);
	struct aur_chunk_event *e = &c->ev[c->nev++];
	*e = (struct aur_chunk_event){.what = what, .before = c->ndoc};
	return e;
}

const char *aur_source_unread(char *to, size_t size, const struct aur_source *s)
{
	snprintf(to, size, _("it cannot be read beyond its first %llu bytes (%s): copy it again from an intact original, and ingest the copy"),
		 (unsigned long long)(s->bytes > s->nhead ? s->bytes : s->nhead), strerror(errno));
	return to;
}

ssize_t aur_source_read(const struct aur_source *s, void *to, size_t max)
{
	enum { MOMENT = 200 }; /* milliseconds: another thread may get the signal, so that nothing interrupts poll */
	struct pollfd p = {.fd = s->fd, .events = POLLIN};
	ssize_t n;
	do {
		for (int ready = 0; ready < 1;) {
			ready = poll(&p, 1, MOMENT);
			if (ready < 0 && errno != EINTR)
				break;
			if (ready < 1 && aur_host_cancel) {
				errno = ECANCELED;
				return -1;
			}
		}
		n = read(s->fd, to, max);
	} while (n < 0 && (errno == EINTR || errno == EAGAIN));
	return n;
}

static int64_t s_read(const aur_host *h, aur_source *s, void *buf, size_t max)
{
	if (s->at < s->nhead) {
		size_t n = s->nhead - s->at < max ? s->nhead - s->at : max;
		memcpy(buf, s->head + s->at, n);
		s->at += n;
		s->bytes += n;
		return (int64_t)n;
	}
	ssize_t n = aur_source_read(s, buf, max);
	if (n < 0 && errno == ECANCELED)
		return h->fail(h, AUR_E_CANCELLED, _("stopped on request"));
	if (n < 0) {
		char m[300];
		aur_source_unread(m, sizeof m, s);
		h->fail_at(h, AUR_E_IO, s->name, 0, 0, m);
		return AUR_E_IO;
	}
	s->bytes += (uint64_t)n;
	return n;
}

static const char *s_source_name(const aur_host *h, const aur_source *s)
{
	(void)h;
	return s->name;
}

void aur_sink_note(aur_record_sink *o, const char *msg)
{
	size_t n = strlen(msg), a = aur_chunk_keep(o->ch, msg, n + 1);
	struct aur_chunk_event *e = aur_chunk_tell(o->ch, AUR_EV_NOTE);
	e->a = a;
	e->na = (uint32_t)n;
}

static void s_note(const aur_host *h, aur_record_sink *o, const char *msg)
{
	(void)h;
	aur_sink_note(o, msg);
}

static uint32_t field_number(struct aur_field_names *f, aur_str written)
{
	pthread_mutex_lock(&f->lock);
	uint32_t *known = aur_strtab_find(&f->numbers, written.ptr, written.len), number = known ? *known : AUR_NONE;
	if (!known) {
		aur_buf b = {0};
		aur_text_name(&b, written.ptr, written.len);
		if (!b.n)
			aur_buf_str(&b, "sans-nom");
		known = aur_strtab_find(&f->numbers, b.p, b.n);
		number = known ? *known : f->n;
		if (!known) {
			AUR_GROW(f->name, f->n, f->cap);
			f->name[f->n] = (aur_str){aur_arena_dup(&f->arena, b.p, b.n), b.n};
			aur_strtab_put(&f->numbers, f->name[f->n++].ptr, b.n, number);
		}
		aur_strtab_put(&f->numbers, aur_arena_dup(&f->arena, written.ptr, written.len), written.len, number);
		aur_buf_free(&b);
	}
	pthread_mutex_unlock(&f->lock);
	return number;
}

static uint32_t s_field(const aur_host *h, aur_record_sink *o, aur_str name)
{
	(void)h;
	return field_number(o->names, name);
}

static aur_status s_session(const aur_host *h, aur_record_sink *o, aur_str id)
{
	o->sess_id.n = 0;
	if (text_fault(h, id))
		return AUR_E_BUG;
	aur_buf_put(&o->sess_id, id.ptr, id.len);
	size_t a = aur_chunk_keep(o->ch, id.ptr, id.len);
	struct aur_chunk_event *e = aur_chunk_tell(o->ch, AUR_EV_SESSION);
	e->a = a;
	e->na = (uint32_t)id.len;
	return AUR_OK;
}

static aur_status s_session_set(const aur_host *h, aur_record_sink *o, aur_str key, aur_str value)
{
	if (!o->sess_id.n)
		return h->fail(h, AUR_E_BUG, _("a property of a session before its session"));
	if (text_fault(h, key) || text_fault(h, value))
		return AUR_E_BUG;
	size_t a = aur_chunk_keep(o->ch, (const char *)o->sess_id.p, o->sess_id.n), b = aur_chunk_keep(o->ch, key.ptr, key.len), c = aur_chunk_keep(o->ch, value.ptr, value.len);
	struct aur_chunk_event *e = aur_chunk_tell(o->ch, AUR_EV_SESSION);
	e->a = a;
	e->na = (uint32_t)o->sess_id.n;
	e->b = b;
	e->nb = (uint32_t)key.len;
	e->c = c;
	e->nc = (uint32_t)value.len;
	return AUR_OK;
}

static aur_status s_corpus_set(const aur_host *h, aur_record_sink *o, aur_str key, aur_str value)
{
	if (text_fault(h, key) || text_fault(h, value))
		return AUR_E_BUG;
	size_t a = aur_chunk_keep(o->ch, key.ptr, key.len), b = aur_chunk_keep(o->ch, value.ptr, value.len);
	struct aur_chunk_event *e = aur_chunk_tell(o->ch, AUR_EV_PROPERTY);
	e->a = a;
	e->na = (uint32_t)key.len;
	e->b = b;
	e->nb = (uint32_t)value.len;
	return AUR_OK;
}

void aur_sink_id(aur_record_sink *o, aur_str id)
{
	part(o, id, N_("the id is not valid UTF-8"), &o->cur.id, &o->cur.id_len);
}

static void s_put_id(const aur_host *h, aur_record_sink *o, aur_str id)
{
	(void)h;
	aur_sink_id(o, id);
}

static void s_put_text(const aur_host *h, aur_record_sink *o, aur_str text)
{
	(void)h;
	part(o, text, N_("the text is not valid UTF-8"), &o->cur.text, &o->cur.text_len);
	o->cur.has_text = 1;
}

static void s_put_field(const aur_host *h, aur_record_sink *o, uint32_t field, aur_str value)
{
	(void)h;
	if (!value.len || field >= o->names->n)
		return;
	struct aur_chunk *c = o->ch;
	size_t v;
	uint32_t n;
	if (!part(o, value, N_("the value of a field is not valid UTF-8"), &v, &n))
		return;
	if (field >= o->nput) {
		uint32_t most = field * 2 + 32;
		o->put = aur_xrealloc(o->put, most * sizeof *o->put);
		memset(o->put + o->nput, 0, (most - o->nput) * sizeof *o->put);
		o->nput = most;
	}
	uint32_t i = o->put[field];
	if (i < o->cur.field0 || i >= c->nfield || c->field[i].field != field) { /* else: the later value counts */
		i = o->put[field] = c->nfield;
		AUR_GROW(c->field, c->nfield, c->fieldcap);
		c->nfield++;
	}
	c->field[i] = (struct aur_chunk_field){field, n, v};
}

static void s_put_where(const aur_host *h, aur_record_sink *o, uint32_t line)
{
	(void)h;
	o->cur.line = line;
}

void aur_sink_refuse(aur_record_sink *o, uint32_t line, aur_str id, const char *reason)
{
	size_t a = aur_chunk_keep(o->ch, id.ptr, id.len), b = aur_chunk_keep(o->ch, reason, strlen(reason) + 1);
	struct aur_chunk_event *e = aur_chunk_tell(o->ch, AUR_EV_REFUSED);
	e->line = line;
	e->a = a;
	e->na = (uint32_t)id.len;
	e->b = b;
	e->nb = (uint32_t)strlen(reason);
}

static void s_refuse(const aur_host *h, aur_record_sink *o, uint32_t line, aur_str id, const char *reason)
{
	(void)h;
	aur_sink_refuse(o, line, id, reason);
}

void aur_serves_reader(aur_host *h)
{
	h->read = s_read;
	h->source_name = s_source_name;
	h->note = s_note;
	h->field = s_field;
	h->session = s_session;
	h->session_set = s_session_set;
	h->corpus_set = s_corpus_set;
	h->put_id = s_put_id;
	h->put_text = s_put_text;
	h->put_field = s_put_field;
	h->put_where = s_put_where;
	h->refuse = s_refuse;
}
