/* SPDX-License-Identifier: Apache-2.0 */
/* matters.c - things that are said to be no matter: « aucun problème de bus », « le permis, c'est pas un souci », « rien à
 * voir avec ma santé », « on me laisse tranquille avec les 15 heures ».  That denies a theme even where a lack of the thing would
 * count for it (« pas de bus »). */
#include "negation.h"

/* « ils ne voient pas le bus comme un problème », « personne ne parle du permis comme d'un obstacle »; but « ils ne voient pas ma
 * santé … » says that they are blind to it */
static bool as_a_problem(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), comme = plays(t, neg_before(t, p), R_DE) ? neg_before(t, neg_before(t, p)) : neg_before(t, p), k = comme;
	if (!is(t, p, L_UN) || !is(t, comme, L_COMME))
		return false;
	for (unsigned n = 0; n < 9 && (k = neg_before(t, k)) != NEG_NONE && !is(t, k, L_WHOSE); n++)
		if (plays(t, k, R_PAS | R_JAMAIS | R_PERSONNE | R_AUCUN) && !neg_pseudo(t, k)) {
			if (k + 1 < comme && !(k + 2 == comme && is(t, k + 1, L_MET_WITH))) /* n'est pas vécu comme un obstacle */
				neg_no_matter(t, k, k, k + 1, comme - 1, NEG_ANY);
			else
				neg_matter_before(t, neg_verb_of(t, k), k, NEG_ANY);
			return true;
		}
	return false;
}

/* « (mon genou) me fait plus mal » */
static bool aches_no_more(neg_text *t, uint32_t i)
{
	uint32_t by = neg_denied_by(t, i, 2), verb = neg_before(t, by);
	return by != NEG_NONE && is(t, verb, L_MAKES) && plays(t, neg_before(t, verb), R_OBJECT) && neg_matter_before(t, verb, i, NEG_ANY);
}

/* « aucun problème de bus », « le bus n'est pas un problème pour mes enfants »; `by` denies the word at `i` */
static void no_problem(neg_text *t, uint32_t i, uint32_t by)
{
	uint32_t n = neg_after(t, i), verb = neg_before(t, by), first, last;
	if (!plays(t, n, R_DE))
		neg_no_matter(t, by, i, i, i, NEG_ANY); /* « pas d'embrouille »: denies the word itself */
	if ((is(t, verb, L_AMOUNTS) || is(t, verb, L_POSES)) && neg_matter_before(t, verb, i, NEG_ANY))
		return; /* ne constitue pas un frein; ne pose pas de problème dans les nouveaux locaux */
	bool predicate = (is(t, verb, L_IS) && plays(t, neg_after(t, by), R_DET)) || is(t, neg_after(t, by), L_BEEN);
	if ((predicate && neg_matter_before(t, by, i, NEG_ANY)) || neg_matter_behind(t, by, i, 8) || neg_matter_before(t, by, i, NEG_ANY))
		return;
	if (plays(t, by, R_SANS))
		neg_without_trouble(t, by, i);
	else if (n == NEG_NONE && neg_topic(t, by, &first, &last))
		neg_no_matter(t, by, i, first, last, NEG_ANY); /* le site, je le connais par cœur, pas de difficulté */
}

/* « le problème c'est pas le permis », « mon souci n'est pas la santé », « le problème c'est pas qu'on est seuls » */
static void problem_is_not(neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i);
	for (unsigned k = 0; k < 3 && (plays(t, n, R_NE | R_AUX | R_SUBJECT) || is(t, n, L_IT)); k++)
		n = neg_after(t, n);
	uint32_t que = neg_after(t, n), who = neg_after(t, que);
	if (!plays(t, n, R_PAS))
		return;
	if (plays(t, que, R_QUE) && plays(t, who, R_SUBJECT) && !is(t, who, L_CA))
		neg_no_matter(t, n, n, who, neg_phrase_end(t, who, 8), NEG_ANY);
	if (!neg_pseudo(t, n) && que != NEG_NONE && (plays(t, que, R_DET) || t->role[que] == 0 || (plays(t, que, R_DE) && is(t, neg_after(t, que), L_INFINITIVE))))
		neg_no_matter(t, n, n, n + 1, neg_phrase_end(t, n, plays(t, que, R_DE) ? 6 : 5), NEG_ANY);
}

