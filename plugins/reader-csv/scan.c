/* SPDX-License-Identifier: Apache-2.0 */
/* Scanning one record: where its fields are, and the value of a field.  Each 64 bytes give masks of the separators, line ends,
 * quotes and NULs in them, so that other bytes are not looked at again.  Quoted fields are skipped with memchr. */
#include "csv.h"
#if defined(__SSE2__) && !defined(RD_PORTABLE)
#include <emmintrin.h>
#endif

typedef struct masks {
	uint64_t stop, high;
} masks;

#if defined(__SSE2__) && !defined(RD_PORTABLE)
static inline void scan_quarter(const unsigned char *p, unsigned shift, __m128i sep, __m128i newline, masks *m)
{
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i stop =
	    _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, sep), _mm_cmpeq_epi8(v, newline)),
	                 _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')), _mm_cmpeq_epi8(v, _mm_setzero_si128())));
	m->stop |= (uint64_t)(unsigned)_mm_movemask_epi8(stop) << shift;
	m->high |= (uint64_t)(unsigned)_mm_movemask_epi8(v) << shift;
}

static inline masks scan_block(const unsigned char *p, unsigned char sep, unsigned char newline)
{
	const __m128i vs = _mm_set1_epi8((char)sep), vn = _mm_set1_epi8((char)newline);
	masks m = {0, 0};
	scan_quarter(p, 0, vs, vn, &m);
	scan_quarter(p + 16, 16, vs, vn, &m);
	scan_quarter(p + 32, 32, vs, vn, &m);
	scan_quarter(p + 48, 48, vs, vn, &m);
	return m;
}
#else
/* The same for eight bytes at a time: sets the high bit of each byte that equals c (exact, without carry between bytes). */
static inline uint64_t scan_equal(uint64_t w, unsigned char c)
{
	uint64_t x = w ^ (UINT64_C(0x0101010101010101) * c), low = UINT64_C(0x7F7F7F7F7F7F7F7F);
	return ~(((x & low) + low) | x | low);
}

