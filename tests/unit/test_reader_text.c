/* SPDX-License-Identifier: Apache-2.0 */
/* The reader of plain text and Markdown.  All sentences here are invented. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "host_reader.h"
#include "suite.h"

static hr *r;

static void setup(void)
{
	r = hr_new("reader-text");
	ck_assert_ptr_nonnull(r);
}

static void teardown(void)
{
	hr_free(r);
}

#define READ(s) hr_read(r, "essai.txt", s, sizeof(s) - 1)
#define READ_MD(s) hr_read(r, "essai.md", s, sizeof(s) - 1)
#define PROBE(name, s) hr_probe(r, name, s, sizeof(s) - 1)

static void ended(uint32_t items, uint32_t refusals)
{
	ck_assert_msg(r->status == AUR_END, "status %d: %s", r->status, r->error ? r->error : "");
	ck_assert_uint_eq(r->item_count, items);
	ck_assert_uint_eq(r->refusal_count, refusals);
}

#define ITEM_TEXT(i, s) ck_assert_str_eq(r->items[i].text, s)
#define ITEM_FIELD(i, f, s) ck_assert_pstr_eq(hr_value(&r->items[i], f), s)

START_TEST(paragraphs)
{
	READ("\n  On attend *ici*,\r\n  encore.  \r\n \t\r\n\r\nEt **là** <b>.\n\n\n");
	ended(2, 0);
	ITEM_TEXT(0, "  On attend *ici*,\r\n  encore.  ");
	ck_assert_uint_eq(r->items[0].line, 2);
	ITEM_TEXT(1, "Et **là** <b>.");
	ck_assert_uint_eq(r->items[1].line, 6);
	ck_assert_ptr_null(r->items[0].id);
	ck_assert_uint_eq(r->items[0].field_count, 0);
	ck_assert(hr_noted(r, "each paragraph"));
	READ("seul");
	ended(1, 0);
	READ("un\rdeux\r\rtrois");
	ended(2, 0);
	ITEM_TEXT(0, "un\rdeux");
}
END_TEST

/* What may be who speaks is left to the person; a file that is one contribution of many lines is told. */
START_TEST(labels)
{
	READ("Sylvie : oui ?\nKarim : le bus.\nSylvie : et ?\nKarim : rien : non.\n");
	ended(1, 0);
	ck_assert(hr_noted(r, "« Sylvie », « Karim »"));
	READ_MD("**Sylvie :** oui ?\n\n**Karim :** le bus.\n\n**Sylvie :** et ?\n\n**Karim :** rien.\n");
	ended(4, 0);
	ck_assert(hr_noted(r, "--reader transcript"));
	READ("Je dis : le bus.\n\nRésultat : rien.\n\nRésultat : radiée.\n\nhttps://exemple.test\n");
	ck_assert(!hr_noted(r, "--reader transcript"));
	READ("- Et le bus ?\n- Jamais.\n\n— Et la CAF ?\n— Rien.\n");
	ended(4, 0);
	ck_assert(hr_noted(r, "begins with a dash"));
	READ("- Le bus.\n- Jamais.\n- La CAF ?\n- Rien.\n- Du café.\n- Du temps.\n");
	ck_assert(!hr_noted(r, "begins with a dash"));
	READ("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n");
	ended(1, 0);
	ck_assert(hr_noted(r, "10 lines are one contribution"));
	READ("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n\n11\n");
	ck_assert(!hr_noted(r, "lines are one contribution"));
}
END_TEST

