/* SPDX-License-Identifier: Apache-2.0 */
/* The files of the CSV reader:
 *
 *  scan.c    one record: where its fields are, 64 bytes at a time, and the value of a field
 *  guess.c   separator, line ends, header rows, from the first records; without a host, so that probe() can use it too
 *  header.c  the header rows
 *  sample.c  what the columns contain
 *  told.c    what the person is told of them
 *  columns.c which column is the id, the session, the date; which are fields, which are dropped
 *  texts.c   which columns are texts
 *  rows.c    the next row, and what happens to bad ones
 *  give.c    what is given of a row
 *  reader.c  the component: begin, next, end */
#ifndef CSV_H
#define CSV_H
#include "../common/rd.h"

#define CSV_MAX_COLUMNS 4096u
#define CSV_SAMPLE 500u /* records that are examined before anything is decided */

typedef struct csv_dialect {
	unsigned char sep;     /* the line end, if there is only one column */
	unsigned char newline; /* '\n' (a '\r' before it belongs to it), or '\r' in a file without any '\n' */
	bool quotes;           /* fields may be quoted */
	uint32_t columns;      /* how many fields a record should have; 0: not known yet */
} csv_dialect;

enum { CSV_QUOTED = 1u, CSV_DOUBLED = 2u };
typedef struct csv_field {
	uint32_t start, end; /* offsets in the record, without the quotes */
	uint32_t flags;
} csv_field;

typedef struct csv_record {
	size_t len;     /* bytes, including the line end */
	uint32_t n;     /* number of fields; only the first CSV_MAX_COLUMNS are in f */
	uint32_t lines; /* physical lines that it spans */
	bool high;      /* has bytes above 127 */
	bool nul;       /* has NUL bytes */
	bool quoted;    /* at least one quoted field */
	csv_field f[CSV_MAX_COLUMNS];
} csv_record;

typedef enum csv_found {
	CSV_RECORD,
	CSV_END,  /* no data is left */
	CSV_MORE, /* the record may go on after the window */
	CSV_QUOTE /* a quote that is never closed, or closed in the middle of a field */
} csv_found;

/* Scans the record at p; RD_PAD bytes after p[n) must be readable. */
csv_found csv_scan(const csv_dialect *d, const char *p, size_t n, bool eof, csv_record *r);
/* Length of the physical line at p with its end; 0: it may go on after p[n). */
size_t csv_line(const csv_dialect *d, const char *p, size_t n, bool eof);

typedef struct csv_layout {
	csv_dialect d;
	uint32_t skip; /* bytes before the first record: Excel's "sep=;" */
	uint32_t skip_lines;
	uint32_t header_rows; /* 0: there is none */
	uint32_t records;     /* in the sample, header included */
	uint32_t consistent;  /* how many of them have the usual number of columns */
	uint32_t known;       /* columns of the header whose names are known */
	const char *flavour;  /* the survey tool, such as "LimeSurvey", or NULL */
} csv_layout;

/* Length of the code in « G01Q02[SQ001]. Quel âge avez-vous ? », as LimeSurvey writes codes and questions together; 0: there is none. */
size_t csv_code(const char *p, size_t n);
/* sep, header_rows: as the person sets them; below 0: guess.  False: this is not a table. */
bool csv_guess(const char *p, size_t n, bool eof, int sep, int header_rows, csv_layout *out, csv_record *scratch);

typedef struct csv_column {
	char *label;            /* as the header has it, for messages */
	const char *title;      /* within label: the question without its code */
	char *question;         /* title with the number of the column, if another text column has the same title; else NULL */
	char name[RD_NAME_MAX]; /* name of its field */
	rd_role role;
	bool idle;      /* has no name, and no value in the sample */
	bool wordy;     /* contains sentences, although nothing says that it is a text */
	bool by_name;   /* the person named it by its header, which another column may have too */
	uint32_t field; /* the host's number for the field */
} csv_column;

#define CSV_MAX_TEXTS 64u
typedef struct csv_conf {
	const char *text[CSV_MAX_TEXTS + 2]; /* up to the first NULL; has room for one more than is allowed, so that this can be reported */
	const char *id, *session, *date, *encoding, *skip;
	const char *id_prefix; /* prefix for speakers that are made from ids; the host itself adds it to the ids */
	int sep;         /* -1: guess */
	int header_rows; /* -1: guess */
	bool rows_are_people; /* if a row has several texts, they are one person's */
} csv_conf;

typedef struct csv_state {
	rd_input in;
	csv_dialect d;
	csv_layout layout;
	csv_column *cols; /* d.columns of them */
	uint32_t named;   /* columns up to the last one that has a name or is used */
	uint32_t texts[CSV_MAX_TEXTS], text_count;
	int32_t id, session, date; /* indices of columns, or -1 */
	uint32_t session_field, date_field, question_field;
	bool asks;              /* texts have the field « question » */
	bool speaks;            /* the several answers of a row get a speaker, as no column names one */
	uint32_t speaker_field;
	rd_buf file, speaker;   /* prefix of the made-up speakers; the speaker of the current record */
	rd_dates dates;

	uint32_t line;      /* of the current record */
	uint32_t text_next; /* index of the text column that comes next */
	bool held;          /* there is a current record; the next call skips it */
	bool bad_utf8;
	uint32_t rows, repaired, blank_rows, header_again, fillers;
	uint32_t marked_up, wordless, wordless_line; /* texts with HTML tags; texts that are a number or a total, and the line of the first */
	uint32_t dittos, ditto_line;   /* cells that only repeat the one above, « idem », and the line of the first */
	uint32_t ditto_row;            /* line of the row whose fields were last looked at for them */
	uint32_t homeless, homeless_line; /* contributions without a session, below one that has one */
	bool housed;
	rd_buf scratch;
	csv_record r;
} csv_state;

