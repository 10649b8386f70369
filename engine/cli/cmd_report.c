/* SPDX-License-Identifier: Apache-2.0 */
/* The page that a policy team reads, and whether it still says what the corpus says. */
#include "config.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include "base/file.h"
#include "cli/beside.h"
#include "cli/ledger.h"
#include "cli/outfile.h"
#include "cli/verbs.h"
#include "irritants/tables.h"
#include "report/verify.h"

static const aur_opt report_opts[] = {AUR_OPT_CORPUS,
				      {"output", 'o', N_("FILE"), N_("where to write the page (default: rapport.html)")},
				      {"tables", 't', N_("DIR"), N_("also write every table as CSV into this folder")},
				      {"by", 'b', N_("FIELD"), N_("also split by a field that describes people, such as an age or a gender (may be given again)")},
				      {"k", 'k', N_("N"), N_("hide counts of fewer than N people (default 5)")},
				      {"threads", 'j', N_("N"), N_("threads (default: one per processor)")},
				      {NULL, 0, NULL, NULL}};
static const aur_opt verify_opts[] = {AUR_OPT_CORPUS,
				      {"threads", 'j', N_("N"), N_("threads (default: one per processor)")},
				      {NULL, 0, NULL, NULL}};

/* Is there a file of that name that does not begin so?  What report writes takes the place of its own files alone: any other is somebody's work. */
static int is_other(const char *path, const char *begins, size_t n, int (*compare)(const char *, const char *, size_t))
{
	struct stat st;
	if (stat(path, &st) || !S_ISREG(st.st_mode) || !st.st_size)
		return 0;
	char *head = aur_xmalloc(n + 1);
	FILE *f = fopen(path, "rb");
	int other = f && (fread(head, 1, n, f) != n || compare(head, begins, n) != 0);
	if (f)
		fclose(f);
	free(head);
	return other;
}

static int same_bytes(const char *a, const char *b, size_t n)
{
	return memcmp(a, b, n);
}

/* Writes the tables; or, with only_look, fails where a file of that name has other columns: « verbatims.csv » may well be what the corpus was
 * made from. */
static aur_code write_tables(const aur_irr_table *t, uint32_t n, const char *dir, int only_look, aur_error *e)
{
	aur_code c = AURE_OK;
	for (uint32_t i = 0; i < n && !c; i++) {
		aur_buf path = {0}, out = {0};
		aur_irr_table head = t[i];
		head.row_count = 0;
		aur_buf_printf(&path, "%s/%s.csv", dir, t[i].name);
		aur_irr_table_csv(only_look ? &head : &t[i], &out);
		if (!only_look)
			c = aur_write_file(aur_buf_cstr(&path), &out, e);
		else if (is_other(aur_buf_cstr(&path), (const char *)out.p, out.n, same_bytes))
			c = aur_fail_at(e, AURE_USAGE, aur_buf_cstr(&path), 0, 0,
					_("this file exists and is not this table of a report: give the tables another folder with --tables"));
		aur_buf_free(&path);
		aur_buf_free(&out);
	}
	return c;
}

static aur_code tables(const aur_book *b, const char *dir, aur_error *e)
{
	aur_arena arena = {0};
	aur_irr_table *t = NULL, field = {0};
	uint32_t n = 0;
	if (mkdir(dir, 0777) && errno != EEXIST)
		return aur_fail_at(e, AURE_IO, dir, 0, 0, _("this folder cannot be made: %s"), strerror(errno));
	aur_code c = aur_irr_tables(b->l, NULL, &arena, &t, &n, e);
	if (!c && b->crosses)
		aur_cross_table(b->l, b->cross, b->crosses, &arena, &field);
	for (int only_look = 1; only_look >= 0 && !c; only_look--) {
		c = write_tables(t, n, dir, only_look, e);
		if (!c)
			c = write_tables(&field, b->crosses != 0, dir, only_look, e);
	}
	free(field.cells);
	aur_irr_tables_free(t, n);
	aur_arena_free(&arena);
	return c;
}

