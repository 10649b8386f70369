/* SPDX-License-Identifier: Apache-2.0 */
/* The reader of IRaMuTeQ's corpora.  All sentences here are invented. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "host_reader.h"
#include "suite.h"

static hr *r;

static void setup(void)
{
	r = hr_new("reader-alceste");
	ck_assert_ptr_nonnull(r);
}

static void teardown(void)
{
	hr_free(r);
}

#define READ(s) hr_read(r, "essai.txt", s, sizeof(s) - 1)
#define PROBE(name, s) hr_probe(r, name, s, sizeof(s) - 1)

static void ended(uint32_t items, uint32_t refusals)
{
	ck_assert_msg(r->status == AUR_END, "status %d: %s", r->status, r->error ? r->error : "");
	ck_assert_uint_eq(r->item_count, items);
	ck_assert_uint_eq(r->refusal_count, refusals);
}

static void refused(uint32_t i, uint32_t line, const char *part)
{
	ck_assert_uint_lt(i, r->refusal_count);
	ck_assert_uint_eq(r->refusals[i].line, line);
	ck_assert_msg(strstr(r->refusals[i].reason, part), "« %s » is not in « %s »", part, r->refusals[i].reason);
}

#define ITEM_TEXT(i, s) ck_assert_str_eq(r->items[i].text, s)
#define ITEM_ID(i, s) ck_assert_pstr_eq(r->items[i].id, s)
#define ITEM_FIELD(i, f, s) ck_assert_pstr_eq(hr_value(&r->items[i], f), s)

START_TEST(texts)
{
	READ("**** *atelier_douai *date_20250422 *profil_arsa_seul *id_t1 *session_s1 *Âge_41\n"
	     "On ne veut plus de ça.\n\nVraiment plus.\n\n"
	     "**** *atelier_lens *date_22/04/2025 *venu\r\nEt le bus ?\r\n");
	ended(2, 0);
	ITEM_ID(0, "t1");
	ITEM_TEXT(0, "On ne veut plus de ça.\n\nVraiment plus.");
	ITEM_FIELD(0, "atelier", "douai");
	ITEM_FIELD(0, "date", "2025-04-22");
	ITEM_FIELD(0, "profil", "arsa_seul");
	ITEM_FIELD(0, "session", "s1");
	ITEM_FIELD(0, "age", "41");
	ck_assert_uint_eq(r->items[0].line, 1);
	ITEM_ID(1, NULL);
	ITEM_TEXT(1, "Et le bus ?");
	ITEM_FIELD(1, "date", "2025-04-22");
	ITEM_FIELD(1, "venu", "oui");
	ck_assert_uint_eq(r->items[1].line, 6);
	ck_assert(hr_noted(r, "UTF-8"));
	ck_assert(hr_noted(r, "fields: atelier, date, profil, session, age, venu")); /* under the names that they have here */
}
END_TEST

START_TEST(sections)
{
	READ("**** *id_a *v_1\n-*sanctions reste\nOn nous coupe tout.\n-*files\nDeux heures.\n"
	     "**** *id_b\nAvant.\n-*files\nEncore.\n-*vide\n**** *id_c\nSans section.\n");
	ended(5, 1);
	ITEM_ID(0, "a-1");
	ITEM_FIELD(0, "thematique", "sanctions");
	ITEM_FIELD(0, "v", "1");
	ck_assert_uint_eq(r->items[0].line, 2);
	ITEM_ID(1, "a-2");
	ITEM_TEXT(1, "Deux heures.");
	ITEM_ID(2, "b");
	ITEM_TEXT(2, "Avant.");
	ITEM_FIELD(2, "thematique", NULL);
	ITEM_ID(3, "b-1");
	ITEM_ID(4, "c");
	refused(0, 10, "empty text");
	ck_assert_str_eq(r->refusals[0].id, "b-2");
	/* Whoever answers to several themes is one person, and is counted once. */
	ITEM_FIELD(0, "locuteur", "a");
	ITEM_FIELD(1, "locuteur", "a");
	ITEM_FIELD(2, "locuteur", "b");
	ITEM_FIELD(4, "locuteur", NULL);
	ck_assert(hr_noted(r, "line 2: the -*themes of a text count as one person"));
	READ("**** *v_1\n-*a\nOui.\n-*b\nNon.\n**** *v_2\n-*a\nOui.\n**** *participant_x\n-*a\nOui.\n");
	ended(4, 0);
	const char *who = hr_value(&r->items[0], "locuteur");
	ck_assert_ptr_nonnull(who);
	ck_assert_msg(strncmp(who, "essai.txt-", 10) == 0 && strcmp(who + 15, ":1") == 0, "%s", who);
	ITEM_FIELD(1, "locuteur", who);
	ck_assert_str_ne(hr_value(&r->items[2], "locuteur"), who);
	ITEM_FIELD(3, "locuteur", NULL);
	hr_set(r, "speaker", "no");
	READ("**** *id_a\n-*a\nOui.\n-*b\nNon.\n");
	ITEM_FIELD(0, "locuteur", NULL);
	teardown();
	setup();
	hr_set(r, "speaker", "line");
	READ("**** *id_a\nOui.\n");
	ck_assert_int_eq(r->status, AUR_E_CONFIG);
}
END_TEST

