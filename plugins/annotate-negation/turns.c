/* SPDX-License-Identifier: Apache-2.0 */
/* turns.c - what only looks like a negation: « pas seulement », « plus de places », « pour ne pas être jugé », « ne me jugez pas ». */
#include "negation.h"

/* Does nothing before `i` look like a verb with its subject? */
static bool has_no_verb(const neg_text *t, uint32_t i)
{
	for (uint32_t k = t->from; k < i; k++)
		if (t->role[k] & (R_SUBJECT | R_AUX | R_NE) && !is(t, k, L_A))
			return false;
	return true;
}

/* Is it a wish?  « que plus personne ne soit sanctionné », « je veux qu'on ne me juge plus »: then the thing exists. */
bool neg_wish(const neg_text *t, uint32_t i)
{
	uint32_t at = i, p;
	for (unsigned n = 0; n < 8 && (p = neg_before(t, at)) != NEG_NONE; n++) {
		at = p;
		if (t->role[at] & R_BREAK)
			return false;
		if (t->role[at] & R_QUE) {
			uint32_t q = neg_before(t, at);
			while (is(t, q, L_ONLY_THAT))
				q = neg_before(t, q);
			if (q == NEG_NONE && at > t->from && neg_before(t, at) != NEG_NONE)
				return true; /* « surtout qu'on nous flique pas » */
			if (is(t, q, L_AWAITS) || (q == NEG_NONE && neg_behind_comma(t, at) && has_no_verb(t, at)))
				return true; /* « j'attends juste qu'on me juge pas »; « un petit box, que tout le monde nous entende pas » */
			return q == NEG_NONE ? !neg_behind_comma(t, at) || at == t->from : plays(t, q, R_POUR) || is(t, q, L_WISH);
		}
	}
	return false;
}

/* « ils n'ont rien fait d'autre que me juger » */
bool neg_only(const neg_text *t, uint32_t i)
{
	for (unsigned k = 0; k < 4 && (i = neg_after(t, i)) != NEG_NONE; k++)
		if (is(t, i, L_OTHER))
			return plays(t, neg_after(t, i), R_QUE);
	return false;
}

/* Is the word at `i`, or one of the three before it, a verb like « penser » or « dire »? */
static bool is_reported(const neg_text *t, uint32_t i)
{
	for (unsigned k = 0; k < 4 && i != NEG_NONE; k++, i = neg_before(t, i))
		if ((t->role[i] & (R_REPORT | R_OPINION)) == R_REPORT)
			return true;
	return false;
}

bool neg_pseudo(const neg_text *t, uint32_t i)
{
	uint32_t r = t->role[i], p = neg_before(t, i), n = neg_after(t, i), n2 = n == NEG_NONE ? NEG_NONE : neg_after(t, n);
	if ((r & (R_RIEN | R_PAS | R_PERSONNE)) && neg_only(t, i))
		return true;
	if (r & R_PAS) {
		if (is(t, i, L_POINT) && (p == NEG_NONE || t->role[p] & (R_DET | R_DE)))
			return true; /* un point, au point de */
		if (is(t, p, L_BEFORE_PAS))
			return true; /* pourquoi pas, n'est-ce pas, un pas */
		if (plays(t, n, R_QUE)) { /* « il n'y a pas que ça », « ils font pas que juger »; but « je ne pense pas qu'on » */
			return is(t, n2, L_INFINITIVE) || !is_reported(t, p);
		}
		if (is(t, n, L_PAS_ONLY) || is(t, n, L_ENOUGH) || (plays(t, n, R_RIEN) && is(t, p, L_IS)))
			return true; /* c'est pas rien */
		if ((is(t, n, L_EN) || is(t, n, L_AVEC)) && (is(t, p, L_IS) || is(t, neg_before(t, p), L_IT)))
			return true; /* « ce n'est pas en nous menaçant qu'on avancera » */
		if (plays(t, n, R_DET) && !is(t, n, L_UN) && (is(t, n2, L_ALONE) || is(t, n2, L_PEINE)))
			return true; /* « je ne suis pas le seul à avoir honte », « pas la peine de me menacer » */
		if (plays(t, n, R_DE) && is(t, n2, L_PAS_DE_DOUTE))
			return true;
		if (plays(t, n, R_DE) && is(t, n2, L_PROBLEM)) {
			uint32_t n3 = neg_after(t, n2);
			return n3 == NEG_NONE || !(t->role[n3] & R_DE); /* « pas de problème de santé » does deny */
		}
		return false;
	}
	if (r & R_JAMAIS)
		return is(t, p, L_QUE_SI) || is(t, n, L_ENOUGH); /* « on n'en parle jamais assez » */
	if (r & R_RIEN)
		return (plays(t, p, R_PAS) && is(t, neg_before(t, p), L_IS)) || (is(t, p, L_BEFORE_RIEN) && !(is(t, p, L_A) && is(t, neg_before(t, p), L_BEFORE_A))) || is(t, n, L_QUE);
	if (r & R_PERSONNE)
		return plays(t, p, R_DET) || is(t, p, L_A_PERSON);
	if (r & R_AUCUN) {
		if (is(t, i, L_ZERO))
			return n == NEG_NONE || is(t, n, L_UNIT) || plays(t, p, R_DE);
		return is(t, i, L_NUL) && plays(t, p, R_AUX | R_DET) && !is(t, n, L_TIME_OR_WAY);
	}
	return false;
}

