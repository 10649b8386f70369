/* SPDX-License-Identifier: Apache-2.0 */
/* lookup.c - which atoms a form satisfies, and which forms may satisfy an atom.  A form is looked up in tables, once per layer, so its cost
 * does not grow with the lexicon. */
#include "atoms.h"
#include <string.h>

/* ---- forms -> atoms ---- */

typedef struct lookup {
	const lex_model *m;
	const aur_form *form;
	aur_str value;
	int16_t slot;
	bool blind;
	int upper; /* -1: not computed yet */
	bool stuck; /* the value is what follows a letter without its apostrophe */
	lex_atom_fn fn;
	void *to;
} lookup;

/* « a* »: what follows the letter of most words is not the word that was meant */
static bool says_little(const lex_atom *a)
{
	return a->len <= 2;
}

static void check(lookup *x, uint32_t id)
{
	const lex_atom *a = &x->m->atoms[id];
	const char *s = x->value.ptr;
	size_t n = x->value.len;
	if (a->slot != x->slot || (x->stuck && says_little(a)))
		return;
	bool good = false;
	switch (a->kind) {
	case LEX_A_LITERAL:
		good = a->len == n && memcmp(a->text, s, n) == 0;
		break;
	case LEX_A_PREFIX:
		good = a->len <= n && memcmp(a->text, s, a->len) == 0;
		break;
	case LEX_A_SUFFIX:
		good = a->len <= n && memcmp(a->text, s + n - a->len, a->len) == 0;
		break;
	case LEX_A_GLOB:
		good = lex_glob(a->text, a->len, s, n);
		break;
	case LEX_A_FUZZY: {
		size_t first = lex_char_len(a->text, a->len);
		good = n >= first && memcmp(a->text, s, first) == 0 && lex_distance(a->text, a->len, s, n, a->fuzzy) <= a->fuzzy;
		break;
	}
	}
	if (good && a->letter_case == LEX_CASE_UPPER && !x->blind) {
		if (x->upper < 0)
			x->upper = lex_is_upper(x->form->form.ptr, x->form->form.len);
		good = x->upper;
	}
	if (good)
		x->fn(x->to, id);
}

static void check_key(lookup *x, const lex_table *t, const char *s, size_t n)
{
	for (uint32_t k = lex_table_find(t, lex_key(x->slot, s, n)); k != 0; k = t->items[k - 1].next)
		check(x, t->items[k - 1].atom);
}

static void check_deletion(void *to, const char *s, size_t n)
{
	lookup *x = to;
	check_key(x, &x->m->deletions, s, n);
}

static void check_items(lookup *x, const lex_trie *t, uint32_t node)
{
	for (uint32_t k = t->head[node]; k != 0; k = t->items[k - 1].next)
		check(x, t->items[k - 1].atom);
}

/* What people type for short words: without the apostrophe (« j ai », « qu on »), or as in text messages.  Such a
 * form also counts as the word, except for atoms of exact forms. */
static const struct {
	const char *typed, *word;
} typed_for[] = {
	{ "c", "c'" },        { "d", "d'" },         { "j", "j'" },        { "l", "l'" },        { "m", "m'" },
	{ "n", "n'" },        { "s", "s'" },         { "t", "t'" },        { "qu", "qu'" },      { "k", "qu'" },
	{ "avc", "avec" },    { "bcp", "beaucoup" }, { "cmt", "comment" }, { "dc", "donc" },     
	{ "ds", "dans" },     { "fo", "faut" },      { "jms", "jamais" }, { "kan", "quand" },
	{ "kand", "quand" },  { "ke", "que" },       { "ki", "qui" },      { "koi", "quoi" },    { "kom", "comme" },
	{ "mm", "meme" },     { "mn", "mon" },       { "ms", "mais" },     { "ns", "nous" },     { "ossi", "aussi" },
	{ "pa", "pas" },      { "pb", "probleme" }, { "pck", "parce" },
	{ "pcq", "parce" },   { "pdt", "pendant" },  { "pk", "pourquoi" }, { "pkoi", "pourquoi" }, { "pr", "pour" },
	{ "psk", "parce" },   { "qd", "quand" },     { "qq1", "quelqu'un" }, { "qqn", "quelqu'un" }, { "snt", "sont" },
	{ "tjr", "toujours" }, { "tjrs", "toujours" }, { "tjs", "toujours" }, { "tps", "temps" }, { "tro", "trop" },
	{ "ts", "tous" },     { "tt", "tout" },      { "tte", "toute" },   { "vrmt", "vraiment" }, { "vs", "vous" },
	{ "vx", "veux" },
};

