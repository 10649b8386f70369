/* SPDX-License-Identifier: Apache-2.0 */
/* unused.c - things that somebody has nothing to do with: « je ne suis pas inscrit à France Travail », « le bus, je le prends
 * jamais », « un référent, j'en ai pas voulu », « j'y suis plus ». */
#include "negation.h"

/* « j'y suis plus », « j'y vais jamais », « j'y ai pas encore goûté » */
static bool is_not_there(const neg_text *t, uint32_t i)
{
	uint32_t p = neg_verb_of(t, i), n = neg_after(t, i);
	if (!is(t, neg_before(t, p), L_Y) || is(t, p, L_MANAGE) || is(t, neg_before(t, neg_before(t, p)), L_S)) /* on s'y fait jamais */
		return false;
	if (is(t, neg_before(t, neg_before(t, p)), L_TO_ME)) /* on m'y a pas obligée, on m'y force pas */
		return is(t, p, L_IMPOSE) || (plays(t, p, R_AUX) && (is(t, n, L_OBLIGED) || is(t, n, L_PUSH)));
	if (is(t, p, L_THINK)) /* j'y pense même pas, à mon âge */
		return n == NEG_NONE || is(t, n, L_A) || plays(t, n, R_BREAK);
	if (plays(t, p, R_OPINION) || is(t, p, L_BELIEVE))
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

/* « j'ai pas de référent et j'en veux pas », « pas de coach, j'en ai pas besoin »: denies what the clause before says they do not have */
static void had_and_refused(neg_text *t, uint32_t en, uint32_t i)
{
	uint32_t k = neg_before(t, en);
	while (plays(t, k, R_SUBJECT | R_NE))
		k = neg_before(t, k);
	uint32_t last = plays(t, k, R_AND) || is(t, k, L_MAIS) ? neg_before(t, k) : NEG_NONE;
	for (k = en; last == NEG_NONE && k > t->from + 1 && k + 4 > en; k--)
		if (t->role[k - 1] & R_COMMA)
			last = k - 2;
	uint32_t at = last;
	for (unsigned n = 0; n < 6 && at != NEG_NONE && !plays(t, at, R_SECOND); n++)
		at = neg_before(t, at);
	uint32_t verb = plays(t, at, R_SECOND) ? neg_verb_of(t, at) : NEG_NONE;
	if (is(t, neg_before(t, verb), L_EN))
		neg_matter_before(t, verb, i, NEG_GOODS); /* les boosters, j'en ai jamais fait et j'en réclame pas */
	else if (plays(t, at, R_SECOND))
		neg_no_matter(t, i, i, at + 1, last, NEG_GOODS);
}

/* « plus rien à faire avec eux », « jamais eu affaire à elle », « pas de contact avec lui » */
static bool is_broken_with(const neg_text *t, uint32_t i)
{
	bool dealt = false;
	for (unsigned k = 0; k < 6 && (i = neg_after(t, i)) != NEG_NONE; k++) {
		dealt |= is(t, i, L_DEALT) || is(t, i, L_RAPPORT) || (is(t, i, L_USING) && is(t, neg_before(t, i), L_A));
		if (dealt && is(t, i, L_THEM) && is(t, neg_before(t, i), L_PREP))
			return true;
	}
	return false;
}

/* Do the words from `i` on say that it fails, rather than that nobody wants it?  « le bus je le prends pas, il est trop cher » */
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
	uint32_t p = neg_verb_of(t, i), q = neg_before(t, p), n = neg_after(t, i);
	if (plays(t, i, R_NI) && is(t, p, L_SERVES) && !neg_of_others(t, p) && !neg_to_me(t, p) && !is_for_want(t, i + 1)) {
		neg_aside(t, i, i, i + 1, 9, NEG_GOODS); /* je ne prends ni le bus ni le train */
		return;
	}
	if (plays(t, i, R_PAS | R_JAMAIS | R_PLUS) && is(t, p, L_COMES) && is(t, n, L_A_AU) && !neg_of_others(t, p) && !is_for_want(t, i + 1)) {
		neg_aside(t, i, i, n, 4, NEG_GOODS); /* je ne viens jamais aux ateliers */
		return;
	}
	if (!plays(t, i, R_PAS | R_JAMAIS))
		return;
	bool it = is(t, q, L_THE_ONE) || is(t, q, L_EN) || is(t, q, L_Y);
	if (is(t, p, L_SERVES) && it && !neg_of_others(t, p) && (n == NEG_NONE || plays(t, n, R_BREAK)) && !is_for_want(t, i + 1))
		neg_matter_before(t, p, i, NEG_GOODS);
	else if (is(t, p, L_APPLY) && is(t, q, L_SE))
		neg_matter_before(t, q, i, NEG_ANY); /* les quinze heures ne s'appliquent pas à moi */
	else if (is(t, n, L_TOOK_HEAD) && plays(t, p, R_AUX) && is(t, q, L_TO_ME) && (!plays(t, neg_before(t, q), R_SUBJECT) || is(t, neg_before(t, q), L_CA)) &&
	         (!is(t, n, L_SPENT) && (!is(t, n, L_TAKE) || plays(t, neg_after(t, n), R_DET))))
		neg_matter_before(t, q, n, NEG_ANY); /* les démarches ne m'ont pas pris la tête */
	else if (plays(t, n, R_DE) && is(t, neg_after(t, n), L_SECRET) && plays(t, p, R_AUX))
		neg_matter_before(t, p, neg_after(t, n), NEG_ANY); /* internet n'a pas de secret pour moi */
	else if (is(t, n, L_SEEN_THERE) || (is(t, p, L_SEEN_THERE) && is(t, q, L_Y)) || (is(t, p, L_SEEN_THERE) && is(t, neg_before(t, q), L_Y)))
		neg_matter_before(t, p, i, NEG_GOODS); /* le yoga, on ne m'y verra pas */
	else if (is(t, q, L_EN) && plays(t, p, R_AUX) && is(t, n, L_DEMANDED))
		neg_matter_before(t, p, n, NEG_ANY); /* des diplômes, ils ne m'en ont pas demandé */
	else if (is(t, p, L_BOTHER) && is(t, n, L_AVEC) && neg_after(t, n) == NEG_NONE)
		neg_matter_before(t, p, n, NEG_ANY);
	else if (plays(t, p, R_AUX) && is(t, q, L_Y) && is(t, n, L_DONE)) {
		uint32_t foot = neg_after(t, n);
		if (plays(t, foot, R_DET))
			foot = neg_after(t, foot);
		if (is(t, foot, L_FOOT))
			neg_matter_before(t, p, foot, NEG_GOODS);
	} else if (plays(t, p, R_AUX) && is(t, q, L_THE_ONE) && plays(t, neg_before(t, q), R_SUBJECT | R_OBJECT | R_NE) && is(t, n, L_DEMANDED))
		neg_matter_before(t, p, n, NEG_ANY);
}

