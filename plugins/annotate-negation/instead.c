/* SPDX-License-Identifier: Apache-2.0 */
/* instead.c - things that are absent and not missed: « pas d'écran ici, on écrit à la main », « aucun trajet à faire », « tout
 * réglé sans la CAF », « au lieu d'une sanction, j'ai eu un café ». */
#include "negation.h"

bool neg_tells_behind(const neg_text *t, uint32_t i, bool to_me)
{
	uint32_t p = neg_before(t, i);
	if (neg_before(t, p) != NEG_NONE || p != t->from)
		return false;
	for (uint32_t k = i; k < t->to && k < i + 14; k++) {
		uint32_t have = neg_after(t, k);
		while (to_me && plays(t, have, R_OBJECT) && !is(t, have, L_HAVE))
			have = neg_after(t, have); /* ils m'ont aidé */
		if (plays(t, k, R_SUBJECT) && is(t, have, L_HAVE) && !is(t, neg_after(t, have), L_BESOIN))
			return true;
	}
	return false;
}

/* « aucune heure à déclarer », « pas un kilomètre à faire », « rien à rembourser à la CAF »: not a duty, so no matter */
void neg_nothing_to_do(neg_text *t, uint32_t i)
{
	uint32_t k = i, p = neg_before(t, i);
	if (p != NEG_NONE && !plays(t, p, R_AUX | R_BREAK))
		return;
	for (unsigned n = 0; n < 7 && (k = neg_after(t, k)) != NEG_NONE && !plays(t, k, R_BREAK | R_QUE | R_QUI | R_NE); n++)
		if (is(t, k, L_A) && is(t, neg_after(t, k), L_DUTY)) {
			k = neg_after(t, k);
			uint32_t last = is(t, k, L_USING) ? k - 2 : k; /* « aucune appli à télécharger »: the infinitive is denied as well */
			if (plays(t, i, R_AUCUN) && is(t, neg_after(t, k), L_EN) && neg_after(t, neg_after(t, neg_after(t, k))) == NEG_NONE)
				last = k + 2; /* aucune démarche à faire en ligne */
			if (plays(t, i, R_RIEN))
				last = neg_phrase_end(t, k, 5);
			if (!plays(t, i, R_RIEN) || k > i + 2 || !is(t, k, L_FAIT))
				neg_no_matter(t, i, i, i + 1, last, NEG_ANY);
			return;
		}
}

/* Do the words from `i` on say what is done instead?  « on écrit à la main »; but « que des stages » complains. */
static bool is_in_its_place(const neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i);
	if (is(t, i, L_I))
		return false; /* « pas de voiture, je … »: the speaker misses it */
	if (plays(t, i, R_DET) && !plays(t, i, R_SUBJECT))
		i = n; /* ma conseillère note tout */
	for (unsigned k = 0; k < 3 && (n = neg_after(t, i)) != NEG_NONE; k++, i = n)
		if (is(t, n, L_DO_INSTEAD))
			return !plays(t, neg_after(t, n), R_SECOND) && !plays(t, i, R_NE | R_AUX) && !is(t, i, L_TO_ME);
	return false;
}

/* Nothing, or « très bien », « bien comme ça » up to the end of the clause */
static bool is_well_so(const neg_text *t, uint32_t i)
{
	while (is(t, i, L_EASILY) || is(t, i, L_BETTER))
		i = neg_after(t, i);
	if (is(t, i, L_COMME) && is(t, neg_after(t, i), L_CA))
		i = neg_after(t, neg_after(t, i));
	return i == NEG_NONE;
}

/* « ça repose », « ça me va très bien », « c'est mieux comme ça », « tant mieux », « je m'en porte très bien »: the speaker is pleased, so
 * misses nothing */
