/* SPDX-License-Identifier: Apache-2.0 */
/* apart.c - things that are said to be another matter, or nobody's wish: « c'est pas la CAF qui m'a prévenue, c'est … », « les
 * ateliers, c'est pas pour moi », « je ne suis pas inscrit à France Travail », « je cherche pas de formation », « tout réglé sans
 * la CAF ».  If a thing is named only to be put aside, or is absent and not missed (« pas d'écran ici, on écrit à la main », «
 * aucun trajet à faire »), it is denied even where a lack of it would count. */
#include "negation.h"

/* « (les ateliers), c'est pas pour moi », « c'est pas mon rayon », « c'est plus de mon âge », « n'est pas en cause », « n'y est pour rien » */
static void not_mine(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), n = neg_after(t, i), at = n;
	if (plays(t, i, R_RIEN) && is(t, p, L_DIT) && is(t, neg_before(t, p), L_TO_ME) && n == NEG_NONE) {
		neg_matter_before(t, i, i, NEG_GOODS); /* ça me dit rien */
		return;
	}
	if (plays(t, i, R_RIEN) && is(t, n, L_IMPOSED) && plays(t, p, R_AUX) && is(t, neg_before(t, p), L_TO_ME)) {
		neg_matter_before(t, neg_before(t, p), n, NEG_ANY); /* la loi ne m'a rien imposé */
		return;
	}
	if (plays(t, i, R_RIEN)) {
		uint32_t be = neg_before(t, p);
		if (is(t, p, L_CAN) && is(t, be, L_Y))
			neg_matter_before(t, be, i, NEG_GOODS); /* la CAF n'y peut rien */
		if (is(t, p, L_POUR) && is(t, be, L_THIRD_PERSON) && is(t, neg_before(t, be), L_Y)) /* « j'y suis pour rien » is another thing */
			neg_matter_before(t, be, i, NEG_ANY);
		return;
	}
	if (is(t, p, L_DIT) && is(t, neg_before(t, p), L_TO_ME)) {
		neg_matter_before(t, i, i, NEG_GOODS); /* la cuisine, ça me dit pas */
		return;
	}
	if ((is(t, p, L_ASKED) || is(t, p, L_IMPOSE)) && is(t, neg_before(t, p), L_THE_ONE) && is(t, neg_before(t, neg_before(t, p)), L_TO_ME)) {
		neg_matter_before(t, neg_before(t, neg_before(t, p)), i, NEG_ANY); /* les quinze heures, on me les demande pas */
		return;
	}
	if (is(t, n, L_POUR) && is(t, neg_after(t, n), L_PRONOUN) && (plays(t, p, R_AUX) || neg_behind_comma(t, i))) {
		neg_matter_before(t, i, neg_after(t, n), NEG_ANY);
		return;
	}
	while (is(t, p, L_SURELY) || is(t, p, L_REALLY))
		p = neg_before(t, p); /* n'est absolument pas en cause */
	while (is(t, at, L_BETWEEN) && !is(t, at, L_EN))
		at = neg_after(t, at); /* pas trop mon truc */
	for (unsigned k = 0; k < 4 && at != NEG_NONE; k++, at = neg_after(t, at)) {
		if (is(t, at, L_AGE) && k > 0) {
			neg_matter_before(t, i, at, NEG_ANY);
			return;
		}
		if (is(t, at, L_CAUSE) && is(t, n, L_EN) && is(t, p, L_CALLS)) {
			if (!neg_taken_back(t, at)) /* « …, mais elle est injuste » concedes */
				neg_no_matter(t, i, at, at + 1, neg_phrase_end(t, at, 6), NEG_ANY); /* je remets pas en cause les sanctions */
			return;
		}
		if (is(t, at, L_MINE) || (is(t, at, L_CAUSE) && is(t, n, L_EN))) {
			if (plays(t, p, R_AUX))
				neg_matter_before(t, i, at, NEG_ANY);
			return;
		}
		if (is(t, at, L_THEIRS) || !(plays(t, at, R_DET | R_DE) || is(t, at, L_A) || is(t, at, L_EN) || is(t, at, L_PRONOUN) || is(t, at, L_AT)))
			return;
	}
}