/* « la CAF ne m'a jamais convoquée »: somebody is spared an office; but « ne m'a jamais répondu » complains, and « ne m'a jamais
 * sanctionnée » is about sanctions */
static bool spared_by_office(neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i), first, last, links;
	while (plays(t, n, R_RIEN) || is(t, n, L_HAD))
		n = neg_after(t, n);
	if (!is(t, n, L_BOTHERED))
		return false;
	uint32_t p = neg_verb_of(t, i), q = neg_before(t, p);
	if (!plays(t, p, R_AUX) || !is(t, q, L_TO_ME) || !neg_named_before(t, q, &first, &last, &links) ||
	    (links & R_SUBJECT) || !is(t, last, L_OFFICE))
		return false;
	neg_no_matter(t, i, n, first, last, NEG_ANY);
	return true;
}

/* « les ateliers, jamais participé », « l'appli, jamais installée » */
static bool never_went(neg_text *t, uint32_t i)
{
	if (!plays(t, i, R_JAMAIS) || !neg_behind_comma(t, i))
		return false;
	uint32_t n = neg_after(t, i), then = neg_after(t, n);
	if (!is(t, n, L_ATTENDED) || !(then == NEG_NONE || plays(t, then, R_BREAK)))
		return false;
	if (!neg_matter_before(t, i, n, NEG_GOODS))
		return false;
	neg_no_matter(t, i, i, n, n, NEG_GOODS);
	return true;
}

