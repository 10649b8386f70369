/* SPDX-License-Identifier: Apache-2.0 */
/* The engine against a naive scan: thousands of random questions, made of every operator, to random corpora of invented words; the same
 * contributions, occurrences, ranks and tables.  The scan reads tokens as strings and shares no code with the engine.
 *
 *     test_query_random [SEED [QUESTIONS]] */
#include "config.h"
#include "suite.h"
#include <check.h>
#include <locale.h>
#include <math.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "query/counts.h"
#include "query/kwic.h"
#include "text/fold.h"
#include "query_corpus.h"

/* ---- random ------------------------------------------------------------------------------------ */
static uint64_t state = 1;
static uint32_t rnd(uint32_t n)
{
	state += 0x9E3779B97F4A7C15ull;
	uint64_t z = state;
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
	z ^= z >> 31;
	return (uint32_t)(z % n);
}

static const char *const vocabulary[] = {
	"de", "de", "la", "De", "de", "la", "pas", "pas", ",", ".", "sanction", "sanctions", "Sanction", "sanctionne", "radié",
	"radiés", "RADIÉ", "radie", "bon", "Bon", "bons", "bonne", "retirer", "non", "l'", "écoute",
	"à", "a", "A", "!", "emploi", "emplois", "rsa", "RSA", "mobilité", "mobilite", "santion", "snaction", "d'"};
#define VOCABULARY (sizeof vocabulary / sizeof *vocabulary)
static const char *word(void)
{
	return vocabulary[rnd(VOCABULARY)];
}
static const char *plain_word(void)
{
	const char *w;
	do
		w = word();
	while (qc_punct(w) || strchr(w, '\''));
	return w;
}

/* ---- corpora ------------------------------------------------------------------------------------ */
#define DOCS 700
static qc_doc doc[DOCS];
static uint32_t ndocs;
static const char *const sessions[] = {"douai", "Lille", "avesnes sur", "Valenciennes"};
static const char *const dates[] = {"2025-04-22", "2025-04-30", "2025-05-06", "2025-06-30", "2025-07-01", "2024-12-31"};
static const char *const roles[] = {"", "", "allocataire", "Référent", "élue", "référent"};
static const char *const ages[] = {"", "9", "10", "25", "100", "7,5"};
static const char *const stances[] = {"keep", "improve", "get-rid"};
static const char *const themes[] = {"sanctions", "sanctions.radiation", "mobilite", "sanctionsx"};

static void doc_fill(qc_doc *d, const char *id)
{
	uint32_t len = rnd(10) ? 1 + rnd(QC_TOKENS - 1) : rnd(4);
	memset(d, 0, sizeof *d);
	strcpy(d->id, id);
	d->ntok = len;
	for (uint32_t i = 0; i < len; i++) {
		d->tok[i] = word();
		d->sentence_end[i] = i + 1 == len || !strcmp(d->tok[i], ".");
	}
	strcpy(d->value[0], sessions[rnd(4)]);
	strcpy(d->value[1], dates[rnd(6)]);
	strcpy(d->value[2], roles[rnd(6)]);
	strcpy(d->value[3], rnd(2) ? "oui" : "Non");
	strcpy(d->value[4], ages[rnd(6)]);
	strcpy(d->value[5], stances[rnd(3)]);
	while (len && d->nhits < QC_HITS && rnd(3) == 0) {
		qc_hit *h = &d->hit[d->nhits++];
		h->theme = themes[rnd(4)];
		h->first = rnd(len);
		h->last = h->first + rnd(len - h->first > 3 ? 3 : len - h->first);
		h->polarity = rnd(3);
	}
	for (uint32_t i = 1; i < d->nhits; i++) /* by first token */
		for (uint32_t j = i; j && d->hit[j].first < d->hit[j - 1].first; j--) {
			qc_hit t = d->hit[j];
			d->hit[j] = d->hit[j - 1];
			d->hit[j - 1] = t;
		}
}

static void corpus(const char *dir, uint32_t n, uint32_t replaced)
{
	char id[16];
	qc_writer *w = qc_open(dir);
	ndocs = 0;
	for (uint32_t i = 0; i < n; i++) {
		sprintf(id, "d%03u", i);
		doc_fill(&doc[ndocs], id);
		qc_add(w, &doc[ndocs]);
		doc[ndocs].no = ndocs;
		ndocs++;
		if (rnd(n) < 2)
			qc_commit(w);
	}
	qc_close(w);
	if (!replaced)
		return;
	w = qc_open(dir);
	for (uint32_t i = 0; i < replaced; i++) {
		uint32_t old = i * (n / replaced);
		doc_fill(&doc[ndocs], doc[old].id);
		doc[old].gone = 1;
		qc_add(w, &doc[ndocs]);
		doc[ndocs].no = ndocs;
		ndocs++;
	}
	qc_close(w);
}

/* ---- questions ---------------------------------------------------------------------------------- */
enum kind { ALL, AND, OR, NOT, WORD, PHRASE, NEAR, TOKENS, FIELD, THEME, ID };
enum wop { VALUE, EXACT, GLOB, REGEX, FUZZY, ANY };
typedef struct wq { /* a test of one token */
	enum wop op;
	int layer;
	char arg[64];
	unsigned k;
	char known[64]; /* by word of the vocabulary: 1 no, 2 yes */
} wq;
typedef struct tq tq;
struct tq { /* a test in [ ] */
	char op;   /* = & | ! */
	int layer; /* -1 form */
	int negated, ci, di, literal;
	char re[64];
	tq *a, *b;
	char known[64];
};
typedef struct sq sq;
struct sq { /* a sequence of tokens */
	char op; /* 1 . | { */
	tq *t;
	sq *kid[3];
	unsigned n, min, max;
};
typedef struct gq gq;
struct gq {
	enum kind kind;
	gq *kid[4];
	unsigned n, k;
	int ordered, sentence;
	wq w[6];
	sq *s;
	int field, how; /* FIELD: 0 exact, 1 folded, 2 any, 3 range */
	char lo[32], hi[32];
	int pol;
};

