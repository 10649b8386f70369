/* SPDX-License-Identifier: Apache-2.0 */
/* cues.c - the cues of a sentence and how far each reaches.  The rules are those by which a French reader ends a negation: at the end
 * of the clause, at « mais », at a new subject; and the turns that look like one and are none. */
#include "negation.h"
#include <stdlib.h>
#include <string.h>

#define NONE UINT32_MAX
#define R_PUNCT (R_COMMA | R_STOP | R_MARK)

static uint32_t role(const neg_text *t, uint32_t i)
{
	return i != NONE && i >= t->from && i <= t->to ? t->role[i] : R_STOP;
}

/* The word before, past marks that end nothing; NONE at the beginning of a sentence or behind punctuation that ends something. */
static uint32_t before(const neg_text *t, uint32_t i)
{
	while (i > t->from) {
		if (!(t->role[--i] & R_PUNCT))
			return i;
		if (t->role[i] & (R_COMMA | R_STOP))
			return NONE;
	}
	return NONE;
}

static uint32_t after(const neg_text *t, uint32_t i)
{
	while (i < t->to) {
		if (!(t->role[++i] & R_PUNCT))
			return i;
		if (t->role[i] & (R_COMMA | R_STOP))
			return NONE;
	}
	return NONE;
}

static bool is(const neg_text *t, uint32_t i, neg_list list)
{
	return i != NONE && neg_is(t, i, list);
}

static bool behind_comma(const neg_text *t, uint32_t i)
{
	while (i > t->from && (t->role[i - 1] & R_MARK))
		i--;
	return i > t->from && (t->role[i - 1] & R_COMMA);
}

/* ---- how far a cue reaches ---- */

typedef struct reach {
	uint32_t words;  /* at most */
	bool through_que, through_qui; /* goes on into the clause that que, qui opens */
	bool through_subject;          /* said of a clause that is still to come */
} reach;

static uint32_t scope_end(const neg_text *t, uint32_t i, uint32_t verb, reach how)
{
	uint32_t last = i, words = 0;
	for (uint32_t j = i + 1; j <= t->to; j++) {
		uint32_t r = t->role[j], next = role(t, j + 1);
		if (r & R_MARK)
			continue;
		if (r & R_COMMA) {
			if (next & (R_DE | R_NI) && !(next & R_STOP)) /* pas de jugement, de pression */
				continue;
			break;
		}
		if (r & (R_STOP | R_BREAK | R_QUAND))
			break;
		if ((r & R_SI) && next & (R_SUBJECT | R_DET | R_OBJECT))
			break;
		if ((r & R_QUI) && !how.through_qui)
			break;
		if ((r & R_QUE) && !how.through_que) {
			bool report = false;
			for (uint32_t k = verb; k < j; k++)
				report |= (t->role[k] & (R_REPORT | R_OPINION)) == R_REPORT;
			if (!report)
				break;
		}
		if ((r & R_AND) && next & (R_SUBJECT | R_NE | R_BREAK))
			break;
		if ((r & R_SUBJECT) && j > i + 1 && !how.through_subject && !(role(t, j - 1) & (R_QUE | R_QUI)))
			break;
		if (++words > how.words)
			break;
		last = j;
	}
	return last;
}

static void add(neg_text *t, neg_cue c)
{
	if (t->count == t->cap) {
		size_t cap = t->cap ? t->cap * 2 : 16;
		neg_cue *v = realloc(t->cues, cap * sizeof(*v));
		if (v == NULL) {
			t->no_memory = true;
			return;
		}
		t->cues = v;
		t->cap = cap;
	}
	t->cues[t->count++] = c;
}

/* ---- what only looks like a negation ---- */