/* « le loyer, j'ai jamais été en retard d'un jour », « le gaz, on n'a jamais été coupés » */
static bool is_in_time(neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i), first, last, links;
	if (!is(t, neg_verb_of(t, i), L_HAVE))
		return false;
	for (unsigned k = 0; k < 3 && (is(t, n, L_BEEN) || is(t, n, L_HAD) || is(t, n, L_EN) || plays(t, n, R_DE)); k++)
		n = neg_after(t, n);
	return is(t, n, L_BEHIND_TIME) && neg_named_before(t, i, &first, &last, &links) && is(t, last, L_PAID) && neg_matter_before(t, i, n, NEG_ANY);
}

/* « le site, aucun bug », « le courrier, jamais de retard », « avec l'appli, pas un bug à signaler » */
static bool never_a_burden(neg_text *t, uint32_t i)
{
	if (!neg_behind_comma(t, i))
		return false;
	uint32_t n = neg_after(t, i);
	while (plays(t, n, R_DE) || is(t, n, L_UN) || is(t, n, L_HAD))
		n = neg_after(t, n);
	if (!is(t, n, L_BURDEN))
		return false;
	uint32_t then = neg_after(t, n);
	if (is(t, then, L_A) && is(t, neg_after(t, then), L_REDIRE))
		then = NEG_NONE;
	return then == NEG_NONE && neg_matter_before(t, i, n, NEG_ANY);
}

/* « jamais restée bloquée sur le site », « on n'est pas coincés dans les formulaires » */
static bool never_stuck(neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i);
	while (is(t, n, L_STAYED) || is(t, n, L_BEEN))
		n = neg_after(t, n);
	if (!is(t, n, L_STUCK))
		return false;
	uint32_t at = neg_after(t, n);
	if (!(is(t, at, L_ON_TOP) || is(t, at, L_DANS) || is(t, at, L_AVEC)))
		return false;
	neg_aside(t, i, n, at, 5, NEG_ANY);
	return true;
}

/* « personne n'est venu vérifier si je faisais mes heures », « on ne m'a jamais contrôlé mes heures »; but « personne n'a vérifié
 * avant de … » complains */
bool neg_never_checked(neg_text *t, uint32_t i)
{
	uint32_t k = i;
	for (unsigned n = 0; n < 5 && (k = neg_after(t, k)) != NEG_NONE && !plays(t, k, R_BREAK | R_DET); n++) {
		if (t->role[k] != 0 || !is(t, k, L_CHECK))
			continue;
		uint32_t si = neg_after(t, k), end = k + 1;
		if (!(plays(t, si, R_SI | R_QUE) ? is(t, neg_after(t, si), L_I) : is(t, si, L_WHOSE)))
			return false;
		for (unsigned w = 0; w < 8 && end < t->to && !(t->role[end + 1] & (R_COMMA | R_STOP | R_BREAK)); w++)
			end++;
		if (neg_pseudo(t, i))
			return false;
		neg_no_matter(t, i, k, k, end, NEG_ANY);
		return true;
	}
	return false;
}

/* « les quinze heures, personne ne me les réclame » */
bool neg_not_claimed(neg_text *t, uint32_t i)
{
	if (!neg_behind_comma(t, i))
		return false;
	uint32_t k = neg_after(t, i), objects = 0;
	for (; plays(t, k, R_NE | R_OBJECT) && objects < 4; objects++)
		k = neg_after(t, k);
	return objects > 1 && is(t, k, L_CLAIMS) && is(t, neg_before(t, neg_before(t, k)), L_TO_ME) && !neg_pseudo(t, i) && neg_matter_before(t, i, k, NEG_ANY);
}

