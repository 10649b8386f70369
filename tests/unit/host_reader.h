/* SPDX-License-Identifier: Apache-2.0 */
/* A small host for tests of readers: loads a plugin as the engine would, feeds it bytes, records what it puts. */
#ifndef HOST_READER_H
#define HOST_READER_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "auricule/plugin.h"

typedef struct hr_field {
	char *name, *value;
} hr_field;

typedef struct hr_item {
	char *id; /* NULL: left to the host */
	char *text;
	size_t text_len;
	hr_field *fields;
	uint32_t field_count;
	uint32_t line;
} hr_item;

typedef struct hr_refusal {
	uint32_t line;
	char *id, *reason;
} hr_refusal;

typedef struct hr_session {
	char *id;
	hr_field *props;
	uint32_t prop_count;
} hr_session;

typedef struct hr {
	const aur_component *component;
	const aur_reader_ops *ops;
	aur_host host;
	/* what a test may set before hr_read() */
	size_t chunk;       /* most bytes given per read; 0: all that is asked for */
	bool count_only;    /* records nothing but numbers, for measuring */
	int64_t fail_after; /* the read that reaches this offset fails; -1: none does */
	bool cancel;
	/* settings */
	char **conf; /* for host_settings.h */
	uint32_t conf_count;
	/* what came */
	aur_status status; /* of the call that ended it: AUR_END, or what failed */
	hr_item *items;
	uint32_t item_count;
	hr_refusal *refusals;
	uint32_t refusal_count;
	hr_session *sessions;
	uint32_t session_count;
	hr_field *corpus;
	uint32_t corpus_count;
	char **notes;
	uint32_t note_count;
	char **fields; /* names by number */
	uint32_t field_count;
	uint64_t texts, values; /* with count_only */
	char *error, *error_file;
	uint32_t error_line, error_column;
	size_t reads_max; /* bytes that the reader took */
	/* the file */
	const char *bytes, *name;
	size_t len, at;
	hr_item *now;
	bool in_session;
} hr;

hr *hr_new(const char *plugin); /* "reader-csv" */
void hr_set(hr *r, const char *key, const char *value);
/* Reads one file to its end; r->status tells how it went.  What an earlier file gave is forgotten. */
void hr_read(hr *r, const char *name, const void *bytes, size_t len);
/* The same with a file of tests/data/readers/. */
void hr_read_file(hr *r, const char *name);
char *hr_load(const char *path, size_t *len); /* a whole file, NUL-terminated; NULL: cannot be read */
int32_t hr_probe(const hr *r, const char *name, const void *bytes, size_t len);
void hr_free(hr *r);

const char *hr_value(const hr_item *it, const char *field); /* NULL: it has none */
const char *hr_prop(const hr_session *s, const char *key);
const char *hr_corpus(const hr *r, const char *key);
bool hr_noted(const hr *r, const char *part); /* a note holds these words */
#endif
