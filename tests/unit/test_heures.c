/* SPDX-License-Identifier: Apache-2.0 */
/* The theme plugin that doc/plugin-author.md explains.  All sentences are invented. */
#include "host_ann.h"
#include "suite.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

#define T "quinze-heures.justification:"

START_TEST(found)
{
	static const struct {
		const char *text, *hits;
	} cases[] = {
		{ "Faut justifier les 15h sur l'appli.", T "justifier les 15h:+" },
		{ "Il faut pointer quinze heures par semaine", T "pointer quinze heures:+" },
		{ "15 heures à prouver, chaque semaine", T "15 heures à prouver:+" },
		{ "On me demande de déclarer mes heures", T "déclarer mes heures:+" },
		{ "la justification heure par heure", T "justification heure par heure:+" },
		{ "LE FLICAGE DES 15H", T "FLICAGE DES 15H:+" },
		{ "Le contrôle des 15 heures, heure par heure.", T "contrôle des 15 heures:+" },
		{ "Le bus passe à 15h et on me contrôle", "" },
		{ "Contrôle à 15h30", "" },
		{ "15h de bénévolat, pourquoi pas", "" },
		{ "Je travaille 15 heures. Le contrôle, non.", "" },
		{ "il faut justifier un deux trois quatre cinq six sept huit neuf dix onze fois les 15h", "" },
		{ "h", "" },
		{ "15", "" },
		{ "les", "" },
	};
	ha *a = ha_new();
	ck_assert_msg(ha_add(a, "annotate-heures", "annotate-heures", NULL) == AUR_OK, "%s", ha_error(a));
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		ck_assert_str_eq(ha_show(a, cases[i].text), cases[i].hits);
	ha_free(a);
}
END_TEST

START_TEST(settings)
{
	const char *const narrow[] = { "window=1", NULL }, *const wrong[] = { "window=0", NULL };
	ha *a = ha_new();
	ck_assert_int_eq(ha_add(a, "annotate-heures", "annotate-heures", wrong), AUR_E_CONFIG);
	ck_assert_ptr_nonnull(strstr(ha_error(a), "window must be 1 to 50"));
	ck_assert_int_eq(ha_add(a, "annotate-heures", "annotate-heures", narrow), AUR_OK);
	ck_assert_str_eq(ha_show(a, "justifier les 15h"), T "justifier les 15h:+");
	ck_assert_str_eq(ha_show(a, "justifier encore toutes ces 15h"), "");
	ck_assert_str_eq(ha_component(a, 0)->fingerprint(ha_model(a, 0)), "1.0.0 window 1");
	ha_free(a);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("heures");
	TCase *t = tcase_create("heures");
	seconds_at_most(t, 60);
	tcase_add_test(t, found);
	tcase_add_test(t, settings);
	suite_add_tcase(s, t);
	return suite_run(s);
}
