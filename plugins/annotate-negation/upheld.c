/* SPDX-License-Identifier: Apache-2.0 */
/* upheld.c - hits that the words around them must not deny, though people also speak so to deny: « La solitude ? Tous les soirs. »,
 * « j'ai pas besoin qu'on me forme, j'ai besoin qu'on m'embauche ».  Asked by evidence.c, which only counts words. */
#include "negation.h"

/* « (je) sais pas me servir d'internet, c'est ma fille qui fait tout »: the hit itself says that somebody is unable, whoever does
 * it instead. */
static bool says_unable(const neg_text *t, const aur_hit *hit, uint32_t last)
{
	for (uint32_t i = hit->first_token; i < last; i++)
		if ((is(t, i, L_ABLE) || is(t, i, L_MANAGE)) && plays(t, neg_after(t, i), R_PAS | R_RIEN | R_PLUS))
			return true;
	return false;
}

/* « c'est pas mon référent qui m'a sanctionné »: somebody else did. */
static bool is_done_by_another(const neg_text *t, const aur_hit *hit)
{
	uint32_t i = neg_before(t, hit->first_token);
	bool done = false;
	for (; plays(t, i, R_AUX | R_OBJECT) && !plays(t, i, R_QUI); i = neg_before(t, i))
		done |= plays(t, i, R_AUX);
	if (!plays(t, i, R_QUI))
		return false;
	bool person = false;
	for (unsigned k = 0; k < 6 && (i = neg_before(t, i)) != NEG_NONE; k++) {
		person |= is(t, i, L_PERSON);
		if (plays(t, i, R_PAS))
			return (done || person) && is(t, neg_before(t, i), L_IS);
	}
	return false;
}

/* « la lettre de radiation, c'est pas ma référente qui l'a envoyée », « cette formation, c'est pas mon référent qui m'en a parlé » */
static bool is_of_another(const neg_text *t, uint32_t last)
{
	uint32_t i = last + 1;
	while (i <= t->to && !(is(t, i, L_IS) && plays(t, i + 1, R_PAS)))
		i++;
	for (unsigned k = 0; k < 6 && i <= t->to && !plays(t, i, R_QUI); k++)
		i++;
	bool taken_up = false;
	uint32_t k = i + 1;
	if (is(t, i - 1, L_CA))
		return false; /* « l'ordi, c'est pas ça qui m'en a empêchée » */
	for (; plays(t, i, R_QUI) && k < t->to && plays(t, k, R_OBJECT) && !plays(t, k, R_AUX); k++)
		taken_up |= is(t, k, L_THE_ONE) || is(t, k, L_EN);
	return taken_up && plays(t, k, R_AUX);
}

/* Does a sentence, not only a clause, end before token `i`? */
static bool ends(const neg_text *t, uint32_t i)
{
	return i >= t->v->token_count || ((t->role[i] & R_STOP) && !(t->role[i] & R_COMMA));
}

/* « ça compte dans les 15 heures, oui ou non ? »: a question that awaits either answer */
static bool is_left_open(const neg_text *t)
{
	return is(t, t->to, L_ASK) && t->to >= t->from + 3 && plays(t, t->to - 1, R_NON | R_PAS) && plays(t, t->to - 2, R_AND);
}

/* « sur les 15 heures, personne ne sait ce qui compte », « aucun conseiller comprend »; but « aucun souci, on m'explique tout » */
static bool is_known_to_none(const neg_text *t, uint32_t last)
{
	bool none = false;
	for (uint32_t i = last + 1; i <= t->to && i < last + 12; i++) {
		if (none && is(t, i, L_UNDERSTANDS))
			return true;
		none = (none && !(t->role[i] & R_COMMA)) || plays(t, i, R_PERSONNE | R_AUCUN);
		if (ends(t, i))
			return false;
	}
	return false;
}

/* « le psy, j'en ai besoin », « la santé ça va pas », « on devrait pas raconter sa vie devant dix personnes » */
static bool is_missed(const neg_text *t, const aur_hit *hit, uint32_t last)
{
	for (uint32_t i = last + 1; i < t->to && i < last + 6; i++)
		if ((is(t, i, L_FINE) && plays(t, i + 1, R_PAS) && (is(t, i - 1, L_CA) || i == last + 1)) ||
		    (is(t, i, L_EN) && is(t, i + 1, L_HAVE) && is(t, i + 2, L_BESOIN)))
			return true;
	for (uint32_t i = last + 1; i + 1 < t->to && i < last + 5 && !neg_is_burden(t, hit); i++)
		if (is(t, i, L_EN) && is(t, i + 1, L_HAVE) && plays(t, i + 2, R_PAS | R_PLUS) && neg_after(t, i + 2) == NEG_NONE)
			return true; /* du boulot, j'en ai pas; l'argent, y en a plus */
	for (uint32_t i = last + 1; i + 2 <= t->to && i < last + 6 && !neg_is_burden(t, hit); i++)
		if (is(t, i, L_ELIDED_LE) && is(t, i + 1, L_I_HAVE) && plays(t, i + 2, R_PAS) && (neg_after(t, i + 2) == NEG_NONE || is(t, neg_after(t, i + 2), L_THERE)))
			return true; /* internet, je ne l'ai pas chez moi */
	for (uint32_t i = last + 1; i + 1 <= t->to && i < last + 9; i++)
		if (plays(t, i, R_PAS) && is(t, i - 1, L_IS) && (is(t, i + 1, L_POSSIBLE) || is(t, i + 2, L_TREAT) || is(t, i + 3, L_TREAT)))
			return true; /* « 15 heures, non, c'est pas possible », « la paperasse, c'est pas du gâteau » */
	for (uint32_t i = hit->first_token; i > t->from && i + 6 > hit->first_token && !(t->role[i - 1] & (R_COMMA | R_STOP)); i--)
		if (plays(t, i, R_PAS) && (is(t, i - 1, L_SHOULD) || is(t, i + 1, L_AVOID)))
			return true;
	return false;
}

