/* SPDX-License-Identifier: Apache-2.0 */
/* The lexicons: the examples of doc/lexicon.md, what each setting does, what is refused and how.  All texts are invented. */
#define _POSIX_C_SOURCE 200809L
#include "host_ann.h"
#include "host_text.h"
#include "suite.h"
#include <auricule/ext.h>
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEAD "<lexicon id='t' version='1.0' lang='fr' theme='t'><title>t</title>"
#define TAIL "</lexicon>"
#define LATIN "<?xml version='1.0' encoding='ISO-8859-1'?>"

static char path[64];

static void write_lexicon(const char *xml, size_t n)
{
	strcpy(path, "./lexicon-XXXXXX");
	int fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	FILE *f = fdopen(fd, "wb");
	ck_assert_uint_eq(fwrite(xml, 1, n, f), n);
	ck_assert_int_eq(fclose(f), 0);
}

/* Opens a lexicon; NULL where it is refused, with the message (its path cut off) in `error`. */
static ha *open_xml(const char *xml, size_t n, char *error, size_t size)
{
	char setting[100];
	write_lexicon(xml, n);
	snprintf(setting, sizeof(setting), "lexicon=%s", path);
	const char *const settings[] = { setting, NULL };
	ha *a = ha_new();
	aur_status st = ha_add(a, "annotate-lexicon", "annotate-lexicon", settings);
	unlink(path);
	if (st == AUR_OK)
		return a;
	if (error != NULL) {
		const char *e = ha_error(a);
		if (strncmp(e, path, strlen(path)) == 0)
			e += strlen(path) + 1;
		snprintf(error, size, "%s", e);
	}
	ha_free(a);
	return NULL;
}

static ha *lexicon(const char *xml)
{
	char error[900] = "";
	ha *a = open_xml(xml, strlen(xml), error, sizeof(error));
	ck_assert_msg(a != NULL, "%s", error);
	return a;
}

static const char *refused(const char *xml)
{
	static char error[900];
	error[0] = 0;
	ha *a = open_xml(xml, strlen(xml), error, sizeof(error));
	ck_assert_msg(a == NULL, "taken, though it should not: %s", xml);
	return error;
}

/* ---- the manual ---- */

/* The next line of a text that stays as it is. */
static bool next_line(const char **at, char *line, size_t size)
{
	if (**at == 0)
		return false;
	size_t n = strcspn(*at, "\n");
	ck_assert_uint_lt(n, size);
	memcpy(line, *at, n);
	line[n] = 0;
	*at += n + ((*at)[n] == '\n');
	return true;
}

/* Cuts a table row at its bars, in place; \| is a bar that stays. */
static int cells(char *line, char *out[], int max)
{
	int n = 0;
	char *from = line, *to = line;
	if (*from++ != '|')
		return 0;
	out[n] = to = from;
	for (; *from; from++) {
		if (*from == '\\' && from[1] == '|') {
			*to++ = '|';
			from++;
		} else if (*from == '|') {
			*to = 0;
			if (++n == max)
				return n;
			out[n] = to = from + 1;
		} else {
			*to++ = *from;
		}
	}
	return n;
}

static char *trim(char *s)
{
	while (*s == ' ')
		s++;
	for (size_t n = strlen(s); n > 0 && s[n - 1] == ' '; n--)
		s[n - 1] = 0;
	return s;
}

static void escape(const char *s, char *out)
{
	for (; *s; s++) {
		if (*s == '&')
			out += sprintf(out, "&amp;");
		else if (*s == '<')
			out += sprintf(out, "&lt;");
		else
			*out++ = *s;
	}
	*out = 0;
}

static unsigned check_row(const char *pattern, char *texts, bool found)
{
	char xml[2000], escaped[1000];
	unsigned n = 0;
	escape(pattern, escaped);
	snprintf(xml, sizeof(xml), HEAD "<entry>%s</entry>" TAIL, escaped);
	ha *a = lexicon(xml);
	for (char *s = strtok(texts, ";"); s != NULL; s = strtok(NULL, ";"), n++) {
		s = trim(s);
		const char *got = ha_show(a, s);
		ck_assert_msg((*got != 0) == found, "%s should%s find: %s (found: %s)", pattern, found ? "" : " not", s, got);
	}
	ha_free(a);
	return n;
}

START_TEST(manual)
{
	char file[600], line[4000];
	size_t len;
	const char *src = getenv("srcdir");
	snprintf(file, sizeof(file), "%s/doc/lexicon.md", src ? src : ".");
	char *doc = ht_slurp(file, &len), *block = malloc(len + 300);
	const char *at = doc;
	unsigned rows = 0, blocks = 0;
	bool examples = false;
	ck_assert_ptr_nonnull(block);
	while (next_line(&at, line, sizeof(line))) {
		if (strcmp(line, "```xml") == 0) {
			size_t n = 0;
			while (next_line(&at, line, sizeof(line)) && strcmp(line, "```") != 0)
				n += (size_t)sprintf(block + n, "%s\n", line);
			block[n] = 0;
			char *xml = malloc(n + 300);
			ck_assert_ptr_nonnull(xml);
			bool whole = strstr(block, "<lexicon") != NULL, part = strstr(block, "sanctions.") != NULL;
			sprintf(xml, "%s%s%s", whole ? "" : part ? "<lexicon id='sanctions' version='1' lang='fr'><title>t</title>" : HEAD, block,
			        whole ? "" : TAIL);
			ha_free(lexicon(xml));
			free(xml);
			blocks++;
			continue;
		}
		char *c[4];
		int n = cells(line, c, 4);
		if (n == 0) {
			examples = false;
		} else if (n == 3 && strcmp(trim(c[0]), "you write") == 0) {
			examples = true;
		} else if (examples && strncmp(c[0], "---", 3) != 0) {
			char *p = trim(c[0]);
			size_t k = strlen(p);
			ck_assert_msg(p[0] == '`' && p[k - 1] == '`', "%s", p);
			p[k - 1] = 0;
			check_row(p + 1, c[1], true);
			check_row(p + 1, c[2], false);
			rows++;
		}
	}
	ck_assert_uint_ge(rows, 25);
	ck_assert_uint_ge(blocks, 5);
	free(block);
	free(doc);
}
END_TEST

/* ---- settings ---- */

START_TEST(case_guard)
{
	ha *a = lexicon(HEAD "<entry case='upper'>\nrsa\nft\nélu\n</entry><entry case='exact'>Cap emploi</entry>" TAIL);
	ck_assert_str_eq(ha_show(a, "le RSA"), "t:RSA:+");
	ck_assert_str_eq(ha_show(a, "le rsa, le Rsa"), "");
	ck_assert_str_eq(ha_show(a, "UN ÉLU"), "t:ÉLU:+");
	ck_assert_str_eq(ha_show(a, "chez Cap emploi"), "t:Cap emploi:+");
	ck_assert_str_eq(ha_show(a, "chez cap emploi"), "");
	ha_free(a);
}
END_TEST

START_TEST(exclusions)
{
	ha *a = lexicon(HEAD "<entry>caf*</entry><exclude>café associatif</exclude><exclude case='upper'>cafe</exclude>"
	                     "<theme id='t.a'><title>a</title><entry>caf</entry><entry>thé</entry><exclude>thé vert</exclude></theme>"
	                     "<theme id='t.b'><title>b</title><entry>thé*</entry></theme>" TAIL);
	ck_assert_str_eq(ha_show(a, "un café noir"), "t:café:+");
	ck_assert_str_eq(ha_show(a, "un café associatif"), "");
	ck_assert_str_eq(ha_show(a, "un CAFE"), "");
	ck_assert_str_eq(ha_show(a, "la caf"), "t:caf:+ t.a:caf:+");
	ck_assert_str_eq(ha_show(a, "du thé"), "t.a:thé:+ t.b:thé:+");
	ck_assert_str_eq(ha_show(a, "du thé vert"), "t.b:thé:+");
	ha_free(a);
}
END_TEST

