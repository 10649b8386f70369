/* SPDX-License-Identifier: Apache-2.0 */
/* splitmix64: pseudo-random numbers, the same in every run. */
#ifndef AUR_CONFORM_RANDOM_H
#define AUR_CONFORM_RANDOM_H
#include <stdint.h>

/* The next number of the sequence *s, less than `below`. */
static inline uint32_t aur_random(uint64_t *s, uint32_t below)
{
	uint64_t z = (*s += 0x9E3779B97F4A7C15ull);
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
	return below ? (uint32_t)((z ^ (z >> 31)) >> 32) % below : 0;
}
#endif