/* « plus de honte », « plus de menaces »: nobody would ask for more of them, so it means « no more »; but not « plus de sanctions
 * qu'avant » */
static bool of_what_nobody_wants(const neg_text *t, uint32_t i)
{
	uint32_t j = i;
	for (unsigned k = 0; k < 6 && (j = neg_after(t, j)) != NEG_NONE; k++)
		if (plays(t, j, R_QUE) && !is(t, neg_before(t, j), L_SAY)) /* « à dire que … » is not a comparison */
			return false;
	return plays(t, neg_after(t, i), R_DE) && is(t, neg_after(t, neg_after(t, i)), L_BAD);
}

/* « plus un enfant est malade, plus on me juge », « plus une heure qu'avant » */
static bool compares(const neg_text *t, uint32_t i)
{
	for (uint32_t k = i + 1; k <= t->to && k < i + 14; k++)
		if ((plays(t, k, R_PLUS) && !plays(t, neg_before(t, k), R_NE)) || (plays(t, k, R_QUE) && !is(t, neg_before(t, k), L_SINCE)))
			return true;
	return false;
}

/* « plus de doublons depuis qu'ils se parlent » */
static bool since(const neg_text *t, uint32_t i)
{
	for (unsigned k = 0; k < 5 && (i = neg_after(t, i)) != NEG_NONE; k++)
		if (is(t, i, L_DEPUIS))
			return true;
	return false;
}

/* Does « plus » mean « no more »?  « plus de places » is more; « plus aucun », « ne … plus », « on me juge plus » are no more. */
bool neg_no_more(const neg_text *t, uint32_t i, bool with_ne)
{
	uint32_t p = neg_before(t, i), n = neg_after(t, i), j = i;
	if (is(t, i, L_PU)) /* « ya pu de menaces », « j'y vais pu », but « j'ai pu venir » */
		return (n == NEG_NONE && p != NEG_NONE && !is(t, p, L_HAVE)) || plays(t, n, R_DE | R_AUCUN | R_PERSONNE | R_RIEN | R_JAMAIS);
	if (with_ne)
		return !plays(t, n, R_QUE);
	if (plays(t, n, R_DE) && !plays(t, n, R_OBJECT) && is(t, neg_after(t, n), L_UN))
		return false; /* « j'en ai eu plus d'une fois » */
	if (is(t, n, L_UN) && (p == NEG_NONE || plays(t, p, R_AUX)) && !compares(t, i))
		return true; /* « plus une menace depuis janvier », « plus un sou de dette » */
	if (plays(t, n, R_AUCUN | R_PERSONNE | R_RIEN | R_JAMAIS) || is(t, n, L_UN))
		return !is(t, n, L_UN) || is(t, neg_after(t, n), L_ALONE);
	if (is(t, p, L_BE))
		return false; /* être plus clair */
	if (p == NEG_NONE || plays(t, p, R_DE | R_DET | R_AND | R_BREAK | R_POUR) || is(t, p, L_MORE))
		return p == NEG_NONE && (is(t, n, L_BESOIN) || of_what_nobody_wants(t, i) || (is(t, n, L_CAUSE) && plays(t, neg_after(t, n), R_DE)) || (plays(t, n, R_DE) && (since(t, n) || (is(t, t->from, L_DEPUIS) && neg_behind_comma(t, i)))));
	for (unsigned k = 0; k < 12 && (j = neg_after(t, j)) != NEG_NONE; k++)
		if ((t->role[j] & R_QUE) && !is(t, neg_before(t, j), L_SINCE) && !is(t, neg_before(t, j), L_SAY))
			return false; /* plus … que; but « plus peur maintenant qu'on m'a expliqué » is no more */
	if (t->role[p] & R_AUX)
		return !is(t, p, L_A) || is(t, neg_before(t, p), L_BEFORE_A);
	if ((is(t, p, L_MAKES_USE) || is(t, p, L_COMES)) && is(t, n, L_PREP) && plays(t, neg_before(t, p), R_SUBJECT) && !neg_of_others(t, p))
		return true; /* je vais plus à la CAF, je passe plus par eux */
	if (is(t, p, L_MAKES) && is(t, n, L_ACHE))
		return true; /* « ça me fait plus peur »; more fear would be « encore plus peur » or « plus peur que » */
	return n == NEG_NONE || plays(t, n, R_BREAK) || is(t, n, L_AFTER_NO_MORE);
}