START_TEST(overlap)
{
	static const char entries[] = "<entry>sanction*\ndouble sanction*\nsanction injuste</entry>";
	char xml[500];
	snprintf(xml, sizeof(xml), HEAD "%s" TAIL, entries);
	ha *a = lexicon(xml);
	ck_assert_str_eq(ha_show(a, "une double sanction, une sanction"), "t:double sanction:+ t:sanction:+");
	ck_assert_str_eq(ha_show(a, "double sanction injuste"), "t:double sanction:+");
	ha_free(a);
	snprintf(xml, sizeof(xml), "<lexicon id='t' version='1' lang='fr' overlap='all'><title>t</title>%s" TAIL, entries);
	a = lexicon(xml);
	ck_assert_str_eq(ha_show(a, "double sanction injuste"), "t:double sanction:+ t:sanction:+ t:sanction injuste:+");
	ha_free(a);
}
END_TEST

START_TEST(weights)
{
	ha *a = lexicon(HEAD "<entry weight='0.5'>papier*\nattente\n</entry><entry weight='0.4'>guichet</entry><entry>paperasse</entry>" TAIL);
	ck_assert_str_eq(ha_show(a, "des papiers, des papiers"), "");
	ck_assert_str_eq(ha_show(a, "des papiers et de l'attente"), "t:papiers:+ t:attente:+");
	ck_assert_str_eq(ha_show(a, "des papiers au guichet"), "");
	ck_assert_str_eq(ha_show(a, "des papiers, de la paperasse"), "t:papiers:+ t:paperasse:+");
	ha_free(a);
	a = lexicon("<lexicon id='t' version='1' lang='fr' threshold='0'><title>t</title><entry weight='0.1'>papier*</entry>" TAIL);
	ck_assert_str_eq(ha_show(a, "des papiers"), "t:papiers:+");
	ck_assert(ha_hits(a)[0].hit.weight > 0.09f && ha_hits(a)[0].hit.weight < 0.11f);
	ha_free(a);
}
END_TEST

START_TEST(polarity)
{
	ha *a = lexicon(HEAD "<entry polarity='asserted'>sans permis</entry><entry polarity='negated'>jamais jugé</entry>"
	                     "<entry polarity='conditional'>sanctions justifiées</entry><entry>bus</entry><entry polarity='lack'>pris ..2 train</entry>" TAIL);
	ck_assert_str_eq(ha_show(a, "sans permis ni bus, jamais jugé, des sanctions justifiées, pris le train"),
	                 "t:sans permis:+ t:bus:+ t:jamais jugé:- t:sanctions justifiées:? t:pris le train:+");
	ck_assert(ha_hits(a)[0].fixed && !ha_hits(a)[1].fixed && ha_hits(a)[2].fixed && !ha_hits(a)[4].fixed);
	ck_assert_uint_eq(ha_hits(a)[0].hit.flags, AUR_HIT_FIXED_POLARITY); /* it asks for the « sans » itself */
	ck_assert_uint_eq(ha_hits(a)[1].hit.flags, AUR_HIT_LOOSE);
	ck_assert_uint_eq(ha_hits(a)[4].hit.flags, AUR_HIT_LACK_COUNTS | AUR_HIT_LOOSE);
	ha_free(a);
}
END_TEST

START_TEST(status)
{
	static const char xml[] = HEAD "<entry>un</entry><entry status='draft'>deux</entry><entry status='retired'>trois</entry>"
	                               "<theme id='t.a' status='draft'><title>a</title><entry status='active'>quatre</entry><entry>cinq</entry></theme>" TAIL;
	ha *a = lexicon(xml);
	ck_assert_str_eq(ha_show(a, "un deux trois quatre cinq"), "t:un:+ t.a:quatre:+");
	ha_free(a);
	write_lexicon(xml, sizeof(xml) - 1);
	char setting[100];
	snprintf(setting, sizeof(setting), "lexicon=%s", path);
	const char *const settings[] = { "drafts=yes", setting, NULL };
	a = ha_new();
	ck_assert_int_eq(ha_add(a, "annotate-lexicon", "annotate-lexicon", settings), AUR_OK);
	unlink(path);
	ck_assert_str_eq(ha_show(a, "un deux trois quatre cinq"), "t:un:+ t:deux:+ t.a:quatre:+ t.a:cinq:+");
	ha_free(a);
}
END_TEST

START_TEST(contexts)
{
	ha *a = lexicon(HEAD "<entry not-followed-by='sociale|maternelle' without='crèche'>\nassistante\nassistantes [!de]\n</entry>"
	                     "<entry preceded-by='mon|ma ..1' with='rsa'>référent*</entry>" TAIL);
	ck_assert_str_eq(ha_show(a, "une assistante"), "t:assistante:+");
	ck_assert_str_eq(ha_show(a, "une assistante sociale"), "");
	ck_assert_str_eq(ha_show(a, "une assistante à la crèche"), "");
	ck_assert_str_eq(ha_show(a, "une assistante. La crèche"), "t:assistante:+");
	ck_assert_str_eq(ha_show(a, "les assistantes de vie"), "");
	ck_assert_str_eq(ha_show(a, "ma nouvelle référente RSA"), "t:référente:+");
	ck_assert_str_eq(ha_show(a, "ma nouvelle référente"), "");
	ck_assert_str_eq(ha_show(a, "Le rsa : la référente"), "");
	ha_free(a);
	/* the words of the match itself are in its sentence, whichever of them it is searched from */
	a = lexicon(HEAD "<entry with='bus'>le bus ..3 gare</entry><entry with='port'>le bus ..3 port</entry><entry with='quai'>quai</entry>" TAIL);
	ck_assert_str_eq(ha_show(a, "le bus de la gare"), "t:le bus de la gare:+");
	ck_assert_str_eq(ha_show(a, "le bus du port"), "t:le bus du port:+");
	ck_assert_str_eq(ha_show(a, "le quai"), "t:quai:+");
	ha_free(a);
	/* where one way to match is forbidden, another may stand */
	a = lexicon(HEAD "<entry>sanction injuste? [!du]</entry>" TAIL);
	ck_assert_str_eq(ha_show(a, "sanction injuste du jour"), "t:sanction:+");
	ck_assert_str_eq(ha_show(a, "sanction du jour"), "");
	ha_free(a);
}
END_TEST

START_TEST(fuzzy)
{
	ha *a = lexicon(HEAD "<entry fuzzy='1'>\nsanction\npermis\nbus\nsanct*\n</entry>" TAIL);
	ck_assert_str_eq(ha_show(a, "santion sanctiion sacntion sanctipn"), "t:santion:+ t:sanctiion:+ t:sacntion:+ t:sanctipn:+");
	ck_assert_str_eq(ha_show(a, "sanxtipn fanction ponction"), "");
	ck_assert_str_eq(ha_show(a, "permi"), "t:permi:+");
	ck_assert_str_eq(ha_show(a, "bu buss but"), "");
	ha_free(a);
	a = lexicon(HEAD "<entry fuzzy='2'>\nconvocation\nradié\n</entry>" TAIL);
	ck_assert_str_eq(ha_show(a, "covokasion convokassion"), "");
	ck_assert_str_eq(ha_show(a, "convokasion covocatoin"), "t:convokasion:+ t:covocatoin:+");
	ck_assert_str_eq(ha_show(a, "radi raddié"), "t:radi:+ t:raddié:+");
	ck_assert_str_eq(ha_show(a, "rad"), "");
	ha_free(a);
}
END_TEST

