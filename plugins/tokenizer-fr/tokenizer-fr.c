/* SPDX-License-Identifier: Apache-2.0 */
/* tokenizer-fr.c - the tokenizer for French: the plugin, and the main loop over a text.
 *
 * Most of a text is words of plain letters between spaces and commas.  The loop handles those with a table by byte, and calls the
 * scanners of the other files for everything else.  It keeps no state between texts. */
#include "../common/component.h"
#include "tok.h"
#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Kinds of bytes, for the main loop. */
enum {
	B_OTHER,
	B_SPACE,
	B_ASCII, /* a letter */
	B_LATIN, /* first of the two bytes of a letter: À to ɏ, except × and ÷ */
	B_DIGIT,
	B_COMMA, /* a mark that is a token by itself and cannot belong to the word before it */
	B_MARK,  /* ! ? */
	B_DOT,
	B_CLOSE,
};
/* clang-format off */
static const uint8_t byte_kind[256] = {
	['\t'] = B_SPACE, ['\n'] = B_SPACE, ['\v'] = B_SPACE, ['\f'] = B_SPACE, ['\r'] = B_SPACE, [' '] = B_SPACE,
	['A'] = B_ASCII,  ['B'] = B_ASCII,  ['C'] = B_ASCII,  ['D'] = B_ASCII,  ['E'] = B_ASCII,  ['F'] = B_ASCII,
	['G'] = B_ASCII,  ['H'] = B_ASCII,  ['I'] = B_ASCII,  ['J'] = B_ASCII,  ['K'] = B_ASCII,  ['L'] = B_ASCII,
	['M'] = B_ASCII,  ['N'] = B_ASCII,  ['O'] = B_ASCII,  ['P'] = B_ASCII,  ['Q'] = B_ASCII,  ['R'] = B_ASCII,
	['S'] = B_ASCII,  ['T'] = B_ASCII,  ['U'] = B_ASCII,  ['V'] = B_ASCII,  ['W'] = B_ASCII,  ['X'] = B_ASCII,
	['Y'] = B_ASCII,  ['Z'] = B_ASCII,  ['a'] = B_ASCII,  ['b'] = B_ASCII,  ['c'] = B_ASCII,  ['d'] = B_ASCII,
	['e'] = B_ASCII,  ['f'] = B_ASCII,  ['g'] = B_ASCII,  ['h'] = B_ASCII,  ['i'] = B_ASCII,  ['j'] = B_ASCII,
	['k'] = B_ASCII,  ['l'] = B_ASCII,  ['m'] = B_ASCII,  ['n'] = B_ASCII,  ['o'] = B_ASCII,  ['p'] = B_ASCII,
	['q'] = B_ASCII,  ['r'] = B_ASCII,  ['s'] = B_ASCII,  ['t'] = B_ASCII,  ['u'] = B_ASCII,  ['v'] = B_ASCII,
	['w'] = B_ASCII,  ['x'] = B_ASCII,  ['y'] = B_ASCII,  ['z'] = B_ASCII,
	['0'] = B_DIGIT,  ['1'] = B_DIGIT,  ['2'] = B_DIGIT,  ['3'] = B_DIGIT,  ['4'] = B_DIGIT,
	['5'] = B_DIGIT,  ['6'] = B_DIGIT,  ['7'] = B_DIGIT,  ['8'] = B_DIGIT,  ['9'] = B_DIGIT,
	[0xC3] = B_LATIN, [0xC4] = B_LATIN, [0xC5] = B_LATIN, [0xC6] = B_LATIN, [0xC7] = B_LATIN, [0xC8] = B_LATIN,
	[','] = B_COMMA,  ['!'] = B_MARK,   ['?'] = B_MARK,   ['.'] = B_DOT,    [')'] = B_CLOSE,  [']'] = B_CLOSE,
	['"'] = B_CLOSE,
};
/* clang-format on */

/* tok_line_end, with a fast path for the usual case: one space and a character after it. */
static inline unsigned line_end(const struct tok *k, tok_ptr p)
{
	if (k->e - p >= 2 && *p == ' ' && ((p[1] > ' ' && p[1] < 0x80) || p[1] == 0xC3))
		return 0;
	return tok_line_end(k, p);
}

/* The end of the run of plain letters at p. */
static tok_ptr plain_word_bytewise(tok_ptr p, tok_ptr e)
{
	for (;;) {
		while (p < e && byte_kind[*p] == B_ASCII)
			p++;
		if (p < e && byte_kind[*p] == B_LATIN && !(*p == 0xC3 && (p[1] == 0x97 || p[1] == 0xB7)))
			p += 2;
		else
			return p;
	}
}

