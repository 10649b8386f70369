/* SPDX-License-Identifier: Apache-2.0 */
/* The TEI reader: what it takes, and what it refuses to be drawn into.  All sentences here are invented. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include "host_reader.h"
#include "suite.h"

static hr *r;

static void setup(void)
{
	r = hr_new("reader-tei");
	ck_assert_ptr_nonnull(r);
}

static void teardown(void)
{
	hr_free(r);
}

#define READ(s) hr_read(r, "essai.xml", s, sizeof(s) - 1)
#define PROBE(name, s) hr_probe(r, name, s, sizeof(s) - 1)

static void ended(uint32_t items, uint32_t refusals)
{
	ck_assert_msg(r->status == AUR_END, "status %d: %s", r->status, r->error ? r->error : "");
	ck_assert_uint_eq(r->item_count, items);
	ck_assert_uint_eq(r->refusal_count, refusals);
}

static void failed(aur_status code, const char *part)
{
	ck_assert_int_eq(r->status, code);
	ck_assert_ptr_nonnull(r->error);
	ck_assert_msg(strstr(r->error, part), "« %s » is not in « %s »", part, r->error);
}

#define ITEM_TEXT(i, s) ck_assert_str_eq(r->items[i].text, s)
#define ITEM_ID(i, s) ck_assert_str_eq(r->items[i].id, s)
#define ITEM_FIELD(i, f, s) ck_assert_pstr_eq(hr_value(&r->items[i], f), s)
#define BODY(s) "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader/>\n<text><body>" s "</body></text></TEI>"

START_TEST(whole)
{
	hr_read_file(r, "atelier.xml");
	ended(4, 1);
	ck_assert_str_eq(hr_corpus(r, "title"), "Deux ateliers inventés");
	ck_assert_str_eq(hr_corpus(r, "licence"), "Apache-2.0");
	ck_assert_str_eq(hr_corpus(r, "invented"), "yes");
	ck_assert_str_eq(hr_corpus(r, "total.invites.allocataire"), "39");
	ck_assert_str_eq(hr_corpus(r, "total.presents"), "31");
	ck_assert_uint_eq(r->session_count, 2);
	ck_assert_str_eq(r->sessions[0].id, "haudain");
	ck_assert_str_eq(hr_prop(&r->sessions[0], "date"), "2025-04-17");
	ck_assert_str_eq(hr_prop(&r->sessions[0], "lieu"), "Haudain");
	ck_assert_str_eq(hr_prop(&r->sessions[0], "territoire"), "Haudinois");
	ck_assert_str_eq(hr_prop(&r->sessions[0], "type-territoire"), "ville moyenne");
	ck_assert_str_eq(hr_prop(&r->sessions[0], "vague"), "printemps");
	ck_assert_str_eq(hr_prop(&r->sessions[0], "note"), "Une demi-journée, au centre social");
	ck_assert_str_eq(hr_prop(&r->sessions[0], "invites.allocataire"), "19");
	ck_assert_str_eq(hr_prop(&r->sessions[0], "presents.professionnel"), "2");
	ck_assert_str_eq(hr_prop(&r->sessions[1], "date"), "2025-05");
	ck_assert_str_eq(hr_prop(&r->sessions[1], "presents"), "14");

	ITEM_ID(0, "v1");
	ITEM_TEXT(0, "Le bus passe à 6 h & après, plus rien <ou presque>.");
	ITEM_FIELD(0, "activite", "garde");
	ITEM_FIELD(0, "categorie", "outils");
	ITEM_FIELD(0, "session", "haudain");
	ITEM_FIELD(0, "locuteur", "loc01");
	ITEM_FIELD(0, "statut", "verbatim");
	ITEM_FIELD(0, "role", "allocataire");
	ck_assert_uint_eq(r->items[0].line, 38);
	ITEM_TEXT(1, "  Gardé\n  tel quel ");
	ITEM_FIELD(1, "activite", "jette"); /* the note wins over the div */
	ITEM_FIELD(1, "categorie", NULL);
	ITEM_TEXT(2, "Une ligne\nune autre, importante");
	ITEM_FIELD(2, "section", "a|b");
	ITEM_TEXT(3, "Sans rien d'autre");
	ITEM_FIELD(3, "activite", NULL);
	ck_assert_ptr_null(r->items[3].id);
	ck_assert_str_eq(r->refusals[0].id, "v4");
	ck_assert_str_eq(r->refusals[0].reason, "empty text");
	ck_assert_uint_eq(r->refusals[0].line, 46);
}
END_TEST

