/* SPDX-License-Identifier: Apache-2.0 */
/* What the adapter's files share; for nobody else. */
#ifndef AUR_IRRITANTS_ADAPT_H
#define AUR_IRRITANTS_ADAPT_H
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "index/index.h"
#include "irritants/input.h"
#include "pipeline/readings.h"

/* The fields that a reading of pipeline.xml is about, and what their values stand for. */
struct field_of {
	uint32_t field[8];
	unsigned n;
	const aur_reading *r;
	const char **is[8]; /* by value: what it stands for; "" = nothing */
	uint32_t nis[8];
};

/* What was found in hits, as written, each once. */
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
	aur_in_session *sessions;
	aur_str *roles;
	aur_in_total *totals;
	aur_in_contribution *con;
	uint32_t *doc; /* number in the index, by contribution */
	aur_in_hit *hits;
	size_t nhits;
	aur_in_theme *themes;
	struct exprs exprs;
	aur_in_word *residue;
	aur_in_fingerprint *fp;
	uint32_t fp_cap;
	uint32_t dim_field[3]; /* of territory, kind and wave; AUR_NONE */
	aur_doc text;
};

struct field_of aur_adapt_reading(const struct aur_adapter *a, aur_snapshot *s, const char *as);
void aur_adapt_reading_free(struct field_of *f);
aur_str aur_adapt_str(struct aur_adapter *a, const char *p, size_t n); /* a copy that lives as long as it does */
uint32_t aur_adapt_role(const struct aur_adapter *a, aur_str role); /* its number; AUR_IN_ABSENT: none */
/* exprs.c: the number of what was found, in lower case, white space as one blank: accents stay.  `b` is scratch. */
uint32_t aur_adapt_expr(struct exprs *x, const char *p, size_t n, aur_buf *b);
/* The number of an expression, which may be new. */
uint32_t aur_adapt_expr_number(struct exprs *x, aur_str e);
void aur_adapt_exprs_free(struct exprs *x);
/* Does a licence, by its name, let anybody quote what stands under it? */
bool aur_adapt_licence_open(aur_str licence);
/* The name of a stance, as the index has it. */
extern const char *const aur_adapt_stances[AUR_IN_STANCES];
/* All contributions, with their hits; in `hex`, where asked for, the fingerprint of all that was said. */
aur_code aur_adapt_contributions(struct aur_adapter *a, bool digest, bool words, unsigned threads, struct field_of *role, char hex[33], aur_error *e);
/* The words of what no theme caught (`bare`, and how often each form stands there), by their lower-case value: of the most frequent ones
 * those that stand there more than elsewhere. */
aur_code aur_adapt_residue(struct aur_adapter *a, const uint32_t *kform, const uint32_t *bare, uint32_t nbare, aur_error *e);
#endif
