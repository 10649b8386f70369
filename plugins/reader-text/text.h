/* SPDX-License-Identifier: Apache-2.0 */
/* The reader of plain text: reader.c, the component and its paragraphs; markdown.c, what a line of Markdown is and what
 * remains of it without its marks. */
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
/* Appends a line without bold marks, tags, links; entities become characters. */
bool md_plain(rd_buf *out, aur_str text);
#endif
