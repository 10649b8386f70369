/* SPDX-License-Identifier: Apache-2.0 */
/* idioms.c - idioms of several words that say that a thing is no matter: « la paperasse, les doigts dans le nez », « leurs
 * réflexions, je m'en tape », « mes heures, je les fais sans problème ». */
#include "negation.h"
#include <string.h>

/* Tokens as in the text, without accents and capitals.  The word after the star is the key by which an idiom is found, one of L_IDIOM. */
static const char *const idioms[] = {
	/* it is easy, or going well */
	"les doigts dans le *nez", "un *jeu d' enfant", "une *formalite", "une simple *formalite", "du *gateau", "de la *rigolade", "trois fois *rien", "*peanuts",
	"comme sur des *roulettes", "comme une *lettre a la poste", "les yeux *fermes", "ca me *connait", "je suis *rode", "je suis *rodee", "la *routine", "pas bien *mechant", "pas *mechant",
	/* there is none of it, or it is over */
	"*calme plat", "*neant", "*nada", "que *dalle", "affaire *classee", "de l' histoire *ancienne", "pas un *sujet", "plus un *sujet", "hors *sujet", "loin *derriere", "s' est *tasse",
	"s' est *tassee", "s' est *arrange", "s' est *arrangee", "a *revendre", "l' *embarras du choix", "on ne se *croise pas", "on se *croise pas", "on se *connait pas",
	"on se *connait meme pas", "c' est pour les *autres",
	"a cote c' est *rien",
	/* the speaker does not care */
	"m' en *tape", "m' en *fiche", "m' en *fous", "m' en *fou", "m' en *moque", "m' en *balance", "m' en *contrefiche", "m' en *cogne", "passe *au-dessus", "me *glisse dessus",
	"ai *rien contre", "c' etait *avant", "en vois *assez", "tient la *route", "tient le *coup", "rien de *mechant", "rien de bien *mechant", "rien d' *alarmant", "est *rentre dans l' ordre", "est *rentree dans l' ordre",
	"sont *rentres dans l' ordre", "rentre dans les *habitudes", "rentree dans les *habitudes", "se fait tout *seul", "tout ce qu' il *faut", "tout ce qu' il me *faut", "pris le *coup",
	"c' est pas la *mer a boire", "c' est pas la *mort", "c' est pas le bout du *monde", "c' est pas la fin du *monde", "c' est pas un *drame", "c' est pas le plus *dur",
	"c' est pas le plus *complique", "c' est pas le plus *difficile", "touche du *bois", "touchons du *bois", "peu *importe", "peu m' *importe", "m' *indiffere", "*osef", "me *change rien", "tourne *rond", "*fastoche", "*bon debarras", "la page est *tournee", "le cadet de mes *soucis",
	"rien a *cirer", "rien a *battre", "rien a *secouer", "rien a *foutre", "en ai rien a *faire", "m' est *egal", "m' est bien *egal", "ni *chaud ni froid", "*passe encore",
};
/* The speaker does not want it. */
static const char *const unwished[] = {
	"je *passe", "je *passe mon tour", "c' est pour les *vieux", "c' est pour les *bobos", "c' est pour les *gamins", "laisse ca aux *autres", "laisse cela aux *autres", "laisse ca aux *jeunes", "*gardez le", "*gardez -le", "*gardez la", "*gardez -la", "*gardez les", "*gardez -les", "*gardez ca",
	"a quoi *bon", "non *merci", "*merci bien", "*sans moi", "*sans facon",
	"pas la *peine", "pas *utile", "pas *necessaire", "pas la peine d' y *revenir", "pas besoin d' y *revenir", "me *servirait a rien", "m' en *passe", "m' en *passe tres bien", "m' en *passe bien", "m' en *passe volontiers", "vois pas l' *utilite", "vois pas l' *interet",
	"vois pas d' *interet", "pas *envie", "on verra plus *tard", "en parlera plus *tard", "en reparlera plus *tard", "en reparlera un autre *jour",
	/* there is plenty of it */
	"en trouve *facilement", "en ai plus qu' il n' en *faut", "en ai plus qu' il ne m' en *faut", "y en a *plein", "y en a *partout", "y en a a la *pelle", "y en a a *foison", "en ai *plein",
};
/* It is too strong a word. */
static const char *const overstated[] = {
	"faut pas *exagerer", "faut rien *exagerer", "faut pas *pousser", "faut pas *charrier", "faut pas *dramatiser", "faut rien *dramatiser", "faudrait pas *exagerer", "faudrait pas *pousser",
	"faudrait pas *inventer", "faut pas *inventer", "*exagerons pas", "*exagerons rien", "n' *exagerons pas", "n' *exagerons rien", "c' est beaucoup *dire", "c' est *vite dit", "c' est un grand *mot",
	"le *mot est fort", "le *mot est trop fort", "le *mot est un peu fort", "le *mot est bien fort", "le terme est *fort", "le terme est trop *fort", "le terme est un peu *fort", "je *dirais pas ca", "je *dirais pas",
	"*irais pas jusque-la", "*irais pas jusque la", "c' est pas le *mot", "pas le moins du *monde", "jamais de la *vie",
	"c' etait du *vent", "c' est du *vent", "c' etait du *bluff", "du *bluff", "du *pipeau", /* but « leurs formations, c'est du pipeau » */
};
/* What was named before is a trouble. */
static const char *const complaints[] = {
	"en *peux plus", "en *peut plus", "en *peuvent plus", "en *pouvais plus", "en *pouvait plus", "*supporte plus", "*supporte pas", "en *ai marre", "en *ai assez", "y en a *assez", "y' en a *assez", "*ras-le-bol",
	"*ras le bol", "*marre", "plein le *dos", "ca *suffit", "c' est *trop", "c' est *dur", "c' est l' *enfer", "c' est *injuste", "c' est *insupportable", "c' est n' *importe quoi",
	"c' est une *galere", "c' est la *galere", "c' est un *enfer", "c' est pas *juste", "c' est pas *rien", "c' est pas *normal", "c' est pas *humain", "c' est pas *facile", "c' est pas *clair",
	"c' est pas *possible", "c' est plus *possible", "c' est jamais *clair", "c' est pas une *vie", "n' est pas *juste", "n' est pas *normal", "n' est pas *humain", "n' est pas *facile", "n' est pas *clair",
	"ca me *bloque", "ca me *stresse", "ca me *bouffe", "ca me *tue", "ca me *mine", "ca me *ronge", "ca me *pourrit la vie", "ca m' *epuise", "ca m' *angoisse", "ca m' *empeche",
	"pose *probleme", "me *bloque", "m' *empeche de dormir", "en *dors pas", "en *dors plus", "en ai *peur", "en *parle a personne", "m' en *sors pas", "m' en *sors plus", "s' en *sort pas", "y *arrive pas",
	"y *arrive plus", "*comprends rien", "*comprends pas", "ai rien *compris", "ca va *pas", "*marche pas", "vois pas le *bout", "voit pas le *bout",
	"s' y *fait jamais", "s' y *fait pas", "s' y *habitue pas", "s' y *habitue jamais", "vois pas la *fin", "voit pas la *fin", "c' est jamais *fini", "c' est pas *fini",
	"c' est pas ma *faute", "c' est pas de ma *faute", "y peux *rien", "ca me *met hors de moi", "ca me *rend malade", "ca me *rend dingue", "ca me *rend fou", "ca me *rend folle", "ca m' *enerve", "ca me *revolte", "ca me *degoute", "ca me *saoule", "ca me *gonfle", "y *connais rien", "y *connait rien",
	"y *pige rien", "y *comprends que dalle", "y *connais que dalle", "y *capte rien",
};
enum {
	IDIOMS = sizeof(idioms) / sizeof(*idioms),
	UNWISHED = sizeof(unwished) / sizeof(*unwished),
	OVERSTATED = sizeof(overstated) / sizeof(*overstated),
	COMPLAINTS = sizeof(complaints) / sizeof(*complaints)
};
_Static_assert(IDIOMS + UNWISHED + OVERSTATED + COMPLAINTS <= NEG_IDIOMS, "the cache has a key for each");
typedef struct kind {
	const char *const *of;
	unsigned count, at; /* at: where its keys begin */
} kind;
static const kind of_idioms = { idioms, IDIOMS, 0 }, of_unwished = { unwished, UNWISHED, IDIOMS }, of_overstated = { overstated, OVERSTATED, IDIOMS + UNWISHED },
		  of_complaints = { complaints, COMPLAINTS, IDIOMS + UNWISHED + OVERSTATED };

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
	if (is(t, neg_before(t, first), L_EVEN))
		return true; /* « c'est même pas la peine »: it is hopeless */
	for (unsigned k = 0; k < 3 && (first = neg_before(t, first)) != NEG_NONE; k++)
		if (t->role[first] & (R_SECOND | R_NI | R_NON))
			return true;
	return false;
}

