/* SPDX-License-Identifier: Apache-2.0 */
/* governs.c - which cue governs a hit, and which polarity follows. */
#include "negation.h"

static bool has_opinion(const neg_text *t, const neg_cue *c, uint32_t to)
{
	bool says = false; /* « je ne peux pas dire qu'on m'ait mal reçue » */
	if (is(t, neg_after(t, c->token), L_COMME))
		return false; /* « ils ne me voient pas comme un assisté » */
	if (is(t, neg_verb_of(t, c->token), L_COPE) && is(t, neg_after(t, c->token), L_AVEC))
		return true; /* « je m'en sors pas avec la paperasse » */
	for (uint32_t i = to; i-- > c->verb;) {
		says |= is(t, i, L_SAY);
		if (i != c->token && (((t->role[i] & R_OPINION) && !(says && is(t, i, L_CAN))) ||
		                      (is(t, i, L_MANAGE) && !is(t, neg_before(t, i), L_IS) && !is(t, neg_before(t, neg_before(t, i)), L_IS))))
			return true;
	}
	return false;
}

bool neg_is_verbal(const neg_text *t, const aur_hit *hit)
{
	uint32_t first = t->role[hit->first_token];
	if (first & (R_OBJECT | R_SUBJECT | R_AUX))
		return true;
	if (hit->first_token == 0 || hit->first_token == t->from)
		return false;
	uint32_t before = t->role[hit->first_token - 1];
	if (before & (R_SUBJECT | R_AUX))
		return true;
	if ((before & R_OBJECT) && (before & R_DET)) /* les: « les juge » or « les sanctions »? */
		return hit->first_token - 1 > t->from && (t->role[hit->first_token - 2] & (R_SUBJECT | R_QUI | R_NE));
	return (before & R_OBJECT) || !(before & (R_DET | R_DE | R_COMMA | R_STOP | R_MARK | R_AND | R_POUR));
}

/* « on ne m'a pas parlé de ma radiation », « il ne cache pas son mépris »: a possessive says that the thing exists. */
static bool is_owned(const neg_text *t, const neg_cue *c, const aur_hit *hit)
{
	uint32_t whose = neg_before(t, hit->first_token), p = neg_before(t, whose);
	if (plays(t, p, R_DE) && c->token + 1 == p && plays(t, c->token, R_AUCUN | R_PAS))
		return false; /* aucun de mes papiers */
	for (uint32_t i = hit->first_token; i <= hit->last_token; i++)
		if (is(t, i, L_ABOUT))
			return false; /* « personne n'a ouvert mon dossier devant les autres »: the hit itself did not happen */
	return is(t, whose, L_WHOSE) && !plays(t, p, R_SUBJECT | R_SECOND | R_NE | R_QUI | R_QUE); /* « on ma jugé »: m'a */
}

/* « jamais je n'ai été autant humiliée », « rien de plus humiliant »: it did happen */
static bool is_most(const neg_text *t, const neg_cue *c, uint32_t first)
{
	uint32_t p = neg_before(t, first);
	for (uint32_t i = c->token + 1; i < first; i++)
		if (is(t, i, L_AS) && plays(t, i + 1, R_DE))
			return true; /* « jamais entendu autant de fois le mot assisté » */
	return p != c->token && (is(t, p, L_AS) || (plays(t, p, R_PLUS) && plays(t, c->token, R_PAS | R_RIEN)));
}

bool neg_is_burden(const neg_text *t, const aur_hit *hit)
{
	if (!(hit->flags & AUR_HIT_LACK_COUNTS))
		return true;
	for (uint32_t i = hit->first_token; i <= hit->last_token; i++)
		if (is(t, i, L_BURDEN))
			return true;
	return false;
}

/* « le frigo n'est jamais vide »: the cue is in the hit, before the word that makes it a burden */
static bool denies_within(const neg_text *t, const neg_cue *c, const aur_hit *hit)
{
	if (!(t->role[c->token] & (R_SECOND | R_SANS | R_NI)))
		return false;
	uint32_t i = c->token;
	for (unsigned n = 0; n < 3 && (i = neg_after(t, i)) != NEG_NONE && i <= hit->last_token; n++)
		if (is(t, i, L_BURDEN))
			return true;
	return false;
}

