/* SPDX-License-Identifier: Apache-2.0 */
/* text.h - a sentence that is looked at, and the cues that were found in it. */
#ifndef AURICULE_NEGATION_TEXT_H
#define AURICULE_NEGATION_TEXT_H
#include "words.h"
#include <stddef.h>

enum { NEG_SENTENCE = 400 }; /* tokens; a longer sentence is looked at in pieces */
#define NEG_NONE UINT32_MAX  /* no token */

typedef struct neg_cue {
	uint32_t token, last;             /* the words that negate or condition */
	uint32_t ne;                      /* its « ne », or the token itself */
	uint32_t scope_first, scope_last; /* what it governs, itself perhaps within */
	uint32_t verb;                    /* where the verb that it denies begins: opinions are looked for from here on */
	bool conditional;
	bool backwards; /* also governs the verb before it: « on me juge pas » */
	bool named;     /* what it governs was named, and the scope says it all: no verb stands between */
	bool no_matter; /* says that it is no matter, so denies it even where a lack of it would count */
	bool whole;     /* speaks also of an entry that holds the word itself: « c'est pas l'argent qui me ronge » where « pas l'argent » is found */
	bool wish;      /* says that it is not wished for: that denies what one could wish for, whose lack would count, and nothing else */
} neg_cue;

typedef struct neg_evidence neg_evidence; /* evidence.c */

/* What is remembered of a form.  Four bytes: sentences are full of forms of which there is nothing to say, and to see that must not cost a
 * wait for memory. */
typedef struct neg_known {
	uint16_t lists; /* those that hold it: a place in neg_cache.sets; 0: it was not looked up, 1: none */
	uint16_t row;   /* evidence.c */
} neg_known;

/* What a worker remembers. */
typedef struct neg_cache {
	const neg_words *words;
	int32_t fold; /* index of the layer, -1: the form as it is */
	neg_known *of; /* by aur_view.form */
	size_t of_cap;
	neg_set *sets; /* few, for all forms: from 1 */
	uint32_t set_count, set_cap;
	const neg_evidence *evidence; /* NULL: none is weighed */
} neg_cache;

typedef struct neg_text {
	const aur_host *h;
	const aur_view *v;
	const uint32_t *role; /* by token */
	neg_cache *cache;
	uint32_t from, to;    /* the sentence that is looked at: [from, to] */
	neg_cue *cues;
	size_t count, cap;
	bool question;        /* the sentence ends with a question mark */
	bool no_memory;
} neg_text;

void neg_add(neg_text *t, neg_cue c);

/* The value of a form that the lists are about: without accents and capitals, where the pipeline has that layer. */
aur_str neg_value(const neg_cache *c, const aur_form *f);
aur_str neg_value_at(const neg_text *t, uint32_t token);
/* What is remembered of a form; NULL where memory is short, and what would be remembered is asked again the next time: slower, and right. */
neg_known *neg_remembered(neg_cache *c, uint32_t form);
/* Looks the form of a token up, for the first time. */
neg_set neg_look(const neg_text *t, uint32_t token);
/* Is the token one of the words of a list? */
static inline bool neg_is(const neg_text *t, uint32_t token, neg_list list)
{
	if (token >= t->v->token_count)
		return false;
	const neg_cache *c = t->cache;
	uint32_t id = t->v->form[token], at = id < c->of_cap ? c->of[id].lists : 0;
	if (at > 0)
		return at > 1 && neg_in(&c->sets[at], list);
	neg_set in = neg_look(t, token);
	return neg_in(&in, list);
}

/* ---- around a token (NEG_NONE: none, and nothing holds of it) ---- */

/* The parts of a token; punctuation that ends something outside the sentence. */
static inline uint32_t neg_part(const neg_text *t, uint32_t i)
{
	return i != NEG_NONE && i >= t->from && i <= t->to ? t->role[i] : R_STOP;
}
/* Does a word stand there that plays one of these parts? */
static inline bool neg_plays(const neg_text *t, uint32_t i, uint32_t roles)
{
	return i < t->v->token_count && (t->role[i] & roles) != 0;
}
/* The word before and behind, past marks that end nothing; NEG_NONE where punctuation ends something. */
uint32_t neg_before(const neg_text *t, uint32_t i);
uint32_t neg_after(const neg_text *t, uint32_t i);
bool neg_behind_comma(const neg_text *t, uint32_t i);
#endif
