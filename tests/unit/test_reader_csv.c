/* SPDX-License-Identifier: Apache-2.0 */
/* The CSV reader: every dialect of the field, every bad row.  All sentences here are invented. */
#include <check.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "host_reader.h"
#include "suite.h"

static hr *r;

static void setup(void)
{
	r = hr_new("reader-csv");
	ck_assert_ptr_nonnull(r);
}

static void teardown(void)
{
	hr_free(r);
}

#define READ(s) hr_read(r, "essai.csv", s, sizeof(s) - 1)
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

static void failed(aur_status code, const char *part)
{
	ck_assert_int_eq(r->status, code);
	ck_assert_ptr_nonnull(r->error);
	ck_assert_msg(strstr(r->error, part), "« %s » is not in « %s »", part, r->error);
}

#define ITEM_TEXT(i, s) ck_assert_str_eq(r->items[i].text, s)
#define ITEM_ID(i, s) ck_assert_str_eq(r->items[i].id, s)
#define ITEM_FIELD(i, f, s) ck_assert_pstr_eq(hr_value(&r->items[i], f), s)

START_TEST(known_names)
{
	READ("id;session;date;territoire;texte\n"
	     "a1;douai;22/04/2025;Douaisis;On survit.\n"
	     "a2;douai;2025-04-22;;\"Il a dit \"\"non\"\";\nvoilà\"\n");
	ended(2, 0);
	ITEM_ID(0, "a1");
	ITEM_TEXT(0, "On survit.");
	ITEM_FIELD(0, "session", "douai");
	ITEM_FIELD(0, "date", "2025-04-22");
	ITEM_FIELD(0, "territoire", "Douaisis");
	ck_assert_uint_eq(r->items[0].line, 2);
	ITEM_TEXT(1, "Il a dit \"non\";\nvoilà");
	ITEM_FIELD(1, "territoire", NULL);
	ck_assert_uint_eq(r->items[1].line, 3);
	ck_assert_uint_eq(r->note_count, 1);
	ck_assert(hr_noted(r, "separator ;"));
	ck_assert(hr_noted(r, "UTF-8"));
	ck_assert(hr_noted(r, "text = column #5 « texte »"));
	ck_assert(hr_noted(r, "22/04/2025 is read as 2025-04-22"));
}
END_TEST

START_TEST(pieces)
{
	READ("start\tend\ttext\n0\t3520\tMoi je n'ai pas de bus, et\n3520\t7040\tpas de train.\n");
	ended(2, 0);
	ck_assert(hr_noted(r, "columns of a transcript"));
	READ("start;texte\n1;Le bus\n2;Le train\n");
	ck_assert(!hr_noted(r, "columns of a transcript"));
}
END_TEST

START_TEST(short_dates)
{
	READ("date;texte\n"
	     "22/04/25;un\nmars 2025;deux\nT1 2025;trois\n31/02/25;quatre\n2025;cinq\n;six\n");
	ended(6, 0);
	ITEM_FIELD(0, "date", "2025-04-22");
	ITEM_FIELD(1, "date", "2025-03");
	ITEM_FIELD(2, "date", "T1 2025");
	ITEM_FIELD(3, "date", "31/02/25");
	ITEM_FIELD(4, "date", "2025");
	ITEM_FIELD(5, "date", NULL);
	ck_assert(hr_noted(r, "date = column #1 (22/04/25 is read as 2025-04-22)"));
	ck_assert(hr_noted(r, "kept as they are written: 2, the first « T1 2025 » on line 4"));
	READ("date;texte\n03/05/25;un\n04/22/25;deux\n");
	ITEM_FIELD(0, "date", "2025-03-05");
	ITEM_FIELD(1, "date", "2025-04-22");
	ck_assert(hr_noted(r, "(03/05/25, the month first, is read as 2025-03-05)"));
	/* Both orders in one file: the day comes first, and what has no such day is said. */
	READ("date;texte\n22/04/25;un\n04/22/25;deux\n");
	ITEM_FIELD(0, "date", "2025-04-22");
	ITEM_FIELD(1, "date", "04/22/25");
	ck_assert(hr_noted(r, "kept as they are written: 1, the first « 04/22/25 » on line 3"));
}
END_TEST

START_TEST(excel_french)
{
	/* sep= line, Windows-1252, CRLF, an apostrophe of 0x92, quotes and a line end inside. */
	READ("sep=;\r\n\"N\xB0\";\"Atelier\";\"Date\";\"\xC2ge\";\"Verbatim\"\r\n"
	     "\"12\";\"Tourcoing\";\"06/05/2025\";\"41,5\";\"L\x92"
	     "appli \"\"plante\"\"\r\nencore \x80\"\r\n");
	ended(1, 0);
	ITEM_TEXT(0, "L’appli \"plante\"\r\nencore €");
	ITEM_FIELD(0, "age", "41,5");
	ITEM_FIELD(0, "date", "2025-05-06");
	ITEM_FIELD(0, "n", "12");
	ck_assert_ptr_null(r->items[0].id);
	ck_assert_uint_eq(r->items[0].line, 3);
	ck_assert(hr_noted(r, "Windows-1252"));
}
END_TEST

START_TEST(utf16)
{
	static const char ascii[] = "id\ttexte\nu1\t\xC9t\xE9\nu2\tfin\n"; /* Latin-1 for the making of UTF-16 */
	for (int be = 0; be < 2; be++)
		for (int bom = 0; bom < 2; bom++) {
			char b[128];
			size_t n = 0;
			if (bom) {
				b[n++] = be ? '\xFE' : '\xFF';
				b[n++] = be ? '\xFF' : '\xFE';
			}
			for (const char *p = ascii; *p; p++) {
				b[n++] = be ? 0 : *p;
				b[n++] = be ? *p : 0;
			}
			hr_read(r, "unicode.txt", b, n);
			ended(2, 0);
			ITEM_TEXT(0, "Été");
			ck_assert(hr_noted(r, be ? "UTF-16BE" : "UTF-16LE"));
			ck_assert_int_ge(hr_probe(r, "unicode.txt", b, n), 90);
		}
	/* A surrogate without its other half refuses its row alone. */
	static const char bad[] = "\xFF\xFEi\0d\0\t\0t\0e\0x\0t\0e\0\n\0"
	                          "1\0\t\0\x00\xD8x\0\n\0"
	                          "2\0\t\0o\0k\0\n\0";
	READ(bad);
	ended(1, 1);
	refused(0, 2, "are not valid in the encoding UTF-16LE");
	ITEM_TEXT(0, "ok");
}
END_TEST

START_TEST(line_ends)
{
	static const char *const files[] = {
	    "id,texte\nx,un\ny,deux\n",   "id,texte\r\nx,un\r\ny,deux\r\n",
	    "id,texte\rx,un\ry,deux\r",   "id,texte\nx,un\ny,deux",
	    "id,texte\r\nx,un\r\ny,deux", "\xEF\xBB\xBFid,texte\n\nx,un\n\n\ny,deux\n\n"};
	for (unsigned i = 0; i < sizeof files / sizeof *files; i++) {
		hr_read(r, "f.csv", files[i], strlen(files[i]));
		ended(2, 0);
		ITEM_TEXT(0, "un");
		ITEM_TEXT(1, "deux");
		ck_assert_uint_eq(r->items[1].line, i == 5 ? 6 : 3);
	}
	/* Excel for Mac: CR behind the rows, LF in the texts; and a stray CR in one of them. */
	READ("id;texte\r1;\"un\nun\"\r2;deux\r");
	ended(2, 0);
	ITEM_TEXT(0, "un\nun");
	ITEM_TEXT(1, "deux");
	READ("id;un\rchamp;texte\n1;;un\run\n2;;deux\r\n");
	ended(2, 0);
	ITEM_TEXT(0, "un\run");
}
END_TEST

START_TEST(separators)
{
	READ("id\ttexte\n1\tun, deux; trois\n2\tquatre, cinq; six\n");
	ended(2, 0);
	ck_assert(hr_noted(r, "separator a tab"));
	READ("id|texte\n1|un, deux\n2|trois, quatre\n");
	ended(2, 0);
	/* By consistency, not by frequency: far more commas than semicolons. */
	READ("a;b;texte\n1,5;x;un, deux, trois, quatre\n2,5;y;cinq\n3;z;six, sept\n");
	ended(3, 0);
	ITEM_FIELD(0, "a", "1,5");
	/* One column, with commas in it. */
	READ("texte\nOui, non.\nNon\nPeut-être, un jour, demain.\n");
	ended(3, 0);
	ITEM_TEXT(2, "Peut-être, un jour, demain.");
	hr_set(r, "separator", "tab");
	READ("id;x\ttexte\n1;2\tbon\n");
	ended(1, 0);
	ITEM_FIELD(0, "id-x", "1;2");
}
END_TEST

