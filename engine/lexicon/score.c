/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <math.h>
#include <stdlib.h>
#include "index/index.h"
#include "lexicon/score.h"
#include "stats/agreement.h"

void aur_board_free(aur_board *b)
{
	for (uint32_t i = 0; i < b->themes; i++)
		free(b->theme[i]);
	free(b->theme);
	free(b->said);
	free(b->cell);
	free(b->part);
	*b = (aur_board){0};
}

static int blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

uint32_t aur_board_theme(aur_board *b, const char *code, size_t n)
{
	while (n && blank(*code)) {
		code++;
		n--;
	}
	const char *dot = n ? memchr(code, '.', n) : NULL;
	n = dot ? (size_t)(dot - code) : n;
	while (n && blank(code[n - 1]))
		n--;
	if (!n)
		return AUR_NONE;
	for (uint32_t i = 0; i < b->themes; i++)
		if (strlen(b->theme[i]) == n && !memcmp(b->theme[i], code, n))
			return i;
	AUR_GROW(b->theme, b->themes, b->cap_themes);
	b->theme[b->themes] = aur_xstrndup(code, n);
	return b->themes++;
}

void aur_board_say(aur_board *b, unsigned party, uint32_t item, uint32_t theme, unsigned state)
{
	if (theme == AUR_NONE)
		return;
	AUR_GROW(b->said, b->nsaid, b->cap_said);
	b->said[b->nsaid++] = (aur_score_said){item, theme, (uint8_t)party, (uint8_t)state};
}

void aur_board_codes(aur_board *b, unsigned party, uint32_t item, const char *codes, size_t n, unsigned state)
{
	while (n) {
		const char *bar = memchr(codes, '|', n);
		size_t k = bar ? (size_t)(bar - codes) : n;
		if (!b->part && memchr(codes, '.', k))
			b->part = aur_xstrndup(codes, k);
		aur_board_say(b, party, item, aur_board_theme(b, codes, k), state);
		k += bar != NULL;
		codes += k;
		n -= k;
	}
}

static int by_name(const void *x, const void *y)
{
	return strcmp(*(char *const *)x, *(char *const *)y);
}

uint32_t *aur_board_close(aur_board *b)
{
	uint32_t *of = aur_xcalloc((size_t)b->themes + 1, sizeof *of);
	char **old = aur_xcalloc((size_t)b->themes + 1, sizeof *old);
	if (b->themes) {
		memcpy(old, b->theme, b->themes * sizeof *old);
		qsort(b->theme, b->themes, sizeof *b->theme, by_name);
	}
	for (uint32_t i = 0; i < b->themes; i++)
		for (uint32_t k = 0; k < b->themes; k++)
			if (old[i] == b->theme[k])
				of[i] = k;
	free(old);
	b->cell = aur_xcalloc((size_t)SCORE_PARTIES * b->items * b->themes + 1, 1);
	for (size_t i = 0; i < b->nsaid; i++) {
		const aur_score_said *s = &b->said[i];
		uint8_t *c = &b->cell[((size_t)s->party * b->items + s->item) * b->themes + of[s->theme]];
		if (*c != SCORE_ASSERTED)
			*c = s->state;
	}
	return of;
}

static void ratios(aur_score *s, double level)
{
	s->precision = aur_wilson(s->tp, s->tp + s->fp, level);
	s->recall = aur_wilson(s->tp, s->tp + s->fn, level);
	s->polarity = aur_wilson(s->denied_right, s->denied, level);
	/* F1 = 2J/(1+J), and J = tp/(tp+fp+fn) is a share of independent contributions: its Wilson interval is carried
	 * over */
	aur_interval j = aur_wilson(s->tp, s->tp + s->fp + s->fn, level);
	s->f1 = (aur_interval){2 * j.value / (1 + j.value), 2 * j.low / (1 + j.low), 2 * j.high / (1 + j.high)};
}

