/* SPDX-License-Identifier: Apache-2.0 */
/* The TEI reader's own rooms:
 *
 *   feed.c    the bytes on their way to libxml2: decoded to UTF-8, watched for what would make a parser work or
 *             fetch without end
 *   header.c  what the header says: title, licence, sessions, printed totals
 *   reader.c  the component, and the contributions
 */
#ifndef TEI_H
#define TEI_H
#include <libxml/xmlreader.h>
#include <libxml/dict.h>
#include "../common/rd.h"

/* A start tag is at most so long (the parser compares each attribute with each), a comment, CDATA section or processing
 * instruction so long (above 10 MB the parser looks for its end from its beginning, again and again), elements so deep.
 */
#define TEI_MAX_ASIDE ((size_t)8 << 20)
#define TEI_MAX_TAG ((size_t)256 << 10)
#define TEI_MAX_DEPTH 200
#define TEI_MAX_NAMES ((size_t)8 << 20) /* bytes of names of elements and attributes */

/* ---- feed.c -------------------------------------------------------------------------------------- */
typedef struct tei_feed {
	rd_input in;
	const char *file;
	uint32_t line;     /* of the bytes given so far, from 1 */
	size_t since;      /* bytes given since the parser last came up with something; the caller sets it to 0 */
	aur_status status; /* below 0: why it stopped, already reported */
	/* where in the markup the next byte stands */
	unsigned char mark;
	unsigned char quote, seen, id;
	size_t tag;
	bool slash; /* the last byte of a tag so far was one */
	long depth; /* elements that are open */
	char opening[10];
	/* A NUL, and a byte that the declared encoding lacks, are handed on as two code points that are no characters.
	 */
	uint32_t nuls, lost, repaired;
	uint32_t repaired_line; /* the last line that the person was told of */
	aur_record_sink *sink;
} tei_feed;
#define TEI_NUL "\xEF\xB7\x90"  /* U+FDD0 */
#define TEI_LOST "\xEF\xB7\x91" /* U+FDD1 */

aur_status tei_feed_open(tei_feed *f, const aur_host *h, aur_source *src, aur_record_sink *o, const char *encoding);
int tei_feed_read(void *feed, char *out, int len); /* libxml2's xmlInputReadCallback */
void tei_feed_close(tei_feed *f);

/* ---- text that is gathered ------------------------------------------------------------------------ */
typedef struct tei_text {
	rd_buf buf;
	bool preserve; /* white space counts */
	bool gap;      /* white space waits for what follows it */
	bool seam;     /* two words meet here, whether there is a space or not */
	bool ended;    /* an element that holds words ended here */
	bool too_long;
} tei_text;

void tei_text_start(tei_text *t, bool preserve);
bool tei_text_add(tei_text *t, const char *p, size_t n); /* false: no memory */
bool tei_text_break(tei_text *t);                        /* <lb/> */
void tei_text_join(tei_text *t);                         /* <lb break="no"/> */
aur_str tei_text_get(tei_text *t);                       /* lives until the next start */

/* ---- header.c ------------------------------------------------------------------------------------- */
typedef enum tei_want {
	TEI_NOTHING,
	TEI_TITLE,
	TEI_LICENCE,
	TEI_DATE,
	TEI_PLACE,
	TEI_REGION,
	TEI_LOCALE,
	TEI_ACTIVITY
} tei_want;

typedef struct tei_header {
	bool in_header, in_title_stmt, in_extent, in_setting, titled, said_measure, said_setting;
	tei_want want;
	int want_depth;
	tei_text text;
	rd_dates dates;
	uint32_t sessions; /* of the last <teiHeader> */
} tei_header;

/* What a node of the reader means to the header.  Below 0: failed. */
aur_status tei_header_node(tei_header *t, const aur_host *h, aur_record_sink *o, xmlTextReaderPtr r);

/* ---- small helpers on the reader's node ------------------------------------------------------------- */
/* Its local name where it is TEI's (or in no namespace), "" elsewhere. */
const char *tei_name(xmlTextReaderPtr r);
/* libxml2 keeps every value of xml:id until the end of the file; the feed hands it on under a name that it does not
 * know. */
#define TEI_ID "iD"
/* An attribute of no namespace, or of XML's own as TEI_ID, without white space around it; to be freed with xmlFree; NULL: not there. */
char *tei_attr(xmlTextReaderPtr r, const char *name);
/* "#douai" or "#douai #lens": "douai". */
aur_str tei_pointer(const char *v);
/* The line of the node at hand. */
uint32_t tei_line(xmlTextReaderPtr r);
#endif
