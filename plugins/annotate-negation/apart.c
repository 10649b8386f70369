/* SPDX-License-Identifier: Apache-2.0 */
/* apart.c - what is said to be another matter, or to be nobody's wish: « c'est pas la CAF qui m'a prévenue, c'est … », « les ateliers, c'est
 * pas pour moi », « je ne suis pas inscrit à France Travail », « je cherche pas de formation », « tout réglé sans la CAF ».  Where such a
 * thing is named only to be put aside, or where nobody misses it (« pas d'écran ici, on écrit à la main », « aucun trajet à faire »), it is
 * denied, even where a lack of it would count. */
#include "negation.h"

#define is neg_is
#define plays neg_plays

enum { AHEAD = 30 }; /* tokens that are looked at in search of the other half of a contrast */

/* Denies what the clause names from `from` on, whatever the entry that found it asks for. */
static void whole(neg_text *t, uint32_t token, uint32_t last)
{
	size_t before = t->count;
	neg_no_matter(t, token, token, token + 1, last, false);
	if (t->count > before)
		t->cues[before].whole = true;
}

static void aside(neg_text *t, uint32_t token, uint32_t last, uint32_t from, uint32_t words, bool wish)
{
	size_t before = t->count;
	uint32_t end = neg_scope_end(t, from, from, (neg_reach){ .words = words, .through_que = plays(t, from, R_QUE) });
	neg_no_matter(t, token, last, from, end, wish);
	if (t->count > before)
		t->cues[before].whole = true;
}

/* ---- who speaks ---- */

/* The verb that the word at `i` denies: the one before it, past « vraiment », « même »… */
static uint32_t verb_of(const neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i);
	while (is(t, p, L_BETWEEN) || plays(t, p, R_PAS | R_JAMAIS | R_PLUS))
		p = neg_before(t, p);
	return p;
}

/* Is it said of others?  « ils ne cherchent pas », « mon conseiller ne demande pas »: then it is no wish of whoever speaks. */
static bool of_others(const neg_text *t, uint32_t verb)
{
	uint32_t p = verb;
	bool third = false;
	for (unsigned k = 0; k < 4 && (p = neg_before(t, p)) != NEG_NONE; k++) {
		third |= is(t, p, L_THIRD);
		if (is(t, p, L_OTHERS))
			return true;
		if (plays(t, p, R_SUBJECT))
			return false;
		if (!plays(t, p, R_NE | R_OBJECT | R_AUX) && !is(t, p, L_BETWEEN))
			return !plays(t, p, R_BREAK | R_AND | R_QUE | R_QUI | R_SECOND);
	}
	return third;
}

/* « nous », « me » right before the verb, past its auxiliary */
static bool to_me(const neg_text *t, uint32_t verb)
{
	uint32_t p = neg_before(t, verb);
	while (plays(t, p, R_AUX | R_PAS | R_JAMAIS) && !plays(t, p, R_OBJECT))
		p = neg_before(t, p);
	return is(t, p, L_US);
}

/* ---- contrasts: c'est pas X, c'est Y ---- */

/* Where the clause that goes on behind `i` ends at a comma or another stop; NEG_NONE where the sentence ends first. */
static uint32_t clause_end(const neg_text *t, uint32_t i)
{
	for (uint32_t k = i + 1; k < t->to && k < i + AHEAD; k++)
		if (t->role[k] & (R_COMMA | R_STOP))
			return k;
	return NEG_NONE;
}

/* Does « c'est Y », « mais Y » follow the stop at `stop`? */
static bool other_follows(const neg_text *t, uint32_t stop)
{
	uint32_t n = stop + 1;
	while (n < t->to && (t->role[n] & R_MARK))
		n++;
	if (plays(t, n, R_BREAK) && is(t, n, L_MAIS))
		return true;
	uint32_t then = neg_after(t, n);
	if (!is(t, n, L_CES) || plays(t, then, R_NE) || plays(t, neg_after(t, then), R_PAS))
		return false;
	return plays(t, n, R_AUX) || plays(t, then, R_AUX) || plays(t, then, R_DET);
}

static bool set_against(const neg_text *t, uint32_t i)
{
	uint32_t stop = clause_end(t, i);
	for (unsigned k = 0; k < 3 && stop != NEG_NONE; k++, stop = clause_end(t, stop))
		if (other_follows(t, stop))
			return true;
	return false;
}

