/* SPDX-License-Identifier: Apache-2.0 */
/* cues.c - the words that deny: « ne … pas », « sans », « loin de »…, and the scope of each. */
#include "negation.h"

static const neg_reach clause = { .words = 14 };

/* Adds the cue at `token`, which denies what follows its « ne » (or itself, without one) up to `last`. */
static void deny_after(neg_text *t, uint32_t token, uint32_t ne, uint32_t last)
{
	neg_add(t, (neg_cue){ .token = token, .last = token, .ne = ne, .scope_first = ne + 1, .scope_last = last, .verb = ne + 1 });
}

/* ---- ne … pas ---- */

/* Where the verb before a « pas » without « ne » begins: at its subject, or at most five words before. */
static uint32_t verb_before(const neg_text *t, uint32_t i)
{
	uint32_t at = i, p;
	for (unsigned n = 0; n < 5 && (p = neg_before(t, at)) != NEG_NONE; n++) {
		if (t->role[p] & (R_BREAK | R_QUE | R_QUI | R_SI | R_QUAND | R_AND))
			break;
		if (p + 1 < i && plays(t, p, R_PAS | R_AUCUN) && plays(t, p + 1, R_DET | R_DE) && !plays(t, i, R_NE))
			return i; /* « pas un courrier en retard pas une erreur » */
		at = p;
		if (t->role[p] & R_SUBJECT)
			break;
	}
	return at;
}

