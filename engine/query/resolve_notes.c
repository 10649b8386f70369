/* SPDX-License-Identifier: Apache-2.0 */
/* Notes on questions that most likely mean something else: habits from CQP, R and regular expressions, operators without capitals, values
 * of a field without its name. */
#include "config.h"
#include <stdio.h>
#include "base/intl.h"
#include "query/resolving.h"

/* Is it "double"?  In CQP that is a token, here a phrase of one word. */
static int one_quoted(const resolving *x, const node *n)
{
	return n->kind == N_TERM && !n->name.ptr && !n->name_op && n->text.len && n->text.len < 60 && x->p->s[n->at] == '"' &&
	       !memchr(n->text.ptr, ' ', n->text.len);
}

/* Is it a word or a phrase without a name or a sign before it? */
static int is_bare(const node *n)
{
	return (n->kind == N_TERM || n->kind == N_PHRASE) && !n->name.ptr && !n->name_op && !n->regex && n->text.len;
}

static int only_space(const resolving *x, size_t from, size_t to)
{
	while (from < to && x->p->s[from] == ' ')
		from++;
	return from == to;
}

/* Where a word or value that was read at n ends, behind its closing quotation mark; 0: it is not as it was typed. */
static size_t end_of(const resolving *x, const node *n)
{
	static const char *const close[] = {"\"", "\xC2\xBB", "\xE2\x80\x9D"};
	size_t at = (size_t)((uintptr_t)n->text.ptr - (uintptr_t)x->p->s) + n->text.len; /* may wrap where the text is a copy */
	if ((uintptr_t)n->text.ptr < (uintptr_t)x->p->s || at > x->p->n)
		return 0;
	for (unsigned i = 0; i < 3; i++)
		if (x->p->n - at >= strlen(close[i]) && !memcmp(x->p->s + at, close[i], strlen(close[i])))
			return at + strlen(close[i]);
	return at;
}

/* Where the value of « name:value » begins; 0: it is one of « name:( … ) ». */
static size_t value_at(const resolving *x, const node *n)
{
	size_t colon = n->at + n->name.len;
	return n->name.ptr && colon < x->p->n && x->p->s[colon] == ':' && !memcmp(x->p->s + n->at, n->name.ptr, n->name.len) ? colon + 1 : 0;
}

void q_pattern_note(resolving *x, const node *n)
{
	aur_str t = n->text;
	int pattern = 0;
	if (!t.len || t.len > 60 || memchr(t.ptr, ' ', t.len) || memchr(t.ptr, '/', t.len) || memchr(t.ptr, '\\', t.len))
		return;
	for (size_t i = 1; i < t.len; i++)
		pattern |= t.ptr[i - 1] == '.' && (t.ptr[i] == '*' || t.ptr[i] == '+');
	for (size_t i = 1; i + 1 < t.len; i++)
		pattern |= t.ptr[i] == '|';
	if (pattern)
		q_note(x, _("in « %.*s » a full stop and « | » are plain characters: a regular expression goes between slashes, /%.*s/"), (int)t.len, t.ptr,
		       (int)t.len, t.ptr);
}

/* A comparison with spaces: date >= 2025, date >=2025, role =elu. */
static void spaced_comparison(resolving *x, const node *a, const node *b, const node *c)
{
	if (!is_bare(a) || x->p->s[a->at] == '"' || !only_space(x, a->at + a->text.len, b->at) || !q_is_name(x, a->text))
		return;
	size_t end = end_of(x, b);
	aur_str op = {x->p->s + b->at, end > b->at ? end - b->at : 0};
	size_t n = q_operator(op);
	if (!n || op.len > 100)
		return;
	char value[200];
	snprintf(value, sizeof value, "%.*s", (int)op.len, op.ptr);
	if (n == op.len) { /* the value is the next word */
		if (!c || !is_bare(c) || c->text.len > 90 || !only_space(x, end, c->at))
			return;
		end = end_of(x, c);
		if (end <= c->at)
			return;
		snprintf(value, sizeof value, "%.*s%.*s", (int)op.len, op.ptr, (int)(end - c->at), x->p->s + c->at);
	}
	q_compared_note(x, a->at, end, a->text, aur_str_of(value));
}

