/* SPDX-License-Identifier: Apache-2.0 */
/* What annotate-lexicon says of its own entries: each kind of planted fault is found, and nothing is said of good ones; and why an
 * entry almost matched. */
#define _POSIX_C_SOURCE 200809L
#include "host_ann.h"
#include "host_text.h"
#include "suite.h"
#include <auricule/ext.h>
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEAD "<lexicon id='t' version='1.0' lang='fr' theme='t'><title>t</title>\n"
#define TAIL "</lexicon>"

static ha *open_xml(const char *xml)
{
	char path[] = "./lint-XXXXXX", setting[100];
	int fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq((int)write(fd, xml, strlen(xml)), (int)strlen(xml));
	close(fd);
	snprintf(setting, sizeof(setting), "lexicon=%s", path);
	const char *const settings[] = { setting, NULL };
	ha *a = ha_new();
	aur_status st = ha_add(a, "annotate-lexicon", "annotate-lexicon", settings);
	unlink(path);
	ck_assert_msg(st == AUR_OK, "%s", ha_error(a));
	return a;
}

static char said[8000];
static size_t said_len;
static uint32_t next;

static void found(void *to, const aur_lint_finding *f)
{
	bool *all = to;
	if (all == NULL || *all || f->level >= AUR_LOG_WARN)
		said_len += (size_t)snprintf(said + said_len, sizeof(said) - said_len, "%s:%u ", f->rule, f->line);
	ck_assert_uint_lt(said_len, sizeof(said));
	ck_assert_ptr_nonnull(f->message);
	if (getenv("SHOW") != NULL)
		printf("%s:%u:%u: %s: %s\n", f->file, f->line, f->column, f->rule, f->message);
}

static int next_form(void *priv, aur_form *form, uint64_t *count)
{
	return ha_form(priv, next++, form, count);
}

static void rewind_forms(void *priv)
{
	(void)priv;
	next = 0;
}

static uint32_t tokenize(void *priv, aur_str text, aur_str *forms, uint32_t max)
{
	return ha_tokenize(priv, text, forms, max);
}

/* "rule:line " for each finding. */
static const char *lint(ha *a, bool corpus, bool all)
{
	aur_lint_input in = { .size = sizeof(in), .priv = a, .tokenize = tokenize };
	const aur_component *c = ha_component(a, 0);
	const aur_ext_lint_v1 *x = c->query(ha_model(a, 0), AUR_EXT_LINT);
	ck_assert_ptr_nonnull(x);
	if (corpus) {
		in.next_form = next_form;
		in.rewind = rewind_forms;
	}
	said_len = 0;
	said[0] = 0;
	ck_assert_int_eq(x->lint(ha_host(a), ha_model(a, 0), &in, found, &all), AUR_OK);
	return said;
}

START_TEST(doubles_and_shadows)
{
	ha *a = open_xml(HEAD "<entry>\nsanction*\nsanctionné\ndouble sanction*\n(double|triple) sanctions\nréf(é|e)rent\n(REFERENT)\nbus ..2 soir\n"
	                      "bus ..2 soir\nbus ..3 soir\n</entry>"
	                      "<entry polarity='asserted'>sanctionnée</entry><theme id='t.a'><title>a</title><entry>sanctions</entry></theme>\n"
	                      "<entry>car</entry><entry weight='0.5'>car</entry><entry>car [!rouge]</entry>" TAIL);
	ck_assert_str_eq(lint(a, false, true), "shadowed:4 duplicate:8 duplicate:10 duplicate:13 shadowed:13 ");
	ha_free(a);
}
END_TEST

/* A hit tells the theme and the id: each of them is of one place. */
START_TEST(ids)
{
	ha *a = open_xml(HEAD "<entry id='bus'>bus</entry>\n<entry id='car'>car</entry>\n"
	                      "<theme id='t.a'><title>a</title><entry id='bus' status='retired'>tram</entry></theme>\n<theme id='t.b'><title>b</title></theme>\n"
	                      "<theme id='t.a'><title>a</title><entry>métro</entry><entry>train</entry></theme>" TAIL);
	ck_assert_str_eq(lint(a, false, true), "duplicate:4 duplicate:6 ");
	ha_free(a);
}
END_TEST

START_TEST(exclusions)
{
	ha *a = open_xml(HEAD "<entry>\ncafé associatif ouvert\ncafé\nthé vert\n</entry><exclude>café associatif</exclude>"
	                      "<exclude>thé [!vert]</exclude>" TAIL);
	ck_assert_str_eq(lint(a, false, true), "excluded:3 ");
	ha_free(a);
	a = open_xml(HEAD "<entry status='retired'>thé</entry><exclude>café</exclude>" TAIL);
	ck_assert_str_eq(lint(a, false, true), "empty:1 ");
	ha_free(a);
}
END_TEST

