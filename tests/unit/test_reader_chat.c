/* SPDX-License-Identifier: Apache-2.0 */
/* The reader of conversations, in the forms that WhatsApp gives them.  All messages and names here are invented. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "host_reader.h"
#include "suite.h"

static hr *r;

static void setup(void)
{
	r = hr_new("reader-chat");
	ck_assert_ptr_nonnull(r);
}

static void teardown(void)
{
	hr_free(r);
}

#define READ_AS(name, s) hr_read(r, name, s, sizeof(s) - 1)
#define READ(s) READ_AS("x/Discussion.txt", s)
#define PROBE(s) hr_probe(r, "a.txt", s, sizeof(s) - 1)

/* What came: when, and the text, in a row. */
static void came(const char *const *want, uint32_t n)
{
	char got[512];
	ck_assert_msg(r->status == AUR_END, "status %d: %s", r->status, r->error ? r->error : "");
	for (uint32_t i = 0; i < n && i < r->item_count; i++) {
		snprintf(got, sizeof got, "%s|%s", hr_value(&r->items[i], "date"), r->items[i].text);
		ck_assert_str_eq(got, want[i]);
	}
	ck_assert_uint_eq(r->item_count, n);
	ck_assert_uint_eq(r->refusal_count, 0);
}
#define CAME(...) came((const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static const char *who(uint32_t i)
{
	return hr_value(&r->items[i], "locuteur");
}

START_TEST(android)
{
	READ("22/04/2025, 14:05 - Les messages et les appels sont chiffrés de bout en bout.\n"
	     "22/04/2025, 14:05 - Sonia a changé le nom du groupe « Atelier : bus »\n"
	     "22/04/2025, 14:06 - Sonia Démo: Qu'est-ce qui ne va pas ?\n"
	     "22/04/2025, 14:10 - Karim Essai: Le bus s'arrête à sept heures :\n\nrien après\n"
	     "22/04/2025, 14:12 - +33 6 00 00 00 00: <Médias omis>\n"
	     "22/04/2025, 14:12 - +33 6 00 00 00 00: On m'a suspendu 22/04/2025, 14:12 - sans prévenir\n"
	     "23/04/2025, 09:00 - Lila Test: Ce message a été supprimé\n"
	     "23/04/2025, 09:01 - karim essai: IMG-0001.jpg (fichier joint)\n"
	     "23/04/2025, 09:02 - karim essai: IMG-0002.jpg (fichier joint)\nl'affiche\n"
	     "23/04/2025, 09:03 - Lila Test: 10:30 pas 11:30 <Ce message a été modifié>\n");
	CAME("2025-04-22 14:06|Qu'est-ce qui ne va pas ?", "2025-04-22 14:10|Le bus s'arrête à sept heures :\n\nrien après",
	     "2025-04-22 14:12|On m'a suspendu 22/04/2025, 14:12 - sans prévenir", "2025-04-23 09:02|l'affiche", "2025-04-23 09:03|10:30 pas 11:30");
	ck_assert_str_eq(hr_value(&r->items[0], "session"), "Discussion");
	ck_assert_uint_eq(r->items[1].line, 4);
	/* a name is one person, however it is written, and stands nowhere */
	ck_assert_str_eq(who(1), who(3));
	ck_assert_str_ne(who(1), who(2));
	ck_assert_int_eq(strncmp(who(1), "nom-", 4), 0);
	ck_assert(hr_noted(r, "Karim Essai = nom-"));
	ck_assert(hr_noted(r, "left out: 5"));
	ck_assert(hr_noted(r, "no interviewer was recognised"));
}
END_TEST

START_TEST(iphone)
{
	READ("\xEF\xBB\xBF[22/04/2025 14:05:33] Groupe: \u200ELes messages et les appels sont chiffrés.\r\n"
	     "[22/04/2025 14:06:33] ~\u202FSonia: Le bus ?\r\n"
	     "[22/04/2025 14:07:00] \u2068Karim\u2069: Jamais\r\nà l'heure\r\n"
	     "\u200E[22/04/2025 14:08:00] Karim: \u200Eimage absente\r\n"
	     "[23/04/2025 14:08:00] Karim: Non \u200E<Ce message a été modifié>\r\n");
	CAME("2025-04-22 14:06:33|Le bus ?", "2025-04-22 14:07:00|Jamais\r\nà l'heure", "2025-04-23 14:08:00|Non");
	ck_assert_str_eq(who(1), who(2));
	ck_assert(hr_noted(r, "Sonia = nom-"));
	/* who is in no address book, and then in it */
	READ("[22/04/2025 14:06:33] ~\u202FSonia: Le bus ?\n[22/04/2025 14:07:00] Sonia: Jamais\n");
	ck_assert_str_eq(who(0), who(1));
	ck_assert(!hr_noted(r, "~"));
	/* in pieces */
	r->chunk = 3;
	READ("[2025-04-22, 14:06:33] Karim: Oui\n[2025-04-22, 14:07:00] Lila: Non\n");
	CAME("2025-04-22 14:06:33|Oui", "2025-04-22 14:07:00|Non");
}
END_TEST

