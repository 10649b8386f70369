/* SPDX-License-Identifier: Apache-2.0 */
/* The command line: one table of verbs and options drives parsing, --help and the man page. */
#ifndef AUR_CLI_CLI_H
#define AUR_CLI_CLI_H
#include <stdarg.h>
#include <stdio.h>
#include "base/error.h"
#include "base/intl.h"
#include "base/mem.h"
#include "index/index.h"
#include "pipeline/services.h"

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

typedef struct aur_opt {
	const char *name;
	char letter;     /* 0: none */
	const char *arg; /* NULL: a flag */
	const char *help;
} aur_opt;

typedef struct aur_args {
	const struct aur_verb *verb;
	const char *value[48]; /* by option of the verb; "" for a flag that was given */
	const char **many; /* every value of every option, in order, */
	unsigned char *many_opt; /* and which option it is of */
	unsigned nmany;
	char **arg;
	int narg;
	const char *glued; /* « -bus », read as -b us, which a person may have meant as a word of the query */
	int glued_opt;
	aur_error *met; /* the first damage that was met in the corpus, also by calls that could not tell it */
} aur_args;

typedef struct aur_verb {
	const char *name, *args, *summary;
	const aur_opt *opts; /* ended by a NULL name */
	int min_args, max_args; /* max -1: any */
	int (*run)(aur_args *a);
} aur_verb;

const char *aur_arg(const aur_args *a, const char *name); /* NULL: not given */
/* long long: a long of 32 bits does not hold UINT32_MAX */
long long aur_arg_int(const aur_args *a, const char *name, long long dflt, long long min, long long max); /* ends with EXIT_USAGE on rubbish */
const char *aur_arg_corpus(const aur_args *a);
size_t aur_arg_memory(const aur_args *a); /* --memory, 256 MiB where it is not given */
/* The n-th value of an option given several times. */
const char *aur_arg_nth(const aur_args *a, const char *name, unsigned n);
/* All of them with commas between: « --by a --by b » is « --by a,b ».  Valid until the next call; NULL: not given. */
const char *aur_arg_joined(const aur_args *a, const char *name);
/* A verb of verbs: the first argument says which; it sees its own arguments alone. */
typedef struct aur_sub {
	const char *name;
	int min, max; /* arguments after it; max -1: any */
	int (*run)(aur_args *a);
} aur_sub;
int aur_arg_sub(const aur_args *a, const aur_sub *sub, size_t n);
int aur_arg_settings(const aur_args *a, aur_config *c); /* every --set KEY=VALUE; exit status, 0 = fine */
int aur_usage(const aur_args *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* An option that names a file to write must name none that is to be read: wrong usage where it does, 0 otherwise. */
int aur_not_input(const aur_args *a, const char *opt, const char *input);
void aur_say_error(const aur_error *e);
int aur_failed(const aur_error *e); /* prints it; returns the exit status */
int aur_failed_with(const aur_error *e); /* whether that was the last that aur_failed printed */
void aur_say(const char *fmt, ...) __attribute__((format(printf, 1, 2))); /* on standard error */
void aur_remark(const char *fmt, ...) __attribute__((format(printf, 1, 2))); /* the same, not with --quiet */
/* --quiet, which every verb takes: results and what went wrong, and nothing else. */
int aur_quiet(void);
void aur_hush(void);

/* Tables: the same rows as an aligned table, CSV, JSON or JSON lines. */
typedef enum aur_format { FMT_TABLE, FMT_CSV, FMT_JSON, FMT_JSONL, FMT_CONLLU } aur_format;
aur_format aur_arg_format(const aur_args *a); /* default: table on a terminal, csv otherwise */
typedef struct aur_table aur_table;
/* names: as machine formats write them; heads: as a person reads them, in English here (NULL: the names as they are: names and values
 * of the data are never translated). */
aur_table *aur_table_new(aur_format f, const char *const *names, const char *const *heads, unsigned n);
aur_table *aur_table_new_in(FILE *to, aur_format f, const char *const *names, const char *const *heads, unsigned n);
void aur_cell(aur_table *t, const char *s, size_t n);
void aur_cell_str(aur_table *t, const char *s);
void aur_cell_int(aur_table *t, long long v); /* numbers: in a table as a person reads them */
void aur_cell_real(aur_table *t, double v, int digits);
void aur_cell_rate(aur_table *t, double v, int digits); /* the same, with two decimals in a table, or as many more as show something */
void aur_cell_log10(aur_table *t, double log10_v); /* the number whose log10 this is, in 6 digits (3 in a table), however small */
void aur_cell_number(aur_table *t, const char *v); /* a number that is written already, as JSON has it */
void aur_cell_none(aur_table *t);
/* The name of a field as that of a column beside own[0..n): field_NAME, where one of these has that name.  The caller frees it. */
char *aur_column_of(const char *field, const char *const *own, unsigned n);
/* Figures as a person reads them (French: 12 345,6), for a sentence or a cell; the format holds nothing with digits of its own, such as a path.
 * The last eight that were made can be used together. */
const char *aur_written(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Under a table by the field stance: what its codes mean, which are what one types in a question.  Nothing for another field. */
void aur_stance_legend(const char *field);
void aur_table_free(aur_table *t); /* prints what is left */

/* Whether it is a terminal that can do more than print: show colours, clear a line. */
int aur_terminal(int fd);
/* Whether standard output is a terminal that shows colours, and nobody asked it not to (no-color.org: NO_COLOR, where it is not empty). */
int aur_colours(void);
/* At most `most` bytes of a text that is only pointed at, whole characters, with … where something is cut off. */
void aur_shortened(aur_buf *out, const char *s, size_t n, size_t most);
/* Text for a person's terminal: control characters, which could rule it, are spaces; ends of lines stay where they are wanted. */
void aur_calm(aur_buf *out, const char *s, size_t n, int lines);
void aur_show(const char *s, size_t n);
void aur_showf(const char *fmt, ...) __attribute__((format(printf, 1, 2))); /* a sentence with such text in it */
void aur_vshowf(FILE *to, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));

/* JSON, one value per line, through yajl. */
typedef struct yajl_gen_t *aur_json;
aur_json aur_json_new(void);
void aur_json_str(aur_json j, const char *s, size_t n);
void aur_json_key(aur_json j, const char *k);
void aur_json_member(aur_json j, const char *k, aur_str v); /* a key with a string */
void aur_json_int(aur_json j, long long v);
void aur_json_real(aur_json j, double v, int digits);
void aur_json_line(aur_json j); /* prints what was made, and a line end */
void aur_json_free(aur_json j);

/* Bytes to code points, for spans in machine formats. */
typedef struct aur_points {
	const char *s;
	size_t byte, point;
} aur_points;
size_t aur_point_at(aur_points *p, size_t byte); /* costs what lies between this byte and the one asked for before */

/* The corpus and its chain, opened together. */
aur_code aur_open_corpus(const aur_args *a, aur_snapshot **s, aur_error *err);
void aur_say_alike(aur_snapshot *s); /* cmd_info.c: values that may be one and are counted apart */
aur_code aur_open_chain(aur_snapshot *s, int what, aur_chain **c, aur_error *err); /* the pipeline of the corpus */

#define AUR_OPT_CORPUS {"corpus", 'd', N_("DIR"), N_("the corpus (default: $AURICULE_CORPUS, then ./auricule.corpus)")}
#define AUR_OPT_FORMAT {"format", 'f', N_("FORMAT"), N_("table, csv, json or jsonl (default: table on a terminal, else csv)")}
#endif
