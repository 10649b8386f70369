/* SPDX-License-Identifier: Apache-2.0 */
/* Themes by session, field and stance: contributions that carry them, each row with its denominator. */
#include "config.h"
#include <stdlib.h>
#include "cli/verbs.h"
#include "query/counts.h"

static const aur_opt opts[] = {AUR_OPT_CORPUS,
			       AUR_OPT_FORMAT,
			       {"by", 'b', N_("FIELD[,FIELD]"), N_("split by one or two fields: session, stance, territoire, date:month…")},
			       {"sub", 's', NULL, N_("show sub-themes as well (machine formats always do)")},
			       {"all", 'a', NULL, N_("also show themes that nobody spoke of in a part, as rows of zeros (machine formats always do)")},
			       {NULL, 0, NULL, NULL}};

struct job {
	aur_snapshot *s;
	unsigned nby;
	aur_by by[2];
	char *name[2];
	uint32_t nv[2]; /* parts + 1 */
	uint32_t *total; /* by cell: contributions */
	uint32_t *n;     /* by theme, cell: any, asserted, negated, conditional */
	size_t cells;
	uint32_t *rank[2]; /* of each part: its place in the order of rows */
};

static size_t cell_of(const struct job *j, const aur_column *col, uint32_t local)
{
	size_t c = 0;
	for (unsigned k = 0; k < j->nby; k++)
		c = c * j->nv[k] + aur_by_part(&j->by[k], aur_column_at(col[k], local));
	return c;
}

static aur_code count(struct job *j, aur_error *err)
{
	uint32_t nt = aur_snapshot_themes(j->s);
	aur_buf list = {0};
	aur_code c = AURE_OK;
	for (uint32_t g = 0; g < aur_snapshot_segs(j->s) && !c; g++) {
		const aur_seg_info *info = aur_snapshot_seg(j->s, g);
		aur_column col[2] = {{0}, {0}};
		for (unsigned k = 0; k < j->nby && !c; k++)
			c = aur_snapshot_column(j->s, g, j->by[k].field, &col[k], err);
		for (uint32_t d = 0; d < info->n && !c; d++)
			if (!aur_seg_is_deleted(info, d))
				j->total[cell_of(j, col, d)]++;
		uint8_t *seen = aur_xmalloc(info->n);
		for (uint32_t t = 0; t < nt && !c; t++) {
			memset(seen, 0, info->n);
			for (uint32_t u = t; u < nt && !c; u++) {
				if (!aur_snapshot_theme_within(j->s, u, t))
					continue;
				for (unsigned p = 0; p < 3 && !c; p++) {
					list.n = 0;
					c = aur_snapshot_theme_docs(j->s, g, u, p, &list, err);
					const uint32_t *v = (const uint32_t *)(void *)list.p;
					for (size_t i = 0; i < list.n / 4; i++)
						if (v[i] < info->n)
							seen[v[i]] |= (uint8_t)(1u << p);
				}
			}
			for (uint32_t d = 0; d < info->n && !c; d++) {
				if (!seen[d] || aur_seg_is_deleted(info, d))
					continue;
				uint32_t *n = j->n + 4 * ((size_t)t * j->cells + cell_of(j, col, d));
				n[0]++;
				for (unsigned p = 0; p < 3; p++)
					n[1 + p] += seen[d] >> p & 1;
			}
		}
		free(seen);
	}
	aur_buf_free(&list);
	return c;
}

/* Sessions in the order of their dates, everything else by name; « none », the value 0, last. */
static uint32_t *ranks(struct job *j, unsigned k)
{
	uint32_t *rank = aur_xcalloc(j->nv[k], sizeof *rank), *value = aur_xcalloc(j->nv[k], sizeof *value), n = j->nv[k] - 1, place = 0;
	if (j->by[k].group) /* dates: they have their numbers in their order */
		for (uint32_t i = 0; i < n; i++)
			value[i] = i + 1;
	else
		aur_value_order(j->s, j->by[k].field, value);
	for (uint32_t i = 0; !j->by[k].group && !strcmp(j->name[k], "session") && i < aur_snapshot_session_count(j->s); i++) {
		uint32_t v = aur_snapshot_value(j->s, j->by[k].field, aur_snapshot_session_id(j->s, i));
		if (v && v <= n && !rank[v])
			rank[v] = ++place;
	}
	for (uint32_t i = 0; i < n; i++)
		if (!rank[value[i]])
			rank[value[i]] = ++place;
	rank[0] = ++place;
	free(value);
	return rank;
}

