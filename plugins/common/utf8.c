/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8: validity, with a fast path for ASCII, as every byte of every file comes through here; decoding and repair. */
#include "rd.h"
#if defined(__SSE2__) && !defined(RD_PORTABLE)
#include <emmintrin.h>
#endif

unsigned rd_utf8_step(const unsigned char *p, const unsigned char *end)
{
	size_t n = (size_t)(end - p);
	unsigned c = p[0];
	if (c < 0x80)
		return 1;
	if (c < 0xC2)
		return 0;
	if (c < 0xE0)
		return n >= 2 && (p[1] & 0xC0) == 0x80 ? 2 : 0;
	if (c < 0xF0) {
		if (n < 3 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80)
			return 0;
		if ((c == 0xE0 && p[1] < 0xA0) || (c == 0xED && p[1] > 0x9F))
			return 0;
		return 3;
	}
	if (c < 0xF5) {
		if (n < 4 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80 || (p[3] & 0xC0) != 0x80)
			return 0;
		if ((c == 0xF0 && p[1] < 0x90) || (c == 0xF4 && p[1] > 0x8F))
			return 0;
		return 4;
	}
	return 0;
}

/* Walks from p, a character boundary, to the first character that begins at or after `stop`, or the first invalid one. */
static const unsigned char *utf8_walk(const unsigned char *p, const unsigned char *stop, const unsigned char *end)
{
	while (p < stop) {
		unsigned step = rd_utf8_step(p, end);
		if (!step)
			break;
		p += step;
	}
	return p;
}

#if defined(__SSE2__) && !defined(RD_PORTABLE)
typedef struct utf8_masks {
	uint64_t high, cont, low, three, odd;
} utf8_masks;

/* Masks of 16 bytes.  As signed numbers, 80-BF are below C0, and lead bytes are from C0 up to -1. */
static inline void utf8_quarter(const unsigned char *p, unsigned shift, utf8_masks *m)
{
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i odd = _mm_or_si128(
	    _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xE0)), _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xED))),
	    _mm_cmpgt_epi8(v, _mm_set1_epi8((char)0xEF)));
	m->high |= (uint64_t)(unsigned)_mm_movemask_epi8(v) << shift;
	m->cont |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmplt_epi8(v, _mm_set1_epi8((char)0xC0))) << shift;
	m->low |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmplt_epi8(v, _mm_set1_epi8((char)0xC2))) << shift;
	m->three |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpgt_epi8(v, _mm_set1_epi8((char)0xDF))) << shift;
	m->odd |= (uint64_t)(unsigned)_mm_movemask_epi8(odd) << shift;
}

/* Checks 64 bytes at p without branching: returns how many bytes from p are complete valid characters, 0 if it needs a closer look. */
static inline unsigned utf8_block(const unsigned char *p)
{
	utf8_masks m = {0, 0, 0, 0, 0};
	utf8_quarter(p, 0, &m);
	utf8_quarter(p + 16, 16, &m);
	utf8_quarter(p + 32, 32, &m);
	utf8_quarter(p + 48, 48, &m);
	uint64_t lead = m.high & ~m.cont, three = m.three & m.high;
	/* C0 and C1 are never valid; E0, ED and F0 upwards have additional rules. */
	if ((m.low & ~m.cont) | (m.odd & m.high) | (m.cont ^ (lead << 1 | three << 2)))
		return 0;
	return three >> 62 & 1 ? 62 : lead >> 63 ? 63 : 64;
}

size_t rd_utf8_valid(const char *text, size_t n)
{
	const unsigned char *start = (const unsigned char *)text, *p = start, *end = start + n;
	while (end - p >= 64) {
		unsigned step = utf8_block(p);
		if (step) {
			p += step;
			continue;
		}
		const unsigned char *stop = p + 64;
		p = utf8_walk(p, stop, end);
		if (p < stop)
			return (size_t)(p - start);
	}
	if (p < end) {
		unsigned char tail[64] = {0};
		memcpy(tail, p, (size_t)(end - p));
		if (utf8_block(tail) == 64)
			return n;
	}
	return (size_t)(utf8_walk(p, end, end) - start);
}
#else
size_t rd_utf8_valid(const char *text, size_t n)
{
	const unsigned char *start = (const unsigned char *)text, *p = start, *end = start + n;
	while (p < end) {
		uint64_t w;
		if (end - p >= 8 && (memcpy(&w, p, 8), !(w & UINT64_C(0x8080808080808080)))) {
			p += 8;
			continue;
		}
		const unsigned char *stop = end - p > 8 ? p + 8 : end;
		p = utf8_walk(p, stop, end);
		if (p < stop)
			break;
	}
	return (size_t)(p - start);
}
#endif

