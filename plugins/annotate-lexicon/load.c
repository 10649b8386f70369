/* SPDX-License-Identifier: Apache-2.0 */
/* load.c - a lexicon's XML -> its themes and the lines of its entries.  Whatever is wrong is said with its line and
 * column.  No DOCTYPE, so neither entities that multiply nor files fetched from elsewhere. */
#define _GNU_SOURCE /* memmem */
#include "model.h"
#include <errno.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum { E_NONE, E_LEXICON, E_THEME, E_ENTRY, E_EXCLUDE, E_WORDS, E_TITLE, E_DEFINITION, E_NOTE } element;
static const char *const element_names[] = { "", "lexicon", "theme", "entry", "exclude", "words", "title", "definition", "note" };
enum { ELEMENTS = sizeof(element_names) / sizeof(*element_names) };

/* Which attribute may stand on which element. */
enum { LX = 1 << E_LEXICON, TH = 1 << E_THEME, EN = 1 << E_ENTRY, EX = 1 << E_EXCLUDE, WO = 1 << E_WORDS };
typedef enum {
	A_ID, A_VERSION, A_LANG, A_THEME, A_THRESHOLD, A_OVERLAP, A_LAYER, A_CASE, A_FUZZY, A_WEIGHT, A_POLARITY, A_STATUS,
	A_PRECEDED, A_NOT_PRECEDED, A_FOLLOWED, A_NOT_FOLLOWED, A_WITH, A_WITHOUT, A_SOURCE, A_NOTE, ATTRIBUTES
} attribute;
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

/* What entries inherit from the elements around them. */
typedef struct scope {
	lex_settings settings;
	float weight;
	int8_t polarity;
	bool active;
	uint32_t theme;
	element what;
	bool titled;
} scope;

typedef struct loader {
	lex_model *m;
	lex_arena *tmp;
	const char *path;
	const char *raw; /* the file */
	size_t raw_len;
	bool utf8; /* raw is what libxml2 sees: places can be counted in it */
	xmlParserCtxtPtr ctxt;
	aur_status status;
	scope stack[LEX_MAX_DEPTH + 2]; /* lexicon and themes */
	unsigned depth;
	element open; /* a leaf element (entry…) or E_NONE */
	/* where mistakes are kept and the reading goes on: */
	bool stopped;      /* but not beyond this */
	unsigned skipping; /* elements open inside one that is passed over, that one included */
	bool drop;         /* what the open leaf says of its patterns is wrong: they are looked at and left out */
	scope leaf;   /* settings of the open entry */
	const char *leaf_id;
	lex_context_tree contexts[6];
	uint32_t context_count;
	char *text; /* malloc'ed, of the open leaf */
	size_t text_len, text_cap;
	size_t content;    /* where the open leaf's text starts in raw */
	uint32_t line, column; /* of the tag of the open leaf */
	lex_set *sets;
	size_t set_count, set_cap;
	const char *layers[64];
	size_t layer_count;
	uint32_t file;
	/* line and column of `mark_at`, so that each count goes on from the last */
	size_t mark_at;
	uint32_t mark_line, mark_column;
} loader;

/* ---- places ---- */

/* Line and column of a byte of the file. */
static void place(loader *l, size_t at, uint32_t *line, uint32_t *column)
{
	if (!l->utf8) {
		*line = (uint32_t)xmlSAX2GetLineNumber(l->ctxt);
		*column = 0;
		return;
	}
	if (at > l->raw_len)
		at = l->raw_len;
	if (at < l->mark_at || l->mark_line == 0) {
		l->mark_at = 0;
		l->mark_line = l->mark_column = 1;
		if (l->raw_len >= 3 && memcmp(l->raw, "\xef\xbb\xbf", 3) == 0 && at >= 3)
			l->mark_at = 3;
	}
	for (; l->mark_at < at; l->mark_at++) {
		if (l->raw[l->mark_at] == '\n') {
			l->mark_line++;
			l->mark_column = 1;
		} else if (((unsigned char)l->raw[l->mark_at] & 0xc0) != 0x80) {
			l->mark_column++;
		}
	}
	*line = l->mark_line;
	*column = l->mark_column;
}

