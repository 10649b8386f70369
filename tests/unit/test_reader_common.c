/* SPDX-License-Identifier: Apache-2.0 */
/* What the readers share, and the scanner of CSV records, held against plain byte-by-byte versions of the same.  Built
 * twice: as it is, and without the processor's vector instructions. */
#include <check.h>
#include <stdlib.h>
#include "../../plugins/common/rd.h"
#include "../../plugins/reader-csv/csv.h"
#include "suite.h"

static uint64_t state = UINT64_C(0x2545F4914F6CDD1D);
static unsigned roll(unsigned below)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)(state >> 33) % below;
}

static void rewind_dice(void)
{
	state = UINT64_C(0x2545F4914F6CDD1D);
}

/* ---- UTF-8 ------------------------------------------------------------------------------------------- */

static size_t naive_valid(const unsigned char *p, size_t n)
{
	size_t i = 0;
	while (i < n) {
		unsigned c = p[i], k = c < 0x80 ? 1 : c < 0xC0 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF8 ? 4 : 0;
		uint32_t v = k < 2 ? c : c & (0x7Fu >> k);
		if (!k || k > n - i)
			return i;
		for (unsigned j = 1; j < k; j++) {
			if ((p[i + j] & 0xC0) != 0x80)
				return i;
			v = v << 6 | (p[i + j] & 0x3Fu);
		}
		static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
		if (v < least[k] || v > 0x10FFFF || (v >= 0xD800 && v < 0xE000))
			return i;
		i += k;
	}
	return n;
}

START_TEST(utf8_random)
{
	static const char *const pieces[] = {"a",
	                                     "été",
	                                     "’",
	                                     "«",
	                                     " ",
	                                     "😀",
	                                     "\xED\x9F\xBF",
	                                     "\xEE\x80\x80",
	                                     "\xE0\xA0\x80",
	                                     "mot mot mot mot",
	                                     "œ",
	                                     "\xF4\x8F\xBF\xBF"};
	static const char *const bad[] = {
	    "\xC0\x80",         "\xC1",         "\xED\xA0\x80", "\xE0\x9F\xBF", "\xF0\x8F\xBF\xBF",
	    "\xF4\x90\x80\x80", "\xF5",         "\xFF",         "\x80",         "\xC3",
	    "\xE2\x80",         "\xF0\x9F\x98", "\xBF"};
	rewind_dice();
	for (unsigned round = 0; round < 60000; round++) {
		char b[400];
		size_t n = 0, want = roll(300);
		unsigned ill = roll(3);
		while (n < want) {
			const char *s = ill && roll(40) == 0 ? bad[roll(13)] : pieces[roll(12)];
			memcpy(b + n, s, strlen(s));
			n += strlen(s);
		}
		if (ill == 2 && n)
			b[roll((unsigned)n)] = (char)roll(256);
		char *exact = malloc(n ? n : 1); /* so that a sanitizer sees a byte too far */
		memcpy(exact, b, n);
		ck_assert_uint_eq(rd_utf8_valid(exact, n), naive_valid((unsigned char *)exact, n));
		rd_buf fixed = {0};
		ck_assert(rd_utf8_repair(&fixed, exact, n));
		ck_assert_uint_eq(naive_valid((unsigned char *)fixed.ptr, fixed.len), fixed.len);
		rd_buf_free(&fixed);
		free(exact);
	}
}
END_TEST

START_TEST(utf8_exhaustive)
{
	/* Every pair and every triple of bytes that can matter, across the edge of a block. */
	char b[80];
	for (unsigned x = 0; x < 256; x++)
		for (unsigned y = 0; y < 256; y++)
			for (unsigned at = 60; at < 64; at++) {
				memset(b, 'a', sizeof b);
				b[at] = (char)x;
				b[at + 1] = (char)y;
				if (x >= 0xE0)
					b[at + 2] = '\x80';
				if (x >= 0xF0)
					b[at + 3] = '\xBF';
				ck_assert_uint_eq(rd_utf8_valid(b, 80), naive_valid((unsigned char *)b, 80));
				ck_assert_uint_eq(rd_utf8_valid(b, at + 1), naive_valid((unsigned char *)b, at + 1));
			}
}
END_TEST

