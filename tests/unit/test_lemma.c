/* SPDX-License-Identifier: Apache-2.0 */
/* The lemma layer; then its lemmas of nouns, verbs, adjectives and adverbs against three UD treebanks, where they
 * are beside the checkout.  A form has one lemma here whatever its context, so 100 % is out of reach: the best
 * possible choice per form comes to 97.2 to 98.8 %. */
#define _POSIX_C_SOURCE 200809L /* mkstemp, fdopen */
#include "host_text.h"
#include "suite.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *form, *lemma;
} cases[] = {
    {"sanctionnées", "sanctionner"},
    {"convoqué", "convoquer"},
    {"suspendu", "suspendre"},
    {"radiations", "radiation"},
    {"allocataires", "allocataire"},
    {"travaux", "travail"},
    {"aides", "aide"},
    {"est", "être"},
    {"été", "être"},
    {"a", "avoir"},
    {"suis", "être"},
    {"fait", "faire"},
    {"tous", "tout"},
    {"permis", "permis"},
    {"bonnes", "bon"},
    {"née", "naître"},
    {"kilomètres", "kilomètre"},
    {"l'", "le"},
    {"qu'", "que"},
    {"-t-il", "il"},
    {"-vous", "vous"},
    {"aujourd'hui", "aujourd'hui"},
    {"c'est-à-dire", "c'est-à-dire"},
    {"rendez-vous", "rendez-vous"},
    /* unknown words, and what is none */
    {"rsa", "rsa"},
    {"xzqwk", "xzqwk"},
    {"15", "15"},
    {"...", "..."},
    {"😀", "😀"},
    {"-", "-"},
    {"'", "'"},
    {"--", "--"},
    {"-t-", "-t-"},
    {"", ""},
};

static ht_plugin lemma;

/* Without a dictionary on this machine there is nothing to test, and the layer says so itself. */
static void setup(void)
{
	if (ht_open(&lemma, "layer-lemma-hunspell", "lemma", NULL) < 0)
		printf("skipped: %s\n", lemma.error);
}

static void teardown(void)
{
	if (lemma.worker)
		ht_close(&lemma);
}

START_TEST(test_lemmas)
{
	if (!lemma.worker)
		return;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		ck_assert_str_eq(ht_value(&lemma, cases[i].form), cases[i].lemma);
	char b[6001];
	memset(b, 'a', 6000);
	b[6000] = 0;
	ck_assert_str_eq(ht_value(&lemma, b), b);
	memset(b, '-', 90);
	b[90] = 0;
	ck_assert_str_eq(ht_value(&lemma, b), b);
}
END_TEST

START_TEST(test_no_dictionary)
{
	static const char *const settings[] = {"aff=/nowhere/fr.aff", NULL};
	ht_plugin p;
	ck_assert_int_eq(ht_open(&p, "layer-lemma-hunspell", "lemma", settings), AUR_E_CONFIG);
	ck_assert_ptr_nonnull(strstr(p.error, "/nowhere/fr.aff"));
	ck_assert_ptr_nonnull(strstr(p.error, "hunspell-fr-comprehensive"));
}
END_TEST

/* The line that says UTF-8 may stand anywhere in the file. */
START_TEST(test_long_preamble)
{
	char path[] = "lemma-XXXXXX", aff[32];
	const char *const settings[] = {aff, "dic=/dev/null", NULL};
	FILE *f = fdopen(mkstemp(path), "w");
	ck_assert_ptr_nonnull(f);
	for (int i = 0; i < 4089; i++)
		fputc('#', f);
	fputs("\nSET UTF-8\n", f);
	fclose(f);
	snprintf(aff, sizeof aff, "aff=%s", path);
	ht_plugin p;
	aur_status st = ht_open(&p, "layer-lemma-hunspell", "lemma", settings);
	remove(path);
	ck_assert_msg(st == AUR_OK, "%s", p.error);
	ht_close(&p);
}
END_TEST

static const char *const files[] = {"data/ud/fr_sequoia-ud-dev.conllu", "data/ud/fr_gsd-ud-dev.conllu",
                                    "data/ud/fr_parisstories-ud-dev.conllu"};

static void lower(ht_plugin *p, const char *s, size_t n, char *out, size_t cap)
{
	char form[512];
	snprintf(form, sizeof form, "%.*s", (int)n, s);
	snprintf(out, cap, "%s", ht_value(p, form));
}

START_TEST(test_treebank)
{
	const char *path = ht_shared(files[_i]);
	ht_plugin fold;
	size_t len;
	long words = 0, right = 0;
	if (!path || !lemma.worker)
		return;
	ht_open(&fold, "layer-fold", "lower", NULL);
	char *all = ht_slurp(path, &len), *next = all;
	for (char *line = all; line && *line; line = next) {
		char form[512], gold[512], *column[4], *p = line;
		next = strchr(line, '\n');
		if (next)
			*next++ = 0;
		if (*line == '#' || strcspn(line, "\t") != strspn(line, "0123456789"))
			continue;
		for (int i = 0; i < 4 && p; i++) {
			column[i] = p;
			p = strchr(p, '\t');
			p += p != NULL;
		}
		if (!p || (strncmp(column[3], "NOUN\t", 5) && strncmp(column[3], "VERB\t", 5) &&
		           strncmp(column[3], "ADJ\t", 4) && strncmp(column[3], "ADV\t", 4)))
			continue;
		lower(&fold, column[1], strcspn(column[1], "\t"), form, sizeof form);
		lower(&fold, column[2], strcspn(column[2], "\t"), gold, sizeof gold);
		words++;
		right += !strcmp(ht_value(&lemma, form), gold);
	}
	double percent = 100.0 * (double)right / (double)words;
	printf("%s: %ld content words, lemma right for %.2f %%\n", strrchr(path, '/') + 1, words, percent);
	ck_assert_double_ge(percent, 94.5);
	ht_close(&fold);
	free(all);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("lemma");
	TCase *c = tcase_create("lemma"), *d = tcase_create("no dictionary");
	seconds_at_most(c, 240);
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, test_lemmas);
	tcase_add_loop_test(c, test_treebank, 0, 3);
	tcase_add_test(d, test_no_dictionary);
	tcase_add_test(d, test_long_preamble);
	suite_add_tcase(s, c);
	suite_add_tcase(s, d);
	return suite_run(s);
}
