/* SPDX-License-Identifier: Apache-2.0 */
/* The reader of plain text.  reader.c: the component, paragraphs, and the structure of Markdown; gather.c: the current
 * contribution; cells.c: those of a table; markdown.c: what a line of Markdown is, and its text without markup; table.c: the rows
 * of a table; front.c: what comes before all of it. */
#ifndef TEXT_H
#define TEXT_H
#include "../common/rd.h"

typedef enum md_kind {
	MD_BLANK,
	MD_TEXT,
	MD_HEADING, /* level 1 to 6 */
	MD_BULLET,
	MD_RULE,     /* ---, ***, a fence: separates, but has no text */
	MD_UNDERLINE /* === or ---: makes the line above it a heading (level 1 or 2); otherwise a rule */
} md_kind;

typedef struct md_line {
	md_kind kind;
	unsigned level;
	bool quoted;
	aur_str text; /* without the markup at its start */
} md_line;

/* What kind of line it is, by its markup. */
md_line md_look(aur_str line);
/* Do the first lines of a file look like Markdown (headings, bullets, a table)? */
bool md_like(const char *p, size_t n);
/* The next cell of a row of a table; *at must be 0 for the first.  False: there are no more. */
bool table_next(aur_str row, size_t *at, aur_str *cell);
uint32_t table_cells(aur_str row);
/* Is it the line below the header of a table? */
bool table_rule(aur_str line);
/* Has it a letter, or an emoji? */
bool table_word(aur_str cell);

enum { FRONT_LINES = 100, SOME_LINES = 3, MANY_LINES = 10, WRAPPED_WIDTH = 50 };
typedef struct front_pair {
	aur_str key, value;
	uint32_t line;
	bool whole; /* the value is on one line, and simple enough to be used as it is */
} front_pair;
/* Reads keys and values between two lines « --- » at p: *lines is set to the number of lines they take, with at most FRONT_LINES
 * pairs.  False: there are none. */
bool front_take(const char *p, size_t n, uint32_t *lines, front_pair *pair, uint32_t *pairs);
/* Appends a line without bold marks, tags, links, and with entities as characters.  False: no memory. */
bool md_plain(rd_buf *out, aur_str text);

typedef struct text_state {
	rd_lines lines;
	bool markdown, per_line, labelled; /* labelled: many lines begin with what may be a speaker */
	rd_buf text, heading[6];
	uint32_t line;     /* where the current contribution starts */
	uint32_t gathered; /* how many lines it has so far */
	bool bullet, quoted, too_long;
	uint32_t repaired;
	uint32_t given, most; /* contributions given; lines of the longest */
	bool announces;       /* a list begins right below the current contribution */
	uint32_t titles, title_line; /* contributions that most likely are titles; of the first, the line and the text */
	char title[81];
	uint32_t wrapped;     /* lines that go on with the one before */
	size_t width;         /* of the last line */
	uint32_t section_field, part_field;
	rd_buf heads,
	    row; /* of the current table (heads empty: not in a table): the header row, and the row whose cells are being given */
	size_t cell, head;            /* offset of the next cell of the row, past its end: none; offset of its header in heads */
	uint32_t column, text_column; /* the next cell's column; the column with the texts, UINT32_MAX: all cells are texts */
	uint32_t wordless;            /* cells without a letter, which are skipped */
	struct {
		uint32_t field;
		rd_buf value;
	} front[FRONT_LINES];
	uint32_t front_count;
	rd_dates dates;
} text_state;

/* gather.c: empties the current contribution. */
void text_fresh(text_state *s);
/* Adds a line to the current contribution; false: no memory. */
bool text_gather(text_state *s, aur_str part);
bool text_gather_markdown(text_state *s, aur_str part);
/* Sets a heading, which is valid until the next heading of its level or above.  False: no memory. */
bool text_heading(text_state *s, unsigned level, aur_str words);
/* The next column header, as it is shown; *at must be 0 for the first.  False: no memory. */
bool text_head(const text_state *s, size_t *at, rd_buf *out);
/* Gives the current contribution to the host; head: the header of its column, for a cell of a table. */
aur_status text_give(text_state *s, aur_record_sink *o, aur_str head);

/* cells.c: does a table start with this line?  AUR_END: no.  AUR_OK: yes; if there is a current contribution, it must be given
 * first, then call again; else the headers have been stored, and the line below them read. */
aur_status text_table(text_state *s, aur_str *line);
/* Gives the next cell of the row that is a contribution.  AUR_END: there is none. */
aur_status text_cells(text_state *s, aur_record_sink *o);
#endif
