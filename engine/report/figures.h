/* SPDX-License-Identifier: Apache-2.0 */
/* Every figure of a page, with what it takes to recompute it: its query, its inputs, its value; and the verbatims that it opens. */
#ifndef AUR_REPORT_FIGURES_H
#define AUR_REPORT_FIGURES_H
#include "irritants/cross.h"
#include "report/say.h"

typedef struct aur_fig {
	const char *id;     /* "irritant/sanctions/session/douai/contributions" */
	const char *query;  /* in the language of `auricule search`; "" where the figure counts no contributions */
	const char *inputs; /* a JSON object */
	const char *value;  /* as printed on the page, or "<5", "masked" */
	const uint32_t *quotes; /* numbers of pooled verbatims */
	uint32_t quote_count;
} aur_fig;

/* A verbatim as the page shows it behind figures: a contribution seen from a theme. */
typedef struct aur_pooled {
	uint32_t contribution, theme;
} aur_pooled;

typedef struct aur_figs {
	aur_fig *fig;
	uint32_t count, cap;
	aur_pooled *pool;
	uint32_t pooled, pool_cap;
	uint32_t *slot; /* hash table of the pool: number + 1 */
	uint32_t slots;
	uint64_t bytes; /* about what the pool weighs on the page */
	aur_arena *arena;
} aur_figs;

#define AUR_POOL_BYTES 1500000 /* verbatims on a page: beyond, figures open what is there already, or their query alone */

/* All strings are copied but `value`, which must live in the arena.  Returns the figure's number. */
uint32_t aur_fig_add(aur_figs *f, const char *id, const char *query, const char *inputs, const char *value, const uint32_t *quotes,
		     uint32_t quote_count);
/* The number of a verbatim in the pool, which it joins; AUR_IN_ABSENT where the page is full. */
uint32_t aur_fig_pool(aur_figs *f, const aur_ledger *l, uint32_t contribution, uint32_t theme);
void aur_figs_free(aur_figs *f);

/* The query of a theme's irritant, with one more condition or "". */
const char *aur_fig_irritant(aur_arena *a, aur_str theme, const char *condition);
/* The query of what was asked, under a condition ("*": all). */
const char *aur_fig_asked(aur_arena *a, const char *condition);
/* field:"value": the value as it stands, where a bare one would find Élu, elu and ELU, and 2025 all that begins with 2025-. */
const char *aur_fig_field(aur_arena *a, const char *field, aur_str value);
const char *aur_fig_format(aur_arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The proof: options, fingerprints (the ledger's and the page's own) and all figures, as one line of JSON without "</". */
aur_code aur_figs_proof(const aur_figs *f, const aur_ledger *l, aur_cross *const *cross, uint32_t crosses, const char *page_digest, aur_buf *out, aur_error *e);
#endif