/* « Les quinze heures, on m'en a pas parlé, et tant mieux » */
static void all_the_better(neg_text *t, uint32_t i)
{
	uint32_t k = i;
	for (unsigned n = 0; n < 9 && k > t->from; n++)
		if (t->role[--k] & (R_PAS | R_JAMAIS | R_PLUS | R_RIEN)) {
			neg_matter_before(t, neg_verb_of(t, k), k, NEG_ANY);
			return;
		}
}

/* « laissez la CAF de côté », « mettons la santé de côté » */
static void put_aside(neg_text *t, uint32_t i)
{
	uint32_t k = i;
	for (unsigned n = 0; n < 8 && (k = neg_after(t, k)) != NEG_NONE; n++)
		if (plays(t, k, R_DE) && is(t, neg_after(t, k), L_ASIDE) && k > i + 1) {
			neg_no_matter(t, i, i, i + 1, k - 1, NEG_ANY);
			return;
		}
}

/* « oublions la formation, parlons logement » */
static void forgotten(neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i), stop = neg_clause_end(t, i);
	if (plays(t, n, R_DET) && !plays(t, n, R_DE) && stop != NEG_NONE && stop < i + 8)
		neg_no_matter(t, i, i, n, stop - 1, NEG_ANY);
}

/* « j'ai pas l'excuse de la voiture », « le car s'arrête devant chez moi, aucune excuse » */
static void no_excuse(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), n = neg_after(t, i), k;
	if (plays(t, p, R_DE | R_DET))
		p = neg_before(t, p);
	if (!plays(t, p, R_PAS | R_AUCUN) && !plays(t, neg_before(t, i), R_AUCUN))
		return;
	if (plays(t, n, R_DE)) {
		neg_aside(t, i, i, n, 6, NEG_GOODS);
		return;
	}
	for (k = i; k > t->from && !(t->role[k - 1] & (R_COMMA | R_STOP)); k--)
		if (is(t, k - 1, L_IS) || is(t, k - 1, L_ET))
			return; /* « … et c'est pas une excuse » */
	if (n != NEG_NONE || k < t->from + 2)
		return;
	for (uint32_t at = t->from; at < k; at++)
		if ((t->role[at] & (R_NE | R_SECOND | R_SANS | R_NI)) || is(t, at, L_ILL))
			return;
	neg_no_matter(t, i, i, t->from, k - 2, NEG_GOODS);
}

/* « la formation, non merci », « les ateliers, très peu pour moi » */
static void waved_away(neg_text *t, uint32_t i)
{
	uint32_t r = t->role[i], n = neg_after(t, i);
	if (!(r & R_NON) && !is(t, n, L_PEU) && !(neg_behind_comma(t, i) && ((r & R_JAMAIS) || ((r & R_PAS) && is(t, n, L_NOT_YET)))))
		return;
	uint32_t away = neg_waved_away(t, i);
	if (away != NEG_NONE)
		neg_matter_before(t, i, away, NEG_GOODS);
}

/* « c'est hors de question », « je m'en passe » */
static void out_of_question(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), before = neg_before(t, p);
	if (is(t, i, L_PAST) && is(t, p, L_EN) && plays(t, before, R_OBJECT))
		neg_matter_before(t, i, i, NEG_GOODS);
	else if (is(t, i, L_QUESTION) && is(t, before, L_HORS))
		neg_matter_before(t, before, i, NEG_GOODS);
}

/* « je n'attends rien d'un coach », « je dois plus rien au propriétaire », « j'ai rien demandé à la CAF » */
static void nothing_from(neg_text *t, uint32_t i)
{
	uint32_t verb = neg_verb_of(t, i), n = neg_after(t, i);
	bool from = plays(t, n, R_DE), to = is(t, n, L_A_AU);
	if (((is(t, verb, L_SEEK) && from) || (is(t, verb, L_GETS) && (from || to))) && !neg_of_others(t, verb))
		neg_aside(t, i, i, n, 5, NEG_GOODS);
	if (is(t, n, L_ASKED) && is(t, neg_after(t, n), L_A_AU) && !plays(t, i + 3, R_PERSONNE) && !neg_of_others(t, neg_before(t, i)))
		neg_aside(t, i, i + 1, i + 2, 4, NEG_GOODS);
}