/* Where the parser stands in the file. */
static size_t here(const loader *l)
{
	const xmlParserInput *in = l->ctxt->input;
	if (in == NULL)
		return 0;
	size_t at = (size_t)in->consumed + (size_t)(in->cur - in->base);
	return at < l->raw_len ? at : l->raw_len;
}

/* One step through the text of an element as it stands in the file; *n = bytes that it gives to the text. */
static size_t raw_step(const loader *l, size_t at, size_t *n)
{
	const char *s = l->raw + at;
	size_t left = l->raw_len - at;
	const char *p;
	*n = 0;
	if (left >= 4 && memcmp(s, "<!--", 4) == 0) {
		p = memmem(s + 4, left - 4, "-->", 3);
		return p ? at + (size_t)(p - s) + 3 : l->raw_len;
	}
	if (left >= 9 && memcmp(s, "<![CDATA[", 9) == 0)
		return at + 9;
	if (left >= 3 && memcmp(s, "]]>", 3) == 0)
		return at + 3;
	if (left >= 2 && memcmp(s, "<?", 2) == 0) {
		p = memmem(s, left, "?>", 2);
		return p ? at + (size_t)(p - s) + 2 : l->raw_len;
	}
	if (*s == '&') {
		p = memchr(s, ';', left < 12 ? left : 12);
		if (p != NULL) {
			unsigned long c = 'x';
			if (s[1] == '#')
				c = s[2] == 'x' ? strtoul(s + 3, NULL, 16) : strtoul(s + 2, NULL, 10);
			*n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
			return at + (size_t)(p - s) + 1;
		}
	}
	if (*s == '\r' && left > 1 && s[1] == '\n')
		return at + 1;
	*n = 1;
	return at + 1;
}

/* The byte of the file behind byte `k` of the text of the open leaf, going on from (*at, *seen). */
static size_t raw_of(const loader *l, size_t k, size_t *at, size_t *seen)
{
	size_t a = *at, b = *seen, n = 0;
	while (a < l->raw_len) {
		size_t next = raw_step(l, a, &n);
		if (n > 0 && b + n > k)
			break;
		a = next;
		b += n;
	}
	*at = a;
	*seen = b;
	return a;
}

/* ---- failing ---- */

static void stop(loader *l, aur_status st)
{
	if (l->status == AUR_OK)
		l->status = st;
	l->stopped = true;
	xmlStopParser(l->ctxt);
}

__attribute__((format(printf, 4, 5))) static void fail_here(loader *l, uint32_t line, uint32_t column, const char *fmt, ...)
{
	if (l->status != AUR_OK)
		return;
	char msg[800];
	va_list ap;
	va_start(ap, fmt);
	lex_format(msg, sizeof(msg), fmt, ap);
	va_end(ap);
	aur_status st = lex_fault_at(l->m, l->path, line, column, msg);
	if (st != AUR_OK)
		stop(l, st);
}

static void fail_memory(loader *l)
{
	if (l->status == AUR_OK)
		stop(l, lex_no_memory(l->m->host));
}

/* ---- attributes ---- */

typedef struct values {
	const char *v[ATTRIBUTES]; /* NULL where it is not there; live in tmp */
	uint32_t line, column;     /* of the tag */
} values;

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

/* The index of a value in a list of names, or -1 with the mistake told. */
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
		fail_here(l, v->line, v->column, _("%s=\"%.100s\" is not known; did you mean \"%s\"? (possible: %s)"), attributes[a].name,
		          v->v[a], near, all);
	else
		fail_here(l, v->line, v->column, _("%s=\"%.100s\" is not known; possible: %s"), attributes[a].name, v->v[a], all);
	return -1;
}

