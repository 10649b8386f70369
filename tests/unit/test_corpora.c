/* SPDX-License-Identifier: Apache-2.0 */
/* The shipped corpora, read by libxml2 alone (no part of the engine): they follow their schema, and what other tests
 * and the documentation take for granted about them is true. */
#include <check.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "suite.h"

#define MAX_CONTRIBUTIONS 1000
#define DEMO "corpora/ateliers-demo/ateliers-demo.xml"
#define RSA "corpora/rsa-nord-2025/rsa-nord-2025.xml"

typedef struct contribution {
	char *id, *session, *speaker, *status, *activity, *category, *role, *quote, *section, *text;
	char *themes, *denied; /* "|caf|emploi|", coded by hand; "" where unknown */
} contribution;

static contribution all[MAX_CONTRIBUTIONS];
static size_t count;
static xmlDoc *doc;
static xmlXPathContext *xpath;

static const char *source_path(const char *name)
{
	static char path[4096];
	const char *dir = getenv("srcdir");
	snprintf(path, sizeof path, "%s/%s", dir ? dir : ".", name);
	return path;
}

/* Takes over and returns `s` with each run of white space as one space, and none at its ends. */
static char *collapse(xmlChar *s)
{
	char *to = (char *)s;
	for (const char *from = (const char *)s; *from; from++) {
		bool space = strchr(" \t\r\n", *from) != NULL;
		if (!space)
			*to++ = *from;
		else if (to > (char *)s && to[-1] != ' ')
			*to++ = ' ';
	}
	if (to > (char *)s && to[-1] == ' ')
		to--;
	*to = '\0';
	return (char *)s;
}

/* The string value of an XPath expression at a node ("t:" is TEI); "" where there is none. */
static char *value(xmlNode *at, const char *expression)
{
	xpath->node = at;
	xmlXPathObject *o = xmlXPathEvalExpression((const xmlChar *)expression, xpath);
	ck_assert_msg(o, "%s", expression);
	xmlChar *s = xmlXPathCastToString(o);
	xmlXPathFreeObject(o);
	return collapse(s);
}

static int number(const char *expression)
{
	xpath->node = xmlDocGetRootElement(doc);
	xmlXPathObject *o = xmlXPathEvalExpression((const xmlChar *)expression, xpath);
	ck_assert_msg(o, "%s", expression);
	double n = xmlXPathCastToNumber(o);
	xmlXPathFreeObject(o);
	ck_assert_msg(n >= 0 && n < 1e6, "%s is not a number", expression);
	return (int)n;
}

static char *without_hash(char *pointer)
{
	if (*pointer == '#')
		memmove(pointer, pointer + 1, strlen(pointer));
	return pointer;
}

static void load(const char *name)
{
	doc = xmlReadFile(source_path(name), NULL, XML_PARSE_NONET);
	ck_assert_msg(doc, "%s cannot be read", name);
	xpath = xmlXPathNewContext(doc);
	xmlXPathRegisterNs(xpath, (const xmlChar *)"t", (const xmlChar *)"http://www.tei-c.org/ns/1.0");
	xmlXPathObject *o = xmlXPathEvalExpression((const xmlChar *)"//t:body//t:u", xpath);
	ck_assert(o && o->nodesetval && o->nodesetval->nodeNr <= MAX_CONTRIBUTIONS);
	count = (size_t)o->nodesetval->nodeNr;
	for (size_t i = 0; i < count; i++) {
		xmlNode *u = o->nodesetval->nodeTab[i];
		all[i] = (contribution){
		    .id = value(u, "string(@xml:id)"),
		    .session = without_hash(value(u, "string(@decls)")),
		    .speaker = without_hash(value(u, "string(@who)")),
		    .status = value(u, "string(@type)"),
		    .activity = value(u, "string(ancestor::t:div[@type='activite'][1]/@n)"),
		    .category = value(u, "string(ancestor::t:div[@type='categorie'][1]/@n)"),
		    .section = value(u, "string(ancestor::t:div[@type='section'][1]/@n)"),
		    .role = value(u, "string(t:note[@type='role'])"),
		    .quote = value(u, "string(t:note[@type='citation'])"),
		    .text = value(u, "string(text()[last()])"),
		    .themes = calloc(1, 1),
		    .denied = calloc(1, 1),
		};
	}
	xmlXPathFreeObject(o);
}

