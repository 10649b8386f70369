/* SPDX-License-Identifier: Apache-2.0 */
/* Polarity: what is denied, what holds under a condition, and what only looks so.  All sentences are invented. */
#define _POSIX_C_SOURCE 200809L
#include "host_ann.h"
#include "suite.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char lexicon[] =
    "<lexicon id='t' version='1.0' lang='fr' theme='t'><title>t</title>\n"
    "<entry>sanction*\nradi(é|ée|és|ées|ation|ations)\nmenac*\njug(e|é|ée|és|ées|er|ent|ement|ements)\nfain(é|è)ant*\nassisté(|e|s|es)\n"
    "préjugé*\nhonte\nmépris*\nflicage\nchantage\n(me|m'|nous) jug(e|ent)\ncas soc(ial|iaux)\ncoup(er|é|e|ent) ..2 (rsa|vivres)\ndettes\n"
    "ne compt* pas\npeur\nclichés\n</entry>\n"
    "<entry polarity='asserted'>sans permis\npermis\n</entry>\n"
    "<entry polarity='lack'>bus</entry>\n"
    "<entry>regard* ..2 de travers\n</entry>\n"
    "<theme id='t.denied' polarity='negated'><title>d</title><entry>pas de loyer en retard\n</entry></theme>\n"
    "<theme id='t.rent' polarity='lack'><title>r</title><entry>loyer en retard\n</entry></theme></lexicon>\n";

static ha *a;
static char path[] = "negation-XXXXXX";

static void open_all(void)
{
	char setting[100];
	int fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq((int)write(fd, lexicon, strlen(lexicon)), (int)strlen(lexicon));
	close(fd);
	snprintf(setting, sizeof(setting), "lexicon=./%s", path);
	const char *const settings[] = { setting, NULL };
	a = ha_new();
	ck_assert_msg(ha_add(a, "annotate-lexicon", "annotate-lexicon", settings) == AUR_OK, "%s", ha_error(a));
	ck_assert_int_eq(ha_add(a, "annotate-negation", "annotate-negation", NULL), AUR_OK);
	unlink(path);
}

static void close_all(void)
{
	ha_free(a);
}