static void problem(neg_text *t, uint32_t i)
{
	uint32_t by = neg_denied_by(t, i, 7);
	if ((is(t, i, L_ACHE) && aches_no_more(t, i)) || as_a_problem(t, i))
		return;
	if ((is(t, i, L_PAS_MAL) && plays(t, neg_before(t, i), R_PAS)) || is(t, neg_before(t, i), L_THEIRS))
		return; /* pas mal de …; c'est pas leur problème */
	if (by != NEG_NONE)
		no_problem(t, i, by);
	else
		problem_is_not(t, i);
}

/* The verb of « on me laisse tranquille », « il m'a fichu la paix », whose last word is at `i`, if it reports that; NEG_NONE for «
 * laissez-nous tranquilles », « ils ne nous laissent pas tranquilles ». */
static uint32_t leaves_alone(const neg_text *t, uint32_t i)
{
	uint32_t p = i;
	for (unsigned k = 0; k < 4 && (p = neg_before(t, p)) != NEG_NONE; k++)
		if (is(t, p, L_LEAVE)) {
			uint32_t q = neg_before(t, p);
			bool said = plays(t, q, R_OBJECT | R_AUX) && !neg_wish(t, p) && neg_denied_by(t, i, 5) == NEG_NONE && !is(t, neg_before(t, q), L_WISH);
			return said ? p : NEG_NONE;
		}
	return NEG_NONE;
}

/* « on me laisse tranquille avec », « il m'a fichu la paix avec » */
static void peace(neg_text *t, uint32_t i)
{
	uint32_t verb = leaves_alone(t, i);
	if (verb != NEG_NONE && !neg_matter_behind(t, verb, i, 7) && is(t, neg_after(t, i), L_AVEC))
		neg_matter_before(t, neg_before(t, verb), i, NEG_ANY); /* les quinze heures, on me laisse tranquille avec ça */
}

/* « des postes qui n'ont rien à voir avec ma formation »: there is a « formation » all the same */
static bool of_another(const neg_text *t, uint32_t i)
{
	for (unsigned k = 0; k < 5 && (i = neg_before(t, i)) != NEG_NONE; k++)
		if (t->role[i] & (R_QUI | R_QUE))
			return true;
	return false;
}

/* « Côté déplacements, tout va bien, aucun souci »: what the sentence begins with is no matter. */
static void set_first(neg_text *t)
{
	uint32_t stop = t->from;
	while (stop < t->to && stop < t->from + 7 && !(t->role[stop] & (R_COMMA | R_STOP | R_SUBJECT)))
		stop++;
	uint32_t by = (t->role[stop] & (R_COMMA | R_STOP)) && stop > t->from + 1 ? neg_denied_matter(t) : NEG_NONE;
	if (by != NEG_NONE && by > stop && plays(t, neg_after(t, by), R_MATTER) && neg_after(t, neg_after(t, by)) == NEG_NONE)
		neg_no_matter(t, by, neg_after(t, by), t->from + 1, stop - 1, NEG_ANY);
	for (uint32_t i = stop + 1; i < t->to && i < stop + 5; i++) { /* niveau internet, pas de bug */
		uint32_t n = neg_after(t, i);
		while (plays(t, n, R_DE) || is(t, n, L_UN))
			n = neg_after(t, n);
		if (plays(t, i, R_PAS | R_AUCUN | R_JAMAIS) && (is(t, n, L_BURDEN) || is(t, n, L_PROBLEM)) && neg_after(t, n) == NEG_NONE) {
			neg_no_matter(t, i, n, t->from + 1, stop - 1, NEG_ANY);
			return;
		}
	}
}

