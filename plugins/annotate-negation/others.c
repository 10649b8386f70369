/* SPDX-License-Identifier: Apache-2.0 */
/* others.c - what befalls others, or is told of them, and not the speaker: « y en a qui se sentent jugés, pas moi », « on dit qu'on
 * se sent seul, ben pas moi », « d'autres attendent des mois, moi ça va ».  But « les autres ont le permis, pas moi » is a lack. */
#include "negation.h"

/* moi, nous, chez moi, ici, le mien */
static uint32_t behind_me(const neg_text *t, uint32_t i)
{
	if (is(t, i, L_AT) || is(t, i, L_POUR))
		return is(t, i + 1, L_PRONOUN) && i < t->to ? i + 2 : NEG_NONE;
	if (plays(t, i, R_DET) && i < t->to && is(t, i + 1, L_MY))
		return i + 2;
	if ((is(t, i, L_PRONOUN) && !is(t, i, L_CA) && !is(t, i, L_HE)) || is(t, i, L_HERE))
		return i + 1;
	return NEG_NONE;
}

static bool ends(const neg_text *t, uint32_t i)
{
	return i > t->to || (t->role[i] & (R_PUNCT | R_BREAK | R_AND));
}

/* « pas moi », « pas chez nous » */
static bool is_bare_not_me(const neg_text *t, uint32_t i, uint32_t *last)
{
	if (!plays(t, i, R_PAS) || i >= t->to || is(t, i + 1, L_POUR))
		return false;
	uint32_t then = behind_me(t, i + 1);
	*last = then - 1;
	return then != NEG_NONE && ends(t, then);
}

/* « (moi) non », « (chez nous) jamais », « (nous) si », « (moi) pas du tout »; *but: the speaker has what others lack */
static bool is_bare_no(const neg_text *t, uint32_t i, uint32_t *last, bool *but)
{
	if (plays(t, i, R_NON | R_JAMAIS | R_SI) && ends(t, i + 1)) {
		*last = i;
		*but = plays(t, i, R_SI);
		return true;
	}
	*last = i + 2;
	return i + 2 <= t->to && plays(t, i, R_PAS) && is(t, i + 1, L_DU) && is(t, i + 2, L_TOUT) && ends(t, i + 3);
}

/* Does the « pas » or « jamais » at `k` say that the speaker knows no such thing?  me: the clause begins with « moi ». */
static bool denies_for_me(const neg_text *t, uint32_t k, bool me, uint32_t *last)
{
	uint32_t n = k + 1, then = n;
	while (then < t->to && (is(t, then, L_BETWEEN) || is(t, then, L_HAD) || is(t, then, L_MET_WITH) || is(t, then, L_WHOSE) || (plays(t, then, R_DE | R_DET) && !ends(t, then + 1))))
		then++;
	*last = then > t->to ? t->to : then;
	if (is(t, then, L_CAS) && ends(t, then + 1))
		return true; /* c'est pas mon cas */
	if ((is(t, then, L_PROBLEM) || is(t, then, L_CA) || is(t, then, L_THERE)) && ends(t, then + 1))
		return me || is(t, k - 1, L_AM); /* j'en suis pas là, moi j'ai pas ça */
	*last = k;
	if (me && ends(t, n) && (is(t, k - 1, L_FOUND) || is(t, k - 1, L_KNOWS)))
		return true; /* moi je trouve pas */
	*last = n;
	if (is(t, n, L_FOUND) && ends(t, n + 1) && plays(t, k - 1, R_AUX))
		return true; /* j'ai pas trouvé */
	*last = n + 1;
	return is(t, n, L_HAD) && n < t->to && is(t, n + 1, L_RIGHT) && is(t, k - 2, L_Y); /* j'y ai pas eu droit */
}

/* Does the clause end at `k`, after « moi », by saying that it is otherwise, or that all is well? */
static bool is_otherwise(const neg_text *t, uint32_t me, uint32_t k)
{
	if (!ends(t, k + 1))
		return false;
	if (is(t, k, L_CONTRARY) || is(t, k, L_FALSE))
		return true; /* moi c'est l'inverse */
	if (k == me)
		return false;
	bool ca = is(t, k - 1, L_CA);
	return (is(t, k, L_FINE) && ca) || /* moi ça va */
	       (is(t, k, L_PLEASES) && (ca || (is(t, k - 1, L_TO_ME) && is(t, k - 2, L_CA)))) || /* moi ça me va */
	       (is(t, k, L_RUNS) && plays(t, k - 1, R_SUBJECT)); /* moi je gère */
}

