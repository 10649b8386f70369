/* SPDX-License-Identifier: Apache-2.0 */
/* unsought.c - things that nobody asks for: « je cherche pas de formation », « on ne me demande pas de pointer », « plus de
 * formation pour moi », « non merci ». */
#include "negation.h"

/* « on n'a jamais cherché à me coller dans une formation », « on m'a pas poussé vers » */
void neg_not_pushed(neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i), verb = neg_verb_of(t, i);
	if (is(t, verb, L_SENDS) && neg_to_me(t, verb) && is(t, n, L_INTO)) { /* on ne nous renvoie pas vers un site */
		neg_no_matter(t, i, i, n, neg_phrase_end(t, n, 5), NEG_ANY);
		return;
	}
	if (is(t, n, L_TRIED) && is(t, neg_after(t, n), L_TO)) {
		n = neg_after(t, neg_after(t, n));
		while (plays(t, n, R_OBJECT))
			n = neg_after(t, n);
	} else if (!neg_to_me(t, n)) {
		return;
	}
	uint32_t into = neg_after(t, n);
	if (is(t, n, L_PUSH) && is(t, into, L_INTO)) /* other entries are about nobody pushing */
		neg_no_matter(t, i, n, into, neg_phrase_end(t, into, 6), NEG_ANY);
}

/* « je suis pas fan des ateliers », « j'ai jamais été attirée par le sport », « la sophro, je m'y intéresse pas, j'accroche pas »; `n` is
 * the word behind « pas » */
static bool not_keen(neg_text *t, uint32_t i, uint32_t n)
{
	uint32_t verb = neg_verb_of(t, i), it = neg_before(t, verb);
	if (is(t, verb, L_INVOLVES) && (n == NEG_NONE || neg_after(t, n) == NEG_NONE) && (is(t, it, L_Y) || is(t, it, L_I))) {
		neg_matter_before(t, verb, i, NEG_GOODS);
		return true;
	}
	bool been = is(t, verb, L_HAVE) && is(t, n, L_BEEN) && !neg_of_others(t, verb);
	if (been)
		n = neg_after(t, n);
	if (!is(t, n, L_KEEN) || !(been || is(t, verb, L_AM)))
		return false;
	uint32_t of = neg_after(t, n);
	if (plays(t, of, R_DE | R_POUR) || is(t, of, L_PER))
		neg_aside(t, i, n, of, 5, NEG_GOODS);
	else if (of == NEG_NONE || plays(t, of, R_BREAK))
		neg_matter_before(t, verb, n, NEG_GOODS);
	return true;
}

/* « on m'a pas demandé de … », « on ne me demande pas de pointer »: is it asked of the speaker? */
static bool asks_me(neg_text *t, uint32_t i)
{
	uint32_t verb = neg_verb_of(t, i), n = neg_after(t, i), last = i, de = n;
	if (is(t, n, L_ASKED) && neg_to_me(t, n)) {
		last = n;
		de = neg_after(t, n);
	} else if (!is(t, verb, L_ASKED) || !neg_to_me(t, verb)) {
		return false;
	}
	if (plays(t, de, R_DE) && !is(t, neg_after(t, de), L_WHOSE))
		neg_aside(t, i, last, de, 8, NEG_ANY);
	return true;
}

/* « je demande pas qu'on m'applaudisse », « pas question de reprendre un travail », « j'ai pas voulu de référent », « j'ai pas envie
 * qu'on me suive » */
static bool no_wish(neg_text *t, uint32_t i, uint32_t n)
{
	uint32_t verb = neg_verb_of(t, i), then = neg_after(t, n);
	if (plays(t, n, R_QUE) && is(t, verb, L_SEEK) && !neg_of_others(t, verb) && !neg_to_me(t, verb))
		neg_aside(t, i, i, n, 8, NEG_GOODS);
	else if (is(t, n, L_QUESTION) && plays(t, then, R_DE))
		neg_aside(t, i, n, then, 6, NEG_GOODS);
	else if (is(t, n, L_WANT) && plays(t, then, R_DE) && !neg_of_others(t, i))
		neg_aside(t, i, n, n, 5, NEG_GOODS);
	else if (is(t, n, L_USE) && plays(t, then, R_QUE) && !neg_of_others(t, verb))
		neg_aside(t, i, n, then, 8, NEG_GOODS);
	else
		return false;
	return true;
}

