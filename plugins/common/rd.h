/* SPDX-License-Identifier: Apache-2.0 */
/* What the first-party readers share, compiled into each of them: bytes to UTF-8 text, sentences to the person,
 * names of columns and fields.  It rests on auricule/plugin.h and libc alone.
 *
 *   buf.c       a growing buffer
 *   say.c       one sentence to the host, with printf's formats
 *   utf8.c      is it UTF-8; bytes that are not, read as Windows-1252
 *   encoding.c  encodings by name, decoding of a chunk to UTF-8
 *   detect.c    which encoding a file is in (uchardet, with French as the prior)
 *   binary.c    files that are no text, with what they are and what to do about it
 *   input.c     a window on the file under a reader, decoded to UTF-8
 *   lines.c     a file line by line, and the checks that every text passes
 *   names.c     names of columns and fields
 *   dates.c     dates, however they are written
 *   labels.c    who speaks, and when, in transcripts
 */
#ifndef RD_H
#define RD_H
#include <libintl.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include "auricule/plugin.h"

#define _(s) dgettext("auricule", s)
#define N_(s) s

/* The longest contribution (or row, or text node) that a reader takes, in bytes of UTF-8.  What is longer is refused;
 * this is what bounds the memory of a reader. */
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
} rd_buf; /* all zero: empty */

bool rd_buf_reserve(rd_buf *b, size_t more); /* room for `more` bytes after len; false: no memory */
bool rd_buf_add(rd_buf *b, const void *p, size_t n);
void rd_buf_free(rd_buf *b);