/* Expressions that were made one word for IRaMuTeQ are told: they are not the words that one looks for. */
START_TEST(joined)
{
	READ("**** *v_a_b\nÀ pôle_emploi (france_travail), voir a_b@example.org, http://x.org/a_b et _ seul_ ou 1_2.\n**** *v_c\nUn rendez_vous.\n");
	ended(2, 0);
	ITEM_TEXT(1, "Un rendez_vous.");
	ck_assert(hr_noted(r, "words joined by « _ », as in IRaMuTeQ: 3, the first on line 2: « pôle_emploi »"));
	READ("**** *v_a_b\nRien de tel.\n");
	ck_assert(!hr_noted(r, "joined"));
}
END_TEST

START_TEST(before_the_first)
{
	READ("Un titre\n-*theme\n\nencore\n**** *v_1\nOui.\n");
	ended(1, 1);
	refused(0, 1, "before the first line of ****");
	READ("\n\n**** *v_1\nOui.\n");
	ended(1, 0);
	ck_assert_uint_eq(r->items[0].line, 3);
	READ("Rien de tel\n");
	ck_assert_int_eq(r->status, AUR_E_DATA);
	ck_assert_ptr_nonnull(strstr(r->error, "****"));
	READ("");
	ck_assert_int_eq(r->status, AUR_E_DATA);
}
END_TEST

START_TEST(empty_texts)
{
	READ("**** *id_a\n**** *id_b\n \n\n**** *id_c\nOui.\n**** *id_d");
	ended(1, 3);
	refused(0, 1, "empty text");
	refused(1, 2, "empty text");
	refused(2, 7, "empty text");
	ck_assert_str_eq(r->refusals[2].id, "d");
}
END_TEST

START_TEST(stray_tokens)
{
	READ("**** atelier douai *v_1 *\nOui.\n**** encore\nNon.\n");
	ended(2, 0);
	ITEM_FIELD(0, "v", "1");
	ck_assert_uint_eq(r->note_count, 3);
	ck_assert(hr_noted(r, "line 1: « atelier »"));
	/* A star by itself, before or behind the variables. */
	READ("**** * v_1 *w_2\nOui.\n");
	ended(1, 0);
	ITEM_FIELD(0, "w", "2");
	ck_assert_int_ge(PROBE("a.txt", "**** * v_1 *w_2\nOui.\n"), 90);
	/* What IRaMuTeQ would leave out in silence is said. */
	READ("**** *v_1\n-*vie quotidienne\nOui.\n  **** *v_2\nNon.\n");
	ended(1, 0);
	ITEM_FIELD(0, "thematique", "vie");
	ITEM_TEXT(0, "Oui.\n  **** *v_2\nNon.");
	ck_assert(hr_noted(r, "line 2: a theme (-*theme) is one word"));
	ck_assert(hr_noted(r, "line 4: **** after a space does not start a text"));
	/* A row of stars within a text. */
	READ("**** *v_1\nOui.\n*****\nNon.\n**********\nRien.\n");
	ended(3, 0);
	ITEM_FIELD(1, "v", NULL);
	ck_assert(hr_noted(r, "line 3: « ***** » starts a text without variables"));
	ck_assert_uint_eq(r->note_count, 3);
	READ("****\nOui.\n****\nNon.\n");
	ck_assert_uint_eq(r->note_count, 1);
	/* Files with marks that were put one behind the other. */
	READ("\xEF\xBB\xBF\xEF\xBB\xBF**** *v_1\nOui.\n\xEF\xBB\xBF**** *v_2\n\xEF\xBB\xBFNon.\n");
	ended(2, 0);
	ITEM_TEXT(0, "Oui.");
	ITEM_TEXT(1, "Non.");
	ITEM_FIELD(1, "v", "2");
}
END_TEST

START_TEST(old_digits)
{
	READ("0001 *v_a\nUn.\n0002 *v_b\nDeux.\n2025 est loin\n");
	ended(2, 0);
	ITEM_FIELD(1, "v", "b");
	ITEM_TEXT(1, "Deux.\n2025 est loin");
	/* With stars about, a number is a number. */
	READ("**** *v_a\nUn.\n0002 *v_b\nDeux.\n");
	ended(1, 0);
}
END_TEST

START_TEST(encodings)
{
	READ("**** *ville_B\xE9thune\nL\x92\xE9t\xE9 dernier, \xE7"
	     "a allait.\n");
	ended(1, 0);
	ITEM_TEXT(0, "L’été dernier, ça allait.");
	ITEM_FIELD(0, "ville", "Béthune");
	READ("**** *v_1\nÉté comme hiver, là-bas, déjà.\n**** *v_2\nBon\xE9, l’été.\n**** *v_3\nNon\0.\n");
	ended(2, 1);
	ITEM_TEXT(1, "Boné, l’été.");
	ck_assert(hr_noted(r, "line 3: bytes"));
	refused(0, 5, "NUL");
	READ("\x89PNG\r\n\x1A\n");
	ck_assert_int_eq(r->status, AUR_E_DATA);
}
END_TEST

