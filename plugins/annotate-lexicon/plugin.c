/* SPDX-License-Identifier: Apache-2.0 */
/* plugin.c - annotate-lexicon: finds the themes of the lexicons that the pipeline names.
 *
 * Settings:  lexicon   the name of a lexicon ("sanctions" = sanctions.xml on the search path) or the path of one; as often as needed
 *            drafts    yes: entries with status="draft" find as well (default: no)
 *            faults    keep: what is wrong in a lexicon is left to the lint to tell, and the rest is read (default: open fails) */
#include "forms.h"
#include "hits.h"
#include "workers.h"
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VERSION "1.4.2"

static void model_close(void *model)
{
	lex_model *m = model;
	if (m == NULL)
		return;
	for (size_t i = 0; i < m->slot_count; i++) {
		lex_trie_free(&m->slots[i].heads);
		lex_trie_free(&m->slots[i].tails);
		free(m->slots[i].globs);
	}
	free(m->slots);
	free(m->files);
	free(m->themes);
	free(m->sources);
	free(m->patterns);
	free(m->faults);
	free(m->atoms);
	free(m->classes);
	free(m->nodes);
	free(m->ways);
	free(m->phrases.links);
	lex_table_free(&m->literals);
	lex_table_free(&m->deletions);
	lex_arena_free(&m->arena);
	free(m);
}

/* The file of a lexicon, given as a path, or as a name to find on the search path. */
static const char *find_lexicon(const aur_host *h, const char *name)
{
	char file[300];
	size_t n = strlen(name);
	if (strchr(name, '/') != NULL)
		return name;
	if (n > 4 && strcmp(name + n - 4, ".xml") == 0)
		snprintf(file, sizeof(file), "%.280s", name);
	else
		snprintf(file, sizeof(file), "%.280s.xml", name);
	return h->find_data(h, file);
}

static aur_status model_open(const aur_host *h, const aur_config *c, void **model)
{
	lex_arena tmp = { 0 };
	lex_model *m = calloc(1, sizeof(*m));
	lex_compiler *compiler = m != NULL ? lex_compiler_new(m) : NULL;
	aur_status st = AUR_OK;
	if (compiler == NULL) {
		free(m);
		return lex_no_memory(h);
	}
	m->host = h;
	m->keep_faults = strcmp(h->conf_str(h, c, "faults", "fail"), "keep") == 0;
	m->drafts = strcmp(h->conf_str(h, c, "drafts", "no"), "yes") == 0;
	xmlInitParser();
	for (uint32_t i = 0;; i++) {
		const char *name = h->conf_nth(h, c, "lexicon", i);
		if (name == NULL)
			break;
		const char *path = find_lexicon(h, name);
		if (path == NULL) {
			char msg[700];
			size_t n = strlen(name);
			if (n > 4 && strcmp(name + n - 4, ".xml") == 0)
				snprintf(msg, sizeof(msg), _("there is no lexicon '%.200s' on the search path: a file in the folder of the pipeline is ./%.200s, with the ./"),
				         name, name);
			else
				snprintf(msg, sizeof(msg), _("there is no lexicon '%.200s' on the search path: check its name in pipeline.xml, or give the path of its file"),
				         name);
			st = h->fail(h, AUR_E_CONFIG, msg);
			goto out;
		}
		if ((st = lex_load(m, &tmp, compiler, path)) != AUR_OK)
			goto out;
	}
	if ((st = lex_compile_end(compiler)) != AUR_OK)
		goto out;
	snprintf(m->fingerprint, sizeof(m->fingerprint), VERSION " %016llx %d", (unsigned long long)m->fingerprint_hash, m->drafts);
	*model = m;
	m = NULL;
out:
	lex_compiler_free(compiler);
	lex_arena_free(&tmp);
	model_close(m);
	return st;
}

static const char *model_fingerprint(void *model)
{
	return ((lex_model *)model)->fingerprint;
}

static uint32_t label_count(void *model)
{
	return (uint32_t)((lex_model *)model)->label_count;
}

static aur_status label(void *model, uint32_t i, aur_label *out)
{
	const lex_model *m = model;
	if (i >= m->label_count)
		return AUR_E_BUG;
	const aur_label *l = &m->labels[i];
	out->theme = l->theme;
	out->entry = l->entry;
	out->lexicon = l->lexicon;
	out->version = l->version;
	return AUR_OK;
}

static const void *model_query(void *model, const char *ext_id)
{
	(void)model;
	if (strcmp(ext_id, AUR_EXT_LINT) == 0)
		return &lex_lint;
	if (strcmp(ext_id, AUR_EXT_EXPLAIN) == 0)
		return &lex_explain;
	if (strcmp(ext_id, AUR_EXT_ENTRIES) == 0)
		return &lex_entries;
	if (strcmp(ext_id, AUR_EXT_SIEVE) == 0)
		return &lex_sieve;
	if (strcmp(ext_id, AUR_EXT_FORMS) == 0)
		return &lex_numbered;
	if (strcmp(ext_id, AUR_EXT_WORDS) == 0)
		return &lex_words;
	return NULL;
}

static const aur_annotator_ops ops = {
	.size = sizeof(ops),
	.flags = AUR_ANN_TOKENS_ONLY | AUR_ANN_BY_THEME,
	.classify = lex_classify,
	.annotate = lex_annotate,
	.label_count = label_count,
	.label = label,
};

static const aur_component annotator = {
	.size = sizeof(annotator),
	.kind = AUR_ANNOTATOR,
	.id = "annotate-lexicon",
	.version = VERSION,
	.summary = N_("finds the themes of the lexicons"),
	.open = model_open,
	.fingerprint = model_fingerprint,
	.worker_new = lex_worker_new,
	.worker_free = lex_worker_free,
	.close = model_close,
	.query = model_query,
	.ops = &ops,
};

EXPORT_PLUGIN("annotate-lexicon", &annotator);
