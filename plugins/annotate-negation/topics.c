/* SPDX-License-Identifier: Apache-2.0 */
/* topics.c - things that are named first and denied afterwards: « les sanctions, moi, j'en ai jamais eu », « la honte, connais pas
 * », « les préjugés n'existent pas ici », « Radié, moi ? Jamais. » */
#include "negation.h"

/* Do the words after `i` say that there was none?  « jamais eu », « jamais. », « aucune » */
static bool ends_there(const neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i);
	while (is(t, n, L_BETWEEN) || is(t, n, L_HERE))
		n = neg_after(t, n);
	return n == NEG_NONE || is(t, n, L_MET_WITH) || plays(t, n, R_BREAK);
}

/* The verb before the word at `i`, skipping « vraiment », « même »… */
static uint32_t verb_at(const neg_text *t, uint32_t i)
{
	do
		i = neg_before(t, i);
	while (is(t, i, L_BETWEEN));
	return i;
}

/* « je l'ai plus », « je les ai jamais entendues », « on le ressent pas »: a pronoun takes up what was named; but not « je l'ai pas
 * digérée » */
static bool takes_up(const neg_text *t, uint32_t i)
{
	uint32_t p = verb_at(t, i), n = neg_after(t, i);
	uint32_t it = neg_before(t, p), who = neg_before(t, it);
	if (!is(t, it, L_THE_ONE) || !plays(t, who, R_SUBJECT | R_NE | R_OBJECT))
		return false;
	if (!plays(t, p, R_AUX))
		return is(t, p, L_LIVES);
	while ((plays(t, n, R_PLUS) && plays(t, i, R_PAS)) || is(t, n, L_BETWEEN) || is(t, n, L_BEEN))
		n = neg_after(t, n);
	return n == NEG_NONE || plays(t, n, R_BREAK | R_NON | R_QUAND) || is(t, n, L_HERE) || is(t, n, L_NOW) || (is(t, n, L_MET_WITH) && !is(t, neg_after(t, n), L_INFINITIVE));
}

/* « la solitude, je ne sais pas ce que c'est », « leurs regards ne m'atteignent plus » */
static bool is_unknown(const neg_text *t, uint32_t i)
{
	uint32_t p = verb_at(t, i), n = neg_after(t, i), que = neg_after(t, n), it = neg_after(t, que);
	if (is(t, p, L_REACHES) && is(t, neg_before(t, p), L_TO_ME))
		return true;
	if (is(t, p, L_COUNTS) && is(t, n, L_POUR) && is(t, que, L_PRONOUN))
		return true; /* ne compte plus pour moi */
	return is(t, n, L_THIS) && plays(t, que, R_QUE) && is(t, it, L_IT) && is(t, neg_after(t, it), L_IS) && neg_after(t, neg_after(t, it)) == NEG_NONE;
}

static bool is_denied(const neg_text *t, uint32_t i, uint32_t links)
{

	uint32_t r = t->role[i], p = neg_before(t, i), n = neg_after(t, i);
	if (plays(t, n, R_DET) && is(t, neg_after(t, n), L_END))
		return false; /* « les démarches, j'en vois pas le bout » */
	if (is(t, verb_at(t, i), L_HANDLES))
		return false; /* « les papiers, mon conseiller s'en occupe pas » */
	for (uint32_t k = 0, q = p; k < 4 && q != NEG_NONE; k++, q = neg_before(t, q))
		if (is(t, q, L_EN)) /* j'en ai jamais eu; but « j'en peux plus » means another thing */
			return !(r & R_PLUS) || plays(t, verb_at(t, i), R_AUX) || is(t, verb_at(t, i), L_LIVES);
	if (is(t, p, L_MET_WITH) || (is(t, p, L_BETWEEN) && is(t, neg_before(t, p), L_MET_WITH)))
		return true; /* connais pas, ça existe pas */
	uint32_t done = is(t, n, L_BEEN) ? neg_after(t, n) : n;
	if (is(t, done, L_MET_WITH) && plays(t, p, R_AUX | R_NE))
		return true; /* n'est jamais tombée, n'ont jamais été évoquées */
	if (takes_up(t, i))
		return true;
	if (is(t, n, L_TOMORROW) && is(t, p, L_IS))
		return true; /* c'est pas demain la veille, c'est pas près d'arriver */
	if (plays(t, n, R_DET) && is(t, neg_after(t, n), L_MET_WITH) && plays(t, p, R_AUX))
		return true; /* n'a pas sa place */
	return (links & R_COMMA) && !(links & (R_SUBJECT | R_AUX)) && (r & (R_JAMAIS | R_AUCUN | R_NON)) && ends_there(t, i) &&
	       !((r & R_NON) && is(t, t->from, L_INFINITIVE)); /* « remplir des cases, non »: they have to */
}