/* A corpus of another program, a word in each line: what is said of the words would count as words. */
START_TEST(vertical)
{
	READ("<text id=\"t\">\n<s>\nLe\tDET\tle\nbus\tNOM\tbus\nne\tADV\tne\npasse\tVER\tpasser\nplus\tADV\tplus\nle\tDET\tle\nsoir\tNOM\tsoir\n.\tSENT\t.\n</s>\n</text>\n");
	ended(1, 0);
	ck_assert(hr_noted(r, "a word with its annotations"));
	READ("# text = Le bus ne passe plus.\n1\tLe\tle\n2\tbus\tbus\n3\tne\tne\n4\tpasse\tpasser\n5\tplus\tplus\n6\t.\t.\n\n1\t1 500\t1 500\n2\tDeux\tdeux\n3\t.\t.\n");
	ck_assert(hr_noted(r, "a word with its annotations"));
	READ("Marie\tLe bus ne passe plus.\nKarim\tEt le soir non plus.\nMarie\tVoilà tout.\nKarim\tOui.\nMarie\tOn va à pied.\nKarim\tOui, à pied.\nMarie\tEt le train ?\nKarim\tAh le train.\n");
	ck_assert(!hr_noted(r, "a word with its annotations"));
}
END_TEST

START_TEST(markdown)
{
	READ_MD("# **Bilan** des ateliers\n\nUn premier\nparagraphe *en deux* lignes.  \n\n"
	        "## ❑ On garde\n\n- ❑ **Les ateliers** : le 1<sup>er</sup> surtout\n  - plus de bus\n"
	        "• l'écoute des\n  référents\n1. le café\n2) + de temps\n---\n"
	        "## On jette ##\n***\n\n> *Je* dis « non » &amp; voilà, allocataire*s* et e_mail_s, "
	        "[ici](http://x.test/) ![photo](a.png)\n"
	        "<br>\n![image](b.png)\n\n![](c.png)\n\nAutre titre\n-----------\n\\*fin\\*\n\n```\ncode\n```\n");
	ended(9, 0);
	ITEM_TEXT(0, "Un premier\nparagraphe en deux lignes.");
	ITEM_FIELD(0, "section", "Bilan des ateliers");
	ITEM_FIELD(0, "partie", NULL);
	ck_assert_uint_eq(r->items[0].line, 3);
	ITEM_TEXT(1, "Les ateliers : le 1er surtout");
	ITEM_FIELD(1, "section", "On garde");
	ITEM_FIELD(1, "partie", "Bilan des ateliers");
	ck_assert_uint_eq(r->items[1].line, 8);
	ITEM_TEXT(2, "plus de bus");
	ITEM_TEXT(3, "l'écoute des\nréférents");
	ITEM_TEXT(4, "le café");
	ITEM_TEXT(5, "+ de temps");
	ITEM_TEXT(6, "Je dis « non » & voilà, allocataire*s* et e_mail_s, ici");
	ITEM_FIELD(6, "section", "On jette");
	ITEM_TEXT(7, "*fin*");
	ITEM_FIELD(7, "section", "Autre titre");
	ITEM_TEXT(8, "code");
	ck_assert(hr_noted(r, "Markdown"));
	READ_MD("- [ ] à faire\n- [x] fait\n- [1] non\n");
	ended(3, 0);
	ITEM_TEXT(0, "à faire");
	ITEM_TEXT(1, "fait");
	ITEM_TEXT(2, "[1] non");
	/* A quotation is a paragraph of its own. */
	READ_MD("# Q\n1. La question ?\n> la réponse\n> et sa suite\nencore\n\n> - un\n> de plus\n> - deux\n");
	ended(4, 0);
	ITEM_TEXT(0, "La question ?");
	ITEM_TEXT(1, "la réponse\net sa suite\nencore");
	ITEM_TEXT(2, "un\nde plus");
	ITEM_TEXT(3, "deux");
}
END_TEST

