/* SPDX-License-Identifier: Apache-2.0 */
/* contrast.c - things that are named only to be contrasted with another one: « c'est pas la CAF, c'est … », « je viens pas pour le
 * yoga, je viens pour … », « pas suivie par France Travail mais par … », « ça ne vient pas de la CAF ». */
#include "negation.h"

/* Does « c'est Y », « mais Y » follow the stop at `stop`? */
static bool other_follows(const neg_text *t, uint32_t stop)
{
	uint32_t n = stop + 1;
	while (n < t->to && (t->role[n] & R_MARK))
		n++;
	if (plays(t, n, R_BREAK) && is(t, n, L_MAIS))
		return true;
	uint32_t then = neg_after(t, n);
	if (!is(t, n, L_CE_OR_CES) || plays(t, then, R_NE) || plays(t, neg_after(t, then), R_PAS))
		return false;
	return plays(t, n, R_AUX) || plays(t, then, R_AUX) || plays(t, then, R_DET);
}

static bool set_against(const neg_text *t, uint32_t i)
{
	uint32_t stop = neg_clause_end(t, i);
	for (unsigned k = 0; k < 3 && stop != NEG_NONE; k++, stop = neg_clause_end(t, stop))
		if (other_follows(t, stop))
			return true;
	for (uint32_t k = i + 2; k < t->to && k < i + 12 && !(t->role[k] & (R_COMMA | R_STOP)); k++)
		if (is(t, k, L_IT) && other_follows(t, k - 1))
			return true; /* c pas la caf ki ma aidé c ma référente */
	return false;
}

/* « c'est pas la CAF qui m'a prévenue »: denies the thing, which ends at `last`, with the verb behind « qui », unless a person is
 * said not to do it: then somebody else does. */
static void not_the_one_who(neg_text *t, uint32_t i, uint32_t last, uint32_t qui)
{
	uint32_t verb = neg_after(t, qui);
	size_t before = t->count;
	bool person = false;
	while (plays(t, verb, R_OBJECT) && !plays(t, verb, R_AUX))
		verb = neg_after(t, verb);
	neg_whole(t, i, verb != NEG_NONE && !plays(t, verb, R_AUX | R_SUBJECT) ? verb : last);
	for (uint32_t k = i; k < qui; k++)
		person |= is(t, k, L_PERSON);
	if (t->count > before && plays(t, qui, R_QUI) && person)
		t->cues[before].until = qui;
}

/* « c'est pas la CAF qui m'a prévenue, c'est mon éducatrice », « c'est pas le travail, c'est la crèche », « c'est pas qu'on ait …, c'est que » */
void neg_contrasted(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), n = neg_after(t, i), last = NEG_NONE, at = n;
	bool it = is(t, p, L_IT) || ((is(t, p, L_IS) || plays(t, p, R_AUX | R_NE)) && (is(t, neg_before(t, p), L_IT) || is(t, neg_before(t, p), L_CE_OR_CES) ||
	                                                                plays(t, neg_before(t, p), R_NE)));
	if (!it || n == NEG_NONE)
		return;
	uint32_t fault = plays(t, n, R_DE) && plays(t, neg_after(t, n), R_DET) ? neg_after(t, neg_after(t, n)) : plays(t, n, R_DET) ? neg_after(t, n) : NEG_NONE;
	if (is(t, fault, L_FAUTE)) { /* c'est pas la faute de la CAF */
		neg_aside(t, i, fault, fault + 1, 5, NEG_ANY);
		return;
	}
	if (is(t, n, L_FAUTE)) { /* c'est pas faute de patrons */
		if (plays(t, neg_after(t, n), R_DE) && !is(t, neg_after(t, neg_after(t, n)), L_INFINITIVE))
			neg_aside(t, i, n, n + 1, 5, NEG_ANY);
		return;
	}
	if (!set_against(t, i))
		return;
	if (plays(t, n, R_QUE)) {
		if (plays(t, neg_after(t, n), R_SUBJECT))
			neg_aside(t, i, i, n, 12, NEG_ANY);
		return;
	}
	if (is(t, n, L_NOT_A_NAME) || is(t, n, L_PAS_ONLY) || is(t, n, L_INFINITIVE))
		return;
	for (unsigned k = 0; k < 9 && at != NEG_NONE && !is(t, at, L_IT) && (!plays(t, at, R_QUI | R_QUE) || plays(t, at, R_AND)); k++) {
		last = at;
		at = neg_after(t, at);
	}
	if (plays(t, at, R_QUI | R_QUE)) {
		if (plays(t, at, R_QUE) && is(t, neg_after(t, neg_after(t, at)), L_OFFER))
			return; /* « c'est pas un accompagnement qu'on a, c'est du contrôle »: says what it should be */
		if (is(t, last, L_PRONOUN) && last == n)
			neg_matter_before(t, i, last, NEG_ANY);
		else
			not_the_one_who(t, i, last, at);
	} else if ((at == NEG_NONE || (is(t, at, L_IT) && !plays(t, last, R_AND))) && last != NEG_NONE && !is(t, n, L_UN) && !plays(t, n, R_DE) && (plays(t, n, R_DET) || t->role[n] == 0)) {
		neg_whole(t, i, last);
	}
}