#ifdef __SSE2__
/* The same, 16 bytes at once. */
static inline tok_ptr plain_word(tok_ptr p, tok_ptr e)
{
	while (e - p >= 16) {
		__m128i b = _mm_loadu_si128((const __m128i *)(const void *)p);
		__m128i from_a = _mm_add_epi8(_mm_or_si128(b, _mm_set1_epi8(0x20)), _mm_set1_epi8((char)(0x80 - 'a')));
		unsigned letters =
		    (unsigned)_mm_movemask_epi8(_mm_cmplt_epi8(from_a, _mm_set1_epi8((char)(0x80 + 26))));
		unsigned high = (unsigned)_mm_movemask_epi8(b);
		unsigned n = (unsigned)__builtin_ctz(~(letters | high));
		high &= (1u << n) - 1;
		while (high) { /* pairs of bytes; one may be cut in two by the end of the 16 */
			unsigned at = (unsigned)__builtin_ctz(high);
			if (byte_kind[p[at]] != B_LATIN || (p[at] == 0xC3 && (p[at + 1] == 0x97 || p[at + 1] == 0xB7)))
				return p + at;
			if (at == 15)
				n = 17;
			high &= ~(3u << at);
		}
		p += n;
		if (n < 16)
			return p;
	}
	return plain_word_bytewise(p, e);
}
#else
static inline tok_ptr plain_word(tok_ptr p, tok_ptr e)
{
	return plain_word_bytewise(p, e);
}
#endif

/* The end of a run of the same symbol: ---, ***, === */
static tok_ptr same_symbols(tok_ptr p, tok_ptr e)
{
	tok_ptr q = p + 1;
	if (strchr("-*=_~+#<>/|", *p))
		while (q < e && *q == *p)
			q++;
	return q;
}

/* -6, +33: is it the sign of a number?  It follows a space, but is not the dash of a list at the start of a line; or, bac+2, it is a
 * plus right after a letter. */
static bool is_sign(const struct tok *k, tok_ptr p, unsigned len)
{
	if (!(*p == '-' || *p == '+' || (len == 3 && p[0] == 0xE2 && p[1] == 0x88 && p[2] == 0x92)) ||
	    !tok_is_digit(p + len, k->e) || p - k->s < 2)
		return false;
	if (*p == '+' && byte_kind[p[-1]] == B_ASCII)
		return true;
	return (p[-1] == ' ' || p[-1] == '(' || p[-1] == 0xA0) && p[-2] != '\n';
}

/* Handles whatever is neither a plain word nor a plain mark. */
static tok_ptr other(struct tok *k, tok_ptr p)
{
	unsigned len, flags = 0;
	tok_ptr q;
	enum tok_class c = tok_class(p, k->e, &len);
	switch (c) {
	case TOK_SPACE:
		return p + len;
	case TOK_LETTER:
		return tok_word(k, p, p, 0);
	case TOK_EMOJI:
	case TOK_FLAG:
		return tok_emoji(k, p);
	case TOK_DIGIT:
		return tok_number(k, p, false);
	case TOK_DOT:
		return tok_mark(k, p);
	case TOK_HYPHEN:
		if ((q = tok_smiley(k, p)) != NULL)
			return q;
		break;
	case TOK_APOS:
		if (*p != '\'' && *p != '`' && *p != 0xC2)
			flags = TOK_MAKE_APOS;
		if (k->term)
			return tok_closer(k, p, len, flags);
		break;
	case TOK_EXTEND: /* with nothing before it to belong to */
		flags = TOK_MAKE_NFC;
		break;
	case TOK_SYMBOL:
		if (*p == 0xE2 && p[1] == 0x80 && p[2] == 0xA6)
			return tok_mark(k, p);
		if ((*p == 0xC2 && p[1] == 0xBB) || (*p == 0xE2 && p[1] == 0x80 && (p[2] == 0x9D || p[2] == 0xBA)))
			return tok_closer(k, p, len, 0);
		if (*p == '~' && tok_is_letter(p + 1, k->e))
			return tok_word(k, p, p, 0);
		if (*p == '#' && (q = tok_keycap(k, p)) != NULL) {
			tok_emit(k, p, q, AUR_TOK_PUNCT | tok_line_end(k, q));
			return q;
		}
		if ((*p == '#' || *p == '@') && (q = tok_tag(k, p)) != NULL)
			return q;
		if (len == 1 && (q = tok_smiley(k, p)) != NULL)
			return q;
		if (*p == 0xC2 && p[1] == 0xB0 && k->e - p >= 3 && strchr("CFcf", p[2]) && !tok_is_word(p + 3, k->e)) {
			tok_emit(k, p, p + 3, tok_line_end(k, p + 3)); /* °C */
			return p + 3;
		}
		break;
	default:
		break;
	}
	if (is_sign(k, p, len))
		return tok_number(k, p, true);
	if (*p == '+' && k->e - p >= 3 && p[1] == '/' && p[2] == '-')
		q = p + 3;
	else
		q = len == 1 ? same_symbols(p, k->e) : p + len;
	while ((c = tok_class(q, k->e, &len)) == TOK_EXTEND) {
		q += len;
		flags = TOK_MAKE_NFC;
	}
	tok_emit(k, p, q, AUR_TOK_PUNCT | flags | tok_line_end(k, q));
	return q;
}