static bool decimal(loader *l, const values *v, attribute a, double max, double *out)
{
	const char *s = v->v[a];
	size_t n = strspn(s, "0123456789");
	double x = 0, unit = 1;
	bool good = strlen(s) < 20;
	for (size_t i = 0; i < n && good; i++)
		x = x * 10 + (s[i] - '0');
	if (s[n] == '.') { /* by hand: strtod reads a comma where the person's locale says so */
		size_t d = strspn(s + n + 1, "0123456789");
		for (size_t i = 0; i < d && good; i++)
			x += (s[n + 1 + i] - '0') * (unit /= 10);
		good = good && d > 0;
		n += 1 + d;
	}
	if (!good || n == 0 || s[n] != 0 || x > max) {
		fail_here(l, v->line, v->column, _("%s=\"%.40s\" must be a number from 0 to %g, with a point: 0.5"), attributes[a].name, s, max);
		return false;
	}
	*out = x;
	return true;
}

static bool read_attributes(loader *l, element e, int n, const xmlChar **a, values *v)
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
				fail_here(l, v->line, v->column, _("<%s> has no setting '%.60s'; did you mean '%s'?"), element_names[e], name, near);
			else
				fail_here(l, v->line, v->column, _("<%s> has no setting '%.60s'; see doc/lexicon.md, Settings"), element_names[e],
				          name);
			if (!l->m->keep_faults)
				return false;
			continue;
		}
		v->v[k] = lex_dup(l->tmp, (const char *)a[i * 5 + 3], (size_t)(a[i * 5 + 4] - a[i * 5 + 3]));
		if (v->v[k] == NULL) {
			fail_memory(l);
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
		l->layers[l->layer_count++] = name; /* of somebody else's plugin */
	for (size_t i = 0; i < 5 && k == l->layer_count; i++)
		if (strcmp(usual[i], name) == 0) {
			fail_here(l, v->line, v->column,
			          _("the pipeline has no layer '%s': add its plugin to pipeline.xml, or use another layer"), name);
			return false;
		}
	if (k == l->layer_count)
		return one_of(l, v, A_LAYER, l->layers, l->layer_count) >= 0;
	s->layer = l->layers[k];
	return true;
}

/* The settings that <lexicon>, <theme>, <entry> and <exclude> share. */
static bool read_scope(loader *l, const values *v, scope *s)
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
		if (decimal(l, v, A_WEIGHT, 1, &w))
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

static bool read_overlap(loader *l, const values *v, lex_theme *t)
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

static bool check_id(loader *l, const values *v, attribute a, bool dots)
{
	if (strlen(v->v[a]) > 200 || !is_code(v->v[a], dots)) {
		fail_here(l, v->line, v->column, _("%s=\"%.60s\": a name is made of small letters without accents, digits and -%s"),
		          attributes[a].name, v->v[a], dots ? _(", its parts joined by a dot") : "");
		return false;
	}
	return true;
}

/* ---- elements ---- */

static void start_lexicon(loader *l, const values *v)
{
	lex_model *m = l->m;
	static const attribute needed[] = { A_ID, A_VERSION, A_LANG };
	for (size_t i = 0; i < 3; i++)
		if (v->v[needed[i]] == NULL) {
			fail_here(l, v->line, v->column, _("<lexicon> needs the setting '%s', as in <lexicon id=\"sanctions\" version=\"1.0\" lang=\"fr\">"),
			          attributes[needed[i]].name);
			return;
		}
	if (!check_id(l, v, A_ID, false) || (v->v[A_THEME] != NULL && !check_id(l, v, A_THEME, true)))
		return;
	size_t n = strlen(v->v[A_VERSION]);
	if (n == 0 || n > 40 || strspn(v->v[A_VERSION], "0123456789.") != n) {
		fail_here(l, v->line, v->column, _("version=\"%.40s\" must be numbers with points: 1.0"), v->v[A_VERSION]);
		return;
	}
	for (size_t i = 0; i < m->file_count; i++)
		if (strcmp(m->files[i].id, v->v[A_ID]) == 0) {
			fail_here(l, v->line, v->column, _("the lexicon '%s' is already there, from %s: give this one another id"), v->v[A_ID],
			          m->files[i].path);
			return;
		}
	double threshold = 1;
	if (v->v[A_THRESHOLD] != NULL && !decimal(l, v, A_THRESHOLD, 100, &threshold))
		return;
	if (!lex_grow(&m->files, &m->file_cap, m->file_count + 1, sizeof(*m->files)) ||
	    !lex_grow(&m->themes, &m->theme_cap, m->theme_count + 1, sizeof(*m->themes))) {
		fail_memory(l);
		return;
	}
	l->file = (uint32_t)m->file_count;
	uint32_t root = (uint32_t)m->theme_count;
	const char *code = v->v[A_THEME] ? v->v[A_THEME] : v->v[A_ID];
	lex_theme t = { lex_dup(&m->arena, code, strlen(code)), UINT32_MAX, l->file, false };
	lex_file f = { lex_dup(&m->arena, v->v[A_ID], strlen(v->v[A_ID])), lex_dup(&m->arena, v->v[A_VERSION], n),
		       lex_dup(&m->arena, l->path, strlen(l->path)), threshold, root };
	scope s = { { l->layers[l->layer_count > 1 ? 1 : 0], LEX_CASE_ANY, 0 }, 1, -1, true, root, E_LEXICON, false };
	for (size_t i = 0; i < l->layer_count; i++)
		if (strcmp(l->layers[i], "fold") == 0)
			s.settings.layer = l->layers[i];
	if (m->arena.failed) {
		fail_memory(l);
		return;
	}
	if ((!read_scope(l, v, &s) || !read_overlap(l, v, &t)) && !m->keep_faults)
		return;
	m->themes[m->theme_count++] = t;
	m->files[m->file_count++] = f;
	l->stack[l->depth++] = s;
}

