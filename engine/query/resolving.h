/* SPDX-License-Identifier: Apache-2.0 */
/* What the files that resolve a query share: resolve.c handles the tree, resolve_names.c names, resolve_words.c words and tokens,
 * resolve_values.c values and themes. */
#ifndef AUR_QUERY_RESOLVING_H
#define AUR_QUERY_RESOLVING_H
#include "query/node.h"

enum { MAX_NOTES = 20 };

typedef struct resolving {
	aur_query *q;
	aur_search *s;
	parser *p;
	/* any: the only set for [ ], as an automaton tests each token once per set; every: the same with all forms
	 * listed */
	formset *any, *every;
} resolving;

static inline int same(aur_str a, const char *b)
{
	return a.len == strlen(b) && !memcmp(a.ptr, b, a.len);
}

static inline aur_str str_of(const aur_buf *b)
{
	return (aur_str){(const char *)b->p, b->n};
}

/* Length for « %.*s » in messages: all of it, or about its first 60 bytes, cut between characters. */
int q_shown_len(aur_str t);
/* Adds a remark on the query, which is reported with the result. */
void q_note(resolving *x, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* ---- names ---- */
typedef enum q_what { IS_LAYER, IS_FORM, IS_FIELD, IS_THEME, IS_ID } q_what;
/* The number of a field, by its name in any case; AUR_NONE: there is none. */
uint32_t q_field_named(aur_search *s, aur_str name);
/* The length of the « = », « != », « <> », « >= » and the like that t begins with; 0: none.  « ! » alone ends a sentence. */
size_t q_operator(aur_str t);
/* How a value behind such an operator is asked here: « age » and « >=30 » are « age:30.. ».  minus: a « - » stands before the name. */
void q_compared(const char *name, int nname, aur_str t, int minus, char *out, size_t size);
int q_is_name(const resolving *x, aur_str t); /* may it stand before a colon? */
/* Says that what was typed from `at` to `end` compares `name` with `value`, whose operator it has. */
void q_compared_note(resolving *x, size_t at, size_t end, aur_str name, aur_str value);
/* The same of a word that is a comparison, « age>30 », as in R or CQP; 0: it is none. */
int q_comparison_note(resolving *x, const node *n);
aur_code q_unknown_name(parser *p, aur_search *s, size_t at, aur_str name, int fields, int layers, int always);
/* Fails as `name` is no sort key of a concordance: no side, no field. */
aur_code q_unknown_key(aur_search *s, aur_str name, aur_error *err);
aur_code q_name_is(resolving *x, const node *n, q_what *what, int *layer, uint32_t *field);
aur_code q_need_layer(resolving *x, size_t at, const char *name, int layer);

/* ---- words ---- */
/* layer: a layer, LAYER_DEFAULT, or LAYER_FORM */
enum { LAYER_DEFAULT = -2, LAYER_FORM = -1 };
typedef struct q_seq {
	formset **v;
	uint32_t n, cap;
} q_seq;
aur_code q_phrase(resolving *x, q_seq *l, const node *n, int layer);
aur_code q_word_piece(resolving *x, q_seq *l, size_t at, int layer, int regex, aur_str t);
int q_has_wild(aur_str t); /* stars and question marks */
aur_code q_words_node(resolving *x, node *n, q_seq *l, int layer);
int q_written(resolving *x, const formset *f); /* does any contribution have one of them? */
aur_code q_tokens_node(resolving *x, node *n);

/* ---- values, themes ---- */
void q_unescape(resolving *x, node *n); /* \" and \\ in quotation marks */
aur_code q_field_node(resolving *x, node *n, uint32_t field, int quoted);
aur_code q_theme_node(resolving *x, node *n);
/* Is the text a value of the field, but for case and accents; or also near one, or a word of one? */
enum value_like { VALUE_SAME, VALUE_NEAR };
int q_value_like(resolving *x, uint32_t field, aur_str t, enum value_like how);

/* ---- notes on what most likely means something else ---- */
void q_pattern_note(resolving *x, const node *n); /* .* and | typed as in CQP or in regular expressions */
void q_and_notes(resolving *x, const node *n);
void q_or_notes(resolving *x, const node *n);
void q_near_note(resolving *x, const node *n);
#endif
