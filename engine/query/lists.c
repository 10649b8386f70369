/* SPDX-License-Identifier: Apache-2.0 */
/* How often a form stands in contributions, out of its positions. */
#include "config.h"
#include "query/node.h"

/* Past the positions of k contributions, eight bytes at a time: the lowest bit of the first byte of a position says whether another one
 * follows in the same contribution. */
static const uint8_t *skip(const uint8_t *p, uint32_t k)
{
	while (k >= 8) { /* so there are eight bytes to read */
		uint64_t w;
		memcpy(&w, p, 8);
		if (w & 0x8080808080808080ull) {
			p = aur_post_skip(p, 1);
			k--;
			continue;
		}
		k -= 8 - (uint32_t)__builtin_popcountll(w & 0x0101010101010101ull);
		p += 8;
	}
	return aur_post_skip(p, k);
}

static inline const uint8_t *count(const uint8_t *p, uint32_t *n)
{
	unsigned more;
	uint32_t k = 0;
	do {
		more = *p & 1;
		while (*p++ >= 128)
			;
		k++;
	} while (more);
	*n = k;
	return p;
}

void q_list_tf(const aur_post *p, const uint32_t *want, uint32_t nwant, uint32_t *tf)
{
	uint32_t no[POST_BLOCK], n, k = 0;
	for (uint32_t b = 0, nb = aur_post_blocks(p); b < nb && k < nwant; b++) {
		if (aur_post_last(p, b) < want[k]) { /* gallop */
			uint32_t step = 1, lo = b;
			while (lo + step < nb && aur_post_last(p, lo + step) < want[k]) {
				lo += step;
				step *= 2;
			}
			uint32_t hi = lo + step < nb ? lo + step : nb;
			while (hi - lo > 1) {
				uint32_t mid = lo + (hi - lo) / 2;
				if (aur_post_last(p, mid) < want[k])
					lo = mid;
				else
					hi = mid;
			}
			b = hi;
			if (b >= nb)
				return;
		}
		const uint8_t *pos = aur_post_block(p, b, no, &n);
		uint32_t at = 0; /* contribution that pos stands at */
		for (uint32_t i = 0; i < n && k < nwant; i++) {
			while (k < nwant && want[k] < no[i])
				k++;
			if (k == nwant || want[k] != no[i])
				continue;
			uint32_t c;
			pos = skip(pos, i - at);
			pos = count(pos, &c);
			at = i + 1;
			tf[k++] += c;
		}
	}
}

uint64_t q_list_tf_sum(const aur_post *p, const dset *d)
{
	uint32_t no[POST_BLOCK], n;
	uint64_t sum = 0;
	for (uint32_t b = 0, nb = aur_post_blocks(p); b < nb; b++) {
		const uint8_t *pos = aur_post_block(p, b, no, &n);
		uint32_t at = 0, c;
		for (uint32_t i = 0; i < n; i++) {
			if (!dset_has(d, no[i]))
				continue;
			pos = skip(pos, i - at);
			pos = count(pos, &c);
			at = i + 1;
			sum += c;
		}
	}
	return sum;
}
