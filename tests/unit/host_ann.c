/* SPDX-License-Identifier: Apache-2.0 */
/* See host_ann.h. */
#define _POSIX_C_SOURCE 200809L
#include "host_ann.h"
#include "host_settings.h"
#include "host_text.h"
#include <auricule/ext.h>
#include <check.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LAYERS = 5, ANNOTATORS = 4 };
/* In the order of the default pipeline; `from`: the layer that it reads, -1 = the form. */
static const struct {
	const char *name, *plugin; /* its component is called as the layer */
	int from;
} layers[LAYERS] = {
	{ "lower", "layer-fold", -1 },
	{ "base", "layer-fold", 0 },
	{ "fold", "layer-fold", 1 },
	{ "stem", "layer-stem-snowball", 1 },
	{ "lemma", "layer-lemma-hunspell", 1 },
};

typedef struct form {
	char *text;
	size_t len;
	char *value[LAYERS];
	aur_str layers[LAYERS];
	uint32_t flags;
	uint64_t count;
	uint32_t number[ANNOTATORS];
} form;

typedef struct annotator {
	const aur_component *c;
	void *model, *worker;
} annotator;

/* One of each for all hosts of a process: a dictionary takes a fifth of a second to open, and what they answer hangs on nothing else. */
static ht_plugin tokenizer, opened[LAYERS];
static bool has[LAYERS];

struct ha {
	aur_host host;
	annotator ann[ANNOTATORS];
	uint32_t ann_count;
	char error[1000];
	form *forms;
	size_t form_count, form_cap;
	uint32_t *index; /* form + 1, open addressing */
	size_t index_cap;
	const char *text;
	size_t text_len;
	uint32_t *start, *end, *flags, *form, *number[ANNOTATORS];
	size_t token_count, token_cap;
	ha_hit *hits;
	size_t hit_count, hit_cap;
	uint32_t current; /* annotator that runs */
	struct { size_t start, end; bool lack; } put[16]; /* hits that the test puts, in bytes */
	size_t put_count;
	char unmarked[2000];
	aur_view view;
	char shown[8192];
};

static void *grown(void *p, size_t *cap, size_t need, size_t size)
{
	if (need <= *cap)
		return p;
	*cap = need * 2 + 16;
	p = realloc(p, *cap * size);
	if (p == NULL)
		abort();
	return p;
}

static ha *self(const aur_host *h)
{
	return h->priv;
}

/* ---- forms ---- */

static uint64_t hash_of(const char *s, size_t n)
{
	uint64_t h = 14695981039346656037u;
	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * 1099511628211u;
	return h ^ h >> 29;
}

static void layer_map(int l, aur_str word, const aur_str *values, aur_str *out)
{
	const aur_layer_ops *ops = opened[l].c->ops;
	aur_str in = layers[l].from >= 0 && has[layers[l].from] ? values[layers[l].from] : word;
	*out = (aur_str){ NULL, 0 };
	ck_assert_int_eq(ops->map(&opened[l].host, opened[l].model, opened[l].worker, &in, 1, out), AUR_OK);
}

static uint32_t form_number(ha *a, const char *s, size_t n, uint32_t flags)
{
	if (a->form_count * 2 >= a->index_cap) {
		size_t cap = a->index_cap ? a->index_cap * 2 : 1024;
		free(a->index);
		a->index = calloc(cap, sizeof(*a->index));
		if (a->index == NULL)
			abort();
		a->index_cap = cap;
		for (size_t i = 0; i < a->form_count; i++) {
			size_t j = (size_t)hash_of(a->forms[i].text, a->forms[i].len) & (cap - 1);
			while (a->index[j])
				j = (j + 1) & (cap - 1);
			a->index[j] = (uint32_t)i + 1;
		}
	}
	size_t j = (size_t)hash_of(s, n) & (a->index_cap - 1);
	for (; a->index[j]; j = (j + 1) & (a->index_cap - 1)) {
		form *f = &a->forms[a->index[j] - 1];
		if (f->len == n && memcmp(f->text, s, n) == 0)
			return a->index[j] - 1;
	}
	a->forms = grown(a->forms, &a->form_cap, a->form_count + 1, sizeof(*a->forms));
	form *f = &a->forms[a->form_count];
	memset(f, 0, sizeof(*f));
	f->text = strndup(s, n);
	f->len = n;
	f->flags = flags & AUR_TOK_PUNCT;
	for (int l = 0; l < LAYERS; l++) {
		aur_str v = { NULL, 0 };
		if (has[l])
			layer_map(l, (aur_str){ f->text, n }, f->layers, &v);
		f->value[l] = strndup(v.len ? v.ptr : "", v.len);
		f->layers[l] = (aur_str){ f->value[l], v.len };
	}
	a->index[j] = (uint32_t)++a->form_count;
	aur_form x = { .size = sizeof(x), .layer_count = LAYERS, .form = { f->text, n }, .layers = f->layers, .flags = f->flags };
	for (uint32_t i = 0; i < a->ann_count; i++) {
		const aur_annotator_ops *ops = a->ann[i].c->ops;
		const aur_component *c = a->ann[i].c;
		const aur_ext_forms_v1 *forms = c->query && a->form_count % 2 ? c->query(a->ann[i].model, AUR_EXT_FORMS) : NULL; /* it may be left out */
		f->number[i] = ops->classify ? ops->classify(&a->host, a->ann[i].model, a->ann[i].worker, &x) : 1;
		if (forms != NULL && ops->classify)
			forms->numbered(a->ann[i].model, a->ann[i].worker, (uint32_t)a->form_count - 1);
	}
	return (uint32_t)a->form_count - 1;
}