START_TEST(bad_separator)
{
	hr_set(r, "separator", "ab");
	READ("id;texte\n1;x\n");
	failed(AUR_E_CONFIG, "cannot separate");
}
END_TEST

START_TEST(bad_encoding)
{
	hr_set(r, "encoding", "klingon-8");
	READ("id;texte\n1;x\n");
	failed(AUR_E_CONFIG, "klingon-8");
}
END_TEST

START_TEST(asked_encoding)
{
	hr_set(r, "encoding", "cp1252");
	READ("id;texte\n1;\xC3\xA9\n");
	ended(1, 0);
	ITEM_TEXT(0, "Ã©");
}
END_TEST

START_TEST(other_encodings)
{
	/* Mac and DOS exports, known by the letters that French writes most. */
	READ("id;texte\n1;on nous a d\x8E\x8D"
	     "us, \x8E"
	     "videmment\n");
	ended(1, 0);
	ITEM_TEXT(0, "on nous a déçus, évidemment");
	READ("id;texte\n1;on nous a d\x82\x87us, \x82"
	     "videmment\n");
	ended(1, 0);
	ITEM_TEXT(0, "on nous a déçus, évidemment");
}
END_TEST

/* "id;texte" and the rows of `text`, each written in the encoding of its place in `encodings` (the last one holds for
 * the others); back as UTF-8, the rows must be what they were. */
static void encoded(const char *const *encodings, const char *said, const char *const *text)
{
	char b[8192];
	size_t n = (size_t)sprintf(b, "id;texte\r\n");
	for (unsigned i = 0; text[i]; i++) {
		const char *enc = *encodings;
		char *in = (char *)(uintptr_t)text[i], *out;
		size_t left = strlen(in), room;
		if (encodings[1])
			encodings++;
		n += (size_t)sprintf(b + n, "%u;", i + 1);
		bool twice = strncmp(enc, "twice ", 6) == 0;
		char once[1024];
		for (unsigned k = 0; k < (twice ? 2u : 1u); k++) {
			iconv_t cd = k ? iconv_open("UTF-8", enc + 6) : iconv_open(twice ? "UTF-8" : enc, "UTF-8");
			ck_assert_ptr_ne(cd, (iconv_t)-1);
			out = twice && !k ? once : b + n;
			room = twice && !k ? sizeof once : sizeof b - n;
			ck_assert_msg(iconv(cd, &in, &left, &out, &room) != (size_t)-1, "%s: %s", enc, text[i]);
			iconv_close(cd);
			in = once;
			left = sizeof once - room;
		}
		n = sizeof b - room;
		n += (size_t)sprintf(b + n, "\r\n");
	}
	for (size_t chunk = 0; chunk < 8; chunk++) {
		r->chunk = chunk;
		hr_read(r, "bureau.csv", b, n);
		ck_assert_int_eq(r->status, AUR_END);
		ck_assert_msg(hr_noted(r, said), "%s, and not %s", r->notes[0], said);
		for (unsigned i = 0; text[i]; i++)
			ITEM_TEXT(i, text[i]);
		ck_assert_uint_eq(r->refusal_count, 0);
	}
}
#define ENCODED(enc, said, ...)                                                                                        \
	encoded((const char *const[]){enc, NULL}, said, (const char *const[]){__VA_ARGS__, NULL})
#define MIXED(said, text, ...) encoded((const char *const[]){__VA_ARGS__, NULL}, said, text)

START_TEST(few_accents)
{
	/* What a spreadsheet of the office writes, however little of it is not ASCII. */
	static const char *const texts[] = {
	    "Un café",
	    "à Douai",
	    "ça",
	    "c’est trop",
	    "on attend…",
	    "le mot “bus”",
	    "15 € de trop",
	    "10 m², 20 °C",
	    "Mme Muñoz",
	    "Maître d’œuvre, SEÑOR Muñoz",
	    "LIBERTÉ\xC2\xA0!",
	    "LIBERTÉ\xC2\xA0! ÉGALITÉ\xC2\xA0: «\xC2\xA0LIBERTÉ»",
	    "ÇA VA, PROBLÈME",
	    "trop – vraiment — trop",
	    "« bus »",
	    "forêt, août, naïf, Noël",
	};
	for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++)
		ENCODED("CP1252", "encoding Windows-1252 (", texts[i]);
	ENCODED("CP1252", "this is the usual encoding of French offices", "Mme Muñoz");
	ENCODED("ISO-8859-15", "encoding ISO-8859-15", "15 € de trop", "à côté");
	ENCODED("ISO-8859-15", "encoding ISO-8859-15", "le cœur", "à côté");
	ENCODED("CP1252", "encoding Windows-1252", "½ journée, 1½ heure");
	ENCODED("MACINTOSH", "encoding MACINTOSH", "un café");
	ENCODED("MACINTOSH", "encoding MACINTOSH", "l’école d’été");
	ENCODED("MACINTOSH", "encoding MACINTOSH", "l’école");
	ENCODED("CP850", "encoding CP850", "un café");
	ENCODED("CP850", "encoding CP850", "l'été là-bas");
	/* Other languages, where they are plain. */
	ENCODED("CP1251", "encoding WINDOWS-1251 (it is not UTF-8; this is a guess, --encoding names another)",
	        "В\xC2\xA0Москве очень хорошо, но дорого", "Привет, я хочу работать");
	ENCODED("CP1250", "encoding WINDOWS-1250", "Zażółć gęślą jaźń, proszę państwa",
	        "Łódź jest piękna, że aż miło, być może");
	ENCODED("UTF-8", "encoding UTF-8,", "Łódź");
	ENCODED("UTF-8", "encoding UTF-8,", "Привет");
	ENCODED("UTF-8", "encoding UTF-8,", "ok 👍🏽");
}
END_TEST

START_TEST(mixed_encodings)
{
	static const char *const texts[] = {"café", "déjà été", "c’est « trop »…", "l’été", NULL};
	static const char *const eight[] = {"été", "été", "été", "été", "été", "été", "été", "été", NULL};
	MIXED("encoding UTF-8, ", texts, "UTF-8", "UTF-8", "UTF-8", "CP1252");
	MIXED("encoding UTF-8, ", texts, "CP1252", "UTF-8");
	MIXED("encoding UTF-8", texts, "UTF-8", "CP1252", "UTF-8", "CP1252");
	MIXED("encoding UTF-8 (mixed with Windows-1252), ", eight, "UTF-8", "CP1252");
	MIXED("encoding UTF-8 (mixed with Windows-1252), ", eight, "CP1252", "CP1252", "CP1252", "CP1252", "CP1252",
	      "CP1252", "UTF-8");
	/* Three rows, four accents, one bad byte. */
	READ("id;texte\n1;café\n2;déjà été\n3;caf\xE9\n");
	ended(3, 0);
	ITEM_TEXT(0, "café");
	ITEM_TEXT(2, "café");
	ck_assert(hr_noted(r, "line 4: bytes that are not UTF-8 were read as Windows-1252"));
}
END_TEST

/* `ascii` bytes of rows without an accent, then 1,200 rows with many. */
static void late(size_t ascii, const char *encoding, const char *said)
{
	static const char text[] = "été, déjà, l’école « à côté », ça";
	char *b = malloc(ascii + 1200 * 100 + 100);
	size_t n = (size_t)sprintf(b, "texte\n");
	uint32_t rows = 0;
	while (n + 12 < ascii) {
		n += (size_t)sprintf(b + n, "r%08u\n", ++rows);
	}
	while (n + 2 < ascii)
		b[n++] = 'x';
	b[n++] = '\n';
	rows++;
	uint32_t first = rows;
	for (; rows < first + 1200; rows++) {
		char *in = (char *)(uintptr_t)text, *out = b + n;
		size_t left = strlen(text), room = 100;
		iconv_t cd = iconv_open(encoding, "UTF-8");
		ck_assert_ptr_ne(cd, (iconv_t)-1);
		ck_assert(iconv(cd, &in, &left, &out, &room) != (size_t)-1);
		iconv_close(cd);
		*out++ = '\n';
		n = (size_t)(out - b);
	}
	for (r->chunk = 0; r->chunk <= 5003; r->chunk += 5003) {
		hr_read(r, "tard.csv", b, n);
		ended(rows, 0);
		for (uint32_t i = first; i < rows; i++)
			ITEM_TEXT(i, text);
		ck_assert_msg(hr_noted(r, said), "%zu bytes of ASCII, then %s: %s", ascii, encoding,
		              r->notes[r->note_count - 1]);
		ck_assert(!hr_noted(r, "bytes that are not"));
	}
	free(b);
}

