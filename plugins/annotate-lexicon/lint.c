/* SPDX-License-Identifier: Apache-2.0 */
/* lint.c - problems of well-formed entries: duplicate, shadowed or excluded (covers.c), with the same name (ids.c), impossible,
 * split by the tokenizer; and, with a corpus, those that find nothing, and stems that collide or miss (stems.c). */
#include "lint.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARTS = 8 }; /* of a word that the tokenizer cuts, at most, that are told */

/* ---- words that cannot be ---- */

static bool is_letter_layer(const char *name)
{
	return strcmp(name, "form") == 0 || strcmp(name, "lower") == 0 || strcmp(name, "base") == 0 || strcmp(name, "fold") == 0;
}

/* Writes the words that the tokenizer made as a pattern: characters with a meaning there after a backslash. */
static void put_parts(char *buf, size_t size, const aur_str *forms, uint32_t n)
{
	size_t k = 0;
	for (uint32_t i = 0; i < n && k + 130 < size; i++) {
		if (i > 0)
			buf[k++] = ' ';
		for (size_t j = 0; j < forms[i].len && j < 60; j++) {
			bool gap = j == 0 && forms[i].len > 1 && memcmp(forms[i].ptr, "..", 2) == 0;
			if (gap || (strchr("()[]|?*_#+@~\\:&", forms[i].ptr[j]) != NULL && forms[i].len == 1))
				buf[k++] = '\\';
			buf[k++] = forms[i].ptr[j];
		}
	}
	buf[k] = 0;
}

static bool is_full_stop(aur_str s)
{
	size_t i = 0;
	while (i < s.len && strchr(".!?:;,", s.ptr[i]) != NULL)
		i++;
	return i == s.len || (s.len == 3 && memcmp(s.ptr, "\xe2\x80\xa6", 3) == 0);
}

/* Removes what a word is found without: signs across which words touch, and punctuation at an edge of the pattern; returns how many forms
 * remain. */
static uint32_t without_signs(aur_str *forms, uint32_t n, bool begins, bool ends)
{
	uint32_t k = 0;
	for (uint32_t i = 0; i < n; i++)
		if (!lex_is_light_sign(forms[i].ptr, forms[i].len) && (k > 0 || !begins || !is_full_stop(forms[i])))
			forms[k++] = forms[i];
	while (k > 0 && ends && is_full_stop(forms[k - 1]))
		k--;
	return k;
}

/* Writes a word with these texts for its stars and numbers; NULL for a text: a star, a number sign. */
static bool fill_in(const lex_atom *a, const char *star, const char *number, char *buf, size_t size)
{
	size_t k = 0;
	bool before = a->kind == LEX_A_SUFFIX, behind = a->kind == LEX_A_PREFIX;
	if (a->len > 60)
		return false;
	for (uint32_t i = 0; i < a->len + before + behind; i++) {
		char c = (before && i == 0) || (behind && i == a->len) ? LEX_STAR : a->text[i - before];
		const char *put = c == LEX_STAR ? star : c == LEX_DIGITS ? number : NULL;
		size_t n = put != NULL ? strlen(put) : 1;
		if (k + n + 1 > size)
			return false;
		if (put != NULL)
			memcpy(buf + k, put, n);
		else
			buf[k] = c;
		k += n;
	}
	buf[k] = 0;
	return k > 0;
}