/* « Pour ce qui est des oreilles qui traînent, jamais eu de souci », « en ce qui concerne le bus, rien à redire » */
static void as_for(neg_text *t)
{
	uint32_t qui = t->from + 2, thing = t->from + 4, stop = thing;
	if (thing >= t->to || !is(t, t->from + 1, L_CE) || !plays(t, qui, R_QUI) || !(is(t, qui + 1, L_IS) || is(t, qui + 1, L_CONCERN)))
		return;
	while (stop < t->to && !(t->role[stop] & (R_COMMA | R_STOP)))
		stop++;
	for (uint32_t i = stop + 1; i < t->to && i < stop + 9; i++) {
		uint32_t by = is(t, i, L_PROBLEM) || is(t, i, L_REDIRE) || is(t, i, L_LOST) ? neg_denied_by(t, i, 6) : NEG_NONE;
		if (by != NEG_NONE && by > stop && neg_after(t, i) == NEG_NONE)
			neg_no_matter(t, by, i, thing, stop - 1, NEG_ANY);
	}
}

/* « (les quinze heures) n'inquiètent pas le groupe », « ne gênent personne » */
static void of_nobody(neg_text *t, uint32_t verb, uint32_t by)
{
	uint32_t n = neg_after(t, by);
	if (plays(t, by, R_PERSONNE) ? n == NEG_NONE || plays(t, n, R_BREAK | R_AND) : plays(t, n, R_DET) && is(t, neg_after(t, n), L_WHO_MET))
		neg_matter_before(t, neg_before(t, verb), by, NEG_ANY);
}

/* « (pas besoin d'être) un génie pour remplir le dossier »; but « faut pas être pressé avec la CAF » is irony */
static void no_genius(neg_text *t, uint32_t i)
{
	uint32_t k = neg_before(t, i), n = neg_after(t, i);
	bool be = false;
	if (!is(t, n, L_TOWARDS) || is(t, neg_after(t, n), L_PRONOUN))
		return;
	for (unsigned w = 0; w < 5 && k != NEG_NONE && !plays(t, k, R_PAS); w++, k = neg_before(t, k))
		be |= is(t, k, L_BE);
	if (be && plays(t, k, R_PAS) && (is(t, neg_before(t, k), L_NEED_TO) || is(t, neg_after(t, k), L_BESOIN)))
		neg_no_matter(t, k, i, n, neg_phrase_end(t, n, 6), NEG_ANY);
}

/* « j'en manque pas, de confiance » */
static void no_lack(neg_text *t, uint32_t i)
{
	uint32_t by = neg_denied_verb(t, i), de = by == NEG_NONE ? NEG_NONE : by + 2;
	if (by == NEG_NONE || !is(t, neg_before(t, i), L_EN) || de > t->to || !(t->role[by + 1] & R_COMMA) || !plays(t, de, R_DE))
		return;
	neg_aside(t, i, by, de, 5, NEG_ANY);
	if (t->count > 0)
		t->cues[t->count - 1].scope_first = i;
}

/* « rien qui cloche », « rien ne me gêne », « rien de grave »: no trouble with what the sentence begins with, or names behind it */
static void nothing_wrong(neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i), last, first, end, links;
	if (plays(t, n, R_DE)) {
		last = neg_after(t, n);
		if (!is(t, last, L_GRAVE))
			return;
	} else {
		for (last = n; plays(t, last, R_QUI | R_NE | R_OBJECT);)
			last = neg_after(t, last);
		if (is(t, last, L_MAKES))
			last = neg_after(t, last);
		if (last == n || !(is(t, last, L_BLOCK) || is(t, last, L_HURT) || is(t, last, L_ACHE)))
			return;
	}
	if (t->question || is(t, neg_before(t, i), L_BEFORE_RIEN) || neg_is_conceded(t, last) || neg_wish(t, i))
		return;
	if (neg_named_before(t, i, &first, &end, &links) && is(t, first, L_UN))
		return; /* « une fiche, rien de compliqué » only describes it */
	if (!neg_matter_before(t, i, last, NEG_ANY) && neg_topic(t, i, &first, &end))
		neg_no_matter(t, i, last, first, end, NEG_ANY);
	else if (plays(t, n, R_NE | R_OBJECT) && is(t, neg_after(t, last), L_TOWARDS))
		neg_matter_behind(t, i, last, 6); /* rien ne me gêne dans les transports */
}

