/* SPDX-License-Identifier: Apache-2.0 */
/* What fields mean according to the pipeline (« who speaks is in locuteur », « oui means that it may be quoted »): the <read>
 * elements of pipeline.xml, and its <stance> as the reading « stance ».  So the engine itself knows no French word.  Also titles
 * and definitions of themes, from the lexicons. */
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
		char *value, *is; /* value: folded; a star at its beginning or end stands for any text */
	} *map;
	unsigned nmap;
} aur_reading;

typedef struct aur_readings {
	aur_reading *r;
	unsigned n;
} aur_readings;

/* Is a value of a map literal, and not a pattern? */
static inline bool aur_value_is_word(const char *value)
{
	return !strchr(value, '*');
}

/* xml: a pipeline that has been accepted already.  Never fails: what cannot be read is missing. */
void aur_readings_parse(const char *xml, aur_readings *out);
void aur_readings_free(aur_readings *r);
const aur_reading *aur_readings_get(const aur_readings *r, const char *as); /* NULL: none */
/* What a value (in any case, with any accents) stands for, or NULL.  An equal value of the map decides; else the patterns that
 * match, if they all stand for the same: « Que faut-il garder, que faut-il jeter ? » asks both. */
const char *aur_reading_is(const aur_reading *r, const char *value, size_t n);
/* The same; *several: there is none because the patterns that match stand for different things. */
const char *aur_reading_one(const aur_reading *r, const char *value, size_t n, int *several);

/* Is the text just one of the values of `r` (NULL: there are none), or without any word?  Only letters and digits are compared, so
 * « R.A.S. ! » counts too. */
int aur_reading_says_nothing(const aur_reading *r, const char *text, size_t n);

/* Fingerprint of a lexicon's file as it is on disk now, 32 digits; returns 0 if there is no such file. */
int aur_lexicon_digest(const char *path, char hex[33]);
/* Appends title and definition of a theme from a lexicon's file; returns 0 if the file or the theme does not exist. */
int aur_theme_title(const char *path, const char *theme, aur_buf *title, aur_buf *definition);
/* Calls fn for every theme of a lexicon's file, each before the themes below it. */
typedef void (*aur_theme_fn)(void *ctx, const char *lexicon, const char *code, const char *title, const char *definition);
void aur_themes_of(const char *path, aur_theme_fn fn, void *ctx);
#endif
