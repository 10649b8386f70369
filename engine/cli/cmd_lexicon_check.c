/* SPDX-License-Identifier: Apache-2.0 */
/* lexicon check: what is wrong with lexicons, file:line:column; with a corpus also what is dead, meets or misses in it. */
#include "config.h"
#include <stdlib.h>
#include "auricule/ext.h"
#include "cli/cmd_lexicon.h"
#include "lexicon/set.h"
#include "lexicon/walk.h"

struct job {
	aur_snapshot *s;
	aur_chain *chain;
	aur_analyst *a;
	aur_buf text; /* what is tokenized */
	uint64_t *count, *hits[AUR_MAX_ANNOTATORS];
	uint32_t nforms, next;
	int map[AUR_MAX_LAYERS]; /* layer of the chain -> of the corpus */
	aur_str layer[AUR_MAX_LAYERS];
	unsigned ann; /* under check */
	aur_table *t;
	int remarks; /* what is no fault is told as well */
	unsigned faults;
};

static int next_form(void *priv, aur_form *form, uint64_t *count)
{
	struct job *j = priv;
	aur_str ls[AUR_MAX_LAYERS];
	aur_form f;
	for (; j->next < j->nforms; j->next++) {
		if (!j->count[j->next] || !aur_snapshot_form(j->s, j->next, &f, ls))
			continue;
		for (unsigned k = 0; k < j->chain->nshown; k++)
			j->layer[k] = j->map[k] >= 0 && (uint32_t)j->map[k] < f.layer_count ? ls[j->map[k]] : (aur_str){0};
		*form = (aur_form){.size = sizeof *form, .layer_count = j->chain->nshown, .form = f.form, .layers = j->layer, .flags = f.flags};
		*count = j->count[j->next++];
		return 1;
	}
	return 0;
}

static void rewind_forms(void *priv)
{
	((struct job *)priv)->next = 0;
}

static uint64_t label_hits(void *priv, uint32_t label)
{
	struct job *j = priv;
	const struct aur_chain_annotator *an = &j->chain->ann[j->ann];
	return label < an->ops->label_count(an->in->model) ? j->hits[j->ann][label] : 0;
}

static uint32_t tokenize(void *priv, aur_str text, aur_str *forms, uint32_t max)
{
	struct job *j = priv;
	aur_analysis x;
	aur_error e;
	j->text.n = 0;
	aur_buf_put(&j->text, text.ptr, text.len);
	if (aur_analyst_reset(j->a, &e) || aur_analyst_add(j->a, (aur_str){0}, (aur_str){(char *)j->text.p, j->text.n}, &e))
		return 0;
	aur_analyst_get(j->a, 0, &x);
	for (uint32_t i = 0; i < x.ntok && i < max; i++) {
		const aur_lform *f = aur_analyst_form(j->a, x.lform[i]);
		forms[i] = aur_lform_str(f);
	}
	return x.ntok;
}

static void tell(struct job *j, const char *file, uint32_t line, uint32_t column, int warn, const char *rule, const aur_label *l, const char *msg)
{
	j->faults += warn != 0;
	if (file && !strncmp(file, "./", 2)) /* lexicon/set.c put it there */
		file += 2;
	if (j->t) {
		aur_cell_str(j->t, file ? file : "");
		aur_cell_int(j->t, line);
		aur_cell_int(j->t, column);
		aur_cell_str(j->t, warn ? "fault" : "remark");
		aur_cell_str(j->t, rule);
		aur_cell(j->t, l ? l->theme.ptr : "", l ? l->theme.len : 0);
		aur_cell(j->t, l ? l->entry.ptr : "", l ? l->entry.len : 0);
		aur_cell_str(j->t, msg);
		return;
	}
	if (file && *file)
		printf("%s:", file);
	if (line)
		printf("%u:", line);
	if (line && column)
		printf("%u:", column);
	printf("%s%s [%s]\n", file && *file ? " " : "", msg, rule);
}

