/* SPDX-License-Identifier: Apache-2.0 */
/* See gold.h. */
#define _POSIX_C_SOURCE 200809L
#include "gold.h"
#include "host_ann.h"
#include "host_text.h"
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 40, THEMES = 64 };
typedef struct theme {
	char code[64];
	unsigned right, missed, wrong;
	unsigned denied, denied_right, asserted, asserted_right;
} theme;

typedef struct run {
	theme themes[THEMES];
	size_t count;
} run;

/* The next field of a record, unquoted in place; *last: it ends the record.  NULL at the end of the file. */
static char *next_field(char **at, bool *last)
{
	char *s = *at, *out = s, *start = s;
	bool quoted = *s == '"';
	if (*s == 0)
		return NULL;
	if (quoted)
		start = out = ++s;
	for (;; s++) {
		if (*s == 0)
			break;
		if (quoted && *s == '"') {
			if (s[1] != '"') {
				quoted = false;
				continue;
			}
			s++;
		} else if (!quoted && (*s == ';' || *s == '\n' || *s == '\r')) {
			break;
		}
		*out++ = *s;
	}
	*last = *s != ';';
	if (*s == '\r')
		s++;
	*at = *s ? s + 1 : s;
	*out = 0;
	return start;
}

static theme *theme_of(run *r, const char *code, size_t n)
{
	const char *dot = memchr(code, '.', n);
	if (dot != NULL)
		n = (size_t)(dot - code);
	for (size_t i = 0; i < r->count; i++)
		if (strlen(r->themes[i].code) == n && memcmp(r->themes[i].code, code, n) == 0)
			return &r->themes[i];
	if (r->count == THEMES || n >= sizeof(r->themes[0].code))
		abort();
	memcpy(r->themes[r->count].code, code, n);
	return &r->themes[r->count++];
}

static void add_codes(run *r, const char *list, int value, int expected[THEMES])
{
	while (*list) {
		size_t n = strcspn(list, "|");
		if (n > 0)
			expected[theme_of(r, list, n) - r->themes] = value;
		list += n + (list[n] == '|');
	}
}

