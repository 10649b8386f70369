/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <pthread.h>
#include "base/varints.h"

/* Reads a varint where at least five bytes can be read; returns 0 when they do not hold one.  For up to four bytes it does not
 * branch on the length, which no processor could predict. */
static int get_one(const uint8_t **pp, uint32_t *v)
{
	const uint8_t *p = *pp;
	uint32_t x = aur_get32(p), ends = ~x & 0x80808080u;
	if (!ends) {
		if (p[4] > 15)
			return 0;
		*v = (x & 0x7f) | (x >> 1 & 0x3f80) | (x >> 2 & 0x1fc000) | (x >> 3 & 0xfe00000) | (uint32_t)p[4] << 28;
		*pp = p + 5;
		return 1;
	}
	x &= ends ^ (ends - 1); /* keeps the bytes up to the first one without the continuation bit */
	*v = (x & 0x7f) | (x >> 1 & 0x3f80) | (x >> 2 & 0x1fc000) | (x >> 3 & 0xfe00000);
	*pp = p + (__builtin_ctz(ends) >> 3) + 1;
	return 1;
}
/* The value of a varint of at most four bytes, which x holds, zero-padded. */
static inline uint32_t join(uint32_t x)
{
	x = (x & 0x7f007f) | (x >> 1 & 0x3f803f80);
	return (x & 0x3fff) | (x >> 2 & 0xfffc000);
}
/* Reads three varints of at most four bytes each; eight bytes must be readable.  Returns how many bytes they take, or 0 if the
 * eight bytes do not hold three such numbers.  Faster than reading them one by one: where the second begins is known before the
 * first is decoded. */
static unsigned get_three(const uint8_t *p, uint32_t v[3])
{
	const uint64_t high = UINT64_C(0x8080808080808080);
	uint64_t x = aur_get64(p), first = ~x & high, second = first & (first - 1), third = second & (second - 1);
	if (!third)
		return 0;
	unsigned at = (unsigned)__builtin_ctzll(first) + 1, next = (unsigned)__builtin_ctzll(second) + 1, end = (unsigned)__builtin_ctzll(third) + 1;
	uint64_t a = x & (first ^ (first - 1)), b = (x & (second ^ (second - 1))) >> at, c = (x & (third ^ (third - 1))) >> next;
	if ((a | b | c) >> 32)
		return 0;
	v[0] = join((uint32_t)a);
	v[1] = join((uint32_t)b);
	v[2] = join((uint32_t)c);
	return end >> 3;
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <smmintrin.h>

/* Reads them four at a time, after Plaisance, Kurz and Lemire, « Vectorized VByte Decoding » (2015): the bits that say which
 * bytes end a number choose how the bytes are moved.  These bits are collected from 64 bytes at once, so that where a number
 * begins does not wait for the one before it. */
enum { FOUR = 1 << 12, SHAPES = 3 * 3 * 3 * 3, AHEAD = 64 }; /* FOUR: what the high bits of twelve bytes can be */
static struct {
	uint8_t taken; /* bytes that four numbers take; 0: one of them takes more than three */
	uint8_t shape; /* the lengths of the four, as a number in base three */
} of[FOUR];
static const uint32_t kept[7] = {UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX}; /* from an element on: which of four numbers are asked for */
static _Alignas(16) uint8_t moved[SHAPES][16]; /* where each byte of their four 32-bit numbers comes from; 0x80: it is zero */
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void tables_make(void)
{
	for (unsigned high = 0; high < FOUR; high++) {
		unsigned at = 0, k = 0, shape = 0;
		uint8_t to[16];
		for (; k < 4; k++) {
			unsigned n = 1;
			while (n < 4 && high >> (at + n - 1) & 1)
				n++;
			if (n == 4)
				break;
			for (unsigned b = 0; b < 4; b++)
				to[4 * k + b] = (uint8_t)(b < n ? at + b : 0x80);
			at += n;
			shape = shape * 3 + n - 1;
		}
		if (k < 4)
			continue;
		of[high].taken = (uint8_t)at;
		of[high].shape = (uint8_t)shape;
		memcpy(moved[shape], to, sizeof to);
	}
}

/* Reads as many of n numbers as it can, and moves *pp behind them.  Where less than four are left, what follows them is read as well, and put
 * down as zeros: how many are left could not be predicted. */
__attribute__((target("sse4.1"))) static uint32_t get_fours(const uint8_t **pp, const uint8_t *readable, uint32_t *v, uint32_t n, uint32_t *most)
{
	const uint8_t *p = *pp;
	uint32_t i = 0;
	unsigned took = 0, shape = 0; /* of the last four */
	int few = 1; /* bytes, in all numbers so far */
	__m128i top = _mm_setzero_si128();
	while (few && i < n && readable - p >= AHEAD) {
		uint64_t high = 0;
		for (unsigned k = 0; k < AHEAD; k += 16)
			high |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_loadu_si128((const void *)(p + k))) << k;
		for (unsigned at = 0; at + 16 <= AHEAD && i < n; i += 4) {
			unsigned which = (unsigned)(high >> at) % FOUR;
			if (!of[which].taken) {
				few = 0;
				break;
			}
			took = of[which].taken;
			shape = of[which].shape;
			__m128i x = _mm_shuffle_epi8(_mm_loadu_si128((const void *)p), _mm_load_si128((const void *)moved[shape]));
			__m128i second = _mm_and_si128(_mm_srli_epi32(x, 1), _mm_set1_epi32(0x7f << 7));
			__m128i third = _mm_and_si128(_mm_srli_epi32(x, 2), _mm_set1_epi32(0x7f << 14));
			x = _mm_or_si128(_mm_and_si128(x, _mm_set1_epi32(0x7f)), _mm_or_si128(second, third));
			x = _mm_and_si128(x, _mm_loadu_si128((const void *)(kept + (n - i < 4 ? 4 - (n - i) : 0))));
			_mm_storeu_si128((void *)(v + i), x);
			top = _mm_max_epu32(top, x);
			p += took;
			at += took;
		}
	}
	if (i > n) { /* the number behind the last one begins where its first byte came from */
		p = p - took + moved[shape][4 * (n % 4)];
		i = n;
	}
	top = _mm_max_epu32(top, _mm_shuffle_epi32(top, 0x4e));
	top = _mm_max_epu32(top, _mm_shuffle_epi32(top, 0xb1));
	*most = (uint32_t)_mm_cvtsi128_si32(top);
	*pp = p;
	return i;
}
#endif

static inline uint32_t greater(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

int aur_varints(const uint8_t *p, const uint8_t *end, const uint8_t *readable, uint32_t *v, uint32_t n, uint32_t *most)
{
	uint32_t i = 0, top = 0;
#if defined(__x86_64__) && defined(__GNUC__)
	if (__builtin_cpu_supports("sse4.1")) {
		pthread_once(&once, tables_make);
		i = get_fours(&p, readable, v, n, &top);
	}
#endif
	while (i < n && readable - p >= 8) {
		unsigned took = n - i >= 3 ? get_three(p, v + i) : 0;
		if (took) {
			top = greater(greater(v[i], v[i + 1]), greater(v[i + 2], top));
			p += took;
			i += 3;
			continue;
		}
		if (!get_one(&p, &v[i]))
			return 0;
		top = greater(v[i++], top);
	}
	if (p > end)
		return 0;
	for (; i < n; i++) {
		v[i] = aur_vget_safe(&p, end);
		if (!p)
			return 0;
		top = greater(v[i], top);
	}
	*most = top;
	return 1;
}