static void start_theme(loader *l, const values *v)
{
	lex_model *m = l->m;
	scope s = l->stack[l->depth - 1];
	const char *around = m->themes[s.theme].code;
	size_t n = strlen(around);
	if (v->v[A_ID] == NULL) {
		fail_here(l, v->line, v->column, _("<theme> needs its code: <theme id=\"%s.…\">"), around);
		l->skipping = 1;
		return;
	}
	bool good = check_id(l, v, A_ID, true);
	if (!good && !m->keep_faults)
		return;
	if (good && (strncmp(v->v[A_ID], around, n) != 0 || v->v[A_ID][n] != '.')) {
		fail_here(l, v->line, v->column, _("the code '%s' must begin with that of the theme around it: '%s.…'"), v->v[A_ID], around);
		if (!m->keep_faults)
			return;
	}
	if (l->depth >= LEX_MAX_DEPTH) {
		fail_here(l, v->line, v->column, _("too many themes inside themes"));
		l->skipping = 1;
		return;
	}
	if (!lex_grow(&m->themes, &m->theme_cap, m->theme_count + 1, sizeof(*m->themes))) {
		fail_memory(l);
		return;
	}
	lex_theme t = { lex_dup(&m->arena, v->v[A_ID], strlen(v->v[A_ID])), s.theme, l->file, m->themes[s.theme].all };
	if (t.code == NULL) {
		fail_memory(l);
		return;
	}
	if ((!read_scope(l, v, &s) || !read_overlap(l, v, &t)) && !m->keep_faults)
		return;
	s.theme = (uint32_t)m->theme_count;
	s.what = E_THEME;
	s.titled = false;
	m->themes[m->theme_count++] = t;
	l->stack[l->depth++] = s;
}

static lex_parse parse_with(loader *l, const lex_settings *s, lex_mistake *mistake)
{
	return (lex_parse){ .arena = l->tmp, .settings = *s, .sets = l->sets, .set_count = l->set_count, .layers = l->layers,
		            .layer_count = l->layer_count, .mistake = mistake };
}