/* ---- the host ---- */

static aur_status host_fail(const aur_host *h, aur_status code, const char *msg)
{
	snprintf(self(h)->error, sizeof(self(h)->error), "%s", msg);
	return code;
}

static aur_status host_fail_at(const aur_host *h, aur_status code, const char *file, uint32_t line, uint32_t column, const char *msg)
{
	snprintf(self(h)->error, sizeof(self(h)->error), "%s:%u:%u: %s", file, line, column, msg);
	return code;
}

static const void *host_query(const aur_host *h, const char *id)
{
	(void)h, (void)id;
	return NULL;
}

static void host_log(const aur_host *h, aur_level lvl, const char *msg)
{
	(void)h, (void)lvl, (void)msg;
}

static int host_cancelled(const aur_host *h)
{
	(void)h;
	return 0;
}

static const char *host_find_data(const aur_host *h, const char *name)
{
	static char paths[64][600];
	static unsigned turn;
	const char *src = getenv("srcdir");
	char *p = paths[turn++ % 64];
	(void)h;
	static const char *const dirs[] = { "lexicons", "plugins/annotate-negation" };
	for (size_t i = 0; i < 2; i++) {
		snprintf(p, sizeof(paths[0]), "%s/%s/%s", src ? src : ".", dirs[i], name);
		FILE *f = fopen(p, "rb");
		if (f != NULL) {
			fclose(f);
			return p;
		}
	}
	return NULL;
}

static int32_t host_layer_index(const aur_host *h, const char *layer)
{
	(void)h;
	for (int l = 0; l < LAYERS; l++)
		if (has[l] && strcmp(layers[l].name, layer) == 0)
			return l;
	return -1;
}

static aur_status host_layer_value(const aur_host *h, const char *layer, aur_str word, char *buf, size_t size, size_t *len)
{
	aur_str values[LAYERS] = { 0 }, kept[LAYERS];
	char store[LAYERS][600];
	int want = host_layer_index(h, layer);
	*len = 0;
	if (want < 0)
		return AUR_E_UNSUPPORTED;
	for (int l = 0; l <= want; l++) {
		if (!has[l])
			continue;
		layer_map(l, word, kept, &values[l]);
		ck_assert_uint_lt(values[l].len, sizeof(store[l]));
		if (values[l].len > 0)
			memcpy(store[l], values[l].ptr, values[l].len);
		kept[l] = (aur_str){ store[l], values[l].len };
	}
	*len = kept[want].len;
	if (*len > 0 && *len <= size)
		memcpy(buf, store[want], *len);
	return AUR_OK;
}

static void host_form_at(const aur_host *h, const aur_view *v, uint32_t token, aur_form *out)
{
	ha *a = self(h);
	ck_assert_uint_lt(token, v->token_count);
	const form *f = &a->forms[v->form[token]];
	*out = (aur_form){ .size = sizeof(*out), .layer_count = LAYERS, .form = { f->text, f->len }, .layers = f->layers, .flags = f->flags };
}

static aur_status host_hit(const aur_host *h, aur_hit_sink *o, const aur_hit *hit)
{
	ha *a = self(h);
	(void)o;
	ck_assert_uint_le(hit->first_token, hit->last_token);
	ck_assert_uint_lt(hit->last_token, a->token_count);
	const aur_annotator_ops *ops = a->ann[a->current].c->ops;
	ck_assert_uint_lt(hit->label, ops->label_count(a->ann[a->current].model));
	a->hits = grown(a->hits, &a->hit_cap, a->hit_count + 1, sizeof(*a->hits));
	a->hits[a->hit_count++] = (ha_hit){ *hit, a->current, hit->flags & AUR_HIT_FIXED_POLARITY };
	return AUR_OK;
}