/* Does the clause that begins at `i` say that the speaker knows no such thing?  *last: its last word; *but: the speaker has what
 * others lack, « nous si » */
static bool not_me(const neg_text *t, uint32_t i, uint32_t *last, bool *but)
{
	*but = false;
	while (i < t->to && (is(t, i, L_INTERJECTION) || is(t, i, L_MAIS) || is(t, i, L_ET) || (t->role[i] & (R_COMMA | R_MARK))) && !is(t, i, L_PRONOUN))
		i++;
	if (is_bare_not_me(t, i, last))
		return true;
	bool twice = is(t, i, L_PRONOUN) && i < t->to && is(t, i + 1, L_PRONOUN) && !is(t, i + 1, L_CA); /* nous, nous */
	uint32_t then = twice ? i + 2 : behind_me(t, i);
	if (then == NEG_NONE || is(t, i, L_POUR))
		then = i;
	bool me = then > i;
	while (me && then < t->to && (t->role[then] & R_COMMA))
		then++;
	if (me && is_bare_no(t, then, last, but))
		return true;
	for (uint32_t k = then; k <= t->to && k < then + 7 && !(t->role[k] & (R_STOP | R_BREAK | R_COMMA)); k++) {
		if (plays(t, k, R_PAS | R_JAMAIS) && k > then)
			return denies_for_me(t, k, me, last);
		*last = k;
		if (me && is_otherwise(t, then, k))
			return true;
	}
	return false;
}

/* Does [from, to) tell of others, or what is said?  *suffers: something is wrong there */
static bool of_others(const neg_text *t, uint32_t from, uint32_t to, bool *suffers)
{
	bool others = false;
	*suffers = false;
	for (uint32_t i = from; i < to; i++) {
		if (is(t, i, L_EN) && is(t, i - 1, L_S) && i > from)
			return false; /* « les autres s'en balancent, pas moi » */
		others |= is(t, i, L_OTHER_PEOPLE) || (is(t, i, L_MONDE) && i > from + 1 && is(t, i - 2, L_TOUT)) ||
		          (plays(t, i, R_QUI | R_QUE) && i > from + 1 && is(t, i - 2, L_EN)) ||
		          (plays(t, i, R_QUI) && is(t, from, L_IT) && !is(t, i - 1, L_PRONOUN));
		*suffers |= is(t, i, L_SUFFERS);
		if (is(t, i, L_PRONOUN) && !is(t, i, L_THEY) && !is(t, i, L_CA) && i + 1 == to)
			return false;
	}
	return others;
}

static void denies(neg_text *t, uint32_t token, uint32_t last, uint32_t to, bool but)
{
	bool suffers;
	if (to <= t->from || !of_others(t, t->from, to, &suffers) || (but && !suffers))
		return;
	neg_add(t, (neg_cue){ .token = token, .last = last < token ? token : last, .ne = token, .scope_first = t->from, .scope_last = to - 1, .verb = token, .named = true,
	                      .no_matter = suffers, .goods = but });
}

void neg_find_others(neg_text *t)
{
	uint32_t last;
	bool but;
	for (uint32_t i = t->from + 3; i <= t->to && !t->question; i++)
		if (((t->role[i - 1] & (R_COMMA | R_STOP)) || (is(t, i, L_INTERJECTION) && plays(t, i + 1, R_PAS))) && not_me(t, i, &last, &but)) {
			denies(t, i, last, (t->role[i - 1] & (R_COMMA | R_STOP)) ? i - 1 : i, but);
			return;
		}
}

void neg_not_me_then(neg_text *t, uint32_t from, uint32_t to)
{
	uint32_t asked_to = t->to, last;
	bool but, said;
	t->to = to;
	said = not_me(t, from, &last, &but);
	t->to = asked_to;
	for (uint32_t k = last; said && k < to && k < last + 7; k++) /* « Moi non, mais j'ai peur » */
		said = !is(t, k, L_FEAR);
	if (said && !t->question && !is(t, to, L_ASK))
		denies(t, from, last, asked_to + 1, but);
}