/* ---- say.c ------------------------------------------------------------------------------------ */
void rd_note(const aur_host *h, aur_record_sink *o, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void rd_refuse(const aur_host *h, aur_record_sink *o, uint32_t line, aur_str id, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
aur_status rd_fail(const aur_host *h, aur_status code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
aur_status rd_fail_at(const aur_host *h, aur_status code, const char *file, uint32_t line, uint32_t column,
                      const char *fmt, ...) __attribute__((format(printf, 6, 7)));
aur_status rd_nomem(const aur_host *h);

/* ---- utf8.c ----------------------------------------------------------------------------------- */
/* How many bytes from p are valid UTF-8 (n: all of them). */
size_t rd_utf8_valid(const char *p, size_t n);
/* Length of the valid sequence that starts at p (1 to 4), or 0. */
unsigned rd_utf8_step(const unsigned char *p, const unsigned char *end);
/* Appends p[0,n) to out, each byte that is not part of valid UTF-8 read as Windows-1252. */
bool rd_utf8_repair(rd_buf *out, const char *p, size_t n);
/* Characters that Western texts hold beside ASCII.  Their bytes in UTF-8 say « Ã© » or « â€™ » in Windows-1252, which
 * nobody writes; those of other scripts say « É » and a no-break space, or an apostrophe and « é » on a Macintosh. */
bool rd_western(uint32_t c);
/* Decodes the valid sequence at p of length `step`. */
uint32_t rd_utf8_decode(const unsigned char *p, unsigned step);
/* Writes a code point; returns its length. */
unsigned rd_utf8_encode(uint32_t c, char out[4]);
/* The code point that Windows-1252 gives to a byte (the five holes give themselves). */
uint32_t rd_cp1252(unsigned char byte);
/* The character at p that was encoded once more, « Ã© » for « é »: writes it once, with how many bytes it `used` up;
 * returns its length, 0 where there is none. */
unsigned rd_utf8_undouble(const unsigned char *p, const unsigned char *end, char out[4], unsigned *used);
/* Without the white space (ASCII) and control characters at its ends. */
aur_str rd_trim(aur_str s);
/* The line at *p without its end, CR or LF, behind which *p is then: CR LF is an empty line more. */
static inline aur_str rd_line_of(const char **p, const char *end)
{
	const char *from = *p, *stop = from;
	while (stop < end && *stop != '\n' && *stop != '\r')
		stop++;
	*p = stop < end ? stop + 1 : end;
	return rd_str(from, (size_t)(stop - from));
}
/* 64 bits of FNV-1a: equal texts have equal ones on every machine. */
static inline uint64_t rd_hash(const char *p, size_t n)
{
	uint64_t x = UINT64_C(0xCBF29CE484222325);
	for (size_t i = 0; i < n; i++)
		x = (x ^ (unsigned char)p[i]) * UINT64_C(0x100000001B3);
	return x;
}
/* Only white space (ASCII or no-break), or nothing. */
bool rd_blank(const char *p, size_t n);

/* ---- encoding.c, detect.c ---------------------------------------------------------------------- */
typedef enum rd_enc_kind { RD_UTF8, RD_TWICE, RD_CP1252, RD_LATIN9, RD_ICONV } rd_enc_kind;
typedef struct rd_encoding {
	rd_enc_kind kind;
	char name[40];   /* as shown, and as iconv knows it for RD_ICONV */
	unsigned unit;   /* bytes of the smallest code unit: 1, 2 for UTF-16, 4 for UTF-32 */
	size_t bom;      /* bytes to skip at the start of the file */
	const char *why; /* how it was found, an untranslated message id, or NULL where there is nothing to explain */
} rd_encoding;

/* "encoding Windows-1252 (why)", in out: say.c. */
enum { RD_SAID = 256 };
const char *rd_said_encoding(const rd_encoding *e, char out[RD_SAID]);
/* The encoding that a person names; false: unknown. */
bool rd_encoding_named(const char *name, rd_encoding *out);
/* The encoding of a byte-order mark, or of UTF-16 without one; false: neither. */
bool rd_encoding_marked(const char *head, size_t len, rd_encoding *out);
/* The encoding of a file by its first bytes (whole: there are no others). */
void rd_encoding_detect(const char *head, size_t len, bool whole, rd_encoding *out);

typedef struct rd_decoder {
	rd_encoding enc;
	void *cd;   /* iconv's */
	bool mixed; /* Windows-1252 and ISO-8859-15: what Western letters are in UTF-8 is taken for them */
	bool met;   /* there were some */
} rd_decoder;
bool rd_decoder_open(rd_decoder *d, const rd_encoding *enc);
/* Decodes *in_len bytes at most into out[0,cap), cap >= 16; *in_len becomes what was used, which stops short of an
 * incomplete character unless `last`.  A byte that the encoding does not have becomes RD_BAD, which is not UTF-8,
 * so that the contribution that holds it is found. */
#define RD_BAD 0xFFu
size_t rd_decode(rd_decoder *d, const char *in, size_t *in_len, bool last, char *out, size_t cap);
void rd_decoder_close(rd_decoder *d);

/* ---- binary.c --------------------------------------------------------------------------------- */
/* A sentence about a file that is no text ("this is an Excel workbook: …"), a message id, or NULL for a text. */
const char *rd_binary(const char *head, size_t len);

/* ---- input.c ---------------------------------------------------------------------------------- */
#define RD_WINDOW ((size_t)256 << 10)
#define RD_PAD 64u /* readable bytes after the window */

typedef void (*rd_detect)(const char *head, size_t len, bool whole, rd_encoding *out);

typedef struct rd_input {
	const aur_host *host;
	aur_source *src;
	char *buf;
	size_t cap;
	size_t begin, end; /* the window: buf[begin,end), UTF-8 or what claims to be */
	bool eof;          /* the window reaches the end of the file */
	rd_decoder dec;
	char *raw; /* bytes that wait for the decoder; NULL for UTF-8 */
	size_t raw_begin, raw_end, raw_cap;
	bool raw_eof;
	rd_detect later; /* nothing but ASCII so far: what will decide, where the first other byte is met */
	bool decided;    /* it has, and not for UTF-8 */
	bool told, told_mixed;
} rd_input;

/* Reads the first window and settles the encoding: the one that the person named, or (encoding == NULL or "auto") what
 * `detect` finds in the first bytes; where these are all ASCII, what it finds from the first other byte on.  Refuses
 * binary files. */
aur_status rd_input_open(rd_input *in, const aur_host *h, aur_source *src, const char *encoding, rd_detect detect);
/* Reads on.  The window moves: pointers into it die.  AUR_OK: it grew; AUR_END: end of file; AUR_REFUSED: it has
 * reached RD_MAX_RECORD and does not grow; below 0: failed. */
aur_status rd_input_more(rd_input *in);
/* Says, once, what was found out about the encoding behind the first window. */
void rd_input_tell(rd_input *in, aur_record_sink *o);
void rd_input_close(rd_input *in);

/* The first bytes of a file as a probe sees them, decoded to UTF-8 in *out (cut on a character).  False: binary, or
 * no memory.  An unfinished last line stays unless `len` is the whole file (under 64 KiB). */
bool rd_head(aur_str head, rd_buf *out, bool *whole);

/* ---- lines.c ---------------------------------------------------------------------------------- */
typedef struct rd_lines {
	rd_input in;
	unsigned char newline; /* '\n' ('\r' before it belongs to it), or '\r' in a file that has no '\n' */
	uint32_t line;         /* number of the line given last, from 1 */
	size_t last;           /* its bytes, for rd_lines_back */
} rd_lines;

aur_status rd_lines_open(rd_lines *l, const aur_host *h, aur_source *src, const char *encoding);
/* The next line without its end, which lives until the next call.  AUR_END: no more; AUR_REFUSED: this is the end of a
 * line longer than RD_MAX_RECORD. */
aur_status rd_lines_next(rd_lines *l, aur_str *out);
/* Takes the line given last back; once per rd_lines_next. */
void rd_lines_back(rd_lines *l);
void rd_lines_close(rd_lines *l);

/* What every text passes.  AUR_OK: it may be put, bytes that were no UTF-8 having been read as Windows-1252 (and said);
 * AUR_REFUSED: *why says why. */
aur_status rd_text_check(rd_input *in, aur_record_sink *o, rd_buf *text, uint32_t line, uint32_t *repaired,
                         const char **why);

/* ---- names.c ---------------------------------------------------------------------------------- */
#define RD_NAME_MAX 96u
/* The name of a field out of a header: lower case, no accents, letters, digits and _ kept, the rest joined by one
 * hyphen; at most 80 bytes, cut at a hyphen.  Returns its length (0: nothing is left). */
size_t rd_name_fold(const char *p, size_t n, char out[RD_NAME_MAX]);
/* What a column or variable is called that says who speaks, folded; ends with NULL. */
extern const char *const rd_speakers[];
typedef enum rd_role { RD_FIELD, RD_ID, RD_TEXT, RD_SESSION, RD_DATE, RD_DROP } rd_role;
/* A pseudonym for somebody by her folded name: the same in all files.  Whoever knows a name can make it again. */
enum { RD_PSEUDONYM = 16 };
void rd_pseudonym(const char *folded, char out[RD_PSEUDONYM]);
/* Appends the name of a file, or a part of its path, as a field may hold it; false: no memory. */
bool rd_file_name(rd_buf *out, const char *p, size_t n);
/* The role that a folded name stands for in every format: id, texte/text/verbatim, session, date. */
rd_role rd_name_role(const char *folded);

/* ---- dates.c ---------------------------------------------------------------------------------- */
typedef enum rd_date_order { RD_DATE_DMY, RD_DATE_MDY } rd_date_order;
/* 22/04/2025 (or 22-04-2025, 22.04.2025, 22/04/25; what follows, a time, is kept), 2025/04/22 (so too), 20250422, 22 avril 2025 as
 * 2025-04-22; 04/2025, avril 2025, avr-25 as 2025-04.  Returns the length written to out, 0 where v is no such date. */
size_t rd_date_iso(const char *v, size_t n, rd_date_order order, char out[48]);
/* 2025, 2025-04, 2025-04-22, the last with a time perhaps: it is as it should be. */
bool rd_date_plain(const char *v, size_t n);
/* The dates of one file. */
typedef struct rd_dates {
	rd_date_order order;
	bool said;             /* how they are read was told already */
	uint32_t kept, line;   /* how many stay as they are written; the line of the first */
	char first[80];        /* that one */
	char from[48], to[48]; /* the first that was rewritten */
} rd_dates;
/* v, or what it is in ISO 8601, in iso. */
aur_str rd_date(rd_dates *d, aur_str v, uint32_t line, char iso[48]);
/* Says what was kept, and how the others were read. */
void rd_dates_tell(const rd_dates *d, const aur_host *h, aur_record_sink *o);

/* ---- labels.c --------------------------------------------------------------------------------- */
/* Without the spaces at its ends, no-break ones among them. */
aur_str rd_label_trim(aur_str s);
/* A time at p, 1:02, 00:01:02, 00:01:02.345, in milliseconds: its length, 0 where there is none. */
size_t rd_time(const char *p, size_t n, uint32_t *ms);
/* May it be who speaks: up to five words without the marks of a sentence? */
bool rd_label_shape(aur_str s);
/* « Marie : oui », « [SPEAKER_00]: oui »: who speaks, and the words. */
bool rd_label(aur_str line, aur_str *label, aur_str *rest);
#endif
