/* SPDX-License-Identifier: Apache-2.0 */
/* Calls an exporter (begin, item, finish) on one contribution, on all of them, and on none. */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "auricule/ext.h"
#include "base/intl.h"
#include "conform/desk.h"

#define TAKEN_BYTES ((uint64_t)256 << 20) /* an exporter that writes more than this for the samples would never stop */

struct taker {
	uint64_t bytes, fail_after; /* fail_after: writing fails after this many bytes; 0: never */
};

static aur_status s_write(const aur_host *host, aur_out *out, aur_str bytes)
{
	aur_hand *h = aur_hand_at_work(out, "write");
	struct taker *t = h->own;
	if (bytes.len && !bytes.ptr)
		aur_box_fail(_("%s writes %zu bytes from a null pointer"), h->function, bytes.len);
	t->bytes += bytes.len;
	if (t->fail_after && t->bytes >= t->fail_after) {
		host->fail(host, AUR_E_IO, "the check lets this write fail");
		h->failed = 0;
		return AUR_E_IO;
	}
	if (t->bytes > TAKEN_BYTES)
		aur_box_fail(_("%s never stops writing: more than 256 MiB for one contribution"), h->function);
	if (bytes.len)
		aur_hand_mix(h, bytes.ptr, bytes.len);
	h->found += bytes.len;
	return AUR_OK;
}

static const char *const fields[] = {"session", "role", "note", "empty"};

static int s_field(const aur_host *host, uint32_t n, aur_str *name)
{
	(void)host;
	if (n >= sizeof fields / sizeof *fields)
		return 0;
	*name = (aur_str){fields[n], strlen(fields[n])};
	return 1;
}

static int s_field_at(const aur_host *host, const aur_view *v, uint32_t n, aur_str *name, aur_str *value)
{
	/* values as they come from people and spreadsheets: empty, quoted, on several lines */
	static const char *const values[] = {"s-1", "\xC3\xA9t\xC3\xA9 2025", "a;\"b\",\tc\nd", ""};
	aur_hand_at_work(v ? v->priv : NULL, "field_at");
	if (!s_field(host, n, name))
		return 0;
	*value = (aur_str){values[n], strlen(values[n])};
	return 1;
}

/* A corpus with two sessions, the second of which says nothing of itself. */
static const char *const said[][2] = {{"title", "a <title> & \"more\""}, {"invented", "yes"}, {"total.invites.r\xC3\xB4le", "12"}};
static const char *const of_session[][2] = {{"date", "2025-04-22"}, {"lieu", "l\xC3\xA0-bas"}, {"presents", "3"}, {"note", ""}, {"other", "a\nb"}};

static int pair_at(const char *const (*pairs)[2], size_t count, uint32_t n, aur_str *key, aur_str *value)
{
	if (n >= count)
		return 0;
	*key = (aur_str){pairs[n][0], strlen(pairs[n][0])};
	*value = (aur_str){pairs[n][1], strlen(pairs[n][1])};
	return 1;
}

static int s_property(const aur_host *host, uint32_t n, aur_str *key, aur_str *value)
{
	(void)host;
	return pair_at(said, sizeof said / sizeof *said, n, key, value);
}

static int s_session(const aur_host *host, uint32_t n, aur_str *id)
{
	static const char *const ids[] = {"s-1", "Lille, 2"};
	(void)host;
	if (n >= 2)
		return 0;
	*id = (aur_str){ids[n], strlen(ids[n])};
	return 1;
}

static int s_session_property(const aur_host *host, uint32_t session, uint32_t n, aur_str *key, aur_str *value)
{
	(void)host;
	return !session && pair_at(of_session, sizeof of_session / sizeof *of_session, n, key, value);
}

static const void *s_query(const aur_host *host, const char *ext)
{
	static const aur_ext_corpus_v1 corpus = {.size = sizeof corpus, .property = s_property, .session = s_session, .session_property = s_session_property,
	                                         .field = s_field};
	(void)host;
	return ext && !strcmp(ext, AUR_EXT_CORPUS) ? &corpus : NULL;
}

static void services(aur_host *h)
{
	aur_passage_services(h);
	h->query = s_query;
	h->write = s_write;
	h->field_at = s_field_at;
}

/* may_fail: writing was made to fail.  Returns 1 if one of the calls passed that failure on. */
static int export(aur_hand *h, const aur_input *in, unsigned n, int may_fail)
{
	const aur_exporter_ops *o = h->in->c->ops;
	aur_out *out = (aur_out *)(void *)h;
	aur_hand_call(h, "begin");
	if (aur_hand_return(h, o->begin(&h->in->host, h->in->model, out), may_fail) < 0)
		return 1;
	for (unsigned i = 0; i < n; i++) {
		h->input = &in[i];
		h->told = NULL;
		const aur_view *v = aur_hand_view(h, in[i].passage->lform, NULL);
		aur_hand_call(h, "item");
		if (aur_hand_return(h, o->item(&h->in->host, h->in->model, v, out), may_fail) < 0)
			return 1;
	}
	aur_hand_call(h, "finish");
	return aur_hand_return(h, o->finish(&h->in->host, h->in->model, out), may_fail) < 0;
}

static uint64_t run(aur_hand *h, const aur_input *in)
{
	if (!h->own)
		h->own = aur_xcalloc(1, sizeof(struct taker));
	*(struct taker *)h->own = (struct taker){0};
	export(h, in, 1, 0);
	return h->digest;
}

static void disk_full(aur_hand *h, const aur_inputs *in, uint64_t at)
{
	struct taker *t = h->own;
	*t = (struct taker){.fail_after = at};
	if (!export(h, in->v, in->n, 1) && t->bytes >= at)
		aur_box_fail(_("writing failed, and none of begin, item and finish reported it: return what "
		               "host->write returns"));
}

/* With no contribution at all; with all of them, twice; and with a disk that fills up after each of the first bytes, or at the last. */
static void more(aur_desk *d, aur_inputs *in)
{
	aur_hand *h = aur_hand_new(d, aur_desk_open(d), 0);
	struct taker *t = h->own = aur_xcalloc(1, sizeof *t);
	export(h, NULL, 0, 0);
	uint64_t first = 0;
	for (int turn = 0; turn < 2; turn++) {
		h->digest = 0;
		*t = (struct taker){0};
		export(h, in->v, in->n, 0);
		if (turn && h->digest != first)
			aur_box_fail(_("the same contributions, exported a second time, give other bytes"));
		first = h->digest;
	}
	uint64_t all = t->bytes;
	for (uint64_t at = 1; at < 2000; at = at * 3 / 2 + 1)
		disk_full(h, in, at);
	if (all)
		disk_full(h, in, all);
}

static void release(aur_hand *h)
{
	free(h->own);
}

const aur_kind_test aur_test_exporter = {.kind = AUR_EXPORTER,
                                         .diet = AUR_EATS_PASSAGES,
                                         .services = services,
                                         .run = run,
                                         .main = "item",
                                         .more_name = "io",
                                         .more = more,
                                         .free = release};