START_TEST(tables)
{
	/* A figure in the last cell does not begin what stands below. */
	READ_MD("| a | b |\n|--|--|\n| le bus | 2 |\nTexte\n\n| a | texte |\n|--|--|\n| x | 3 |\n\nFin\n");
	ended(3, 0);
	ITEM_TEXT(1, "Texte");
	ITEM_TEXT(2, "Fin");
	READ_MD("# Ateliers\nAvant\n| On garde | On *jette* |\r\n|:--|--:|\r\n| l'accueil **au guichet** | les "
	        "courriers \\| les "
	        "relances |\r\n| 12 | — |\n| le café<br>du matin | 👍 |\nDerrière\n\nun | deux\n");
	ended(7, 0);
	ITEM_TEXT(0, "Avant");
	ITEM_FIELD(0, "section", "Ateliers");
	ITEM_TEXT(1, "l'accueil au guichet");
	ITEM_FIELD(1, "section", "On garde");
	ITEM_FIELD(1, "partie", "Ateliers");
	ck_assert_uint_eq(r->items[1].line, 5);
	ITEM_TEXT(2, "les courriers | les relances");
	ITEM_FIELD(2, "section", "On jette");
	ITEM_TEXT(3, "le café du matin");
	ITEM_TEXT(4, "👍");
	ITEM_TEXT(5, "Derrière");
	ITEM_FIELD(5, "section", "Ateliers");
	ITEM_FIELD(5, "partie", NULL);
	ITEM_TEXT(6, "un | deux");
	ck_assert(hr_noted(r, "left out: 2"));
	/* One column holds the words, the others are about them. */
	READ_MD("N° | Verbatim | Date\n---|---|---\n1 | Le bus ne passe pas | 03/05/2025\n2 | | 04/05/2025\n3 | Oui");
	ended(2, 0);
	ITEM_TEXT(0, "Le bus ne passe pas");
	ITEM_FIELD(0, "n", "1");
	ITEM_FIELD(0, "date", "2025-05-03");
	ITEM_FIELD(0, "section", NULL);
	ITEM_TEXT(1, "Oui");
	/* As many cells below as above, or it is none. */
	READ_MD("# T\na | b\n---\n\nc | d | e\n|--|--|\n");
	ended(1, 0);
	ITEM_TEXT(0, "c | d | e\n|--|--|");
	/* Where the window ends in the middle of it. */
	size_t n = 0, rows = 30000;
	char *b = malloc(rows * 40), want[40];
	n += (size_t)sprintf(b, "| Garde | Jette |\n|---|---|\n");
	for (size_t i = 0; i < rows; i++)
		n += (size_t)sprintf(
		    b + n, i % 3 ? "| oui %zu | non |\n" : "\n| Garde | Jette |\n|---|---|\n| oui %zu | non |\n", i);
	for (r->chunk = 0; r->chunk <= 5003; r->chunk += 5003) {
		hr_read(r, "long.md", b, n);
		ended((uint32_t)rows * 2, 0);
		for (size_t i = 0; i < rows; i++) {
			snprintf(want, sizeof want, "oui %zu", i);
			ITEM_TEXT(2 * i, want);
			ITEM_FIELD(2 * i + 1, "section", "Jette");
		}
	}
	free(b);
}
END_TEST

START_TEST(front_matter)
{
	READ_MD(
	    "---\ntitle: \"Bilan d'atelier\"\nSession: lens-2025\ndate: 22/04/2025\ntags:\n  - rsa\n- nord\n# note\n"
	    "mots: [bus, CAF]\ntexte long: |\n  sur deux\n  lignes\n---\nLe bus.\n\n---\nautre: chose\n---\n");
	ck_assert_uint_ge(r->item_count, 1);
	ITEM_TEXT(0, "Le bus.");
	ITEM_FIELD(0, "title", "Bilan d'atelier");
	ITEM_FIELD(0, "session", "lens-2025");
	ITEM_FIELD(0, "date", "2025-04-22");
	ITEM_FIELD(0, "mots", "bus, CAF");
	ITEM_FIELD(0, "tags", NULL);
	ck_assert_uint_eq(r->items[0].line, 14);
	ck_assert(hr_noted(r, "title, Session, date, mots"));
	ck_assert(hr_noted(r, "22/04/2025 is read as 2025-04-22"));
	ck_assert(hr_noted(r, "tags, texte long"));
	/* Words between two rules are words. */
	READ_MD("---\nOn nous convoque : deux fois par mois, et pour rien.\n---\nLe bus.\n");
	ended(1, 0);
	ITEM_TEXT(0, "Le bus.");
	ITEM_FIELD(0, "section", "On nous convoque : deux fois par mois, et pour rien.");
	READ_MD("---\ntitre: oui\nOn attend dehors.\n---\nLe bus.\n");
	ended(2, 0);
	READ_MD("---\ntitre: oui\n\nLe bus.\n");
	ended(2, 0);
}
END_TEST

