/* SPDX-License-Identifier: Apache-2.0 */
/* lexicon export: our lexicons as the word lists of other programs.  The lexicon plugin writes its entries out in plain words; what no
 * plain word can say is listed, by entry. */
#include "config.h"
#include <stdlib.h>
#include <sys/stat.h>
#include "auricule/ext.h"
#include "base/utf8.h"
#include "cli/cmd_lexicon.h"
#include "cli/outfile.h"
#include "lexicon/dict.h"
#include "lexicon/set.h"
#include "lexicon/walk.h"
#include "pipeline/readings.h"

/* Why an entry does not go all the way. */
static const struct {
	aur_beyond bit;
	const char *code, *why;
} reasons[] = {
	{AUR_BEYOND_EXCLUSION, "exclusion", N_("exclusions are not converted: what this one takes away here is found there")},
	{AUR_BEYOND_CONTEXT, "context", N_("words around it that exclude it, or that its sentence must contain")},
	{AUR_BEYOND_WEIGHT, "weight", N_("it counts only together with others")},
	{AUR_BEYOND_POLARITY, "polarity", N_("it always counts as denied, or as a condition")},
	{AUR_BEYOND_FAR, "gap", N_("any number of words in between")},
	{AUR_BEYOND_ANY_WORD, "gap", N_("words in between")},
	{AUR_BEYOND_LAYER, "layer", N_("words compared by their stem or their lemma")},
	{AUR_BEYOND_CASE, "case", N_("capitals that matter")},
	{AUR_BEYOND_ACCENTS, "accents", N_("accents that matter")},
	{AUR_BEYOND_SPELLING, "spelling", N_("close spellings")},
	{AUR_BEYOND_NUMBER, "number", N_("any number")},
	{AUR_BEYOND_STAR, "star", N_("a star that is not at the end of a word")},
	{AUR_BEYOND_SIGN, "sign", N_("a sign that means something else there")},
};

struct job {
	aur_dict dict;
	aur_dict_format f;
	const char **theme; /* what is asked for; none: all */
	uint8_t *seen;      /* by theme asked for */
	unsigned nthemes;
	aur_entries_ask ask;
	aur_table *lost;
	FILE *list; /* where that goes: a file that is written when all is known */
	char *listed;
	size_t nlisted;
	int misused;
	uint64_t entries, whole, part, out, written;
};

static int is_in(const char *code, size_t n, const char *theme)
{
	size_t k = strlen(theme);
	return n >= k && !memcmp(code, theme, k) && (n == k || code[k] == '.');
}

/* Is the theme asked for, or one of the lexicon's name? */
static int is_wanted(struct job *j, const char *code, size_t n, const char *lexicon, size_t k)
{
	int r = !j->nthemes;
	for (unsigned i = 0; i < j->nthemes; i++)
		if (is_in(code, n, j->theme[i]) || (strlen(j->theme[i]) == k && !memcmp(j->theme[i], lexicon, k)))
			r = j->seen[i] = 1;
	return r;
}

static void name_theme(void *ctx, const char *lexicon, const char *code, const char *title, const char *definition)
{
	struct job *j = ctx;
	if (!is_wanted(j, code, strlen(code), lexicon, strlen(lexicon)))
		return;
	uint32_t t = aur_dict_at(&j->dict, code, strlen(code));
	if (t == AUR_NONE || j->dict.t[t].title)
		return;
	j->dict.t[t].title = aur_xstrdup(title);
	j->dict.t[t].definition = *definition ? aur_xstrdup(definition) : NULL;
}

static const char *file_of(const char *file)
{
	return file && !strncmp(file, "./", 2) ? file + 2 : file ? file : ""; /* lexicon/set.c put it there */
}

/* A line of the list of what is lost; why: codes, and the same in words. */
static void row(struct job *j, const aur_entry *e, const char *codes, const char *why)
{
	if (!j->lost)
		return;
	aur_cell_str(j->lost, file_of(e->file));
	aur_cell_int(j->lost, e->line);
	aur_cell_int(j->lost, e->column);
	aur_cell(j->lost, e->theme.ptr, e->theme.len);
	aur_cell(j->lost, e->text.ptr, e->text.len);
	aur_cell_str(j->lost, e->expression_count ? "in-part" : "left-out");
	aur_cell_str(j->lost, codes);
	aur_cell_int(j->lost, e->expression_count);
	aur_cell_str(j->lost, why);
}

