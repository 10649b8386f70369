/* SPDX-License-Identifier: Apache-2.0 */
/* Encodings by name, and decoding to UTF-8.  The two Western tables are our own, so that every byte of a French file has a
 * character; the others are left to iconv. */
#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include "rd.h"

static void encoding_set(rd_encoding *e, rd_enc_kind kind, const char *name, unsigned unit)
{
	memset(e, 0, sizeof *e);
	e->kind = kind;
	e->unit = unit;
	snprintf(e->name, sizeof e->name, "%s", name);
}

bool rd_encoding_named(const char *name, rd_encoding *out)
{
	static const struct {
		const char *alias, *name;
		rd_enc_kind kind;
		unsigned unit;
	} known[] = {
	    {"utf8", "UTF-8", RD_UTF8, 1},
	    {"ascii", "UTF-8", RD_UTF8, 1},
	    {"usascii", "UTF-8", RD_UTF8, 1},
	    {"utf8twice", "UTF-8", RD_TWICE, 1},
	    {"cp1252", "Windows-1252", RD_CP1252, 1},
	    {"windows1252", "Windows-1252", RD_CP1252, 1},
	    {"ansi", "Windows-1252", RD_CP1252, 1},
	    {"latin1", "Windows-1252", RD_CP1252, 1},
	    {"iso88591", "Windows-1252", RD_CP1252, 1},
	    {"latin9", "ISO-8859-15", RD_LATIN9, 1},
	    {"iso885915", "ISO-8859-15", RD_LATIN9, 1},
	    {"utf16", "UTF-16LE", RD_ICONV, 2},
	    {"utf16le", "UTF-16LE", RD_ICONV, 2},
	    {"unicode", "UTF-16LE", RD_ICONV, 2},
	    {"utf16be", "UTF-16BE", RD_ICONV, 2},
	    {"macroman", "MACINTOSH", RD_ICONV, 1},
	    {"mac", "MACINTOSH", RD_ICONV, 1},
	    {"cp850", "CP850", RD_ICONV, 1},
	    {"dos", "CP850", RD_ICONV, 1},
	};
	char key[40];
	size_t n = 0, len = strlen(name);
	if (!len || len >= sizeof key)
		return false;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)name[i];
		if (isalnum(c))
			key[n++] = (char)tolower(c);
		else if (!strchr("-_.: ", c)) /* e.g. "//TRANSLIT", which is not part of a name */
			return false;
	}
	key[n] = 0;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(key, known[i].alias) == 0) {
			encoding_set(out, known[i].kind, known[i].name, known[i].unit);
			return true;
		}
	iconv_t cd = iconv_open("UTF-8", name);
	if (cd == (iconv_t)-1)
		return false;
	iconv_close(cd);
	encoding_set(out, RD_ICONV, name, 1);
	return true;
}

bool rd_encoding_marked(const char *head, size_t len, rd_encoding *out)
{
	if (len >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0) {
		encoding_set(out, RD_UTF8, "UTF-8", 1);
		out->bom = 3; /* more than once in a file that was saved again */
		while (len - out->bom >= 3 && memcmp(head + out->bom, "\xEF\xBB\xBF", 3) == 0)
			out->bom += 3;
		out->why = N_("byte-order mark");
		return true;
	}
	if (len >= 4 && (memcmp(head, "\xFF\xFE\0\0", 4) == 0 || memcmp(head, "\0\0\xFE\xFF", 4) == 0)) {
		encoding_set(out, RD_ICONV, head[0] ? "UTF-32LE" : "UTF-32BE", 4);
		out->bom = 4;
		out->why = N_("byte-order mark");
		return true;
	}
	if (len >= 2 && (memcmp(head, "\xFF\xFE", 2) == 0 || memcmp(head, "\xFE\xFF", 2) == 0)) {
		encoding_set(out, RD_ICONV, head[0] == '\xFF' ? "UTF-16LE" : "UTF-16BE", 2);
		out->bom = 2;
		out->why = N_("byte-order mark");
		return true;
	}
	/* UTF-16 without its mark: in a Western text every second byte is NUL, always in the same place. */
	size_t n = len < 4096 ? len / 2 : 2048, zero[2] = {0, 0};
	for (size_t i = 0; i < n * 2; i++)
		zero[i & 1] += head[i] == 0;
	if (n >= 4 && (zero[0] * 10 > n * 7) != (zero[1] * 10 > n * 7) && (zero[0] * 20 < n || zero[1] * 20 < n)) {
		encoding_set(out, RD_ICONV, zero[1] > zero[0] ? "UTF-16LE" : "UTF-16BE", 2);
		out->why = N_("every second byte is NUL");
		return true;
	}
	return false;
}

