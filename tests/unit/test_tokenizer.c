/* SPDX-License-Identifier: Apache-2.0 */
/* The tokenizer for French, case by case; then what must hold for any text at all. */
#include "host_text.h"
#include "suite.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static ht_plugin tk;

static void setup(void)
{
	ht_open(&tk, "tokenizer-fr", "tokenizer-fr", NULL);
}

static void teardown(void)
{
	ht_close(&tk);
}

#define NB "\xC2\xA0"      /* no-break space */
#define NNB "\xE2\x80\xAF" /* narrow no-break space */
#define ZW "\xE2\x80\x8B"  /* zero-width space */
#define ACUTE "\xCC\x81"
/* clang-format off */
static const struct {
	const char *text, *forms;
} cases[] = {
	/* elisions */
	{"l'accueil", "l'|accueil"},
	{"L’ALLOCATAIRE", "L'|ALLOCATAIRE"},
	{"L'ALLOCATAIRE", "L'|ALLOCATAIRE"},
	{"j’ai j'ai J'ai", "j'|ai|j'|ai|J'|ai"},
	{"d'abord", "d'|abord"},
	{"qu'il lorsqu'elle puisqu'on quoiqu'il jusqu'au presqu'aussi",
         "qu'|il|lorsqu'|elle|puisqu'|on|quoiqu'|il|jusqu'|au|presqu'|aussi"},
	{"Lorsqu’il", "Lorsqu'|il"},
	{"QU'IL N'Y A", "QU'|IL|N'|Y|A"},
	{"t'as y'a c'était s'il m'a n'est", "t'|as|y'|a|c'|était|s'|il|m'|a|n'|est"},
	{"j't'aime", "j'|t'|aime"},
	{"qu'aujourd'hui", "qu'|aujourd'hui"},
	{"parc'qu'il", "parc'qu'|il"},
	{"l´accueil", "l'|accueil"},
	{"l'« oasis »", "l'|«|oasis|»"},
	{"d'\"usagers\"", "d'|\"|usagers|\""},
	{"l' accueil", "l'|accueil"},
	{"aujourd'hui Aujourd’hui AUJOURD'HUI", "aujourd'hui|Aujourd'hui|AUJOURD'HUI"},
	{"quelqu'un quelqu’une", "quelqu'un|quelqu'une"},
	{"quelqu'autre", "quelqu'|autre"},
	{"activ'emploi Activ’Emploi", "activ'emploi|Activ'Emploi"},
	{"si l'on veut, L’on", "si|l'on|veut|,|L'on"},
	{"l'onde l'ONU", "l'|onde|l'|ONU"},
	{"prud'homal prud'hommes entr'aide grand'mère presqu'île p'tit", "prud'homal|prud'hommes|entr'aide|grand'mère|presqu'île|p'tit"},
	{"l'entr'aide", "l'|entr'aide"},
	{"rock'n'roll", "rock'n'roll"},
	{"'mot' ‘mot’", "'|mot|'|'|mot|'"},
	{"les amis' idées", "les|amis|'|idées"},
	{"Villeneuve-d'Ascq", "Villeneuve-d'Ascq"},
	{"jai cest laccueil dun", "jai|cest|laccueil|dun"},
	/* clitics */
	{"avez-vous", "avez|-vous"},
	{"Peut-on", "Peut|-on"},
	{"a-t-il a-t-on va-t-elle", "a|-t-il|a|-t-on|va|-t-elle"},
	{"est-ce que", "est|-ce|que"},
	{"est-ce-que est-ce-qu'il est-c'que", "est|-ce|-que|est|-ce|-qu'|il|est|-c'|que"},
	{"qu'est-ce qu'on", "qu'|est|-ce|qu'|on"},
	{"EST-CE", "EST|-CE"},
	{"vas-y allez-y", "vas|-y|allez|-y"},
	{"dites-le-moi", "dites|-le|-moi"},
	{"parlons-en", "parlons|-en"},
	{"donne-m'en va-t’en", "donne|-m'|en|va|-t'|en"},
	{"aidez-moi, dites-leur", "aidez|-moi|,|dites|-leur"},
	{"ce jour-là cette fois-ci", "ce|jour|-là|cette|fois|-ci"},
	{"rendez-vous Rendez-vous RENDEZ-VOUS", "rendez-vous|Rendez-vous|RENDEZ-VOUS"},
	{"peut-être celui-ci celle-là ceux-ci là-bas", "peut-être|celui-ci|celle-là|ceux-ci|là-bas"},
	{"par-ci par-là jusque-là", "par-ci|par-là|jusque-là"},
	{"c'est-à-dire C’est-à-dire", "c'est-à-dire|C'est-à-dire"},
	{"c'est-a-dire", "c'est-a-dire"},
	{"c.-à-d. que", "c.-à-d.|que"},
	{"grand-mère Saint-Omer lui-même vis-à-vis après-midi", "grand-mère|Saint-Omer|lui-même|vis-à-vis|après-midi"},
	{"cessez-le-feu laissez-passer", "cessez-le-feu|laissez-passer"},
	{"chez-moi", "chez-moi"},
	{"pré- et post-", "pré|-|et|post|-"},
	{"Noyelles-les-Seclin", "Noyelles-les-Seclin"},
	/* numbers */
	{"15h 15 h 14h30 9H 18H.", "15|h|15|h|14|h|30|9|H|18|H|."},
	{"14h-16h", "14|h|-|16|h"},
	{"15h30-17h 9h15-9h45, 2-3 fois", "15|h|30|-|17|h|9|h|15|-|9|h|45|,|2-3|fois"},
	{"50 000 euros", "50 000|euros"},
	{"50" NB "000 50" NNB "000,5 1" NB "000" NB "000h", "50 000|50 000,5|1 000 000|h"},
	{"1 200 000 et 1 200,50 €", "1 200 000|et|1 200,50|€"},
	{"en 2019 300 personnes", "en|2019|300|personnes"},
	{"03 27 12 34 56", "03|27|12|34|56"},
	{"1er 2e 1ère 2ème 3èmes XXe 2nde", "1er|2e|1ère|2ème|3èmes|XXe|2nde"},
	{"80 % 80% 3,5 3.5 29.000", "80|%|80|%|3,5|3.5|29.000"},
	{"n° 12 N°3 n°", "n°|12|N°|3|n°"},
	{"le 12/05/2025 et 01.01.2025, 2025-05-12", "le|12/05/2025|et|01.01.2025|,|2025-05-12"},
	{"05/2025 1/3 2024/2025", "05/2025|1/3|2024|/|2025"},
	{"1990-1991 15-20h", "1990-1991|15-20|h"},
	{"20ans 30km 5€ 20m2 4G 4x4", "20|ans|30|km|5|€|20|m2|4G|4x4"},
	{"-6°C à +33612345678", "-|6|°C|à|+33612345678"},
	{"il fait -6 °C", "il|fait|-6|°C"},
	{"CM1 CO2 covid-19 H1N1", "CM1|CO2|covid-19|H1N1"},
	{"12:30", "12:30"},
	{"bac+2 Bac +5 30m² 14h3 2+2", "bac|+2|Bac|+5|30|m²|14|h|3|2|+|2"},
	{"1.", "1|."},
	{"80 km/h 3 mg/kg", "80|km/h|3|mg|/|kg"},
	/* abbreviations */
	{"M. Dupont et Mme. Petit, Dr. X", "M.|Dupont|et|Mme.|Petit|,|Dr.|X"},
	{"bus, train, etc.", "bus|,|train|,|etc."},
	{"etc... etc", "etc|...|etc"},
	{"A. Dupont, J.-P. Petit, R.S.A. et J.A. Z", "A.|Dupont|,|J.-P.|Petit|,|R.S.A.|et|J.A.|Z"},
	{"cf. p. 12 et art. 3", "cf.|p.|12|et|art.|3"},
	{"art. L. 262-1", "art.|L.|262-1"},
	{"c'est l'art. Puis", "c'|est|l'|art|.|Puis"},
	{"par ex. ici", "par|ex.|ici"},
	{"R&D", "R&D"},
	/* net */
	{"jeanne.dupont+rsa@exemple-59.fr.", "jeanne.dupont+rsa@exemple-59.fr|."},
	{"voir https://exemple.fr/a?b=c&d=(e), et www.exemple.fr.", "voir|https://exemple.fr/a?b=c&d=(e)|,|et|www.exemple.fr|."},
	{"(http://exemple.fr)", "(|http://exemple.fr|)"},
	{"exemple.fr, exemple.gouv.fr/aides", "exemple.fr|,|exemple.gouv.fr/aides"},
	{"#RSA #pleinEmploi_2025 @mention", "#RSA|#pleinEmploi_2025|@mention"},
	{"#été!", "#été|!"},
	{"bien :-) super:) (:", "bien|:-)|super|:)|(|:"},
	{"note:pas", "note|:|pas"},
	{"ceci:(voir) là:/", "ceci|:|(|voir|)|là|:|/"},
	/* emoji */
	{"😂😂", "😂|😂"},
	{"👩‍👩‍👧‍👦 ok", "👩‍👩‍👧‍👦|ok"},
	{"👍🏽bien", "👍🏽|bien"},
	{"🇫🇷🇧🇪", "🇫🇷|🇧🇪"},
	{"1️⃣ 2⃣ #️⃣", "1️⃣|2⃣|#️⃣"},
	{"❤️ ☎", "❤️|☎"},
	{"mot😀mot", "mot|😀|mot"},
	/* inclusive writing */
	{"allocataire·s convoqué·e·s bénéficiaires·trices", "allocataire·s|convoqué·e·s|bénéficiaires·trices"},
	{"l'allocataire·s", "l'|allocataire·s"},
	{"convoqué(e)s étudiant(e) (e)s", "convoqué(e)s|étudiant(e)|(|e|)|s"},
	{"agent-e-s étudiant-e agent-es", "agent-e-s|étudiant-e|agent-es"},
	{"usager.e.s étudiant.e, usager.ère.s. Tou.te.s", "usager.e.s|étudiant.e|,|usager.ère.s|.|Tou.te.s"},
	{"accompagné•e•s suivi‧e", "accompagné•e•s|suivi‧e"},
	{"directeur/trice et/ou RSA/CAF", "directeur/trice|et|/|ou|RSA|/|CAF"},
	{"CONVOQUÉ.E.S", "CONVOQUÉ.E.S"},
	{"citoyen-ne-s professionnel.le.s", "citoyen-ne-s|professionnel.le.s"},
	{"chômeur-se-s conseiller(ère)s quelqu'un.e", "chômeur-se-s|conseiller(ère)s|quelqu'un.e"},
	{"fini.le lendemain", "fini|.|le|lendemain"},
	{"appelle-le", "appelle|-le"},
	{"mot(voir)", "mot|(|voir|)"},
	{"•bus •train", "•|bus|•|train"},
	/* stuck, capitals, NFD */
	{"mot.Mot", "mot|.|Mot"},
	{"fini!On recommence,oui", "fini|!|On|recommence|,|oui"},
	{"référ" "ent e" ACUTE "te" ACUTE, "référent|été"},
	{"l’e" ACUTE "te" ACUTE " a" "\xCC\x80" " la", "l'|été|à|la"},
	{"déjà DÉJÀ", "déjà|DÉJÀ"},
	{"co\xC2\xADop", "coop"},
	/* marks */
	{"Ah... oui… non!!! quoi?!", "Ah|...|oui|…|non|!!!|quoi|?!"},
	{"« oui » (non) [3] \"x\"", "«|oui|»|(|non|)|[|3|]|\"|x|\""},
	{"a" NB ": b" NNB "! c" ZW "d", "a|:|b|!|c|d"},
	{"oui -- non --- *** ___", "oui|--|non|---|***|___"},
	{"", ""},
	{" \n\t", ""},
	{"d~ ~enfin", "d~|~enfin"},
};
/* clang-format on */