bool rd_western(uint32_t c)
{
	return (c >= 0xA0 && c < 0x180) || (c >= 0x300 && c < 0x370) || (c >= 0x2000 && c < 0x2C00) || c >= 0xFE00;
}

uint32_t rd_utf8_decode(const unsigned char *p, unsigned step)
{
	switch (step) {
	case 2:
		return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
	case 3:
		return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
	case 4:
		return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 | (uint32_t)(p[2] & 0x3F) << 6 |
		       (p[3] & 0x3F);
	default:
		return p[0];
	}
}

unsigned rd_utf8_encode(uint32_t c, char out[4])
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3F));
	out[2] = (char)(0x80 | (c >> 6 & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

uint32_t rd_cp1252(unsigned char byte)
{
	static const uint16_t high[32] = {0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
	                                  0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0x8D,   0x17D,  0x8F,
	                                  0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
	                                  0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};
	return byte >= 0x80 && byte < 0xA0 ? high[byte - 0x80] : byte;
}

/* The byte of a code point in Windows-1252, including control characters for the five holes and those of ISO-8859-1; 0: there is
 * none above 127. */
static unsigned char utf8_western_byte(uint32_t c)
{
	if (c >= 0x80 && c < 0x100)
		return (unsigned char)c;
	for (unsigned b = 0x80; b < 0xA0; b++)
		if (rd_cp1252((unsigned char)b) == c)
			return (unsigned char)b;
	return 0;
}

unsigned rd_utf8_undouble(const unsigned char *p, const unsigned char *end, char out[4], unsigned *used)
{
	unsigned char once[4];
	unsigned n = 0, want = 1;
	*used = 0;
	while (n < want) {
		unsigned step = p + *used < end ? rd_utf8_step(p + *used, end) : 0;
		if (step < 2 || !(once[n] = utf8_western_byte(rd_utf8_decode(p + *used, step))))
			return 0;
		if (n == 0)
			want = once[0] < 0xC2 ? 0 : once[0] < 0xE0 ? 2 : once[0] < 0xF0 ? 3 : once[0] < 0xF5 ? 4 : 0;
		*used += step;
		n++;
	}
	if (!want || rd_utf8_step(once, once + want) != want)
		return 0;
	memcpy(out, once, want);
	return want;
}

bool rd_utf8_repair(rd_buf *out, const char *text, size_t n)
{
	size_t at = 0;
	while (at < n) {
		size_t ok = rd_utf8_valid(text + at, n - at);
		if (!rd_buf_add(out, text + at, ok))
			return false;
		at += ok;
		if (at < n) {
			char c[4];
			if (!rd_buf_add(out, c, rd_utf8_encode(rd_cp1252((unsigned char)text[at]), c)))
				return false;
			at++;
		}
	}
	return true;
}

aur_str rd_trim(aur_str s)
{
	while (s.len && (unsigned char)*s.ptr <= ' ') {
		s.ptr++;
		s.len--;
	}
	while (s.len && (unsigned char)s.ptr[s.len - 1] <= ' ')
		s.len--;
	return s;
}

bool rd_blank(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c == 0xC2 && i + 1 < n && (unsigned char)text[i + 1] == 0xA0)
			i++;
		else if (c == 0xE2 && i + 2 < n && (unsigned char)text[i + 1] == 0x80 &&
		         ((unsigned char)text[i + 2] == 0xAF || (unsigned char)text[i + 2] == 0x8B))
			i += 2;
		else if (c != ' ' && (c < '\t' || c > '\r'))
			return false;
	}
	return true;
}