START_TEST(words)
{
	ha *a = open_xml(HEAD "<entry>\npapiers/dossiers\nqu\\'est\naujourd'hui\nl'accueil\n15h\navez-vous\n</entry>"
	                      "<entry case='upper'>form:ft</entry>" TAIL);
	ck_assert_str_eq(lint(a, false, true), "tokenizer:3 impossible:9 ");
	ha_free(a);
	/* Stars and numbers: nothing that they stand for is one word; and some that are. */
	a = open_xml(HEAD "<entry>\nlog.*\n^loy*\n#/sem\nt*/t*\n#m2\n#cm³\n#eme\n#e\nl'appart*\naujourd'*\nwww.*\n*phobe\nm*té\nco-*\n50*\n#*\n*@*\n"
	                  "quelqu'un*\n</entry>" TAIL);
	ck_assert_str_eq(lint(a, false, true), "tokenizer:3 tokenizer:4 tokenizer:5 tokenizer:6 ");
	ha_free(a);
	/* One ending alone. */
	a = open_xml(HEAD "<entry>\nmaison(s)\nmaison(s)?\nlogé(e|s)\nlog(e)ment\n(la|une) cité(s) u\nappart (meublé(e)|vide)\nbail (long)\n(il|elle)(s)\nt\\(s\\)\n(rdv|soin(s)?)\n"
	                  "(la maison(s)?) u\n[!le|un loyer(s)?] payé\n</entry>" TAIL);
	lint(a, false, true);
	ck_assert_ptr_nonnull(strstr(said, "ending:3 ending:7 ending:8 "));
	ck_assert_ptr_null(strstr(said, "ending:4"));
	ck_assert_ptr_null(strstr(said, "ending:5"));
	ck_assert_ptr_null(strstr(said, "ending:6"));
	ck_assert_ptr_nonnull(strstr(said, "ending:9 ")); /* bail (long): a choice without a choice */
	ck_assert_ptr_null(strstr(said, "ending:1"));
	ha_free(a);
	/* A gap of a context that looks away from the pattern; one that does not, and is in a choice. */
	a = open_xml(HEAD "<entry>\nimmeuble [!neuf ..2]\nimmeuble [..2 rénové]\ncomédie [dit ..5|que du]\n[pas ..2|jamais] tranquille\n</entry>"
	                  "<entry not-followed-by='social ..'>bailleur</entry><entry not-followed-by='.. social'>loueur</entry>" TAIL);
	ck_assert_str_eq(lint(a, false, true), "idle-gap:3 idle-gap:5 idle-gap:7 ");
	ha_free(a);
	/* A tilde after a word that is too short to be misspelt, or has a star; two mistakes in one that may have one. */
	a = open_xml(HEAD "<entry>\nrat~\nhumidité~2\nfroid~2\ngros froid~\nmoisi*~\nch(at|ien)~\nrat\\~\n(pou|cafard~)\n</entry>" TAIL);
	ck_assert_str_eq(lint(a, false, true), "tilde:3 tilde:5 tilde:7 ");
	ha_free(a);
	/* Two words that the tokenizer joins; one of which it does in some spellings only; with a word between; as a context. */
	a = open_xml(HEAD "<entry>\n50 000 euros\n50\\ 000 euros\n(50|environ) 000\n50 ..2 000\n15 h\n[!50 000] francs\n# 000 amis\n</entry>" TAIL);
	ck_assert_str_eq(lint(a, false, true), "tokenizer:3 tokenizer:8 ");
	ha_free(a);
}
END_TEST

START_TEST(stems)
{
	ha *a = open_xml(HEAD "<entry layer='stem'>\nCAF\nréférent\nemploi\nsanction\nloyer\ncouper\n</entry><entry>emploi ici</entry>" TAIL);
	static const char *const texts[] = { "La CAF, la caf, un café, des cafés", "ma référente, des référents, aucune référence",
		                             "un emploi, des emplois", "une sanction, sanctionnée, sanctionner", "le loyer, la loi",
		                             "couper, coupé, ils coupent" };
	ck_assert_str_eq(lint(a, true, false), "");
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		ck_assert_int_eq(ha_run(a, texts[i], strlen(texts[i])), AUR_OK);
	ck_assert_str_eq(lint(a, true, true), "collision:3 collision:4 near-miss:5 collision:7 dead:9 ");
	ha_free(a);
	/* who lists both is left alone */
	a = open_xml(HEAD "<entry layer='stem'>emploi</entry><entry>emplois</entry>" TAIL);
	ck_assert_int_eq(ha_run(a, texts[2], strlen(texts[2])), AUR_OK);
	ck_assert_str_eq(lint(a, true, true), "");
	ha_free(a);
}
END_TEST

