/* SPDX-License-Identifier: Apache-2.0 */
/* verdicts.c - what is named and said to be in order: « le loyer, ça va », « la CAF, nickel », « le permis, c'est réglé ».  Nobody who says so
 * complains of it: it is no matter (named.c). */
#include "negation.h"

#define is neg_is
#define plays neg_plays

/* Does the clause end behind the verdict at `i`?  « ça va bien, merci », « c'est réglé depuis lundi »; not « ça va être long », « ça va pas ». */
static bool says_no_more(const neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i);
	if (is(t, i, L_FINE) && is(t, n, L_REALLY))
		n = neg_after(t, n);
	while (is(t, n, L_NO_MORE_THAN) || (is(t, i, L_FINE) && is(t, n, L_BIEN)))
		n = neg_after(t, n);
	return n == NEG_NONE || plays(t, n, R_AND) || is(t, n, L_DEPUIS) || (plays(t, n, R_BREAK) && !is(t, n, L_BEFORE));
}

/* « ça va, mais c'est long »: the thing itself is spoken of again; « c'est bon, on en a marre »: it is enough. */
static bool is_taken_back(const neg_text *t, uint32_t i)
{
	for (uint32_t k = i + 1; k <= t->to && k < i + 8; k++)
		if (is(t, k, L_FED_UP))
			return true;
	while (i < t->to && !is(t, i, L_MAIS))
		if (t->role[++i] & R_STOP)
			return false;
	uint32_t n = neg_after(t, i);
	return is(t, i, L_MAIS) && (n == NEG_NONE || is(t, n, L_CA) || is(t, n, L_OTHERS) || is(t, n, L_IT) || plays(t, n, R_SECOND | R_NE | R_QUAND | R_SI));
}

/* Is the word at `i` a verdict by what stands before it?  « ça va », « c'est réglé », « c'est bon », « …, nickel », « …, rien à dire » */
static bool is_verdict(const neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i);
	if (is(t, i, L_SAY)) {
		uint32_t nothing = neg_before(t, p), before = neg_before(t, nothing);
		return is(t, p, L_A) && plays(t, nothing, R_RIEN) && (before == NEG_NONE || is(t, before, L_FRANKLY));
	}
	if (is(t, i, L_FINE))
		return is(t, p, L_CA);
	while (is(t, p, L_REALLY))
		p = neg_before(t, p);
	bool by_be = is(t, p, L_IS) && (is(t, p, L_IT) || is(t, neg_before(t, p), L_IT));
	if (is(t, i, L_SPLENDID))
		return by_be || p == NEG_NONE || is(t, p, L_CA) || (t->role[p] & ~(uint32_t)(R_DET | R_DE | R_SUBJECT | R_OBJECT)) == 0;
	return by_be;
}

/* Is it a thing that is named?  « un rendez-vous par mois, ça va »: so many of them are, and no more; « le car vient me chercher, impec »: it does */
static bool is_a_thing(const neg_text *t, uint32_t first, uint32_t last)
{
	for (uint32_t i = first; i <= last; i++)
		if (plays(t, i, R_OBJECT) && !plays(t, i, R_DET) && !is(t, i, L_ME))
			return false;
	return !(is(t, first, L_UN) || is(t, first, L_SOME) || (is(t, first, L_AVEC) && is(t, neg_after(t, first), L_UN)));
}

/* « la santé ça va, la motivation aussi » */
static void as_well(neg_text *t, uint32_t i)
{
	uint32_t from = i + 1, k, words = 0;
	while (from < t->to && ((t->role[from] & (R_COMMA | R_MARK)) || is(t, from, L_ET)))
		from++;
	for (k = from; k < t->to && words < 6 && !(t->role[k] & (R_PUNCT | R_SUBJECT | R_AUX | R_CUE)) && !is(t, k, L_AS); words++)
		k++;
	if (words > 0 && from > i + 1 && is(t, k, L_AS) && neg_after(t, k) == NEG_NONE)
		neg_no_matter(t, i, i, from, k - 1, false);
}

void neg_verdict(neg_text *t, uint32_t i)
{
	uint32_t first, end, links, from = is(t, i, L_SAY) && i >= t->from + 2 ? i - 2 : i;
	if (t->question || !is_verdict(t, i) || !says_no_more(t, i) || is_taken_back(t, i))
		return;
	if (!neg_named_before(t, from, &first, &end, &links) || !is_a_thing(t, first, end))
		return;
	neg_no_matter(t, from, i, neg_list_before(t, first, end), end, false);
	as_well(t, i);
}
