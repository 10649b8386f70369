/* SPDX-License-Identifier: Apache-2.0 */
/* leaning.c - hits whose polarity follows from that of another hit of their theme.  A hit « leans » (AUR_HIT_LEANS) if alone it is
 * not enough for its theme. */
#include "negation.h"
#include <string.h>

enum { LEANING = 200 }; /* hits of a theme in a contribution that are compared with each other: bounds the quadratic cost */

/* Is the hit among the first LEANING of its theme, and are there not more?  Counted per theme, so that a lexicon does not affect
 * another. */
static bool is_few(const neg_hits *x, const neg_hit *hit)
{
	return hit->nth < LEANING && x->of_theme[hit->theme] < LEANING;
}

/* « Aucun problème pour me déplacer, j'habite au centre »: « habite » was about mobility only because of the other hit, which is
 * denied.  Returns the denied hit that the leaning hit `i` depends on, or NULL if other hits of the theme support it. */
static const neg_hit *leans_on(const neg_hits *hits, const neg_hit *i)
{
	const neg_hit *denied = NULL;
	for (size_t k = 0; k < hits->count; k++) {
		const neg_hit *x = &hits->open[k];
		bool leans = (x->hit.flags & AUR_HIT_LEANS) != 0;
		if (x->theme != i->theme || x->nth >= LEANING || x == i || (leans && x->hit.label == i->hit.label))
			continue;
		if (x->hit.polarity != AUR_NEGATED) {
			if (leans)
				continue; /* alone it does not say more than hit i */
			return NULL;
		}
		if (!leans)
			denied = x;
	}
	return denied;
}

/* Is there another leaning hit of the theme, from another entry, that is not denied?  Then the two together may be enough. */
static bool hits_lean_together(const neg_hits *hits, const neg_hit *i)
{
	for (size_t k = 0; k < hits->count; k++) {
		const neg_hit *x = &hits->open[k];
		if (x->theme == i->theme && x->nth < LEANING && x != i && (x->hit.flags & AUR_HIT_LEANS) && x->hit.polarity != AUR_NEGATED &&
		    x->hit.label != i->hit.label)
			return true;
	}
	return false;
}

aur_status neg_deny_leaning(const aur_host *h, const aur_view *v, const neg_hits *hits)
{
	bool leaning = false, denied = false;
	for (size_t i = 0; i < hits->count; i++) {
		neg_hit *x = &hits->open[i];
		aur_status st = h->hit_at(h, v, x->number, &x->hit);
		if (st < 0)
			return st;
		denied |= x->hit.polarity == AUR_NEGATED;
		leaning |= (x->hit.flags & AUR_HIT_LEANS) && x->hit.polarity != AUR_NEGATED;
	}
	for (size_t i = 0; i < hits->count && leaning && denied; i++) {
		const neg_hit *x = &hits->open[i];
		if (x->nth >= LEANING || !(x->hit.flags & AUR_HIT_LEANS) || x->hit.polarity == AUR_NEGATED)
			continue;
		const neg_hit *on = leans_on(hits, x);
		if (on == NULL ||
		    (hits_lean_together(hits, x) && (x->hit.first_token < on->hit.scope_first || x->hit.last_token > on->hit.scope_last)))
			continue;
		aur_status st = h->set_polarity(h, v, x->number, AUR_NEGATED, on->hit.cue_first, on->hit.cue_last, on->hit.scope_first,
		                                on->hit.scope_last);
		if (st == AUR_E_NOMEM)
			return st;
	}
	return AUR_OK;
}

/* « Aucun souci avec internet, j'ai la fibre »: having the thing explains why it is no matter. */
static bool is_had(const neg_text *t, const aur_hit *hit)
{
	uint32_t p = neg_before(t, hit->first_token);
	if (plays(t, p, R_DET) && !plays(t, p, R_AUX))
		p = neg_before(t, p);
	return is(t, p, L_HAVE) && (plays(t, p, R_SUBJECT) || plays(t, neg_before(t, p), R_SUBJECT)) &&
	       !plays(t, neg_before(t, neg_before(t, p)), R_SECOND | R_NE);
}

