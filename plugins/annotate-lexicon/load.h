/* SPDX-License-Identifier: Apache-2.0 */
/* load.h - what the files that read a lexicon's XML share. */
#ifndef AURICULE_LEXICON_LOAD_H
#define AURICULE_LEXICON_LOAD_H
#include "model.h"
#include <libxml/parser.h>

typedef enum { E_NONE, E_LEXICON, E_THEME, E_ENTRY, E_EXCLUDE, E_WORDS, E_TITLE, E_DEFINITION, E_NOTE, ELEMENTS } element;
typedef enum {
	A_ID, A_VERSION, A_LANG, A_THEME, A_THRESHOLD, A_OVERLAP, A_LAYER, A_CASE, A_FUZZY, A_WEIGHT, A_POLARITY, A_STATUS,
	A_PRECEDED, A_NOT_PRECEDED, A_FOLLOWED, A_NOT_FOLLOWED, A_WITH, A_WITHOUT, A_SOURCE, A_NOTE, ATTRIBUTES
} attribute;

/* What an entry inherits from the elements around it. */
typedef struct scope {
	lex_settings settings;
	float weight;
	int8_t polarity;
	bool active;
	uint32_t theme;
	element what;
	bool titled;
} scope;

typedef struct loader {
	lex_model *m;
	lex_arena *tmp;
	lex_compiler *compiler; /* or NULL */
	lex_arena *lines;       /* for the tree of a line: tmp, or that of the compiler */
	const char *path;
	const char *raw; /* the file, in UTF-8 */
	size_t raw_len;
	xmlParserCtxtPtr ctxt;
	aur_status status;
	scope stack[LEX_MAX_DEPTH + 2]; /* the open lexicon and themes */
	unsigned depth;
	element open; /* a leaf element (entry…) or E_NONE */
	/* if faults are kept and reading continues: */
	bool stopped;      /* but stop after this fault */
	unsigned skipping; /* open elements inside a skipped one, including it */
	bool drop;         /* an attribute of the open leaf is wrong: its patterns are checked, but left out */
	scope leaf;   /* settings of the open entry */
	const char *leaf_id;
	lex_context_tree contexts[6];
	uint32_t context_count;
	char *text; /* text of the open leaf; malloc'ed */
	size_t text_len, text_cap;
	size_t content;    /* where the open leaf's text starts in raw */
	uint32_t line, column; /* of the tag of the open leaf */
	lex_set *sets;
	size_t set_count, set_cap;
	const char *layers[64];
	size_t layer_count;
	uint32_t file;
	uint32_t broken_line, broken_column; /* where the XML was last ill-formed */
	/* place of byte `mark_at`, from where counting continues */
	size_t mark_at;
	uint32_t mark_line, mark_column;
} loader;

/* places.c: line and column of a byte of the file. */
void load_place(loader *l, size_t at, uint32_t *line, uint32_t *column);
/* The parser's position in the file. */
size_t load_here(const loader *l);
/* The byte of the file that byte `k` of the open leaf's text came from; searches on from (*at, *seen). */
size_t load_raw_of(const loader *l, size_t k, size_t *at, size_t *seen);
/* Reports a fault and stops reading, or keeps the fault and goes on (lex_model.keep_faults). */
void load_fail(loader *l, uint32_t line, uint32_t column, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
void load_fail_memory(loader *l);
void load_stop(loader *l, aur_status st);

/* bytes.c: reads a file that is not too large; to be freed. */
aur_status load_file(lex_model *m, const char *path, char **out, size_t *len);
/* Converts it to UTF-8, as line and column are counted in the bytes that libxml2 reads.  If it was converted, *utf8 is set: its
 * declaration must be ignored.  If it cannot be, reports that, and *raw is NULL. */
aur_status load_utf8(lex_model *m, const char *path, char **raw, size_t *n, bool *utf8);

/* settings.c */
typedef struct values {
	const char *v[ATTRIBUTES]; /* NULL if not given; live in tmp */
	uint32_t line, column;     /* of the tag */
} values;

extern const char *const load_element_names[ELEMENTS];
const char *load_attribute_name(attribute a);
/* Each returns false after reporting a fault. */
bool load_attributes(loader *l, element e, int n, const xmlChar **a, values *v);
/* What somebody may have meant by a name that is none: « Garde d'enfants » gives garde-d-enfants; "": nothing. */
enum { LOAD_CODE = 220 };
void load_code(const char *written, bool dots, char out[LOAD_CODE]);
bool load_id(loader *l, const values *v, attribute a, bool dots);
bool load_decimal(loader *l, const values *v, attribute a, double max, double *out);
/* Reads the settings that <lexicon>, <theme>, <entry> and <exclude> have in common. */
bool load_scope(loader *l, const values *v, scope *s);
bool load_overlap(loader *l, const values *v, lex_theme *t);

#endif
