/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "auricule/ext.h"
#include "base/intl.h"
#include "pipeline/export.h"
#include "pipeline/serves.h"

struct aur_out {
	FILE *to;
	const char *path;
};

struct aur_exporting {
	aur_snapshot *s;
	aur_instance *in;
	const aur_exporter_ops *ops;
	aur_out out;
	aur_doc doc;
	aur_buf hits, flags;
	aur_buf fields; /* pairs of a field and its value, uint32_t, that the contribution has */
	aur_buf used;   /* fields that any contribution has, uint32_t */
};

static aur_exporting *of(const aur_host *h)
{
	return aur_host_instance(h)->owner;
}

/* ---- services: a contribution --------------------------------------------------------------- */

static aur_status s_write(const aur_host *h, aur_out *o, aur_str bytes)
{
	if (aur_host_cancel)
		return AUR_E_CANCELLED;
	if (!bytes.len || fwrite(bytes.ptr, 1, bytes.len, o->to) == bytes.len)
		return AUR_OK;
	aur_buf b = {0};
	aur_buf_printf(&b, _("this file cannot be written: %s"), strerror(errno));
	aur_status st = h->fail_at(h, AUR_E_IO, o->path, 0, 0, aur_buf_cstr(&b));
	aur_buf_free(&b);
	return st;
}

static int s_field_at(const aur_host *h, const aur_view *v, uint32_t n, aur_str *name, aur_str *value)
{
	const aur_exporting *x = of(h);
	const uint32_t *pair = (const uint32_t *)(const void *)x->fields.p + 2 * (size_t)n;
	(void)v;
	if (n >= x->fields.n / (2 * sizeof *pair))
		return 0;
	*name = aur_snapshot_field_name(x->s, pair[0]);
	*value = aur_snapshot_value_text(x->s, pair[0], pair[1]);
	return 1;
}

static int32_t s_layer_index(const aur_host *h, const char *layer)
{
	return aur_snapshot_layer(of(h)->s, layer, strlen(layer));
}

static void s_form_at(const aur_host *h, const aur_view *v, uint32_t token, aur_form *out)
{
	*out = (aur_form){.size = sizeof *out};
	if (token < v->token_count)
		aur_snapshot_form_view(of(h)->s, v->form[token], out);
}

static const aur_hit_rec *hit(const aur_exporting *x, uint32_t i)
{
	return i < x->hits.n / sizeof(aur_hit_rec) ? (const aur_hit_rec *)(const void *)x->hits.p + i : NULL;
}

static aur_status s_hit_at(const aur_host *h, const aur_view *v, uint32_t i, aur_hit *out)
{
	const aur_hit_rec *r = hit(of(h), i);
	(void)v;
	if (!r)
		return AUR_E_UNSUPPORTED;
	*out = aur_hit_of(r);
	return AUR_OK;
}

static aur_status s_hit_label(const aur_host *h, const aur_view *v, uint32_t i, aur_label *out)
{
	aur_exporting *x = of(h);
	const aur_hit_rec *r = hit(x, i);
	(void)v;
	return r && aur_snapshot_label(x->s, r->label, out) ? AUR_OK : AUR_E_UNSUPPORTED;
}

static aur_status s_set_polarity(const aur_host *h, const aur_view *v, uint32_t i, aur_polarity p, uint32_t cf, uint32_t cl, uint32_t sf, uint32_t sl)
{
	(void)h, (void)v, (void)i, (void)p, (void)cf, (void)cl, (void)sf, (void)sl;
	return AUR_E_UNSUPPORTED; /* an exporter changes nothing */
}

/* ---- services: the corpus ------------------------------------------------------------------- */

static int s_property(const aur_host *h, uint32_t n, aur_str *key, aur_str *value)
{
	return aur_snapshot_property(of(h)->s, n, key, value);
}

static int s_session(const aur_host *h, uint32_t n, aur_str *id)
{
	aur_snapshot *s = of(h)->s;
	if (n >= aur_snapshot_session_count(s))
		return 0;
	*id = aur_snapshot_session_id(s, n);
	return 1;
}

static int s_session_property(const aur_host *h, uint32_t session, uint32_t n, aur_str *key, aur_str *value)
{
	aur_snapshot *s = of(h)->s;
	return session < aur_snapshot_session_count(s) && aur_snapshot_session_prop(s, session, n, key, value);
}

static int s_field(const aur_host *h, uint32_t n, aur_str *name)
{
	const aur_exporting *x = of(h);
	if (n >= x->used.n / sizeof(uint32_t))
		return 0;
	*name = aur_snapshot_field_name(x->s, ((const uint32_t *)(const void *)x->used.p)[n]);
	return 1;
}