START_TEST(test_forms)
{
	ck_assert_str_eq(ht_forms(&tk, cases[_i].text), cases[_i].forms);
}
END_TEST

/* Sentences: a bar where one ends. */
static const char *const sentences[] = {
    "Oui.|",
    "Oui|",
    "Il pleut.| Il vente.|",
    "je suis fatigué.| il faut que ça change|",
    "Oui !| Non ?| Si...|",
    "M. Dupont est là.| Mme. Petit aussi.|",
    "bus, train, etc. et voiture|",
    "bus, etc.| Voiture.|",
    "le n° 3 coûte 3.50 euros.| ",
    "euh... je sais pas.| Bon… enfin|",
    "fini.|On recommence !|Oui|",
    "Il dit « oui. »| Puis non.|",
    "« Ah ! » dit-il.|",
    "(Oui.)| Non|",
    "A. Dupont et J.-P. Petit|",
    "un titre|\n\nun texte|",
    "une ligne\nqui va plus loin|",
    "une ligne|\n- un point|\n- un autre|",
    "une ligne|\nUne autre|",
    "1. Le bus| \n2. Le train|",
    "oui ?!| non !!!| si|",
    "Bien 😀|",
    "merci :)|",
    "15 h|",
    "Parlons-en|",
    "Vraiment ? !|",
    "oui|\xC2\xA0",
};