static bool is_pleased(const neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i);
	if (is(t, i, L_TANT))
		return is(t, n, L_BETTER) && neg_after(t, n) == NEG_NONE;
	if (is(t, i, L_IT) && is(t, n, L_IS)) {
		n = neg_after(t, n);
		return (is(t, n, L_EASILY) || is(t, n, L_BETTER)) && is_well_so(t, n);
	}
	if (is(t, i, L_I)) {
		while (plays(t, n, R_OBJECT))
			n = neg_after(t, n);
		return is(t, n, L_THRIVES) && is(t, neg_before(t, n), L_EN) && neg_after(t, n) != NEG_NONE && is_well_so(t, neg_after(t, n));
	}
	if (is(t, i, L_TOUT) && is(t, n, L_IS)) {
		uint32_t order = neg_after(t, n), last = is(t, order, L_EN) || is(t, order, L_A) ? neg_after(t, order) : order;
		return (is(t, last, L_UP) || is(t, last, L_SETTLED) || is(t, last, L_SPLENDID)) && neg_after(t, last) == NEG_NONE; /* tout est en ordre */
	}
	if (is(t, i, L_TOUT) && is(t, n, L_FINE))
		return is_well_so(t, neg_after(t, n));
	if (!is(t, i, L_CA))
		return false;
	while (plays(t, n, R_OBJECT))
		n = neg_after(t, n);
	return is(t, n, L_PLEASES) && is_well_so(t, neg_after(t, n));
}

/* The last word of the thing that is denied before `i`; the place and the owner do not belong to it: « pas de tablette à l'atelier »,
 * « aucune aide de la CAF » */
static uint32_t end_of_thing(const neg_text *t, uint32_t i, uint32_t stop)
{
	uint32_t last = i;
	while (last + 1 < stop && !(is(t, last + 1, L_A) && !is(t, last, L_BEFORE_A)) && !is(t, last + 1, L_AU) && !is(t, last + 1, L_DANS) &&
	       !plays(t, last + 1, R_DE))
		last++;
	return last;
}

/* « pas d'ordinateur ici, on écrit à la main », « personne ne m'a parlé boulot, ça repose », « ni tablette ni visio, on se voit » */
void neg_made_up_for(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), n = neg_after(t, i), stop = i, first = NEG_NONE;
	bool noun = p == NEG_NONE && (plays(t, i, R_AUCUN | R_NI | R_RIEN) || (plays(t, i, R_PAS) && plays(t, n, R_DE)));
	if (n == NEG_NONE || neg_pseudo(t, i))
		return;
	for (unsigned k = 0; k < 4 && (stop = neg_clause_end(t, stop)) != NEG_NONE; k++) {
		if (first == NEG_NONE)
			first = stop;
		if (is_pleased(t, stop + 1) || (noun && is_in_its_place(t, stop + 1))) {
			neg_no_matter(t, i, i, i + 1, end_of_thing(t, i + 1, first), NEG_ANY);
			return;
		}
	}
	for (stop = i + 1; stop < t->to && !(t->role[stop] & (R_STOP | R_BREAK | R_COMMA)); stop++)
		if (is(t, stop, L_ET) && is_pleased(t, stop + 1)) { /* je n'ai plus de référent et ça me va */
			neg_whole(t, i, end_of_thing(t, i + 1, stop));
			return;
		}
}

/* Does the sentence say that somebody managed?  « j'ai trouvé … », « tout s'est réglé … », « je me débrouille » */
static bool is_managed(const neg_text *t)
{
	bool wished = false;
	for (uint32_t k = t->from; k <= t->to; k++) {
		uint32_t p = neg_before(t, k), n = neg_after(t, k);
		wished |= is(t, k, L_WISH);
		if (plays(t, n, R_PAS | R_RIEN | R_PLUS) || plays(t, p, R_SECOND))
			continue;
		if (is(t, p, L_TOUT) && plays(t, k, R_AUX | R_OBJECT))
			p = neg_before(t, p);
		if ((is(t, k, L_MANAGED) && (plays(t, p, R_AUX) || is(t, p, L_TOUT))) || (is(t, k, L_REGAINED) && is(t, p, L_HAVE)))
			return true;
		if (is(t, k, L_ARRIVED) && plays(t, p, R_AUX) && is(t, neg_before(t, p), L_Y))
			return true; /* j'y suis arrivée */
		if (is(t, k, L_COPE) && plays(t, p, R_OBJECT) && plays(t, neg_before(t, p), R_SUBJECT | R_OBJECT))
			return true;
		if (is(t, k, L_FAIT) && is(t, p, L_SE) && is(t, neg_before(t, p), L_TOUT))
			return true;
		if (is(t, k, L_TOUT) && is(t, p, L_HAVE) && is(t, n, L_SOUS))
			return true; /* j'ai tout sous la main */
		uint32_t verb = plays(t, n, R_OBJECT) ? neg_after(t, n) : n;
		if (is(t, k, L_CAN) && plays(t, p, R_SUBJECT) && is(t, verb, L_INFINITIVE) && !is(t, verb, L_BE) && !t->question && !wished)
			return true; /* on peut s'inscrire */
	}
	return false;
}

