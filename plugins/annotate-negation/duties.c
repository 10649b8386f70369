/* SPDX-License-Identifier: Apache-2.0 */
/* duties.c - things that somebody does not have to do, or has no trouble with: « je n'ai pas à faire les 15 heures », « on ne nous
 * impose pas de métier », « j'ai pas galéré avec le site ».  So they are no matter (named.c). */
#include "negation.h"

/* Denies what is named behind `from`, in a phrase that begins at `what`. */
static void no_matter(neg_text *t, uint32_t i, uint32_t last, uint32_t from, uint32_t what, uint32_t words)
{
	neg_no_matter(t, i, last, from, neg_phrase_end(t, what, words), NEG_ANY);
}

/* « personne m'a imposé un métier » */
static void imposed_by_nobody(neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i);
	while (plays(t, n, R_NE | R_OBJECT | R_AUX))
		n = neg_after(t, n);
	uint32_t what = neg_after(t, n);
	if (is(t, n, L_IMPOSED) && plays(t, what, R_DET | R_DE))
		no_matter(t, i, n, i + 1, what, 6);
}

/* « on ne nous impose pas les 15 heures », « on ne m'a pas imposé d'atelier » */
static bool not_imposed(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), n = neg_after(t, i), what = neg_after(t, n);
	if (is(t, p, L_IMPOSE) && (plays(t, n, R_DET) || is(t, n, L_TO))) {
		no_matter(t, i, i, n, n, 6);
		return true;
	}
	if (!is(t, n, L_IMPOSED) || !plays(t, p, R_AUX) || !is(t, neg_before(t, p), L_TO_ME))
		return false;
	if (plays(t, what, R_DET | R_DE) || is(t, what, L_TO))
		no_matter(t, i, n, n, what, 6);
	return true;
}

/* « pour les trajets je galère pas », « j'ai pas galéré pour trouver un employeur » */
static bool no_struggle(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), n = neg_after(t, i), last;
	if (is(t, p, L_STRUGGLED) && plays(t, neg_before(t, p), R_SUBJECT) && plays(t, i, R_PAS | R_JAMAIS))
		last = i;
	else if (is(t, n, L_STRUGGLED) && plays(t, p, R_AUX))
		last = n;
	else
		return false;
	if (!neg_matter_behind(t, i, last, 7) && neg_after(t, last) == NEG_NONE)
		neg_matter_before(t, p, last, NEG_ANY);
	return true;
}

/* « la CAF m'a jamais fait d'histoires » */
static bool no_misery(neg_text *t, uint32_t i)
{
	uint32_t have = neg_before(t, i), done = neg_after(t, i), of = neg_after(t, done);
	if (!is(t, done, L_FAIT) || !plays(t, have, R_AUX) || !is(t, neg_before(t, have), L_TO_ME) || !plays(t, of, R_DE) || !is(t, neg_after(t, of), L_MISERY))
		return false;
	neg_matter_before(t, neg_before(t, have), i, NEG_ANY);
	return true;
}

/* « pas passé des heures à remplir », « pas mis trois mois à » */
static bool no_time_spent(neg_text *t, uint32_t i)
{
	uint32_t spent = neg_after(t, i), to = neg_after(t, spent);
	if (!is(t, spent, L_SPENT) || !is(t, neg_before(t, i), L_HAVE))
		return false;
	for (unsigned k = 0; k < 4 && to != NEG_NONE && !is(t, to, L_A); k++)
		to = neg_after(t, to);
	uint32_t verb = neg_after(t, to);
	if (is(t, to, L_A) && is(t, verb, L_INFINITIVE) && to > spent + 1)
		no_matter(t, i, spent, verb, verb, 5);
	return true;
}

/* « je n'ai pas à faire les 15 heures », « pas eu à me déplacer », « on n'est pas obligé de prendre la voiture » */
static void has_not_to(neg_text *t, uint32_t i)
{
	uint32_t p = neg_before(t, i), to = neg_after(t, i);
	if (is(t, to, L_BEEN))
		to = neg_after(t, to);
	bool obliged = !is(t, to, L_HAD) && is(t, to, L_OBLIGED);
	if (obliged || is(t, to, L_HAD))
		to = neg_after(t, to);
	if (!(obliged ? is(t, to, L_TO) : is(t, p, L_HAVE) && is(t, to, L_A)) || neg_not_theirs(t, i))
		return;
	uint32_t verb = neg_after(t, to);
	if (is(t, verb, L_STRUGGLED) && neg_after(t, verb) == NEG_NONE && neg_matter_before(t, p, verb, NEG_ANY))
		return; /* la connexion, j'ai pas eu à batailler */
	if (plays(t, verb, R_OBJECT) && !is(t, verb, L_TO_ME) && is(t, neg_after(t, verb), L_INFINITIVE) && neg_matter_before(t, p, verb, NEG_ANY))
		return; /* la CAF, j'ai pas eu à l'appeler */
	while (plays(t, verb, R_OBJECT))
		verb = neg_after(t, verb);
	if (is(t, verb, L_INFINITIVE))
		no_matter(t, i, i, to, verb, 5);
}

void neg_no_duty(neg_text *t, uint32_t i)
{
	if (not_imposed(t, i))
		return;
	if (plays(t, i, R_PERSONNE))
		imposed_by_nobody(t, i);
	else if (!no_struggle(t, i) && !no_misery(t, i) && !no_time_spent(t, i))
		has_not_to(t, i);
}