/* « je viens pas pour le yoga, je viens pour … », « je vous parle pas d'étapes, je vous parle de … »: the verb is repeated, and asserted */
void neg_corrected(neg_text *t, uint32_t i)
{
	uint32_t verb = neg_verb_of(t, i), n = neg_after(t, i), stop = neg_clause_end(t, i);
	for (uint32_t k = i + 2; stop == NEG_NONE && verb != NEG_NONE && plays(t, n, R_POUR | R_DE) && k < t->to && k < i + NEG_AHEAD; k++)
		if (plays(t, k, R_SUBJECT) && t->v->form[k + 1] == t->v->form[verb])
			stop = k; /* je viens pas pour la sophro je viens pour la crèche */
	if (verb == NEG_NONE || n == NEG_NONE || stop == NEG_NONE || is(t, verb, L_IS) || is(t, verb, L_FOUND) || plays(t, n, R_QUE) ||
	    plays(t, verb, R_DET | R_DE | R_AND | R_POUR | R_BREAK | R_QUE | R_QUI | R_SECOND))
		return;
	bool have = plays(t, verb, R_AUX);
	if (have && is(t, n, L_TELLS_OF) && is(t, stop + 1, L_MERELY)) { /* « on m'a pas parlé d'emploi, juste de mes enfants » */
		neg_no_matter(t, i, n, n + 1, stop - 1, NEG_ANY);
		return;
	}
	if (have && (plays(t, n, R_DET | R_DE) || is(t, n, L_AT)))
		return; /* « j'ai pas de bus, j'ai mes pieds »; but « j'ai pas besoin de …, j'ai besoin de … » */
	for (uint32_t k = stop + 1; k < t->to && k < i + NEG_AHEAD; k++)
		if (t->v->form[k] == t->v->form[verb] && !plays(t, neg_after(t, k), R_SECOND) && !plays(t, neg_before(t, k), R_NE) &&
		    (!have || t->v->form[k + 1] == t->v->form[n])) {
			uint32_t end = neg_scope_end(t, i, i, (neg_reach){ .words = 12, .through_que = true });
			if (plays(t, n, R_POUR) || end < n)
				end = stop - 1;
			neg_no_matter(t, i, i, i + 1, end, NEG_ANY);
			return;
		}
}

/* « pas suivie par France Travail mais par la mission locale »: the same preposition again, with another thing */
void neg_not_this_but_that(neg_text *t, uint32_t i)
{
	uint32_t prep = NEG_NONE;
	for (uint32_t k = i + 1; k < t->to && k < i + 12 && !(t->role[k] & R_STOP); k++) {
		if (prep == NEG_NONE && is(t, k, L_PREP) && k <= i + 2)
			prep = k;
		bool other = is(t, k, L_MAIS) || (plays(t, k, R_COMMA) && is(t, k + 1, L_IT) && is(t, neg_before(t, i), L_IS));
		if (other && prep != NEG_NONE && k > prep + 1) {
			uint32_t again = plays(t, k, R_COMMA) ? (is(t, k + 2, L_IS) ? k + 2 : k + 1) : k;
			if (t->v->form[again + 1] == t->v->form[prep] && !is(t, k + 2, L_INFINITIVE) && !is(t, prep + 1, L_INFINITIVE))
				neg_no_matter(t, i, i, prep + 1, neg_phrase_end(t, prep, 6), NEG_ANY);
			return;
		}
	}
}

/* Do the clauses before the comma, [from, comma), name something that it is instead, « c'est mon frère qui … », or (*wants) say
 * what somebody wants?  They must not deny anything.  « C'est loin, pas le permis » names no such thing. */
static bool names_another(const neg_text *t, uint32_t comma, bool *wants)
{
	bool it = false;
	*wants = false;
	for (uint32_t k = t->from; k < comma; k++) {
		uint32_t n = neg_after(t, k);
		if (plays(t, k, R_PAS) && neg_behind_comma(t, k) && it)
			return true; /* …, pas la CAF, pas mon référent */
		if (t->role[k] & (R_NE | R_SECOND | R_SANS | R_NI | R_NON | R_SI))
			return false;
		it |= is(t, k, L_IS) && (plays(t, n, R_DET) || is(t, n, L_PRONOUN));
		*wants |= is(t, k, L_WANT) || (is(t, k, L_BESOIN) && plays(t, neg_before(t, k), R_AUX));
	}
	return it || *wants;
}