static const char *word_of(const char *s, size_t n)
{
	for (size_t i = 0; n <= 4 && i < sizeof(typed_for) / sizeof(*typed_for); i++)
		if (*typed_for[i].typed == *s && strlen(typed_for[i].typed) == n && memcmp(typed_for[i].typed, s, n) == 0)
			return typed_for[i].word;
	return NULL;
}

/* Looks up the atoms of one layer that accept a value. */
static void check_value(lookup *x, const lex_slot *s, aur_str value)
{
	const char *p = value.ptr;
	size_t n = value.len;
	x->value = value;
	if (s->literals[lex_first_byte(p)] & lex_length_bit(n))
		check_key(x, &x->m->literals, p, n);
	uint32_t node = 0;
	for (size_t k = 0; k < n && s->heads.cap > 0 && (node = lex_trie_step(&s->heads, node, (unsigned char)p[k])) != 0; k++)
		check_items(x, &s->heads, node);
	node = 0;
	for (size_t k = n; k > 0 && s->tails.cap > 0 && (node = lex_trie_step(&s->tails, node, (unsigned char)p[k - 1])) != 0; k--)
		check_items(x, &s->tails, node);
	for (size_t k = 0; k < s->glob_count; k++)
		check(x, s->globs[k]);
	if (s->fuzzy > 0 && n <= LEX_FUZZY_LONGEST && (s->spellings[lex_first_byte(p)] & lex_length_bit(lex_chars(p, n))))
		lex_deletions(p, n, s->fuzzy, check_deletion, x);
	const char *word = s->index >= 0 ? word_of(p, n) : NULL;
	if (word != NULL) {
		x->value = (aur_str){ word, strlen(word) };
		check_key(x, &x->m->literals, word, x->value.len);
	}
}

/* Words that would be others without their first letter; a star: and all that begin so.  It must not depend on the lexicons what a word is
 * taken for: « lexicon diff » looks only at the contributions that a changed line finds, and opens no lexicon that did not change. */
static const char *const unstuck[] = { "davantage", "deche*", "déché*", "decri*", "décri*", "deduc*", "déduc*", "degou*", "dégou*", "dégoû*", "delire*", "délire*",
	                               "demission*", "démission*", "denonc*", "dénonc*", "dentier*", "depuis", "dessaisi*", "detail*", "détail*", "detend*",
	                               "détend*", "detres*", "détres*", "devalu*", "dévalu*", "dir*", "lachet*", "lâchet*", "larmes", "lavais", "lavait", "lavaient",
	                               "lavant", "lavoir*", "lavons", "legal*", "légal*", "levier*", "limit*" };

/* The apostrophe that people leave out in « lemploi, dargent, jhabite »; of letters with which few other words are made like that. */
static bool is_stuck(aur_str s)
{
	enum { SHORTEST = 6 };
	if (s.len < SHORTEST || (s.ptr[0] != 'l' && s.ptr[0] != 'd' && s.ptr[0] != 'j') || (strchr("aeiouyh", s.ptr[1]) == NULL && (unsigned char)s.ptr[1] < 0xc3))
		return false;
	for (size_t i = 0; i < sizeof(unstuck) / sizeof(*unstuck); i++) {
		if (unstuck[i][0] != s.ptr[0] || unstuck[i][1] != s.ptr[1])
			continue;
		size_t n = strlen(unstuck[i]);
		bool open = unstuck[i][n - 1] == '*';
		n -= open;
		if (s.len >= n && (open || s.len == n) && memcmp(s.ptr, unstuck[i], n) == 0)
			return false;
	}
	return true;
}

