/* SPDX-License-Identifier: Apache-2.0 */
/* reported.c - things that, as the notes of a session say, nobody spoke of: « personne n'évoque les ateliers », « les quinze
 * heures, que nul n'a soulevées », « pas de remarque sur la discrétion des locaux ».  So they are no matter to those who were there
 * (named.c). */
#include "negation.h"

/* The subject « personne », « nul », « aucun participant » of a verb, or NEG_NONE.  But « aucun conseiller n'évoque les formations
 * » and « personne ne nous en a parlé » are complaints. */
static uint32_t nobody_who(const neg_text *t, uint32_t verb)
{
	uint32_t k = neg_before(t, verb);
	bool ne = false;
	for (; plays(t, k, R_AUX | R_NE) && !plays(t, k, R_DET | R_SUBJECT); k = neg_before(t, k))
		ne |= plays(t, k, R_NE);
	if (plays(t, k, R_PERSONNE) || (ne && plays(t, k, R_AUCUN)))
		return k;
	if (!ne || !is(t, k, L_PRESENT))
		return NEG_NONE;
	do
		k = neg_before(t, k);
	while (plays(t, k, R_DE | R_DET)); /* aucun des présents */
	return plays(t, k, R_AUCUN) ? k : NEG_NONE;
}

/* « personne n'évoque les ateliers »; « les ateliers, que personne n'a évoqués » */
static void raised_by_nobody(neg_text *t, uint32_t verb)
{
	uint32_t nobody = nobody_who(t, verb), n = neg_after(t, verb), que = neg_before(t, nobody);
	if (nobody == NEG_NONE)
		return;
	if (plays(t, que, R_QUE) && neg_matter_before(t, que, verb, NEG_ANY))
		return;
	if (plays(t, n, R_DET | R_DE))
		neg_no_matter(t, nobody, verb, n, neg_phrase_end(t, verb, 8), NEG_ANY);
}

/* « les quinze heures n'ont pas été évoquées », « l'instruction n'est pas mise en cause »; but not « la CAF n'a pas signalé … »,
 * which somebody did */
static void not_raised(neg_text *t, uint32_t verb)
{
	uint32_t p = neg_before(t, verb), n = neg_after(t, verb), last = verb;
	bool been = is(t, p, L_BEEN);
	if (been)
		p = neg_before(t, p);
	if (is(t, verb, L_PUT_IN)) {
		last = neg_after(t, n);
		if (!is(t, n, L_EN) || !is(t, last, L_CAUSE))
			return;
	}
	uint32_t be = neg_before(t, p);
	if ((is(t, p, L_IS) || is(t, p, L_ARE)) && plays(t, be, R_NE)) { /* n'est cité à aucun moment, par personne */
		for (uint32_t k = 0; k < 3 && n != NEG_NONE; k++, n = neg_after(t, n))
			if (plays(t, n, R_AUCUN | R_PERSONNE) && neg_matter_before(t, be, last, NEG_ANY))
				return;
	}
	if (plays(t, p, R_PAS | R_JAMAIS) && (been || is(t, be, L_IS) || is(t, be, L_ARE)))
		neg_matter_before(t, p, last, NEG_ANY);
}

/* la CAF n'y est pour rien, n'est pour rien dans … */
static void for_nothing(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), be = neg_before(t, p);
	if (plays(t, p, R_POUR) && (is(t, be, L_IS) || is(t, be, L_ARE)))
		neg_matter_before(t, be, i, NEG_ANY);
}

/* « les participants n'ont pas parlé du bus », « personne n'a parlé d'argent »; but not « on n'a pas parlé … », « personne ne parle … » */
static void not_spoken_of(neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i), p = neg_before(t, i), by = p;
	if (!plays(t, n, R_DE))
		return;
	if (plays(t, p, R_PAS | R_JAMAIS))
		p = neg_before(t, p);
	if (!plays(t, p, R_AUX) || !plays(t, neg_before(t, p), R_NE))
		return;
	uint32_t who = neg_before(t, neg_before(t, p));
	if (by == p ? nobody_who(t, i) != NEG_NONE : is(t, who, L_WHO_MET))
		neg_no_matter(t, by, i, n, neg_phrase_end(t, n, 6), NEG_ANY);
}

/* « Isolement non repéré », « Recherche d'emploi non prioritaire », « Synthèse : transport pas évoqué »: `i` is « non » or « pas »
 * after the few words of a note */
static void noted_as_none(neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i), from = i;
	while (from > t->from && !(t->role[from - 1] & R_PUNCT))
		from--;
	if (i == from || i > from + 5 || !(is(t, n, L_RAISE) || (is(t, n, L_NOT_NOTED) && plays(t, i, R_NON))))
		return;
	for (uint32_t k = from; k < i; k++)
		if (t->role[k] & (R_SUBJECT | R_AUX | R_CUE) & ~(uint32_t)R_DET)
			return;
	neg_no_matter(t, i, n, from, i - 1, NEG_ANY);
}

