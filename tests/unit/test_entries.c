/* SPDX-License-Identifier: Apache-2.0 */
/* The lexicons in plain words, for other programs, and plain words as patterns (auricule.entries/1). */
#define _POSIX_C_SOURCE 200809L
#include "host_ann.h"
#include "host_text.h"
#include "suite.h"
#include <auricule/ext.h>
#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEAD "<lexicon id='t' version='1.0' lang='fr' theme='t'><title>t</title>"
#define TAIL "</lexicon>"

enum { ALL = AUR_BEYOND_STAR | AUR_BEYOND_ANY_WORD | AUR_BEYOND_ACCENTS | AUR_BEYOND_SIGN };

static char path[64];

static ha *open_xml(const char *xml)
{
	char setting[100];
	strcpy(path, "./entries-XXXXXX");
	int fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq((int)write(fd, xml, strlen(xml)), (int)strlen(xml));
	close(fd);
	snprintf(setting, sizeof(setting), "lexicon=%s", path);
	const char *const settings[] = { setting, NULL };
	ha *a = ha_new();
	ck_assert_msg(ha_add(a, "annotate-lexicon", "annotate-lexicon", settings) == AUR_OK, "%s", ha_error(a));
	return a;
}

static void close_xml(ha *a)
{
	unlink(path);
	ha_free(a);
}

static const aur_ext_entries_v1 *service(ha *a)
{
	const aur_ext_entries_v1 *x = ha_component(a, 0)->query(ha_model(a, 0), AUR_EXT_ENTRIES);
	ck_assert_ptr_nonnull(x);
	return x;
}

static char said[20000];
static size_t said_len;

/* "expression|expression <bits> count" */
static void found(void *to, const aur_entry *e)
{
	(void)to;
	for (uint32_t i = 0; i < e->expression_count; i++)
		said_len += (size_t)snprintf(said + said_len, sizeof(said) - said_len, "%s%.*s", i ? "|" : "", (int)e->expressions[i].len,
		                             e->expressions[i].ptr);
	if (e->lost != 0)
		said_len += (size_t)snprintf(said + said_len, sizeof(said) - said_len, " <%x>", e->lost);
	if (e->all != e->expression_count)
		said_len += (size_t)snprintf(said + said_len, sizeof(said) - said_len, " of %" PRIu64, e->all);
	said_len += (size_t)snprintf(said + said_len, sizeof(said) - said_len, "\n");
	ck_assert_uint_lt(said_len, sizeof(said));
	ck_assert_str_eq(e->file, path);
	ck_assert_uint_gt(e->column, 0);
}

static const char *entries(ha *a, aur_beyond can, uint32_t most)
{
	aur_entries_ask ask = { .size = sizeof(ask), .can = can, .most = most };
	said_len = 0;
	said[0] = 0;
	ck_assert_int_eq(service(a)->entries(ha_host(a), ha_model(a, 0), &ask, found, NULL), AUR_OK);
	return said;
}

static const struct {
	const char *entry; /* between the tags of one lexicon, or an element of its own */
	aur_beyond can;
	const char *plain;
} table[] = {
	{ "sanction*", 0, "sanction*\n" },
	{ "radié(|e|s)", 0, "radié|radiée|radiés\n" },
	{ "(coup|retir)er (les|mes)? droits", 0, "couper les droits|couper mes droits|couper droits|retirer les droits|retirer mes droits|retirer droits\n" },
	{ "l'écoute", 0, "l'écoute\n" },
	{ "avez-vous", 0, "avez-vous\n" },
	{ "15h par semaine", 0, "15h par semaine\n" },
	{ "15 h", 0, "15 h\n" },
	{ "couper ..2 rsa", ALL, "couper rsa|couper * rsa|couper * * rsa\n" },
	{ "couper ..2 rsa", 0, "couper rsa <2>\n" },
	{ "couper _ rsa", 0, " <2>\n" },
	{ "couper .. rsa", ALL, "couper rsa <100>\n" },
	{ "rsa +1 couper", ALL, "rsa couper|rsa * couper|couper rsa|couper * rsa\n" },
	{ "a +1 (b|c) +1 d", 0, "a b d|a c d|a d b|a d c|b a d|c a d|b d a|c d a|d a b|d a c|d b a|d c a <2>\n" },
	{ "fêter ..2 succès?", ALL, "fêter succès|fêter|fêter * succès|fêter|fêter * * succès|fêter\n" },
	{ "*phobe", ALL, "*phobe\n" },
	{ "(gros|*phobe)", 0, "gros <1>\n" },
	{ "m\\*rde", ALL, "m\\*rde\n" },
	{ "m\\*rde", 0, " <8>\n" },
	{ "# heures", ALL, " <80>\n" },
	{ "santion~", ALL, "santion <40>\n" },
	{ "form:FT", ALL, " <10>\n" },
	{ "form:FT", 0, " <14>\n" },
	{ "lower:péché", ALL, "péché\n" },
	{ "lower:péché", 0, " <4>\n" },
	{ "(stem:sanction|punir)", ALL, "punir <20>\n" },
	{ "assistante [!sociale]", ALL, " <200>\n" },
	{ "[ma|mon] référente", 0, "ma référente|mon référente\n" },
	{ "[on|ils ..1] coupé", ALL, "on coupé|on * coupé|ils coupé|ils * coupé\n" },
	{ "permis [..1 conduire|voiture]", 0, "permis conduire|permis voiture <2>\n" },
	{ "[ma] référente [rsa]", 0, "ma référente rsa\n" },
	{ "[ma] [!pas] référente", 0, " <200>\n" },
	{ "<entry preceded-by='ma' with='rsa'>référente</entry>", ALL, " <200>\n" },
	{ "<entry preceded-by=\"(l'|une) ..1\">aide</entry>", ALL, "l'aide|l' * aide|une aide|une * aide\n" },
	{ "<entry weight='0.5'>papiers</entry>", ALL, " <400>\n" },
	{ "<entry polarity='negated'>jamais jugé</entry>", ALL, "jamais jugé <800>\n" },
	{ "<entry polarity='asserted'>sans permis</entry>", ALL, "sans permis\n" },
	{ "<exclude>café</exclude>", ALL, " <1000>\n" },
	{ "<entry case='upper'>rsa</entry>", ALL, " <10>\n" },
	{ "<entry status='draft'>rsa</entry>", ALL, "" },
	{ "<entry without='crèche'>assistante</entry>", ALL, " <200>\n" },
	{ "<words id='q'>a(|b) | c d</words><entry>x @q</entry>", ALL, "x a|x ab|x c d\n" },
};