/* « ni A ni B »: neither of them did it, « c'est ni la CAF ni France Travail qui m'a aidé », or was needed, « j'ai fait le dossier
 * toute seule, ni référent ni CAF ».  But « j'ai ni permis ni voiture » lacks both. */
static void neither_helped(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), second = NEG_NONE, k = i + 1;
	bool it = is(t, p, L_IS) && (is(t, p, L_IT) || is(t, neg_before(t, p), L_IT)), behind = i > t->from && (t->role[i - 1] & R_COMMA);
	for (; k <= t->to && k < i + 12 && !(t->role[k] & (R_COMMA | R_STOP | R_QUI | R_QUE)); k++)
		if (t->role[k] & R_NI)
			second = k;
	if (second != NEG_NONE && (it || (behind && is_managed(t) && !t->question)))
		neg_no_matter(t, i, i, i + 1, k - 1, NEG_GOODS);
}

/* « ni théâtre ni chorale : donnez-nous plutôt … » */
void neg_neither(neg_text *t, uint32_t i)
{
	uint32_t stop = neg_clause_end(t, i), second = NEG_NONE;
	neither_helped(t, i);
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
	bool me = is(t, stop + 1, L_PRONOUN) && is(t, neg_after(t, stop + 1), L_IT); /* ni … ni …, moi c'est … */
	if (me || is(t, stop + 1, L_ORDER) || (stop + 2 <= t->to && plays(t, stop + 1, R_QUE) && plays(t, stop + 2, R_DE)))
		neg_no_matter(t, i, i, i + 1, last, NEG_ANY);
}

/* « sans aucune aide de France Travail », « sans l'aide de personne ni de la CAF »; but not « sans l'aide de la CAF je serais à la rue » */
static bool is_without_help(const neg_text *t, uint32_t i)
{
	while (plays(t, i, R_DET | R_AUCUN))
		i = neg_after(t, i);
	if (!is(t, i, L_HELP) || !plays(t, neg_after(t, i), R_DE))
		return false;
	for (uint32_t k = t->from; k <= t->to; k++)
		if (is(t, k, L_WOULD))
			return false;
	return true;
}

/* « j'ai trouvé sans diplôme », « sans passer par la CAF, on a réglé … » */
void neg_managed_without(neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i), p = neg_before(t, i);
	if (n == NEG_NONE || plays(t, p, R_PAS | R_JAMAIS | R_NON))
		return;
	bool by = (is(t, n, L_PASSER) && is(t, neg_after(t, n), L_PER)) || is_without_help(t, n);
	if (is(t, n, L_INFINITIVE) && !by) {
		if (is_managed(t)) /* « sans prendre le bus »; an entry that expects « sans trembler » decides for itself */
			neg_no_matter(t, i, i, n, neg_phrase_end(t, n, 6), NEG_ANY);
	} else if (by || is_managed(t)) {
		neg_aside(t, i, i, n, 6, NEG_ANY);
	}
}

/* « jamais resté sans réponse », « on ne m'a pas laissée sans nouvelles » */
void neg_never_left_without(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i);
	if (is(t, p, L_STAYED) && plays(t, neg_before(t, p), R_PAS | R_JAMAIS))
		neg_whole(t, neg_before(t, p), neg_phrase_end(t, i, 3));
}
