/* SPDX-License-Identifier: Apache-2.0 */
/* What a pipeline says that fields mean (« who speaks stands in locuteur », « oui means that it may be quoted »): the <read> elements of
 * pipeline.xml, and its <stance> as the reading « stance », so that the engine itself knows no French word.  Also titles and definitions of themes, out of the lexicons. */
#ifndef AUR_PIPELINE_READINGS_H
#define AUR_PIPELINE_READINGS_H
#include <stdbool.h>
#include <string.h>
#include "base/error.h"
#include "base/mem.h"

typedef struct aur_reading {
	char *as;
	char *field[8];
	unsigned nfields;
	struct {
		char *value, *is; /* value: folded; a star at its beginning, its end: any text there */
	} *map;
	unsigned nmap;
} aur_reading;

typedef struct aur_readings {
	aur_reading *r;
	unsigned n;
} aur_readings;

/* Is a value of a map one that can be typed, and no pattern? */
static inline bool aur_value_is_word(const char *value)
{
	return !strchr(value, '*');
}

/* xml: a pipeline that was already accepted.  Never fails: what cannot be read is not there. */
void aur_readings_parse(const char *xml, aur_readings *out);
void aur_readings_free(aur_readings *r);
const aur_reading *aur_readings_get(const aur_readings *r, const char *as); /* NULL: none */
/* What a value (any case, any accents) stands for, or NULL.  A value of the map that is the same decides; else those with stars, where all that fit say
 * the same: « Que faut-il garder, que faut-il jeter ? » asks both. */
const char *aur_reading_is(const aur_reading *r, const char *value, size_t n);

/* Is the text nothing but one of the values of `r` (NULL: of none), or no word at all?  Letters and digits alone are compared, so that
 * « R.A.S. ! » is one of them too. */
int aur_reading_says_nothing(const aur_reading *r, const char *text, size_t n);

/* Fingerprint of a lexicon file as it stands on disk today, 32 digits; 0 where there is none. */
int aur_lexicon_digest(const char *lexicon, char hex[33]);
/* Title and definition of a theme in a lexicon file, appended; 0 when the file or the theme is not there. */
int aur_theme_title(const char *lexicon, const char *theme, aur_buf *title, aur_buf *definition);
/* Every theme of a lexicon's file, given by its path, each before its parts. */
typedef void (*aur_theme_fn)(void *ctx, const char *lexicon, const char *code, const char *title, const char *definition);
void aur_themes_of(const char *path, aur_theme_fn fn, void *ctx);
#endif
