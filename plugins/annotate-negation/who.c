/* SPDX-License-Identifier: Apache-2.0 */
/* who.c - of whom a verb is said, and where its clause ends. */
#include "negation.h"

uint32_t neg_verb_of(const neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i);
	while (is(t, p, L_BETWEEN) || plays(t, p, R_PAS | R_JAMAIS | R_PLUS))
		p = neg_before(t, p);
	return p;
}

bool neg_of_others(const neg_text *t, uint32_t verb)
{
	uint32_t p = verb;
	bool third = false;
	if (is(t, t->from, L_SIR))
		return false; /* « Madame ne souhaite pas de suivi »: a note on the person herself */
	for (unsigned k = 0; k < 4 && (p = neg_before(t, p)) != NEG_NONE; k++) {
		third |= is(t, p, L_THIRD_PERSON);
		if (is(t, p, L_THEY))
			return true;
		if (plays(t, p, R_SUBJECT))
			return false;
		if (!plays(t, p, R_NE | R_OBJECT | R_AUX) && !is(t, p, L_BETWEEN))
			return !plays(t, p, R_BREAK | R_AND | R_QUE | R_QUI | R_SECOND);
	}
	return third;
}

bool neg_to_me(const neg_text *t, uint32_t verb)
{
	uint32_t p = neg_before(t, verb);
	while (plays(t, p, R_AUX | R_PAS | R_JAMAIS) && !plays(t, p, R_OBJECT))
		p = neg_before(t, p);
	return is(t, p, L_TO_ME);
}

uint32_t neg_clause_end(const neg_text *t, uint32_t i)
{
	for (uint32_t k = i + 1; k < t->to && k < i + NEG_AHEAD; k++)
		if (t->role[k] & (R_COMMA | R_STOP))
			return k;
	return NEG_NONE;
}