START_TEST(test_sentences)
{
	char text[256] = "", got[512] = "";
	size_t n = 0, g = 0;
	for (const char *p = sentences[_i]; *p; p++)
		if (*p != '|')
			text[n++] = *p;
	text[n] = 0;
	ck_assert_int_eq(ht_tokenize(&tk, text, n), AUR_OK);
	size_t at = 0;
	for (size_t i = 0; i < tk.count; i++) {
		ht_token *t = &tk.tokens[i];
		memcpy(got + g, text + at, t->end - at);
		g += t->end - at;
		at = t->end;
		if (t->flags & AUR_TOK_SENTENCE_END)
			got[g++] = '|';
	}
	memcpy(got + g, text + at, n - at);
	got[g + n - at] = 0;
	ck_assert_str_eq(got, sentences[_i]);
}
END_TEST

static uint32_t flags_of(const char *text, size_t i)
{
	ck_assert_int_eq(ht_tokenize(&tk, text, strlen(text)), AUR_OK);
	ck_assert_uint_lt(i, tk.count);
	return tk.tokens[i].flags & ~(uint32_t)AUR_TOK_SENTENCE_END;
}

START_TEST(test_flags)
{
	static const char *const inclusive[] = {"allocataire·s", "convoqué(e)s",    "agent-e-s",    "usager.e.s",
	                                        "suivi•e",       "directeur/trice", "(étudiant·e)", "sous-préfet-e-s"};
	static const char *const marks[] = {",", ".", "...",     "…",   "«", "»",  "!", "%", "€",
	                                    "(", "😀", "1️⃣", ":-)", "-", "--", "'", "/"};
	static const char *const words[] = {"mot", "l'",   "15",         "50 000", "#RSA", "@toi", "www.exemple.fr",
	                                    "n°",  "M. X", "grand-mère", "°C",     "中文"};
	for (size_t i = 0; i < sizeof inclusive / sizeof *inclusive; i++)
		ck_assert_msg(flags_of(inclusive[i], inclusive[i][0] == '(') == AUR_TOK_INCLUSIVE, "%s", inclusive[i]);
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		ck_assert_msg(flags_of(marks[i], 0) == AUR_TOK_PUNCT && tk.count == 1, "%s", marks[i]);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		ck_assert_msg(flags_of(words[i], 0) == 0, "%s", words[i]);
}
END_TEST