/* « La solitude ? Tous les soirs. », « Le bus ? Jamais à l'heure. » */
static bool is_confirmed(const neg_text *t, const aur_hit *hit)
{
	uint32_t i = t->to + 1;
	if (!is(t, t->to, L_ASK) || i >= t->v->token_count)
		return false;
	for (uint32_t k = i; k < t->v->token_count && k < i + 5 && !(t->role[k] & (R_SECOND | R_NI | R_NON | R_SANS)); k++)
		if (is(t, k, L_EN) && is(t, k + 1, L_BEHIND_TIME))
			return true; /* « Le loyer ? Payé en retard. » */
	for (uint32_t k = i; k < t->v->token_count && k < i + 9 && (hit->flags & AUR_HIT_LACK_COUNTS); k++)
		if (is(t, k, L_CANNOT_PAY))
			return true;
	for (uint32_t k = i; k + 2 < t->v->token_count && k < i + 5 && (hit->flags & AUR_HIT_LACK_COUNTS); k++)
		if ((is(t, k, L_EN) && is(t, k + 1, L_I_HAVE) && plays(t, k + 2, R_PAS | R_PLUS) && ends(t, k + 3)) ||
		    (is(t, k, L_HAVE) && plays(t, k + 1, R_RIEN | R_JAMAIS) && ((is(t, k + 2, L_OFFERED) && ends(t, k + 3)) || (is(t, k + 3, L_OFFERED) && ends(t, k + 4)))))
			return true; /* « La voiture ? Je n'en ai pas. », « Une formation ? On m'a rien proposé. » */
	for (uint32_t k = i; k + 1 < t->v->token_count && k < i + 7; k++)
		if (plays(t, k, R_PAS | R_RIEN | R_JAMAIS) && is(t, k + 1, L_UNTOLD))
			return true; /* « Les quinze heures ? On m'a rien expliqué. » */
	return is(t, i, L_INDEED) || ((hit->flags & AUR_HIT_LACK_COUNTS) && plays(t, i, R_JAMAIS) && i + 1 < t->v->token_count && !(t->role[i + 1] & R_PUNCT) && !is(t, i + 1, L_ATTENDED));
}

/* « j'ai pas besoin qu'on me forme, j'ai besoin qu'on m'embauche »: the hit's clause asks for it. */
static bool is_asked_for(const neg_text *t, const aur_hit *hit)
{
	bool asked = false;
	for (uint32_t i = hit->first_token; i > t->from && !(t->role[i - 1] & (R_COMMA | R_STOP)); i--) {
		if (t->role[i - 1] & (R_NE | R_SECOND | R_NI | R_SANS | R_SI | R_NON))
			return false;
		asked |= (is(t, i - 1, L_BESOIN) && plays(t, neg_before(t, i - 1), R_AUX)) || is(t, i - 1, L_WANT);
	}
	return asked;
}

/* « si vous venez pas, on vous coupe le RSA », « quand tu réponds plus on te radie »: the condition is denied, but not the hit,
 * which has a subject of its own. */
static bool is_threatened(const neg_text *t, const aur_hit *hit, uint32_t last)
{
	uint32_t i = hit->first_token;
	bool denied = false;
	for (uint32_t k = last + 1; k <= t->to && !(t->role[k] & (R_COMMA | R_STOP | R_BREAK | R_SUBJECT | R_AND)); k++)
		if (t->role[k] & (R_SECOND | R_NE))
			return false;
	for (; !(t->role[i] & R_SUBJECT); i--)
		if (i == t->from || (t->role[i] & (R_SECOND | R_NE | R_SANS | R_NI | R_STOP | R_COMMA | R_QUI | R_QUE)))
			return false;
	for (; i > t->from && !(t->role[i - 1] & R_STOP); i--) {
		denied |= (t->role[i - 1] & R_SECOND) != 0;
		if (t->role[i - 1] & (R_SI | R_QUAND))
			return denied;
	}
	return false;
}

/* « pas de boulot, pas de formation, pas de bus »: a list of lacks is a complaint */
static bool is_among_lacks(const neg_text *t, const aur_hit *hit)
{
	unsigned lacks = 0;
	for (uint32_t i = t->from; i < t->to && (hit->flags & AUR_HIT_LACK_COUNTS); i++)
		lacks += (t->role[i] & R_PAS) && (t->role[i + 1] & R_DE);
	return lacks >= 3;
}