static char pool[1 << 20];
static size_t used;
static void *get(size_t n)
{
	void *p = pool + used;
	used += (n + 15) & ~(size_t)15;
	ck_assert_uint_le(used, sizeof pool);
	memset(p, 0, n);
	return p;
}
static char text[1 << 16];
static size_t len;
static void put(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static void put(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	len += (size_t)vsnprintf(text + len, sizeof text - len, fmt, ap);
	va_end(ap);
	ck_assert_uint_lt(len, sizeof text - 100);
}

static void a_glob(wq *w)
{
	static const char *const g[] = {"sanction*", "*ion", "*s", "s?nction", "r*d*", "Bo*", "?", "??", "*i*", "radié*", "xyz*", "b?n*"};
	w->op = GLOB;
	w->layer = QC_LOWER;
	strcpy(w->arg, g[rnd(12)]);
}
static const char *a_regex(void)
{
	static const char *const r[] = {"radi(é|e)s?", "s.*", "[ab].*", ".*(ion|oi)s?", "b.n+e?", "d.", "(sanction|bon)s", "x+", ".", "emplois?"};
	return r[rnd(10)];
}

/* One word, printed. */
static void a_word(wq *w, int in_phrase)
{
	memset(w, 0, sizeof *w);
	switch (rnd(14)) {
	case 11:
		w->op = REGEX;
		w->layer = (int)rnd(3);
		strcpy(w->arg, a_regex());
		put("%s:/%s/", qc_layer[w->layer], w->arg);
		return;
	case 12:
		w->op = FUZZY;
		w->layer = (int)rnd(3);
		w->k = 1 + rnd(2);
		strcpy(w->arg, plain_word());
		put("%s:%s~%u", qc_layer[w->layer], w->arg, w->k);
		return;
	case 13: /* a star that is one: nobody wrote it */
		w->op = VALUE;
		w->layer = QC_STEM;
		strcpy(w->arg, "bon*");
		put("bon\\*");
		return;
	case 0:
		w->op = VALUE;
		w->layer = QC_LOWER;
		strcpy(w->arg, plain_word());
		put("=%s", w->arg);
		return;
	case 1:
		w->op = EXACT;
		strcpy(w->arg, plain_word());
		put(rnd(2) ? "==%s" : "form:%s", w->arg);
		return;
	case 2:
		w->op = VALUE;
		w->layer = (int)rnd(3);
		strcpy(w->arg, plain_word());
		put("%s:%s", qc_layer[w->layer], w->arg);
		return;
	case 3:
		a_glob(w);
		if (in_phrase && !strcmp(w->arg, "?"))
			strcpy(w->arg, "??");
		put("%s", w->arg);
		return;
	case 4:
		a_glob(w);
		w->layer = QC_FOLD;
		strcpy(w->arg, rnd(2) ? "radi*" : "*bil?t*");
		put("fold:%s", w->arg);
		return;
	case 5:
		w->op = REGEX;
		w->layer = QC_LOWER;
		strcpy(w->arg, a_regex());
		put("/%s/", w->arg);
		return;
	case 6:
		w->op = FUZZY;
		w->layer = QC_FOLD;
		w->k = 1 + rnd(2);
		strcpy(w->arg, plain_word());
		put(w->k == 1 ? rnd(2) ? "%s~" : "%s~1" : "%s~2", w->arg);
		return;
	default:
		w->op = VALUE;
		w->layer = QC_STEM;
		strcpy(w->arg, plain_word());
		put("%s", w->arg);
	}
}

static tq *a_test(unsigned depth)
{
	tq *t = get(sizeof *t);
	if (depth && rnd(3) == 0) {
		t->op = "&|!"[rnd(3)];
		if (t->op == '!') {
			put("!(");
			t->a = a_test(depth - 1);
			put(")");
		} else {
			put("(");
			t->a = a_test(depth - 1);
			put(" %c ", t->op);
			t->b = a_test(depth - 1);
			put(")");
		}
		return t;
	}
	t->op = '=';
	t->layer = (int)rnd(4) - 1;
	t->negated = rnd(5) == 0;
	if (rnd(2)) {
		strcpy(t->re, plain_word());
		if (t->layer >= 0) {
			char v[128];
			qc_map(t->layer, t->re, v);
			strcpy(t->re, v);
		}
		t->literal = rnd(4) == 0;
	} else {
		strcpy(t->re, a_regex());
	}
	t->ci = rnd(5) == 0;
	t->di = rnd(5) == 0;
	const char *q = rnd(4) ? "\"" : "'";
	put("%s %s %s%s%s", t->layer < 0 ? rnd(2) ? "word" : "form" : qc_layer[t->layer], t->negated ? "!=" : "=", q, t->re, q);
	if (t->ci || t->di || t->literal)
		put("%%%s%s%s", t->ci ? "c" : "", t->di ? "d" : "", t->literal ? "l" : "");
	return t;
}

static sq *a_sequence(unsigned depth)
{
	sq *s = get(sizeof *s);
	unsigned what = depth ? rnd(6) : 0;
	if (what <= 2) {
		s->op = '1';
		if (rnd(6) == 0) {
			put(rnd(2) ? "x:" : "y2:");
		} else if (rnd(6) == 0) { /* "re"%c is [word="re"%c] */
			s->t = get(sizeof *s->t);
			s->t->op = '=';
			s->t->layer = -1;
			s->t->ci = 1;
			s->t->di = (int)rnd(2);
			strcpy(s->t->re, rnd(2) ? plain_word() : a_regex());
			put("\"%s\"%%%s", s->t->re, s->t->di ? "cd" : "c");
			goto repeated;
		}
		if (rnd(4) == 0) {
			put("[]");
		} else {
			put("[");
			s->t = a_test(2);
			put("]");
		}
	} else {
		s->op = what == 3 ? '|' : '.';
		s->n = 2 + rnd(2);
		put("(");
		for (unsigned i = 0; i < s->n; i++) {
			if (i)
				put(s->op == '|' ? " | " : " ");
			s->kid[i] = a_sequence(depth - 1);
		}
		put(")");
	}
repeated:
	if (rnd(3) == 0) {
		sq *r = get(sizeof *r);
		r->op = '{';
		r->kid[0] = s;
		switch (rnd(6)) {
		case 4:
			r->min = rnd(3);
			r->max = 99;
			put("{%u,}", r->min);
			break;
		case 0:
			r->max = 1;
			put("?");
			break;
		case 1:
			r->max = 99;
			put("*");
			break;
		case 2:
			r->min = 1;
			r->max = 99;
			put("+");
			break;
		case 3:
			r->min = r->max = rnd(3) + 1;
			put("{%u}", r->min);
			break;
		default:
			r->min = rnd(3);
			r->max = r->min + rnd(3);
			put("{%u,%u}", r->min, r->max);
		}
		return r;
	}
	return s;
}

static void a_phrase(gq *q)
{
	q->kind = PHRASE;
	if (rnd(8) == 0) { /* what the tokenizer takes apart */
		q->n = 2;
		for (int i = 0; i < 2; i++) {
			q->w[i].op = VALUE;
			q->w[i].layer = QC_STEM;
		}
		strcpy(q->w[0].arg, "l'");
		strcpy(q->w[1].arg, "écoute");
		put("l'écoute");
		return;
	}
	static const char *const marks[][2] = {{"\"", "\""}, {"\"", "\""}, {"« ", " »"}, {"“", "”"}};
	unsigned mark = rnd(4);
	if (rnd(6) == 0) { /* all of it on one layer */
		int layer = (int)rnd(5) - 2;
		q->n = 2 + rnd(2);
		put(layer == -2 ? "==" : layer == -1 ? "=" : "%s:", layer < 0 ? "" : qc_layer[layer]);
		put("%s", marks[mark][0]);
		for (unsigned i = 0; i < q->n; i++) {
			q->w[i].op = layer == -2 ? EXACT : VALUE;
			q->w[i].layer = layer < 0 ? QC_LOWER : layer;
			strcpy(q->w[i].arg, plain_word());
			put("%s%s", i ? " " : "", q->w[i].arg);
		}
		put("%s", marks[mark][1]);
		return;
	}
	q->n = 2 + rnd(3);
	put("%s", marks[mark][0]);
	for (unsigned i = 0; i < q->n; i++) {
		if (i)
			put(" ");
		if (i && i + 1 < q->n && rnd(4) == 0) {
			q->w[i].op = ANY;
			put("_");
		} else if (rnd(6) == 0) {
			q->w[i].op = VALUE;
			q->w[i].layer = QC_STEM;
			strcpy(q->w[i].arg, ",");
			put(",");
		} else {
			a_word(&q->w[i], 1);
		}
	}
	put("%s", marks[mark][1]);
	if (rnd(4) == 0) {
		q->sentence = 1;
		put(rnd(2) ? " within s" : " within sentence");
	} else if (rnd(8) == 0) {
		put(" within contribution");
	}
}

static void a_theme(gq *q)
{
	q->kind = THEME;
	strcpy(q->lo, rnd(4) ? themes[rnd(4)] : rnd(2) ? "SANCTIONS" : "*ion*");
	q->pol = (int)rnd(6);
	put("theme:%s%s", q->lo, q->pol == 0 ? "@asserted" : q->pol == 1 ? "@negated" : q->pol == 2 ? "@conditional" : "");
}

static gq *a_spanning(unsigned depth)
{
	gq *q = get(sizeof *q);
	if (rnd(12) == 0) {
		a_theme(q);
		return q;
	}
	switch (depth ? rnd(7) : rnd(3)) {
	case 0:
		a_phrase(q);
		return q;
	case 4:
		q->kind = NEAR;
		q->n = 2;
		q->ordered = (int)rnd(2);
		q->k = 1 + rnd(6);
		put("(");
		q->kid[0] = a_spanning(depth - 1);
		if (q->k == 5 && rnd(2))
			put(" %s ", q->ordered ? "BEFORE" : "NEAR");
		else
			put(" %s/%u ", q->ordered ? "BEFORE" : "NEAR", q->k);
		q->kid[1] = a_spanning(depth - 1);
		if (text[len - 1] != ')' && q->kid[1]->sentence) {
			q->sentence = 1; /* what stands at its end belongs to all of it */
		} else if (rnd(4) == 0) {
			q->sentence = 1;
			if (q->kid[1]->kind == TOKENS)
				q->kid[1]->sentence = 1; /* they are what it stands after */
			put(" within s");
		}
		put(")");
		return q;
	case 5:
		q->kind = OR;
		q->n = 2 + rnd(2);
		put("(");
		for (unsigned i = 0; i < q->n; i++) {
			if (i)
				put(rnd(2) ? " OR " : " OU ");
			q->kid[i] = a_spanning(depth - 1);
		}
		put(")");
		return q;
	case 6:
		q->kind = TOKENS;
		if (rnd(4)) {
			q->s = a_sequence(2);
		} else { /* at the top there may be several */
			q->s = get(sizeof *q->s);
			q->s->op = '.';
			q->s->n = 2;
			q->s->kid[0] = a_sequence(1);
			put(" ");
			q->s->kid[1] = a_sequence(1);
		}
		if (rnd(4) == 0) {
			q->sentence = 1;
			put(" within s");
		}
		return q;
	default:
		q->kind = WORD;
		a_word(&q->w[0], 0);
		return q;
	}
}

/* name:( … ): several values, with operators between them. */
static gq *a_value(int field, unsigned depth)
{
	static const char *const v[] = {"referent", "ELUE", "allocataire", "Oui", "non", "keep", "improve", "inconnu", "douai", "LILLE", "r*nt", "*e", "9", "?0"};
	gq *q = get(sizeof *q);
	if (depth && rnd(2)) {
		q->kind = rnd(3) ? OR : rnd(2) ? AND : NOT;
		q->n = q->kind == NOT ? 1 : 2 + rnd(2);
		put(q->kind == NOT ? rnd(2) ? "NOT (" : "-(" : "(");
		for (unsigned i = 0; i < q->n; i++) {
			if (i)
				put(q->kind == OR ? rnd(2) ? " OR " : " OU " : rnd(2) ? " AND " : " ");
			q->kid[i] = a_value(field, depth - 1);
		}
		put(")");
		return q;
	}
	q->kind = FIELD;
	q->field = field;
	q->how = 5;
	strcpy(q->lo, v[rnd(14)]);
	put("%s", q->lo);
	return q;
}

static void a_field(gq *q)
{
	if (rnd(4) == 0) {
		int field = (int)rnd(QC_FIELDS);
		put("%s:(", qc_field[field]);
		*q = *a_value(field, 2);
		put(")");
		return;
	}
	q->kind = FIELD;
	q->field = (int)rnd(QC_FIELDS);
	const char *name = qc_field[q->field];
	if (q->field == 0) {
		strcpy(q->lo, sessions[rnd(4)]);
		if (strchr(q->lo, ' ') || rnd(2)) {
			put("session:\"%s\"", q->lo);
		} else {
			q->how = 1;
			put("SESSION:%s", strcmp(q->lo, "douai") ? "LILLE" : "Douaï");
			strcpy(q->lo, strcmp(q->lo, "douai") ? "lille" : "douai");
		}
	} else if (q->field == 1 && rnd(4) == 0) { /* a year, a month, a day */
		static const unsigned parts[] = {4, 7, 10};
		q->how = 6;
		strncpy(q->lo, dates[rnd(6)], parts[rnd(3)]);
		put("date:%s", q->lo);
	} else if (q->field == 1) {
		q->how = 3;
		if (rnd(4))
			strncpy(q->lo, dates[rnd(6)], rnd(2) ? 7 : 10);
		if (!*q->lo || rnd(4))
			strncpy(q->hi, dates[rnd(6)], rnd(2) ? 7 : 10);
		if (*q->lo && *q->hi && strcmp(q->lo, q->hi) > 0) {
			char t[32];
			strcpy(t, q->lo);
			strcpy(q->lo, q->hi);
			strcpy(q->hi, t);
		}
		put("date:%s..%s", q->lo, q->hi);
	} else if (q->field == 4) {
		unsigned a = rnd(30), b = a + rnd(90);
		q->how = 4;
		sprintf(q->lo, "%u", a);
		sprintf(q->hi, "%u", b);
		put("age:%u..%u", a, b);
	} else {
		q->how = rnd(3) ? 1 : 2;
		if (q->how == 2) {
			put("%s:*", name);
		} else {
			static const char *const v[] = {"referent", "elue", "allocataire", "oui", "non", "keep", "improve", "inconnu"};
			strcpy(q->lo, v[rnd(8)]);
			put("%s:%s", name, q->lo);
		}
	}
}

static gq *a_question(unsigned depth)
{
	gq *q = get(sizeof *q);
	switch (depth ? rnd(12) : 4 + rnd(8)) {
	case 0:
	case 1:
		q->kind = AND;
		q->n = 2 + rnd(3);
		put("(");
		for (unsigned i = 0; i < q->n; i++) {
			size_t at = len;
			if (i)
				put("%s", rnd(2) ? " AND " : "  ET ");
			q->kid[i] = a_question(depth - 1);
			/* between words it may be left out */
			if (i && rnd(2) && strchr("abcdefghijklmnopqrstuvwxyz", text[at - 1]) &&
			    strchr("=-abcdefghijklmnopqrstuvwxyz", text[at + 5]) && text[at + 6] != ':' && text[at + 6] != '[')
				memset(text + at, ' ', 5);
		}
		put(")");
		return q;
	case 2:
		q->kind = OR;
		q->n = 2 + rnd(3);
		put("(");
		for (unsigned i = 0; i < q->n; i++) {
			if (i)
				put(rnd(2) ? " OR " : " OU ");
			q->kid[i] = a_question(depth - 1);
		}
		put(")");
		return q;
	case 3: {
		static const char *const not[] = {"NOT ", "SAUF ", "-"};
		q->kind = NOT;
		q->n = 1;
		put("%s", not[rnd(3)]);
		q->kid[0] = a_question(depth - 1);
		return q;
	}
	case 4:
		a_field(q);
		return q;
	case 5:
		a_theme(q);
		return q;
	case 6:
		if (rnd(3)) {
			used -= (sizeof *q + 15) & ~(size_t)15;
			return a_spanning(depth);
		}
		if (rnd(2)) {
			q->kind = ID;
			sprintf(q->lo, "d%03u", rnd(120));
			put("id:%s", q->lo);
		} else {
			put("*");
		}
		return q;
	default:
		used -= (sizeof *q + 15) & ~(size_t)15;
		return a_spanning(depth < 2 ? depth : 2);
	}
}

/* ---- the naive scan ------------------------------------------------------------------------------ */
static const char *bare(const char *s, char *out)
{
	char *o = out;
	for (; *s; s++) {
		static const char from[] = "\x89\xA9\x80\xA0\x87\xA7\x88\xA8\xAF", to[] = "EeAaCcEei";
		const char *k = *s == '\xC3' ? strchr(from, s[1]) : NULL;
		if (k) {
			*o++ = to[k - from];
			s++;
		} else {
			*o++ = *s;
		}
	}
	*o = 0;
	return out;
}
static void folded(const char *s, char *out)
{
	bare(s, out);
	for (; *out; out++)
		if (*out >= 'A' && *out <= 'Z')
			*out = (char)(*out | 32);
}
static const char *next_char(const char *s)
{
	for (s++; (*s & 0xC0) == 0x80; s++)
		;
	return s;
}
static int glob(const char *p, const char *t)
{
	if (!*p)
		return !*t;
	if (*p == '*')
		return glob(p + 1, t) || (*t && glob(p, next_char(t)));
	if (!*t)
		return 0;
	if (*p == '?')
		return glob(p + 1, next_char(t));
	return *p == *t && glob(p + 1, t + 1);
}
static int matches(const char *re, int ci, const char *t)
{
	static struct {
		char re[64];
		int ci;
		regex_t r;
	} cache[1024];
	static unsigned n;
	unsigned i;
	for (i = 0; i < n && (cache[i].ci != ci || strcmp(cache[i].re, re)); i++)
		;
	if (i == n) {
		char full[80];
		ck_assert_uint_lt(n, 1024);
		snprintf(full, sizeof full, "^(%s)$", re);
		strcpy(cache[n].re, re);
		cache[n].ci = ci;
		ck_assert_int_eq(regcomp(&cache[n++].r, full, REG_EXTENDED | REG_NOSUB | (ci ? REG_ICASE : 0)), 0);
	}
	return !regexec(&cache[i].r, t, 0, NULL, 0);
}
static unsigned characters(const char *s, int *out)
{
	unsigned n = 0;
	for (; *s; s++)
		if ((*s & 0xC0) == 0x80)
			out[n - 1] = out[n - 1] * 256 + (unsigned char)*s;
		else
			out[n++] = (unsigned char)*s;
	return n;
}
static unsigned edits(const char *s, const char *t)
{
	int a[80], b[80];
	unsigned d[80][80], na = characters(s, a), nb = characters(t, b);
	for (unsigned i = 0; i <= na; i++)
		for (unsigned j = 0; j <= nb; j++) {
			unsigned v = !i ? j : !j ? i : d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
			if (i && d[i - 1][j] + 1 < v)
				v = d[i - 1][j] + 1;
			if (j && d[i][j - 1] + 1 < v)
				v = d[i][j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && d[i - 2][j - 2] + 1 < v)
				v = d[i - 2][j - 2] + 1;
			d[i][j] = v;
		}
	return d[na][nb];
}

static int word_test(const wq *w, const char *tok)
{
	char a[128], b[128];
	if (w->op == ANY)
		return 1;
	if (w->op == EXACT)
		return !strcmp(w->arg, tok);
	qc_map(w->layer, tok, b);
	if (w->op == GLOB) {
		qc_map(w->layer == QC_FOLD ? QC_FOLD : QC_LOWER, w->arg, a);
		return glob(a, b);
	}
	if (w->op == REGEX)
		return matches(w->arg, 0, b);
	qc_map(w->layer, w->arg, a);
	return w->op == FUZZY ? !qc_punct(tok) && edits(a, b) <= w->k : !strcmp(a, b);
}

static int test_is(tq *t, const char *tok);
static int test_test(const tq *t, const char *tok)
{
	char v[128], s[128], re[128];
	if (t->op == '&')
		return test_is(t->a, tok) && test_is(t->b, tok);
	if (t->op == '|')
		return test_is(t->a, tok) || test_is(t->b, tok);
	if (t->op == '!')
		return !test_is(t->a, tok);
	if (t->layer < 0)
		strcpy(v, tok);
	else
		qc_map(t->layer, tok, v);
	strcpy(s, v);
	strcpy(re, t->re);
	if (t->di) {
		bare(v, s);
		bare(t->re, re);
	}
	/* patterns on the layer of small letters know no capitals anyway */
	return matches(re, t->ci, s) != t->negated;
}

static unsigned index_of(const char *tok)
{
	unsigned i = 0;
	while (vocabulary[i] != tok)
		i++;
	return i;
}
static int word_is(wq *w, const char *tok)
{
	char *k = &w->known[index_of(tok)];
	if (!*k)
		*k = word_test(w, tok) ? 2 : 1;
	return *k == 2;
}
static int test_is(tq *t, const char *tok)
{
	if (!t)
		return 1;
	char *k = &t->known[index_of(tok)];
	if (!*k)
		*k = test_test(t, tok) ? 2 : 1;
	return *k == 2;
}

/* Where a sequence may end, from any of the starts: bits of positions. */
static uint64_t ends(const sq *s, const qc_doc *d, uint64_t from)
{
	uint64_t to = 0;
	switch (s->op) {
	case '1':
		for (uint32_t i = 0; i < d->ntok; i++)
			if (from >> i & 1 && test_is(s->t, d->tok[i]))
				to |= (uint64_t)2 << i;
		return to;
	case '.':
		for (unsigned i = 0; i < s->n; i++)
			from = ends(s->kid[i], d, from);
		return from;
	case '|':
		for (unsigned i = 0; i < s->n; i++)
			to |= ends(s->kid[i], d, from);
		return to;
	default:
		for (unsigned k = 0; from && k <= s->max; k++) {
			if (k >= s->min) {
				if (!(from & ~to))
					break;
				to |= from;
			}
			from = ends(s->kid[0], d, from);
		}
		return to;
	}
}

typedef struct spans {
	aur_span v[4000];
	unsigned n;
} spans;
static void span(spans *l, uint32_t first, uint32_t last)
{
	for (unsigned i = 0; i < l->n; i++)
		if (l->v[i].first == first && l->v[i].last == last)
			return;
	ck_assert_uint_lt(l->n, 4000);
	l->v[l->n++] = (aur_span){first, last};
}
static int crosses(const qc_doc *d, uint32_t a, uint32_t z)
{
	for (; a < z; a++)
		if (d->sentence_end[a])
			return 1;
	return 0;
}

static void find(gq *q, const qc_doc *d, spans *out)
{
	static spans depth[8][2];
	static unsigned level;
	uint32_t n = d->ntok;
	switch (q->kind) {
	case WORD:
		for (uint32_t i = 0; i < n; i++)
			if (word_is(&q->w[0], d->tok[i]))
				span(out, i, i);
		return;
	case PHRASE:
		for (uint32_t i = 0; i + q->n <= n; i++) {
			unsigned k = 0;
			while (k < q->n && word_is(&q->w[k], d->tok[i + k]))
				k++;
			if (k == q->n && !(q->sentence && crosses(d, i, i + k - 1)))
				span(out, i, i + k - 1);
		}
		return;
	case OR:
		for (unsigned i = 0; i < q->n; i++)
			find(q->kid[i], d, out);
		return;
	case THEME: {
		size_t m = strlen(q->lo);
		for (uint32_t i = 0; i < d->nhits; i++)
			if ((*q->lo == '*' ? strstr(d->hit[i].theme, "ion") != NULL :
			     !strncasecmp(d->hit[i].theme, q->lo, m) && strchr(".", d->hit[i].theme[m])) &&
			    (q->pol > 2 || (int)d->hit[i].polarity == q->pol))
				span(out, d->hit[i].first, d->hit[i].last);
		return;
	}
	case NEAR: {
		spans *a = &depth[level][0], *b = &depth[level][1];
		level++;
		a->n = b->n = 0;
		find(q->kid[0], d, a);
		find(q->kid[1], d, b);
		level--;
		for (uint32_t i = 0; i < n; i++) {
			uint32_t best = AUR_NONE;
			for (unsigned x = 0; x < a->n; x++)
				for (unsigned y = 0; y < b->n; y++) {
					aur_span s = a->v[x], t = b->v[y];
					if (s.first == i && t.first > s.last && t.first - s.last <= q->k && t.last < best)
						best = t.last;
					if (!q->ordered && t.first == i && s.first > t.last && s.first - t.last <= q->k && s.last < best)
						best = s.last;
				}
			if (best != AUR_NONE && !(q->sentence && crosses(d, i, best)))
				span(out, i, best);
		}
		return;
	}
	case TOKENS: {
		uint64_t ended = 0;
		for (uint32_t i = 0; i < n; i++) {
			uint64_t e = ends(q->s, d, (uint64_t)1 << i) & ~((uint64_t)1 << i);
			if (!e)
				continue;
			uint32_t last = (uint32_t)__builtin_ctzll(e) - 1;
			if (q->sentence && crosses(d, i, last))
				continue;
			if (!(ended >> last & 1)) /* the earliest start */
				span(out, i, last);
			ended |= (uint64_t)1 << last;
		}
		return;
	}
	default:
		return;
	}
}

static int number(const char *s, double *v)
{
	char b[32], *e;
	strcpy(b, s);
	if (strchr(b, ','))
		*strchr(b, ',') = '.';
	*v = strtod(b, &e);
	return *b && !*e;
}

static int has(gq *q, const qc_doc *d)
{
	static spans l;
	char f[64], g[64];
	switch (q->kind) {
	case ALL:
		return 1;
	case AND:
		for (unsigned i = 0; i < q->n; i++)
			if (!has(q->kid[i], d))
				return 0;
		return 1;
	case OR:
		for (unsigned i = 0; i < q->n; i++)
			if (has(q->kid[i], d))
				return 1;
		return 0;
	case NOT:
		return !has(q->kid[0], d);
	case ID:
		return !strcmp(q->lo, d->id);
	case FIELD: {
		const char *v = d->value[q->field];
		double x, a, b;
		if (!*v || q->how == 2)
			return *v != 0;
		if (q->how == 3)
			return strcmp(v, q->lo) >= 0 && (!*q->hi || strcmp(v, q->hi) <= 0 || !strncmp(v, q->hi, strlen(q->hi)));
		if (q->how == 6)
			return !strncmp(v, q->lo, strlen(q->lo));
		if (q->how == 4)
			return number(v, &x) && number(q->lo, &a) && number(q->hi, &b) && x >= a && x <= b;
		if (q->how == 0)
			return !strcmp(v, q->lo);
		folded(v, f);
		folded(q->lo, g);
		return glob(g, f);
	}
	default:
		l.n = 0;
		find(q, d, &l);
		return l.n > 0;
	}
}

/* The positive parts that match words, in order. */
static gq *leaf[64];
static unsigned nleaves;
static void leaves(gq *q, int positive)
{
	if (q->kind == NOT)
		leaves(q->kid[0], !positive);
	else if (q->kind == AND || q->kind == OR)
		for (unsigned i = 0; i < q->n; i++)
			leaves(q->kid[i], positive);
	else if (positive && (q->kind == WORD || q->kind == PHRASE || q->kind == NEAR || q->kind == TOKENS || q->kind == THEME))
		leaf[nleaves++] = q;
}

static int by_span(const void *a, const void *b)
{
	const aur_span *x = a, *y = b;
	return x->first != y->first ? x->first < y->first ? -1 : 1 : (x->last > y->last) - (x->last < y->last);
}
static unsigned words_of(const qc_doc *d)
{
	unsigned n = 0;
	for (uint32_t i = 0; i < d->ntok; i++)
		n += !qc_punct(d->tok[i]);
	return n;
}
static int down(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x < y) - (x > y);
}