/* ---- any text ---- */

/* Spans go forward, on character boundaries; what is between them is space; forms are never empty and only
 * given where they differ. */
static const char *fault(const char *s, size_t n)
{
	size_t at = 0;
	if (ht_tokenize(&tk, s, n) != AUR_OK)
		return "status";
	for (size_t i = 0; i <= tk.count; i++) {
		size_t start = i < tk.count ? tk.tokens[i].start : n;
		if (start < at || start > n)
			return "order";
		for (; at < start; at++) { /* spaces: ASCII, or one of a few */
			const unsigned char *u = (const unsigned char *)s + at;
			if (*u <= ' ') {
				if (*u >= 14 && *u < 28)
					return "a lost control";
				continue;
			}
			size_t left = start - at;
			if (left >= 2 && u[0] == 0xC2 && (u[1] == 0xA0 || u[1] == 0x85))
				at++;
			else if (left >= 3 &&
			         ((u[0] == 0xE2 && (u[1] == 0x80 || u[1] == 0x81)) || !memcmp(u, "\xE3\x80\x80", 3) ||
			          !memcmp(u, "\xE1\x9A\x80", 3) || !memcmp(u, "\xEF\xBB\xBF", 3)))
				at += 2;
			else
				return "a lost character";
		}
		if (i == tk.count)
			break;
		ht_token *t = &tk.tokens[i];
		if (t->end <= t->start || t->end > n)
			return "span";
		if ((s[t->start] & 0xC0) == 0x80 || (t->end < n && (s[t->end] & 0xC0) == 0x80))
			return "boundary";
		if (!t->form_len)
			return "no form";
		if (t->own_form && t->form_len == t->end - t->start && !memcmp(t->form, s + t->start, t->form_len))
			return "a form that is the span";
		if (i == tk.count - 1 && !(t->flags & AUR_TOK_SENTENCE_END))
			return "no last sentence end";
		at = t->end;
	}
	return NULL;
}