START_TEST(utf8_cp1252)
{
	rd_buf out = {0};
	ck_assert(rd_utf8_repair(&out,
	                         "l\x92"
	                         "\xE9t\xE9 \x80 \x81 d\xC3\xA9j\xC3",
	                         15));
	ck_assert(rd_buf_add(&out, "", 1));
	ck_assert_str_eq(out.ptr, "l’été € \xC2\x81 déjÃ");
	rd_buf_free(&out);
	ck_assert(rd_blank("", 0));
	ck_assert(rd_blank(" \t\r\n\xC2\xA0\xE2\x80\xAF", 9));
	ck_assert(!rd_blank(" . ", 3));
	ck_assert(!rd_blank("\xC2", 1));
}
END_TEST

/* ---- CSV records ----------------------------------------------------------------------------------------- */

/* The grammar again, one byte at a time. */
static csv_found naive_scan(const csv_dialect *d, const char *p, size_t n, bool eof, csv_record *r)
{
	size_t i = 0;
	r->n = 0;
	r->lines = 1;
	r->nul = r->quoted = false;
	if (!n)
		return eof ? CSV_END : CSV_MORE;
	for (;;) {
		size_t start = i, end;
		uint32_t flags = 0;
		if (i < n && p[i] == '"' && d->quotes) {
			flags = CSV_QUOTED;
			start = ++i;
			for (;;) {
				if (i >= n)
					return eof ? CSV_QUOTE : CSV_MORE;
				if (p[i] == '"' && i + 1 >= n && !eof)
					return CSV_MORE;
				if (p[i] == '"' && i + 1 < n && p[i + 1] == '"') {
					flags |= CSV_DOUBLED;
					i += 2;
				} else if (p[i] == '"') {
					break;
				} else {
					r->lines += (unsigned char)p[i] == d->newline;
					r->nul |= p[i] == 0;
					i++;
				}
			}
			end = i++;
			while (i < n && p[i] == ' ')
				i++;
			if (i + 1 >= n && !eof)
				return CSV_MORE;
			if (i < n && p[i] == '\r' && d->newline == '\n' && (i + 1 == n || p[i + 1] == '\n'))
				i++;
			if (i < n && (unsigned char)p[i] != d->sep && (unsigned char)p[i] != d->newline)
				return CSV_QUOTE;
			r->quoted = true;
		} else {
			while (i < n && (unsigned char)p[i] != d->sep && (unsigned char)p[i] != d->newline) {
				r->nul |= p[i] == 0;
				i++;
			}
			if (i >= n && !eof)
				return CSV_MORE;
			end = i;
			if (d->newline == '\n' && end > start && p[end - 1] == '\r' && (i >= n || p[i] == '\n'))
				end--;
		}
		r->f[r->n++] = (csv_field){(uint32_t)start, (uint32_t)end, flags};
		if (i >= n) {
			r->len = n;
			return CSV_RECORD;
		}
		if ((unsigned char)p[i] == d->newline) {
			r->len = i + 1;
			return CSV_RECORD;
		}
		i++;
		if (i >= n && !eof)
			return CSV_MORE;
	}
}