static void unload(void)
{
	for (size_t i = 0; i < count; i++) {
		contribution *c = &all[i];
		char *strings[] = {c->id,       c->session, c->speaker, c->status, c->activity,
		                   c->category, c->section, c->role,    c->quote,  c->text};
		for (size_t s = 0; s < sizeof strings / sizeof *strings; s++)
			xmlFree(strings[s]);
		free(c->themes);
		free(c->denied);
	}
	count = 0;
	xmlXPathFreeContext(xpath);
	xmlFreeDoc(doc);
	xmlCleanupParser();
}

static char *barred(const char *codes)
{
	size_t size = strlen(codes) + 3;
	char *s = malloc(size);
	ck_assert(s != NULL);
	if (*codes)
		snprintf(s, size, "|%s|", codes);
	else
		*s = '\0';
	return s;
}

/* Reads verite.csv, which must hold the contributions of the corpus in their order and no others. */
static void load_truth(const char *name)
{
	FILE *f = fopen(source_path(name), "r");
	ck_assert_msg(f, "%s cannot be read", name);
	char line[512];
	ck_assert(fgets(line, sizeof line, f) && strcmp(line, "id;themes;nies\n") == 0);
	size_t i = 0;
	for (; fgets(line, sizeof line, f); i++) {
		ck_assert_msg(i < count, "%s has more lines than the corpus has contributions", name);
		line[strcspn(line, "\n")] = '\0';
		char *themes = strchr(line, ';'), *denied = themes ? strchr(themes + 1, ';') : NULL;
		ck_assert_msg(denied, "%s: %s", name, line);
		*themes++ = *denied++ = '\0';
		ck_assert_str_eq(line, all[i].id);
		free(all[i].themes);
		free(all[i].denied);
		all[i].themes = barred(themes);
		all[i].denied = barred(denied);
	}
	ck_assert_uint_eq(i, count);
	fclose(f);
}

static bool has(const char *codes, const char *code)
{
	char key[64];
	snprintf(key, sizeof key, "|%s|", code);
	return strstr(codes, key) != NULL;
}

/* Words: between white space, with a letter or a digit in them. */
static int words(const char *text)
{
	int n = 0;
	for (const char *p = text; *p;) {
		size_t len = strcspn(p, " ");
		bool word = false;
		for (size_t i = 0; i < len; i++) {
			unsigned char b = (unsigned char)p[i];
			word |= (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') ||
			        (b >= 0xC3 && b <= 0xC9);
		}
		n += word;
		p += len;
		p += *p == ' ';
	}
	return n;
}

/* ---- the schema ------------------------------------------------------------------------------------------------- */

static xmlRelaxNG *schema;
static char complaint[1024];

static void keep_first(void *ignored, const char *format, ...)
{
	(void)ignored;
	va_list args;
	va_start(args, format);
	if (!*complaint)
		vsnprintf(complaint, sizeof complaint, format, args);
	va_end(args);
}

static void open_schema(void)
{
	xmlSetGenericErrorFunc(NULL, keep_first);
	xmlRelaxNGParserCtxt *parser = xmlRelaxNGNewParserCtxt(source_path("corpora/auricule-tei.rng"));
	xmlRelaxNGSetParserErrors(parser, keep_first, keep_first, NULL);
	schema = xmlRelaxNGParse(parser);
	xmlRelaxNGFreeParserCtxt(parser);
	ck_assert_msg(schema, "%s", complaint);
}

static void close_schema(void)
{
	xmlRelaxNGFree(schema);
	xmlCleanupParser();
}

static bool valid(xmlDoc *d)
{
	*complaint = '\0';
	if (!d)
		return false;
	xmlRelaxNGValidCtxt *v = xmlRelaxNGNewValidCtxt(schema);
	xmlRelaxNGSetValidErrors(v, keep_first, keep_first, NULL);
	bool ok = xmlRelaxNGValidateDoc(v, d) == 0;
	xmlRelaxNGFreeValidCtxt(v);
	return ok;
}

START_TEST(corpora_follow_the_schema)
{
	static const char *const names[] = {DEMO, RSA};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		xmlDoc *d = xmlReadFile(source_path(names[i]), NULL, XML_PARSE_NONET);
		ck_assert_msg(valid(d), "%s: %s", names[i], complaint);
		xmlFreeDoc(d);
	}
}
END_TEST

