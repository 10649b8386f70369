/* SPDX-License-Identifier: Apache-2.0 */
/* atoms.c - atoms: what a pattern requires of one word, and which forms satisfy it.  A form is looked up in tables, once per layer,
 * so its cost does not grow with the lexicon. */
#include "atoms.h"
#include <stdlib.h>
#include <string.h>

void lex_interner_free(lex_interner *in)
{
	lex_index_free(&in->words);
	lex_index_free(&in->atoms);
	lex_index_free(&in->classes);
	free(in->known);
	free(in->text);
	free(in->ids);
	free(in->hashes);
	lex_arena_free(&in->texts);
}

/* ---- words -> atoms ---- */

static bool slot_of(lex_model *m, const char *layer, int16_t *out)
{
	for (size_t i = 0; i < m->slot_count; i++)
		if (strcmp(m->slots[i].name, layer) == 0) {
			*out = (int16_t)i;
			return true;
		}
	if (!lex_grow(&m->slots, &m->slot_cap, m->slot_count + 1, sizeof(*m->slots)))
		return false;
	lex_slot *s = &m->slots[m->slot_count];
	*s = (lex_slot){ .name = lex_dup(&m->arena, layer, strlen(layer)) };
	s->index = strcmp(layer, "form") == 0 ? -1 : m->host->layer_index(m->host, layer);
	*out = (int16_t)m->slot_count++;
	return s->name != NULL;
}

/* Writes the value of one piece of a word on a layer to `out` (`size` bytes); returns its length. */
static size_t map_piece(const lex_model *m, const char *layer, const char *s, size_t n, char *out, size_t size)
{
	size_t len = 0;
	if (strcmp(layer, "form") != 0 && n > 0) {
		if (AUR_HAS(aur_host, m->host, layer_value) && m->host->layer_value != NULL &&
		    m->host->layer_value(m->host, layer, (aur_str){ s, n }, out, size, &len) == AUR_OK && len > 0 && len <= size)
			return len;
		len = n < size ? n : size;
		for (size_t i = 0; i < len; i++)
			out[i] = (char)(s[i] >= 'A' && s[i] <= 'Z' ? s[i] + 32 : s[i]);
		return len;
	}
	len = n < size ? n : size;
	memcpy(out, s, len);
	return len;
}

/* The text of an atom.  The pieces between stars go through the layer one by one; a piece of a word has no stem or
 * lemma, so there it is only put into lower case.  Valid until the next call. */
static char *normalise(const lex_model *m, lex_interner *in, const lex_word *w, size_t *out_len)
{
	const char *layer = w->layer;
	size_t size = w->len * 4 + 256, n = 0;
	bool wild = false;
	if (!lex_grow(&in->text, &in->text_cap, size + 1, 1))
		return NULL;
	char *out = in->text;
	for (uint32_t i = 0; i < w->len; i++)
		wild |= w->text[i] == LEX_STAR || w->text[i] == LEX_DIGITS;
	if (wild && strcmp(layer, "form") != 0 && strcmp(layer, "fold") != 0 && strcmp(layer, "lower") != 0 && strcmp(layer, "base") != 0)
		layer = "lower";
	for (size_t i = 0; i < w->len;) {
		if (w->text[i] == LEX_STAR || w->text[i] == LEX_DIGITS) {
			if (n < size && !(w->text[i] == LEX_STAR && n > 0 && out[n - 1] == LEX_STAR))
				out[n++] = w->text[i];
			i++;
			continue;
		}
		size_t j = i;
		while (j < w->len && w->text[j] != LEX_STAR && w->text[j] != LEX_DIGITS)
			j++;
		n += map_piece(m, layer, w->text + i, j - i, out + n, size - n);
		i = j;
	}
	out[n] = 0;
	*out_len = n;
	return out;
}

typedef struct indexing {
	lex_model *m;
	uint32_t atom;
	bool failed;
} indexing;

