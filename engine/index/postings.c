/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include "index/postings.h"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* ---- the numbers of a block ------------------------------------------------------------------ */
#define BLOCK_BYTES (5 + 1 + 4 * (size_t)POST_BLOCK)

/* Writes n > 0 numbers, all above `last`; returns the end. */
static uint8_t *block_put(uint8_t *p, uint32_t last, const uint32_t *no, uint32_t n)
{
	uint32_t most = 0;
	for (uint32_t i = 1; i < n; i++)
		most = no[i] - no[i - 1] > most ? no[i] - no[i - 1] : most;
	unsigned width = most < 256 ? 1 : most < 65536 ? 2 : 4;
	p = aur_vput(p, no[0] - last);
	*p++ = (uint8_t)width;
	for (uint32_t i = 1; i < n; i++, p += width) {
		uint32_t gap = no[i] - no[i - 1];
		if (width == 1)
			*p = (uint8_t)gap;
		else if (width == 2)
			aur_set16(p, gap);
		else
			aur_set32(p, gap);
	}
	return p;
}

/* Reads the n numbers of a block. */
static void block_get(const uint8_t *p, uint32_t last, uint32_t *no, uint32_t n)
{
	last += aur_vget(&p);
	unsigned width = *p++;
	uint32_t i = 1;
	no[0] = last;
#ifdef __SSE2__
	if (width == 1) {
		const __m128i zero = _mm_setzero_si128();
		for (; i + 8 <= n; i += 8, p += 8) {
			__m128i x = _mm_unpacklo_epi8(_mm_loadl_epi64((const __m128i *)(const void *)p), zero);
			x = _mm_add_epi16(x, _mm_slli_si128(x, 2));
			x = _mm_add_epi16(x, _mm_slli_si128(x, 4));
			x = _mm_add_epi16(x, _mm_slli_si128(x, 8));
			__m128i base = _mm_set1_epi32((int)last);
			_mm_storeu_si128((__m128i *)(void *)(no + i), _mm_add_epi32(base, _mm_unpacklo_epi16(x, zero)));
			_mm_storeu_si128((__m128i *)(void *)(no + i + 4), _mm_add_epi32(base, _mm_unpackhi_epi16(x, zero)));
			last = no[i + 7];
		}
	} else if (width == 2) {
		const __m128i zero = _mm_setzero_si128();
		for (; i + 4 <= n; i += 4, p += 8) {
			__m128i x = _mm_unpacklo_epi16(_mm_loadl_epi64((const __m128i *)(const void *)p), zero);
			x = _mm_add_epi32(x, _mm_slli_si128(x, 4));
			x = _mm_add_epi32(x, _mm_slli_si128(x, 8));
			_mm_storeu_si128((__m128i *)(void *)(no + i), _mm_add_epi32(_mm_set1_epi32((int)last), x));
			last = no[i + 3];
		}
	}
#endif
	for (; i < n; i++, p += width)
		no[i] = last += width == 1 ? *p : width == 2 ? aur_get16(p) : aur_get32(p);
}

/* The i-th occurrence of a list.  `narrow` is known where it is called, so that there is no branch. */
static inline __attribute__((always_inline)) uint32_t doc_at(const aur_post_pairs *p, size_t i, int narrow)
{
	return narrow ? p->narrow[i] >> p->bits : (uint32_t)(p->wide[i] >> 32);
}
static inline __attribute__((always_inline)) uint32_t place_at(const aur_post_pairs *p, size_t i, int narrow)
{
	return narrow ? p->narrow[i] & (((uint32_t)1 << p->bits) - 1) : (uint32_t)p->wide[i];
}

