/* SPDX-License-Identifier: Apache-2.0 */
/* What the columns contain, as far as the first records show it. */
#include <stdlib.h>
#include "csv.h"

enum { LONG = 25 }; /* bytes from which an answer is likely to be in words of one's own, and not a ticked box */

static int sample_order(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return x < y ? -1 : x > y;
}

static uint32_t sample_distinct(uint64_t *seen, uint32_t n)
{
	uint32_t distinct = 0;
	qsort(seen, n, sizeof *seen, sample_order);
	for (uint32_t k = 0; k < n; k++)
		distinct += k == 0 || seen[k] != seen[k - 1];
	return distinct;
}

/* Iterates over the first records. */
typedef struct sample {
	const char *next, *record; /* record: the start of the current one, which is scanned in csv_state.r */
	uint32_t count;
} sample;

/* Moves to the next record, skipping what is not one; false at the end. */
static bool sample_next(csv_state *s, sample *at)
{
	const char *end = s->in.buf + s->in.end;
	if (!at->next)
		at->next = s->in.buf + s->in.begin;
	while (at->count++ < CSV_SAMPLE) {
		size_t n = (size_t)(end - at->next);
		csv_found f = csv_scan(&s->d, at->next, n, s->in.eof, &s->r);
		size_t step = f == CSV_RECORD ? s->r.len : f == CSV_QUOTE ? csv_line(&s->d, at->next, n, s->in.eof) : 0;
		at->record = at->next;
		at->next += step;
		if (!step)
			return false;
		if (f == CSV_RECORD)
			return true;
	}
	return false;
}

void csv_look(csv_state *s, uint32_t i, csv_holding *out)
{
	memset(out, 0, sizeof *out);
	for (sample at = {0}; sample_next(s, &at);) {
		if (csv_whole(s) && i < s->r.n) {
			const char *v = at.record + s->r.f[i].start;
			size_t len = s->r.f[i].end - s->r.f[i].start;
			if (len) {
				char iso[48];
				out->seen[out->values++] = rd_hash(v, len);
				out->bytes += len;
				uint32_t words = 0;
				for (size_t j = 1; j < len; j++)
					words += v[j] == ' ' && v[j - 1] != ' ';
				out->words += words;
				if (len >= LONG && words >= 3)
					out->seen_longs[out->longs++] = out->seen[out->values - 1];
				bool dmy = rd_date_iso(v, len, RD_DATE_DMY, iso),
				     mdy = rd_date_iso(v, len, RD_DATE_MDY, iso);
				out->days += dmy || mdy;
				out->dmy += dmy && !mdy;
				out->mdy += mdy && !dmy;
				if (dmy && !out->date[RD_DATE_DMY].len)
					out->date[RD_DATE_DMY] = rd_str(v, len);
				if (mdy && !out->date[RD_DATE_MDY].len)
					out->date[RD_DATE_MDY] = rd_str(v, len);
			}
		}
	}
	out->distinct = sample_distinct(out->seen, out->values);
	out->distinct_longs = sample_distinct(out->seen_longs, out->longs);
}

void csv_idle(csv_state *s)
{
	for (uint32_t i = 0; i < s->d.columns; i++)
		s->cols[i].idle = !*s->cols[i].label;
	for (sample at = {0}; sample_next(s, &at);)
		for (uint32_t i = 0; i < s->r.n && i < s->d.columns; i++)
			s->cols[i].idle &= s->r.f[i].start == s->r.f[i].end;
}

/* Splits a cell into answers: hash of the first, and hashes of the others; returns how many there are, 0 if there is only one or it
 * is a sentence. */
