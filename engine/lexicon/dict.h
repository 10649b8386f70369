/* SPDX-License-Identifier: Apache-2.0 */
/* The word lists of other programs: a tree of themes with plain expressions (auricule/ext.h says what that is), read from their formats
 * and written to them. */
#ifndef AUR_LEXICON_DICT_H
#define AUR_LEXICON_DICT_H
#include "base/error.h"
#include "base/mem.h"

typedef enum aur_dict_format {
	DICT_UNKNOWN,
	DICT_LIWC,       /* .dic */
	DICT_QUANTEDA,   /* YAML */
	DICT_QDC,        /* REFI-QDA codebook */
	DICT_CSV,        /* theme, expression */
	DICT_LEXICODER,  /* .lc3 */
	DICT_YOSHIKODER, /* .ykd */
	DICT_FORMATS
} aur_dict_format;
extern const char *const aur_dict_format_names[DICT_FORMATS]; /* as --from and --to have them */

typedef struct aur_dict_line {
	char *text;
	unsigned line; /* of the file that it comes from */
} aur_dict_line;

typedef struct aur_dict_theme {
	char *code;                      /* its own part of the theme's code; siblings differ */
	char *name;                      /* as the file has it */
	char *title, *definition;        /* NULL: the title is the name; there is no definition */
	char *number;                    /* of a category of LIWC, or NULL */
	uint32_t parent, first, last, next; /* AUR_NONE: none */
	unsigned depth, length;          /* 0 at the top; of its code with those around it */
	aur_dict_line *lines;
	uint32_t n, cap;
} aur_dict_theme;

typedef struct aur_dict {
	const char *file; /* for messages and for themes without a name */
	aur_dict_theme *t;
	uint32_t n, cap;
	/* What cannot be carried, with its line and the reason. */
	void (*leave)(void *to, unsigned line, const char *what, size_t n, const char *why);
	void (*note)(void *to, const char *what);
	unsigned alike; /* names whose codes met that of another */
	void *to;
} aur_dict;
void aur_dict_free(aur_dict *d);

/* The theme of this name below another (AUR_NONE: at the top), made where it is not there; AUR_NONE where there are too many. */
uint32_t aur_dict_child(aur_dict *d, uint32_t parent, const char *name, size_t n);
/* The same, always a new one. */
uint32_t aur_dict_new(aur_dict *d, uint32_t parent, const char *name, size_t n);
/* The theme of a code with dots, made with those around it. */
uint32_t aur_dict_at(aur_dict *d, const char *code, size_t n);
/* The theme of what stands outside of any: it has the name of the file, without its folder and its extension. */
uint32_t aur_dict_outside(aur_dict *d);
void aur_dict_add(aur_dict *d, uint32_t theme, const char *text, size_t n, unsigned line);
void aur_dict_leave(aur_dict *d, unsigned line, const char *what, size_t n, const char *why);
/* Is there an expression in the theme or in one below it? */
int aur_dict_has(const aur_dict *d, uint32_t theme);
/* Takes the second and later of equal expressions out of every theme. */
void aur_dict_unique(aur_dict *d);
static inline const char *aur_dict_title(const aur_dict_theme *t)
{
	return t->title ? t->title : t->name;
}

/* ---- in (from.c and from_*.c) ---- */
/* Reads a file's bytes; DICT_UNKNOWN: finds out.  What can be left out is left out, and told; fails where nothing can be made of it. */
aur_code aur_dict_read(aur_dict *d, aur_dict_format f, const char *bytes, size_t n, aur_error *err);
aur_code aur_dict_from_yaml(aur_dict *d, const char *text, size_t n, aur_error *err);
aur_code aur_dict_from_xml(aur_dict *d, aur_dict_format f, const char *bytes, size_t n, aur_error *err);

/* ---- out (to_xml.c, to.c) ---- */
/* Appends the line of an entry that finds a plain expression; nothing, where there can be none. */
typedef aur_code (*aur_dict_pattern)(void *ctx, const aur_dict_line *l, aur_buf *out, aur_error *err);
/* A lexicon of one theme at the top; top AUR_NONE: of all of them, below a theme that has the name of the file. */
aur_code aur_dict_lexicon(const aur_dict *d, uint32_t top, const char *layer, aur_dict_pattern pattern, void *ctx, aur_buf *out, aur_error *err);
/* Bits of aur_beyond: what a format can say. */
uint32_t aur_dict_can(aur_dict_format f);
/* *written: how many expressions, where one that several themes have is one if the format writes it once. */
aur_code aur_dict_write(const aur_dict *d, aur_dict_format f, aur_buf *out, uint64_t *written, aur_error *err);
#endif
