/* SPDX-License-Identifier: Apache-2.0 */
/* inclusive.c - the base of a form in inclusive writing: allocataire·s, convoqué·e·s, étudiant(e)s, agent-e-s,
 * usager.e.s, lecteur/trice.  What a form is made of decides alone, so that the value depends on nothing else;
 * grand-mère, caf.fr and c.-à-d. stay whole. */
#include "fold.h"
#include <string.h>

/* Between spaces, without accents. */
static const char ENDINGS[] = " e es ee ees s ere eres iere ieres trice trices rice rices ice ices euse euses teuse "
                              "teuses ive ives ienne iennes enne ennes esse esses ";
/* Words by themselves, or too like one: behind a hyphen, a slash or a full stop only where the base agrees. */
static const struct {
	const char *endings, *bases[5];
} AGREEING[] = {
    {" ne nes ", {"n"}},
    {" le les ", {"el", "al", "il", "ul"}},
    {" te tes ", {"t", "tou", "tous"}},
    {" se ses ", {"x", "eu", "eur", "eurs", "s"}},
    {" ve ves ", {"f", "fs"}},
    {" che ches he hes que ques ", {"c", "cs"}},
    {" elle elles ", {"eau", "eaux", "ceux"}},
    {" sse sses ", {"e", "es"}},
    {" tte ttes ", {"et", "ets", "ot"}},
    {" cienne ciennes tienne tiennes ", {"cien", "tien", "ciens", "tiens"}},
    {" celle celles ", {"celui", "ceux"}},
    {" ceux ", {"celles"}},
};
enum { KEY = 16 };

static const char latin1[33] = "aaaaaa?ceeeeiiii?nooooo??uuuuy?y";

/* The length of one letter at p, or 0; *plain: without its accent, '?' = not of the alphabet. */
static size_t letter(const char *s, size_t n, char *plain)
{
	unsigned c = n ? (unsigned char)s[0] : 0;
	*plain = '?';
	if (c >= 'a' && c <= 'z') {
		*plain = (char)c;
		return 1;
	}
	if (c == 0xC3 && n > 1 && ((unsigned char)s[1] & 0x3F) != 0x37) {
		if ((unsigned char)s[1] >= 0xA0)
			*plain = latin1[s[1] & 0x1F];
		return 2;
	}
	if (c >= 0xC4 && c <= 0xC8 && n > 1)
		return 2;
	return 0;
}

/* A run of letters: its length, and its key; "" where it is too long for one or holds a letter of no key. */
static size_t letters(const char *s, size_t n, char key[KEY])
{
	size_t at = 0, len, k = 0;
	char c;
	bool whole = true;
	while ((len = letter(s + at, n - at, &c)) != 0) {
		at += len;
		if (k == KEY - 1 || c == '?')
			whole = false;
		else
			key[k++] = c;
	}
	key[whole ? k : 0] = 0;
	return at;
}

static bool in(const char *key, const char *list)
{
	size_t n = strlen(key);
	if (!n)
		return false;
	for (const char *p = list; (p = strstr(p, key)); p++)
		if (p[-1] == ' ' && p[n] == ' ')
			return true;
	return false;
}

/* Whether the base s, n bytes long, ends in one of the letters that the ending goes with. */
static bool agrees(const char *s, size_t n, const char *ending)
{
	for (size_t i = 0; i < sizeof AGREEING / sizeof *AGREEING; i++) {
		if (!in(ending, AGREEING[i].endings))
			continue;
		for (const char *const *b = AGREEING[i].bases; b < AGREEING[i].bases + 5 && *b; b++) {
			size_t m = strlen(*b);
			if (n >= m && !memcmp(s + n - m, *b, m))
				return true;
		}
	}
	return false;
}

static size_t middle_dot(const char *s, size_t n)
{
	static const char *const dots[] = {"\xC2\xB7", "\xE2\x80\xA2", "\xE2\x80\xA7", "\xE2\x88\x99", "\xE2\x8B\x85"};
	for (size_t i = 0; i < sizeof dots / sizeof *dots; i++)
		if (n > strlen(dots[i]) && !memcmp(s, dots[i], strlen(dots[i])))
			return strlen(dots[i]);
	return 0;
}

aur_str fold_base(aur_str form)
{
	const char *s = form.ptr;
	size_t n = form.len, at = 0, count = 0, len, base;
	char key[KEY], c, mark;
	/* the base: letters, and the hyphens or apostrophes of a compound */
	for (;;) {
		char k2[KEY];
		while ((len = letter(s + at, n - at, &c)) != 0) {
			at += len;
			count++;
		}
		if (at >= n || count == 0)
			return form;
		if (s[at] == '\'' || (s[at] == '-' && letter(s + at + 1, n - at - 1, &c))) {
			size_t end = 0;
			if (s[at] == '-') {
				end = letters(s + at + 1, n - at - 1, k2);
				if (count >= 2 && (in(k2, ENDINGS) || agrees(s, at, k2)) &&
				    (at + 1 + end == n || s[at + 1 + end] == '-'))
					break; /* the first ending, perhaps */
			}
			at++;
			continue;
		}
		break;
	}
	base = at;
	if (middle_dot(s + at, n - at))
		goto found;
	mark = s[at];
	if (count < 2 || (mark != '.' && mark != '-' && mark != '(' && mark != '/') || (mark == '/' && count < 3))
		return form;
	for (unsigned part = 0; at < n; part++) {
		if (s[at] != mark || part > 2)
			return form;
		len = letters(s + at + 1, n - at - 1, key);
		if (!len)
			return form;
		at += 1 + len;
		if (mark == '(') {
			if (len > 8 || at >= n || s[at] != ')')
				return form;
			at++;
			len = letters(s + at, n - at, key);
			if (len && (!in(key, " s es x e ") || at + len != n))
				return form;
			at += len;
		} else if (part ? !in(key, " s es x ") : !in(key, ENDINGS) && !agrees(s, base, key)) {
			return form;
		}
	}
found:
	if (base == 3 && !memcmp(s, "tou", 3)) /* tou·te·s: its s is written last */
		return (aur_str){"tous", 4};
	return (aur_str){s, base};
}