static void start_leaf(loader *l, element e, const values *v)
{
	static const struct {
		attribute a;
		lex_where where;
		bool forbidden;
	} contexts[] = { { A_PRECEDED, LEX_BEFORE, false }, { A_NOT_PRECEDED, LEX_BEFORE, true }, { A_FOLLOWED, LEX_AFTER, false },
		         { A_NOT_FOLLOWED, LEX_AFTER, true }, { A_WITH, LEX_SENTENCE, false }, { A_WITHOUT, LEX_SENTENCE, true } };
	l->leaf = l->stack[l->depth - 1];
	l->leaf_id = v->v[A_ID];
	l->line = v->line;
	l->column = v->column;
	l->context_count = 0;
	if (e == E_WORDS && v->v[A_ID] == NULL) {
		fail_here(l, v->line, v->column, _("<words> needs a name: <words id=\"couper\">, which patterns then call @couper"));
		l->skipping = 1;
		return;
	}
	l->drop = v->v[A_ID] != NULL && !check_id(l, v, A_ID, false);
	l->drop |= !read_scope(l, v, &l->leaf);
	for (size_t i = 0; i < 6; i++) {
		const char *s = v->v[contexts[i].a];
		lex_mistake mistake;
		if (s == NULL)
			continue;
		lex_parse p = parse_with(l, &l->leaf.settings, &mistake);
		if (lex_parse_context(&p, s, strlen(s), contexts[i].where, contexts[i].forbidden, &l->contexts[l->context_count])) {
			l->context_count++;
			continue;
		}
		if (l->tmp->failed)
			fail_memory(l);
		else if (mistake.msg[0] != 0)
			fail_here(l, v->line, v->column, _("%s=\"%.100s\": %s"), attributes[contexts[i].a].name, s, mistake.msg);
		l->drop = true;
	}
}

static void end_words(loader *l)
{
	lex_mistake mistake;
	lex_parse p = parse_with(l, &l->leaf.settings, &mistake);
	lex_node *body = NULL;
	for (size_t i = 0; i < l->set_count; i++)
		if (strcmp(l->sets[i].name, l->leaf_id) == 0) {
			fail_here(l, l->line, l->column, _("<words id=\"%s\"> is already there: give this one another id"), l->leaf_id);
			return;
		}
	if (!lex_grow(&l->sets, &l->set_cap, l->set_count + 1, sizeof(*l->sets))) {
		fail_memory(l);
		return;
	}
	if (!lex_parse_set(&p, l->text, l->text_len, &body)) {
		size_t at = l->content, seen = 0;
		uint32_t line, column;
		place(l, raw_of(l, mistake.at, &at, &seen), &line, &column);
		if (l->tmp->failed)
			fail_memory(l);
		else if (mistake.msg[0] != 0)
			fail_here(l, line, column, "%s", mistake.msg);
		body = NULL; /* patterns that name it are left out; they are not the ones that are wrong */
	}
	if (l->status == AUR_OK)
		l->sets[l->set_count++] = (lex_set){ l->leaf_id, body };
}

/* Puts the contexts of the entry's settings behind those of the line itself. */
static bool add_contexts(loader *l, lex_tree *t)
{
	if (l->context_count == 0)
		return true;
	lex_context_tree *all = lex_array(l->tmp, t->context_count + l->context_count, sizeof(*all));
	if (all == NULL)
		return false;
	if (t->context_count > 0)
		memcpy(all, t->contexts, t->context_count * sizeof(*all));
	memcpy(all + t->context_count, l->contexts, l->context_count * sizeof(*all));
	t->contexts = all;
	t->context_count += l->context_count;
	return true;
}