bool rd_decoder_open(rd_decoder *d, const rd_encoding *enc)
{
	memset(d, 0, sizeof *d);
	d->enc = *enc;
	if (enc->kind == RD_ICONV) {
		iconv_t cd = iconv_open("UTF-8", enc->name);
		if (cd == (iconv_t)-1)
			return false;
		d->cd = cd;
	}
	return true;
}

void rd_decoder_close(rd_decoder *d)
{
	if (d->cd)
		iconv_close((iconv_t)d->cd);
	d->cd = NULL;
}

static uint32_t latin9(unsigned char byte)
{
	switch (byte) {
	case 0xA4:
		return 0x20AC;
	case 0xA6:
		return 0x160;
	case 0xA8:
		return 0x161;
	case 0xB4:
		return 0x17D;
	case 0xB8:
		return 0x17E;
	case 0xBC:
		return 0x152;
	case 0xBD:
		return 0x153;
	case 0xBE:
		return 0x178;
	default:
		return byte;
	}
}

static size_t decode_iconv(rd_decoder *d, const char *in, size_t *in_len, bool last, char *out, size_t cap)
{
	char *ip = (char *)(uintptr_t)in, *op = out; /* iconv's prototype has no const; it does not write there */
	size_t il = *in_len, ol = cap;
	while (il && ol >= 8) {
		if (iconv((iconv_t)d->cd, &ip, &il, &op, &ol) != (size_t)-1)
			break;
		if (errno == E2BIG || (errno == EINVAL && !last) || !ol) /* what it took may have filled the room, to the last byte */
			break;
		size_t skip = d->enc.unit < il ? d->enc.unit : il;
		*op++ = (char)RD_BAD;
		ol--;
		ip += skip;
		il -= skip;
	}
	*in_len -= il;
	return cap - ol;
}

static size_t decode_twice(const char *in, size_t *in_len, bool last, char *out, size_t cap)
{
	const unsigned char *p = (const unsigned char *)in, *end = p + *in_len;
	size_t i = 0, o = 0;
	while (i < *in_len && cap - o >= 4) {
		unsigned used, step;
		/* A character that was encoded twice takes at most twelve bytes. */
		if (p[i] >= 0x80 && !last && *in_len - i < 12)
			break;
		if (p[i] < 0x80) {
			out[o++] = in[i++];
		} else if ((step = rd_utf8_undouble(p + i, end, out + o, &used))) {
			o += step;
			i += used;
		} else if ((step = rd_utf8_step(p + i, end))) {
			memcpy(out + o, in + i, step);
			o += step;
			i += step;
		} else {
			o += rd_utf8_encode(rd_cp1252(p[i++]), out + o);
		}
	}
	*in_len = i;
	return o;
}

/* One byte is one character; but « Ã© », which nobody writes, is an « é » pasted from a UTF-8 file. */
static size_t decode_bytes(rd_decoder *d, const char *in, size_t *in_len, bool last, char *out, size_t cap)
{
	const unsigned char *p = (const unsigned char *)in, *end = p + *in_len;
	size_t i = 0, o = 0;
	while (i < *in_len && cap - o >= 4) {
		unsigned char c = p[i];
		unsigned step;
		if (c < 0x80) {
			out[o++] = (char)c;
			i++;
			continue;
		}
		if (d->mixed && !last && *in_len - i < 4)
			break; /* wait for the rest of a UTF-8 sequence */
		if (d->mixed && (step = rd_utf8_step(p + i, end)) && rd_western(rd_utf8_decode(p + i, step))) {
			memcpy(out + o, in + i, step);
			o += step;
			i += step;
			d->met = true;
			continue;
		}
		o += rd_utf8_encode(d->enc.kind == RD_CP1252 ? rd_cp1252(c) : latin9(c), out + o);
		i++;
	}
	*in_len = i;
	return o;
}

size_t rd_decode(rd_decoder *d, const char *in, size_t *in_len, bool last, char *out, size_t cap)
{
	if (d->enc.kind == RD_ICONV)
		return decode_iconv(d, in, in_len, last, out, cap);
	if (d->enc.kind == RD_UTF8) {
		size_t n = *in_len < cap ? *in_len : cap;
		memcpy(out, in, n);
		*in_len = n;
		return n;
	}
	if (d->enc.kind == RD_TWICE)
		return decode_twice(in, in_len, last, out, cap);
	return decode_bytes(d, in, in_len, last, out, cap);
}