/* The example of doc/corpus-format.md, from its opening fence to its closing one. */
static char *documented_example(void)
{
	FILE *f = fopen(source_path("doc/corpus-format.md"), "r");
	ck_assert_msg(f, "doc/corpus-format.md cannot be read");
	static char page[32768];
	size_t n = fread(page, 1, sizeof page - 1, f);
	fclose(f);
	page[n] = '\0';
	char *start = strstr(page, "```xml\n");
	ck_assert(start != NULL);
	start += strlen("```xml\n");
	char *end = strstr(start, "```");
	ck_assert(end != NULL);
	*end = '\0';
	return start;
}

START_TEST(the_documented_example_follows_it)
{
	const char *xml = documented_example();
	xmlDoc *d = xmlReadMemory(xml, (int)strlen(xml), "example", NULL, XML_PARSE_NONET);
	ck_assert_msg(valid(d), "%s", complaint);
	xmlFreeDoc(d);
}
END_TEST

/* What the page says, taken at its word: each change of its example is accepted or refused. */
static const struct {
	const char *find, *put;
	bool valid;
} changes[] = {
    {"<u xml:id=\"ex1\"", "<u", false},
    {"xml:id=\"ex1\"", "xml:id=\"1\"", false},
    {"decls=\"#haudain-1\"", "decls=\"haudain-1\"", false},
    {"decls=\"#haudain-1\"", "decls=\"#haudain-1 #x\"", false},
    {"decls=\"#haudain-1\" who=\"#loc001\" type=\"verbatim\"", "", true},
    {"type=\"verbatim\"", "type=\"entendu\"", false},
    {"type=\"verbatim\"", "type=\"reformule\"", true},
    {"type=\"verbatim\"", "type=\"verbatim\" xml:space=\"preserve\"", true},
    {"<note type=\"role\">", "<note>", false},
    {"<note type=\"role\">", "<note type=\"R\xC3\xB4le\">", false},
    {"soir.</u>", "soir.<note type=\"role\">x</note></u>", false},
    {"soir.</u>", "<hi>soir</hi></u>", false},
    {"n=\"garde\"", "", false},
    {"<div type=\"activite\" n=\"garde\">", "<div>", true},
    {"<div type=\"activite\" n=\"garde\">", "<div type=\"activite\" n=\"\">", false},
    {"<div type=\"activite\" n=\"garde\">", "<div type=\"lieu-d-ecoute\" n=\"Le p\xC3\xB4le\">", true},
    {"when=\"2025-04-17\"", "when=\"17/04/2025\"", false},
    {"when=\"2025-04-17\"", "when=\"2025-02-30\"", false},
    {"when=\"2025-04-17\"", "when=\"2025-04\"", true},
    {"quantity=\"17\"", "quantity=\"beaucoup\"", false},
    {"quantity=\"17\"", "quantity=\"-1\"", false},
    {"type=\"presents\" ana=\"#allocataire\"", "type=\"presents\"", true},
    {"type=\"presents\"", "type=\"venus\"", false},
    {"<region>Haudinois</region>", "", true},
    {"demi-journ\xC3\xA9"
     "e</activity>",
     "matin<measure type=\"presents\" quantity=\"19\"/></activity>", true},
    {"<setting xml:id=\"haudain-1\"", "<setting", false},
    {" xmlns=\"http://www.tei-c.org/ns/1.0\"", "", false},
    {"<profileDesc>",
     "<profileDesc><langUsage><language ident=\"fr\">fran\xC3\xA7"
     "ais</language></langUsage>",
     true},
    {"<sourceDesc>", "<sourceDesk/><sourceDesc>", false},
};

START_TEST(what_the_schema_refuses)
{
	const char *xml = documented_example();
	char *where = strstr(xml, changes[_i].find);
	ck_assert_msg(where, "the example no longer has %s", changes[_i].find);
	static char changed[32768];
	snprintf(changed, sizeof changed, "%.*s%s%s", (int)(where - xml), xml, changes[_i].put,
	         where + strlen(changes[_i].find));
	xmlDoc *d = xmlReadMemory(changed, (int)strlen(changed), "example", NULL, XML_PARSE_NONET | XML_PARSE_NOERROR);
	ck_assert_msg(valid(d) == changes[_i].valid, "%s -> %s: %s", changes[_i].find, changes[_i].put,
	              *complaint ? complaint : "accepted");
	xmlFreeDoc(d);
}
END_TEST

/* ---- ateliers-demo ---------------------------------------------------------------------------------------------- */