/* ---- the comparison -------------------------------------------------------------------------------- */
static uint32_t want[DOCS];
static int value_cmp(aur_snapshot *s, uint32_t f, uint32_t a, uint32_t b) /* 0 last */
{
	if (!a || !b)
		return (a == 0) - (b == 0);
	aur_str x = aur_snapshot_value_text(s, f, a), y = aur_snapshot_value_text(s, f, b);
	aur_buf k[2] = {{0}, {0}};
	aur_text_sort_key(&k[0], x.ptr, x.len);
	aur_text_sort_key(&k[1], y.ptr, y.len);
	int c = aur_str_order((aur_str){aur_buf_cstr(&k[0]), k[0].n}, (aur_str){aur_buf_cstr(&k[1]), k[1].n});
	aur_buf_free(&k[0]);
	aur_buf_free(&k[1]);
	return c ? c : aur_str_order(x, y);
}

static aur_snapshot *snapshot;
static void compare_counts(aur_search *s, aur_query *q, uint32_t n)
{
	static spans l;
	uint32_t nf = 1 + rnd(2), f[2] = {rnd(QC_FIELDS), rnd(QC_FIELDS)}, no[2], in_use[2] = {0, 0};
	int occurrences = rnd(2) ? AUR_COUNT_OCCURRENCES : 0, all = rnd(2) ? AUR_COUNT_ALL : 0;
	aur_counts c;
	aur_error e;
	for (uint32_t i = 0; i < nf; i++)
		no[i] = aur_snapshot_field(snapshot, qc_field[f[i]], strlen(qc_field[f[i]]));
	ck_assert_msg(!aur_query_counts(s, q, (aur_by[]){{.field = no[0]}, {.field = nf == 2 ? no[1] : 0}}, nf, (unsigned)(occurrences | all), &c, &e), "%s", e.text);
	ck_assert_uint_eq(c.total.contributions, n);
	uint64_t sum = 0, sum_occ = 0, seen = 0;
	for (uint32_t i = 0; i < c.n; i++) {
		const aur_count_cell *x = &c.cell[i];
		uint64_t docs = 0, occ = 0, parts = 0, words = 0;
		aur_str v[2];
		for (uint32_t k = 0; k < nf; k++)
			v[k] = aur_snapshot_value_text(snapshot, no[k], x->part[k]);
		for (uint32_t d = 0, w = 0; d < ndocs; d++) {
			int in = !doc[d].gone;
			for (uint32_t k = 0; k < nf; k++)
				in = in && strlen(doc[d].value[f[k]]) == v[k].len && !memcmp(doc[d].value[f[k]], v[k].ptr, v[k].len);
			while (w < n && want[w] < d)
				w++;
			if (!in)
				continue;
			parts++;
			words += words_of(&doc[d]);
			if (w < n && want[w] == d) {
				docs++;
				l.n = 0;
				for (unsigned k = 0; k < nleaves; k++)
					find(leaf[k], &doc[d], &l);
				occ += l.n;
			}
		}
		ck_assert_msg(x->contributions == docs, "%s: row %u: %lu, should be %lu", text, i, (unsigned long)x->contributions, (unsigned long)docs);
		ck_assert_msg(!occurrences || x->occurrences == occ, "%s: row %u: %lu occurrences, should be %lu", text, i,
			      (unsigned long)x->occurrences, (unsigned long)occ);
		ck_assert_msg(!all || (x->all_contributions == parts && x->all_words == words), "%s: row %u: denominators", text, i);
		if (i) {
			const aur_count_cell *y = x - 1;
			int o = value_cmp(snapshot, no[0], y->part[0], x->part[0]);
			if (!o && nf == 2)
				o = value_cmp(snapshot, no[1], y->part[1], x->part[1]);
			ck_assert_msg(o < 0, "%s: order of rows", text);
		}
		sum += docs;
		sum_occ += occ;
		seen += parts;
	}
	ck_assert_uint_eq(sum, n);
	ck_assert(!occurrences || sum_occ == c.total.occurrences);
	if (all) { /* every pair of values in use has its row, and nobody is in two */
		ck_assert_uint_eq(seen, c.total.all_contributions);
		for (uint32_t k = 0; k < nf; k++) {
			char known[DOCS] = {0};
			for (uint32_t i = 0; i < c.n; i++) {
				in_use[k] += !known[c.cell[i].part[k]];
				known[c.cell[i].part[k]] = 1;
			}
		}
		ck_assert_uint_eq(c.n, nf == 2 ? in_use[0] * in_use[1] : in_use[0]);
	}
}

