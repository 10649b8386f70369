/* SPDX-License-Identifier: Apache-2.0 */
/* idioms.c - idioms of several words that say that a thing is no matter: « la paperasse, les doigts dans le nez », « leurs
 * réflexions, je m'en tape », « mes heures, je les fais sans problème ». */
#include "negation.h"
#include <string.h>

#define is neg_is
#define plays neg_plays

/* Tokens as in the text, without accents and capitals.  The word after the star is the key by which an idiom is found, one of L_IDIOM. */
static const char *const idioms[] = {
	/* it is easy, or going well */
	"les doigts dans le *nez", "un *jeu d' enfant", "une *formalite", "une simple *formalite", "du *gateau", "de la *rigolade", "trois fois *rien", "*peanuts",
	"comme sur des *roulettes", "comme une *lettre a la poste", "les yeux *fermes", "ca me *connait", "je suis *rode", "je suis *rodee", "la *routine", "pas bien *mechant", "pas *mechant",
	/* there is none of it, or it is over */
	"*calme plat", "*neant", "*nada", "que *dalle", "affaire *classee", "de l' histoire *ancienne", "pas un *sujet", "plus un *sujet", "hors *sujet", "loin *derriere", "s' est *tasse",
	"s' est *tassee", "s' est *arrange", "s' est *arrangee", "a *revendre", "l' *embarras du choix", "on ne se *croise pas", "on se *croise pas", "on se *connait pas",
	"on se *connait meme pas",
	/* the speaker does not care */
	"m' en *tape", "m' en *fiche", "m' en *fous", "m' en *fou", "m' en *moque", "m' en *balance", "m' en *contrefiche", "m' en *cogne", "passe *au-dessus", "me *glisse dessus",
	"m' est *egal", "m' est bien *egal", "ni *chaud ni froid", "*passe encore",
};
/* The speaker does not want it. */
static const char *const unwished[] = {
	"je *passe mon tour", "laisse ca aux *autres", "laisse cela aux *autres", "*gardez le", "*gardez -le", "*gardez la", "*gardez -la", "*gardez les", "*gardez -les", "*gardez ca",
	"non *merci", "*merci bien", "*sans moi", "*sans facon",
};
enum { IDIOMS = sizeof(idioms) / sizeof(*idioms), UNWISHED = sizeof(unwished) / sizeof(*unwished) };

static bool is_word(const neg_text *t, uint32_t i, const char *word, size_t n)
{
	aur_str v = neg_value_at(t, i);
	return v.len == n && memcmp(v.ptr, word, n) == 0;
}

/* Finds where in the text the idiom is whose key word is at `i`: [*first, *last]; false if it is another one. */
static bool stands(const neg_text *t, const char *idiom, uint32_t i, uint32_t *first, uint32_t *last)
{
	const char *star = strchr(idiom, '*'), *p = star + 1;
	for (*last = i;; ++*last) {
		size_t n = strcspn(p, " ");
		if (*last > t->to || !is_word(t, *last, p, n))
			return false;
		if (p[n] == 0)
			break;
		p += n + 1;
	}
	*first = i;
	for (p = star; p > idiom; ) {
		const char *end = p - 1;
		for (p = end; p > idiom && p[-1] != ' ';)
			p--;
		if (*first == t->from || !is_word(t, --*first, p, (size_t)(end - p)))
			return false;
	}
	return true;
}

/* « c'est pas un jeu d'enfant », « jamais à revendre » */
static bool is_denied(const neg_text *t, uint32_t first)
{
	for (unsigned k = 0; k < 3 && (first = neg_before(t, first)) != NEG_NONE; k++)
		if (t->role[first] & (R_SECOND | R_NI | R_NON))
			return true;
	return false;
}

static bool says_no_more(const neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i);
	while (is(t, n, L_NO_MORE_THAN) || is(t, n, L_ME) || is(t, n, L_AVEC))
		n = neg_after(t, n);
	return n == NEG_NONE || plays(t, n, R_AND) || (plays(t, n, R_BREAK) && !is(t, n, L_BEFORE));
}

/* « sans problème » at the end of a clause: denies what was named before the clause and taken up by « le » or « en » in it, else
 * the clause itself. */
static void of_clause(neg_text *t, uint32_t token, uint32_t last)
{
	uint32_t from = token;
	while (from > t->from && !(t->role[from - 1] & (R_COMMA | R_STOP | R_BREAK | R_QUE | R_QUI)))
		from--;
	if (is(t, from, L_INFINITIVE) || is(t, from, L_HE) || (is(t, from, L_ON) && is(t, neg_after(t, from), L_US)))
		return; /* « pouvoir venir sans souci », « ils coupent sans problème », « on nous radie sans problème » */
	for (uint32_t k = from; k < token; k++)
		if ((t->role[k] & (R_SECOND | R_NE | R_SI | R_SANS | R_NI | R_POUR | R_QUAND)) || is(t, k, L_WISH) || is(t, k, L_WOULD))
			return;
	uint32_t it = plays(t, from, R_SUBJECT) ? neg_after(t, from) : NEG_NONE;
	if ((is(t, it, L_THE_ONE) || is(t, it, L_EN) || is(t, it, L_Y)) && neg_matter_before(t, from, last, false))
		return;
	if (from < token)
		neg_no_matter(t, token, last, from, token - 1, false);
}

void neg_without_trouble(neg_text *t, uint32_t sans, uint32_t problem)
{
	if (!t->question && neg_after(t, sans) == problem && says_no_more(t, problem) && !neg_taken_back(t, problem))
		of_clause(t, sans, problem);
}

static bool find(neg_text *t, const char *const *of, unsigned n, uint32_t i, uint32_t *first, uint32_t *last)
{
	unsigned k = 0;
	while (k < n && !stands(t, of[k], i, first, last))
		k++;
	return k < n && !is_denied(t, *first) && says_no_more(t, *last) && !neg_taken_back(t, *last);
}

/* « Le conseiller, sans façon, m'a tutoyé » */
static bool goes_on(const neg_text *t, uint32_t i)
{
	return i + 2 <= t->to && (t->role[i + 1] & R_COMMA) && plays(t, i + 2, R_OBJECT | R_AUX) && !plays(t, i + 2, R_DET | R_SUBJECT);
}

void neg_find_idiom(neg_text *t, uint32_t i)
{
	uint32_t first, last;
	if (t->question)
		return;
	if (find(t, idioms, IDIOMS, i, &first, &last))
		neg_matter_before(t, first, last, false);
	else if (find(t, unwished, UNWISHED, i, &first, &last) && !goes_on(t, last))
		neg_matter_before(t, first, last, true);
}
