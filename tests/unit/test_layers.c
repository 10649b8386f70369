/* SPDX-License-Identifier: Apache-2.0 */
/* The layers lower, base, fold and stem. */
#include "host_text.h"
#include "suite.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static const char *one(const char *layer, const char *form)
{
	static char keep[8192];
	ht_plugin p;
	ht_open(&p, !strcmp(layer, "stem") ? "layer-stem-snowball" : "layer-fold", layer, NULL);
	snprintf(keep, sizeof keep, "%s", ht_value(&p, form));
	ht_close(&p);
	return keep;
}

static const struct {
	const char *layer, *form, *value;
} cases[] = {
    {"lower", "CAF", "caf"},
    {"lower", "ÉCOLE", "école"},
    {"lower", "L'", "l'"},
    {"lower", "Œuvre", "œuvre"},
    {"lower", "ŸVES", "ÿves"},
    {"lower", "ẞ", "ß"},
    {"lower", "ΣΊΣΥΦΟΣ", "σίσυφοσ"},
    {"lower", "Cafe\xCC\x81", "café"},
    {"lower", "déjà", "déjà"},
    {"lower", "3×4", "3×4"},
    {"lower", "", ""},
    {"lower", "👩‍👩‍👧", "👩‍👩‍👧"},
    {"base", "allocataire·s", "allocataire"},
    {"base", "convoqué·e·s", "convoqué"},
    {"base", "bénéficiaires·trices", "bénéficiaires"},
    {"base", "convoqué(e)s", "convoqué"},
    {"base", "convoqué(e)(s)", "convoqué"},
    {"base", "usager.e.s", "usager"},
    {"base", "usager.ère.s", "usager"},
    {"base", "agent-e-s", "agent"},
    {"base", "étudiant(e)", "étudiant"},
    {"base", "étudiant-es", "étudiant"},
    {"base", "lecteur/trice", "lecteur"},
    {"base", "motivé/e/s", "motivé"},
    {"base", "accompagné•e•s", "accompagné"},
    {"base", "suivi‧e", "suivi"},
    {"base", "tou·te·s", "tous"},
    {"base", "tous.tes", "tous"},
    {"base", "citoyen-ne-s", "citoyen"},
    {"base", "professionnel.le.s", "professionnel"},
    {"base", "sous-préfet-e-s", "sous-préfet"},
    {"base", "heureux·se", "heureux"},
    {"base", "chômeur-se-s", "chômeur"},
    {"base", "conseiller(ère)s", "conseiller"},
    {"base", "élu.e", "élu"},
    /* not inclusive writing */
    {"base", "grand-mère", "grand-mère"},
    {"base", "peut-être", "peut-être"},
    {"base", "c'est-à-dire", "c'est-à-dire"},
    {"base", "l'", "l'"},
    {"base", "aujourd'hui", "aujourd'hui"},
    {"base", "caf.fr", "caf.fr"},
    {"base", "jeanne.dupont@exemple.fr", "jeanne.dupont@exemple.fr"},
    {"base", "https://exemple.fr/a(e)s", "https://exemple.fr/a(e)s"},
    {"base", "r.s.a.", "r.s.a."},
    {"base", "km/h", "km/h"},
    {"base", "1990-1991", "1990-1991"},
    {"base", "12/05/2025", "12/05/2025"},
    {"base", "3.5", "3.5"},
    {"base", ":-)", ":-)"},
    {"base", "·", "·"},
    {"base", "...", "..."},
    {"base", "rendez-vous", "rendez-vous"},
    {"base", "là-bas", "là-bas"},
    {"base", "-elle", "-elle"},
    {"base", "-t-elle", "-t-elle"},
    {"base", "va-et-vient", "va-et-vient"},
    {"base", "(", "("},
    {"base", "mot(", "mot("},
    {"base", "mot(e", "mot(e"},
    {"base", "mot-", "mot-"},
    {"base", "mot.", "mot."},
    {"fold", "CAFÉ", "cafe"},
    {"fold", "café", "cafe"},
    {"fold", "œuvre", "oeuvre"},
    {"fold", "ŒUVRE", "oeuvre"},
    {"fold", "ex æquo", "ex aequo"},
    {"fold", "straße", "strasse"},
    {"fold", "ça", "ca"},
    {"fold", "naïf", "naif"},
    {"fold", "ﬁnancé", "finance"},
    {"fold", "cafe\xCC\x81", "cafe"},
    {"fold", "Łódź", "lodz"},
    {"fold", "Ørsted", "orsted"},
    {"fold", "sſ", "ss"},
    {"fold", "l'", "l'"},
    {"fold",
     "50\xC2\xA0"
     "000",
     "50 000"},
    {"fold", "n°", "n°"},
    {"fold", "Αθήνα", "αθηνα"},
    {"fold", "한국", "한국"},
    {"fold", "aaaah", "aaaah"},
    {"stem", "allocataires", "allocatair"},
    {"stem", "radiation", "radiat"},
    {"stem", "convocation", "convoc"},
    {"stem", "œuvres", "oeuvr"},
    {"stem", "oeuvres", "oeuvr"},
    {"stem", "cœur", "coeur"},
    {"stem", "vitæ", "vita"},
    {"stem", "l'", "l'"},
    {"stem", "", ""},
};