/* « l'orientation n'a pas traîné », « le financement n'a pas coincé »; but « la sanction n'a pas traîné » came soon */
static void not_dragged(neg_text *t, uint32_t i)
{
	uint32_t by = neg_before(t, i), have = neg_before(t, by);
	if (plays(t, by, R_PAS | R_JAMAIS) && is(t, have, L_HAVE) && neg_after(t, i) == NEG_NONE && !t->question)
		neg_matter_before(t, have, i, NEG_GOODS);
}

/* « j'ai jamais perdu confiance », « je n'ai jamais manqué d'argent », « on manque pas de bus »: of what one would rather have */
static void never_lost(neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i), p = neg_before(t, i);
	if (t->question)
		return;
	if (is(t, i, L_LACKS) && plays(t, n, R_PAS | R_JAMAIS) && plays(t, neg_after(t, n), R_DE) && !neg_of_others(t, i) && !neg_is_conceded(t, i))
		neg_aside(t, i, n, neg_after(t, n), 4, NEG_GOODS);
	else if (plays(t, p, R_PAS | R_JAMAIS) && is(t, neg_before(t, p), L_HAVE) && !neg_of_others(t, neg_before(t, p)) && (is(t, i, L_LACKS) ? plays(t, n, R_DE) : n != NEG_NONE && !is(t, neg_after(t, n), L_TIMES)))
		neg_aside(t, p, i, n, is(t, i, L_LACKS) ? 4 : 2, NEG_GOODS); /* not in « j'ai pas perdu mon temps à l'atelier » */
}

/* « les formations ne manquent pas »: there are plenty; but « les menaces ne manquent pas », « il manque pas de … » */
static void plenty(neg_text *t, uint32_t i, uint32_t by)
{
	uint32_t first, end, links, n = neg_after(t, by);
	if (t->question || neg_is_conceded(t, by) || plays(t, n, R_DE) || !neg_named_before(t, i, &first, &end, &links) || (links & R_OBJECT))
		return;
	if (!neg_names_trouble(t, first, end))
		neg_no_matter(t, i, by, first, end, NEG_GOODS);
}

/* What speaks of a thing as of something that is not so: « si encore c'était une sanction », « qui a dit que c'était compliqué ? » */
static void not_so(neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i), c = neg_after(t, n), was = neg_after(t, c), then = neg_after(t, was);
	if (is(t, n, L_STILL) && is(t, c, L_IT) && is(t, was, L_WAS) && then != NEG_NONE)
		neg_deny(t, i, was, then, neg_phrase_end(t, was, 5));
	if (t->question && i == t->from && is(t, i, L_WHO) && is(t, n, L_A) && is(t, c, L_DIT) && plays(t, was, R_QUE) && then != NEG_NONE && !is(t, then, L_I))
		neg_no_matter(t, i, was, then, t->to, NEG_ANY);
}

/* « j'ai rien contre les 15 heures », « je cherche rien » */
static void nothing(neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i), p = neg_before(t, i), who = neg_before(t, p);
	if (is(t, n, L_AGAINST) && is(t, p, L_HAVE) && plays(t, neg_after(t, n), R_DET)) {
		uint32_t last = neg_phrase_end(t, n, 5);
		if (!is(t, last + 1, L_MAIS) && !is(t, last + 2, L_MAIS)) /* « rien contre les ateliers, mais … » concedes */
			neg_no_matter(t, i, n, n, last, NEG_ANY);
	}
	if (is(t, n, L_SUR) && p == NEG_NONE && i == t->from && plays(t, neg_after(t, n), R_DET) && neg_after(t, neg_after(t, neg_after(t, n))) == NEG_NONE) /* rien sur les sanctions */
		neg_deny(t, i, n, n, n + 2);
	if (plays(t, who, R_NE))
		who = neg_before(t, who);
	if (is(t, p, L_LOOKS_FOR) && is(t, who, L_I) && (n == NEG_NONE || plays(t, n, R_BREAK))) {
		neg_no_matter(t, p, i, p, p, NEG_GOODS);
		if (t->count > 0)
			t->cues[t->count - 1].whole = true;
	}
}

