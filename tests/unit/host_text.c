/* SPDX-License-Identifier: Apache-2.0 */
/* See host_text.h. */
#include "host_text.h"
#include "host_settings.h"
#include <dlfcn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Not the assertions of Check: programs that are no tests use this file too. */
static void __attribute__((format(printf, 2, 3))) must(bool ok, const char *fmt, ...)
{
	va_list ap;
	if (ok)
		return;
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	abort();
}

static ht_plugin *self(const aur_host *h)
{
	return h->priv;
}

static void host_log(const aur_host *h, aur_level lvl, const char *msg)
{
	(void)h;
	(void)lvl;
	(void)msg;
}

static aur_status host_fail(const aur_host *h, aur_status code, const char *msg)
{
	snprintf(self(h)->error, sizeof self(h)->error, "%s", msg);
	return code;
}

static aur_status host_fail_at(const aur_host *h, aur_status code, const char *file, uint32_t line, uint32_t column,
                               const char *msg)
{
	snprintf(self(h)->error, sizeof self(h)->error, "%s:%u:%u: %s", file, line, column, msg);
	return code;
}

static int host_cancelled(const aur_host *h)
{
	ht_plugin *p = self(h);
	if (p->cancel_after < 0)
		return 0;
	return p->cancel_after-- == 0;
}

static const char *host_find_data(const aur_host *h, const char *name)
{
	(void)h;
	(void)name;
	return NULL;
}

static const void *host_query(const aur_host *h, const char *id)
{
	(void)h;
	(void)id;
	return NULL;
}

static void host_token(const aur_host *h, aur_token_sink *o, const aur_token *t)
{
	ht_plugin *p = self(h);
	(void)o;
	if (p->keep) {
		if (p->count == p->cap) {
			p->cap = p->cap ? p->cap * 2 : 256;
			p->tokens = realloc(p->tokens, p->cap * sizeof *p->tokens);
			if (!p->tokens)
				abort();
		}
		ht_token *k = &p->tokens[p->count];
		aur_str f = t->form;
		k->start = t->start;
		k->end = t->end;
		k->flags = t->flags;
		k->own_form = f.ptr != NULL;
		if (!f.ptr)
			f = (aur_str){p->text + t->start, t->end - t->start};
		k->form_len = f.len;
		k->form = malloc(f.len + 1);
		if (!k->form)
			abort();
		memcpy(k->form, f.ptr, f.len);
		k->form[f.len] = 0;
	}
	p->count++;
}

aur_status ht_open(ht_plugin *p, const char *name, const char *component, const char *const *settings)
{
	char path[512];
	aur_plugin_fn fn;
	const aur_plugin *desc;
	aur_status st = AUR_OK;
	memset(p, 0, sizeof *p);
	p->keep = true;
	p->cancel_after = -1;
	p->host = (aur_host){.size = sizeof p->host,
	                     .abi_minor = AUR_ABI_MINOR,
	                     .priv = p,
	                     .query = host_query,
	                     .log = host_log,
	                     .fail = host_fail,
	                     .fail_at = host_fail_at,
	                     .cancelled = host_cancelled,
	                     .conf_str = host_conf_str,
	                     .conf_int = host_conf_int,
	                     .conf_nth = host_conf_nth,
	                     .find_data = host_find_data,
	                     .token = host_token};
	snprintf(path, sizeof path, "plugins/%s/.libs/%s.so", name, name);
	p->dl = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	must(p->dl != NULL, "%s", p->dl ? "" : dlerror());
	*(void **)(void *)&fn = dlsym(p->dl, "aur_plugin_v1");
	must(fn != NULL, "%s has no aur_plugin_v1", path);
	desc = fn();
	must(desc->abi_major == AUR_ABI_MAJOR, "%s is of another ABI", path);
	for (uint32_t i = 0; i < desc->component_count; i++)
		if (!strcmp(desc->components[i]->id, component))
			p->c = desc->components[i];
	must(p->c != NULL, "%s has no component %s", path, component);
	if (p->c->open)
		st = p->c->open(&p->host, (const aur_config *)(const void *)settings, &p->model);
	if (st < 0)
		return st;
	if (p->c->worker_new)
		must(p->c->worker_new(&p->host, p->model, &p->worker) == AUR_OK, "%s: %s", component, p->error);
	return st;
}

static void forget(ht_plugin *p)
{
	if (p->keep)
		for (size_t i = 0; i < p->count; i++)
			free(p->tokens[i].form);
	p->count = 0;
}

void ht_close(ht_plugin *p)
{
	forget(p);
	free(p->tokens);
	if (p->worker && p->c->worker_free)
		p->c->worker_free(p->worker);
	if (p->c->close)
		p->c->close(p->model);
	/* plugins are never unloaded while a program runs */
}

aur_status ht_tokenize(ht_plugin *p, const char *text, size_t len)
{
	const aur_tokenizer_ops *ops = p->c->ops;
	forget(p);
	p->text = text;
	return ops->tokenize(&p->host, p->model, p->worker, (aur_str){text, len}, NULL);
}

const char *ht_forms(ht_plugin *p, const char *text)
{
	static char buf[1 << 16];
	size_t n = 0;
	must(ht_tokenize(p, text, strlen(text)) == AUR_OK, "%s", p->error);
	buf[0] = 0;
	for (size_t i = 0; i < p->count && n < sizeof buf; i++)
		n += (size_t)snprintf(buf + n, sizeof buf - n, "%s%s", i ? "|" : "", p->tokens[i].form);
	return buf;
}

const char *ht_value(ht_plugin *p, const char *form)
{
	static char buf[8192];
	const aur_layer_ops *ops = p->c->ops;
	aur_str in = {form, strlen(form)}, out = {NULL, 0};
	must(ops->map(&p->host, p->model, p->worker, &in, 1, &out) == AUR_OK && out.len < sizeof buf,
	     "no value for %s: %s", form, p->error);
	if (out.len)
		memcpy(buf, out.ptr, out.len);
	buf[out.len] = 0;
	return buf;
}

const char *ht_shared(const char *name)
{
	static char path[1024];
	const char *src = getenv("srcdir");
	FILE *f;
	snprintf(path, sizeof path, "%s/../shared/%s", src ? src : ".", name);
	f = fopen(path, "rb");
	if (!f) {
		printf("skipped: %s is not there\n", path);
		return NULL;
	}
	fclose(f);
	return path;
}

char *ht_slurp(const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	char *b = NULL;
	long n;
	must(f != NULL, "%s", path);
	must(fseek(f, 0, SEEK_END) == 0, "%s", path);
	n = ftell(f);
	must(n >= 0, "%s", path);
	rewind(f);
	b = malloc((size_t)n + 1);
	must(b != NULL, "no memory for %s", path);
	must(fread(b, 1, (size_t)n, f) == (size_t)n, "%s", path);
	fclose(f);
	b[n] = 0;
	*len = (size_t)n;
	return b;
}