/* Finds the second part of the « ne » at `i`, up to nine words further. */
static bool with_ne(neg_text *t, uint32_t i, uint32_t *second)
{
	uint32_t j = i;
	for (unsigned n = 0; n < 9 && (j = neg_after(t, j)) != NEG_NONE; n++) {
		uint32_t r = t->role[j];
		if ((r & R_SECOND) && !is(t, j, L_PU)) {
			/* after « ne », « de personne » and « pour rien » are second parts as well */
			bool object = (r & R_RIEN) || ((r & R_PERSONNE) && !(t->role[j - 1] & R_DET));
			if (neg_pseudo(t, j) && (!object || neg_only(t, j)))
				return false;
			if ((r & R_PLUS) && !neg_no_more(t, j, true))
				return false;
			uint32_t verb = neg_after(t, j), que = neg_after(t, verb);
			if (j == i + 1 && is(t, verb, L_INFINITIVE) && plays(t, que, R_QUE) && plays(t, neg_after(t, que), R_DET))
				return false; /* « ne plus voir que l'étiquette » */
			*second = j;
			/* « ne … plus jamais », « plus personne »: the last of them is the second part */
			uint32_t k = neg_after(t, j);
			if (plays(t, k, R_JAMAIS | R_RIEN | R_PERSONNE | R_AUCUN) && (r & (R_PLUS | R_JAMAIS)) && !neg_pseudo(t, k))
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

/* The subject that denies, before « ne »: « personne … ne », « aucun … ne », « rien ne », « pas un … ne », also « jamais personne
 * ne »; or NEG_NONE.  `alone`: nothing behind « ne » denies, so « jamais, au grand jamais, on ne … » counts too. */
static uint32_t denying_subject(const neg_text *t, uint32_t ne, bool alone)
{
	uint32_t at = ne;
	for (unsigned n = 0; n < 10 && at > t->from; n++) {
		uint32_t r = t->role[--at];
		if (r & (R_STOP | R_BREAK | R_NE | R_QUI))
			break;
		bool not_one = (r & R_PAS) && is(t, neg_after(t, at), L_UN);
		if (((r & (R_PERSONNE | R_AUCUN | R_RIEN)) || not_one || (alone && (r & R_JAMAIS))) && !neg_pseudo(t, at))
			return at;
	}
	return NEG_NONE;
}

/* « c'est pas chez eux qu'on te juge », « c'est pas elle qui va te juger »; but « ce n'est pas lui qui m'a radiée » says that
 * somebody did */
static bool is_not_here(const neg_text *t, uint32_t pas)
{
	uint32_t p = neg_before(t, pas), n = neg_after(t, pas);
	if (!is(t, p, L_IS) || !is(t, n, L_THERE))
		return false;
	for (unsigned k = 0; k < 4 && n != NEG_NONE && !(t->role[n] & (R_QUE | R_QUI)); k++)
		n = neg_after(t, n);
	if (!plays(t, n, R_QUE | R_QUI))
		return false;
	for (unsigned k = 0; k < 3 && (n = neg_after(t, n)) != NEG_NONE; k++)
		if (t->role[n] & R_AUX)
			return false;
	return true;
}

/* « c'est pas un endroit où on te juge », « ce n'est pas quelqu'un qui juge » */
static bool is_not_one_where(const neg_text *t, uint32_t pas)
{
	uint32_t n = neg_after(t, pas);
	if (!plays(t, pas, R_PAS) || !plays(t, neg_before(t, pas), R_AUX))
		return false;
	if (plays(t, n, R_DET))
		n = neg_after(t, n);
	uint32_t who = neg_after(t, n);
	return is(t, n, L_SOMEONE) && plays(t, who, R_QUI);
}

/* « on a pas le choix avec les sanctions »: there are sanctions */
static bool no_choice(const neg_text *t, uint32_t pas)
{
	uint32_t n = neg_after(t, pas);
	return plays(t, pas, R_PAS | R_PLUS) && plays(t, n, R_DET) && is(t, neg_after(t, n), L_CHOICE);
}

static void cue_ne(neg_text *t, uint32_t i, uint8_t *used)
{
	uint32_t second = i;
	bool found = with_ne(t, i, &second);
	uint32_t subject = denying_subject(t, i, !found);
	if (found)
		used[second - t->from] = 1;
	if (subject != NEG_NONE) {
		used[subject - t->from] = 1;
		if (!neg_wish(t, subject))
			deny_after(t, subject, subject, neg_scope_end(t, i, i, clause));
		return;
	}
	if (!found)
		return;
	for (uint32_t k = i + 1; k < second; k++)
		if (t->role[k] & (R_PLUS | R_JAMAIS | R_PAS))
			used[k - t->from] = 1;
	if (plays(t, neg_after(t, second), R_SANS) || no_choice(t, second))
		return; /* « ce n'est pas sans honte » */
	if (plays(t, second, R_RIEN) && is(t, neg_before(t, second), L_SAYS) && is(t, neg_after(t, second), L_SUR))
		return; /* on ne nous dit rien sur les sanctions */
	if (plays(t, neg_before(t, i), R_POUR) || neg_wish(t, i) || neg_unreal(t, i, second, i + 1) || neg_contrast(t, second))
		return; /* pour ne pas être jugé */
	neg_reach how = clause;
	how.through_qui = (t->role[second] & (R_PERSONNE | R_AUCUN | R_RIEN)) || is(t, i + 1, L_Y);
	how.through_que = is_not_here(t, second);
	how.through_qui |= how.through_que || is_not_one_where(t, second);
	uint32_t last = plays(t, neg_after(t, second), R_SUBJECT) ? second : neg_scope_end(t, second, i, how);
	deny_after(t, second, i, last);
}

/* ---- pas, jamais, rien … without « ne » ---- */

/* How far « rien » reaches. */
static uint32_t words_behind_nothing(const neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), n = neg_after(t, i);
	while (plays(t, p, R_JAMAIS | R_PLUS | R_PAS))
		p = neg_before(t, p); /* ils m'ont jamais rien coupé */
	if (is(t, p, L_EN))
		return 6; /* je me sens en rien jugée */
	if (plays(t, n, R_DE))
		return 3; /* rien d'humiliant */
	if (is(t, p, L_COULD) && is(t, n, L_INFINITIVE))
		return 4; /* les autres ne pouvaient rien entendre */
	if (plays(t, p, R_AUX) && n != NEG_NONE && !is(t, n, L_A))
		return 2; /* ils m'ont rien coupé */
	return 0; /* ils sanctionnent rien; rien à manger */
}

/* « pas une seule fois », « pas un instant »: denies the whole clause, on both sides */
static bool not_once(const neg_text *t, uint32_t pas)
{
	uint32_t n = neg_after(t, neg_after(t, pas));
	uint32_t one = neg_after(t, pas);
	return plays(t, pas, R_PAS) && (is(t, one, L_UN) || is(t, one, L_ONE)) && (is(t, n, L_TIME_OR_WAY) || (is(t, n, L_ALONE) && is(t, neg_after(t, n), L_TIME_OR_WAY)));
}

/* « pas de voisin qui écoute », « y en a pas un qui m'a jugé », « pas un conseiller qui m'ait jugé »: there is nobody who would do it; but
 * « pas un docteur qui prenne de nouveaux malades » is a lack */
static bool is_none_who(const neg_text *t, uint32_t pas)
{
	uint32_t n = neg_after(t, pas), one = is(t, n, L_UN) ? n : NEG_NONE;
	if (!plays(t, pas, R_PAS) || !(plays(t, n, R_DE) || one != NEG_NONE))
		return false;
	for (unsigned k = 0; k < 5 && n != NEG_NONE && !plays(t, n, R_QUI | R_AND | R_QUE | R_AUX); k++)
		n = neg_after(t, n);
	bool someone = one == NEG_NONE || n == neg_after(t, one) || is(t, neg_after(t, n), L_TO_ME);
	return plays(t, n, R_QUI) && !plays(t, n, R_AND) && !plays(t, neg_after(t, n), R_NE) && someone;
}

/* « pas de créneau à la CAF avant six semaines »: there is one, but late; but « pas de sanction avant six mois » */
static bool not_before(const neg_text *t, uint32_t n)
{
	if (plays(t, n, R_DE))
		n = neg_after(t, n);
	if (n == NEG_NONE || is(t, n, L_BAD))
		return false;
	for (unsigned k = 0; k < 7 && n != NEG_NONE && (!plays(t, n, R_BREAK) || is(t, n, L_AVANT)); k++, n = neg_after(t, n))
		if (is(t, n, L_AVANT))
			return is(t, neg_after(t, n), L_SOME) || is(t, neg_after(t, n), L_UN) || is(t, neg_after(t, neg_after(t, n)), L_LONG);
	return false;
}

/* « en trois ans jamais on m'a jugée »: only words that set a time or a place stand before it in its clause */
static bool opens_clause(const neg_text *t, uint32_t i)
{
	for (; i > t->from && !(t->role[i - 1] & (R_COMMA | R_STOP | R_BREAK)); i--)
		if (t->role[i - 1] & (R_SUBJECT | R_AUX | R_NE | R_SECOND | R_QUE | R_SI | R_QUAND))
			return false;
	return true;
}

static void cue_bare(neg_text *t, uint32_t i)
{
	uint32_t r = t->role[i], p = neg_before(t, i), n = neg_after(t, i);
	if (neg_pseudo(t, i) || ((r & R_PLUS) && !neg_no_more(t, i, false)) || no_choice(t, i))
		return;
	if ((r & (R_PAS | R_PLUS | R_JAMAIS)) && plays(t, n, R_SANS | R_JAMAIS | R_PERSONNE | R_AUCUN | R_RIEN) && !neg_pseudo(t, n))
		return; /* « plus jamais », « pas sans »: the next word is the cue */
	neg_cue c = { .token = i, .last = i, .ne = i, .verb = p == NEG_NONE ? i + 1 : verb_before(t, i), .backwards = !(r & R_AUCUN) };
	if (plays(t, p, R_POUR) || neg_wish(t, i) || ((r & R_PAS) && neg_contrast(t, i)) || neg_unreal(t, i, i, c.verb))
		return;
	neg_reach how = clause;
	if (r & R_RIEN)
		how.words = words_behind_nothing(t, i);
	if ((r & R_PERSONNE) && is(t, p, L_PER))
		how.words = 0; /* jugée par personne */
	how.through_qui = (r & (R_PERSONNE | R_AUCUN)) != 0;
	how.through_que = ((r & R_PAS) && is_not_here(t, i)) || ((r & R_AUCUN) && is(t, n, L_RISK)); /* aucun risque qu'on nous entende */
	how.through_qui |= how.through_que || is_not_one_where(t, i);
	how.through_qui |= is_none_who(t, i);
	how.noun = (plays(t, n, R_DE) || (r & R_AUCUN)) && !how.through_subject;
	how.through_subject = ((r & R_AUCUN) && is(t, n, L_TIME_OR_WAY)) || not_once(t, i) || ((r & R_JAMAIS) && (opens_clause(t, i) || (is(t, p, L_ET) && plays(t, n, R_SUBJECT))));
	if (how.noun && not_before(t, n))
		return;
	bool new_clause = plays(t, n, R_SUBJECT) && p != NEG_NONE && !how.through_subject && !how.through_que; /* il vient pas on le radie */
	uint32_t noun = plays(t, n, R_DET) && !plays(t, n, R_DE) ? neg_after(t, n) : NEG_NONE;
	if (p != NEG_NONE && (r & R_PAS) && noun != NEG_NONE && t->role[noun] == 0 && is(t, neg_after(t, noun), L_IS) && !is(t, p, L_IS))
		new_clause = true; /* le scan marche pas la photo est floue */
	c.scope_last = new_clause ? i : neg_scope_end(t, i, c.verb, how);
	c.scope_first = c.verb < i ? c.verb : i;
	/* « pas de sanction sans entretien »: a demand, so a condition */
	for (uint32_t k = i + 1; p == NEG_NONE && k <= c.scope_last; k++)
		if (t->role[k] & R_SANS) {
			c.conditional = true;
			c.backwards = false;
			c.scope_last = k - 1;
		}
	neg_add(t, c);
}

/* ---- sans, ni, non, absence ---- */

/* « sans ordinateur la radiation tombe »: the scope is the bare noun; what follows is the main clause. */
static uint32_t end_without(const neg_text *t, uint32_t i, uint32_t last)
{
	uint32_t noun = neg_after(t, i);
	if (noun >= last || t->role[noun] != 0 || is(t, noun, L_INFINITIVE))
		return last;
	uint32_t n = neg_after(t, noun);
	return plays(t, n, R_DET) && !plays(t, n, R_DE | R_AND) ? noun : last;
}

/* « personne ne nous parle sans mépris », « pas un jour sans menace »: the absence itself is denied. */
static bool within_denial(neg_text *t, uint32_t i)
{
	for (uint32_t k = i; k-- > t->from && i - k < 10 && !(t->role[k] & (R_COMMA | R_STOP | R_BREAK));)
		if (is(t, k, L_IMPOSSIBLE))
			return true;
	for (size_t k = 0; k < t->count; k++) {
		neg_cue *c = &t->cues[k];
		if (c->conditional && c->scope_last + 1 == i)
			return true;
		if (c->conditional || c->named || c->token >= i || c->scope_last < i)
			continue;
		c->scope_last = i - 1;
		return true;
	}
	return false;
}

/* « sans les sanctions on vivrait mieux », « sans la paperasse je m'en sortirais »: what would be, if there were none */
bool neg_would_follow(const neg_text *t, uint32_t i)
{
	for (uint32_t k = i + 2; k <= t->to && k < i + 14 && !(t->role[k] & R_STOP); k++)
		if (is(t, k, L_WOULD_DO) && plays(t, k - 1, R_SUBJECT | R_OBJECT | R_NE))
			return true;
	return false;
}

static void cue_sans(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), n = neg_after(t, i);
	neg_reach how = { .words = 9, .through_que = plays(t, n, R_QUE) };
	if (plays(t, p, R_PAS | R_JAMAIS | R_NON)) {
		/* « les sanctions, mais pas sans discernement »: a condition */
		uint32_t before = neg_before(t, p);
		if (i > t->from && !is(t, before, L_IS))
			neg_add(t, (neg_cue){ .token = i, .last = i, .ne = p, .scope_first = t->from, .scope_last = i, .verb = i, .conditional = true });
		return;
	}
	if (plays(t, n, R_QUE))
		for (uint32_t k = i; k-- > t->from && i - k < 12 && !(t->role[k] & (R_STOP | R_COMMA));)
			if ((t->role[k] & (R_PAS | R_JAMAIS | R_PERSONNE)) || is(t, k, L_WISH))
				return; /* « on peut pas parler, il faudrait un coin où parler sans que toute la file écoute »: a wish */
	bool would = p == NEG_NONE && neg_would_follow(t, i);
	for (uint32_t k = n; plays(t, n, R_DET) && !plays(t, n, R_DE) && k <= t->to; k++)
		would |= is(t, k, L_WOULD);
	for (uint32_t k = i; k-- > t->from && i - k < 10 && !(t->role[k] & (R_COMMA | R_STOP));)
		would |= is(t, k, L_MIGHT) && is(t, neg_before(t, k), L_WOULD); /* « on aurait pu me parler sans me mépriser »: they did not */
	if (would || is(t, n, L_SANS_DOUTE) || within_denial(t, i) || is(t, n, L_THIS) || is(t, n, L_WHOSE))
		return; /* sans doute; « sans ce mépris j'y retournerais », « sans la radiation j'aurais un toit »: unreal */
	uint32_t last = end_without(t, i, neg_scope_end(t, i, i, how));
	deny_after(t, i, i, last);
}

static void cue_without(neg_text *t, uint32_t i)
{
	uint32_t r = t->role[i], p = neg_before(t, i), n = neg_after(t, i);
	neg_reach how = { .words = 7 };
	if (n == NEG_NONE)
		return;
	if (r & R_SANS) {
		cue_sans(t, i);
		return;
	}
	if (r & R_NON) {
		if (plays(t, n, R_DET | R_OBJECT | R_SUBJECT | R_PLUS | R_BREAK | R_SI | R_QUE | R_AND) || is(t, n, L_AFTER_NO) || is(t, p, L_BEFORE_NO))
			return;
		how.words = 2;
		if (plays(t, n, R_PAS))
			how.words = 7; /* non pas une sanction */
	} else if (r & R_ABSENCE) {
		if (t->role[n] == 0)
			n = neg_after(t, n); /* absence totale de */
		if (!plays(t, n, R_DE))
			return;
	}
	uint32_t last = neg_scope_end(t, i, i, how);
	if (is(t, i, L_MANQUE))
		for (uint32_t k = n + 1; k <= last; k++) /* « manque de suivi des dossiers »: there are « dossiers » */
			if (plays(t, k, R_DE) || is(t, k, L_PREP))
				last = k - 1;
	deny_after(t, i, i, last);
}

/* ---- au lieu de, échapper à, fini les … ---- */

/* Is the clause before `i` a report, and not a wish?  « il m'a rappelé au lieu de me sanctionner »; not « aider au lieu de sanctionner » */
static bool reports(const neg_text *t, uint32_t i)
{
	bool finite = false;
	for (uint32_t k = i; k-- > t->from && i - k < 12;) {
		if (t->role[k] & R_STOP)
			break;
		if (is(t, k, L_WISH) || (plays(t, k, R_QUE) && neg_before(t, k) == NEG_NONE))
			return false;
		finite |= (t->role[k] & (R_SUBJECT | R_AUX)) && !(is(t, k, L_A) && is(t, neg_after(t, k), L_INFINITIVE)); /* « à tamponner » */
	}
	return finite;
}

static bool denied_around(const neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i);
	if (is(t, p, L_ELIDED_LE)) /* à l'abri de */
		p = neg_before(t, neg_before(t, p));
	else
		while (plays(t, p, R_AUX | R_OBJECT) && plays(t, neg_before(t, p), R_AUX | R_OBJECT))
			p = neg_before(t, p); /* « rien ne m'a protégé de … » */
	return plays(t, p, R_NE | R_PAS | R_JAMAIS | R_RIEN | R_PERSONNE) || (plays(t, p, R_PLUS) && plays(t, neg_before(t, neg_before(t, p)), R_NE)) || plays(t, neg_before(t, p), R_NE | R_PAS | R_JAMAIS | R_PERSONNE) ||
	       plays(t, neg_after(t, i), R_PAS | R_JAMAIS | R_PERSONNE);
}