/* « l'étiquette RSA, ici, personne ne te la colle » */
static bool nobody_throws_it(neg_text *t, uint32_t i)
{
	uint32_t k, first, last, links;
	unsigned objects = 0;
	if (!plays(t, i, R_PERSONNE))
		return false;
	for (k = neg_after(t, i); plays(t, k, R_NE | R_OBJECT) && objects < 4; objects++)
		k = neg_after(t, k);
	if (objects < 2 || !is(t, k, L_THROWS) || neg_pseudo(t, i) || !neg_named_before(t, i, &first, &last, &links) || !(links & R_COMMA))
		return false;
	neg_deny(t, i, i, first, last);
	return true;
}

/* « on m'a radié, jamais »: a clause with nothing that denies, and then no more than that */
static bool never_that(neg_text *t, uint32_t i)
{
	bool said = false;
	if (!(t->role[i] & R_JAMAIS) || neg_after(t, i) != NEG_NONE || neg_before(t, i) != NEG_NONE || !neg_behind_comma(t, i))
		return false;
	for (uint32_t k = t->from; k < i; k++) {
		if (t->role[k] & (R_SECOND | R_NE | R_SI | R_SANS | R_NI | R_STOP | R_BREAK) || is(t, k, L_WISH))
			return false;
		said |= plays(t, k, R_AUX) && plays(t, neg_before(t, k), R_OBJECT | R_SUBJECT);
	}
	if (said)
		neg_deny(t, i, i, t->from, i - 2);
	return said;
}

/* « J'avais honte avant, plus maintenant. » */
static bool no_longer(neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i);
	uint32_t p = neg_before(t, i);
	if ((t->role[i] & R_NON) && n == NEG_NONE && is(t, t->from, L_BEFOREHAND) && (is(t, p, L_HERE) || is(t, p, L_NOW) || is(t, p, L_PRONOUN))) {
		neg_deny(t, i, i, t->from, p);
		return true; /* avant on me jugeait, ici non */
	}
	if ((t->role[i] & R_PAS) && is(t, n, L_DU) && is(t, neg_after(t, n), L_TOUT) && neg_after(t, neg_after(t, n)) == NEG_NONE && i > t->from + 1 &&
	    (neg_behind_comma(t, i) || plays(t, p, R_AND | R_BREAK)) && (is(t, p, L_ET) || is(t, p, L_MAIS) || p == NEG_NONE)) {
		neg_deny(t, i, i + 2, t->from, i - 1);
		return true; /* j'avais peur qu'on me prenne de haut, et pas du tout */
	}
	bool apart = i > t->from && (t->role[i - 1] & R_STOP); /* Isolé, je l'ai été ; plus maintenant */
	if (!(t->role[i] & R_PLUS) || i == t->from || !(apart || neg_behind_comma(t, i) || is(t, p, L_MAIS)))
		return false;
	while (is(t, n, L_NOW) || is(t, n, L_BETWEEN))
		n = neg_after(t, n);
	if (n != NEG_NONE || !(is(t, neg_after(t, i), L_NOW) || is(t, neg_after(t, i), L_DU)))
		return false;
	neg_deny(t, i, i, t->from, i - 1);
	return true;
}

/* « ils auraient pu me radier, ils l'ont pas fait » */
static bool spared(neg_text *t, uint32_t i)
{
	uint32_t have = neg_before(t, i), at = i, would = NEG_NONE;
	if (!is(t, neg_after(t, i), L_FAIT) || !plays(t, have, R_AUX) || !is(t, neg_before(t, have), L_ELIDED_LE))
		return false;
	while (at > t->from && !(t->role[at] & (R_COMMA | R_STOP | R_BREAK)) && !is(t, at, L_ET))
		at--;
	for (uint32_t k = at; k-- > t->from && !(t->role[k] & (R_COMMA | R_STOP));)
		if (is(t, k, L_WOULD))
			would = k;
	if (would == NEG_NONE)
		return false;
	neg_deny(t, i, i, would, at - 1);
	return true;
}