START_TEST(late_encodings)
{
	for (size_t ascii = 262130; ascii < 262150; ascii++) {
		late(ascii, "CP1252", "Windows-1252 (");
		late(ascii, "UTF-8", "encoding UTF-8");
	}
	late(300 << 10, "CP1252", "its encoding is Windows-1252");
	late(300 << 10, "MACINTOSH", "its encoding is MACINTOSH");
	late(700 << 10, "MACINTOSH", "its encoding is MACINTOSH");
	late(300 << 10, "UTF-8", "encoding UTF-8");
	/* A file in Windows-1252, and behind it one in UTF-8 that nothing at its start foretells. */
	size_t n = 0, rows = 20000;
	char *b = malloc(rows * 40);
	n += (size_t)sprintf(b, "texte\n");
	for (size_t i = 0; i < rows; i++)
		n += (size_t)sprintf(b + n,
		                     i < 15000 ? "d\xE9j\xE0 \xAB %zu \xBB, c\x92"
		                                 "est trop\n"
		                               : "déjà « %zu », c’est trop\n",
		                     i);
	for (r->chunk = 0; r->chunk <= 5003; r->chunk += 5003) {
		hr_read(r, "deux.csv", b, n);
		ended((uint32_t)rows, 0);
		for (size_t i = 0; i < rows; i++) {
			char want[60];
			snprintf(want, sizeof want, "déjà « %zu », c’est trop", i);
			ITEM_TEXT(i, want);
		}
		ck_assert(hr_noted(r, "this file is partly UTF-8 and partly Windows-1252"));
		ck_assert_uint_eq(r->note_count, 2);
	}
	/* What a person says is not doubted. */
	hr_set(r, "encoding", "cp1252");
	READ("texte\nÃ©tÃ©\n\xE9\n");
	ITEM_TEXT(0, "ÃƒÂ©tÃƒÂ©");
	free(b);
}
END_TEST

START_TEST(encoded_twice)
{
	static const char *const texts[] = {"Le référent n’était pas là", "DÉJÀ, À CÔTÉ", "cœur 👍 €", "sans", NULL};
	MIXED("encoding UTF-8 (encoded twice: « Ã© » is read as « é »), ", texts, "twice ISO-8859-1");
	MIXED("encoding UTF-8 (encoded twice", texts, "twice ISO-8859-1", "UTF-8");
	ENCODED("twice CP1252", "encoding UTF-8 (encoded twice", "cœur, 15 €, c’est", "été");
	ENCODED("twice CP1252", "encoding UTF-8 (encoded twice", "café");
	/* A mistake that somebody quotes is one. */
	ENCODED("UTF-8", "encoding UTF-8, ", "Le site écrit « Ã© » à la place de « é », c’est pénible");
	/* With a mark, and across the window. */
	size_t n = 0, rows = 60000;
	char *b = malloc(rows * 40);
	n += (size_t)sprintf(b, "\xEF\xBB\xBFid;texte\n");
	for (size_t i = 0; i < rows; i++)
		n += (size_t)sprintf(b + n, "%zu;Ã©tÃ© nâ€™%.*s\n", i, (int)(i % 7), "eeeeeee");
	hr_read(r, "double.csv", b, n);
	ended((uint32_t)rows, 0);
	for (size_t i = 0; i < rows; i++) {
		char want[40];
		snprintf(want, sizeof want, "été n’%.*s", (int)(i % 7), "eeeeeee");
		ITEM_TEXT(i, want);
	}
	free(b);
}
END_TEST

START_TEST(utf32)
{
	READ("\xFF\xFE\0\0i\0\0\0d\0\0\0;\0\0\0t\0\0\0e\0\0\0x\0\0\0t\0\0\0e\0\0\0\n\0\0\0"
	     "1\0\0\0;\0\0\0\xE9\0\0\0\n\0\0\0");
	ended(1, 0);
	ITEM_TEXT(0, "é");
	ck_assert(hr_noted(r, "encoding UTF-32LE (byte-order mark)"));
}
END_TEST

START_TEST(columns_by_option)
{
	hr_set(r, "text", "ce que  je JETTE");
	hr_set(r, "id", "#1");
	hr_set(r, "session", "atelier");
	hr_set(r, "date", "Passé le");
	hr_set(r, "skip", "Nom, telephone");
	READ("N°;Atelier;Passé le;Nom;Téléphone;Âge;Ce que je jette\n12;Maubeuge;01/04/2025;Léa;06;41;Le flicage\n");
	ended(1, 0);
	ITEM_ID(0, "12");
	ITEM_TEXT(0, "Le flicage");
	ITEM_FIELD(0, "session", "Maubeuge");
	ITEM_FIELD(0, "date", "2025-04-01");
	ITEM_FIELD(0, "age", "41");
	ITEM_FIELD(0, "question", "Ce que je jette");
	ck_assert_uint_eq(r->items[0].field_count, 4);
	ck_assert(hr_noted(r, "left out: Nom, Téléphone"));
}
END_TEST

START_TEST(column_unknown)
{
	hr_set(r, "text", "paroles");
	READ("N°;Avis\n1;x\n");
	failed(AUR_E_CONFIG, "--text-column");
	ck_assert_ptr_nonnull(strstr(r->error, "#1 « N° », #2 « Avis »"));
}
END_TEST

static const struct {
	const char *asked, *error; /* error: NULL, the last three columns are read */
} ranges[] = {{"#2-#4", NULL}, {"#2-4", NULL}, {"#4-#2", "#4-#2"}, {"#2-#5", "#2-#5"}, {"#2-", "#2-"}, {"#2-x", "#2-x"}, {"#0-#2", "#0-#2"}};
enum { RANGES = sizeof ranges / sizeof *ranges };

START_TEST(columns_range)
{
	hr_set(r, "text", ranges[_i].asked);
	READ("ville;garder;changer;jeter\nLens;le groupe;le bus;la honte\n");
	if (ranges[_i].error) {
		failed(AUR_E_CONFIG, ranges[_i].error);
		return;
	}
	ended(3, 0);
	ITEM_TEXT(0, "le groupe");
	ITEM_TEXT(2, "la honte");
	/* a column may be called so */
	READ("ville;#2-#4;#2-4\nLens;le groupe;le bus\n");
	ended(1, 0);
	ITEM_TEXT(0, _i ? "le bus" : "le groupe");
}
END_TEST

START_TEST(columns_too_many)
{
	char b[4000];
	size_t n = 0;
	for (unsigned row = 0; row < 2; row++)
		for (unsigned i = 1; i <= 66; i++)
			n += (size_t)sprintf(b + n, "c%u%c", i, i < 66 ? ';' : '\n');
	if (_i)
		hr_set(r, "text", "#1-#66");
	for (unsigned i = 1; i <= 66 && !_i; i++) {
		char one[8];
		snprintf(one, sizeof one, "#%u", i);
		hr_set(r, "text", one);
	}
	hr_read(r, "a.csv", b, n);
	failed(AUR_E_CONFIG, "more than 64 columns");
}
END_TEST

START_TEST(no_text_column)
{
	READ("ville;couleur\nDouai;bleu\nLens;vert\n");
	failed(AUR_E_CONFIG, "--text-column NAME");
	ck_assert_ptr_nonnull(strstr(r->error, "#2 « couleur »"));
	ck_assert_str_eq(r->error_file, "essai.csv");
	ck_assert(!strstr(r->error, "header="));
	/* Cells of a spreadsheet that were merged, over the names. */
	static const char groups[] = "Profil;;Idées;\nN°;Ville;Je garde;Je jette\n1;Lens;Le bus;La honte\n";
	READ(groups);
	failed(AUR_E_CONFIG,
	       "some have no name: where the header takes several rows, say how many with --set header=2");
	hr_set(r, "header", "2");
	hr_set(r, "text", "Je garde");
	READ(groups);
	ended(1, 0);
	ITEM_TEXT(0, "Le bus");
	ITEM_FIELD(0, "je-jette", "La honte");
}
END_TEST