/* What people type for a small word is that word too; where exact forms are asked for it is not. */
START_TEST(typed_small_words)
{
	ha *a = lexicon(HEAD "<entry>\nl'écoute\nj'ai peur\npas pour toujours\nqu'on juge\nbeaucoup trop\n</entry>" TAIL);
	ck_assert_str_eq(ha_show(a, "a l ecoute"), "t:l ecoute:+");
	ck_assert_str_eq(ha_show(a, "J AI PEUR"), "t:J AI PEUR:+");
	ck_assert_str_eq(ha_show(a, "pa pr tjr"), "t:pa pr tjr:+");
	ck_assert_str_eq(ha_show(a, "qu on juge k on juge"), "t:qu on juge:+ t:k on juge:+");
	ck_assert_str_eq(ha_show(a, "bcp tro"), "t:bcp tro:+");
	ck_assert_str_eq(ha_show(a, "pb par prs"), "");
	ha_free(a);
	a = lexicon(HEAD "<entry>\nargent\népuisé(|e|s|es)\nécout*\navantage\nform:emploi\nl*\n</entry>" TAIL);
	ck_assert_str_eq(ha_show(a, "dargent largents depuisée"), "t:dargent:+ t:largents:+ t:depuisée:+");
	ck_assert_str_eq(ha_show(a, "Jecoute d'argent"), "t:Jecoute:+ t:argent:+");
	ck_assert_str_eq(ha_show(a, "davantage demploi sargent"), "");
	ha_free(a);
	a = lexicon(HEAD "<entry>\nécri(re|s|t)\na*\ndemploi\nemploi\nécart*\n</entry>" TAIL);
	ck_assert_str_eq(ha_show(a, "jécris lemploi lécart"), "t:jécris:+ t:lemploi:+ t:lécart:+");
	ck_assert_str_eq(ha_show(a, "décrire dommage danger"), "");
	ha_free(a);
	a = lexicon(HEAD "<entry>form:pour form:toi\npr\n</entry>" TAIL);
	ck_assert_str_eq(ha_show(a, "pour toi"), "t:pour toi:+");
	ck_assert_str_eq(ha_show(a, "pr toi"), "t:pr:+");
	ha_free(a);
}
END_TEST

START_TEST(sets_and_choices)
{
	ha *a = lexicon(HEAD "<words id='couper'>\n coup(er|é) | retirer de force\n\n supprim*\n</words>"
	                     "<entry>\n@couper ..2 (rsa|@couper)\nl'(aide sociale|alloc*)\n(me|m'|) jug(e|ent)\navez-vous (honte|peur)\n"
	                     "(la|une) ((grande|petite)? honte|peur bleue)\n</entry>" TAIL);
	ck_assert_str_eq(ha_show(a, "couper le rsa"), "t:couper le rsa:+");
	ck_assert_str_eq(ha_show(a, "retirer de force mon RSA"), "t:retirer de force mon RSA:+");
	ck_assert_str_eq(ha_show(a, "suppriment tout le rsa"), "t:suppriment tout le rsa:+");
	ck_assert_str_eq(ha_show(a, "l'aide sociale et l'allocation"), "t:l'aide sociale:+ t:l'allocation:+");
	ck_assert_str_eq(ha_show(a, "ils jugent, ils me jugent"), "t:jugent:+ t:me jugent:+");
	ck_assert_str_eq(ha_show(a, "Avez-vous honte ?"), "t:Avez-vous honte:+");
	ck_assert_str_eq(ha_show(a, "la petite honte, une peur bleue"), "t:la petite honte:+ t:une peur bleue:+");
	ha_free(a);
	/* what the tokenizer cuts, the pattern cuts as well */
	a = lexicon(HEAD "<entry>\nle\xe2\x80\xafloyer\n</entry>" TAIL);
	ck_assert_str_eq(ha_show(a, "le loyer"), "t:le loyer:+");
	ha_free(a);
	a = lexicon(HEAD "<entry>\n#m2\n#cm³\n</entry>" TAIL);
	ck_assert_str_eq(ha_show(a, "30m2, 25 m2 et 12cm³, 4m"), "t:30m2:+ t:25 m2:+ t:12cm³:+");
	ha_free(a);
	a = lexicon(HEAD "<entry>\n15h\n#heures\n(a|va)-t-on\ncelui-ci\nrendez-vous\nl'on dit\nquelqu'un\nlorsqu'il (pleut|neige)\n2e fois\n</entry>" TAIL);
	ck_assert_str_eq(ha_show(a, "15h, 15 H et 20 heures"), "t:15h:+ t:15 H:+ t:20 heures:+");
	ck_assert_str_eq(ha_show(a, "va-t-on ? celui-ci a rendez-vous"), "t:va-t-on:+ t:celui-ci:+ t:rendez-vous:+");
	ck_assert_str_eq(ha_show(a, "l'on dit, quelqu'un, lorsqu’il neige, 2e fois"),
	                 "t:l'on dit:+ t:quelqu'un:+ t:lorsqu’il neige:+ t:2e fois:+");
	ha_free(a);
}
END_TEST

START_TEST(any_order)
{
	ha *a = lexicon(HEAD "<entry>(bus|car) + (loin|tard) +2 soir</entry>" TAIL);
	ck_assert_str_eq(ha_show(a, "le soir, tard, le bus"), "t:soir, tard, le bus:+");
	ck_assert_str_eq(ha_show(a, "un car trop tard chaque soir"), "t:car trop tard chaque soir:+");
	ck_assert_str_eq(ha_show(a, "un bus, un bus, le soir"), "");
	ha_free(a);
}
END_TEST

START_TEST(sentences)
{
	ha *a = lexicon(HEAD "<entry>\nbus .. soir\ndouble sanction\n</entry>" TAIL);
	ck_assert_str_eq(ha_show(a, "le bus. Le soir"), "");
	ck_assert_str_eq(ha_show(a, "le bus, en semaine (hors vacances), s'arrête le soir"),
	                 "t:bus, en semaine (hors vacances), s'arrête le soir:+");
	ck_assert_str_eq(ha_show(a, "une « double » « sanction »"), "t:double » « sanction:+");
	ck_assert_str_eq(ha_show(a, "double : sanction"), "");
	ha_free(a);
}
END_TEST

/* One span for one pattern however many of its words are anchors, and hits in order. */
START_TEST(hits_once)
{
	ha *a = lexicon(HEAD "<entry>\n(aa|bb|cc) ..2 (aa|bb|cc)\n</entry>" TAIL);
	ck_assert_str_eq(ha_show(a, "aa bb"), "t:aa bb:+");
	ck_assert_str_eq(ha_show(a, "aa bb cc aa"), "t:aa bb:+ t:cc aa:+");
	ha_free(a);
}
END_TEST

/* ---- what is refused ---- */

