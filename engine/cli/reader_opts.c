/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdlib.h>
#include "base/utf8.h"
#include "cli/reader_opts.h"
#include "pipeline/services.h"
#include "query/query.h"

void aur_say_refused(const char *file, uint32_t line, aur_str id, const char *reason)
{
	aur_buf b = {0};
	aur_buf_str(&b, file);
	if (line)
		aur_buf_printf(&b, ":%u", line);
	if (id.len) {
		aur_buf_str(&b, " (");
		aur_shortened(&b, id.ptr, id.len, 80);
		aur_buf_byte(&b, ')');
	}
	aur_buf_printf(&b, ": %s", reason);
	aur_say(_("refused: %s"), aur_buf_cstr(&b));
	aur_buf_free(&b);
}

void aur_pass_note(void *ctx, const char *file, const char *msg)
{
	(void)ctx;
	aur_remark("%s: %s", file, msg);
}

void aur_pass_refused(void *ctx, const char *file, uint32_t line, aur_str id, const char *reason)
{
	(void)ctx;
	aur_say_refused(file, line, id, reason);
}

void aur_pass_session(void *ctx, const char *file, aur_str id, aur_str key, aur_str value)
{
	(void)ctx, (void)file, (void)id, (void)key, (void)value;
}

void aur_pass_property(void *ctx, const char *file, aur_str key, aur_str value)
{
	(void)ctx, (void)file, (void)key, (void)value;
}

/* Names of settings, in order and each once. */
struct names {
	aur_str *v;
	uint32_t n, cap;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(((const aur_str *)a)->ptr, ((const aur_str *)b)->ptr);
}

/* What a reader asks for when it is opened with these settings. */
static void asked_by(const aur_component *c, const aur_config *conf, struct names *out)
{
	aur_instance *in;
	if (aur_instance_open(c, conf, aur_services(), NULL, &in, NULL))
		return;
	for (unsigned i = 0; i < in->nasked; i++) {
		aur_str s = {in->asked[i], strlen(in->asked[i])};
		uint32_t k = 0;
		while (k < out->n && strcmp(out->v[k].ptr, s.ptr))
			k++;
		if (k < out->n)
			continue;
		AUR_GROW(out->v, out->n, out->cap);
		out->v[out->n++] = (aur_str){aur_xstrdup(s.ptr), s.len};
	}
	aur_instance_close(in);
}

/* Options that are settings by another name. */
static const char *const options[][2] = {{"text-column", "text"}, {"id-column", "id"}, {"session-column", "session"}, {"date-column", "date"},
					 {"separator", "separator"}, {"encoding", "encoding"}, {"id-prefix", "id-prefix"}};
enum { OPTIONS = sizeof options / sizeof *options };

void aur_reader_left_aside(const aur_config *c, const aur_flow_stats *st)
{
	for (unsigned i = 0; i < OPTIONS; i++) {
		unsigned k = 0;
		while (k < c->by_hand && strcmp(c->keys[k], options[i][1]))
			k++;
		if (st->read && k < c->by_hand && k < 64 && !(st->asked >> k & 1))
			aur_remark(_("--%s is ignored: no reader of these files has such a setting"), options[i][0]);
	}
}

/* A key that no reader asks for is a slip of the pen, and would be found out by nothing else. */
static int known(const aur_args *a, const aur_config *conf)
{
	aur_registry *r = aur_registry_new();
	const aur_component *one = NULL;
	struct names all = {0};
	aur_error e;
	int rc = 0;
	const char *reader = aur_arg(a, "reader");
	if (reader && aur_registry_named(r, AUR_READER, reader, &one, &e)) {
		rc = aur_failed(&e);
	} else if (one) {
		asked_by(one, NULL, &all);
		asked_by(one, conf, &all);
	} else {
		aur_registry_place at = {0};
		aur_registry_scan(r);
		for (const aur_component *any; (any = aur_registry_next(r, AUR_READER, &at));) {
			asked_by(any, NULL, &all);
			asked_by(any, conf, &all);
		}
	}
	if (all.n)
		qsort(all.v, all.n, sizeof *all.v, by_name);
	for (unsigned i = conf->by_hand; i < conf->n && !rc; i++) {
		aur_str key = {conf->keys[i], strlen(conf->keys[i])};
		aur_buf list = {0};
		int there = 0;
		for (uint32_t k = 0; k < all.n; k++) {
			there |= !strcmp(all.v[k].ptr, key.ptr);
			aur_buf_printf(&list, "%s%s", k ? ", " : "", all.v[k].ptr);
		}
		uint32_t near = aur_query_nearest(key, all.v, all.n);
		const char *whose = one ? one->id : _("any reader");
		if (!there && near != AUR_NONE)
			rc = aur_usage(a, _("« %s » is not a setting of %s: did you mean « %s »? The settings are: %s"), key.ptr, whose, all.v[near].ptr,
				       aur_buf_cstr(&list));
		else if (!there)
			rc = aur_usage(a, _("« %s » is not a setting of %s; the settings are: %s"), key.ptr, whose, all.n ? aur_buf_cstr(&list) : "-");
		aur_buf_free(&list);
	}
	for (uint32_t i = 0; i < all.n; i++)
		free((char *)(uintptr_t)all.v[i].ptr);
	free(all.v);
	aur_registry_free(r);
	return rc;
}

int aur_reader_config(const aur_args *a, aur_config *c)
{
	const char *v;
	for (unsigned i = 0; i < OPTIONS; i++)
		for (unsigned k = 0; (v = aur_arg_nth(a, options[i][0], k)); k++)
			aur_config_set(c, options[i][1], v);
	c->by_hand = c->n;
	int rc = aur_arg_settings(a, c);
	for (unsigned i = 0; i < c->n && !rc; i++)
		if (!strcmp(c->keys[i], "id-prefix") && (!*c->values[i] || aur_utf8_valid(c->values[i], strlen(c->values[i])) < strlen(c->values[i])))
			rc = aur_usage(a, _("--id-prefix takes a prefix of ids, such as v2-, in UTF-8"));
	if (!rc && c->by_hand < c->n)
		rc = known(a, c);
	if (rc)
		aur_config_free(c);
	return rc;
}