/* The corpora of the project itself. */
START_TEST(shipped)
{
	static const char *const files[] = {"rsa-nord-2025/rsa-nord-2025.xml", "ateliers-demo/ateliers-demo.xml"};
	const char *src = getenv("srcdir");
	for (unsigned i = 0; i < 2; i++) {
		char path[1024];
		size_t len;
		snprintf(path, sizeof path, "%s/corpora/%s", src ? src : ".", files[i]);
		char *b = hr_load(path, &len);
		ck_assert_ptr_nonnull(b);
		ck_assert_int_eq(hr_probe(r, NULL, b, len), 100);
		hr_read(r, files[i], b, len);
		ck_assert_msg(r->status == AUR_END, "%s", r->error ? r->error : "");
		ck_assert_uint_ge(r->item_count, 20);
		ck_assert_uint_eq(r->refusal_count, 0);
		ck_assert_uint_ge(r->session_count, 1);
		for (uint32_t k = 0; k < r->item_count; k++)
			ck_assert_ptr_nonnull(r->items[k].id);
		if (i == 0) {
			ck_assert_uint_eq(r->session_count, 4);
			ck_assert_str_eq(hr_corpus(r, "total.invites.allocataire"), "80");
			ck_assert_ptr_null(hr_corpus(r, "invented"));
		} else {
			ck_assert_str_eq(hr_corpus(r, "invented"), "yes");
		}
		free(b);
	}
}
END_TEST

START_TEST(any_chunk)
{
	for (size_t chunk = 1; chunk < 30; chunk++) {
		r->chunk = chunk;
		hr_read_file(r, "atelier.xml");
		ended(4, 1);
		ITEM_TEXT(2, "Une ligne\nune autre, importante");
	}
}
END_TEST

START_TEST(truncated)
{
	READ("<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader/><text><body>\n<u xml:id=\"a\">un</u>\n<u "
	     "xml:id=\"b\">deux</u>\n"
	     "<u xml:id=\"c\">tro");
	failed(AUR_E_DATA, "it breaks off; contributions before it, which were read: 2");
	ck_assert_uint_eq(r->item_count, 2);
	ck_assert_uint_eq(r->error_line, 4);
	ck_assert_uint_gt(r->error_column, 0);
	ck_assert_str_eq(r->error_file, "essai.xml");
	READ("<TEI><teiHeader>");
	failed(AUR_E_DATA, "before the first contribution: it breaks off");
	READ(BODY("<u a='/'>un</u><lb/><u>deux</u>") "<!-- fin --> de trop");
	failed(AUR_E_DATA, "something follows the end of the document");
	/* Mistakes of everyday, in plain words. */
	READ(BODY("<u>du bus & du train</u>"));
	failed(AUR_E_DATA, "the sign & must be written &amp;");
	READ(BODY("<u>R&D et plus</u>"));
	failed(AUR_E_DATA, "the sign & must be written &amp;");
	READ(BODY("<u>3 < 4</u>"));
	failed(AUR_E_DATA, "the sign < must be written &lt;; in a tag");
	READ(BODY("<u who=a>3</u>"));
	failed(AUR_E_DATA, "goes between straight quotation marks");
	READ(BODY("<u n=\"1\"who=\"a\">3</u>"));
	failed(AUR_E_DATA, "a space is missing between two attributes");
	READ(BODY("<u>caf&eacute;</u>"));
	failed(AUR_E_DATA, "&eacute; is none of the five entities");
	ck_assert_uint_eq(r->error_line, 2);
	READ("<TEI><teiHeader/><text><body><u>a</u>\n<u>b</v></body></text></TEI>");
	failed(AUR_E_DATA, "<u> of line 2 is closed by </v>");
	ck_assert_uint_eq(r->error_line, 2);
	READ(BODY("<u>a</>"));
	failed(AUR_E_DATA, "<u> of line 2 is not closed by its own tag");
	READ(BODY("<a:u xmlns:a='b'>a</u>"));
	failed(AUR_E_DATA, "<u> of line 2 is not closed by its own tag");
}
END_TEST

