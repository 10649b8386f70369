/* SPDX-License-Identifier: Apache-2.0 */
/* text.h - the sentence that is being analysed, and the cues that were found in it. */
#ifndef AURICULE_NEGATION_TEXT_H
#define AURICULE_NEGATION_TEXT_H
#include "words.h"
#include <stddef.h>

enum { NEG_SENTENCE = 400 }; /* tokens; a longer sentence is analysed in pieces */
#define NEG_NONE UINT32_MAX  /* no token */

typedef struct neg_cue {
	uint32_t token, last;             /* first and last word of the cue */
	uint32_t ne;                      /* its « ne », or the token itself */
	uint32_t scope_first, scope_last; /* what it governs; may include the cue itself */
	uint32_t verb;                    /* where the verb that it denies begins: verbs of opinion are searched from there */
	bool conditional;
	bool backwards; /* also governs the verb before it: « on me juge pas » */
	bool named;     /* what it governs was named, and is exactly the scope: no verb is looked for in between */
	bool no_matter; /* says that it is no matter, so it denies even hits whose lack counts */
	bool whole;     /* also governs a hit that begins with the cue itself: « c'est pas l'argent qui me ronge », although « pas l'argent » was found */
	uint32_t until; /* if not 0: hits that begin from this token on are not governed */
	bool goods;     /* denies only what one could wish for, that is, hits whose lack counts: « je ne veux pas de … » does not deny a sanction */
} neg_cue;

typedef struct neg_evidence neg_evidence; /* evidence.c */

/* What is cached for a form.  Only four bytes: most forms are in no list, and finding that out must not cost a cache
 * miss. */
typedef struct neg_known {
	uint16_t lists; /* index into neg_cache.sets of the set of lists that have it; 0: not looked up yet, 1: in none */
	uint16_t row;   /* row of weights.h, see evidence.c */
} neg_known;

/* A set of lists that some form is in, and what matters.c tries at such a form; 64 bytes, a line of the cache. */
typedef struct neg_kept {
	neg_set in;
	uint32_t tried; /* 0: not known yet */
} neg_kept;

/* Where the key words of idioms stand in their texts, and their first letters. */
enum { NEG_IDIOMS = 384 }; /* idioms.c has fewer */
typedef struct neg_keys {
	uint8_t at[NEG_IDIOMS];
	char letter[NEG_IDIOMS]; /* apart, so that all are compared at once */
	bool known;
} neg_keys;

/* Cache of a worker. */
typedef struct neg_cache {
	const neg_words *words;
	int32_t fold; /* index of the layer « fold »; -1: use the form itself */
	neg_known *of; /* indexed by aur_view.form */
	size_t of_cap;
	neg_kept *sets; /* the distinct sets of lists, from index 1 on; there are few of them */
	uint32_t set_count, set_cap;
	const neg_evidence *evidence; /* NULL: evidence is not used */
	neg_keys keys;
} neg_cache;

typedef struct neg_text {
	const aur_host *h;
	const aur_view *v;
	const uint32_t *role; /* parts (R_…), by token */
	neg_cache *cache;
	uint32_t from, to;    /* the sentence being analysed: [from, to] */
	neg_cue *cues;
	size_t count, cap;
	bool question;        /* the sentence ends with a question mark */
	bool no_memory;
} neg_text;

/* Appends a cue; when memory is short, it sets no_memory instead. */
void neg_add(neg_text *t, neg_cue c);

/* The text of a form that the word lists are compared with: without accents and capitals, if the pipeline has that layer. */
aur_str neg_value(const neg_cache *c, const aur_form *f);
aur_str neg_value_at(const neg_text *t, uint32_t token);
/* The cache entry of a form; NULL when memory is short: then it is looked up again each time, slower but still correct. */
neg_known *neg_remembered(neg_cache *c, uint32_t form);
/* Looks up the form of a token, which is not in the cache yet. */
neg_set neg_look(const neg_text *t, uint32_t token);
/* The lists that have a token, of which a rule asks for many in turn.  A copy: the cache may move. */
static inline neg_set neg_lists_at(const neg_text *t, uint32_t token)
{
	const neg_cache *c = t->cache;
	uint32_t id = t->v->form[token], at = id < c->of_cap ? c->of[id].lists : 0;
	return at > 0 ? c->sets[at].in : neg_look(t, token);
}
/* Is it surely a word that plays no part and is in no list?  A third of all tokens are, and most rules are only about others. */
static inline bool neg_is_nothing(const neg_text *t, uint32_t token)
{
	const neg_cache *c = t->cache;
	uint32_t id = t->v->form[token];
	return t->role[token] == 0 && id < c->of_cap && c->of[id].lists == 1;
}
/* Is the token one of the words of a list? */
static inline bool is(const neg_text *t, uint32_t token, neg_list list)
{
	if (token >= t->v->token_count)
		return false;
	const neg_cache *c = t->cache;
	uint32_t id = t->v->form[token], at = id < c->of_cap ? c->of[id].lists : 0;
	if (at > 0)
		return at > 1 && neg_in(&c->sets[at].in, list);
	neg_set in = neg_look(t, token);
	return neg_in(&in, list);
}

/* ---- around a token (NEG_NONE: no token, of which nothing is true) ---- */

/* The parts of a token; R_STOP outside of the sentence. */
static inline uint32_t neg_part(const neg_text *t, uint32_t i)
{
	return i != NEG_NONE && i >= t->from && i <= t->to ? t->role[i] : R_STOP;
}
/* Can the word at `i` play one of these parts? */
static inline bool plays(const neg_text *t, uint32_t i, uint32_t roles)
{
	return i < t->v->token_count && (t->role[i] & roles) != 0;
}
/* The next word before and after `i`, skipping marks that do not end anything; NEG_NONE at punctuation that does, and at the ends. */
uint32_t neg_before(const neg_text *t, uint32_t i);
uint32_t neg_after(const neg_text *t, uint32_t i);
/* Is there a comma right before `i`, ignoring marks? */
bool neg_behind_comma(const neg_text *t, uint32_t i);
#endif