START_TEST(csv_random)
{
	static const char *const pieces[] = {";",
	                                     "\"",
	                                     "\n",
	                                     "\r\n",
	                                     "\"\"",
	                                     "a",
	                                     "été",
	                                     " ",
	                                     "\r",
	                                     ",",
	                                     "bonjour à tous les gens du bus",
	                                     "\";\"",
	                                     "\"\n",
	                                     ";\"x\"",
	                                     "\t",
	                                     "mot mot mot mot mot mot mot mot mot mot mot mot"};
	static csv_record a, b;
	rewind_dice();
	for (unsigned round = 0; round < 200000; round++) {
		char text[1200];
		size_t n = 0, want = roll(roll(8) ? 40 : 300);
		unsigned quotes = roll(4);
		while (n < want) {
			unsigned k = roll(16);
			if (!quotes && (k == 1 || k == 4 || k > 10) && k != 14 && k != 15)
				continue;
			memcpy(text + n, pieces[k], strlen(pieces[k]));
			n += strlen(pieces[k]);
			if (roll(60) == 0)
				text[n++] = 0;
		}
		csv_dialect d = {(unsigned char)";,\n"[roll(3)], roll(5) ? '\n' : '\r', roll(6) != 0, 0};
		if (d.sep == '\n')
			d.sep = d.newline;
		bool eof = roll(2);
		char *exact = malloc(n + RD_PAD);
		memcpy(exact, text, n);
		for (unsigned k = 0; k < RD_PAD; k++)
			exact[n + k] = ";\"\n\0\xFF"[roll(5)];
		size_t at = 0;
		for (;;) {
			csv_found x = csv_scan(&d, exact + at, n - at, eof, &a),
			          y = naive_scan(&d, exact + at, n - at, eof, &b);
			/* an assertion that holds costs a system call */
			if (x != y)
				ck_abort_msg("round %u, at %zu: %d, and not %d", round, at, (int)x, (int)y);
			if (x != CSV_RECORD)
				break;
			bool same = a.len == b.len && a.n == b.n && a.lines == b.lines && a.nul == b.nul && a.quoted == b.quoted, high = false;
			for (uint32_t i = 0; same && i < a.n; i++)
				same = a.f[i].start == b.f[i].start && a.f[i].end == b.f[i].end && a.f[i].flags == b.f[i].flags;
			for (size_t i = 0; i < a.len; i++)
				high |= (unsigned char)exact[at + i] >= 0x80;
			if (!same || (high && !a.high)) /* it may say yes for a byte behind the record */
				ck_abort_msg("round %u: the record at %zu", round, at);
			at += a.len;
		}
		free(exact);
	}
}
END_TEST

/* ---- names, dates, encodings -------------------------------------------------------------------------------- */

static void folds(const char *from, const char *to)
{
	char name[RD_NAME_MAX];
	size_t n = rd_name_fold(from, strlen(from), name);
	ck_assert_str_eq(name, to);
	ck_assert_uint_eq(n, strlen(to));
}

START_TEST(folded_names)
{
	folds("Âge", "age");
	folds("  Ce que je JETTE ? ", "ce-que-je-jette");
	folds("category/name/fr", "category-name-fr");
	folds("G1Q3[SQ001]", "g1q3-sq001");
	folds("mon_champ", "mon_champ");
	folds("l’œuvre d'Æneas", "l-oeuvre-d-aeneas");
	folds("e\xCC\x81te\xCC\x81", "ete"); /* NFD */
	folds("Ça, où ? Ÿ ž Ł ĳ ß", "ca-ou-y-z-l-ij-ss");
	folds("ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöøùúûüýÿ",
	      "aaaaaaceeeeiiiidnoooooouuuuyaaaaaaceeeeiiiinoooooouuuuyy");
	folds("ĀāĂăĄąĆćĈĉĊċČčĎďĐđĒēĔĕĖėĘęĚěĜĝĞğĠġĢģĤĥĦħ", "aaaaaaccccccccddddeeeeeeeeeegggggggghhhh");
	folds("ĨĩĪīĬĭĮįİıĴĵĶķĸĹĺĻļĽľĿŀŁłŃńŅņŇňŉŊŋŌōŎŏŐőŒœŔŕŖŗŘř", "iiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooeoerrrrrr");
	folds("ŚśŜŝŞşŠšŢţŤťŦŧŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽžſ", "sssssssstttttt"
	                                                "uuuuuuuuuuuuwwyyyzzzzzzs");
	folds("Caf\xE9", "cafe"); /* Windows-1252 that was not seen as such */
	folds("N°", "n");
	folds("???", "");
	folds("", "");
	folds("Ελλάδα", "Ελλάδα");
	folds("Si vous pensez à votre parcours depuis un an, qu'est-ce qui vous a le plus aidé, et pourquoi est-ce que "
	      "cela compte",
	      "si-vous-pensez-a-votre-parcours-depuis-un-an-qu-est-ce-qui-vous-a-le-plus-aide");
	char name[RD_NAME_MAX], lots[600];
	memset(lots, 'a', sizeof lots);
	ck_assert_uint_le(rd_name_fold(lots, sizeof lots, name), 80);
	for (unsigned i = 0; i < sizeof lots; i += 2)
		memcpy(lots + i, "\xCE\xB1", 2);
	for (unsigned cut = 150; cut < 200; cut++) {
		size_t n = rd_name_fold(lots, cut, name);
		ck_assert_uint_le(n, 80);
		ck_assert_uint_gt(n, 60);
		ck_assert_uint_eq(naive_valid((unsigned char *)name, n), n);
	}
	rewind_dice();
	for (unsigned round = 0; round < 100000; round++) {
		char b[200];
		unsigned n = roll(200);
		for (unsigned i = 0; i < n; i++)
			b[i] = (char)(roll(3) ? roll(256) : ' ' + roll(90));
		size_t k = rd_name_fold(b, n, name);
		ck_assert_uint_le(k, 80);
		ck_assert_uint_eq(naive_valid((unsigned char *)name, k), k);
		ck_assert_uint_eq(strlen(name), k);
	}
}
END_TEST