static const struct {
	const char *xml, *error;
} wrong[] = {
	{ "", "0:0: this file is empty" },
	{ "bonjour", "this file is not XML" },
	{ " \n", "this file is empty" },
	{ "<note>x</note>", "1:1: this is not a lexicon: it begins with <note>" },
	{ "<lexicon id='t' lang='fr'><title>t</title></lexicon>", "1:1: <lexicon> needs the setting 'version'" },
	{ "<lexicon id='T' version='1' lang='fr'/>", "1:1: id=\"T\": a name is made of small letters" },
	{ "<lexicon id='t' version='1a' lang='fr'/>", "version=\"1a\" must be numbers" },
	{ "<lexicon id='t' version='1' lang='fr' layr='fold'/>", "has no setting 'layr'; did you mean 'layer'?" },
	{ "<lexicon id='t' version='1' lang='fr' layer='steam'/>", "layer=\"steam\" is not known; did you mean \"stem\"?" },
	{ "<lexicon id='t' version='1' lang='fr' threshold='0,5'/>", "must be a number from 0 to 100, with a point" },
	{ HEAD "\n <entree>a</entree>" TAIL, "2:2: <entree> is not known in a lexicon; did you mean <entry>?" },
	{ HEAD "\n <entry fuzzy='3'>a</entry>" TAIL, "2:2: fuzzy=\"3\" is not known; possible: 0, 1, 2" },
	{ HEAD "<entry polarity='assertd'>a</entry>" TAIL, "did you mean \"asserted\"?" },
	{ HEAD "<entry weight='2'>a</entry>" TAIL, "must be a number from 0 to 1" },
	{ HEAD "<entry>a<note>b</note></entry>" TAIL, "<note> cannot stand inside <entry>" },
	{ HEAD "<entry> \n </entry>" TAIL, "this <entry> is empty" },
	{ HEAD "<entry id='x'>a\nb</entry>" TAIL, "2:1: an <entry> with an id holds one pattern" },
	{ HEAD "\nwords outside\n" TAIL, "there are words here outside of any element" },
	{ HEAD "<theme id='u.a'><title>a</title></theme>" TAIL, "must begin with that of the theme around it: 't.…'" },
	{ HEAD "<theme id='t.a'><entry>a</entry></theme>" TAIL, "<theme> needs a <title>" },
	{ HEAD "<words id='a'>x</words><words id='a'>y</words>" TAIL, "<words id=\"a\"> is already there" },
	{ HEAD "<entry>a</entry>", "the file ends here, before </lexicon>" },
	{ HEAD "<entry>a", "the file ends here, before </entry>" },
	{ HEAD "<entry>a</entri>" TAIL, "the XML is broken here" },
	{ HEAD "<entry>\xe9</entry>" TAIL, "this character is not UTF-8" },
	{ HEAD "<entry weight=\xe2\x80\x9c" "1\xe2\x80\x9d>a</entry>" TAIL, "straight quotation marks" },
	{ HEAD "<entry with='!b'>a</entry>" TAIL, "! works only in square brackets" },
	{ HEAD "<entry>&eacute;</entry>" TAIL, "the XML is broken here" },
	{ "<!DOCTYPE lexicon [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>" HEAD "<entry>&a;</entry>" TAIL, "a lexicon must not have a DOCTYPE" },
	/* patterns: line and column of the very sign */
	{ HEAD "\n<entry>\n  bon\n  (a|b c\n</entry>" TAIL, "4:3: this bracket is never closed" },
	{ HEAD "\n<entry>\n  bon\n  été <!-- é --> @coupe x\n</entry>" TAIL, "4:18: there is no <words id=\"coupe\">" },
	/* in another encoding as well */
	{ LATIN HEAD "\n<entry>\n  bon\n  \xe9t\xe9 <!-- \xe9 --> @coupe x\n</entry>" TAIL, "4:18: there is no <words id=\"coupe\">" },
	{ LATIN HEAD "\n<note>\xe9\xe9</note> <entree>\xe9</entree>" TAIL, "2:17: <entree> is not known" },
	{ LATIN HEAD "\n<entry>\xe9</entry> \xe9" TAIL, "2:18: there are words here outside of any element" },
	{ HEAD "<words id='couper'>x</words>\n<entry>é &amp; y</entry>" TAIL, "2:10: for two words in any order write +" },
	{ HEAD "<words id='couper'>x</words>\n<entry>@coupé</entry>" TAIL, "2:8: @ goes before the name" },
	{ HEAD "<words id='couper'>x</words>\n<entry>@coupr</entry>" TAIL, "did you mean @couper?" },
	{ HEAD "<entry>stm:sanction</entry>" TAIL, "there is no layer 'stm' here; did you mean stem:?" },
	{ HEAD "<entry>a | b</entry>" TAIL, "put a choice in brackets" },
	{ HEAD "<entry>a) b</entry>" TAIL, "this bracket was never opened" },
	{ HEAD "<entry>(a) [b] c</entry>" TAIL, "nothing may follow a square bracket" },
	{ HEAD "<entry>log[e]ment</entry>" TAIL, "log(e|é)ment" },
	{ HEAD "<entry>loge?ment</entry>" TAIL, "log(e)?ment" },
	{ HEAD "<entry>loyer\\b</entry>" TAIL, "never before a letter or a digit" },
	{ HEAD "<entry>\\d+ euros</entry>" TAIL, "write # for any number" },
	{ HEAD "<entry>*</entry>" TAIL, "a star needs at least one letter beside it" },
	{ HEAD "<entry>..3 a</entry>" TAIL, "a gap goes between two words" },
	{ HEAD "<entry>a ..</entry>" TAIL, "a gap goes between two words" },
	{ HEAD "<entry>pas..2 a</entry>" TAIL, "1:77: a gap needs a space" },
	{ HEAD "<entry>a ..99 b</entry>" TAIL, "a gap is 1 to 20 words" },
	{ HEAD "<entry>a? (b)?</entry>" TAIL, "needs a word that is not optional" },
	{ HEAD "<entry>a + b + c + d + e</entry>" TAIL, "at most 4 sides" },
	{ HEAD "<entry>a + b?</entry>" TAIL, "each side of a +" },
	{ HEAD "<entry>sanction~3</entry>" TAIL, "may differ by one letter (~) or two (~2)" },
	{ HEAD "<entry>(a|b)~</entry>" TAIL, "~ goes at the end of a word" },
	{ HEAD "<entry>papiers, papiers</entry>" TAIL, "',' is not part of a word" },
	{ HEAD "<entry>mot(a b)</entry>" TAIL, "a bracket that touches a word holds endings only" },
	{ HEAD "<entry>a [!]</entry>" TAIL, "a word is missing here" },
	{ HEAD "<entry>a [!b</entry>" TAIL, "this square bracket is never closed" },
	{ HEAD "<entry>a [!b?]</entry>" TAIL, "a context needs a word that is not optional" },
	{ HEAD "<entry followed-by='b|'>a</entry>" TAIL, "followed-by=\"b|\"" },
	{ HEAD "<entry>a\\</entry>" TAIL, "goes before the sign that it escapes" },
	{ HEAD "<entry>(a|b|c|d|e|f)(a|b|c|d|e|f)(a|b|c|d|e|f)(a|b|c|d|e|f)x</entry>" TAIL, "has more than 512 spellings" },
	{ HEAD "<entry>((((((((((((((((((((a))))))))))))))))))))</entry>" TAIL, "brackets are nested too deep" },
};

START_TEST(refusals)
{
	const char *got = refused(wrong[_i].xml);
	ck_assert_msg(strstr(got, wrong[_i].error) != NULL, "%s\n  for: %s\n  not: %s", got, wrong[_i].xml, wrong[_i].error);
}
END_TEST

/* With faults="keep" they open all the same, and the lint tells what is wrong. */
static const char *expected;
static unsigned told;

