/* SPDX-License-Identifier: Apache-2.0 */
/* conditions.c - words that set a condition: « si », « à condition que », « quand elles sont justifiées ». */
#include "negation.h"

/* « Si je suis seule ? Oui, très. »: somebody repeats what they were asked, and answers */
static bool is_repeated(const neg_text *t, uint32_t i)
{
	uint32_t answer = t->to + 1;
	if (i != t->from || !is(t, t->to, L_ASK) || !(plays(t, answer, R_NON | R_JAMAIS | R_PAS | R_PLUS | R_AUCUN) || is(t, answer, L_INDEED)))
		return false;
	for (uint32_t k = i + 1; k < t->to; k++)
		if (t->role[k] & R_PUNCT)
			return false;
	return true;
}

static bool is_condition(const neg_text *t, uint32_t i)
{
	uint32_t r = t->role[i], p = neg_before(t, i), n = neg_after(t, i);
	bool que_or_de = plays(t, n, R_QUE | R_DE);
	if (r & R_SI) {
		if (is_repeated(t, i))
			return false;
		if (is(t, i, L_SIL))
			return true;
		if (is(t, p, L_WHETHER) || (plays(t, p, R_SECOND) && is(t, neg_before(t, p), L_WHETHER)) || n == NEG_NONE)
			return false;
		return plays(t, n, R_SUBJECT | R_DET | R_OBJECT | R_NE | R_JAMAIS | R_JUST) || is(t, n, L_AFTER_IF);
	}
	if (r & R_QUAND) {
		/* « quand elles sont justifiées », not « quand je viens » */
		uint32_t end = neg_scope_end(t, i, i, (neg_reach){ .words = 10, .through_que = true, .through_qui = true });
		for (uint32_t j = i + 1; j <= end; j++)
			if (t->role[j] & R_JUST)
				return true;
		return false;
	}
	if (is(t, i, L_S)) /* s'il, s'ils */
		return is(t, n, L_HE) && !is(t, p, L_WHETHER) && !plays(t, p, R_SECOND);
	if (is(t, i, L_CONDITION))
		return is(t, p, L_A_SOUS) && (n == NEG_NONE || que_or_de);
	if (is(t, i, L_MOINS))
		return is(t, p, L_A) && que_or_de;
	if (is(t, i, L_POURVU))
		return que_or_de;
	if (is(t, i, L_CAS))
		return (is(t, p, L_EN) && plays(t, n, R_DE)) || (is(t, p, L_PER) && is(t, neg_before(t, p), L_CAS)) || is(t, p, L_CERTAINS) ||
		       (is(t, p, L_AU) && plays(t, n, R_QUI));
	if (is(t, i, L_MOMENT))
		return is(t, p, L_DU) && plays(t, n, R_QUE | R_QUI);
	if (is(t, i, L_TANT))
		return !is(t, p, L_EN) && plays(t, n, R_QUE);
	if (is(t, i, L_RESERVE))
		return is(t, p, L_SOUS);
	if (is(t, i, L_DISCERNEMENT))
		return is(t, p, L_AVEC);
	return false;
}

/* A condition governs its own clause and the one before, back to « mais » or a full stop; « sauf si » joins two clauses. */
static void cue_condition(neg_text *t, uint32_t i)
{
	if (!is_condition(t, i))
		return;
	uint32_t from = i;
	for (unsigned n = 0; n < 40 && from > t->from; n++) {
		uint32_t r = t->role[from - 1];
		if ((r & (R_STOP | R_BREAK)) && !is(t, from - 1, L_EXCEPT)) /* « pourquoi pas, sauf si » */
			break;
		from--;
	}
	/* the « mais » of « oui, mais si … » does not separate the clauses */
	if (from > t->from && is(t, from - 1, L_MAIS) && from == i)
		from = t->from;
	uint32_t last = neg_scope_end(t, i, i, (neg_reach){ .words = 14, .through_que = true, .through_qui = true });
	neg_add(t, (neg_cue){ .token = i, .last = i, .ne = i, .scope_first = from, .scope_last = last, .verb = i, .conditional = true });
}

void neg_find_conditions(neg_text *t)
{
	for (uint32_t i = t->from; i <= t->to; i++)
		if (t->role[i] & (R_SI | R_QUAND | R_COND))
			cue_condition(t, i);
}
