/* SPDX-License-Identifier: Apache-2.0 */
/* forms.h - what is known of a form: its classes, and what is tried where it stands.  It is found once per form, never per token. */
#ifndef AURICULE_LEXICON_FORMS_H
#define AURICULE_LEXICON_FORMS_H
#include "worker.h"

/* The number that the engine gets for a form: whether a search for entries or exclusions begins there. */
enum { LEX_ANCHORS_ENTRY = 1, LEX_ANCHORS_EXCLUSION = 2 }; /* bits of aur_view.number */
uint32_t lex_classify(const aur_host *h, void *model, void *worker, const aur_form *f);
bool lex_forms_begin(lex_worker *w); /* false: no memory */
/* Looks up the form of a token; returns its index in w->forms. */
uint32_t lex_form_new(lex_worker *w, const aur_view *v, uint32_t token);
static inline uint32_t lex_form_of(lex_worker *w, const aur_view *v, uint32_t token)
{
	uint32_t id = v->form[token];
	uint32_t place = id < w->of_form_cap ? w->of_form[id] : 0;
	if (place == LEX_FAR_OFF)
		return w->far_form[id];
	return place != 0 ? place - 1 : lex_form_new(w, v, token);
}
/* The n-th class of a form. */
static inline uint32_t lex_class_at(const lex_worker *w, const lex_form *f, uint32_t n)
{
	return f->count == 1 ? f->classes : w->pool[f->classes + n];
}
bool lex_is_of_class(const lex_worker *w, const lex_form *f, uint32_t cls); /* of one without a column */
/* Most words are not; mostly the bits tell. */
static inline bool lex_has_class(const lex_worker *w, const lex_form *f, uint32_t cls)
{
	if (!(f->bits & lex_bit(cls)))
		return false;
	return f->column != 0 ? lex_is_column(&w->of_class[cls], f->column) : lex_is_of_class(w, f, cls);
}
bool lex_is_of_set(const lex_worker *w, const lex_form *f, uint32_t set);
/* Is a word (an index in w->forms) in a set of needs? */
static inline bool lex_is_in_set(const lex_worker *w, uint32_t form, lex_need need)
{
	return lex_has_seen(&w->in[form], need.bit) && (need.bit < LEX_OWN || lex_is_of_set(w, &w->forms[form], need.set));
}

#endif
