/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger as tables for machines: English names that do not change, '.' as decimal point, no translation. */
#ifndef AUR_IRRITANTS_TABLES_H
#define AUR_IRRITANTS_TABLES_H
#include "irritants/cross.h"

typedef struct aur_irr_table {
	const char *name; /* "irritants": the file is then irritants.csv */
	const char *const *columns;
	uint32_t column_count, row_count, row_cap;
	const char **cells; /* row after row */
} aur_irr_table;

/* these two tables are empty where the input was made without their data */
#define AUR_IRR_RESIDUE "without_theme_words"
#define AUR_IRR_PRINTS "fingerprints"
/* All tables of a ledger, or only the one called `only` (none where there is no such table), in the arena.  Fails where a verbatim
 * cannot be read. */
aur_code aur_irr_tables(const aur_ledger *l, const char *only, aur_arena *arena, aur_irr_table **out, uint32_t *count, aur_error *e);
/* The irritants by fields, one cross each, in the form of irritants_by_part with the field as its dimension; `values`: how many values
 * the part combines, 0 if it is that of contributions without a value. */
void aur_cross_table(const aur_ledger *l, aur_cross *const *cross, uint32_t count, aur_arena *arena, aur_irr_table *out);
void aur_irr_tables_free(aur_irr_table *t, uint32_t count);
/* RFC 4180, with a header line, LF, UTF-8.  A cell that a spreadsheet would take for a formula gets an apostrophe before it. */
void aur_irr_table_csv(const aur_irr_table *t, aur_buf *out);
/* Is this cell a number in JSON?  (A column of words never is, whatever its cells look like.) */
bool aur_irr_is_number(const char *column, const char *cell);
/* The ledger as one JSON object. */
aur_code aur_ledger_json(const aur_ledger *l, aur_buf *out, aur_error *e);
#endif