/* bus []{0,3} dimanche, "bus" []{0,3} dimanche: bare words beside [] are no tokens. */
static void sequence_notes(resolving *x, const node *n)
{
	for (uint32_t i = 0; i + 1 < n->nkids; i++) {
		const node *a = n->kid[i], *b = n->kid[i + 1];
		const char *s = x->p->s;
		if (is_bare(a) && only_space(x, a->at + a->text.len, b->at) && s[b->at] == '[' && s[b->at + 1] == ']') {
			q_note(x, _("« %.*s » and [] may be anywhere in a contribution: in a sequence each word is in quotation marks, \"%.*s\" []"),
			       q_shown_len(a->text), a->text.ptr, q_shown_len(a->text), a->text.ptr);
			return;
		}
		if (!is_bare(b) || s[b->at] == '"')
			continue;
		size_t k = b->at; /* back over {0,3} to [] */
		while (k && s[k - 1] == ' ')
			k--;
		if (k == b->at)
			continue;
		while (k > a->at && strchr("{}0123456789,*+? ", s[k - 1]))
			k--;
		if (k > a->at + 1 && s[k - 1] == ']' && s[k - 2] == '[') {
			q_note(x, _("[] and « %.*s » may be anywhere in a contribution: in a sequence each word is in quotation marks, [] \"%.*s\""),
			       q_shown_len(b->text), b->text.ptr, q_shown_len(b->text), b->text.ptr);
			return;
		}
	}
}

/* territoire:Bassin de Lestaing, without quotation marks */
static void long_value(resolving *x, const node *n, uint32_t i)
{
	const node *a = n->kid[i];
	size_t from = a->kind == N_FIELD ? value_at(x, a) : 0, end = from ? end_of(x, a) : 0;
	for (uint32_t j = i + 1; end && j < n->nkids && j < i + 8; j++) {
		const node *b = n->kid[j];
		if (!is_bare(b) || x->p->s[b->at] == '"' || !only_space(x, end, b->at) || !(end = end_of(x, b)))
			return;
		aur_str t = {x->p->s + from, end - from};
		if (q_has_wild(t)) /* in quotation marks it would be no pattern */
			return;
		if (q_value_like(x, a->field, t, VALUE_SAME)) {
			q_note(x, _("the words after %.*s were searched for as words: a value with spaces goes in quotation marks, %.*s:\"%.*s\""),
			       (int)(from - a->at + a->text.len), x->p->s + a->at, (int)a->name.len, a->name.ptr, q_shown_len(t), t.ptr);
			return;
		}
	}
}

static int wants(const node *n, uint32_t v)
{
	return n->wanted == 1 ? v == n->one : n->values[v];
}

/* session:douai session:lens */
static void two_values(resolving *x, const node *n)
{
	for (uint32_t i = 0; i + 1 < n->nkids && n->nkids < 100; i++)
		for (uint32_t j = i + 1; j < n->nkids; j++) {
			const node *a = n->kid[i], *b = n->kid[j];
			if (a->kind != N_FIELD || b->kind != N_FIELD || a->field != b->field || !a->wanted || !b->wanted)
				continue;
			uint32_t v = 1;
			while (v <= a->nvalues && !(wants(a, v) && wants(b, v)))
				v++;
			if (v > a->nvalues) {
				aur_str name = aur_snapshot_field_name(x->s->env.s, a->field);
				q_note(x, _("no contribution has two values of %.*s at once: write OR between them"), (int)name.len, name.ptr);
				return;
			}
		}
}

/* Are all words of it in capitals, as in « PAS DE BUS »? */
static int in_capitals(const node *n)
{
	for (uint32_t i = 0; i < n->nkids; i++)
		for (size_t k = 0; is_bare(n->kid[i]) && k < n->kid[i]->text.len; k++)
			if (n->kid[i]->text.ptr[k] >= 'a' && n->kid[i]->text.ptr[k] <= 'z')
				return 0;
	return 1;
}