static void fault(void *to, const aur_lint_finding *f)
{
	(void)to;
	char at[40];
	snprintf(at, sizeof(at), "%u:%u:", f->line, f->column);
	size_t k = strspn(expected, "0123456789:"); /* "4:3: message": a place, where the table has one */
	k = k > 0 && expected[k - 1] == ':' && expected[k] == ' ' ? k : 0;
	if (strcmp(f->rule, "broken") != 0)
		return;
	ck_assert_int_eq(f->level, AUR_LOG_ERROR);
	told += strstr(f->message, expected + k + (k > 0)) != NULL && strncmp(at, expected, k) == 0;
}

static void lint_kept(const char *xml, size_t n)
{
	char setting[100];
	write_lexicon(xml, n);
	snprintf(setting, sizeof(setting), "lexicon=%s", path);
	const char *const settings[] = { "faults=keep", setting, NULL };
	ha *a = ha_new();
	aur_status st = ha_add(a, "annotate-lexicon", "annotate-lexicon", settings);
	unlink(path);
	ck_assert_msg(st == AUR_OK, "%s", ha_error(a));
	const aur_ext_lint_v1 *x = ha_component(a, 0)->query(ha_model(a, 0), AUR_EXT_LINT);
	aur_lint_input in = { .size = sizeof(in) };
	ck_assert_int_eq(x->lint(ha_host(a), ha_model(a, 0), &in, fault, NULL), AUR_OK);
	ha_free(a);
}

START_TEST(kept)
{
	expected = wrong[_i].error;
	told = 0;
	lint_kept(wrong[_i].xml, strlen(wrong[_i].xml));
	ck_assert_msg(told > 0, "not told: %s\n  for: %s", expected, wrong[_i].xml);
}
END_TEST

START_TEST(no_such_lexicon)
{
	ha *a = ha_new();
	const char *const settings[] = { "lexicon=nulle-part", NULL };
	ck_assert_int_eq(ha_add(a, "annotate-lexicon", "annotate-lexicon", settings), AUR_E_CONFIG);
	ck_assert_ptr_nonnull(strstr(ha_error(a), "there is no lexicon 'nulle-part'"));
	const char *const folder[] = { "lexicon=./", NULL };
	ck_assert_int_lt(ha_add(a, "annotate-lexicon", "annotate-lexicon", folder), 0);
	const char *const absent[] = { "lexicon=./nulle-part.xml", NULL };
	ck_assert_int_eq(ha_add(a, "annotate-lexicon", "annotate-lexicon", absent), AUR_E_IO);
	ha_free(a);
}
END_TEST

START_TEST(too_many_words)
{
	char *xml = malloc(20000);
	size_t n = (size_t)sprintf(xml, HEAD "<entry>");
	for (int i = 0; i < 300; i++)
		n += (size_t)sprintf(xml + n, "mot%d ", i);
	sprintf(xml + n, "</entry>" TAIL);
	ck_assert_ptr_nonnull(strstr(refused(xml), "more than 250 words"));
	expected = "more than 250 words";
	told = 0;
	lint_kept(xml, strlen(xml));
	ck_assert_uint_eq(told, 1);
	/* what cannot be read at all is told first, wherever it stands; the lint tells both, and the line between them is compiled */
	strcpy(xml + strlen(xml) - strlen("</entry>" TAIL), "\nrsa\ncouper ..0 rsa</entry>" TAIL);
	ck_assert_ptr_nonnull(strstr(refused(xml), "a gap is 1 to 20 words"));
	expected = "";
	told = 0;
	lint_kept(xml, strlen(xml));
	ck_assert_uint_eq(told, 2);
	free(xml);
}
END_TEST

/* A word as long as a line may be, and so are its spellings, which are read letter by letter. */
START_TEST(long_word)
{
	enum { N = 60000 };
	char *xml = calloc(1, 2 * N + 500), *end;
	strcpy(xml, HEAD "<entry layer='form'>re(|s)");
	memset(xml + strlen(xml), 'a', N);
	strcat(xml, "</entry><entry layer='form'>re(|s|t|nt)(|r)");
	memset(xml + strlen(xml), 'a', N / 2);
	end = xml + strlen(xml);
	for (int i = 0; i < N / 6; i++)
		memcpy(end + 3 * i, "(b)", 3);
	strcat(xml, "</entry><entry>mot(s)?(ag)e(|s)</entry>" TAIL);
	ha *a = lexicon(xml);
	ck_assert_str_eq(ha_show(a, "motage motsages mots"), "t:motage:+ t:motsages:+");
	struct rusage used;
	getrusage(RUSAGE_SELF, &used);
	ck_assert_int_lt(used.ru_maxrss, 1 << 20);
	free(xml);
	ha_free(a);
}
END_TEST

/* Bytes cut off or wrong anywhere: refused, or told where faults are kept; never a crash. */
START_TEST(truncated)
{
	static const char xml[] = HEAD "<words id='a'>x|(y z)</words><theme id='t.a'><title>é</title><entry id='i' with='b'>@a ..3 [!c] d(e|f)~ "
	                               "+2 #h &amp;</entry></theme>" TAIL;
	char other[sizeof(xml)];
	expected = "";
	for (size_t n = 0; n + 1 < sizeof(xml); n++) {
		ck_assert_ptr_null(open_xml(xml, n, NULL, 0));
		told = 0;
		lint_kept(xml, n);
		ck_assert_uint_gt(told, 0);
		memcpy(other, xml, sizeof(xml));
		other[n] = "<>&\"'/( "[n % 8];
		lint_kept(other, sizeof(xml) - 1);
	}
}
END_TEST

/* ---- the shape of what it says of forms ---- */

static uint32_t number_of(ha *a, const char *word)
{
	ck_assert_int_eq(ha_run(a, word, strlen(word)), AUR_OK);
	return ha_view(a, 0)->number[0];
}

/* A form has a number if a search begins there, for entries (1) or for exclusions (2). */
START_TEST(numbers)
{
	ha *a = lexicon(HEAD "<entry>\nsanction* injuste\npermis\n</entry><exclude>permis de chasse</exclude>" TAIL);
	ck_assert_uint_eq(number_of(a, "permis") & 1, 1);
	ck_assert_uint_eq((number_of(a, "permis") | number_of(a, "de") | number_of(a, "chasse")) & 2, 2);
	ck_assert_uint_eq(number_of(a, "rien"), 0);
	/* only one word of a pattern anchors it */
	ck_assert_int_eq((number_of(a, "sanctions") != 0) + (number_of(a, "injuste") != 0), 1);
	ha_free(a);
}
END_TEST

static aur_form shown;
static unsigned hits, looks;
static void show_form(const aur_host *h, const aur_view *v, uint32_t token, aur_form *out)
{
	(void)h, (void)v, (void)token;
	looks++;
	*out = shown;
}
static aur_status count_hit(const aur_host *h, aur_hit_sink *o, const aur_hit *hit)
{
	(void)h, (void)o, (void)hit;
	hits++;
	return AUR_OK;
}

/* The hits of a contribution of one word, number 3, by a worker that classified a word before and was told its number. */
static unsigned hits_after(ha *a, const aur_form *classified, uint32_t id, const aur_form *met)
{
	const aur_component *c = ha_component(a, 0);
	const aur_annotator_ops *ops = c->ops;
	const aur_ext_forms_v1 *forms = c->query(ha_model(a, 0), AUR_EXT_FORMS);
	aur_host host = *ha_host(a);
	void *worker;
	uint32_t flags = AUR_TOK_SENTENCE_END, form = 3, number = UINT32_MAX, place[2] = { 0, 1 };
	aur_view v = { .size = sizeof(v), .token_count = 1, .start = place, .end = place + 1, .flags = &flags, .form = &form, .number = &number };
	host.form_at = show_form;
	host.hit = count_hit;
	shown = *met;
	hits = looks = 0;
	ck_assert_int_eq(c->worker_new(&host, ha_model(a, 0), &worker), AUR_OK);
	ops->classify(&host, ha_model(a, 0), worker, classified);
	forms->numbered(ha_model(a, 0), worker, id);
	ck_assert_int_eq(ops->annotate(&host, ha_model(a, 0), worker, &v, NULL), AUR_OK);
	c->worker_free(worker);
	return hits;
}