static int by_names(const void *a, const void *b, void *ctx)
{
	const struct job *j = ctx;
	size_t x = *(const size_t *)a, y = *(const size_t *)b;
	for (unsigned k = 0; k < j->nby; k++) {
		size_t div = k + 1 < j->nby ? j->nv[1] : 1;
		uint32_t vx = (uint32_t)(x / div % j->nv[k]), vy = (uint32_t)(y / div % j->nv[k]);
		if (vx == vy)
			continue;
		return j->rank[k][vx] < j->rank[k][vy] ? -1 : 1;
	}
	return 0;
}

/* Themes keep their numbers when the last contribution that had them is replaced; nobody speaks of them any more. */
static int is_left(const struct job *j, uint32_t theme)
{
	for (size_t c = 0; c < j->cells; c++)
		if (j->n[4 * ((size_t)theme * j->cells + c)])
			return 1;
	return 0;
}

static void matrix(struct job *j, const size_t *cell, size_t ncell, int sub, uint32_t nt)
{
	const char **names = aur_xcalloc(ncell + 2, sizeof *names);
	aur_buf cut = {0}, name = {0};
	names[0] = _("theme");
	for (size_t c = 0; c < ncell; c++) {
		aur_str v = aur_by_text(j->s, &j->by[0], (uint32_t)cell[c]);
		cut.n = name.n = 0;
		aur_shortened(&cut, v.len ? v.ptr : "–", v.len ? v.len : strlen("–"), 60);
		aur_calm(&name, (const char *)cut.p, cut.n, 0);
		names[c + 1] = aur_xstrdup(aur_buf_cstr(&name));
	}
	aur_buf_free(&cut);
	aur_buf_free(&name);
	names[ncell + 1] = _("all");
	aur_table *t = aur_table_new(FMT_TABLE, names, NULL, (unsigned)ncell + 2);
	for (uint32_t i = 0; i < nt; i++) {
		aur_str th = aur_snapshot_theme(j->s, i);
		uint32_t sum = 0;
		if (!is_left(j, i) || (!sub && memchr(th.ptr, '.', th.len)))
			continue;
		aur_cell(t, th.ptr, th.len);
		for (size_t c = 0; c < ncell; c++) {
			uint32_t n = j->n[4 * ((size_t)i * j->cells + cell[c])];
			sum += n;
			aur_cell_int(t, n);
		}
		aur_cell_int(t, sum);
	}
	uint32_t sum = 0;
	aur_cell_str(t, _("contributions"));
	for (size_t c = 0; c < ncell; c++) {
		sum += j->total[cell[c]];
		aur_cell_int(t, j->total[cell[c]]);
	}
	aur_cell_int(t, sum);
	aur_table_free(t);
	for (size_t c = 0; c < ncell; c++)
		free((void *)(uintptr_t)names[c + 1]);
	free(names);
}

static void rows(struct job *j, aur_format f, const size_t *cell, size_t ncell, int sub, int all, uint32_t nt)
{
	static const char *const own[] = {"theme", "contributions", "asserted", "negated", "conditional", "of", "percent"}, *const *tail = own + 1;
	static const char *const htail[] = {N_("contributions"), N_("asserted"), N_("denied"), N_("on condition"), N_("out of"), N_("percent")};
	const char *names[16] = {f == FMT_TABLE ? _("theme") : own[0]};
	char *column[2];
	unsigned n = 1;
	for (unsigned k = 0; k < j->nby; k++, n++)
		names[n] = column[k] = aur_column_of(j->name[k], own, f == FMT_TABLE ? 0 : 7);
	for (unsigned k = 0; k < 6; k++, n++)
		names[n] = f == FMT_TABLE ? _(htail[k]) : tail[k];
	aur_table *t = aur_table_new(f, names, NULL, n);
	uint32_t spoken = 0;
	for (uint32_t i = 0; i < nt; i++) {
		aur_str th = aur_snapshot_theme(j->s, i);
		if (!is_left(j, i) || (!sub && f == FMT_TABLE && memchr(th.ptr, '.', th.len)))
			continue;
		for (size_t c = 0; c < ncell; c++) {
			const uint32_t *m = j->n + 4 * ((size_t)i * j->cells + cell[c]);
			if (!m[0] && f == FMT_TABLE && !all)
				continue;
			spoken += m[0] != 0;
			aur_cell(t, th.ptr, th.len);
			for (unsigned k = 0; k < j->nby; k++) {
				size_t div = k + 1 < j->nby ? j->nv[1] : 1;
				aur_str v = aur_by_text(j->s, &j->by[k], (uint32_t)(cell[c] / div % j->nv[k]));
				if (!v.len && f == FMT_TABLE)
					aur_cell_str(t, "–");
				else
					aur_cell(t, v.ptr, v.len);
			}
			for (unsigned k = 0; k < 4; k++)
				aur_cell_int(t, m[k]);
			aur_cell_int(t, j->total[cell[c]]);
			aur_cell_real(t, 100.0 * m[0] / j->total[cell[c]], 2);
		}
	}
	aur_table_free(t);
	for (unsigned k = 0; k < j->nby; k++)
		free(column[k]);
	if (!spoken && f == FMT_TABLE)
		aur_remark(_("no theme was found in this corpus"));
}