START_TEST(entities)
{
	READ("<?xml version=\"1.0\"?>\n<!DOCTYPE TEI [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>\n"
	     "<TEI><text><body><u>&x;</u></body></text></TEI>");
	failed(AUR_E_DATA, "DOCTYPE");
	ck_assert_uint_eq(r->error_line, 2);
	READ("<!-- <!DOCTYPE --><!DOCTYPE TEI SYSTEM \"a[b\" [\n<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b "
	     "\"&a;&a;&a;&a;&a;&a;&a;&a;\">"
	     "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d "
	     "\"&c;&c;&c;&c;&c;&c;&c;\">]><TEI><text><body><u>&d;</u></body></text></TEI>");
	failed(AUR_E_DATA, "delete the DOCTYPE");
	READ("<!DOCTYPE TEI [<!ENTITY % p SYSTEM \"http://localhost:1/x\"> %p; ]><TEI/>");
	failed(AUR_E_DATA, "delete the DOCTYPE");
	/* UTF-16 hides nothing, nor does an encoding that writes "<" otherwise. */
	static const char ascii[] = "<!DOCTYPE TEI [<!ENTITY a \"b\">]><TEI><text><body><u>&a;</u></body></text></TEI>";
	char wide[2 * sizeof ascii + 2];
	size_t n = 0;
	wide[n++] = '\xFF';
	wide[n++] = '\xFE';
	for (const char *p = ascii; *p; p++) {
		wide[n++] = *p;
		wide[n++] = 0;
	}
	hr_read(r, "w.xml", wide, n);
	failed(AUR_E_DATA, "delete the DOCTYPE");
	READ("<?xml version=\"1.0\" encoding=\"UTF-7\"?>+ADwAIQ-DOCTYPE TEI [+ADwAIQ-ENTITY a "
	     "\"b\">]><TEI><text><body><u>&a;</u>"
	     "</body></text></TEI>");
	failed(AUR_E_DATA, "delete the DOCTYPE");
	/* A DOCTYPE that only names a DTD is harmless: it is not fetched. */
	READ("<!DOCTYPE TEI SYSTEM \"http://localhost:1/tei.dtd\">" BODY("<u>ok</u>"));
	ended(1, 0);
	READ("<!DOCTYPE TEI SYSTEM \"http://localhost:1/tei.dtd\">" BODY("<u>un</u><u>caf&eacute;</u>"));
	failed(AUR_E_DATA, "&eacute;");
	ck_assert_uint_eq(r->item_count, 1);
	READ(BODY("<u>caf&eacute;</u>"));
	ck_assert_int_eq(r->status, AUR_E_DATA);
	READ(BODY("<u>&#233;t&#xE9; &lt;&amp;&gt;&quot;&apos;</u>"));
	ended(1, 0);
	ITEM_TEXT(0, "été <&>\"'");
}
END_TEST