/* « que plus personne ne soit sanctionné », « pour qu'on ne nous juge plus »: a wish, so the thing is there. */
static bool is_wish(const neg_text *t, uint32_t i)
{
	uint32_t at = i, p;
	for (unsigned n = 0; n < 8 && (p = before(t, at)) != NONE; n++) {
		at = p;
		if (t->role[at] & R_BREAK)
			return false;
		if (t->role[at] & R_QUE) {
			uint32_t q = before(t, at);
			return q == NONE ? !behind_comma(t, at) || at == t->from : (t->role[q] & R_POUR) != 0;
		}
	}
	return false;
}

static bool is_pseudo(const neg_text *t, uint32_t i)
{
	uint32_t r = t->role[i], p = before(t, i), n = after(t, i), n2 = n == NONE ? NONE : after(t, n);
	if (r & R_PAS) {
		if (is(t, i, L_POINT) && (p == NONE || t->role[p] & (R_DET | R_DE)))
			return true; /* un point, au point de */
		if (is(t, i, L_PA) && p != NONE && (t->role[p] & R_DET))
			return true;
		if (is(t, p, L_BEFORE_PAS))
			return true; /* pourquoi pas, n'est-ce pas, un pas */
		if (n != NONE && (t->role[n] & R_QUE)) { /* « il n'y a pas que ça », but « je ne pense pas qu'on » */
			for (uint32_t q = p, k = 0; q != NONE && k < 4; q = before(t, q), k++)
				if ((t->role[q] & (R_REPORT | R_OPINION)) == R_REPORT)
					return false;
			return true;
		}
		if (is(t, n, L_PAS_ONLY))
			return true;
		if (n != NONE && (t->role[n] & R_DE) && is(t, n2, L_PAS_DE_DOUTE))
			return true;
		if (n != NONE && (t->role[n] & R_DE) && is(t, n2, L_PROBLEM)) {
			uint32_t n3 = after(t, n2);
			return n3 == NONE || !(t->role[n3] & (R_DE)); /* « pas de problème de santé » denies */
		}
		return false;
	}
	if (r & R_JAMAIS)
		return is(t, p, L_QUE_SI);
	if (r & R_RIEN)
		return is(t, p, L_BEFORE_RIEN) || is(t, n, L_QUE);
	if (r & R_PERSONNE)
		return (p != NONE && (t->role[p] & R_DET)) || is(t, p, L_A_PERSON);
	if (r & R_AUCUN) {
		if (is(t, i, L_ZERO))
			return n == NONE || is(t, n, L_UNIT) || (p != NONE && (t->role[p] & R_DE));
		return is(t, i, L_NUL) && p != NONE && (t->role[p] & (R_AUX | R_DET));
	}
	return false;
}

/* « plus de places » is more; « plus aucun », « ne … plus », « on me juge plus » are no more. */
static bool is_no_more(const neg_text *t, uint32_t i, bool with_ne)
{
	uint32_t p = before(t, i), n = after(t, i), j = i;
	if (with_ne)
		return !(n != NONE && (t->role[n] & R_QUE));
	if (n != NONE && ((t->role[n] & (R_AUCUN | R_PERSONNE | R_RIEN | R_JAMAIS)) || is(t, n, L_UN)))
		return !is(t, n, L_UN) || is(t, after(t, n), L_SEUL);
	if (p == NONE || (t->role[p] & (R_DE | R_DET | R_AND | R_BREAK | R_POUR)) || is(t, p, L_MORE))
		return false;
	for (unsigned k = 0; k < 6 && (j = after(t, j)) != NONE; k++)
		if (t->role[j] & R_QUE)
			return false; /* plus … que */
	if (t->role[p] & R_AUX)
		return !is(t, p, L_A) || is(t, before(t, p), L_BEFORE_A);
	return n == NONE || (t->role[n] & R_BREAK) || is(t, n, L_AFTER_NO_MORE);
}