static bool says_no_more(const neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i);
	while (is(t, n, L_NO_MORE_THAN) || is(t, n, L_PRONOUN) || is(t, n, L_AVEC) || is(t, n, L_UTTERLY) || (plays(t, n, R_PAS) && is(t, neg_after(t, n), L_PAS_MAL)) || is(t, n, L_PAS_MAL))
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
	if (is(t, from, L_INFINITIVE) || is(t, from, L_HE) || (is(t, from, L_ON) && is(t, neg_after(t, from), L_TO_ME)))
		return; /* « pouvoir venir sans souci », « ils coupent sans problème », « on nous radie sans problème » */
	for (uint32_t k = from; k < token; k++)
		if ((t->role[k] & (R_SECOND | R_NE | R_SI | R_SANS | R_NI | R_POUR | R_QUAND)) || is(t, k, L_WISH) || is(t, k, L_WOULD))
			return;
	uint32_t it = plays(t, from, R_SUBJECT) ? neg_after(t, from) : NEG_NONE;
	if ((is(t, it, L_THE_ONE) || is(t, it, L_EN) || is(t, it, L_Y)) && neg_matter_before(t, from, last, NEG_ANY))
		return;
	if (from < token)
		neg_no_matter(t, token, last, from, token - 1, NEG_ANY);
}

