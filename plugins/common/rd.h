/* SPDX-License-Identifier: Apache-2.0 */
/* What the first-party readers share (and, in part, the exporters: ex.h), compiled into each of them: bytes to UTF-8 text, sentences to the person, names of columns
 * and fields.  Depends only on auricule/plugin.h and libc.
 *
 *  buf.c       a growing buffer
 *  say.c       one sentence to the host, with printf's formats
 *  utf8.c      is it UTF-8; bytes that are not, read as Windows-1252
 *  encoding.c  encodings by name, decoding of a chunk to UTF-8
 *  detect.c    which encoding a file is in (uchardet, with French as the prior)
 *  binary.c    files that are not text: what they are, and what to do about it
 *  input.c     a window on the file that is read, decoded to UTF-8
 *  lines.c     a file line by line, and the checks that every text passes
 *  names.c     names of columns and fields
 *  dates.c     dates, however they are written
 *  labels.c    who speaks, and when, in transcripts
 *  interviewers.c  who asks the questions, by what the person says
 *  xmlname.c   any string as a name in XML, and back */
#ifndef RD_H
#define RD_H
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include "component.h"

/* The longest contribution (or row, or text node) that a reader accepts, in bytes of UTF-8.  Longer ones are refused, which bounds
 * the memory of a reader. */
#define RD_MAX_RECORD ((size_t)32 << 20)

static inline aur_str rd_str(const char *p, size_t n)
{
	aur_str s = {p, n};
	return s;
}

static inline aur_str rd_strz(const char *p)
{
	return rd_str(p, strlen(p));
}

/* ---- buf.c ------------------------------------------------------------------------------------ */
typedef struct rd_buf {
	char *ptr;
	size_t len, cap;
} rd_buf; /* initialise with zeros */

bool rd_buf_reserve(rd_buf *b, size_t more); /* makes room for `more` bytes after len; false: no memory */
bool rd_buf_add(rd_buf *b, const void *p, size_t n); /* false: no memory */
void rd_buf_free(rd_buf *b);

/* ---- say.c ------------------------------------------------------------------------------------ */
/* note: something that the person should know of the file.  refuse: one contribution cannot be taken; reading goes on.  fail:
 * reading ends; both return `code`, for the caller to return. */
