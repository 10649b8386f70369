/* SPDX-License-Identifier: Apache-2.0 */
/* A window on the file that is read, decoded to UTF-8.  A UTF-8 file is read directly into it, without a copy. */
#include <stdlib.h>
#include "rd.h"

enum {
	DECODE_ROOM = 16, /* output space that rd_decode needs */
	FEW = 16 << 10    /* fewer bytes than this, after the first non-ASCII byte of the first window, are not enough to detect an encoding */
};

/* Reads until `want` bytes are there or the file ends, as a pipe gives only little at a time. */
static aur_status input_read(rd_input *in, char *to, size_t want, size_t *got, bool *eof)
{
	*got = 0;
	while (*got < want) {
		int64_t n = in->host->read(in->host, in->src, to + *got, want - *got);
		if (n < 0)
			return AUR_E_IO;
		if (n == 0) {
			*eof = true;
			break;
		}
		*got += (size_t)n;
	}
	return AUR_OK;
}

static aur_status input_refill(rd_input *in)
{
	size_t got;
	memmove(in->raw, in->raw + in->raw_begin, in->raw_end - in->raw_begin);
	in->raw_end -= in->raw_begin;
	in->raw_begin = 0;
	aur_status s = input_read(in, in->raw + in->raw_end, in->raw_cap - in->raw_end, &got, &in->raw_eof);
	if (s >= 0)
		in->raw_end += got;
	return s;
}

/* The length of the ASCII prefix of p[0,n). */
static size_t input_ascii(const char *p, size_t n)
{
	size_t i = 0;
	uint64_t w;
	while (n - i >= sizeof w) {
		memcpy(&w, p + i, sizeof w);
		if (w & UINT64_C(0x8080808080808080))
			break;
		i += sizeof w;
	}
	while (i < n && (unsigned char)p[i] < 0x80)
		i++;
	return i;
}

/* At the first byte that is not ASCII: reads on, so that as much follows as at the start of a file, and detects the encoding. */
static aur_status input_decide(rd_input *in)
{
	rd_encoding enc;
	aur_status s = in->raw_eof ? AUR_OK : input_refill(in);
	if (s < 0)
		return s;
	in->later(in->raw + in->raw_begin, in->raw_end - in->raw_begin, in->raw_eof, &enc);
	in->later = NULL;
	if (enc.kind == RD_UTF8 || enc.unit != 1)
		return AUR_OK;
	rd_decoder_close(&in->dec);
	if (!rd_decoder_open(&in->dec, &enc)) {
		rd_encoding_named("cp1252", &enc);
		rd_decoder_open(&in->dec, &enc);
	}
	in->dec.mixed = in->decided = true;
	return AUR_OK;
}

/* Decodes into the window, up to buf[limit). */
static aur_status input_decode(rd_input *in, size_t limit)
{
	while (limit - in->end >= DECODE_ROOM) {
		size_t used = in->raw_end - in->raw_begin;
		if (in->later && used) {
			size_t most = limit - in->end;
			used = input_ascii(in->raw + in->raw_begin, used < most ? used : most);
			if (!used) {
				aur_status s = input_decide(in);
				if (s < 0)
					return s;
				continue;
			}
		}
		in->end += rd_decode(&in->dec, in->raw + in->raw_begin, &used, in->raw_eof, in->buf + in->end,
		                     limit - in->end);
		in->raw_begin += used;
		if (in->raw_begin == in->raw_end && in->raw_eof) {
			in->eof = true;
			break;
		}
		if (limit - in->end < DECODE_ROOM)
			break;
		if (in->raw_begin < in->raw_end && (in->raw_eof || in->later))
			continue;
		aur_status s = input_refill(in);
		if (s < 0)
			return s;
	}
	return AUR_OK;
}

/* The encoding of a file whose first bytes are in the window: the one that is named, or (NULL) the one that is found. */
static aur_status input_encoding(const rd_input *in, size_t got, const char *named, rd_detect detect, rd_encoding *out)
{
	rd_encoding mark;
	if (!named) {
		detect(in->buf, got, in->eof, out);
		return AUR_OK;
	}
	if (!rd_encoding_named(named, out))
		return rd_fail(in->host, AUR_E_CONFIG,
		               _("« %s » is not a known encoding: give utf-8, windows-1252, iso-8859-15, "
		                 "utf-16, macroman, or auto"),
		               named);
	if (rd_encoding_marked(in->buf, got, &mark) && mark.bom && mark.unit == out->unit && out->kind != RD_CP1252)
		*out = mark;
	return AUR_OK;
}

/* Moves the bytes of the window from `at` on to in->raw, to be decoded from there.  False: no memory. */
static bool input_undecoded(rd_input *in, size_t at, size_t got)
{
	in->raw_cap = in->cap;
	in->raw = calloc(1, in->raw_cap + RD_PAD);
	if (!in->raw)
		return false;
	memcpy(in->raw, in->buf + at, got - at);
	in->raw_end = got - at;
	in->raw_eof = in->eof;
	in->eof = false;
	in->end = at;
	return true;
}

