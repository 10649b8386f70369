/* SPDX-License-Identifier: Apache-2.0 */
/* named.c - what was named before its clause, « les sanctions » of « les sanctions, j'en ai jamais eu », or is named behind a word of
 * trouble, « aucun problème de bus »; and how a thing is said to be no matter: denied even where a lack of it would count. */
#include "negation.h"

/* If « ça fait longtemps que » and the like end right before `i`, as in « (France Travail), ça fait longtemps que (j'y suis plus)
 * »: where they begin, else NEG_NONE. */
static uint32_t since_when(const neg_text *t, uint32_t i)
{
	uint32_t k = i - 1;
	if (i < t->from + 4 || !plays(t, k, R_QUE) || !is(t, k - 1, L_LONG))
		return NEG_NONE;
	for (k--; k > t->from && k + 5 > i; k--)
		if (is(t, k, L_CA))
			return k;
	return NEG_NONE;
}

/* « un référent en plus », « un stage de plus » */
static bool is_extra(const neg_text *t, uint32_t i)
{
	return plays(t, i, R_PLUS) && i > t->from + 1 && (is(t, i - 1, L_EN) || plays(t, i - 1, R_DE));
}

/* Does the sentence begin with « pour ce qui est », « pour ce qui concerne », which ends at `i`? */
static bool introduces(const neg_text *t, uint32_t i)
{
	return i == t->from + 3 && is(t, t->from, L_POUR) && is(t, t->from + 1, L_IT) && plays(t, t->from + 2, R_QUI) && (is(t, i, L_IS) || plays(t, i, R_MATTER));
}

bool neg_named_before(const neg_text *t, uint32_t i, uint32_t *first, uint32_t *last, uint32_t *links)
{
	uint32_t k = i;
	*links = 0;
	if (i == NEG_NONE)
		return false;
	for (unsigned n = 0; k > t->from && n < 9; n++) {
		uint32_t r = t->role[k - 1];
		uint32_t en = neg_before(t, k - 1);
		bool of_it = (r & ~(R_MATTER | R_OPINION | R_REPORT)) == 0 && (is(t, en, L_EN) || (is(t, en, L_Y) && r == 0 && !is(t, k - 1, L_MANAGE))) &&
		             (plays(t, neg_before(t, en), R_NE | R_SUBJECT | R_AUX) || plays(t, en, R_SUBJECT)); /* on n'en parle pas */
		if (k > t->from + 1 && is(t, k - 1, L_PRONOUN) && is(t, k - 2, L_HERE)) { /* l'appli, chez moi elle marche */
			k -= 2;
			continue;
		}
		uint32_t since = since_when(t, k);
		if (since != NEG_NONE) {
			k = since;
			continue;
		}
		if (!is(t, k - 1, L_COLON) && !(r & (R_COMMA | R_MARK | R_NE | R_OBJECT | R_AUX | R_SUBJECT)) && !is(t, k - 1, L_LINK) && !is(t, k - 1, L_BETWEEN) && !is(t, k - 1, L_FRANKLY) && !of_it)
			break;
		*links |= r;
		k--;
	}
	if (k == t->from || (t->role[k - 1] & (R_STOP | (neg_is_noun(t, k - 1) ? 0 : R_BREAK) | R_QUE | R_QUI | (is_extra(t, k - 1) ? 0 : R_SECOND))))
		return false;
	*last = k - 1;
	for (unsigned words = 0; k > t->from; words++) {
		uint32_t r = t->role[k - 1];
		if (r & (R_COMMA | R_STOP | (neg_is_noun(t, k - 1) ? 0 : R_BREAK)))
			break;
		/* la, nous, en may belong to a noun; « être mobile » can be named as well */
		bool small = (r & (R_DET | R_DE | R_OBJECT)) || is(t, k - 1, L_INFINITIVE) || is(t, k - 1, L_PRONOUN) ||
		             (is(t, k - 1, L_A) && (plays(t, k, R_DET) || is(t, k, L_INFINITIVE))); /* le chantage à l'allocation */
		if (is_extra(t, k - 1)) {
			k--;
			continue;
		}
		if ((r & R_QUE) && words > 0 && is(t, neg_before(t, k - 1), L_REPORTS))
			break; /* la facilitatrice note que les bus (ne posent pas de problème) */
		if (k <= t->from + 4 && introduces(t, k - 1))
			break; /* pour ce qui est des papiers */
		if ((r & (R_NE | R_SECOND | R_QUE | R_QUI | R_SI | R_SANS)) || (!small && (r & (R_SUBJECT | R_AUX))) || words > 7)
			return false;
		k--;
	}
	*first = k;
	return true;
}