START_TEST(not_tei)
{
	READ("<html><body/></html>");
	failed(AUR_E_DATA, "web page");
	READ("<?xml version='1.0'?><livre><u>un</u></livre>");
	failed(AUR_E_DATA, "<livre>");
	READ("<TEI xmlns=\"http://www.tei-c.org/ns/1.0/\"><text/></TEI>");
	failed(AUR_E_DATA, "that of TEI is http://www.tei-c.org/ns/1.0: correct xmlns");
	READ("<TEI><teiHeader/></TEI>");
	failed(AUR_E_DATA, "no <text>");
	READ("");
	failed(AUR_E_DATA, "empty");
	READ("Bonjour");
	failed(AUR_E_DATA, "broken");
	READ(BODY("<p>rien</p>"));
	ended(0, 0);
	ck_assert(hr_noted(r, "no <u> and no <seg>"));
	READ("<?xml version=\"1.0\" encoding=\"x-klingon\"?><TEI/>");
	failed(AUR_E_UNSUPPORTED, "x-klingon");
	READ("\x89PNG\r\n\x1A\n");
	failed(AUR_E_DATA, "picture");
}
END_TEST

START_TEST(encodings)
{
	READ("<?xml version='1.0' encoding='ISO-8859-1'?><TEI><text><body><u>\xE9t\xE9 \x92</u></body></text></TEI>");
	ended(1, 0);
	ITEM_TEXT(0, "été ’");
	/* A declaration that was forgotten when the file became UTF-8. */
	READ("<?xml version='1.0' encoding='ISO-8859-1'?><TEI><text><body><u>été ’</u></body></text></TEI>");
	ended(1, 0);
	ITEM_TEXT(0, "été ’");
	ck_assert(hr_noted(r, "it declares another encoding, but is UTF-8"));
	READ("<?xml version='1.0' encoding='UTF-16'?><TEI><text><body><u>été ’</u></body></text></TEI>");
	ended(1, 0);
	ITEM_TEXT(0, "été ’");
	ck_assert(hr_noted(r, "it declares another encoding, but is UTF-8"));
	/* A bad byte in a good file. */
	READ(BODY("\n<u>caf\xE9, l’été</u>\n<u>fin</u>"));
	ended(2, 0);
	ITEM_TEXT(0, "café, l’été");
	ck_assert(hr_noted(r, "line 3: bytes that are not UTF-8"));
	READ(BODY("<u xml:id=\"a\">ca\0fé</u><u>fin</u>"));
	ended(1, 1);
	ck_assert_str_eq(r->refusals[0].id, "a");
	ck_assert_ptr_nonnull(strstr(r->refusals[0].reason, "NUL"));
	READ("\xEF\xBB\xBF" BODY("<u>ok</u>"));
	ended(1, 0);
	READ("\xEF\xBB\xBF\xEF\xBB\xBF" BODY("<u>ok</u>"));
	ended(1, 0);
}
END_TEST

START_TEST(markup_inside)
{
	READ(BODY("<p><seg>On <hi>veut</hi> du <![CDATA[<bus>]]><!-- non --><?pi x?> vite</seg></p>"
	          "<u>avant <vocal><desc>rires</desc></vocal> après<note>sans nom</note></u><u> <note "
	          "type=\"a\">x</note> </u>"
	          "<u xmlns:x=\"urn:x\"><x:note>gardé</x:note></u>"
	          "<u>il a <choice><sic>allé</sic><corr>été</corr></choice> là</u>"));
	ended(4, 1);
	ITEM_TEXT(3, "il a allé là");
	ITEM_TEXT(0, "On veut du <bus> vite");
	ITEM_TEXT(1, "avant après");
	ITEM_TEXT(2, "gardé");
	/* Words that an element parts are two, unless it stands inside of one. */
	READ(BODY("<u>oui<pause/>non<vocal>rires</vocal>, <hi>mo</hi>i<gap/>l’<seg>eau</seg>.</u>"
	          "<u><seg>Une phrase.</seg><seg>Une autre.</seg></u><u><s>Un.</s><s>Deux.</s></u>"
	          "<u><w>l'</w><w>eau</w><w>froide</w><pc>.</pc><w>Oui</w></u>"
	          "<u>impor\n<lb break='no'/>tant<lb/>ici</u>"
	          "<u xml:space='preserve'>oui<pause/>non </u>"));
	ended(6, 0);
	ITEM_TEXT(0, "oui non, moi l’eau.");
	ITEM_TEXT(1, "Une phrase. Une autre.");
	ITEM_TEXT(2, "Un. Deux.");
	ITEM_TEXT(3, "l'eau froide. Oui");
	ITEM_TEXT(4, "important\nici");
	ITEM_TEXT(5, "ouinon ");
	/* An editor's word is left out where it stands beside what was said, and nowhere else. */
	READ(BODY("<u>un <corr>bus</corr>, un <reg>car</reg>, un <expan>rendez-vous</expan></u>"
	          "<u>j'<choice>\n<corr>avais</corr>\n<sic>av<choice><orig>ai</orig><reg>è</reg></choice>t</sic>\n</choice></u>"
	          "<u><choice><unclear>toujours</unclear><unclear>tous</unclear></choice> là</u>"));
	ended(3, 0);
	ITEM_TEXT(0, "un bus, un car, un rendez-vous");
	ITEM_TEXT(1, "j'avait");
	ITEM_TEXT(2, "toujours là");
}
END_TEST