/* « des gens qui se battent, pas des assistés »: a contrast, where the thing is still spoken of. */
static bool is_contrast(const neg_text *t, uint32_t i)
{
	uint32_t n = after(t, i), p = before(t, i);
	if (!(behind_comma(t, i) || (p != NONE && t->role[p] & (R_AND | R_BREAK))) || n == NONE)
		return false;
	if (!(t->role[n] & (R_DET | R_POUR)) && !is(t, n, L_COMME))
		return false;
	for (uint32_t j = t->from; j < i; j++)
		if (t->role[j] & (R_NE | R_PAS | R_AUCUN | R_JAMAIS | R_SANS))
			return false;
	return true;
}

/* ---- the cues ---- */

/* Where the verb before a bare « pas » begins: at its subject, or at most four words back. */
static uint32_t verb_before(const neg_text *t, uint32_t i)
{
	uint32_t at = i, p;
	for (unsigned n = 0; n < 5 && (p = before(t, at)) != NONE; n++) {
		if (t->role[p] & (R_BREAK | R_QUE | R_QUI | R_SI | R_QUAND | R_AND))
			break;
		at = p;
		if (t->role[p] & R_SUBJECT)
			break;
	}
	return at;
}

/* « ne » and its second part, up to eight words further. */
static bool with_ne(neg_text *t, uint32_t i, uint32_t *second)
{
	uint32_t j = i;
	for (unsigned n = 0; n < 9 && (j = after(t, j)) != NONE; n++) {
		uint32_t r = t->role[j];
		if (r & R_SECOND) {
			/* behind « ne », « de personne » and « pour rien » are second parts as well */
			bool object = (r & R_RIEN) || ((r & R_PERSONNE) && !(t->role[j - 1] & R_DET));
			if (is_pseudo(t, j) && !object)
				return false;
			if ((r & R_PLUS) && !is_no_more(t, j, true))
				return false;
			*second = j;
			/* « ne … plus jamais », « plus personne »: the last one says it */
			uint32_t k = after(t, j);
			if (k != NONE && (t->role[k] & (R_JAMAIS | R_RIEN | R_PERSONNE | R_AUCUN)) && (r & (R_PLUS | R_JAMAIS)) && !is_pseudo(t, k))
				*second = k;
			return true;
		}
		if ((r & R_NI) != 0) {
			*second = j;
			return true;
		}
		if (r & (R_QUE | R_BREAK | R_NE | R_QUI))
			return false; /* « ne … que » only restricts */
	}
	return false;
}

static const reach clause = { 14, false, false, false };

static void cue_ne(neg_text *t, uint32_t i, uint8_t *used)
{
	uint32_t second = i, p = before(t, i);
	bool found = with_ne(t, i, &second);
	/* « personne … ne », « aucun … ne », « rien ne », also « jamais personne ne »: the subject negates */
	uint32_t at = i;
	for (unsigned n = 0; n < 10 && at > t->from; n++) {
		at--;
		uint32_t r = t->role[at];
		if (r & (R_STOP | R_BREAK | R_NE | R_QUI))
			break;
		bool not_one = (r & R_PAS) && is(t, after(t, at), L_UN);
		if (((r & (R_PERSONNE | R_AUCUN | R_RIEN)) || not_one) && !is_pseudo(t, at)) {
			used[at - t->from] = 1;
			if (found)
				used[second - t->from] = 1;
			if (!is_wish(t, at))
				add(t, (neg_cue){ .token = at, .ne = at, .scope_first = at + 1, .scope_last = scope_end(t, i, i, clause), .verb = at + 1 });
			return;
		}
	}
	if (!found)
		return;
	used[second - t->from] = 1;
	for (uint32_t k = i + 1; k < second; k++)
		if (t->role[k] & (R_PLUS | R_JAMAIS | R_PAS))
			used[k - t->from] = 1;
	if ((p != NONE && (t->role[p] & R_POUR)) || is_wish(t, i))
		return; /* pour ne pas être jugé */
	if ((p == NONE || (t->role[p] & (R_AND | R_BREAK))) && (t->role[second] & R_PLUS) && after(t, i) == second)
		return; /* « Ne plus être jugé »: a wish */
	reach how = clause;
	how.through_qui = (t->role[second] & (R_PERSONNE | R_AUCUN | R_RIEN)) || is(t, i + 1, L_Y);
	if (is_contrast(t, second))
		return;
	add(t, (neg_cue){ .token = second, .ne = i, .scope_first = i + 1, .scope_last = scope_end(t, second, i, how), .verb = i + 1 });
}

