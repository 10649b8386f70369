/* SPDX-License-Identifier: Apache-2.0 */
/* Where and how often a form occurs in contributions, from the positions in its list of postings. */
#include "config.h"
#include <stdlib.h>
#include "query/node.h"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

int q_form_left(aur_search *s, uint32_t form)
{
	aur_snapshot *snap = s->env.s;
	uint32_t no[POST_BLOCK], n, replaced = 0;
	for (uint32_t g = 0; g < aur_snapshot_segs(snap); g++)
		replaced |= aur_snapshot_seg(snap, g)->deleted != NULL;
	for (uint32_t g = 0; replaced && g < aur_snapshot_segs(snap); g++) {
		const aur_seg_info *info = aur_snapshot_seg(snap, g);
		const uint8_t *list;
		aur_post p;
		if (aur_snapshot_postings(snap, g, form, &list, NULL) || !list)
			continue;
		if (!info->deleted)
			return 1;
		aur_post_open(&p, list);
		for (uint32_t b = 0, nb = aur_post_blocks(&p); b < nb; b++) {
			aur_post_block(&p, b, no, &n);
			for (uint32_t i = 0; i < n; i++)
				if (!aur_seg_is_deleted(info, no[i]))
					return 1;
		}
	}
	return !replaced;
}

/* Skips the positions of k contributions, many bytes at a time.  Bit 0 of the first byte of a position says whether
 * another one follows in the same contribution.  end: of the positions of the block; NULL: not known. */
static inline const uint8_t *skip(const uint8_t *p, uint32_t k, const uint8_t *end)
{
#ifdef __SSE2__
	const __m128i low = _mm_set1_epi8(1);
	while (k >= 16) { /* k contributions have at least sixteen bytes */
		__m128i w = _mm_loadu_si128((const __m128i *)(const void *)p);
		if (_mm_movemask_epi8(w))
			break;
		__m128i more = _mm_sad_epu8(_mm_and_si128(w, low), _mm_setzero_si128());
		k -= 16 - (uint32_t)(_mm_cvtsi128_si32(more) + _mm_extract_epi16(more, 4));
		p += 16;
	}
#endif
	const uint64_t ones = 0x0101010101010101ull, high = ones << 7;
	while (k >= 8 || (k && end && end - p >= 8)) { /* at least eight bytes */
		uint64_t w = aur_get64(p);
		if (w & high) {
			p = aur_post_skip(p, 1);
			k--;
			continue;
		}
		uint64_t ended = (~w & ones) * ones; /* by byte: how many contributions end with it or before */
		if (ended >> 56 < k) {
			k -= (uint32_t)(ended >> 56);
			p += 8;
			continue;
		}
		uint64_t enough = ((ended | high) - k * ones) & high; /* bytes with k or more */
		return p + __builtin_ctzll(enough) / 8 + 1;
	}
	return k ? aur_post_skip(p, k) : p;
}

/* The index of the first entry, from i on, that is not less than `want`; n: there is none. */
static inline uint32_t ahead(const uint32_t *no, uint32_t i, uint32_t n, uint32_t want)
{
	while (i < n && no[i] < want) {
		i++;
		while (i + 8 <= n && no[i + 7] < want) /* eight at a time while it is far */
			i += 8;
	}
	return i;
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
	for (uint32_t b = 0, nb = aur_post_blocks(p); k < nwant && (b = aur_post_seek(p, b, want[k])) < nb; b++) {
		const uint8_t *pos = aur_post_block(p, b, no, &n), *end = aur_post_positions_end(p, b);
		uint32_t at = 0; /* index of the contribution at pos */
		for (uint32_t i = 0; k < nwant && (i = ahead(no, i, n, want[k])) < n; k++) {
			if (want[k] != no[i])
				continue;
			uint32_t c;
			pos = skip(pos, i - at, end);
			pos = count(pos, &c);
			at = ++i;
			tf[k] += c;
		}
	}
}

