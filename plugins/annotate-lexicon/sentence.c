/* SPDX-License-Identifier: Apache-2.0 */
/* sentence.c - enters a sentence, or only the words around a token: looks up their forms, and what these have together. */
#include "sentence.h"

/* The sets of needs that the words of the current sentence are in. */
static lex_seen seen_in(const lex_worker *w)
{
	lex_lane a = { 0 }, b = a, c = a, d = a;
	for (uint32_t t = w->from; t <= w->to; t++) {
		const lex_lane *in = w->in[w->at[t]].lanes; /* no branch for words without sets: it would be mispredicted */
		a |= in[0];
		b |= in[1];
		c |= in[2];
		d |= in[3];
	}
	return (lex_seen){ .lanes = { a, b, c, d } };
}

void lex_enter_new(lex_worker *w, const aur_view *v, uint32_t token)
{
	uint32_t from = token, to, n = v->token_count, words = 0;
	bool wide = w->m->wide;
	while (from > 0 && !(v->flags[from - 1] & AUR_TOK_SENTENCE_END))
		from--;
	if (!lex_room(&w->at, &w->at_cap, n, sizeof(*w->at)) || !lex_room(&w->words, &w->word_cap, n, sizeof(*w->words)) ||
	    !lex_room(&w->behind, &w->behind_cap, n, sizeof(*w->behind))) {
		w->no_memory = true;
		return;
	}
	for (to = from;; to++) {
		uint32_t flags = v->flags[to], form = lex_form_of(w, v, to);
		w->at[to] = form;
		w->words[words] = to;
		words += !(flags & AUR_TOK_PUNCT);
		w->behind[to] = words;
		if (wide)
			__builtin_prefetch(&w->in[form]);
		__builtin_prefetch(&w->forms[form]);
		if ((flags & AUR_TOK_SENTENCE_END) || to + 1 == n)
			break;
	}
	w->word_count = words;
	w->from = from;
	w->to = to;
	w->sentence++;
	w->seen = wide ? seen_in(w) : (lex_seen){ .bits = { 0 } }; /* plain phrases have no needs */
	w->seen.bits[LEX_ALWAYS / 64] |= UINT64_C(1) << LEX_ALWAYS % 64;
}

bool lex_reach(lex_worker *w, uint32_t token, bool right)
{
	const aur_view *v = w->around;
	uint32_t *edge = right ? &w->to : &w->from;
	for (unsigned signs = 0; signs <= LEX_MOST_SIGNS && *edge == token; signs++) {
		if (!(right ? token + 1 < v->token_count : token > 0) || v->flags[right ? token : token - 1] & AUR_TOK_SENTENCE_END)
			break;
		*edge = token = right ? token + 1 : token - 1;
		w->at[token] = lex_form_of(w, v, token);
		if (w->forms[w->at[token]].punct != LEX_P_LIGHT)
			break;
	}
	return !w->no_memory;
}

void lex_enter_around(lex_worker *w, const aur_view *v, uint32_t token)
{
	if (!lex_grow(&w->at, &w->at_cap, v->token_count, sizeof(*w->at))) {
		w->no_memory = true;
		return;
	}
	w->around = v;
	w->from = w->to = token;
	w->at[token] = lex_form_of(w, v, token);
	lex_reach(w, token, false);
	lex_reach(w, token, true);
	w->sentence++;
	w->seen = (lex_seen){ .bits[LEX_ALWAYS / 64] = UINT64_C(1) << LEX_ALWAYS % 64 };
}