/* Says what of an entry is lost, and why. */
static void tell(struct job *j, const aur_entry *e, int cut)
{
	aur_buf codes = {0}, why = {0};
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
		if (!(e->lost & reasons[i].bit))
			continue;
		if (!strstr(aur_buf_cstr(&codes), reasons[i].code)) /* two of them are gaps */
			aur_buf_printf(&codes, "%s%s", codes.n ? " " : "", reasons[i].code);
		aur_buf_printf(&why, "%s%s", why.n ? "; " : "", _(reasons[i].why));
	}
	if (cut) {
		aur_buf_printf(&codes, "%scut", codes.n ? " " : "");
		aur_buf_str(&why, why.n ? "; " : "");
		if (e->all == UINT64_MAX)
			aur_buf_printf(&why, _("only the first %u expressions, of too many to be counted"), e->expression_count);
		else
			aur_buf_printf(&why, _("only the first %u expressions of %llu"), e->expression_count, (unsigned long long)e->all);
	}
	aur_remark(e->expression_count ? _("%s:%u: « %.*s » in part: %s") : _("%s:%u: « %.*s » is left out: %s"), file_of(e->file), e->line,
		(int)aur_utf8_valid(e->text.ptr, e->text.len > 200 ? 200 : e->text.len), e->text.ptr, aur_buf_cstr(&why));
	row(j, e, aur_buf_cstr(&codes), (char *)why.p);
	aur_buf_free(&codes);
	aur_buf_free(&why);
}

static void entry(void *to, const aur_entry *e)
{
	struct job *j = to;
	if (!is_wanted(j, e->theme.ptr, e->theme.len, e->lexicon.ptr, e->lexicon.len))
		return;
	int cut = e->all > e->expression_count && e->expression_count >= j->ask.most;
	j->entries++;
	if (j->f == DICT_QDC) { /* it holds no words: one sentence at the end is enough */
		j->out++;
		row(j, e, "codebook", _("a codebook names codes, not words"));
		return;
	}
	j->whole += !e->lost && !cut;
	j->out += !e->expression_count;
	j->part += e->expression_count && (e->lost || cut);
	if (e->lost || cut)
		tell(j, e, cut);
	uint32_t t = aur_dict_at(&j->dict, e->theme.ptr, e->theme.len);
	for (uint32_t i = 0; i < e->expression_count && t != AUR_NONE; i++) {
		const aur_str x = e->expressions[i];
		aur_buf b = {0};
		for (size_t k = 0; k < x.len; k++) /* no format that is written has a sign that protects another */
			if (x.ptr[k] != '\\' || ++k < x.len)
				aur_buf_byte(&b, (unsigned char)x.ptr[k]);
		aur_dict_add(&j->dict, t, aur_buf_cstr(&b), b.n, e->line);
		aur_buf_free(&b);
	}
}

/* A theme that was asked for and has no entries is perhaps one that an annotator in C finds. */
static aur_code not_there(const aur_chain *chain, const char *theme, aur_error *err)
{
	aur_label l;
	for (unsigned k = 0; k < chain->nann; k++)
		for (uint32_t i = 0; aur_walk_label(chain, k, i, &l); i++)
			if (is_in(l.theme.ptr, l.theme.len, theme))
				return aur_fail(err, AURE_NOTFOUND, _("the theme « %s » is found by the code of %s: it has no entries to export"),
						theme, chain->ann[k].in->c->id);
	return aur_fail(err, AURE_NOTFOUND, _("there is no theme « %s » in these lexicons; auricule lexicon coverage lists those of a corpus"), theme);
}

/* Every theme, and every entry, of the lexicons. */
static aur_code gather(struct job *j, const aur_paths *files, aur_chain *chain, aur_error *err)
{
	aur_code c = AURE_OK;
	unsigned asked = 0;
	for (unsigned i = 0; i < files->n; i++)
		aur_themes_of(files->path[i], name_theme, j);
	for (unsigned k = 0; k < chain->nann && !c; k++) {
		aur_instance *in = chain->ann[k].in;
		const aur_ext_entries_v1 *x = in->c->query ? in->c->query(in->model, AUR_EXT_ENTRIES) : NULL;
		if (!x)
			continue;
		asked++;
		aur_instance_clear();
		aur_status st = x->entries(&in->host, in->model, &j->ask, entry, j);
		if (st < 0)
			c = aur_instance_error(in, st, "entries", err);
	}
	if (!c && !asked)
		c = aur_fail(err, AURE_CONFIG, _("no annotator of the pipeline can write its entries out (%s)"), AUR_EXT_ENTRIES);
	for (unsigned i = 0; i < j->nthemes && !c; i++)
		if (!j->seen[i])
			c = not_there(chain, j->theme[i], err);
	return c;
}

/* The lexicons that are meant: files, or those of the pipeline. */
static aur_code open_lexicons(struct job *j, aur_args *a, aur_paths *files, aur_chain **chain, aur_error *err)
{
	const char *path = aur_arg(a, "pipeline"), *xml = NULL;
	aur_snapshot *s = NULL;
	char *pipeline = NULL, *text = NULL;
	struct stat st;
	aur_code c = AURE_OK;
	j->theme = aur_xcalloc((size_t)a->narg + 1, sizeof *j->theme);
	j->seen = aur_xcalloc((size_t)a->narg + 1, 1);
	if (aur_arg(a, "corpus") && !(c = aur_open_corpus(a, &s, err)))
		xml = path ? NULL : aur_snapshot_meta(s, "pipeline");
	for (int i = 0; i < a->narg && !c; i++) {
		size_t n = strlen(a->arg[i]);
		if (strchr(a->arg[i], '/') || (n > 4 && !strcmp(a->arg[i] + n - 4, ".xml")) || !stat(a->arg[i], &st))
			c = aur_paths_add(files, a->arg[i], pipeline || path ? NULL : &pipeline, err);
		else
			j->theme[j->nthemes++] = a->arg[i];
	}
	if (!c && files->n)
		c = aur_lexicon_pipeline(pipeline ? pipeline : path, pipeline ? NULL : xml, files, &text, err);
	if (!c && text)
		c = aur_chain_open(NULL, text, AUR_CHAIN_ALL, chain, err);
	else if (!c)
		c = aur_chain_kept(pipeline ? pipeline : path, xml, AUR_CHAIN_ALL, chain, err);
	if (!c && !files->n) {
		free(text);
		text = NULL;
		c = aur_lexicon_files((*chain)->xml, files, &text, err);
	}
	free(pipeline);
	free(text);
	if (s)
		aur_snapshot_close(s);
	return c;
}