/* Sort keys, and what they are for an occurrence: the n-th word beside it, all of it, a field (one without it comes last). */
static const struct sort {
	const char *name;
	char kind;
	int step, n, field, down;
} sorts[] = {{"left", 'b', -1, 1, 0, 0}, {"-left", 'b', -1, 1, 0, 1}, {"left3", 'b', -1, 3, 0, 0}, {"right", 'b', 1, 1, 0, 0},
	     {"-right2", 'b', 1, 2, 0, 1}, {"form", 'f', 0, 0, 0, 0}, {"-form", 'f', 0, 0, 0, 1}, {"session", 'v', 0, 0, 0, 0},
	     {"-role", 'v', 0, 0, 2, 1}, {"@ne", 'v', 0, 0, 3, 0}};
static void sort_key(const struct sort *s, const qc_doc *d, uint32_t first, uint32_t last, char *out)
{
	int n = s->n;
	*out = 0;
	if (s->kind == 'v') {
		const char *v = *d->value[s->field] ? d->value[s->field] : "\xFF";
		aur_buf k = {0};
		aur_text_sort_key(&k, v, strlen(v));
		sprintf(out, "%s\x01%s", aur_buf_cstr(&k), v);
		aur_buf_free(&k);
	} else if (s->kind == 'f')
		for (uint32_t i = first; i <= last; i++, out += strlen(out)) {
			folded(d->tok[i], out);
			strcat(out, " ");
		}
	else
		for (int i = (int)(s->step < 0 ? first : last) + s->step; i >= 0 && i < (int)d->ntok && n; i += s->step)
			if (!qc_punct(d->tok[i]) && !--n)
				folded(d->tok[i], out);
}