static aur_status tokenize(const aur_host *h, void *model, void *worker, aur_str text, aur_token_sink *o)
{
	enum { POLL = 1 << 19 }; /* bytes of text between two calls of host->cancelled */
	struct tok k = {.h = h, .o = o, .scratch = worker, .t = {.size = sizeof k.t}};
	tok_ptr p, e, poll;
	(void)model;
	if (text.len > UINT32_MAX)
		return h->fail(h, AUR_E_UNSUPPORTED,
		               _("tokenizer-fr: this contribution is longer than 4 GiB; cut it into parts"));
	k.s = p = (tok_ptr)text.ptr;
	k.e = e = p + text.len;
	k.has_at = text.len && memchr(text.ptr, '@', text.len);
	poll = text.len > POLL ? p + POLL : e;
	while (p < e) {
		tok_ptr q = p;
		if (p >= poll && p < e) {
			if (h->cancelled(h))
				return AUR_E_CANCELLED;
			poll = e - p > POLL ? p + POLL : e;
		}
		unsigned kind = byte_kind[*p];
		if (__builtin_expect(kind == B_ASCII || kind == B_LATIN, 1)) {
			q = plain_word(p, e);
			kind = q < e ? byte_kind[*q] : B_OTHER;
			if (__builtin_expect(q == p, 0)) /* × ÷ */
				p = other(&k, p);
			else if (kind == B_SPACE) {
				tok_emit(&k, p, q, line_end(&k, q));
				p = *q == ' ' ? q + 1 : q;
			} else if (kind == B_COMMA || kind == B_MARK || kind == B_CLOSE ||
			           (kind == B_DOT && q - p > 5 && e - q > 1 &&
			            q[1] == ' ')) { /* abbreviations are shorter */
				tok_emit(&k, p, q, 0);
				p = q;
			} else {
				p = tok_word(&k, p, q, 0);
			}
			continue;
		}
		switch (kind) {
		case B_SPACE:
			p++;
			continue;
		case B_COMMA:
			tok_emit(&k, p, p + 1, AUR_TOK_PUNCT | line_end(&k, p + 1));
			p++;
			continue;
		case B_DOT:
		case B_MARK:
			p = tok_mark(&k, p);
			continue;
		case B_CLOSE:
			p = tok_closer(&k, p, 1, 0);
			continue;
		case B_DIGIT:
			p = tok_number(&k, p, false);
			continue;
		default:
			p = other(&k, p);
			continue;
		}
	}
	return k.status;
}

static aur_status worker_new(const aur_host *h, void *model, void **worker)
{
	struct tok_scratch *s = calloc(1, sizeof *s);
	(void)model;
	if (!s)
		return h->fail(h, AUR_E_NOMEM, _("tokenizer-fr: out of memory; close other programs and start again"));
	*worker = s;
	return AUR_OK;
}

static void worker_free(void *worker)
{
	tok_scratch_free(worker);
	free(worker);
}

static const aur_tokenizer_ops ops = {.size = sizeof ops, .tokenize = tokenize};
static const aur_component component = {
    .size = sizeof component,
    .kind = AUR_TOKENIZER,
    .id = "tokenizer-fr",
    .version = "1.0.0",
    .summary = N_("splits French text into words and marks: elisions, clitics, numbers, inclusive writing, emoji"),
    .worker_new = worker_new,
    .worker_free = worker_free,
    .ops = &ops,
};

EXPORT_PLUGIN("tokenizer-fr", &component);