static void end_entry(loader *l, bool exclude)
{
	lex_model *m = l->m;
	size_t at = l->content, seen = 0, lines = 0;
	for (size_t from = 0; from < l->text_len && l->status == AUR_OK;) {
		const char *nl = memchr(l->text + from, '\n', l->text_len - from);
		size_t end = nl ? (size_t)(nl - l->text) : l->text_len, next = end + 1;
		while (from < end && strchr(" \t\r", l->text[from]) != NULL)
			from++;
		while (end > from && strchr(" \t\r", l->text[end - 1]) != NULL)
			end--;
		if (from == end) {
			from = next;
			continue;
		}
		const char *s = l->text + from;
		size_t n = end - from;
		lex_source src = { .len = (uint32_t)n, .theme = l->leaf.theme, .weight = l->leaf.weight, .polarity = l->leaf.polarity,
			           .exclude = exclude, .active = l->leaf.active, .pattern = UINT32_MAX };
		place(l, raw_of(l, from, &at, &seen), &src.line, &src.column);
		if (++lines > 1 && l->leaf_id != NULL) {
			fail_here(l, src.line, src.column, _("an <entry> with an id holds one pattern: put this line into an <entry> of its own"));
			from = next;
			continue;
		}
		if (n > LEX_MAX_LINE || m->source_count >= LEX_MAX_PATTERNS) {
			fail_here(l, src.line, src.column, n > LEX_MAX_LINE ? _("this line is too long for a pattern")
			                                                    : _("the lexicons have too many patterns in all"));
			from = next;
			continue;
		}
		lex_mistake mistake;
		lex_parse p = parse_with(l, &l->leaf.settings, &mistake);
		if (!lex_parse_pattern(&p, s, n, &src.tree)) {
			size_t a = at, b = seen;
			place(l, raw_of(l, from + mistake.at, &a, &b), &src.line, &src.column);
			if (l->tmp->failed)
				fail_memory(l);
			else if (mistake.msg[0] != 0)
				fail_here(l, src.line, src.column, "%s", mistake.msg);
			from = next;
			continue;
		}
		from = next;
		if (l->drop)
			continue;
		src.text = lex_dup(&m->arena, s, n);
		src.name = l->leaf_id && src.text ? lex_dup(&m->arena, l->leaf_id, strlen(l->leaf_id)) : src.text;
		if (src.text == NULL || src.name == NULL || !add_contexts(l, &src.tree) ||
		    !lex_grow(&m->sources, &m->source_cap, m->source_count + 1, sizeof(*m->sources))) {
			fail_memory(l);
			return;
		}
		m->sources[m->source_count++] = src;
	}
	if (lines == 0 && l->status == AUR_OK)
		fail_here(l, l->line, l->column, _("this <%s> is empty: write one pattern per line, or leave it out"),
		          exclude ? "exclude" : "entry");
}

static bool may_hold(const loader *l, element e)
{
	if (l->depth == 0)
		return e == E_LEXICON;
	if (l->open != E_NONE || e == E_LEXICON)
		return false;
	return e != E_WORDS || l->depth == 1;
}

static void on_start(void *to, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int nns, const xmlChar **ns, int na,
                     int ndefault, const xmlChar **a)
{
	loader *l = to;
	(void)prefix, (void)uri, (void)nns, (void)ns, (void)ndefault;
	if (l->status != AUR_OK || l->stopped)
		return;
	if (l->skipping > 0) {
		l->skipping++;
		return;
	}
	l->utf8 = l->ctxt->input->buf == NULL || l->ctxt->input->buf->encoder == NULL;
	values v = { 0 };
	size_t at = here(l), tag = at;
	while (l->utf8 && tag > 0 && l->raw[tag] != '<')
		tag--;
	place(l, tag, &v.line, &v.column);
	element e = E_NONE;
	for (int i = 1; i < ELEMENTS; i++)
		if (strcmp((const char *)name, element_names[i]) == 0)
			e = (element)i;
	if (e == E_NONE || !may_hold(l, e)) {
		const char *near = lex_nearest((const char *)name, element_names + 1, ELEMENTS - 1);
		if (l->depth == 0)
			fail_here(l, v.line, v.column, _("this is not a lexicon: it begins with <%.60s>, not with <lexicon>"), (const char *)name);
		else if (e == E_NONE && near != NULL)
			fail_here(l, v.line, v.column, _("<%.60s> is not known in a lexicon; did you mean <%s>?"), (const char *)name, near);
		else if (e == E_NONE)
			fail_here(l, v.line, v.column, _("<%.60s> is not known in a lexicon; it is made of title, definition, note, words, entry, exclude and theme"),
			          (const char *)name);
		else
			fail_here(l, v.line, v.column, _("<%s> cannot stand inside <%s>"), (const char *)name,
			          element_names[l->open != E_NONE ? l->open : l->stack[l->depth - 1].what]);
		l->skipping = 1;
		if (l->depth == 0)
			stop(l, l->status);
		return;
	}
	if (!read_attributes(l, e, na, a, &v))
		return;
	l->text_len = 0;
	while (l->utf8 && at < l->raw_len && l->raw[at] != '>')
		at++;
	l->content = at < l->raw_len ? at + 1 : at;
	scope *around = l->depth > 0 ? &l->stack[l->depth - 1] : NULL;
	if (e == E_LEXICON)
		start_lexicon(l, &v);
	else if (e == E_THEME)
		start_theme(l, &v);
	else if (e == E_ENTRY || e == E_EXCLUDE || e == E_WORDS)
		start_leaf(l, e, &v);
	else if (e == E_TITLE && around->titled)
		fail_here(l, v.line, v.column, _("<%s> already has a <title>"), element_names[around->what]);
	if (e == E_TITLE)
		around->titled = true;
	if (around != NULL && !around->titled && (e == E_ENTRY || e == E_EXCLUDE || e == E_WORDS || e == E_THEME)) {
		fail_here(l, v.line, v.column, _("<%s> needs a <title> before its entries"), element_names[around->what]);
		around->titled = true; /* once is enough */
	}
	if (l->depth == 0)
		stop(l, l->status); /* nothing can stand in it */
	else if (e != E_LEXICON && e != E_THEME && l->skipping == 0)
		l->open = e;
}

