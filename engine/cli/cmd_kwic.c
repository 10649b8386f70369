/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>
#include "cli/ask.h"
#include "cli/verbs.h"
#include "query/kwic.h"

static const aur_opt opts[] = {AUR_OPT_CORPUS,
			       AUR_OPT_FORMAT,
			       {"width", 'w', N_("N"), N_("columns on each side (default 40)")},
			       {"sort", 's', N_("KEYS"), N_("left, right, left2…, form, label:x or a field; several with commas; - before one: descending")},
			       {"sample", 0, N_("N"), N_("a random sample of N lines")},
			       {"seed", 0, N_("N"), N_("of the sample (default 1): the same seed gives the same lines")},
			       {"limit", 'n', N_("N"), N_("at most N lines (default: 100 in a table, all otherwise)")},
			       {"offset", 0, N_("N"), N_("leave out the first N lines")},
			       {NULL, 0, NULL, NULL}};

struct job {
	aur_ask *k;
	aur_format f;
	aur_table *t;
	uint32_t width, session, n, idw;
	int colour;
};

static int line(void *ctx, const aur_kwic_line *l)
{
	struct job *b = ctx;
	aur_str s = b->session == AUR_NONE ? (aur_str){"", 0} : aur_field_of(b->k->s, l->doc, b->session);
	b->n++;
	if (b->t) {
		aur_points p = {l->text.ptr, 0, 0};
		aur_cell(b->t, l->id.ptr, l->id.len);
		aur_cell(b->t, s.ptr, s.len);
		aur_cell(b->t, l->left.ptr, l->left.len);
		aur_cell(b->t, l->node.ptr, l->node.len);
		aur_cell(b->t, l->right.ptr, l->right.len);
		aur_cell_int(b->t, (long long)aur_point_at(&p, l->start));
		aur_cell_int(b->t, (long long)aur_point_at(&p, l->end));
		return 1;
	}
	aur_buf o = {0};
	aur_str id = l->id;
	aur_kwic_pad(&o, id, b->idw, 0);
	aur_buf_str(&o, "  ");
	aur_kwic_pad(&o, l->left, b->width, 1);
	aur_buf_str(&o, b->colour ? " \033[1;33m" : " [");
	aur_kwic_pad(&o, l->node, 0, 0);
	aur_buf_str(&o, b->colour ? "\033[0m " : "] ");
	aur_kwic_pad(&o, l->right, 0, 0);
	aur_buf_byte(&o, '\n');
	fwrite(o.p, 1, o.n, stdout);
	aur_buf_free(&o);
	return 1;
}

static int run(aur_args *a)
{
	aur_ask k;
	aur_error e = {0};
	int rc = aur_ask_open(a, a->arg[0], &k);
	if (rc)
		return rc;
	static const char *const names[] = {"id", "session", "left", "node", "right", "start", "end"};
	struct job b = {.k = &k, .f = aur_arg_format(a), .width = (uint32_t)aur_arg_int(a, "width", 40, 0, 10000),
			.session = aur_snapshot_field(k.s, "session", 7), .idw = 10};
	b.colour = b.f == FMT_TABLE && isatty(STDOUT_FILENO) && !getenv("NO_COLOR");
	aur_kwic_want w = {.width = b.width, .sort = aur_arg(a, "sort"), .sample = (uint32_t)aur_arg_int(a, "sample", 0, 1, INT32_MAX),
			   .seed = (uint64_t)aur_arg_int(a, "seed", 1, 0, INT32_MAX), .offset = (uint32_t)aur_arg_int(a, "offset", 0, 0, INT32_MAX),
			   .limit = (uint32_t)aur_arg_int(a, "limit", b.f == FMT_TABLE ? 100 : UINT32_MAX, 1, UINT32_MAX), .total = 1};
	uint64_t all = 0;
	if (b.f != FMT_TABLE)
		b.t = aur_table_new(b.f, names, NULL, 7);
	if (!aur_query_has_words(k.q))
		aur_say(_("this query names no word, so that there is nothing to align: add a word or a theme"));
	if (aur_query_kwic(k.search, k.q, &w, line, &b, &all, &e))
		rc = aur_ask_failed(&k, &e);
	if (b.t)
		aur_table_free(b.t);
	else if (!rc && all > b.n)
		printf(_("%" PRIu64 " occurrences, %u shown\n"), all, b.n);
	else if (!rc)
		printf(_("%" PRIu64 " occurrences\n"), all);
	aur_ask_close(&k);
	return rc;
}

const aur_verb verb_kwic = {"kwic", N_("[-d CORPUS] QUERY"), N_("concordance: each occurrence with the words around it"), opts, 1, 1, run};