static void count(const aur_board *b, uint32_t theme, aur_score *s)
{
	for (uint32_t i = 0; i < b->items; i++) {
		unsigned g = aur_board_at(b, SCORE_GOLD, i, theme), f = aur_board_at(b, SCORE_FOUND, i, theme);
		s->tp += g == SCORE_ASSERTED && f == SCORE_ASSERTED;
		s->fp += g != SCORE_ASSERTED && f == SCORE_ASSERTED;
		s->fn += g == SCORE_ASSERTED && f != SCORE_ASSERTED;
		s->denied += g == SCORE_DENIED;
		s->denied_right += g == SCORE_DENIED && f == SCORE_DENIED;
		s->denied_asserted += g == SCORE_DENIED && f == SCORE_ASSERTED;
	}
}

void aur_score_theme(const aur_board *b, uint32_t theme, double level, aur_score *out)
{
	*out = (aur_score){0};
	count(b, theme, out);
	ratios(out, level);
}

void aur_score_all(const aur_board *b, double level, aur_score *total, double *macro_precision, double *macro_recall,
                   double *macro_f1)
{
	double p = 0, r = 0, f = 0;
	unsigned np = 0, nr = 0, nf = 0;
	*total = (aur_score){0};
	for (uint32_t t = 0; t < b->themes; t++) {
		aur_score s;
		aur_score_theme(b, t, level, &s);
		count(b, t, total);
		if (!isnan(s.precision.value)) {
			p += s.precision.value;
			np++;
		}
		if (!isnan(s.recall.value)) {
			r += s.recall.value;
			nr++;
		}
		if (!isnan(s.f1.value)) {
			f += s.f1.value;
			nf++;
		}
	}
	ratios(total, level);
	*macro_precision = np ? p / np : NAN;
	*macro_recall = nr ? r / nr : NAN;
	*macro_f1 = nf ? f / nf : NAN;
}

/* A theme that neither coder used, which the lexicons alone found, says nothing of the coders. */
static int used(const aur_board *b, uint32_t theme, const uint8_t *coded)
{
	for (uint32_t i = 0; i < b->items; i++)
		if (coded[i] && (aur_board_at(b, SCORE_GOLD, i, theme) != SCORE_ABSENT ||
		                 aur_board_at(b, SCORE_SECOND, i, theme) != SCORE_ABSENT))
			return 1;
	return 0;
}

aur_code aur_score_accord(const aur_board *b, uint32_t theme, const uint8_t *coded, aur_accord *out, aur_error *err)
{
	uint64_t m[9] = {0}, of_used[9] = {0};
	int seen[3] = {0};
	uint32_t from = theme == AUR_NONE ? 0 : theme, to = theme == AUR_NONE ? b->themes : theme + 1;
	int32_t *codes = aur_xcalloc((size_t)b->items * (to - from) * 2 + 1, sizeof *codes);
	size_t units = 0;
	*out = (aur_accord){0};
	for (uint32_t t = from; t < to; t++) {
		if (theme == AUR_NONE && !used(b, t, coded))
			continue;
		for (uint32_t i = 0; i < b->items; i++) {
			if (!coded[i])
				continue;
			unsigned x = aur_board_at(b, SCORE_GOLD, i, t), y = aur_board_at(b, SCORE_SECOND, i, t);
			m[3 * x + y]++;
			seen[x] = seen[y] = 1;
			codes[2 * units] = (int32_t)x;
			codes[2 * units++ + 1] = (int32_t)y;
			out->first += x != SCORE_ABSENT;
			out->second += y != SCORE_ABSENT;
		}
	}
	out->n = units;
	/* a category that neither coder used is none: AC1 counts them, two at least */
	size_t kinds = (size_t)(seen[0] + seen[1] + seen[2]), cells = 0;
	for (unsigned x = 0; x < 3; x++)
		for (unsigned y = 0; y < 3; y++)
			if (seen[x] && seen[y])
				of_used[cells++] = m[3 * x + y];
	kinds = kinds > 2 ? 3 : 2;
	out->observed = aur_observed_agreement(of_used, kinds);
	out->kappa = aur_cohen_kappa(of_used, kinds);
	out->ac1 = aur_gwet_ac1(of_used, kinds);
	aur_code c = aur_krippendorff_alpha(codes, units, 2, &out->alpha, err);
	free(codes);
	return c;
}