START_TEST(dead)
{
	ha *a = open_xml(HEAD "<entry>\nbus\ntrain de nuit\n(car|tram) ..2 (soir|matin)\ncar? bus\n</entry>" TAIL);
	ck_assert_int_eq(ha_run(a, "le bus, le train, de jour, le soir", 34), AUR_OK);
	ck_assert_str_eq(lint(a, true, true), "dead:4 dead:5 ");
	ck_assert_str_eq(lint(a, true, false), "");
	ha_free(a);
}
END_TEST

/* The lexicons that are shipped. */
START_TEST(shipped)
{
	static const char *const names[] = { "accompagnement", "administratif", "ateliers", "caf", "confiance", "confidentialite", "emploi",
		                             "formation", "france-travail", "isolement", "mobilite", "numerique", "parcours", "precarite",
		                             "quinze-heures", "sanctions", "sante", "stigmatisation" };
	static char lines[20][60];
	const char *settings[20] = { NULL };
	for (size_t i = 0; i < 18; i++) {
		snprintf(lines[i], sizeof(lines[i]), "lexicon=%s", names[i]);
		settings[i] = lines[i];
	}
	ha *a = ha_new();
	ck_assert_msg(ha_add(a, "annotate-lexicon", "annotate-lexicon", settings) == AUR_OK, "%s", ha_error(a));
	ck_assert_msg(*lint(a, false, false) == 0, "see SHOW=1 %s: %s", "tests/unit/test_lint", said);
	ha_free(a);
}
END_TEST

/* ---- near misses ---- */

static void missed(void *to, const aur_near_miss *m)
{
	ha *a = to;
	said_len += (size_t)snprintf(said + said_len, sizeof(said) - said_len, "%d:%s ", m->reason, ha_text(a, m->first_token, m->last_token));
	ck_assert_uint_lt(said_len, sizeof(said));
	if (getenv("SHOW") != NULL)
		printf("%s\n", m->message);
}

static const char *explain(ha *a, const char *text)
{
	const aur_component *c = ha_component(a, 0);
	const aur_ext_explain_v1 *x = c->query(ha_model(a, 0), AUR_EXT_EXPLAIN);
	ck_assert_ptr_nonnull(x);
	ck_assert_int_eq(ha_run(a, text, strlen(text)), AUR_OK);
	said_len = 0;
	said[0] = 0;
	ck_assert_int_eq(x->explain(ha_host(a), ha_model(a, 0), ha_worker(a, 0), ha_view(a, 0), missed, a), AUR_OK);
	return said;
}

START_TEST(near_misses)
{
	ha *a = open_xml(HEAD "<entry>\nassistante [!sociale]\ncafé*\nsanction*\ndouble sanction*\ncouper ..1 rsa\nmenace sanction\n</entry>"
	                      "<entry case='upper'>ft</entry><entry weight='0.5'>papiers</entry><exclude>café associatif</exclude>" TAIL);
	ck_assert_str_eq(explain(a, "rien à voir"), "");
	ck_assert_str_eq(explain(a, "mon assistante sociale"), "1:assistante ");
	ck_assert_str_eq(explain(a, "un café associatif"), "2:café ");
	ck_assert_str_eq(explain(a, "une double sanction"), "3:sanction ");
	ck_assert_str_eq(explain(a, "des papiers"), "4:papiers ");
	ck_assert_str_eq(explain(a, "chez ft"), "5:ft ");
	ck_assert_str_eq(explain(a, "couper tout de suite rsa"), "6:couper tout de suite rsa ");
	ck_assert_str_eq(explain(a, "la menace, sanction"), "6:menace, sanction ");
	/* asking does not change what is found */
	ck_assert_str_eq(ha_show(a, "chez FT, assistante, double sanction"), "t:FT:+ t:assistante:+ t:double sanction:+");
	ha_free(a);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("lint");
	TCase *t = tcase_create("lint");
	seconds_at_most(t, 120);
	tcase_add_test(t, doubles_and_shadows);
	tcase_add_test(t, ids);
	tcase_add_test(t, exclusions);
	tcase_add_test(t, words);
	tcase_add_test(t, stems);
	tcase_add_test(t, dead);
	tcase_add_test(t, shipped);
	tcase_add_test(t, near_misses);
	suite_add_tcase(s, t);
	return suite_run(s);
}
