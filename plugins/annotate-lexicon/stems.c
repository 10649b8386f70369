/* SPDX-License-Identifier: Apache-2.0 */
/* stems.c - stems that collide (CAF and café) and stems that miss (emploi and emplois), as the words of a corpus show.
 *
 * Two words with the same stem belong together if they are forms of one word: they have the same lemma, if there is such a layer,
 * else the same beginning with inflectional endings.  A verb and its noun belong together too; « référent » and « référence » do
 * not. */
#include "lint.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PER_ATOM = 40, TEXT = 64 };

typedef struct seen_form {
	uint32_t atom;
	uint64_t count;
	char form[TEXT], lower[TEXT], fold[TEXT], lemma[TEXT];
} seen_form;

typedef struct stems {
	lint *l;
	int32_t lower, fold, lemma;
	seen_form *v;
	size_t count, cap;
	uint8_t *watched; /* by atom: is it of a layer that changes letters (stem, lemma)? */
	uint32_t *source; /* by atom: the first source with it + 1; 0: it is only in contexts */
	bool failed;
	const aur_form *form; /* the form that is looked at */
	uint64_t times;
} stems;

static void put(char out[TEXT], aur_str s)
{
	size_t n = s.len < TEXT ? s.len : 0;
	if (n > 0)
		memcpy(out, s.ptr, n);
	out[n] = 0;
}

static aur_str layer_of(const aur_form *f, int32_t index)
{
	return index >= 0 && (uint32_t)index < f->layer_count ? f->layers[index] : (aur_str){ NULL, 0 };
}

static void mark_seen(void *to, uint32_t atom)
{
	stems *x = to;
	const lex_atom *a = &x->l->m->atoms[atom];
	for (uint32_t i = 0; i < a->class_count; i++)
		x->l->class_seen[a->classes[i]] = 1;
	if (!x->watched[atom] || x->form->form.len >= TEXT || x->form->form.len == 0)
		return;
	if (!lex_grow(&x->v, &x->cap, x->count + 1, sizeof(*x->v))) {
		x->failed = true;
		return;
	}
	seen_form *s = &x->v[x->count++];
	s->atom = atom;
	s->count = x->times;
	put(s->form, x->form->form);
	put(s->lower, layer_of(x->form, x->lower));
	put(s->fold, layer_of(x->form, x->fold));
	put(s->lemma, layer_of(x->form, x->lemma));
	if (s->lower[0] == 0)
		memcpy(s->lower, s->form, TEXT);
	if (s->fold[0] == 0)
		memcpy(s->fold, s->lower, TEXT);
}

static int by_atom(const void *a, const void *b)
{
	const seen_form *x = a, *y = b;
	if (x->atom != y->atom)
		return x->atom < y->atom ? -1 : 1;
	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return strcmp(x->form, y->form);
}

/* ---- forms of one word ---- */

static bool is_ending(const char *s)
{
	static const char list[] = " s x e es ne nes le les te tes se ses er ez é ée és ées ent nt ons ions ait ais aient ai a as r "
	                           "era erai erait eront eras erez ir is it i ie ies u ue us ues re t ts d ds rait aux ux ";
	size_t n = strlen(s);
	if (n == 0)
		return true;
	for (const char *p = list; (p = strchr(p, ' ')) != NULL && p[1] != 0; p++)
		if (strncmp(p + 1, s, n) == 0 && p[1 + n] == ' ')
			return true;
	return false;
}

static bool are_one_word(const seen_form *a, const seen_form *b)
{
	if (strcmp(a->fold, b->fold) == 0)
		return true;
	if (a->lemma[0] != 0 && strcmp(a->lemma, b->lemma) == 0)
		return true;
	const char *x = a->lower, *y = b->lower;
	size_t n = 0;
	while (x[n] != 0 && x[n] == y[n])
		n++;
	while (n > 0 && ((unsigned char)x[n] & 0xc0) == 0x80)
		n--;
	/* sanction, sanctionner: a doubled letter belongs to the ending */
	const char *rx = x + n, *ry = y + n;
	if (n > 0 && *rx == x[n - 1] && rx[1] != 0)
		rx++;
	if (n > 0 && *ry == y[n - 1] && ry[1] != 0)
		ry++;
	/* caf, café: before an accented ending, the common part must be longer */
	size_t least = strlen(rx) > 1 && (unsigned char)*rx >= 0x80 ? 4 : strlen(ry) > 1 && (unsigned char)*ry >= 0x80 ? 4 : 3;
	return lex_chars(x, n) >= least && is_ending(rx) && is_ending(ry);
}

static bool list_sources(stems *x)
{
	const lex_model *m = x->l->m;
	x->source = calloc(m->atom_count + 1, sizeof(*x->source));
	for (size_t i = m->pattern_count; x->source != NULL && i-- > 0;)
		for (uint32_t k = 0; k < m->patterns[i].aut.count; k++) {
			const lex_class *c = &m->classes[m->patterns[i].aut.cls[k]];
			for (uint32_t j = 0; j < c->atom_count; j++)
				x->source[c->atoms[j]] = m->patterns[i].source + 1;
		}
	return x->source != NULL;
}

static const lex_source *source_of(const stems *x, uint32_t atom)
{
	return x->source[atom] > 0 ? &x->l->m->sources[x->source[atom] - 1] : NULL;
}

/* Reports a form of an atom that is unrelated to the most frequent one, directly or through others.  v: the forms,
 * by frequency. */