/* What holds for a contribution because of where it stands. */
START_TEST(around)
{
	READ("<TEI><teiHeader/><text decls='#s1'><front><u>Un</u></front><group><text><body><div1 type='activite' n='garde'>"
	     "<div decls='#s2' type='date' n='17 avril 2025'><u>Deux</u><u decls='#s3'>Trois</u></div><u>Quatre</u></div1></body></text></group>"
	     "<back><annotationBlock who='#x' start='#T1'><u>Cinq</u><u who='#y'>Six</u></annotationBlock><u>Sept</u></back></text></TEI>");
	ended(7, 0);
	ITEM_FIELD(4, "locuteur", "x");
	ITEM_FIELD(5, "locuteur", "y");
	ITEM_FIELD(6, "locuteur", NULL);
	ITEM_FIELD(0, "session", "s1");
	ITEM_FIELD(1, "session", "s2");
	ITEM_FIELD(1, "date", "2025-04-17");
	ITEM_FIELD(1, "activite", "garde");
	ITEM_FIELD(2, "session", "s3");
	ITEM_FIELD(3, "session", "s1");
	ITEM_FIELD(3, "date", NULL);
	ITEM_TEXT(4, "Cinq");
	ITEM_FIELD(4, "activite", NULL);
	/* As TXM writes it: variables are attributes of the text, a word's form stands beside what is said of it. */
	READ("<TEI xmlns='http://www.tei-c.org/ns/1.0' xmlns:txm='http://textometrie.org/1.0'><teiHeader/><text id='e1' xml:id='x' xml:lang='fr' type='t' "
	     "Âge=' 41+ ' ville='Évron &amp; Sambre' date='17 avril 2025' vide='' xmlns:z='urn:z' z:a='b'><body><u who='#a'><w id='w_1'><txm:form>L'</txm:form>"
	     "<txm:ana resp='#txm' type='#frpos'>DET</txm:ana><txm:ana type='#frlemma'>le</txm:ana></w>\n<w><txm:form>école</txm:form><txm:ana/></w>"
	     "<w><txm:form>!</txm:form></w></u></body></text></TEI>");
	ended(1, 0);
	ITEM_TEXT(0, "L' école!");
	ITEM_FIELD(0, "text_id", "e1");
	ITEM_FIELD(0, "age", "41+");
	ITEM_FIELD(0, "ville", "Évron & Sambre");
	ITEM_FIELD(0, "date", "2025-04-17");
	ck_assert_uint_eq(r->items[0].field_count, 5);
	char many[8192] = "<TEI><teiHeader/><text";
	size_t n = strlen(many);
	for (unsigned i = 0; i < 260; i++)
		n += (size_t)snprintf(many + n, sizeof many - n, " v%u='x'", i);
	n += (size_t)snprintf(many + n, sizeof many - n, ">\n<group><text w='y'><u>Un</u></text></group></text></TEI>");
	hr_read(r, "essai.xml", many, n);
	ended(1, 0);
	ck_assert_uint_eq(r->items[0].field_count, 256);
	ck_assert(hr_noted(r, "line 1: <text> has more than 256 variables: « v256 »"));
	READ(BODY("<head><seg>Titre</seg></head><note>À <seg>revoir</seg></note><seg>Oui</seg>"));
	ended(1, 0);
	READ(BODY("<div type=' activite ' n='\n garde '><u xml:id=' a ' decls=' #s1 ' type=' verbatim '>Un</u></div>"));
	ended(1, 0);
	ITEM_ID(0, "a");
	ITEM_FIELD(0, "activite", "garde");
	ITEM_FIELD(0, "session", "s1");
	ITEM_FIELD(0, "statut", "verbatim");
}
END_TEST