void neg_without_trouble(neg_text *t, uint32_t sans, uint32_t problem)
{
	if (!t->question && neg_after(t, sans) == problem && says_no_more(t, problem) && !neg_taken_back(t, problem))
		of_clause(t, sans, problem);
}

/* « les papiers, je les fais sans aide » */
void neg_without_help(neg_text *t, uint32_t sans)
{
	uint32_t help = neg_after(t, sans), from = sans, it;
	while (from > t->from && !(t->role[from - 1] & (R_COMMA | R_STOP | R_BREAK | R_QUE | R_QUI | R_SUBJECT)))
		from--;
	from -= from > t->from && (t->role[from - 1] & R_SUBJECT);
	it = plays(t, from, R_SUBJECT) && !is(t, from, L_THEY) ? neg_after(t, from) : NEG_NONE;
	if (!is(t, help, L_HELP) || t->question || !(is(t, it, L_THE_ONE) || is(t, it, L_EN) || is(t, it, L_Y)))
		return;
	for (uint32_t k = from; k < sans; k++)
		if ((t->role[k] & (R_SECOND | R_NE | R_SI | R_NI | R_POUR | R_QUAND)) || is(t, k, L_WISH) || is(t, k, L_WOULD))
			return;
	neg_matter_before(t, from, help, NEG_ANY);
}

/* « je m'en fiche de France Travail », « je me moque du regard des gens »; but not « ils se moquent de moi » */
static void careless(neg_text *t, uint32_t i)
{
	uint32_t of = neg_after(t, i), me = neg_before(t, i);
	if (is(t, me, L_EN))
		me = neg_before(t, me);
	if (plays(t, of, R_DE) && is(t, me, L_TO_ME) && is(t, neg_before(t, me), L_I) && !is(t, neg_after(t, of), L_PRONOUN))
		neg_aside(t, i, i, of, 5, NEG_ANY);
}

static void learn_keys(neg_keys *keys, const kind *k)
{
	for (unsigned i = 0; i < k->count; i++) {
		const char *p = strchr(k->of[i], '*') + 1;
		keys->at[k->at + i] = (uint8_t)(p - k->of[i]);
		keys->letter[k->at + i] = *p;
	}
}

static const neg_keys *keys_of(const neg_text *t)
{
	neg_keys *keys = &t->cache->keys;
	if (!keys->known) {
		learn_keys(keys, &of_idioms);
		learn_keys(keys, &of_unwished);
		learn_keys(keys, &of_overstated);
		learn_keys(keys, &of_complaints);
		keys->known = true;
	}
	return keys;
}

/* The next idiom of a kind, from `i` on, with the word at `token` as its key; k->count if there is none.  Most have a key with another
 * first letter, which spares reading their text. */