/* Operators of other programs, or of another language, in capitals: NON, NI, PRES/5, NEAR5, ADJ */
static void other_operators(resolving *x, const node *n)
{
	static const struct {
		const char *word, *is;
		int first; /* may it be the first of all? */
	} ops[] = {{"NON", "SAUF", 1}, {"PAS", "SAUF", 1}, {"NI", "SAUF", 1}, {"SANS", "SAUF", 1}, {"EXCEPT", "NOT", 0}, {"WITHOUT", "NOT", 0},
		   {"NEAR", "NEAR", 0}, {"PRES", "NEAR", 0}, {"PRÈS", "NEAR", 0}, {"PROCHE", "NEAR", 0}, {"ADJ", "NEAR", 0}, {"W", "NEAR", 0},
		   {"N", "NEAR", 0}, {"AVANT", "BEFORE", 0}, {"BEFORE", "BEFORE", 0}, {"SUIVI", "BEFORE", 0}};
	int capitals = in_capitals(n); /* then an operator that is a word of French is one of these */
	for (uint32_t i = 0; i + 1 < n->nkids; i++) {
		const node *k = n->kid[i];
		if (!is_bare(k) || x->p->s[k->at] == '"')
			continue;
		aur_str t = k->text, name = t;
		size_t digits = t.len;
		while (digits && t.ptr[digits - 1] >= '0' && t.ptr[digits - 1] <= '9')
			digits--;
		name.len = digits && digits < t.len && t.ptr[digits - 1] == '/' ? digits - 1 : digits;
		for (unsigned o = 0; o < sizeof ops / sizeof *ops; o++) {
			int near = !strcmp(ops[o].is, "NEAR") || !strcmp(ops[o].is, "BEFORE");
			/* « W » and « N » may be words, and « N2 » is a road */
			if (!same(name, ops[o].word) || (!i && !ops[o].first) || (!near && digits < t.len) || (name.len == 1 && name.len == digits))
				continue;
			if (capitals && digits == t.len && !same(name, "NON"))
				continue;
			q_note(x, _("« %.*s » was searched for as a word: the operator is %s%s%.*s"), q_shown_len(t), t.ptr, ops[o].is, digits < t.len ? "/" : "",
			       (int)(t.len - digits), t.ptr + digits);
		}
	}
}

void q_and_notes(resolving *x, const node *n)
{
	static const char *const op[][2] = {{"and", "AND"}, {"or", "OR"}, {"not", "NOT"}, {"et", "ET"}, {"ou", "OU"}, {"sauf", "SAUF"}};
	for (uint32_t i = 1; i + 1 < n->nkids; i++) {
		const node *k = n->kid[i];
		for (unsigned o = 0; o < 6; o++)
			if (k->kind == N_TERM && !k->name.ptr && !k->name_op && same(k->text, op[o][0]))
				q_note(x, _("« %s » was searched for as a word: write %s for the operator, in capitals"), op[o][0], op[o][1]);
	}
	for (uint32_t i = 0; i + 1 < n->nkids; i++) {
		const node *a = n->kid[i], *b = n->kid[i + 1];
		if (one_quoted(x, a) && one_quoted(x, b) && only_space(x, a->at + a->text.len + 2, b->at)) {
			q_note(x, _("« %.*s » and « %.*s » may be anywhere in a contribution: to find one right after the other write \"%.*s %.*s\", or [word=\"%.*s\"] [word=\"%.*s\"]"),
			       (int)a->text.len, a->text.ptr, (int)b->text.len, b->text.ptr, (int)a->text.len, a->text.ptr, (int)b->text.len, b->text.ptr,
			       (int)a->text.len, a->text.ptr, (int)b->text.len, b->text.ptr);
			break;
		}
	}
	for (uint32_t i = 0; i + 1 < n->nkids; i++) {
		spaced_comparison(x, n->kid[i], n->kid[i + 1], i + 2 < n->nkids ? n->kid[i + 2] : NULL);
		long_value(x, n, i);
	}
	sequence_notes(x, n);
	other_operators(x, n);
	two_values(x, n);
}

