/* SPDX-License-Identifier: Apache-2.0 */
/* text.c - letters, wildcards, hashes and distances between spellings. */
#include "lexicon.h"
#include <stdio.h>
#include <string.h>

uint64_t lex_mix(uint64_t x)
{
	x ^= x >> 33;
	x *= UINT64_C(0xff51afd7ed558ccd);
	x ^= x >> 33;
	x *= UINT64_C(0xc4ceb9fe1a85ec53);
	return x ^ x >> 33;
}

uint64_t lex_hash(const void *p, size_t n, uint64_t seed)
{
	const unsigned char *s = p;
	uint64_t h = lex_mix(seed ^ (n * UINT64_C(0x9e3779b97f4a7c15)));
	for (; n >= 8; n -= 8, s += 8) {
		uint64_t w;
		memcpy(&w, s, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
		w = __builtin_bswap64(w);
#endif
		h = (h ^ w) * UINT64_C(0x9fb21c651e98df25);
		h ^= h >> 29;
	}
	uint64_t w = 0;
	for (size_t i = 0; i < n; i++)
		w |= (uint64_t)s[i] << (8 * i);
	return lex_mix(h ^ w);
}

size_t lex_char_len(const char *p, size_t n)
{
	if (n == 0)
		return 0;
	unsigned char c = (unsigned char)*p;
	size_t k = c < 0x80 ? 1 : c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 1;
	return k < n ? k : n;
}

size_t lex_chars(const char *p, size_t n)
{
	size_t k = 0;
	for (size_t i = 0; i < n; i++)
		k += ((unsigned char)p[i] & 0xc0) != 0x80;
	return k;
}

void lex_format(char *buf, size_t size, const char *fmt, va_list ap)
{
	vsnprintf(buf, size, fmt, ap);
	size_t n = strlen(buf), to = 0;
	for (size_t i = 0, len; i < n; i += len) {
		unsigned char c = (unsigned char)buf[i];
		size_t whole = c < 0x80 ? 1 : c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 0;
		for (len = 1; len < whole && ((unsigned char)buf[i + len] & 0xc0) == 0x80; len++)
			;
		if (len == whole)
			memmove(buf + to, buf + i, len);
		to += len == whole ? len : 0;
	}
	buf[to] = 0;
}

/* Quotation marks, dashes, asterisks. */
bool lex_is_light_sign(const char *s, size_t n)
{
	static const char *const list[] = { "\"", "'", "«", "»", "“", "”", "„", "‘", "’", "‹", "›", "-", "–", "—", "‑", "*", "**", "_",
		                            "__", "/", "`", "·", "•" };
	if (n > 3) /* asked of every literal of the lexicons */
		return false;
	for (size_t i = 0; i < sizeof(list) / sizeof(*list); i++)
		if (strlen(list[i]) == n && memcmp(list[i], s, n) == 0)
			return true;
	return false;
}

/* Is the letter at p small or capital?  Latin only: 0 = neither. */
static int letter_case(const char *p, size_t n)
{
	unsigned char c = (unsigned char)*p;
	if (c < 0x80)
		return c >= 'a' && c <= 'z' ? 1 : c >= 'A' && c <= 'Z' ? 2 : 0;
	if (n < 2)
		return 0;
	unsigned char d = (unsigned char)p[1];
	if (c == 0xc3)
		return d == 0x97 || d == 0xb7 ? 0 : d >= 0x9f ? 1 : 2;
	if (c == 0xc5 && (d == 0x92 || d == 0xb8))
		return 2;
	if (c == 0xc5 && d == 0x93)
		return 1;
	return 0;
}

bool lex_is_upper(const char *p, size_t n)
{
	bool any = false;
	for (size_t i = 0; i < n; i += lex_char_len(p + i, n - i)) {
		int k = letter_case(p + i, n - i);
		if (k == 1)
			return false;
		any |= k == 2;
	}
	return any;
}

/* The length in bytes of a number at s: digits, with single spaces, points or commas between them. */
static size_t number_len(const char *s, size_t n)
{
	size_t i = 0;
	while (i < n && s[i] >= '0' && s[i] <= '9')
		i++;
	if (i == 0)
		return 0;
	for (;;) {
		size_t j = i;
		if (j < n && (s[j] == ' ' || s[j] == '.' || s[j] == ','))
			j++;
		else if (n - j >= 2 && memcmp(s + j, "\xc2\xa0", 2) == 0)
			j += 2;
		else if (n - j >= 3 && memcmp(s + j, "\xe2\x80\xaf", 3) == 0)
			j += 3;
		else
			return i;
		size_t k = j;
		while (k < n && s[k] >= '0' && s[k] <= '9')
			k++;
		if (k == j)
			return i;
		i = k;
	}
}

/* Backtracks to the last star only: a later star can match whatever an earlier one could. */
bool lex_glob(const char *g, size_t gn, const char *s, size_t sn)
{
	size_t gi = 0, si = 0, star = SIZE_MAX, from = 0;
	for (;;) {
		if (gi < gn && g[gi] == LEX_STAR) {
			star = ++gi;
			from = si;
			continue;
		}
		size_t k = 0;
		if (gi == gn) {
			if (si == sn)
				return true;
		} else if (g[gi] == LEX_DIGITS) {
			k = number_len(s + si, sn - si);
		} else if (si < sn && g[gi] == s[si]) {
			k = 1;
		}
		if (k > 0) {
			gi++;
			si += k;
		} else if (star != SIZE_MAX && from < sn) {
			gi = star;
			si = ++from;
		} else {
			return false;
		}
	}
}

static unsigned code_points(const char *s, size_t n, uint32_t *out, unsigned max)
{
	unsigned k = 0;
	for (size_t i = 0; i < n;) {
		size_t l = lex_char_len(s + i, n - i);
		uint32_t c = 0;
		for (size_t j = 0; j < l; j++)
			c = c << 8 | (unsigned char)s[i + j];
		if (k == max)
			return max + 1;
		out[k++] = c;
		i += l;
	}
	return k;
}

unsigned lex_distance(const char *a, size_t an, const char *b, size_t bn, unsigned max)
{
	enum { N = LEX_FUZZY_LONGEST };
	uint32_t x[N], y[N];
	unsigned rows[3][N + 1];
	unsigned n = code_points(a, an, x, N), m = code_points(b, bn, y, N);
	if (n > N || m > N || (n > m ? n - m : m - n) > max)
		return max + 1;
	unsigned *back = rows[0], *prev = rows[1], *cur = rows[2];
	for (unsigned j = 0; j <= m; j++)
		prev[j] = j;
	for (unsigned i = 1; i <= n; i++) {
		unsigned best = cur[0] = i;
		for (unsigned j = 1; j <= m; j++) {
			unsigned d = prev[j - 1] + (x[i - 1] != y[j - 1]);
			if (prev[j] + 1 < d)
				d = prev[j] + 1;
			if (cur[j - 1] + 1 < d)
				d = cur[j - 1] + 1;
			if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1] && back[j - 2] + 1 < d)
				d = back[j - 2] + 1;
			cur[j] = d;
			if (d < best)
				best = d;
		}
		if (best > max)
			return max + 1;
		unsigned *t = back;
		back = prev;
		prev = cur;
		cur = t;
	}
	return prev[m] > max ? max + 1 : prev[m];
}