static void open_demo(void)
{
	load(DEMO);
	load_truth("corpora/ateliers-demo/verite.csv");
}

START_TEST(demo_says_that_it_is_invented)
{
	char *ana = value((xmlNode *)doc, "string(//t:projectDesc/@ana)");
	ck_assert_str_eq(ana, "#invented");
	xmlFree(ana);
}
END_TEST

START_TEST(demo_contributions_are_whole)
{
	static const char *const stances[] = {"garde", "ameliore", "jette",     "pouce",
	                                      "index", "majeur",   "annulaire", "auriculaire"};
	for (size_t i = 0; i < count; i++) {
		const contribution *c = &all[i];
		for (size_t j = 0; j < i; j++)
			ck_assert_str_ne(c->id, all[j].id);
		int n = words(c->text);
		ck_assert_msg(n >= 5 && n <= 60, "%s has %d words", c->id, n);
		ck_assert_str_eq(c->status, "verbatim");
		ck_assert_msg(strncmp(c->speaker, "loc", 3) == 0, "%s: %s", c->id, c->speaker);
		ck_assert_msg(!strcmp(c->role, "allocataire") || !strcmp(c->role, "professionnel"), "%s", c->id);
		ck_assert_msg(!strcmp(c->quote, "oui") || !strcmp(c->quote, "non"), "%s", c->id);
		bool stance = false;
		for (size_t s = 0; s < sizeof stances / sizeof *stances; s++)
			stance |= !strcmp(c->activity, stances[s]);
		ck_assert_msg(stance || !strcmp(c->activity, "inclusion"), "%s: %s", c->id, c->activity);
		ck_assert_str_eq(c->category, stance ? c->activity : "");
		char setting[128];
		snprintf(setting, sizeof setting, "count(//t:setting[@xml:id='%s'])", c->session);
		ck_assert_msg(number(setting) == 1, "%s: no session %s", c->id, c->session);
	}
}
END_TEST

START_TEST(demo_truth_uses_the_codebook)
{
	static const char *const codes[] = {"stigmatisation",  "sanctions",      "mobilite",  "administratif",
	                                    "quinze-heures",   "france-travail", "caf",       "sante",
	                                    "ateliers",        "emploi",         "formation", "precarite",
	                                    "confiance",       "numerique",      "isolement", "parcours",
	                                    "confidentialite", "accompagnement"};
	for (size_t i = 0; i < count; i++) {
		size_t known = 0, bars = 0;
		for (size_t k = 0; k < sizeof codes / sizeof *codes; k++) {
			known += (size_t)has(all[i].themes, codes[k]) + (size_t)has(all[i].denied, codes[k]);
			ck_assert_msg(!(has(all[i].themes, codes[k]) && has(all[i].denied, codes[k])), "%s: %s",
			              all[i].id, codes[k]);
		}
		for (const char *p = all[i].themes; *p; p++)
			bars += *p == '|';
		for (const char *p = all[i].denied; *p; p++)
			bars += *p == '|';
		bars -= (size_t)(*all[i].themes != '\0') + (size_t)(*all[i].denied != '\0');
		ck_assert_msg(known == bars, "%s: %s %s", all[i].id, all[i].themes, all[i].denied);
	}
}
END_TEST

/* Irritants: a theme asserted where it is to be improved or thrown away, or at the round table. */
static bool irritates(const contribution *c)
{
	static const char *const where[] = {"ameliore", "index", "jette", "majeur", "inclusion"};
	bool found = false;
	for (size_t i = 0; i < sizeof where / sizeof *where; i++)
		found |= !strcmp(c->activity, where[i]);
	return found;
}

static const char *const sessions[] = {"rousignies-1", "haudain-1", "lestaing-1", "warnezelle-1",
                                       "rousignies-2", "haudain-2", "lestaing-2", "warnezelle-2"};