bool neg_says_no_more(const neg_text *t, uint32_t i)
{
	return neg_no_more(t, i, plays(t, neg_before(t, neg_before(t, i)), R_NE));
}

/* « qu'on m'écoute, pas me raccrocher au nez », « il faut nous aider, pas nous juger »: it is what they do now */
static bool is_asked_not_to(const neg_text *t, uint32_t i, uint32_t n)
{
	while (plays(t, n, R_OBJECT))
		n = neg_after(t, n);
	if (!is(t, n, L_INFINITIVE) || !plays(t, i, R_PAS))
		return false;
	bool asked = plays(t, t->from, R_QUE) || is(t, t->from, L_INFINITIVE) || is(t, t->from, L_ORDER);
	for (uint32_t k = t->from; k < i; k++)
		asked |= is(t, k, L_WISH);
	return asked;
}

/* « des gens qui se battent, pas des assistés »: only a contrast, which does not deny that there is such a thing; but « c'est un
 * rappel, pas une sanction » says that it is none. */
bool neg_contrast(const neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i), p = neg_before(t, i);
	if (!(neg_behind_comma(t, i) || plays(t, p, R_AND | R_BREAK)) || n == NEG_NONE)
		return false;
	if (is_asked_not_to(t, i, n))
		return true;
	if (!(t->role[n] & (R_DET | R_POUR)) && !is(t, n, L_COMME))
		return false;
	if (is(t, t->from, L_SETTING))
		return false; /* « En dix ans, pas une sanction » */
	if (is(t, n, L_COMME) && plays(t, t->from, R_SUBJECT) && !is(t, t->from + 1, L_WISH))
		return false; /* « on me parle bien, pas comme à un gamin »; but not « traitez-nous en humains, pas comme des numéros » */
	for (uint32_t j = t->from; j < i; j++)
		if (t->role[j] & (R_NE | R_PAS | R_AUCUN | R_JAMAIS | R_SANS | R_RIEN) || is(t, j, L_IT))
			return false;
	return true;
}

static bool unless(const neg_text *t)
{
	for (uint32_t i = t->from; i <= t->to; i++)
		if (t->role[i] & (R_SI | R_SANS))
			return true;
	return false;
}

/* « ce n'est pas la sanction qui fait avancer »: there are sanctions */
static bool is_clefted(const neg_text *t, uint32_t pas)
{
	uint32_t p = neg_before(t, pas), n = neg_after(t, pas);
	bool it = is(t, p, L_IT) || (is(t, p, L_IS) && (is(t, neg_before(t, p), L_IT) || plays(t, neg_before(t, p), R_NE)));
	if (!it || !plays(t, pas, R_PAS) || !plays(t, n, R_DET))
		return false;
	for (unsigned k = 0; k < 5 && (n = neg_after(t, n)) != NEG_NONE && !plays(t, n, R_QUE | R_BREAK); k++)
		if (plays(t, n, R_QUI))
			return !is(t, n, L_DONT) && !plays(t, n, R_AND);
	return false;
}

/* « vous n'avez pas à nous juger »: but they do */
bool neg_not_theirs(const neg_text *t, uint32_t second)
{
	uint32_t have = neg_before(t, second), n = neg_after(t, second);
	return is(t, have, L_HAVE) && !is(t, have, L_I_HAVE) && is(t, n, L_A) && is(t, neg_after(t, n), L_TO_ME);
}

