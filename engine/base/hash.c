/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <pthread.h>
#include <stdio.h>
#include "base/bytes.h"
#include "base/hash.h"

/* CRC-32C (Castagnoli), reflected polynomial 0x82F63B78; uses the SSE 4.2 instruction if the processor has it. */
static uint32_t table[8][256];
static pthread_once_t table_once = PTHREAD_ONCE_INIT;

static void table_make(void)
{
	for (uint32_t i = 0; i < 256; i++) {
		uint32_t c = i;
		for (int k = 0; k < 8; k++)
			c = c & 1 ? c >> 1 ^ 0x82F63B78u : c >> 1;
		table[0][i] = c;
	}
	for (uint32_t i = 0; i < 256; i++)
		for (int t = 1; t < 8; t++)
			table[t][i] = table[t - 1][i] >> 8 ^ table[0][table[t - 1][i] & 255];
}

static uint32_t crc_soft(uint32_t c, const uint8_t *p, size_t n)
{
	pthread_once(&table_once, table_make);
	while (n >= 8) {
		uint32_t lo = c ^ aur_get32(p), hi = aur_get32(p + 4);
		c = table[7][lo & 255] ^ table[6][lo >> 8 & 255] ^ table[5][lo >> 16 & 255] ^ table[4][lo >> 24] ^
		    table[3][hi & 255] ^ table[2][hi >> 8 & 255] ^ table[1][hi >> 16 & 255] ^ table[0][hi >> 24];
		p += 8;
		n -= 8;
	}
	while (n--)
		c = c >> 8 ^ table[0][(c ^ *p++) & 255];
	return c;
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <nmmintrin.h>
#include <wmmintrin.h>

/* The instruction takes three cycles, and can begin in each: three stretches of bytes are summed at a time.  A sum is carried over the
 * stretch behind it by a multiplication with x^(8 n - 33), n being its bytes (33 is what the product and its reduction add). */
enum { STRETCH = 256 };
#define OVER_ONE 0xb9e02b86u
#define OVER_TWO 0xdd7e3b0cu

__attribute__((target("sse4.2,pclmul"))) static uint64_t over(uint64_t c, uint32_t by)
{
	__m128i x = _mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)c), _mm_cvtsi32_si128((int)by), 0);
	return _mm_crc32_u64(0, (uint64_t)_mm_cvtsi128_si64(x));
}

/* Sums as many whole threes of stretches as there are, and moves *p behind them. */
__attribute__((target("sse4.2,pclmul"))) static uint32_t crc_threes(uint32_t c, const uint8_t **pp, size_t *n)
{
	const uint8_t *p = *pp;
	for (; *n >= 3 * STRETCH; *n -= 3 * STRETCH, p += 3 * STRETCH) {
		uint64_t one = c, two = 0, three = 0, x, y, z;
		for (unsigned i = 0; i < STRETCH; i += 8) {
			memcpy(&x, p + i, 8);
			memcpy(&y, p + STRETCH + i, 8);
			memcpy(&z, p + 2 * STRETCH + i, 8);
			one = _mm_crc32_u64(one, x);
			two = _mm_crc32_u64(two, y);
			three = _mm_crc32_u64(three, z);
		}
		c = (uint32_t)(over(one, OVER_TWO) ^ over(two, OVER_ONE) ^ three);
	}
	*pp = p;
	return c;
}

__attribute__((target("sse4.2"))) static uint32_t crc_hard(uint32_t c, const uint8_t *p, size_t n)
{
	uint64_t x, c64 = c;
	while (n >= 8) {
		memcpy(&x, p, 8);
		c64 = _mm_crc32_u64(c64, x);
		p += 8;
		n -= 8;
	}
	c = (uint32_t)c64;
	while (n--)
		c = _mm_crc32_u8(c, *p++);
	return c;
}
#endif

uint32_t aur_crc32c(uint32_t crc, const void *p, size_t n)
{
#if defined(__x86_64__) && defined(__GNUC__)
	if (__builtin_cpu_supports("sse4.2")) {
		const uint8_t *q = p;
		crc = ~crc;
		if (n >= 3 * STRETCH && __builtin_cpu_supports("pclmul"))
			crc = crc_threes(crc, &q, &n);
		return ~crc_hard(crc, q, n);
	}
#endif
	return ~crc_soft(~crc, p, n);
}

void aur_fp_init(aur_fp *f)
{
	*f = (aur_fp){.a = 0x243F6A8885A308D3ull, .b = 0x13198A2E03707344ull};
}

static void fp_word(aur_fp *f, uint64_t x)
{
	f->a = (f->a ^ x) * 0x9E3779B97F4A7C15ull;
	f->a ^= f->a >> 32;
	f->b = (f->b + x) * 0xff51afd7ed558ccdull;
	f->b ^= f->b >> 29 ^ f->a;
}

void aur_fp_add(aur_fp *f, const void *ptr, size_t n)
{
	const uint8_t *p = ptr;
	f->len += n;
	while (n) {
		if (!f->ntail && n >= 8) {
			fp_word(f, aur_get64(p));
			p += 8;
			n -= 8;
			continue;
		}
		f->tail[f->ntail++] = *p++;
		n--;
		if (f->ntail == 8) {
			fp_word(f, aur_get64(f->tail));
			f->ntail = 0;
		}
	}
}

void aur_fp_sum(const aur_fp *f, uint64_t sum[2])
{
	aur_fp g = *f;
	memset(g.tail + g.ntail, 0, 8 - g.ntail);
	fp_word(&g, aur_get64(g.tail));
	fp_word(&g, g.len);
	fp_word(&g, 0);
	fp_word(&g, 0);
	sum[0] += g.a;
	sum[1] += g.b;
}

void aur_fp_hex(const aur_fp *f, char out[33])
{
	uint64_t sum[2] = {0, 0};
	aur_fp_sum(f, sum);
	snprintf(out, 33, "%016llx%016llx", (unsigned long long)sum[0], (unsigned long long)sum[1]);
}
