/* SPDX-License-Identifier: Apache-2.0 */
/* verdicts.c - things that are named and then said to be in order: « le loyer, ça va », « la CAF, nickel », « le permis, c'est
 * réglé ».  That is not a complaint, so the thing is no matter (named.c). */
#include "negation.h"

/* Does the clause end with the verdict at `i`?  « ça va bien, merci », « c'est réglé depuis lundi »; but not « ça va être long », «
 * ça va pas » */
static bool says_no_more(const neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i);
	if (is(t, i, L_FINE) && is(t, n, L_REALLY))
		n = neg_after(t, n);
	if (is(t, i, L_FINE) && is(t, n, L_A) && is(t, neg_after(t, n), L_PEU))
		n = neg_after(t, neg_after(t, neg_after(t, n))); /* ça va à peu près */
	while (is(t, n, L_NO_MORE_THAN) || ((is(t, i, L_FINE) || is(t, i, L_KEEPS_UP) || is(t, i, L_WORKS)) && (is(t, n, L_BIEN) || is(t, n, L_HOLDS))) || (is(t, i, L_FINE) && is(t, n, L_BETTER)))
		n = neg_after(t, n);
	if (plays(t, n, R_SUBJECT) && (is(t, i, L_FINE) ? !is(t, n, L_CA) : (is(t, i, L_SETTLED) || is(t, i, L_SPLENDID)) && is(t, n, L_I)))
		return true; /* voir du monde, ça va j'ai ma bande */
	return n == NEG_NONE || plays(t, n, R_AND) || is(t, n, L_DEPUIS) || (plays(t, n, R_BREAK) && !is(t, n, L_BEFORE));
}

/* « ça va, mais c'est long » qualifies the verdict; « c'est bon, on en a marre » is impatience, not a verdict. */
bool neg_taken_back(const neg_text *t, uint32_t i)
{
	for (uint32_t k = i + 1; k <= t->to && k < i + 8; k++)
		if (is(t, k, L_FED_UP))
			return true;
	while (i < t->to && !is(t, i, L_MAIS))
		if (t->role[++i] & R_STOP)
			return false;
	uint32_t n = neg_after(t, i);
	return is(t, i, L_MAIS) && (n == NEG_NONE || is(t, n, L_CA) || is(t, n, L_THEY) || is(t, n, L_IT) || plays(t, n, R_SECOND | R_NE | R_QUAND | R_SI));
}

static bool is_name(const neg_text *t, uint32_t i)
{
	return i != NEG_NONE && (t->role[i] == 0 || is(t, i, L_PRONOUN));
}

/* « le moral va très bien », « mes nerfs vont bien », « la santé va »: goes well, without « ça » */
static bool goes_well(const neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i);
	while (is(t, n, L_REALLY) && !is(t, n, L_BIEN))
		n = neg_after(t, n);
	uint32_t p = neg_before(t, i);
	return is_name(t, p) && (is(t, n, L_BIEN) || is(t, n, L_HOLDS) || is(t, n, L_BETTER) || (n == NEG_NONE && plays(t, neg_before(t, p), R_DET)));
}

/* à jour, en ordre, au point */
static bool is_up_to(const neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i);
	return is(t, i, L_UP) && (is(t, p, L_A) || is(t, p, L_EN) || is(t, p, L_AU));
}

/* « c'est », of which the last word is at `p` */
static bool is_it(const neg_text *t, uint32_t p)
{
	return is(t, p, L_IS) && (is(t, p, L_IT) || is(t, neg_before(t, p), L_IT));
}

