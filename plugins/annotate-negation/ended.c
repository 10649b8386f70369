/* SPDX-License-Identifier: Apache-2.0 */
/* ended.c - things that a verb, and not a negation, says to be over, or spared somebody: « mes dettes sont derrière moi », « les
 * moqueries ont cessé », « j'ai fini d'avoir honte », « elle m'épargne les formulaires », « exempté des quinze heures ».  A burden
 * that is over or spared is denied whatever polarity the entry that found it expects; of anything else (« le bus a cessé de passer
 * ») the lack counts. */
#include "negation.h"

/* The word before `i`, skipping « enfin », « loin », « me, nous ». */
static uint32_t back_past_light(const neg_text *t, uint32_t i)
{
	do
		i = neg_before(t, i);
	while (is(t, i, L_FULLY));
	return i;
}

static bool is_denied_verb(const neg_text *t, uint32_t verb)
{
	uint32_t p = neg_before(t, verb);
	while (plays(t, p, R_OBJECT | R_AUX))
		p = neg_before(t, p);
	return plays(t, p, R_NE | R_SECOND | R_NI) || plays(t, neg_after(t, verb), R_PAS | R_JAMAIS | R_PERSONNE);
}

/* Denies the subject of the verb at `verb`. */
static void subject_gone(neg_text *t, uint32_t verb, uint32_t last)
{
	uint32_t first, end, links;
	if (!is_denied_verb(t, verb) && neg_named_before(t, verb, &first, &end, &links))
		neg_deny(t, verb, last, first, end);
}

/* « mes dettes sont derrière moi », « j'ai laissé la honte derrière moi »; not « le voisin derrière moi » */
static void behind(neg_text *t, uint32_t i)
{
	uint32_t who = neg_after(t, i), p = back_past_light(t, i);
	if (!is(t, who, L_PRONOUN) || is(t, who, L_CA))
		return;
	if (plays(t, p, R_AUX)) {
		if (!is_denied_verb(t, p))
			neg_matter_before(t, p, who, NEG_ANY);
		return;
	}
	for (unsigned k = 0; k < 6 && p != NEG_NONE; k++, p = neg_before(t, p))
		if (is(t, p, L_LEFT)) {
			if (plays(t, neg_before(t, p), R_AUX) && !is_denied_verb(t, p))
				neg_no_matter(t, p, p, p + 1, i - 1, NEG_ANY);
			return;
		}
}

/* « appartient au passé », « n'est plus qu'un mauvais souvenir » */
static void past(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i);
	if (is(t, i, L_PAST)) {
		uint32_t verb = neg_before(t, p);
		if (is(t, p, L_AU) && is(t, verb, L_BELONGS) && !is_denied_verb(t, verb))
			neg_matter_before(t, verb, i, NEG_ANY);
		return;
	}
	for (unsigned k = 0; k < 5 && p != NEG_NONE && !plays(t, p, R_QUE); k++)
		p = neg_before(t, p);
	uint32_t plus = neg_before(t, p), be = neg_before(t, plus);
	if (plays(t, p, R_QUE) && plays(t, plus, R_PLUS) && plays(t, be, R_AUX))
		neg_matter_before(t, be, i, NEG_ANY);
}

/* « ont cessé », « ont pris fin », « s'est dissipée »: denies the subject, unless « de » follows */
static void ceased(neg_text *t, uint32_t i)
{
	uint32_t verb = neg_before(t, i), n = neg_after(t, i);
	if (is(t, i, L_END)) {
		if (is(t, verb, L_PUT) && is(t, n, L_A_AU)) { /* on a mis fin aux convocations */
			uint32_t have = neg_before(t, verb);
			if (plays(t, have, R_AUX) && !is_denied_verb(t, verb) && !is(t, neg_after(t, n), L_WHOSE) && !neg_wish(t, i))
				neg_deny(t, verb, i, n + 1, neg_phrase_end(t, n, 6));
			return;
		}
		if (!is(t, verb, L_TAKE))
			return;
		i = verb;
		verb = neg_before(t, verb);
	} else if (plays(t, n, R_DE) && !is(t, neg_after(t, n), L_ARRIVE)) {
		return; /* « ont cessé de venir » is denied here; « a cessé de me faire peur » is not */
	}
	if (!plays(t, verb, R_AUX))
		return;
	bool self = is(t, neg_before(t, verb), L_SE);
	if (is(t, i, L_STOPPED) && !is(t, i, L_CEASED) && !self)
		return; /* « ils ont arrêté » does not say what ended */
	subject_gone(t, self ? neg_before(t, verb) : verb, i);
}