/* « je veux pas faire de formation », « je veux plus entendre parler de CV », « je veux pas de coach » */
static bool not_wanted(neg_text *t, uint32_t i, uint32_t n)
{
	uint32_t then = neg_after(t, n), of = neg_after(t, then);
	if (is(t, n, L_USING) && plays(t, then, R_DE) && !is(t, of, L_UN)) {
		neg_aside(t, i, i, n, 5, NEG_GOODS);
		return true;
	}
	if (is(t, n, L_INFINITIVE) && is(t, then, L_INFINITIVE) && plays(t, of, R_DE)) {
		neg_aside(t, i, i, n, 6, NEG_GOODS);
		return true;
	}
	bool now = plays(t, n, R_DE) && !is(t, then, L_UN);
	for (uint32_t k = n; !now && k != NEG_NONE && k < n + 6; k = neg_after(t, k))
		now = is(t, k, L_SOON) || is(t, k, L_NOW);
	if (now)
		neg_aside(t, i, i, n, 4, NEG_GOODS);
	return false;
}

/* « pas l'usage d'une voiture », « pas envie de me former », « pas la peine d'un suivi », « pas la peine de nous donner un coach » */
static void no_use_for(neg_text *t, uint32_t i, uint32_t n)
{
	if (plays(t, n, R_DET))
		n = neg_after(t, n);
	uint32_t de = neg_after(t, n), then = neg_after(t, de), give = neg_after(t, then);
	if (!plays(t, de, R_DE))
		return;
	if (is(t, n, L_PEINE) && is(t, then, L_TO_ME) && is(t, give, L_GIVE))
		neg_aside(t, i, n, give, 5, NEG_GOODS);
	else if (is(t, n, L_USE) || is(t, n, L_AGE) || (is(t, n, L_PEINE) && plays(t, then, R_DET)))
		neg_aside(t, i, n, de, 5, NEG_GOODS);
}

void neg_not_sought(neg_text *t, uint32_t i)
{
	uint32_t verb = neg_verb_of(t, i), n = neg_after(t, i);
	if (asks_me(t, i))
		return;
	if (is(t, n, L_SOMEWHAT))
		n = neg_after(t, n); /* je suis pas trop fan */
	if (not_keen(t, i, n) || no_wish(t, i, n))
		return;
	if (n == NEG_NONE || plays(t, n, R_QUE | R_SI) || neg_to_me(t, verb) || neg_of_others(t, verb))
		return;
	uint32_t then = neg_after(t, n);
	if (is(t, verb, L_SEEK) && (plays(t, n, R_DET | R_DE | R_PERSONNE) || plays(t, i, R_NI) || is(t, n, L_AT))) {
		if (is(t, then, L_PRONOUN) || is(t, then, L_WHOSE))
			return;
		neg_aside(t, i, i, n, 5, NEG_GOODS); /* je cherche pas de formation */
	} else if (is(t, verb, L_PLAN) && is(t, n, L_INFINITIVE)) {
		neg_aside(t, i, i, n, 5, NEG_GOODS); /* je ne compte pas reprendre une formation */
	} else if (is(t, verb, L_WANT)) {
		if (not_wanted(t, i, n))
			return;
	} else if (is(t, n, L_WAITED) && plays(t, then, R_DET)) {
		neg_aside(t, i, n, then, 4, NEG_GOODS); /* j'ai pas attendu un conseiller pour … */
	}
	no_use_for(t, i, n);
}

