/* SPDX-License-Identifier: Apache-2.0 */
/* What is printed: tables in four formats, JSON, code points. */
#include "config.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yajl/yajl_gen.h>
#include "base/utf8.h"
#include "cli/cli.h"
#include "text/csv.h"
#include "text/fold.h"

struct aur_table {
	FILE *to;
	aur_format f;
	unsigned n, col;
	const char *const *names, *const *heads;
	unsigned long rows;
	aur_json j;
	/* a table is printed at its end: columns are as wide as their widest cell */
	aur_buf text;
	struct cell {
		size_t at, len;
		int num;
	} *cell;
	size_t ncell, cap;
};

/* Prints what was made, and begins anew. */
static void json_flush(aur_json j, FILE *to)
{
	const unsigned char *b;
	size_t len;
	yajl_gen_get_buf(j, &b, &len);
	fwrite(b, 1, len, to);
	yajl_gen_clear(j);
	yajl_gen_reset(j, NULL);
}

int aur_terminal(int fd)
{
	const char *term = getenv("TERM");
	return isatty(fd) && term && *term && strcmp(term, "dumb") != 0;
}

int aur_colours(void)
{
	const char *no = getenv("NO_COLOR");
	return aur_terminal(STDOUT_FILENO) && !(no && *no);
}

aur_table *aur_table_new(aur_format f, const char *const *names, const char *const *heads, unsigned n)
{
	return aur_table_new_in(stdout, f, names, heads, n);
}

aur_table *aur_table_new_in(FILE *to, aur_format f, const char *const *names, const char *const *heads, unsigned n)
{
	aur_table *t = aur_xcalloc(1, sizeof *t);
	*t = (aur_table){.to = to, .f = f, .n = n, .names = names, .heads = heads};
	if (f == FMT_CSV) {
		for (unsigned i = 0; i < n; i++)
			fprintf(to, "%s%s", i ? "," : "", names[i]);
		putc('\n', to);
	} else if (f == FMT_JSON || f == FMT_JSONL) {
		t->j = aur_json_new();
		if (f == FMT_JSON)
			fputs("[", to);
	}
	return t;
}

char *aur_column_of(const char *field, const char *const *own, unsigned n)
{
	aur_buf b = {0};
	for (unsigned i = 0; i < n; i++)
		if (!strcmp(own[i], field))
			aur_buf_str(&b, "field_");
	aur_buf_str(&b, field);
	return aur_buf_cstr(&b);
}

void aur_calm(aur_buf *out, const char *s, size_t n, int lines)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i], next = i + 1 < n ? (unsigned char)s[i + 1] : 0;
		if (c == 0xC2 && next >= 0x80 && next < 0xA0) { /* U+0080 to U+009F */
			aur_buf_byte(out, ' ');
			i++;
		} else {
			aur_buf_byte(out, (c < ' ' && !(lines && (c == '\n' || c == '\t'))) || c == 0x7F ? ' ' : c);
		}
	}
}

static void show(FILE *to, const char *s, size_t n)
{
	aur_buf b = {0};
	aur_calm(&b, s, n, 1);
	if (b.n)
		fwrite(b.p, 1, b.n, to);
	aur_buf_free(&b);
}

void aur_show(const char *s, size_t n)
{
	show(stdout, s, n);
}

void aur_vshowf(FILE *to, const char *fmt, va_list ap)
{
	va_list again;
	aur_buf b = {0};
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	if (n > 0) {
		aur_buf_room(&b, (size_t)n + 1);
		vsnprintf((char *)b.p, (size_t)n + 1, fmt, again);
		show(to, (char *)b.p, (size_t)n);
	}
	va_end(again);
	aur_buf_free(&b);
}

void aur_showf(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	aur_vshowf(stdout, fmt, ap);
	va_end(ap);
}

/* The translation of 12345.6 says what stands between thousands, from five figures on, and before a decimal. */
static void figures(aur_buf *out, const char *s)
{
	const char *sample = _("12345.6"), *rest = strstr(sample, "345");
	if (!rest)
		rest = (sample = "12345.6") + 2;
	const char *group = sample + 2, *mark = rest + 3;
	while (*s) {
		size_t n = strspn(s, "0123456789");
		for (size_t i = 0; i < n; i++) {
			if (i && n > 4 && (n - i) % 3 == 0)
				aur_buf_put(out, group, (size_t)(rest - group));
			aur_buf_byte(out, (unsigned char)s[i]);
		}
		s += n;
		if (n && *s == '.' && s[1] >= '0' && s[1] <= '9') {
			aur_buf_put(out, mark, strlen(mark) - 1);
			n = strspn(++s, "0123456789");
			aur_buf_put(out, s, n);
			s += n;
		} else if (*s) {
			aur_buf_byte(out, (unsigned char)*s++);
		}
	}
}