START_TEST(test_value)
{
	ck_assert_str_eq(one(cases[_i].layer, cases[_i].form), cases[_i].value);
}
END_TEST

/* Of each code point by itself and behind a letter: lower and fold change nothing more when done again, and
 * what they make is NFC. */
START_TEST(test_all_code_points)
{
	static const char *const layers[] = {"lower", "fold"};
	ht_plugin p;
	ht_open(&p, "layer-fold", layers[_i], NULL);
	for (int32_t c = 1; c < 0x110000; c++) {
		char form[8] = "e", first[256];
		if (c >= 0xD800 && c < 0xE000)
			continue;
		for (size_t at = 0; at < 2; at++) {
			form[at + (size_t)utf8proc_encode_char(c, (uint8_t *)form + at)] = 0;
			snprintf(first, sizeof first, "%s", ht_value(&p, form));
			if (!first[0]) /* the assertions of Check are too slow for two million */
				ck_abort_msg("U+%04X has no value", (unsigned)c);
			const char *again = ht_value(&p, first);
			if (strcmp(first, again))
				ck_abort_msg("U+%04X: %s, then %s", (unsigned)c, first, again);
			char *nfc = (char *)utf8proc_NFC((const uint8_t *)first);
			if (!nfc || strcmp(nfc, first))
				ck_abort_msg("U+%04X: %s is not NFC", (unsigned)c, first);
			free(nfc);
			form[0] = 'e';
		}
	}
	ht_close(&p);
}
END_TEST

/* Values of a batch live side by side; huge forms and runs of accents take no time. */
START_TEST(test_batch)
{
	enum { N = 3000, LONG = 200000 };
	static const char *const layers[] = {"lower", "base", "fold", "stem"};
	aur_str *in = calloc(N, sizeof *in), *out = calloc(N, sizeof *out);
	char *big = malloc(LONG + 1);
	ht_plugin p;
	ck_assert(in && out && big);
	ht_open(&p, _i == 3 ? "layer-stem-snowball" : "layer-fold", layers[_i], NULL);
	const aur_layer_ops *ops = p.c->ops;
	for (int i = 0; i < LONG; i += 2)
		memcpy(big + i, i % 4 ? "\xCC\x81" : "\xCC\xA3", 2); /* accents above and below in turn */
	big[0] = big[1] = 'E';
	for (int i = 0; i < N; i++)
		in[i] = i % 3 == 0 ? (aur_str){"ÉTÉS", 6} : (aur_str){"Œuvrés", 8};
	in[7] = (aur_str){big, LONG};
	in[8] = (aur_str){"", 0};
	for (int round = 0; round < 3; round++) {
		ck_assert_int_eq(ops->map(&p.host, p.model, p.worker, in, N, out), AUR_OK);
		const aur_str *a = &out[0], *b = &out[N - 3];
		ck_assert(a->len == b->len && !memcmp(a->ptr, b->ptr, a->len));
		ck_assert_uint_eq(out[8].len, 0);
	}
	if (_i == 0)
		ck_assert(!memcmp(out[0].ptr, "étés", out[0].len) && !memcmp(out[1].ptr, "œuvrés", out[1].len));
	if (_i == 2)
		ck_assert(!memcmp(out[0].ptr, "etes", 4) && !memcmp(out[1].ptr, "oeuvres", 7));
	ht_close(&p);
	free(in);
	free(out);
	free(big);
}
END_TEST

START_TEST(test_stem_vocabulary)
{
	const char *path = ht_shared("data/snowball/voc.txt");
	size_t n, m;
	long words = 0, differences = 0;
	ht_plugin p;
	if (!path)
		return;
	char *voc = ht_slurp(path, &n), *want = NULL;
	path = ht_shared("data/snowball/output.txt");
	ck_assert_ptr_nonnull(path);
	want = ht_slurp(path, &m);
	ht_open(&p, "layer-stem-snowball", "stem", NULL);
	for (char *a = voc, *b = want; *a && *b; words++) {
		char *ea = strchr(a, '\n'), *eb = strchr(b, '\n');
		ck_assert(ea && eb);
		*ea = *eb = 0;
		differences += strcmp(ht_value(&p, a), b) != 0;
		a = ea + 1;
		b = eb + 1;
	}
	printf("stem: %ld words of Snowball's vocabulary, %ld differences\n", words, differences);
	ck_assert_int_eq(differences, 0);
	ck_assert_int_gt(words, 20000);
	ck_assert_ptr_nonnull(p.c->fingerprint(p.model));
	ck_assert_uint_eq(strlen(p.c->fingerprint(p.model)), 16);
	ht_close(&p);
	free(voc);
	free(want);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("layers");
	TCase *c = tcase_create("layers");
	seconds_at_most(c, 120);
	tcase_add_loop_test(c, test_value, 0, (int)(sizeof cases / sizeof *cases));
	tcase_add_loop_test(c, test_all_code_points, 0, 2);
	tcase_add_loop_test(c, test_batch, 0, 4);
	tcase_add_test(c, test_stem_vocabulary);
	suite_add_tcase(s, c);
	return suite_run(s);
}