/* What is not read, and what nobody wrote, is said. */
START_TEST(told)
{
	READ(BODY("<head>Titre</head><p>Le bus\nne passe plus.</p>\n<note>À voir</note><p>On <seg xml:id='a'>attend</seg> dehors.</p>"
	          "<u xml:id='b' who=' #x #y '>Oui</u>\n<u who='#x'>Non</u>"
	          "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='autre.xml'/>"));
	ended(3, 0);
	ck_assert(hr_noted(r, "outside any <u> and <seg>, not read: 3, the first on line 2: « Le bus »"));
	ck_assert(hr_noted(r, "line 4: who=\"#x #y\" names several"));
	ck_assert(hr_noted(r, "without xml:id: 1, the first on line 5"));
	ck_assert(hr_noted(r, "line 5: an <xi:include> is not followed, here and below: ingest « autre.xml »"));
	ITEM_FIELD(1, "locuteur", "x");
	READ("<TEI><teiHeader><setting xml:id='s1'><measure type='presents' quantity='3'/>\n<measure type='presents'>4</measure></setting>\n<setting><date/></setting></teiHeader>"
	     "<text decls='#s1'><u xml:id='a'>Oui</u></text></TEI>");
	ended(1, 0);
	ck_assert(hr_noted(r, "line 2: this <measure> is not read"));
	ck_assert(hr_noted(r, "line 3: a <setting> without xml:id"));
	ck_assert_str_eq(hr_prop(&r->sessions[0], "presents"), "3");
	READ("<TEI><teiHeader><setting xml:id='s1'><date when='2025'/></setting></teiHeader>\n<text>\n<u xml:id='a' decls='#s1'>Oui</u><u xml:id='b'>Non</u></text></TEI>");
	ended(2, 0);
	ck_assert(hr_noted(r, "outside any session, although the header describes one: 1, the first on line 3"));
	READ(BODY("<head>Titre</head>\n<div><u xml:id='a' who=' #x '>Oui</u></div>\n"));
	ended(1, 0);
	ck_assert_uint_eq(r->note_count, 0);
	/* more fields than anybody means */
	static char many[80000];
	size_t n = (size_t)snprintf(many, sizeof many, "<TEI><teiHeader/><text><body><u>Oui");
	for (unsigned i = 0; i < 1030; i++)
		n += (size_t)snprintf(many + n, sizeof many - n, "<note type='a%u'>x</note>", i);
	n += (size_t)snprintf(many + n, sizeof many - n, "</u></body></text></TEI>");
	hr_read(r, "essai.xml", many, n);
	ended(1, 0);
	ck_assert_uint_eq(r->items[0].field_count, 1024);
	ck_assert(hr_noted(r, "line 1: a contribution has more than 1024 fields: « a1024 » and those after it"));
}
END_TEST

