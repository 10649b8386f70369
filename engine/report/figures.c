/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_gen.h>
#include "base/hash.h"
#include "base/intl.h"
#include "report/figures.h"
#include "report/json.h"

uint32_t aur_fig_add(aur_figs *f, const char *id, const char *query, const char *inputs, const char *value, const uint32_t *quotes,
		     uint32_t quote_count)
{
	AUR_GROW(f->fig, f->count, f->cap);
	uint32_t *q = NULL;
	if (quote_count) {
		q = aur_arena_alloc(f->arena, quote_count * sizeof *q);
		memcpy(q, quotes, quote_count * sizeof *q);
	}
	f->fig[f->count] = (aur_fig){aur_arena_dup(f->arena, id, strlen(id)), aur_arena_dup(f->arena, query, strlen(query)),
				     aur_arena_dup(f->arena, inputs, strlen(inputs)), value, q, quote_count};
	return f->count++;
}

static uint32_t *slot(aur_figs *f, uint32_t contribution, uint32_t theme)
{
	uint32_t key[2] = {contribution, theme};
	uint32_t i = (uint32_t)aur_hash64(key, sizeof key, 3) & (f->slots - 1);
	for (; f->slot[i]; i = (i + 1) & (f->slots - 1))
		if (f->pool[f->slot[i] - 1].contribution == contribution && f->pool[f->slot[i] - 1].theme == theme)
			break;
	return &f->slot[i];
}

uint32_t aur_fig_pool(aur_figs *f, const aur_ledger *l, uint32_t contribution, uint32_t theme)
{
	if (f->slots < 2 * (f->pooled + 1)) {
		free(f->slot);
		f->slots = f->slots ? f->slots * 4 : 256;
		f->slot = aur_xcalloc(f->slots, sizeof *f->slot);
		for (uint32_t i = 0; i < f->pooled; i++)
			*slot(f, f->pool[i].contribution, f->pool[i].theme) = i + 1;
	}
	uint32_t *s = slot(f, contribution, theme);
	if (*s)
		return *s - 1;
	uint64_t weight = 120 + (l->in->contributions[contribution].tokens < 60 ? l->in->contributions[contribution].tokens : 60) * 7u;
	if (f->bytes + weight > AUR_POOL_BYTES)
		return AUR_IN_ABSENT;
	f->bytes += weight;
	AUR_GROW(f->pool, f->pooled, f->pool_cap);
	f->pool[f->pooled++] = (aur_pooled){contribution, theme};
	*s = f->pooled;
	return f->pooled - 1;
}

void aur_figs_free(aur_figs *f)
{
	free(f->fig);
	free(f->pool);
	free(f->slot);
}

const char *aur_fig_format(aur_arena *a, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		return "";
	char *s = aur_arena_alloc(a, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(s, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return s;
}

const char *aur_fig_field(aur_arena *a, const char *field, aur_str value)
{
	aur_buf b = {0};
	aur_buf_printf(&b, "%s:\"", field);
	for (size_t i = 0; i < value.len; i++) {
		if (value.ptr[i] == '"' || value.ptr[i] == '\\')
			aur_buf_byte(&b, '\\');
		aur_buf_byte(&b, (unsigned char)value.ptr[i]);
	}
	aur_buf_byte(&b, '"');
	const char *s = aur_arena_dup(a, b.p, b.n);
	aur_buf_free(&b);
	return s;
}

const char *aur_fig_irritant(aur_arena *a, aur_str theme, const char *condition)
{
	int n = (int)theme.len;
	const char *t = theme.ptr;
	return aur_fig_format(a, "((theme:%.*s AND stance:(improve OR getrid)) OR (theme:%.*s@asserted AND -stance:*))%s%s", n, t, n, t,
			      *condition ? " AND " : "", condition);
}

const char *aur_fig_asked(aur_arena *a, const char *condition)
{
	bool all = !strcmp(condition, "*");
	return aur_fig_format(a, "%s%s(stance:(improve OR getrid) OR -stance:*)", all ? "" : condition, all ? "" : " AND ");
}

aur_code aur_figs_proof(const aur_figs *f, const aur_ledger *l, aur_cross *const *cross, uint32_t crosses, const char *page_digest, aur_buf *out, aur_error *e)
{
	yajl_gen g = yajl_gen_alloc(NULL);
	if (!g)
		return aur_fail(e, AURE_NOMEM, _("no memory left"));
	yajl_gen_map_open(g);
	aur_pjson_key(g, "auricule-proof");
	yajl_gen_integer(g, 1);
	aur_pjson_key(g, "options");
	yajl_gen_map_open(g);
	aur_pjson_key(g, "k");
	yajl_gen_integer(g, l->opt.k);
	aur_pjson_key(g, "quotes");
	yajl_gen_integer(g, l->opt.quote_count);
	aur_pjson_key(g, "words");
	yajl_gen_integer(g, l->opt.word_count);
	aur_pjson_key(g, "level");
	yajl_gen_number(g, "0.95", 4);
	for (uint32_t i = 0; i < crosses; i++) {
		if (!i) {
			aur_pjson_key(g, "by");
			yajl_gen_array_open(g);
		}
		aur_pjson_str(g, cross[i]->field);
	}
	if (crosses)
		yajl_gen_array_close(g);
	yajl_gen_map_close(g);
	aur_pjson_key(g, "fingerprints");
	yajl_gen_array_open(g);
	for (uint32_t i = 0; i <= l->in->fingerprint_count; i++) {
		aur_str none = {"", 0}, page = {page_digest, strlen(page_digest)};
		aur_in_fingerprint own = {{"page", 4}, none, none, page};
		const aur_in_fingerprint *p = i < l->in->fingerprint_count ? &l->in->fingerprints[i] : &own;
		yajl_gen_array_open(g);
		aur_pjson_str(g, p->kind);
		aur_pjson_str(g, p->name);
		aur_pjson_str(g, p->version);
		aur_pjson_str(g, p->digest);
		yajl_gen_array_close(g);
	}
	yajl_gen_array_close(g);
	aur_pjson_key(g, "figures");
	yajl_gen_array_open(g);
	for (uint32_t i = 0; i < f->count; i++) {
		const aur_fig *x = &f->fig[i];
		yajl_gen_map_open(g);
		aur_pjson_key(g, "id");
		aur_pjson_text(g, x->id);
		if (*x->query) {
			aur_pjson_key(g, "query");
			aur_pjson_text(g, x->query);
		}
		aur_pjson_key(g, "inputs");
		yajl_gen_number(g, x->inputs, strlen(x->inputs)); /* verbatim JSON */
		aur_pjson_key(g, "value");
		aur_pjson_text(g, x->value);
		if (x->quote_count) {
			aur_pjson_key(g, "quotes");
			yajl_gen_array_open(g);
			for (uint32_t q = 0; q < x->quote_count; q++)
				yajl_gen_integer(g, x->quotes[q]);
			yajl_gen_array_close(g);
		}
		yajl_gen_map_close(g);
	}
	yajl_gen_array_close(g);
	yajl_gen_map_close(g);
	return aur_pjson_end(g, out, e);
}