uint64_t q_list_tf_sum(const aur_post *p, const dset *d)
{
	uint32_t no[POST_BLOCK], n;
	uint64_t sum = 0;
	for (uint32_t b = 0, nb = aur_post_blocks(p); b < nb; b++) {
		const uint8_t *pos = aur_post_block(p, b, no, &n), *end = aur_post_positions_end(p, b);
		uint32_t at = 0, c;
		for (uint32_t i = 0; i < n; i++) {
			if (!dset_has(d, no[i]))
				continue;
			pos = skip(pos, i - at, end);
			pos = count(pos, &c);
			at = i + 1;
			sum += c;
		}
	}
	return sum;
}

static inline void add(uint8_t *tf, uint32_t n)
{
	uint32_t sum = *tf + n;
	*tf = (uint8_t)(sum < UINT8_MAX ? sum : UINT8_MAX);
}

void q_list_tf_bytes(const aur_post *p, const dset *d, uint8_t *tf)
{
	uint32_t no[POST_BLOCK], n, c;
	for (uint32_t b = 0, nb = aur_post_blocks(p); b < nb; b++) {
		const uint8_t *pos = aur_post_block(p, b, no, &n), *end = aur_post_positions_end(p, b);
		/* a byte per contribution: each has one occurrence */
		int once = end && (size_t)(end - pos) == n;
		for (uint32_t i = 0; i < n; i++) {
			c = 1;
			if (!once)
				pos = count(pos, &c);
			if (dset_has(d, no[i]))
				add(&tf[no[i]], c);
		}
	}
}

/* ---- phrases ----------------------------------------------------------------------------------- */
/* An occurrence: index of its contribution in `want`, and token where the phrase would begin. */
struct place {
	uint32_t of, at;
};

static inline void place(aur_buf *out, uint32_t of, uint32_t at, uint32_t shift)
{
	if (at < shift)
		return;
	struct place x = {of, at - shift};
	aur_buf_room(out, sizeof x);
	memcpy(out->p + out->n, &x, sizeof x);
	out->n += sizeof x;
}

static inline uint64_t key(const struct place *x)
{
	return (uint64_t)x->of << 32 | x->at;
}

/* The contributions in which a phrase may be: as sorted numbers, and as bits, which may have more of them. */
struct wanted {
	uint32_t *no, n;
	const dset *d;
};

/* Which of the n numbers of a block are wanted, the first of which is w->no[k]; their indices go to `hit`. */
static inline uint32_t hits_of(const struct wanted *w, uint32_t k, const uint32_t *no, uint32_t n, int many, uint8_t *hit)
{
	uint32_t hits = 0;
	if (many) { /* without a branch, which could not be predicted */
		for (uint32_t i = 0; i < n; i++) {
			hit[hits] = (uint8_t)i;
			hits += (uint32_t)dset_has(w->d, no[i]);
		}
		return hits;
	}
	for (uint32_t i = 0; k < w->n && (i = ahead(no, i, n, w->no[k])) < n; k++)
		if (w->no[k] == no[i])
			hit[hits++] = (uint8_t)i++;
	return hits;
}

static inline uint32_t index_of(const struct wanted *w, uint32_t k, uint32_t no)
{
	while (k < w->n && w->no[k] < no)
		k++;
	return k;
}

/* Appends the occurrences of one list in the wanted contributions, moved back by `shift` tokens. */
static void places_of(const aur_post *p, const struct wanted *w, uint32_t shift, aur_buf *out)
{
	uint32_t no[POST_BLOCK], n, k = 0;
	uint8_t hit[POST_BLOCK];
	int many = w->n > p->df / 16; /* eight of a block, if they are evenly distributed */
	for (uint32_t b = 0, nb = aur_post_blocks(p); k < w->n && (b = aur_post_seek(p, b, w->no[k])) < nb; b++) {
		const uint8_t *pos = aur_post_block(p, b, no, &n), *end = aur_post_positions_end(p, b);
		uint32_t done = 0, hits = hits_of(w, k, no, n, many, hit); /* done: contributions before pos */
		int once = end && (size_t)(end - pos) == n; /* a byte per contribution */
		for (uint32_t h = 0; h < hits; h++) {
			uint32_t i = hit[h], at = 0, v;
			k = index_of(w, k, no[i]);
			if (k == w->n || w->no[k] != no[i])
				continue;
			if (once) {
				place(out, k, pos[i] >> 1, shift);
				continue;
			}
			pos = skip(pos, i - done, end);
			done = i + 1;
			do {
				v = aur_vget(&pos);
				at += v >> 1;
				place(out, k, at, shift);
			} while (v & 1);
		}
		k = index_of(w, k, no[n - 1]);
		k += k < w->n && w->no[k] == no[n - 1];
	}
}

