/* SPDX-License-Identifier: Apache-2.0 */
/* inclusive.h - the endings of inclusive writing, for the tokenizer, which keeps them with their word, and for layer-fold, which
 * removes them. */
#ifndef AURICULE_COMMON_INCLUSIVE_H
#define AURICULE_COMMON_INCLUSIVE_H
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Is key one of the words of list, which is written " a b c "? */
static inline bool listed(const char *key, const char *list)
{
	size_t n = strlen(key);
	if (!n)
		return false;
	for (const char *p = list; (p = strstr(p, key)); p++)
		if (p[-1] == ' ' && p[n] == ' ')
			return true;
	return false;
}

/* Endings, without accents, that are not words by themselves. */
#define INCLUSIVE_PLAIN " e es ee ees ere eres iere ieres trice trices rice rices ice ices euse euses teuse teuses ive ives ienne iennes enne ennes esse esses "

/* Endings that are words by themselves, or look too much like one: true if the base ends in a way that such an ending agrees with. */
static inline bool inclusive_agrees(const char *base, size_t n, const char *ending)
{
	static const struct {
		const char *endings, *bases[5];
	} agreeing[] = {
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
	for (size_t i = 0; i < sizeof agreeing / sizeof *agreeing; i++) {
		if (!listed(ending, agreeing[i].endings))
			continue;
		for (const char *const *b = agreeing[i].bases; b < agreeing[i].bases + 5 && *b; b++) {
			size_t m = strlen(*b);
			if (n >= m && !memcmp(base + n - m, *b, m))
				return true;
		}
	}
	return false;
}
#endif