static inline __attribute__((always_inline)) void encode(aur_buf *out, aur_buf *docs, aur_buf *pos, const aur_post_pairs *pairs, size_t n, int narrow)
{
	uint32_t df = 0, prev = UINT32_MAX;
	for (size_t i = 0; i < n; i++) {
		uint32_t d = doc_at(pairs, i, narrow);
		df += d != prev;
		prev = d;
	}
	aur_buf_room(out, 10 + 12 * (size_t)(df / POST_BLOCK + 1));
	aur_buf_v(out, df);
	aur_buf_v(out, (uint32_t)n);
	docs->n = pos->n = 0;
	uint32_t nblk = df > POST_BLOCK ? (df + POST_BLOCK - 1) / POST_BLOCK : 0;
	aur_buf_room(docs, nblk ? nblk * BLOCK_BYTES : 5 * (size_t)df);
	aur_buf_room(pos, 5 * n);
	uint8_t *dp = docs->p, *pp = pos->p;
	uint8_t *skip = out->p + out->n;
	uint32_t last = 0, no[POST_BLOCK], in_block = 0, blk = 0, p0 = 0;
	for (size_t i = 0; i < n; i++) {
		uint32_t d = doc_at(pairs, i, narrow), p = place_at(pairs, i, narrow), more = i + 1 < n && doc_at(pairs, i + 1, narrow) == d;
		uint64_t v = (uint64_t)(p - p0) << 1 | more;
		if (v < 128)
			*pp++ = (uint8_t)v;
		else
			pp = aur_vput(pp, (uint32_t)v);
		/* whether a word comes again in its contribution is hard to predict: without a branch */
		p0 = p & -more;
		no[in_block] = d;
		in_block += !more;
		if (in_block < POST_BLOCK && i + 1 < n)
			continue;
		if (nblk) {
			dp = block_put(dp, last, no, in_block);
			last = d;
			aur_set32(skip + 12 * (size_t)blk, d);
			aur_set32(skip + 12 * (size_t)blk + 4, (uint32_t)(dp - docs->p));
			aur_set32(skip + 12 * (size_t)blk + 8, (uint32_t)(pp - pos->p));
			blk++;
		} else {
			for (uint32_t k = 0; k < in_block; k++) {
				dp = aur_vput(dp, no[k] - last);
				last = no[k];
			}
		}
		in_block = 0;
	}
	out->n += 12 * (size_t)nblk;
	aur_buf_put(out, docs->p, (size_t)(dp - docs->p));
	aur_buf_put(out, pos->p, (size_t)(pp - pos->p));
}

void aur_post_encode(aur_buf *out, aur_buf *docs, aur_buf *pos, const aur_post_pairs *pairs, size_t n)
{
	if (pairs->narrow)
		encode(out, docs, pos, pairs, n, 1);
	else
		encode(out, docs, pos, pairs, n, 0);
}

static const uint8_t *skip_varints(const uint8_t *p, uint32_t k)
{
	while (k) {
		k -= *p < 128;
		p++;
	}
	return p;
}

void aur_post_open(aur_post *p, const uint8_t *list)
{
	p->df = aur_vget(&list);
	p->tf = aur_vget(&list);
	p->nblk = p->df > POST_BLOCK ? (p->df + POST_BLOCK - 1) / POST_BLOCK : 0;
	p->skip = list;
	p->docs = list + 12 * (size_t)p->nblk;
	p->pos = p->nblk ? p->docs + aur_get32(p->skip + 12 * (size_t)(p->nblk - 1) + 4) : skip_varints(p->docs, p->df);
}

static void gaps(const uint8_t *s, uint32_t n, uint32_t *out)
{
	uint32_t last = 0;
	for (uint32_t i = 0; i < n; i++)
		out[i] = last += aur_vget(&s);
}

const uint8_t *aur_post_block(const aur_post *p, uint32_t b, uint32_t *out, uint32_t *count)
{
	uint32_t n = aur_post_block_len(p, b);
	*count = n;
	if (!p->nblk) {
		gaps(p->docs, n, out);
		return p->pos;
	}
	if (!b) {
		block_get(p->docs, 0, out, n);
		return p->pos;
	}
	const uint8_t *prev = p->skip + 12 * (size_t)(b - 1);
	block_get(p->docs + aur_get32(prev + 4), aur_get32(prev), out, n);
	return p->pos + aur_get32(prev + 8);
}

uint32_t aur_post_docs(const aur_post *p, uint32_t *out)
{
	uint32_t n;
	for (uint32_t b = 0, nb = aur_post_blocks(p), k = 0; b < nb; b++, k += n)
		aur_post_block(p, b, out + k, &n);
	return p->df;
}

uint32_t aur_post_seek(const aur_post *p, uint32_t b, uint32_t no)
{
	uint32_t nb = aur_post_blocks(p), step = 1, lo = b;
	if (b >= nb || aur_post_last(p, b) >= no)
		return b;
	while (lo + step < nb && aur_post_last(p, lo + step) < no) {
		lo += step;
		step *= 2;
	}
	uint32_t hi = lo + step < nb ? lo + step : nb;
	while (hi - lo > 1) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (aur_post_last(p, mid) < no)
			lo = mid;
		else
			hi = mid;
	}
	return hi;
}

const uint8_t *aur_post_skip(const uint8_t *pos, uint32_t k)
{
	while (k) {
		uint32_t v = *pos;
		if (v < 128) {
			pos++;
			k -= !(v & 1);
		} else {
			unsigned more = v & 1;
			while (*pos++ >= 128)
				;
			k -= !more;
		}
	}
	return pos;
}

/* Writes the numbers in j->no as a block.  Called only when another number follows, or when there are several
 * blocks: a single block is stored without an entry. */