/* « j'ai honte de rien » */
static void of_nothing(neg_text *t, uint32_t i)
{
	uint32_t de = neg_before(t, i), bad = neg_before(t, de);
	if (plays(t, de, R_DE) && is(t, bad, L_BAD) && !neg_pseudo(t, bad) && !plays(t, neg_before(t, bad), R_PLUS | R_PAS)) /* not in « plus envie de rien » */
		neg_no_matter(t, i, i, bad, bad, NEG_ANY);
}

/* « mon dos est guéri » */
static void cured(neg_text *t, uint32_t i)
{
	uint32_t be = neg_before(t, i);
	if ((is(t, be, L_IS) || is(t, be, L_AM) || is(t, be, L_ARE)) && neg_denied_by(t, i, 4) == NEG_NONE && neg_denied_verb(t, i) == NEG_NONE)
		neg_aside(t, i, i, i, 1, NEG_ANY);
}

/* « qu'on m'entende, c'est pas grave » */
static void not_grave(neg_text *t, uint32_t i)
{
	uint32_t by = is(t, t->from, L_QUE) ? neg_denied_by(t, i, 4) : NEG_NONE;
	if (is(t, neg_before(t, by), L_IS))
		neg_matter_before(t, by, i, NEG_ANY);
}

/* « le plus dur c'est pas la formation », « le pire c'est pas de trouver du boulot » */
static void worst_is_not(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i);
	if (plays(t, p, R_PLUS))
		p = neg_before(t, p);
	else if (!is(t, i, L_MOST))
		return;
	if (plays(t, p, R_DET) && !plays(t, p, R_DE))
		problem_is_not(t, i);
}

/* « faut pas tout mettre sur le dos de la CAF » */
static void not_blamed(neg_text *t, uint32_t i)
{
	uint32_t on = neg_before(t, neg_before(t, i)), n = neg_after(t, i);
	if (!is(t, on, L_SUR) || !plays(t, n, R_DE))
		return;
	for (uint32_t k = on; k-- > t->from && on - k < 8 && !(t->role[k] & (R_COMMA | R_STOP));)
		if (plays(t, k, R_PAS)) {
			neg_aside(t, k, i, n, 5, NEG_ANY);
			return;
		}
}

/* « mon dos est réparé », « ma dépression est soignée »; but « je suis soignée pour une dépression » */
static void mended(neg_text *t, uint32_t i)
{
	uint32_t be = neg_before(t, i);
	if (is(t, be, L_BIEN))
		be = neg_before(t, be);
	if ((is(t, be, L_IS) || is(t, be, L_ARE)) && neg_after(t, i) == NEG_NONE && !t->question && neg_matter_before(t, be, i, NEG_ANY))
		neg_aside(t, i, i, i, 1, NEG_ANY);
}

/* « la paperasse ne me prend pas la tête » */
static void takes_no_head(neg_text *t, uint32_t i)
{
	uint32_t me = neg_before(t, i), by = is(t, me, L_TO_ME) ? neg_denied_verb(t, i) : NEG_NONE, head = neg_after(t, neg_after(t, by));
	if (is(t, head, L_HEAD))
		neg_matter_before(t, me, head, NEG_ANY);
}

/* « rien à dire sur la CAF, contre eux » */
static void nothing_against(neg_text *t, uint32_t say)
{
	uint32_t to = neg_before(t, say), rien = neg_before(t, to), n = neg_after(t, say);
	if (is(t, to, L_A) && plays(t, rien, R_RIEN) && (is(t, n, L_AGAINST) || is(t, n, L_SUR)) && !neg_is_conceded(t, n))
		neg_aside(t, rien, say, n, 6, NEG_ANY);
}

/* Denies what is named behind the word of trouble at `i`, or else before `by`, which denies it. */
static void behind_or_before(neg_text *t, uint32_t by, uint32_t i, uint32_t words)
{
	if (by != NEG_NONE && !neg_matter_behind(t, by, i, words))
		neg_matter_before(t, by < i ? by : i, i, NEG_ANY);
}

/* « les démarches ne sont pas compliquées » */
static void not_hard(neg_text *t, uint32_t i)
{
	uint32_t by = neg_denied_by(t, i, 4);
	if (!plays(t, by, R_SANS))
		behind_or_before(t, by, i, 6);
}

