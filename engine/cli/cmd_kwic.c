/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include "cli/ask.h"
#include "cli/verbs.h"
#include "query/kwic.h"
#include "text/fold.h"

static const aur_opt opts[] = {AUR_OPT_CORPUS,
			       AUR_OPT_FORMAT,
			       {"width", 'w', N_("N"), N_("columns on each side (default 40)")},
			       {"sort", 's', N_("KEYS"), N_("left, right, left2…, form, label:x or a field; several with commas; - before one: descending")},
			       {"sample", 0, N_("N"), N_("a random sample of N lines")},
			       {"seed", 0, N_("N"), N_("of the sample (default 1): the same seed gives the same lines")},
			       {"limit", 'n', N_("N"), N_("at most N lines (default: 100 in a table, all otherwise)")},
			       {"offset", 0, N_("N"), N_("leave out the first N lines")},
			       {NULL, 0, NULL, NULL}};

/* Lines of a table wait for each other, so that the column of the ids is as wide as the widest of them. */
#define WAIT 1000u

struct job {
	aur_ask *k;
	aur_format f;
	aur_table *t;
	uint32_t width, session, n, waiting;
	size_t idw;
	aur_buf lines, out;
	int colour;
	aur_points at; /* in the text of contribution `doc`, which mostly has the next line too */
	uint32_t doc;
};
struct waiting { /* lengths of what follows, one after the other */
	uint32_t id, left, node, right;
};

static void print_lines(struct job *b)
{
	const char *p = (const char *)b->lines.p, *end = p + b->lines.n;
	aur_buf *o = &b->out;
	o->n = 0;
	while (p < end) {
		struct waiting w;
		memcpy(&w, p, sizeof w);
		p += sizeof w;
		aur_kwic_pad(o, (aur_str){p, w.id}, b->idw, 0);
		p += w.id;
		aur_buf_str(o, "  ");
		aur_kwic_pad(o, (aur_str){p, w.left}, b->width, 1);
		p += w.left;
		aur_buf_str(o, b->colour ? " \033[1;33m" : " [");
		aur_kwic_pad(o, (aur_str){p, w.node}, 0, 0);
		p += w.node;
		aur_buf_str(o, b->colour ? "\033[0m " : "] ");
		aur_kwic_pad(o, (aur_str){p, w.right}, 0, 0);
		p += w.right;
		aur_buf_byte(o, '\n');
	}
	fwrite(o->p, 1, o->n, stdout);
	b->lines.n = b->waiting = 0;
}

static const char *const names[] = {"id", "session", "left", "node", "right", "start", "end"};

static int line(void *ctx, const aur_kwic_line *l)
{
	struct job *b = ctx;
	aur_str s = aur_field_of(b->k->s, l->doc, b->session);
	b->n++;
	if (b->f != FMT_TABLE) {
		if (!b->t)
			b->t = aur_table_new(b->f, names, NULL, 7);
		if (!b->at.s || b->doc != l->doc)
			b->at = (aur_points){l->text.ptr, 0, 0};
		b->doc = l->doc;
		aur_cell(b->t, l->id.ptr, l->id.len);
		aur_cell(b->t, s.ptr, s.len);
		aur_cell(b->t, l->left.ptr, l->left.len);
		aur_cell(b->t, l->node.ptr, l->node.len);
		aur_cell(b->t, l->right.ptr, l->right.len);
		aur_cell_int(b->t, (long long)aur_point_at(&b->at, l->start));
		aur_cell_int(b->t, (long long)aur_point_at(&b->at, l->end));
		return 1;
	}
	struct waiting w = {(uint32_t)l->id.len, (uint32_t)l->left.len, (uint32_t)l->node.len, (uint32_t)l->right.len};
	size_t idw = aur_text_width(l->id.ptr, l->id.len);
	b->idw = idw > b->idw ? idw : b->idw;
	aur_buf_put(&b->lines, &w, sizeof w);
	aur_buf_put(&b->lines, l->id.ptr, l->id.len);
	aur_buf_put(&b->lines, l->left.ptr, l->left.len + l->node.len + l->right.len); /* one slice of the text */
	if (++b->waiting == WAIT)
		print_lines(b);
	return 1;
}

static int run(aur_args *a)
{
	aur_ask k;
	aur_error e = {0};
	int rc = aur_ask_open(a, a->arg[0], &k);
	if (rc)
		return rc;
	struct job b = {.k = &k, .f = aur_arg_format(a), .width = (uint32_t)aur_arg_int(a, "width", 40, 0, 10000),
			.session = aur_snapshot_field(k.s, "session", 7), .idw = 4};
	b.colour = b.f == FMT_TABLE && aur_colours();
	aur_kwic_want w = {.width = b.width, .sort = aur_arg(a, "sort"), .sample = (uint32_t)aur_arg_int(a, "sample", 0, 1, INT32_MAX),
			   .seed = (uint64_t)aur_arg_int(a, "seed", 1, 0, INT32_MAX), .offset = (uint32_t)aur_arg_int(a, "offset", 0, 0, INT32_MAX),
			   .limit = (uint32_t)aur_arg_int(a, "limit", b.f == FMT_TABLE ? 100 : UINT32_MAX, 1, UINT32_MAX), .total = 1};
	uint64_t all = 0;
	if (aur_query_kwic(k.search, k.q, &w, line, &b, &all, &e))
		rc = aur_ask_failed(&k, &e);
	if (b.f != FMT_TABLE) {
		if (!b.t && !rc)
			b.t = aur_table_new(b.f, names, NULL, 7);
		if (b.t)
			aur_table_free(b.t);
	} else if (!rc) {
		char found[64];
		aur_count_say(found, 1, all);
		print_lines(&b);
		if (all > b.n)
			printf(ngettext("%s, %u shown\n", "%s, %u shown\n", b.n), found, b.n);
		else
			printf("%s\n", found);
	}
	aur_buf_free(&b.lines);
	aur_buf_free(&b.out);
	aur_ask_close(&k);
	return rc;
}

const aur_verb verb_kwic = {"kwic", N_("[-d CORPUS] QUERY"), N_("concordance: each occurrence with the words around it"), opts, 1, 1, run};