static void add_deletion(void *to, const char *s, size_t n)
{
	indexing *x = to;
	const lex_atom *a = &x->m->atoms[x->atom];
	if (!x->failed && !lex_table_add(&x->m->deletions, lex_key(a->slot, s, n), x->atom))
		x->failed = true;
}

/* The bit of a length, for a first check of a value: is there an atom of this length that begins with its first
 * byte? */
static uint64_t length_bit(size_t n)
{
	return UINT64_C(1) << (n < 63 ? n : 63);
}

static unsigned first_byte(const char *s)
{
	return (unsigned char)*s;
}

/* Bytes before the first star. */
static size_t head_of(const lex_atom *a)
{
	size_t n = 0;
	while (n < a->len && a->text[n] != LEX_STAR && a->text[n] != LEX_DIGITS)
		n++;
	return n;
}

/* Enters an atom in the tables where lex_atoms_of looks it up. */
static bool atom_index(lex_model *m, uint32_t id)
{
	const lex_atom *a = &m->atoms[id];
	lex_slot *s = &m->slots[a->slot];
	size_t head = 0, tail = 0;
	switch (a->kind) {
	case LEX_A_LITERAL:
		if (a->len > 0)
			s->literals[first_byte(a->text)] |= length_bit(a->len);
		return lex_table_add(&m->literals, lex_key(a->slot, a->text, a->len), id);
	case LEX_A_FUZZY: {
		indexing x = { m, id, false };
		size_t chars = lex_chars(a->text, a->len);
		if (a->fuzzy > s->fuzzy)
			s->fuzzy = a->fuzzy;
		for (size_t k = chars > a->fuzzy ? chars - a->fuzzy : 1; a->len > 0 && k <= chars + a->fuzzy; k++)
			s->spellings[first_byte(a->text)] |= length_bit(k);
		lex_deletions(a->text, a->len, a->fuzzy, add_deletion, &x);
		return !x.failed;
	}
	case LEX_A_PREFIX:
		head = a->len;
		break;
	case LEX_A_SUFFIX:
		tail = a->len;
		break;
	case LEX_A_GLOB:
		head = head_of(a);
		while (tail < a->len && a->text[a->len - 1 - tail] != LEX_STAR && a->text[a->len - 1 - tail] != LEX_DIGITS)
			tail++;
		break;
	}
	if (head > 0 && head < LEX_TRIE_DEPTH && head >= tail)
		return lex_trie_add(&s->heads, a->text, head, false, id);
	if (tail > 0 && tail < LEX_TRIE_DEPTH)
		return lex_trie_add(&s->tails, a->text + a->len - tail, tail, true, id);
	if (!lex_grow(&s->globs, &s->glob_cap, s->glob_count + 1, sizeof(*s->globs)))
		return false;
	s->globs[s->glob_count++] = id;
	return true;
}

static bool denies(const lex_atom *a)
{
	static const char *const words[] = { "pas", "pa", "plus", "jamais", "rien", "aucun", "aucune", "sans", "ni" };
	for (size_t i = 0; a->kind == LEX_A_LITERAL && i < sizeof(words) / sizeof(*words); i++)
		if (*words[i] == *a->text && a->len == strlen(words[i]) && memcmp(a->text, words[i], a->len) == 0)
			return true;
	return false;
}