static int by_code(const void *a, const void *b)
{
	return strcmp(((const theme *)a)->code, ((const theme *)b)->code);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static double ratio(double a, double b)
{
	return b > 0 ? a / b : 0;
}

static double f1_of(const theme *t)
{
	return ratio(2.0 * t->right, 2.0 * t->right + t->wrong + t->missed);
}

/* "lexicon=PATH" for each of the lexicons asked for. */
static char **settings_of(const gold_options *o)
{
	char **s = calloc(THEMES + 1, sizeof(*s));
	size_t n = 0;
	const char *src = getenv("srcdir");
	char dir[500], line[1200];
	for (size_t i = 0; i < o->lexicon_count && n < THEMES; i++) {
		snprintf(line, sizeof(line), "lexicon=%s", o->lexicons[i]);
		s[n++] = strdup(line);
	}
	if (n > 0)
		return s;
	snprintf(dir, sizeof(dir), "%s/lexicons", src ? src : ".");
	DIR *d = opendir(dir);
	struct dirent *e;
	while (d != NULL && (e = readdir(d)) != NULL && n < THEMES) {
		size_t k = strlen(e->d_name);
		if (k > 4 && strcmp(e->d_name + k - 4, ".xml") == 0 && strcmp(e->d_name, "pipeline.xml") != 0) {
			snprintf(line, sizeof(line), "lexicon=%s/%s", dir, e->d_name);
			s[n++] = strdup(line);
		}
	}
	if (d != NULL)
		closedir(d);
	qsort(s, n, sizeof(*s), by_name);
	return s;
}

static void show_row(const gold_options *o, ha *a, const run *r, const char *id, const char *text, const int *expected, const int *found)
{
	bool wrong = false;
	for (size_t i = 0; i < r->count; i++)
		wrong |= expected[i] != found[i] && !(expected[i] == 1 && found[i] == 3);
	if (o->out == NULL || o->quiet || (!wrong && !o->all))
		return;
	fprintf(o->out, "%s  %s\n", id, text);
	for (size_t i = 0; i < r->count; i++) {
		const char *code = r->themes[i].code;
		if (expected[i] && !found[i])
			fprintf(o->out, "      MISSED  %s%s\n", code, expected[i] == 2 ? " (denied)" : "");
		else if (!expected[i] && found[i])
			fprintf(o->out, "      WRONG   %s%s\n", code, found[i] == 2 ? " (denied)" : "");
		else if (expected[i] == 1 && found[i] == 2)
			fprintf(o->out, "      DENIED, but asserted  %s\n", code);
		else if (expected[i] == 2 && found[i] != 2)
			fprintf(o->out, "      ASSERTED, but denied  %s\n", code);
	}
	for (uint32_t i = 0; i < ha_count(a); i++) {
		const ha_hit *h = &ha_hits(a)[i];
		aur_label l;
		ha_label(a, h, &l);
		fprintf(o->out, "              %.*s %c « %s »  by  %.*s", (int)l.theme.len, l.theme.ptr, "+-?"[h->hit.polarity],
		        ha_text(a, h->hit.first_token, h->hit.last_token), (int)l.entry.len, l.entry.ptr);
		if (h->hit.cue_first != AUR_NO_TOKEN)
			fprintf(o->out, "  cue « %s » scope « %s »", ha_text(a, h->hit.cue_first, h->hit.cue_last),
			        ha_text(a, h->hit.scope_first, h->hit.scope_last));
		fputc('\n', o->out);
	}
}

/* The annotators under test; false, with a message, if one cannot be had. */
static bool add_annotators(const gold_options *o, ha *a)
{
	char **settings = settings_of(o);
	bool good = ha_add(a, "annotate-lexicon", "annotate-lexicon", (const char *const *)settings) == AUR_OK &&
	            (!ha_built("annotate-negation") || ha_add(a, "annotate-negation", "annotate-negation", NULL) == AUR_OK);
	if (!good && o->out)
		fprintf(o->out, "%s\n", ha_error(a));
	for (size_t i = 0; settings[i] != NULL; i++)
		free(settings[i]);
	free(settings);
	return good;
}

typedef struct columns {
	int id, text, themes, denied, count; /* -1: there is none */
} columns;

static columns columns_of(char *const *row, int n)
{
	columns c = { -1, -1, -1, -1, n };
	for (int i = 0; i < n; i++) {
		c.id = strcmp(row[i], "id") == 0 ? i : c.id;
		c.text = strcmp(row[i], "texte") == 0 ? i : c.text;
		c.themes = strcmp(row[i], "themes") == 0 ? i : c.themes;
		c.denied = strcmp(row[i], "nies") == 0 ? i : c.denied;
	}
	return c;
}

/* Counts one text: expected and found are 1 where a theme is asserted, 2 where it is denied, 3 where it is conditional. */
static bool one_row(const gold_options *o, ha *a, run *r, const columns *c, char *const *row)
{
	int expected[THEMES] = { 0 }, found[THEMES] = { 0 };
	add_codes(r, row[c->themes], 1, expected);
	if (c->denied >= 0)
		add_codes(r, row[c->denied], 2, expected);
	if (ha_run(a, row[c->text], strlen(row[c->text])) < 0)
		return false;
	for (uint32_t i = 0; i < ha_count(a); i++) {
		aur_label l;
		ha_label(a, &ha_hits(a)[i], &l);
		int *x = &found[theme_of(r, l.theme.ptr, l.theme.len) - r->themes];
		int p = ha_hits(a)[i].hit.polarity == AUR_NEGATED ? 2 : ha_hits(a)[i].hit.polarity == AUR_CONDITIONAL ? 3 : 1;
		if (*x != 1 && (*x == 0 || p == 1 || (p == 3 && *x == 2)))
			*x = p;
	}
	for (size_t i = 0; i < r->count; i++) {
		theme *t = &r->themes[i];
		t->right += expected[i] && found[i];
		t->missed += expected[i] && !found[i];
		t->wrong += !expected[i] && found[i];
		t->denied += expected[i] == 2;
		t->denied_right += expected[i] == 2 && found[i] == 2;
		t->asserted += expected[i] == 1;
		t->asserted_right += expected[i] == 1 && (found[i] == 1 || found[i] == 3);
	}
	show_row(o, a, r, c->id >= 0 ? row[c->id] : "", row[c->text], expected, found);
	return true;
}

static bool all_rows(const gold_options *o, ha *a, run *r, char *at, gold_figures *f)
{
	columns c = { 0 };
	char *row[COLUMNS];
	for (bool last = false, head = true; !last || *at;) {
		int n = 0;
		last = false;
		while (!last && n < COLUMNS && (row[n] = next_field(&at, &last)) != NULL)
			n++;
		if (n == 0)
			break;
		if (head) {
			head = false;
			c = columns_of(row, n);
			if (c.text < 0 || c.themes < 0) {
				if (o->out)
					fprintf(o->out, "%s has no columns texte and themes\n", o->path);
				return false;
			}
			continue;
		}
		if (n < c.count)
			continue;
		if (!one_row(o, a, r, &c, row))
			return false;
		f->rows++;
	}
	return true;
}

/* Adds up and prints. */
static void figures(const gold_options *o, run *r, gold_figures *f)
{
	theme all = { .code = "all" };
	qsort(r->themes, r->count, sizeof(*r->themes), by_code);
	f->worst_f1 = 1;
	if (o->out)
		fprintf(o->out, "\n%-18s %5s %5s %5s %5s   %-6s %-6s %-6s\n", "theme", "gold", "right", "wrong", "missed", "prec.", "recall", "F1");
	for (size_t i = 0; i <= r->count; i++) {
		const theme *t = i < r->count ? &r->themes[i] : &all;
		unsigned gold = t->right + t->missed;
		if (o->out)
			fprintf(o->out, "%-18s %5u %5u %5u %5u    %.3f  %.3f  %.3f\n", t->code, gold, t->right, t->wrong, t->missed,
			        ratio(t->right, t->right + t->wrong), ratio(t->right, gold), f1_of(t));
		if (i == r->count)
			break;
		all.right += t->right;
		all.missed += t->missed;
		all.wrong += t->wrong;
		all.denied += t->denied;
		all.denied_right += t->denied_right;
		all.asserted += t->asserted;
		all.asserted_right += t->asserted_right;
		if (gold >= 5 && f1_of(t) < f->worst_f1) {
			f->worst_f1 = f1_of(t);
			snprintf(f->worst, sizeof(f->worst), "%s", t->code);
		}
	}
	f->precision = ratio(all.right, all.right + all.wrong);
	f->recall = ratio(all.right, all.right + all.missed);
	f->f1 = f1_of(&all);
	f->denied = all.denied;
	f->denied_found = ratio(all.denied_right, all.denied);
	f->asserted_right = ratio(all.asserted_right, all.asserted);
	if (o->out)
		fprintf(o->out, "rows %u; denied: %u of %u found and said so; asserted: %u of %u found and not denied\n", f->rows, all.denied_right,
		        all.denied, all.asserted_right, all.asserted);
}

bool gold_run(const gold_options *o, gold_figures *f)
{
	static run r;
	size_t len;
	char *csv = NULL;
	ha *a = ha_new();
	memset(&r, 0, sizeof(r));
	memset(f, 0, sizeof(*f));
	bool good = add_annotators(o, a);
	if (good) {
		csv = ht_slurp(o->path, &len);
		good = all_rows(o, a, &r, len >= 3 && memcmp(csv, "\xef\xbb\xbf", 3) == 0 ? csv + 3 : csv, f);
	}
	if (good)
		figures(o, &r, f);
	free(csv);
	ha_free(a);
	return good;
}