struct lines {
	uint32_t n, most;
	aur_kwic_line v[3000];
};
static int line(void *ctx, const aur_kwic_line *x)
{
	struct lines *l = ctx;
	const qc_doc *d = &doc[x->doc];
	ck_assert(l->n < 3000);
	ck_assert(x->id.len == strlen(d->id) && !memcmp(x->id.ptr, d->id, x->id.len));
	ck_assert(x->node.ptr == x->text.ptr + x->start && x->node.len == x->end - x->start);
	ck_assert(x->left.ptr + x->left.len == x->node.ptr && x->right.ptr == x->node.ptr + x->node.len);
	ck_assert(aur_text_width(x->left.ptr, x->left.len) <= 20 && aur_text_width(x->right.ptr, x->right.len) <= 20);
	ck_assert(aur_text_width(x->left.ptr, x->left.len) == 20 || x->left.ptr == x->text.ptr);
	ck_assert(aur_text_width(x->right.ptr, x->right.len) == 20 || x->right.ptr + x->right.len == x->text.ptr + x->text.len);
	size_t a = strlen(d->tok[x->first]), z = strlen(d->tok[x->last]);
	ck_assert(!strncmp(x->node.ptr, d->tok[x->first], a) && !strncmp(x->node.ptr + x->node.len - z, d->tok[x->last], z));
	l->v[l->n++] = *x;
	return l->n < l->most;
}

