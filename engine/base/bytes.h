/* SPDX-License-Identifier: Apache-2.0 */
/* Integers in bytes: little-endian loads and stores on any alignment, big-endian keys, LEB128 varints. */
#ifndef AUR_BASE_BYTES_H
#define AUR_BASE_BYTES_H
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "base/mem.h"

static inline uint32_t aur_get32(const void *p)
{
	const uint8_t *b = p;
	return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}
static inline uint16_t aur_get16(const void *p)
{
	const uint8_t *b = p;
	return (uint16_t)(b[0] | b[1] << 8);
}
static inline uint64_t aur_get64(const void *p)
{
	return aur_get32(p) | (uint64_t)aur_get32((const uint8_t *)p + 4) << 32;
}
static inline void aur_set16(void *p, uint32_t v)
{
	uint8_t *b = p;
	b[0] = (uint8_t)v;
	b[1] = (uint8_t)(v >> 8);
}
static inline void aur_set32(void *p, uint32_t v)
{
	uint8_t *b = p;
	b[0] = (uint8_t)v;
	b[1] = (uint8_t)(v >> 8);
	b[2] = (uint8_t)(v >> 16);
	b[3] = (uint8_t)(v >> 24);
}
static inline void aur_set64(void *p, uint64_t v)
{
	aur_set32(p, (uint32_t)v);
	aur_set32((uint8_t *)p + 4, (uint32_t)(v >> 32));
}
static inline void aur_setbe32(void *p, uint32_t v)
{
	uint8_t *b = p;
	b[0] = (uint8_t)(v >> 24);
	b[1] = (uint8_t)(v >> 16);
	b[2] = (uint8_t)(v >> 8);
	b[3] = (uint8_t)v;
}
static inline uint32_t aur_getbe32(const void *p)
{
	const uint8_t *b = p;
	return (uint32_t)b[3] | (uint32_t)b[2] << 8 | (uint32_t)b[1] << 16 | (uint32_t)b[0] << 24;
}

static inline uint64_t aur_getbe64(const void *p)
{
	return (uint64_t)aur_getbe32(p) << 32 | aur_getbe32((const uint8_t *)p + 4);
}

/* Stores a number in 1, 2 or 4 bytes, little-endian. */
static inline void aur_set_wide(uint8_t *p, unsigned width, uint32_t v)
{
	if (width == 1)
		*p = (uint8_t)v;
	else if (width == 2)
		aur_set16(p, v);
	else
		aur_set32(p, v);
}

/* The number of bits that are set; computed, unless the compiler may use the processor's own instruction. */
static inline unsigned aur_popcount64(uint64_t x)
{
#ifdef __POPCNT__
	return (unsigned)__builtin_popcountll(x);
#else
	x -= x >> 1 & 0x5555555555555555ull;
	x = (x & 0x3333333333333333ull) + (x >> 2 & 0x3333333333333333ull);
	x = (x + (x >> 4)) & 0x0F0F0F0F0F0F0F0Full;
	return (unsigned)(x * 0x0101010101010101ull >> 56);
#endif
}

/* Writes v as a varint of at most 5 bytes; returns the end. */
static inline uint8_t *aur_vput(uint8_t *p, uint32_t v)
{
	while (v >= 128) {
		*p++ = (uint8_t)(v | 128);
		v >>= 7;
	}
	*p++ = (uint8_t)v;
	return p;
}
/* The same where five bytes may be written, whatever of them is needed.  Without a branch on the length of most, which nobody can foresee. */
static inline uint8_t *aur_vput5(uint8_t *p, uint32_t v)
{
	if (v >> 28)
		return aur_vput(p, v);
	unsigned more = (unsigned)((v > 0x7f) + (v > 0x3fff) + (v > 0x1fffff));
	aur_set32(p, (v & 0x7f) | (v & 0x3f80) << 1 | (v & 0x1fc000) << 2 | (v & 0xfe00000) << 3 | (0x80808080u & ((1u << 8 * more) - 1)));
	return p + more + 1;
}
/* Trusts its input: only on bytes whose checksum was verified. */
static inline uint32_t aur_vget(const uint8_t **pp)
{
	const uint8_t *p = *pp;
	uint32_t v = *p++;
	if (v >= 128) {
		v &= 127;
		unsigned shift = 7;
		uint32_t b;
		do {
			b = *p++;
			v |= (b & 127) << shift;
			shift += 7;
		} while (b >= 128);
	}
	*pp = p;
	return v;
}
/* The same for untrusted bytes: returns 0 and sets *pp = NULL at the end of the input or if the number exceeds 32 bits. */
static inline uint32_t aur_vget_safe(const uint8_t **pp, const uint8_t *end)
{
	uint64_t v = 0;
	const uint8_t *p = *pp;
	if (p && p < end && *p < 128) { /* most numbers */
		*pp = p + 1;
		return *p;
	}
	for (unsigned shift = 0; p && p < end && shift < 35; shift += 7) {
		uint32_t b = *p++;
		v |= (uint64_t)(b & 127) << shift;
		if (b < 128) {
			if (v > UINT32_MAX)
				break;
			*pp = p;
			return (uint32_t)v;
		}
	}
	*pp = NULL;
	return 0;
}
static inline void aur_buf_v(aur_buf *b, uint32_t v)
{
	aur_buf_room(b, 5);
	b->n = (size_t)(aur_vput(b->p + b->n, v) - b->p);
}
#endif