/* Has the current record as many fields as the header has columns?  Unnamed columns at the end may be missing. */
static inline bool csv_whole(const csv_state *s)
{
	return s->r.n <= s->d.columns && s->r.n >= s->named;
}

/* The value of a field of the current record, with quotes undone (in place) and bytes that are not UTF-8 repaired.  False: no
 * memory.  In scan.c. */
bool csv_value(csv_state *s, csv_field *f, aur_str *out);
/* Reads the header rows; the window is at the first of them.  In header.c. */
aur_status csv_header(csv_state *s);

/* What a column contains, as far as the sample shows it. */
typedef struct csv_holding {
	aur_str date[2]; /* by order: the first value that is a date in that order and must be rewritten; points into the window */
	uint32_t values, words, distinct, dmy, mdy, days; /* words: without the first word of each value; days: dates to the day */
	uint32_t longs, distinct_longs; /* values long enough to be free text, see csv_look() */
	uint64_t bytes;
	uint64_t seen[CSV_SAMPLE], seen_longs[CSV_SAMPLE];
} csv_holding;
/* Examines column i over the sample.  In sample.c. */
void csv_look(csv_state *s, uint32_t i, csv_holding *out);
/* Marks columns that have neither a name nor a value in the sample: the empty ones of a spreadsheet. */
void csv_idle(csv_state *s);
/* Does column i hold days of some years, such as « 3 mars 2025 », and hardly anything else? */
bool csv_days(csv_state *s, uint32_t i);
/* Does column i have cells with several answers, such as « Bus;Train »?  *cell and *answer are an example, in the window. */
bool csv_several(csv_state *s, uint32_t i, aur_str *cell, aur_str *answer);
/* Values are long, of several words, and hardly two are alike: free text. */
bool csv_free_text(const csv_holding *w);
/* Several words each, hardly two alike, but not long: perhaps answers as well. */
bool csv_sentences(const csv_holding *w);
/* Free text among many values like « RAS » and « Non ». */
bool csv_some_free_text(const csv_holding *w);

/* A separator as it is shown to a person.  In told.c. */
const char *csv_sign(int c, char buf[2]);
/* Makes a list "#1 « N° », #2 « Atelier », …", as long as a failure with `beside` other bytes has room for.  In told.c. */
void csv_list_columns(const csv_state *s, rd_buf *b, size_t beside);
/* Tells the person what was decided about the file and its columns. */
void csv_tell(csv_state *s, aur_record_sink *o);

/* Moves to the next record that is to be given.  AUR_END: the file ends; AUR_REFUSED: a record was refused.  In rows.c. */
aur_status csv_row_next(csv_state *s, aur_record_sink *o);
/* Moves on behind the current record. */
void csv_row_over(csv_state *s);
/* Refuses the current record, with its id. */
void csv_row_refuse(csv_state *s, aur_record_sink *o, const char *reason);

/* Notes who gave the several answers of the current record: its id, or its number in this file.  False: no memory.  In give.c. */
bool csv_row_speaker(csv_state *s, const char *prefix);
/* Gives the next text of the current record as a contribution; AUR_END if there are no more. */
aur_status csv_row_give(csv_state *s, aur_record_sink *o);

/* Finds a column by "#4", by its exact name, or by its name without case, accents and spaces; -1: there is none.  In asked.c. */
int32_t csv_column_find(const csv_state *s, const char *who);
/* Gives the column that an option asks for its role; out: its index, or NULL. */
aur_status csv_column_asked(csv_state *s, const char *who, const char *option, rd_role role, int32_t *out);

/* "QUXVlc3Rpb246MTYw - Quels services …": returns the question without the code that the Grand débat puts before it; NULL: there is
 * no such code.  In texts.c. */
const char *csv_question(const char *label);
/* Takes the columns of texts that the person named. */
aur_status csv_texts_asked(csv_state *s, const csv_conf *c);
/* Takes others where there are none yet, or fails and proposes some. */
aur_status csv_texts_find(csv_state *s);
/* Is the title of its column the question that a text answers?  Of several always; of one unless it is a usual name or a single word, may be a
 * contribution, or another column says the question. */
bool csv_texts_ask(const csv_state *s);
/* May the only header row be a contribution?  In told.c. */
bool csv_head_doubtful(const csv_state *s);

/* Decides the role of each column, or fails and says what is missing; the window contains the sample.  In columns.c. */
aur_status csv_columns(csv_state *s, const csv_conf *c, aur_record_sink *o);
void csv_columns_free(csv_state *s);
#endif
