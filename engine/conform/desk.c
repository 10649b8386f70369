/* SPDX-License-Identifier: Apache-2.0 */
/* Opening a component, and the hands that call it. */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include "base/hash.h"
#include "base/intl.h"
#include "base/utf8.h"
#include "conform/desk.h"
#include "pipeline/services.h"

static _Thread_local aur_hand *at_work;

const aur_kind_test *aur_kind_test_of(aur_kind k)
{
	static const aur_kind_test *const all[] = {&aur_test_reader, &aur_test_tokenizer, &aur_test_layer,
	                                           &aur_test_annotator, &aur_test_exporter};
	return k >= 1 && k <= sizeof all / sizeof *all ? all[k - 1] : NULL;
}

static void quiet(aur_level level, const char *msg)
{
	(void)level, (void)msg;
}

void aur_desk_init(aur_desk *d, const aur_conform_options *o, const char *path, unsigned component)
{
	aur_error e = {0};
	const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
	size_t len = strlen(base);
	char name[256];
	aur_host_log = quiet;
	aur_box_call("dlopen, aur_plugin_v1", NULL, NULL, 0);
	const aur_plugin_entry *p = aur_registry_load_file(aur_registry_new(), path);
	if (!p->plugin)
		aur_box_fail("%s", p->refused);
	aur_box_return();
	*d = (aur_desk){.o = o, .c = p->plugin->components[component]};
	d->kind = aur_kind_test_of(d->c->kind);
	snprintf(name, sizeof name, "%.*s", (int)(len > 3 && !strcmp(base + len - 3, ".so") ? len - 3 : len), base);
	if (aur_chain_settings(o->pipeline, name, d->c->id, &d->conf, &e))
		aur_box_no_setup(&e);
	for (unsigned i = 0; o->conf && i < o->conf->n; i++)
		aur_config_set(&d->conf, o->conf->keys[i], o->conf->values[i]);
	if (d->kind->diet != AUR_EATS_WORDS && d->kind->diet != AUR_EATS_PASSAGES)
		return;
	if (aur_chain_open(o->pipeline, NULL, AUR_CHAIN_LAYERS, &d->chain, &e))
		aur_box_no_setup(&e);
}

/* ---- the services that every kind has -------------------------------------------------------- */
static int32_t s_layer_index(const aur_host *h, const char *layer)
{
	return aur_host_instance(h)->owner ? aur_services()->layer_index(h, layer) : -1;
}

static aur_status s_layer_value(const aur_host *h, const char *layer, aur_str word, char *buf, size_t size, size_t *len)
{
	return aur_host_instance(h)->owner ? aur_services()->layer_value(h, layer, word, buf, size, len)
	                                   : AUR_E_UNSUPPORTED;
}

/* Notes that the plugin itself gave a reason; services that fail on its behalf do not go through here. */
static aur_status (*real_fail_at)(const aur_host *h, aur_status code, const char *file, uint32_t line, uint32_t column, const char *msg);
static aur_status s_fail_at(const aur_host *h, aur_status code, const char *file, uint32_t line, uint32_t column, const char *msg)
{
	if (at_work)
		at_work->failed = 1;
	return real_fail_at(h, code, file, line, column, msg);
}

static aur_status s_fail(const aur_host *h, aur_status code, const char *msg)
{
	return s_fail_at(h, code, NULL, 0, 0, msg);
}

static const char goes_on[] = N_("%s calls host->fail and goes on, so that the failure is lost: return what host->fail returns");

aur_instance *aur_desk_open(aur_desk *d)
{
	aur_host h = *aur_services();
	aur_error e = {0};
	aur_instance *in;
	h.layer_index = s_layer_index;
	h.layer_value = s_layer_value;
	d->kind->services(&h);
	aur_box_call("open", NULL, NULL, 0);
	aur_instance_clear(); /* forget the error of an earlier call, as a component may have no open() */
	if (aur_instance_open(d->c, &d->conf, &h, d->chain, &in, &e)) {
		char text[1100];
		aur_box_fail(_("open fails: %s (its settings come from --pipeline and --set)"),
		             aur_error_format(&e, text, sizeof text));
	}
	if (aur_instance_said_why())
		aur_box_fail(_(goes_on), "open");
	aur_box_return();
	real_fail_at = in->host.fail_at;
	in->host.fail = s_fail;
	in->host.fail_at = s_fail_at;
	return in;
}