/* A word whose number was told when it was classified is not looked at again; another one is. */
START_TEST(remembered)
{
	ha *a = lexicon(HEAD "<entry>sanction</entry>" TAIL);
	aur_form one, other;
	uint64_t count;
	ck_assert_int_eq(ha_run(a, "sanction permis", 15), AUR_OK);
	ck_assert(ha_form(a, 0, &one, &count) && ha_form(a, 1, &other, &count));
	ck_assert_uint_eq(hits_after(a, &one, 3, &other), 1);
	ck_assert_uint_eq(looks, 0);
	ck_assert_uint_eq(hits_after(a, &other, 3, &one), 0);
	ck_assert_uint_eq(looks, 0);
	ck_assert_uint_eq(hits_after(a, &other, 2, &one), 1);
	ck_assert_uint_eq(looks, 1);
	ck_assert_uint_eq(hits_after(a, &one, 70000, &other), 0);
	ck_assert_uint_eq(looks, 1);
	ha_free(a);
}
END_TEST

static ha *met_by;
static void form_met(const aur_host *h, const aur_view *v, uint32_t token, aur_form *out)
{
	uint64_t count;
	(void)h;
	ck_assert(ha_form(met_by, v->form[token], out, &count));
}

/* Forms that another worker was asked about are looked up in the midst of a search, and what is put down of them moves as it grows; at a word
 * where a search begins, or at one beside it, whichever comes first. */
START_TEST(met_in_a_search)
{
	enum { PHRASES = 150 };
	for (uint32_t shift = 0; shift < 2; shift++) {
		static char xml[1 << 14], text[100];
		size_t n = (size_t)sprintf(xml, HEAD "<entry>\n");
		for (uint32_t i = 0; i < PHRASES; i++)
			n += (size_t)sprintf(xml + n, "mot%u suit%u\n", i, shift && i == 1 ? 0 : i);
		strcpy(xml + n, "</entry>" TAIL);
		ha *a = met_by = lexicon(xml);
		const aur_component *c = ha_component(a, 0);
		const aur_annotator_ops *ops = c->ops;
		aur_host host = *ha_host(a);
		void *worker;
		host.form_at = form_met;
		host.hit = count_hit;
		hits = 0;
		ck_assert_int_eq(c->worker_new(&host, ha_model(a, 0), &worker), AUR_OK);
		for (uint32_t i = 0; i < PHRASES; i++) {
			int len = sprintf(text, "un deux trois quatre cinq mot%u suit%u six sept huit neuf dix", i, shift && i == 1 ? 0 : i);
			ck_assert_int_eq(ha_run(a, text, (size_t)len), AUR_OK);
			ck_assert_uint_eq(ha_count(a), 1);
			ck_assert_int_eq(ops->annotate(&host, ha_model(a, 0), worker, ha_view(a, 0), NULL), AUR_OK);
			ck_assert_uint_eq(hits, i + 1);
		}
		c->worker_free(worker);
		ha_free(a);
	}
}
END_TEST

/* ---- lists of plain phrases ---- */

static uint32_t drawn(uint32_t below)
{
	static uint32_t state = 20251130;
	state = state * 1664525u + 1013904223u;
	return (state >> 8) % below;
}

enum { PHRASES = 12, PHRASE_WORDS = 4, ITEMS = 120 };
static const char *const vocabulary[] = { "bus", "gare", "train", "route", "pont", "ville", "car", "quai", "place", "rue" };
static const char *const fillers[] = { "mur", "lac", "champ", "arbre" };

typedef struct phrase {
	uint32_t words, word[PHRASE_WORDS];
} phrase;

static bool is_sign(const char *item)
{
	return strchr("\"-,.", *item) != NULL;
}

/* Does the phrase stand at this item?  Hyphens and quotation marks between its words do not matter.  *last: its last item. */
static bool stands(const phrase *p, const char *const *item, uint32_t n, uint32_t at, uint32_t *last)
{
	for (uint32_t k = 0; k < p->words; k++, at++) {
		while (k > 0 && at < n && (*item[at] == '"' || *item[at] == '-'))
			at++;
		if (at == n || strcmp(item[at], vocabulary[p->word[k]]) != 0)
			return false;
		*last = at;
	}
	return true;
}

static void draw_phrases(phrase p[PHRASES], bool long_ones, char *xml, size_t size)
{
	size_t n = (size_t)snprintf(xml, size, "<lexicon id='t' version='1' lang='fr' theme='t' overlap='all'><title>t</title>");
	for (uint32_t i = 0; i < PHRASES; i++) {
		p[i].words = 1 + drawn(long_ones ? PHRASE_WORDS : 2);
		n += (size_t)snprintf(xml + n, size - n, "<entry id='%u' layer='form'>", i);
		for (uint32_t k = 0; k < p[i].words; k++) {
			p[i].word[k] = drawn(sizeof(vocabulary) / sizeof(*vocabulary));
			n += (size_t)snprintf(xml + n, size - n, "%s ", vocabulary[p[i].word[k]]);
		}
		n += (size_t)snprintf(xml + n, size - n, "</entry>");
	}
	snprintf(xml + n, size - n, TAIL);
}

/* Draws the items of a text; one in `sparse` is a word of the vocabulary. */
static void draw_text(const char *item[ITEMS], uint32_t sparse, char *text, size_t size)
{
	static const char *const signs[] = { "\"", "-", ",", "." };
	for (uint32_t i = 0, n = 0; i < ITEMS; i++) {
		bool gap = drawn(6) == 0 && i > 0 && !is_sign(item[i - 1]);
		item[i] = gap ? signs[drawn(4)] : drawn(sparse) < 2 ? vocabulary[drawn(10)] : fillers[drawn(4)];
		n += (uint32_t)snprintf(text + n, size - n, "%s ", item[i]);
	}
}

/* All phrases are found, and only they, in texts in which most words anchor something as in those in which few do: these are
 * searched in another way. */
START_TEST(plain_phrases)
{
	char xml[4000], text[4000];
	const char *item[ITEMS];
	phrase p[PHRASES];
	uint32_t found = 0;
	for (uint32_t turn = 0; turn < 120; turn++) {
		draw_phrases(p, turn % 3 > 0, xml, sizeof(xml));
		ha *a = lexicon(xml);
		for (uint32_t sparse = 2; sparse <= 64; sparse *= 2) {
			uint32_t due = 0, last = 0;
			draw_text(item, sparse, text, sizeof(text));
			ck_assert_int_eq(ha_run(a, text, strlen(text)), AUR_OK);
			for (uint32_t i = 0; i < ITEMS; i++)
				for (uint32_t k = 0; k < PHRASES; k++)
					due += stands(&p[k], item, ITEMS, i, &last);
			for (uint32_t h = 0; h < ha_count(a); h++) {
				const aur_hit *x = &ha_hits(a)[h].hit;
				aur_label l;
				ha_label(a, &ha_hits(a)[h], &l);
				const phrase *of = &p[strtoul(l.entry.ptr, NULL, 10)];
				ck_assert_msg(stands(of, item, ITEMS, x->first_token, &last) && last == x->last_token, "%s: %s", xml, text);
			}
			ck_assert_msg(ha_count(a) == due, "%u instead of %u in %s: %s", ha_count(a), due, xml, text);
			found += due;
		}
		ha_free(a);
	}
	ck_assert_uint_gt(found, 5000);
}
END_TEST

