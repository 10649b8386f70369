/* SPDX-License-Identifier: Apache-2.0 */
/* plugin: those that are found, and the sub-verbs for those who write one: cmd_plugin_*.c. */
#include "config.h"
#include "cli/cmd_plugin.h"
#include "cli/verbs.h"

static const aur_opt opts[] = {AUR_OPT_FORMAT,
			       {"only", 0, N_("CHECK"), N_("check: run only this check (may be given again)")},
			       {"sample", 's', N_("FILE"), N_("check: a file for it to read, or a file of texts, one per line (may be given again)")},
			       {"pipeline", 'p', N_("FILE"), N_("check: the pipeline.xml that gives it words, layers and settings")},
			       {"set", 0, N_("KEY=VALUE"), N_("check: a setting of the component (may be given again)")},
			       {"seconds", 0, N_("N"), N_("check: seconds for which each component is fed variations of the samples (default: 3)")},
			       {"seed", 0, N_("N"), N_("check: seed of the variations (default: 1)")},
			       {"limit", 0, N_("N"), N_("check: seconds of work that one call may take (default: 20)")},
			       {"threads", 'j', N_("N"), N_("check: threads at once (default: 4)")},
			       {"memory", 0, N_("SIZE"), N_("check: memory that it may use (default: 1G)")},
			       {"keep", 0, N_("FILE"), N_("check: write the first input that shows a failure to this file")},
			       {"kind", 'k', N_("KIND"), N_("new: annotator (default), layer, reader, tokenizer or exporter")},
			       {"license", 0, N_("ID"), N_("new: the SPDX identifier of your licence (default: Apache-2.0)")},
			       {NULL, 0, NULL, NULL}};

static int list(aur_args *a)
{
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
			aur_cell_str(t, f == FMT_TABLE ? _(aur_kind_names[c->kind]) : aur_kind_names[c->kind]);
			aur_cell_str(t, c->version);
			aur_cell_str(t, f == FMT_TABLE && *c->summary ? _(c->summary) : c->summary);
			aur_cell_str(t, e->path);
			aur_cell_str(t, "");
		}
	}
	aur_table_free(t);
	if (!aur_registry_count(r))
		aur_say(_("no plugin was found in %s: install auricule again, or set AURICULE_PLUGIN_PATH"), aur_places_get()->plugin_path);
	aur_registry_free(r);
	return EXIT_DONE;
}

static const aur_sub sub[] = {
	{"list", 0, 0, list},
	{"check", 1, 1, aur_plugin_check},
	{"new", 1, 1, aur_plugin_new},
};

static int run(aur_args *a)
{
	return aur_arg_sub(a, sub, sizeof sub / sizeof *sub);
}

const aur_verb verb_plugin = {"plugin", N_("list | check FILE.so | new NAME"),
			      N_("list the plugins found, check that one keeps its contract, or start a new one"), opts, 1, -1, run};