START_TEST(markdown_found)
{
	/* By its bullets, or a heading; three dashes in a dialogue are bullets too, and it is said. */
	READ("Ce qui revient :\n\n❑ les files\n❑ les papiers\n❑ les bus\n");
	ended(4, 0);
	ITEM_TEXT(1, "les files");
	ck_assert(hr_noted(r, "Markdown"));
	READ("## Titre\nOui.\n");
	ended(1, 0);
	READ("- un\n- deux\n");
	ended(1, 0);
	READ("| id | texte |\n|----|:------|\n| a1 | le bus |\n");
	ended(1, 0);
	ck_assert_str_eq(r->items[0].id, "a1");
	ITEM_TEXT(0, "le bus");
	hr_set(r, "markdown", "no");
	READ_MD("# Titre\n\n- un\n- deux\n");
	ended(2, 0);
	ITEM_TEXT(1, "- un\n- deux");
}
END_TEST

START_TEST(settings)
{
	hr_set(r, "markdown", "peut-être");
	READ("oui\n");
	ck_assert_int_eq(r->status, AUR_E_CONFIG);
}
END_TEST

/* A text without blank lines is one person's; whether its lines are asked, where they are not those of a wrapped text. */
START_TEST(lines)
{
#define TYPED "Le bus ne passe plus.\nOn me redemande mes papiers.\nJ'ai peur d'être radiée.\n"
	READ(TYPED);
	ck_assert_uint_eq(r->item_count, 1);
	ck_assert(hr_noted(r, "its 3 lines are one contribution: if each line is one, --set lines=yes"));
	READ("bus trop rares\nles papiers\nla CAF répond pas\n");
	ck_assert(hr_noted(r, "lines=yes"));
	READ("Le bus ne passe plus\nOn me redemande mes papiers\n");
	ck_assert(!hr_noted(r, "lines=yes"));
	READ("Le bus ne passe plus le soir, et quand il passe il est déjà plein, alors on\nattend le suivant sous la pluie. On me redemande toujours les mêmes papiers, à la\n"
	     "CAF comme à France Travail, et j'ai peur d'être radiée. Ma référente m'écoute\nétonnamment bien.\n");
	ck_assert(!hr_noted(r, "lines=yes"));
	READ(TYPED "\nEt voilà.\n");
	ck_assert(!hr_noted(r, "lines=yes"));
	hr_set(r, "lines", "oui");
	READ(TYPED "\n- Et voilà.\n- Merci.\n- Non.\n");
	ck_assert_uint_eq(r->item_count, 6);
	ck_assert_str_eq(r->items[1].text, "On me redemande mes papiers.");
	ck_assert_uint_eq(r->items[1].line, 2);
	ck_assert_str_eq(r->items[3].text, "- Et voilà.");
	ck_assert(hr_noted(r, "each line is one contribution"));
}
END_TEST

/* In Markdown, lines that most likely are titles without their #. */
START_TEST(titles)
{
	READ_MD("Atelier du 12 mars\n\nCe qui va :\n\n- l'accueil\n\nCe qui ne va pas\n- le bus\n- les papiers\net encore\n- la file\n\nVoilà\n");
	ck_assert(hr_noted(r, "announce a list and are contributions: 2, the first « Ce qui va : » on line 3"));
	READ_MD("# Ce qui va\n- l'accueil\n\nDeux lignes\nde texte :\n- le bus\n- qui :\n- passe\n\nVoilà\n");
	ck_assert(!hr_noted(r, "announce"));
	READ("Ce qui va :\n\nl'accueil\n");
	ck_assert(!hr_noted(r, "announce"));
}
END_TEST

START_TEST(lines_unknown)
{
	hr_set(r, "lines", "peut-être");
	READ(TYPED);
	ck_assert_int_eq(r->status, AUR_E_CONFIG);
}
END_TEST