static void compare_lines(aur_search *s, aur_query *q, uint32_t n, uint64_t occ)
{
	static spans l;
	static struct lines got;
	aur_error e;
	aur_kwic_want w = {.width = 20, .offset = rnd(20), .limit = 1 + rnd(2000), .total = 1};
	uint64_t total, at = 0;
	got.n = 0;
	got.most = 3000;
	ck_assert(!aur_query_kwic(s, q, &w, line, &got, &total, &e));
	ck_assert_msg(total == occ, "%s: %lu lines, should be %lu", text, (unsigned long)total, (unsigned long)occ);
	ck_assert_uint_eq(got.n, occ > w.offset ? occ - w.offset < w.limit ? occ - w.offset : w.limit : 0);
	for (uint32_t i = 0, k = 0; i < n && k < got.n; i++) {
		l.n = 0;
		for (unsigned x = 0; x < nleaves; x++)
			find(leaf[x], &doc[want[i]], &l);
		qsort(l.v, l.n, sizeof *l.v, by_span);
		for (unsigned x = 0; x < l.n && k < got.n; x++)
			if (at++ >= w.offset) {
				ck_assert_msg(got.v[k].doc == want[i] && got.v[k].first == l.v[x].first && got.v[k].last == l.v[x].last,
					      "%s: line %u", text, k);
				k++;
			}
	}
	if (occ > 3000)
		return;
	/* by one key, then another */
	const struct sort *by[2] = {&sorts[rnd(10)], &sorts[rnd(10)]};
	char name[40];
	snprintf(name, sizeof name, "%s,%s", by[0]->name, by[1]->name);
	w = (aur_kwic_want){.width = 20, .limit = UINT32_MAX, .sort = name};
	got.n = 0;
	ck_assert_msg(!aur_query_kwic(s, q, &w, line, &got, &total, &e), "%s: %s", name, e.text);
	ck_assert_uint_eq(got.n, occ);
	for (uint32_t i = 1; i < got.n; i++) {
		const aur_kwic_line *u = &got.v[i - 1], *v = &got.v[i];
		char k1[1000], k2[1000];
		int c = 0;
		for (int k = 0; k < 2 && !c; k++) {
			sort_key(by[k], &doc[u->doc], u->first, u->last, k1);
			sort_key(by[k], &doc[v->doc], v->first, v->last, k2);
			c = strcmp(k1, k2) * (by[k]->down ? -1 : 1);
		}
		if (!c)
			c = u->doc != v->doc ? u->doc < v->doc ? -1 : 1 : by_span(&(aur_span){u->first, u->last}, &(aur_span){v->first, v->last});
		ck_assert_msg(c < 0, "%s by %s: order of line %u", text, name, i);
	}
	/* samples: so many, of them, in order, the same for the same seed */
	static struct lines again;
	w = (aur_kwic_want){.width = 20, .limit = UINT32_MAX, .sample = 1 + rnd(10), .seed = 7};
	for (int i = 0; i < 2; i++) {
		struct lines *g = i ? &again : &got;
		g->n = 0;
		g->most = 3000;
		ck_assert(!aur_query_kwic(s, q, &w, line, g, &total, &e));
		ck_assert_uint_eq(g->n, occ < w.sample ? occ : w.sample);
	}
	for (uint32_t i = 0; i < got.n; i++)
		ck_assert(got.v[i].doc == again.v[i].doc && got.v[i].first == again.v[i].first && got.v[i].last == again.v[i].last);
}