/* « c'est pas la CAF qui m'a prévenue, c'est mon éducatrice », « c'est pas le travail, c'est la crèche », « c'est pas qu'on ait …, c'est que » */
static void contrast(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), n = neg_after(t, i), last = NEG_NONE, at = n;
	bool it = is(t, p, L_IT) || ((is(t, p, L_IS) || plays(t, p, R_AUX | R_NE)) && (is(t, neg_before(t, p), L_IT) || is(t, neg_before(t, p), L_CES) ||
	                                                                plays(t, neg_before(t, p), R_NE)));
	if (!it || n == NEG_NONE)
		return;
	uint32_t fault = plays(t, n, R_DET) ? neg_after(t, n) : NEG_NONE;
	if (is(t, fault, L_FAUTE)) { /* c'est pas la faute de la CAF */
		aside(t, i, fault, fault + 1, 5, false);
		return;
	}
	if (is(t, n, L_FAUTE)) { /* c'est pas faute de patrons */
		if (plays(t, neg_after(t, n), R_DE) && !is(t, neg_after(t, neg_after(t, n)), L_INFINITIVE))
			aside(t, i, n, n + 1, 5, false);
		return;
	}
	if (!set_against(t, i))
		return;
	if (plays(t, n, R_QUE)) {
		if (plays(t, neg_after(t, n), R_SUBJECT))
			aside(t, i, i, n, 12, false);
		return;
	}
	if (is(t, n, L_POURQUE) || is(t, n, L_PAS_ONLY) || is(t, n, L_INFINITIVE))
		return;
	for (unsigned k = 0; k < 9 && at != NEG_NONE && (!plays(t, at, R_QUI | R_QUE) || plays(t, at, R_AND)); k++) {
		last = at;
		at = neg_after(t, at);
	}
	if (plays(t, at, R_QUI | R_QUE)) {
		if (plays(t, at, R_QUE) && is(t, neg_after(t, neg_after(t, at)), L_OFFER))
			return; /* « c'est pas un accompagnement qu'on a, c'est du contrôle »: that is what it should be */
		if (is(t, last, L_ME) && last == n)
			neg_matter_before(t, i, last, false);
		else {
			uint32_t verb = neg_after(t, at);
			while (plays(t, verb, R_OBJECT) && !plays(t, verb, R_AUX))
				verb = neg_after(t, verb);
			whole(t, i, verb != NEG_NONE && !plays(t, verb, R_AUX | R_SUBJECT) ? verb : last);
		}
	} else if (at == NEG_NONE && !is(t, n, L_UN) && !plays(t, n, R_DE) && (plays(t, n, R_DET) || t->role[n] == 0)) {
		whole(t, i, last);
	}
}

/* « je viens pas pour le yoga, je viens pour … », « je vous parle pas d'étapes, je vous parle de … »: the verb is said again, and stands. */
static void corrected(neg_text *t, uint32_t i)
{
	uint32_t verb = verb_of(t, i), n = neg_after(t, i), stop = clause_end(t, i);
	if (verb == NEG_NONE || n == NEG_NONE || stop == NEG_NONE || is(t, verb, L_IS) || is(t, verb, L_FOUND) || plays(t, n, R_QUE) ||
	    plays(t, verb, R_DET | R_DE | R_AND | R_POUR | R_BREAK | R_QUE | R_QUI | R_SECOND))
		return;
	bool have = plays(t, verb, R_AUX);
	if (have && is(t, n, L_TELLS_OF) && is(t, stop + 1, L_MERELY)) { /* « on m'a pas parlé d'emploi, juste de mes enfants » */
		neg_no_matter(t, i, n, n + 1, stop - 1, false);
		return;
	}
	if (have && (plays(t, n, R_DET | R_DE) || is(t, n, L_AT)))
		return; /* « j'ai pas de bus, j'ai mes pieds »; but « j'ai pas besoin de …, j'ai besoin de … » */
	for (uint32_t k = stop + 1; k < t->to && k < i + AHEAD; k++)
		if (t->v->form[k] == t->v->form[verb] && !plays(t, neg_after(t, k), R_SECOND) && !plays(t, neg_before(t, k), R_NE) &&
		    (!have || t->v->form[k + 1] == t->v->form[n])) {
			uint32_t end = neg_scope_end(t, i, i, (neg_reach){ .words = 12, .through_que = true });
			if (plays(t, n, R_POUR) || end < n)
				end = stop - 1;
			neg_no_matter(t, i, i, i + 1, end, false);
			return;
		}
}

/* ---- not mine ---- */

/* « (les ateliers), c'est pas pour moi », « c'est pas mon rayon », « c'est plus de mon âge », « n'est pas en cause », « n'y est pour rien » */
static void not_mine(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), n = neg_after(t, i), at = n;
	if (plays(t, i, R_RIEN) && is(t, p, L_TELLS) && is(t, neg_before(t, p), L_US) && n == NEG_NONE) {
		neg_matter_before(t, i, i, true); /* ça me dit rien */
		return;
	}
	if (plays(t, i, R_RIEN) && is(t, n, L_IMPOSED) && plays(t, p, R_AUX) && is(t, neg_before(t, p), L_US)) {
		neg_matter_before(t, neg_before(t, p), n, false); /* la loi ne m'a rien imposé */
		return;
	}
	if (plays(t, i, R_RIEN)) {
		uint32_t be = neg_before(t, p);
		if (is(t, p, L_POUR) && is(t, be, L_THIRD) && is(t, neg_before(t, be), L_Y)) /* « j'y suis pour rien » is another thing */
			neg_matter_before(t, be, i, false);
		return;
	}
	if (is(t, p, L_TELLS) && is(t, neg_before(t, p), L_US)) {
		neg_matter_before(t, i, i, true); /* la cuisine, ça me dit pas */
		return;
	}
	if (is(t, n, L_POUR) && is(t, neg_after(t, n), L_ME) && (plays(t, p, R_AUX) || neg_behind_comma(t, i))) {
		neg_matter_before(t, i, neg_after(t, n), false);
		return;
	}
	for (unsigned k = 0; k < 4 && at != NEG_NONE; k++, at = neg_after(t, at)) {
		if (is(t, at, L_AGE) && k > 0) {
			neg_matter_before(t, i, at, false);
			return;
		}
		if (is(t, at, L_MINE) || (is(t, at, L_CAUSE) && is(t, n, L_EN))) {
			if (plays(t, p, R_AUX))
				neg_matter_before(t, i, at, false);
			return;
		}
		if (is(t, at, L_THEIRS) || !(plays(t, at, R_DET | R_DE) || is(t, at, L_A) || is(t, at, L_EN) || is(t, at, L_ME) || is(t, at, L_AT)))
			return;
	}
}

