/* SPDX-License-Identifier: Apache-2.0 */
/* The page that a policy team reads, with its proof.  Language, look and pictures of the page are data files in one folder
 * (template, words, style, script, plotting library); the engine fills in the figures.  The same ledger and files give the same
 * bytes. */
#ifndef AUR_REPORT_REPORT_H
#define AUR_REPORT_REPORT_H
#include "irritants/cross.h"

typedef struct aur_assets aur_assets;
/* Reads LANG.html, LANG.json, page.css and page.js from `dir`, and the plotting library vega.js from `vega_dir` (NULL: from `dir`).
 * Without it the page has its tables and no pictures. */
aur_code aur_assets_open(const char *dir, const char *lang, const char *vega_dir, aur_assets **out, aur_error *e);
void aur_assets_free(aur_assets *a);
bool aur_assets_have_pictures(const aur_assets *a);

/* Appends the page to `out`, with a table for each of the `crosses` (0: none), which must be of this ledger.  On failure `out` is
 * as it was before. */
aur_code aur_report_page(const aur_ledger *l, aur_cross *const *cross, uint32_t crosses, const aur_assets *a, aur_buf *out, aur_error *e);
#endif