/* « rien à voir avec ma santé », « ni la CAF ni … n'ont quelque chose à voir là-dedans » */
static void nothing_to_see(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), rien = neg_before(t, p);
	if (!is(t, p, L_A))
		return;
	if (plays(t, rien, R_RIEN) && !of_another(t, p)) {
		if (!is(t, neg_after(t, i), L_DANS) || !neg_matter_before(t, rien, i, NEG_ANY))
			behind_or_before(t, rien, i, 8);
	} else if (is(t, rien, L_CHOSE) && (t->role[t->from] & R_NI)) {
		neg_no_matter(t, t->from, i, t->from, p, NEG_ANY);
	}
}

/* « aucun rapport avec ma santé » */
static void unrelated(neg_text *t, uint32_t i)
{
	behind_or_before(t, neg_denied_by(t, i, 3), i, 8);
}

/* « les quinze heures, ça ne me regarde pas »; but not « on ne me regarde pas » */
static void not_my_business(neg_text *t, uint32_t i)
{
	uint32_t by = neg_denied_verb(t, i), me = neg_before(t, i), who = neg_before(t, me);
	if (plays(t, who, R_NE))
		who = neg_before(t, who);
	if (by != NEG_NONE && is(t, me, L_TO_ME) && (!plays(t, who, R_SUBJECT) || is(t, who, L_CA)))
		neg_matter_before(t, i, by, NEG_ANY);
}

/* « pas concernée par les 15 heures », « ça ne me touche pas »; but not « le frigo, il n'y a rien dedans », « le bus gratuit, touchez
 * pas à ça » */
static void not_concerned(neg_text *t, uint32_t i)
{
	uint32_t by = neg_denied_by(t, i, 3);
	if (by == NEG_NONE)
		by = neg_denied_verb(t, i);
	if (!plays(t, by, R_RIEN) && !is(t, neg_after(t, by), L_A))
		behind_or_before(t, by, i, 8);
}

/* « rien à redire sur les bus », « RAS » */
static void nothing_to_report(neg_text *t, uint32_t i)
{
	uint32_t rien = neg_before(t, neg_before(t, i));
	behind_or_before(t, is(t, i, L_RAS) ? i : plays(t, rien, R_RIEN) ? rien : NEG_NONE, i, 7);
}

/* « pas besoin de voiture », « le scooter, j'en ai pas besoin » */
static void no_need(neg_text *t, uint32_t i)
{
	uint32_t by = neg_denied_by(t, i, 4), p = neg_before(t, i), n = neg_after(t, i), then = neg_after(t, n);
	if (plays(t, n, R_NI) && plays(t, neg_before(t, p), R_NE)) /* je n'ai besoin ni de voiture ni de bus */
		neg_no_matter(t, n, n, i + 2, neg_phrase_end(t, i + 1, 8), NEG_ANY);
	else if (by == NEG_NONE && plays(t, n, R_DE) && plays(t, then, R_PERSONNE | R_RIEN)) /* besoin de personne pour … */
		neg_no_matter(t, i, i, i, neg_scope_end(t, i, i + 3 <= t->to ? i + 3 : i, (neg_reach){ .words = 6 }), NEG_ANY);
	else if (by == NEG_NONE)
		return;
	else if (plays(t, n, R_QUE)) {
		neg_no_matter(t, by, i, i, neg_scope_end(t, i, i, (neg_reach){ .words = 8, .through_que = true }), NEG_ANY);
		neg_matter_before(t, by, i, NEG_ANY); /* l'ordi j'ai pas besoin qu'on m'apprenne */
	} else if (is(t, then, L_USING)) /* pas besoin de prendre le bus */
		neg_no_matter(t, by, i, i, neg_phrase_end(t, i, 6), NEG_ANY);
	else if (plays(t, n, R_DE))
		neg_matter_behind(t, by, i, is(t, then, L_HELP) ? 5 : 3);
	else if (is(t, neg_before(t, neg_before(t, by)), L_EN) || is(t, neg_before(t, by), L_EN))
		neg_matter_before(t, by, i, NEG_ANY);
	else if ((n == NEG_NONE || plays(t, n, R_BREAK)) && neg_behind_comma(t, by))
		neg_matter_before(t, by, i, NEG_GOODS); /* le référent, plus besoin */
}