/* « j'y suis plus », « j'y vais jamais », « j'y ai pas encore goûté » */
static bool is_not_there(const neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), n = neg_after(t, i);
	if (!is(t, neg_before(t, p), L_Y) || plays(t, p, R_OPINION) || is(t, p, L_MANAGE))
		return false;
	return n == NEG_NONE || is(t, n, L_WENT) || is(t, neg_after(t, n), L_WENT) || plays(t, n, R_BREAK) || is(t, n, L_DEPUIS);
}

/* « j'en veux pas », « j'en ai pas l'utilité » */
static bool is_refused(const neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), n = neg_after(t, i);
	if (!is(t, neg_before(t, p), L_EN))
		return false;
	while (plays(t, n, R_DET) || is(t, n, L_HAD))
		n = neg_after(t, n);
	return is(t, n, L_USE) || is(t, n, L_WANT) || is(t, n, L_BESOIN) || is(t, p, L_WANT) || is(t, p, L_SEEK);
}

uint32_t neg_not_there(const neg_text *t, uint32_t i)
{
	for (uint32_t k = i; k <= t->to && k < i + 6; k++)
		if ((t->role[k] & (R_PAS | R_PLUS | R_JAMAIS)) &&
		    (is_not_there(t, k) || is_refused(t, k)))
			return k;
	return NEG_NONE;
}

/* « j'ai pas de référent et j'en veux pas », « pas de coach, j'en ai pas besoin »: what the clause before had none of */
static void had_and_refused(neg_text *t, uint32_t en, uint32_t i)
{
	uint32_t k = neg_before(t, en);
	while (plays(t, k, R_SUBJECT | R_NE))
		k = neg_before(t, k);
	uint32_t last = plays(t, k, R_AND) ? neg_before(t, k) : NEG_NONE;
	for (k = en; last == NEG_NONE && k > t->from + 1 && k + 4 > en; k--)
		if (t->role[k - 1] & R_COMMA)
			last = k - 2;
	uint32_t at = last;
	for (unsigned n = 0; n < 6 && at != NEG_NONE && !plays(t, at, R_SECOND); n++)
		at = neg_before(t, at);
	if (plays(t, at, R_SECOND))
		neg_no_matter(t, i, i, at + 1, last, true);
}

/* « plus rien à faire avec eux », « jamais eu affaire à elle », « pas de contact avec lui » */
static bool is_broken_with(const neg_text *t, uint32_t i)
{
	bool dealt = false;
	for (unsigned k = 0; k < 6 && (i = neg_after(t, i)) != NEG_NONE; k++) {
		dealt |= is(t, i, L_DEALT) || is(t, i, L_RAPPORT) || (is(t, i, L_USING) && is(t, neg_before(t, i), L_A));
		if (dealt && is(t, i, L_PART_WITH) && is(t, neg_before(t, i), L_PREP))
			return true;
	}
	return false;
}

/* Does anything from `i` on say that it fails rather than that nobody wants it?  « le bus je le prends pas, il est trop cher » */
static bool is_for_want(const neg_text *t, uint32_t i)
{
	for (bool ni = plays(t, i - 1, R_NI); i <= t->to; i++)
		if (is(t, i, L_ILL) || plays(t, i, R_SECOND | R_SANS) || (!ni && plays(t, i, R_NI)))
			return true;
	return false;
}

/* « le bus, je le prends jamais », « internet, je m'en sers pas », « j'y ai pas mis un orteil », « les quinze heures, on nous embête pas avec »,
 * « on me les a jamais réclamées » */
static void no_use(neg_text *t, uint32_t i)
{
	uint32_t p = verb_of(t, i), q = neg_before(t, p), n = neg_after(t, i);
	if (plays(t, i, R_NI) && is(t, p, L_SERVES) && !of_others(t, p) && !to_me(t, p) && !is_for_want(t, i + 1)) {
		aside(t, i, i, i + 1, 9, true); /* je ne prends ni le bus ni le train */
		return;
	}
	if (plays(t, i, R_PAS | R_JAMAIS | R_PLUS) && is(t, p, L_COMES) && is(t, n, L_TO_HER) && !of_others(t, p) && !is_for_want(t, i + 1)) {
		aside(t, i, i, n, 4, true); /* je ne viens jamais aux ateliers */
		return;
	}
	if (!plays(t, i, R_PAS | R_JAMAIS))
		return;
	bool it = is(t, q, L_THE_ONE) || is(t, q, L_EN) || is(t, q, L_Y);
	if (is(t, p, L_SERVES) && it && !of_others(t, p) && (n == NEG_NONE || plays(t, n, R_BREAK)) && !is_for_want(t, i + 1))
		neg_matter_before(t, p, i, true);
	else if (is(t, p, L_APPLY) && is(t, q, L_SE))
		neg_matter_before(t, q, i, false); /* les quinze heures ne s'appliquent pas à moi */
	else if (is(t, n, L_TOOK_HEAD) && plays(t, p, R_AUX) && is(t, q, L_US) && !plays(t, neg_before(t, q), R_SUBJECT) &&
	         (!is(t, n, L_SPENT) && (!is(t, n, L_TAKE) || plays(t, neg_after(t, n), R_DET))))
		neg_matter_before(t, q, n, false); /* les démarches ne m'ont pas pris la tête */
	else if (plays(t, n, R_DE) && is(t, neg_after(t, n), L_SECRET) && plays(t, p, R_AUX))
		neg_matter_before(t, p, neg_after(t, n), false); /* internet n'a pas de secret pour moi */
	else if (is(t, n, L_SEEN_THERE) || (is(t, p, L_SEEN_THERE) && is(t, q, L_Y)) || (is(t, p, L_SEEN_THERE) && is(t, neg_before(t, q), L_Y)))
		neg_matter_before(t, p, i, true); /* le yoga, on ne m'y verra pas */
	else if (is(t, q, L_EN) && plays(t, p, R_AUX) && is(t, n, L_DEMANDED))
		neg_matter_before(t, p, n, false); /* des diplômes, ils ne m'en ont pas demandé */
	else if (is(t, p, L_BOTHER) && is(t, n, L_AVEC) && neg_after(t, n) == NEG_NONE)
		neg_matter_before(t, p, n, false);
	else if (plays(t, p, R_AUX) && is(t, q, L_Y) && is(t, n, L_DONE)) {
		uint32_t foot = neg_after(t, n);
		if (plays(t, foot, R_DET))
			foot = neg_after(t, foot);
		if (is(t, foot, L_FOOT))
			neg_matter_before(t, p, foot, true);
	} else if (plays(t, p, R_AUX) && is(t, q, L_THE_ONE) && plays(t, neg_before(t, q), R_SUBJECT | R_OBJECT | R_NE) && is(t, n, L_DEMANDED))
		neg_matter_before(t, p, n, false);
}