void aur_desk_close(aur_instance *in)
{
	aur_box_call("close", NULL, NULL, 0);
	aur_instance_close(in);
	aur_box_return();
}

/* ---- hands ----------------------------------------------------------------------------------- */
aur_hand *aur_hand_new(aur_desk *d, aur_instance *in, unsigned number)
{
	aur_hand *h = aur_xcalloc(1, sizeof *h);
	*h = (aur_hand){.desk = d, .in = in, .number = number};
	if (d->kind->threads && in->c->worker_new) {
		aur_hand_call(h, "worker_new");
		aur_status st = in->c->worker_new(&in->host, in->model, &h->worker);
		aur_hand_return(h, st, 0);
	}
	return h;
}

void aur_hand_free(aur_hand *h)
{
	if (h->worker) {
		aur_hand_call(h, "worker_free");
		h->in->c->worker_free(h->worker);
		aur_hand_return(h, AUR_OK, 0);
	}
	if (h->desk->kind->free)
		h->desk->kind->free(h);
	free(h);
}

uint64_t aur_hand_run(aur_hand *h, const aur_input *in)
{
	h->input = in;
	h->told = NULL;
	h->digest = h->found = 0;
	uint64_t d = h->desk->kind->run(h, in);
	h->input = NULL;
	return d;
}

void aur_hand_call(aur_hand *h, const char *function)
{
	const aur_input *in = h->input;
	if (in && in == h->told)
		aur_box_call_again(function);
	else
		aur_box_call(function, in ? in->name : NULL, in ? in->bytes : NULL, in ? in->n : 0);
	h->told = in;
	aur_instance_clear();
	h->failed = 0;
	h->function = function;
	at_work = h;
}

aur_status aur_hand_return(aur_hand *h, aur_status st, int may_fail)
{
	const char *f = h->function;
	at_work = NULL;
	h->function = NULL;
	aur_lent_take(&h->text);
	for (size_t i = 0; i < sizeof h->lent / sizeof *h->lent; i++)
		aur_lent_take(&h->lent[i]);
	if (st == AUR_E_CANCELLED)
		aur_box_fail(_("%s says that it was asked to stop, and host->cancelled did not"), f);
	if (st >= 0 && st != AUR_REFUSED && h->failed)
		aur_box_fail(_(goes_on), f);
	if (st < 0 && !aur_instance_said_why())
		aur_box_fail(_("%s fails with status %d and does not say why: return host->fail(…) with a sentence"), f,
		             (int)st);
	if (st < 0 && !may_fail) {
		aur_error e = {0};
		char text[1100];
		aur_instance_error(h->in, st, f, &e);
		aur_box_fail(_("%s fails although nothing is wrong: %s"), f,
		             aur_error_format(&e, text, sizeof text));
	}
	aur_box_return();
	return st;
}

aur_hand *aur_hand_at_work(const void *sink, const char *service)
{
	aur_hand *h = at_work;
	if (!h)
		aur_box_fail(_("host->%s is called outside the calls that offer it"), service);
	if (sink != h && sink != h->own)
		aur_box_fail(_("%s calls host->%s with something other than what this call was given"), h->function,
		             service);
	return h;
}

void aur_hand_mix(aur_hand *h, const void *p, size_t n)
{
	h->digest = aur_hash64(p, n, h->digest + 1);
}

void aur_hand_mix_number(aur_hand *h, uint64_t x)
{
	aur_hand_mix(h, &x, sizeof x);
}

void aur_hand_mix_str(aur_hand *h, aur_str s)
{
	aur_hand_mix_number(h, s.len);
	if (s.len)
		aur_hand_mix(h, s.ptr, s.len);
}

void aur_hand_str(aur_str s, const char *what)
{
	const char *f = at_work ? at_work->function : "?";
	if (!s.len)
		return;
	if (!s.ptr)
		aur_box_fail(_("%s gives a string of %zu bytes at a null pointer: %s"), f, s.len, what);
	if (aur_utf8_valid(s.ptr, s.len) != s.len)
		aur_box_fail(_("%s gives a string that is not UTF-8: %s"), f, what);
	if (memchr(s.ptr, 0, s.len))
		aur_box_fail(_("%s gives a string with a NUL byte in it: %s"), f, what);
}