static unsigned next_idiom(const neg_text *t, const kind *k, unsigned i, aur_str word, uint32_t token, uint32_t *first, uint32_t *last)
{
	const neg_keys *keys = keys_of(t);
	const char *letter = keys->letter + k->at, *at;
	for (; i < k->count && word.len > 0 && (at = memchr(letter + i, *word.ptr, k->count - i)) != NULL; i++) {
		i = (unsigned)(at - letter);
		const char *p = k->of[i] + keys->at[k->at + i];
		if (strncmp(p, word.ptr, word.len) == 0 && (p[word.len] == ' ' || p[word.len] == 0) && stands(t, k->of[i], token, first, last))
			return i;
	}
	return k->count;
}

static bool find(const neg_text *t, const kind *k, aur_str word, uint32_t i, uint32_t *first, uint32_t *last)
{
	return next_idiom(t, k, 0, word, i, first, last) < k->count && !is_denied(t, *first) && says_no_more(t, *last) && !neg_taken_back(t, *last);
}

/* « Le conseiller, sans façon, m'a tutoyé » */
static bool goes_on(const neg_text *t, uint32_t i)
{
	return i + 2 <= t->to && (t->role[i + 1] & R_COMMA) && plays(t, i + 2, R_OBJECT | R_AUX) && !plays(t, i + 2, R_DET | R_SUBJECT);
}

void neg_find_idiom(neg_text *t, uint32_t i)
{
	uint32_t first, last, named, end, links;
	if (is(t, i, L_CARELESS) && !t->question)
		careless(t, i);
	if (t->question || (is(t, i, L_NADA) && is(t, neg_before(t, i), L_THE_ONE)))
		return; /* « côté réponses, le néant » is a complaint */
	aur_str word = neg_value_at(t, i);
	if (find(t, &of_overstated, word, i, &first, &last)) {
		if (neg_named_before(t, first, &named, &end, &links))
			neg_deny(t, first, last, named, end);
	} else if (find(t, &of_idioms, word, i, &first, &last)) {
		if (!neg_matter_before(t, first, last, NEG_ANY) && neg_topic(t, first, &named, &end))
			neg_no_matter(t, first, last, named, end, NEG_ANY);
	}
	else if (find(t, &of_unwished, word, i, &first, &last) && !goes_on(t, last) && !neg_matter_before(t, first, last, NEG_GOODS)) {
		for (end = first; end > t->from && (t->role[end - 1] & (R_SUBJECT | R_OBJECT));)
			end--;
		if (end > t->from + 2 && (t->role[end - 1] & R_AND)) /* j'utilise pas internet et je m'en passe bien */
			neg_no_matter(t, first, last, t->from, end - 2, NEG_GOODS);
	}
}

uint32_t neg_idiom_near(const neg_text *t, uint32_t i, bool lack)
{
	uint32_t first, last;
	for (uint32_t k = i; k <= t->to && k < i + 8; k++) {
		if (!is(t, k, L_IDIOM))
			continue;
		aur_str word = neg_value_at(t, k);
		if ((find(t, lack ? &of_unwished : &of_overstated, word, k, &first, &last) || find(t, &of_idioms, word, k, &first, &last)) && first <= i + 2)
			return k;
	}
	return NEG_NONE;
}

/* May the words [from, to) stand between a thing and the complaint about it, « les dossiers de la CAF, on n'[en peut plus] »? */
static bool leads_to(const neg_text *t, uint32_t from, uint32_t to)
{
	unsigned commas = 0;
	if (to - from > 6)
		return false;
	for (uint32_t k = from; k < to; k++) {
		if (t->role[k] & (R_SECOND | R_STOP | R_SI | R_SANS | R_NI))
			return false;
		commas += (t->role[k] & R_COMMA) != 0;
	}
	return commas < 3;
}

bool neg_is_complained_of(const neg_text *t, uint32_t last)
{
	uint32_t first, end;
	for (uint32_t i = last + 1; i <= t->to && i < last + 12; i++) {
		aur_str word = neg_value_at(t, i);
		for (unsigned k = 0; (k = next_idiom(t, &of_complaints, k, word, i, &first, &end)) < COMPLAINTS; k++)
			if (first > last && leads_to(t, last + 1, first) && !plays(t, neg_after(t, end), R_SECOND))
				return true;
	}
	return false;
}