void rd_note(const aur_host *h, aur_record_sink *o, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void rd_refuse(const aur_host *h, aur_record_sink *o, uint32_t line, aur_str id, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
aur_status rd_fail(const aur_host *h, aur_status code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
aur_status rd_fail_at(const aur_host *h, aur_status code, const char *file, uint32_t line, uint32_t column,
                      const char *fmt, ...) __attribute__((format(printf, 6, 7)));
aur_status rd_nomem(const aur_host *h);

/* ---- utf8.c ----------------------------------------------------------------------------------- */
/* Length in bytes of the valid UTF-8 at p; n if all of it is valid. */
size_t rd_utf8_valid(const char *p, size_t n);
/* Length of the valid sequence at p (1 to 4), or 0. */
unsigned rd_utf8_step(const unsigned char *p, const unsigned char *end);
/* Appends p[0,n) to out, reading each byte that is not part of valid UTF-8 as Windows-1252.  False: no memory. */
bool rd_utf8_repair(rd_buf *out, const char *p, size_t n);
/* Characters beyond ASCII that Western texts use.  Where their UTF-8 bytes are read as Windows-1252 they look like « Ã© » or « â€™
 * », which nobody writes.  That is not so for other scripts: their bytes may read as « É » and a no-break space, or as an
 * apostrophe and « é » on a Macintosh. */
bool rd_western(uint32_t c);
/* Decodes the valid sequence at p of length `step`. */
uint32_t rd_utf8_decode(const unsigned char *p, unsigned step);
/* Writes a code point; returns its length. */
unsigned rd_utf8_encode(uint32_t c, char out[4]);
/* The code point that Windows-1252 gives to a byte (the five holes give themselves). */
uint32_t rd_cp1252(unsigned char byte);
/* Undoes a double encoding at p, « Ã© » for « é »: writes the character encoded once, sets *used to the bytes that it took, and
 * returns its length; 0 if there is none. */
unsigned rd_utf8_undouble(const unsigned char *p, const unsigned char *end, char out[4], unsigned *used);
/* s without ASCII white space and control characters at its ends. */
aur_str rd_trim(aur_str s);
/* The next line at *p, without its end, CR or LF; moves *p behind that.  CR LF counts as two line ends, so an empty line follows. */
static inline aur_str rd_line_of(const char **p, const char *end)
{
	const char *from = *p, *stop = from;
	while (stop < end && *stop != '\n' && *stop != '\r')
		stop++;
	*p = stop < end ? stop + 1 : end;
	return rd_str(from, (size_t)(stop - from));
}
/* 64-bit FNV-1a; the same on every machine. */
static inline uint64_t rd_hash(const char *p, size_t n)
{
	uint64_t x = UINT64_C(0xCBF29CE484222325);
	for (size_t i = 0; i < n; i++)
		x = (x ^ (unsigned char)p[i]) * UINT64_C(0x100000001B3);
	return x;
}
/* Is it empty, or only white space (ASCII or no-break)? */
bool rd_blank(const char *p, size_t n);

/* ---- encoding.c, detect.c ---------------------------------------------------------------------- */
typedef enum rd_enc_kind { RD_UTF8, RD_TWICE, RD_CP1252, RD_LATIN9, RD_ICONV } rd_enc_kind;
typedef struct rd_encoding {
	rd_enc_kind kind;
	char name[40];   /* as shown to the person, and as iconv knows it for RD_ICONV */
	unsigned unit;   /* bytes of the smallest code unit: 1, 2 for UTF-16, 4 for UTF-32 */
	size_t bom;      /* bytes to skip at the start of the file */
	const char *why; /* how it was found, as a message id to be translated; NULL where there is nothing to explain */
} rd_encoding;

/* Writes "encoding Windows-1252 (why)", translated, into out; returns out.  In say.c. */
enum { RD_SAID = 256 };
const char *rd_said_encoding(const rd_encoding *e, char out[RD_SAID]);
/* The encoding of that name, as a person types it; false: unknown. */
bool rd_encoding_named(const char *name, rd_encoding *out);
/* The encoding that a byte-order mark shows, or UTF-16 without one; false: neither. */
bool rd_encoding_marked(const char *head, size_t len, rd_encoding *out);
/* Guesses the encoding of a file from its first bytes.  whole: these are all of it. */
void rd_encoding_detect(const char *head, size_t len, bool whole, rd_encoding *out);

typedef struct rd_decoder {
	rd_encoding enc;
	void *cd;   /* iconv's */
	bool mixed; /* Windows-1252 and ISO-8859-15: a Western letter in UTF-8 is decoded as UTF-8 */
	bool met;   /* there were such letters */
} rd_decoder;
bool rd_decoder_open(rd_decoder *d, const rd_encoding *enc);
/* Decodes at most *in_len bytes into out[0,cap), cap >= 16, and returns the length of the output.  *in_len is set to the bytes
 * used; they stop before an incomplete character, unless `last`.  A byte that the encoding does not have becomes RD_BAD, which is
 * not UTF-8, so that the contribution that has it is noticed. */
#define RD_BAD 0xFFu
size_t rd_decode(rd_decoder *d, const char *in, size_t *in_len, bool last, char *out, size_t cap);
void rd_decoder_close(rd_decoder *d);

/* ---- binary.c --------------------------------------------------------------------------------- */
/* If the file is not text: a sentence that says what it is ("this is an Excel workbook: …"), as a message id; else NULL. */
const char *rd_binary(const char *head, size_t len);

/* ---- input.c ---------------------------------------------------------------------------------- */
#define RD_WINDOW ((size_t)256 << 10)
#define RD_PAD 64u /* bytes after the window that may be read; they are not part of it */

typedef void (*rd_detect)(const char *head, size_t len, bool whole, rd_encoding *out);

typedef struct rd_input {
	const aur_host *host;
	aur_source *src;
	char *buf;
	size_t cap;
	size_t begin, end; /* the window is buf[begin,end): UTF-8, or what claims to be */
	bool eof;          /* the window reaches the end of the file */
	rd_decoder dec;
	char *raw; /* bytes that are not decoded yet; NULL for UTF-8 */
	size_t raw_begin, raw_end, raw_cap;
	bool raw_eof;
	rd_detect later; /* only ASCII so far: will be called to decide at the first other byte; NULL once decided */
	bool decided;    /* `later` has decided, and not for UTF-8 */
	bool told, told_mixed;
} rd_input;

/* Reads the first window and decides on the encoding: the one that the person named, or (encoding NULL, empty or "auto") what
 * `detect` finds in the first bytes; where these are all ASCII, what it finds from the first other byte on.  Refuses binary files. */
aur_status rd_input_open(rd_input *in, const aur_host *h, aur_source *src, const char *encoding, rd_detect detect);
/* Reads more.  The window moves, so pointers into it become invalid.  AUR_OK: it grew; AUR_END: end of file; AUR_REFUSED: it has
 * reached RD_MAX_RECORD and cannot grow; below 0: failed. */
aur_status rd_input_more(rd_input *in);
/* Tells the person, once, what was found out about the encoding after the first window. */
void rd_input_tell(rd_input *in, aur_record_sink *o);
void rd_input_close(rd_input *in);

/* The first bytes of a file, as probe() gets them, decoded to UTF-8 in *out (cut between characters).  False: a binary file, or no
 * memory.  *whole: `head` is the whole file, as it is under 64 KiB; otherwise the last line may be incomplete. */
bool rd_head(aur_str head, rd_buf *out, bool *whole);

/* ---- lines.c ---------------------------------------------------------------------------------- */
typedef struct rd_lines {
	rd_input in;
	unsigned char newline; /* '\n' (a '\r' before it belongs to it), or '\r' in a file without any '\n' */
	uint32_t line;         /* number of the line given last, from 1 */
	size_t last;           /* its length in bytes, with its end, for rd_lines_back */
} rd_lines;

/* Opens a file to be read by lines; see rd_input_open for `encoding`.  An empty file is an error. */
aur_status rd_lines_open(rd_lines *l, const aur_host *h, aur_source *src, const char *encoding);
/* The next line, without its end; valid until the next call.  AUR_END: there is none; AUR_REFUSED: *out is only the end of a line
 * longer than RD_MAX_RECORD. */
aur_status rd_lines_next(rd_lines *l, aur_str *out);
/* Takes back the line given last; at most once per rd_lines_next. */
void rd_lines_back(rd_lines *l);
void rd_lines_close(rd_lines *l);

/* The checks that every text passes.  AUR_OK: it may be given to the host; bytes that were not UTF-8 have been read as
 * Windows-1252, and the person has been told.  AUR_REFUSED: *why is the reason. */
aur_status rd_text_check(rd_input *in, aur_record_sink *o, rd_buf *text, uint32_t line, uint32_t *repaired,
                         const char **why);

/* ---- names.c ---------------------------------------------------------------------------------- */
#define RD_NAME_MAX 96u
/* The name of a field, made from a header: lower case, without accents; letters, digits and _ are kept, anything else becomes one
 * hyphen; at most 80 bytes, cut at a hyphen.  Returns its length (0: nothing was left). */
size_t rd_name_fold(const char *p, size_t n, char out[RD_NAME_MAX]);
/* What a column or variable is called that says who speaks, folded; ends with NULL. */
extern const char *const rd_speakers[];
typedef enum rd_role { RD_FIELD, RD_ID, RD_TEXT, RD_SESSION, RD_DATE, RD_DROP } rd_role;
/* A pseudonym for a person, from the folded name: the same in all files.  Whoever knows a name can compute it too. */
enum { RD_PSEUDONYM = 16 };
void rd_pseudonym(const char *folded, char out[RD_PSEUDONYM]);
/* Appends the name of a file, or a part of its path, in a form that a field may hold; false: no memory. */
bool rd_file_name(rd_buf *out, const char *p, size_t n);
/* The role of a column of that folded name, in every format: id, texte/text/verbatim, session, date. */
rd_role rd_name_role(const char *folded);

/* ---- dates.c ---------------------------------------------------------------------------------- */
typedef enum rd_date_order { RD_DATE_DMY, RD_DATE_MDY } rd_date_order;
/* Rewrites a date: 22/04/2025 (or 22-04-2025, 22.04.2025, 22/04/25; a time after it is kept), 2025/04/22 (likewise), 20250422, 22
 * avril 2025 as 2025-04-22; 04/2025, avril 2025, avr-25 as 2025-04.  Returns the length written to out; 0 if v is not such a date. */
size_t rd_date_iso(const char *v, size_t n, rd_date_order order, char out[48]);
/* Is it in ISO 8601 already: 2025, 2025-04, or 2025-04-22, which may be followed by a time? */
bool rd_date_plain(const char *v, size_t n);
/* State for the dates of one file. */
typedef struct rd_dates {
	rd_date_order order;
	bool said;             /* the person has been told how they are read */
	uint32_t kept, line;   /* how many could not be read and stay as they are; line of the first */
	char first[80];        /* the first of them */
	char from[48], to[48]; /* the first date that was rewritten: before, and after */
} rd_dates;
/* The date v in ISO 8601: v itself, or rewritten into iso; v itself also if it cannot be read, which is counted. */
aur_str rd_date(rd_dates *d, aur_str v, uint32_t line, char iso[48]);
/* Tells the person what stayed as it was, and how the others were read. */
void rd_dates_tell(const rd_dates *d, const aur_host *h, aur_record_sink *o);

/* ---- labels.c --------------------------------------------------------------------------------- */
/* s without spaces at its ends, including no-break ones. */
aur_str rd_label_trim(aur_str s);
/* Reads a time at p, 1:02, 00:01:02, 00:01:02.345, as milliseconds; returns its length, 0 if there is none. */
size_t rd_time(const char *p, size_t n, uint32_t *ms);
/* Could it be the name of a speaker: at most five words, without the punctuation of a sentence? */
bool rd_label_shape(aur_str s);
/* Splits « Marie : oui », « [SPEAKER_00]: oui » into who speaks and the words; false if it is not of that form. */
bool rd_label(aur_str line, aur_str *label, aur_str *rest);

/* ---- interviewers.c --------------------------------------------------------------------------- */
/* The setting `interviewer`: who asks the questions in a file, whose words are left out. */
enum { RD_INTERVIEWERS = 32 };
typedef struct rd_interviewers {
	const char *name[RD_INTERVIEWERS]; /* as the person wrote them; they live as long as the settings */
	uint32_t count;
	bool none; /* nobody asks, whatever the file looks like */
} rd_interviewers;
void rd_interviewers_read(rd_interviewers *x, const aur_host *h, const aur_config *c);
/* The one whose folded name this is, or UINT32_MAX. */
uint32_t rd_interviewers_find(const rd_interviewers *x, const char *folded);
/* Notes each one that the file does not name. */
void rd_interviewers_tell(const rd_interviewers *x, const bool met[RD_INTERVIEWERS], const aur_host *h, aur_record_sink *o);

/* ---- xmlname.c -------------------------------------------------------------------------------- */
/* A character that a name in XML (NCName) cannot hold is written as _xHHHH_, or _xHHHHHHHH_ above U+FFFF: its code point in
 * hexadecimal digits, as .NET's XmlConvert does. */
bool rd_xml_name_encode(rd_buf *out, aur_str s);   /* appends; false: no memory */
size_t rd_xml_name_decode(char *s, size_t n);      /* in place; returns the new length */
#endif