bool neg_topic(const neg_text *t, uint32_t i, uint32_t *first, uint32_t *last)
{
	uint32_t k = t->from;
	while (k < i && !is(t, k, L_TOUT) && !(t->role[k] & (R_PUNCT | R_NE | R_SECOND | R_QUE | R_QUI | R_SI | R_SANS | R_SUBJECT | R_AUX)))
		k++;
	bool aside = is(t, t->from, L_SIDE) && k > t->from + 1 && (plays(t, k, R_SUBJECT) || is(t, k, L_TOUT)); /* pour le trajet je …, avec la CAF tout … */
	if (k == t->from || k >= i || k > t->from + 5 || !((t->role[k] & R_COMMA) || aside))
		return false;
	*first = t->from;
	*last = k - 1;
	for (k++; k < i; k++)
		if ((t->role[k] & (R_NE | R_SECOND | R_SANS | R_STOP | R_SI | R_QUAND | R_NI)) || is(t, k, L_ILL) || is(t, k, L_SUFFERS) || is(t, k, L_MAIS))
			return false;
	return true;
}

uint32_t neg_list_before(const neg_text *t, uint32_t first, uint32_t end)
{
	bool summed = is(t, end, L_TOUT) || is(t, end + 2, L_TOUT);
	bool bare = first <= t->to && t->role[first] == 0; /* « permis, voiture, bus : pas mon souci » */
	for (uint32_t k = first; k > t->from + 1 && (t->role[k - 1] & R_COMMA);) {
		uint32_t from = k - 1, words = 0;
		for (; from > t->from && !(t->role[from - 1] & (R_PUNCT | R_SUBJECT | R_AUX | R_CUE | R_BREAK)); from--)
			words += t->role[from - 1] == 0;
		if (words == 0 || words > 3 || !(summed || plays(t, from, R_DET) || is(t, from, L_TOUT) || (bare && t->role[from] == 0)) || (from > t->from && !(t->role[from - 1] & R_COMMA)))
			break;
		first = k = from;
	}
	return first;
}

/* « si j'avais pas de problème de santé », « sans problème de transport je serais à l'heure »: an unreal condition, so there is a
 * problem */
static bool supposed(const neg_text *t, uint32_t token)
{
	for (uint32_t i = token; i-- > t->from && !(t->role[i] & (R_COMMA | R_STOP | R_BREAK));)
		if (is(t, i, L_IT) && i > t->from && !(t->role[i - 1] & (R_SI | R_QUE)) && i + 4 > token && !is(t, neg_after(t, i), L_WAS))
			return false; /* « si ça traîne c'est pas à cause de la CAF » */
		else if ((t->role[i] & R_SI) && !is(t, neg_before(t, i), L_WHETHER))
			return true;
	for (uint32_t i = token; (t->role[token] & R_SANS) && i <= t->to; i++)
		if (is(t, i, L_WOULD))
			return true;
	return false;
}

void neg_deny(neg_text *t, uint32_t token, uint32_t last, uint32_t scope_first, uint32_t scope_last)
{
	if (scope_first <= scope_last)
		neg_add(t, (neg_cue){ .token = token, .last = last, .ne = token, .scope_first = scope_first, .scope_last = scope_last, .verb = token, .named = true });
}