/* The truths that corpora/ateliers-demo/LISEZMOI.md tells, per session: contributions, then distinct speakers. */
static const struct {
	const char *theme; /* "" for all contributions */
	int expected[8][2];
} truths[] = {
    {"", {{44, 13}, {50, 17}, {52, 13}, {55, 20}, {45, 15}, {51, 18}, {37, 9}, {54, 20}}},
    {"administratif", {{7, 5}, {8, 6}, {7, 7}, {10, 9}, {7, 6}, {7, 5}, {9, 7}, {10, 8}}},
    {"stigmatisation", {{3, 3}, {5, 4}, {5, 3}, {6, 4}, {3, 3}, {4, 4}, {2, 2}, {6, 4}}},
    {"numerique", {{0, 0}, {0, 0}, {0, 0}, {0, 0}, {9, 5}, {8, 6}, {6, 5}, {8, 6}}},
    {"confidentialite", {{2, 2}, {3, 3}, {3, 3}, {2, 2}, {0, 0}, {0, 0}, {0, 0}, {0, 0}}},
    {"mobilite", {{8, 5}, {9, 7}, {2, 2}, {3, 2}, {7, 5}, {1, 1}, {2, 1}, {3, 2}}},
    {"sanctions", {{2, 2}, {3, 2}, {11, 3}, {3, 2}, {3, 3}, {2, 2}, {3, 3}, {3, 3}}},
    {"formation", {{1, 1}, {1, 1}, {1, 1}, {1, 1}, {0, 0}, {1, 1}, {2, 2}, {1, 1}}},
    {"isolement", {{0, 0}, {0, 0}, {1, 1}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}}},
};

START_TEST(demo_truths_per_session)
{
	const char *theme = truths[_i].theme;
	for (size_t s = 0; s < 8; s++) {
		int contributions = 0, speakers = 0;
		const char *heard[64];
		for (size_t i = 0; i < count; i++) {
			const contribution *c = &all[i];
			if (strcmp(c->session, sessions[s]) || (*theme && !(irritates(c) && has(c->themes, theme))))
				continue;
			contributions++;
			bool known = false;
			for (int k = 0; k < speakers; k++)
				known |= !strcmp(heard[k], c->speaker);
			if (!known) {
				ck_assert_int_lt(speakers, 64);
				heard[speakers++] = c->speaker;
			}
		}
		ck_assert_msg(contributions == truths[_i].expected[s][0] && speakers == truths[_i].expected[s][1],
		              "%s in %s: %d contributions, %d speakers", theme, sessions[s], contributions, speakers);
	}
}
END_TEST

/* Contributions of the whole corpus, or of one session, of one speaker, of one activity, with a theme. */
static int counted(const char *session, const char *speaker, const char *activity, const char *theme, bool denied)
{
	int n = 0;
	for (size_t i = 0; i < count; i++) {
		const contribution *c = &all[i];
		n += (!session || !strncmp(c->session, session, strlen(session))) &&
		     (!speaker || !strcmp(c->speaker, speaker)) && (!activity || !strcmp(c->activity, activity)) &&
		     (!theme || has(denied ? c->denied : c->themes, theme));
	}
	return n;
}

START_TEST(demo_truths_across_sessions)
{
	ck_assert_uint_eq(count, 388);
	/* New: in the first wave nobody so much as names it. */
	for (size_t s = 0; s < 4; s++)
		ck_assert_int_eq(counted(sessions[s], NULL, NULL, "numerique", false), 0);
	/* Gone: in the second wave it is spoken of to say that it is no longer so. */
	for (size_t s = 4; s < 8; s++)
		ck_assert_int_eq(counted(sessions[s], NULL, NULL, "confidentialite", false), 0);
	ck_assert_int_eq(counted(NULL, NULL, NULL, "confidentialite", true), 2);
	/* Free buses: what was an irritant in this town is now to be kept. */
	ck_assert_int_eq(counted("haudain-1", NULL, "garde", "mobilite", false), 0);
	ck_assert_int_eq(counted("haudain-2", NULL, "garde", "mobilite", false), 4);
	/* Kept, improved, thrown away, denied. */
	ck_assert_int_eq(counted(NULL, NULL, "garde", "sanctions", false), 8);
	ck_assert_int_eq(counted(NULL, NULL, "ameliore", "sanctions", false), 10);
	ck_assert_int_eq(counted(NULL, NULL, "jette", "sanctions", false), 11);
	ck_assert_int_eq(counted(NULL, NULL, NULL, "sanctions", true), 2);
	/* One loud person. */
	ck_assert_int_eq(counted("lestaing-1", "loc033", NULL, NULL, false), 11);
	int loud = 0, no_theme = 0;
	for (size_t i = 0; i < count; i++) {
		loud += !strcmp(all[i].speaker, "loc033") && irritates(&all[i]) && has(all[i].themes, "sanctions");
		no_theme += !*all[i].themes && !*all[i].denied;
	}
	ck_assert_int_eq(loud, 9);
	ck_assert_int_eq(no_theme, 19);
}
END_TEST