/* Warns if the tokenizer cuts a word with stars or numbers whatever is filled in. */
static void check_open_word(lint *l, const lex_atom *a, const lex_source *s)
{
	static const char *const stars[] = { "", "a", "er", "7" }, *const numbers[] = { "7", "30", "2025" };
	char text[512], shown[512], parts[600] = "";
	aur_str forms[4];
	if (memchr(a->text, '@', a->len) != NULL)
		return; /* samples of a few letters make no address */
	for (size_t i = 0; i < sizeof(stars) / sizeof(*stars); i++)
		for (size_t k = 0; k < sizeof(numbers) / sizeof(*numbers); k++) {
			if (!fill_in(a, stars[i], numbers[k], text, sizeof(text)))
				continue;
			uint32_t n = l->in->tokenize(l->in->priv, (aur_str){ text, strlen(text) }, forms, 4);
			if (n < 2)
				return;
			if (i == 1 && k == 0)
				put_parts(parts, sizeof(parts), forms, n < 4 ? n : 4);
		}
	if (parts[0] == 0 || !fill_in(a, "*", "#", shown, sizeof(shown)) || !fill_in(a, "a", "7", text, sizeof(text)))
		return;
	const char *point = strstr(shown, ".*");
	if (point != NULL)
		lint_tell(l, AUR_LOG_WARN, "tokenizer", s, _("« %s » is never one word to the tokenizer; for any letters write * alone, without a point: « %.*s%s »"),
		          shown, (int)(point - shown), shown, point + 1);
	else
		lint_tell(l, AUR_LOG_WARN, "tokenizer", s, _("« %s » is never one word to the tokenizer, which cuts « %s », for instance, into « %s »"), shown,
		          text, parts);
}

/* Does the tokenizer make this word, but only beside another: « l' » before « a », « -vous » behind « va »? */
static bool is_made_beside(const lint *l, const lex_atom *a)
{
	char text[512];
	aur_str forms[PARTS];
	int n = snprintf(text, sizeof(text), "%s%s%s", a->text[0] == '-' ? "va" : "", a->text, a->text[a->len - 1] == '\'' ? "a" : "");
	uint32_t k = n > 0 && (size_t)n < sizeof(text) ? l->in->tokenize(l->in->priv, (aur_str){ text, (size_t)n }, forms, PARTS) : 0;
	for (uint32_t i = 0; i < k && i < PARTS; i++)
		if (forms[i].len == a->len && memcmp(forms[i].ptr, a->text, a->len) == 0)
			return true;
	return false;
}

/* begins, ends: may the pattern begin with the word, or end? */
static void check_word(lint *l, const lex_atom *a, const lex_source *s, bool begins, bool ends)
{
	const lex_slot *slot = &l->m->slots[a->slot];
	aur_str forms[PARTS];
	if (a->kind != LEX_A_LITERAL && a->kind != LEX_A_FUZZY) {
		if (l->in->tokenize != NULL && is_letter_layer(slot->name) && a->len > 0 && a->text[0] != '-' && a->text[a->len - 1] != '\'')
			check_open_word(l, a, s);
		return;
	}
	if (slot->index < 0 && a->letter_case == LEX_CASE_UPPER && !lex_is_upper(a->text, a->len)) {
		lint_tell(l, AUR_LOG_WARN, "impossible", s, _("« %s » is compared as it is written, so case=\"upper\" can never hold: write it in capitals"),
		          a->text);
		return;
	}
	if (l->in->tokenize == NULL || !is_letter_layer(slot->name) || a->len == 0 ||
	    ((a->text[0] == '-' || a->text[a->len - 1] == '\'') && is_made_beside(l, a)))
		return;
	uint32_t n = l->in->tokenize(l->in->priv, (aur_str){ a->text, a->len }, forms, PARTS);
	if (n < 2)
		return;
	char parts[600];
	aur_str words[PARTS] = { 0 };
	if (n <= PARTS)
		memcpy(words, forms, n * sizeof(*words));
	uint32_t kept = n <= PARTS ? without_signs(words, n, begins, ends) : 0;
	if (kept > 0 && kept < n) {
		put_parts(parts, sizeof(parts), words, kept);
		lint_tell(l, AUR_LOG_WARN, "tokenizer", s, _("« %s » is never one word to the tokenizer: write « %s », without the sign, which finds it with the sign too"), a->text,
		          parts);
		return;
	}
	put_parts(parts, sizeof(parts), forms, n < PARTS ? n : PARTS);
	lint_tell(l, AUR_LOG_WARN, "tokenizer", s, _("« %s » is never one word to the tokenizer, which cuts it so: write « %s%s »"), a->text, parts,
	          n > PARTS ? " …" : "");
}

