/* SPDX-License-Identifier: Apache-2.0 */
/* words.c - words that are more than letters: elisions, clitics, compounds.
 *
 * Follows the UD treebanks of French, except where the project's own list differs (l'on, quelqu'un, rendez-vous are one token).
 * Grammatical words are closed lists; whatever is not on them stays whole. */
#include "tok.h"
#include <string.h>

/* Scans on from p while characters belong to one word; adds TOK_MAKE_NFC to *flags where needed. */
static tok_ptr scan(tok_ptr p, tok_ptr e, unsigned *flags)
{
	while (p < e) {
		unsigned len, b = *p;
		enum tok_class c;
		if (b < 0x80) {
			c = (enum tok_class)tok_ascii[b];
			if (c != TOK_LETTER && c != TOK_DIGIT && b != '~' && !(b == '_' && tok_is_word(p + 1, e)))
				break;
			p++;
			continue;
		}
		c = tok_class_wide(p, &len);
		if (c != TOK_LETTER && c != TOK_EXTEND)
			break;
		if (b >= 0xCC || c == TOK_EXTEND) /* everything below U+0300 is NFC */
			*flags |= TOK_MAKE_NFC;
		p += len;
	}
	return p;
}

static unsigned apostrophe_flag(tok_ptr p)
{
	return *p == '\'' ? 0 : TOK_MAKE_APOS;
}

/* The key of the letters that start at p, and where they end. */
static tok_ptr key_at(tok_ptr p, tok_ptr e, char key[TOK_KEY])
{
	unsigned flags = 0;
	tok_ptr q = p;
	/* no further than a key can reach, so that looking ahead is cheap */
	tok_ptr bound = e - p > 4 * TOK_KEY ? p + 4 * TOK_KEY : e;
	while (bound < e && (*bound & 0xC0) == 0x80)
		bound--;
	q = scan(p, bound, &flags);
	if (q == bound && bound < e)
		key[0] = 0;
	else
		tok_key(p, q, key);
	return q;
}

/* The end of « est-à-dire » after the apostrophe of c'. */
static tok_ptr est_a_dire(tok_ptr p, tok_ptr e)
{
	static const char *const part[] = {"est", "a", "dire"};
	char key[TOK_KEY];
	for (unsigned i = 0; i < 3; i++) {
		unsigned len;
		if (i) {
			if (tok_class(p, e, &len) != TOK_HYPHEN)
				return NULL;
			p += len;
		}
		p = key_at(p, e, key);
		if (strcmp(key, part[i]))
			return NULL;
	}
	return p;
}

static bool ends_in_qu(const char *key)
{
	size_t n = strlen(key);
	return n >= 2 && !strcmp(key + n - 2, "qu");
}

static bool is_elision(const char *key)
{
	return key[0] && (key[1] ? ends_in_qu(key) : strchr("ldjmtscnykz", key[0]) != NULL);
}

/* Words that keep their elision: its first part starts at a, and what follows the apostrophe at r.  Returns the end of the word, or
 * NULL. */
static tok_ptr kept_elision(const struct tok *k, tok_ptr a, const char *key, tok_ptr r)
{
	char next[TOK_KEY];
	unsigned len;
	tok_ptr end;
	/* the first letters of the words on the lists: nearly every elision is rejected here */
	if (!key[1] &&
	    !strchr(key[0] == 'l'   ? "oO"
	            : key[0] == 'c' ? "eE"
	            : key[0] == 'd' ? "jJ"
	            : key[0] == 'm' ? "sSdDzZ"
	            : key[0] == 'n' ? "rR"
	                            : "",
	            *r) &&
	    !(*a < 'a' && (key[0] == 'n' || key[0] == 'm')))
		return NULL;
	end = key_at(r, k->e, next);
	switch (key[0]) {
	case 'c':
		return key[1] ? NULL : est_a_dire(r, k->e);
	case 'l':
		return !key[1] && !strcmp(next, "on") && tok_class(end, k->e, &len) != TOK_HYPHEN ? end : NULL;
	case 'm':
		if (!key[1] && listed(next, " sieur sieurs dame dames zelle "))
			return end;
		break;
	case 'd':
		return !key[1] && listed(next, " jeun jeune jeunes jeuns ") ? end : NULL;
	case 'n':
		if (!key[1] && !strcmp(next, "roll"))
			return end;
		break;
	case 'q':
	case 'k':
		return key[1] && strcmp(key, "qu") && ends_in_qu(key) && listed(next, " un une uns unes ") ? end : NULL;
	case 'p':
		return !strcmp(key, "presqu") && listed(next, " ile iles ") ? end : NULL;
	default:
		return NULL;
	}
	/* N'Djamena, M'Bappé: a capital consonant after n' or m' is a name */
	if (!key[1] && (key[0] == 'n' || key[0] == 'm') && *a < 'a' && *r >= 'B' && *r <= 'Z' &&
	    !strchr("AEIOUHY", *r) && tok_is_lower(r + 1, k->e))
		return end;
	return NULL;
}