/* With the words before it, is the word at `i` a verdict?  « ça va », « c'est réglé », « c'est bon », « …, nickel », « …, rien à dire » */
static bool is_verdict(const neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i);
	if (is(t, i, L_EASY))
		return (is(t, p, L_AM) && plays(t, neg_before(t, p), R_SUBJECT)) || (is(t, p, L_NOW) && is_name(t, neg_before(t, p))) || /* pour bouger je suis tranquille */
		       (p == NEG_NONE && neg_behind_comma(t, i)) || is_it(t, p); /* les papiers, facile; l'appli c'est facile */
	if (is(t, i, L_HANDLES)) { /* les papiers, ma fille s'en occupe */
		uint32_t who = neg_before(t, neg_before(t, p));
		return is(t, p, L_EN) && is(t, neg_before(t, p), L_S) && !plays(t, who, R_NE | R_PERSONNE | R_QUI | R_SECOND) && !is(t, who, L_THEY) && !plays(t, neg_after(t, i), R_SECOND);
	}
	if (is(t, i, L_WORKS))
		return is(t, p, L_THEY) || is(t, p, L_DEVICE); /* l'appli, elle marche; le wifi marche */
	if (is(t, i, L_SAY)) {
		uint32_t nothing = neg_before(t, p), before = neg_before(t, nothing);
		return is(t, p, L_A) && plays(t, nothing, R_RIEN) && (before == NEG_NONE || is(t, before, L_FRANKLY));
	}
	if (is(t, i, L_FINE))
		return is(t, p, L_CA) || is(t, p, L_SA) || is(t, p, L_TOUT) || goes_well(t, i);
	if (is(t, i, L_KEEPS_UP) && is(t, p, L_SE) && is(t, neg_before(t, p), L_TOUT))
		return is(t, neg_after(t, i), L_BIEN); /* avec la CAF tout se passe bien */
	if (is(t, i, L_KEEPS_UP))
		return is(t, p, L_CA); /* internet, ça suit */
	if (is(t, i, L_RUNS))
		return plays(t, p, R_SUBJECT) && !is(t, p, L_THEY); /* les papiers, je gère */
	if (is_up_to(t, i)) {
		uint32_t be = neg_before(t, p);
		return is(t, be, L_IS) || is(t, be, L_ARE) || (is_name(t, be) && !is(t, t->from, L_INFINITIVE)); /* « Situation administrative à jour » */
	}
	if (is(t, i, L_FAIT) && is(t, p, L_BIEN))
		return false; /* les ateliers, c'est bien fait */
	while (is(t, p, L_REALLY))
		p = neg_before(t, p);
	if (p == NEG_NONE && i > t->from && is(t, i - 1, L_COLON) && is(t, i, L_SETTLED))
		return true; /* numérique : acquis */
	if (is(t, i, L_PAID_BACK)) {
		uint32_t what = neg_before(t, p);
		return (is(t, p, L_IS) || is(t, p, L_ARE)) && (is(t, what, L_LOAN) || is(t, neg_before(t, what), L_LOAN)); /* mes dettes sont payées */
	}
	bool by_be = is_it(t, p);
	if (is(t, i, L_SPLENDID))
		return by_be || p == NEG_NONE || is(t, p, L_CA) || (t->role[p] & ~(uint32_t)(R_DET | R_DE | R_SUBJECT | R_OBJECT)) == 0;
	if (is(t, i, L_OK) && is_name(t, p))
		return true; /* santé ok, permis ok */
	return by_be || (is(t, p, L_IS) && is(t, i, L_SETTLED) && !is(t, i, L_GOOD) && (is_name(t, neg_before(t, p)) || is(t, neg_before(t, p), L_TOUT)));
}

/* Is a thing named?  Not in « un rendez-vous par mois, ça va » (that many are fine, no more), nor in « le car vient me chercher,
 * impec » (a whole clause). */
static bool is_a_thing(const neg_text *t, uint32_t first, uint32_t last)
{
	for (uint32_t i = first; i <= last; i++)
		if (plays(t, i, R_OBJECT) && !plays(t, i, R_DET) && !is(t, i, L_PRONOUN) && !(is(t, i, L_EN) && i < last && t->role[i + 1] == 0)) /* les démarches en ligne */
			return false;
	return !(is(t, first, L_UN) || is(t, first, L_SOME) || (is(t, first, L_AVEC) && is(t, neg_after(t, first), L_UN)));
}