static void iso(const char *from, rd_date_order order, const char *to)
{
	char out[48] = "";
	size_t n = rd_date_iso(from, strlen(from), order, out);
	out[n] = 0;
	ck_assert_str_eq(out, to);
}

static void plain(const char *v, bool is)
{
	ck_assert_msg(rd_date_plain(v, strlen(v)) == is, "%s", v);
}

START_TEST(dates)
{
	iso("22/04/2025", RD_DATE_DMY, "2025-04-22");
	iso("2/4/2025", RD_DATE_DMY, "2025-04-02");
	iso("22-04-2025 10:12", RD_DATE_DMY, "2025-04-22 10:12");
	iso("22.04.2025", RD_DATE_DMY, "2025-04-22");
	iso("04/22/2025", RD_DATE_MDY, "2025-04-22");
	iso("04/22/2025", RD_DATE_DMY, "");
	iso("2025-04-22", RD_DATE_DMY, "");
	iso("22/04-2025", RD_DATE_DMY, "");
	iso("22/04/25", RD_DATE_DMY, "2025-04-22");
	iso("22/04/25 14:30", RD_DATE_DMY, "2025-04-22 14:30");
	iso("22.4.98", RD_DATE_DMY, "1998-04-22");
	iso("22/04/68", RD_DATE_DMY, "2068-04-22"); /* as POSIX has it */
	iso("22/04/69", RD_DATE_DMY, "1969-04-22");
	iso("04/22/25", RD_DATE_MDY, "2025-04-22");
	iso("04/22/25", RD_DATE_DMY, "");
	iso("22/04/5", RD_DATE_DMY, "");
	iso("22/04/025", RD_DATE_DMY, "");
	iso("31/02/25", RD_DATE_DMY, "");
	iso("00/04/25", RD_DATE_DMY, "");
	iso("04/25", RD_DATE_DMY, ""); /* a month and its year, or a day and its month */
	iso("04/2025", RD_DATE_DMY, "2025-04");
	iso("13/2025", RD_DATE_DMY, "");
	iso("2025/04/22", RD_DATE_DMY, "2025-04-22");
	iso("2025/4", RD_DATE_DMY, "2025-04");
	iso("2025/11/05 11:18:37 PM UTC+1", RD_DATE_DMY, "2025-11-05 11:18:37 PM UTC+1");
	iso("2025/4/2T9:05", RD_DATE_DMY, "2025-04-02T9:05");
	iso("2025/11/055", RD_DATE_DMY, "");
	iso("2025/11/05/7", RD_DATE_DMY, "");
	iso("2025/00", RD_DATE_DMY, "");
	iso("2025/04/00", RD_DATE_DMY, "");
	iso("2025/04/", RD_DATE_DMY, "");
	iso("20250422", RD_DATE_DMY, "2025-04-22");
	iso("20250400", RD_DATE_DMY, "");
	iso("20251322", RD_DATE_DMY, "");
	iso("18000422", RD_DATE_DMY, ""); /* a number */
	iso("45769", RD_DATE_DMY, ""); /* a day's number in a spreadsheet */
	iso("avril 2025", RD_DATE_DMY, "2025-04");
	iso("Août 2025", RD_DATE_DMY, "2025-08");
	iso("avr.-25", RD_DATE_DMY, "2025-04");
	iso("22-avr-25", RD_DATE_DMY, "2025-04-22");
	iso("1er février 2025", RD_DATE_DMY, "2025-02-01");
	iso("mardi 22 avril 2025", RD_DATE_DMY, "2025-04-22");
	iso("le mardi 1er avril 2025", RD_DATE_DMY, "2025-04-01");
	iso("Le 22 avril 2025", RD_DATE_DMY, "2025-04-22");
	iso("29 février 2025", RD_DATE_DMY, "");
	iso("jui 2025", RD_DATE_DMY, "");
	iso("ma 2025", RD_DATE_DMY, ""); /* too short for a month */
	iso("d 2025", RD_DATE_DMY, "");
	iso("22-avr", RD_DATE_DMY, "");
	iso("T1 2025", RD_DATE_DMY, "");
	iso("printemps 2025", RD_DATE_DMY, "");
	iso("mars", RD_DATE_DMY, "");
	iso("2 2 avril 2025", RD_DATE_DMY, "");
	iso("2er avril 2025", RD_DATE_DMY, "");
	plain("2025", true);
	plain("2025-04", true);
	plain("2025-04-22", true);
	plain("2025-04-22 10:12", true);
	plain("2025-04-22T10:12", true);
	plain("2025-13", false);
	plain("2025-02-30", false);
	plain("2025-4", false);
	plain("2025-04-222", false);
	plain("2025-04-22x", false);
	plain("20250", false);
	plain("", false);
	iso("22/04/20255", RD_DATE_DMY, "");
	iso("0/4/2025", RD_DATE_DMY, "");
	iso("31/02/2025", RD_DATE_DMY, ""); /* stays as it is written */
	iso("29/02/2025", RD_DATE_DMY, "");
	iso("29/02/2024", RD_DATE_DMY, "2024-02-29");
	iso("29/02/1900", RD_DATE_DMY, "");
	iso("29/02/2000", RD_DATE_DMY, "2000-02-29");
	iso("31/04/2025", RD_DATE_DMY, "");
	iso("22/04/0025", RD_DATE_DMY, "");
	iso("04/0025", RD_DATE_DMY, "");
	plain("0025-04-22", false);
	iso("22/", RD_DATE_DMY, "");
	iso("", RD_DATE_DMY, "");
}
END_TEST

