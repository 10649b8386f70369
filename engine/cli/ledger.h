/* SPDX-License-Identifier: Apache-2.0 */
/* Corpus, mask and ledger opened together: for irritants, report and verify. */
#ifndef AUR_CLI_LEDGER_H
#define AUR_CLI_LEDGER_H
#include "cli/cli.h"
#include "irritants/adapter.h"
#include "irritants/ledger.h"
#include "irritants/tables.h"
#include "query/query.h"
#include "report/report.h"

enum { AUR_BOOK_FIELDS = 8 };
typedef struct aur_book {
	aur_snapshot *s;
	aur_adapter *in;
	aur_mask *mask;
	aur_ledger *l;
	aur_assets *assets;
	aur_cross *cross[AUR_BOOK_FIELDS]; /* by fields of people, in the order in which they were asked for */
	uint32_t crosses;
	struct aur_book_field {
		aur_search *search;
		aur_str *names;
	} by[AUR_BOOK_FIELDS]; /* what the crosses borrow */
} aur_book;

/* PRINTS: fingerprints as well; WORDS: the vocabulary of what no theme caught; FILES: those of the page */
enum { AUR_BOOK_PRINTS = 1, AUR_BOOK_WORDS = 2, AUR_BOOK_FILES = 4, AUR_BOOK_PAGE = 7 };
aur_code aur_book_open(const aur_args *a, aur_irr_options *opt, int what, aur_book *b, aur_error *e);
void aur_book_close(aur_book *b);
/* Adds a cross by a field such as "age"; `by` must outlive the book. */
aur_code aur_book_by(aur_book *b, const char *by, aur_error *e);
void aur_book_by_free(aur_book *b); /* frees only the crosses; aur_book_close() calls it */
/* A count as far as it may be told, for people: machines read « masked » in every language. */
const char *aur_book_told(const aur_irr_cell *c, bool people, uint32_t k, char buf[32]);
/* Prints a table of the ledger. */
void aur_book_table(const aur_irr_table *t, aur_format f);
/* Says on standard error when the themes of the corpus were found by other lexicons or plugins than those of today. */
void aur_book_stale(aur_book *b);
/* Says there whose words are not quoted although one might think so. */
void aur_book_consent(aur_book *b);
/* What is said where most of those who are named speak in several sessions, as they do where each room has its P1; NULL: they do not. */
const char *aur_speakers_recur(const aur_ledger *l);
/* Says there which sessions, places, territories and roles, which a page prints as they are, look like somebody's name. */
void aur_book_names(aur_book *b);
/* Remarks where everybody asked in a session, a part or a value of a field voiced the same: no threshold hides that, and who knows who was there knows it of
 * each. */
void aur_book_everybody(const aur_book *b);
/* Remarks where fewer people than the threshold were asked in a session, a territory, a kind of territory or a wave: a zero is always shown, so that
 * whatever is none was said by these few. */
void aur_book_few(const aur_book *b);
#endif