START_TEST(lines_or_markdown)
{
	hr_set(r, "lines", "yes");
	hr_set(r, "markdown", "yes");
	READ(TYPED);
	ck_assert_int_eq(r->status, AUR_E_CONFIG);
}
END_TEST

START_TEST(bad_bytes)
{
	READ("L\x92\xE9t\xE9 dernier.\n\nOui.\n");
	ended(2, 0);
	ITEM_TEXT(0, "L’été dernier.");
	READ("Déjà l’été, à côté.\n\nBon\xE9, l’été.\n\nNon\0.\n\nFin.");
	ended(3, 1);
	ITEM_TEXT(1, "Boné, l’été.");
	ck_assert(hr_noted(r, "line 3: bytes"));
	ck_assert_uint_eq(r->refusals[0].line, 5);
	READ("");
	ck_assert_int_eq(r->status, AUR_E_DATA);
	READ(" \n\n");
	ck_assert_int_eq(r->status, AUR_E_DATA);
	READ("%PDF-1.4\n");
	ck_assert_int_eq(r->status, AUR_E_DATA);
	ck_assert_ptr_nonnull(strstr(r->error, "PDF"));
	ck_assert_str_eq(r->error_file, "essai.txt");
}
END_TEST

START_TEST(lengths)
{
	size_t big = 40u << 20;
	char *b = malloc(big + 100);
	memset(b, 'a', big);
	memcpy(b + big, "\n\nfin\n", 6);
	hr_read(r, "gros.txt", b, big + 6);
	ended(1, 1);
	ck_assert_uint_eq(r->refusals[0].line, 1);
	ITEM_TEXT(0, "fin");
	for (int md = 0; md < 2; md++) {
		for (size_t i = 100; i < big; i += 100)
			b[i] = '\n';
		hr_read(r, md ? "gros.md" : "gros.txt", b, big + 6);
		ended(1, 1);
	}
	/* one that ends the file where the window does */
	memset(b, 'a', big);
	hr_read(r, "gros.txt", b, 32u << 20);
	ended(0, 1);
	memcpy(b + (10u << 20), "\n\nfin\n", 6);
	hr_read(r, "gros.txt", b, (10u << 20) + 6);
	ended(2, 0);
	ck_assert_uint_eq(r->items[0].text_len, 10u << 20);
	free(b);
}
END_TEST

START_TEST(any_chunk)
{
	for (size_t chunk = 1; chunk < 20; chunk++) {
		r->chunk = chunk;
		READ("# été\n- un\n- deux\r\n  suite\n\ntrois");
		ended(3, 0);
		ITEM_TEXT(1, "deux\nsuite");
		ITEM_FIELD(2, "section", "été");
	}
}
END_TEST

START_TEST(probes)
{
	ck_assert_int_ge(PROBE("a.txt", "Bonjour.\n"), 50);
	ck_assert_int_ge(PROBE("a.md", "Bonjour.\n"), 60);
	ck_assert_int_ge(PROBE(NULL, "Bonjour.\n"), 10);
	ck_assert_int_le(PROBE("a", "<?xml version=\"1.0\"?><TEI/>"), 10);
	static const char *const binary[] = {"\x89PNG\r\n\x1A\n", "PK\3\4....xl/workbook.xml", "%PDF-1.4\n",
	                                     "SQLite format 3",   "\x1F\x8B\x08\x08",          "\x7F\x45LF\x02\x01\x01",
	                                     "\xFF\xD8\xFF\xE0"};
	for (unsigned i = 0; i < sizeof binary / sizeof *binary; i++)
		ck_assert_int_eq(hr_probe(r, "a.txt", binary[i], strlen(binary[i])), 0);
	char noise[512];
	for (unsigned i = 0; i < sizeof noise; i++)
		noise[i] = (char)(i * 7919 % 256);
	ck_assert_int_eq(hr_probe(r, "a.txt", noise, sizeof noise), 0);
}
END_TEST