/* The n contributions in want[] have been found: a page of them. */
static void compare_page(aur_search *s, aur_query *q, uint32_t n)
{
	aur_error e;
	aur_result r;
	aur_want w = {.offset = rnd(n), .limit = 1 + rnd(5)};
	ck_assert(!aur_query_run(s, q, &w, &r, &e));
	uint32_t most = n - w.offset < w.limit ? n - w.offset : w.limit;
	ck_assert_msg(r.n == most, "%s: page of %u, should be %u", text, r.n, most);
	for (uint32_t i = 0; i < r.n; i++)
		ck_assert_msg(r.doc[i] == want[w.offset + i], "%s: page", text);
}

static void compare_spans(aur_search *s, aur_query *q, uint32_t n)
{
	static spans l;
	aur_error e;
	for (int t = 0; t < 3 && n; t++) {
		uint32_t d = want[rnd(n)], m;
		const aur_span *v;
		l.n = 0;
		for (unsigned k = 0; k < nleaves; k++)
			find(leaf[k], &doc[d], &l);
		qsort(l.v, l.n, sizeof *l.v, by_span);
		ck_assert(!aur_query_spans(s, q, d, &v, &m, &e));
		for (uint32_t i = 0; i < m || i < l.n; i++)
			ck_assert_msg(i < m && i < l.n && v[i].first == l.v[i].first && v[i].last == l.v[i].last,
				      "%s\nspan %u of contribution %u: %d-%d, should be %d-%d", text, i, d, i < m ? (int)v[i].first : -1,
				      i < m ? (int)v[i].last : -1, i < l.n ? (int)l.v[i].first : -1, i < l.n ? (int)l.v[i].last : -1);
	}
}