/* ---- ways through a pattern ---- */

/* A pattern that is drawn, and a text that takes one way through it. */
typedef struct drawn_way {
	char pattern[1000], text[1000];
	size_t p, t;
} drawn_way;

static void put_both(drawn_way *w, const char *pattern, const char *text)
{
	w->p += (size_t)snprintf(w->pattern + w->p, sizeof(w->pattern) - w->p, "%s", pattern);
	w->t += (size_t)snprintf(w->text + w->t, sizeof(w->text) - w->t, "%s", text);
}

static void put_fillers(drawn_way *w, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		put_both(w, "", fillers[drawn(4)]);
		put_both(w, "", " ");
	}
}

/* A word, some that are frequent, some rare; `taken`: the way goes through it. */
static void put_word(drawn_way *w, bool taken)
{
	static const char *const words[] = { "de", "le", "pas", "qui", "jour", "gare", "quai", "pont" };
	const char *word = words[drawn(8)];
	put_both(w, word, taken ? word : "");
	put_both(w, "", taken ? " " : "");
}

/* Some words, choices and optional words, with gaps that are not beside an optional word. */
static void put_sequence(drawn_way *w, uint32_t elements)
{
	uint32_t sure = drawn(elements), kind = drawn(sure == 0 ? 2 : 3); /* the element `sure` is not optional */
	for (uint32_t i = 0; i < elements; i++) {
		uint32_t taken = drawn(3), next = drawn(i + 1 == sure ? 2 : 3);
		if (kind == 0) {
			put_word(w, true);
		} else if (kind == 1) {
			put_both(w, "(", "");
			put_word(w, taken == 0);
			put_both(w, "|", "");
			put_word(w, taken == 1);
			put_both(w, drawn(2) ? " " : " ..2 ", "");
			put_word(w, taken == 1);
			put_both(w, "|", "");
			put_word(w, taken == 2);
			put_both(w, ")", "");
		} else {
			put_both(w, "(", "");
			put_word(w, taken > 0);
			put_both(w, ")?", "");
		}
		bool gap = i + 1 < elements && kind < 2 && next < 2 && drawn(2) == 0;
		put_both(w, gap ? " ..3 " : " ", "");
		put_fillers(w, gap ? drawn(4) : 0);
		kind = next;
	}
}

/* Whatever a search asks for before it begins, it is on every way: a text that takes one is found. */
START_TEST(every_way)
{
	char xml[1400];
	for (uint32_t turn = 0; turn < 1000; turn++) {
		drawn_way w = { .p = 0 };
		uint32_t before = drawn(3), after = drawn(3);
		put_fillers(&w, drawn(3));
		if (before > 0) {
			put_both(&w, "[", "");
			put_sequence(&w, 1 + drawn(3));
			put_both(&w, before == 1 ? "..2] " : "] ", "");
			put_fillers(&w, before == 1 ? drawn(3) : 0);
		}
		put_sequence(&w, 1 + drawn(4));
		if (after > 0) {
			put_both(&w, after == 1 ? "[..2 " : "[", "");
			put_fillers(&w, after == 1 ? drawn(3) : 0);
			put_sequence(&w, 1 + drawn(3));
			put_both(&w, "]", "");
		}
		put_fillers(&w, drawn(3));
		snprintf(xml, sizeof(xml), HEAD "<entry>%s</entry>" TAIL, w.pattern);
		ha *a = lexicon(xml);
		ck_assert_int_eq(ha_run(a, w.text, w.t), AUR_OK);
		ck_assert_msg(ha_count(a) > 0, "%s: %s", w.pattern, w.text);
		ha_free(a);
	}
}
END_TEST

/* Draws entries of words, of which some are of several classes, and of beginnings of words; two themes, of which one keeps overlapping
 * hits; `behind`: what is appended to the entries. */
static void draw_list(char *xml, size_t size, const char *behind)
{
	static const char *const words[] = { "bus", "gare", "train", "route", "pont", "ga*", "tr*", "r*", "mur", "lac" };
	size_t n = (size_t)snprintf(xml, size, "<lexicon id='t' version='1' lang='fr' theme='t' overlap='all'%s><title>t</title>",
	                            drawn(4) == 0 ? " threshold='1'" : "");
	for (uint32_t i = 0, two = drawn(40); i < 40; i++) {
		if (i == two)
			n += (size_t)snprintf(xml + n, size - n, "<theme id='t.u' overlap='longest'><title>u</title>");
		n += (size_t)snprintf(xml + n, size - n, "<entry id='%u' layer='form' weight='%s'>", i, drawn(3) == 0 ? "0.5" : "1");
		for (uint32_t k = 1 + drawn(5); k > 0; k--)
			n += (size_t)snprintf(xml + n, size - n, "%s ", words[drawn(drawn(4) == 0 ? 10 : 5)]);
		n += (size_t)snprintf(xml + n, size - n, "</entry>");
		if (i == 39)
			n += (size_t)snprintf(xml + n, size - n, "</theme>");
	}
	ck_assert_uint_lt(n + strlen(behind) + strlen(TAIL), size);
	snprintf(xml + n, size - n, "%s" TAIL, behind);
}

/* What some lists have behind their phrases: an exclusion; so many beginnings and ends that « gare » is of up to eleven classes; a sign that
 * words touch across. */
static void draw_behind(char *xml, size_t size, uint32_t turn)
{
	static const char *const parts[] = { "g*", "gar*", "*e", "*re", "*are", "g*e", "ga*e", "g*re", "gar*e" };
	size_t n = (size_t)snprintf(xml, size, "%s", turn % 5 == 0 ? "<exclude>bus route</exclude>" : "");
	for (uint32_t i = 0; turn % 3 == 1 && i < 1 + turn / 3 % 9; i++)
		n += (size_t)snprintf(xml + n, size - n, "<entry layer='form'>%s</entry>", parts[i]);
	n += (size_t)snprintf(xml + n, size - n, "%s", turn % 10 == 3 ? "<entry layer='form'>\"</entry>" : "");
	ck_assert_uint_lt(n, size);
}

/* A list of plain phrases finds the same, in the same order, as it does with an entry that makes it more than such a list: it is searched
 * in another way then.  The texts are longer than what is searched at a time. */