START_TEST(encodings)
{
	rd_encoding e;
	ck_assert(rd_encoding_named("UTF-8", &e) && e.kind == RD_UTF8);
	ck_assert(rd_encoding_named("Windows 1252", &e) && e.kind == RD_CP1252);
	ck_assert(rd_encoding_named("ISO_8859-15", &e) && e.kind == RD_LATIN9);
	ck_assert(rd_encoding_named("macroman", &e) && e.kind == RD_ICONV);
	ck_assert(!rd_encoding_named("utf-8//TRANSLIT", &e));
	ck_assert(!rd_encoding_named("", &e));
	ck_assert(!rd_encoding_named("klingon", &e));
	/* Every byte of the single-byte encodings has a character; output fits whatever room there is. */
	static const char *const names[] = {"cp1252", "latin9", "macroman", "cp850", "utf-16be"};
	for (unsigned k = 0; k < 5; k++) {
		char in[512], out[4096];
		for (unsigned i = 0; i < sizeof in; i++)
			in[i] = (char)(k == 4 ? (i & 1 ? i / 2 : 1) : i & 255);
		rd_decoder d;
		ck_assert(rd_encoding_named(names[k], &e) && rd_decoder_open(&d, &e));
		for (size_t room = 16; room < 60; room++) {
			size_t at = 0, n = 0;
			while (at < sizeof in) {
				size_t used = sizeof in - at, got = rd_decode(&d, in + at, &used, true, out + n, room);
				ck_assert_uint_gt(used, 0);
				ck_assert_uint_le(got, room);
				at += used;
				n += got;
			}
			ck_assert_uint_eq(naive_valid((unsigned char *)out, n), n);
		}
		rd_decoder_close(&d);
	}
	/* A character that is none, behind as many as the room holds. */
	rd_decoder d;
	ck_assert(rd_encoding_named("utf-16be", &e) && rd_decoder_open(&d, &e));
	for (size_t n = 8; n < 40; n++) {
		char in[128] = {0}, out[128];
		for (size_t i = 0; i < n; i++)
			in[2 * i + 1] = 'a';
		in[2 * n] = (char)0xDC;
		size_t used = 2 * n + 2;
		ck_assert_uint_le(rd_decode(&d, in, &used, true, out, 16), 16);
	}
	rd_decoder_close(&d);
	ck_assert(rd_decoder_open(&(rd_decoder){.cd = NULL}, &(rd_encoding){.kind = RD_LATIN9}));
	rd_encoding_named("latin9", &e);
	rd_decoder_open(&d, &e);
	char out[16];
	size_t used = 2;
	ck_assert_uint_eq(rd_decode(&d, "\xA4\xBD", &used, true, out, sizeof out), 5);
	ck_assert_int_eq(memcmp(out, "€œ", 5), 0);
}
END_TEST