static void check_class_words(lint *l, uint32_t cls, const lex_source *s, bool begins, bool ends)
{
	const lex_class *c = &l->m->classes[cls];
	for (uint32_t i = 0; i < c->atom_count; i++)
		if (!l->seen[c->atoms[i]]) {
			l->seen[c->atoms[i]] = 1;
			check_word(l, &l->m->atoms[c->atoms[i]], s, begins, ends);
		}
}

static bool is_elided(const char *word)
{
	size_t n = strlen(word);
	return n > 0 && word[n - 1] == '\'';
}

/* Is « a b » one word to the tokenizer, as « 50 000 » is?  « l'eau » is two words in a pattern, and to the French
 * tokenizer. */
static bool is_joined(const lint *l, const lex_atom *a, const lex_atom *b)
{
	char text[512];
	aur_str forms[4];
	if (a->kind != LEX_A_LITERAL || b->kind != LEX_A_LITERAL || !is_letter_layer(l->m->slots[a->slot].name) ||
	    !is_letter_layer(l->m->slots[b->slot].name) || (size_t)a->len + b->len + 2 > sizeof(text))
		return false;
	int n = snprintf(text, sizeof(text), "%s%s%s", a->text, is_elided(a->text) ? "" : " ", b->text);
	return l->in->tokenize(l->in->priv, (aur_str){ text, (size_t)n }, forms, 4) == 1;
}

/* Warns of two adjacent words that the tokenizer always makes one, whatever their spellings. */
static void check_joined(lint *l, const lex_auto *a, const lex_source *s)
{
	for (uint32_t p = 0; p < a->count; p++)
		for (uint32_t e = a->fwd_at[p]; e < a->fwd_at[p + 1]; e++) {
			const lex_class *x = &l->m->classes[a->cls[p]], *y = &l->m->classes[a->cls[a->fwd[e].to]];
			bool joined = a->fwd[e].max == 0 && x->atom_count > 0 && y->atom_count > 0;
			for (uint32_t i = 0; i < x->atom_count && joined; i++)
				for (uint32_t k = 0; k < y->atom_count && joined; k++)
					joined = is_joined(l, &l->m->atoms[x->atoms[i]], &l->m->atoms[y->atoms[k]]);
			if (joined) {
				const char *one = l->m->atoms[x->atoms[0]].text, *two = l->m->atoms[y->atoms[0]].text;
				if (is_elided(one))
					lint_tell(l, AUR_LOG_WARN, "tokenizer", s, _("« %s%s » is one word to this tokenizer, and two in a pattern: write « *%s »"), one, two, two);
				else
					lint_tell(l, AUR_LOG_WARN, "tokenizer", s, _("« %s %s » is one word to the tokenizer, never two: write « %s\\ %s »"), one, two, one, two);
				return;
			}
		}
}

/* Reports a gap on the outer side of a context: most often the context was meant for the other end of the pattern. */
static void check_idle_gap(lint *l, const lex_context *c, const lex_source *s)
{
	if (c->where != LEX_SENTENCE)
		lint_tell(l, AUR_LOG_INFO, "idle-gap", s, _("a gap of %.200s points away from the pattern, and has no effect: before a pattern write [word ..2], after it [..2 word]"),
		          c->text);
	else
		lint_tell(l, AUR_LOG_INFO, "idle-gap", s, _("the gap at an end of %.200s has no effect, since the whole sentence is searched anyway: remove it"), c->text);
}

/* Reports a bracket with one ending: « logement(s) » is the same as « logements », and its author most likely means
 * both. */
