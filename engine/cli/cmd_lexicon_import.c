/* SPDX-License-Identifier: Apache-2.0 */
/* lexicon import: another program's word list, as a lexicon on standard output; what cannot be carried is listed on standard error.
 * A LIWC dictionary (.dic) or a table theme;expression (.csv). */
#include "config.h"
#include <errno.h>
#include <stdlib.h>
#include "base/utf8.h"
#include "cli/cmd_lexicon.h"
#include "text/fold.h"

#define MOST ((size_t)16 << 20)

struct theme {
	char *id, *name, *number; /* number: in a LIWC file */
	aur_buf lines;
};
struct job {
	const char *file;
	struct theme *t;
	unsigned n, cap;
	uint64_t taken, left;
};

static void leave(struct job *j, unsigned line, const char *what, size_t n, const char *why)
{
	j->left++;
	aur_say(_("%s:%u: « %.*s » is not carried: %s"), j->file, line, (int)(n > 200 ? 200 : n), what, why);
}

static struct theme *theme(struct job *j, const char *name, size_t n, const char *number)
{
	aur_buf b = {0};
	for (unsigned i = 0; i < j->n; i++)
		if (number ? j->t[i].number && !strcmp(j->t[i].number, number) : strlen(j->t[i].name) == n && !memcmp(j->t[i].name, name, n))
			return &j->t[i];
	aur_text_name(&b, name, n);
	for (size_t i = 0; i < b.n; i++)
		if (b.p[i] == '_' || b.p[i] == '.' || b.p[i] >= 128)
			b.p[i] = '-';
	if (!b.n)
		aur_buf_str(&b, "theme");
	for (unsigned i = 0; i < j->n; i++) /* two names that fold to one */
		if (!strcmp(j->t[i].id, aur_buf_cstr(&b)))
			aur_buf_printf(&b, "-%u", j->n + 1);
	AUR_GROW(j->t, j->n, j->cap);
	j->t[j->n] = (struct theme){.id = aur_buf_cstr(&b), .name = aur_xstrndup(name, n), .number = number ? aur_xstrdup(number) : NULL};
	return &j->t[j->n++];
}

static void xml(aur_buf *out, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] == '&')
			aur_buf_str(out, "&amp;");
		else if (s[i] == '<')
			aur_buf_str(out, "&lt;");
		else if (s[i] == '>')
			aur_buf_str(out, "&gt;");
		else if (s[i] == '"')
			aur_buf_str(out, "&quot;");
		else if ((unsigned char)s[i] >= ' ')
			aur_buf_byte(out, (unsigned char)s[i]);
}

/* A pattern of words and stars, with the signs that mean something here written as themselves. */
static int pattern(struct job *j, unsigned line, const char *s, size_t n, aur_buf *out)
{
	aur_buf b = {0};
	int letters = 0;
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '*' && (i && i + 1 < n) && s[i - 1] != ' ' && s[i + 1] != ' ') {
			leave(j, line, s, n, _("a star in the middle of a word"));
			aur_buf_free(&b);
			return 0;
		}
		letters |= s[i] != '*' && s[i] != ' ';
		if (strchr("()[]|?_#+@~\\:", s[i]) || (s[i] == '.' && i + 1 < n && s[i + 1] == '.'))
			aur_buf_byte(&b, '\\');
		aur_buf_byte(&b, (unsigned char)s[i]);
	}
	if (letters)
		xml(out, (char *)b.p, b.n);
	else
		leave(j, line, s, n, _("no word in it"));
	aur_buf_free(&b);
	return letters;
}

static void entry(struct job *j, struct theme *t, unsigned line, const char *s, size_t n)
{
	size_t had = t->lines.n;
	aur_buf_str(&t->lines, "    ");
	if (pattern(j, line, s, n, &t->lines)) {
		aur_buf_byte(&t->lines, '\n');
		j->taken++;
	} else {
		t->lines.n = had;
	}
}

static const char *trim(const char *s, size_t *n)
{
	while (*n && (*s == ' ' || *s == '\t')) {
		s++;
		--*n;
	}
	while (*n && (s[*n - 1] == ' ' || s[*n - 1] == '\t' || s[*n - 1] == '\r'))
		--*n;
	return s;
}

/* number, name between two lines « % »; then pattern, numbers. */
static void dic(struct job *j, char *text)
{
	unsigned line = 0, fences = 0;
	for (char *l = text, *next; l; l = next) {
		next = strchr(l, '\n');
		size_t n = next ? (size_t)(next - l) : strlen(l);
		const char *s = trim(l, &n);
		next = next ? next + 1 : NULL;
		line++;
		if (!n)
			continue;
		if (*s == '%') {
			fences++;
			continue;
		}
		char *copy = aur_xstrndup(s, n), *tab = copy + strcspn(copy, fences < 2 ? " \t" : "\t");
		if (fences < 2) {
			size_t k = strlen(tab);
			const char *name = trim(tab, &k);
			*tab = 0;
			if (k)
				theme(j, name, k, copy);
			else
				leave(j, line, s, n, _("a category without a name"));
		} else if (strchr(copy, '<') || strchr(copy, '(')) {
			leave(j, line, s, n, _("a condition of LIWC 2007"));
		} else {
			/* spaces for tabs: the numbers are the last words */
			if (!*tab) {
				char *p = tab;
				while (p > copy && (strchr("0123456789 ", p[-1])))
					p--;
				tab = p > copy && *p == ' ' ? p : tab;
			}
			size_t k = (size_t)(tab - copy);
			char *save = NULL;
			unsigned known = 0;
			for (char *w = strtok_r(*tab ? tab + 1 : tab, " \t", &save); w; w = strtok_r(NULL, " \t", &save)) {
				struct theme *t = NULL;
				for (unsigned i = 0; i < j->n; i++)
					if (!strcmp(j->t[i].number, w))
						t = &j->t[i];
				if (t)
					entry(j, t, line, copy, k);
				else
					leave(j, line, s, n, _("a category that the head does not name"));
				known++;
			}
			if (!known)
				leave(j, line, s, n, _("no category"));
		}
		free(copy);
	}
}