/* « la santé ça va, la motivation aussi » */
static void as_well(neg_text *t, uint32_t i)
{
	uint32_t from = i + 1, k, words = 0;
	while (from < t->to && ((t->role[from] & (R_COMMA | R_MARK)) || is(t, from, L_ET)))
		from++;
	for (k = from; k < t->to && words < 6 && !(t->role[k] & (R_PUNCT | R_SUBJECT | R_AUX | R_CUE)) && !is(t, k, L_AS); words++)
		k++;
	if (words > 0 && from > i + 1 && is(t, k, L_AS) && neg_after(t, k) == NEG_NONE)
		neg_no_matter(t, i, i, from, k - 1, NEG_ANY);
}

bool neg_may_be_had(const uint32_t *role, uint32_t from, uint32_t to)
{
	for (uint32_t i = from + 1; i + 2 <= to; i++) /* j'ai le permis */
		if ((role[i] & R_AUX) && (role[i - 1] & R_SUBJECT) && (role[i + 1] & R_DET) && role[i + 2] == 0 && (i + 2 == to || (role[i + 3] & (R_PUNCT | R_BREAK | R_AND))))
			return true;
	for (uint32_t i = from + 2; i <= to; i++)
		if ((role[i] & R_AUX) && (role[i - 1] & R_OBJECT) && (role[i - 2] & (R_SUBJECT | R_OBJECT)) && (i + 1 >= to || ((role[i + 1] | role[i + 2]) & (R_PUNCT | R_BREAK | R_DET))))
			return true;
	return false;
}

/* « les offres, y en a », « des bus, y en a toutes les dix minutes »; but « des offres y en a, mais toutes à Lille » */
static void there_are(neg_text *t, uint32_t i, uint32_t y)
{
	uint32_t n = neg_after(t, i), last = i, first, end, links;
	if (is(t, n, L_TOUT) || is(t, n, L_INDEED)) { /* toutes les dix minutes */
		while (n != NEG_NONE && n < i + 5 && !is(t, n, L_MINUTES))
			n = neg_after(t, n);
		if (!is(t, n, L_MINUTES))
			return;
		last = n;
		n = neg_after(t, n);
	}
	if (t->question || (n != NEG_NONE && !plays(t, n, R_BREAK)) || !neg_named_before(t, y, &first, &end, &links))
		return;
	if (!neg_is_conceded(t, last) && !neg_names_trouble(t, first, end)) /* des problèmes de bus, y en a */
		neg_no_matter(t, y, last, first, end, NEG_GOODS);
}

/* « j'ai le permis et ma voiture », « j'ai internet »: whoever has it does not lack it; but « j'ai le bus à six heures » */
static void has_own(neg_text *t, uint32_t i)
{
	uint32_t who = neg_before(t, i), first = neg_after(t, i), n = first, last = NEG_NONE, before = neg_before(t, who);
	if (is(t, i, L_I_HAVE) && !is(t, who, L_I) && !plays(t, who, R_NE))
		before = who; /* « jai » */
	else if (!is(t, i, L_HAVE) || !(is(t, who, L_I) || is(t, who, L_ON)))
		return;
	if (t->question || plays(t, before, R_SI | R_QUE | R_QUAND | R_QUI))
		return;
	for (;;) {
		if (is(t, n, L_THE_ONE) || is(t, n, L_WHOSE) || is(t, n, L_UN))
			n = neg_after(t, n);
		if (!is(t, n, L_OWNED))
			break;
		last = n;
		n = neg_after(t, n);
		if (is(t, n, L_ET))
			n = neg_after(t, n);
		else if (n == NEG_NONE && last + 2 < t->to && (t->role[last + 1] & R_COMMA))
			n = last + 2;
		else
			break;
	}
	n = last == NEG_NONE ? i : neg_after(t, last);
	bool at_home = is(t, n, L_THERE) || is(t, n, L_DEPUIS) || (is(t, n, L_A) && is(t, neg_after(t, n), L_THE_ONE)); /* j'ai internet à la maison */
	if (last != NEG_NONE && (n == NEG_NONE || plays(t, n, R_BREAK | R_AND) || at_home) && !neg_taken_back(t, last))
		neg_no_matter(t, i, i, first, last, NEG_GOODS);
}