static int by_place(const void *a, const void *b)
{
	uint64_t x = key(a), y = key(b);
	return (x > y) - (x < y);
}

/* Sorts the occurrences of several lists: by contribution first, as each has few. */
static void places_sort(aur_buf *b, uint32_t nwant, aur_buf *tmp)
{
	size_t n = b->n / sizeof(struct place);
	struct place *v = (struct place *)(void *)b->p, *to;
	uint32_t *at;
	tmp->n = 0;
	aur_buf_room(tmp, b->n + ((size_t)nwant + 1) * sizeof *at);
	to = (struct place *)(void *)tmp->p;
	at = (uint32_t *)(void *)(tmp->p + b->n);
	memset(at, 0, ((size_t)nwant + 1) * sizeof *at);
	for (size_t i = 0; i < n; i++)
		at[v[i].of + 1]++;
	for (uint32_t k = 0; k < nwant; k++)
		at[k + 1] += at[k];
	for (size_t i = 0; i < n; i++)
		to[at[v[i].of]++] = v[i];
	for (size_t i = 0, z; i < n; i = z) {
		for (z = i + 1; z < n && to[z].of == to[i].of; z++)
			;
		if (z - i > 16)
			qsort(to + i, z - i, sizeof *to, by_place);
		else
			for (size_t j = i + 1; j < z; j++) {
				struct place x = to[j];
				size_t m = j;
				for (; m > i && to[m - 1].at > x.at; m--)
					to[m] = to[m - 1];
				to[m] = x;
			}
	}
	memcpy(b->p, to, b->n);
}

/* Keeps in *a what is in b too; both are sorted. */
static void places_both(aur_buf *a, const aur_buf *b)
{
	struct place *x = (struct place *)(void *)a->p;
	const struct place *y = (const struct place *)(const void *)b->p;
	size_t nx = a->n / sizeof *x, ny = b->n / sizeof *y, m = 0;
	for (size_t i = 0, j = 0; i < nx && j < ny;) {
		uint64_t p = key(&x[i]), q = key(&y[j]);
		if (p == q)
			x[m++] = x[i];
		i += p <= q;
		j += q <= p;
	}
	a->n = m * sizeof *x;
}

/* A word of the phrase, and how many tokens it is from the beginning. */
struct step {
	const formset *set;
	uint32_t shift;
};

static int by_sum(const void *a, const void *b)
{
	const struct step *x = a, *y = b;
	if (x->set->sum != y->set->sum)
		return x->set->sum < y->set->sum ? -1 : 1;
	return (x->shift > y->shift) - (x->shift < y->shift);
}

uint32_t q_phrase_docs(aur_search *s, const node *n, const dset *d, uint32_t *want, uint32_t nwant)
{
	struct wanted w = {want, nwant, d};
	struct step step[MAX_PHRASE];
	uint32_t steps = 0;
	aur_buf *have = &s->places[0], *more = &s->places[1], *tmp = &s->places[2];
	for (uint32_t i = 0; i < n->nsets; i++)
		if (n->sets[i])
			step[steps++] = (struct step){n->sets[i], i};
	qsort(step, steps, sizeof *step, by_sum);
	for (uint32_t i = 0; i < steps && w.n; i++) {
		aur_buf *b = i ? more : have;
		b->n = 0;
		for (uint32_t k = 0; k < step[i].set->nlists; k++)
			places_of(&step[i].set->list[k], &w, step[i].shift, b);
		if (step[i].set->nlists > 1)
			places_sort(b, w.n, tmp);
		if (i)
			places_both(have, more);
		/* drop contributions without occurrence, and renumber the others */
		struct place *x = (struct place *)(void *)have->p;
		size_t nx = have->n / sizeof *x;
		uint32_t left = 0, before = AUR_NONE;
		for (size_t j = 0; j < nx; j++) {
			if (x[j].of != before) {
				before = x[j].of;
				want[left++] = want[before];
			}
			x[j].of = left - 1;
		}
		w.n = left;
	}
	return w.n;
}