START_TEST(plain_words)
{
	char xml[400];
	bool element = table[_i].entry[0] == '<';
	snprintf(xml, sizeof(xml), HEAD "%s%s%s" TAIL, element ? "" : "<entry>", table[_i].entry, element ? "" : "</entry>");
	ha *a = open_xml(xml);
	ck_assert_str_eq(entries(a, table[_i].can, 1000), table[_i].plain);
	close_xml(a);
}
END_TEST

START_TEST(cut)
{
	ha *a = open_xml(HEAD "<entry>(a|b|c) (d|e|f)</entry><entry>"
	                      "(a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) "
	                      "(a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) "
	                      "(a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) "
	                      "(a|b) (a|b)</entry><entry>x ..20 y + x ..20 y + x ..20 y + x ..20 y ..20 z ..20 z</entry>" TAIL);
	const char *got = entries(a, ALL, 2);
	ck_assert_ptr_nonnull(strstr(got, "a d|a e of 9\n"));
	ck_assert_ptr_nonnull(strstr(got, "a a|a a a a"));
	ck_assert_ptr_nonnull(strstr(got, " b of 18446744073709551615\n"));
	ck_assert_ptr_nonnull(strstr(got, "x y x y x y x y z z|x y x y x y x y z * z of 444611571264"));
	close_xml(a);
}
END_TEST

/* Each expression finds what its entry finds: it is within it, and where nothing is lost they are it together. */
START_TEST(same_finds)
{
	static const char *const texts[] = { "on va couper le rsa", "couper rsa", "couper tout le rsa", "le rsa, on va le couper", "radiée", "les radiés",
		                             "à l'écoute", "l’écoute", "avez-vous peur", "15h", "15 h", "la grande peur", "une double sanction" };
	ha *a = open_xml(HEAD "<entry>couper ..2 rsa\nrsa +3 couper\nradié(|e|s|es)\nl'écoute\navez-vous (honte|peur)\n15h\n(grande|petite)? peur\n"
	                      "double? sanction*</entry>" TAIL);
	aur_entries_ask ask = { .size = sizeof(ask), .can = ALL, .most = 1000 };
	char xml[8000];
	size_t n = (size_t)snprintf(xml, sizeof(xml), HEAD "<entry>");
	said_len = 0;
	ck_assert_int_eq(service(a)->entries(ha_host(a), ha_model(a, 0), &ask, found, NULL), AUR_OK);
	for (char *e = strtok(said, "|\n"); e != NULL; e = strtok(NULL, "|\n")) {
		size_t len;
		ck_assert_int_eq(service(a)->pattern(ha_host(a), ha_model(a, 0), (aur_str){ e, strlen(e) }, xml + n, sizeof(xml) - n - 40, &len), AUR_OK);
		n += len;
		xml[n++] = '\n';
	}
	snprintf(xml + n, sizeof(xml) - n, "</entry>" TAIL);
	char kept[64];
	strcpy(kept, path);
	ha *b = open_xml(xml);
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		char *one = strdup(ha_show(a, texts[i]));
		ck_assert_str_ne(one, "");
		ck_assert_str_eq(ha_show(b, texts[i]), one);
		free(one);
	}
	close_xml(b);
	strcpy(path, kept);
	close_xml(a);
}
END_TEST

