/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <inttypes.h>
#include <stdlib.h>
#include <yajl/yajl_gen.h>
#include "cli/verbs.h"
#include "pipeline/alike.h"

static const aur_opt opts[] = {AUR_OPT_CORPUS, {"format", 'f', N_("FORMAT"), N_("table (default), json or jsonl")},
			       {"pipeline", 0, NULL, N_("only its pipeline.xml, as --pipeline of other verbs takes it")}, {NULL, 0, NULL, NULL}};

static int is_invented(aur_snapshot *s)
{
	aur_str k, v;
	for (uint32_t i = 0; aur_snapshot_property(s, i, &k, &v); i++)
		if (k.len == 8 && !memcmp(k.ptr, "invented", 8) && v.len == 3 && !memcmp(v.ptr, "yes", 3))
			return 1;
	return 0;
}

/* The dictionary and the lists of values keep what was replaced until the corpus is compacted; a person counts what is left.  What
 * cannot be read is kept by the snapshot, and told by whoever watches it. */
static uint32_t forms_left(aur_snapshot *s, const aur_totals *t)
{
	uint32_t left = 0;
	if (!t->deleted)
		return t->forms;
	uint64_t *n = aur_xcalloc((size_t)t->forms + 1, sizeof *n);
	if (aur_snapshot_all_tokens(s, n, NULL))
		left = t->forms;
	else
		for (uint32_t i = 0; i < t->forms; i++)
			left += n[i] > 0;
	free(n);
	return left;
}

static uint32_t values_left(aur_snapshot *s, const aur_totals *t, uint32_t field)
{
	uint32_t values = aur_snapshot_value_count(s, field), left = 0;
	if (!t->deleted || !values)
		return values;
	uint8_t *used = aur_xmalloc((size_t)values + 1);
	aur_snapshot_values_left(s, field, used, NULL);
	for (uint32_t v = 1; v <= values; v++)
		left += used[v];
	free(used);
	return left;
}

static void as_json(aur_snapshot *s, const aur_totals *t)
{
	aur_str k, v;
	aur_json j = aur_json_new();
	yajl_gen_map_open(j);
	const struct {
		const char *name;
		uint64_t n;
	} num[] = {{"contributions", t->contributions}, {"tokens", t->tokens}, {"words", t->words}, {"forms", forms_left(s, t)},
		   {"segments", t->segments},		{"deleted", t->deleted}, {"bytes", t->bytes}};
	for (unsigned i = 0; i < sizeof num / sizeof *num; i++) {
		aur_json_key(j, num[i].name);
		aur_json_int(j, (long long)num[i].n);
	}
	aur_json_key(j, "invented");
	yajl_gen_bool(j, is_invented(s));
	aur_json_key(j, "properties");
	yajl_gen_map_open(j);
	for (uint32_t i = 0; aur_snapshot_property(s, i, &k, &v); i++) {
		aur_json_str(j, k.ptr, k.len);
		aur_json_str(j, v.ptr, v.len);
	}
	yajl_gen_map_close(j);
	aur_json_key(j, "layers");
	yajl_gen_array_open(j);
	for (uint32_t i = 0; i < aur_snapshot_layers(s); i++)
		aur_json_key(j, aur_snapshot_layer_name(s, i));
	yajl_gen_array_close(j);
	aur_json_key(j, "fields");
	yajl_gen_map_open(j);
	for (uint32_t i = 0; i < aur_snapshot_fields(s); i++) {
		uint32_t values = values_left(s, t, i);
		if (values) {
			aur_str n = aur_snapshot_field_name(s, i);
			aur_json_str(j, n.ptr, n.len);
			aur_json_int(j, values);
		}
	}
	yajl_gen_map_close(j);
	aur_json_key(j, "sessions");
	yajl_gen_array_open(j);
	for (uint32_t i = 0; i < aur_snapshot_session_count(s); i++) {
		yajl_gen_map_open(j);
		aur_json_key(j, "id");
		aur_str id = aur_snapshot_session_id(s, i);
		aur_json_str(j, id.ptr, id.len);
		for (uint32_t n = 0; aur_snapshot_session_prop(s, i, n, &k, &v); n++) {
			aur_json_str(j, k.ptr, k.len);
			aur_json_str(j, v.ptr, v.len);
		}
		yajl_gen_map_close(j);
	}
	yajl_gen_array_close(j);
	aur_json_key(j, "components");
	yajl_gen_array_open(j);
	const char *fp = aur_snapshot_meta(s, "fingerprints");
	for (const char *p = fp ? fp : "", *nl; (nl = strchr(p, '\n')); p = nl + 1)
		aur_json_str(j, p, (size_t)(nl - p));
	yajl_gen_array_close(j);
	yajl_gen_map_close(j);
	aur_json_line(j);
	aur_json_free(j);
}