/* « (la voiture), j'en ai pas l'usage », « un référent, j'en ai pas voulu », « j'en veux pas », « la CAF je connais pas », « j'y suis plus » */
void neg_done_without(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), q = neg_before(t, p), n = neg_after(t, i);
	if (plays(t, i, R_PAS | R_JAMAIS) && (spared_by_office(t, i) || never_went(t, i) || is_in_time(t, i) || never_stuck(t, i) || neg_never_checked(t, i)))
		return;
	if (plays(t, i, R_PAS | R_JAMAIS | R_AUCUN) && never_a_burden(t, i))
		return;
	if (is(t, n, L_QUESTION) && is(t, q, L_EN)) {
		neg_matter_before(t, p, n, NEG_GOODS); /* travailler, il n'en est plus question */
		return;
	}
	if (plays(t, p, R_AUX) && is_broken_with(t, i)) {
		neg_matter_before(t, p, i, NEG_ANY); /* la CAF, je n'ai jamais eu affaire à elle */
		return;
	}
	while (plays(t, n, R_DET) || is(t, n, L_HAD))
		n = neg_after(t, n);
	if (is_refused(t, i)) {
		if (!neg_matter_before(t, i, plays(t, n, R_SECOND) || n == NEG_NONE ? i : n, NEG_GOODS))
			had_and_refused(t, q, i);
	} else if (is(t, q, L_EN) && plays(t, p, R_AUX) && plays(t, i, R_PAS | R_JAMAIS) && is(t, n, L_DONE) && neg_after(t, n) == NEG_NONE &&
	         !is(t, neg_before(t, q), L_THEY))
		neg_matter_before(t, i, n, NEG_ANY); /* la sophrologie, j'en ai jamais fait */
	else if (is(t, p, L_KNOWS) && neg_after(t, i) == NEG_NONE)
		neg_matter_before(t, i, i, NEG_ANY);
	else if (is(t, q, L_EN) && is(t, neg_after(t, i), L_THERE) && plays(t, p, R_AUX))
		neg_matter_before(t, i, neg_after(t, i), NEG_ANY); /* bosser, j'en suis pas là */
	else if (!is_not_there(t, i) || !neg_matter_before(t, neg_verb_of(t, i), i, NEG_ANY))
		no_use(t, i);
}

/* « ce poste ne demande aucun diplôme », « aucun diplôme n'est demandé » */
static bool not_required(neg_text *t, uint32_t i, uint32_t n)
{
	uint32_t verb = neg_verb_of(t, i), ne = neg_after(t, n);
	bool none = plays(t, i, R_AUCUN);
	if (is(t, verb, L_REQUIRE) && (none || plays(t, n, R_DE)) && (neg_of_others(t, verb) || neg_to_me(t, verb)))
		neg_aside(t, i, i, none ? i + 1 : n, 4, NEG_ANY);
	else if (none && plays(t, ne, R_NE) && is(t, neg_after(t, neg_after(t, ne)), L_DEMANDED))
		neg_whole(t, i, n);
	else
		return false;
	return true;
}

/* « aucun rendez-vous à France Travail », « je ne suis inscrite à aucune formation », « j'ai fait aucun atelier » */
static void no_dealings_at_all(neg_text *t, uint32_t i, uint32_t n)
{
	uint32_t p = neg_before(t, i);
	if (is(t, p, L_AT))
		p = neg_before(t, p);
	if ((is(t, n, L_ACCOUNT) || is(t, n, L_MEETING)) && is(t, neg_after(t, n), L_A))
		neg_aside(t, i, i, n, 5, NEG_ANY);
	else if ((is(t, p, L_DEALT) || is(t, p, L_DONE) || is(t, p, L_MAKES_USE)) && !neg_of_others(t, p) && !neg_to_me(t, p))
		neg_aside(t, i, i, i + 1, 4, NEG_ANY);
}