static void block_end(aur_post_join *j)
{
	aur_buf_room(&j->docs, BLOCK_BYTES);
	j->docs.n = (size_t)(block_put(j->docs.p + j->docs.n, j->before, j->no, j->n) - j->docs.p);
	aur_buf_room(&j->skip, 12);
	uint8_t *s = j->skip.p + j->skip.n;
	j->before = j->no[j->n - 1];
	aur_set32(s, j->before);
	aur_set32(s + 4, (uint32_t)j->docs.n);
	aur_set32(s + 8, (uint32_t)j->pos.n);
	j->skip.n += 12;
	j->n = 0;
}

void aur_post_join_add(aur_post_join *j, const aur_post *p, const uint32_t *map, uint32_t base, uint32_t *scratch)
{
	const uint8_t *pos = p->pos;
	uint32_t n = aur_post_docs(p, scratch);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t d = map ? map[scratch[i]] : base + scratch[i], k = 0;
		const uint8_t *from = pos;
		for (int more = 1; more; k++) { /* positions are relative within a contribution: copied unchanged */
			more = *pos & 1;
			while (*pos++ >= 128)
				;
		}
		if (d == UINT32_MAX)
			continue;
		if (j->n == POST_BLOCK)
			block_end(j);
		j->no[j->n++] = d;
		aur_buf_put(&j->pos, from, (size_t)(pos - from));
		j->df++;
		j->tf += k;
	}
}

int aur_post_join_end(aur_post_join *j, aur_buf *out)
{
	uint32_t df = j->df, last = 0;
	if (df) {
		aur_buf_v(out, df);
		aur_buf_v(out, (uint32_t)j->tf);
		if (df > POST_BLOCK) {
			block_end(j);
			aur_buf_put(out, j->skip.p, j->skip.n);
			aur_buf_put(out, j->docs.p, j->docs.n);
		} else {
			for (uint32_t i = 0; i < df; last = j->no[i++])
				aur_buf_v(out, j->no[i] - last);
		}
		aur_buf_put(out, j->pos.p, j->pos.n);
	}
	j->df = j->n = j->before = 0;
	j->tf = 0;
	j->docs.n = j->pos.n = j->skip.n = 0;
	return df > 0;
}

void aur_post_join_free(aur_post_join *j)
{
	aur_buf_free(&j->docs);
	aur_buf_free(&j->pos);
	aur_buf_free(&j->skip);
}

/* ---- lists that are not trusted -------------------------------------------------------------- */
/* The lowest and the highest bit of each of n bytes, at most 64. */
static void bits_of(const uint8_t *p, size_t n, uint64_t *low, uint64_t *high)
{
	*low = *high = 0;
#ifdef __SSE2__
	for (size_t i = 0; n == 64 && i < 64; i += 16) {
		__m128i w = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
		*low |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_slli_epi16(w, 7)) << i;
		*high |= (uint64_t)(unsigned)_mm_movemask_epi8(w) << i;
	}
	if (n == 64)
		return;
#endif
	for (size_t i = 0; i < n; i++) {
		*low |= (uint64_t)(p[i] & 1) << i;
		*high |= (uint64_t)(p[i] >> 7) << i;
	}
}

/* Are [p, end) the positions of n contributions?  Adds their number to *tf. */
static int positions_within(const uint8_t *p, const uint8_t *end, uint32_t n, uint64_t *tf)
{
	uint64_t low, high = 0, last = 0; /* last: whether more positions follow in the contribution */
	for (size_t k; p < end; p += k) {
		uint64_t before = high, in, begin, ends;
		k = end - p < 64 ? (size_t)(end - p) : 64;
		bits_of(p, k, &low, &high);
		in = high << 1 | before >> 63; /* bytes that continue a position */
		if (in & (in << 1 | before >> 62) & (in << 2 | before >> 61) & (in << 3 | before >> 60) & (in << 4 | before >> 59))
			return 0; /* more than five bytes */
		begin = ~in & (k < 64 ? (UINT64_C(1) << k) - 1 : UINT64_MAX);
		ends = begin & ~low;
		last = begin ? (low >> (63 - __builtin_clzll(begin))) & 1 : last;
		*tf += aur_popcount64(begin);
		if (aur_popcount64(ends) > n)
			return 0;
		n -= aur_popcount64(ends);
		if (k < 64)
			high <<= 64 - k; /* its last bit is that of the last byte */
	}
	return !n && !last && !(high >> 63);
}

/* Is [p, end) a block of n numbers, all behind `before` and the last of them `last`? */
static int block_within(const uint8_t *p, const uint8_t *end, uint64_t before, uint32_t last, uint32_t n)
{
	before += aur_vget_safe(&p, end);
	if (!p || p == end)
		return 0;
	unsigned width = *p++;
	if ((width != 1 && width != 2 && width != 4) || (size_t)(end - p) != (size_t)width * (n - 1))
		return 0;
#ifdef __SSE2__
	for (; width == 1 && end - p >= 16; p += 16) {
		__m128i sum = _mm_sad_epu8(_mm_loadu_si128((const __m128i *)(const void *)p), _mm_setzero_si128());
		before += (unsigned)(_mm_cvtsi128_si32(sum) + _mm_extract_epi16(sum, 4));
	}
#endif
	for (; p < end; p += width)
		before += width == 1 ? *p : width == 2 ? aur_get16(p) : aur_get32(p);
	return before == last;
}