START_TEST(ten_megabytes)
{
	size_t big = 10u << 20;
	char *b = malloc(big + 512), *p = b;
	p += sprintf(p, "<TEI><teiHeader/><text><body><u>");
	memset(p, 'a', big);
	p += big;
	p += sprintf(p, "</u><u>fin</u></body></text></TEI>");
	hr_read(r, "gros.xml", b, (size_t)(p - b));
	ended(2, 0);
	ck_assert_uint_eq(r->items[0].text_len, big);
	free(b);
}
END_TEST

START_TEST(without_end)
{
	/* Texts, tags, depth: each has its bound. */
	size_t big = 80u << 20;
	char *b = malloc(big + 4096), *p;
	static const char *const open[] = {"<u>", "<!--", "<u><![CDATA[", "<?pi ", "<u a=\""};
	static const char *const said[] = {"32 MiB", "8 MiB", "8 MiB", "8 MiB", "256 KiB"};
	for (unsigned k = 0; k < 5; k++) {
		p = b + sprintf(b, "<TEI><teiHeader/><text><body><u>un</u>%s", open[k]);
		memset(p, 'a', big);
		hr_read(r, "gros.xml", b, (size_t)(p - b) + big);
		failed(AUR_E_DATA, said[k]);
		ck_assert_uint_le(r->at, 40u << 20);
	}
	p = b + sprintf(b, "<TEI><teiHeader/><text><body><u");
	for (unsigned k = 0; k < 1000000; k++)
		p += sprintf(p, " a%u=''", k);
	hr_read(r, "gros.xml", b, (size_t)(p - b));
	failed(AUR_E_DATA, "256 KiB");
	p = b + sprintf(b, "<TEI><teiHeader/><text><body>");
	for (unsigned k = 0; k < 100000; k++)
		p += sprintf(p, "<p>");
	hr_read(r, "gros.xml", b, (size_t)(p - b));
	failed(AUR_E_DATA, "deep");
	p = b + sprintf(b, "<TEI><teiHeader/><text><body>");
	for (unsigned k = 0; k < 190; k++) /* each says all that it can */
		p += sprintf(p, "<div type='a' n='b' who='#c' decls='#d'>");
	p += sprintf(p, "<u>un</u>");
	for (unsigned k = 0; k < 190; k++)
		p += sprintf(p, "</div>");
	p += sprintf(p, "</body></text></TEI>");
	hr_read(r, "gros.xml", b, (size_t)(p - b));
	ended(1, 0);
	/* A contribution in many pieces. */
	p = b + sprintf(b, "<TEI><teiHeader/><text><body><u xml:id=\"x\">");
	while ((size_t)(p - b) < big - 100) {
		memset(p, 'a', 500);
		p += 500;
		memcpy(p, "<lb/>", 5);
		p += 5;
	}
	p += sprintf(p, "</u><u>fin</u></body></text></TEI>");
	hr_read(r, "gros.xml", b, (size_t)(p - b));
	ended(1, 1);
	ck_assert_ptr_nonnull(strstr(r->refusals[0].reason, "32 MiB"));
	free(b);
}
END_TEST

