/* SPDX-License-Identifier: Apache-2.0 */
/* A file line by line, for the formats that are made of lines; and the checks that every text passes. */
#include "rd.h"

aur_status rd_lines_open(rd_lines *l, const aur_host *h, aur_source *src, const char *encoding)
{
	memset(l, 0, sizeof *l);
	aur_status s = rd_input_open(&l->in, h, src, encoding, rd_encoding_detect);
	if (s < 0)
		return s;
	const char *p = l->in.buf + l->in.begin;
	size_t n = l->in.end - l->in.begin;
	if (rd_blank(p, n) && l->in.eof) {
		rd_lines_close(l);
		return h->fail_at(h, AUR_E_DATA, h->source_name(h, src), 0, 0, _("the file is empty"));
	}
	l->newline = memchr(p, '\n', n) || !memchr(p, '\r', n) ? '\n' : '\r';
	return AUR_OK;
}

void rd_lines_close(rd_lines *l)
{
	rd_input_close(&l->in);
}

aur_status rd_lines_next(rd_lines *l, aur_str *out)
{
	rd_input *in = &l->in;
	bool skipping = false;
	size_t looked = 0;
	for (;;) {
		const char *p = in->buf + in->begin, *end = in->buf + in->end;
		const char *stop = p + looked < end ? memchr(p + looked, l->newline, (size_t)(end - p) - looked) : NULL;
		if (stop || (in->eof && (p < end || skipping))) {
			size_t len = stop ? (size_t)(stop - p) : (size_t)(end - p), whole = len + (stop != NULL);
			in->begin += whole;
			l->last = whole;
			l->line++;
			if (l->newline == '\n' && len && p[len - 1] == '\r')
				len--;
			*out = rd_str(p, len);
			return skipping ? AUR_REFUSED : AUR_OK;
		}
		if (in->eof)
			return AUR_END;
		looked = (size_t)(end - p);
		aur_status s = rd_input_more(in);
		if (s < 0)
			return s;
		if (s == AUR_REFUSED) {
			skipping = true;
			in->begin = in->end;
			looked = 0;
		}
	}
}

void rd_lines_back(rd_lines *l)
{
	l->in.begin -= l->last;
	l->line--;
}

aur_status rd_text_check(rd_input *in, aur_record_sink *o, rd_buf *text, uint32_t line, uint32_t *repaired,
                         const char **why)
{
	*why = NULL;
	rd_input_tell(in, o);
	if (text->len > RD_MAX_RECORD) {
		*why = _("the text is longer than the 32 MiB that a contribution may have");
	} else if (rd_blank(text->ptr ? text->ptr : "", text->len)) {
		*why = _("empty text");
	} else if (memchr(text->ptr, 0, text->len)) {
		*why = _("the contribution holds a NUL byte, which a text cannot have");
	} else if (rd_utf8_valid(text->ptr, text->len) < text->len) {
		if (in->dec.enc.kind != RD_UTF8) {
			*why = _("the contribution holds bytes that are not valid in the encoding of the file");
			return AUR_REFUSED;
		}
		rd_buf fixed = {0};
		if (!rd_utf8_repair(&fixed, text->ptr, text->len)) {
			rd_buf_free(&fixed);
			return rd_nomem(in->host);
		}
		rd_buf_free(text);
		*text = fixed;
		if ((*repaired)++ < 10)
			rd_note(in->host, o, _("line %u: bytes that are not UTF-8 were read as Windows-1252"), line);
	}
	return *why ? AUR_REFUSED : AUR_OK;
}
