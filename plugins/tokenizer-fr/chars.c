/* SPDX-License-Identifier: Apache-2.0 */
/* chars.c - the class of a character. */
#include "chars.h"
#include <utf8proc.h>

#define S TOK_SPACE
#define L TOK_LETTER
#define D TOK_DIGIT
#define Y TOK_SYMBOL
#define A TOK_APOS
#define H TOK_HYPHEN
#define P TOK_DOT
/* clang-format off */
const uint8_t tok_ascii[128] = {
	Y, Y, Y, Y, Y, Y, Y, Y, Y, S, S, S, S, S, Y, Y, /* 0x00 */
	Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, S, S, S, S, /* 0x10 */
	S, Y, Y, Y, Y, Y, Y, A, Y, Y, Y, Y, Y, H, P, Y, /*   !"#$%&'()*+,-./ */
	D, D, D, D, D, D, D, D, D, D, Y, Y, Y, Y, Y, Y, /* 0123456789:;<=>? */
	Y, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* @ABC */
	L, L, L, L, L, L, L, L, L, L, L, Y, Y, Y, Y, Y, /* PQR…[\]^_ */
	A, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* `abc */
	L, L, L, L, L, L, L, L, L, L, L, Y, Y, Y, Y, Y, /* pqr…{|}~ */
};
/* clang-format on */
#undef S
#undef L
#undef D
#undef Y
#undef A
#undef H
#undef P

static enum tok_class general_punctuation(uint32_t c)
{
	if (c <= 0x200B || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x2060)
		return TOK_SPACE;
	if (c <= 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2061 && c <= 0x206F))
		return TOK_EXTEND; /* joiners and directional marks */
	switch (c) {
	case 0x2010:
	case 0x2011:
		return TOK_HYPHEN;
	case 0x2018:
	case 0x2019:
	case 0x201B:
	case 0x2032:
		return TOK_APOS;
	case 0x2022:
		return TOK_BULLET;
	case 0x2027:
		return TOK_MIDDOT;
	case 0x203C:
	case 0x2049:
		return TOK_EMOJI;
	default:
		return TOK_SYMBOL;
	}
}

enum tok_class tok_class_wide(tok_ptr p, unsigned *len)
{
	uint32_t b = p[0], c;
	if (b < 0xE0) {
		*len = 2;
		c = (b & 0x1F) << 6 | (p[1] & 0x3Fu);
		if (c >= 0xC0 && c < 0x300 && c != 0xD7 && c != 0xF7 && c < 0x2B0)
			return TOK_LETTER;
	} else if (b < 0xF0) {
		*len = 3;
		c = (b & 0x0F) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
		if (c >= 0x2000 && c < 0x2070)
			return general_punctuation(c);
	} else {
		*len = 4;
		c = (b & 0x07) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
	}
	switch (c) {
	case 0x85:
	case 0xA0:
	case 0xFEFF:
		return TOK_SPACE;
	case 0xB4:
	case 0x2BC:
	case 0xFF07:
		return TOK_APOS;
	case 0xB7:
	case 0x2219:
	case 0x22C5:
		return TOK_MIDDOT;
	case 0xAD:
		return TOK_EXTEND;
	default:
		break;
	}
	const utf8proc_property_t *u = utf8proc_get_property((utf8proc_int32_t)c);
	if (c >= 0x1F3FB && c <= 0x1F3FF)
		return TOK_TONE;
	if (u->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC)
		return TOK_EMOJI;
	if (u->boundclass == UTF8PROC_BOUNDCLASS_REGIONAL_INDICATOR)
		return TOK_FLAG;
	switch (u->category) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
		return TOK_LETTER;
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
	case UTF8PROC_CATEGORY_CF:
		return TOK_EXTEND;
	case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return TOK_SPACE;
	default:
		return TOK_SYMBOL;
	}
}

static utf8proc_category_t category_at(tok_ptr p, tok_ptr e)
{
	utf8proc_int32_t c;
	if (p >= e || utf8proc_iterate(p, e - p > 4 ? 4 : e - p, &c) <= 0)
		return UTF8PROC_CATEGORY_CN;
	return utf8proc_category(c);
}

bool tok_is_upper(tok_ptr p, tok_ptr e)
{
	if (p < e && *p < 0x80)
		return *p >= 'A' && *p <= 'Z';
	return category_at(p, e) == UTF8PROC_CATEGORY_LU;
}

bool tok_is_lower(tok_ptr p, tok_ptr e)
{
	if (p < e && *p < 0x80)
		return *p >= 'a' && *p <= 'z';
	return category_at(p, e) == UTF8PROC_CATEGORY_LL;
}

tok_ptr tok_skip_spaces(tok_ptr p, tok_ptr e)
{
	unsigned len;
	while (tok_class(p, e, &len) == TOK_SPACE)
		p += len;
	return p;
}

tok_ptr tok_back(tok_ptr p, tok_ptr s)
{
	do
		p--;
	while (p > s && (*p & 0xC0) == 0x80);
	return p;
}

/* U+00C0 to U+00FF without accent, in lower case; '?' = not a letter of the alphabet. */
static const char latin1[64] = "aaaaaa?ceeeeiiii?nooooo??uuuuy??aaaaaa?ceeeeiiii?nooooo??uuuuy?y";

size_t tok_key(tok_ptr a, tok_ptr b, char out[TOK_KEY])
{
	size_t n = 0;
	for (; a < b; a++) {
		char c;
		if (*a < 0x80) {
			if (tok_ascii[*a] != TOK_LETTER)
				goto none;
			c = (char)(*a | 0x20);
		} else if (*a == 0xC3) {
			c = latin1[*++a & 0x3F];
			if (c == '?')
				goto none;
		} else if (*a == 0xCC || (*a == 0xCD && a[1] < 0xB0)) { /* a combining accent */
			a++;
			continue;
		} else {
			goto none;
		}
		if (n == TOK_KEY - 1)
			goto none;
		out[n++] = c;
	}
	out[n] = 0;
	return n;
none:
	out[0] = 0;
	return 0;
}
