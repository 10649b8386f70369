/* SPDX-License-Identifier: Apache-2.0 */
/* Calls a reader on one file: checks the contributions that it gives, however the bytes are portioned, and its error when they
 * break off. */
#include "config.h"
#include <stdlib.h>
#include "base/intl.h"
#include "base/utf8.h"
#include "conform/desk.h"
#include "conform/random.h"

#define HEAD_BYTES 65536u /* as much as the engine passes to probe() */

struct desk_file {
	size_t at, fail_at; /* offset at which reading fails; SIZE_MAX: never */
	uint64_t random;
	int in_next, refused, failed, in_session;
	char **field;
	uint32_t nfield, fieldcap;
};

static void str(aur_hand *h, aur_str s, const char *what)
{
	if (s.len > AUR_MAX_TEXT)
		aur_box_fail(_("%s gives a string of %zu bytes, and a contribution has 1 GiB at most: %s"), h->function, s.len, what);
	if (s.len && !s.ptr)
		aur_box_fail(_("%s gives a string of %zu bytes at a null pointer: %s"), h->function, s.len, what);
	if (s.len && aur_utf8_valid(s.ptr, s.len) != s.len)
		aur_box_fail(_("%s gives a string that is not UTF-8: %s"), h->function, what);
	aur_hand_mix_str(h, s);
}

static aur_hand *part(aur_record_sink *o, const char *service)
{
	aur_hand *h = aur_hand_at_work(o, service);
	const struct desk_file *f = h->own;
	if (!f->in_next)
		aur_box_fail(_("%s calls host->%s, which is for next only: there is no contribution yet"), h->function,
		             service);
	aur_hand_mix_str(h, (aur_str){service, strlen(service)});
	return h;
}

static aur_hand *any(aur_record_sink *o, const char *service)
{
	aur_hand *h = aur_hand_at_work(o, service);
	aur_hand_mix_str(h, (aur_str){service, strlen(service)});
	return h;
}

/* How many bytes this hand gives per read: all that were asked for, one, seven, or a random number. */
static size_t portion(const aur_hand *h, struct desk_file *f)
{
	return h->number == 0 ? SIZE_MAX : h->number == 1 ? 1 : h->number == 2 ? 7 : 1 + aur_random(&f->random, 5000);
}

static int64_t s_read(const aur_host *host, aur_source *s, void *buf, size_t max)
{
	aur_hand *h = aur_hand_at_work(s, "read");
	struct desk_file *f = h->own;
	size_t n = h->input->n - f->at, most = portion(h, f);
	n = n < max ? n : max;
	n = n < most ? n : most;
	if (f->at + n > f->fail_at) {
		if (f->at >= f->fail_at) {
			f->failed = 1;
			host->fail(host, AUR_E_IO, "the check lets this read fail");
			h->failed = 0;
			return AUR_E_IO;
		}
		n = f->fail_at - f->at;
	}
	if (n)
		memcpy(buf, h->input->bytes + f->at, n);
	f->at += n;
	return (int64_t)n;
}

static const char *file_name(const aur_hand *h)
{
	const char *slash = strrchr(h->input->name, '/');
	return slash ? slash + 1 : *h->input->name ? h->input->name : "check.txt";
}

static const char *s_source_name(const aur_host *host, const aur_source *s)
{
	(void)host;
	return file_name(aur_hand_at_work(s, "source_name"));
}

static void s_note(const aur_host *host, aur_record_sink *o, const char *msg)
{
	(void)host;
	str(any(o, "note"), (aur_str){msg, strlen(msg)}, "note");
}

static uint32_t s_field(const aur_host *host, aur_record_sink *o, aur_str name)
{
	aur_hand *h = any(o, "field");
	struct desk_file *f = h->own;
	(void)host;
	str(h, name, "field");
	for (uint32_t i = 0; i < f->nfield; i++)
		if (strlen(f->field[i]) == name.len && !memcmp(f->field[i], name.ptr, name.len))
			return i;
	AUR_GROW(f->field, f->nfield, f->fieldcap);
	f->field[f->nfield] = aur_xstrndup(name.ptr, name.len);
	return f->nfield++;
}

static aur_status s_session(const aur_host *host, aur_record_sink *o, aur_str id)
{
	aur_hand *h = any(o, "session");
	struct desk_file *f = h->own;
	(void)host;
	str(h, id, "session");
	f->in_session = 1;
	return AUR_OK;
}

static aur_status s_session_set(const aur_host *host, aur_record_sink *o, aur_str key, aur_str value)
{
	aur_hand *h = any(o, "session_set");
	struct desk_file *f = h->own;
	(void)host;
	if (!f->in_session)
		aur_box_fail(_("%s calls host->session_set before host->session: there is no session yet"),
		             h->function);
	str(h, key, "session_set");
	str(h, value, "session_set");
	return AUR_OK;
}

static aur_status s_corpus_set(const aur_host *host, aur_record_sink *o, aur_str key, aur_str value)
{
	aur_hand *h = any(o, "corpus_set");
	(void)host;
	str(h, key, "corpus_set");
	str(h, value, "corpus_set");
	return AUR_OK;
}

static void s_put_id(const aur_host *host, aur_record_sink *o, aur_str id)
{
	(void)host;
	str(part(o, "put_id"), id, "put_id");
}

static void s_put_text(const aur_host *host, aur_record_sink *o, aur_str text)
{
	(void)host;
	str(part(o, "put_text"), text, "put_text");
}