/* « (la voiture), j'en ai pas l'usage », « un référent, j'en ai pas voulu », « j'en veux pas », « la CAF je connais pas », « j'y suis plus » */
static void done_without(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), q = neg_before(t, p), n = neg_after(t, i);
	if (is(t, n, L_QUESTION) && is(t, q, L_EN)) {
		neg_matter_before(t, p, n, true); /* travailler, il n'en est plus question */
		return;
	}
	if (plays(t, p, R_AUX) && is_broken_with(t, i)) {
		neg_matter_before(t, p, i, false); /* la CAF, je n'ai jamais eu affaire à elle */
		return;
	}
	while (plays(t, n, R_DET) || is(t, n, L_HAD))
		n = neg_after(t, n);
	if (is_refused(t, i)) {
		if (!neg_matter_before(t, i, plays(t, n, R_SECOND) || n == NEG_NONE ? i : n, true))
			had_and_refused(t, q, i);
	} else if (is(t, q, L_EN) && plays(t, p, R_AUX) && plays(t, i, R_PAS | R_JAMAIS) && is(t, n, L_DONE) && neg_after(t, n) == NEG_NONE &&
	         !is(t, neg_before(t, q), L_OTHERS))
		neg_matter_before(t, i, n, false); /* la sophrologie, j'en ai jamais fait */
	else if (is(t, p, L_CHERCHE) && neg_after(t, i) == NEG_NONE)
		neg_matter_before(t, i, i, false);
	else if (is(t, q, L_EN) && is(t, neg_after(t, i), L_THERE) && plays(t, p, R_AUX))
		neg_matter_before(t, i, neg_after(t, i), false); /* bosser, j'en suis pas là */
	else if (!is_not_there(t, i) || !neg_matter_before(t, i, i, false))
		no_use(t, i);
}

/* « jamais eu affaire à », « pas inscrit à », « jamais fait de », « je ne dépends pas de », « on n'est pas à France Travail » */
static void no_dealings(neg_text *t, uint32_t i)
{
	uint32_t verb = verb_of(t, i), n = neg_after(t, i), at;
	while (is(t, n, L_HAD) || is(t, n, L_BEEN) || plays(t, n, R_RIEN) || (is(t, n, L_BETWEEN) && !is(t, n, L_EN)) || (plays(t, n, R_AUX) && !is(t, n, L_A) && !is(t, n, L_BE)))
		n = neg_after(t, n);
	at = neg_after(t, n);
	if (is(t, verb, L_REQUIRE) && (plays(t, i, R_AUCUN) || plays(t, n, R_DE)) && (of_others(t, verb) || to_me(t, verb))) {
		aside(t, i, i, plays(t, i, R_AUCUN) ? i + 1 : n, 4, false); /* ce poste ne demande aucun diplôme */
		return;
	}
	if (plays(t, i, R_AUCUN) && plays(t, at, R_NE) && is(t, neg_after(t, neg_after(t, at)), L_DEMANDED)) {
		whole(t, i, n); /* aucun diplôme n'est demandé */
		return;
	}
	if (plays(t, i, R_AUCUN)) { /* « je ne suis inscrite à aucune formation », « j'ai fait aucun atelier » */
		uint32_t p = neg_before(t, i);
		if (is(t, p, L_AT))
			p = neg_before(t, p);
		if ((is(t, n, L_ACCOUNT) || is(t, n, L_MEETING)) && is(t, at, L_A)) {
			aside(t, i, i, n, 5, false); /* aucun rendez-vous à France Travail */
			return;
		}
		if ((is(t, p, L_DEALT) || is(t, p, L_DONE) || is(t, p, L_GO)) && !of_others(t, p) && !to_me(t, p))
			aside(t, i, i, i + 1, 4, false);
		return;
	}
	if (is(t, verb, L_LIKE) && (is(t, n, L_A) || is(t, n, L_AT))) { /* ça ressemble pas à France Travail */
		aside(t, i, i, n, 5, false);
		return;
	}
	if (is(t, verb, L_GO) && !of_others(t, verb) && (plays(t, n, R_DE) || is(t, n, L_AT) || plays(t, n, R_DET | R_NI))) {
		aside(t, i, i, n, 6, false);
		return;
	}
	uint32_t on = neg_before(t, verb);
	if (plays(t, on, R_NE))
		on = neg_before(t, on);
	bool we = is(t, verb, L_IS) && is(t, on, L_ON);
	if ((is(t, verb, L_AM) || we) && (is(t, n, L_EN) || is(t, n, L_A)) &&
	    (is(t, at, L_SEEK) || is(t, neg_after(t, at), L_SEEK) || (is(t, n, L_EN) && at != NEG_NONE && neg_after(t, at) == NEG_NONE))) {
		aside(t, i, i, n, 6, false); /* je suis pas en recherche d'emploi */
		return;
	}
	if ((is(t, verb, L_AM) || we || is(t, verb, L_GOES)) && (is(t, n, L_A) || (is(t, n, L_HERE) && !we)) && plays(t, i, R_PAS | R_PLUS | R_JAMAIS) &&
	    !is(t, at, L_INFINITIVE) && !plays(t, at, R_DET | R_OBJECT)) {
		aside(t, i, i, n, 4, false);
		return;
	}
	if (is(t, verb, L_FAIS) && plays(t, n, R_DE) && !of_others(t, verb)) { /* je fais pas d'atelier */
		aside(t, i, i, n, 5, false);
		return;
	}
	uint32_t whose = neg_after(t, at);
	if (plays(t, i, R_PAS | R_JAMAIS) && plays(t, n, R_DE) && is(t, at, L_ACCOUNT) && whose != NEG_NONE && !of_others(t, i) &&
	    (is(t, whose, L_AT) || t->role[whose] == 0)) {
		aside(t, i, i, at, 5, false); /* pas de compte chez France Travail */
		return;
	}
	if (is(t, n, L_SENT) && to_me(t, i) && is(t, at, L_AT)) {
		aside(t, i, n, at, 5, false);
		return;
	}
	if (plays(t, at, R_DET) && is(t, neg_after(t, at), L_DEALT)) { /* mis les pieds */
		n = neg_after(t, at);
		at = neg_after(t, n);
	}
	bool done = is(t, n, L_DONE) || (is(t, n, L_ASKED) && (!is(t, n, L_INFINITIVE) || plays(t, verb, R_AUX)));
	if (!(is(t, n, L_DEALT) || (done && !to_me(t, i))) || !(is(t, at, L_AT) || plays(t, at, R_DET)))
		return;
	if (of_others(t, i) || (done && plays(t, i, R_PAS) && plays(t, at, R_DET) && !plays(t, at, R_DE)))
		return; /* « j'ai pas fait la formation » tells of it */
	aside(t, i, n, n, 7, false);
}