START_TEST(text_column_found)
{
	READ("ville;dites-nous tout\nDouai;Le bus ne passe plus chez nous depuis des mois\n"
	     "Lens;Je voudrais une formation mais il n'y a pas de place\nDouai;Rien ne va, tout est à refaire ici\n");
	ended(3, 0);
	ITEM_TEXT(2, "Rien ne va, tout est à refaire ici");
	ck_assert(hr_noted(r, "text = column #2 « dites-nous tout »"));
	/* Two such columns: the person must say. */
	READ("oui;non\nLe bus ne passe plus chez nous depuis des mois;Je voudrais une formation mais sans place\n");
	failed(AUR_E_CONFIG, "several hold long answers: name the one to read with --text-column NAME, or '#2'");
	ck_assert_ptr_nonnull(strstr(r->error, "those that look like answers: --text-column '#1-#2'"));
	READ("Que garder ?;ville;Que changer ?\nmes deux ateliers ici;Lens;le bus du soir\nla référente de Lens;Douai;les papiers à rendre\n");
	failed(AUR_E_CONFIG, "those that look like answers: --text-column '#1' --text-column '#3'");
	/* Most have nothing to say, others do, each in words of their own. */
	static const char *const say[] = {"Le bus ne passe plus chez nous depuis des mois", "Je voudrais une formation mais sans délai",
	                                  "Personne ne répond jamais quand on téléphone", "Moins de papiers à remplir tous les mois",
	                                  "Qu'on nous laisse le temps de chercher", "Il n'y a pas de place en crèche ici"};
	char b[4000];
	size_t n = (size_t)sprintf(b, "Ville;Que changer ?;Êtes-vous d'accord ?\n");
	for (unsigned i = 0; i < 24; i++)
		n += (size_t)sprintf(b + n, "Lens;%s;%s\n", i % 4 ? i % 2 ? "RAS" : "Non" : say[i / 4],
		                     i % 2 ? "Oui, plutôt d'accord avec cela" : "Non, pas du tout d'accord avec cela");
	hr_read(r, "a.csv", b, n);
	ended(24, 0);
	ITEM_TEXT(1, "RAS");
	ck_assert(hr_noted(r, "text = column #2 « Que changer ? »"));
}
END_TEST

START_TEST(answers_by_name)
{
	/* Names that are usual for answers, short as these may be. */
	static const char *const names[] = {"Réponse",   "Contribution", "Votre avis", "« Propos »",
	                                    "Verbatims", "COMMENTAIRES", "Texte libre"};
	char b[200];
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
		hr_read(r, "a.csv", b, (size_t)sprintf(b, "N°;Atelier;%s\n1;Douai;Non\n2;Lens;Le bus\n", names[i]));
		ended(2, 0);
		ITEM_TEXT(1, "Le bus");
	}
	READ("Réponse\nLe bus, la gare\nOui\n");
	ended(2, 0);
	ITEM_TEXT(0, "Le bus, la gare");
	/* Long answers count for more than a name that a closed question may have as well; two names are one too many.
	 */
	READ("avis;pourquoi\nbon;Le bus ne passe plus chez nous depuis des mois\n"
	     "bon;Personne ne répond jamais quand on téléphone\n");
	ended(2, 0);
	ITEM_FIELD(0, "avis", "bon");
	READ("avis;commentaire\nbon;oui\n");
	failed(AUR_E_CONFIG, "--text-column NAME");
	/* The session in French; who wrote is left out. */
	READ("Séance;Courriel;Texte\nDouai;x@exemple.fr;Le bus\n");
	ended(1, 0);
	ITEM_FIELD(0, "session", "Douai");
	ck_assert_uint_eq(r->items[0].field_count, 1);
	ck_assert(hr_noted(r, "left out: Courriel"));
	READ("texte;Nom;Prénom;Téléphone;Date de naissance;ville\nle bus;Bidule;Zoé;0612345678;12/03/1980;Lens\n");
	ended(1, 0);
	ck_assert(hr_noted(r, "left out: Nom, Prénom, Téléphone, Date de naissance"));
	ITEM_FIELD(0, "nom", NULL);
	ITEM_FIELD(0, "ville", "Lens");
	READ("texte;Votre prénom (facultatif);Votre nom :;N° de téléphone;N° CAF;Né(e) le;Adresse postale\nle bus;Zoé;Bidule;0612345678;59-1;12/03/1980;Lens\n");
	ended(1, 0);
	ck_assert(hr_noted(r, "left out: Votre prénom (facultatif), Votre nom :, N° de téléphone, N° CAF, Né(e) le, Adresse postale"));
	ck_assert_uint_eq(r->items[0].field_count, 0);
	READ("texte;Votre ville (facultatif);Nom facultatif\nle bus;Lens;Centre Bidule\n");
	ended(1, 0);
	ck_assert_uint_eq(r->items[0].field_count, 2);
	READ("texte;nom;ville\nle bus;Centre Bidule;Lens\n");
	ITEM_FIELD(0, "nom", "Centre Bidule");
}
END_TEST

START_TEST(titles_above)
{
	READ("Bilan des ateliers;;;\n\n;;;\nid;atelier;texte;\n1;Douai;Le bus;\n2;Lens;La gare;\n");
	ended(2, 0);
	ITEM_ID(0, "1");
	ITEM_FIELD(1, "atelier", "Lens");
	ITEM_TEXT(1, "La gare");
	ck_assert_uint_eq(r->items[0].line, 5);
	ck_assert(hr_noted(r, "3 rows of headers"));
	ck_assert(hr_noted(r, "fields: atelier"));
	ck_assert(!hr_noted(r, "column-4")); /* which holds nothing */
	READ("id;;texte\n1;Douai;Le bus\n");
	ended(1, 0);
	ck_assert(hr_noted(r, "fields: column-2"));
	READ(";;texte\n1;Douai;Le bus\n");
	ended(1, 0);
	ITEM_TEXT(0, "Le bus");
}
END_TEST

START_TEST(header_again)
{
	/* Files that were put one behind the other. */
	READ("\xEF\xBB\xBF\"id\";\"texte\"\n\"1\";\"un\"\n\xEF\xBB\xBF\"id\";\"texte\"\n\"2\";\"deux\"\nid;texte\n3;"
	     "texte\n");
	ended(3, 0);
	ITEM_TEXT(1, "deux");
	ck_assert_uint_eq(r->items[1].line, 4);
	ITEM_ID(2, "3");
	ck_assert(hr_noted(r, "rows that only repeat the header, left out: 2"));
	/* One without its header, and one that does not know its end. */
	READ("id;texte\n1;un\n\xEF\xBB\xBF"
	     "2;deux\n\xEF\xBB\xBF\"3\";\"tr\xEF\xBB\xBFois\"\n\xEF\xBB\xBF");
	ended(3, 0);
	ITEM_ID(1, "2");
	ITEM_ID(2, "3");
	ITEM_TEXT(2, "tr\xEF\xBB\xBFois");
	READ("texte\nun\ntexte\n");
	ended(2, 0);
	/* A first row that may be none. */
	READ("Le bus ne passe plus chez nous;Douai\nPersonne ne répond jamais quand on téléphone;Lens\n");
	ended(1, 0);
	ck_assert(hr_noted(r, "if it is a contribution: --set header=no"));
	READ("Que faudrait-il changer chez vous ?;Ville\nPersonne ne répond jamais quand on téléphone;Lens\n");
	ended(1, 0);
	ck_assert(!hr_noted(r, "header=no"));
}
END_TEST

START_TEST(spaces_around)
{
	READ("id;session;texte\n 1 ;Douai ;  un  \n2;\tDouai;deux\n3; ;tr\xE9s, l’été, là\n");
	ended(3, 0);
	ITEM_ID(0, "1");
	ITEM_FIELD(0, "session", "Douai");
	ITEM_FIELD(1, "session", "Douai");
	ITEM_FIELD(2, "session", NULL);
	ITEM_TEXT(0, "  un  ");
	/* With an id that is repaired, and then made longer. */
	hr_set(r, "text", "garde");
	hr_set(r, "text", "jette");
	READ("id;garde;jette\n \xE9lise ;l’été;là\n");
	ended(2, 0);
	ITEM_ID(0, "élise-c2");
	ITEM_ID(1, "élise-c3");
}
END_TEST