static bool governs(const neg_text *t, const neg_cue *c, const aur_hit *hit)
{
	bool lack = (hit->flags & AUR_HIT_LACK_COUNTS) != 0;
	if (c->until != 0 && hit->first_token >= c->until)
		return false;
	if (lack && !c->no_matter && (c->conditional || !neg_is_burden(t, hit)))
		return false; /* « pas de bus » asserts the theme */
	if (c->goods && !(hit->flags & AUR_HIT_LACK_COUNTS))
		return false; /* « je ne veux pas de sanction »: there are sanctions */
	if (c->whole && c->token == hit->first_token && hit->last_token <= c->scope_last)
		return true;
	if (c->no_matter && c->named && c->token > c->scope_last && hit->first_token >= c->scope_first && hit->first_token <= c->scope_last)
		return true; /* what was named is denied, even if the hit extends beyond it */
	if (c->token >= hit->first_token && c->token <= hit->last_token) /* the cue is in the hit: its entry expects the word, or the word got into a gap of the entry */
		return !c->conditional && (denies_within(t, c, hit) ||
		                           ((hit->flags & AUR_HIT_LOOSE) && (t->role[c->token] & (R_PAS | R_PLUS | R_JAMAIS | R_RIEN | R_NI))));
	if (c->ne < c->token && c->ne > hit->first_token && c->ne <= hit->last_token)
		return ((hit->flags & AUR_HIT_LOOSE) || is(t, hit->last_token, L_BURDEN)) && !c->conditional && !c->named; /* les gens du quartier ne me jugent … pas */
	if (c->named)
		return hit->first_token >= c->scope_first && hit->first_token <= c->scope_last;
	if (!c->conditional && is_owned(t, c, hit))
		return false;
	if (c->conditional)
		return hit->first_token >= c->scope_first && hit->first_token <= c->scope_last;
	if (hit->first_token > c->token)
		return hit->first_token <= c->scope_last && !has_opinion(t, c, hit->first_token) && !is_most(t, c, hit->first_token);
	/* The hit is before the cue. */
	if (c->ne < c->token)
		return hit->first_token > c->ne && !has_opinion(t, c, hit->first_token);
	if (!c->backwards || hit->first_token < c->scope_first)
		return false;
	for (uint32_t i = hit->last_token + 1; i < c->token; i++)
		if (!is(t, i, L_BETWEEN))
			return false;
	return c->token - hit->last_token <= 3 && (neg_is_verbal(t, hit) || is(t, hit->last_token, L_BURDEN)); /* leur site bugue pas */
}

/* « à condition de ne pas nous juger », « si on ne me juge pas »: the denial is part of the condition. */
static bool under(const neg_text *t, const neg_cue *condition, const neg_cue *denial)
{
	return condition->conditional && !denial->conditional && plays(t, condition->token, R_SI | R_COND) && condition->token < denial->ne &&
	       denial->token <= condition->scope_last;
}

/* The cue that governs a hit, or NULL.  A denial beats a condition, unless it is part of it; else the nearest cue wins. */
const neg_cue *neg_cue_of(const neg_text *t, const aur_hit *hit)
{
	const neg_cue *best = NULL;
	uint32_t best_far = UINT32_MAX;
	for (size_t i = 0; i < t->count; i++) {
		const neg_cue *c = &t->cues[i];
		if (!governs(t, c, hit))
			continue;
		uint32_t far = c->token < hit->first_token ? hit->first_token - c->token : c->token - hit->last_token;
		bool hangs = best != NULL && under(t, best, c);
		if (hangs || (best != NULL && under(t, c, best))) {
			if (!hangs) {
				best = c;
				best_far = far;
			}
			continue;
		}
		if (best == NULL || (best->conditional && !c->conditional) || (best->conditional == c->conditional && far < best_far)) {
			best = c;
			best_far = far;
		}
	}
	return best;
}

aur_status neg_say(const neg_text *t, uint32_t i, aur_polarity p, uint32_t cue_first, uint32_t cue_last, uint32_t first, uint32_t last)
{
	aur_status st = t->h->set_polarity(t->h, t->v, i, p, cue_first, cue_last, first, last);
	return st == AUR_E_NOMEM ? st : AUR_OK; /* refused: the entry has a polarity of its own */
}

aur_status neg_apply(neg_text *t, uint32_t i, const aur_hit *hit)
{
	const neg_cue *c = neg_cue_of(t, hit);
	if (c == NULL)
		return AUR_OK;
	uint32_t first = c->scope_first < t->from ? t->from : c->scope_first, last = c->scope_last;
	if (last < hit->last_token && hit->first_token <= last && !(hit->flags & AUR_HIT_LOOSE))
		last = hit->last_token;
	if (last < first)
		last = first;
	return neg_say(t, i, c->conditional ? AUR_CONDITIONAL : AUR_NEGATED, c->token, c->last, first, last);
}