static bool atom_new(lex_model *m, lex_interner *in, const lex_word *w, uint32_t *out)
{
	lex_atom a = { .fuzzy = w->fuzzy, .letter_case = w->letter_case, .kind = LEX_A_LITERAL };
	size_t n, wild = 0;
	char *text = normalise(m, in, w, &n);
	if (text == NULL || !slot_of(m, w->layer, &a.slot))
		return false;
	for (size_t i = 0; i < n; i++)
		wild += text[i] == LEX_STAR || text[i] == LEX_DIGITS;
	if (wild == 0 && a.fuzzy > 0)
		a.kind = LEX_A_FUZZY;
	else if (wild == 1 && text[n - 1] == LEX_STAR)
		a.kind = LEX_A_PREFIX, n--;
	else if (wild == 1 && text[0] == LEX_STAR)
		a.kind = LEX_A_SUFFIX, text++, n--;
	else if (wild > 0)
		a.kind = LEX_A_GLOB;
	a.text = text;
	a.len = (uint32_t)n;
	uint64_t key = lex_mix(lex_key(a.slot, text, n) ^ ((uint64_t)a.kind << 16 | (uint64_t)a.fuzzy << 8 | a.letter_case));
	size_t at = lex_index_at(&in->atoms, key);
	for (uint32_t k; lex_index_next(&in->atoms, key, &at, &k);) {
		const lex_atom *b = &m->atoms[k];
		if (b->slot == a.slot && b->kind == a.kind && b->fuzzy == a.fuzzy && b->letter_case == a.letter_case && b->len == a.len &&
		    memcmp(b->text, a.text, a.len) == 0) {
			*out = k;
			return true;
		}
	}
	if (m->atom_count >= UINT32_MAX / 2 || !lex_grow(&m->atoms, &m->atom_cap, m->atom_count + 1, sizeof(*m->atoms)))
		return false;
	if ((a.text = lex_dup(&m->arena, text, n)) == NULL)
		return false;
	a.frequency = lex_frequency(&a);
	a.light = a.kind == LEX_A_LITERAL && lex_is_light_sign(a.text, a.len);
	a.denies = denies(&a);
	a.content = lex_mix(lex_hash(a.text, a.len, (uint64_t)a.kind << 16 | (uint64_t)a.fuzzy << 8 | a.letter_case) ^
			    lex_hash(m->slots[a.slot].name, strlen(m->slots[a.slot].name), 7));
	*out = (uint32_t)m->atom_count++;
	m->atoms[*out] = a;
	return lex_index_add(&in->atoms, key, *out) && atom_index(m, *out);
}

static uint64_t hash_of(const lex_word *w)
{
	return lex_hash(w->text, w->len, (uint64_t)(uintptr_t)w->layer ^ (uint64_t)w->fuzzy << 56 ^ (uint64_t)w->letter_case << 60);
}

/* The atom of a word; its layer is called once per word. */
static bool atom_of(lex_model *m, lex_interner *in, const lex_word *w, uint64_t hash, uint32_t *out)
{
	enum { HEAD = sizeof(in->known->head) };
	size_t at = lex_index_at(&in->words, hash);
	for (uint32_t k; lex_index_next(&in->words, hash, &at, &k);) {
		const struct lex_known *x = &in->known[k];
		if (x->layer == w->layer && x->fuzzy == w->fuzzy && x->letter_case == w->letter_case && x->len == w->len &&
		    memcmp(w->len <= HEAD ? x->head : x->text, w->text, w->len) == 0) {
			*out = x->atom;
			return true;
		}
	}
	if (!atom_new(m, in, w, out) || !lex_grow(&in->known, &in->known_cap, in->known_count + 1, sizeof(*in->known)))
		return false;
	struct lex_known *x = &in->known[in->known_count];
	*x = (struct lex_known){ .layer = w->layer, .len = w->len, .atom = *out, .fuzzy = w->fuzzy, .letter_case = w->letter_case };
	memcpy(x->head, w->text, w->len <= HEAD ? w->len : HEAD);
	if (w->len > HEAD && (x->text = lex_dup(&in->texts, w->text, w->len)) == NULL)
		return false;
	return lex_index_add(&in->words, hash, (uint32_t)in->known_count++);
}

/* ---- atoms -> classes ---- */