/* Does the query, or what is in parentheses, end at `at`, or go on with an operator? */
static int nothing_at(const resolving *x, size_t at)
{
	static const char *const op[] = {")", "-", "AND ", "OR ", "NOT ", "NEAR", "BEFORE", "ET ", "OU ", "SAUF "};
	while (at < x->p->n && x->p->s[at] == ' ')
		at++;
	int is = at == x->p->n;
	for (unsigned o = 0; o < sizeof op / sizeof *op && !is; o++)
		is = x->p->n - at >= strlen(op[o]) && !memcmp(x->p->s + at, op[o], strlen(op[o]));
	return is;
}

/* « bus NEAR 5 dossier »: NEAR stands before the word « 5 ».  In « billet NEAR 5 » there is no other that it may stand
 * before: somebody who wrote 5 is looked for. */
void q_near_note(resolving *x, const node *n)
{
	const node *b = n->kid[1];
	const char *name = n->ordered ? "BEFORE" : "NEAR";
	if (!is_bare(b) || b->text.len > 5 || strspn(x->p->s + b->at, "0123456789") < b->text.len)
		return;
	if (b->kind == N_TERM && q_written(x, b->set) && nothing_at(x, b->at + b->text.len))
		return;
	q_note(x, _("« %.*s » was searched for as a word: how far apart two things may be is written %s/%.*s"), (int)b->text.len, b->text.ptr, name, (int)b->text.len,
	       b->text.ptr);
}

/* The part of an alternative that stands at its end, or at its beginning. */
static const node *edge(const node *n, int end)
{
	while (n->kind == N_AND || (end && n->kind == N_NOT))
		n = n->kid[end ? n->nkids - 1 : 0];
	return n;
}

/* Might a word that follows OR be meant as another value of what stands before it? */
static int like_value(resolving *x, const node *a, const node *b)
{
	if (!is_bare(b) || b->text.len > 200 || memmem(b->text.ptr, b->text.len, "..", 2) || memchr(b->text.ptr, '@', b->text.len))
		return 0;
	if (a->kind == N_FIELD)
		return q_value_like(x, a->field, b->text, b->kind == N_TERM && !q_written(x, b->set) ? VALUE_NEAR : VALUE_SAME);
	if (a->kind == N_DOC)
		return aur_snapshot_find(x->s->env.s, b->text) != AUR_NONE;
	node theme = {.kind = N_PIECE, .at = b->at, .text = b->text};
	uint32_t notes = x->q->nnotes;
	int is = a->kind == N_THEME && !q_theme_node(x, &theme) && theme.nthemes;
	x->q->nnotes = notes;
	return is;
}

void q_or_notes(resolving *x, const node *n)
{
	for (uint32_t i = 0; i + 1 < n->nkids; i++) {
		const node *a = edge(n->kid[i], 1), *b;
		size_t from = a->kind == N_FIELD || a->kind == N_DOC || a->kind == N_THEME ? value_at(x, a) : 0, at = from ? end_of(x, a) : 0, end = 0;
		aur_str first = {0};
		if (!at || same(a->text, "*"))
			continue;
		for (uint32_t j = i + 1; j < n->nkids; j++) {
			b = edge(n->kid[j], 0);
			/* nothing but the operator stands between them */
			if (b->at <= at || memchr(x->p->s + at, '(', b->at - at) || memchr(x->p->s + at, ')', b->at - at) || !like_value(x, a, b))
				break;
			if (!first.len)
				for (first = b->text; first.len && first.ptr[0] == ' '; first.len--) /* « Vallée » */
					first.ptr++;
			while (first.len && first.ptr[first.len - 1] == ' ')
				first.len--;
			at = end = end_of(x, b);
			if (!end || b != n->kid[j])
				break;
		}
		if (!end)
			continue;
		int minus = a->at && x->p->s[a->at - 1] == '-';
		q_note(x, _("« %.*s » was searched for as a word: for several values of %.*s write %s%.*s:(%.*s)"), q_shown_len(first), first.ptr,
		       (int)a->name.len, a->name.ptr, minus ? "-" : "", (int)a->name.len, a->name.ptr, (int)(end - from), x->p->s + from);
	}
}