/* BM25 of every contribution. */
static void scores(double score[DOCS])
{
	static spans l;
	double total = 0, words = 0;
	memset(score, 0, DOCS * sizeof *score);
	for (uint32_t i = 0; i < ndocs; i++)
		if (!doc[i].gone) {
			total++;
			words += words_of(&doc[i]);
		}
	for (unsigned k = 0; k < nleaves; k++) {
		static unsigned tf[DOCS];
		unsigned df = 0;
		if (leaf[k]->kind == THEME)
			continue;
		for (uint32_t i = 0; i < ndocs; i++) {
			l.n = 0;
			if (!doc[i].gone)
				find(leaf[k], &doc[i], &l);
			tf[i] = l.n;
			df += l.n > 0;
		}
		for (uint32_t i = 0; i < ndocs; i++) {
			double dl = words_of(&doc[i]);
			if (tf[i])
				score[i] += log(1 + (total - df + 0.5) / (df + 0.5)) * tf[i] * 2.2 /
					    (tf[i] + 1.2 * (0.25 + 0.75 * dl * total / words));
		}
	}
}

static void compare_ranks(aur_search *s, aur_query *q, uint32_t n)
{
	static double score[DOCS], sorted[DOCS];
	aur_error e;
	aur_result r;
	scores(score);
	for (uint32_t i = 0; i < n; i++)
		sorted[i] = score[want[i]];
	qsort(sorted, n, sizeof *sorted, down);
	aur_want w = {.order = AUR_ORDER_SCORE, .offset = rnd(4), .limit = 1 + rnd(12)};
	ck_assert(!aur_query_run(s, q, &w, &r, &e));
	uint32_t most = n > w.offset ? n - w.offset < w.limit ? n - w.offset : w.limit : 0;
	ck_assert_msg(r.n == most && r.contributions == n, "%s: best %u, should be %u", text, r.n, most);
	for (uint32_t i = 0; i < r.n; i++) {
		ck_assert_msg(fabs((double)r.score[i] - sorted[w.offset + i]) < 1e-4 && fabs(score[r.doc[i]] - (double)r.score[i]) < 1e-4,
			      "%s: rank %u contribution %u: %.6f, should be %.6f (its own is %.6f)", text, i, r.doc[i],
			      (double)r.score[i], sorted[w.offset + i], score[r.doc[i]]);
		/* of the same length, so that equal scores come from equal numbers, not from rounding */
		if (i && !(r.score[i] < r.score[i - 1] || r.score[i] > r.score[i - 1]) && words_of(&doc[r.doc[i]]) == words_of(&doc[r.doc[i - 1]]))
			ck_assert_msg(r.doc[i] > r.doc[i - 1] || fabs(score[r.doc[i]] - score[r.doc[i - 1]]) > 0, "%s: ties", text);
	}
}

static void compare(aur_search *s, gq *g)
{
	aur_error e = {0};
	aur_query *q;
	static spans l;
	uint32_t n = 0;
	uint64_t occ = 0;
	if (aur_query_parse(s, text, len, &q, &e)) {
		ck_abort_msg("refused: %s\ncolumn %u: %s", text, e.column, e.text);
		return;
	}
	nleaves = 0;
	leaves(g, 1);
	for (uint32_t i = 0; i < ndocs; i++)
		if (!doc[i].gone && has(g, &doc[i])) {
			l.n = 0;
			for (unsigned k = 0; k < nleaves; k++)
				find(leaf[k], &doc[i], &l);
			occ += l.n;
			want[n++] = i;
		}
	aur_want w = {.limit = UINT32_MAX, .total = 1, .occurrences = 1};
	aur_result r;
	ck_assert_msg(!aur_query_run(s, q, &w, &r, &e), "%s: %s", text, e.text);
	for (uint32_t i = 0; i < n || i < r.n; i++)
		ck_assert_msg(i < n && i < r.n && r.doc[i] == want[i], "%s\ncontribution %u: %d, should be %d", text, i,
			      i < r.n ? (int)r.doc[i] : -1, i < n ? (int)want[i] : -1);
	ck_assert_msg(r.contributions == n, "%s: %u", text, n);
	ck_assert_msg(r.occurrences == occ, "%s: %lu occurrences, should be %lu", text, (unsigned long)r.occurrences, (unsigned long)occ);
	/* counts alone take shorter ways */
	uint64_t cn, co;
	ck_assert(!aur_query_count(s, q, &cn, &co, &e));
	ck_assert_msg(cn == n && co == occ, "%s: count %lu, %lu", text, (unsigned long)cn, (unsigned long)co);
	ck_assert(!aur_query_count(s, q, &cn, NULL, &e));
	ck_assert_msg(cn == n, "%s: count %lu", text, (unsigned long)cn);
	if (n)
		compare_page(s, q, n);
	compare_spans(s, q, n);
	if (n && rnd(2))
		compare_ranks(s, q, n);
	if (rnd(3) == 0)
		compare_counts(s, q, n);
	if (nleaves && rnd(3) == 0)
		compare_lines(s, q, n, occ);
	aur_query_free(q);
}

static uint64_t seed = 20250422;
static unsigned questions = 1000;

static void run(uint32_t docs, uint32_t replaced, unsigned count)
{
	char *dir = qc_folder();
	aur_snapshot *snap;
	aur_error e;
	corpus(dir, docs, replaced);
	ck_assert_msg(!aur_snapshot_open(dir, &snap, &e), "%s", e.text);
	snapshot = snap;
	aur_query_env env = {.s = snap, .layer_value = qc_layer_value, .tokenize = qc_tokenize};
	aur_search *s = aur_search_new(&env);
	for (unsigned i = 0; i < count; i++) {
		used = len = 0;
		*text = 0;
		gq *g = a_question(3);
		compare(s, g);
	}
	aur_search_free(s);
	aur_snapshot_close(snap);
	qc_remove(dir);
}

START_TEST(small)
{
	state = seed;
	for (int i = 0; i < 6; i++)
		run(5 + rnd(40), (uint32_t)i % 3, questions / 10);
}
END_TEST

START_TEST(large)
{
	state = seed + 1;
	run(DOCS - 50, 0, questions / 4);
	run(DOCS - 50, 40, questions / 4);
}
END_TEST

int main(int argc, char **argv)
{
	if (argc > 1)
		seed = strtoull(argv[1], NULL, 10);
	if (argc > 2)
		questions = (unsigned)strtoul(argv[2], NULL, 10);
	if (!setlocale(LC_CTYPE, "C.UTF-8")) {
		puts("skipped: there is no locale C.UTF-8");
		return 77;
	}
	Suite *s = suite_create("questions against a naive scan");
	TCase *t = tcase_create("random");
	tcase_set_timeout(t, 0);
	tcase_add_test(t, small);
	tcase_add_test(t, large);
	suite_add_tcase(s, t);
	return suite_run(s);
}