/* « aucune heure à déclarer », « pas un kilomètre à faire », « rien à rembourser à la CAF »: no duty, so no matter */
static void nothing_to_do(neg_text *t, uint32_t i)
{
	uint32_t k = i, p = neg_before(t, i);
	if (p != NEG_NONE && !plays(t, p, R_AUX | R_BREAK))
		return;
	for (unsigned n = 0; n < 7 && (k = neg_after(t, k)) != NEG_NONE && !plays(t, k, R_BREAK | R_QUE | R_QUI | R_NE); n++)
		if (is(t, k, L_A) && is(t, neg_after(t, k), L_DUTY)) {
			k = neg_after(t, k);
			uint32_t last = is(t, k, L_USING) ? k - 2 : k; /* « aucune appli à télécharger »: that as well */
			if (plays(t, i, R_AUCUN) && is(t, neg_after(t, k), L_EN) && neg_after(t, neg_after(t, neg_after(t, k))) == NEG_NONE)
				last = k + 2; /* aucune démarche à faire en ligne */
			if (plays(t, i, R_RIEN))
				last = neg_scope_end(t, k, k, (neg_reach){ .words = 5 });
			if (!plays(t, i, R_RIEN) || k > i + 2 || !is(t, k, L_FAIT))
				neg_no_matter(t, i, i, i + 1, last, false);
			return;
		}
}

/* « ça ne vient pas de France Travail », « ne croyez pas que ça vienne de la CAF » */
static void not_from(neg_text *t, uint32_t i)
{
	uint32_t verb = verb_of(t, i), n = neg_after(t, i);
	if (plays(t, n, R_QUE)) {
		n = neg_after(t, neg_after(t, n));
		if (is(t, n, L_COME) && plays(t, neg_after(t, n), R_DE))
			aside(t, i, i, neg_after(t, n), 5, false);
	} else if (is(t, verb, L_COME) && plays(t, n, R_DE)) {
		aside(t, i, i, n, 5, false);
	}
}

/* « on n'a jamais cherché à me coller dans une formation », « on m'a pas poussé vers » */
static void not_pushed(neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i), verb = verb_of(t, i);
	if (is(t, verb, L_SENDS) && to_me(t, verb) && is(t, n, L_INTO)) { /* on ne nous renvoie pas vers un site */
		neg_no_matter(t, i, i, n, neg_scope_end(t, n, n, (neg_reach){ .words = 5 }), false);
		return;
	}
	if (is(t, n, L_TRIED) && is(t, neg_after(t, n), L_TO)) {
		n = neg_after(t, neg_after(t, n));
		while (plays(t, n, R_OBJECT))
			n = neg_after(t, n);
	} else if (!to_me(t, n)) {
		return;
	}
	uint32_t into = neg_after(t, n);
	if (is(t, n, L_PUSH) && is(t, into, L_INTO)) /* that nobody pushes is what other entries ask for */
		neg_no_matter(t, i, n, into, neg_scope_end(t, into, into, (neg_reach){ .words = 6 }), false);
}

/* ---- not wished for ---- */