/* theme;expression, with a head; quotes as in any table. */
static void csv(struct job *j, char *text)
{
	unsigned line = 0;
	char sep = strchr(text, ';') ? ';' : strchr(text, '\t') ? '\t' : ',';
	for (char *l = text, *next; l; l = next) {
		aur_buf cell[2] = {{0}, {0}};
		unsigned c = 0;
		int quoted = 0;
		char *p = l;
		next = NULL;
		for (; *p && (quoted || *p != '\n'); p++) {
			if (*p == '"' && quoted && p[1] == '"')
				aur_buf_byte(&cell[c < 2 ? c : 1], (unsigned char)*p++);
			else if (*p == '"')
				quoted = !quoted;
			else if (*p == sep && !quoted)
				c++;
			else if (c < 2)
				aur_buf_byte(&cell[c], *p == '\n' ? ' ' : (unsigned char)*p);
		}
		next = *p ? p + 1 : NULL;
		if (line++) {
			size_t a = cell[0].n, b = cell[1].n;
			const char *x = trim((char *)cell[0].p, &a), *y = trim((char *)cell[1].p, &b);
			if (a && b)
				entry(j, theme(j, x, a, NULL), line, y, b);
			else if (a || b)
				leave(j, line, a ? x : y, a ? a : b, _("a theme and an expression are needed"));
		}
		aur_buf_free(&cell[0]);
		aur_buf_free(&cell[1]);
	}
}

static aur_code slurp(const char *path, aur_buf *b, aur_error *err)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return aur_fail(err, AURE_IO, _("%s cannot be read: %s"), path, strerror(errno));
	for (size_t n = 1; n && b->n <= MOST;) {
		aur_buf_room(b, 65536);
		n = fread(b->p + b->n, 1, 65536, f);
		b->n += n;
	}
	int bad = ferror(f);
	fclose(f);
	if (bad)
		return aur_fail(err, AURE_IO, _("%s cannot be read: %s"), path, strerror(errno));
	if (b->n > MOST || memchr(b->p, 0, b->n) || aur_utf8_valid((char *)b->p, b->n) != b->n)
		return aur_fail(err, AURE_DATA, _("%s is not a text in UTF-8 of less than 16 MB: save it as UTF-8 first"), path);
	if (b->n >= 3 && !memcmp(b->p, "\xEF\xBB\xBF", 3))
		memmove(b->p, b->p + 3, b->n -= 3);
	aur_buf_cstr(b);
	return AURE_OK;
}

int aur_lexicon_import(aur_args *a)
{
	struct job j = {.file = a->arg[0]};
	aur_error e = {0};
	aur_buf text = {0}, out = {0};
	const char *dot = strrchr(j.file, '.'), *slash = strrchr(j.file, '/');
	int is_dic = dot && !strcmp(dot, ".dic");
	if (!is_dic && (!dot || strcmp(dot, ".csv")))
		return aur_usage(a, _("« %s »: a LIWC dictionary (.dic) or a table of themes and expressions (.csv) is needed"), j.file);
	aur_code c = slurp(j.file, &text, &e);
	if (c) {
		aur_buf_free(&text);
		return aur_failed(&e);
	}
	if (is_dic)
		dic(&j, (char *)text.p);
	else
		csv(&j, (char *)text.p);
	const char *base = slash ? slash + 1 : j.file;
	aur_buf id = {0};
	aur_text_name(&id, base, (size_t)(dot - base));
	if (!id.n)
		aur_buf_str(&id, "import");
	if (!j.taken) {
		c = aur_fail(&e, AURE_DATA, _("%s holds no expression that can be carried"), j.file);
	} else {
		aur_buf_printf(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<lexicon id=\"%s\" version=\"1.0\" lang=\"fr\" theme=\"%s\">\n  <title>",
			       aur_buf_cstr(&id), (char *)id.p);
		xml(&out, base, strlen(base));
		aur_buf_str(&out, "</title>\n");
		for (unsigned i = 0; i < j.n; i++) {
			if (!j.t[i].lines.n)
				continue;
			aur_buf_printf(&out, "  <theme id=\"%s.%s\">\n    <title>", (char *)id.p, j.t[i].id);
			xml(&out, j.t[i].name, strlen(j.t[i].name));
			aur_buf_str(&out, "</title>\n    <entry>\n");
			aur_buf_put(&out, j.t[i].lines.p, j.t[i].lines.n);
			aur_buf_str(&out, "    </entry>\n  </theme>\n");
		}
		aur_buf_str(&out, "</lexicon>\n");
		fwrite(out.p, 1, out.n, stdout);
		aur_say(_("%llu expressions carried, %llu not"), (unsigned long long)j.taken, (unsigned long long)j.left);
	}
	for (unsigned i = 0; i < j.n; i++) {
		free(j.t[i].id);
		free(j.t[i].name);
		free(j.t[i].number);
		aur_buf_free(&j.t[i].lines);
	}
	free(j.t);
	aur_buf_free(&id);
	aur_buf_free(&out);
	aur_buf_free(&text);
	return c ? aur_failed(&e) : EXIT_DONE;
}
