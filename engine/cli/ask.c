/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include "cli/ask.h"
#include "cli/bar.h"
#include "text/fold.h"

/* A word of a question is cut and folded as words are today, and looked for among those of the corpus. */
static void asks_today(aur_ask *k)
{
	const char *was = aur_snapshot_meta(k->s, "fingerprints"), *is = k->chain->fingerprints;
	size_t n = aur_chain_words(is);
	if (k->asked++ || !was || (aur_chain_words(was) == n && !memcmp(was, is, n)))
		return;
	aur_remark(_("the tokenizer or the layers differ from those that made %s: a query is cut and folded with those of today, and may find less than there is; ingest all of its files into a new folder"),
		   k->corpus);
}

static aur_code layer_value(void *ctx, const char *layer, aur_str word, aur_buf *out, aur_error *e)
{
	asks_today(ctx);
	return aur_chain_value(((aur_ask *)ctx)->chain, layer, word, out, e);
}

static aur_code tokenize(void *ctx, aur_str text, aur_query_token_fn fn, void *to, aur_error *e)
{
	aur_ask *k = ctx;
	aur_analysis x;
	asks_today(k);
	if (!k->analyst) {
		aur_code c = aur_analyst_new(k->chain, &k->analyst, e);
		if (c)
			return c;
	}
	aur_code c = aur_analyst_reset(k->analyst, e);
	if (!c)
		c = aur_analyst_add(k->analyst, (aur_str){"", 0}, text, e);
	if (c)
		return c;
	aur_analyst_get(k->analyst, 0, &x);
	for (uint32_t i = 0; i < x.ntok; i++) {
		const aur_lform *f = aur_analyst_form(k->analyst, x.lform[i]);
		fn(to, aur_lform_str(f), (f->flags & AUR_TOK_PUNCT) != 0);
	}
	return AURE_OK;
}

/* The n-th character from `at` on, or back where n is negative. */
static size_t moved(const char *s, size_t len, size_t at, int n)
{
	for (; n > 0 && at < len; n--)
		for (at++; at < len && ((unsigned char)s[at] & 0xC0) == 0x80;)
			at++;
	for (; n < 0 && at; n++)
		for (at--; at && ((unsigned char)s[at] & 0xC0) == 0x80;)
			at--;
	return at;
}

/* The question, or so much of it as fits around the column, and a mark under that character, whatever its width. */
static void mark(const char *s, uint32_t column)
{
	size_t len = strlen(s), at = moved(s, len, 0, column < INT32_MAX ? (int)column - 1 : 0);
	size_t from = moved(s, len, at, -60), to = moved(s, len, at, 40);
	const char *before = from ? "… " : "", *after = to < len ? " …" : "";
	aur_buf b = {0};
	aur_buf_str(&b, before);
	for (size_t i = from; i < to; i++) /* one line */
		aur_buf_byte(&b, (unsigned char)s[i] < 32 ? ' ' : (unsigned char)s[i]);
	size_t upto = strlen(before) + (at - from);
	int column_at = (int)aur_text_width((char *)b.p, upto);
	fprintf(stderr, "  %s%s\n  %*s^\n", aur_buf_cstr(&b), after, column_at, "");
	aur_buf_free(&b);
}

int aur_ask_failed(const aur_ask *k, const aur_error *e)
{
	if (e->code == AURE_USAGE && e->column && k->text)
		mark(k->text, e->column);
	return aur_failed(e);
}

static int parse(const aur_args *a, aur_ask *k)
{
	aur_error e = {0};
	const char *note;
	if (aur_query_parse(k->search, k->text, strlen(k->text), &k->q, &e))
		return aur_ask_failed(k, &e);
	for (uint32_t i = 0; (note = aur_query_note(k->q, i)); i++)
		aur_remark("%s", note);
	if (!aur_arg(a, "corpus") && aur_is_corpus(k->text))
		aur_remark(_("« %s » was searched for as a word; the corpus of that name is meant with -d %s"), k->text, aur_typed(k->text));
	return EXIT_DONE;
}

int aur_ask_open(const aur_args *a, const char *query, aur_ask *k)
{
	aur_error e = {0};
	*k = (aur_ask){.text = query, .corpus = aur_arg_corpus(a)};
	if (aur_open_corpus(a, &k->s, &e) || aur_open_chain(k->s, AUR_CHAIN_LAYERS, &k->chain, &e)) {
		aur_ask_close(k);
		return aur_failed(&e);
	}
	/* « stance:garde » as well as « stance:keep »: the pipeline says what means what */
	aur_readings_parse(k->chain->xml, &k->readings);
	const aur_reading *stance = aur_readings_get(&k->readings, "stance");
	uint32_t aliases = 0;
	k->alias = aur_xcalloc(stance ? stance->nmap : 0, sizeof *k->alias);
	for (unsigned i = 0; stance && i < stance->nmap; i++)
		if (aur_value_is_word(stance->map[i].value))
			k->alias[aliases++] = (struct aur_query_alias){"stance", stance->map[i].value, stance->map[i].is};
	aur_stop_at(SIGINT, 1);
	aur_query_env env = {.s = k->s, .layer_value = layer_value, .tokenize = tokenize, .ctx = k, .cancel = &aur_host_cancel,
			     .alias = k->alias, .nalias = aliases};
	k->search = aur_search_new(&env);
	int rc = query ? parse(a, k) : EXIT_DONE;
	if (rc)
		aur_ask_close(k);
	return rc;
}

void aur_ask_close(aur_ask *k)
{
	if (k->q)
		aur_query_free(k->q);
	if (k->search)
		aur_search_free(k->search);
	aur_analyst_free(k->analyst);
	aur_chain_free(k->chain);
	aur_snapshot_close(k->s);
	free(k->alias);
	aur_readings_free(&k->readings);
	*k = (aur_ask){0};
}

aur_code aur_ask_cancelled(aur_error *e)
{
	return aur_host_cancel ? aur_fail(e, AURE_CANCELLED, _("stopped, as asked")) : AURE_OK;
}

void aur_count_say(char out[64], int occurrences, uint64_t n)
{
	unsigned long v = (unsigned long)n;
	if (occurrences)
		snprintf(out, 64, "%s", aur_written(ngettext("%lu occurrence", "%lu occurrences", v), v));
	else
		snprintf(out, 64, "%s", aur_written(ngettext("%lu contribution", "%lu contributions", v), v));
}

int aur_ask_layer(const aur_args *a, const aur_ask *k, int dflt)
{
	const char *name = aur_arg(a, "layer");
	if (!name)
		return dflt;
	if (!strcmp(name, "form") || !strcmp(name, "word"))
		return -1;
	int l = aur_snapshot_layer(k->s, name, strlen(name));
	if (l < 0) {
		aur_error e = {0};
		aur_query_no_layer(k->search, name, &e);
		aur_usage(a, "%s", e.text);
		return -2;
	}
	return l;
}

aur_str aur_field_of(aur_snapshot *s, uint32_t doc, uint32_t field)
{
	return aur_snapshot_value_text(s, field, aur_snapshot_doc_value(s, doc, field));
}

void aur_json_fields(aur_json j, aur_snapshot *s, uint32_t doc)
{
	for (uint32_t f = 0; f < aur_snapshot_fields(s); f++) {
		aur_str v = aur_field_of(s, doc, f), n = aur_snapshot_field_name(s, f);
		if (!v.len)
			continue;
		aur_json_str(j, n.ptr, n.len);
		aur_json_str(j, v.ptr, v.len);
	}
}