static const struct {
	const char *plain, *pattern; /* pattern NULL: refused */
} quotes[] = {
	{ "sanction*", "sanction*" },
	{ "  cas \t social\xc2\xa0lourd ", "cas social lourd" },
	{ "couper * rsa", "couper _ rsa" },
	{ "couper ** * rsa", "couper _ _ rsa" },
	{ "ré*tion", "ré*tion" },
	{ "m\\*rde", "m\\*rde" },
	{ "a\\\\b", "a\\\\b" },
	{ "a\\b", "a\\\\b" },
	{ "R&D (x)", "R\\&D \\(x\\)" },
	{ "stem:punir", "stem\\:punir" },
	{ "@qui..?", "\\@qui\\.\\.\\?" },
	{ "l'écoute", "l'écoute" },
	{ "l’écoute", "l’écoute" },
	{ "papiers, dossiers", "papiers\\, dossiers" },
	{ "1 500 000 euros", "1\\ 500\\ 000 euros" },
	{ "lot 12\xc2\xa0" "345*", "lot 12\\ 345*" },
	{ "06 123 4567 8 90", "06 123 4567 8 90" },
	{ "* sanction", NULL },
	{ "sanction *", NULL },
	{ "l'*", NULL },
	{ "*", NULL },
	{ "", NULL },
	{ " ", NULL },
	{ "a\001b", NULL },
	{ "a\xef\xbf\xbf", NULL },
};

START_TEST(patterns)
{
	ha *a = open_xml(HEAD TAIL);
	char buf[200];
	size_t len = 0;
	const char *s = quotes[_i].plain;
	aur_status st = service(a)->pattern(ha_host(a), ha_model(a, 0), (aur_str){ s, strlen(s) }, buf, sizeof(buf) - 1, &len);
	if (quotes[_i].pattern == NULL) {
		ck_assert_int_eq(st, AUR_E_UNSUPPORTED);
		ck_assert_str_ne(ha_error(a), "");
	} else {
		ck_assert_int_eq(st, AUR_OK);
		buf[len] = 0;
		ck_assert_str_eq(buf, quotes[_i].pattern);
		/* a buffer that is too small is not written to */
		char one = '!';
		ck_assert_int_eq(service(a)->pattern(ha_host(a), ha_model(a, 0), (aur_str){ s, strlen(s) }, &one, 1, &len), AUR_OK);
		ck_assert_int_eq(one, '!');
	}
	close_xml(a);
}
END_TEST

/* Any expression that is taken as a pattern comes back as itself, white space apart, from a lexicon that can be opened. */
START_TEST(there_and_back)
{
	static const char letters[] = "ab*é'’-.,;:!?()[]|_#+@~\\& \t0h5l";
	ha *empty = open_xml(HEAD TAIL);
	uint32_t seed = 12345, taken = 0;
	char kept[64];
	strcpy(kept, path);
	for (int round = 0; round < 700; round++) {
		char s[40], buf[200], xml[900], escaped[700];
		size_t n = 0, len, k = 0;
		for (uint32_t i = 0, m = 1 + (seed >> 9) % 9; i < m; i++) {
			seed = seed * 1664525 + 1013904223;
			size_t at = (seed >> 8) % (sizeof(letters) - 1);
			while (((unsigned char)letters[at] & 0xc0) == 0x80)
				at--;
			do
				s[n++] = letters[at++];
			while (((unsigned char)letters[at] & 0xc0) == 0x80);
		}
		if (service(empty)->pattern(ha_host(empty), ha_model(empty, 0), (aur_str){ s, n }, buf, sizeof(buf), &len) != AUR_OK)
			continue;
		for (size_t i = 0; i < len; i++)
			k += (size_t)sprintf(escaped + k, buf[i] == '&' ? "&amp;" : "%c", buf[i]);
		escaped[k] = 0;
		snprintf(xml, sizeof(xml), HEAD "<entry>%s</entry>" TAIL, escaped);
		ha *a = open_xml(xml);
		const char *got = entries(a, ALL, 10);
		/* what it gives is taken again, and gives itself */
		ck_assert_ptr_nonnull(strchr(got, '\n'));
		char first[200], second[200];
		snprintf(first, sizeof(first), "%s", got);
		first[strcspn(first, "\n")] = 0;
		ck_assert_msg(service(a)->pattern(ha_host(a), ha_model(a, 0), (aur_str){ first, strlen(first) }, second, sizeof(second) - 1, &len) == AUR_OK,
		              "%.*s gives %s, which is refused: %s", (int)n, s, first, ha_error(a));
		taken++;
		close_xml(a);
		strcpy(path, kept);
	}
	ck_assert_uint_gt(taken, 150);
	close_xml(empty);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("entries");
	TCase *t = tcase_create("entries");
	seconds_at_most(t, 120);
	tcase_add_loop_test(t, plain_words, 0, (int)(sizeof(table) / sizeof(*table)));
	tcase_add_test(t, cut);
	tcase_add_test(t, same_finds);
	tcase_add_loop_test(t, patterns, 0, (int)(sizeof(quotes) / sizeof(*quotes)));
	tcase_add_test(t, there_and_back);
	suite_add_tcase(s, t);
	return suite_run(s);
}
