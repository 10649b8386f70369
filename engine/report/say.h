/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers, dates and names in the writing of the page's language.  The language is a JSON file beside the page (fr.json); the
 * engine itself knows none. */
#ifndef AUR_REPORT_SAY_H
#define AUR_REPORT_SAY_H
#include <stdint.h>
#include <auricule/plugin.h>
#include "base/error.h"
#include "base/mem.h"

typedef struct aur_lang aur_lang;
aur_code aur_lang_parse(const char *name, const char *json, aur_lang **out, aur_error *e);
void aur_lang_free(aur_lang *s);

/* The text of a key ("verdict.new"); "" where there is none.  Lives as long as *s. */
const char *aur_lang_word(const aur_lang *s, const char *key);

/* Each writes into the arena. */
/* Words as they were typed (the title of a theme, of a corpus), with the apostrophes and the no-break spaces of the language. */
aur_str aur_lang_set(const aur_lang *s, aur_arena *a, aur_str typed);
const char *aur_lang_int(const aur_lang *s, aur_arena *a, int64_t n);
const char *aur_lang_real(const aur_lang *s, aur_arena *a, double x, int digits);
const char *aur_lang_percent(const aur_lang *s, aur_arena *a, double share, int digits);
const char *aur_lang_p(const aur_lang *s, aur_arena *a, double p); /* « p = 0,083 » */
/* "2025-04-01" -> « 1er avril 2025 »; anything that is not a date is returned unchanged. */
const char *aur_lang_date(const aur_lang *s, aur_arena *a, aur_str iso);
const char *aur_lang_date_short(const aur_lang *s, aur_arena *a, aur_str iso);
#endif
