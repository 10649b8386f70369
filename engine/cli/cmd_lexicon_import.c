/* SPDX-License-Identifier: Apache-2.0 */
/* lexicon import: another program's word list, as a lexicon on standard output, or as lexicons in a folder; what cannot be carried is
 * listed on standard error.  The lexicon plugin writes the patterns: how they are written is its own affair. */
#include "config.h"
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include "auricule/ext.h"
#include "base/file.h"
#include "base/utf8.h"
#include "cli/cmd_lexicon.h"
#include "cli/outfile.h"
#include "lexicon/dict.h"
#include "lexicon/set.h"

#define MOST ((size_t)64 << 20)

struct job {
	aur_dict dict;
	aur_chain *chain;
	aur_instance *in; /* the component that has the patterns */
	const aur_ext_entries_v1 *x;
	const char *layer;
	uint64_t taken, left;
};

static void leave(void *to, unsigned line, const char *what, size_t n, const char *why)
{
	struct job *j = to;
	j->left++;
	aur_remark(_("%s:%u: « %.*s » is not converted: %s"), j->dict.file, line, (int)aur_utf8_valid(what, n > 200 ? 200 : n), what, why);
}

static void note(void *to, const char *what)
{
	aur_remark("%s: %s", ((struct job *)to)->dict.file, what);
}

static aur_code slurp(const char *path, aur_buf *b, aur_error *err)
{
	int why = aur_file_read(path, MOST, b);
	if (why)
		return aur_fail(err, AURE_IO, _("%s cannot be read: %s"), path, strerror(why));
	if (b->n > MOST)
		return aur_fail_at(err, AURE_DATA, path, 0, 0, _("this file is larger than %d MB: split it"), (int)(MOST >> 20));
	return AURE_OK;
}

/* A lexicon on a layer that the pipeline has not could not be loaded. */
static aur_code layer_known(const struct job *j, aur_error *err)
{
	aur_buf names = {0};
	int known = !j->layer || !strcmp(j->layer, "form");
	aur_buf_str(&names, "form");
	for (unsigned k = 0; k < j->chain->nshown; k++) {
		const char *name = j->chain->layer[j->chain->of_shown[k]].name;
		known |= j->layer && !strcmp(j->layer, name);
		aur_buf_printf(&names, ", %s", name);
	}
	aur_code c = known ? AURE_OK : aur_fail(err, AURE_CONFIG, _("the pipeline has no layer « %s » for --layer; it has: %s"), j->layer, aur_buf_cstr(&names));
	aur_buf_free(&names);
	return c;
}

/* Opens the pipeline without a lexicon: what is wanted is the component that knows the patterns. */
static aur_code open_patterns(struct job *j, const char *pipeline, aur_error *err)
{
	aur_paths none = {0};
	char *text = NULL;
	aur_code c = aur_lexicon_pipeline_alone(pipeline, NULL, &none, &text, err);
	if (!c)
		c = aur_chain_open(NULL, text, AUR_CHAIN_ALL, &j->chain, err);
	for (unsigned k = 0; !c && k < j->chain->nann && !j->x; k++) {
		j->in = j->chain->ann[k].in;
		j->x = j->in->c->query ? j->in->c->query(j->in->model, AUR_EXT_ENTRIES) : NULL;
	}
	if (!c && !j->x)
		c = aur_fail(err, AURE_CONFIG, _("no annotator of the pipeline can write entries (%s)"), AUR_EXT_ENTRIES);
	free(text);
	return c ? c : layer_known(j, err);
}

/* A plain expression as the line of an entry; what cannot be one is told and left out. */
static aur_code pattern(void *to, const aur_dict_line *l, aur_buf *out, aur_error *err)
{
	struct job *j = to;
	size_t n = strlen(l->text), len = 0;
	aur_error why = {0};
	aur_buf_room(out, 2 * n + 16);
	aur_instance_clear();
	aur_status st = j->x->pattern(&j->in->host, j->in->model, (aur_str){l->text, n}, (char *)out->p + out->n, out->cap - out->n, &len);
	if (st == AUR_OK && len <= out->cap - out->n) {
		out->n += len;
		j->taken++;
		return AURE_OK;
	}
	aur_code c = aur_instance_error(j->in, st == AUR_OK ? AUR_E_BUG : st, "pattern", &why);
	if (st == AUR_E_UNSUPPORTED)
		leave(j, l->line, l->text, n, why.text);
	else if (err)
		*err = why;
	return st == AUR_E_UNSUPPORTED ? AURE_OK : c;
}