/* « le loyer ça va, je suis hébergé chez mes parents », « ma mobilité est réglée : vélo et bus »: what stands behind the comma
 * explains it, if nothing in it is bad */
static bool is_explained(const neg_text *t, const aur_hit *hit, const neg_cue *c)
{
	uint32_t last = c->last > c->scope_last ? c->last : c->scope_last;
	if (hit->first_token <= last || c->token <= c->scope_last) /* « pas de souci de bus, je covoiture » names another thing */
		return false;
	for (uint32_t i = last + 1; i <= t->to; i++) {
		bool inside = i >= hit->first_token && i <= hit->last_token;
		if ((t->role[i] & (R_NE | R_SECOND | R_SANS | R_NI | R_SI | R_QUAND)) || is(t, i, L_MAIS) || is(t, i, L_ILL) || is(t, i, L_SUFFERS) || is(t, i, L_WISH) || is(t, i, L_BESOIN) || is(t, i, L_WANT) ||
		    is(t, i, L_C_EST) || is(t, i, L_RESERVATION) || (inside && is(t, i, L_BURDEN)))
			return false;
	}
	return true;
}

aur_status neg_deny_had(neg_text *t, const neg_hit *hits, size_t count)
{
	aur_status st = AUR_OK;
	const neg_cue *matter = NULL;
	for (size_t k = 0; k < t->count; k++)
		if (t->cues[k].no_matter && !t->cues[k].goods)
			matter = &t->cues[k];
	for (size_t i = 0; i < count && matter != NULL && st >= 0; i++) {
		const aur_hit *x = &hits[i].hit;
		if (hits[i].nth >= LEANING || !(x->flags & (AUR_HIT_LACK_COUNTS | AUR_HIT_LEANS)) || neg_cue_of(t, x) != NULL)
			continue;
		for (size_t k = 0; k < count; k++) {
			const neg_cue *c = k != i && hits[k].theme == hits[i].theme && hits[k].nth < LEANING ? neg_cue_of(t, &hits[k].hit) : NULL;
			if (c == NULL || !c->no_matter || c->goods || !(((x->flags & AUR_HIT_LACK_COUNTS) && is_had(t, x)) || is_explained(t, x, c)))
				continue;
			st = neg_say(t, hits[i].number, AUR_NEGATED, c->token, c->last, x->first_token, x->last_token);
			break;
		}
	}
	return st;
}

/* Hit i with its current polarity; as asserted if its theme has too many hits. */
static aur_status said_by_now(const aur_host *h, const aur_view *v, const neg_hits *hits, size_t i, aur_hit *out)
{
	*out = (aur_hit){ .size = sizeof(*out), .polarity = AUR_ASSERTED };
	return is_few(hits, &hits->all[i]) ? h->hit_at(h, v, hits->all[i].number, out) : AUR_OK;
}

/* Is it another hit of the same theme? */
static bool is_another_of(const neg_hit *a, const neg_hit *b)
{
	return a->theme == b->theme && a->number != b->number;
}

/* « pas de loyer en retard »: what another entry of the same theme found within a denied hit is denied as well. */
aur_status neg_deny_within(const aur_host *h, const aur_view *v, const neg_hits *hits)
{
	for (size_t i = 0; i < hits->all_count; i++) {
		aur_hit x;
		aur_status st = said_by_now(h, v, hits, i, &x);
		if (st < 0)
			return st;
		if (x.polarity != AUR_NEGATED || x.first_token == x.last_token)
			continue;
		uint32_t reach = (x.flags & AUR_HIT_FIXED_POLARITY) ? x.last_token : x.scope_last; /* « pas laissé m'expliquer avant de me radier » */
		for (size_t k = 0; k < hits->count && hits->open[k].hit.first_token <= x.last_token; k++) {
			const neg_hit *other = &hits->open[k];
			const aur_hit *y = &other->hit;
			bool within = y->first_token >= x.first_token && y->last_token <= x.last_token && y->first_token <= reach;
			bool around = y->first_token <= x.first_token && y->last_token >= x.last_token && (y->flags & AUR_HIT_LOOSE);
			aur_hit in = { .size = sizeof(in) };
			if (!is_another_of(other, &hits->all[i]) || !(within || around))
				continue;
			st = h->hit_at(h, v, other->number, &in);
			if (st < 0)
				return st;
			if (in.polarity == AUR_NEGATED)
				continue;
			st = h->set_polarity(h, v, other->number, AUR_NEGATED, x.first_token, x.last_token, x.first_token, x.last_token);
			if (st == AUR_E_NOMEM)
				return st;
		}
	}
	return AUR_OK;
}