/* The report that the project starts from, where it stands beside the checkout. */
START_TEST(report)
{
	const char *src = getenv("srcdir");
	char path[1024];
	size_t len;
	snprintf(path, sizeof path, "%s/../shared/seed/bilan-ateliers-rsa-nord-2025.md", src ? src : ".");
	char *b = hr_load(path, &len);
	if (!b) {
		printf("reader-text: %s is absent: skipped\n", path);
		return;
	}
	hr_read(r, "bilan.md", b, len);
	ck_assert_int_eq(r->status, AUR_END);
	ck_assert_uint_ge(r->item_count, 150);
	ck_assert_uint_eq(r->refusal_count, 0);
	uint32_t with_section = 0, cliches = 0;
	for (uint32_t i = 0; i < r->item_count; i++) {
		const char *t = r->items[i].text, *section = hr_value(&r->items[i], "section");
		ck_assert_ptr_null(strstr(t, "**"));
		ck_assert_ptr_null(strstr(t, "❑"));
		ck_assert_ptr_null(strstr(t, "<sup>"));
		ck_assert_ptr_null(strstr(t, "<b>"));
		ck_assert(t[0] != '#' && t[0] != '-');
		with_section += section != NULL;
		if (section && strstr(section, "clichés")) {
			cliches++;
			ck_assert_ptr_nonnull(strstr(hr_value(&r->items[i], "partie"), "index"));
		}
	}
	ck_assert_uint_ge(with_section, 140);
	ck_assert_uint_eq(cliches, 2);
	free(b);
}
END_TEST

/* A row is as wide as a row may be: each cell costs the same, not as much as there are before it. */
START_TEST(wide_table)
{
	enum { WIDE = 30000, ROWS = 20 };
	char *b = malloc((ROWS + 2) * (2 * WIDE + 2)), *to = b;
	ck_assert_ptr_nonnull(b);
	for (int row = 0; row < ROWS + 2; row++) {
		for (int i = 0; i < WIDE; i++) {
			*to++ = '|';
			*to++ = row == 0 ? 'a' : row == 1 ? '-' : 'b';
		}
		*to++ = '|';
		*to++ = '\n';
	}
	r->count_only = true;
	hr_read(r, "wide.md", b, (size_t)(to - b));
	ck_assert_uint_eq(r->texts, (uint64_t)WIDE * ROWS);
	ck_assert_uint_eq(r->values, r->texts); /* the head of its column */
	free(b);
}
END_TEST

/* Marks that nothing closes, on one line: each of them was looked for its end again. */
START_TEST(marks_without_end)
{
	static const char *const marks[] = {"[", "[](", " *a", " _a", "<a", "![a"};
	const size_t big = 2u << 20;
	char *b = malloc(big);
	for (size_t k = 0; k < sizeof marks / sizeof *marks; k++) {
		for (size_t i = 0; i < big; i++)
			b[i] = marks[k][i % strlen(marks[k])];
		hr_read(r, "marks.md", b, big);
		ended(1, 0);
		ck_assert_uint_eq(r->items[0].text_len, big - (*b == ' '));
	}
	free(b);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("reader-text");
	TCase *c = tcase_create("text");
	tcase_add_checked_fixture(c, setup, teardown);
	seconds_at_most(c, 60);
	tcase_add_test(c, paragraphs);
	tcase_add_test(c, labels);
	tcase_add_test(c, vertical);
	tcase_add_test(c, markdown);
	tcase_add_test(c, tables);
	tcase_add_test(c, wide_table);
	tcase_add_test(c, marks_without_end);
	tcase_add_test(c, front_matter);
	tcase_add_test(c, markdown_found);
	tcase_add_test(c, settings);
	tcase_add_test(c, lines);
	tcase_add_test(c, lines_unknown);
	tcase_add_test(c, lines_or_markdown);
	tcase_add_test(c, titles);
	tcase_add_test(c, bad_bytes);
	tcase_add_test(c, lengths);
	tcase_add_test(c, any_chunk);
	tcase_add_test(c, probes);
	tcase_add_test(c, report);
	suite_add_tcase(s, c);
	return suite_run(s);
}