/* What to type for the values of a field; its example is one of few. */
static void how_values(const aur_args *a, aur_snapshot *s, const aur_totals *t)
{
	uint32_t best = AUR_NONE;
	for (uint32_t i = 0; i < aur_snapshot_fields(s); i++) {
		uint32_t n = values_left(s, t, i);
		if (n && (best == AUR_NONE || (n > 1 && n <= 50)))
			best = i;
		if (n > 1 && n <= 50)
			break;
	}
	if (best == AUR_NONE)
		return;
	aur_str name = aur_snapshot_field_name(s, best);
	/* without the name of the folder: what is said of two equal corpora is equal */
	aur_showf(_("values of a field, counted: auricule search%s '*' --by %.*s\n"), aur_arg(a, "corpus") ? " -d …" : "", (int)name.len, name.ptr);
}

static void as_text(const aur_args *a, aur_snapshot *s, const aur_totals *t)
{
	aur_str k, v;
	int invented = is_invented(s);
	if (invented)
		puts(_("INVENTED CORPUS: nobody said these sentences; they show what auricule does."));
	for (uint32_t i = 0; aur_snapshot_property(s, i, &k, &v); i++)
		if (!aur_str_order(k, aur_str_of("title")))
			aur_showf(_("title: %.*s\n"), (int)v.len, v.ptr);
		else if (!aur_str_order(k, aur_str_of("licence")))
			aur_showf(_("licence: %.*s\n"), (int)v.len, v.ptr);
		else if (!invented || aur_str_order(k, aur_str_of("invented"))) /* else the first line has said it */
			aur_showf("%.*s: %.*s\n", (int)k.len, k.ptr, (int)v.len, v.ptr);
	fputs(aur_written(_("contributions: %u\nwords: %" PRIu64 " (tokens with punctuation: %" PRIu64 ")\nforms: %u\nsegments: %u, replaced contributions not yet compacted: %u\non disk: %.1f MB\n"),
	       t->contributions, t->words, t->tokens, forms_left(s, t), t->segments, t->deleted, (double)t->bytes / 1e6), stdout);
	fputs(_("layers:"), stdout);
	for (uint32_t i = 0; i < aur_snapshot_layers(s); i++)
		printf(" %s%s", aur_snapshot_layer_name(s, i), i == aur_snapshot_default_layer(s) ? "*" : "");
	putchar('\n');
	fputs(_("fields:"), stdout);
	for (uint32_t i = 0; i < aur_snapshot_fields(s); i++) {
		aur_str n = aur_snapshot_field_name(s, i);
		uint32_t values = values_left(s, t, i);
		if (values)
			aur_showf(" %.*s (%u)", (int)n.len, n.ptr, values);
	}
	putchar('\n');
	how_values(a, s, t);
	uint32_t ns = aur_snapshot_session_count(s);
	printf(_("sessions: %u\n"), ns);
	for (uint32_t i = 0; i < ns && i < 50; i++) {
		aur_str id = aur_snapshot_session_id(s, i);
		aur_showf("  %.*s", (int)id.len, id.ptr);
		for (uint32_t n = 0; aur_snapshot_session_prop(s, i, n, &k, &v); n++)
			aur_showf("%s%.*s=%.*s", n ? ", " : ": ", (int)k.len, k.ptr, (int)v.len, v.ptr);
		putchar('\n');
	}
	if (ns > 50)
		printf(ngettext("  … and %u other: --format json lists them all\n", "  … and %u others: --format json lists them all\n", ns - 50), ns - 50);
	const char *fp = aur_snapshot_meta(s, "fingerprints");
	printf(_("made by (component, version, fingerprint):\n"));
	for (const char *p = fp ? fp : "", *nl; (nl = strchr(p, '\n')); p = nl + 1) {
		const char *kind = "";
		for (int i = AUR_TOKENIZER; i <= AUR_ANNOTATOR; i++)
			if (!strncmp(p, aur_kind_names[i], strlen(aur_kind_names[i])))
				kind = aur_kind_names[i];
		p += strlen(kind);
		aur_showf("  %s%.*s\n", *kind ? _(kind) : "", (int)(nl - p), p);
	}
}

