/* SPDX-License-Identifier: Apache-2.0 */
/* The services that every plugin has: settings, messages, failure, data files. */
#include "config.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/hash.h"
#include "base/intl.h"
#include "base/mem.h"
#include "plugin/registry.h"

void (*aur_host_log)(aur_level level, const char *msg);
atomic_int aur_host_cancel;
/* A plugin's fail() runs in the thread of the call that fails, so what it says is kept per thread. */
static _Thread_local aur_error last;

void aur_config_set(aur_config *c, const char *key, const char *value)
{
	if (c->n == c->cap) {
		c->cap = c->cap ? c->cap * 2 : 8;
		c->keys = aur_xrealloc(c->keys, c->cap * sizeof *c->keys);
		c->values = aur_xrealloc(c->values, c->cap * sizeof *c->values);
	}
	c->keys[c->n] = aur_xstrdup(key);
	c->values[c->n++] = aur_xstrdup(value);
}

void aur_config_free(aur_config *c)
{
	for (unsigned i = 0; i < c->n; i++) {
		free(c->keys[i]);
		free(c->values[i]);
	}
	free(c->keys);
	free(c->values);
	*c = (aur_config){0};
}

static const void *host_query(const aur_host *h, const char *ext)
{
	(void)h, (void)ext;
	return NULL;
}

static void host_log(const aur_host *h, aur_level lvl, const char *msg)
{
	(void)h;
	if (aur_host_log)
		aur_host_log(lvl, msg);
	else if (lvl >= AUR_LOG_WARN)
		fprintf(stderr, "auricule: %s\n", msg);
}

void aur_host_warn(const char *msg)
{
	host_log(NULL, AUR_LOG_WARN, msg);
}

static aur_status host_fail_at(const aur_host *h, aur_status code, const char *file, uint32_t line, uint32_t col,
			       const char *msg)
{
	(void)h;
	aur_code c = code == AUR_E_IO ? AURE_IO
		     : code == AUR_E_DATA ? AURE_DATA
		     : code == AUR_E_CANCELLED ? AURE_CANCELLED
		     : code == AUR_E_NOMEM ? AURE_NOMEM
		     : code == AUR_E_BUG ? AURE_BUG
					 : AURE_CONFIG;
	aur_fail_at(&last, c, file, line, col, "%s", msg ? msg : "");
	return code;
}

static aur_status host_fail(const aur_host *h, aur_status code, const char *msg)
{
	return host_fail_at(h, code, NULL, 0, 0, msg);
}

static int host_cancelled(const aur_host *h)
{
	(void)h;
	return aur_host_cancel;
}

int aur_instance_asked(const aur_instance *in, const char *key)
{
	for (unsigned i = 0; i < in->nasked; i++)
		if (!strcmp(in->asked[i], key))
			return 1;
	return 0;
}

static void asks(const aur_host *h, const char *key)
{
	aur_instance *in = aur_host_instance(h);
	if (aur_instance_asked(in, key))
		return;
	AUR_GROW(in->asked, in->nasked, in->askedcap);
	in->asked[in->nasked++] = aur_xstrdup(key);
}

static const char *conf_str(const aur_host *h, const aur_config *c, const char *key, const char *dflt)
{
	asks(h, key);
	for (unsigned i = c->n; i-- > 0;)
		if (!strcmp(c->keys[i], key))
			return c->values[i];
	return dflt;
}

static int64_t conf_int(const aur_host *h, const aur_config *c, const char *key, int64_t dflt)
{
	const char *s = conf_str(h, c, key, NULL);
	char *end;
	if (!s || !*s)
		return dflt;
	errno = 0;
	long long v = strtoll(s, &end, 10);
	if (!*end && !errno)
		return v;
	aur_instance *in = aur_host_instance(h);
	if (!in->refused.code)
		aur_fail(&in->refused, AURE_CONFIG, _("the setting « %s » of %s takes a whole number, not « %s »"), key, in->c->id, s);
	return dflt;
}

static const char *conf_nth(const aur_host *h, const aur_config *c, const char *key, uint32_t n)
{
	asks(h, key);
	for (unsigned i = 0; i < c->n; i++)
		if (!strcmp(c->keys[i], key) && n-- == 0)
			return c->values[i];
	return NULL;
}

