/* SPDX-License-Identifier: Apache-2.0 */
/* expected.c - things that were expected, feared or foretold and did not come: « je croyais qu'on allait me juger, eh ben non », «
 * On m'avait dit qu'ils me radieraient.  Même pas. », « On m'avait prédit une montagne de formulaires.  Au final, une seule feuille.
 * » */
#include "negation.h"

/* The word of [from, to] that says that it was not so, or NEG_NONE: « eh ben non », « rien de tel », « même pas », « pas du tout »,
 * « tout le contraire »; with `fact` also « en fait » and « finalement », whatever follows them. */
static uint32_t was_not_so(const neg_text *t, uint32_t from, uint32_t to, bool fact)
{
	uint32_t i = from, turned = NEG_NONE;
	while (i < to && ((t->role[i] & R_PUNCT) || is(t, i, L_INTERJECTION) || is(t, i, L_TURNED))) {
		if (is(t, i, L_TURNS_OUT) && turned == NEG_NONE && i < from + 3)
			turned = i;
		i++;
	}
	bool last = i >= to || (t->role[i + 1] & R_PUNCT);
	if (plays(t, i, R_NON) && last)
		return i;
	if (plays(t, i, R_RIEN) && (last || (plays(t, i + 1, R_DE) && i + 2 <= to && (is(t, i + 2, L_AS) || is(t, i + 2, L_TOUT)))))
		return i;
	if (plays(t, i, R_PAS) && i + 2 <= to && is(t, i + 1, L_DU) && is(t, i + 2, L_TOUT))
		return i;
	if (i < to && plays(t, i + 1, R_PAS) && (i + 1 == to || (t->role[i + 2] & R_PUNCT)) && (is(t, i, L_BETWEEN) || t->role[i] == 0))
		return i + 1;
	for (uint32_t k = i; k <= to && k < i + 3; k++)
		if (is(t, k, L_CONTRARY) || is(t, k, L_NADA))
			return k;
	for (uint32_t k = i; k <= to && k < i + 4; k++) /* j'ai rien vu de tel, j'ai rien eu de tout ça */
		if (plays(t, k, R_RIEN) && k + 3 <= to && plays(t, k + 2, R_DE) && (is(t, k + 3, L_AS) || is(t, k + 3, L_TOUT)))
			return k;
	for (uint32_t k = i + 1; k <= to && k < i + 7 && !(t->role[k] & (R_PUNCT | R_BREAK)); k++) {
		bool none = plays(t, k, R_PAS | R_JAMAIS | R_AUCUN) && (is(t, k - 1, L_EN) || (k > from + 1 && is(t, k - 2, L_EN)));
		if (none || (plays(t, i, R_RIEN) && is(t, k, L_HAPPENED)))
			return k; /* y en a pas eu; rien ne s'est passé */
	}
	return fact ? turned : NEG_NONE;
}

/* The last word of [first, last] that expects something: « croyais », « avait prédit », « avais peur »; NEG_NONE also if that is
 * itself denied. */
static uint32_t expectation(const neg_text *t, uint32_t first, uint32_t last)
{
	for (uint32_t i = last + 1; i-- > first;) {
		if (plays(t, i, R_NE | R_SECOND | R_SANS | R_NI))
			return NEG_NONE;
		uint32_t p = neg_before(t, i);
		if ((is(t, i, L_SURE) && is(t, p, L_WAS)) || (is(t, i, L_FEAR) && is(t, p, L_FAIT) && is(t, neg_before(t, p), L_HAD_BEEN)))
			return i;
		if (is(t, i, L_EXPECTED) || ((is(t, i, L_FORETOLD) || is(t, i, L_FEAR)) && is(t, p, L_HAD_BEEN)))
			return plays(t, p, R_NE) ? NEG_NONE : i;
	}
	return NEG_NONE;
}

static void denies(neg_text *t, uint32_t by, uint32_t last)
{
	uint32_t i = by == NEG_NONE ? NEG_NONE : expectation(t, t->from, last), first = is(t, i, L_FEAR) ? i : i + 1;
	if (i == NEG_NONE)
		return;
	for (uint32_t k = first; k <= last; k++)
		if (is(t, k, L_WEARS_OFF) && !is(t, k, L_INFINITIVE))
			return; /* « je pensais que la honte passerait »: it did not */
		else if (is(t, k, L_WAS) && !is(t, neg_before(t, k), L_IT))
			first = k + 1; /* « je croyais que la coupure était une erreur »: the « coupure » happened */
	if (first <= last)
		neg_deny(t, by, by, first, last);
}

void neg_came_to_nothing(neg_text *t, uint32_t i)
{
	uint32_t by = was_not_so(t, i, t->to, false);
	size_t before = t->count;
	denies(t, by, i - 2);
	if (t->count > before || !plays(t, by, R_RIEN) || !plays(t, neg_after(t, by), R_DE))
		return;
	for (uint32_t k = t->from; k + 1 < i; k++)
		if (t->role[k] & (R_SUBJECT | R_SECOND))
			return;
	/* « être fiché, être jugé, rien de tout ça ici » */
	neg_deny(t, by, by, t->from, i - 2);
}

/* « réponse en trois jours, moi qui m'attendais à des mois d'attente »: whoever says so did not get it */
void neg_expected_else(neg_text *t, uint32_t i)
{
	uint32_t qui = neg_before(t, i);
	while (plays(t, qui, R_OBJECT) && !plays(t, qui, R_QUI))
		qui = neg_before(t, qui);
	if (!plays(t, qui, R_QUI) || !is(t, neg_before(t, qui), L_PRONOUN) || plays(t, neg_after(t, i), R_SECOND))
		return;
	neg_deny(t, i, i, i + 1, neg_phrase_end(t, i, 9));
}

void neg_turned_out(neg_text *t, uint32_t from, uint32_t to)
{
	denies(t, was_not_so(t, from, to, true), t->to);
}