/* Is there an opening quote right before the word, as in 'd'?  Then its last ' closes the quote. */
static bool is_quoted(const struct tok *k, tok_ptr a)
{
	return a > k->s && a[-1] == '\'' && (a - 1 == k->s || a[-2] <= ' ' || a[-2] == '(');
}

static bool all_capitals(tok_ptr a, tok_ptr b)
{
	for (; a < b; a++)
		if (*a < 'A' || *a > 'Z')
			return false;
	return true;
}

/* What becomes of the word [a,*q) at the character that follows it; seg: start of its last part. */
enum step {
	STEP_STOP, /* the word ends at *q */
	STEP_ON,   /* the word goes on at *q */
	STEP_DONE  /* tokens were given, up to *q */
};
static enum step at_apostrophe(struct tok *k, tok_ptr a, tok_ptr seg, tok_ptr *q, unsigned len, unsigned *flags)
{
	char key[TOK_KEY];
	tok_ptr r = *q + len, end;
	bool typed = **q != '`' && **q != 0xC2; /* ` and ´ are apostrophes only between letters */
	bool more = tok_is_letter(r, k->e);
	tok_key(seg, *q, key);
	if (is_elision(key) && (seg == a || !strcmp(key, "qu"))) {
		if (!more && (!typed || is_quoted(k, a)))
			return STEP_STOP;
		if (more && seg == a && (end = kept_elision(k, a, key, r)) != NULL) {
			*flags |= apostrophe_flag(*q);
			*q = scan(end, k->e, flags);
			return STEP_ON;
		}
		tok_emit(k, a, r, *flags | apostrophe_flag(*q) | (more ? 0 : tok_line_end(k, r)));
		*q = r;
		return STEP_DONE;
	}
	if (!more)
		return STEP_STOP;
	*flags |= apostrophe_flag(*q);
	*q = scan(r, k->e, flags);
	return STEP_ON;
}

/* ---- clitics ---- */

static const char CLITICS[] = " je tu il elle on nous vous ils elles ce moi toi lui leur le la les y en ci ";

static bool takes_no_clitic(tok_ptr a, tok_ptr q, const char *clitic)
{
	char base[TOK_KEY];
	tok_ptr p = q;
	/* the last part of a compound decides */
	while (p > a && q - p < 2 * TOK_KEY && p[-1] != '-')
		p--;
	tok_key(p, q, base);
	if (listed(clitic, " ci la "))
		return listed(base, " celui celle ceux celles par jusque ici comme de la ca voici voila ");
	if (!strcmp(base, "rendez"))
		return !strcmp(clitic, "vous");
	return listed(base, " chez entre sur sous apres avant contre avec pour sans il elle ils elles on iel ");
}

struct clitic {
	tok_ptr end;
	unsigned flags;
};
enum { MAX_CLITICS = 8 };