void neg_no_matter(neg_text *t, uint32_t token, uint32_t last, uint32_t scope_first, uint32_t scope_last, neg_what what)
{
	if (scope_first <= scope_last && !supposed(t, token))
		neg_add(t, (neg_cue){ .token = token, .last = last < token ? token : last, .ne = token, .scope_first = scope_first,
		                      .scope_last = scope_last, .verb = token, .named = true, .no_matter = true, .goods = what == NEG_GOODS });
}

/* Does the sentence begin with a clause that is the subject of the verb at `i`?  « qu'on m'entende (ne me gêne pas) », « raconter ma
 * vie devant eux (ne m'a pas gênée) » */
static bool clause_before(const neg_text *t, uint32_t i, uint32_t *first, uint32_t *last)
{
	uint32_t k = i;
	bool que = plays(t, t->from, R_QUE);
	if (i == NEG_NONE || !(que || (is(t, t->from, L_INFINITIVE) && plays(t, neg_after(t, i), R_AUX)))) /* « prendre le temps, ça … » may be a demand */
		return false;
	while (k > t->from && ((t->role[k - 1] & (R_COMMA | R_MARK | R_NE | R_OBJECT | R_AUX | R_SUBJECT)) || is(t, k - 1, L_LINK)))
		k--;
	*first = t->from;
	*last = k - 1;
	for (uint32_t j = t->from; j < k; j++)
		if (t->role[j] & (R_STOP | R_BREAK | R_COMMA | R_NE | R_SECOND | R_SANS | R_SI | (que ? 0 : R_SUBJECT)))
			return false;
	return k > t->from + 2;
}

bool neg_matter_before(neg_text *t, uint32_t token, uint32_t last, neg_what what)
{
	uint32_t first, end, links;
	if (!neg_named_before(t, token, &first, &end, &links)) {
		if (!clause_before(t, token, &first, &end))
			return false;
		/* not where a lack counts: « que les bus passent plus tard, … » is a demand */
		neg_deny(t, token, last, first, end);
		return true;
	}
	neg_no_matter(t, token, last, neg_list_before(t, first, end), end, what);
	return true;
}

void neg_whole(neg_text *t, uint32_t token, uint32_t last)
{
	size_t before = t->count;
	neg_no_matter(t, token, token, token + 1, last, NEG_ANY);
	if (t->count > before)
		t->cues[before].whole = true;
}

void neg_aside(neg_text *t, uint32_t token, uint32_t last, uint32_t from, uint32_t words, neg_what what)
{
	size_t before = t->count;
	uint32_t end = neg_scope_end(t, from, from, (neg_reach){ .words = words, .through_que = plays(t, from, R_QUE) });
	neg_no_matter(t, token, last, from, end, what);
	if (t->count > before)
		t->cues[before].whole = true;
}

/* « pas un seul jour sans galère »: there is one every day */
static bool never_without(const neg_text *t, uint32_t sans)
{
	uint32_t p = neg_before(t, neg_before(t, sans));
	if (!is(t, neg_before(t, sans), L_EACH_TIME))
		return false;
	while (is(t, p, L_UN) || is(t, p, L_ONE) || is(t, p, L_ALONE))
		p = neg_before(t, p);
	return plays(t, p, R_PAS);
}

uint32_t neg_denied_by(const neg_text *t, uint32_t i, unsigned words)
{
	bool ne = false;
	uint32_t found = NEG_NONE;
	for (unsigned n = 0; n < words && (i = neg_before(t, i)) != NEG_NONE; n++) {
		uint32_t r = t->role[i];
		if (r & R_NE)
			ne = true;
		else if (found != NEG_NONE)
			break;
		else if ((r & (R_PAS | R_JAMAIS | R_AUCUN | R_RIEN | R_PERSONNE | R_SANS | R_NI)) && !is(t, neg_before(t, i), L_BEFORE_PAS))
			found = i;
		else if ((r & R_PLUS) && neg_says_no_more(t, i))
			found = i;
		else if (!(r & (R_DE | R_DET | R_OBJECT | R_AUX)) && !is(t, i, L_LIGHT) && !(ne && is(t, i, L_PRESENT)))
			break; /* aucun participant ne se plaint */
	}
	return plays(t, found, R_SANS) && never_without(t, found) ? NEG_NONE : found;
}