void lex_atoms_of(const lex_model *m, const aur_form *f, bool blind, lex_atom_fn fn, void *to)
{
	lookup x = { .m = m, .form = f, .blind = blind, .upper = -1, .fn = fn, .to = to };
	for (unsigned stuck = 0; stuck < 2; stuck++)
		for (size_t i = 0; i < m->slot_count; i++) {
			const lex_slot *s = &m->slots[i];
			if (s->index < 0 ? stuck : f->layers == NULL || (uint32_t)s->index >= f->layer_count)
				continue;
			aur_str value = s->index < 0 ? f->form : f->layers[s->index];
			x.slot = (int16_t)i;
			x.stuck = stuck;
			if (stuck && is_stuck(value))
				check_value(&x, s, (aur_str){ value.ptr + 1, value.len - 1 });
			else if (!stuck && value.len > 0)
				check_value(&x, s, value);
		}
}

/* ---- atoms -> forms ---- */

/* Names the forms that are an atom's text behind a letter without its apostrophe: see is_stuck. */
static aur_status name_stuck(const lex_atom *a, aur_named_forms w, aur_status (*some)(void *, const aur_named_forms *), void *to)
{
	char stuck[256];
	aur_status st = AUR_OK;
	if (says_little(a))
		return AUR_OK;
	if (w.value.len + 1 > sizeof(stuck))
		return AUR_E_UNSUPPORTED;
	memcpy(stuck + 1, w.value.ptr, w.value.len);
	w.value = (aur_str){ stuck, w.value.len + 1 };
	for (const char *l = "ldj"; *l != 0 && st >= 0; l++) {
		stuck[0] = *l;
		if (a->kind != LEX_A_LITERAL || is_stuck(w.value))
			st = some(to, &w);
	}
	return st;
}

/* Names the forms that may satisfy an atom; AUR_E_UNSUPPORTED if that takes looking at every form. */
static aur_status name_forms(const lex_model *m, const lex_atom *a, aur_status (*some)(void *, const aur_named_forms *), void *to)
{
	const lex_slot *s = &m->slots[a->slot];
	aur_named_forms w = { .size = sizeof(w), .layer = s->index < 0 ? -1 : s->index, .value = { a->text, a->len }, .prefix = a->kind != LEX_A_LITERAL };
	if (a->kind == LEX_A_GLOB)
		w.value.len = lex_head_of(a);
	if (w.value.len == 0 || a->kind == LEX_A_SUFFIX || a->kind == LEX_A_FUZZY)
		return AUR_E_UNSUPPORTED;
	aur_status st = some(to, &w);
	if (w.layer < 0 || st < 0)
		return st;
	for (size_t i = 0; i < sizeof(typed_for) / sizeof(*typed_for) && st >= 0 && !w.prefix; i++)
		if (strlen(typed_for[i].word) == a->len && memcmp(typed_for[i].word, a->text, a->len) == 0) {
			aur_named_forms typed = w;
			typed.value = (aur_str){ typed_for[i].typed, strlen(typed_for[i].typed) };
			st = some(to, &typed);
		}
	return st < 0 ? st : name_stuck(a, w, some, to);
}

static aur_status words(void *model, aur_status (*some)(void *to, const aur_named_forms *w), void *to)
{
	const lex_model *m = model;
	aur_status st = AUR_OK;
	for (size_t c = 0; c < m->class_count && st >= 0; c++)
		for (uint32_t i = 0; i < m->classes[c].atom_count && st >= 0; i++)
			if (m->classes[c].anchors_entry || m->classes[c].anchors_exclusion)
				st = name_forms(m, &m->atoms[m->classes[c].atoms[i]], some, to);
	return st;
}

const aur_ext_words_v1 lex_words = { .size = sizeof(lex_words), .words = words };