static void s_put_field(const aur_host *host, aur_record_sink *o, uint32_t field, aur_str value)
{
	aur_hand *h = part(o, "put_field");
	const struct desk_file *f = h->own;
	(void)host;
	if (field >= f->nfield)
		aur_box_fail(_("%s puts a value into field %u, and host->field gave %u numbers"), h->function, field,
		             f->nfield);
	aur_hand_mix_number(h, field);
	str(h, value, "put_field");
}

static void s_put_where(const aur_host *host, aur_record_sink *o, uint32_t line)
{
	(void)host;
	aur_hand_mix_number(part(o, "put_where"), line);
}

static void s_refuse(const aur_host *host, aur_record_sink *o, uint32_t line, aur_str id, const char *reason)
{
	aur_hand *h = part(o, "refuse");
	struct desk_file *f = h->own;
	(void)host;
	f->refused = 1;
	aur_hand_mix_number(h, line);
	str(h, id, "refuse");
	if (!reason || !*reason)
		aur_box_fail(_("next refuses a contribution and gives no reason"));
	str(h, (aur_str){reason, strlen(reason)}, "refuse");
}

static void services(aur_host *h)
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

static void forget_fields(struct desk_file *f)
{
	for (uint32_t i = 0; i < f->nfield; i++)
		free(f->field[i]);
	f->nfield = 0;
}

/* Reads at most `most` contributions; returns the status of the call that ended it, AUR_OK if there may be more. */
static aur_status read_file(aur_hand *h, const aur_input *in, uint64_t most)
{
	const aur_reader_ops *o = h->in->c->ops;
	struct desk_file *f = h->own;
	aur_record_sink *sink = (aur_record_sink *)(void *)h;
	void *state = NULL;
	forget_fields(f);
	f->at = 0;
	f->random = h->number + 1;
	f->in_next = f->failed = f->in_session = 0;
	h->input = in;
	h->told = NULL;
	aur_hand_call(h, "begin");
	aur_status st = o->begin(&h->in->host, h->in->model, (aur_source *)(void *)h, sink, &state);
	aur_hand_return(h, st, 1);
	if (st < 0)
		return st;
	for (uint64_t i = 0; i < most; i++) {
		if (i > in->n + 16)
			aur_box_fail(
			    _("next has put more contributions than the file has bytes: does it ever return AUR_END?"));
		f->in_next = 1;
		f->refused = 0;
		aur_hand_call(h, "next");
		st = o->next(&h->in->host, h->in->model, state, sink);
		if (st > AUR_REFUSED)
			aur_box_fail(_("next returns %d: a reader returns AUR_OK, AUR_END, AUR_REFUSED, or fails"),
			             (int)st);
		if (st == AUR_REFUSED && !f->refused)
			aur_box_fail(_("next returns AUR_REFUSED and has not said what it refuses: call host->refuse"));
		if (st != AUR_REFUSED && f->refused)
			aur_box_fail(_("next has refused a contribution and returns %d instead of AUR_REFUSED"),
			             (int)st);
		aur_hand_return(h, st, 1);
		f->in_next = 0;
		aur_hand_mix_number(h, (uint64_t)(int64_t)st);
		h->found += st == AUR_OK;
		if (st < 0 || st == AUR_END)
			break;
	}
	aur_hand_call(h, "end");
	o->end(h->in->model, state);
	aur_hand_return(h, AUR_OK, 0);
	return st;
}

static struct desk_file *file_of(aur_hand *h)
{
	struct desk_file *f = h->own;
	if (!f) {
		h->own = f = aur_xcalloc(1, sizeof *f);
		f->fail_at = SIZE_MAX;
	}
	return f;
}

static uint64_t run(aur_hand *h, const aur_input *in)
{
	const aur_reader_ops *o = h->in->c->ops;
	file_of(h);
	size_t head = in->n < HEAD_BYTES ? in->n : HEAD_BYTES;
	const char *name = file_name(h);
	aur_str bytes = {aur_lent_give(&h->text, in->bytes, head), head};
	name = aur_lent_give(&h->lent[0], name, strlen(name) + 1);
	aur_hand_call(h, "probe");
	int32_t sure = o->probe(bytes, name);
	aur_hand_return(h, AUR_OK, 0);
	if (sure < 0 || sure > 100)
		aur_box_fail(_("probe answers %d: from 0, not mine, to 100, certain"), (int)sure);
	aur_hand_mix_number(h, (uint64_t)(uint32_t)sure);
	read_file(h, in, UINT64_MAX);
	return h->digest;
}

/* A disk that fails in the middle of a file, and a host that stops asking. */
static void more(aur_desk *d, aur_inputs *in)
{
	aur_hand *h = aur_hand_new(d, aur_desk_open(d), 0);
	struct desk_file *f = file_of(h);
	for (unsigned i = 0; i < in->n; i++) {
		const aur_input *x = &in->v[i];
		for (unsigned part = 0; part < 6; part++) {
			f->fail_at = x->n * part / 6;
			if (read_file(h, x, UINT64_MAX) == AUR_END && f->failed)
				aur_box_fail(_("reading failed in the middle of the file, and next returns AUR_END as "
				               "if that were its end: return what host->read returned"));
		}
		f->fail_at = SIZE_MAX;
		read_file(h, x, 0);
		read_file(h, x, 2);
	}
}

static void release(aur_hand *h)
{
	struct desk_file *f = h->own;
	if (!f)
		return;
	forget_fields(f);
	free(f->field);
	free(f);
}

const aur_kind_test aur_test_reader = {
    .kind = AUR_READER,
    .diet = AUR_EATS_FILES,
    .nothing = N_("it read no contribution in any sample: give files of its kind with --sample"),
    .services = services,
    .run = run,
    .main = "next",
    .more_name = "io",
    .more = more,
    .free = release};
