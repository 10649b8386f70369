/* SPDX-License-Identifier: Apache-2.0 */
/* settings.c - the attributes of a lexicon's elements: which are allowed where, and what their values mean. */
#include "load.h"
#include <stdio.h>
#include <string.h>

const char *const load_element_names[ELEMENTS] = { "", "lexicon", "theme", "entry", "exclude", "words", "title", "definition", "note" };

/* Which attribute may stand on which element. */
enum { LX = 1 << E_LEXICON, TH = 1 << E_THEME, EN = 1 << E_ENTRY, EX = 1 << E_EXCLUDE, WO = 1 << E_WORDS };
static const struct {
	const char *name;
	unsigned on;
} attributes[ATTRIBUTES] = {
	[A_ID] = { "id", LX | TH | EN | WO },
	[A_VERSION] = { "version", LX },
	[A_LANG] = { "lang", LX },
	[A_THEME] = { "theme", LX },
	[A_THRESHOLD] = { "threshold", LX },
	[A_OVERLAP] = { "overlap", LX | TH },
	[A_LAYER] = { "layer", LX | TH | EN | EX | WO },
	[A_CASE] = { "case", LX | TH | EN | EX },
	[A_FUZZY] = { "fuzzy", LX | TH | EN | EX },
	[A_WEIGHT] = { "weight", LX | TH | EN },
	[A_POLARITY] = { "polarity", LX | TH | EN },
	[A_STATUS] = { "status", LX | TH | EN },
	[A_PRECEDED] = { "preceded-by", EN | EX },
	[A_NOT_PRECEDED] = { "not-preceded-by", EN | EX },
	[A_FOLLOWED] = { "followed-by", EN | EX },
	[A_NOT_FOLLOWED] = { "not-followed-by", EN | EX },
	[A_WITH] = { "with", EN | EX },
	[A_WITHOUT] = { "without", EN | EX },
	[A_SOURCE] = { "source", EN | EX },
	[A_NOTE] = { "note", EN | EX },
};

const char *load_attribute_name(attribute a)
{
	return attributes[a].name;
}

static bool is_code(const char *s, bool dots)
{
	bool part = false;
	for (; *s; s++) {
		if ((*s >= 'a' && *s <= 'z') || (*s >= '0' && *s <= '9'))
			part = true;
		else if (*s == '.' && dots && part)
			part = false;
		else if (*s != '-' || !part)
			return false;
	}
	return part;
}

void load_code(const char *written, bool dots, char out[LOAD_CODE])
{
	/* of U+00C0 to U+00FF, by their second byte in UTF-8 */
	static const char letters[] = "aaaaaaaceeeeiiiidnooooo-ouuuuy-saaaaaaaceeeeiiiidnooooo-ouuuuy-y";
	size_t k = 0;
	char between = 0;
	for (const unsigned char *s = (const unsigned char *)written; *s != 0 && k + 3 < LOAD_CODE; s++) {
		char c = *s >= 'A' && *s <= 'Z' ? (char)(*s | 32) : (char)*s;
		bool oe = *s == 0xc5 && (s[1] | 1) == 0x93;
		if (*s == 0xc3 && s[1] >= 0x80 && s[1] < 0xc0)
			c = letters[*++s - 0x80];
		if (oe) {
			c = 'o';
			s++;
		}
		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) {
			between = (c == '.' && dots) || between == '.' ? '.' : '-';
			continue;
		}
		if (k > 0 && between != 0)
			out[k++] = between;
		between = 0;
		out[k++] = c;
		if (oe)
			out[k++] = 'e';
	}
	out[k] = 0;
}

/* The index of a value in a list of names; -1 after reporting that it is none of them. */
static int one_of(loader *l, const values *v, attribute a, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(v->v[a], names[i]) == 0)
			return (int)i;
	char all[200] = "";
	for (size_t i = 0, k = 0; i < n && k < sizeof(all) - 20; i++)
		k += (size_t)snprintf(all + k, sizeof(all) - k, "%s%s", i ? ", " : "", names[i]);
	const char *near = strlen(v->v[a]) > 1 ? lex_nearest(v->v[a], names, n) : NULL;
	if (near != NULL)
		load_fail(l, v->line, v->column, _("%s=\"%.100s\" is not known; did you mean \"%s\"? (possible: %s)"), attributes[a].name,
		          v->v[a], near, all);
	else
		load_fail(l, v->line, v->column, _("%s=\"%.100s\" is not known; possible: %s"), attributes[a].name, v->v[a], all);
	return -1;
}

bool load_decimal(loader *l, const values *v, attribute a, double max, double *out)
{
	const char *s = v->v[a];
	size_t n = strspn(s, "0123456789");
	double x = 0, unit = 1;
	bool good = strlen(s) < 20;
	for (size_t i = 0; i < n && good; i++)
		x = x * 10 + (s[i] - '0');
	if (s[n] == '.') { /* strtod would expect a comma in some locales */
		size_t d = strspn(s + n + 1, "0123456789");
		for (size_t i = 0; i < d && good; i++)
			x += (s[n + 1 + i] - '0') * (unit /= 10);
		good = good && d > 0;
		n += 1 + d;
	}
	if (!good || n == 0 || s[n] != 0 || x > max) {
		load_fail(l, v->line, v->column, _("%s=\"%.40s\" must be a number from 0 to %g, with a point: 0.5"), attributes[a].name, s, max);
		return false;
	}
	*out = x;
	return true;
}

