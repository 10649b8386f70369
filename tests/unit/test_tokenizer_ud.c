/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens against the development parts of three UD treebanks of French: exact spans, contractions (du, aux)
 * as the one token that is written, the treebank's own text lines as input.  Where the data is not beside the
 * checkout the test says so and passes.  AUR_SHOW=1 prints what differs. */
#include "host_text.h"
#include "suite.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct span {
	uint32_t start, end;
} span;
typedef struct sentence {
	char *text;
	size_t len, at, count;
	span gold[2048];
} sentence;
static long n_gold, n_sys, n_same;
static ht_plugin tk;

static bool gold_token(sentence *s, const char *form, size_t len)
{
	while (s->at < s->len && (s->len - s->at < len || memcmp(s->text + s->at, form, len)))
		s->at++;
	if (s->at >= s->len || s->count == 2048)
		return false;
	s->gold[s->count++] = (span){(uint32_t)s->at, (uint32_t)(s->at + len)};
	s->at += len;
	return true;
}

static void show(const sentence *s, uint32_t from, uint32_t to)
{
	size_t a = from > 20 ? from - 20 : 0, b = to + 20 < s->len ? to + 20 : s->len;
	while (a > 0 && (s->text[a] & 0xC0) == 0x80)
		a--;
	printf("  %.*s   gold:", (int)(b - a), s->text + a);
	for (size_t i = 0; i < s->count; i++)
		if (s->gold[i].end > from && s->gold[i].start < to)
			printf(" [%.*s]", (int)(s->gold[i].end - s->gold[i].start), s->text + s->gold[i].start);
	printf("  ours:");
	for (size_t i = 0; i < tk.count; i++)
		if (tk.tokens[i].end > from && tk.tokens[i].start < to)
			printf(" [%.*s]", (int)(tk.tokens[i].end - tk.tokens[i].start), s->text + tk.tokens[i].start);
	printf("\n");
}

static void compare(sentence *s)
{
	size_t i = 0, j = 0;
	uint32_t shown = 0;
	ck_assert_int_eq(ht_tokenize(&tk, s->text, s->len), AUR_OK);
	n_gold += (long)s->count;
	n_sys += (long)tk.count;
	while (i < s->count && j < tk.count) {
		span g = s->gold[i];
		ht_token *t = &tk.tokens[j];
		if (g.start == t->start && g.end == t->end) {
			n_same++;
			i++;
			j++;
			continue;
		}
		if (getenv("AUR_SHOW") && g.start >= shown) {
			uint32_t to = g.end > t->end ? g.end : t->end;
			show(s, g.start < t->start ? g.start : t->start, to);
			shown = to;
		}
		if (g.end <= t->end)
			i++;
		if (t->end <= g.end)
			j++;
	}
}

static double score(const char *file)
{
	size_t len;
	char *all = ht_slurp(file, &len), *line, *save = NULL;
	sentence *s = calloc(1, sizeof *s);
	long skip = 0, lost = 0;
	n_gold = n_sys = n_same = 0;
	for (line = all; line && *line; line = save) {
		save = strchr(line, '\n');
		if (save)
			*save++ = 0;
		if (!strncmp(line, "# text = ", 9)) {
			s->text = line + 9;
			s->len = strlen(s->text);
			s->at = s->count = 0;
			skip = 0;
		} else if (!*line) {
			if (s->text)
				compare(s);
			s->text = NULL;
		} else if (*line != '#' && s->text) {
			char *rest, *tab = strchr(line, '\t');
			long id = strtol(line, &rest, 10);
			size_t n = strcspn(tab + 1, "\t");
			if (*rest == '.')
				continue;
			if (*rest == '-')
				skip = strtol(rest + 1, NULL, 10);
			else if (id <= skip)
				continue;
			if (!gold_token(s, tab + 1, n)) {
				lost++;
				s->text = NULL;
			}
		}
	}
	free(s);
	free(all);
	double p = (double)n_same / (double)n_sys, r = (double)n_same / (double)n_gold, f = 200 * p * r / (p + r);
	printf("%s: %ld gold tokens, %ld ours, precision %.3f, recall %.3f, F1 %.3f (%ld sentences left out)\n",
	       strrchr(file, '/') + 1, n_gold, n_sys, 100 * p, 100 * r, f, lost);
	return f;
}

static const char *const files[] = {"data/ud/fr_sequoia-ud-dev.conllu", "data/ud/fr_gsd-ud-dev.conllu",
                                    "data/ud/fr_parisstories-ud-dev.conllu"};

START_TEST(test_f1)
{
	const char *path = ht_shared(files[_i]);
	if (!path)
		return;
	ht_open(&tk, "tokenizer-fr", "tokenizer-fr", NULL);
	ck_assert_double_ge(score(path), 99.5);
	ht_close(&tk);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("tokenizer against the treebanks");
	TCase *c = tcase_create("ud");
	seconds_at_most(c, 120);
	tcase_add_loop_test(c, test_f1, 0, 3);
	suite_add_tcase(s, c);
	return suite_run(s);
}
