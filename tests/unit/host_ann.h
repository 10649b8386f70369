/* SPDX-License-Identifier: Apache-2.0 */
/* A host for the tests of annotators: the tokenizer and the layers as built, then annotators one after the other, on one text
 * at a time.  What the engine's pipeline does, without its index. */
#ifndef HOST_ANN_H
#define HOST_ANN_H
#include <auricule/plugin.h>
#include <stdbool.h>

typedef struct ha_hit {
	aur_hit hit;
	uint32_t annotator;
	bool fixed;
} ha_hit;

typedef struct ha ha;

ha *ha_new(void);
void ha_free(ha *a);
/* Opens an annotator of a plugin behind those before it.  settings: "key=value" strings up to a NULL, or NULL. */
aur_status ha_add(ha *a, const char *plugin, const char *component, const char *const *settings);
/* Was this plugin built? */
bool ha_built(const char *plugin);
const char *ha_error(const ha *a); /* the last message of fail() or fail_at(): "file:line:column: message" */
/* Runs all on one text; the hits are in ha_hits until the next. */
aur_status ha_run(ha *a, const char *text, size_t len);
/* The same on a text with marks: « ici on ne [-juge] pas », « pas de {+bus} ».  What stands in brackets is a hit that is there before the
 * first annotator, in braces one with AUR_HIT_LACK_COUNTS; the sign behind the bracket, taken out as well, is put into `signs`, by hit. */
aur_status ha_run_marked(ha *a, const char *marked, char *signs, size_t size);
uint32_t ha_count(const ha *a);
const ha_hit *ha_hits(const ha *a);
void ha_label(const ha *a, const ha_hit *h, aur_label *out);
/* The text of tokens first to last, in a buffer that the fourth call after it uses again. */
const char *ha_text(const ha *a, uint32_t first, uint32_t last);
/* "theme:words:polarity" of each hit between spaces, in order; polarity + - ? ; until the next call. */
const char *ha_show(ha *a, const char *text);
/* For what the tests ask of a component directly. */
const aur_host *ha_host(ha *a);
void *ha_model(const ha *a, uint32_t annotator);
void *ha_worker(const ha *a, uint32_t annotator);
const aur_component *ha_component(const ha *a, uint32_t annotator);
const aur_view *ha_view(ha *a, uint32_t annotator); /* of the last text */
/* Every form seen so far, one after the other from 0: false past the last. */
bool ha_form(const ha *a, uint32_t i, aur_form *out, uint64_t *count);
/* The forms that the tokenizer makes of a text, at most `max`; they live as long as `a`. */
uint32_t ha_tokenize(ha *a, aur_str text, aur_str *forms, uint32_t max);
#endif
