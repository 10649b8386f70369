/* SPDX-License-Identifier: Apache-2.0 */
/* topics.c - what is named first and denied behind: « les sanctions, moi, j'en ai jamais eu », « la honte, connais pas », « les préjugés
 * n'existent pas ici », « Radié, moi ? Jamais. » */
#include "negation.h"

#define is neg_is
#define plays neg_plays

bool neg_named_before(const neg_text *t, uint32_t i, uint32_t *first, uint32_t *last, uint32_t *links)
{
	uint32_t k = i;
	*links = 0;
	for (unsigned n = 0; k > t->from && n < 9; n++) {
		uint32_t r = t->role[k - 1];
		uint32_t en = neg_before(t, k - 1);
		bool of_it = (r & ~(R_MATTER | R_OPINION)) == 0 && (is(t, en, L_EN) || (is(t, en, L_Y) && r == 0 && !is(t, k - 1, L_MANAGE))) &&
		             (plays(t, neg_before(t, en), R_NE | R_SUBJECT | R_AUX) || plays(t, en, R_SUBJECT)); /* on n'en parle pas */
		if (!(r & (R_COMMA | R_MARK | R_NE | R_OBJECT | R_AUX | R_SUBJECT)) && !is(t, k - 1, L_LINK) && !is(t, k - 1, L_BETWEEN) && !of_it)
			break;
		*links |= r;
		k--;
	}
	if (k == t->from || (t->role[k - 1] & (R_STOP | R_BREAK | R_QUE | R_QUI | R_SECOND)))
		return false;
	*last = k - 1;
	for (unsigned words = 0; k > t->from; words++) {
		uint32_t r = t->role[k - 1];
		if (r & (R_COMMA | R_STOP | R_BREAK))
			break;
		/* la, nous, en: a noun's; « être mobile » is named as well */
		bool small = (r & (R_DET | R_DE | R_OBJECT)) || is(t, k - 1, L_INFINITIVE) || is(t, k - 1, L_ME);
		if ((r & (R_NE | R_SECOND | R_QUE | R_QUI | R_SI | R_SANS)) || (!small && (r & (R_SUBJECT | R_AUX))) || words > 7)
			return false;
		k--;
	}
	*first = k;
	return true;
}

/* What follows the word at `i` says that there was none: « jamais eu », « jamais. », « aucune » */
static bool ends_there(const neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i);
	while (is(t, n, L_BETWEEN) || is(t, n, L_HERE))
		n = neg_after(t, n);
	return n == NEG_NONE || is(t, n, L_KNOW) || plays(t, n, R_BREAK);
}

static bool is_denied(const neg_text *t, uint32_t i, uint32_t links)
{
	uint32_t r = t->role[i], p = neg_before(t, i), n = neg_after(t, i);
	for (uint32_t k = 0, q = p; k < 4 && q != NEG_NONE; k++, q = neg_before(t, q))
		if (is(t, q, L_EN))
			return true; /* j'en ai jamais eu */
	if (is(t, p, L_KNOW) || (is(t, p, L_BETWEEN) && is(t, neg_before(t, p), L_KNOW)))
		return true; /* connais pas, ça existe pas */
	if (is(t, n, L_KNOW) && plays(t, p, R_AUX | R_NE))
		return true; /* n'est jamais tombée */
	if (plays(t, n, R_DET) && is(t, neg_after(t, n), L_KNOW) && plays(t, p, R_AUX))
		return true; /* n'a pas sa place */
	return (links & R_COMMA) && !(links & (R_SUBJECT | R_AUX)) && (r & (R_JAMAIS | R_AUCUN | R_NON)) && ends_there(t, i) &&
	       !((r & R_NON) && is(t, t->from, L_INFINITIVE)); /* « remplir des cases, non »: they have to */
}

