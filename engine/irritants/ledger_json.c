/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger as JSON: the tables by name, each row an object.  JSON is made from the same tables as CSV, so that the threshold is
 * applied once. */
#include "config.h"
#include <string.h>
#include <yajl/yajl_gen.h>
#include "base/intl.h"
#include "irritants/tables.h"
#include "irritants/told.h"

static void put(yajl_gen g, const char *s)
{
	yajl_gen_string(g, (const unsigned char *)s, strlen(s));
}

/* Is it written as a number in JSON, like "12"?  "" and "<5" are not: value() writes null and a string. */
static bool is_number(const char *s)
{
	const char *p = s + (*s == '-');
	size_t n = strspn(p, "0123456789");
	if (!n || (n > 1 && *p == '0'))
		return false;
	p += n;
	if (*p == '.') {
		n = strspn(++p, "0123456789");
		if (!n)
			return false;
		p += n;
	}
	if (*p == 'e' || *p == 'E') {
		p += 1 + (p[1] == '-' || p[1] == '+');
		n = strspn(p, "0123456789");
		if (!n)
			return false;
		p += n;
	}
	return !*p;
}

/* Columns whose cells stay text even if they look like numbers. */
static bool is_words(const char *column)
{
	static const char *const w[] = {"session", "date", "wave", "place", "territory", "kind", "role", "theme", "label", "part_of", "part",
					"words", "word", "text", "name", "version", "digest", "value", "first_heard", "last_heard"};
	for (size_t i = 0; i < sizeof w / sizeof *w; i++)
		if (!strcmp(column, w[i]))
			return true;
	return false;
}

bool aur_irr_is_number(const char *column, const char *cell)
{
	return !is_words(column) && is_number(cell);
}

static void value(yajl_gen g, const char *v)
{
	if (!*v)
		yajl_gen_null(g);
	else if (is_number(v))
		yajl_gen_number(g, v, strlen(v));
	else
		put(g, v);
}

aur_code aur_ledger_json(const aur_ledger *l, aur_buf *out, aur_error *e)
{
	aur_arena arena = {0};
	aur_irr_table *t = NULL;
	uint32_t n = 0;
	aur_code code = aur_irr_tables(l, NULL, &arena, &t, &n, e);
	if (code != AURE_OK) {
		aur_arena_free(&arena);
		return code;
	}
	yajl_gen g = yajl_gen_alloc(NULL);
	if (!g) {
		aur_irr_tables_free(t, n);
		aur_arena_free(&arena);
		return aur_fail(e, AURE_NOMEM, _("no memory left"));
	}
	yajl_gen_map_open(g);
	put(g, "title");
	yajl_gen_string(g, (const unsigned char *)(l->in->title.ptr ? l->in->title.ptr : ""), l->in->title.len);
	put(g, "invented");
	yajl_gen_bool(g, l->in->invented);
	put(g, "k");
	yajl_gen_integer(g, l->opt.k);
	for (int people = 0; people < 2; people++) {
		char buf[32];
		put(g, people ? "people" : "contributions");
		value(g, aur_irr_cell_told(&l->all.said, people, l->opt.k, buf));
	}
	put(g, "without_speaker");
	char without[32];
	value(g, aur_anonymous_told(l, without));
	put(g, "waves_are_halves");
	yajl_gen_bool(g, l->halves);
	for (uint32_t i = 0; i < n; i++) {
		put(g, t[i].name);
		yajl_gen_array_open(g);
		for (uint32_t r = 0; r < t[i].row_count; r++) {
			yajl_gen_map_open(g);
			for (uint32_t c = 0; c < t[i].column_count; c++) {
				const char *v = t[i].cells[(size_t)r * t[i].column_count + c];
				put(g, t[i].columns[c]);
				if (is_words(t[i].columns[c]))
					put(g, v);
				else
					value(g, v);
			}
			yajl_gen_map_close(g);
		}
		yajl_gen_array_close(g);
	}
	yajl_gen_map_close(g);
	const unsigned char *p;
	size_t len;
	yajl_gen_get_buf(g, &p, &len);
	aur_buf_put(out, p, len);
	aur_buf_byte(out, '\n');
	yajl_gen_free(g);
	aur_irr_tables_free(t, n);
	aur_arena_free(&arena);
	return AURE_OK;
}