/* « le permis, je l'ai », « le boulot j'en ai un depuis lundi »: whoever has it does not lack it; but « Ma référente, je l'ai
 * depuis mars » just speaks of her */
void neg_had(neg_text *t, uint32_t i)
{
	uint32_t it = neg_before(t, i), who = neg_before(t, it), n = neg_after(t, i), last = i, first, end, links;
	has_own(t, i);
	while (is(t, n, L_DONE_BEFORE))
		n = neg_after(t, n);
	if (is(t, it, L_EN) && is(t, who, L_Y)) {
		there_are(t, i, who);
		return;
	}
	if (is(t, it, L_EN) && plays(t, t->from, R_DE) && (n == NEG_NONE || plays(t, n, R_BREAK)) && is(t, i, L_I_HAVE)) { /* du boulot j'en ai */
		there_are(t, i, who);
		return;
	}
	bool one = is(t, it, L_EN) && is(t, n, L_UN);
	if ((t->question && neg_clause_end(t, i) == NEG_NONE) || !(one || is(t, it, L_THE_ONE)) || !plays(t, who, R_SUBJECT))
		return;
	while (one && n != NEG_NONE && (is(t, n, L_UN) || is(t, n, L_NICE))) { /* j'en ai un bon */
		last = n;
		n = neg_after(t, n);
	}
	if ((n != NEG_NONE && !plays(t, n, R_BREAK) && !(one && is(t, n, L_DEPUIS))) || neg_taken_back(t, i))
		return;
	if (!neg_named_before(t, who, &first, &end, &links) || !is_a_thing(t, first, end))
		return;
	neg_no_matter(t, who, i, neg_list_before(t, first, end), end, NEG_GOODS);
	as_well(t, last);
}

/* Where the verdict at `i` begins, as far as it is of several words: « à jour », « rien à dire », « déjà fait ». */
static uint32_t begins(const neg_text *t, uint32_t i)
{
	if (is(t, i, L_SAY) && i >= t->from + 2)
		return i - 2;
	if (is_up_to(t, i))
		return i - 1;
	while (i > t->from && is(t, i - 1, L_REALLY))
		i--;
	return i;
}

/* « tout est à jour côté papiers », « tout est carré dans mon dossier » */
static bool all_of(neg_text *t, uint32_t i, uint32_t from)
{
	uint32_t be = neg_before(t, from), n = neg_after(t, i);
	if (!is(t, be, L_IS) || is(t, i, L_FAIT) || !is(t, neg_before(t, be), L_TOUT) || !is(t, n, L_TOWARDS) || is(t, neg_after(t, n), L_PRONOUN))
		return false;
	neg_no_matter(t, i, i, n, neg_phrase_end(t, n, 6), NEG_ANY);
	return true;
}

void neg_verdict(neg_text *t, uint32_t i)
{
	uint32_t first, end, links, from = begins(t, i);
	if (t->question || !is_verdict(t, i))
		return;
	if (all_of(t, i, from) || !says_no_more(t, i) || neg_taken_back(t, i))
		return;
	bool named = !is(t, i, L_HANDLES) && neg_named_before(t, from, &first, &end, &links) && is_a_thing(t, first, end);
	if (!named) {
		if (neg_topic(t, from, &first, &end) && is_a_thing(t, first, end))
			neg_no_matter(t, from, i, first, end, NEG_ANY);
		return;
	}
	/* « les sanctions, c'est facile » blames */
	neg_no_matter(t, from, i, neg_list_before(t, first, end), end, is(t, i, L_EASY) && is_it(t, neg_before(t, i)) ? NEG_GOODS : NEG_ANY);
	as_well(t, i);
}