/* « je cherche pas de formation », « je demande pas la lune », « on ne me demande pas de pointer », « je veux pas de coach » */
static void not_sought(neg_text *t, uint32_t i)
{
	uint32_t verb = verb_of(t, i), n = neg_after(t, i);
	if (is(t, n, L_ASKED) && to_me(t, n)) { /* « on m'a pas demandé de … » */
		if (plays(t, neg_after(t, n), R_DE) && !is(t, neg_after(t, neg_after(t, n)), L_WHOSE))
			aside(t, i, n, neg_after(t, n), 8, false);
		return;
	}
	if (is(t, verb, L_ASKED) && to_me(t, verb)) {
		if (plays(t, n, R_DE) && !is(t, neg_after(t, n), L_WHOSE))
			aside(t, i, i, n, 8, false);
		return;
	}
	if (plays(t, n, R_QUE) && is(t, verb, L_SEEK) && !of_others(t, verb) && !to_me(t, verb)) {
		aside(t, i, i, n, 8, true); /* je demande pas qu'on m'applaudisse */
		return;
	}
	if (is(t, n, L_QUESTION) && plays(t, neg_after(t, n), R_DE)) {
		aside(t, i, n, neg_after(t, n), 6, true); /* pas question de reprendre un travail */
		return;
	}
	if (is(t, n, L_WANT) && plays(t, neg_after(t, n), R_DE) && !of_others(t, i)) {
		aside(t, i, n, n, 5, true); /* j'ai pas voulu de référent */
		return;
	}
	if (n == NEG_NONE || plays(t, n, R_QUE | R_SI) || to_me(t, verb) || of_others(t, verb))
		return;
	if (is(t, verb, L_SEEK) && (plays(t, n, R_DET | R_DE | R_PERSONNE) || plays(t, i, R_NI) || is(t, n, L_AT))) {
		if (is(t, neg_after(t, n), L_ME) || is(t, neg_after(t, n), L_WHOSE))
			return;
		aside(t, i, i, n, 5, true);
	} else if (is(t, verb, L_PLAN) && is(t, n, L_INFINITIVE)) { /* je ne compte pas reprendre une formation */
		aside(t, i, i, n, 5, true);
	} else if (is(t, verb, L_WANT)) {
		if (is(t, n, L_USING) && plays(t, neg_after(t, n), R_DE) && !is(t, neg_after(t, neg_after(t, n)), L_UN)) {
			aside(t, i, i, n, 5, true); /* je veux pas faire de formation */
			return;
		}
		bool now = plays(t, n, R_DE) && !is(t, neg_after(t, n), L_UN);
		for (uint32_t k = n; !now && k != NEG_NONE && k < n + 6; k = neg_after(t, k))
			now = is(t, k, L_SOON) || is(t, k, L_NOW);
		if (now)
			aside(t, i, i, n, 4, true);
	} else if (is(t, n, L_WAITED)) { /* « j'ai pas attendu un conseiller pour … » */
		if (plays(t, neg_after(t, n), R_DET))
			aside(t, i, n, neg_after(t, n), 4, true);
	}
	/* « pas l'usage d'une voiture », « pas envie de me former », « pas la peine d'un suivi » */
	if (plays(t, n, R_DET))
		n = neg_after(t, n);
	uint32_t de = neg_after(t, n), give = neg_after(t, de);
	if (is(t, n, L_PEINE) && plays(t, de, R_DE) && is(t, give, L_US) && is(t, neg_after(t, give), L_GIVE)) {
		aside(t, i, n, neg_after(t, give), 5, true); /* pas la peine de nous donner un coach */
		return;
	}
	if ((is(t, n, L_USE) || is(t, n, L_AGE) || (is(t, n, L_PEINE) && plays(t, neg_after(t, de), R_DET))) && plays(t, de, R_DE))
		aside(t, i, n, de, 5, true);
}

/* « plus de formation pour moi », « aucun atelier dans mon cas », « pas de coach, merci » */
static void not_for_me(neg_text *t, uint32_t i)
{
	uint32_t last = i, k = i;
	if (neg_before(t, i) != NEG_NONE)
		return;
	for (unsigned n = 0; n < 9 && (k = neg_after(t, k)) != NEG_NONE; n++) {
		uint32_t then = neg_after(t, neg_after(t, k));
		bool ends = then == NEG_NONE || is(t, then, L_MERCI) || is(t, then, L_POUR) || is(t, then, L_EN);
		bool pour = is(t, k, L_POUR) && is(t, neg_after(t, k), L_ME) && ends;
		bool mine = (is(t, k, L_CAS) || is(t, k, L_VIE)) && is(t, neg_before(t, k), L_WHOSE);
		if (pour && plays(t, i, R_PAS) && then == NEG_NONE) { /* « pas de boulot pour moi »: there is none */
			uint32_t m = clause_end(t, k);
			pour = m != NEG_NONE && is(t, m + 1, L_MERCI);
		}
		if (is(t, k, L_IMPOSED) && last > i) { /* pas d'atelier imposé */
			whole(t, i, last);
			return;
		}
		if ((pour || mine) && last > i) {
			whole(t, i, last);
			return;
		}
		if (plays(t, k, R_STOP | R_BREAK | R_QUI | R_QUE))
			return;
		last = k;
	}
	uint32_t stop = clause_end(t, last);
	if (stop != NEG_NONE && last > i && is(t, stop + 1, L_MERCI))
		whole(t, i, last); /* aucune formation pour l'instant, merci */
}

