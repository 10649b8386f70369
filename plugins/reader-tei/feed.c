/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of a TEI file on their way to libxml2.  They are decoded here, so that what is checked is exactly what is parsed: a
 * DOCTYPE with declarations of its own (entities, local or on the network) stops the reading before the parser sees the first of
 * them, and so does a tag without end.  Bytes that are not UTF-8 are read as Windows-1252, and the person is told, as in every
 * other format. */
#include <stdio.h>
#include "tei.h"

enum { IN_TEXT, AFTER_LT, IN_TAG, IN_COMMENT, IN_CDATA, IN_PI, IN_DOCTYPE };

/* Is it UTF-8, with more than just ASCII? */
static bool feed_utf8(const char *p, size_t n, bool whole)
{
	bool high = false;
	for (size_t i = 0; i < n && !high; i++)
		high = (unsigned char)p[i] >= 0x80;
	return high && rd_utf8_valid(p, n) + (whole ? 0 : 3) >= n;
}

/* The encoding that an XML file declares; UTF-8 if it does not. */
static void feed_encoding(const char *head, size_t len, bool whole, rd_encoding *out)
{
	if (rd_encoding_marked(head, len, out))
		return;
	rd_encoding said;
	char decl[256], *p = decl;
	size_t n = len < sizeof decl - 1 ? len : sizeof decl - 1;
	memcpy(decl, head, n);
	decl[n] = 0;
	char *end = strstr(decl, "?>");
	rd_encoding_named("utf8", out);
	if (strncmp(decl, "<?xml", 5) != 0 || !end)
		return;
	*end = 0;
	if (!(p = strstr(decl, "encoding")))
		return;
	p += strspn(p + 8, " \t\r\n=") + 8;
	char quote = *p;
	if (quote != '"' && quote != '\'')
		return;
	char *close = strchr(++p, quote);
	if (!close)
		return;
	*close = 0;
	/* Editors convert a file to UTF-8 and leave its declaration as it was; and a declared encoding of two or four bytes cannot
	 * be right, or the declaration could not have been read. */
	if (rd_encoding_named(p, &said) && (said.unit > 1 || ((said.kind == RD_CP1252 || said.kind == RD_LATIN9) &&
	                                                      feed_utf8(head, len, whole)))) {
		out->why = N_("it declares another encoding, but is UTF-8: read as UTF-8");
		return;
	}
	/* An unknown encoding is refused, with its name, when it is opened. */
	if (!rd_encoding_named(p, out)) {
		out->kind = RD_ICONV;
		out->unit = 1;
		snprintf(out->name, sizeof out->name, "%s", p);
	}
}

aur_status tei_feed_open(tei_feed *f, const aur_host *h, aur_source *src, aur_record_sink *o, const char *encoding)
{
	memset(f, 0, sizeof *f);
	f->line = 1;
	f->sink = o;
	f->file = h->source_name(h, src);
	aur_status s = rd_input_open(&f->in, h, src, encoding, feed_encoding);
	if (s >= 0 && rd_blank(f->in.buf + f->in.begin, f->in.end - f->in.begin) && f->in.eof) {
		rd_input_close(&f->in);
		return h->fail_at(h, AUR_E_DATA, f->file, 0, 0, _("the file is empty"));
	}
	if (s >= 0 && f->in.dec.enc.kind == RD_UTF8 && !f->in.dec.enc.bom && f->in.dec.enc.why)
		rd_note(h, o, "%s", _(f->in.dec.enc.why));
	return s;
}

void tei_feed_close(tei_feed *f)
{
	rd_input_close(&f->in);
}

/* Follows the characters after "<" until they show what begins. */
static void feed_opening(tei_feed *f, char c)
{
	if (f->seen < sizeof f->opening - 1)
		f->opening[f->seen++] = c;
	f->opening[f->seen] = 0;
	f->quote = f->id = 0;
	f->tag = 0;
	f->slash = false;
	if (f->opening[0] == '?') {
		f->mark = IN_PI;
		f->seen = 0;
	} else if (f->opening[0] != '!') {
		f->mark = c == '>' ? IN_TEXT : IN_TAG;
		f->depth += f->opening[0] == '/' ? -1 : 1;
	} else if (strcmp(f->opening, "!--") == 0) {
		f->mark = IN_COMMENT;
		f->seen = 0;
	} else if (strcmp(f->opening, "![CDATA[") == 0) {
		f->mark = IN_CDATA;
		f->seen = 0;
	} else if (strcmp(f->opening, "!DOCTYPE") == 0) {
		f->mark = IN_DOCTYPE;
	} else if (strncmp("!--", f->opening, f->seen) != 0 && strncmp("![CDATA[", f->opening, f->seen) != 0 &&
	           strncmp("!DOCTYPE", f->opening, f->seen) != 0) {
		f->mark = IN_TAG; /* an error, which the parser will report */
	}
}