/* The polarities of the hits in order: + asserted, - denied, ? under a condition. */
static const struct {
	const char *polarity, *text;
} cases[] = {
	/* ne … pas, plus, jamais, rien, personne, aucun */
	{ "-", "Ma référente ne me juge pas." },
	{ "-", "Je n'ai jamais été sanctionné, on m'a toujours laissé m'expliquer" },
	{ "-", "Ici on ne nous sanctionne plus pour un retard." },
	{ "-", "Ils ne jugent personne." },
	{ "-", "Je n’ai eu aucune sanction depuis deux ans." },
	{ "-", "On ne m'a jamais fait sentir que j'étais un cas social." },
	{ "-", "Le conseiller n'a pas brandi de menace." },
	{ "-", "Je n'ai plus de dettes." },
	{ "-", "On ne m'a ni jugé ni rabaissé." },
	/* personne, aucun, rien as subjects */
	{ "-", "Personne ici ne m'a traité de fainéant." },
	{ "-", "personne ici ne me juge" },
	{ "-", "personne me juge dans ce groupe" },
	{ "-", "Personne, même le chef, ne me juge." },
	{ "-", "Aucun conseiller ne m'a jugée." },
	{ "-", "Il n'y a personne qui me juge ici." },
	{ "-", "Rien ne nous menace ici." },
	{ "-", "Plus personne ne nous juge." },
	{ "+", "Une personne m'a jugé." },
	{ "+", "La personne du guichet nous juge." },
	/* without ne */
	{ "-", "on me juge pas" },
	{ "-", "ici on me juge vraiment pas" },
	{ "-", "ils sanctionnent jamais" },
	{ "?", "ils sanctionnent jamais sans prévenir" },
	{ "-", "on m'a jamais menacé" },
	{ "-", "Jamais eu de sanction, juste des conseils." },
	{ "-", "ici on me prend jamais pour une fainéante" },
	{ "-", "c'est pas du flicage" },
	{ "-", "je suis pas sanctionnée" },
	{ "-", "on me juge plus" },
	{ "-", "plus aucune sanction depuis" },
	{ "-", "jai pa eu de sanction" },
	{ "-", "g jms été radié" },
	{ "-", "ON ME JUGE PAS ICI" },
	{ "--", "Pas de jugement, pas de mépris, ça change." },
	{ "--", "pas de jugement ni de mépris" },
	{ "--", "aucun jugement, aucun mépris, même quand je lis lentement" },
	{ "-", "Je me sens soutenue, pas jugée." },
	/* sans, ni, absence de, loin de, non */
	{ "-", "Il m'écoute sans me juger." },
	{ "-", "sans jugement" },
	{ "-", "ss jugement" },
	{ "-", "Je viens sans avoir honte de ma situation" },
	{ "-", "sans qu'on me juge" },
	{ "-", "L'absence de jugement dans le groupe, ça aide." },
	{ "-", "On est loin des clichés." },
	{ "-", "le non jugement" },
	{ "--", "ni sanction ni menace" },
	/* more of each, as people type */
	{ "-", "on nous juge pas ici c cool" },
	{ "-", "jamais personne m'a dit que j'étais un assisté" },
	{ "-", "j'ai pas eu l'impression d'être jugé" },
	{ "-", "ils m'ont pas sanctionné" },
	{ "-", "Je viens sans me sentir jugée" },
	{ "--", "sans jugement ni préjugé" },
	{ "-", "zéro jugement" },
	{ "-", "Je n'ai reçu aucune menace" },
	{ "-", "ya pas de jugement" },
	{ "-", "ya jamais eu de sanction" },
	{ "-", "c est pas du flicage" },
	{ "-", "on m a jamais jugé" },
	{ "-", "à aucun moment je me suis sentie jugée" },
	{ "-", "À aucun moment on ne m'a jugé" },
	{ "-", "Nulle part on ne me juge comme ici" },
	{ "-", "Pas une seule fois on ne m'a jugée" },
	{ "-", "Ils ne se moquent ni ne jugent" },
	{ "-", "On ne juge personne" },
	{ "-", "Je n'ai pas l'impression qu'on me juge" },
	{ "-", "rien à voir avec du flicage" },
	{ "-", "Je n'ai même pas été sanctionnée" },
	{ "-", "j'ai plus peur de venir" },
	{ "-", "On n'est ni des cas sociaux" },
	{ "-", "Il n'y a ni chantage" },
	{ "-", "Pas l'ombre d'un jugement" },
	{ "-", "Jamais un mot de mépris" },
	{ "-", "Je me sens écoutée et pas jugée" },
	{ "-", "Pas besoin d'avoir honte ici" },
	{ "-", "On ne te fait pas sentir que tu es un assisté" },
	{ "-", "elle m'a pas pris pour une fainéante" },
	{ "-", "C'est fini, plus personne ne nous menace" },
	{ "-", "Depuis le changement je n'ai eu ni sanction" },
	{ "-", "aucun membre du groupe ne se permet de juger" },
	{ "?", "Pas de sanction sans un vrai entretien avant" },
	/* what ends a scope */
	{ "-+", "On ne me juge pas, mais on m'a sanctionné." },
	{ "+", "Je n'ai pas reçu le courrier et on m'a sanctionné" },
	{ "+", "Je n'ai pas de voiture, on me sanctionne quand même." },
	{ "+", "Il ne répond pas car je suis sanctionnée." },
	{ "+", "sans voiture on me juge" },
	{ "+", "J'ai été sanctionné sans explication." },
	{ "+", "Sanctionné pour rien." },
	{ "+", "La sanction n'est pas normale." },
	{ "+", "Radiée parce que mon fils était malade, aucun discernement." },
	{ "+-", "J'étais sanctionné ; je ne suis plus jugé." },
	/* verbs of opinion do not carry it on */
	{ "+", "Je ne comprends pas pourquoi on m'a radié." },
	{ "+", "je comprends pas cette sanction" },
	{ "+", "Je n'accepte pas les sanctions." },
	{ "+", "On ne m'a pas prévenu de la sanction." },
	{ "+", "Faut pas nous juger comme ça" },
	{ "+", "Ils n'arrêtent pas de nous juger." },
	{ "+", "Ils ne doivent pas nous sanctionner." },
	{ "-", "Je ne pense pas qu'on me juge." },
	/* what only looks like a negation */
	{ "+", "On ne fait que nous juger." },
	{ "+", "pas seulement des sanctions, aussi du temps perdu" },
	{ "+", "Pas de doute, on nous juge." },
	{ "+", "Être sanctionné pourquoi pas" },
	{ "+", "Plus de sanctions qu'avant" },
	{ "+", "On nous juge plus que les autres." },
	{ "+", "Il n'y a pas que le mépris." },
	{ "+", "C'est toujours la sanction, n'est-ce pas ?" },
	{ "+", "Sans doute du mépris." },
	{ "+", "Qu'on voie des gens qui se battent, pas des assistés" },
	{ "+", "Que plus personne ne soit sanctionné." },
	{ "+", "Il faut venir pour ne pas être sanctionné." },
	{ "+", "Ne plus être jugé." },
	{ "+", "une sanction de plus" },
	/* the entry holds the word itself, or its polarity */
	{ "+", "mes rendez-vous ne comptent pas" },
	{ "+", "Sans permis pas de travail." },
	{ "+", "Je n'ai pas le permis." },
	/* a gap of the entry lets it in */
	{ "-", "on m'a pas regardé de travers" },
	{ "-", "on me regarde pas de travers ici" },
	{ "+", "on me regarde toujours de travers" },
	/* a lack of the thing counts */
	{ "+", "Pas de bus le dimanche." },
	{ "-", "Aucun problème de bus chez nous." },
	{ "--", "Aucun souci de bus, j'ai mon bus à moi." },
	{ "--", "Aucun problème de bus, le bus s'arrête devant." },
	{ "+", "C'est toujours le loyer en retard." },
	/* an entry that denies speaks for what stands within */
	{ "--", "On n'a pas de loyer en retard." },
	/* conditions */
	{ "?", "Les sanctions, mais pas sans discernement" },
	{ "?", "Qu'ils sanctionnent d'accord, je suis pour, mais pas sans discernement hein." },
	{ "?", "Les sanctions quand elles sont justifiées, d'accord." },
	{ "?", "une sanction lorsqu'elle est méritée" },
	{ "?", "Sanction oui si c'est expliqué" },
	{ "?", "Si on me sanctionne, je fais quoi ?" },
	{ "?", "des sanctions à condition d'être prévenu" },
	{ "?", "Les sanctions au cas par cas" },
	{ "?", "une sanction en cas de fraude" },
	{ "-", "Si je rate un rendez-vous on ne me sanctionne pas." },
	{ "+", "J'ai honte quand je vais à la caisse." },
	{ "+", "on nous juge comme si on était rien" },
	{ "+", "Je me demande si ça sert, cette sanction" },
	{ "+", "ils m'ont sanctionné même si j'étais malade" },
};