/* The title of a single column of texts is its question, but neither « Verbatim » nor what may be a contribution is. */
START_TEST(one_question)
{
	READ("ville;Que faut-il améliorer ?\nLens;Le bus ne passe plus chez nous\nLens;Personne ne répond au téléphone\n");
	ended(2, 0);
	ITEM_FIELD(0, "question", "Que faut-il améliorer ?");
	ITEM_FIELD(0, "locuteur", NULL);
	ck_assert(hr_noted(r, "« Que faut-il améliorer ? » (also in the field « question »)"));
	READ("ville;Votre commentaire\nLens;Le bus ne passe plus chez nous\nLens;Personne ne répond au téléphone\n");
	ITEM_FIELD(0, "question", NULL);
	READ("ville;Commentaires2024\nLens;Le bus ne passe plus chez nous\nLens;Personne ne répond au téléphone\n");
	ITEM_FIELD(0, "question", NULL);
	READ("question;Ce qui ne va pas\nQ1;Le bus ne passe plus chez nous\nQ1;Personne ne répond au téléphone\n");
	ITEM_FIELD(0, "question", "Q1");
	READ("Il faut supprimer toutes les sanctions\nLe bus ne passe plus chez nous depuis un an\nPersonne ne répond quand on téléphone le matin\nOn attend des heures au guichet de la mairie\n"
	     "Les papiers sont toujours à refaire deux fois\n");
	ck_assert(hr_noted(r, "--set header=no"));
	ITEM_FIELD(0, "question", NULL);
}
END_TEST

START_TEST(several_texts)
{
	hr_set(r, "text", "garde");
	hr_set(r, "text", "jette");
	READ("id;ville;garde;jette\n1;Douai;\"les \"\"boosters\"\"\";le flicage\n2;Lens;;les files\n3;Lens; ;\n");
	ended(3, 1);
	ITEM_ID(0, "1-c3");
	ITEM_TEXT(0, "les \"boosters\"");
	ITEM_FIELD(0, "question", "garde");
	ITEM_FIELD(0, "locuteur", "1"); /* two answers of one person */
	ITEM_FIELD(1, "locuteur", "1");
	ITEM_FIELD(2, "locuteur", "2");
	ITEM_FIELD(0, "ville", "Douai");
	ITEM_ID(1, "1-c4");
	ITEM_TEXT(1, "le flicage");
	ITEM_FIELD(1, "ville", "Douai");
	ITEM_ID(2, "2-c4");
	refused(0, 4, "empty text");
	ck_assert_str_eq(r->refusals[0].id, "3");
	hr_set(r, "text", "#3");
	READ("id;ville;garde;jette\n1;Douai;le bus;le flicage\n");
	ended(2, 0);
	/* Without an id, the row of this file; a column that says it, or a person who says that rows are none, is believed. */
	READ("ville;garde;jette\nDouai;le bus;le flicage\nLens;;les files\n");
	ended(3, 0);
	ITEM_FIELD(0, "locuteur", "essai.csv-1df28:1");
	ITEM_FIELD(1, "locuteur", "essai.csv-1df28:1");
	ITEM_FIELD(2, "locuteur", "essai.csv-1df28:2");
	READ("ville;garde;jette\nDouai;le bus;les files\n"); /* a file of that name that is another */
	ck_assert_str_ne(hr_value(&r->items[0], "locuteur"), "essai.csv-1df28:1");
	READ("Locuteur;garde;jette\nl7;le bus;le flicage\n");
	ended(2, 0);
	ITEM_FIELD(1, "locuteur", "l7");
	READ("pseudo;garde;jette\nl7;le bus;le flicage\n");
	ITEM_FIELD(1, "locuteur", NULL);
	hr_set(r, "speaker", "no");
	READ("ville;garde;jette\nDouai;le bus;le flicage\n");
	ended(2, 0);
	ITEM_FIELD(1, "locuteur", NULL);
}
END_TEST

/* What a spreadsheet adds to what people wrote. */
START_TEST(no_words_of_theirs)
{
	READ(";Vous;Réponses;\nN°;Ville;Ce qui vous gêne au quotidien;Ce qui aide\n1;Lens;le bus ne passe jamais le soir;rien\n"
	     "2;Lens;on ne me répond pas au guichet;tout\nTotal;2;2;2\n");
	ended(4, 0);
	ck_assert(hr_noted(r, "columns without a name: 2"));
	ck_assert(hr_noted(r, "only a number or a total, kept: 1, the first in line 5"));
	READ("texte;ville\nle bus ne passe plus;Lens\nTotal des heures;Lens\nTotal général : 12;\n");
	ended(3, 0);
	ck_assert(hr_noted(r, "only a number or a total, kept: 1, the first in line 4"));
	READ("texte;ville\n\"<p>Le bus&nbsp;: jamais</p>\";Lens\n3 < 4 & 5 > 4, il dit;Lens\n8/10;Lens\n");
	ended(3, 0);
	ck_assert(hr_noted(r, "HTML (<p>, &nbsp;…), kept as they are, so that its tags count as words: 1"));
	ck_assert(!hr_noted(r, "without a name"));
	READ("texte;\nle bus;\n");
	ck_assert(!hr_noted(r, "without a name"));
	ck_assert(!hr_noted(r, "HTML"));
	ck_assert(!hr_noted(r, "only a number"));
}
END_TEST

START_TEST(no_header)
{
	READ("1\tS001\t2024-05-06\tle bus est toujours en retard chez nous le matin\n"
	     "2\tS002\t2024-05-07\tpersonne ne répond jamais quand on téléphone\n");
	ended(2, 0);
	ck_assert(hr_noted(r, "no header"));
	ITEM_TEXT(0, "le bus est toujours en retard chez nous le matin");
	ITEM_FIELD(0, "column-2", "S001");
	ck_assert_uint_eq(r->items[0].line, 1);
	hr_set(r, "header", "no");
	hr_set(r, "id", "#1");
	hr_set(r, "text", "#2");
	READ("a;b\nc;d\n");
	ended(2, 0);
	ITEM_ID(0, "a");
	ITEM_TEXT(1, "d");
	READ("a;\"il dit \"\"non\"\" et s'en va\"\nc;\"d\"\n");
	ended(2, 0);
	ITEM_TEXT(0, "il dit \"non\" et s'en va");
}
END_TEST

START_TEST(limesurvey)
{
	READ("\xEF\xBB\xBF\"id. ID de la "
	     "réponse\";\"submitdate\";\"lastpage\";\"startlanguage\";\"seed\";\"ipaddr\";\"G1Q3[SQ001]\";\"texte\"\r\n"
	     "\"7\";\"2025-04-22 10:00:00\";\"3\";\"fr\";\"123\";\"10.0.0.1\";\"Oui\";\"Trop de papiers\r\n\r\net de "
	     "files\"\r\n");
	ended(1, 0);
	ITEM_TEXT(0, "Trop de papiers\r\n\r\net de files");
	ITEM_FIELD(0, "g1q3-sq001", "Oui");
	ITEM_FIELD(0, "ipaddr", NULL);
	ITEM_FIELD(0, "date", "2025-04-22 10:00:00");
	ck_assert(hr_noted(r, "LimeSurvey"));
	ck_assert(hr_noted(r, "left out: ipaddr"));
	/* Codes and questions together: the questions name the fields, and what the tool adds is known. */
	READ("\"id. ID de la réponse\",\"submitdate. Date de soumission\",\"lastpage. Dernière page\",\"G01Q01. Votre âge ?\",\"G02[SQ1]. Bus\",\"G03. Texte\"\n"
	     "\"7\",\"2025-04-22 10:00:00\",\"3\",\"40\",\"Oui\",\"Trop loin\"\n");
	ended(1, 0);
	ITEM_ID(0, "7");
	ITEM_TEXT(0, "Trop loin");
	ITEM_FIELD(0, "date", "2025-04-22 10:00:00");
	ITEM_FIELD(0, "votre-age", "40");
	ITEM_FIELD(0, "bus", "Oui");
	ck_assert(hr_noted(r, "LimeSurvey"));
	/* A VV file: two header lines, tabs. */
	READ("Response ID\tDate submitted\tLast page\tStart "
	     "language\tAvis\nid\tsubmitdate\tlastpage\tstartlanguage\ttexte\n"
	     "9\t2025-04-22\t1\tfr\tTrop loin\n");
	ended(1, 0);
	ITEM_ID(0, "9");
	ITEM_TEXT(0, "Trop loin");
	ITEM_FIELD(0, "date", "2025-04-22");
	ck_assert(hr_noted(r, "2 rows of headers"));
	/* A date that the survey asks for is the date. */
	READ("\"ID de la réponse\";\"Date de soumission\";\"Langue de départ\";\"Date\";\"Texte\"\n"
	     "\"9\";\"2025-04-22 10:00:00\";\"fr\";\"06/05/2025\";\"Trop loin\"\n");
	ended(1, 0);
	ITEM_ID(0, "9");
	ITEM_FIELD(0, "date", "2025-05-06");
	ITEM_FIELD(0, "date-de-soumission", "2025-04-22 10:00:00");
}
END_TEST

