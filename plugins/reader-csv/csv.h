/* SPDX-License-Identifier: Apache-2.0 */
/* The CSV reader's own rooms:
 *
 *   scan.c    one record: where its fields are, 64 bytes at a time, and what one of them says
 *   guess.c   separator, line ends, header rows, out of the first records; host-free, so that the probe uses it too
 *   header.c  the rows of headers
 *   sample.c  what the columns hold
 *   told.c    what is told of them
 *   columns.c which column is the text, the id, the session, the date; which are fields, which are dropped
 *   reader.c  the component: begin, next, end, and what happens to bad rows
 */
#ifndef CSV_H
#define CSV_H
#include "../common/rd.h"

#define CSV_MAX_COLUMNS 4096u
#define CSV_SAMPLE 500u /* records that are looked at before anything is decided */

typedef struct csv_dialect {
	unsigned char sep;     /* the line end where there is but one column */
	unsigned char newline; /* '\n' (a '\r' before it belongs to it), or '\r' in a file that has no '\n' */
	bool quotes;           /* a field may be quoted */
	uint32_t columns;      /* how many a record should have; 0: not known yet */
} csv_dialect;

enum { CSV_QUOTED = 1u, CSV_DOUBLED = 2u };
typedef struct csv_field {
	uint32_t start, end; /* within the record, quotes left out */
	uint32_t flags;
} csv_field;

typedef struct csv_record {
	size_t len;     /* bytes, with the line end */
	uint32_t n;     /* fields found; only the first CSV_MAX_COLUMNS are kept */
	uint32_t lines; /* physical lines that it covers */
	bool high;      /* bytes above 127 */
	bool nul;       /* NUL bytes */
	bool quoted;    /* at least one quoted field */
	csv_field f[CSV_MAX_COLUMNS];
} csv_record;

typedef enum csv_found {
	CSV_RECORD,
	CSV_END,  /* nothing is left */
	CSV_MORE, /* the record goes on behind the window */
	CSV_QUOTE /* a quote that is never closed, or closed in the middle of a field */
} csv_found;

/* The record at p; RD_PAD bytes behind p[n) must be readable. */
csv_found csv_scan(const csv_dialect *d, const char *p, size_t n, bool eof, csv_record *r);
/* Length of the physical line at p with its end; 0: it goes on behind p[n). */
size_t csv_line(const csv_dialect *d, const char *p, size_t n, bool eof);

typedef struct csv_layout {
	csv_dialect d;
	uint32_t skip; /* bytes before the first record: Excel's "sep=;" */
	uint32_t skip_lines;
	uint32_t header_rows; /* 0: the file has none */
	uint32_t records;     /* in the sample, header included */
	uint32_t consistent;  /* of them, with the usual number of columns */
	uint32_t known;       /* columns of the header whose names say what they are */
	const char *flavour;  /* "LimeSurvey", or NULL */
} csv_layout;

/* sep, header_rows: what a person says; below 0: to be found out.  False: this is no table. */
bool csv_guess(const char *p, size_t n, bool eof, int sep, int header_rows, csv_layout *out, csv_record *scratch);

typedef struct csv_column {
	char *label;            /* as the header has it, for messages */
	const char *title;      /* within label: the question without its code */
	char *question;         /* the title with the number of the column, where another text column has that title too; or NULL */
	char name[RD_NAME_MAX]; /* as a field */
	rd_role role;
	bool idle;      /* without a name, and without a value in the sample */
	bool wordy;     /* holds sentences, and nobody said what it is */
	bool by_name;   /* asked for by its name, which another one may have */
	uint32_t field; /* the host's number */
} csv_column;

#define CSV_MAX_TEXTS 64u
typedef struct csv_conf {
	const char *text[CSV_MAX_TEXTS + 2]; /* up to the first NULL; one more than can be read, which is then told */
	const char *id, *session, *date, *encoding, *skip;
	const char *id_prefix; /* of the speakers that are made of ids; the host puts it before the ids */
	int sep;         /* -1: to be found out */
	int header_rows; /* -1 likewise */
	bool rows_are_people; /* where a row has several texts */
} csv_conf;

typedef struct csv_state {
	rd_input in;
	csv_dialect d;
	csv_layout layout;
	csv_column *cols; /* d.columns of them */
	uint32_t named;   /* of them, up to the last that has a name or is asked for */
	uint32_t texts[CSV_MAX_TEXTS], text_count;
	int32_t id, session, date; /* columns, or -1 */
	uint32_t session_field, date_field, question_field;
	bool speaks;            /* the several answers of a row are given to one speaker, whom no column names */
	uint32_t speaker_field;
	rd_buf file, speaker;   /* what the made-up ones begin with; that of the record at hand */
	rd_dates dates;

	uint32_t line;      /* of the record at hand */
	uint32_t text_next; /* the text column whose turn it is */
	bool held;          /* a record is at hand; the next call steps over it */
	bool bad_utf8;
	uint32_t rows, repaired, blank_rows, header_again, fillers;
	uint32_t marked_up, wordless, wordless_line; /* texts with tags of HTML; with digits and no letter, and the first */
	rd_buf scratch;
	csv_record r;
} csv_state;

/* Has the record at hand as many fields as the header has columns, but for those at its end that have no name? */
static inline bool csv_whole(const csv_state *s)
{
	return s->r.n <= s->d.columns && s->r.n >= s->named;
}

/* The value of a field of the record at hand, quotes undone (in place), bytes that are no UTF-8 repaired: scan.c. */
bool csv_value(csv_state *s, csv_field *f, aur_str *out);
/* Reads the rows of headers, of which the window holds the first: header.c. */
aur_status csv_header(csv_state *s);

typedef struct csv_holding {
	aur_str date[2]; /* by order: the first that is to be rewritten, in the window */
	uint32_t values, words, distinct, dmy, mdy; /* words: but the first of each value */
	uint32_t longs, distinct_longs; /* of the values, those that say something */
	uint64_t bytes;
	uint64_t seen[CSV_SAMPLE], seen_longs[CSV_SAMPLE];
} csv_holding;
/* Looks at column i over the sample: sample.c. */
void csv_look(csv_state *s, uint32_t i, csv_holding *out);
/* Which columns have neither a name nor a value, as far as the sample goes: the empty ones of a spreadsheet. */
void csv_idle(csv_state *s);
/* A cell of column i that holds several answers, such as « Bus;Train », and one of them, in the window: false where the sample has none. */
bool csv_several(csv_state *s, uint32_t i, aur_str *cell, aur_str *answer);
/* Long, several words, hardly two alike: free text. */
bool csv_free_text(const csv_holding *w);
/* Several words in each, hardly two alike, however short: perhaps answers as well. */
bool csv_sentences(const csv_holding *w);
/* Free text among many that say « RAS » and « Non ». */
bool csv_some_free_text(const csv_holding *w);

/* A separator as a person reads it: told.c. */
const char *csv_sign(int c, char buf[2]);
/* "1 « N° », 2 « Atelier », …": told.c. */
void csv_list_columns(const csv_state *s, rd_buf *b);
/* The sentence about it all. */
void csv_tell(csv_state *s, aur_record_sink *o);

/* Settles the columns, or says what is missing; the window holds the sample. */
aur_status csv_columns(csv_state *s, const csv_conf *c, aur_record_sink *o);
void csv_columns_free(csv_state *s);
#endif