/* Parses one clitic at the hyphen at p: fills out[0], and out[1] for m'en; returns how many, 0 = none. */
static unsigned one_clitic(const struct tok *k, tok_ptr base, tok_ptr p, bool after_ce, char key[TOK_KEY],
                           struct clitic *out)
{
	unsigned len;
	tok_ptr a, q, r;
	char next[TOK_KEY];
	if (tok_class(p, k->e, &len) != TOK_HYPHEN)
		return 0;
	a = p + len;
	q = key_at(a, k->e, key);
	if (!key[0])
		return 0;
	out[0].flags = len > 1 ? TOK_MAKE_NFC : 0;
	if (after_ce && !strcmp(key, "qu") && tok_class(q, k->e, &len) == TOK_APOS) { /* est-ce-qu'il */
		out[0].flags |= apostrophe_flag(q);
		out[0].end = q + len;
		return 1;
	}
	if (tok_class(q, k->e, &len) == TOK_APOS && !key[1] && strchr("tmlc", key[0])) {
		unsigned apos = apostrophe_flag(q);
		r = key_at(q + len, k->e, next);
		out[0].flags |= apos;
		if (key[0] == 't' && listed(next, " il elle on ils elles ")) {
			out[0].end = r;
			return 1;
		}
		out[0].end = q + len;
		if (key[0] == 'c')
			return listed(next, " que qu qui ") ? 1 : 0;
		out[1].end = r;
		out[1].flags = 0;
		return listed(next, " en y ") ? 2 : 0;
	}
	if (!strcmp(key, "t") && tok_class(q, k->e, &len) == TOK_HYPHEN) {
		r = key_at(q + len, k->e, next);
		if (!listed(next, " il elle on ils elles y en "))
			return 0;
		out[0].end = r;
		return 1;
	}
	if (!listed(key, CLITICS) && !(after_ce && listed(key, " que qui ")))
		return 0;
	/* Noisy-Le, Villers-La: a place, unless everything is in capitals */
	if (tok_is_upper(a, k->e) && listed(key, " le la les ce en y ci ") && !tok_is_upper(tok_back(p, base), k->e))
		return 0;
	out[0].end = q;
	return 1;
}

/* Parses the chain of clitics (-t-il, -le-moi) that starts at the hyphen at q, and gives it with the word before it, which starts
 * at a.  NULL if there is none. */
static tok_ptr clitics(struct tok *k, tok_ptr a, tok_ptr q, unsigned flags)
{
	struct clitic c[MAX_CLITICS + 2];
	unsigned n = 0, len;
	tok_ptr p = q;
	bool open = false, ce = false;
	while (n < MAX_CLITICS) {
		char key[TOK_KEY];
		unsigned got = one_clitic(k, a, p, ce, key, c + n);
		if (!got)
			return NULL;
		if (!n && takes_no_clitic(a, q, key))
			return NULL;
		n += got;
		p = c[n - 1].end;
		ce = !strcmp(key, "ce");
		/* est-c'que, est-ce-qu'il: the word after the apostrophe is a token of its own */
		open = got == 1 && (!strcmp(key, "c") || !strcmp(key, "qu"));
		if (open || tok_class(p, k->e, &len) != TOK_HYPHEN || !tok_is_word(p + len, k->e))
			break;
	}
	if (!open) {
		enum tok_class next = tok_class(p, k->e, &len);
		if (next == TOK_MIDDOT || next == TOK_EXTEND || (next == TOK_APOS && tok_is_letter(p + len, k->e)))
			return NULL;
		if (next == TOK_HYPHEN && tok_is_word(p + len, k->e))
			return NULL;
	}
	tok_emit(k, a, q, flags);
	for (unsigned i = 0; i < n; i++) {
		tok_emit(k, q, c[i].end, c[i].flags | (i == n - 1 ? tok_line_end(k, p) : 0));
		q = c[i].end;
	}
	return p;
}

/* ---- the word ---- */

static enum step at_hyphen(struct tok *k, tok_ptr a, tok_ptr seg, tok_ptr *q, unsigned len, unsigned *flags)
{
	tok_ptr r;
	if (!tok_is_word(*q + len, k->e))
		return STEP_STOP;
	if ((r = tok_inclusive(k, seg, *q)) != NULL) {
		*flags |= AUR_TOK_INCLUSIVE;
		*q = r;
		return STEP_STOP;
	}
	if ((r = clitics(k, a, *q, *flags)) != NULL) {
		*q = r;
		return STEP_DONE;
	}
	*q += len;
	return STEP_ON;
}