/* Only now that it is known what is read: nothing of it is written over. */
static aur_code open_lost(struct job *j, aur_args *a, const aur_paths *files, aur_error *err)
{
	static const char *const names[] = {"file", "line", "column", "theme", "entry", "level", "why", "expressions", "message"};
	const char *lost = aur_arg(a, "lost");
	for (unsigned i = 0; i < files->n && !j->misused; i++)
		if (!(j->misused = aur_not_input(a, "output", files->path[i])))
			j->misused = aur_not_input(a, "lost", files->path[i]);
	if (j->misused)
		return AURE_USAGE;
	if (!lost)
		return AURE_OK;
	j->list = open_memstream(&j->listed, &j->nlisted);
	if (!j->list)
		return aur_fail(err, AURE_NOMEM, _("no memory left"));
	j->lost = aur_table_new_in(j->list, aur_arg(a, "format") ? aur_arg_format(a) : FMT_CSV, names, NULL, 9);
	return AURE_OK;
}

static aur_code run(struct job *j, aur_args *a, aur_error *err)
{
	const char *to = aur_arg(a, "output");
	aur_paths files = {0};
	aur_chain *chain = NULL;
	aur_buf out = {0};
	int any = 0;
	aur_code c = open_lexicons(j, a, &files, &chain, err);
	if (!c)
		c = open_lost(j, a, &files, err);
	if (!c)
		c = gather(j, &files, chain, err);
	aur_dict_unique(&j->dict);
	for (uint32_t t = 0; t < j->dict.n; t++)
		any |= j->f == DICT_QDC || j->dict.t[t].n;
	if (!c && !any)
		c = aur_fail(err, AURE_DATA, _("nothing in these lexicons can be converted"));
	if (!c)
		c = aur_dict_write(&j->dict, j->f, &out, &j->written, err);
	if (!c && to)
		c = aur_write_file(to, &out, err);
	else if (!c)
		fwrite(out.p, 1, out.n, stdout);
	aur_buf_free(&out);
	aur_chain_free(chain);
	aur_paths_free(&files);
	return c;
}

static void summary(const struct job *j)
{
	if (j->f == DICT_QDC) {
		aur_remark(_("%u themes; a codebook names codes, not words: %llu entries stay here"), j->dict.n, (unsigned long long)j->out);
		return;
	}
	aur_remark(_("entries converted: %llu, in part: %llu, left out: %llu; expressions: %llu"), (unsigned long long)j->whole, (unsigned long long)j->part,
		(unsigned long long)j->out, (unsigned long long)j->written);
	if (j->f != DICT_CSV)
		aur_remark(_("in that format words are compared with their accents, and nothing is denied or conditional: doc/lexicon.md says what that changes"));
}

int aur_lexicon_export(aur_args *a)
{
	struct job j = {0};
	aur_error e = {0};
	const char *to = aur_arg(a, "to");
	for (int k = DICT_LIWC; to && k <= DICT_CSV; k++)
		if (!strcmp(to, aur_dict_format_names[k]))
			j.f = (aur_dict_format)k;
	if (j.f == DICT_UNKNOWN)
		return to ? aur_usage(a, _("--to takes liwc, quanteda, qdc or csv, not « %s »"), to)
			  : aur_usage(a, _("name the format to export to: --to liwc, quanteda, qdc or csv"));
	j.ask = (aur_entries_ask){.size = sizeof j.ask, .can = aur_dict_can(j.f), .most = (uint32_t)aur_arg_int(a, "limit", 1000, 1, 1000000)};
	j.dict.file = "";
	aur_code c = run(&j, a, &e);
	if (j.lost)
		aur_table_free(j.lost);
	if (j.list && fclose(j.list) && !c)
		c = aur_fail(&e, AURE_NOMEM, _("no memory left"));
	if (j.list && !c)
		c = aur_write_file(aur_arg(a, "lost"), &(aur_buf){.p = (uint8_t *)j.listed, .n = j.nlisted}, &e);
	free(j.listed);
	if (!c)
		summary(&j);
	aur_dict_free(&j.dict);
	free(j.theme);
	free(j.seen);
	return j.misused ? j.misused : c ? aur_failed(&e) : EXIT_DONE;
}