static void check_endings(lint *l, const lex_source *s)
{
	const char *open = NULL, *word = s->text;
	for (const char *p = s->text; *p != 0; p++) {
		if (*p == '\\' && p[1] != 0) {
			p++;
		} else if (*p == '(') {
			open = p > s->text && strchr(" (|[!:", p[-1]) == NULL ? p : NULL;
		} else if (*p == '|' || *p == ' ') {
			open = NULL;
			word = p + 1;
		} else if (*p == ')') {
			const char *from = open;
			open = NULL; /* a bracket after it closes an outer one: (rdv|soin(s)?) */
			if (from == NULL || p == from + 1 || (p[1] != 0 && strchr(" )|]", p[1]) == NULL))
				continue;
			while (word < from && strchr("([!", *word) != NULL)
				word++;
			int depth = 0; /* (il|elle)(s): the word begins inside a bracket that ends before */
			for (const char *q = word; q < from && depth >= 0; q++)
				depth += (*q == '(') - (*q == ')');
			if (depth < 0)
				continue;
			int n = (int)(p + 1 - word);
			lint_tell(l, AUR_LOG_INFO, "ending", s, _("%.*s finds only that one ending: to find the word without it as well write %.*s?"), n, word, n, word);
		}
	}
}

/* Reports brackets around the last words, without a choice, « pas cher (du tout) »: most often these words may be missing. */
static void check_gloss(lint *l, const lex_source *s)
{
	const char *open = strchr(s->text, '(');
	if (open == NULL || open == s->text || open[-1] != ' ' || strpbrk(s->text, "|[*?\\_@+~#") != NULL || strstr(s->text, "..") != NULL ||
	    strchr(open + 1, '(') != NULL || strchr(open, ')') != s->text + s->len - 1)
		return; /* who uses other signs knows what brackets do */
	lint_tell(l, AUR_LOG_INFO, "ending", s, _("%s finds the same as without its brackets: if these words may be missing, write %s?"), open, open);
}

/* The length of a space at p, wide ones of editors included; 0: none. */
static size_t space_len(const char *p)
{
	if (*p == ' ' || *p == '\t' || *p == '\r')
		return 1;
	return strncmp(p, "\xc2\xa0", 2) == 0 ? 2 : strncmp(p, "\xe2\x80\xaf", 3) == 0 || strncmp(p, "\xe2\x80\x89", 3) == 0 ? 3 : 0;
}

/* Reports a sign beside words that is asked for although texts are read without it: most often it is a quotation mark or a bullet that came
 * along, or a slash that means « or ». */
static void check_signs(lint *l, const lex_source *s)
{
	const char *sign = NULL;
	size_t n = 0;
	bool words = false;
	for (const char *p = s->text; *p != 0;) {
		size_t k = 0, space = 0, escaped = *p == '\\';
		while (p[k] != 0 && (space = space_len(p + k)) == 0)
			k++;
		if (k > escaped && lex_is_light_sign(p + escaped, k - escaped) && (escaped || strchr("_*", *p) == NULL)) {
			n = sign == NULL ? k - escaped : n;
			sign = sign == NULL ? p + escaped : sign;
		} else {
			words |= k > 0;
		}
		p += k + space;
	}
	if (sign == NULL || !words)
		return;
	if (n == 1 && *sign == '/')
		lint_tell(l, AUR_LOG_INFO, "sign", s, _("« %.200s » is found only with its sign « / »: for either word write (one|other); for both, leave the sign out"), s->text);
	else
		lint_tell(l, AUR_LOG_INFO, "sign", s, _("« %.200s » is found only with its sign « %.*s »: leave it out to find the words with it and without"), s->text, (int)n, sign);
}

/* Reports a square bracket that touches a word: its author most likely knows regular expressions, and means letters. */
static void check_letters(lint *l, const lex_source *s)
{
	for (const char *p = s->text; *p != 0; p++) {
		if (*p == '\\' && p[1] != 0) {
			p++;
			continue;
		}
		const char *end = *p == '[' && p[1] != '!' ? strchr(p, ']') : NULL;
		if (end == NULL)
			continue;
		if ((p > s->text && strchr("] \t\r\xa0\xaf\x89", p[-1]) == NULL) || (end[1] != 0 && end[1] != '[' && space_len(end + 1) == 0)) {
			lint_tell(l, AUR_LOG_INFO, "letters", s, _("%.*s asks for a whole word beside the pattern: for a choice of letters write log(e|é)ment; if you mean the word, put a space between"),
			          (int)(end + 1 - p), p);
			return;
		}
		p = end;
	}
}

