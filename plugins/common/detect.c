/* SPDX-License-Identifier: Apache-2.0 */
/* Guesses the encoding of a file: a byte-order mark; else UTF-8 if it is UTF-8 or has some of it; else by the letters that are most
 * frequent in French; else by uchardet, where these are too few; and when in doubt, Windows-1252. */
#include <stdio.h>
#include <uchardet/uchardet.h>
#include "rd.h"

/* The bytes above 127 of French texts in the three encodings of French offices: Windows, Macintosh, DOS.  Short answers are too
 * short for a statistical detector, but long enough for this.  Those in `most` weigh more: they decide in a text of few accents; if
 * they do not, the first encoding is taken. */
static const struct {
	const char *name, *most, *other;
} french[3] = {
    /* é è ê à ç ’ … | ë â ù û ü î ï ô ö É È Ê À Ç Â Ô Î œ Œ ‘ “ ” « » € – — • ° no-break space */
    {"Windows-1252", "\xE9\xE8\xEA\xE0\xE7\x92\x85",
     "\xEB\xE2\xF9\xFB\xFC\xEE\xEF\xF4\xF6\xC9\xC8\xCA\xC0\xC7\xC2\xD4\xCE\x9C\x8C\x91\x93\x94\xAB\xBB\x80\x96\x97\x95"
     "\xB0"
     "\xA0"},
    {"MacRoman", "\x8E\x8F\x90\x88\x8D\xD5",
     "\x91\x89\x9D\x9E\x9F\x94\x95\x99\x9A\x83\xE9\xE6\xCB\x82\xCF\xC9\xD4\xD2\xD3\xC7\xC8\xDB\xD0\xD1\xA5\xA1\xCA"},
    {"CP850", "\x82\x8A\x88\x85\x87", "\x89\x83\x97\x96\x81\x8C\x8B\x93\x94\x90\xD4\xD2\xB7\x80\xAE\xAF\xF8\xFF"},
};

/* Counts of what the bytes would be in UTF-8. */
typedef struct tally {
	size_t good, bad;            /* characters beyond ASCII; bytes that are not part of a character */
	size_t western;              /* good characters that Western texts use */
	size_t alone;                /* good characters that are not Western, and have only ASCII around them */
	size_t twice;                /* characters that were encoded twice */
	size_t once;                 /* Western characters that were encoded once */
	size_t letters;              /* ASCII letters */
	size_t loose[256], all[256]; /* counts by byte: of the bad bytes; of all */
} tally;

static void detect_count(const char *head, size_t len, bool whole, tally *t)
{
	const unsigned char *p = (const unsigned char *)head, *end = p + len, *doubled = p;
	bool ascii = true;
	memset(t, 0, sizeof *t);
	while (p < end) {
		unsigned step = rd_utf8_step(p, end), n = step ? step : 1;
		if (!step && !whole && end - p < 4 && *p >= 0xC2)
			break; /* a character cut off by the end of the sample */
		for (unsigned k = 0; k < n; k++)
			t->all[p[k]]++;
		if (step == 1) {
			t->letters += (unsigned)((*p | 0x20) - 'a') < 26;
		} else if (!step) {
			t->bad++;
			t->loose[*p]++;
		} else {
			char once[4];
			unsigned used;
			t->good++;
			if (rd_utf8_undouble(p, end, once, &used)) {
				t->twice++;
				doubled = p + used;
			}
			if (rd_western(rd_utf8_decode(p, step))) {
				t->western++;
				t->once += p >= doubled;
			} else {
				t->alone += ascii && (p + step == end || p[step] < 0x80);
			}
		}
		ascii = step == 1;
		p += n;
	}
}

/* The best of the three encodings, by the counts of bytes above 127; *high: how many there are, *hits: how many are French in it. */
static unsigned detect_french(const size_t *count, size_t *high, size_t *hits)
{
	unsigned best = 0;
	size_t top = 0;
	*high = *hits = 0;
	for (unsigned c = 0x80; c < 0x100; c++)
		*high += count[c];
	for (unsigned k = 0; k < 3; k++) {
		size_t most = 0, other = 0;
		for (const char *s = french[k].most; *s; s++)
			most += count[(unsigned char)*s];
		for (const char *s = french[k].other; *s; s++)
			other += count[(unsigned char)*s];
		if (most * 4 + other > top) {
			top = most * 4 + other;
			best = k;
			*hits = most + other;
		}
	}
	return best;
}