START_TEST(marks)
{
	rd_encoding e;
	ck_assert(rd_encoding_marked("\xEF\xBB\xBF" "\xEF\xBB\xBF" "id", 8, &e) && e.kind == RD_UTF8 && e.bom == 6); /* saved twice */
	char p[64];
	for (unsigned side = 0; side < 2; side++) {
		for (unsigned i = 0; i < sizeof p; i++)
			p[i] = i % 2 == side ? 'a' : 0;
		ck_assert(rd_encoding_marked(p, sizeof p, &e));
		ck_assert_str_eq(e.name, side ? "UTF-16BE" : "UTF-16LE");
		p[6 + side] = p[20 + side] = 0; /* nor is a text of these full of NULs on both sides */
		ck_assert(!rd_encoding_marked(p, sizeof p, &e));
	}
}
END_TEST

/* A character of several bytes may come in two pieces; and two letters that look like one in UTF-8 stay two if nobody writes that one. */
START_TEST(characters_in_pieces)
{
	static const struct {
		const char *encoding, *in, *out;
		size_t cut;
	} row[] = {{"utf8-twice", "\xC3\x83\xC2\xA9", "é", 2}, {"cp1252", "\xC3\xA9", "é", 1}, {"cp1252", "\xD0\xB8", "Ð¸", 1}};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		rd_encoding e;
		rd_decoder d;
		char out[32];
		size_t used = row[i].cut, all = strlen(row[i].in);
		ck_assert(rd_encoding_named(row[i].encoding, &e) && rd_decoder_open(&d, &e));
		d.mixed = true;
		ck_assert_uint_eq(rd_decode(&d, row[i].in, &used, false, out, sizeof out), 0);
		ck_assert_uint_eq(used, 0);
		size_t n = rd_decode(&d, row[i].in, &all, true, out, sizeof out);
		ck_assert_uint_eq(all, strlen(row[i].in));
		ck_assert_msg(n == strlen(row[i].out) && !memcmp(out, row[i].out, n), "%.*s", (int)n, out);
		rd_decoder_close(&d);
	}
	/* what the end of the file cuts off is taken, and is none */
	rd_encoding e;
	rd_decoder d;
	char out[16];
	size_t used = 3;
	ck_assert(rd_encoding_named("utf-16le", &e) && rd_decoder_open(&d, &e));
	ck_assert_uint_eq(rd_decode(&d, "a\0b", &used, true, out, sizeof out), 2);
	ck_assert(used == 3 && out[0] == 'a' && out[1] == (char)RD_BAD);
	rd_decoder_close(&d);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("reader-common");
	TCase *c = tcase_create("common");
	seconds_at_most(c, 60);
	tcase_add_test(c, utf8_random);
	tcase_add_test(c, utf8_exhaustive);
	tcase_add_test(c, utf8_cp1252);
	tcase_add_test(c, csv_random);
	tcase_add_test(c, folded_names);
	tcase_add_test(c, dates);
	tcase_add_test(c, encodings);
	tcase_add_test(c, marks);
	tcase_add_test(c, characters_in_pieces);
	suite_add_tcase(s, c);
	return suite_run(s);
}
