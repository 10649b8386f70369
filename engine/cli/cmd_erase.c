/* SPDX-License-Identifier: Apache-2.0 */
/* erase: contributions taken out of a corpus, words and all, as when somebody withdraws. */
#include "config.h"
#include <stdlib.h>
#include "cli/ask.h"
#include "cli/bar.h"
#include "cli/compacting.h"
#include "cli/verbs.h"

static const aur_opt opts[] = {AUR_OPT_CORPUS, AUR_OPT_COMPACTING,
			       {"yes", 0, NULL, N_("erase them; without it they are only listed")},
			       {NULL, 0, NULL, NULL}};

enum { LISTED = 20 };

/* By their ids: the numbers are those of a snapshot that is closed before the corpus is written. */
struct erasing {
	aur_arena text;
	aur_str *id;
	uint32_t n, found; /* found: when nobody else could write any more */
	aur_totals before; /* likewise */
};

static aur_code leave_out(void *ctx, aur_snapshot *s, uint8_t *bits, aur_error *e)
{
	struct erasing *x = ctx;
	(void)e;
	aur_snapshot_totals(s, &x->before);
	for (uint32_t i = 0; i < x->n; i++) {
		uint32_t doc = aur_snapshot_find(s, x->id[i]);
		if (doc == AUR_NONE)
			continue;
		bits[doc >> 3] |= (uint8_t)(1u << (doc & 7));
		x->found++;
	}
	return AURE_OK;
}

static aur_code list(aur_snapshot *s, const aur_result *r, aur_error *e)
{
	aur_doc d = {0};
	uint32_t session = aur_snapshot_field(s, "session", 7);
	for (uint32_t i = 0; i < r->n && i < LISTED; i++) {
		if (aur_snapshot_doc(s, r->doc[i], &d, e))
			break;
		aur_str in = aur_field_of(s, r->doc[i], session);
		aur_show(d.id.ptr, d.id.len);
		fputs(in.len ? "  " : "", stdout);
		aur_show(in.ptr, in.len);
		fputs("\n  ", stdout);
		aur_show(d.text.ptr, d.text.len);
		putchar('\n');
	}
	aur_doc_free(&d);
	if (!e->code && r->n > LISTED)
		printf(ngettext("… and %u more\n", "… and %u more\n", r->n - LISTED), r->n - LISTED);
	return e->code;
}

static aur_code keep_ids(struct erasing *x, aur_snapshot *s, const aur_result *r, aur_error *e)
{
	x->id = aur_xmalloc((size_t)r->n * sizeof *x->id);
	for (; x->n < r->n; x->n++) {
		aur_str id;
		if (aur_snapshot_doc_id(s, r->doc[x->n], &id, e))
			return e->code;
		x->id[x->n] = aur_str_keep(&x->text, id);
	}
	return AURE_OK;
}

/* What answers the query is listed or, with --yes, kept in *x. */
static aur_code answer(const aur_args *a, aur_ask *k, struct erasing *x, aur_error *e)
{
	const aur_want all = {.order = AUR_ORDER_CORPUS, .limit = UINT32_MAX};
	char said[64];
	aur_totals t;
	aur_result r;
	if (aur_query_run(k->search, k->q, &all, &r, e))
		return e->code;
	aur_snapshot_totals(k->s, &t);
	if (!r.n)
		return aur_fail(e, AURE_NOTFOUND, _("no contribution answers this query, and nothing was erased"));
	if (r.n == t.contributions)
		return aur_fail(e, AURE_CONFIG, _("nothing would be left of %s, and nothing was erased: to be rid of all of it, remove that folder"), k->corpus);
	if (aur_arg(a, "yes"))
		return keep_ids(x, k->s, &r, e);
	if (list(k->s, &r, e))
		return e->code;
	aur_count_say(said, 0, r.n);
	aur_say(_("to be erased: %s of %u; nothing was changed yet: the same command with --yes erases them for good"), said, t.contributions);
	return AURE_OK;
}

static int erase(const aur_args *a, struct erasing *x)
{
	aur_compaction how = {.leave_out = leave_out, .ctx = x};
	aur_totals after;
	aur_error e = {0};
	char said[2][64];
	aur_bar_interruptible();
	if (aur_compacting(a, &how, NULL, &after, &e))
		return aur_failed(&e);
	if (!aur_quiet()) {
		aur_count_say(said[0], 0, x->found);
		aur_count_say(said[1], 0, after.contributions);
		aur_say(_("%s: erased: %s; words that are in no contribution any more: %u; left: %s"), aur_arg_corpus(a), said[0],
			x->before.forms > after.forms ? x->before.forms - after.forms : 0, said[1]);
		aur_remark(_("files that still have them bring them back when they are ingested again; copies of the corpus, exports and pages made before keep them"));
	}
	return EXIT_DONE;
}

/* An erasure that was killed when all but the removal of the old generation was done has left it there, and is asked for again.  Who opens the
 * corpus for writing removes what is left. */
static void sweep(const char *dir)
{
	aur_writer *w;
	aur_error e;
	if (!aur_writer_open(dir, &w, &e))
		aur_writer_abandon(w);
}

static int run(aur_args *a)
{
	struct erasing x = {0};
	aur_error e = {0};
	aur_ask k;
	int rc = aur_ask_open(a, a->arg[0], &k);
	if (rc)
		return rc;
	if (answer(a, &k, &x, &e))
		rc = aur_ask_failed(&k, &e);
	aur_ask_close(&k);
	if (e.code == AURE_NOTFOUND && aur_arg(a, "yes"))
		sweep(aur_arg_corpus(a));
	if (!rc && x.n)
		rc = erase(a, &x);
	free(x.id);
	aur_arena_free(&x.text);
	return rc;
}

const aur_verb verb_erase = {"erase", N_("[-d CORPUS] [--yes] QUERY"), N_("take contributions out of a corpus for good, as when somebody withdraws"), opts, 1, 1, run};