static const char *find_data(const aur_host *h, const char *name)
{
	aur_instance *in = aur_host_instance(h);
	static const char *const under[] = {"", "lexicons/", "corpora/", "report/"};
	aur_buf b = {0};
	if (strchr(name, '/') && !access(name, R_OK)) {
		aur_buf_str(&b, name);
	} else {
		unsigned i;
		const char *extra = getenv("AURICULE_LEXICON_PATH");
		char *dirs = aur_xstrdup(extra ? extra : ""), *save = NULL;
		for (char *d = strtok_r(dirs, ":", &save); d; d = strtok_r(NULL, ":", &save)) {
			b.n = 0;
			aur_buf_printf(&b, "%s/%s", d, name);
			if (!access(aur_buf_cstr(&b), R_OK))
				break;
			b.n = 0;
		}
		free(dirs);
		for (i = 0; !b.n && i < sizeof under / sizeof *under; i++) {
			aur_buf_printf(&b, "%s/%s%s", aur_places_get()->data_dir, under[i], name);
			if (access(aur_buf_cstr(&b), R_OK))
				b.n = 0;
		}
		if (!b.n) {
			aur_buf_free(&b);
			return NULL;
		}
	}
	in->found = aur_xrealloc(in->found, (in->nfound + 1) * sizeof *in->found);
	return in->found[in->nfound++] = aur_buf_cstr(&b);
}

static int32_t layer_index_none(const aur_host *h, const char *layer)
{
	(void)h, (void)layer;
	return -1;
}

void aur_instance_clear(void)
{
	last.text[0] = 0;
}

int aur_instance_said_why(void)
{
	return last.text[0] != 0;
}

aur_code aur_instance_open(const aur_component *c, const aur_config *conf, const aur_host *services, void *owner,
			   aur_instance **out, aur_error *err)
{
	aur_instance *in = aur_xcalloc(1, sizeof *in);
	in->c = c;
	in->owner = owner;
	for (unsigned i = 0; conf && i < conf->n; i++)
		aur_config_set(&in->conf, conf->keys[i], conf->values[i]);
	if (services)
		in->host = *services;
	aur_host *h = &in->host;
	h->size = sizeof *h;
	h->abi_minor = AUR_ABI_MINOR;
	h->priv = in;
	if (!h->query)
		h->query = host_query;
	h->log = host_log;
	h->fail = host_fail;
	h->fail_at = host_fail_at;
	h->cancelled = host_cancelled;
	h->conf_str = conf_str;
	h->conf_int = conf_int;
	h->conf_nth = conf_nth;
	h->find_data = find_data;
	if (!h->layer_index)
		h->layer_index = layer_index_none;
	if (c->open) {
		aur_instance_clear();
		aur_status st = c->open(h, &in->conf, &in->model);
		if (st < 0) {
			aur_code code = aur_instance_error(in, st, _("open"), err);
			in->c = NULL;
			aur_instance_close(in);
			return code;
		}
	}
	if (in->refused.code) {
		aur_code code = in->refused.code;
		if (err)
			*err = in->refused;
		aur_instance_close(in);
		return code;
	}
	*out = in;
	return AURE_OK;
}

void aur_instance_close(aur_instance *in)
{
	if (!in)
		return;
	if (in->c && in->c->close)
		in->c->close(in->model);
	aur_config_free(&in->conf);
	for (unsigned i = 0; i < in->nfound; i++)
		free(in->found[i]);
	free(in->found);
	for (unsigned i = 0; i < in->nasked; i++)
		free(in->asked[i]);
	free(in->asked);
	free(in);
}

const char *aur_instance_fingerprint(const aur_instance *in, char *buf, unsigned long size)
{
	char hex[33] = "-";
	const char *f = in->c->fingerprint ? in->c->fingerprint(in->model) : NULL;
	if (f) {
		aur_fp fp;
		aur_fp_init(&fp);
		aur_fp_add(&fp, f, strlen(f));
		aur_fp_hex(&fp, hex);
	}
	snprintf(buf, size, "%s %s %s", in->c->id, in->c->version, hex);
	return buf;
}

aur_code aur_instance_error(const aur_instance *in, aur_status st, const char *doing, aur_error *err)
{
	if (last.text[0]) {
		if (err)
			*err = last;
		return last.code;
	}
	if (st == AUR_E_CANCELLED && aur_host_cancel)
		return aur_fail(err, AURE_CANCELLED, _("stopped on request"));
	return aur_fail(err, st == AUR_E_NOMEM ? AURE_NOMEM : AURE_CONFIG, _("the plugin component %s failed in « %s » (status %d) and did not say why; tell its author"),
			in->c ? in->c->id : "?", doing, (int)st);
}
