/* SPDX-License-Identifier: Apache-2.0 */
/* Contributions in the format of another program, through an exporter plugin. */
#include "config.h"
#include <signal.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include "cli/ask.h"
#include "cli/bar.h"
#include "cli/outfile.h"
#include "cli/verbs.h"
#include "pipeline/export.h"

static const aur_opt opts[] = {AUR_OPT_CORPUS,
			       {"exporter", 'e', N_("NAME"), N_("the exporter: csv, iramuteq, tei, vertical or another plugin (default: by the extension of FILE)")},
			       {"output", 'o', N_("FILE"), N_("where to write it (default: standard output)")},
			       {"set", 0, N_("KEY=VALUE"), N_("a setting of the exporter (may be given again)")},
			       {NULL, 0, NULL, NULL}};

/* The exporter that is named, or the only one that writes files of this extension. */
static aur_code choose(const aur_args *a, aur_registry *r, const aur_component **out, aur_error *e)
{
	const char *name = aur_arg(a, "exporter"), *to = aur_arg(a, "output"), *dot = to ? strrchr(to, '.') : NULL;
	if (name)
		return aur_registry_named(r, AUR_EXPORTER, name, out, e);
	aur_buf b = {0};
	aur_registry_place at = {0};
	unsigned fit = 0;
	aur_registry_scan(r);
	for (const aur_component *c; (c = aur_registry_next(r, AUR_EXPORTER, &at));) {
		const char *ext = ((const aur_exporter_ops *)c->ops)->extension;
		aur_buf_printf(&b, "%s%s (.%s)", b.n ? ", " : "", strncmp(c->id, "exporter-", 9) ? c->id : c->id + 9, ext ? ext : "");
		if (dot && ext && !strcasecmp(dot + 1, ext) && !fit++)
			*out = c;
	}
	aur_code rc = fit == 1 ? AURE_OK : aur_fail(e, AURE_USAGE, _("which format? Name it with --exporter: %s"), b.n ? aur_buf_cstr(&b) : "-");
	aur_buf_free(&b);
	return rc;
}

static aur_code all(aur_exporting *x, aur_ask *k, uint64_t *n, aur_error *e)
{
	const aur_want w = {.order = AUR_ORDER_CORPUS, .limit = UINT32_MAX};
	aur_result r;
	aur_code c = aur_query_run(k->search, k->q, &w, &r, e);
	*n = c ? 0 : r.n;
	for (uint32_t i = 0; i < *n && !c; i++) {
		c = aur_exporting_doc(x, r.doc[i], e);
		if (!c)
			c = aur_ask_cancelled(e);
	}
	return c ? c : aur_exporting_finish(x, e);
}

static void told(aur_level level, const char *msg)
{
	(level >= AUR_LOG_WARN ? aur_say : aur_remark)("%s", msg);
}

static int export(aur_args *a, aur_ask *k, const aur_component *c, const aur_config *conf)
{
	const char *path = aur_arg(a, "output");
	aur_outfile file = {.f = stdout};
	aur_exporting *x = NULL;
	aur_error e = {0};
	uint64_t n = 0;
	if (path) {
		/* nothing half written stays; aur_ask_open handles SIGINT */
		aur_stop_at(SIGTERM, 1);
		aur_stop_at(SIGHUP, 1);
		if (aur_outfile_open(&file, path, &e))
			return aur_failed(&e);
	}
	aur_code rc = aur_exporting_open(c, conf, k->s, file.f, path ? path : _("standard output"), &x, &e);
	if (!rc)
		rc = all(x, k, &n, &e);
	aur_exporting_close(x);
	if (path) {
		aur_error last = {0};
		aur_code closed = aur_outfile_close(&file, !rc, &last);
		if (!rc && closed) {
			rc = closed;
			e = last;
		}
	} else if (rc) {
		clearerr(stdout); /* as in aur_outfile_close */
	}
	if (rc)
		return aur_failed(&e);
	if (path) {
		char said[64];
		aur_count_say(said, 0, n);
		aur_remark("%s: %s", path, said);
	}
	return EXIT_DONE;
}

/* A file of the corpus itself must not be replaced. */
static int within(const aur_args *a)
{
	struct stat dir, corpus;
	char *path = aur_xstrdup(aur_arg(a, "output")), *slash = strrchr(path, '/');
	if (slash)
		slash[slash == path] = 0;
	int rc = !stat(slash ? path : ".", &dir) && !stat(aur_arg_corpus(a), &corpus) && dir.st_dev == corpus.st_dev && dir.st_ino == corpus.st_ino;
	free(path);
	return rc ? aur_usage(a, _("%s is in the folder of the corpus, where only auricule writes: name another file"), aur_arg(a, "output")) : 0;
}

static int run(aur_args *a)
{
	aur_ask k;
	aur_error e = {0};
	aur_config conf = {0};
	const aur_component *c = NULL;
	aur_registry *r = aur_registry_new();
	int rc = aur_arg_settings(a, &conf);
	if (!rc && choose(a, r, &c, &e))
		rc = aur_failed(&e);
	if (!rc && aur_arg(a, "output"))
		rc = within(a);
	if (!rc && !(rc = aur_ask_open(a, a->narg ? a->arg[0] : "*", &k))) {
		aur_host_log = told;
		rc = export(a, &k, c, &conf);
		aur_ask_close(&k);
	}
	aur_config_free(&conf);
	aur_registry_free(r);
	return rc;
}

const aur_verb verb_export = {"export", N_("[-d CORPUS] [-e NAME] [-o FILE] [QUERY]"), N_("write contributions in the format of another program"), opts, 0, 1, run};