START_TEST(phrases_either_way)
{
	enum { WORDS = 700 };
	static const char *const words[] = { "bus", "gare", "train", "route", "pont", "mur", "lac", "champ", "garage", "trait" };
	static char xml[8000], text[WORDS * 80];
	uint32_t found = 0, most = 0;
	for (uint32_t turn = 0; turn < 60; turn++) {
		ha *a[2];
		char behind[600];
		draw_behind(behind, sizeof(behind), turn);
		draw_list(xml, sizeof(xml) - 200, behind);
		a[0] = lexicon(xml);
		size_t end = strlen(xml) - strlen(TAIL);
		snprintf(xml + end, sizeof(xml) - end, "<entry>jamaisdit .. jamaisdite</entry>" TAIL);
		a[1] = lexicon(xml);
		for (uint32_t i = 0, n = 0; i < WORDS; i++) {
			n += (uint32_t)snprintf(text + n, sizeof(text) - n, "%s ", words[drawn(drawn(3) == 0 ? 10 : 5)]);
			if (drawn(12) > 0)
				continue;
			uint32_t signs = drawn(8) == 0 ? 60 + drawn(8) : drawn(4);
			while (signs-- > 0)
				n += (uint32_t)snprintf(text + n, sizeof(text) - n, "\"");
			n += (uint32_t)snprintf(text + n, sizeof(text) - n, "%s", drawn(8) == 0 ? ". " : drawn(4) == 0 ? ", " : " ");
		}
		for (unsigned k = 0; k < 2; k++)
			ck_assert_int_eq(ha_run(a[k], text, strlen(text)), AUR_OK);
		ck_assert_uint_eq(ha_count(a[0]), ha_count(a[1]));
		for (uint32_t i = 0; i < ha_count(a[0]); i++) {
			const aur_hit *x = &ha_hits(a[0])[i].hit, *y = &ha_hits(a[1])[i].hit;
			ck_assert_uint_eq(x->label, y->label);
			ck_assert_uint_eq(x->first_token, y->first_token);
			ck_assert_uint_eq(x->last_token, y->last_token);
			ck_assert_int_eq(x->polarity, y->polarity);
			ck_assert_uint_eq(x->flags, y->flags);
			ck_assert(x->weight >= y->weight && x->weight <= y->weight);
			most = x->last_token > most ? x->last_token : most;
		}
		found += ha_count(a[0]);
		for (unsigned k = 0; k < 2; k++)
			ha_free(a[k]);
	}
	ck_assert_uint_gt(found, 20000);
	ck_assert_uint_gt(most, WORDS);
}
END_TEST

START_TEST(labels)
{
	ha *a = lexicon(HEAD "<entry id='perte'>perdre ..2 rsa</entry><theme id='t.a'><title>a</title><entry>\n  radié \n</entry></theme>" TAIL);
	aur_label l;
	ck_assert_str_eq(ha_show(a, "perdre le rsa, radié"), "t:perdre le rsa:+ t.a:radié:+");
	ha_label(a, &ha_hits(a)[0], &l);
	ck_assert_int_eq(strncmp(l.entry.ptr, "perte", l.entry.len), 0);
	ck_assert_int_eq(strncmp(l.version.ptr, "1.0", l.version.len), 0);
	ha_label(a, &ha_hits(a)[1], &l);
	ck_assert_uint_eq(l.entry.len, strlen("radié"));
	ha_free(a);
}
END_TEST

/* Every token is an anchor of a pattern that reaches far: the walk stays bounded. */
START_TEST(flood)
{
	enum { N = 20000 };
	ha *a = lexicon(HEAD "<entry>\na .. b .. a .. b .. zz\n(a|b)? (a|b)? (a|b)? (a|b)? (a|b)? (a|b)? (a|b)? (a|b)? (a|b) .. zz\na + b + a + b\n</entry>" TAIL);
	char *text = malloc(N * 2 + 1);
	for (int i = 0; i < N; i++) {
		text[2 * i] = i & 1 ? 'a' : 'b';
		text[2 * i + 1] = ' ';
	}
	text[2 * N] = 0;
	ck_assert_int_eq(ha_run(a, text, 2 * N), AUR_OK);
	ck_assert_uint_gt(ha_count(a), 0);
	free(text);
	ha_free(a);
}
END_TEST

/* A word many times over, and then another. */
static char *repeated(const char *one, const char *other, size_t n)
{
	size_t k = strlen(one), j = strlen(other);
	char *text = malloc(n * (k + j) + 1);
	for (size_t i = 0; i < n; i++) {
		memcpy(text + i * k, one, k);
		memcpy(text + n * k + i * j, other, j);
	}
	text[n * (k + j)] = 0;
	return text;
}

/* More words of many classes than get a column: 300, each of twenty prefixes and of an entry of its own. */
START_TEST(columns)
{
	enum { WORDS = 300, PREFIXES = 20, SIZE = 40000 };
	char *xml = malloc(SIZE), *text = malloc(SIZE);
	size_t n = (size_t)snprintf(xml, SIZE, "%s", HEAD), k = 0;
	for (int i = 1; i <= PREFIXES; i++)
		n += (size_t)snprintf(xml + n, SIZE - n, "<entry>%.*s* ..1 z%d</entry>", i, "mmmmmmmmmmmmmmmmmmmm", i);
	for (int i = 0; i < WORDS; i++) {
		n += (size_t)snprintf(xml + n, SIZE - n, "<entry>mmmmmmmmmmmmmmmmmmmm%d z</entry>", i);
		k += (size_t)snprintf(text + k, SIZE - k, "mmmmmmmmmmmmmmmmmmmm%d ici z%d. ", i, i % (PREFIXES + 1));
	}
	snprintf(xml + n, SIZE - n, "%s", TAIL);
	ha *a = lexicon(xml);
	ck_assert_int_eq(ha_run(a, text, k), AUR_OK);
	ck_assert_uint_eq(ha_count(a), WORDS - (WORDS + PREFIXES) / (PREFIXES + 1)); /* z0 is in no entry */
	ha_free(a);
	free(xml);
	free(text);
}
END_TEST

/* A sentence without end, of words that all look for one at its beginning; and the exclusions of two themes, one behind the other. */
START_TEST(endless)
{
	enum { N = 800000 };
	ha *a = lexicon(HEAD "<entry with='duo'>bus</entry><theme id='t.a'><title>a</title><entry>quai</entry><exclude>car</exclude></theme>"
	                     "<theme id='t.b'><title>b</title><entry>rue</entry><exclude>train</exclude></theme>" TAIL);
	char *text = repeated("bus ", "", N);
	memcpy(text, "duo", 3);
	ck_assert_int_eq(ha_run(a, text, strlen(text)), AUR_OK);
	ck_assert_uint_eq(ha_count(a), N - 1);
	free(text);
	text = repeated("car ", "train ", N);
	memcpy(text, "rue", 3);
	ck_assert_int_eq(ha_run(a, text, strlen(text)), AUR_OK);
	ck_assert_uint_eq(ha_count(a), 1);
	free(text);
	ha_free(a);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("lexicon");
	TCase *t = tcase_create("lexicon");
	seconds_at_most(t, 120);
	tcase_add_test(t, manual);
	tcase_add_test(t, case_guard);
	tcase_add_test(t, exclusions);
	tcase_add_test(t, overlap);
	tcase_add_test(t, weights);
	tcase_add_test(t, polarity);
	tcase_add_test(t, status);
	tcase_add_test(t, contexts);
	tcase_add_test(t, fuzzy);
	tcase_add_test(t, typed_small_words);
	tcase_add_test(t, sets_and_choices);
	tcase_add_test(t, any_order);
	tcase_add_test(t, sentences);
	tcase_add_test(t, hits_once);
	tcase_add_loop_test(t, refusals, 0, (int)(sizeof(wrong) / sizeof(*wrong)));
	tcase_add_loop_test(t, kept, 0, (int)(sizeof(wrong) / sizeof(*wrong)));
	tcase_add_test(t, no_such_lexicon);
	tcase_add_test(t, too_many_words);
	tcase_add_test(t, long_word);
	tcase_add_test(t, truncated);
	tcase_add_test(t, numbers);
	tcase_add_test(t, remembered);
	tcase_add_test(t, met_in_a_search);
	tcase_add_test(t, plain_phrases);
	tcase_add_test(t, every_way);
	tcase_add_test(t, phrases_either_way);
	tcase_add_test(t, labels);
	tcase_add_test(t, flood);
	tcase_add_test(t, columns);
	tcase_add_test(t, endless);
	suite_add_tcase(s, t);
	return suite_run(s);
}
