/* SPDX-License-Identifier: Apache-2.0 */
/* The format of the index on disk; doc/index-format.md describes it in prose.  Private to this room. */
#ifndef AUR_INDEX_FORMAT_H
#define AUR_INDEX_FORMAT_H
#include <lmdb.h>
#include <stdint.h>
#include "base/bytes.h"

#define AUR_SCHEMA 1u /* incremented when an older program could misread the new format */

enum aur_db {
	DB_META,    /* name -> bytes */
	DB_FORMS,   /* form -> id */
	DB_FORMREC, /* BE32 id/128 -> forms with their layers */
	DB_LAYERS,  /* layer number, value -> contributions, occurrences, ids of forms */
	DB_SEG,     /* BE32 segment, kind, BE32 part -> what segments are made of */
	DB_HITS,    /* BE32 segment, kind, BE32 part -> theme hits; re-theming rewrites these only */
	DB_FIELDS,  /* BE32 field -> name */
	DB_VALUES,  /* 'v', BE32 field, BE32 value -> text; 'i', BE32 field, text -> value */
	DB_SESSIONS, /* session id -> properties */
	DB_COUNT_
};

enum aur_seg_kind {
	SEG_HEAD = 1,   /* counts, see SEG_HEAD_BYTES */
	SEG_FORMS = 2,  /* which forms occur, and where their postings are */
	SEG_POST = 3,   /* part: a chunk of postings */
	SEG_DOCS = 4,   /* part 0: words per contribution; part 1: first contribution of each SEG_TEXT */
	SEG_IDS = 5,    /* u32 hash of the id, u32 contribution; sorted by hash */
	SEG_COLUMN = 6, /* part: a field; value number per contribution */
	SEG_TEXT = 7,   /* part: first contribution of a block of records */
	SEG_DELETED = 8 /* bits of the contributions that were replaced */
};
enum aur_hit_kind {
	HIT_RECORDS = 1, /* part: block of 1,024 contributions */
	HIT_THEME = 2    /* part: theme*4 + polarity (3 = any): Roaring bitmap of contributions */
};

static inline MDB_val aur_meta_key(const char *s)
{
	return (MDB_val){.mv_size = strlen(s), .mv_data = (void *)(uintptr_t)s};
}

#define SEG_KEY 9
static inline MDB_val seg_key(uint8_t k[SEG_KEY], uint32_t seg, unsigned kind, uint32_t part)
{
	aur_setbe32(k, seg);
	k[4] = (uint8_t)kind;
	aur_setbe32(k + 5, part);
	return (MDB_val){.mv_size = SEG_KEY, .mv_data = k};
}

/* The hash of ids and of long words.  It is stored, so it must never change (aur_hash64 may). */
static inline uint64_t aur_stored_hash(const void *ptr, size_t n, uint64_t seed)
{
	const uint8_t *p = ptr;
	uint64_t h = (seed ^ n) * 0x9E3779B97F4A7C15ull;
	for (; n >= 8; p += 8, n -= 8) {
		h = (h ^ aur_get64(p)) * 0xff51afd7ed558ccdull;
		h ^= h >> 32;
	}
	if (n) {
		uint64_t x = 0;
		for (size_t i = 0; i < n; i++)
			x |= (uint64_t)p[i] << (8 * i);
		h = (h ^ x) * 0xff51afd7ed558ccdull;
		h ^= h >> 32;
	}
	h *= 0x9E3779B97F4A7C15ull;
	return h ^ (h >> 29);
}
static inline uint32_t aur_id_hash(const void *id, size_t n)
{
	return (uint32_t)(aur_stored_hash(id, n, 3) >> 16);
}

/* The first entry with this hash or a greater one in a segment's table of ids (SEG_IDS: n pairs of hash and contribution, sorted). */
static inline uint32_t aur_ids_from(const uint8_t *p, uint32_t n, uint32_t hash)
{
	/* hashes are evenly spread: interpolate, then widen the range */
	uint32_t lo = 0, hi = n, step = 64, guess = (uint32_t)((uint64_t)hash * n >> 32);
	if (n && aur_get32(p + 8 * (size_t)guess) < hash) {
		for (lo = guess; lo + step < n && aur_get32(p + 8 * ((size_t)lo + step)) < hash; step *= 2)
			lo += step;
		hi = lo + step < n ? lo + step : n;
	} else if (n) {
		for (hi = guess; hi > step && aur_get32(p + 8 * ((size_t)hi - step)) >= hash; step *= 2)
			hi -= step;
		lo = hi > step ? hi - step : 0;
	}
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (aur_get32(p + 8 * (size_t)mid) < hash)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* Every record is a CRC-32C of key and payload, then the payload. */
#define REC_HEAD 4
#define SEG_HEAD_BYTES 32 /* u32 first contribution, u32 contributions, u64 tokens, u64 words, u64 hash of the annotators */

#define POST_BLOCK 128u     /* contributions per block of a long list */
#define POST_CHUNK 60000u   /* bytes per chunk of short lists; a longer list has a chunk of its own */
#define FORM_CHUNK 128u     /* forms per record of DB_FORMREC */
#define TEXT_BLOCK 61000u   /* bytes per block of records */
#define HIT_BLOCK 1024u
#define KEY_MAX_BYTES 250u  /* longest key of a word, see aur_word_key */
#endif