static const void *s_query(const aur_host *h, const char *ext)
{
	static const aur_ext_corpus_v1 corpus = {.size = sizeof corpus, .property = s_property, .session = s_session, .session_property = s_session_property,
						 .field = s_field};
	(void)h;
	return strcmp(ext, AUR_EXT_CORPUS) ? NULL : &corpus;
}

static const aur_host services = {.query = s_query, .layer_index = s_layer_index, .form_at = s_form_at, .hit_at = s_hit_at, .hit_label = s_hit_label,
				  .set_polarity = s_set_polarity, .write = s_write, .field_at = s_field_at};

/* ---- the run -------------------------------------------------------------------------------- */

static aur_code outcome(const aur_exporting *x, aur_status st, const char *doing, aur_error *err)
{
	if (st >= 0)
		return AURE_OK;
	return aur_host_cancel ? aur_fail(err, AURE_CANCELLED, _("stopped, as asked")) : aur_instance_error(x->in, st, doing, err);
}

/* A setting that the exporter never asked for has no effect, and is most likely misspelt. */
static aur_code unasked(const aur_exporting *x, const aur_config *conf, aur_error *err)
{
	for (unsigned i = 0; conf && i < conf->n; i++)
		if (!aur_instance_asked(x->in, conf->keys[i]))
			return aur_fail(err, AURE_USAGE, _("« %s » is not a setting of %s"), conf->keys[i], x->in->c->id);
	return AURE_OK;
}

aur_code aur_exporting_open(const aur_component *c, const aur_config *conf, aur_snapshot *s, FILE *to, const char *path, aur_exporting **out,
			    aur_error *err)
{
	aur_exporting *x = aur_xcalloc(1, sizeof *x);
	x->s = s;
	x->ops = c->ops;
	x->out = (aur_out){.to = to, .path = path};
	for (uint32_t f = 0, n = aur_snapshot_fields(s); f < n; f++)
		if (aur_snapshot_value_count(s, f)) /* a pipeline may name fields that nobody filled in */
			aur_buf_put(&x->used, &f, sizeof f);
	aur_code rc = aur_instance_open(c, conf, &services, x, &x->in, err);
	if (!rc)
		rc = unasked(x, conf, err);
	if (!rc) {
		aur_instance_clear();
		rc = outcome(x, x->ops->begin(&x->in->host, x->in->model, &x->out), "begin", err);
	}
	if (rc) {
		aur_exporting_close(x);
		return rc;
	}
	*out = x;
	return AURE_OK;
}

aur_code aur_exporting_doc(aur_exporting *x, uint32_t doc, aur_error *err)
{
	aur_doc *d = &x->doc;
	x->hits.n = 0;
	aur_code rc = aur_snapshot_doc(x->s, doc, d, err);
	if (!rc)
		rc = aur_snapshot_hits(x->s, doc, &x->hits, err);
	if (rc)
		return rc;
	x->flags.n = x->fields.n = 0;
	for (uint32_t i = 0; i < d->ntok; i++)
		aur_buf_put(&x->flags, &(uint32_t){d->flags[i]}, sizeof(uint32_t));
	for (uint32_t f = 0, n = aur_snapshot_fields(x->s); f < n; f++) {
		const uint32_t pair[] = {f, aur_snapshot_doc_value(x->s, doc, f)};
		if (pair[1])
			aur_buf_put(&x->fields, pair, sizeof pair);
	}
	const uint32_t *flags = (const uint32_t *)(const void *)x->flags.p;
	const aur_view v = {.size = sizeof v, .token_count = d->ntok, .text = d->text, .start = d->start, .end = d->end, .flags = flags, .form = d->form,
			    .hit_count = (uint32_t)(x->hits.n / sizeof(aur_hit_rec)), .id = d->id, .priv = x};
	aur_instance_clear();
	return outcome(x, x->ops->item(&x->in->host, x->in->model, &v, &x->out), "item", err);
}

aur_code aur_exporting_finish(aur_exporting *x, aur_error *err)
{
	aur_instance_clear();
	return outcome(x, x->ops->finish(&x->in->host, x->in->model, &x->out), "finish", err);
}

void aur_exporting_close(aur_exporting *x)
{
	if (!x)
		return;
	aur_instance_close(x->in);
	aur_doc_free(&x->doc);
	aur_buf_free(&x->hits);
	aur_buf_free(&x->flags);
	aur_buf_free(&x->fields);
	aur_buf_free(&x->used);
	free(x);
}