static int run_report(aur_args *a)
{
	aur_irr_options opt = AUR_IRR_OPTIONS;
	const char *path = aur_arg(a, "output") ? aur_arg(a, "output") : "rapport.html", *dir = aur_arg(a, "tables");
	aur_book b;
	aur_error e = {0};
	aur_buf page = {0};
	opt.k = (uint32_t)aur_arg_int(a, "k", 5, 0, 1000);
	static const char page_begins[] = "<!DOCTYPE html";
	if (is_other(path, page_begins, sizeof page_begins - 1, strncasecmp)) {
		aur_fail_at(&e, AURE_USAGE, path, 0, 0, _("this file exists and is not a report page: give the page another name with --output"));
		return aur_failed(&e);
	}
	if (aur_book_open(a, &opt, AUR_BOOK_PAGE, &b, &e))
		return aur_failed(&e);
	if (!b.l->contributions) {
		aur_book_close(&b);
		aur_fail(&e, AURE_NOTFOUND, _("there is nothing to report on, so %s was not written"), path);
		return aur_failed(&e);
	}
	aur_code c = AURE_OK;
	for (unsigned i = 0; aur_arg_nth(a, "by", i) && !c; i++)
		c = aur_book_by(&b, aur_arg_nth(a, "by", i), &e);
	if (!c)
		c = aur_report_page(b.l, b.cross, b.crosses, b.assets, &page, &e);
	if (!c && dir)
		c = tables(&b, dir, &e);
	if (!c)
		c = aur_write_file(path, &page, &e);
	if (!c) {
		aur_remark(ngettext("%s: %s contribution, %s kB; open it in a browser, without a network if you like",
				    "%s: %s contributions, %s kB; open it in a browser, without a network if you like", b.l->contributions),
			   path, aur_written("%u", (unsigned)b.l->contributions), aur_written("%.1f", (double)page.n / 1e3));
		if (!aur_assets_have_pictures(b.assets))
			aur_remark(_("the page has tables but no charts: install libjs-vega and build again"));
		aur_book_stale(&b);
		aur_book_consent(&b);
		if (aur_speakers_recur(b.l))
			aur_remark("%s", aur_speakers_recur(b.l));
		aur_book_names(&b);
		aur_book_everybody(&b);
		aur_book_few(&b);
		if (opt.k > 1)
			aur_page_beside(path, &page);
		aur_remark(_("« auricule verify -d %s %s » checks every figure against the corpus"), aur_typed(aur_arg_corpus(a)), aur_typed(path));
	}
	aur_buf_free(&page);
	aur_book_close(&b);
	return c ? aur_failed(&e) : EXIT_DONE;
}

static void free_all(char **s, uint32_t n)
{
	while (n)
		free(s[--n]);
}

static int run_verify(aur_args *a)
{
	aur_irr_options opt = AUR_IRR_OPTIONS;
	aur_book b;
	aur_error e = {0};
	aur_buf page = {0};
	aur_verdict v;
	const char *path = a->arg[0];
	int why = aur_file_read(path, AUR_PAGE_MAX, &page);
	if (why) {
		aur_buf_free(&page);
		aur_fail_at(&e, AURE_IO, path, 0, 0, _("this page cannot be read: %s"), strerror(why));
		return aur_failed(&e);
	}
	char *by[AUR_PROOF_FIELDS];
	uint32_t fields = 0;
	aur_code c = aur_proof_options((char *)page.p, page.n, &opt, by, &fields, &e);
	if (c && !e.file[0])
		snprintf(e.file, sizeof e.file, "%s", path);
	if (c || aur_book_open(a, &opt, AUR_BOOK_PAGE, &b, &e)) {
		free_all(by, fields);
		aur_buf_free(&page);
		return aur_failed(&e);
	}
	int rc = EXIT_FAILED;
	/* A field that can no longer be told of has no figures, which differ then from the page's. */
	for (uint32_t i = 0; i < fields; i++)
		if (aur_book_by(&b, by[i], &e))
			aur_remark(_("note: the page splits by « %s »: %s"), by[i], e.text);
	if (aur_verify((char *)page.p, page.n, b.l, b.cross, b.crosses, b.assets, &v, &e)) {
		rc = aur_failed(&e);
	} else {
		if (v.altered)
			aur_showf(_("%s was changed after it was written\n"), path);
		switch (v.kind) {
		case AUR_VERIFIED:
			aur_showf(_("verified: %u figures of %s are those of the corpus %s\n"), v.figures, path, aur_arg_corpus(a));
			rc = EXIT_DONE;
			break;
		case AUR_VERIFY_FIGURE:
			aur_showf(_("the first figure that differs is %s: the page says « %s », the corpus says « %s » (%u of %u figures differ)\n"), v.figure,
				  *v.said ? v.said : "–", *v.is ? v.is : "–", v.differing, v.figures);
			break;
		case AUR_VERIFY_PROSE:
			if (v.figure[0])
				aur_showf(_("%s:%u: the page shows « %s » for %s, where the corpus says « %s »\n"), path, v.line, v.said, v.figure, v.is);
			else if (v.altered)
				aur_showf(_("%s:%u: all figures agree, but the page is no longer what was written: « %s »\n"), path, v.line, v.said);
			else
				aur_showf(_("%s:%u: all figures agree, but a page of this corpus has something else here: « %s »; somebody may have changed the page and its seal\n"),
					  path, v.line, v.said);
			break;
		case AUR_VERIFY_FINGERPRINT:
			aur_showf(_("the figures agree, but what they were made with has changed: %s\n"), v.changed);
			break;
		}
		aur_book_stale(&b);
		if (v.kind != AUR_VERIFIED && v.kind != AUR_VERIFY_FINGERPRINT && v.changed[0])
			aur_showf(_("changed since the page was made: %s\n"), v.changed);
	}
	aur_buf_free(&page);
	aur_book_close(&b);
	free_all(by, fields);
	return rc;
}

const aur_verb verb_report = {"report", N_("[-d CORPUS] [-o FILE]"), N_("write the report of a corpus: one HTML page that opens anywhere"), report_opts, 0, 0, run_report};
const aur_verb verb_verify = {"verify", N_("[-d CORPUS] FILE"), N_("check every figure of a page against the corpus"), verify_opts, 1, 1, run_verify};