static aur_status input_begin(rd_input *in, const char *encoding, rd_detect detect)
{
	const aur_host *h = in->host;
	const char *file = h->source_name(h, in->src), *named = encoding && *encoding && strcmp(encoding, "auto") != 0 ? encoding : NULL;
	rd_encoding enc;
	size_t got;
	if (!in->buf)
		return rd_nomem(h);
	aur_status s = input_read(in, in->buf, in->cap, &got, &in->eof);
	if (s < 0)
		return s;
	const char *binary = rd_binary(in->buf, got);
	if (binary)
		return h->fail_at(h, AUR_E_DATA, file, 0, 0, _(binary));
	if ((s = input_encoding(in, got, named, detect, &enc)) < 0)
		return s;
	if (!rd_decoder_open(&in->dec, &enc))
		return rd_fail_at(h, AUR_E_UNSUPPORTED, file, 0, 0,
		                  _("the encoding %s cannot be read on this system: save the file as UTF-8"), enc.name);
	in->dec.mixed = !named;
	if (enc.kind != RD_UTF8) {
		if (!input_undecoded(in, 0, got))
			return rd_nomem(h);
		in->raw_begin = enc.bom;
		return input_decode(in, in->cap);
	}
	in->begin = enc.bom;
	in->end = got;
	size_t ascii = input_ascii(in->buf, got);
	if (named || enc.bom || in->eof || got - ascii >= FEW)
		return AUR_OK;
	in->later = detect;
	return input_undecoded(in, ascii, got) ? AUR_OK : rd_nomem(h);
}

aur_status rd_input_open(rd_input *in, const aur_host *h, aur_source *src, const char *encoding, rd_detect detect)
{
	*in = (rd_input){.host = h, .src = src, .cap = RD_WINDOW, .buf = calloc(1, RD_WINDOW + RD_PAD)};
	aur_status s = input_begin(in, encoding, detect);
	if (s < 0)
		rd_input_close(in);
	return s;
}

aur_status rd_input_more(rd_input *in)
{
	if (in->eof)
		return AUR_END;
	if (in->host->cancelled(in->host))
		return AUR_E_CANCELLED;
	size_t have = in->end - in->begin;
	if (in->begin) {
		memmove(in->buf, in->buf + in->begin, have);
		in->begin = 0;
		in->end = have;
	}
	if (have + DECODE_ROOM > RD_MAX_RECORD)
		return AUR_REFUSED;
	/* Double it, so that a long record is scanned a bounded number of times; with small records the window stays small, and in
	 * the processor's caches. */
	size_t limit = have > RD_WINDOW / 2 ? have * 2 : RD_WINDOW;
	if (limit > RD_MAX_RECORD)
		limit = RD_MAX_RECORD;
	if (limit > in->cap) {
		char *p = realloc(in->buf, limit + RD_PAD);
		if (!p)
			return rd_nomem(in->host);
		memset(p + in->cap, 0, limit + RD_PAD - in->cap);
		in->buf = p;
		in->cap = limit;
	}
	size_t before = in->end;
	aur_status s;
	if (in->raw) {
		s = input_decode(in, limit);
	} else {
		size_t got;
		s = input_read(in, in->buf + in->end, limit - in->end, &got, &in->eof);
		in->end += got;
	}
	if (s < 0)
		return s;
	return in->end > before ? AUR_OK : AUR_END;
}

void rd_input_tell(rd_input *in, aur_record_sink *o)
{
	if (in->decided && !in->told)
		rd_note(in->host, o,
		        _("the first accented letters come late in this file: from there on its encoding is %s (%s)"),
		        in->dec.enc.name, in->dec.enc.why ? _(in->dec.enc.why) : "");
	in->told = in->decided;
	if (in->dec.met && !in->told_mixed)
		rd_note(in->host, o, _("this file is partly UTF-8 and partly %s: each letter is read in its own encoding"),
		        in->dec.enc.name);
	in->told_mixed = in->dec.met;
}

void rd_input_close(rd_input *in)
{
	rd_decoder_close(&in->dec);
	free(in->buf);
	free(in->raw);
	in->buf = in->raw = NULL;
}

bool rd_head(aur_str head, rd_buf *out, bool *whole)
{
	*whole = head.len < (size_t)64 << 10;
	if (rd_binary(head.ptr, head.len))
		return false;
	rd_encoding enc;
	rd_decoder dec;
	if (!rd_encoding_marked(head.ptr, head.len, &enc)) {
		/* Separators, stars and tags are ASCII in every other encoding, so it does not matter which it is. */
		rd_encoding_named(rd_utf8_valid(head.ptr, head.len) + 4 > head.len ? "utf8" : "cp1252", &enc);
	}
	if (!rd_decoder_open(&dec, &enc))
		return false;
	size_t at = enc.bom;
	bool ok = rd_buf_reserve(out, head.len * 3 + RD_PAD);
	while (ok && at < head.len && out->cap - out->len >= 16 + RD_PAD) {
		size_t used = head.len - at;
		out->len +=
		    rd_decode(&dec, head.ptr + at, &used, *whole, out->ptr + out->len, out->cap - out->len - RD_PAD);
		if (!used)
			break;
		at += used;
	}
	rd_decoder_close(&dec);
	if (ok)
		memset(out->ptr + out->len, 0, RD_PAD);
	else
		rd_buf_free(out);
	return ok;
}
