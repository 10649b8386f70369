/* SPDX-License-Identifier: Apache-2.0 */
/* The reader of plain text: reader.c, the component, its paragraphs and the structure of Markdown; gather.c, the
 * contribution at hand; cells.c, those of a table; markdown.c, what a line of Markdown is and what remains of it without
 * its marks; table.c, the rows of a table; front.c, what stands before all of it. */
#ifndef TEXT_H
#define TEXT_H
#include "../common/rd.h"

typedef enum md_kind {
	MD_BLANK,
	MD_TEXT,
	MD_HEADING, /* level 1 to 6 */
	MD_BULLET,
	MD_RULE,     /* ---, ***, a fence: separates, says nothing */
	MD_UNDERLINE /* === or ---: below a line, it makes a heading of it (level 1 or 2), else a rule */
} md_kind;

typedef struct md_line {
	md_kind kind;
	unsigned level;
	bool quoted;
	aur_str text; /* without its marks at the start */
} md_line;

md_line md_look(aur_str line);
/* Do these lines, the first of a file, look like Markdown (headings, bullets, a table)? */
bool md_like(const char *p, size_t n);
/* The next cell of a row of a table, *at from 0 on. */
bool table_next(aur_str row, size_t *at, aur_str *cell);
uint32_t table_cells(aur_str row);
/* The line below the heads of a table. */
bool table_rule(aur_str line);
/* Does it hold a letter, or an emoji? */
bool table_word(aur_str cell);

enum { FRONT_LINES = 100, MANY_LINES = 10 };
typedef struct front_pair {
	aur_str key, value;
	uint32_t line;
	bool whole; /* a value of one line that can be taken as it is */
} front_pair;
/* Keys and values between two lines « --- » at p: how many `lines` they take, and at most FRONT_LINES pairs. */
bool front_take(const char *p, size_t n, uint32_t *lines, front_pair *pair, uint32_t *pairs);
/* Appends a line without bold marks, tags, links; entities become characters. */
bool md_plain(rd_buf *out, aur_str text);

typedef struct text_state {
	rd_lines lines;
	bool markdown;
	rd_buf text, heading[6];
	uint32_t line;     /* where the contribution at hand starts */
	uint32_t gathered; /* lines of it */
	bool bullet, quoted, too_long;
	uint32_t repaired;
	uint32_t given, most; /* contributions; the lines of the longest */
	uint32_t section_field, part_field;
	rd_buf heads,
	    row; /* of the table at hand (no heads: of none): the row of its heads, and the row whose cells are given */
	size_t cell, head;            /* where the next cell of the row is, past its end: none; and its head in that row */
	uint32_t column, text_column; /* UINT32_MAX: every one is */
	uint32_t wordless;            /* cells without a letter */
	struct {
		uint32_t field;
		rd_buf value;
	} front[FRONT_LINES];
	uint32_t front_count;
	rd_dates dates;
} text_state;

/* gather.c: nothing is at hand. */
void text_fresh(text_state *s);
/* A line of what is at hand; false where memory is short. */
bool text_gather(text_state *s, aur_str part);
bool text_gather_markdown(text_state *s, aur_str part);
/* A heading stands until one of its level or above comes. */
bool text_heading(text_state *s, unsigned level, aur_str words);
/* The head of the next column, as it is shown; *at from 0 on. */
bool text_head(const text_state *s, size_t *at, rd_buf *out);
/* Hands on what is at hand, of a cell with the head of its column. */
aur_status text_give(text_state *s, aur_record_sink *o, aur_str head);

/* cells.c: does a table start with this line?  AUR_OK: it does, and where nothing is at hand that comes first, its heads
 * are kept and the line below them is read.  AUR_END: it does not. */
aur_status text_table(text_state *s, aur_str *line);
/* The next cell of the row that is a contribution.  AUR_END: there is none. */
aur_status text_cells(text_state *s, aur_record_sink *o);
#endif