int aur_post_within(const uint8_t *p, const uint8_t *end, uint32_t ndocs)
{
	uint32_t df = aur_vget_safe(&p, end), tf = aur_vget_safe(&p, end);
	uint64_t seen = 0, doc = 0;
	if (!p || !df || df > ndocs || tf < df || tf > (size_t)(end - p))
		return 0;
	if (df <= POST_BLOCK) {
		for (uint32_t i = 0; i < df; i++)
			doc += aur_vget_safe(&p, end);
		if (!p || doc >= ndocs)
			return 0;
		for (uint32_t left = df; left && p; seen++)
			left -= ~aur_vget_safe(&p, end) & 1;
		return p && seen == tf;
	}
	const uint32_t nblk = (df + POST_BLOCK - 1) / POST_BLOCK;
	if (nblk > (size_t)(end - p) / 12)
		return 0;
	const uint8_t *docs = p + 12 * (size_t)nblk, *pos = docs;
	uint32_t len = aur_get32(docs - 8), from = 0, at = 0;
	if (len > (size_t)(end - docs))
		return 0;
	pos += len;
	for (uint32_t b = 0; b < nblk; b++, p += 12, df -= POST_BLOCK) {
		uint32_t last = aur_get32(p), to = aur_get32(p + 4), stop = aur_get32(p + 8), n = df < POST_BLOCK ? df : POST_BLOCK;
		if (to < from || to > len || stop < at || stop > (size_t)(end - pos) || !block_within(docs + from, docs + to, doc, last, n) ||
		    !positions_within(pos + at, pos + stop, n, &seen))
			return 0;
		doc = last;
		from = to;
		at = stop;
	}
	return doc < ndocs && seen == tf;
}

int aur_post_check(const uint8_t *p, const uint8_t *end, uint32_t ndocs, void (*fn)(void *ctx, uint32_t doc, uint32_t pos), void *ctx)
{
	uint32_t df = aur_vget_safe(&p, end), tf = aur_vget_safe(&p, end), seen = 0;
	if (!p || !df || df > ndocs || tf < df || tf > (size_t)(end - p))
		return 0;
	uint32_t nblk = df > POST_BLOCK ? (df + POST_BLOCK - 1) / POST_BLOCK : 0;
	const uint8_t *skip = p, *docs, *pos;
	if (12 * (size_t)nblk > (size_t)(end - p))
		return 0;
	docs = p += 12 * (size_t)nblk;
	if (nblk) {
		size_t len = aur_get32(skip + 12 * (size_t)(nblk - 1) + 4);
		if (len > (size_t)(end - docs))
			return 0;
		pos = docs + len;
	} else {
		for (uint32_t i = 0; i < df && p; i++)
			aur_vget_safe(&p, end);
		if (!p)
			return 0;
		pos = p;
	}
	const uint8_t *d = docs, *q = pos, *docs_end = pos;
	uint64_t doc = 0;
	unsigned width = 0;
	for (uint32_t i = 0; i < df; i++) {
		uint32_t gap;
		if (nblk && i % POST_BLOCK) {
			if ((size_t)(docs_end - d) < width)
				return 0;
			gap = width == 1 ? *d : width == 2 ? aur_get16(d) : aur_get32(d);
			d += width;
		} else {
			gap = aur_vget_safe(&d, docs_end);
			if (!d || (nblk && d == docs_end))
				return 0;
			if (nblk) {
				width = *d++;
				if (width != 1 && width != 2 && width != 4)
					return 0;
			}
		}
		if (i && !gap)
			return 0;
		doc += gap;
		if (doc >= ndocs)
			return 0;
		uint64_t at = 0;
		for (int first = 1, more = 1; more; first = 0) {
			uint32_t v = aur_vget_safe(&q, end);
			if (!q || (!first && !(v >> 1)) || seen == tf)
				return 0;
			more = v & 1;
			at += v >> 1;
			if (at > UINT32_MAX)
				return 0;
			seen++;
			if (fn)
				fn(ctx, (uint32_t)doc, (uint32_t)at);
		}
		if (nblk && (i % POST_BLOCK == POST_BLOCK - 1 || i + 1 == df)) {
			const uint8_t *s = skip + 12 * (size_t)(i / POST_BLOCK);
			if (aur_get32(s) != doc || aur_get32(s + 4) != (size_t)(d - docs) || aur_get32(s + 8) != (size_t)(q - pos))
				return 0;
		}
	}
	return d == docs_end && q == end && seen == tf;
}