START_TEST(streams)
{
	/* A corpus far larger than what the reader may hold: 100 MB in small contributions; and lines beyond 65,535. */
	size_t big = 100u << 20;
	char *b = malloc(big + 4096), *p = b;
	uint32_t n = 0;
	p += sprintf(p, "<TEI><teiHeader/><text><body><div type=\"activite\" n=\"garde\">\n");
	while ((size_t)(p - b) < big)
		p += sprintf(p,
		             "<u xml:id=\"v%u\" type=\"verbatim\"><note type=\"role\">allocataire</note>\nOn attend le "
		             "bus depuis "
		             "une heure, et personne ne nous dit s'il viendra, ni quand, ni pourquoi.</u>\n",
		             n++);
	p += sprintf(p, "</div></body></text></TEI>");
	struct rusage before, after;
	getrusage(RUSAGE_SELF, &before);
	r->count_only = true;
	clock_t t = clock();
	hr_read(r, "long.xml", b, (size_t)(p - b));
	t = clock() - t;
	getrusage(RUSAGE_SELF, &after);
	ck_assert_int_eq(r->status, AUR_END);
	ck_assert_uint_eq(r->texts, n);
#if !SANITIZED /* which keeps what was freed */
	ck_assert_int_lt(after.ru_maxrss - before.ru_maxrss, 64 << 10);
#endif
	printf("reader-tei: %u contributions, %.0f MB/s\n", n, (double)(p - b) / 1e6 / ((double)t / CLOCKS_PER_SEC));
	/* Lines: close to the truth far down the file. */
	r->count_only = false;
	p = b + sprintf(b, "<TEI><teiHeader/><text><body>\n");
	for (uint32_t k = 0; k < 70000; k++)
		p += sprintf(p, "<u>v%u et la suite</u>\n", k);
	p += sprintf(p, "</body></text></TEI>");
	hr_read(r, "lignes.xml", b, (size_t)(p - b));
	ended(70000, 0);
	ck_assert_uint_eq(r->items[60000].line, 60002);
	ck_assert_uint_ge(r->items[69990].line, 69992);
	ck_assert_uint_le(r->items[69990].line, 69992 + 40);
	free(b);
}
END_TEST

START_TEST(read_error_and_cancel)
{
	r->fail_after = 10;
	r->chunk = 10;
	READ(BODY("<u>a</u>"));
	failed(AUR_E_IO, "disk is gone");
	r->fail_after = -1;
	r->chunk = 0;
	size_t big = 1u << 20;
	char *b = malloc(big + 512), *p = b + sprintf(b, "<TEI><teiHeader/><text><body>");
	while ((size_t)(p - b) < big)
		p += sprintf(p, "<u>encore</u>");
	r->cancel = true;
	hr_read(r, "f.xml", b, (size_t)(p - b));
	ck_assert_int_eq(r->status, AUR_E_CANCELLED);
	ck_assert_uint_gt(r->item_count, 100);
	free(b);
}
END_TEST

START_TEST(probes)
{
	ck_assert_int_eq(PROBE("corpus", BODY("<u>a</u>")), 100);
	ck_assert_int_eq(
	    PROBE("corpus.txt",
	          "\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<!-- > -->\n<!DOCTYPE TEI>\n<tei:TEI xmlns:tei=\"x\">"),
	    100);
	ck_assert_int_eq(PROBE(NULL, "<teiCorpus/>"), 100);
	ck_assert_int_lt(PROBE("a.xml", "<?xml version=\"1.0\"?><html/>"), 50);
	ck_assert_int_eq(PROBE("a.xml", "id;texte\n1;<TEI>\n"), 0);
	ck_assert_int_ge(PROBE("a.xml", "<livre><u>un</u></livre>"), 20); /* rather than as plain text, tags and all */
	ck_assert_int_eq(PROBE("a.txt", "<rires> oui"), 0);
	ck_assert_int_eq(PROBE("a.xml", ""), 0);
	ck_assert_int_eq(PROBE("a.xml", "PK\3\4word/document.xml"), 0);
	ck_assert_int_eq(PROBE("a.xml", "\x89PNG\r\n\x1A\n"), 0);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("reader-tei");
	TCase *c = tcase_create("tei");
	tcase_add_checked_fixture(c, setup, teardown);
	seconds_at_most(c, 120);
	tcase_add_test(c, whole);
	tcase_add_test(c, shipped);
	tcase_add_test(c, any_chunk);
	tcase_add_test(c, truncated);
	tcase_add_test(c, entities);
	tcase_add_test(c, not_tei);
	tcase_add_test(c, encodings);
	tcase_add_test(c, markup_inside);
	tcase_add_test(c, around);
	tcase_add_test(c, told);
	tcase_add_test(c, ten_megabytes);
	tcase_add_test(c, without_end);
	tcase_add_test(c, streams);
	tcase_add_test(c, read_error_and_cancel);
	tcase_add_test(c, probes);
	suite_add_tcase(s, c);
	return suite_run(s);
}