static void cue_bare(neg_text *t, uint32_t i)
{
	uint32_t r = t->role[i], p = before(t, i), n = after(t, i);
	if (is_pseudo(t, i) || ((r & R_PLUS) && !is_no_more(t, i, false)))
		return;
	if ((r & (R_PAS | R_PLUS | R_JAMAIS)) && n != NONE && (t->role[n] & (R_SANS | R_JAMAIS | R_PERSONNE | R_AUCUN | R_RIEN)) &&
	    !is_pseudo(t, n))
		return; /* « plus jamais », « pas sans »: the next one says it */
	if ((p != NONE && (t->role[p] & R_POUR)) || is_wish(t, i) || ((r & R_PAS) && is_contrast(t, i)))
		return;
	neg_cue c = { .token = i, .ne = i, .verb = p == NONE ? i + 1 : verb_before(t, i), .backwards = !(r & R_AUCUN) };
	reach how = clause;
	if (r & R_RIEN) {
		if (is(t, n, L_A) && is(t, after(t, n), L_VOIR))
			how.words = 9; /* « rien à voir avec du flicage » */
		else if (n == NONE || !(t->role[n] & R_DE))
			how.words = 0; /* « ils sanctionnent rien » */
		else
			how.words = 3;
	}
	how.through_qui = (r & (R_PERSONNE | R_AUCUN)) != 0;
	how.through_subject = (r & R_AUCUN) && is(t, n, L_NEVER);
	c.scope_last = scope_end(t, i, c.verb, how);
	c.scope_first = c.verb < i ? c.verb : i;
	/* « pas de sanction sans entretien »: a demand, not a report */
	for (uint32_t k = i + 1; p == NONE && k <= c.scope_last; k++)
		if (t->role[k] & R_SANS) {
			c.conditional = true;
			c.backwards = false;
		}
	add(t, c);
}

static void cue_without(neg_text *t, uint32_t i)
{
	uint32_t r = t->role[i], p = before(t, i), n = after(t, i);
	reach how = { 9, false, false, false };
	if (n == NONE)
		return;
	if (r & R_SANS) {
		if (p != NONE && (t->role[p] & (R_PAS | R_JAMAIS | R_NON))) {
			/* « les sanctions, mais pas sans discernement »: under a condition */
			if (i > t->from)
				add(t, (neg_cue){ .token = i, .ne = p, .scope_first = t->from, .scope_last = scope_end(t, i, i, how), .verb = i,
				                  .conditional = true });
			return;
		}
		if (is(t, n, L_SANS_DOUTE))
			return;
		how.through_que = (t->role[n] & R_QUE) != 0;
	} else if (r & R_NON) {
		if ((t->role[n] & (R_DET | R_OBJECT | R_SUBJECT | R_PLUS | R_BREAK | R_SI | R_QUE | R_AND)) || is(t, n, L_AFTER_NO) ||
		    is(t, p, L_BEFORE_NO))
			return;
		how.words = 2;
	} else if (r & R_ABSENCE) {
		if (!(t->role[n] & R_DE))
			return;
		how.words = 7;
	} else {
		how.words = 7;
	}
	add(t, (neg_cue){ .token = i, .ne = i, .scope_first = i + 1, .scope_last = scope_end(t, i, i, how), .verb = i + 1 });
}

/* ---- conditions ---- */