/* Follows the markup in p[0,n); returns how many bytes may go to the parser.  If less than n, f->status is the reason. */
static size_t feed_watch(tei_feed *f, char *p, size_t n)
{
	const aur_host *h = f->in.host;
	for (size_t i = 0; i < n; i++) {
		if (f->mark == IN_TEXT) {
			char *lt = memchr(p + i, '<', n - i), *end = lt ? lt : p + n;
			for (const char *q = p + i; (q = memchr(q, '\n', (size_t)(end - q))); q++)
				f->line++;
			if (!lt)
				return n;
			i = (size_t)(lt - p);
			f->mark = AFTER_LT;
			f->seen = 0;
			continue;
		}
		char c = p[i];
		f->line += c == '\n';
		switch (f->mark) {
		case AFTER_LT:
			feed_opening(f, c);
			break;
		case IN_COMMENT:
		case IN_CDATA:
		case IN_PI: {
			/* The end is the same character twice ("--", "]]") or once ("?"), then ">". */
			char same = f->mark == IN_COMMENT ? '-' : f->mark == IN_CDATA ? ']' : '?';
			unsigned need = f->mark == IN_PI ? 1 : 2;
			if (c != same && !(c == '>' && f->seen >= need))
				f->seen = 0;
			else if (c == '>')
				f->mark = IN_TEXT;
			else if (f->seen < need)
				f->seen++;
			if (++f->tag > TEI_MAX_ASIDE) {
				f->status = h->fail_at(h, AUR_E_DATA, f->file, f->line, 0,
				                       _("a comment or a CDATA section is longer than 8 MiB: such a "
				                         "corpus cannot be read"));
				return i;
			}
			break;
		}
		default:
			if (f->quote) {
				if ((unsigned char)c == f->quote)
					f->quote = 0;
			} else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
				f->id = 1;
			} else if (f->id && c == "xml:id"[f->id - 1]) {
				if (++f->id == sizeof "xml:id") {
					p[i] = TEI_ID[1];
					f->id = 0;
				}
				break;
			} else if (c == '"' || c == '\'') {
				f->quote = (unsigned char)c;
			} else if (c == '>') {
				f->depth -= f->slash && f->mark == IN_TAG;
				f->mark = IN_TEXT;
			} else if (c == '[' && f->mark == IN_DOCTYPE) {
				f->status = h->fail_at(
				    h, AUR_E_DATA, f->file, f->line, 0,
				    _("the DOCTYPE brings declarations of its own (entities): they are never read, as "
				      "they can make a small file endless or fetch other files; delete the DOCTYPE"));
				return i;
			}
			f->slash = c == '/';
			f->id = f->id == 1 && c <= ' ';
			if (++f->tag > TEI_MAX_TAG) {
				f->status =
				    h->fail_at(h, AUR_E_DATA, f->file, f->line, 0,
				               _("a tag longer than 256 KiB: such a corpus cannot be read"));
				return i;
			}
		}
	}
	return n;
}

int tei_feed_read(void *feed, char *out, int len)
{
	tei_feed *f = feed;
	rd_input *in = &f->in;
	char c[4];
	size_t step = 0;
	if (f->status < 0 || len < 4)
		return -1;
	rd_input_tell(in, f->sink);
	for (;;) {
		const char *p = in->buf + in->begin;
		size_t n = in->end - in->begin, ok;
		if (n > (size_t)len)
			n = (size_t)len;
		ok = rd_utf8_valid(p, n);
		const char *nul = memchr(p, 0, ok);
		if (nul)
			ok = (size_t)(nul - p);
		if (ok) {
			memcpy(out, p, ok);
			in->begin += ok;
			step = ok;
			break;
		}
		if (in->end - in->begin < 4 && !in->eof) {
			aur_status s = rd_input_more(in);
			if (s < 0) {
				f->status = s;
				return -1;
			}
			continue;
		}
		if (!n)
			return 0;
		if (*p == 0) {
			memcpy(out, TEI_NUL, step = 3);
			f->nuls++;
		} else if (in->dec.enc.kind != RD_UTF8) {
			memcpy(out, TEI_LOST, step = 3);
			f->lost++;
		} else {
			step = rd_utf8_encode(rd_cp1252((unsigned char)*p), c);
			memcpy(out, c, step);
			if (f->repaired_line != f->line && f->repaired++ < 10)
				rd_note(in->host, f->sink,
				        _("line %u: bytes that are not UTF-8 were read as Windows-1252"), f->line);
			f->repaired_line = f->line;
		}
		in->begin++;
		break;
	}
	f->since += step;
	if (f->since > RD_MAX_RECORD + (1u << 20)) {
		f->status = in->host->fail_at(
		    in->host, AUR_E_DATA, f->file, f->line, 0,
		    _("a single text, comment or tag is longer than 32 MiB: such a corpus cannot be read"));
		return -1;
	}
	step = feed_watch(f, out, step);
	return f->status < 0 && !step ? -1 : (int)step;
}