/* « on n'est pas des matricules »: a protest, as somebody treats them so; but « on n'est pas des numéros ici » denies it */
static bool is_protest(const neg_text *t, uint32_t pas)
{
	uint32_t be = neg_before(t, pas), who = neg_before(t, be), n = neg_after(t, pas);
	if (plays(t, who, R_NE))
		who = neg_before(t, who);
	if (!plays(t, pas, R_PAS) || !(is(t, be, L_IS) || is(t, be, L_AM)) || !(is(t, who, L_ON) || is(t, who, L_TO_ME)) || !plays(t, n, R_DET) || is(t, n, L_THE_ONE))
		return false;
	for (uint32_t k = t->from; k <= t->to; k++)
		if (is(t, k, L_HERE) || is(t, k, L_DANS))
			return false;
	return true;
}

bool neg_unreal(const neg_text *t, uint32_t i, uint32_t second, uint32_t verb)
{
	uint32_t p = neg_before(t, i), n = neg_after(t, i);
	if (is(t, neg_before(t, second), L_WAS) && is(t, neg_after(t, second), L_BEFALLS) && plays(t, neg_after(t, neg_after(t, second)), R_DE))
		return true; /* « ça ne m'était jamais arrivé d'avoir honte »: now it has happened */
	if (is(t, neg_before(t, second), L_EXPECTED) && plays(t, second, R_PAS))
		return true; /* « je pensais pas être humiliée à ce point » */
	uint32_t trouble = neg_after(t, second);
	if (is(t, trouble, L_CURED) || (plays(t, second, R_PAS) && is(t, neg_before(t, second), L_NEED_TO) && is(t, trouble, L_BE)))
		return true; /* « mon genou n'est pas guéri »; « faut pas être malade par ici » is irony */
	if (plays(t, trouble, R_DE))
		trouble = neg_after(t, trouble);
	uint32_t whom = is(t, trouble, L_PROBLEM) ? neg_after(t, neg_after(t, trouble)) : NEG_NONE;
	if (whom != NEG_NONE && (is(t, whom, L_TO_ME) || is(t, whom, L_TO_HIM)) && is(t, neg_after(t, whom), L_INFINITIVE) &&
	    neg_of_others(t, neg_verb_of(t, second)))
		return true; /* « ils n'ont aucun mal à nous couper les vivres » */
	if (is_clefted(t, second) || neg_not_theirs(t, second) || is_protest(t, second))
		return true;
	for (uint32_t k = i; k-- > t->from && i - k < 8 && !(t->role[k] & (R_STOP | R_COMMA));)
		if (is(t, k, L_WHY) || (((t->role[k] & R_SI) || (is(t, k, L_S) && is(t, k + 1, L_HE))) && is(t, neg_before(t, k), L_WONDER)))
			return true; /* « pourquoi ça ne compte pas dans les quinze heures ? », « je me demande s'ils m'ont pas radié » */
	if (plays(t, p, R_DE) && is(t, neg_before(t, p), L_IMPOSSIBLE))
		return true; /* « impossible de ne pas les entendre » */
	if (t->role[i] & R_NE) {
		bool opens = p == NEG_NONE || plays(t, p, R_AND | R_BREAK) || is(t, p, L_WISH) || (plays(t, p, R_DE) && (is(t, neg_before(t, p), L_THANKS) || is(t, neg_before(t, p), L_IS)));
		while (n < second && plays(t, n, R_PLUS | R_JAMAIS | R_PAS))
			n = neg_after(t, n); /* ne plus jamais */
		if (opens && n == second && plays(t, second, R_PLUS | R_PAS | R_JAMAIS))
			return true; /* « Ne plus être jugé » */
		while (plays(t, n, R_OBJECT) && n < second)
			n = neg_after(t, n);
		if (opens && is(t, n, L_ORDER))
			return true; /* « Ne me jugez pas » */
	}
	if (i == second && plays(t, i, R_PAS | R_JAMAIS) && is(t, p, L_COMMAND) && (neg_before(t, p) == NEG_NONE || plays(t, neg_before(t, p), R_AND | R_BREAK)))
		return true; /* « faites pas sauter mon RSA » */
	/* « si j'avais su, je n'aurais pas été sanctionné »: but it happened */
	for (uint32_t k = verb; k < second; k++)
		if (is(t, k, L_WOULD) && unless(t))
			return true;
	if (!t->question)
		return false;
	if (t->role[t->from] & R_QUI)
		return true; /* « qui n'a jamais eu honte ? » */
	/* « c'est pas du flicage, ça ? »: a rhetorical question, which asserts it */
	for (unsigned k = 0; k < 4 && (p = neg_before(t, i)) != NEG_NONE; k++, i = p)
		if (is(t, p, L_IT) || is(t, p, L_YOU))
			return true;
	return false;
}