bool lex_class_of(lex_model *m, lex_interner *in, const lex_node *word, uint32_t *cls)
{
	uint32_t count = word->word_count;
	if (!lex_grow(&in->ids, &in->id_cap, count, sizeof(*in->ids)) || !lex_grow(&in->hashes, &in->hash_cap, count, sizeof(*in->hashes)))
		return false;
	uint32_t *ids = in->ids;
	for (uint32_t i = 0; i < count; i++) /* all are fetched before the first is looked at */
		lex_index_at(&in->words, in->hashes[i] = hash_of(&word->words[i]));
	for (uint32_t i = 0, k; i < count; i++) {
		size_t at = lex_index_at(&in->words, in->hashes[i]);
		if (lex_index_next(&in->words, in->hashes[i], &at, &k))
			__builtin_prefetch(&in->known[k]);
	}
	for (uint32_t i = 0; i < count; i++)
		if (!atom_of(m, in, &word->words[i], in->hashes[i], &ids[i]))
			return false;
	size_t n = lex_different(ids, count);
	uint64_t key = lex_hash(ids, n * sizeof(*ids), 0x636c617373);
	size_t at = lex_index_at(&in->classes, key);
	for (uint32_t k; lex_index_next(&in->classes, key, &at, &k);) {
		const lex_class *c = &m->classes[k];
		if (c->atom_count == n && memcmp(c->atoms, ids, n * sizeof(*ids)) == 0) {
			*cls = k;
			return true;
		}
	}
	if (!lex_grow(&m->classes, &m->class_cap, m->class_count + 1, sizeof(*m->classes)))
		return false;
	uint32_t *kept = lex_array(&m->arena, n, sizeof(*kept));
	if (kept == NULL)
		return false;
	memcpy(kept, ids, n * sizeof(*ids));
	lex_class c = { .atom_count = (uint32_t)n, .atoms = kept };
	for (size_t i = 0; i < n; i++) {
		const lex_atom *a = &m->atoms[ids[i]];
		c.content += a->content;
		c.light |= a->light;
		c.denies |= a->denies;
		c.frequency = c.frequency + a->frequency < 1000000 ? c.frequency + a->frequency : 1000000;
	}
	*cls = (uint32_t)m->class_count;
	m->classes[m->class_count++] = c;
	return lex_index_add(&in->classes, key, *cls);
}

bool lex_link_atoms(lex_model *m)
{
	for (size_t c = 0; c < m->class_count; c++)
		for (uint32_t i = 0; i < m->classes[c].atom_count; i++)
			m->atoms[m->classes[c].atoms[i]].class_count++;
	for (size_t a = 0; a < m->atom_count; a++) {
		m->atoms[a].classes = lex_array(&m->arena, m->atoms[a].class_count, sizeof(uint32_t));
		m->atoms[a].class_count = 0;
	}
	if (m->arena.failed)
		return false;
	for (size_t c = 0; c < m->class_count; c++)
		for (uint32_t i = 0; i < m->classes[c].atom_count; i++) {
			lex_atom *a = &m->atoms[m->classes[c].atoms[i]];
			a->classes[a->class_count++] = (uint32_t)c;
		}
	return true;
}

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
	if (s->literals[first_byte(p)] & length_bit(n))
		check_key(x, &x->m->literals, p, n);
	uint32_t node = 0;
	for (size_t k = 0; k < n && s->heads.cap > 0 && (node = lex_trie_step(&s->heads, node, (unsigned char)p[k])) != 0; k++)
		check_items(x, &s->heads, node);
	node = 0;
	for (size_t k = n; k > 0 && s->tails.cap > 0 && (node = lex_trie_step(&s->tails, node, (unsigned char)p[k - 1])) != 0; k--)
		check_items(x, &s->tails, node);
	for (size_t k = 0; k < s->glob_count; k++)
		check(x, s->globs[k]);
	if (s->fuzzy > 0 && n <= LEX_FUZZY_LONGEST && (s->spellings[first_byte(p)] & length_bit(lex_chars(p, n))))
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
	if (s.len < SHORTEST || strchr("ldj", s.ptr[0]) == NULL || (strchr("aeiouyh", s.ptr[1]) == NULL && (unsigned char)s.ptr[1] < 0xc3))
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
		w.value.len = head_of(a);
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
