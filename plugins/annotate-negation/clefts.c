/* SPDX-License-Identifier: Apache-2.0 */
/* clefts.c - things that are said not to be what is missing, or to blame: « c'est pas le permis qui me manque », « c'est pas la
 * voiture qu'il me faut », « c'est pas à cause de ma santé ».  So they are no matter (named.c). */
#include "negation.h"

/* Is it the verb of what troubles?  « (qui) me manque », « (ce qui) me pèse » */
static bool troubles(const neg_text *t, uint32_t i)
{
	return is(t, i, L_BLOCK) || is(t, i, L_HURT);
}

/* « pas à cause de ma santé », « pas une question de transport » */
static bool because_of(neg_text *t, uint32_t i, bool it)
{
	uint32_t p = neg_before(t, i), n = neg_after(t, i), cause = plays(t, n, R_DET) || is(t, n, L_A) ? neg_after(t, n) : n;
	if (!is(t, cause, L_CAUSE) || !plays(t, neg_after(t, cause), R_DE) || !(it || p == NEG_NONE || plays(t, p, R_AUX | R_AND | R_BREAK | R_NE)))
		return false;
	neg_no_matter(t, i, cause, cause + 1, neg_phrase_end(t, cause, 6), NEG_ANY);
	return true;
}

/* « c'est pas à France Travail que j'ai trouvé » */
static void not_there_that(neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i), que = n, last = NEG_NONE;
	for (unsigned k = 0; k < 6 && que != NEG_NONE && !plays(t, que, R_QUE | R_QUI | R_BREAK); k++) {
		last = que;
		que = neg_after(t, que);
	}
	uint32_t verb = neg_after(t, neg_after(t, que));
	while (plays(t, verb, R_OBJECT))
		verb = neg_after(t, verb);
	if (plays(t, que, R_QUE) && plays(t, neg_after(t, que), R_SUBJECT) && plays(t, verb, R_AUX) && !neg_pseudo(t, i))
		neg_no_matter(t, i, i, n, last, NEG_GOODS);
}

/* « les 15 heures, c'est pas ce qui m'inquiète », « c'est pas ce qu'il me faut » */
static bool not_what(neg_text *t, uint32_t i)
{
	uint32_t k = neg_after(t, neg_after(t, i));
	if (!is(t, neg_after(t, i), L_THIS) || !plays(t, k, R_QUI | R_QUE))
		return false;
	for (unsigned w = 0; w < 4 && (k = neg_after(t, k)) != NEG_NONE; w++)
		if (troubles(t, k) || is(t, k, L_NEED)) {
			neg_matter_before(t, i, k, NEG_ANY);
			return true;
		}
	return false;
}

/* « ce qui me manque c'est pas une formation » */
static bool missing_is_not(neg_text *t, uint32_t i)
{
	for (uint32_t at = t->from; at + 4 < i && at < t->from + 8; at++)
		if (is(t, at, L_CE) && plays(t, at + 1, R_QUI | R_QUE) &&
		    (is(t, at + 2, L_BLOCK) || is(t, at + 3, L_BLOCK) || is(t, at + 3, L_NEED) || is(t, at + 4, L_NEED))) {
			neg_no_matter(t, i, i, neg_after(t, i), neg_phrase_end(t, i, 5), NEG_ANY);
			return true;
		}
	return false;
}

/* « c'est pas le permis qui me manque », « c'est pas X qu'il me faut », « le boulot, c'est pas là que ça coince »; the thing ends at
 * `last`, right before the « qui » or « que » */
static void not_this_which(neg_text *t, uint32_t i, uint32_t last, uint32_t que)
{
	uint32_t n = neg_after(t, i), k = que;
	if (plays(t, que, R_QUE) && is(t, last, L_THERE) && is(t, neg_after(t, que), L_CA) && is(t, neg_after(t, neg_after(t, que)), L_BLOCK)) {
		neg_matter_before(t, i, que + 2, NEG_ANY);
		return;
	}
	bool which = plays(t, que, R_QUI) && !is(t, que, L_DONT);
	for (unsigned w = 0; w < 5 && (k = neg_after(t, k)) != NEG_NONE; w++) {
		if (!(which ? troubles(t, k) : is(t, k, L_NEED) || is(t, k, L_NEEDED)))
			continue;
		if (is(t, last, L_PRONOUN) && last == n)
			neg_matter_before(t, i, k, NEG_ANY); /* c'est pas ça qui coince */
		else
			neg_no_matter(t, i, i, i + 1, last, NEG_ANY);
		return;
	}
}

