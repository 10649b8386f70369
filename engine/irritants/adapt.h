/* SPDX-License-Identifier: Apache-2.0 */
/* Private to the files of the adapter: its state, and the helpers that they share. */
#ifndef AUR_IRRITANTS_ADAPT_H
#define AUR_IRRITANTS_ADAPT_H
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "base/strtab.h"
#include "index/index.h"
#include "irritants/input.h"
#include "lexicon/set.h"
#include "pipeline/readings.h"

/* One reading of pipeline.xml (« speaker », « role », …): which fields of the index it looks at, and what each of their values
 * stands for. */
struct field_of {
	uint32_t field[8];
	unsigned n;
	const aur_reading *r;
	const char **is[8]; /* is[i][v]: what value v of field[i] stands for; NULL: not looked up yet; "" = nothing */
	uint32_t nis[8]; /* length of each is[i] */
};

/* The distinct expressions found in hits, spelled as aur_adapt_expr() returns them; an open-addressed hash table
 * maps each to its number. */
struct exprs {
	aur_str *of;
	uint32_t n, cap, *tab, mask;
	aur_arena arena;
};

struct aur_adapter {
	aur_snapshot *s;
	aur_input in;
	aur_arena arena;
	aur_readings readings;
	aur_lexicon_ids lexicons;
	aur_in_session *sessions;
	aur_str *roles;
	aur_strtab role_numbers;
	aur_in_total *totals;
	aur_in_contribution *con;
	uint32_t *doc; /* document number in the index, by contribution */
	aur_in_hit *hits;
	size_t nhits;
	aur_in_theme *themes;
	struct exprs exprs;
	aur_in_word *residue;
	aur_in_fingerprint *fp;
	uint32_t fp_cap;
	uint32_t dim_field[3]; /* fields of territory, kind and wave; AUR_NONE where there is none */
	aur_doc text;
};

/* The fields of the reading called `as`, with their value tables still unfilled.  Free with aur_adapt_reading_free().  A thread
 * needs one of its own: the tables are filled while it reads. */
struct field_of aur_adapt_reading(const struct aur_adapter *a, aur_snapshot *s, const char *as);
void aur_adapt_reading_free(struct field_of *f);
aur_str aur_adapt_str(struct aur_adapter *a, const char *p, size_t n); /* a copy in the adapter's arena */
uint32_t aur_adapt_role(struct aur_adapter *a, aur_str role); /* index of the role, or AUR_IN_ABSENT */
/* exprs.c: the number of the expression p[0..n-1], in lower case, with straight apostrophes and one blank for each
 * run of white space; accents are kept.  `b` is scratch. */
uint32_t aur_adapt_expr(struct exprs *x, const char *p, size_t n, aur_buf *b);
/* The number of an expression; adds it where it is new. */
uint32_t aur_adapt_expr_number(struct exprs *x, aur_str e);
void aur_adapt_exprs_free(struct exprs *x);
/* Does a licence of this name let anybody quote the corpus? */
bool aur_adapt_licence_open(aur_str licence);
/* The name of each stance, as the index has it. */
extern const char *const aur_adapt_stances[AUR_IN_STANCES];
/* Reads all contributions and their hits into `a`.  digest: also write the fingerprint of everything that was said into `hex`.
 * words: also gather the vocabulary of what no theme caught (aur_adapt_residue). */
aur_code aur_adapt_contributions(struct aur_adapter *a, bool digest, bool words, unsigned threads, struct field_of *role, char hex[33], aur_error *e);
/* Fills a->residue.  bare: the contributions that no theme caught; kform: how often each form stands in them.  Forms are grouped by
 * their lower-case value; of the most frequent ones those are kept that occur there more often than elsewhere. */
aur_code aur_adapt_residue(struct aur_adapter *a, const uint32_t *kform, const uint32_t *bare, uint32_t nbare, aur_error *e);
#endif