static uint32_t rnd(uint32_t *s)
{
	*s = *s * 1664525u + 1013904223u;
	return *s >> 8;
}

static size_t put(char *b, uint32_t c)
{
	if (c < 0x80) {
		b[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		b[0] = (char)(0xC0 | c >> 6);
		b[1] = (char)(0x80 | (c & 63));
		return 2;
	}
	if (c < 0x10000) {
		b[0] = (char)(0xE0 | c >> 12);
		b[1] = (char)(0x80 | (c >> 6 & 63));
		b[2] = (char)(0x80 | (c & 63));
		return 3;
	}
	b[0] = (char)(0xF0 | c >> 18);
	b[1] = (char)(0x80 | (c >> 12 & 63));
	b[2] = (char)(0x80 | (c >> 6 & 63));
	b[3] = (char)(0x80 | (c & 63));
	return 4;
}

/* Texts made of pieces that mean something to the tokenizer and of code points at random; each is given in
 * memory of exactly its size, so that a sanitizer sees a step too far. */
START_TEST(test_random_texts)
{
	static const char *const piece[] = {"l'",
	                                    "qu",
	                                    "aujourd'hui",
	                                    "-t-il",
	                                    "-",
	                                    "--",
	                                    ".",
	                                    "...",
	                                    "e",
	                                    "s",
	                                    "·",
	                                    "•",
	                                    "(e)",
	                                    "/",
	                                    "15",
	                                    "h",
	                                    " ",
	                                    "000",
	                                    "\n",
	                                    "\r\n",
	                                    "M.",
	                                    "etc.",
	                                    "n°",
	                                    "°",
	                                    "www.",
	                                    "http://",
	                                    "@",
	                                    "#",
	                                    "a.b",
	                                    ".fr",
	                                    "👩",
	                                    "\xE2\x80\x8D",
	                                    "🇫",
	                                    "\xEF\xB8\x8F",
	                                    "\xE2\x83\xA3",
	                                    "🏽",
	                                    ":-)",
	                                    "’",
	                                    "'",
	                                    "\"",
	                                    "»",
	                                    ")",
	                                    "é",
	                                    "\xCC\x81",
	                                    "A.",
	                                    "\xC2\xA0",
	                                    "est-ce",
	                                    "c'est-à-dire",
	                                    "rendez-vous",
	                                    "x",
	                                    "~",
	                                    "_",
	                                    "&",
	                                    ",",
	                                    "+",
	                                    "€",
	                                    "!",
	                                    "?",
	                                    "…",
	                                    "\xE2\x88\x92",
	                                    "\xC2\xAD",
	                                    "ŵ",
	                                    "1er",
	                                    ":",
	                                    ";",
	                                    "<3",
	                                    "J.-",
	                                    "c.-à-",
	                                    "-là",
	                                    "k",
	                                    "\x01",
	                                    "日本",
	                                    "\xE2\x80\x8B",
	                                    "%",
	                                    "km"};
	uint32_t seed = 20250523u + (uint32_t)_i;
	for (int round = 0; round < 20000; round++) {
		char b[256];
		size_t n = 0, parts = rnd(&seed) % 12;
		for (size_t i = 0; i < parts; i++) {
			if (rnd(&seed) % 8) {
				const char *p = piece[rnd(&seed) % (sizeof piece / sizeof *piece)];
				memcpy(b + n, p, strlen(p));
				n += strlen(p);
			} else {
				uint32_t c = rnd(&seed) % 3 ? rnd(&seed) % 0x3000 : rnd(&seed) % 0x110000;
				n += put(b + n, c == 0 || (c >= 0xD800 && c < 0xE000) ? 'z' : c);
			}
		}
		char *exact = malloc(n ? n : 1);
		if (!exact)
			abort();
		memcpy(exact, b, n);
		const char *why = fault(exact, n);
		if (why)
			ck_abort_msg("%s in round %d: %.*s", why, round, (int)n, b);
		free(exact);
	}
}
END_TEST

START_TEST(test_every_code_point)
{
	for (uint32_t c = 1; c < 0x110000; c++) {
		char b[16] = "a";
		if (c >= 0xD800 && c < 0xE000)
			continue;
		for (size_t at = 0; at < 2; at++) {
			size_t n = at + put(b + at, c);
			b[n] = 'b';
			const char *why = fault(b, n + at);
			if (why)
				ck_abort_msg("U+%04X: %s", (unsigned)c, why);
			b[0] = 'a';
		}
	}
}
END_TEST

/* 10 MB of one thing and another: a step too slow would take hours. */
START_TEST(test_huge)
{
	static const char *const unit[] = {
	    "a",
	    "é",
	    "'",
	    "l'",
	    "a'",
	    "-",
	    "a-",
	    "-le",
	    ".",
	    "a.",
	    "A.",
	    "A.-",
	    "e.e",
	    " ",
	    "\n",
	    "1",
	    "1 ",
	    "1 000 ",
	    "1/",
	    "1-",
	    "1.",
	    "(e)",
	    "a(",
	    "·",
	    "a·",
	    "www.",
	    "http://",
	    "a@",
	    "a.a@b",
	    "#",
	    "😀",
	    "\xE2\x80\x8D",
	    "😀\xE2\x80\x8D",
	    "🇫",
	    "\xCC\x81",
	    "\xCC\x81\xCC\xA3",
	    "e\xCC\x81",
	    "! ",
	    "» ",
	    ". »",
	    "\"",
	    "~",
	    "_",
	    "a_",
	    "&",
	    "A&",
	    "°",
	    ":-",
	    "\xC2\xA0",
	    "\xC2\xAD",
	    "1h",
	    "’",
	    "qu'",
	    "t-",
	    "-t-",
	    "J.-P.",
	    "etc.",
	    "M. ",
	    "c.-à-",
	};
	enum { SIZE = 10 * 1000 * 1000 };
	char *b = malloc(SIZE + 16);
	size_t n = 0, len = strlen(unit[_i]);
	ck_assert_ptr_nonnull(b);
	while (n < SIZE / 4) {
		memcpy(b + n, unit[_i], len);
		n += len;
	}
	clock_t t = clock();
	tk.keep = false;
	ck_assert_int_eq(ht_tokenize(&tk, b, n), AUR_OK);
	double s = (double)(clock() - t) / CLOCKS_PER_SEC;
	ck_assert_msg(s < 5, "%s: %.1f s", unit[_i], s);
	free(b);
}
END_TEST

START_TEST(test_long_word)
{
	char b[5002];
	memset(b, 'm', 5000);
	b[5000] = '.';
	ck_assert_int_eq(ht_tokenize(&tk, b, 5001), AUR_OK);
	ck_assert_uint_eq(tk.count, 2);
	ck_assert_uint_eq(tk.tokens[0].end, 5000);
	memset(b, '-', 5000);
	for (int i = 0; i < 5000; i += 2)
		b[i] = 'a';
	ck_assert_int_eq(ht_tokenize(&tk, b, 4999), AUR_OK);
	ck_assert_uint_eq(tk.count, 1);
}
END_TEST

START_TEST(test_cancelled)
{
	size_t n = 4 << 20;
	char *b = malloc(n);
	ck_assert_ptr_nonnull(b);
	memset(b, 'a', n);
	for (size_t i = 5; i < n; i += 6)
		b[i] = ' ';
	tk.keep = false;
	tk.cancel_after = 1;
	ck_assert_int_eq(ht_tokenize(&tk, b, n), AUR_E_CANCELLED);
	ck_assert_uint_lt(tk.count, n / 6);
	free(b);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("tokenizer-fr");
	TCase *c = tcase_create("tokenizer-fr");
	seconds_at_most(c, 240);
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_loop_test(c, test_forms, 0, (int)(sizeof cases / sizeof *cases));
	tcase_add_loop_test(c, test_sentences, 0, (int)(sizeof sentences / sizeof *sentences));
	tcase_add_test(c, test_flags);
	tcase_add_loop_test(c, test_random_texts, 0, 4);
	tcase_add_test(c, test_every_code_point);
	tcase_add_loop_test(c, test_huge, 0, 58);
	tcase_add_test(c, test_long_word);
	tcase_add_test(c, test_cancelled);
	suite_add_tcase(s, c);
	return suite_run(s);
}