/* « les quinze heures, on m'en a dispensée », « dispensé de pointage » */
static void dispensed(neg_text *t, uint32_t i)
{
	if (neg_denied_by(t, i, 4) != NEG_NONE)
		return;
	if (is(t, neg_before(t, neg_before(t, i)), L_EN))
		neg_matter_before(t, i, i, NEG_ANY);
	else if (plays(t, neg_after(t, i), R_DE))
		neg_matter_behind(t, i, i, 7);
}

/* « pour les transports je n'ai pas à me plaindre », « je ne me plains pas des bus », « de mon référent je me plains pas » */
static void not_lost(neg_text *t, uint32_t i)
{
	uint32_t by = neg_denied_by(t, i, 5), p = neg_before(t, i);
	if (by != NEG_NONE)
		behind_or_before(t, by, i, 6);
	else if ((by = neg_denied_verb(t, i)) != NEG_NONE && !neg_matter_behind(t, by, by, 6) && plays(t, t->from, R_DE) && is(t, p, L_TO_ME))
		neg_matter_before(t, p, by, NEG_ANY);
}

/* « ils m'embêtent pas avec les papiers »: is it said behind the verb? */
static bool no_bother_with(neg_text *t, uint32_t i)
{
	uint32_t by = neg_denied_verb(t, i);
	if (!is(t, neg_after(t, by), L_AVEC))
		return false;
	neg_matter_behind(t, by, by, 7);
	return true;
}

/* « l'informatique ne me fait pas peur », « le permis me manque pas », « n'inquiètent pas le groupe » */
static void no_trouble(neg_text *t, uint32_t i)
{
	bool fear = is(t, i, L_FEAR);
	uint32_t by = fear ? neg_denied_by(t, i, 2) : neg_denied_verb(t, i), verb = fear ? neg_before(t, by) : i;
	if (by != NEG_NONE && plays(t, neg_before(t, verb), R_OBJECT))
		neg_matter_before(t, verb, i, NEG_ANY);
	else if (by != NEG_NONE && is(t, i, L_LACKS))
		plenty(t, i, by);
	else if (!fear && plays(t, neg_before(t, i), R_NE))
		of_nobody(t, i, by == NEG_NONE ? neg_after(t, i) : by);
}

static void bothers_or_blocks(neg_text *t, uint32_t i)
{
	bool block = is(t, i, L_BLOCK);
	if (!((block || is(t, i, L_BOTHER)) && no_bother_with(t, i)) && (block || is(t, i, L_HURT)) && !is(t, i, L_PROBLEM))
		no_trouble(t, i);
}

typedef struct rule {
	neg_list list;
	void (*of)(neg_text *t, uint32_t i);
} rule;
/* What is tried at a word of a list, in this order: of two cues that are equally far from a hit the first governs it. */
static const rule rules[] = {
	{ L_MANQUE, no_lack },     { L_CURED, cured },        { L_GENIUS, no_genius },     { L_GRAVE, not_grave },
	{ L_BOTHER, takes_no_head }, { L_DRAGGED, not_dragged }, { L_LOST_IT, never_lost },  { L_SAY, nothing_against },
	{ L_WORST, worst_is_not },  { L_BACK, not_blamed },    { L_MENDED, mended },
	{ L_VERDICT, neg_verdict }, { L_HAVE, neg_had },       { L_IDIOM, neg_find_idiom },
};
/* Likewise for words of R_MATTER only. */
static const rule matters[] = {
	{ L_HARD, not_hard },          { L_PROBLEM, problem },   { L_VOIR, nothing_to_see },       { L_RAPPORT, unrelated },
	{ L_REGARD, not_my_business }, { L_PEACE, peace },       { L_CONCERN, not_concerned },     { L_REDIRE, nothing_to_report },
	{ L_BESOIN, no_need },         { L_SPARED, dispensed },  { L_LOST, not_lost },
};

enum { RULES = sizeof(rules) / sizeof(*rules), MATTERS = sizeof(matters) / sizeof(*matters) };
#define TRIED (UINT32_C(1) << 31)
_Static_assert(RULES + MATTERS < 31, "tried_at has a bit for each");