/* « c'est pas le permis, le problème » */
static void not_the_problem(neg_text *t, uint32_t i)
{
	for (uint32_t at = i + 3; at <= t->to && at < i + 9; at++)
		if (is(t, at, L_PROBLEM) && plays(t, at - 1, R_DET) && !plays(t, neg_after(t, at), R_DE))
			neg_no_matter(t, i, i, i + 1, at - 2, NEG_ANY);
}

/* « (c'est) ma sœur qui … », « (c'est) par un ami que … »; but « c'est ça qui me bloque », « c'est normal que … » tell of the list itself */
static bool another_than_they(const neg_text *t, uint32_t i, uint32_t which)
{
	if (which == i + 1 && (is(t, i, L_CA) || plays(t, i, R_DET))) /* « ce qui », « là que » */
		return false;
	return plays(t, which, R_QUI) || plays(t, i, R_DET) || is(t, i, L_PRONOUN) || is(t, i, L_AT) || is(t, i, L_GRACE);
}

void neg_list_put_aside(neg_text *t)
{
	enum { NEAR = 10 }; /* words of the list, and from « c'est » to « qui » */
	uint32_t comma = t->from, nors = 0, known = 0;
	for (; comma < t->to && comma < t->from + NEAR && !((t->role[comma] & R_COMMA) && !plays(t, comma + 1, R_NI)); comma++) {
		nors += (t->role[comma] & R_NI) != 0;
		known += (t->role[comma] & R_NI) && plays(t, comma + 1, R_DET);
	}
	uint32_t is_at = is(t, comma + 1, L_IT) && !is(t, comma + 1, L_IS) ? comma + 2 : comma + 1;
	if (nors < 2 || !(t->role[comma] & R_COMMA) || !is(t, is_at, L_IS))
		return;
	for (uint32_t k = is_at + 1; k <= t->to && k < is_at + NEAR && !(t->role[k] & (R_COMMA | R_STOP | R_SECOND)); k++)
		if (plays(t, k, R_QUI | R_QUE) && k > is_at + 1) {
			if (another_than_they(t, is_at + 1, k) && known)
				neg_no_matter(t, t->from, t->from, t->from + 1, comma - 1, NEG_ANY);
			else if (another_than_they(t, is_at + 1, k)) /* « ni bus ni train, c'est mon fils qui m'emmène »: there is none */
				neg_deny(t, t->from, t->from, t->from + 1, comma - 1);
			return;
		}
}

void neg_cleft(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), n = neg_after(t, i), at = n, last = NEG_NONE;
	while (is(t, p, L_SURELY) || is(t, p, L_REALLY))
		p = neg_before(t, p); /* c'est sûrement pas le permis qui me freine */
	bool it = is(t, p, L_IS) || (plays(t, p, R_AUX) && is(t, neg_before(t, p), L_IT));
	if (n == NEG_NONE || (neg_pseudo(t, i) && !plays(t, i, R_NI)) || because_of(t, i, it) || !it)
		return;
	if (is(t, n, L_AGAINST) && plays(t, neg_after(t, n), R_DET)) { /* c'est pas contre les ateliers; but « c'est pas contre nature d'être isolé » */
		neg_no_matter(t, i, n, n + 1, neg_phrase_end(t, n, 6), NEG_ANY);
		return;
	}
	if (is(t, n, L_GRACE) && is(t, neg_after(t, n), L_AT)) { /* c'est pas grâce à France Travail que j'ai trouvé */
		neg_no_matter(t, i, n, n, neg_phrase_end(t, n, 6), NEG_ANY);
		return;
	}
	if (is(t, n, L_TO_WHOM)) {
		not_there_that(t, i);
		return;
	}
	if (not_what(t, i) || (!plays(t, n, R_DET | R_DE | R_SUBJECT) && !is(t, n, L_PRONOUN)) || missing_is_not(t, i))
		return;
	for (unsigned k = 0; k < 9 && at != NEG_NONE && !plays(t, at, R_QUI | R_QUE | R_BREAK | R_NE); k++) {
		last = at;
		at = neg_after(t, at);
	}
	if (plays(t, at, R_QUI | R_QUE))
		not_this_which(t, i, last, at);
	else
		not_the_problem(t, i);
}