static void show(const char *text, char *out, size_t size)
{
	size_t n = 0;
	ck_assert_int_eq(ha_run(a, text, strlen(text)), AUR_OK);
	for (uint32_t i = 0; i < ha_count(a) && n + 1 < size; i++)
		out[n++] = "+-?"[ha_hits(a)[i].hit.polarity];
	out[n] = 0;
}

START_TEST(polarity)
{
	char got[64];
	unsigned wrong = 0;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		show(cases[i].text, got, sizeof(got));
		if (strcmp(got, cases[i].polarity) != 0) {
			printf("%s, not %s: %s\n", got, cases[i].polarity, cases[i].text);
			fflush(stdout);
			wrong++;
		}
	}
	ck_assert_uint_eq(wrong, 0);
}
END_TEST

/* tests/gold/polarite.txt: sentences with the hits marked in them, so that no lexicon stands between.  How many are not said as marked, of
 * how many. */
static unsigned wrong_marks(const char *evidence, unsigned *hits)
{
	char file[4096], line[2000], signs[64], got[64];
	const char *src = getenv("srcdir"), *const settings[] = { evidence, NULL };
	unsigned wrong = 0;
	snprintf(file, sizeof(file), "%s/tests/gold/polarite.txt", src ? src : ".");
	FILE *f = fopen(file, "r");
	ck_assert_msg(f != NULL, "%s cannot be read", file);
	ha *bare = ha_new();
	ck_assert_int_eq(ha_add(bare, "annotate-negation", "annotate-negation", settings), AUR_OK);
	*hits = 0;
	while (fgets(line, sizeof(line), f) != NULL) {
		line[strcspn(line, "\n")] = 0;
		if (line[0] == '#' || line[0] == 0)
			continue;
		ck_assert_int_eq(ha_run_marked(bare, line, signs, sizeof(signs)), AUR_OK);
		for (uint32_t i = 0; i < ha_count(bare); i++, ++*hits)
			got[i] = "+-?"[ha_hits(bare)[i].hit.polarity];
		got[ha_count(bare)] = 0;
		if (strcmp(got, signs) != 0) {
			printf("%s: %s, not %s: %s\n", evidence, got, signs, line);
			fflush(stdout);
			wrong++;
		}
	}
	fclose(f);
	ha_free(bare);
	return wrong;
}

