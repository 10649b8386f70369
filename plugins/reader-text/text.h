/* SPDX-License-Identifier: Apache-2.0 */
/* The reader of plain text: reader.c, the component and its paragraphs; markdown.c, what a line of Markdown is and what
 * remains of it without its marks; table.c, its tables; front.c, what stands before all of it. */
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
	aur_str text; /* without its marks at the start */
} md_line;

md_line md_look(aur_str line);
/* Do these lines, the first of a file, look like Markdown (headings, bullets)? */
bool md_like(const char *p, size_t n);
/* The next cell of a row of a table, *at from 0 on. */
bool table_next(aur_str row, size_t *at, aur_str *cell);
uint32_t table_cells(aur_str row);
/* The line below the heads of a table. */
bool table_rule(aur_str line);
/* Does it hold a letter, or an emoji? */
bool table_word(aur_str cell);

enum { FRONT_LINES = 100 };
typedef struct front_pair {
	aur_str key, value;
	bool whole; /* a value of one line that can be taken as it is */
} front_pair;
/* Keys and values between two lines « --- » at p: how many `lines` they take, and at most FRONT_LINES pairs. */
bool front_take(const char *p, size_t n, uint32_t *lines, front_pair *pair, uint32_t *pairs);
/* Appends a line without bold marks, tags, links; entities become characters. */
bool md_plain(rd_buf *out, aur_str text);
#endif