static bool is_condition(const neg_text *t, uint32_t i)
{
	uint32_t r = t->role[i], p = before(t, i), n = after(t, i);
	bool que_or_de = n != NONE && (t->role[n] & (R_QUE | R_DE));
	if (r & R_SI) {
		if (is(t, i, L_SIL))
			return true;
		if (is(t, p, L_WHETHER) || n == NONE)
			return false;
		return (t->role[n] & (R_SUBJECT | R_DET | R_OBJECT | R_NE | R_JAMAIS | R_JUST)) || is(t, n, L_AFTER_IF);
	}
	if (r & R_QUAND) {
		/* « quand elles sont justifiées », not « quand je viens » */
		uint32_t end = scope_end(t, i, i, (reach){ 10, true, true, false });
		for (uint32_t j = i + 1; j <= end; j++)
			if (t->role[j] & R_JUST)
				return true;
		return false;
	}
	if (is(t, i, L_CONDITION))
		return is(t, p, L_A_SOUS) && (n == NONE || que_or_de);
	if (is(t, i, L_MOINS))
		return is(t, p, L_A) && que_or_de;
	if (is(t, i, L_POURVU))
		return que_or_de;
	if (is(t, i, L_CAS))
		return (is(t, p, L_EN) && n != NONE && (t->role[n] & R_DE)) || (is(t, p, L_PAR) && is(t, before(t, p), L_CAS)) ||
		       is(t, p, L_CERTAINS);
	if (is(t, i, L_MOMENT))
		return is(t, p, L_DU) && n != NONE && (t->role[n] & (R_QUE | R_QUI));
	if (is(t, i, L_RESERVE))
		return is(t, p, L_SOUS);
	if (is(t, i, L_DISCERNEMENT))
		return is(t, p, L_AVEC);
	return false;
}

/* A condition governs its own clause and the one before it, back to « mais » or a full stop. */
static void cue_condition(neg_text *t, uint32_t i)
{
	if (!is_condition(t, i))
		return;
	uint32_t from = i;
	for (unsigned n = 0; n < 40 && from > t->from; n++) {
		uint32_t r = t->role[from - 1];
		if (r & (R_STOP | R_BREAK))
			break;
		from--;
	}
	/* the « mais » of « oui, mais si … » joins them */
	if (from > t->from && is(t, from - 1, L_MAIS) && from == i)
		from = t->from;
	add(t, (neg_cue){ .token = i, .ne = i, .scope_first = from, .scope_last = scope_end(t, i, i, (reach){ 14, true, true, false }), .verb = i,
	                  .conditional = true });
}

aur_str neg_value(const neg_cache *c, const aur_form *f)
{
	bool folded = c->fold >= 0 && (uint32_t)c->fold < f->layer_count && f->layers[c->fold].len > 0;
	return folded ? f->layers[c->fold] : f->form;
}

uint64_t neg_look(const neg_text *t, uint32_t token)
{
	neg_cache *c = t->cache;
	uint32_t id = t->v->form[token];
	aur_form f = { .size = sizeof(f) };
	t->h->form_at(t->h, t->v, token, &f);
	uint64_t in = neg_lists(c->words, neg_value(c, &f));
	if (id >= c->cap) {
		size_t cap = 2 * ((size_t)id + 512);
		uint64_t *p = realloc(c->lists, cap * sizeof(*p));
		if (p == NULL)
			return in; /* asked again the next time: slower, and right */
		memset(p + c->cap, 0, (cap - c->cap) * sizeof(*p));
		c->lists = p;
		c->cap = cap;
	}
	return c->lists[id] = in;
}

void neg_find_cues(neg_text *t)
{
	uint8_t used[NEG_SENTENCE + 1] = { 0 };
	for (uint32_t i = t->from; i <= t->to; i++)
		if (t->role[i] & R_NE)
			cue_ne(t, i, used);
	for (uint32_t i = t->from; i <= t->to; i++) {
		uint32_t r = t->role[i];
		if ((r & R_SECOND) && !used[i - t->from])
			cue_bare(t, i);
		if (r & (R_SANS | R_NI | R_NON | R_ABSENCE) && !used[i - t->from])
			cue_without(t, i);
		if (r & (R_SI | R_QUAND | R_COND))
			cue_condition(t, i);
	}
}