/* « j'ai fini d'avoir honte » */
static void done_with(neg_text *t, uint32_t i)
{
	uint32_t de = neg_after(t, i), what = neg_after(t, de);
	if (neg_behind_comma(t, i) && is(t, de, L_POUR) && is(t, what, L_PRONOUN)) {
		neg_matter_before(t, i, what, NEG_GOODS); /* Pôle emploi, terminé pour moi */
		return;
	}
	if (is(t, neg_before(t, i), L_HAVE) && plays(t, de, R_DE) && is(t, what, L_INFINITIVE) && !is_denied_verb(t, i) && !t->question)
		neg_deny(t, i, i, what, neg_phrase_end(t, what, 6));
}

/* Is there a wish or a purpose before it?  « il faudrait nous épargner ces trajets », « pour m'éviter une saisie » */
static bool only_aimed_at(const neg_text *t, uint32_t i)
{
	bool finite = false;
	for (uint32_t k = i; k-- > t->from && i - k < 12 && !(t->role[k] & (R_STOP | R_COMMA));) {
		if (is(t, k, L_WISH) || is(t, k, L_STOP_IT) || (plays(t, k, R_POUR) && is(t, i, L_INFINITIVE)) || plays(t, k, R_SI))
			return true;
		finite |= t->role[k] & (R_SUBJECT | R_AUX | R_OBJECT);
	}
	return !finite;
}

/* « elle m'épargne les formulaires », « a su m'éviter les convocations »: the verb has « me », « nous », « leur » before it. */
static void spared_me(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), n = neg_after(t, i);
	while (plays(t, p, R_AUX) && !plays(t, p, R_OBJECT))
		p = neg_before(t, p);
	if (!is(t, p, L_TO_ME) && !is(t, p, L_TO_HIM))
		return;
	if (n != NEG_NONE && !only_aimed_at(t, i) && !is_denied_verb(t, i) && !is(t, neg_before(t, p), L_MUST) && (is(t, n, L_THE_ONE) || is(t, n, L_UN) || plays(t, n, R_DE))) /* « cinquante bornes » speaks of particular ones */
		neg_no_matter(t, i, i, n, neg_phrase_end(t, i, 8), NEG_ANY);
}

/* « exempte les familles des frais », « libérée des crédits », « me préserve des oreilles du couloir » */
static void freed(neg_text *t, uint32_t i)
{
	uint32_t de = neg_after(t, i);
	if (is(t, i, L_INFINITIVE) || is_denied_verb(t, i) || neg_wish(t, i) || is(t, neg_before(t, i), L_WISH))
		return;
	/* « me préserve des oreilles », « libérée des crédits », but « a libéré des places » */
	uint32_t p = neg_before(t, i);
	bool of = plays(t, p, R_OBJECT) || (plays(t, p, R_AUX) && !is(t, p, L_HAVE)) || p == NEG_NONE || is(t, p, L_BEEN) || plays(t, neg_before(t, p), R_OBJECT);
	for (unsigned k = 0; k < 5 && de != NEG_NONE && !plays(t, de, R_QUE | R_QUI | R_BREAK | R_AND); k++, de = neg_after(t, de)) {
		bool article = plays(t, de, R_DET) && !is(t, de, L_OF_THE) && !of;
		if (!plays(t, de, R_DE) || article)
			continue;
		uint32_t last = neg_phrase_end(t, de, 6);
		neg_no_matter(t, i, i, de, last, NEG_ANY);
		return;
	}
}