static aur_status host_hit_at(const aur_host *h, const aur_view *v, uint32_t i, aur_hit *out)
{
	ck_assert_uint_lt(i, v->hit_count);
	*out = self(h)->hits[i].hit;
	return AUR_OK;
}

static aur_status host_hit_label(const aur_host *h, const aur_view *v, uint32_t i, aur_label *out)
{
	static const char themes[] = "abcdefghijklmnop";
	ck_assert_uint_lt(i, v->hit_count);
	if (self(h)->hits[i].annotator == self(h)->current) { /* put by ha_run_marked: each has a theme of its own */
		ck_assert_uint_lt(i, sizeof(themes) - 1);
		*out = (aur_label){ .size = sizeof(*out), .theme = { themes + i, 1 } };
		return AUR_OK;
	}
	ha_label(self(h), &self(h)->hits[i], out);
	return AUR_OK;
}

static aur_status host_set_polarity(const aur_host *h, const aur_view *v, uint32_t i, aur_polarity p, uint32_t cue_first,
                                    uint32_t cue_last, uint32_t scope_first, uint32_t scope_last)
{
	ha *a = self(h);
	ck_assert_uint_lt(i, v->hit_count);
	if (a->hits[i].fixed)
		return AUR_E_UNSUPPORTED;
	ck_assert_uint_le(cue_first, cue_last);
	ck_assert(cue_last < v->token_count || cue_first == AUR_NO_TOKEN);
	ck_assert_uint_le(scope_first, scope_last);
	ck_assert(scope_last < v->token_count || scope_first == AUR_NO_TOKEN);
	aur_hit *x = &a->hits[i].hit;
	x->polarity = p;
	x->cue_first = cue_first;
	x->cue_last = cue_last;
	x->scope_first = scope_first;
	x->scope_last = scope_last;
	return AUR_OK;
}

/* ---- what tests call ---- */

bool ha_built(const char *plugin)
{
	char path[600];
	snprintf(path, sizeof(path), "plugins/%s/.libs/%s.so", plugin, plugin);
	FILE *f = fopen(path, "rb");
	if (f != NULL)
		fclose(f);
	return f != NULL;
}

ha *ha_new(void)
{
	ha *a = calloc(1, sizeof(*a));
	if (a == NULL)
		abort();
	if (!tokenizer.c) {
		ck_assert_int_eq(ht_open(&tokenizer, "tokenizer-fr", "tokenizer-fr", NULL), AUR_OK);
		for (int l = 0; l < LAYERS; l++) /* some may be left out at configure */
			has[l] = ha_built(layers[l].plugin) && ht_open(&opened[l], layers[l].plugin, layers[l].name, NULL) == AUR_OK;
	}
	a->host = (aur_host){ .size = sizeof(a->host), .abi_minor = AUR_ABI_MINOR, .priv = a, .query = host_query, .log = host_log,
		              .fail = host_fail, .fail_at = host_fail_at, .cancelled = host_cancelled, .conf_str = host_conf_str,
		              .conf_int = host_conf_int, .conf_nth = host_conf_nth, .find_data = host_find_data,
		              .layer_index = host_layer_index, .form_at = host_form_at, .hit = host_hit, .hit_at = host_hit_at,
		              .hit_label = host_hit_label, .set_polarity = host_set_polarity, .layer_value = host_layer_value };
	return a;
}

void ha_free(ha *a)
{
	for (uint32_t i = 0; i < a->ann_count; i++) {
		if (a->ann[i].c->worker_free)
			a->ann[i].c->worker_free(a->ann[i].worker);
		if (a->ann[i].c->close)
			a->ann[i].c->close(a->ann[i].model);
	}
	for (int i = 0; i < ANNOTATORS; i++)
		free(a->number[i]);
	for (size_t i = 0; i < a->form_count; i++) {
		free(a->forms[i].text);
		for (int l = 0; l < LAYERS; l++)
			free(a->forms[i].value[l]);
	}
	free(a->forms);
	free(a->index);
	free(a->start);
	free(a->end);
	free(a->flags);
	free(a->form);
	free(a->hits);
	free(a);
}