static void on_end(void *to, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	loader *l = to;
	(void)name, (void)prefix, (void)uri;
	if (l->status != AUR_OK || l->stopped)
		return;
	if (l->skipping > 0) {
		l->skipping--;
		return;
	}
	element e = l->open;
	l->open = E_NONE;
	if (e == E_WORDS)
		end_words(l);
	else if (e == E_ENTRY || e == E_EXCLUDE)
		end_entry(l, e == E_EXCLUDE);
	else if (e == E_NONE && l->depth > 0)
		l->depth--;
}

static void on_text(void *to, const xmlChar *s, int n)
{
	loader *l = to;
	if (l->status != AUR_OK || l->stopped || l->skipping > 0 || n <= 0)
		return;
	if (l->open == E_NONE) {
		size_t i = 0, at = here(l);
		while (i < (size_t)n && strchr(" \t\r\n", s[i]) != NULL)
			i++;
		if (i < (size_t)n) {
			uint32_t line, column;
			/* the parser stands before these bytes, or is past them already */
			if (l->raw_len - at >= (size_t)n && memcmp(l->raw + at, s, (size_t)n) == 0)
				at += i;
			else if (at >= (size_t)n && memcmp(l->raw + at - n, s, (size_t)n) == 0)
				at = at - (size_t)n + i;
			place(l, at, &line, &column);
			fail_here(l, line, column, _("words stand here outside of any element: put them into <entry>, or into <!-- a remark -->"));
		}
		return;
	}
	if (l->open != E_ENTRY && l->open != E_EXCLUDE && l->open != E_WORDS)
		return;
	if (!lex_grow(&l->text, &l->text_cap, l->text_len + (size_t)n, 1)) {
		fail_memory(l);
		return;
	}
	memcpy(l->text + l->text_len, s, (size_t)n);
	l->text_len += (size_t)n;
}

static void on_doctype(void *to, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	loader *l = to;
	(void)name, (void)external, (void)system;
	uint32_t line, column;
	place(l, here(l), &line, &column);
	fail_here(l, line, 0, _("a lexicon has no DOCTYPE: take that line out"));
	stop(l, l->status);
}

static void on_error(void *to, xmlErrorPtr e)
{
	loader *l = to;
	if (l->status != AUR_OK || l->stopped || e->level < XML_ERR_ERROR)
		return;
	if (e->code == XML_ERR_NO_MEMORY) {
		fail_memory(l);
		return;
	}
	if (e->code == XML_ERR_DOCUMENT_END && l->depth > 0) {
		fail_here(l, (uint32_t)(e->line > 0 ? e->line : 0), 0, _("the file ends here, before </%s>"),
		          element_names[l->open != E_NONE ? l->open : l->stack[l->depth - 1].what]);
		return;
	}
	char msg[300];
	snprintf(msg, sizeof(msg), "%s", e->message ? e->message : "?");
	for (size_t n = strlen(msg); n > 0 && (msg[n - 1] == '\n' || msg[n - 1] == ' '); n--)
		msg[n - 1] = 0;
	fail_here(l, e->line > 0 ? (uint32_t)e->line : 0, e->int2 > 0 ? (uint32_t)e->int2 : 0,
	          _("the XML is broken here: %s (each <entry> needs its </entry>; & is written &amp;)"), msg);
}