static int run(aur_args *a)
{
	struct job j = {0};
	aur_error e;
	aur_format f = aur_arg_format(a);
	int sub = aur_arg(a, "sub") != NULL;
	const char *by = aur_arg_joined(a, "by");
	by = by && *by ? by : NULL;
	if (aur_open_corpus(a, &j.s, &e))
		return aur_failed(&e);
	int rc = EXIT_DONE;
	aur_search *search = NULL; /* holds the groups of its fields */
	j.cells = 1;
	if (by) {
		uint32_t nby;
		aur_query_env env = {.s = j.s};
		search = aur_search_new(&env);
		if (aur_query_fields(search, by, j.by, &nby, &e))
			rc = aur_failed(&e);
		for (; !rc && j.nby < nby; j.nby++) {
			aur_str name = aur_snapshot_field_name(j.s, j.by[j.nby].field);
			j.name[j.nby] = aur_xstrndup(name.ptr, name.len);
			j.nv[j.nby] = aur_by_parts(j.s, &j.by[j.nby]) + 1;
			j.cells *= j.nv[j.nby];
		}
	}
	if (!rc && j.cells > 4000000) {
		aur_fail(&e, AURE_USAGE, _("these fields have too many values for a table"));
		rc = aur_failed(&e);
	}
	if (rc)
		goto out;
	uint32_t nt = aur_snapshot_themes(j.s);
	j.total = aur_xcalloc(j.cells, sizeof *j.total);
	j.n = aur_xcalloc((size_t)nt * j.cells * 4 + 1, sizeof *j.n);
	if (count(&j, &e)) {
		rc = aur_failed(&e);
		goto out;
	}
	for (unsigned k = 0; k < j.nby; k++)
		j.rank[k] = ranks(&j, k);
	size_t *cell = aur_xmalloc(j.cells * sizeof *cell), ncell = 0;
	for (size_t c = 0; c < j.cells; c++)
		if (j.total[c])
			cell[ncell++] = c;
	qsort_r(cell, ncell, sizeof *cell, by_names, &j);
	if (f == FMT_TABLE && j.nby == 1 && ncell <= 12)
		matrix(&j, cell, ncell, sub, nt);
	else
		rows(&j, f, cell, ncell, sub, aur_arg(a, "all") != NULL, nt);
	if (f == FMT_TABLE && nt)
		aur_remark(_("contributions that carry the theme, including those where it is denied. Small counts are shown here, and may identify somebody: to publish, use « auricule irritants » or « auricule report », which hide them"));
	for (unsigned k = 0; f == FMT_TABLE && k < j.nby; k++)
		aur_stance_legend(j.name[k]);
	free(cell);
out:
	for (unsigned k = 0; k < 2; k++) {
		free(j.name[k]);
		free(j.rank[k]);
	}
	free(j.total);
	free(j.n);
	aur_search_free(search);
	aur_snapshot_close(j.s);
	return rc;
}

const aur_verb verb_themes = {"themes", N_("[-d CORPUS] [--by FIELD[,FIELD]]"), N_("themes by session, field and stance"), opts, 0, 0, run};