/* « je croyais qu'on me mépriserait, il n'en a rien été »: denies everything said before */
static bool nothing_of_it(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), n = neg_after(t, i), at = i;
	if (!plays(t, i, R_RIEN) || !plays(t, p, R_AUX) || !is(t, neg_before(t, p), L_EN) || !(n == NEG_NONE || (is(t, n, L_BEEN) && neg_after(t, n) == NEG_NONE)))
		return false;
	while (at > t->from && !(t->role[at] & (R_COMMA | R_STOP | R_BREAK)))
		at--;
	if (at == t->from)
		return false;
	neg_deny(t, i, i, t->from, at - 1);
	return true;
}

/* « la radiation, j'en ai entendu parler, mais sur moi c'est jamais tombé », « les menaces, c'est pas leur genre » */
static bool never_befell(neg_text *t, uint32_t i)
{
	uint32_t n, p, first, last, links, k = i, comma = t->from;
	bool way = false, it = false;
	if (!plays(t, i, R_PAS | R_JAMAIS))
		return false;
	n = neg_after(t, i);
	if (!is(t, n, L_BEFALLS) && !is(t, n, L_COMME) && !is(t, neg_before(t, i), L_IS))
		return false;
	p = verb_at(t, i);
	for (uint32_t at = n, w = 0; w < 4 && at != NEG_NONE && is(t, p, L_IS); w++, at = neg_after(t, at))
		way |= is(t, at, L_WAY) && w > 0;
	way |= is(t, p, L_GOES_ON) && is(t, n, L_COMME) && is(t, neg_after(t, n), L_CA); /* ça se passe pas comme ça */
	if (!way && !(is(t, n, L_BEFALLS) && plays(t, p, R_AUX) && !is(t, p, L_WAS)))
		return false;
	while (k > t->from && !(t->role[k - 1] & (R_COMMA | R_STOP | R_BREAK)))
		it |= is(t, --k, L_CA) || is(t, k, L_IT);
	for (uint32_t at = n; at != NEG_NONE; at = neg_after(t, at))
		it &= !is(t, at, L_COMPARED); /* « ça m'est jamais arrivé avant » */
	while (comma < k && !(t->role[comma] & R_COMMA))
		comma++;
	if (!it || comma >= k || !neg_named_before(t, comma, &first, &last, &links) || first != t->from)
		return false;
	neg_deny(t, i, i, first, last);
	return true;
}

/* Is there a word near `i`, where a clause begins, that may say that it was not so?  A quick test. */
static bool denies_soon(const neg_text *t, uint32_t i)
{
	uint32_t roles = 0;
	for (uint32_t k = i; k <= t->to && k < i + 7; k++)
		roles |= t->role[k];
	return roles & (R_NON | R_RIEN | R_PAS | R_JAMAIS | R_AUCUN | R_SPARED);
}

void neg_find_topics(neg_text *t)
{
	for (uint32_t i = t->from; i <= t->to; i++) {
		uint32_t first, last, links;
		if (i > t->from + 3 && ((t->role[i - 1] & (R_COMMA | R_STOP | R_BREAK)) || is(t, i - 1, L_ET)) && denies_soon(t, i))
			neg_came_to_nothing(t, i);
		if ((t->role[i] & R_SPARED) && is(t, i, L_EXPECTED))
			neg_expected_else(t, i);
		if (!(t->role[i] & (R_SECOND | R_NON | R_NI)))
			continue;
		if (nothing_of_it(t, i) || never_befell(t, i) || nobody_throws_it(t, i))
			continue;
		if (never_that(t, i) || no_longer(t, i) || ((t->role[i] & R_PAS) && spared(t, i)))
			continue;
		if (!(t->role[i] & (R_PAS | R_PLUS | R_JAMAIS | R_AUCUN | R_NON | R_NI)) || neg_pseudo(t, i))
			continue;
		if ((t->role[i] & R_PLUS) && !neg_says_no_more(t, i))
			continue;
		if (is_unknown(t, i)) {
			if (neg_named_before(t, verb_at(t, i), &first, &last, &links))
				neg_deny(t, i, i, first, last);
			continue;
		}
		uint32_t from = takes_up(t, i) && !plays(t, neg_before(t, i), R_AUX) ? verb_at(t, i) : i;
		if (neg_named_before(t, from, &first, &last, &links) && is_denied(t, i, links) && !is(t, last, L_UNIT) && /* « 900 euros, je les ai pas »: they lack them */
		    !neg_is_complained_of(t, last)) { /* la honte j'en dors pas */
			first = neg_list_before(t, first, last);
			neg_deny(t, i, i, first, last);
		}
	}
}