bool load_attributes(loader *l, element e, int n, const xmlChar **a, values *v)
{
	for (int i = 0; i < n; i++) {
		const char *name = (const char *)a[i * 5];
		const char *allowed[ATTRIBUTES];
		size_t count = 0;
		attribute k = ATTRIBUTES;
		for (int j = 0; j < ATTRIBUTES; j++) {
			if (!(attributes[j].on & 1u << e))
				continue;
			allowed[count++] = attributes[j].name;
			if (a[i * 5 + 1] == NULL && strcmp(attributes[j].name, name) == 0)
				k = (attribute)j;
		}
		if (k == ATTRIBUTES) {
			const char *near = lex_nearest(name, allowed, count);
			if (near != NULL)
				load_fail(l, v->line, v->column, _("<%s> has no setting '%.60s'; did you mean '%s'?"), load_element_names[e], name, near);
			else
				load_fail(l, v->line, v->column, _("<%s> has no setting '%.60s'; see doc/lexicon.md, Settings"), load_element_names[e],
				          name);
			if (!l->m->keep_faults)
				return false;
			continue;
		}
		v->v[k] = lex_dup(l->tmp, (const char *)a[i * 5 + 3], (size_t)(a[i * 5 + 4] - a[i * 5 + 3]));
		if (v->v[k] == NULL) {
			load_fail_memory(l);
			return false;
		}
	}
	return true;
}

static bool read_layer(loader *l, const values *v, lex_settings *s)
{
	static const char *const usual[] = { "fold", "lower", "base", "stem", "lemma" };
	const char *name = v->v[A_LAYER];
	size_t k = 0;
	while (k < l->layer_count && strcmp(l->layers[k], name) != 0)
		k++;
	if (k == l->layer_count && k < sizeof(l->layers) / sizeof(*l->layers) && l->m->host->layer_index(l->m->host, name) >= 0)
		l->layers[l->layer_count++] = name; /* of another plugin */
	for (size_t i = 0; i < 5 && k == l->layer_count; i++)
		if (strcmp(usual[i], name) == 0) {
			load_fail(l, v->line, v->column,
			          _("the pipeline has no layer '%s': add its plugin to pipeline.xml, or use another layer"), name);
			return false;
		}
	if (k == l->layer_count)
		return one_of(l, v, A_LAYER, l->layers, l->layer_count) >= 0;
	s->layer = l->layers[k];
	return true;
}

/* The settings that <lexicon>, <theme>, <entry> and <exclude> share. */
bool load_scope(loader *l, const values *v, scope *s)
{
	static const char *const cases[] = { "any", "upper", "exact" };
	static const char *const fuzzies[] = { "0", "1", "2" };
	static const char *const polarities[] = { "context", "asserted", "negated", "conditional", "lack" };
	static const char *const statuses[] = { "active", "draft", "retired" };
	bool good = true;
	int k;
	if (v->v[A_LAYER] != NULL) {
		good &= read_layer(l, v, &s->settings);
	}
	if (v->v[A_CASE] != NULL) {
		if ((k = one_of(l, v, A_CASE, cases, 3)) >= 0)
			s->settings.letter_case = (lex_case)k;
		good &= k >= 0;
	}
	if (v->v[A_FUZZY] != NULL) {
		if ((k = one_of(l, v, A_FUZZY, fuzzies, 3)) >= 0)
			s->settings.fuzzy = (uint8_t)k;
		good &= k >= 0;
	}
	if (v->v[A_WEIGHT] != NULL) {
		double w;
		if (load_decimal(l, v, A_WEIGHT, 1, &w))
			s->weight = (float)w;
		else
			good = false;
	}
	if (v->v[A_POLARITY] != NULL) {
		if ((k = one_of(l, v, A_POLARITY, polarities, 5)) >= 0)
			s->polarity = (int8_t)(k - 1);
		good &= k >= 0;
	}
	if (v->v[A_STATUS] != NULL) {
		if ((k = one_of(l, v, A_STATUS, statuses, 3)) >= 0)
			s->active = k == 0 || (k == 1 && l->m->drafts);
		good &= k >= 0;
	}
	return good;
}

bool load_overlap(loader *l, const values *v, lex_theme *t)
{
	static const char *const overlaps[] = { "longest", "all" };
	int k;
	if (v->v[A_OVERLAP] == NULL)
		return true;
	if ((k = one_of(l, v, A_OVERLAP, overlaps, 2)) < 0)
		return false;
	t->all = k == 1;
	return true;
}

bool load_id(loader *l, const values *v, attribute a, bool dots)
{
	if (strlen(v->v[a]) > 200 || !is_code(v->v[a], dots)) {
		char code[LOAD_CODE];
		load_code(v->v[a], dots, code);
		load_fail(l, v->line, v->column, _("%s=\"%.60s\": a name is made of small letters without accents, digits and -%s: %s=\"%.60s\""),
		          attributes[a].name, v->v[a], dots ? _(", its parts joined by a dot") : "", attributes[a].name, code[0] != 0 ? code : "loyer");
		return false;
	}
	return true;
}

/* ---- elements ---- */
