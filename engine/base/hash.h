/* SPDX-License-Identifier: Apache-2.0 */
/* Three hashes: aur_hash64 for tables in memory (no defence against words chosen to collide: they would only slow down the corpus
 * of whoever made them), CRC-32C to detect damage, and a 128-bit fingerprint that must never change, as it is stored. */
#ifndef AUR_BASE_HASH_H
#define AUR_BASE_HASH_H
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint64_t aur_hash64(const void *ptr, size_t n, uint64_t seed)
{
	const uint8_t *p = ptr;
	uint64_t h = (seed ^ n) * 0x9E3779B97F4A7C15ull, x;
	while (n >= 8) {
		memcpy(&x, p, 8);
		h = (h ^ x) * 0xff51afd7ed558ccdull;
		h ^= h >> 32;
		p += 8;
		n -= 8;
	}
	if (n) {
		if (n >= 4) { /* two overlapping loads instead of a loop over single bytes */
			uint32_t lo, hi;
			memcpy(&lo, p, 4);
			memcpy(&hi, p + n - 4, 4);
			x = (uint64_t)hi << 32 | lo;
		} else {
			x = (uint64_t)p[0] | (uint64_t)p[n >> 1] << 8 | (uint64_t)p[n - 1] << 16;
		}
		h = (h ^ x) * 0xff51afd7ed558ccdull;
		h ^= h >> 32;
	}
	h *= 0x9E3779B97F4A7C15ull;
	return h ^ (h >> 29);
}

/* The same for 16 bytes in two numbers, of which n are meant. */
static inline uint64_t aur_hash128(uint64_t a, uint64_t b, size_t n)
{
	a = (a ^ n) * 0x9E3779B97F4A7C15ull;
	b = (b ^ n) * 0xff51afd7ed558ccdull;
	a ^= b << 32 | b >> 32;
	a = (a ^ a >> 32) * 0xff51afd7ed558ccdull;
	return a ^ a >> 29;
}

/* Equal bytes, without a call for the short words that most are. */
static inline int aur_same(const char *a, const char *b, size_t n)
{
	uint64_t x, y;
	uint32_t u, v;
	if (n > 16)
		return !memcmp(a, b, n);
	if (n >= 8) {
		memcpy(&x, a, 8);
		memcpy(&y, b, 8);
		if (x != y)
			return 0;
		memcpy(&x, a + n - 8, 8);
		memcpy(&y, b + n - 8, 8);
		return x == y;
	}
	if (n >= 4) {
		memcpy(&u, a, 4);
		memcpy(&v, b, 4);
		if (u != v)
			return 0;
		memcpy(&u, a + n - 4, 4);
		memcpy(&v, b + n - 4, 4);
		return u == v;
	}
	for (size_t i = 0; i < n; i++)
		if (a[i] != b[i])
			return 0;
	return 1;
}

/* CRC-32C of n bytes; crc is that of the bytes before them, 0 at the start. */
uint32_t aur_crc32c(uint32_t crc, const void *p, size_t n);

/* Fingerprint of 128 bits.  It does not depend on how the input is split into pieces. */
typedef struct aur_fp {
	uint64_t a, b, len;
	uint8_t tail[8];
	unsigned ntail;
} aur_fp;
void aur_fp_init(aur_fp *f);
void aur_fp_add(aur_fp *f, const void *p, size_t n);
/* Adds the fingerprint, as two numbers, to sum; the sum over many fingerprints does not depend on their order. */
void aur_fp_sum(const aur_fp *f, uint64_t sum[2]);
void aur_fp_hex(const aur_fp *f, char out[33]);
#endif