/* What « pas », « plus », « jamais », « ni » or « aucun » at `i` says of a thing. */
static void denied(neg_text *t, uint32_t i)
{
	uint32_t r = t->role[i], p = neg_before(t, i);
	if (r & R_PLUS) {
		if (p != NEG_NONE && !neg_says_no_more(t, i) && !is(t, neg_before(t, p), L_Y))
			return;
		not_mine(t, i);
	}
	if (r & R_PAS) {
		neg_contrasted(t, i);
		neg_rather(t, i);
		if (is(t, neg_after(t, i), L_PAS_ONLY) && !is(t, neg_after(t, i), L_QUESTION))
			return; /* pas mal de, pas seulement */
	}
	if (r & (R_PAS | R_PLUS | R_AUCUN | R_NI))
		neg_not_for_me(t, i);
	if (r & (R_PAS | R_JAMAIS)) {
		neg_corrected(t, i);
		neg_not_this_but_that(t, i);
		neg_not_from(t, i);
		neg_not_pushed(t, i);
	}
	neg_done_without(t, i);
	neg_no_dealings(t, i);
	neg_not_sought(t, i);
}

static void set_apart(neg_text *t, uint32_t i)
{
	uint32_t r = t->role[i], p = neg_before(t, i), n = neg_after(t, i);
	if (r & R_SANS) {
		neg_managed_without(t, i);
		neg_never_left_without(t, i);
		neg_without_help(t, i);
	}
	if (is(t, i, L_LIEU) && is(t, p, L_AU) && plays(t, n, R_DE) && neg_tells_behind(t, i, is(t, neg_after(t, n), L_TO_ME)))
		neg_aside(t, i, i, i + 1, 6, NEG_GOODS); /* au lieu d'appeler la CAF j'ai demandé à ma coach */
	if (r & R_NI)
		neg_neither(t, i);
	if (is(t, i, L_PUTS_ASIDE) && (p == NEG_NONE || plays(t, p, R_AND | R_BREAK)))
		put_aside(t, i);
	if (is(t, i, L_FORGETS) && p == NEG_NONE)
		forgotten(t, i);
	if (is(t, i, L_BETTER) && is(t, p, L_TANT))
		all_the_better(t, i);
	waved_away(t, i);
	if (r & R_NON)
		neg_rather(t, i);
	if (r & R_PAS)
		neg_not_that_office(t, i);
	if (is(t, i, L_EXCUSE))
		no_excuse(t, i);
	else if (is(t, i, L_ON_OWN))
		neg_on_their_own(t, i);
	if (r & (R_PAS | R_RIEN))
		not_mine(t, i);
	if (r & (R_PAS | R_RIEN | R_AUCUN | R_NI))
		neg_nothing_to_do(t, i);
	if ((r & (R_PAS | R_RIEN | R_AUCUN | R_PERSONNE | R_NI)) || ((r & R_PLUS) && neg_says_no_more(t, i)))
		neg_made_up_for(t, i);
	if (r & (R_MATTER | R_SPARED))
		out_of_question(t, i);
	if (r & R_RIEN)
		nothing_from(t, i);
	if (r & R_PERSONNE) {
		if (neg_never_checked(t, i) || neg_not_claimed(t, i))
			return;
		if (is(t, p, L_WANT)) /* je veux personne sur le dos, ni coach ni … */
			neg_aside(t, i, i, i + 1, 9, NEG_GOODS);
	}
	if ((r & (R_PAS | R_PLUS | R_JAMAIS | R_NI | R_AUCUN)) && !is(t, p, L_BEFORE_PAS))
		denied(t, i);
}

/* Is there nothing at `i` that set_apart asks for, except « peu » behind it? */
static bool says_nothing(const neg_text *t, uint32_t i)
{
	if (neg_is_nothing(t, i))
		return true;
	if (t->role[i] & (R_SANS | R_NI | R_NON | R_SECOND | R_MATTER | R_SPARED))
		return false;
	const neg_set in = neg_lists_at(t, i);
	return !neg_in(&in, L_LIEU) && !neg_in(&in, L_PUTS_ASIDE) && !neg_in(&in, L_FORGETS) && !neg_in(&in, L_BETTER) && !neg_in(&in, L_EXCUSE) && !neg_in(&in, L_ON_OWN);
}

void neg_find_apart(neg_text *t)
{
	bool little = false;
	for (uint32_t i = t->from; i <= t->to; i++)
		little = little || is(t, i, L_PEU);
	for (uint32_t i = t->from; i <= t->to; i++)
		if (!says_nothing(t, i) || (little && is(t, neg_after(t, i), L_PEU))) /* très peu pour moi */
			set_apart(t, i);
}
