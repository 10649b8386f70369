/* SPDX-License-Identifier: Apache-2.0 */
/* Files that are not text: what they are, and what the person can do about it. */
#include <ctype.h>
#include "rd.h"

static bool starts(const char *head, size_t len, const char *magic, size_t n)
{
	return len >= n && memcmp(head, magic, n) == 0;
}

static bool holds(const char *head, size_t len, const char *what)
{
	size_t n = strlen(what);
	const char *p = head, *last = len >= n ? head + (len - n) : NULL;
	while (last && p <= last && (p = memchr(p, what[0], (size_t)(last - p) + 1))) {
		if (memcmp(p, what, n) == 0)
			return true;
		p++;
	}
	return false;
}
#define STARTS(s) starts(head, len, s, sizeof(s) - 1)

static const char *binary_zip(const char *head, size_t len)
{
	if (holds(head, len, "xl/workbook") || holds(head, len, "xl/worksheets") || holds(head, len, "xl/_rels"))
		return N_(
		    "this is an Excel workbook: open it and save the sheet as « CSV UTF-8 », then give that file");
	if (holds(head, len, "opendocument.spreadsheet"))
		return N_("this is a LibreOffice Calc workbook: open it and save the sheet as « Text CSV », then give "
		          "that file");
	if (holds(head, len, "word/document") || holds(head, len, "word/_rels"))
		return N_("this is a Word document: open it and save it as plain text (UTF-8), then give that file");
	if (holds(head, len, "opendocument.text"))
		return N_("this is a LibreOffice Writer document: open it and save it as plain text (UTF-8), then give "
		          "that file");
	return N_("this is an archive (ZIP) or an office document: unpack it, or save it as CSV or plain text, then "
	          "give that file");
}

static bool binary_begins(const char *p, const char *end, const char *what)
{
	for (; *what; what++, p++)
		if (p == end || tolower((unsigned char)*p) != *what)
			return false;
	return true;
}

static const char *binary_skip(const char *p, const char *end)
{
	while (p < end && isspace((unsigned char)*p))
		p++;
	return p;
}

/* Files that are text, but whose markup would become contributions: many « Excel » exports are web pages. */
static const char *binary_other(const char *head, size_t len)
{
	const char *end = head + len, *p = head + (STARTS("\xEF\xBB\xBF") ? 3 : 0);
	p = binary_skip(p, end);
	if (binary_begins(p, end, "<html") || binary_begins(p, end, "<!doctype html") ||
	    binary_begins(p, end, "<table"))
		return N_(
		    "this is a web page (HTML), whatever its name says: open it in a spreadsheet or a browser and save "
		    "it as CSV or plain text, then give that file");
	if (p < end && *p == '[')
		p = binary_skip(p + 1, end);
	if (p < end && *p == '{' && (p = binary_skip(p + 1, end)) < end && *p == '"')
		return N_("this is JSON, which no reader supports: export a table as CSV, or a transcript as subtitles (.srt, .vtt), then give that file");
	return NULL;
}

const char *rd_binary(const char *head, size_t len)
{
	if (STARTS("PK\3\4") || STARTS("PK\5\6"))
		return binary_zip(head, len);
	if (STARTS("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
		return N_("this is an old Excel or Word file: open it and save it as « CSV UTF-8 » or plain text, then "
		          "give that file");
	if (STARTS("%PDF-"))
		return N_("this is a PDF document: copy its text into a plain text file, then give that file");
	if (STARTS("{\\rtf"))
		return N_("this is a document in Rich Text Format: open it and save it as plain text (UTF-8), then "
		          "give that file");
	if (STARTS("\x89PNG\r\n\x1A\n") || STARTS("\xFF\xD8\xFF") || STARTS("GIF87a") || STARTS("GIF89a") ||
	    STARTS("II*\0") || STARTS("MM\0*"))
		return N_(
		    "this is a picture: type the words that it shows into a text or CSV file, then give that file");
	if (STARTS("SQLite format 3"))
		return N_(
		    "this is an SQLite database: export the table that holds the texts as CSV, then give that file");
	if (STARTS("\x1F\x8B") || STARTS("BZh") ||
	    STARTS("\xFD"
	           "7zXZ") ||
	    STARTS("7z\xBC\xAF\x27\x1C") || STARTS("\x28\xB5\x2F\xFD") || STARTS("Rar!\x1A\x07"))
		return N_("this file is compressed: unpack it, then give what it holds");
	if (STARTS("\x7F"
	           "ELF") ||
	    STARTS("ID3") || STARTS("OggS") || (STARTS("RIFF") && len > 8) ||
	    (len > 8 && memcmp(head + 4, "ftyp", 4) == 0))
		return N_("this is a program, a sound or a video, not a text: of a recording, give the transcript (.srt, .vtt or plain text)");
	const char *other = binary_other(head, len);
	if (other)
		return other;
	rd_encoding enc;
	if (rd_encoding_marked(head, len, &enc))
		return NULL;
	/* Texts have next to no control characters; a stray one is handled with the contribution that has it. */
	size_t control = 0;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)head[i];
		control += c < 0x20 && (c < '\t' || c > '\r') && c != 0x1A && c != 0x1B;
	}
	return control > 4 && control > len / 32 ? N_("this is not a text file: it holds binary data") : NULL;
}