const char *aur_written(const char *fmt, ...)
{
	static char made[8][1024];
	static unsigned last;
	char plain[1024], *to = made[last++ % 8];
	aur_buf b = {0};
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(plain, sizeof plain, fmt, ap);
	va_end(ap);
	figures(&b, plain);
	snprintf(to, sizeof made[0], "%.*s", (int)b.n, b.n ? (const char *)b.p : "");
	aur_buf_free(&b);
	return to;
}

static void put(aur_table *t, const char *s, size_t n, int kind) /* kind: 0 text, 1 number, 2 none */
{
	if (t->f == FMT_TABLE) {
		AUR_GROW(t->cell, t->ncell, t->cap);
		size_t at = t->text.n;
		if (kind == 1)
			figures(&t->text, s);
		else
			aur_calm(&t->text, s, n, 0);
		t->cell[t->ncell++] = (struct cell){at, t->text.n - at, kind == 1};
	} else if (t->f == FMT_CSV) {
		aur_buf *b = &t->text;
		b->n = 0;
		/* what a spreadsheet would take for a formula stands in quotation marks */
		aur_csv_cell(b, s, n, n && kind == 0 && (s[0] == '=' || s[0] == '@'));
		if (t->col)
			putc(',', t->to);
		fwrite(b->p ? (const char *)b->p : "", 1, b->n, t->to);
	} else {
		if (!t->col)
			yajl_gen_map_open(t->j);
		aur_json_key(t->j, t->names[t->col]);
		if (kind == 0)
			aur_json_str(t->j, s, n);
		else if (kind == 1)
			yajl_gen_number(t->j, s, n);
		else
			yajl_gen_null(t->j);
	}
	if (++t->col == t->n) {
		t->col = 0;
		if (t->f == FMT_CSV) {
			putc('\n', t->to);
		} else if (t->f != FMT_TABLE) {
			yajl_gen_map_close(t->j);
			if (t->f == FMT_JSON)
				fputs(t->rows ? ",\n " : "\n ", t->to);
			json_flush(t->j, t->to);
			if (t->f == FMT_JSONL)
				putc('\n', t->to);
		}
		t->rows++;
	}
}

void aur_cell(aur_table *t, const char *s, size_t n)
{
	put(t, s, n, 0);
}

void aur_cell_str(aur_table *t, const char *s)
{
	put(t, s, strlen(s), 0);
}

void aur_cell_int(aur_table *t, long long v)
{
	char b[32];
	put(t, b, (size_t)snprintf(b, sizeof b, "%lld", v), 1);
}

void aur_cell_real(aur_table *t, double v, int digits)
{
	char b[64];
	if (!isfinite(v)) {
		aur_cell_none(t);
		return;
	}
	put(t, b, (size_t)snprintf(b, sizeof b, "%.*f", digits, v), 1);
}

void aur_cell_rate(aur_table *t, double v, int digits)
{
	/* what is rarer than two decimals show is not zero: four of them mostly show it */
	int few = v == 0 || fabs(v) >= 0.01 ? 2 : fabs(v) >= 0.0001 ? 4 : digits;
	aur_cell_real(t, v, t->f == FMT_TABLE ? few : digits);
}

void aur_cell_number(aur_table *t, const char *v)
{
	put(t, v, strlen(v), 1);
}

void aur_cell_log10(aur_table *t, double log10_v)
{
	int digits = t->f == FMT_TABLE ? 3 : 6;
	char b[64];
	if (log10_v > -300) {
		snprintf(b, sizeof b, "%.*g", digits, pow(10, log10_v));
	} else {
		double e = floor(log10_v), m = pow(10, log10_v - e);
		if (m >= 10 - 5 * pow(10, -digits)) { /* would round to 10 */
			m = 1;
			e++;
		}
		snprintf(b, sizeof b, "%.*ge%.0f", digits, m, e);
	}
	put(t, b, strlen(b), 1);
}

void aur_cell_none(aur_table *t)
{
	put(t, "", 0, 2);
}

static const char *head(const aur_table *t, unsigned i)
{
	return t->heads ? _(t->heads[i]) : t->names[i];
}

