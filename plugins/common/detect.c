/* SPDX-License-Identifier: Apache-2.0 */
/* Which encoding is it?  A mark at the start, then UTF-8 where it is valid, then the letters that French writes most,
 * then uchardet, and in doubt Windows-1252. */
#include <stdio.h>
#include <uchardet/uchardet.h>
#include "rd.h"

/* The bytes above 127 that make up a French text, in the three encodings of French offices: Windows, the Macintosh,
 * DOS.  Short answers are too little for a statistical detector; these are enough. */
static const char *const french[3] = {
    /* Windows-1252: é è ê ë à â ç ù û ü î ï ô ö É È Ê À Ç œ ’ « » … € – ° no-break space */
    "\xE9\xE8\xEA\xEB\xE0\xE2\xE7\xF9\xFB\xFC\xEE\xEF\xF4\xF6\xC9\xC8\xCA\xC0\xC7\x9C\x92\xAB\xBB\x85\x80\x96\xB0\xA0",
    "\x8E\x8F\x90\x91\x88\x89\x8D\x9D\x9E\x9F\x94\x95\x99\x9A\x83\xE9\xE6\xCB\x82\xCF\xD5\xC7\xC8\xC9\xDB\xD0\xA1\xCA",
    "\x82\x8A\x88\x89\x85\x83\x87\x97\x96\x81\x8C\x8B\x93\x94\x90\xD4\xD2\xB7\x80\xAE\xAF\xD5\xF8\xFF",
};
static const char *const french_name[3] = {"Windows-1252", "MacRoman", "CP850"};

/* Valid multi-byte characters against bytes that are none: a good file with a few bad bytes is still UTF-8, and the
 * contributions that hold them are found one by one. */
static bool detect_utf8(const char *head, size_t len, bool whole)
{
	const unsigned char *p = (const unsigned char *)head, *end = p + len;
	size_t good = 0, bad = 0;
	while (p < end) {
		unsigned step = rd_utf8_step(p, end);
		if (step > 1)
			good++;
		if (!step) {
			if (!whole && end - p < 4 && *p >= 0xC2)
				break; /* cut by the end of the sample */
			bad++;
		}
		p += step ? step : 1;
	}
	return bad == 0 || good > bad * 4;
}

static bool detect_french(const char *head, size_t len, rd_encoding *out)
{
	size_t count[256] = {0}, high = 0, hits[3] = {0, 0, 0};
	for (size_t i = 0; i < len; i++)
		count[(unsigned char)head[i]]++;
	for (unsigned c = 0x80; c < 0x100; c++)
		high += count[c];
	unsigned best = 0;
	for (unsigned k = 0; k < 3; k++) {
		for (const char *s = french[k]; *s; s++)
			hits[k] += count[(unsigned char)*s];
		if (hits[k] > hits[best])
			best = k;
	}
	if (!high || hits[best] * 10 < high * 8)
		return false;
	rd_encoding_named(french_name[best], out);
	out->why = N_("it is not UTF-8, and reads as French");
	return true;
}

void rd_encoding_detect(const char *head, size_t len, bool whole, rd_encoding *out)
{
	if (rd_encoding_marked(head, len, out))
		return;
	if (detect_utf8(head, len, whole)) {
		rd_encoding_named("utf8", out);
		return;
	}
	if (detect_french(head, len, out))
		return;
	uchardet_t ud = uchardet_new();
	char name[40] = "";
	if (ud) {
		if (uchardet_handle_data(ud, head, len) == 0) {
			uchardet_data_end(ud);
			snprintf(name, sizeof name, "%s", uchardet_get_charset(ud));
		}
		uchardet_delete(ud);
	}
	if (name[0] && strcmp(name, "UTF-8") != 0 && strcmp(name, "ASCII") != 0 && rd_encoding_named(name, out)) {
		out->why = N_("it is not UTF-8, and looks like this");
		return;
	}
	rd_encoding_named("cp1252", out);
	out->why = N_("it is not UTF-8, and this is what French offices write");
}
