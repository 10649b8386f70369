/* SPDX-License-Identifier: Apache-2.0 */
/* atoms.c - atoms: what a pattern requires of one word; and the classes of atoms that its positions are. */
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

/* Enters an atom in the tables where lex_atoms_of looks it up. */
static bool atom_index(lex_model *m, uint32_t id)
{
	const lex_atom *a = &m->atoms[id];
	lex_slot *s = &m->slots[a->slot];
	size_t head = 0, tail = 0;
	switch (a->kind) {
	case LEX_A_LITERAL:
		if (a->len > 0)
			s->literals[lex_first_byte(a->text)] |= lex_length_bit(a->len);
		return lex_table_add(&m->literals, lex_key(a->slot, a->text, a->len), id);
	case LEX_A_FUZZY: {
		indexing x = { m, id, false };
		size_t chars = lex_chars(a->text, a->len);
		if (a->fuzzy > s->fuzzy)
			s->fuzzy = a->fuzzy;
		for (size_t k = chars > a->fuzzy ? chars - a->fuzzy : 1; a->len > 0 && k <= chars + a->fuzzy; k++)
			s->spellings[lex_first_byte(a->text)] |= lex_length_bit(k);
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
		head = lex_head_of(a);
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