/* Packs the eight high bits into the low byte. */
static inline uint64_t scan_pack(uint64_t high)
{
	return (high >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

static inline masks scan_block(const unsigned char *p, unsigned char sep, unsigned char newline)
{
	masks m = {0, 0};
	for (unsigned k = 0; k < 8; k++) {
		uint64_t w = 0;
		for (unsigned j = 0; j < 8; j++)
			w |= (uint64_t)p[8 * k + j] << 8 * j;
		uint64_t hit = scan_equal(w, sep) | scan_equal(w, newline) | scan_equal(w, '"') | scan_equal(w, 0);
		m.stop |= scan_pack(hit) << 8 * k;
		m.high |= scan_pack(w & UINT64_C(0x8080808080808080)) << 8 * k;
	}
	return m;
}
#endif

static inline void scan_add(csv_record *r, size_t start, size_t end, uint32_t flags)
{
	if (r->n < CSV_MAX_COLUMNS) {
		r->f[r->n].start = (uint32_t)start;
		r->f[r->n].end = (uint32_t)end;
		r->f[r->n].flags = flags;
	}
	r->n++;
}

/* Notes line ends, high bytes and NULs in a quoted field. */
static void scan_inspect(csv_record *r, unsigned char newline, const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i += 64) {
		masks m = scan_block(p + i, newline, newline);
		if (n - i < 64) {
			uint64_t keep = (UINT64_C(1) << (n - i)) - 1;
			m.stop &= keep;
			m.high &= keep;
		}
		r->high |= m.high != 0;
		for (; m.stop; m.stop &= m.stop - 1) {
			unsigned char c = p[i + (unsigned)__builtin_ctzll(m.stop)];
			r->lines += c == newline;
			r->nul |= c == 0;
		}
	}
}

/* Does a quoted field look like rows that a stray quote has swallowed?  That is, does it have complete lines with exactly the
 * separators of a record: one is enough with tabs, which people do not type, otherwise eight in a row. */
static bool scan_swallows(const csv_dialect *d, const char *p, size_t n)
{
	if (d->columns < (d->sep == '\t' ? 2u : 3u))
		return false;
	uint32_t need = d->sep == '\t' && d->columns > 2 ? 1 : 8, run = 0;
	const char *at = memchr(p, d->newline, n), *end = p + n;
	while (at) {
		const char *line = at + 1, *stop = memchr(line, d->newline, (size_t)(end - line));
		if (!stop && (need > 1 || line == end))
			return false;
		if (!stop)
			stop = end; /* the row with the false closing quote */
		uint32_t seps = 0;
		for (const char *q = line; (q = memchr(q, d->sep, (size_t)(stop - q))); q++)
			seps++;
		run = seps + 1 == d->columns ? run + 1 : 0;
		if (run >= need)
			return true;
		at = stop < end ? stop : NULL;
	}
	return false;
}

/* Scans the quoted field whose opening quote is at p[open]; *next is set to what ends it: a separator, a line end, or n at the end
 * of the file. */
static csv_found scan_quoted(const csv_dialect *d, const char *p, size_t n, bool eof, size_t open, csv_record *r,
                             size_t *next)
{
	size_t at = open + 1;
	uint32_t flags = CSV_QUOTED, lines = r->lines;
	for (;;) {
		const char *q = memchr(p + at, '"', n - at);
		if (!q) {
			if (eof || (n - open > RD_WINDOW && scan_swallows(d, p + open, n - open)))
				return CSV_QUOTE;
			return CSV_MORE;
		}
		at = (size_t)(q - p) + 1;
		if (at == n && !eof)
			return CSV_MORE;
		if (at < n && p[at] == '"') {
			flags |= CSV_DOUBLED;
			at++;
			continue;
		}
		break;
	}
	size_t close = at - 1;
	while (at < n && p[at] == ' ' && d->sep != ' ')
		at++;
	if (at + 1 >= n && !eof)
		return CSV_MORE;
	if (at < n && p[at] == '\r' && d->newline == '\n' && (at + 1 == n || p[at + 1] == '\n'))
		at++;
	if (at < n && (unsigned char)p[at] != d->sep && (unsigned char)p[at] != d->newline)
		return CSV_QUOTE;
	scan_inspect(r, d->newline, (const unsigned char *)p + open + 1, close - open - 1);
	if (r->lines != lines && scan_swallows(d, p + open, close - open))
		return CSV_QUOTE;
	scan_add(r, open + 1, close, flags);
	r->quoted = true;
	*next = at;
	return CSV_RECORD;
}

csv_found csv_scan(const csv_dialect *d, const char *text, size_t n, bool eof, csv_record *r)
{
	const unsigned char *p = (const unsigned char *)text, sep = d->sep, newline = d->newline;
	/* A record of several lines with more cells than this is made of rows joined by a stray quote: stop here, or such a file
	 * would be scanned to its end from each of its lines. */
	const uint32_t most = d->columns ? 4 * d->columns + 64 : CSV_MAX_COLUMNS;
	size_t base = 0, start = 0;
	r->n = 0;
	r->lines = 1;
	r->high = r->nul = r->quoted = false;
	if (!n)
		return eof ? CSV_END : CSV_MORE;
	while (base < n) {
		masks m = scan_block(p + base, sep, newline);
		if (n - base < 64) {
			uint64_t keep = (UINT64_C(1) << (n - base)) - 1;
			m.stop &= keep;
			m.high &= keep;
		}
		r->high |= m.high != 0;
		base += 64;
		while (m.stop) {
			size_t at = base - 64 + (unsigned)__builtin_ctzll(m.stop);
			unsigned char c = p[at];
			m.stop &= m.stop - 1;
			if (c == newline) {
				scan_add(r, start, at > start && newline == '\n' && p[at - 1] == '\r' ? at - 1 : at, 0);
				r->len = at + 1;
				return CSV_RECORD;
			}
			if (c == sep) {
				scan_add(r, start, at, 0);
				start = at + 1;
			} else if (c == 0) {
				r->nul = true;
			} else if (at == start && d->quotes) {
				size_t next;
				csv_found f = scan_quoted(d, text, n, eof, at, r, &next);
				if (f != CSV_RECORD)
					return f;
				if (r->lines > 1 && r->n > most)
					return CSV_QUOTE;
				if (next >= n) {
					r->len = n;
					return CSV_RECORD;
				}
				if (p[next] == newline) {
					r->len = next + 1;
					return CSV_RECORD;
				}
				start = base = next + 1;
				break;
			}
		}
	}
	if (!eof)
		return CSV_MORE;
	/* The last record has no line end.  (A separator at the very end is followed by an empty field.) */
	scan_add(r, start, n > start && p[n - 1] == '\r' && newline == '\n' ? n - 1 : n, 0);
	r->len = n;
	return CSV_RECORD;
}

size_t csv_line(const csv_dialect *d, const char *p, size_t n, bool eof)
{
	const char *end = n ? memchr(p, d->newline, n) : NULL;
	return end ? (size_t)(end - p) + 1 : eof ? n : 0;
}

bool csv_value(csv_state *s, csv_field *f, aur_str *out)
{
	char *p = s->in.buf + s->in.begin + f->start;
	size_t n = f->end - f->start;
	if (f->flags & CSV_DOUBLED) {
		/* In place, as the record is not scanned again. */
		size_t to = 0, from = 0;
		while (from < n) {
			const char *q = memchr(p + from, '"', n - from);
			size_t run = q ? (size_t)(q - (p + from)) + 1 : n - from;
			memmove(p + to, p + from, run);
			to += run;
			from += run + (q != NULL);
		}
		n = to;
		f->end = f->start + (uint32_t)n;
		f->flags &= ~(uint32_t)CSV_DOUBLED;
	}
	*out = rd_str(p, n);
	if (s->bad_utf8 && rd_utf8_valid(p, n) < n) {
		s->scratch.len = 0;
		if (!rd_utf8_repair(&s->scratch, p, n))
			return false;
		*out = rd_str(s->scratch.ptr, s->scratch.len);
	}
	return true;
}