START_TEST(marked)
{
	unsigned hits, wrong = wrong_marks("evidence=no", &hits);
	ck_assert_uint_gt(hits, 400);
	ck_assert_uint_eq(wrong, 0);
}
END_TEST

/* What is weighed was learnt from these sentences as well, yet from few of each kind: it may be wrong of one in a hundred. */
START_TEST(marked_weighed)
{
	unsigned hits, wrong = wrong_marks("evidence=yes", &hits);
	ck_assert_msg(wrong * 100 <= hits, "%u of %u", wrong, hits);
}
END_TEST

/* No rule speaks of these. */
START_TEST(weighed)
{
	static const struct {
		const char *text, *polarity;
	} said[] = {
		{ "La [-honte] ? Ça m'a passé.", "-" },
		{ "Les [-sanctions], ça ne me parle pas, personne ne m'en a collé.", "-" },
		{ "J'ai [+honte] d'aller au guichet, on me [+juge].", "++" },
		{ "Les [+quinze heures] ? On m'a rien expliqué.", "+" },
		{ "{+Ni amis} ni famille, juste les murs.", "+" },
		{ "Du {+boulot}, j'en ai pas.", "+" },
		{ "Le [+loyer] ? Payé en retard.", "+" },
		{ "Le [+courrier] ? En retard, comme toujours.", "+" },
		{ "Mon {+ordi} est pas réparé.", "+" },
		{ "Pour les {+papiers} je suis pas autonome.", "+" },
		{ "Les {+papiers}, ma fille s'en occupe plus.", "+" },
		{ "La [+sanction], c'est pas eux qui m'en ont parlé.", "+" },
		{ "L'{-ordinateur}, c'est pas ça qui m'en a empêchée.", "-" },
		{ "Sur les [+15 heures], aucun conseiller n'explique les règles.", "+" },
		{ "Les [-sanctions], aucune inquiétude, on nous explique tout.", "-" },
		{ "Mon {+permis}, non, il m'est interdit.", "+" },
		{ "[-Crier sur les gens] est interdit ici, jamais de mépris.", "-" },
	};
	char signs[64];
	ha *bare = ha_new();
	ck_assert_int_eq(ha_add(bare, "annotate-negation", "annotate-negation", NULL), AUR_OK);
	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++) {
		ck_assert_int_eq(ha_run_marked(bare, said[i].text, signs, sizeof(signs)), AUR_OK);
		for (uint32_t k = 0; k < ha_count(bare); k++)
			ck_assert_msg("+-?"[ha_hits(bare)[k].hit.polarity] == said[i].polarity[k], "%s", said[i].text);
	}
	ha_free(bare);
	const char *const settings[] = { "evidence=perhaps", NULL };
	bare = ha_new();
	ck_assert_int_eq(ha_add(bare, "annotate-negation", "annotate-negation", settings), AUR_E_CONFIG);
	ha_free(bare);
}
END_TEST

START_TEST(cue_and_scope)
{
	const char *text = "Au guichet, personne ici ne me juge, mais on m'a radié.";
	ck_assert_int_eq(ha_run(a, text, strlen(text)), AUR_OK);
	ck_assert_uint_eq(ha_count(a), 2);
	const aur_hit *h = &ha_hits(a)[0].hit;
	ck_assert_str_eq(ha_text(a, h->cue_first, h->cue_last), "personne");
	ck_assert_str_eq(ha_text(a, h->scope_first, h->scope_last), "ici ne me juge");
	ck_assert_uint_eq(ha_hits(a)[1].hit.cue_first, AUR_NO_TOKEN);
	text = "Elle ne m'a jamais jugée trop vite.";
	ck_assert_int_eq(ha_run(a, text, strlen(text)), AUR_OK);
	h = &ha_hits(a)[0].hit;
	ck_assert_str_eq(ha_text(a, h->cue_first, h->cue_last), "jamais");
	ck_assert_str_eq(ha_text(a, h->scope_first, h->scope_last), "m'a jamais jugée trop vite");
	text = "Pas de problème de bus, aucun souci avec le bus de nuit.";
	ck_assert_int_eq(ha_run(a, text, strlen(text)), AUR_OK);
	ck_assert_uint_eq(ha_count(a), 2);
	h = &ha_hits(a)[0].hit;
	ck_assert_int_eq(h->polarity, AUR_NEGATED);
	ck_assert_str_eq(ha_text(a, h->cue_first, h->cue_last), "Pas de problème");
	ck_assert_str_eq(ha_text(a, h->scope_first, h->scope_last), "problème de bus");
}
END_TEST