/* pas de remarque sur, aucun souhait de, ne formulent pas de reproche à */
static void no_remark(neg_text *t, uint32_t i)
{
	uint32_t back = is(t, i, L_NEGATIVE) ? neg_before(t, i) : i; /* pas de retour négatif sur */
	uint32_t de = neg_before(t, back), by = plays(t, de, R_DE) ? neg_before(t, de) : de, n = neg_after(t, i);
	if (!plays(t, by, R_PAS | R_AUCUN | R_JAMAIS) || neg_pseudo(t, by))
		return;
	if (is(t, n, L_A) && is(t, neg_after(t, n), L_REDIRE))
		n = neg_after(t, neg_after(t, n)); /* aucun incident à signaler concernant */
	while (n != NEG_NONE && n < i + 6 && !is(t, n, L_TOWARDS) && !(t->role[n] & ~(uint32_t)(R_DET | R_SUBJECT)))
		n = neg_after(t, n); /* aucune remarque particulière sur, pas de plainte ce mois-ci concernant */
	bool asks = is(t, i, L_WISHED) && !is(t, i, L_REMARK); /* « aucune demande de formation »; but not « aucune demande à la CAF n'aboutit » */
	if (plays(t, n, R_DE) ? is(t, i, L_WISHED) : is(t, n, L_TOWARDS) && !asks)
		neg_no_matter(t, by, i, n, neg_phrase_end(t, n, 6), NEG_ANY);
}

/* The first token of what « aucune » after the colon is said of: in « Bus, train : aucun » both, in « Dossier perdu, excuses :
 * aucune » only « excuses ». */
static uint32_t heading(const neg_text *t, uint32_t colon)
{
	uint32_t first = t->from;
	for (uint32_t k = t->from, words = 0; k < colon; k++) {
		if (!(t->role[k] & R_COMMA))
			words += !plays(t, k, R_DET);
		else if (words > 1)
			first = k + 1;
		if (t->role[k] & R_COMMA)
			words = 0;
	}
	return first;
}

/* « Emploi : sans objet », « L'orientation : pas de remarque des participants », « Mobilité : non concerné » */
static void under_heading(neg_text *t, uint32_t colon)
{
	uint32_t by = colon + 1, n = neg_after(t, by), last = n == NEG_NONE ? by : n;
	if (colon == t->from || colon > t->from + 6 || colon >= t->to)
		return;
	for (uint32_t k = t->from; k < colon; k++)
		if ((t->role[k] & (R_SUBJECT | R_AUX | R_STOP)) && !plays(t, k, R_DET))
			return;
	if (is(t, by, L_AUTONOMOUS)) { /* Mobilité : autonome */
		neg_no_matter(t, by, by, t->from, colon - 1, NEG_ANY);
		return;
	}
	for (uint32_t k = t->from; k < colon; k++)
		if (is(t, k, L_MEANS) && is(t, by, L_NADA))
			return; /* « Argent : néant » */
	if (plays(t, by, R_PAS) && plays(t, n, R_DE))
		last = n = neg_after(t, n);
	bool said = plays(t, by, R_PAS | R_AUCUN) ? is(t, n, L_REMARK) || is(t, n, L_NOTED) || (plays(t, by, R_PAS) && is(t, n, L_RAISE))
	            : plays(t, by, R_NON)         ? is(t, n, L_RAISE) || is(t, n, L_CONCERN)
	            : is(t, by, L_NADA)           ? n == NEG_NONE
	                                          : plays(t, by, R_SANS) && is(t, n, L_OBJET) && neg_after(t, n) == NEG_NONE;
	if (said)
		neg_no_matter(t, by, last, t->from, colon - 1, NEG_ANY);
	else if (plays(t, by, R_AUCUN) && n == NEG_NONE) /* « Sanctions : aucune »; but « Bus : aucun » says that they lack one */
		neg_deny(t, by, by, heading(t, colon), colon - 1);
}

void neg_find_reported(neg_text *t, uint32_t i, const neg_set *in)
{
	if (neg_in(in, L_COLON))
		under_heading(t, i);
	if (neg_in(in, L_RAISE))
		raised_by_nobody(t, i);
	if (neg_in(in, L_RAISE) || neg_in(in, L_PUT_IN))
		not_raised(t, i);
	if (plays(t, i, R_RIEN))
		for_nothing(t, i);
	if (neg_in(in, L_REMARK) || neg_in(in, L_WISHED))
		no_remark(t, i);
	if (plays(t, i, R_NON | R_PAS))
		noted_as_none(t, i);
	if (neg_in(in, L_SPOKEN))
		not_spoken_of(t, i);
}