void aur_table_free(aur_table *t)
{
	if (t->f == FMT_TABLE) {
		size_t *w = aur_xcalloc(t->n, sizeof *w), rows = t->ncell / t->n;
		for (unsigned i = 0; i < t->n; i++)
			w[i] = aur_text_width(head(t, i), strlen(head(t, i)));
		for (size_t i = 0; i < t->ncell; i++) {
			size_t x = aur_text_width((char *)t->text.p + t->cell[i].at, t->cell[i].len);
			if (x > w[i % t->n])
				w[i % t->n] = x;
		}
		for (size_t r = 0; r <= rows; r++) {
			for (unsigned i = 0; i < t->n; i++) {
				const char *s = r ? (char *)t->text.p + t->cell[(r - 1) * t->n + i].at : head(t, i);
				size_t len = r ? t->cell[(r - 1) * t->n + i].len : strlen(s), x = aur_text_width(s, len);
				int right = rows && t->cell[r ? (r - 1) * t->n + i : i].num;
				if (i)
					fputs("  ", t->to);
				if (right)
					fprintf(t->to, "%*s", (int)(w[i] - x), "");
				fwrite(s, 1, len, t->to);
				if (!right && i + 1 < t->n)
					fprintf(t->to, "%*s", (int)(w[i] - x), "");
			}
			putc('\n', t->to);
		}
		free(w);
	} else if (t->f == FMT_JSON) {
		fputs(t->rows ? "\n]\n" : "]\n", t->to);
	}
	if (t->j)
		aur_json_free(t->j);
	aur_buf_free(&t->text);
	free(t->cell);
	free(t);
}

void aur_shortened(aur_buf *out, const char *s, size_t n, size_t most)
{
	size_t k = n;
	if (n > most)
		for (k = most; k && ((unsigned char)s[k] & 0xC0) == 0x80;)
			k--;
	aur_buf_put(out, s, k);
	if (k < n)
		aur_buf_str(out, "…");
}

aur_json aur_json_new(void)
{
	return yajl_gen_alloc(NULL);
}

/* JSON is UTF-8; the name of a file, or a field that an earlier version took, may not be. */
void aur_json_str(aur_json j, const char *s, size_t n)
{
	aur_buf b = {0};
	size_t good = n ? aur_utf8_valid(s, n) : 0;
	for (; good < n; good = n ? aur_utf8_valid(s, n) : 0) {
		aur_buf_put(&b, s, good);
		aur_buf_str(&b, "\xEF\xBF\xBD");
		s += good + 1;
		n -= good + 1;
	}
	if (b.n)
		aur_buf_put(&b, s, n);
	yajl_gen_string(j, b.n ? b.p : (const unsigned char *)s, b.n ? b.n : n);
	aur_buf_free(&b);
}

void aur_json_key(aur_json j, const char *k)
{
	aur_json_str(j, k, strlen(k));
}

void aur_json_member(aur_json j, const char *k, aur_str v)
{
	aur_json_key(j, k);
	aur_json_str(j, v.ptr, v.len);
}

void aur_json_int(aur_json j, long long v)
{
	yajl_gen_integer(j, v);
}

void aur_json_real(aur_json j, double v, int digits)
{
	char b[64];
	if (!isfinite(v)) {
		yajl_gen_null(j);
		return;
	}
	yajl_gen_number(j, b, (size_t)snprintf(b, sizeof b, "%.*f", digits, v));
}

void aur_json_line(aur_json j)
{
	json_flush(j, stdout);
	putchar('\n');
}

void aur_json_free(aur_json j)
{
	yajl_gen_free(j);
}

size_t aur_point_at(aur_points *p, size_t byte)
{
	/* Backwards as well: the spans of hits overlap, and starting anew each time would take for ever on a long text. */
	if (byte < p->byte)
		p->point -= aur_utf8_count(p->s + byte, p->byte - byte);
	else
		p->point += aur_utf8_count(p->s + p->byte, byte - p->byte);
	p->byte = byte;
	return p->point;
}

void aur_stance_legend(const char *field)
{
	static const char *const code[] = {"keep", "improve", "getrid", "dear", "create"};
	static const char *const says[] = {N_("keep"), N_("improve"), N_("get rid of"), N_("dear"), N_("create")};
	unsigned told = 0;
	for (int i = 0; i < 5 && !strcmp(field, "stance"); i++)
		if (strcmp(code[i], _(says[i])))
			printf("%s%s = %s", told++ ? ", " : "", code[i], _(says[i]));
	if (told)
		putchar('\n');
}