/* « je me passe très bien de voiture »; but « je dois me passer de voiture » misses it */
static void does_without(neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i);
	if (!plays(t, neg_before(t, i), R_OBJECT) || !is(t, n, L_EASILY))
		return;
	while (is(t, n, L_EASILY))
		n = neg_after(t, n);
	if (plays(t, n, R_DE))
		neg_no_matter(t, i, i, n, neg_phrase_end(t, n, 5), NEG_ANY);
}

/* « ils auraient pu me radier », « a renoncé à me suspendre »: it was not done; but « auraient pu me prévenir de la radiation »
 * says that there was one */
static void left_undone(neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i), verb = neg_after(t, n);
	if (!(is(t, i, L_RENOUNCE) ? is(t, n, L_A) : is(t, i, L_WOULD) && is(t, n, L_MIGHT)) || t->question || is_denied_verb(t, i))
		return;
	while (plays(t, verb, R_OBJECT))
		verb = neg_after(t, verb);
	if (!is(t, verb, L_INFINITIVE))
		return;
	uint32_t last = neg_phrase_end(t, verb, 6);
	for (uint32_t k = t->from; k <= last; k++)
		if ((k > n && plays(t, k, R_NE | R_SECOND | R_SPARED | R_OPINION | R_SANS)) || (t->role[k] & R_SI))
			return;
	neg_deny(t, i, n, n + 1, last);
}

/* « la solitude, j'en suis sortie » */
static void out_of_it(neg_text *t, uint32_t i)
{
	uint32_t be = neg_before(t, i), en = neg_before(t, be), n = neg_after(t, i);
	bool changed = n != NEG_NONE && t->role[n] == 0 && !is(t, n, L_FULLY) && !is(t, n, L_PREP); /* « la sophro, j'en suis sortie légère » means another thing */
	if (plays(t, be, R_AUX) && is(t, en, L_EN) && !changed && !is_denied_verb(t, be))
		neg_matter_before(t, be, i, NEG_ANY);
}

/* « impossible qu'on nous entende »; but not « impossible qu'on échappe à la sanction » */
static void cannot_be(neg_text *t, uint32_t i)
{
	uint32_t que = neg_after(t, i), who = neg_after(t, que);
	if (!plays(t, que, R_QUE) || plays(t, neg_before(t, i), R_SECOND) || t->question)
		return;
	uint32_t last = neg_phrase_end(t, who, 7);
	for (uint32_t k = who; k != NEG_NONE && k <= last; k++)
		if (plays(t, k, R_SPARED | R_SECOND | R_NE | R_SANS))
			return;
	neg_deny(t, i, i, who, last);
}

void neg_find_ended(neg_text *t)
{
	for (uint32_t i = t->from; i <= t->to; i++) {
		if (!(t->role[i] & R_SPARED))
			continue;
		if (is(t, i, L_BEHIND))
			behind(t, i);
		if (is(t, i, L_PAST) || is(t, i, L_MEMORY))
			past(t, i);
		if (is(t, i, L_CEASED) || is(t, i, L_STOPPED) || is(t, i, L_END))
			ceased(t, i);
		if (is(t, i, L_OVER))
			done_with(t, i);
		if (is(t, i, L_AVOID))
			spared_me(t, i);
		if (is(t, i, L_SPARED) || is(t, i, L_FREED))
			freed(t, i);
		if (is(t, i, L_PASSES))
			does_without(t, i);
		if (is(t, i, L_QUIT) && plays(t, neg_before(t, i), R_AUX) && is(t, neg_before(t, neg_before(t, i)), L_TO_ME))
			subject_gone(t, neg_before(t, neg_before(t, i)), i); /* les angoisses m'ont quittée */
		if (is(t, i, L_OUT))
			out_of_it(t, i);
		if (is(t, i, L_RENOUNCE) || is(t, i, L_WOULD))
			left_undone(t, i);
		if (is(t, i, L_IMPOSSIBLE))
			cannot_be(t, i);
		if (is(t, i, L_FAREWELL) && neg_before(t, i) == NEG_NONE && plays(t, neg_after(t, i), R_DET))
			neg_deny(t, i, i, i + 1, neg_phrase_end(t, i, 6)); /* adieu les dettes */
	}
}