static bool detect_letter(unsigned char c)
{
	return (unsigned)((c | 0x20) - 'a') < 26 || c >= 0xC0;
}

/* ISO-8859-15 differs from Windows-1252 in eight characters.  Of these, French uses € in the place of a sign that nobody uses, and
 * œ in the place of ½, which never occurs within a word. */
static bool detect_latin9(const tally *t, const char *head, size_t len)
{
	for (unsigned c = 0x80; c < 0xA0; c++)
		if (t->all[c])
			return false;
	for (size_t i = 1; i + 1 < len; i++) {
		unsigned char c = (unsigned char)head[i];
		if ((c == 0xBC || c == 0xBD) && detect_letter((unsigned char)head[i + 1]) &&
		    (c == 0xBC || detect_letter((unsigned char)head[i - 1])))
			return true;
	}
	return t->all[0xA4] > 0;
}

static void detect_set(unsigned k, const tally *t, const char *head, size_t len, const char *why, rd_encoding *out)
{
	rd_encoding_named(k == 0 && detect_latin9(t, head, len) ? "ISO-8859-15" : french[k].name, out);
	out->why = why;
}

static bool detect_by_uchardet(const char *head, size_t len, rd_encoding *out)
{
	char name[40] = "";
	uchardet_t ud = uchardet_new();
	if (!ud)
		return false;
	if (uchardet_handle_data(ud, head, len) == 0) {
		uchardet_data_end(ud);
		snprintf(name, sizeof name, "%s", uchardet_get_charset(ud));
	}
	uchardet_delete(ud);
	if (!name[0] || strcmp(name, "UTF-8") == 0 || strcmp(name, "ASCII") == 0 || !rd_encoding_named(name, out))
		return false;
	out->why = N_("it is not UTF-8; this is a guess, --encoding names another");
	return true;
}

/* Is it UTF-8 that was read as Windows-1252 and encoded again?  Either nearly all of it, or a good part (files of several sources);
 * a single such character may be quoted on purpose, and is not enough. */
static bool detect_twice(const tally *t)
{
	return t->twice > t->once || (t->twice >= 3 && t->twice * 4 >= t->once);
}

void rd_encoding_detect(const char *head, size_t len, bool whole, rd_encoding *out)
{
	tally t;
	bool marked = rd_encoding_marked(head, len, out);
	if (marked && out->kind != RD_UTF8)
		return;
	size_t bom = marked ? out->bom : 0;
	detect_count(head + bom, len - bom, whole, &t);
	if (detect_twice(&t)) {
		rd_encoding_named("utf8-twice", out);
		out->bom = bom;
		out->why = N_("encoded twice: « Ã© » is read as « é »");
		return;
	}
	if (marked)
		return;
	size_t high, hits;
	unsigned k = detect_french(t.all, &high, &hits);
	/* Letters of another script come as words.  One by one, they are two French letters that happen to be valid UTF-8. */
	if (!t.western && t.alone * 2 > t.good && hits == high && t.letters > high) {
		detect_set(k, &t, head, len, N_("it is not UTF-8, and reads as French"), out);
		return;
	}
	/* Mostly good, with a few bad bytes: it is UTF-8, and the contributions with bad bytes are handled one by one. */
	if (!t.bad || t.good > t.bad * 4 || t.western >= t.bad) {
		rd_encoding_named("utf8", out);
		return;
	}
	/* So is a file of several sources, whatever the share of each: read as UTF-8, all its rows come out right, as bytes in it
	 * that are not UTF-8 are read as Windows-1252. */
	size_t loose, french_loose;
	if (t.western && detect_french(t.loose, &loose, &french_loose) == 0 && french_loose * 10 >= loose * 8) {
		rd_encoding_named("utf8", out);
		out->why = N_("mixed with Windows-1252");
		return;
	}
	if (hits * 10 >= high * 8) {
		detect_set(k, &t, head, len, N_("it is not UTF-8, and reads as French"), out);
		return;
	}
	/* A few accents among Latin letters are not enough for uchardet, which would then guess anything. */
	if ((high - hits >= 8 || high * 3 > t.letters) && detect_by_uchardet(head, len, out))
		return;
	detect_set(k, &t, head, len, N_("it is not UTF-8, and this is the usual encoding of French offices"), out);
}