/* « je vous parle de l'école, pas de ma santé », « venu pour le logement, pas pour un emploi »: the preposition at `n` was there before */
static bool repeats(const neg_text *t, uint32_t comma, uint32_t n)
{
	bool talks = false, owes = false, same = false;
	if (!is(t, n, L_PREP) && !plays(t, n, R_DE) && !is(t, n, L_POUR))
		return false;
	for (uint32_t k = t->from; k < comma; k++) {
		if (t->role[k] & (R_NE | R_SECOND | R_SANS | R_NI | R_SI))
			return false;
		talks |= is(t, k, L_TALK);
		same |= talks && t->v->form[k] == t->v->form[n];
		owes |= is(t, k, L_OWES);
		same |= owes && is(t, k, L_A_AU) && is(t, n, L_A_AU); /* je la dois à ma sœur, pas au référent */
	}
	return same;
}

/* « C'est mon frère qui m'a aidé, pas la CAF », « je veux un boulot, pas un atelier »: at the end of a sentence, for hits whose
 * lack counts.  « C'est du contrôle, pas un accompagnement » says what it should be. */
void neg_rather(neg_text *t, uint32_t i)
{
	uint32_t comma = i > t->from && (is(t, i - 1, L_ET) || is(t, i - 1, L_SURELY)) ? i - 1 : i, n = plays(t, i + 1, R_PAS) ? neg_after(t, i + 1) : neg_after(t, i), last = t->to;
	bool wants;
	if (comma > t->from && (t->role[comma - 1] & R_COMMA))
		comma--;
	if (comma == i || comma <= t->from || t->question || n == NEG_NONE)
		return; /* it must be « …, pas X » or « … et non (pas) X » */
	for (uint32_t k = i + 1; k < last; k++)
		if ((t->role[k] & R_COMMA) && plays(t, k + 1, R_PAS))
			last = k;
	while (last > i && (t->role[last] & R_PUNCT))
		last--;
	for (uint32_t k = n; k <= last; k++)
		if ((t->role[k] & (R_STOP | R_COMMA | R_SUBJECT | R_QUE | R_QUI | R_NE | R_BREAK | R_SECOND | (k > n ? R_POUR : 0))) || last - n >= 6)
			return;
	bool one = is(t, n, L_UN), known = (plays(t, n, R_DET) && !plays(t, n, R_DE)) || t->role[n] == 0;
	if (known && names_another(t, comma, &wants) && (wants || !one))
		neg_no_matter(t, i, i, n, last, NEG_GOODS);
	else if (repeats(t, comma, n) && last > n)
		neg_no_matter(t, i, i, n + 1, last, NEG_GOODS);
}

/* « Pas la CAF, la CPAM ! », « Pas France Travail, la mission locale »: at the beginning of a sentence, with no more than the names */
void neg_not_that_office(neg_text *t, uint32_t i)
{
	uint32_t k = neg_after(t, i), last = NEG_NONE, p = neg_before(t, i);
	bool office = false;
	if ((p != NEG_NONE && !plays(t, p, R_NON) && !is(t, p, L_INTERJECTION)) || plays(t, k, R_DE) || t->question)
		return;
	for (; k != NEG_NONE && k < i + 6 && (t->role[k] == 0 || plays(t, k, R_DET)); k = neg_after(t, k)) {
		office |= is(t, k, L_OFFICE);
		last = k;
	}
	if (!office || k != NEG_NONE)
		return;
	for (k = last + 1; k <= t->to; k++) /* « Pas la CAF, elle répond jamais » is about the CAF */
		if (t->role[k] & (R_SUBJECT | R_NE | R_SECOND | R_AUX))
			return;
	neg_aside(t, i, i, i + 1, last - i, NEG_GOODS);
}

/* « ma référente n'est pas de France Travail »; but « ce n'est pas de la chance », « le RSA n'est pas de la charité » say what
 * something is not */
static bool is_not_of(const neg_text *t, uint32_t verb, uint32_t of)
{
	uint32_t ne = neg_before(t, verb), who = neg_before(t, ne);
	return is(t, verb, L_IS) && plays(t, ne, R_NE) && who != NEG_NONE && !is(t, who, L_CE_OR_CES) && !is(t, who, L_CA) && !is(t, who, L_THEY) && !plays(t, of, R_DET) && !plays(t, neg_after(t, of), R_DET);
}

/* « ça ne vient pas de France Travail », « ma référente n'est pas de la CAF », « ne croyez pas que ça vienne de la CAF » */
void neg_not_from(neg_text *t, uint32_t i)
{
	uint32_t verb = neg_verb_of(t, i), n = neg_after(t, i);
	if (plays(t, n, R_QUE)) {
		n = neg_after(t, neg_after(t, n));
		if (is(t, n, L_COME) && plays(t, neg_after(t, n), R_DE))
			neg_aside(t, i, i, neg_after(t, n), 5, NEG_ANY);
	} else if (plays(t, n, R_DE) && (is(t, verb, L_COME) || is(t, verb, L_BELONGS) || is_not_of(t, verb, n))) {
		neg_aside(t, i, i, n, 5, NEG_ANY);
	}
}