/* « plus de formation pour moi », « aucun atelier dans mon cas », « pas de coach, merci » */
void neg_not_for_me(neg_text *t, uint32_t i)
{
	uint32_t last = i, k = i;
	if (neg_before(t, i) != NEG_NONE)
		return;
	for (unsigned n = 0; n < 9 && (k = neg_after(t, k)) != NEG_NONE; n++) {
		uint32_t then = neg_after(t, neg_after(t, k));
		bool ends = then == NEG_NONE || is(t, then, L_MERCI) || is(t, then, L_POUR) || is(t, then, L_EN);
		bool pour = is(t, k, L_POUR) && is(t, neg_after(t, k), L_PRONOUN) && ends;
		bool mine = (is(t, k, L_CAS) || is(t, k, L_VIE)) && is(t, neg_before(t, k), L_WHOSE);
		if (pour && plays(t, i, R_PAS) && then == NEG_NONE) { /* « pas de boulot pour moi »: they lack one */
			uint32_t m = neg_clause_end(t, k);
			pour = m != NEG_NONE && is(t, m + 1, L_MERCI);
		}
		if (is(t, k, L_IMPOSED) && last > i) { /* pas d'atelier imposé */
			neg_whole(t, i, last);
			return;
		}
		if ((pour || mine) && last > i) {
			neg_whole(t, i, last);
			return;
		}
		if (plays(t, k, R_STOP | R_BREAK | R_QUI | R_QUE))
			return;
		last = k;
	}
	uint32_t stop = neg_clause_end(t, last);
	if (stop != NEG_NONE && last > i && is(t, stop + 1, L_MERCI))
		neg_whole(t, i, last); /* aucune formation pour l'instant, merci */
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
	if (plays(t, i, R_JAMAIS) && is(t, n, L_HAD) && is(t, neg_after(t, n), L_DEALT))
		return i; /* jamais eu affaire à eux */
	if (plays(t, i, R_JAMAIS) && plays(t, n, R_PLUS) && neg_after(t, n) == NEG_NONE)
		return i; /* jamais plus */
	if (plays(t, i, R_JAMAIS) && plays(t, n, R_DE) && is(t, neg_after(t, neg_after(t, n)), L_VIE))
		return i; /* jamais de la vie */
	if (is(t, n, L_PEU) && is(t, neg_after(t, n), L_POUR) && is(t, neg_after(t, neg_after(t, n)), L_PRONOUN))
		return n; /* très peu pour moi */
	if (plays(t, i, R_PAS) && is(t, n, L_NOT_YET) && neg_after(t, n) == NEG_NONE)
		return i; /* la formation, pas maintenant */
	if (plays(t, i, R_PAS) && is(t, n, L_POUR) && is(t, neg_after(t, n), L_PRONOUN))
		return i;
	uint32_t stop = plays(t, i, R_PAS) && is(t, n, L_POUR) ? neg_clause_end(t, i) : NEG_NONE;
	if (stop != NEG_NONE && is(t, stop + 1, L_MERCI))
		return i; /* pas pour l'instant, merci */
	if ((plays(t, i, R_PAS) || plays(t, i, R_JAMAIS)) && is(t, n, L_DONE) && is(t, neg_after(t, neg_after(t, n)), L_DEALT))
		return i; /* jamais mis les pieds */
	if (is(t, i, L_KNOWS) && plays(t, n, R_PAS))
		return n;
	return NEG_NONE;
}

/* « je gère mes papiers », « Madame maîtrise l'outil », « est à l'aise avec l'ordinateur » */
static void masters(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), n = neg_after(t, i), at = i;
	if (is(t, i, L_AT_EASE)) {
		at = neg_before(t, p);
		if (!is(t, p, L_ELIDED_LE) || !is(t, at, L_A) || !is(t, n, L_TOWARDS) || is(t, neg_after(t, n), L_PRONOUN))
			return;
		p = neg_before(t, at);
		while (is(t, p, L_REALLY) || is(t, p, L_FULLY))
			p = neg_before(t, p);
		if (!is(t, p, L_IS) && !is(t, p, L_AM) && p != NEG_NONE)
			return;
		neg_aside(t, at, i, n, 6, NEG_GOODS);
	} else if ((plays(t, p, R_SUBJECT) || (is(t, p, L_SIR) && p == t->from)) && !is(t, p, L_HE) && plays(t, n, R_DET) && !plays(t, n, R_SUBJECT)) {
		neg_aside(t, at, i, n, 5, NEG_GOODS);
	}
}

/* « autonome sur l'outil informatique », « je me débrouille toute seule sur le site » */
void neg_on_their_own(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), n = neg_after(t, i), from = i;
	bool alone = false;
	if (is(t, i, L_AT_EASE) || is(t, i, L_RUNS)) {
		if (!t->question && !neg_taken_back(t, i))
			masters(t, i);
		return;
	}
	if (is(t, i, L_AUTONOMOUS)) {
		while (is(t, p, L_REALLY) || is(t, p, L_FULLY))
			p = neg_before(t, p);
		if (p != NEG_NONE && !is(t, p, L_IS) && !is(t, p, L_AM))
			return;
		if (plays(t, neg_before(t, p), R_SI))
			return;
		alone = true;
		if (p != NEG_NONE && (n == NEG_NONE || plays(t, n, R_BREAK)) && !t->question && !neg_taken_back(t, i))
			neg_matter_before(t, p, i, NEG_ANY); /* pour le numérique je suis autonome */
	} else {
		uint32_t who = plays(t, p, R_OBJECT) ? neg_before(t, p) : NEG_NONE;
		if (is(t, p, L_EN) && is(t, who, L_TO_ME))
			who = neg_before(t, who); /* je m'en sors */
		if (!plays(t, who, R_SUBJECT) || is(t, who, L_THEY))
			return;
	}
	while (is(t, n, L_ALONE) || is(t, n, L_EASILY) || is(t, n, L_TOUT) || plays(t, n, R_DET)) {
		alone |= is(t, n, L_ALONE) || is(t, n, L_EASILY);
		n = neg_after(t, n);
	}
	if (alone && is(t, n, L_TOWARDS) && !is(t, neg_after(t, n), L_PRONOUN) && !t->question && !neg_taken_back(t, i))
		neg_aside(t, from, i, n, 6, NEG_ANY);
}