/* c'est du passé, de l'histoire ancienne */
static bool is_past(const neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i);
	if (!is(t, i, L_PAST))
		return false;
	if (is(t, p, L_DU))
		return is(t, neg_before(t, p), L_IS);
	return is(t, p, L_CAUSE) && plays(t, neg_before(t, neg_before(t, p)), R_DE);
}

static void cue_spared(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), n = neg_after(t, i), first, last, links;
	bool good = false, finite = plays(t, p, R_AUX | R_SUBJECT | R_OBJECT) || (p == NEG_NONE && !is(t, i, L_INFINITIVE));
	neg_reach how = { .words = 6 };
	if (denied_around(t, i) || (t->question && is(t, i, L_OVER)))
		return; /* « les 15 heures c'est fini ou ça continue ? » */
	if (is(t, i, L_EXCEPT))
		good = is(t, p, L_TOUT); /* tout sauf du flicage */
	else if (is(t, i, L_CONTRARY))
		good = plays(t, p, R_DET) && !is(t, p, L_AU) && plays(t, n, R_DE);
	else if (is(t, i, L_LIEU))
		good = is(t, p, L_AU) && plays(t, n, R_DE) && (reports(t, p) || neg_tells_behind(t, i, true));
	else if (is(t, i, L_PLUTOT))
		good = how.through_que = plays(t, n, R_QUE) && reports(t, i);
	else if (is(t, i, L_ESCAPED))
		good = (finite || is(t, p, L_ELIDED_LE) || (is(t, i, L_AVOID) && !is(t, i, L_INFINITIVE) && plays(t, n, R_DE) && p != NEG_NONE && t->role[p] == 0)) && (plays(t, n, R_DE | R_DET) || is(t, n, L_A));
	else if (is(t, i, L_REFUSE))
		good = plays(t, n, R_DE) && !is(t, neg_after(t, n), L_BE); /* « je refuse d'être jugée »: somebody would judge */
	else if (is(t, i, L_STOPPED))
		good = plays(t, p, R_AUX) && plays(t, n, R_DE) && reports(t, i);
	else if (is(t, i, L_OVER) && ((is(t, p, L_IS) && is(t, neg_before(t, p), L_IT)) || is(t, p, L_IT)) &&
	         neg_named_before(t, i, &first, &last, &links)) {
		neg_deny(t, i, i, first, last);
		return; /* le chantage c'est fini */
	} else if ((is(t, i, L_GONE) && plays(t, p, R_AUX)) || is_past(t, i)) {
		while (p != NEG_NONE && !plays(t, p, R_AUX))
			p = neg_before(t, p);
		if (p != NEG_NONE && neg_named_before(t, p, &first, &last, &links))
			neg_deny(t, i, i, first, last);
		return; /* la honte a disparu, les menaces c'est du passé */
	} else if (is(t, i, L_OVER) && is(t, neg_before(t, p), L_EN) && is(t, n, L_AVEC)) {
		good = true; /* j'en ai fini avec */
	} else if (is(t, i, L_OVER) && is(t, neg_after(t, n), L_TIMES)) {
		good = how.through_qui = how.through_que = how.through_subject = p == NEG_NONE || is(t, p, L_IS); /* fini le temps où on me jugeait */
	} else if (is(t, i, L_OVER))
		good = (p == NEG_NONE || (plays(t, p, R_AUX) && !is(t, p, L_HAVE))) && plays(t, n, R_DET | R_DE);
	if (good)
		deny_after(t, i, i, neg_scope_end(t, i, i, how));
}

void neg_find_cues(neg_text *t, bool lack_only)
{
	uint8_t used[NEG_SENTENCE + 1] = { 0 };
	t->question = is(t, t->to, L_ASK) || (t->to > t->from && is(t, t->to - 1, L_ASK));
	neg_find_matters(t);
	neg_find_apart(t);
	neg_find_ended(t);
	neg_find_others(t);
	if (lack_only)
		return;
	for (uint32_t i = t->from; i <= t->to; i++)
		if (t->role[i] & R_NE)
			cue_ne(t, i, used);
	for (uint32_t i = t->from; i <= t->to; i++) {
		uint32_t r = t->role[i];
		if ((r & R_SECOND) && !used[i - t->from])
			cue_bare(t, i);
		if (r & (R_SANS | R_NI | R_NON | R_ABSENCE) && !used[i - t->from])
			cue_without(t, i);
		if (r & R_SPARED)
			cue_spared(t, i);
	}
	neg_find_conditions(t);
	neg_find_topics(t);
}