const char *lex_nearest(const char *word, const char *const *names, size_t n)
{
	size_t len = strlen(word);
	unsigned limit = len < 4 ? 1 : len < 8 ? 2 : 3, best = limit + 1;
	const char *found = NULL;
	for (size_t i = 0; i < n; i++) {
		unsigned d = lex_distance(word, len, names[i], strlen(names[i]), limit);
		if (d < best) {
			best = d;
			found = names[i];
		}
	}
	return found;
}

void lex_deletions(const char *s, size_t n, unsigned k, lex_deletion_fn fn, void *to)
{
	char one[LEX_FUZZY_LONGEST], two[LEX_FUZZY_LONGEST];
	if (n > sizeof(one))
		return;
	fn(to, s, n);
	if (k == 0 || n == 0)
		return;
	for (size_t i = lex_char_len(s, n); i < n;) {
		size_t l = lex_char_len(s + i, n - i);
		memcpy(one, s, i);
		memcpy(one + i, s + i + l, n - i - l);
		fn(to, one, n - l);
		for (size_t j = i; k > 1 && j < n - l;) {
			size_t jl = lex_char_len(one + j, n - l - j);
			memcpy(two, one, j);
			memcpy(two + j, one + j + jl, n - l - j - jl);
			fn(to, two, n - l - jl);
			j += jl;
		}
		i += l;
	}
}