/* « pas d'argent ni de travail », « j'ai pas internet ni d'ordi »: they have neither; but « pas besoin de bus ni de voiture » */
static bool is_lacked_with(const neg_text *t, const aur_hit *hit)
{
	enum { NEAR = 6 }; /* words from « pas » to « ni », and behind it */
	uint32_t pas = NEG_NONE;
	for (uint32_t i = t->from; i < t->to && (hit->flags & AUR_HIT_LACK_COUNTS) && !(t->role[i] & R_MATTER); i++) {
		if ((t->role[i] & (R_PAS | R_PLUS)) && !is(t, neg_before(t, i), L_IS) && (plays(t, i + 1, R_DE) || plays(t, i + 2, R_NI)))
			pas = i;
		else if ((t->role[i] & R_NI) && pas != NEG_NONE && i - pas <= NEAR && hit->last_token >= pas && hit->first_token <= i + NEAR)
			return true;
	}
	return false;
}

/* « ni amis ni famille »: the hit itself says that there is none */
static bool says_lack(const neg_text *t, const aur_hit *hit)
{
	return (hit->flags & AUR_HIT_LACK_COUNTS) && hit->last_token > hit->first_token && plays(t, hit->first_token, R_NI) && neg_before(t, hit->first_token) == NEG_NONE;
}

/* « sans la paperasse on s'en sortirait » */
static bool is_in_the_way(const neg_text *t, const aur_hit *hit)
{
	uint32_t i = hit->first_token > t->from && plays(t, hit->first_token - 1, R_DET) ? hit->first_token - 2 : hit->first_token - 1;
	return hit->first_token > t->from && i == t->from && plays(t, i, R_SANS) && neg_would_follow(t, i);
}

/* « c'est pas bon d'être seul », « c'est pas normal d'attendre six mois » */
static bool is_judged(const neg_text *t, const aur_hit *hit)
{
	for (uint32_t i = hit->last_token; i > t->from + 2 && i + 6 > hit->first_token && !(t->role[i] & (R_COMMA | R_STOP)); i--)
		if (plays(t, i, R_DE) && is(t, i + 1, L_INFINITIVE) && is(t, i - 1, L_SAD) && plays(t, i - 2, R_PAS) && is(t, i - 3, L_IS))
			return true;
	return false;
}

/* « vous trouvez ça normal, les sanctions ? » */
static bool is_questioned(const neg_text *t)
{
	for (uint32_t i = t->from; i < t->to && is(t, t->to, L_ASK); i++)
		if (is(t, i, L_FAIR))
			return true;
	return false;
}

/* « Rien ne va, les sanctions, tout » */
static bool is_among_failures(const neg_text *t)
{
	uint32_t verb = plays(t, t->from, R_RIEN) ? neg_after(t, t->from) : NEG_NONE;
	if (plays(t, verb, R_NE))
		verb = neg_after(t, verb);
	return (is(t, verb, L_FINE) || is(t, verb, L_WORKS)) && neg_after(t, verb) == NEG_NONE && verb < t->to;
}

/* « mon ordi est pas réparé », « pour les papiers je suis pas autonome », « ma fille s'en occupe plus »: words of those for whom all is well,
 * denied */
static bool is_not_well(const neg_text *t, uint32_t last)
{
	for (uint32_t i = last + 2; i <= t->to && i < last + 9 && !ends(t, i); i++)
		if ((plays(t, i, R_PAS | R_JAMAIS) && (is(t, i + 1, L_MENDED) || is(t, i + 1, L_AUTONOMOUS))) || (plays(t, i, R_SECOND) && is(t, i - 1, L_HANDLES)))
			return true;
	return false;
}

/* « le permis m'est interdit », « le théâtre, j'm'y attendais pas »: it is wanted, or it did happen; but « crier est interdit ici » */
static bool is_barred_or_unforeseen(const neg_text *t, const aur_hit *hit, uint32_t last)
{
	for (uint32_t i = last + 1; i < t->to && i < last + 9 && !ends(t, i); i++)
		if ((is(t, i, L_IS) && is(t, i + 1, L_FORBIDDEN) && !neg_is_burden(t, hit)) || (is(t, i, L_FORESAW) && plays(t, i + 1, R_PAS | R_PLUS)))
			return true;
	return false;
}

bool neg_is_upheld(const neg_text *t, const aur_hit *hit, uint32_t last)
{
	return says_lack(t, hit) || is_among_failures(t) || is_questioned(t) || is_in_the_way(t, hit) || is_judged(t, hit) ||
	       says_unable(t, hit, last) || is_asked_for(t, hit) || is_among_lacks(t, hit) || is_lacked_with(t, hit) ||
	       is_threatened(t, hit, last) || is_done_by_another(t, hit) || is_of_another(t, last) || is_left_open(t) ||
	       is_known_to_none(t, last) || is_barred_or_unforeseen(t, hit, last) || is_missed(t, hit, last) ||
	       is_not_well(t, last) || is_confirmed(t, hit) || neg_is_complained_of(t, last);
}