/* Reports a « ~ » that allows less than it says: short words, and words with stars, are not misspelt. */
static void check_tilde(lint *l, const lex_source *s)
{
	const char *word = s->text;
	for (const char *p = s->text; *p != 0; p++) {
		if (*p == '\\' && p[1] != 0) {
			p++;
			continue;
		}
		if (strchr(" \t(|[!:", *p) != NULL) {
			word = p + 1;
			continue;
		}
		size_t n = (size_t)(p - word), chars = lex_chars(word, n);
		if (*p != '~' || n == 0 || memchr(word, ')', n) != NULL || memchr(word, '\'', n) != NULL)
			continue; /* with endings it depends on which one; an elision is two words */
		if (chars < LEX_FUZZY_MIN || memchr(word, '*', n) != NULL || memchr(word, '#', n) != NULL)
			lint_tell(l, AUR_LOG_INFO, "tilde", s, _("%.*s~ finds no misspellings: a word that may be misspelt has %d letters or more, and no *; write the spellings out: (one|other)"),
			          (int)n, word, LEX_FUZZY_MIN);
		else if (p[1] == '2' && chars < LEX_FUZZY_MIN2)
			lint_tell(l, AUR_LOG_INFO, "tilde", s, _("%.*s~2 allows only one mistake, as %.*s~ does: a word that may have two has %d letters or more"), (int)n, word,
			          (int)n, word, LEX_FUZZY_MIN2);
	}
}

static void check_words(lint *l)
{
	for (size_t i = 0; i < l->m->pattern_count; i++) {
		const lex_pattern *p = &l->m->patterns[i];
		const lex_source *s = &l->m->sources[p->source];
		for (uint32_t k = 0; k < p->aut.count; k++)
			check_class_words(l, p->aut.cls[k], s, p->aut.is_start[k], p->aut.is_end[k]);
		for (uint32_t c = 0; c < p->context_count; c++)
			for (uint32_t k = 0; k < p->contexts[c].aut.count; k++)
				check_class_words(l, p->contexts[c].aut.cls[k], s, false, false);
		check_endings(l, s);
		check_gloss(l, s);
		check_signs(l, s);
		check_letters(l, s);
		check_tilde(l, s);
		for (uint32_t c = 0; c < p->context_count; c++)
			if (p->contexts[c].idle_gap)
				check_idle_gap(l, &p->contexts[c], s);
		for (uint32_t c = 0; l->in->tokenize != NULL && c <= p->context_count; c++)
			check_joined(l, c < p->context_count ? &p->contexts[c].aut : &p->aut, s);
	}
}

/* ---- thresholds ---- */

/* Reports a lexicon without an entry in use, or all of whose entries together do not weigh enough for its threshold; see lex_weigh. */
static void check_thresholds(lint *l)
{
	for (uint32_t f = 0; f < l->m->file_count; f++) {
		const lex_file *file = &l->m->files[f];
		double sum = 0, alone = 0;
		bool any = false;
		for (size_t i = 0; i < l->m->source_count; i++) {
			const lex_source *s = &l->m->sources[i];
			if (s->exclude || !s->active || l->m->themes[s->theme].file != f)
				continue;
			any = true;
			if (s->polarity != AUR_NEGATED)
				sum += (double)s->weight;
			else if ((double)s->weight > alone)
				alone = (double)s->weight;
		}
		const lex_theme *root = &l->m->themes[file->root];
		if (!any && l->m->fault_count == 0) /* a fault may be that of its entries */
			lint_tell_at(l, AUR_LOG_INFO, "empty", file->path, root->line, root->column, _("this lexicon has no entry in use: it can find nothing"));
		if (any && (sum > alone ? sum : alone) < file->threshold - 1e-4)
			lint_tell_at(l, AUR_LOG_WARN, "impossible", file->path, root->line, root->column,
			             _("the entries of this lexicon weigh %.4g together, and its threshold is %.4g: it can find nothing; lower the threshold or raise weights"),
			             sum > alone ? sum : alone, file->threshold);
	}
}