static aur_code lexicon(struct job *j, uint32_t top, aur_buf *out, aur_error *err)
{
	return aur_dict_lexicon(&j->dict, top, j->layer, pattern, j, out, err);
}

/* One lexicon per theme at the top, each in its file; none is written over. */
static aur_code into_folder(struct job *j, const char *dir, aur_error *err)
{
	aur_code c = AURE_OK;
	struct stat st;
	size_t n = strlen(dir);
	while (n > 1 && dir[n - 1] == '/')
		n--;
	if (mkdir(dir, 0777) && errno != EEXIST)
		return aur_fail_at(err, AURE_IO, dir, 0, 0, _("this folder cannot be made: %s"), strerror(errno));
	for (int write = 0; write < 2 && !c; write++) /* all are looked at before the first is written */
		for (uint32_t t = 0; t != AUR_NONE && !c; t = j->dict.t[t].next) {
			aur_buf path = {0}, out = {0};
			aur_buf_printf(&path, "%.*s/%s.xml", (int)n, dir, j->dict.t[t].code);
			if (!write && !stat(aur_buf_cstr(&path), &st))
				c = aur_fail_at(err, AURE_IO, (char *)path.p, 0, 0, _("this file already exists: name another folder, or move it away"));
			if (write && !(c = lexicon(j, t, &out, err)))
				c = aur_write_file(aur_buf_cstr(&path), &out, err);
			if (write && !c)
				aur_remark(_("%s is written"), (char *)path.p);
			aur_buf_free(&path);
			aur_buf_free(&out);
		}
	return c;
}

static int is_folder(const char *path)
{
	struct stat st;
	size_t n = strlen(path);
	return (n && path[n - 1] == '/') || (!stat(path, &st) && S_ISDIR(st.st_mode));
}

static aur_code run(struct job *j, aur_args *a, aur_dict_format f, aur_error *err)
{
	const char *to = aur_arg(a, "output");
	aur_buf bytes = {0}, out = {0};
	aur_code c = slurp(j->dict.file, &bytes, err);
	if (!c)
		c = aur_dict_read(&j->dict, f, bytes.p ? (char *)bytes.p : "", bytes.n, err);
	if (!c && !j->dict.n)
		c = aur_fail_at(err, AURE_DATA, j->dict.file, 0, 0, _("no theme and no expression in it can be converted"));
	if (!c)
		c = open_patterns(j, aur_arg(a, "pipeline"), err);
	if (!c && to && is_folder(to)) {
		c = into_folder(j, to, err);
	} else if (!c && !(c = lexicon(j, j->dict.t[0].next == AUR_NONE ? 0 : AUR_NONE, &out, err))) {
		if (to)
			c = aur_write_file(to, &out, err);
		else
			fwrite(out.p, 1, out.n, stdout);
	}
	aur_buf_free(&bytes);
	aur_buf_free(&out);
	return c;
}

int aur_lexicon_import(aur_args *a)
{
	struct job j = {.layer = aur_arg(a, "layer")};
	aur_error e = {0};
	const char *from = aur_arg(a, "from");
	aur_dict_format f = DICT_UNKNOWN;
	j.dict = (aur_dict){.file = a->arg[0], .leave = leave, .note = note, .to = &j};
	for (int k = 1; from && k < DICT_FORMATS; k++)
		if (!strcmp(from, aur_dict_format_names[k]))
			f = (aur_dict_format)k;
	if (from && f == DICT_UNKNOWN)
		return aur_usage(a, _("--from takes liwc, quanteda, qdc, csv, lexicoder or yoshikoder, not « %s »"), from);
	if (j.layer && strspn(j.layer, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(j.layer))
		return aur_usage(a, _("--layer takes the name of a layer, as in pipeline.xml, not « %s »"), j.layer);
	int rc = aur_not_input(a, "output", a->arg[0]);
	if (rc)
		return rc;
	aur_code c = run(&j, a, f, &e);
	uint32_t lines = 0;
	for (uint32_t t = 0; t < j.dict.n; t++)
		lines += j.dict.t[t].n;
	if (!c && !lines)
		aur_remark(_("%s: themes: %u, and no expression: a codebook names codes, not words; each theme still needs its <entry>"), j.dict.file, j.dict.n);
	else if (!c)
		aur_remark(_("expressions converted: %llu, not converted: %llu"), (unsigned long long)j.taken, (unsigned long long)j.left);
	const char *to = aur_arg(a, "output");
	if (!c && lines && to)
		aur_remark(_("which of them can find nothing is said by: auricule lexicon check %s"), to);
	aur_dict_free(&j.dict);
	aur_chain_free(j.chain);
	return c ? aur_failed(&e) : EXIT_DONE;
}
