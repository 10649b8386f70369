/* SPDX-License-Identifier: Apache-2.0 */
/* A host as small as it can be, for the tests of tokenizers and layers: it loads a plugin as built, opens one
 * of its components with the settings given, and keeps what the plugin says. */
#ifndef HOST_TEXT_H
#define HOST_TEXT_H
#include <auricule/plugin.h>
#include <stdbool.h>

typedef struct ht_token {
	uint32_t start, end, flags;
	char *form; /* always there: a copy of the span where the plugin gave none */
	size_t form_len;
	bool own_form; /* the plugin gave one */
} ht_token;

typedef struct ht_plugin {
	void *dl;
	const aur_component *c;
	void *model, *worker;
	/* what came of the last tokenize() */
	ht_token *tokens;
	size_t count, cap;
	bool keep; /* false: tokens are only counted, for speed */
	const char *text;
	int cancel_after; /* cancelled() answers 1 from this call on; -1 = never */
	aur_host host;
	char error[512]; /* the last message of fail() */
} ht_plugin;

/* name: "tokenizer-fr" for plugins/tokenizer-fr/.libs/tokenizer-fr.so; settings: "key=value" strings up to a
 * NULL, or NULL.  Returns the status of open(); a plugin that cannot be loaded fails the test. */
aur_status ht_open(ht_plugin *p, const char *name, const char *component, const char *const *settings);
void ht_close(ht_plugin *p);

aur_status ht_tokenize(ht_plugin *p, const char *text, size_t len);
/* The forms between bars: "l'|accueil|.", until the next call. */
const char *ht_forms(ht_plugin *p, const char *text);
/* The value of one form, NUL-terminated, until the next call; "" = none. */
const char *ht_value(ht_plugin *p, const char *form);

/* A path in ../shared beside the sources, or NULL with a line that says that the test is skipped. */
const char *ht_shared(const char *name);
/* The whole file with a NUL behind; to be freed. */
char *ht_slurp(const char *path, size_t *len);
#endif