/* « je suis pas en recherche d'emploi », « on n'est pas à France Travail », « je ne vais pas à la CAF » */
static bool is_not_at(neg_text *t, uint32_t i, uint32_t n)
{
	uint32_t verb = neg_verb_of(t, i), on = neg_before(t, verb), at = neg_after(t, n), then = neg_after(t, at);
	if (plays(t, on, R_NE))
		on = neg_before(t, on);
	bool we = is(t, verb, L_IS) && is(t, on, L_ON), am = we || is(t, verb, L_AM), en = is(t, n, L_EN), a = is(t, n, L_A);
	if (am && (en || a) && (is(t, at, L_SEEK) || is(t, then, L_SEEK) || (en && at != NEG_NONE && then == NEG_NONE))) {
		neg_aside(t, i, i, n, 6, NEG_ANY);
		return true;
	}
	if ((am || is(t, verb, L_GOES)) && (a || (is(t, n, L_HERE) && !we)) && plays(t, i, R_PAS | R_PLUS | R_JAMAIS) && !is(t, at, L_INFINITIVE) &&
	    !plays(t, at, R_DET | R_OBJECT)) {
		neg_aside(t, i, i, n, 4, NEG_ANY);
		return true;
	}
	return false;
}

/* « pas de compte chez France Travail » */
static bool has_no_account(neg_text *t, uint32_t i, uint32_t de)
{
	uint32_t account = neg_after(t, de), at = neg_after(t, account);
	if (!plays(t, i, R_PAS | R_JAMAIS) || !plays(t, de, R_DE) || !is(t, account, L_ACCOUNT) || at == NEG_NONE || neg_of_others(t, i) ||
	    !(is(t, at, L_AT) || t->role[at] == 0))
		return false;
	neg_aside(t, i, i, account, 5, NEG_ANY);
	return true;
}

/* « jamais eu affaire à », « pas inscrit à », « pas mis les pieds à », « jamais demandé de »; but « j'ai pas fait la formation » is about
 * one particular « formation » */
static void never_dealt(neg_text *t, uint32_t i, uint32_t n)
{
	uint32_t at = neg_after(t, n), foot = neg_after(t, at);
	if (plays(t, at, R_DET) && is(t, foot, L_DEALT)) { /* mis les pieds */
		n = foot;
		at = neg_after(t, n);
	}
	bool done = is(t, n, L_DONE) || (is(t, n, L_ASKED) && (!is(t, n, L_INFINITIVE) || plays(t, neg_verb_of(t, i), R_AUX)));
	if (!(is(t, n, L_DEALT) || (done && !neg_to_me(t, i))) || !(is(t, at, L_AT) || plays(t, at, R_DET)) || neg_of_others(t, i))
		return;
	if (!done || !plays(t, i, R_PAS) || !plays(t, at, R_DET) || plays(t, at, R_DE))
		neg_aside(t, i, n, n, 7, NEG_ANY);
}

void neg_no_dealings(neg_text *t, uint32_t i)
{
	uint32_t verb = neg_verb_of(t, i), n = neg_after(t, i);
	while (is(t, n, L_HAD) || is(t, n, L_BEEN) || plays(t, n, R_RIEN) || (is(t, n, L_BETWEEN) && !is(t, n, L_EN)) || (plays(t, n, R_AUX) && !is(t, n, L_A) && !is(t, n, L_BE)))
		n = neg_after(t, n);
	if (not_required(t, i, n))
		return;
	if (plays(t, i, R_AUCUN)) {
		no_dealings_at_all(t, i, n);
		return;
	}
	bool likes = is(t, verb, L_LIKE) && (is(t, n, L_A) || is(t, n, L_AT)); /* ça ressemble pas à France Travail */
	bool does = is(t, verb, L_FAIS) && plays(t, n, R_DE) && !neg_of_others(t, verb); /* je fais pas d'atelier */
	if (likes || does)
		neg_aside(t, i, i, n, 5, NEG_ANY);
	else if (is(t, verb, L_MAKES_USE) && !neg_of_others(t, verb) && (is(t, n, L_AT) || plays(t, n, R_DE | R_DET | R_NI)))
		neg_aside(t, i, i, n, 6, NEG_ANY); /* je ne dépends pas de la CAF */
	else if (is_not_at(t, i, n) || has_no_account(t, i, n))
		return;
	else if (is(t, n, L_SENT) && neg_to_me(t, i) && is(t, neg_after(t, n), L_AT))
		neg_aside(t, i, n, neg_after(t, n), 5, NEG_ANY); /* on ne m'a pas envoyée à un atelier */
	else
		never_dealt(t, i, n);
}