static enum step at_middot(struct tok *k, bool bullet, tok_ptr *q, unsigned len, unsigned *flags)
{
	char key[TOK_KEY];
	if (!tok_is_letter(*q + len, k->e))
		return STEP_STOP;
	if (bullet) { /* the bullet of a list, unless what follows is short */
		tok_ptr r = key_at(*q + len, k->e, key);
		if (!key[0] || r - *q > 12)
			return STEP_STOP;
	}
	*flags |= AUR_TOK_INCLUSIVE;
	*q += len;
	return STEP_ON;
}

static enum step at_dot(struct tok *k, tok_ptr a, tok_ptr seg, tok_ptr *q, unsigned *flags)
{
	tok_ptr r;
	if (tok_is_word(*q + 1, k->e)) {
		if ((r = tok_url(k, a, *q)) != NULL || (r = tok_domain(k, a, *q)) != NULL) {
			*q = r;
			return STEP_STOP;
		}
		if ((r = tok_inclusive(k, seg, *q)) != NULL) {
			*flags |= AUR_TOK_INCLUSIVE;
			*q = r;
			return STEP_STOP;
		}
	}
	if ((r = tok_dot(k, a, *q, flags)) == NULL)
		return STEP_STOP;
	tok_emit(k, a, r, *flags);
	*q = r;
	return STEP_DONE;
}

static enum step at_symbol(struct tok *k, tok_ptr a, tok_ptr seg, tok_ptr *q, unsigned len, unsigned *flags)
{
	tok_ptr p = *q, r;
	char key[TOK_KEY];
	if (*p == '(' || *p == '/') {
		if ((r = tok_inclusive(k, seg, p)) != NULL) {
			*flags |= AUR_TOK_INCLUSIVE;
			*q = r;
		} else if (*p == '/' && p - a == 2 && !memcmp(a, "km", 2) && tok_is_letter(p + 1, k->e)) {
			tok_key(p + 1, scan(p + 1, k->e > p + 3 ? p + 3 : k->e, flags), key);
			if (!strcmp(key, "h"))
				*q += 2;
		}
	} else if (*p == ':') {
		if ((r = tok_url(k, a, p)) != NULL)
			*q = r;
	} else if (*p == '&') {
		if (p - a < 8 && all_capitals(a, p) && tok_is_upper(p + 1, k->e)) {
			*q += len;
			return STEP_ON;
		}
	} else if (*p == 0xC2 && p[1] == 0xB0) { /* n° */
		tok_key(a, p, key);
		if (listed(key, " n no "))
			*q += len;
	}
	return STEP_STOP;
}

tok_ptr tok_word(struct tok *k, tok_ptr a, tok_ptr q, unsigned flags)
{
	tok_ptr seg = a, r; /* seg: where the part of a compound begins */
	bool tried_email = false;
	for (;;) {
		unsigned len;
		q = scan(q, k->e, &flags);
		enum tok_class c = tok_class(q, k->e, &len);
		if (!tried_email &&
		    (c == TOK_DOT || c == TOK_HYPHEN || (c == TOK_SYMBOL && (*q == '@' || *q == '+')))) {
			tried_email = true;
			if ((r = tok_email(k, a)) != NULL) {
				q = r;
				break;
			}
		}
		enum step step = STEP_STOP;
		r = q + len;
		switch (c) {
		case TOK_APOS:
			step = at_apostrophe(k, a, seg, &q, len, &flags);
			break;
		case TOK_HYPHEN:
			step = at_hyphen(k, a, seg, &q, len, &flags);
			break;
		case TOK_MIDDOT:
		case TOK_BULLET:
			step = at_middot(k, c == TOK_BULLET, &q, len, &flags);
			break;
		case TOK_DOT:
			step = at_dot(k, a, seg, &q, &flags);
			break;
		case TOK_SYMBOL:
			step = at_symbol(k, a, seg, &q, len, &flags);
			break;
		default:
			break;
		}
		if (step == STEP_DONE)
			return q;
		if (step == STEP_STOP)
			break;
		seg = r;
	}
	if (q >= k->e || tok_ascii[*q & 0x7F] == TOK_SPACE || *q >= 0x80)
		flags |= tok_line_end(k, q);
	tok_emit(k, a, q, flags);
	return q;
}
