/* SPDX-License-Identifier: Apache-2.0 */
/* plugin check: whether a plugin keeps its contract, a line per check. */
#include "config.h"
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include "cli/cmd_plugin.h"
#include "conform/conform.h"

struct job {
	aur_table *t;
	aur_format f;
	const char *keep;
	int kept; /* 1: written, -1: could not be */
};

static void on_finding(void *ctx, const aur_finding *x)
{
	static const char *const verdicts[] = {N_("passed"), N_("failed"), N_("skipped")};
	struct job *b = ctx;
	int table = b->f == FMT_TABLE;
	aur_cell_str(b->t, x->component);
	aur_cell_str(b->t, table && x->kind ? _(aur_kind_names[x->kind]) : aur_kind_names[x->kind]);
	aur_cell_str(b->t, x->check);
	aur_cell_str(b->t, table ? _(verdicts[x->verdict]) : verdicts[x->verdict]);
	aur_cell_str(b->t, x->reason);
	aur_cell_str(b->t, x->input);
	fflush(stdout);
	if (!b->keep || b->kept || x->verdict != AUR_FAILED || !x->bytes.len)
		return;
	FILE *f = fopen(b->keep, "wb");
	int ok = f && fwrite(x->bytes.ptr, 1, x->bytes.len, f) == x->bytes.len;
	if (f && fclose(f))
		ok = 0;
	b->kept = ok ? 1 : -1;
	if (!ok)
		aur_say(_("%s cannot be written: %s"), b->keep, strerror(errno));
}

/* A path as it is; a name without a slash is a file of this folder, or a plugin of the search path. */
static char *path_of(const char *name)
{
	aur_buf b = {0};
	char *found = strchr(name, '/') || !access(name, F_OK) ? NULL : aur_registry_path(name);
	if (found)
		return found;
	aur_buf_printf(&b, "%s%s", strchr(name, '/') ? "" : "./", name);
	return aur_buf_cstr(&b);
}

int aur_plugin_check(aur_args *a)
{
	static const char *const names[] = {"component", "kind", "check", "verdict", "reason", "input"};
	static const char *const heads[] = {N_("component"), N_("kind"), N_("check"),
	                                    N_("verdict"),   N_("why"),  N_("shown by")};
	struct job b = {.f = aur_arg_format(a), .keep = aur_arg(a, "keep")};
	aur_config conf = {0};
	const char *s;
	unsigned n = 0, onlys = 0, failed = 0;
	aur_error e = {0};
	int rc = aur_arg_settings(a, &conf);
	if (rc)
		return rc;
	while ((s = aur_arg_nth(a, "only", onlys))) {
		if (!aur_conform_knows(s)) {
			aur_config_free(&conf);
			return aur_usage(
			    a, _("there is no check « %s »: leave out --only to run them all and see their names"), s);
		}
		onlys++;
	}
	while (aur_arg_nth(a, "sample", n))
		n++;
	const char **sample = aur_xcalloc(n + onlys + 1u, sizeof *sample), **only = sample + n;
	for (unsigned i = 0; i < n; i++)
		sample[i] = aur_arg_nth(a, "sample", i);
	for (unsigned i = 0; i < onlys; i++)
		only[i] = aur_arg_nth(a, "only", i);
	aur_conform_options o = {.pipeline = aur_arg(a, "pipeline"),
	                         .conf = &conf,
	                         .sample = sample,
	                         .samples = n,
	                         .only = only,
	                         .onlys = onlys,
	                         .seconds = (unsigned)aur_arg_int(a, "seconds", 3, 0, 86400),
	                         .limit = (unsigned)aur_arg_int(a, "limit", 20, 1, 86400),
	                         .threads = (unsigned)aur_arg_int(a, "threads", 4, 1, 16),
	                         .seed = (uint64_t)aur_arg_int(a, "seed", 1, 0, 1000000000),
	                         .memory = aur_arg(a, "memory") ? aur_arg_memory(a) : (size_t)1 << 30};
	char *path = path_of(a->arg[0]);
	b.t = aur_table_new(b.f, names, heads, 6);
	aur_code code = aur_conform(path, &o, on_finding, &b, &failed, &e);
	aur_table_free(b.t);
	free(path);
	free(sample);
	aur_config_free(&conf);
	if (code)
		return aur_failed(&e);
	if (failed)
		aur_say(ngettext("%s: %u check failed", "%s: %u checks failed", failed), a->arg[0], failed);
	return failed || b.kept < 0 ? EXIT_FAILED : EXIT_DONE;
}