/* ---- the file ---- */

static aur_status read_file(lex_model *m, const char *path, char **out, size_t *len)
{
	char msg[600];
	FILE *f = fopen(path, "rb");
	char *buf = NULL;
	size_t n = 0, cap = 0;
	aur_status st = AUR_OK;
	if (f == NULL)
		goto io;
	for (;;) {
		if (!lex_grow(&buf, &cap, n + 65536, 1)) {
			st = lex_no_memory(m->host);
			goto out;
		}
		size_t k = fread(buf + n, 1, 65536, f);
		n += k;
		if (n > LEX_MAX_FILE) {
			snprintf(msg, sizeof(msg), _("the lexicon %.400s is larger than %d MiB: split it"), path, LEX_MAX_FILE >> 20);
			st = m->host->fail(m->host, AUR_E_CONFIG, msg);
			goto out;
		}
		if (k < 65536)
			break;
	}
	if (ferror(f))
		goto io;
	*out = buf;
	*len = n;
	buf = NULL;
	goto out;
io:
	snprintf(msg, sizeof(msg), _("the lexicon %.400s cannot be read: %s"), path, strerror(errno));
	st = m->host->fail(m->host, AUR_E_IO, msg);
out:
	if (f != NULL)
		fclose(f);
	free(buf);
	return st;
}

aur_status lex_load(lex_model *m, lex_arena *tmp, const char *path)
{
	/* The layers that lexicons may name: those that the pipeline has. */
	static const char *const known[] = { "form", "fold", "lower", "base", "stem", "lemma" };
	char *raw = NULL;
	size_t n = 0;
	aur_status st = read_file(m, path, &raw, &n);
	if (st != AUR_OK)
		return st;
	loader *l = lex_alloc(tmp, sizeof(*l));
	if (l == NULL) {
		free(raw);
		return lex_no_memory(m->host);
	}
	*l = (loader){ .m = m, .tmp = tmp, .path = path, .raw = raw, .raw_len = n, .utf8 = true };
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (i == 0 || m->host->layer_index(m->host, known[i]) >= 0)
			l->layers[l->layer_count++] = known[i];
	m->fingerprint_hash = lex_hash(raw, n, m->fingerprint_hash);
	size_t files = m->file_count, faults = m->fault_count;
	xmlSAXHandler sax = { .initialized = XML_SAX2_MAGIC, .startElementNs = on_start, .endElementNs = on_end, .characters = on_text,
		              .ignorableWhitespace = on_text, .cdataBlock = on_text, .internalSubset = on_doctype, .serror = on_error };
	l->ctxt = xmlCreatePushParserCtxt(&sax, l, NULL, 0, path);
	if (l->ctxt == NULL) {
		st = lex_no_memory(m->host);
		goto out;
	}
	xmlCtxtUseOptions(l->ctxt, XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOCDATA);
	if (n == 0)
		st = lex_fault_at(m, path, 0, 0, _("this file is empty: a lexicon begins with <lexicon …>"));
	else if (xmlParseChunk(l->ctxt, raw, (int)n, 1) != 0 && l->status == AUR_OK && m->fault_count == faults)
		st = lex_fault_at(m, path, 0, 0, _("the XML of this lexicon cannot be read"));
	if (l->status != AUR_OK)
		st = l->status;
	else if (st == AUR_OK && m->file_count == files && m->fault_count == faults)
		st = lex_fault_at(m, path, 0, 0, _("this file is not a lexicon"));
out:
	if (l->ctxt != NULL) {
		xmlFreeDoc(l->ctxt->myDoc);
		xmlFreeParserCtxt(l->ctxt);
	}
	free(l->text);
	free(l->sets);
	free(raw);
	return st;
}