/* « J'avais honte avant, plus maintenant. » */
static bool no_longer(neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i);
	uint32_t p = neg_before(t, i);
	if ((t->role[i] & R_NON) && n == NEG_NONE && is(t, t->from, L_BEFOREHAND) && (is(t, p, L_HERE) || is(t, p, L_NOW) || is(t, p, L_ME))) {
		neg_add(t, (neg_cue){ .token = i, .last = i, .ne = i, .scope_first = t->from, .scope_last = p, .verb = i, .named = true });
		return true; /* avant on me jugeait, ici non */
	}
	if (!(t->role[i] & R_PLUS) || i == t->from || !(neg_behind_comma(t, i) || is(t, p, L_MAIS)))
		return false;
	while (is(t, n, L_NOW) || is(t, n, L_BETWEEN))
		n = neg_after(t, n);
	if (n != NEG_NONE || !(is(t, neg_after(t, i), L_NOW) || is(t, neg_after(t, i), L_DU)))
		return false;
	neg_add(t, (neg_cue){ .token = i, .last = i, .ne = i, .scope_first = t->from, .scope_last = i - 1, .verb = i, .named = true });
	return true;
}

/* « ils auraient pu me radier, ils l'ont pas fait » */
static bool spared(neg_text *t, uint32_t i)
{
	uint32_t have = neg_before(t, i), at = i, would = NEG_NONE;
	if (!is(t, neg_after(t, i), L_FAIT) || !plays(t, have, R_AUX) || !is(t, neg_before(t, have), L_TO_THE))
		return false;
	while (at > t->from && !(t->role[at] & (R_COMMA | R_STOP)))
		at--;
	for (uint32_t k = at; k-- > t->from && !(t->role[k] & (R_COMMA | R_STOP));)
		if (is(t, k, L_WOULD))
			would = k;
	if (would == NEG_NONE)
		return false;
	neg_add(t, (neg_cue){ .token = i, .last = i, .ne = i, .scope_first = would, .scope_last = at - 1, .verb = i, .named = true });
	return true;
}

void neg_find_topics(neg_text *t)
{
	for (uint32_t i = t->from; i <= t->to; i++) {
		uint32_t first, last, links;
		if (no_longer(t, i) || ((t->role[i] & R_PAS) && spared(t, i)))
			continue;
		if (!(t->role[i] & (R_PAS | R_JAMAIS | R_AUCUN | R_NON)) || neg_pseudo(t, i))
			continue;
		if (neg_named_before(t, i, &first, &last, &links) && is_denied(t, i, links))
			neg_add(t, (neg_cue){ .token = i, .last = i, .ne = i, .scope_first = first, .scope_last = last, .verb = i, .named = true });
	}
}

uint32_t neg_answer(neg_text *t, uint32_t from, uint32_t to, bool lack)
{
	uint32_t asked_from = t->from, asked_to = t->to, token = NEG_NONE;
	size_t before = t->count;
	for (uint32_t i = t->from; i <= t->to; i++)
		if ((t->role[i] & (R_CUE & ~(R_MATTER | R_SPARED))) || is(t, i, L_ASKING))
			return NEG_NONE;
	t->from = from;
	t->to = to;
	uint32_t i = from;
	while (i < to && ((t->role[i] & R_PUNCT) || is(t, i, L_WELL)))
		i++;
	if ((token = neg_waved_away(t, i)) != NEG_NONE) {
		; /* non merci */
	} else if ((token = neg_not_there(t, i)) != NEG_NONE) {
		; /* je n'y suis pas */
	} else if (lack) {
		token = neg_denied_matter(t);
	} else if ((t->role[i] & (R_NON | R_AUCUN | R_JAMAIS)) && !neg_pseudo(t, i)) {
		token = i;
	} else if ((t->role[i] & R_PLUS) && (is(t, neg_after(t, i), L_AFTER_NO_MORE) || plays(t, neg_after(t, i), R_JAMAIS | R_AUCUN))) {
		token = i; /* plus maintenant, plus du tout */
	} else {
		uint32_t n = is(t, i, L_KNOW) ? i : NEG_NONE;
		if (plays(t, neg_after(t, n), R_PAS)) /* connais pas */
			token = neg_after(t, n);
		else if (plays(t, i, R_DE) && is(t, to > i + 2 ? i + 3 : i, L_PAST))
			token = i + 3; /* de l'histoire ancienne */
		else if ((t->role[i] & R_PAS) && (is(t, neg_after(t, i), L_BETWEEN) || is(t, neg_after(t, i), L_HERE) || is(t, neg_after(t, i), L_KNOW)))
			token = i; /* pas du tout, pas ici, pas eu */
		else
			token = neg_denied_matter(t);
	}
	t->count = before;
	t->from = asked_from;
	t->to = asked_to;
	return token;
}
