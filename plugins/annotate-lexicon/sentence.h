/* SPDX-License-Identifier: Apache-2.0 */
/* sentence.h - the words of the current sentence, which a search and a walk see. */
#ifndef AURICULE_LEXICON_SENTENCE_H
#define AURICULE_LEXICON_SENTENCE_H
#include "forms.h"

/* Makes the sentence of a token the current one; the functions below only see its words. */
void lex_enter_new(lex_worker *w, const aur_view *v, uint32_t token);
/* Makes only this token and the words that touch it current; not where lex_model.wide is true. */
void lex_enter_around(lex_worker *w, const aur_view *v, uint32_t token);
/* After lex_enter_around: makes the word that touches a current token on one side current.  False: no memory. */
bool lex_reach(lex_worker *w, uint32_t token, bool right);
static inline bool lex_is_current(const lex_worker *w, uint32_t token)
{
	return token >= w->from && token <= w->to;
}
static inline void lex_enter(lex_worker *w, const aur_view *v, uint32_t token)
{
	if (!lex_is_current(w, token))
		lex_enter_new(w, v, token);
}
static inline void lex_leave(lex_worker *w)
{
	w->from = 1;
	w->to = 0;
	w->around = NULL;
}
/* A word of the current sentence; valid until another sentence is entered. */
static inline const lex_form *lex_form_at(const lex_worker *w, uint32_t token)
{
	return &w->forms[w->at[token]];
}
/* The word that touches a token on one side, or UINT32_MAX. */
static inline uint32_t lex_beside(const lex_worker *w, uint32_t token, bool right)
{
	for (unsigned signs = 0; signs <= LEX_MOST_SIGNS && (right ? token < w->to : token > w->from); signs++) {
		token = right ? token + 1 : token - 1;
		if (lex_form_at(w, token)->punct != LEX_P_LIGHT)
			return token;
	}
	return UINT32_MAX;
}

#endif