START_TEST(demo_repeats_two_texts)
{
	int same_speaker = 0, other_speaker = 0;
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < i; j++) {
			if (strcmp(all[i].text, all[j].text))
				continue;
			bool same = !strcmp(all[i].speaker, all[j].speaker);
			same_speaker += same && !strcmp(all[i].session, all[j].session);
			other_speaker += !same && strcmp(all[i].session, all[j].session);
		}
	}
	ck_assert_int_eq(same_speaker, 1);
	ck_assert_int_eq(other_speaker, 1);
}
END_TEST

/* Nobody speaks who was not there, and a person belongs to one place, one role and one answer about quoting. */
START_TEST(demo_people_are_plausible)
{
	static const char *const roles[] = {"allocataire", "professionnel"};
	ck_assert_int_eq(number("count(//t:setting)"), 8);
	for (size_t s = 0; s < 8; s++) {
		for (size_t r = 0; r < 2; r++) {
			char e[256];
			snprintf(e, sizeof e,
			         "//t:setting[@xml:id='%s']/t:measure[@type='invites'][@ana='#%s']/@quantity",
			         sessions[s], roles[r]);
			int invited = number(e);
			snprintf(e, sizeof e,
			         "//t:setting[@xml:id='%s']/t:measure[@type='presents'][@ana='#%s']/@quantity",
			         sessions[s], roles[r]);
			int present = number(e), speakers = 0;
			const char *heard[64];
			for (size_t i = 0; i < count; i++) {
				if (strcmp(all[i].session, sessions[s]) || strcmp(all[i].role, roles[r]))
					continue;
				bool known = false;
				for (int k = 0; k < speakers; k++)
					known |= !strcmp(heard[k], all[i].speaker);
				if (!known && speakers < 64)
					heard[speakers++] = all[i].speaker;
			}
			ck_assert_msg(speakers <= present && present <= invited, "%s, %s: %d of %d of %d", sessions[s],
			              roles[r], speakers, present, invited);
		}
	}
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < i; j++) {
			if (strcmp(all[i].speaker, all[j].speaker))
				continue;
			ck_assert_str_eq(all[i].role, all[j].role);
			ck_assert_str_eq(all[i].quote, all[j].quote);
			ck_assert_msg(!strncmp(all[i].session, all[j].session, strcspn(all[i].session, "-")), "%s",
			              all[i].id);
		}
	}
}
END_TEST

/* ---- rsa-nord-2025 ---------------------------------------------------------------------------------------------- */

static void open_rsa(void)
{
	load(RSA);
}

/* The numbers of people as the report prints them: its columns, its totals, and the total that does not add up. */
START_TEST(rsa_numbers_are_those_printed)
{
	static const struct {
		const char *session, *date;
		int invited, present, pro_invited, pro_present, all_present;
	} printed[] = {{"maubeuge", "2025-04-01", 20, 18, 5, 1, 19},
	               {"douai", "2025-04-22", 19, 17, 5, 5, 22},
	               {"valenciennes", "2025-04-29", 20, 8, 5, 5, 13},
	               {"tourcoing", "2025-05-06", 34, 33, 5, 4, 37}};
	ck_assert_int_eq(number("count(//t:setting)"), 4);
	for (size_t i = 0; i < 4; i++) {
		char s[256];
#define MEASURE(type_and_role)                                                                                         \
	(snprintf(s, sizeof s, "//t:setting[@xml:id='%s']/t:measure[" type_and_role "]/@quantity",                     \
	          printed[i].session),                                                                                 \
	 number(s))
		ck_assert_int_eq(MEASURE("@type='invites' and @ana='#allocataire'"), printed[i].invited);
		ck_assert_int_eq(MEASURE("@type='presents' and @ana='#allocataire'"), printed[i].present);
		ck_assert_int_eq(MEASURE("@type='invites' and @ana='#professionnel'"), printed[i].pro_invited);
		ck_assert_int_eq(MEASURE("@type='presents' and @ana='#professionnel'"), printed[i].pro_present);
		ck_assert_int_eq(MEASURE("@type='presents' and not(@ana)"), printed[i].all_present);
#undef MEASURE
		snprintf(s, sizeof s, "string(//t:setting[@xml:id='%s']/t:date/@when)", printed[i].session);
		char *date = value((xmlNode *)doc, s);
		ck_assert_str_eq(date, printed[i].date);
		xmlFree(date);
	}
	ck_assert_int_eq(number("//t:extent/t:measure[@type='total-invites' and @ana='#allocataire']/@quantity"), 80);
	ck_assert_int_eq(number("sum(//t:setting/t:measure[@type='invites' and @ana='#allocataire']/@quantity)"), 93);
	ck_assert_int_eq(number("//t:extent/t:measure[@type='total-presents' and @ana='#allocataire']/@quantity"), 76);
	ck_assert_int_eq(number("//t:extent/t:measure[@type='total-invites' and @ana='#professionnel']/@quantity"), 20);
	ck_assert_int_eq(number("//t:extent/t:measure[@type='total-presents' and @ana='#professionnel']/@quantity"),
	                 15);
	ck_assert_int_eq(number("//t:extent/t:measure[@type='total-presents' and not(@ana)]/@quantity"), 91);
}
END_TEST

