/* SPDX-License-Identifier: Apache-2.0 */
/* The page that a policy team reads, and its proof.  The page's language, its look and its pictures are data files (template, words,
 * style, script, plotting library) found in one folder; the engine fills in figures.  Same ledger, same files: same bytes. */
#ifndef AUR_REPORT_REPORT_H
#define AUR_REPORT_REPORT_H
#include "irritants/cross.h"

typedef struct aur_assets aur_assets;
/* Reads LANG.html, LANG.json, page.css and page.js from `dir`, and the plotting library vega.js from `vega_dir` (NULL: from `dir`).
 * Without it the page has its tables and no pictures. */
aur_code aur_assets_open(const char *dir, const char *lang, const char *vega_dir, aur_assets **out, aur_error *e);
void aur_assets_free(aur_assets *a);
bool aur_assets_have_pictures(const aur_assets *a);

/* The page, appended to `out`, with the tables of some crosses of the ledger, or none. */
aur_code aur_report_page(const aur_ledger *l, aur_cross *const *cross, uint32_t crosses, const aur_assets *a, aur_buf *out, aur_error *e);
#endif