static uint32_t sample_answers(const char *p, size_t n, const char *sep, uint64_t *first, uint64_t *others, uint32_t room, aur_str *last)
{
	enum { MOST = 60 };
	size_t step = strlen(sep);
	uint32_t k = 0;
	for (const char *at = p, *end = p + n; at <= end && k < room;) {
		const char *stop = at;
		while (stop + step <= end && memcmp(stop, sep, step) != 0)
			stop++;
		if (stop + step > end)
			stop = end;
		aur_str v = rd_trim(rd_str(at, (size_t)(stop - at)));
		if (!v.len || v.len > MOST)
			return 0;
		*(k ? &others[k - 1] : first) = rd_hash(v.ptr, v.len);
		*last = v;
		k++;
		at = stop < end ? stop + step : end + 1;
	}
	return k > 1 ? k : 0;
}

/* Ticked answers recur, and the same one is first in one cell and later in another; « Lille, Nord » does not behave like that. */
bool csv_several(csv_state *s, uint32_t i, aur_str *cell, aur_str *answer)
{
	static const char *const seps[] = {";", ", "};
	enum { ROOM = 32 };
	uint64_t *first = malloc(sizeof *first * CSV_SAMPLE), *others = malloc(sizeof *others * CSV_SAMPLE * ROOM);
	bool yes = false;
	for (unsigned k = 0; k < 2 && !yes && first && others; k++) {
		uint32_t cells = 0, more = 0, both = 0;
		for (sample at = {0}; sample_next(s, &at);) {
			if (csv_whole(s) && i < s->r.n) {
				aur_str v = rd_str(at.record + s->r.f[i].start, s->r.f[i].end - s->r.f[i].start), last;
				uint32_t got = sample_answers(v.ptr, v.len, seps[k], &first[cells], &others[more], ROOM, &last);
				if (got == 2 && (!cells || cell->len == 0)) {
					*cell = v;
					*answer = last;
				}
				cells += got > 0;
				more += got ? got - 1 : 0;
			}
		}
		uint32_t all = cells + more, heads = sample_distinct(first, cells), tails = sample_distinct(others, more);
		for (uint32_t a = 0, b = 0; a < cells && b < more;) {
			both += first[a] == others[b] && (!b || others[b] != others[b - 1]);
			if (first[a] < others[b])
				a++;
			else
				b++;
		}
		yes = cell->len && cells >= 3 && both >= (seps[k][1] ? 2 : 1) && all >= 2 * (heads + tails - both);
		if (!yes)
			*cell = rd_str(NULL, 0);
	}
	free(first);
	free(others);
	return yes;
}

bool csv_days(csv_state *s, uint32_t i)
{
	enum { DAY = 10, SPAN = 10 }; /* bytes of 2025-04-22: a year alone may be one of birth, and so are days of many years */
	uint32_t values = 0, days = 0;
	int from = 9999, to = 0; /* years */
	char iso[48];
	for (sample at = {0}; sample_next(s, &at);)
		if (csv_whole(s) && i < s->r.n && s->r.f[i].end > s->r.f[i].start) {
			const char *v = at.record + s->r.f[i].start;
			size_t n = s->r.f[i].end - s->r.f[i].start;
			values++;
			bool plain = n >= DAY && rd_date_plain(v, n);
			if (!plain && rd_date_iso(v, n, RD_DATE_DMY, iso) < DAY && rd_date_iso(v, n, RD_DATE_MDY, iso) < DAY)
				continue;
			int year = atoi(plain ? v : iso);
			from = year < from ? year : from;
			to = year > to ? year : to;
			days++;
		}
	return days && days * 10 >= values * 9 && to - from <= SPAN;
}

bool csv_free_text(const csv_holding *w)
{
	return w->values && w->bytes >= (uint64_t)w->values * LONG && w->words >= w->values * 3 &&
	       w->distinct * 10 >= w->values * 7;
}

bool csv_sentences(const csv_holding *w)
{
	return w->values >= 2 && w->days * 2 < w->values && /* « 03/04/2025 - 09:12 » has three words */
	        w->words >= w->values * 2 && w->bytes >= (uint64_t)w->values * LONG / 2 && w->distinct * 10 >= w->values * 7;
}

bool csv_some_free_text(const csv_holding *w)
{
	return w->longs * 5 >= w->values && w->longs >= 5 && w->distinct_longs * 10 >= w->longs * 7;
}