/* What is tried at a word of these lists: a bit for each of `rules`, then for each of `matters`; and TRIED. */
static uint32_t tried_at(const neg_text *t, uint32_t i, const neg_set *in)
{
	const neg_cache *c = t->cache;
	uint32_t id = t->v->form[i], at = id < c->of_cap ? c->of[id].lists : 0, tried = TRIED;
	if (at > 0 && c->sets[at].tried != 0)
		return c->sets[at].tried;
	for (unsigned k = 0; k < RULES; k++)
		tried |= neg_in(in, rules[k].list) ? UINT32_C(1) << k : 0;
	for (unsigned k = 0; k < MATTERS; k++)
		tried |= neg_in(in, matters[k].list) ? UINT32_C(1) << (RULES + k) : 0;
	if (at > 0)
		c->sets[at].tried = tried;
	return tried;
}

static void apply(neg_text *t, uint32_t i, uint32_t tried, const rule *all)
{
	for (; tried != 0; tried &= tried - 1)
		all[__builtin_ctz(tried)].of(t, i);
}

void neg_find_matters(neg_text *t)
{
	if (is(t, t->from, L_ASIDE))
		set_first(t);
	if (plays(t, t->from, R_POUR) || is(t, t->from, L_EN))
		as_for(t);
	if (plays(t, t->from, R_NI))
		neg_list_put_aside(t);
	for (uint32_t i = t->from; i <= t->to; i++) {
		if (i > t->from && neg_is_nothing(t, i))
			continue;
		const neg_set in = neg_lists_at(t, i);
		uint32_t r = t->role[i];
		if (r & (R_PAS | R_NI))
			neg_cleft(t, i);
		if ((r & (R_PAS | R_JAMAIS | R_PERSONNE)) && !neg_pseudo(t, i))
			neg_no_duty(t, i);
		neg_find_reported(t, i, &in);
		if (r & R_RIEN) {
			of_nothing(t, i);
			nothing(t, i);
			nothing_wrong(t, i);
		}
		if ((r & R_SI) || i == t->from)
			not_so(t, i);
		if ((r & R_SANS) && is(t, neg_after(t, i), L_BURDEN))
			neg_without_trouble(t, i, neg_after(t, i)); /* l'appli marche sans bug */
		uint32_t tried = tried_at(t, i, &in) & ~TRIED;
		apply(t, i, tried & ((UINT32_C(1) << RULES) - 1), rules);
		if (r & R_MATTER) {
			apply(t, i, tried >> RULES, matters);
			bothers_or_blocks(t, i);
		}
	}
}

/* Is there a denied word of matter (« problème », « besoin »…) near the beginning, whatever it is about? */
uint32_t neg_denied_matter(neg_text *t)
{
	for (uint32_t i = t->from; i <= t->to && i < t->from + 12; i++) {
		uint32_t by = NEG_NONE;
		if (is(t, i, L_SAY) && is(t, neg_before(t, i), L_A) && plays(t, neg_before(t, neg_before(t, i)), R_RIEN))
			return i; /* « Les délais ? Rien à dire. » */
		if (!(t->role[i] & R_MATTER))
			continue;
		if (is(t, i, L_RAS) || (is(t, i, L_PEACE) && leaves_alone(t, i) != NEG_NONE) || (is(t, i, L_SPARED) && is(t, neg_before(t, neg_before(t, i)), L_EN) && neg_denied_by(t, i, 4) == NEG_NONE))
			by = i; /* on m'en a dispensée */
		else if (is(t, i, L_PROBLEM) || is(t, i, L_HARD) || is(t, i, L_LOST) || is(t, i, L_REDIRE) || is(t, i, L_BESOIN) || is(t, i, L_CONCERN) || is(t, i, L_FEAR))
			by = neg_denied_by(t, i, 6);
		if (by == NEG_NONE && (is(t, i, L_BLOCK) || is(t, i, L_CONCERN)))
			by = neg_denied_verb(t, i);
		if (by != NEG_NONE)
			return by;
	}
	return NEG_NONE;
}
