/* SPDX-License-Identifier: Apache-2.0 */
/* A list of postings: the contributions of a segment that contain a form, and its positions.
 *
 *  varint contributions, varint occurrences
 *  above POST_BLOCK contributions, one entry per block: u32 last contribution, u32 end of its numbers, u32 end of its
 *  positions (offsets into the two areas below)
 *  numbers: of a list without blocks, varint gaps; of a block, varint gap from the last of the block before, u8 width
 *  (1, 2, 4), then the other gaps in that many bytes each, so that eight can be read at a time
 *  positions: per contribution, varint (gap << 1 | more)
 *
 * Numbers are separate from positions, so that a count, an intersection or a table per session never reads the latter. */
#ifndef AUR_INDEX_POSTINGS_H
#define AUR_INDEX_POSTINGS_H
#include "index/format.h"

typedef struct aur_post {
	uint32_t df, tf;
	uint32_t nblk;      /* 0: a single block, without an entry */
	const uint8_t *skip; /* nblk * 12 bytes */
	const uint8_t *docs, *pos;
} aur_post;

/* Occurrences, sorted: contribution << 32 | position each; or, where both fit 32 bits, contribution << bits | position, in half the memory. */
typedef struct aur_post_pairs {
	const uint64_t *wide;
	const uint32_t *narrow; /* NULL: they are wide */
	unsigned bits;
} aur_post_pairs;
/* Appends the list of n > 0 occurrences to out.  tmp_docs, tmp_pos: scratch. */
void aur_post_encode(aur_buf *out, aur_buf *tmp_docs, aur_buf *tmp_pos, const aur_post_pairs *pairs, size_t n);
/* May the functions below read this list, which ends at `end` or before?  Then they stay within it, and the numbers that they give
 * are less than ndocs and in order.  Numbers and positions are not decoded for that, and may be wrong: aur_post_check tells. */
int aur_post_within(const uint8_t *list, const uint8_t *end, uint32_t ndocs);
/* Opens a list that is within its bounds, such as one from aur_snapshot_postings; *p points into it. */
void aur_post_open(aur_post *p, const uint8_t *list);
/* Writes the numbers of all contributions to out; returns df. */
uint32_t aur_post_docs(const aur_post *p, uint32_t *out);

static inline uint32_t aur_post_blocks(const aur_post *p)
{
	return p->nblk ? p->nblk : 1;
}
static inline uint32_t aur_post_last(const aur_post *p, uint32_t b)
{
	return p->nblk ? aur_get32(p->skip + 12 * (size_t)b) : UINT32_MAX; /* unknown without entries */
}
static inline uint32_t aur_post_block_len(const aur_post *p, uint32_t b)
{
	uint32_t k = b * POST_BLOCK;
	return p->df - k < POST_BLOCK ? p->df - k : POST_BLOCK;
}
/* Writes the numbers of block b (local to the segment) to out[POST_BLOCK]; returns where its positions start. */
const uint8_t *aur_post_block(const aur_post *p, uint32_t b, uint32_t *out, uint32_t *count);
/* Where the positions of block b end; NULL if the list has no blocks. */
static inline const uint8_t *aur_post_positions_end(const aur_post *p, uint32_t b)
{
	return p->nblk ? p->pos + aur_get32(p->skip + 12 * (size_t)b + 8) : NULL;
}
/* Skips the positions of `k` contributions; returns where the next ones start. */
const uint8_t *aur_post_skip(const uint8_t *pos, uint32_t k);
/* The first block from b on that may contain contribution `no`; aur_post_blocks if there is none. */
uint32_t aur_post_seek(const aur_post *p, uint32_t b, uint32_t no);
/* Merges several lists into one, for merging segments.  Initialise with zeros; _end empties it for the next list. */
typedef struct aur_post_join {
	aur_buf docs, pos, skip;
	uint32_t no[POST_BLOCK], n, before; /* numbers of the open block, and the last number before it */
	uint32_t df;
	uint64_t tf;
} aur_post_join;
/* Adds the contributions of a list, in order: number d becomes map[d] (UINT32_MAX: left out), or base + d if map is NULL.  scratch:
 * room for the contributions of the segment. */
void aur_post_join_add(aur_post_join *j, const aur_post *p, const uint32_t *map, uint32_t base, uint32_t *scratch);
/* Appends the merged list to out; returns 0 if it is empty. */
int aur_post_join_end(aur_post_join *j, aur_buf *out);
void aur_post_join_free(aur_post_join *j);

/* Reads an untrusted list: checks every number against its bounds, and passes each occurrence to fn.  Returns 1 if [list, end) is
 * exactly one sound list over contributions below ndocs. */
int aur_post_check(const uint8_t *list, const uint8_t *end, uint32_t ndocs, void (*fn)(void *ctx, uint32_t doc, uint32_t pos), void *ctx);
#endif