aur_status ha_add(ha *a, const char *plugin, const char *component, const char *const *settings)
{
	char path[600];
	aur_plugin_fn fn;
	annotator *x = &a->ann[a->ann_count];
	*x = (annotator){ 0 };
	snprintf(path, sizeof(path), "plugins/%s/.libs/%s.so", plugin, plugin);
	void *dl = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	ck_assert_msg(dl != NULL, "%s", dl ? "" : dlerror());
	*(void **)(void *)&fn = dlsym(dl, "aur_plugin_v1");
	ck_assert_msg(fn != NULL, "%s has no aur_plugin_v1", path);
	const aur_plugin *p = fn();
	for (uint32_t i = 0; i < p->component_count; i++)
		if (strcmp(p->components[i]->id, component) == 0)
			x->c = p->components[i];
	ck_assert_msg(x->c != NULL, "%s has no component %s", path, component);
	ck_assert_uint_lt(a->ann_count, ANNOTATORS);
	ck_assert_uint_eq(a->form_count, 0);
	a->error[0] = 0;
	aur_status st = x->c->open ? x->c->open(&a->host, (const aur_config *)(const void *)settings, &x->model) : AUR_OK;
	if (st < 0)
		return st;
	if (x->c->worker_new)
		ck_assert_int_eq(x->c->worker_new(&a->host, x->model, &x->worker), AUR_OK);
	a->ann_count++;
	return AUR_OK;
}

const char *ha_error(const ha *a)
{
	return a->error;
}

static void view_of(ha *a, uint32_t i)
{
	a->view = (aur_view){ .size = sizeof(a->view), .token_count = (uint32_t)a->token_count, .text = { a->text, a->text_len },
		              .start = a->start, .end = a->end, .flags = a->flags, .form = a->form, .number = a->number[i],
		              .hit_count = (uint32_t)a->hit_count, .id = { "t", 1 } };
}

/* The hits of ha_run_marked, as tokens. */
static void put_hits(ha *a)
{
	for (size_t k = 0; k < a->put_count; k++) {
		aur_hit hit = { .size = sizeof(hit), .first_token = AUR_NO_TOKEN, .flags = AUR_HIT_LOOSE | (a->put[k].lack ? AUR_HIT_LACK_COUNTS : 0u), .weight = 1,
			        .cue_first = AUR_NO_TOKEN, .cue_last = AUR_NO_TOKEN, .scope_first = AUR_NO_TOKEN, .scope_last = AUR_NO_TOKEN };
		for (uint32_t i = 0; i < a->token_count; i++) {
			if (a->end[i] <= a->put[k].start || a->start[i] >= a->put[k].end)
				continue;
			if (hit.first_token == AUR_NO_TOKEN)
				hit.first_token = i;
			hit.last_token = i;
		}
		ck_assert_msg(hit.first_token != AUR_NO_TOKEN, "a mark without a word: %s", a->text);
		a->hits = grown(a->hits, &a->hit_cap, a->hit_count + 1, sizeof(*a->hits));
		a->hits[a->hit_count++] = (ha_hit){ hit, 0, false };
	}
	a->put_count = 0;
}

aur_status ha_run_marked(ha *a, const char *marked, char *signs, size_t size)
{
	size_t n = 0, count = 0;
	for (const char *p = marked; *p != 0; p++) {
		ck_assert_uint_lt(n + 1, sizeof(a->unmarked));
		if (*p == '[' || *p == '{') {
			ck_assert_uint_lt(count + 1, size);
			ck_assert_uint_lt(count, sizeof(a->put) / sizeof(a->put[0]));
			ck_assert_msg(strchr("+-?", p[1]) != NULL && p[1] != 0, "a bracket without + - ?: %s", marked);
			a->put[count].start = n;
			a->put[count].end = n;
			a->put[count].lack = *p == '{';
			signs[count++] = *++p;
		} else if (*p == ']' || *p == '}') {
			ck_assert_msg(count > 0, "a bracket that closes nothing: %s", marked);
			a->put[count - 1].end = n;
		} else {
			a->unmarked[n++] = *p;
		}
	}
	a->unmarked[n] = 0;
	signs[count] = 0;
	a->put_count = count;
	return ha_run(a, a->unmarked, n);
}