START_TEST(rsa_contributions_are_whole)
{
	static const struct {
		const char *activity;
		size_t contributions;
	} expected[] = {{"inclusion", 21}, {"garde", 24},  {"ameliore", 25}, {"jette", 16},     {"pouce", 11},
	                {"index", 8},      {"majeur", 18}, {"annulaire", 6}, {"auriculaire", 7}};
	size_t found[9] = {0}, quoted = 0, professional = 0, commented = 0;
	ck_assert_int_eq(number("count(//t:projectDesc[@ana='#invented'])"), 0);
	for (size_t i = 0; i < count; i++) {
		const contribution *c = &all[i];
		for (size_t j = 0; j < i; j++)
			ck_assert_str_ne(c->id, all[j].id);
		ck_assert_str_ne(c->section, "");
		ck_assert_str_ne(c->text, "");
		/* The report does not say who said what, or where. */
		ck_assert_str_eq(c->session, "");
		ck_assert_str_eq(c->speaker, "");
		quoted += !strcmp(c->status, "verbatim");
		bool pro = !strcmp(c->status, "professionnel");
		professional += pro;
		commented += !*c->role; /* the report's own comment on what it heard */
		if (*c->role)
			ck_assert_str_eq(c->role, pro ? "professionnel" : "allocataire");
		ck_assert_str_eq(c->category, strcmp(c->activity, "inclusion") ? c->activity : "");
		for (size_t a = 0; a < 9; a++)
			found[a] += !strcmp(c->activity, expected[a].activity);
	}
	for (size_t a = 0; a < 9; a++)
		ck_assert_msg(found[a] == expected[a].contributions, "%s: %zu", expected[a].activity, found[a]);
	ck_assert_uint_eq(count, 136);
	ck_assert_uint_eq(quoted, 7);
	ck_assert_uint_eq(professional, 4);
	ck_assert_uint_eq(commented, 2);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("corpora");
	TCase *of_schema = tcase_create("schema");
	seconds_at_most(of_schema, 120);
	tcase_add_checked_fixture(of_schema, open_schema, close_schema);
	tcase_add_test(of_schema, corpora_follow_the_schema);
	tcase_add_test(of_schema, the_documented_example_follows_it);
	tcase_add_loop_test(of_schema, what_the_schema_refuses, 0, (int)(sizeof changes / sizeof *changes));
	suite_add_tcase(suite, of_schema);
	TCase *demo = tcase_create("ateliers-demo");
	seconds_at_most(demo, 120);
	tcase_add_checked_fixture(demo, open_demo, unload);
	tcase_add_test(demo, demo_says_that_it_is_invented);
	tcase_add_test(demo, demo_contributions_are_whole);
	tcase_add_test(demo, demo_truth_uses_the_codebook);
	tcase_add_loop_test(demo, demo_truths_per_session, 0, (int)(sizeof truths / sizeof *truths));
	tcase_add_test(demo, demo_truths_across_sessions);
	tcase_add_test(demo, demo_repeats_two_texts);
	tcase_add_test(demo, demo_people_are_plausible);
	suite_add_tcase(suite, demo);
	TCase *rsa = tcase_create("rsa-nord-2025");
	seconds_at_most(rsa, 120);
	tcase_add_checked_fixture(rsa, open_rsa, unload);
	tcase_add_test(rsa, rsa_numbers_are_those_printed);
	tcase_add_test(rsa, rsa_contributions_are_whole);
	suite_add_tcase(suite, rsa);
	return suite_run(suite);
}
