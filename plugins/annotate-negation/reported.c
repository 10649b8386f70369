/* SPDX-License-Identifier: Apache-2.0 */
/* reported.c - what the notes of a session say that nobody spoke of: « personne n'évoque les ateliers », « les quinze heures, que nul n'a
 * soulevées », « pas de remarque sur la discrétion des locaux ».  It is no matter to those who were there (named.c). */
#include "negation.h"

#define is neg_is
#define plays neg_plays

/* The subject that makes a verb be nobody's: « personne », « nul », « aucun participant »; NEG_NONE.  « Aucun conseiller n'évoque les
 * formations » and « personne ne nous en a parlé » are complaints. */
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

/* personne n'évoque les ateliers; les ateliers, que personne n'a évoqués */
static void raised_by_nobody(neg_text *t, uint32_t verb)
{
	uint32_t nobody = nobody_who(t, verb), n = neg_after(t, verb), que = neg_before(t, nobody);
	if (nobody == NEG_NONE)
		return;
	if (plays(t, que, R_QUE) && neg_matter_before(t, que, verb, false))
		return;
	if (plays(t, n, R_DET | R_DE))
		neg_no_matter(t, nobody, verb, n, neg_scope_end(t, verb, verb, (neg_reach){ .words = 8 }), false);
}

/* les quinze heures n'ont pas été évoquées, l'instruction n'est pas mise en cause: not « la CAF n'a pas signalé … », which is done by somebody */
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
			if (plays(t, n, R_AUCUN | R_PERSONNE) && neg_matter_before(t, be, last, false))
				return;
	}
	if (plays(t, p, R_PAS | R_JAMAIS) && (been || is(t, be, L_IS) || is(t, be, L_ARE)))
		neg_matter_before(t, p, last, false);
}

/* la CAF n'y est pour rien, n'est pour rien dans … */
static void for_nothing(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), be = neg_before(t, p);
	if (plays(t, i, R_RIEN) && plays(t, p, R_POUR) && (is(t, be, L_IS) || is(t, be, L_ARE)))
		neg_matter_before(t, be, i, false);
}

/* pas de remarque sur, aucun souhait de, ne formulent pas de reproche à */
static void no_remark(neg_text *t, uint32_t i)
{
	uint32_t de = neg_before(t, i), by = plays(t, de, R_DE) ? neg_before(t, de) : de, n = neg_after(t, i);
	if (!plays(t, by, R_PAS | R_AUCUN | R_JAMAIS) || neg_pseudo(t, by))
		return;
	if (is(t, n, L_A) && is(t, neg_after(t, n), L_REDIRE))
		n = neg_after(t, neg_after(t, n)); /* aucun incident à signaler concernant */
	while (n != NEG_NONE && n < i + 6 && !is(t, n, L_TOWARDS) && !(t->role[n] & ~(uint32_t)(R_DET | R_SUBJECT)))
		n = neg_after(t, n); /* aucune remarque particulière sur, pas de plainte ce mois-ci concernant */
	if (plays(t, n, R_DE) ? is(t, i, L_WISHED) : is(t, n, L_TOWARDS))
		neg_no_matter(t, by, i, n, neg_scope_end(t, n, n, (neg_reach){ .words = 6 }), false);
}

void neg_find_reported(neg_text *t, uint32_t i)
{
	if (is(t, i, L_RAISE))
		raised_by_nobody(t, i);
	if (is(t, i, L_RAISE) || is(t, i, L_PUT_IN))
		not_raised(t, i);
	for_nothing(t, i);
	if (is(t, i, L_REMARK))
		no_remark(t, i);
}