static void found(void *to, const aur_lint_finding *f)
{
	struct job *j = to;
	aur_label l;
	if (f->level < AUR_LOG_WARN && !j->remarks)
		return;
	int has = f->label != UINT32_MAX && aur_walk_label(j->chain, j->ann, f->label, &l);
	tell(j, f->file, f->line, f->column, f->level >= AUR_LOG_WARN, f->rule, has ? &l : NULL, f->message);
}

static aur_code lint(struct job *j, aur_error *err)
{
	aur_code c = aur_analyst_new(j->chain, &j->a, err);
	if (!c && j->s) {
		aur_totals t;
		aur_snapshot_totals(j->s, &t);
		j->nforms = t.forms;
		for (unsigned k = 0; k < j->chain->nshown; k++) {
			const char *name = j->chain->layer[j->chain->of_shown[k]].name;
			j->map[k] = aur_snapshot_layer(j->s, name, strlen(name));
		}
		c = aur_walk_forms(j->s, &j->count, err);
		if (!c)
			c = aur_walk_labels(j->s, j->chain, j->hits, err);
	}
	for (j->ann = 0; !c && j->ann < j->chain->nann; j->ann++) {
		aur_instance *in = j->chain->ann[j->ann].in;
		const aur_ext_lint_v1 *x = in->c->query ? in->c->query(in->model, AUR_EXT_LINT) : NULL;
		aur_lint_input i = {.size = sizeof i, .priv = j, .tokenize = tokenize};
		if (!x)
			continue;
		if (j->s) {
			i.next_form = next_form;
			i.rewind = rewind_forms;
			i.label_hits = label_hits;
		}
		j->next = 0;
		aur_instance_clear();
		aur_status st = x->lint(&in->host, in->model, &i, found, j);
		if (st < 0)
			c = aur_instance_error(in, st, "lint", err);
	}
	aur_analyst_free(j->a);
	free(j->count);
	for (unsigned k = 0; k < j->chain->nann; k++)
		free(j->hits[k]);
	aur_buf_free(&j->text);
	return c;
}

int aur_lexicon_check(aur_args *a)
{
	static const char *const names[] = {"file", "line", "column", "level", "rule", "theme", "entry", "message"};
	struct job j = {0};
	aur_error e = {0};
	aur_paths p = {0};
	char *pipeline = NULL, *text = NULL;
	const char *path = aur_arg(a, "pipeline"), *xml = NULL;
	aur_code c = AURE_OK;
	if (aur_arg(a, "format") && aur_arg_format(a) != FMT_TABLE)
		j.t = aur_table_new(aur_arg_format(a), names, NULL, 8);
	if (aur_arg(a, "corpus")) {
		c = aur_open_corpus(a, &j.s, &e);
		xml = c || path ? NULL : aur_snapshot_meta(j.s, "pipeline");
	}
	for (int i = 0; i < a->narg && !c; i++)
		c = aur_paths_add(&p, a->arg[i], pipeline || path ? NULL : &pipeline, &e);
	if (pipeline) {
		path = pipeline;
		xml = NULL;
	}
	j.remarks = p.n || aur_arg(a, "dead");
	if (!c)
		c = aur_lexicon_pipeline_faulty(path, xml, p.n ? &p : NULL, &text, &e);
	if (!c) {
		c = xml && !p.n ? aur_chain_kept(NULL, text, AUR_CHAIN_ALL, &j.chain, &e) : aur_chain_open(NULL, text, AUR_CHAIN_ALL, &j.chain, &e);
		if (c == AURE_CONFIG) { /* that is what was asked */
			tell(&j, e.file, e.line, e.column, 1, "broken", NULL, e.text);
			c = AURE_OK;
		} else if (!c) {
			c = lint(&j, &e);
		}
	}
	if (j.t)
		aur_table_free(j.t);
	aur_chain_free(j.chain);
	aur_paths_free(&p);
	free(pipeline);
	free(text);
	if (j.s)
		aur_snapshot_close(j.s);
	if (c)
		return aur_failed(&e);
	return j.faults ? EXIT_FAILED : EXIT_DONE;
}