/* Many long questions: what to type comes first, and what has no room is not cut off within a name. */
START_TEST(long_questions)
{
	static char b[1 << 15];
	size_t n = 0;
	for (unsigned row = 0; row < 7; row++)
		for (unsigned i = 1; i <= 60; i++) {
			const char *end = i == 60 ? "\n" : ",";
			if (!row)
				n += (size_t)snprintf(b + n, sizeof b - n, "\"Question %u, à laquelle on répond comme on l'entend en quelques mots ?\"%s", i, end);
			else if (i >= 40 && i <= 41)
				n += (size_t)snprintf(b + n, sizeof b - n, "On attend le bus %u%u sans savoir s'il passe%s", row, i, end);
			else
				n += (size_t)snprintf(b + n, sizeof b - n, "Oui%s", end);
		}
	hr_read(r, "essai.csv", b, n);
	ck_assert(strstr(r->error, "--text-column '#40-#41'; the columns are: #1 « Question 1, à"));
	ck_assert(strlen(r->error) < 768);
	ck_assert(strstr(r->error, "», … (60 in all)"));
}
END_TEST

/* What a volunteer types from paper. */
START_TEST(from_paper)
{
	READ("Séance;Jour;Texte\nlens-1;3 mars 2025;Le bus\n;;idem\nidem;\"\"\"\";Les papiers\nlens-2;10/03/25;Je m'identifie\n");
	ended(4, 0);
	ITEM_TEXT(1, "idem");
	ITEM_FIELD(2, "session", "idem");
	ck_assert(hr_noted(r, "idem », or a mark for it, kept as they are: 3, the first on line 3"));
	ck_assert(hr_noted(r, "without a session, below others that have one: 1, the first on line 3"));
	READ("Séance;Texte\n;Le bus\nlens-1;Le train\n");
	ended(2, 0);
	ck_assert(!hr_noted(r, "without a session"));
	ck_assert(!hr_noted(r, "idem"));
	hr_set(r, "text", "#2-#3");
	READ("Séance;Avis;Idées\nlens-1;Le bus;Le train\nidem;Les papiers;Idem\n");
	ck_assert(hr_noted(r, "kept as they are: 2, the first on line 3"));
}
END_TEST

/* A column of days under another name is told, and is not taken for one of sentences. */
START_TEST(days)
{
	READ("Soumis,Ville,Naissance,Remarques\n03/04/2025 - 09:12,Lens,1984,Le bus ne passe pas le soir\n04/04/2025 - 09:13,Lens,1990,Trop de papiers à remplir ici\n");
	ended(2, 0);
	ck_assert(hr_noted(r, "« Soumis » holds dates, and --date-column '#1' takes it"));
	ck_assert(!hr_noted(r, "hold sentences"));
	READ("Naissance,Ville,Remarques\n1984,Lens,Le bus ne passe pas le soir\n1990,Lens,Trop de papiers à remplir ici\n");
	ck_assert(!hr_noted(r, "holds dates"));
	/* nor is anybody led to take days of birth */
	READ("DDN,Ville,Remarques\n12/03/1984,Lens,Le bus ne passe pas le soir\n13/04/1990,Lens,Trop de papiers à remplir ici\n");
	ck_assert(!hr_noted(r, "holds dates"));
	READ("Quand,Ville,Remarques\n12/03/1964,Lens,Le bus ne passe pas le soir\n1990-04-13,Lens,Trop de papiers à remplir ici\n");
	ck_assert(!hr_noted(r, "holds dates"));
	READ("Date,Soumis,Remarques\n2025-04-22,03/04/2025,Le bus ne passe pas le soir\n2025-04-23,03/04/2025,Trop de papiers à remplir ici\n");
	ck_assert(!hr_noted(r, "holds dates"));
}
END_TEST

START_TEST(framaforms)
{
	READ("\"Soumission\",,,,,,\"Atelier\",\n,,,,,,\"Vos idées\",\n"
	     "\"Numéro\",\"SID\",\"Heure de soumission\",\"Brouillon\",\"Adresse IP\",\"Nom "
	     "d'utilisateur\",\"Ville\",\"Texte\"\n"
	     "1,501,\"22/04/2025 - 10:12\",,192.0.2.1,jeanne,Douai,\"Plus de bus, moins de files\"\n");
	ended(1, 0);
	ITEM_ID(0, "501");
	ITEM_TEXT(0, "Plus de bus, moins de files");
	ITEM_FIELD(0, "ville", "Douai");
	ITEM_FIELD(0, "date", "2025-04-22 - 10:12");
	ITEM_FIELD(0, "adresse-ip", NULL);
	ck_assert_uint_eq(r->items[0].line, 4);
	ck_assert(hr_noted(r, "left out: Adresse IP, Nom d'utilisateur"));
	ck_assert(hr_noted(r, "3 rows of headers"));
}
END_TEST

START_TEST(sphinx)
{
	READ("\"CLE\";\"MOYENS\";\"VERBATIM\"\r\n\"1\";\"bus ; v\xE9lo ; \xE0 pied\";\"\xC7"
	     "a va\"\r\n");
	ended(1, 0);
	ITEM_FIELD(0, "moyens", "bus ; vélo ; à pied");
	ITEM_TEXT(0, "Ça va");
}
END_TEST

START_TEST(decidim)
{
	READ("id,category/name/fr,scope/name/fr,title/fr,body/fr,supports\n"
	     "4,Mobilité,Nord,Du bus,\"<p>Plus de bus, vite</p>\",3\n");
	ended(1, 0);
	ITEM_ID(0, "4");
	ITEM_TEXT(0, "<p>Plus de bus, vite</p>");
	ITEM_FIELD(0, "category-name-fr", "Mobilité");
	ck_assert(hr_noted(r, "Decidim"));
}
END_TEST

#define DEBAT "id,reference,title,createdAt,publishedAt,trashed,authorId,authorType,authorZipCode,"
START_TEST(grand_debat)
{
	READ(DEBAT "\"QUXVlc3Rpb246MTYw - Que faut-il changer ?\",\"QUXVlc3Rpb246MTYx - Oui ou non ?\"\n"
	           "P1,1-1,Bus,2019-01-22 10:04:04,,false,U1,Citoyen,59200,\"Plus de bus le soir, moins de files le "
	           "matin\",Oui\n"
	           "P2,1-2,Bus,2019-01-22 10:04:04,,false,U2,Citoyen,59200,Il faudrait un seul guichet pour toutes nos "
	           "demandes,Oui\n");
	ended(2, 0);
	ITEM_ID(0, "P1");
	ITEM_FIELD(0, "oui-ou-non", "Oui");
	ITEM_FIELD(0, "date", "2019-01-22 10:04:04");
	ck_assert(hr_noted(r, "Grand débat"));
	READ(DEBAT
	     "\"QUXVlc3Rpb246MTYw - Que faut-il changer ?\",\"QUXVlc3Rpb246MTYx - Et ensuite ?\"\n"
	     "P1,1-1,Bus,2019-01-22 10:04:04,,false,U1,Citoyen,59200,\"Plus de bus le soir, moins de files le matin\","
	     "\"Que les trains du soir soient enfin remis en service\"\n"
	     "P2,1-2,Bus,2019-01-22 10:04:04,,false,U2,Citoyen,59200,,Il faudrait un seul guichet pour toutes nos "
	     "demandes\n");
	ended(3, 0);
	ITEM_ID(1, "P1-c11");
	ITEM_FIELD(1, "question", "Et ensuite ?");
	ITEM_ID(2, "P2-c11");
}
END_TEST