uint32_t neg_denied_verb(const neg_text *t, uint32_t i)
{
	uint32_t n = i;
	for (unsigned k = 0; k < 3 && (n = neg_after(t, n)) != NEG_NONE; k++) {
		if (plays(t, n, R_PAS | R_JAMAIS | R_RIEN) || (plays(t, n, R_PLUS) && neg_no_more(t, n, true)))
			return n;
		if (!is(t, n, L_LIGHT) && !is(t, n, L_BETWEEN))
			break;
	}
	return NEG_NONE;
}

bool neg_matter_behind(neg_text *t, uint32_t token, uint32_t i, uint32_t words)
{
	uint32_t n = neg_after(t, i);
	if (n == NEG_NONE && i + 2 <= t->to && (t->role[i + 1] & R_COMMA) && is(t, i + 2, L_SIDE))
		n = i + 2; /* aucun souci, niveau bus */
	if (n != NEG_NONE && t->role[n] == 0 && !is(t, n, L_TOWARDS) && (plays(t, neg_after(t, n), R_DE) || is(t, neg_after(t, n), L_TOWARDS)))
		n = neg_after(t, n); /* aucun problème particulier avec … */
	if (is(t, n, L_DU) && is(t, neg_after(t, n), L_TOUT))
		n = neg_after(t, neg_after(t, n)); /* pas perdue du tout avec … */
	uint32_t noun = neg_before(t, i) == token || plays(t, neg_before(t, i), R_DE) ? n : NEG_NONE;
	if (noun != NEG_NONE && t->role[noun] == 0 && is(t, i, L_PROBLEM) && (neg_after(t, noun) == NEG_NONE || is(t, neg_after(t, noun), L_RAISE)))
		neg_no_matter(t, token, i, noun, noun, NEG_ANY); /* pas de frein mobilité identifié; but « aucun problème rencontré » names nothing */
	uint32_t what = neg_after(t, n);
	if ((!plays(t, n, R_DE) && !is(t, n, L_TOWARDS)) || is(t, what, L_PRONOUN) || (is(t, what, L_THIS) && is(t, neg_after(t, what), L_THIS_SIDE)))
		return false; /* pour moi, de ce côté */
	uint32_t last = neg_phrase_end(t, n, words), verb = neg_after(t, n);
	if ((is(t, verb, L_TO_ME) || is(t, verb, L_TO_HIM)) && is(t, neg_after(t, verb), L_INFINITIVE) && neg_of_others(t, neg_verb_of(t, token)))
		return true; /* « ils n'ont aucun mal à nous couper les vivres »: not ours */
	while (plays(t, verb, R_OBJECT))
		verb = neg_after(t, verb);
	if (is(t, verb, L_INFINITIVE) && !is(t, verb, L_BE) && verb < last)
		last = verb; /* « aucun mal à me déplacer »; « à trouver une formation » is about the noun */
	neg_no_matter(t, token, i, i, last, NEG_ANY);
	return true;
}

bool neg_is_conceded(const neg_text *t, uint32_t i)
{
	while (++i <= t->to)
		if (is(t, i, L_MAIS))
			return true;
	return false;
}

bool neg_names_trouble(const neg_text *t, uint32_t first, uint32_t last)
{
	for (uint32_t i = first; i <= last; i++)
		if (is(t, i, L_PROBLEM) || is(t, i, L_BURDEN) || is(t, i, L_BAD))
			return true;
	return false;
}
