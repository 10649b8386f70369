/* SPDX-License-Identifier: Apache-2.0 */
/* scope.c - how far a cue reaches.  A French reader ends a negation at the end of the clause, at « mais », at a new subject, and at
 * what is true whether the clause is denied or not (« depuis ma radiation »); so do these rules. */
#include "negation.h"

/* « pas là pour juger », « pas pris pour un fainéant »: the purpose is denied too; but not in « je ne dis rien pour éviter la
 * radiation » */
static bool ends_at_purpose(const neg_text *t, uint32_t pour)
{
	uint32_t n = neg_after(t, pour);
	if (plays(t, n, R_NE))
		return true;
	while (plays(t, n, R_OBJECT))
		n = neg_after(t, n);
	uint32_t p = neg_before(t, pour);
	if (is(t, p, L_MADE) || is(t, p, L_TAKE) || plays(t, p, R_PERSONNE))
		return false;
	return is(t, n, L_INFINITIVE) || plays(t, neg_after(t, pour), R_DET);
}

/* « depuis ma radiation », « par honte », « de peur d'être jugé »: true even if what comes before is denied */
static bool is_adjunct(const neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i);
	if ((is(t, i, L_ADJUNCT) && !neg_is_noun(t, i)) || (is(t, n, L_COUP) && is(t, i, L_DU)) || (is(t, n, L_PEINE) && is(t, i, L_SOUS)))
		return true; /* du coup; sous peine de */
	if (!is(t, n, L_FEAR) || plays(t, neg_before(t, i), (R_SECOND & ~R_RIEN) | R_SANS | R_NE))
		return false;
	return is(t, i, L_PER) || (plays(t, i, R_DE) && plays(t, neg_after(t, n), R_DE | R_QUE));
}

/* Does the list of what is denied go on behind the comma?  « pas de jugement, de pression », « aucun mépris, reproche ou menace » */
static bool goes_on(const neg_text *t, uint32_t comma)
{
	uint32_t next = neg_part(t, comma + 1), then = neg_part(t, comma + 2);
	for (uint32_t k = comma + 2; k < t->to && k < comma + 7 && !(t->role[k - 1] & (R_STOP | R_SUBJECT | R_BREAK | R_AUX | R_COMMA | R_SECOND)); k++)
		if ((t->role[k] & R_COMMA) && plays(t, k + 1, R_DE) && !is(t, k + 1, L_DU) && is(t, comma + 1, L_SETTING))
			return true; /* « je n'observe pas, dans l'équipe, de mépris » */
	if ((next & (R_DE | R_NI)) && !(next & R_STOP))
		return true;
	return next == 0 && (then & (R_AND | R_NI)) && !(then & R_STOP);
}

/* « (on ne m'a pas dit) que je serais radiée » */
static bool is_to_be(const neg_text *t, uint32_t que)
{
	for (unsigned k = 0; k < 5 && (que = neg_after(t, que)) != NEG_NONE; k++)
		if (is(t, que, L_GOING))
			return true;
	return false;
}

/* « ils ne nous respectent pas et nous menacent » asserts the second verb; but « sans me juger et me rabaisser » goes on denying */
static bool is_verb_again(const neg_text *t, uint32_t and)
{
	uint32_t n = neg_after(t, and);
	return is(t, and, L_ET) && plays(t, n, R_OBJECT) && !plays(t, n, R_DET) && !is(t, n, L_EN) && !is(t, neg_after(t, n), L_INFINITIVE) &&
	       !plays(t, neg_after(t, n), R_OBJECT);
}

uint32_t neg_scope_end(const neg_text *t, uint32_t i, uint32_t verb, neg_reach how)
{
	uint32_t last = i, words = 0;
	for (uint32_t j = i + 1; j <= t->to; j++) {
		uint32_t r = t->role[j], next = neg_part(t, j + 1);
		if (r & R_MARK)
			continue;
		if (r & R_COMMA) {
			if (goes_on(t, j))
				continue;
			break;
		}
		if (((r & (R_STOP | R_BREAK | R_QUAND)) && !neg_is_noun(t, j)) || is_adjunct(t, j))
			break;
		if ((r & R_POUR) && ends_at_purpose(t, j))
			break;
		if (how.noun && j > i + 1 && is(t, j, L_ABOUT))
			break;
		if ((r & R_SI) && next & (R_SUBJECT | R_DET | R_OBJECT))
			break;
		if ((r & R_QUI) && !how.through_qui && !(next & R_DE) && !((r & R_AND) && is(t, j + 1, L_UN)))
			break; /* où ends it; but « de menace ou de chantage », « un stage ou une formation » do not */
		if ((r & R_QUE) && !how.through_que) {
			bool report = false, told = false;
			for (uint32_t k = verb; k < j; k++) {
				report |= (t->role[k] & (R_REPORT | R_OPINION)) == R_REPORT;
				told |= is(t, k, L_TOLD);
			}
			uint32_t say = neg_before(t, j);
			bool open = is(t, say, L_SAY) && plays(t, neg_before(t, say), R_DE) && is(t, neg_before(t, neg_before(t, say)), L_FEAR);
			if (!report || open || (told && is_to_be(t, j))) /* « j'ai pas honte de dire qu'on nous méprise »: but they despise us */
				break;
		}
		bool joined = (r & R_AND) && !((r & R_QUI) && how.through_qui); /* « le temps où »: without accents, ou and où are the same word */
		if (joined && (next & (R_SUBJECT | R_NE | R_BREAK | R_AUX) || is_verb_again(t, j) || (how.noun && is(t, j, L_ET) && (next == 0 || ((next & R_DET) && !(next & R_DE))))))
			break;
		if ((r & R_SUBJECT) && j > i + 1 && !how.through_subject && !(neg_part(t, j - 1) & (R_QUE | R_QUI)))
			break;
		if (++words > how.words)
			break;
		last = j;
	}
	return last;
}

uint32_t neg_phrase_end(const neg_text *t, uint32_t from, uint32_t words)
{
	return neg_scope_end(t, from, from, (neg_reach){ .words = words });
}

bool neg_is_noun(const neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i);
	if (is(t, i, L_CAR))
		return plays(t, p, R_DET | R_DE | R_AUCUN);
	return is(t, i, L_APRES) && is(t, p, L_RUN); /* courir après un bus */
}