START_TEST(ragged)
{
	READ("id;v;texte\n1;a;un\n2;b\n3;c;trois;de trop\n4;d;quatre\n5;e;cinq;;\n");
	ended(3, 2);
	refused(0, 3, "2 columns where the header has 3");
	refused(1, 4, "4 columns where the header has 3");
	ITEM_TEXT(1, "quatre");
	ITEM_TEXT(2, "cinq");
	/* What a word processor made of the marks. */
	READ("id,texte\n1,“Le bus, en retard”\n2,« Le car, aussi »\n3,“La gare”\n4,trop,ici\n");
	ended(1, 3);
	refused(0, 2, "straight quotation marks");
	refused(1, 3, "straight quotation marks");
	ck_assert(!strstr(r->refusals[2].reason, "straight"));
	/* Separators behind the header alone, or behind some rows: nothing is lost. */
	READ("id;texte;ville;;\n1;un;Lens\n2;\"deux\";\"Douai\";\n3;trois\n4;quatre;Lens;x;y\n5;\"cassé\n6;six;Lens\n");
	ended(4, 2);
	refused(0, 4, "2 columns where the header has 5");
	refused(1, 6, "quotation mark");
	ITEM_FIELD(1, "ville", "Douai");
	ITEM_FIELD(2, "column-4", "x");
	ITEM_TEXT(3, "six");
	ck_assert_uint_eq(r->items[3].field_count, 1);
	READ("id;avis;date;\n1;Le bus ne passe plus le soir;4/22/2025\n2;On attend une heure à la gare;4/3/2025\n");
	ended(2, 0);
	ITEM_TEXT(1, "On attend une heure à la gare");
	ITEM_FIELD(1, "date", "2025-04-03");
}
END_TEST

START_TEST(broken_quote_inside)
{
	READ("id;v;texte\n1;a;un\n2;b;\"Il a dit \"oui\" et voilà\"\n3;c;trois\n");
	ended(2, 1);
	refused(0, 3, "quotation mark");
	ITEM_TEXT(1, "trois");
}
END_TEST

START_TEST(broken_quote_to_the_end)
{
	READ("id;v;texte\n1;a;un\n2;b;\"jamais fermé\n3;c;trois\n4;d;quatre\n");
	ended(3, 1);
	refused(0, 3, "quotation mark");
	ITEM_TEXT(1, "trois");
	ITEM_TEXT(2, "quatre");
	ck_assert_uint_eq(r->items[2].line, 5);
	/* A later quoted field does not hide it. */
	READ("id;v;texte\n1;a;un\n2;b;\"jamais fermé\n3;c;\"trois\"\n4;d;\"quatre\nsuite\"\n");
	ended(3, 1);
	refused(0, 3, "quotation mark");
	ITEM_TEXT(2, "quatre\nsuite");
	/* Nor does a mark at the end of a later line: the glued row has the wrong number of columns. */
	READ("id;v;texte;w\n1;a;un;x\n2;b;\"jamais fermé;x\n3;c;trois;\"\n4;d;quatre;x\n");
	ck_assert_int_eq(r->status, AUR_END);
	refused(0, 3, "quotation mark");
	ITEM_TEXT(r->item_count - 1, "quatre");
	/* Nor a close far away: what lies between is plainly rows. */
	READ("id;v;texte\n1;a;un\n2;b;\"jamais "
	     "fermé\n3;c;t\n4;c;t\n5;c;t\n6;c;t\n7;c;t\n8;c;t\n9;c;t\n10;c;t\n11;c;t\n12;c;fin\"\n13;c;z\n");
	ended(12, 1);
	refused(0, 3, "quotation mark");
	ITEM_TEXT(10, "fin\"");
}
END_TEST

/* Every line would open a record that goes on to the end of the file: a megabyte took minutes. */
START_TEST(broken_quotes_everywhere)
{
	static const char head[] = "id,texte\n1,un\n", lines[2][16] = {"\",x\",\"\n", "\",x\",\"\na,b\n"};
	const size_t rows = 200000;
	char *b = malloc(sizeof head + rows * sizeof lines[0]);
	for (unsigned k = 0; k < 2; k++) {
		size_t n = sizeof head - 1, len = strlen(lines[k]);
		memcpy(b, head, n);
		for (size_t i = 0; i < rows; i++, n += len)
			memcpy(b + n, lines[k], len);
		hr_read(r, "essai.csv", b, n);
		ended(k ? 1 + (uint32_t)rows : 1, k ? (uint32_t)rows : 1);
		refused(0, 3, "quotation mark");
	}
	free(b);
}
END_TEST

START_TEST(tabs_quote_nothing)
{
	READ("id\tv\ttexte\n1\ta\t\"Oui\" dit-elle\n2\tb\t\"jamais fermé\n3\tc\tfin\"\n4\td\t\"bien\ndit\"\n");
	ended(4, 0);
	ITEM_TEXT(0, "\"Oui\" dit-elle");
	ITEM_TEXT(1, "\"jamais fermé");
	ITEM_TEXT(2, "fin\"");
	ITEM_TEXT(3, "bien\ndit");
}
END_TEST

START_TEST(invalid_utf8)
{
	READ("id;texte\n1;été\n2;bon\xE9, l’été à nous\n3;fin\n");
	ended(3, 0);
	ITEM_TEXT(1, "boné, l’été à nous");
	ck_assert(hr_noted(r, "line 3: bytes that are not UTF-8"));
	ck_assert(hr_noted(r, "read as Windows-1252: 1"));
}
END_TEST

START_TEST(nul_byte)
{
	READ("id;texte\n1;un\n2;de\0ux\n3;\"tr\0ois\"\n4;fin\n");
	ended(2, 2);
	refused(0, 3, "NUL");
	refused(1, 4, "NUL");
}
END_TEST

START_TEST(empty_text)
{
	READ("id;v;texte\n1;a;\n2;b; \t\xC2\xA0\n3;c;ok\n;;\n");
	ended(1, 2);
	refused(0, 2, "empty text");
	refused(1, 3, "empty text");
	ck_assert_str_eq(r->refusals[1].id, "2");
	ck_assert(hr_noted(r, "rows without any value, left out: 1"));
}
END_TEST

START_TEST(not_a_table)
{
	READ("");
	failed(AUR_E_DATA, "empty");
	READ("\xEF\xBB\xBF\n \n");
	failed(AUR_E_DATA, "empty");
	READ("id;texte\n");
	failed(AUR_E_DATA, "not one row");
	READ("id;texte");
	failed(AUR_E_DATA, "not one row");
	READ("PK\3\4____[Content_Types].xml____xl/workbook.xml");
	failed(AUR_E_DATA, "Excel");
	READ("%PDF-1.4\n%....");
	failed(AUR_E_DATA, "PDF");
	/* Exports that only call themselves tables, and forms that have no reader. */
	READ("\xEF\xBB\xBF\n<HTML><table><tr><td>id</td></tr></table></HTML>");
	failed(AUR_E_DATA, "web page");
	READ("<!DOCTYPE html><p>");
	failed(AUR_E_DATA, "web page");
	READ("[\n  { \"id\": 1, \"texte\": \"x\" }\n]");
	failed(AUR_E_DATA, "JSON");
	READ("{\"id\":1,\"texte\":\"x\"}\n");
	failed(AUR_E_DATA, "JSON");
	READ("texte\n[Rires] {sic} \"oui\"\n");
	ended(1, 0);
	READ("id;\"texte\n1;x\n");
	failed(AUR_E_DATA, "quotation mark in the header");
}
END_TEST

START_TEST(ten_megabytes)
{
	size_t big = 10u << 20, n = 0;
	char *b = malloc(big * 2 + 256);
	n += (size_t)sprintf(b + n, "id;texte\n1;");
	memset(b + n, 'a', big);
	n += big;
	n += (size_t)sprintf(b + n, "\n2;\"");
	for (size_t i = 0; i < big; i++)
		b[n++] = i % 100 == 99 ? '\n' : 'b';
	n += (size_t)sprintf(b + n, "\"\n3;fin\n");
	static const size_t chunks[] = {0, 4096};
	for (unsigned k = 0; k < 2; k++) {
		r->chunk = chunks[k];
		hr_read(r, "gros.csv", b, n);
		ended(3, 0);
		ck_assert_uint_eq(r->items[0].text_len, big);
		ck_assert_uint_eq(r->items[1].text_len, big);
		ITEM_TEXT(2, "fin");
	}
	free(b);
}
END_TEST