static void check_collision(stems *x, const seen_form *v, size_t n)
{
	const lex_source *s = source_of(x, v->atom);
	if (n > PER_ATOM)
		n = PER_ATOM;
	if (s == NULL || n < 2)
		return;
	uint8_t group[PER_ATOM] = { 1 }; /* related to the most frequent form, directly or not */
	for (bool changed = true; changed;) {
		changed = false;
		for (size_t i = 1; i < n; i++)
			for (size_t k = 0; k < n && !group[i]; k++)
				if (group[k] && are_one_word(&v[i], &v[k]))
					group[i] = changed = true;
	}
	for (size_t i = 1; i < n; i++)
		if (!group[i]) {
			lint_tell(x->l, AUR_LOG_WARN, "collision", s,
			          _("« %.200s » finds two different words in this corpus, « %s » and « %s »: write their forms with layer=\"fold\""), s->text,
			          v[0].form, v[i].form);
			return;
		}
}

/* ---- near misses ---- */

/* The length of the word without its plural. */
static size_t singular(const char *s, size_t n)
{
	return n > 3 && (s[n - 1] == 's' || s[n - 1] == 'x') ? n - 1 : n;
}

typedef struct key {
	uint64_t hash;
	uint32_t atom;
} key;

static int by_key(const void *a, const void *b)
{
	const key *x = a, *y = b;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->atom > y->atom) - (x->atom < y->atom);
}

typedef struct found_themes {
	const stems *x;
	uint32_t atom;
	bool found; /* the form is found by this atom, or for the theme of its entry */
	const lex_source *s;
} found_themes;

static void same_theme(void *to, uint32_t atom)
{
	found_themes *t = to;
	const lex_source *s = source_of(t->x, atom);
	if (atom == t->atom || (s != NULL && s->theme == t->s->theme))
		t->found = true;
}

static aur_status check_misses(stems *x)
{
	lint *l = x->l;
	key *keys = malloc((x->count + 1) * sizeof(*keys));
	uint8_t *told = calloc(l->m->atom_count + 1, 1);
	aur_form f = { .size = sizeof(f) };
	uint64_t times;
	if (keys == NULL || told == NULL) {
		free(keys);
		free(told);
		return lex_no_memory(l->h);
	}
	for (size_t i = 0; i < x->count; i++)
		keys[i] = (key){ lex_hash(x->v[i].fold, singular(x->v[i].fold, strlen(x->v[i].fold)), 3), x->v[i].atom };
	if (x->count > 1)
		qsort(keys, x->count, sizeof(*keys), by_key);
	l->in->rewind(l->in->priv);
	while (l->in->next_form(l->in->priv, &f, &times)) {
		aur_str fold = layer_of(&f, x->fold);
		if (fold.len == 0)
			fold = f.form;
		key want = { lex_hash(fold.ptr, singular(fold.ptr, fold.len), 3), 0 };
		size_t low = 0, high = x->count;
		while (low < high) {
			size_t mid = low + (high - low) / 2;
			if (by_key(&keys[mid], &want) < 0)
				low = mid + 1;
			else
				high = mid;
		}
		for (; low < x->count && keys[low].hash == want.hash; low++) {
			found_themes t = { .x = x, .atom = keys[low].atom, .s = source_of(x, keys[low].atom) };
			if (t.s == NULL || told[t.atom])
				continue;
			lex_atoms_of(l->m, &f, true, same_theme, &t);
			if (t.found)
				continue;
			told[t.atom] = 1;
			lint_tell(l, AUR_LOG_WARN, "near-miss", t.s,
			          _("« %.200s » misses « %.*s » (%llu times in this corpus), which has another stem: write both, or use layer=\"fold\""), t.s->text,
			          (int)(f.form.len < 100 ? f.form.len : 100), f.form.ptr, (unsigned long long)times);
		}
	}
	free(keys);
	free(told);
	return AUR_OK;
}

aur_status lint_forms(lint *l)
{
	stems x = { .l = l, .watched = calloc(l->m->atom_count + 1, 1) };
	aur_form f = { .size = sizeof(f) };
	aur_status st = AUR_OK;
	uint32_t polls = 0;
	if (x.watched == NULL || !list_sources(&x)) {
		free(x.watched);
		return lex_no_memory(l->h);
	}
	x.lower = l->h->layer_index(l->h, "lower");
	x.fold = l->h->layer_index(l->h, "fold");
	x.lemma = l->h->layer_index(l->h, "lemma");
	for (size_t i = 0; i < l->m->atom_count; i++) {
		const char *name = l->m->slots[l->m->atoms[i].slot].name;
		x.watched[i] = l->m->atoms[i].kind == LEX_A_LITERAL && strcmp(name, "form") != 0 && strcmp(name, "lower") != 0 &&
		               strcmp(name, "base") != 0 && strcmp(name, "fold") != 0;
	}
	l->in->rewind(l->in->priv);
	while (!x.failed && l->in->next_form(l->in->priv, &f, &x.times)) {
		x.form = &f;
		lex_atoms_of(l->m, &f, false, mark_seen, &x);
		if ((++polls & 1023) == 0 && l->h->cancelled(l->h)) {
			st = AUR_E_CANCELLED;
			break;
		}
	}
	if (x.failed)
		st = lex_no_memory(l->h);
	if (x.count > 1)
		qsort(x.v, x.count, sizeof(*x.v), by_atom);
	for (size_t i = 0, n; st == AUR_OK && i < x.count; i += n) {
		for (n = 1; i + n < x.count && x.v[i + n].atom == x.v[i].atom;)
			n++;
		check_collision(&x, x.v + i, n);
	}
	if (st == AUR_OK && x.count > 0)
		st = check_misses(&x);
	free(x.v);
	free(x.watched);
	free(x.source);
	return st;
}