uint32_t neg_waved_away(const neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i);
	if (plays(t, i, R_NON) && (is(t, n, L_MERCI) || (n == NEG_NONE && i + 2 <= t->to && is(t, i + 2, L_MERCI))))
		return i;
	if (plays(t, i, R_NON) && n == NEG_NONE && i + 2 <= t->to && plays(t, i + 2, R_PLUS) && is(t, neg_after(t, i + 2), L_AT))
		return i + 2; /* non, plus à mon âge */
	if (plays(t, i, R_NON) && plays(t, n, R_PLUS) && is(t, neg_after(t, n), L_AT))
		return n;
	if (plays(t, i, R_JAMAIS) && plays(t, n, R_PLUS) && neg_after(t, n) == NEG_NONE)
		return i; /* jamais plus */
	if (plays(t, i, R_JAMAIS) && plays(t, n, R_DE) && is(t, neg_after(t, neg_after(t, n)), L_VIE))
		return i; /* jamais de la vie */
	if (is(t, n, L_PEU) && is(t, neg_after(t, n), L_POUR) && is(t, neg_after(t, neg_after(t, n)), L_ME))
		return n; /* très peu pour moi */
	if (plays(t, i, R_PAS) && is(t, n, L_POUR) && is(t, neg_after(t, n), L_ME))
		return i;
	uint32_t stop = plays(t, i, R_PAS) && is(t, n, L_POUR) ? clause_end(t, i) : NEG_NONE;
	if (stop != NEG_NONE && is(t, stop + 1, L_MERCI))
		return i; /* pas pour l'instant, merci */
	if ((plays(t, i, R_PAS) || plays(t, i, R_JAMAIS)) && is(t, n, L_DONE) && is(t, neg_after(t, neg_after(t, n)), L_DEALT))
		return i; /* jamais mis les pieds */
	if (is(t, i, L_CHERCHE) && plays(t, n, R_PAS))
		return n;
	return NEG_NONE;
}

/* Does what begins at `i` say what is done in its place?  « on écrit à la main »; not « que des stages », which complains. */
static bool is_in_its_place(const neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i);
	if (is(t, i, L_I))
		return false; /* « pas de voiture, je … »: they miss it */
	if (plays(t, i, R_DET) && !plays(t, i, R_SUBJECT))
		i = n; /* ma conseillère note tout */
	for (unsigned k = 0; k < 3 && (n = neg_after(t, i)) != NEG_NONE; k++, i = n)
		if (is(t, n, L_DO_INSTEAD))
			return !plays(t, neg_after(t, n), R_SECOND) && !plays(t, i, R_NE | R_AUX) && !is(t, i, L_US);
	return false;
}

/* « ça repose », « ça me va »: whoever says so misses nothing */
static bool is_pleased(const neg_text *t, uint32_t i)
{
	if (!is(t, i, L_CA))
		return false;
	do
		i = neg_after(t, i);
	while (plays(t, i, R_OBJECT));
	return is(t, i, L_PLEASES) && neg_after(t, i) == NEG_NONE;
}

/* « pas d'ordinateur ici, on écrit à la main », « personne ne m'a parlé boulot, ça repose », « ni tablette ni visio, on se voit » */
static void made_up_for(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), n = neg_after(t, i), stop = i, first = NEG_NONE;
	bool noun = p == NEG_NONE && (plays(t, i, R_AUCUN | R_NI | R_RIEN) || (plays(t, i, R_PAS) && plays(t, n, R_DE)));
	if (n == NEG_NONE || neg_pseudo(t, i))
		return;
	for (unsigned k = 0; k < 4 && (stop = clause_end(t, stop)) != NEG_NONE; k++) {
		if (first == NEG_NONE)
			first = stop;
		if (is_pleased(t, stop + 1) || (noun && is_in_its_place(t, stop + 1))) {
			uint32_t last = i + 1;
			while (last + 1 < first && !(is(t, last + 1, L_A) && !is(t, last, L_BEFORE_A)) && !is(t, last + 1, L_AU) && !is(t, last + 1, L_DANS) &&
			       !plays(t, last + 1, R_DE))
				last++; /* where it is done and whose it is, it is: « pas de tablette à l'atelier », « aucune aide de la CAF » */
			neg_no_matter(t, i, i, i + 1, last, false);
			return;
		}
	}
}

/* « ni théâtre ni chorale : donnez-nous plutôt … » */
static void neither(neg_text *t, uint32_t i)
{
	uint32_t stop = clause_end(t, i), second = NEG_NONE;
	if (neg_before(t, i) != NEG_NONE || stop == NEG_NONE || stop > i + 12)
		return;
	for (uint32_t k = i + 1; k < stop; k++)
		if (t->role[k] & R_NI)
			second = k;
	if (second == NEG_NONE)
		return;
	uint32_t last = second;
	while (last + 1 < stop && (last == second || plays(t, last, R_DET | R_DE)))
		last++;
	bool me = is(t, stop + 1, L_ME) && is(t, neg_after(t, stop + 1), L_IT); /* ni … ni …, moi c'est … */
	if (me || is(t, stop + 1, L_ORDER) || (stop + 2 <= t->to && plays(t, stop + 1, R_QUE) && plays(t, stop + 2, R_DE)))
		neg_no_matter(t, i, i, i + 1, last, false);
}

/* ---- done without ---- */

/* Does the sentence tell of something that was managed?  « j'ai trouvé … », « tout s'est réglé … », « je me débrouille » */
static bool is_managed(const neg_text *t)
{
	for (uint32_t k = t->from; k <= t->to; k++) {
		uint32_t p = neg_before(t, k), n = neg_after(t, k);
		if (plays(t, n, R_PAS | R_RIEN | R_PLUS) || plays(t, p, R_SECOND))
			continue;
		if (is(t, p, L_TOUT) && plays(t, k, R_AUX | R_OBJECT))
			p = neg_before(t, p);
		if (is(t, k, L_MANAGED) && (plays(t, p, R_AUX) || is(t, p, L_TOUT)))
			return true;
		if (is(t, k, L_COPE) && plays(t, p, R_OBJECT) && plays(t, neg_before(t, p), R_SUBJECT | R_OBJECT))
			return true;
		if (is(t, k, L_FAIT) && is(t, p, L_SE) && is(t, neg_before(t, p), L_TOUT))
			return true;
		if (is(t, k, L_TOUT) && is(t, p, L_HAVE) && is(t, n, L_SOUS))
			return true; /* j'ai tout sous la main */
		uint32_t verb = plays(t, n, R_OBJECT) ? neg_after(t, n) : n;
		if (is(t, k, L_CAN) && plays(t, p, R_SUBJECT) && is(t, verb, L_INFINITIVE) && !is(t, verb, L_BE) && !t->question)
			return true; /* on peut s'inscrire */
	}
	return false;
}