aur_status ha_run(ha *a, const char *text, size_t len)
{
	a->text = text;
	a->text_len = len;
	a->hit_count = a->token_count = 0;
	aur_status st = ht_tokenize(&tokenizer, text, len);
	if (st < 0)
		return st;
	size_t n = tokenizer.count, had = a->token_cap;
	if (n != had || had == 0) { /* not one more, so that the sanitizers see who looks behind the last */
		a->token_cap = n > 0 ? n : 1;
		uint32_t **all[] = { &a->start, &a->end, &a->flags, &a->form, &a->number[0], &a->number[1], &a->number[2], &a->number[3] };
		for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
			*all[i] = realloc(*all[i], a->token_cap * sizeof(uint32_t));
			if (*all[i] == NULL)
				abort();
		}
	}
	a->token_count = n;
	for (size_t i = 0; i < n; i++) {
		const ht_token *t = &tokenizer.tokens[i];
		uint32_t f = form_number(a, t->form, t->form_len, t->flags);
		a->forms[f].count++;
		a->start[i] = t->start;
		a->end[i] = t->end;
		a->flags[i] = t->flags;
		a->form[i] = f;
		for (uint32_t k = 0; k < a->ann_count; k++)
			a->number[k][i] = a->forms[f].number[k];
	}
	put_hits(a);
	for (uint32_t i = 0; i < a->ann_count; i++) {
		const aur_annotator_ops *ops = a->ann[i].c->ops;
		bool any = false;
		for (size_t k = 0; k < n; k++)
			any |= a->number[i][k] != 0;
		if (!any || ((ops->flags & AUR_ANN_ON_HITS) && a->hit_count == 0))
			continue;
		a->current = i;
		view_of(a, i);
		if ((st = ops->annotate(&a->host, a->ann[i].model, a->ann[i].worker, &a->view, NULL)) < 0)
			return st;
	}
	return AUR_OK;
}

uint32_t ha_count(const ha *a)
{
	return (uint32_t)a->hit_count;
}

const ha_hit *ha_hits(const ha *a)
{
	return a->hits;
}

void ha_label(const ha *a, const ha_hit *h, aur_label *out)
{
	const annotator *x = &a->ann[h->annotator];
	const aur_annotator_ops *ops = x->c->ops;
	*out = (aur_label){ .size = sizeof(*out) };
	ck_assert_int_eq(ops->label(x->model, h->hit.label, out), AUR_OK);
}

const char *ha_text(const ha *a, uint32_t first, uint32_t last)
{
	static char buf[4][2000];
	static unsigned turn;
	char *b = buf[turn++ % 4];
	*b = 0;
	if (first == AUR_NO_TOKEN)
		return b;
	size_t n = a->end[last] - a->start[first];
	if (n >= sizeof(buf[0]))
		n = sizeof(buf[0]) - 1;
	memcpy(b, a->text + a->start[first], n);
	b[n] = 0;
	return b;
}

const char *ha_show(ha *a, const char *text)
{
	size_t k = 0;
	ck_assert_msg(ha_run(a, text, strlen(text)) == AUR_OK, "%s: %s", text, a->error);
	a->shown[0] = 0;
	for (size_t i = 0; i < a->hit_count && k < sizeof(a->shown) - 300; i++) {
		aur_label l;
		const aur_hit *h = &a->hits[i].hit;
		ha_label(a, &a->hits[i], &l);
		k += (size_t)snprintf(a->shown + k, sizeof(a->shown) - k, "%s%.*s:%.200s:%c", i ? " " : "", (int)l.theme.len, l.theme.ptr,
		                      ha_text(a, h->first_token, h->last_token), "+-?"[h->polarity]);
	}
	return a->shown;
}

const aur_host *ha_host(ha *a)
{
	return &a->host;
}

void *ha_model(const ha *a, uint32_t i)
{
	return a->ann[i].model;
}

void *ha_worker(const ha *a, uint32_t i)
{
	return a->ann[i].worker;
}

const aur_component *ha_component(const ha *a, uint32_t i)
{
	return a->ann[i].c;
}

const aur_view *ha_view(ha *a, uint32_t i)
{
	view_of(a, i);
	return &a->view;
}

bool ha_form(const ha *a, uint32_t i, aur_form *out, uint64_t *count)
{
	if (i >= a->form_count)
		return false;
	const form *f = &a->forms[i];
	*out = (aur_form){ .size = sizeof(*out), .layer_count = LAYERS, .form = { f->text, f->len }, .layers = f->layers, .flags = f->flags };
	*count = f->count;
	return true;
}

uint32_t ha_tokenize(ha *a, aur_str text, aur_str *forms, uint32_t max)
{
	static ht_plugin t;
	static bool open;
	if (!open) {
		ck_assert_int_eq(ht_open(&t, "tokenizer-fr", "tokenizer-fr", NULL), AUR_OK);
		open = true;
	}
	(void)a;
	ck_assert_int_eq(ht_tokenize(&t, text.ptr, text.len), AUR_OK);
	uint32_t n = 0;
	for (; n < t.count && n < max; n++)
		forms[n] = (aur_str){ t.tokens[n].form, t.tokens[n].form_len };
	return n;
}