START_TEST(too_long)
{
	size_t big = 40u << 20, n = 0;
	char *b = malloc(big * 2 + 256);
	n += (size_t)sprintf(b + n, "id;texte\n0;ok\n1;");
	memset(b + n, 'a', big);
	n += big;
	n += (size_t)sprintf(b + n, "\n2;\"");
	for (size_t i = 0; i < big; i++)
		b[n++] = i % 100 == 99 ? '\n' : 'b';
	n += (size_t)sprintf(b + n, "\"\n3;fin\n");
	hr_read(r, "gros.csv", b, n);
	ended(2, 2);
	refused(0, 3, "32 MiB");
	refused(1, 4, "quotation mark");
	ITEM_TEXT(1, "fin");
	free(b);
}
END_TEST

START_TEST(any_chunk)
{
	/* What is read does not depend on where the reads end. */
	static const char file[] =
	    "id;v;texte\r\n1;a;\"un\r\n\"\"deux\"\"\"\r\n2;b;\"cassé \"là\" oui\"\r\n\xEF\xBB\xBF"
	    "3;c;\"\"\r\n"
	    "4;d;\"été\xE9 l’été là-bas\"\r\n5;e;fin";
	for (size_t chunk = 1; chunk < 40; chunk++) {
		r->chunk = chunk;
		READ(file);
		ended(3, 2);
		ITEM_TEXT(0, "un\r\n\"deux\"");
		ITEM_TEXT(2, "fin");
		ck_assert_uint_eq(r->items[2].line, 7);
	}
}
END_TEST

START_TEST(window_edges)
{
	/* Rows of every length, so that some meet each edge of the window at each offset; quoted or not. */
	size_t n = 0, rows = 12000;
	char *b = malloc(rows * 160);
	n += (size_t)sprintf(b + n, "id;texte\r\n");
	for (size_t i = 0; i < rows; i++)
		n += (size_t)sprintf(b + n, i % 3 ? "%zu;%0*zu\r\n" : "%zu;\"%0*zu\"\"x\r\n\"\r\n", i,
		                     (int)(i % 101) + 6, i);
	hr_read(r, "bords.csv", b, n);
	ended((uint32_t)rows, 0);
	for (size_t i = 0; i < rows; i++) {
		char want[160];
		snprintf(want, sizeof want, i % 3 ? "%0*zu" : "%0*zu\"x\r\n", (int)(i % 101) + 6, i);
		ITEM_TEXT(i, want);
	}
	free(b);
}
END_TEST

START_TEST(read_error_and_cancel)
{
	r->fail_after = 0;
	READ("id;texte\n1;x\n");
	failed(AUR_E_IO, "disk is gone");
	r->fail_after = -1;
	size_t n = 0;
	char *b = malloc(600000);
	n += (size_t)sprintf(b + n, "id;texte\n");
	while (n < 590000)
		n += (size_t)sprintf(b + n, "%zu;encore\n", n);
	r->fail_after = 300000;
	hr_read(r, "f.csv", b, n);
	failed(AUR_E_IO, "disk is gone");
	ck_assert_uint_gt(r->item_count, 1000);
	r->fail_after = -1;
	r->cancel = true;
	hr_read(r, "f.csv", b, n);
	ck_assert_int_eq(r->status, AUR_E_CANCELLED);
	free(b);
}
END_TEST

START_TEST(probes)
{
	ck_assert_int_ge(PROBE("a.csv", "id;texte\n1;x\n"), 90);
	ck_assert_int_ge(PROBE("a.txt", "id;session;texte\n1;a;x\n"), 90);
	ck_assert_int_ge(PROBE(NULL, "a;b;c\n1;2;3\n4;5;6\n"), 70);
	ck_assert_int_ge(PROBE("a", "sep=;\na;b\n1;2\n"), 90);
	ck_assert_int_lt(
	    PROBE("a.txt", "Bonjour à tous, merci.\n\nOn voudrait des bus, des trains, et du temps.\n\nVoilà.\n"), 40);
	ck_assert_int_eq(PROBE("a.csv", "<?xml version=\"1.0\"?><TEI/>"), 0);
	ck_assert_int_eq(PROBE("a.txt", "**** *v_1 *w_2\nOui, non; peut-être\n"), 0);
	/* A table of Markdown has lines of its own. */
	ck_assert_int_eq(PROBE("a.md", "| id | texte |\n|----|:------|\n| a1 | le bus |\n"), 0);
	ck_assert_int_ge(PROBE("a.txt", "id|session|texte\n1|-|x\n-|-|--\n"), 90);
	ck_assert_int_eq(PROBE("a.csv", "\x89PNG\r\n\x1A\n\0\0\0\rIHDR"), 0);
	ck_assert_int_eq(PROBE("a.csv", "PK\3\4xl/workbook.xml"), 0);
	ck_assert_int_eq(PROBE("a.csv", "SQLite format 3\0"), 0);
	ck_assert_int_eq(PROBE("a.csv", "%PDF-1.7\n"), 0);
}
END_TEST

START_TEST(month_first)
{
	READ("date;texte\n04/22/2025;un\n05/06/2025;deux\n");
	ended(2, 0);
	ITEM_FIELD(1, "date", "2025-05-06");
	ck_assert(hr_noted(r, "the month first"));
	READ("date;texte\n22/04/2025 10:12;un\nhier;deux\n1.4.2025;trois\n");
	ended(3, 0);
	ITEM_FIELD(0, "date", "2025-04-22 10:12");
	ITEM_FIELD(1, "date", "hier");
	ITEM_FIELD(2, "date", "2025-04-01");
}
END_TEST

START_TEST(names_collide)
{
	READ("Âge;age;AGE ;texte\n1;2;3;x\n");
	ended(1, 0);
	ITEM_FIELD(0, "age", "1");
	ITEM_FIELD(0, "age-2", "2");
	ITEM_FIELD(0, "age-3", "3");
	READ("age-4;age;rang;age;texte\n1;2;3;4;x\n");
	ended(1, 0);
	ITEM_FIELD(0, "age-4", "1");
	ITEM_FIELD(0, "age-4-1", "4");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("reader-csv");
	TCase *c = tcase_create("csv");
	tcase_add_checked_fixture(c, setup, teardown);
	seconds_at_most(c, 120);
	tcase_add_test(c, pieces);
	tcase_add_test(c, short_dates);
	tcase_add_test(c, known_names);
	tcase_add_test(c, excel_french);
	tcase_add_test(c, utf16);
	tcase_add_test(c, line_ends);
	tcase_add_test(c, separators);
	tcase_add_test(c, bad_separator);
	tcase_add_test(c, bad_encoding);
	tcase_add_test(c, asked_encoding);
	tcase_add_test(c, other_encodings);
	tcase_add_test(c, few_accents);
	tcase_add_test(c, mixed_encodings);
	tcase_add_test(c, encoded_twice);
	tcase_add_test(c, late_encodings);
	tcase_add_test(c, utf32);
	tcase_add_test(c, columns_by_option);
	tcase_add_test(c, column_unknown);
	tcase_add_loop_test(c, columns_range, 0, RANGES);
	tcase_add_loop_test(c, columns_too_many, 0, 2);
	tcase_add_test(c, no_text_column);
	tcase_add_test(c, text_column_found);
	tcase_add_test(c, answers_by_name);
	tcase_add_test(c, titles_above);
	tcase_add_test(c, header_again);
	tcase_add_test(c, spaces_around);
	tcase_add_test(c, one_question);
	tcase_add_test(c, several_texts);
	tcase_add_test(c, no_words_of_theirs);
	tcase_add_test(c, no_header);
	tcase_add_test(c, limesurvey);
	tcase_add_test(c, long_questions);
	tcase_add_test(c, from_paper);
	tcase_add_test(c, days);
	tcase_add_test(c, framaforms);
	tcase_add_test(c, sphinx);
	tcase_add_test(c, decidim);
	tcase_add_test(c, grand_debat);
	tcase_add_test(c, ragged);
	tcase_add_test(c, broken_quote_inside);
	tcase_add_test(c, broken_quote_to_the_end);
	tcase_add_test(c, broken_quotes_everywhere);
	tcase_add_test(c, tabs_quote_nothing);
	tcase_add_test(c, invalid_utf8);
	tcase_add_test(c, nul_byte);
	tcase_add_test(c, empty_text);
	tcase_add_test(c, not_a_table);
	tcase_add_test(c, ten_megabytes);
	tcase_add_test(c, too_long);
	tcase_add_test(c, any_chunk);
	tcase_add_test(c, window_edges);
	tcase_add_test(c, read_error_and_cancel);
	tcase_add_test(c, probes);
	tcase_add_test(c, month_first);
	tcase_add_test(c, names_collide);
	suite_add_tcase(s, c);
	return suite_run(s);
}