static void says_within(const char *text)
{
	ck_assert_int_eq(ha_run(a, text, strlen(text)), AUR_OK);
	uint32_t tokens = ha_view(a, 1)->token_count;
	for (uint32_t k = 0; k < ha_count(a); k++) {
		const aur_hit *h = &ha_hits(a)[k].hit;
		ck_assert_msg(h->cue_first == AUR_NO_TOKEN || (h->cue_first <= h->cue_last && h->cue_last < tokens), "%s", text);
		ck_assert_msg(h->scope_first == AUR_NO_TOKEN || (h->scope_first <= h->scope_last && h->scope_last < tokens), "%s", text);
	}
}

/* The sentences of polarite.txt from each word on and up to each word, with something that may be denied before or behind: no rule looks beyond
 * its sentence (the sanitizers see it), and what it says of a hit lies within the text. */
START_TEST(cut_off)
{
	char file[4096], line[2000], text[4100];
	const char *src = getenv("srcdir");
	unsigned texts = 0;
	snprintf(file, sizeof(file), "%s/tests/gold/polarite.txt", src ? src : ".");
	FILE *f = fopen(file, "r");
	ck_assert_msg(f != NULL, "%s cannot be read", file);
	while (fgets(line, sizeof(line), f) != NULL) {
		size_t n = 0;
		if (line[0] == '#')
			continue;
		for (const char *c = line; *c != 0 && *c != '\n'; c++)
			if (strchr("[]{}", *c) == NULL && !(strchr("+-?", *c) != NULL && c > line && strchr("[{", c[-1]) != NULL))
				line[n++] = *c;
		line[n] = 0;
		for (size_t i = 0; i < n; i++)
			if (i == 0 || line[i - 1] == ' ') {
				static const char *const about[] = { "sanction", "bus" };
				for (size_t k = 0; k < 2; k++, texts += 4) {
					snprintf(text, sizeof(text), "%s, %s", about[k], line + i);
					says_within(text);
					snprintf(text, sizeof(text), "%s, %.*s", about[k], (int)i, line);
					says_within(text);
					snprintf(text, sizeof(text), "%.*s%s", (int)i, line, about[k]);
					says_within(text);
					snprintf(text, sizeof(text), "%s %s", line + i, about[k]);
					says_within(text);
				}
			}
	}
	fclose(f);
	ck_assert_uint_gt(texts, 20000);
}
END_TEST

/* A flood of cues and hits without a full stop: the work per hit stays bounded. */
START_TEST(flood)
{
	enum { N = 30000 };
	static const char one[] = "ne sanction pas si jamais ";
	char *text = malloc(N * sizeof(one));
	ck_assert_ptr_nonnull(text);
	size_t n = 0;
	for (int i = 0; i < N; i++) {
		memcpy(text + n, one, sizeof(one) - 1);
		n += sizeof(one) - 1;
	}
	text[n] = 0;
	ck_assert_int_eq(ha_run(a, text, n), AUR_OK);
	ck_assert_uint_eq(ha_count(a), N);
	free(text);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("negation");
	TCase *t = tcase_create("negation");
	tcase_add_unchecked_fixture(t, open_all, close_all);
	seconds_at_most(t, 60);
	tcase_add_test(t, polarity);
	tcase_add_test(t, marked);
	tcase_add_test(t, marked_weighed);
	tcase_add_test(t, weighed);
	tcase_add_test(t, cue_and_scope);
	tcase_add_test(t, cut_off);
	tcase_add_test(t, flood);
	suite_add_tcase(s, t);
	return suite_run(s);
}
