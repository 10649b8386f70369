/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include "cli/verbs.h"

static const aur_opt opts[] = {AUR_OPT_FORMAT, {NULL, 0, NULL, NULL}};

static int list(const aur_args *a)
{
	static const char *const kinds[] = {"?", N_("reader"), N_("tokenizer"), N_("layer"), N_("annotator"), N_("exporter")};
	static const char *const names[] = {"component", "kind", "version", "summary", "origin", "refused"};
	static const char *const heads[] = {N_("component"), N_("kind"), N_("version"), N_("what it does"), N_("origin"), N_("refused")};
	aur_format f = aur_arg_format(a);
	aur_registry *r = aur_registry_new();
	aur_registry_scan(r);
	aur_table *t = aur_table_new(f, names, heads, 6);
	for (unsigned i = 0; i < aur_registry_count(r); i++) {
		const aur_plugin_entry *e = aur_registry_at(r, i);
		if (!e->plugin) {
			const char *base = strrchr(e->path, '/');
			aur_cell_str(t, base ? base + 1 : e->path);
			for (int k = 0; k < 3; k++)
				aur_cell_str(t, "");
			aur_cell_str(t, e->path);
			aur_cell_str(t, e->refused);
			continue;
		}
		for (uint32_t k = 0; k < e->plugin->component_count; k++) {
			const aur_component *c = e->plugin->components[k];
			aur_cell_str(t, c->id);
			aur_cell_str(t, f == FMT_TABLE ? _(kinds[c->kind]) : kinds[c->kind]);
			aur_cell_str(t, c->version);
			aur_cell_str(t, f == FMT_TABLE ? _(c->summary) : c->summary);
			aur_cell_str(t, e->path);
			aur_cell_str(t, "");
		}
	}
	aur_table_free(t);
	aur_registry_free(r);
	return EXIT_DONE;
}

static int run(aur_args *a)
{
	if (!strcmp(a->arg[0], "list") && a->narg == 1)
		return list(a);
	return aur_usage(a, _("« %s » is not understood"), a->arg[0]);
}

const aur_verb verb_plugin = {"plugin", "list", N_("the plugins that are found, and why others were refused"), opts, 1, 2, run};