enum { PAIRS = 10 }; /* lines that are told: more are no slips of the hand */

struct alike {
	uint32_t told, untold;
};

static void on_alike(void *ctx, const aur_alike_pair *p)
{
	struct alike *k = ctx;
	char part[2][64], more[128] = "";
	if (k->told == PAIRS) {
		k->untold += 1 + p->more;
		return;
	}
	k->told++;
	snprintf(part[0], sizeof part[0], ngettext("%u contribution", "%u contributions", p->na), p->na);
	snprintf(part[1], sizeof part[1], ngettext("%u contribution", "%u contributions", p->nb), p->nb);
	if (p->more)
		snprintf(more, sizeof more, ngettext("; and so does %u other pair", "; and so do %u other pairs", p->more), p->more);
	aur_remark(_("field %.*s: « %.*s » (%s) and « %.*s » (%s) differ only in capitals, accents, spaces or hyphens%s"), (int)p->field.len, p->field.ptr,
		   (int)p->a.len, p->a.ptr, part[0], (int)p->b.len, p->b.ptr, part[1], more);
}

void aur_say_alike(aur_snapshot *s)
{
	struct alike k = {0, 0};
	aur_alike(s, on_alike, &k, NULL); /* what cannot be read is kept by the snapshot, and told by whoever watches it */
	if (k.untold)
		aur_remark(ngettext("… and %u other such pair", "… and %u other such pairs", k.untold), k.untold);
	if (k.told)
		aur_remark(_("such values are counted separately; if they are the same, write them alike in the file, and ingest it into a new corpus"));
}

static int run(aur_args *a)
{
	aur_snapshot *s;
	aur_error e;
	aur_totals t;
	const char *f = aur_arg(a, "format");
	if (f && aur_arg(a, "pipeline"))
		return aur_usage(a, _("--pipeline prints XML, and takes no --format"));
	if (f && (aur_arg_format(a) == FMT_CSV))
		return aur_usage(a, _("info has the formats table, json and jsonl"));
	if (aur_open_corpus(a, &s, &e))
		return aur_failed(&e);
	if (aur_arg(a, "pipeline")) {
		const char *xml = aur_snapshot_meta(s, "pipeline");
		fputs(xml ? xml : "", stdout);
		aur_snapshot_close(s);
		return EXIT_DONE;
	}
	aur_snapshot_totals(s, &t);
	if (f && aur_arg_format(a) != FMT_TABLE)
		as_json(s, &t);
	else
		as_text(a, s, &t);
	aur_say_alike(s);
	aur_snapshot_close(s);
	return EXIT_DONE;
}

const aur_verb verb_info = {"info", "[-d CORPUS]", N_("what a corpus holds, and what made it"), opts, 0, 0, run};