/* Are both in one sentence, with no « car », « si », « que » between them, and no « mais » between or after them? */
static bool is_beside(const neg_text *t, uint32_t a, uint32_t b)
{
	uint32_t from = a < b ? a : b, to = a < b ? b : a;
	const aur_view *v = t->v;
	for (uint32_t i = from; i < to; i++)
		if ((v->flags[i] & AUR_TOK_SENTENCE_END) || (v->number[i] & (R_BREAK | R_SI | R_QUE)))
			return false;
	for (uint32_t i = to; i < v->token_count && i < to + NEG_AHEAD && !(v->flags[i] & AUR_TOK_SENTENCE_END); i++)
		if ((v->number[i] & R_BREAK) && is(t, i, L_MAIS))
			return false;
	return true;
}

/* Does the hit only name the thing?  Not in « plus de bus », « trop de cases », « on se serre les coudes », which say something
 * about it. */
static bool is_merely_named(neg_text *t, const aur_hit *hit)
{
	t->from = hit->first_token;
	while (t->from > 0 && hit->first_token - t->from < NEG_SENTENCE && !(t->v->flags[t->from - 1] & AUR_TOK_SENTENCE_END))
		t->from--;
	t->to = hit->last_token;
	for (uint32_t i = hit->first_token; i <= hit->last_token; i++)
		if ((t->role[i] & (R_SECOND | R_SANS | R_NE | R_NI)) || is(t, i, L_ILL))
			return false;
	uint32_t p = neg_before(t, hit->first_token);
	return !is(t, p, L_ILL) && (plays(t, p, R_SECOND | R_SANS | R_NI) || !neg_is_verbal(t, hit));
}

/* « Les voisins de bureau n'entendent pas »: is `hit` the subject of `verb`? */
static bool is_subject(const aur_view *v, const aur_hit *hit, const aur_hit *verb)
{
	if (hit->last_token >= verb->first_token || verb->first_token - hit->last_token > 4)
		return false;
	for (uint32_t i = hit->last_token + 1; i < verb->first_token; i++)
		if (v->number[i] & (R_PUNCT | R_AND | R_POUR | R_QUI | R_DE | R_SUBJECT))
			return false;
	return true;
}

/* « aucune lourdeur : un formulaire, une signature », « pas de stress, pas de médicament », « côté argent, je m'en sors »: one
 * hit is denied; hits beside it that only name a thing of the same theme are then denied as well. */
aur_status neg_deny_named(neg_text *t, const neg_hits *hits)
{
	const aur_host *h = t->h;
	const aur_view *v = t->v;
	for (size_t i = 0; i < hits->all_count; i++) {
		aur_hit x;
		aur_status st = said_by_now(h, v, hits, i, &x);
		if (st < 0)
			return st;
		if (x.polarity != AUR_NEGATED || (x.flags & (AUR_HIT_LACK_COUNTS | AUR_HIT_LEANS)))
			continue;
		for (size_t k = 0; k < hits->count; k++) {
			const neg_hit *other = &hits->open[k];
			aur_hit y = other->hit;
			bool thing = (y.flags & (AUR_HIT_LACK_COUNTS | AUR_HIT_LEANS)) != 0;
			if (!is_another_of(other, &hits->all[i]) || !(thing || is_subject(v, &y, &x)) ||
			    !is_beside(t, x.first_token, y.first_token) || !is_merely_named(t, &y))
				continue;
			if ((st = h->hit_at(h, v, other->number, &y)) < 0)
				return st;
			if (y.polarity == AUR_ASSERTED)
				st = neg_say(t, other->number, AUR_NEGATED, x.first_token, x.last_token, y.first_token, y.last_token);
			if (st < 0)
				return st;
		}
	}
	return AUR_OK;
}