START_TEST(settings)
{
	hr_set(r, "session", "Atelier");
	hr_set(r, "id", "num");
	READ("**** *atelier_douai *num_7\nOui.\n");
	ended(1, 0);
	ITEM_ID(0, "7");
	ITEM_FIELD(0, "session", "douai");
	ITEM_FIELD(0, "atelier", NULL);
	ck_assert_uint_eq(r->note_count, 2);
	READ("**** *ateliers_douai *id_7 *v_1 *v_1\nOui.\n**** *v_1 *V_2\nNon.\n");
	ended(2, 0);
	ck_assert(hr_noted(r, "no text has a variable « Atelier » (asked for as session)"));
	ck_assert(hr_noted(r, "no text has a variable « num » (asked for as id)"));
	ck_assert(hr_noted(r, "line 3: the variable « v » has several modalities"));
	ITEM_FIELD(1, "v", "2");
	char many[4096] = "****";
	size_t n = 4;
	for (unsigned i = 0; i < 260; i++)
		n += (size_t)snprintf(many + n, sizeof many - n, " *v%u_x", i);
	n += (size_t)snprintf(many + n, sizeof many - n, "\nOui.\n");
	hr_read(r, "essai.txt", many, n);
	ended(1, 0);
	ck_assert_uint_eq(r->items[0].field_count, 256);
	ck_assert(hr_noted(r, "line 1: a text has more than 256 variables: « v256 » and those after it"));
}
END_TEST

START_TEST(lengths)
{
	size_t big = 40u << 20;
	char *b = malloc(big + 200), *p = b + sprintf(b, "**** *id_a\n");
	memset(p, 'a', big);
	memcpy(p + big, "\n**** *id_b\nfin\n", 15);
	hr_read(r, "gros.txt", b, (size_t)(p - b) + big + 15);
	ended(1, 1);
	refused(0, 1, "32 MiB");
	ITEM_TEXT(0, "fin");
	for (size_t i = 100; i < big; i += 100)
		p[i] = '\n';
	hr_read(r, "gros.txt", b, (size_t)(p - b) + big + 15);
	ended(1, 1);
	refused(0, 1, "32 MiB");
	/* 10 MB are fine. */
	memcpy(p + (10u << 20), "\n**** *id_b\nfin\n", 15);
	hr_read(r, "gros.txt", b, (size_t)(p - b) + (10u << 20) + 15);
	ended(2, 0);
	ck_assert_uint_eq(r->items[0].text_len, 10u << 20);
	free(b);
}
END_TEST

START_TEST(any_chunk)
{
	for (size_t chunk = 1; chunk < 20; chunk++) {
		r->chunk = chunk;
		READ("avant\n**** *id_a\nun\r\ndeux\n-*s\nété\n");
		ended(2, 1);
		ITEM_TEXT(0, "un\r\ndeux");
		ITEM_TEXT(1, "été");
	}
}
END_TEST

START_TEST(probes)
{
	ck_assert_int_ge(PROBE("a.txt", "**** *v_1\nOui.\n"), 95);
	ck_assert_int_ge(PROBE(NULL, "\xEF\xBB\xBF\n**** *v_1 *w_2\nOui, non; peut-être.\n"), 95);
	ck_assert_int_ge(PROBE("a.csv", "\xFF\xFE*\0*\0*\0*\0 \0*\0v\0_\0"
	                                "1\0\n\0o\0u\0i\0\n\0"),
	                 95);
	ck_assert_int_ge(PROBE("a.txt", "0001 *v_1\nOui.\n"), 70);
	ck_assert_int_eq(PROBE("a.md", "# Titre\n\n****\n\ntexte\n"), 0);
	ck_assert_int_eq(PROBE("a.md", "****gras****\n"), 0);
	ck_assert_int_eq(PROBE("a.txt", "id;texte\n1;oui\n"), 0);
	ck_assert_int_eq(PROBE("a.txt", "\x89PNG\r\n\x1A\n**** *v_1\n"), 0);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("reader-alceste");
	TCase *c = tcase_create("alceste");
	tcase_add_checked_fixture(c, setup, teardown);
	seconds_at_most(c, 60);
	tcase_add_test(c, texts);
	tcase_add_test(c, sections);
	tcase_add_test(c, joined);
	tcase_add_test(c, before_the_first);
	tcase_add_test(c, empty_texts);
	tcase_add_test(c, stray_tokens);
	tcase_add_test(c, old_digits);
	tcase_add_test(c, encodings);
	tcase_add_test(c, settings);
	tcase_add_test(c, lengths);
	tcase_add_test(c, any_chunk);
	tcase_add_test(c, probes);
	suite_add_tcase(s, c);
	return suite_run(s);
}