/* ---- dead entries ---- */

/* Can a match consist of words that the corpus has? */
static bool is_alive(const lint *l, const lex_auto *a)
{
	uint8_t reached[LEX_MAX_POSITIONS] = { 0 };
	for (uint32_t i = 0; i < a->start_count; i++)
		reached[a->starts[i].to] = l->class_seen[a->cls[a->starts[i].to]];
	/* one pass and one to see that nothing changes: edges lead to higher positions */
	for (bool changed = true; changed;) {
		changed = false;
		for (uint32_t p = 0; p < a->count; p++)
			for (uint32_t e = a->fwd_at[p]; reached[p] && e < a->fwd_at[p + 1]; e++) {
				uint32_t to = a->fwd[e].to;
				if (!reached[to] && l->class_seen[a->cls[to]])
					reached[to] = changed = true;
			}
	}
	for (uint32_t p = 0; p < a->count; p++)
		if (reached[p] && a->is_end[p])
			return true;
	return false;
}

static void check_dead(lint *l)
{
	for (size_t i = 0; i < l->m->pattern_count; i++) {
		const lex_pattern *p = &l->m->patterns[i];
		const lex_source *s = &l->m->sources[p->source];
		if (p->label == UINT32_MAX)
			continue;
		if (l->class_seen != NULL && !is_alive(l, &p->aut))
			lint_tell(l, AUR_LOG_INFO, "dead", s, _("« %.300s » cannot be found in this corpus, which lacks its words"), s->text);
		else if (l->in->label_hits != NULL && l->in->label_hits(l->in->priv, p->label) == 0)
			lint_tell(l, AUR_LOG_INFO, "dead", s, _("« %.300s » is never found in this corpus"), s->text);
	}
}

static aur_status run(const aur_host *h, void *model, const aur_lint_input *in, void (*found)(void *to, const aur_lint_finding *f),
                      void *to)
{
	const lex_model *m = model;
	lint l = { .h = h, .m = m, .in = in };
	aur_status st = AUR_OK;
	for (size_t i = 0; i < m->slot_count; i++)
		if (m->slots[i].index >= 0 && (uint32_t)m->slots[i].index >= l.layer_count)
			l.layer_count = (uint32_t)m->slots[i].index + 1;
	l.layers = calloc(l.layer_count + 1u, sizeof(*l.layers));
	l.seen = calloc(m->atom_count + 1, 1);
	if (l.layers == NULL || l.seen == NULL || !lint_covers(&l) || !lint_doubles(&l) || !lint_ids(&l)) {
		st = lex_no_memory(h);
		goto out;
	}
	for (size_t i = 0; i < m->fault_count; i++)
		lint_tell_at(&l, AUR_LOG_ERROR, "broken", m->faults[i].path, m->faults[i].line, m->faults[i].column, "%s", m->faults[i].message);
	check_words(&l);
	check_thresholds(&l);
	if (in->next_form != NULL && in->rewind != NULL) {
		l.class_seen = calloc(m->class_count + 1, 1);
		if (l.class_seen == NULL) {
			st = lex_no_memory(h);
			goto out;
		}
		if ((st = lint_forms(&l)) != AUR_OK)
			goto out;
	}
	check_dead(&l);
	if (!lint_hand_over(&l.findings, found, to))
		st = lex_no_memory(h);
out:
	free(l.layers);
	free(l.seen);
	free(l.class_seen);
	lint_findings_free(&l.findings);
	return st;
}

const aur_ext_lint_v1 lex_lint = { .size = sizeof(lex_lint), .lint = run };