/* « j'ai trouvé sans diplôme », « sans passer par la CAF, on a réglé … » */
static void managed_without(neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i), p = neg_before(t, i);
	if (n == NEG_NONE || plays(t, p, R_PAS | R_JAMAIS | R_NON))
		return;
	bool by = is(t, n, L_PASSER) && is(t, neg_after(t, n), L_PER);
	if (is(t, n, L_INFINITIVE) && !by) {
		if (is_managed(t)) /* « sans prendre le bus »; what asks for « sans trembler » itself says so */
			neg_no_matter(t, i, i, n, neg_scope_end(t, n, n, (neg_reach){ .words = 6 }), false);
	} else if (by || is_managed(t)) {
		aside(t, i, i, n, 6, false);
	}
}

/* « pas suivie par France Travail mais par la mission locale »: the same small word, and another thing behind it */
static void not_this_but_that(neg_text *t, uint32_t i)
{
	uint32_t prep = NEG_NONE;
	for (uint32_t k = i + 1; k < t->to && k < i + 12 && !(t->role[k] & R_STOP); k++) {
		if (prep == NEG_NONE && is(t, k, L_PREP) && k <= i + 2)
			prep = k;
		bool other = is(t, k, L_MAIS) || (plays(t, k, R_COMMA) && is(t, k + 1, L_IT) && is(t, neg_before(t, i), L_IS));
		if (other && prep != NEG_NONE && k > prep + 1) {
			uint32_t again = plays(t, k, R_COMMA) ? (is(t, k + 2, L_IS) ? k + 2 : k + 1) : k;
			if (t->v->form[again + 1] == t->v->form[prep] && !is(t, k + 2, L_INFINITIVE) && !is(t, prep + 1, L_INFINITIVE))
				neg_no_matter(t, i, i, prep + 1, neg_scope_end(t, prep, prep, (neg_reach){ .words = 6 }), false);
			return;
		}
	}
}

/* « jamais resté sans réponse », « on ne m'a pas laissée sans nouvelles » */
static void never_left_without(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i);
	if (is(t, p, L_STAYED) && plays(t, neg_before(t, p), R_PAS | R_JAMAIS))
		whole(t, neg_before(t, p), neg_scope_end(t, i, i, (neg_reach){ .words = 3 }));
}

void neg_find_apart(neg_text *t)
{
	for (uint32_t i = t->from; i <= t->to; i++) {
		uint32_t r = t->role[i];
		if (r & R_SANS) {
			managed_without(t, i);
			never_left_without(t, i);
		}
		if (r & R_NI)
			neither(t, i);
		if ((r & R_NON) || (neg_behind_comma(t, i) && (r & R_JAMAIS || is(t, neg_after(t, i), L_PEU)))) {
			uint32_t w = neg_waved_away(t, i);
			if (w != NEG_NONE)
				neg_matter_before(t, i, w, true);
		}
		if (r & (R_PAS | R_RIEN))
			not_mine(t, i);
		if (r & (R_PAS | R_RIEN | R_AUCUN | R_NI))
			nothing_to_do(t, i);
		if (r & (R_PAS | R_RIEN | R_AUCUN | R_PERSONNE | R_NI))
			made_up_for(t, i);
		uint32_t p = neg_before(t, i);
		if ((is(t, i, L_QUESTION) && is(t, neg_before(t, p), L_HORS)) || (is(t, i, L_PAST) && is(t, p, L_EN) && plays(t, neg_before(t, p), R_OBJECT)))
			neg_matter_before(t, is(t, i, L_PAST) ? i : neg_before(t, p), i, true); /* c'est hors de question; je m'en passe */
		if ((r & R_RIEN) && is(t, p, L_SEEK) && plays(t, neg_after(t, i), R_DE) && !of_others(t, p)) /* je n'attends rien d'un coach */
			aside(t, i, i, neg_after(t, i), 5, true);
		if ((r & R_PERSONNE) && is(t, neg_before(t, i), L_WANT)) /* je veux personne sur le dos, ni coach ni … */
			aside(t, i, i, i + 1, 9, true);
		if (!(r & (R_PAS | R_PLUS | R_JAMAIS | R_NI | R_AUCUN)) || is(t, neg_before(t, i), L_BEFORE_PAS))
			continue;
		if (r & R_PLUS) {
			if (!neg_no_more(t, i, plays(t, neg_before(t, neg_before(t, i)), R_NE)) && !is(t, neg_before(t, neg_before(t, i)), L_Y) &&
			    neg_before(t, i) != NEG_NONE)
				continue;
			not_mine(t, i);
		}
		if (r & R_PAS)
			contrast(t, i);
		if ((r & R_PAS) && is(t, neg_after(t, i), L_PAS_ONLY) && !is(t, neg_after(t, i), L_QUESTION))
			continue; /* pas mal de, pas seulement */
		if (r & (R_PAS | R_PLUS | R_AUCUN | R_NI))
			not_for_me(t, i);
		if (r & (R_PAS | R_JAMAIS)) {
			corrected(t, i);
			not_this_but_that(t, i);
			not_from(t, i);
			not_pushed(t, i);
		}
		done_without(t, i);
		no_dealings(t, i);
		not_sought(t, i);
	}
}
