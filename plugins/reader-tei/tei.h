/* SPDX-License-Identifier: Apache-2.0 */
/* The files of the TEI reader:
 *
 *  feed.c    passes the bytes to libxml2: decodes them to UTF-8, and watches for what would make a parser work or fetch without end
 *  header.c  what the header says: title, licence, sessions, printed totals
 *  item.c    a contribution
 *  body.c    what stands around contributions
 *  reader.c  the component, and the parser */
#ifndef TEI_H
#define TEI_H
#include <libxml/xmlreader.h>
#include <libxml/dict.h>
#include "../common/rd.h"

/* Limits: the length of a start tag (the parser compares each attribute with every other), of a comment, CDATA section or
 * processing instruction (above 10 MB the parser searches for its end from its beginning, again and again), and the depth of
 * elements. */
#define TEI_MAX_ASIDE ((size_t)8 << 20)
#define TEI_MAX_TAG ((size_t)256 << 10)
#define TEI_MAX_DEPTH 200
#define TEI_MAX_NAMES ((size_t)8 << 20) /* bytes of all names of elements and attributes */

/* ---- feed.c -------------------------------------------------------------------------------------- */
typedef struct tei_feed {
	rd_input in;
	const char *file;
	uint32_t line;     /* line of the last byte given to the parser, from 1 */
	size_t since;      /* bytes given since the parser last returned a node; the caller resets it to 0 */
	aur_status status; /* below 0: the feed stopped; the reason has been reported */
	/* state of the markup at the next byte */
	unsigned char mark;
	unsigned char quote, seen, id;
	size_t tag;
	bool slash; /* the last byte of the tag so far was a slash */
	long depth; /* open elements */
	char opening[10];
	/* A NUL, and a byte that the declared encoding does not have, are passed on as two code points that are not characters. */
	uint32_t nuls, lost, repaired;
	uint32_t repaired_line; /* the last line that the person was told about */
	aur_record_sink *sink;
} tei_feed;
#define TEI_NUL "\xEF\xB7\x90"  /* U+FDD0 */
#define TEI_LOST "\xEF\xB7\x91" /* U+FDD1 */

aur_status tei_feed_open(tei_feed *f, const aur_host *h, aur_source *src, aur_record_sink *o, const char *encoding);
int tei_feed_read(void *feed, char *out, int len); /* libxml2's xmlInputReadCallback */
void tei_feed_close(tei_feed *f);

/* ---- text that is being gathered ------------------------------------------------------------------------ */
typedef struct tei_text {
	rd_buf buf;
	bool preserve; /* white space counts */
	bool gap;      /* there was white space, which becomes one space if something follows */
	bool seam;     /* words end here, even if there is no space */
	bool ended;    /* an element with words has just ended */
	bool too_long;
} tei_text;

void tei_text_start(tei_text *t, bool preserve);
bool tei_text_add(tei_text *t, const char *p, size_t n); /* false: no memory */
bool tei_text_break(tei_text *t);                        /* <lb/> */
void tei_text_join(tei_text *t);                         /* <lb break="no"/> */
aur_str tei_text_get(tei_text *t);                       /* valid until the next start */

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
	uint32_t sessions; /* number of sessions of the last <teiHeader> */
} tei_header;

/* Handles a node of the reader, as far as it concerns the header.  Below 0: failed. */
aur_status tei_header_node(tei_header *t, const aur_host *h, aur_record_sink *o, xmlTextReaderPtr r);

/* ---- helpers for the reader's current node ------------------------------------------------------------ */
/* Its local name if it is a TEI element (or in no namespace), else "". */
const char *tei_name(xmlTextReaderPtr r);
/* libxml2 keeps every value of xml:id until the end of the file; so the feed renames the attribute to one that libxml2 does not know. */
#define TEI_ID "iD"
/* The value of an attribute without namespace (xml:id is TEI_ID, decoded by rd_xml_name_decode), without white space at its ends; free
 * with xmlFree.  NULL: there is none. */
char *tei_attr(xmlTextReaderPtr r, const char *name);
/* The first name of a pointer: "douai" for "#douai" or "#douai #lens"; decoded, which may change v. */
aur_str tei_pointer(char *v);
/* The line of the current node. */
uint32_t tei_line(xmlTextReaderPtr r);

/* ---- reader.c -------------------------------------------------------------------------------------- */
#define MAX_VARIABLES 256u /* that <text>s say */
#define MAX_DIVS (MAX_VARIABLES + 3u * (TEI_MAX_DEPTH + 1)) /* each element may say three things */
#define MAX_NAMES 64u
#define MAX_VALUES 1024u /* fields per contribution */

typedef struct tei_conf {
	const char *encoding; /* NULL: as the file says */
	const char *unit;     /* the element that holds a contribution; NULL: <u> and <seg> */
} tei_conf;

typedef struct tei_value {
	char name[RD_NAME_MAX];
	rd_buf value;
	bool from_note;
} tei_value;

typedef struct tei_div {
	int depth;
	char name[RD_NAME_MAX];
	rd_buf value;
} tei_div;

typedef struct tei_state {
	tei_feed feed;
	xmlTextReaderPtr r;
	const aur_host *h;
	const tei_conf *conf;
	aur_record_sink *sink;
	tei_header header;
	/* the parser's first complaint */
	char complaint[512];
	int complaint_code;
	uint32_t complaint_line, complaint_column;
	int texts;    /* open <text> elements: a <group> contains others */
	bool rooted;
	uint32_t given, refused;
	/* things that would go unnoticed unless the person is told */
	uint32_t unread, unread_line, nameless, nameless_line, homeless, homeless_line;
	char unread_first[64];
	bool said_include, said_who, said_many;
	/* what the elements around contributions set */
	tei_div divs[MAX_DIVS];
	uint32_t div_count;
	/* the current contribution */
	int depth;   /* depth of its element; -1: none */
	int aside;   /* depth of a <note> or <desc> in it; -1: none */
	bool noting; /* that note is read as a field */
	uint32_t chosen[TEI_MAX_DEPTH + 1]; /* by depth of a <choice>: how many alternatives it had so far */
	uint32_t line;
	rd_buf id;
	tei_text text, note;
	char note_name[RD_NAME_MAX];
	tei_value *values;
	uint32_t value_count, value_cap;
	bool ready;
	/* the host's numbers of the fields seen so far */
	char names[MAX_NAMES][RD_NAME_MAX];
	uint32_t numbers[MAX_NAMES], name_count;
} tei_state;

/* ---- item.c ---------------------------------------------------------------------------------------- */
aur_status tei_item_start(tei_state *s); /* at its element */
aur_status tei_item_node(tei_state *s);  /* a node within it */
/* Gives it to the host, or refuses it: AUR_OK or AUR_REFUSED. */
aur_status tei_item_give(tei_state *s);
/* The speaker that a `who` names; if several are named, the first, and the person is told. */
aur_str tei_speaker(tei_state *s, char *who);
bool tei_is_one_of(const char *name, const char *const *of); /* of: ends with NULL */

/* ---- body.c ---------------------------------------------------------------------------------------- */
aur_status tei_body_node(tei_state *s); /* a node outside a contribution */
void tei_unread_tell(tei_state *s);     /* at the end: what was not read */
void tei_include_tell(tei_state *s);    /* at an element: it may be an xi:include */
#endif