START_TEST(days_and_hours)
{
	READ("4/3/25, 12:05\u202FAM - Karim: Oui\n4/22/25, 2:05 p. m. - Karim: Non\n");
	CAME("2025-04-03 00:05|Oui", "2025-04-22 14:05|Non");
	READ("04/03/2025 à 14:05 - Karim: Oui\n05.03.25, 1.07 - Karim: Non\n");
	CAME("2025-03-04 14:05|Oui", "2025-03-05 01:07|Non");
	/* no hour, no minute, no year: part of the message above */
	READ("04/03/2025, 14:05 - Karim: Oui\n04/03/2025, 24:05 - Karim: a\n04/03/2025, 14:60 - Karim: b\n04/03/202, 14:05 - Karim: c\n");
	CAME("2025-03-04 14:05|Oui\n04/03/2025, 24:05 - Karim: a\n04/03/2025, 14:60 - Karim: b\n04/03/202, 14:05 - Karim: c");
}
END_TEST

START_TEST(words_and_no_words)
{
	READ("04/03/2025, 14:05 - Karim: Ce message a été supprimé.\n04/03/2025, 14:06 - Karim: Ce message a été supprimé par qui ?\n"
	     "04/03/2025, 14:07 - Karim: <3 les bus\net les cars <3 <3>\n");
	CAME("2025-03-04 14:06|Ce message a été supprimé par qui ?", "2025-03-04 14:07|<3 les bus\net les cars <3 <3>");
}
END_TEST

START_TEST(settings)
{
	hr_set(r, "interviewer", "sonia démo");
	hr_set(r, "interviewer", "Personne");
	hr_set(r, "field", "locuteur");
	hr_set(r, "field", "session");
	hr_set(r, "field", "date");
	READ("avant\n22/04/2025, 14:06 - Sonia Démo: Le bus ?\n22/04/2025, 14:10 - Karim: Rien\n22/04/2025, 14:11 - Sonia Démo: Merci\n");
	ck_assert_uint_eq(r->item_count, 1);
	ck_assert_str_eq(r->items[0].text, "Rien");
	ck_assert_uint_eq(r->items[0].field_count, 0);
	ck_assert(hr_noted(r, "Sonia Démo (2)"));
	ck_assert(hr_noted(r, "« Personne »"));
	ck_assert(hr_noted(r, "before the first message, left out: 1"));
}
END_TEST

START_TEST(others)
{
	ck_assert_int_gt(PROBE("22/04/2025, 14:06 - Sonia: Le bus ?\n"), 80);
	ck_assert_int_gt(PROBE("\n22/04/2025 14:06 - Sonia a rejoint\n22/04/2025 14:07 - Sonia: Le bus ?\n"), 80);
	/* a table, a note with a date, a transcript, a list of appointments without names */
	ck_assert_int_eq(PROBE("22/04/2025;14:06;Sonia;Le bus\n23/04/2025;14:06;Sonia;Le bus\n"), 0);
	ck_assert_int_eq(PROBE("22/04/2025 : réunion\nLe bus : jamais\n"), 0);
	ck_assert_int_eq(PROBE("[00:01:12] Marie : oui\n[00:01:15] Karim : non\n"), 0);
	ck_assert_int_eq(PROBE("22/04/2025 14:06 - atelier\n22/04/2025 15:06 - pause\n"), 0);
	ck_assert_int_eq(PROBE("Notes\n22/04/2025, 14:06 - Sonia: Le bus ?\n"), 0);
}
END_TEST

/* Bytes that are not UTF-8, a text that is too long, more people than any group has. */
START_TEST(hostile)
{
	enum { MANY = 5000 };
	READ("22/04/2025, 14:06 - Ren\xE9: Le caf\xC3\xA9\n22/04/2025, 14:07 - \xF0\x9F\x8C\xB8: Voil\xE0\n");
	CAME("2025-04-22 14:06|Le café", "2025-04-22 14:07|Voilà");
	char *b = malloc(MANY * 64), *to = b;
	ck_assert_ptr_nonnull(b);
	for (int i = 0; i < MANY; i++)
		to += snprintf(to, 64, "22/04/2025, 14:06 - Personne %d: oui\n", i);
	hr_read(r, "a.txt", b, (size_t)(to - b));
	ck_assert_int_eq(r->status, AUR_E_DATA);
	free(b);
	size_t long_one = (size_t)33 << 20;
	static const char first[] = "22/04/2025, 14:06 - Karim: a", last[] = "\n22/04/2025, 14:07 - Karim: oui\n";
	b = malloc(long_one + sizeof last);
	ck_assert_ptr_nonnull(b);
	memset(b, 'a', long_one);
	memcpy(b, first, sizeof first - 1);
	memcpy(b + long_one, last, sizeof last - 1);
	hr_read(r, "a.txt", b, long_one + sizeof last - 1);
	ck_assert_int_eq(r->status, AUR_END);
	ck_assert_uint_eq(r->item_count, 1);
	free(b);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("reader-chat");
	TCase *c = tcase_create("chat");
	tcase_add_checked_fixture(c, setup, teardown);
	seconds_at_most(c, 60);
	tcase_add_test(c, android);
	tcase_add_test(c, iphone);
	tcase_add_test(c, days_and_hours);
	tcase_add_test(c, words_and_no_words);
	tcase_add_test(c, settings);
	tcase_add_test(c, others);
	tcase_add_test(c, hostile);
	suite_add_tcase(s, c);
	return suite_run(s);
}
