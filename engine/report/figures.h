/* SPDX-License-Identifier: Apache-2.0 */
/* All figures of a page.  Each has what it takes to recompute it (its query, its inputs, its value) and the verbatims that it opens. */
#ifndef AUR_REPORT_FIGURES_H
#define AUR_REPORT_FIGURES_H
#include "irritants/cross.h"
#include "report/say.h"

typedef struct aur_fig {
	const char *id;     /* "irritant/sanctions/session/douai/contributions" */
	const char *query;  /* in the language of `auricule search`; "" where no query finds what the figure counts */
	const char *inputs; /* a JSON object */
	const char *value;  /* as printed on the page, or "<5", "masked" */
	const uint32_t *quotes; /* indices into the pool */
	uint32_t quote_count;
} aur_fig;

/* A verbatim that the page shows behind figures: a contribution as an example of a theme. */
typedef struct aur_pooled {
	uint32_t contribution, theme;
} aur_pooled;

typedef struct aur_figs {
	aur_fig *fig;
	uint32_t count, cap;
	aur_pooled *pool;
	uint32_t pooled, pool_cap;
	uint32_t *slot; /* hash table of the pool: index + 1, 0 = free */
	uint32_t slots;
	uint64_t bytes; /* estimated size of the pool on the page */
	aur_arena *arena;
} aur_figs;

#define AUR_POOL_BYTES 1500000 /* bytes of verbatims on a page; once full, figures open only verbatims that are there already, or just their query */

/* Returns the figure's number.  All strings are copied but `value`, which must live in the arena. */
uint32_t aur_fig_add(aur_figs *f, const char *id, const char *query, const char *inputs, const char *value, const uint32_t *quotes,
		     uint32_t quote_count);
/* Puts a verbatim into the pool, if it is not there yet, and returns its index; AUR_IN_ABSENT where the page is full. */
uint32_t aur_fig_pool(aur_figs *f, const aur_ledger *l, uint32_t contribution, uint32_t theme);
void aur_figs_free(aur_figs *f);

/* The query for a theme's irritant; `condition` is one more condition, or "". */
const char *aur_fig_irritant(aur_arena *a, aur_str theme, const char *condition);
/* The query for what was asked, under a condition ("*": everything). */
const char *aur_fig_asked(aur_arena *a, const char *condition);
/* field:"value".  The quotes make it exact: without them, Élu would also find elu and ELU, and 2025 all that begins with 2025-. */
const char *aur_fig_field(aur_arena *a, const char *field, aur_str value);
const char *aur_fig_format(aur_arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The proof: options, fingerprints (those of the ledger and of the page's files) and all figures, as one line of JSON without "</". */
aur_code aur_figs_proof(const aur_figs *f, const aur_ledger *l, aur_cross *const *cross, uint32_t crosses, const char *page_digest, aur_buf *out, aur_error *e);
#endif
