/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger as tables for machines: English names that do not change, '.' as decimal point, no translation.  What the threshold
 * hides is "<5" (fewer than k people), "10-19" (a band) or "masked" (no more is told), here as everywhere: see suppress.h. */
#ifndef AUR_IRRITANTS_TABLES_H
#define AUR_IRRITANTS_TABLES_H
#include "irritants/ledger.h"

typedef struct aur_irr_table {
	const char *name; /* "irritants": the file is irritants.csv */
	const char *const *columns;
	uint32_t column_count, row_count, row_cap;
	const char **cells; /* row by row */
} aur_irr_table;

#define AUR_IRR_RESIDUE "without_theme_words" /* empty where the input was made without them */
/* All tables of a ledger, or the one that is called `only`, in the arena; none where none is called so.  Fails where a verbatim cannot be read. */
aur_code aur_irr_tables(const aur_ledger *l, const char *only, aur_arena *arena, aur_irr_table **out, uint32_t *count, aur_error *e);
void aur_irr_tables_free(aur_irr_table *t, uint32_t count);
/* RFC 4180, with a header line, LF, UTF-8.  A text that a spreadsheet would take for a formula gets an apostrophe before it. */
void aur_irr_table_csv(const aur_irr_table *t, aur_buf *out);
/* Is this cell a number in JSON?  (Columns of words are not, whatever they look like.) */
bool aur_irr_is_number(const char *column, const char *cell);
/* The ledger as one JSON object. */
aur_code aur_ledger_json(const aur_ledger *l, aur_buf *out, aur_error *e);

/* What is told of a count: "12", "<5", "10-19", "masked". */
const char *aur_irr_cell_told(const aur_irr_cell *c, bool people, uint32_t k, char buf[32]);
/* Names that machine formats use. */
const char *aur_verdict_name(aur_life_verdict v);
const char *aur_why_name(aur_life_why w);
const char *aur_trend_name(aur_life_trend t);
const char *aur_stance_name(uint32_t stance);
const char *aur_status_name(uint32_t status);
const char *aur_dim_name(aur_dim d);
const char *aur_finding_name(aur_finding_kind k);
/* Where a verbatim was heard, as finely as the threshold allows: a session (by index) or a territory (by part), else neither. */
void aur_quote_where(const aur_ledger *l, uint32_t contribution, uint32_t theme, uint32_t *session, uint32_t *territory);
/* May the shares of a theme be told?  They give their denominator back. */
bool aur_share_told(const aur_ledger *l, uint32_t theme);
/* Is every session of a theme shown?  If not, nothing that is computed from the series (a trend's figures, how many sessions are left without
 * one person) is told but the verdict: it would help to find the hidden cells. */
bool aur_series_told(const aur_ledger *l, uint32_t theme);
bool aur_territories_told(const aur_ledger *l, uint32_t theme);
/* Its verdict and its trend, as far as they may be told: UNDECIDED and HIDDEN where that would give a count away (that ties are too many for a
 * trend says that some hidden numbers are equal). */
aur_life aur_life_told(const aur_ledger *l, uint32_t theme);
/* Are all counts told that the divergence is made of? */
bool aur_divergence_told(const aur_irr_theme *t);
/* May its stance, its role be told? */
bool aur_quote_stance_told(const aur_ledger *l, uint32_t contribution, uint32_t theme);
bool aur_quote_role_told(const aur_ledger *l, uint32_t contribution, uint32_t theme);
#endif
