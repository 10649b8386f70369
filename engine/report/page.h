/* SPDX-License-Identifier: Apache-2.0 */
/* Private to the files that make the page. */
#ifndef AUR_REPORT_PAGE_H
#define AUR_REPORT_PAGE_H
#include "irritants/cross.h"
#include "report/figures.h"
#include "report/say.h"
#include "report/template.h"

#define AUR_HEAT_COLUMNS 24 /* with more sessions than this, they become the rows */
#define AUR_PAGE_APART 1.3  /* specificities from here on are shown as « said more here »: by chance alone |S| reaches it once in twenty times on each side */
#define AUR_BEHIND 4        /* verbatims behind a figure, at most */
#define AUR_BEHIND_OF 1500  /* candidates looked at for them, taken at even distances: they are examples only */

typedef struct aur_page {
	const aur_ledger *l;
	aur_cross *const *cross;
	uint32_t crosses;
	const aur_lang *say;
	aur_arena *a;
	aur_figs figs;
	aur_node *root;
	aur_buf data;       /* JSON for the pictures */
	uint32_t *cand;     /* scratch: contributions */
	uint32_t *word_of;  /* scratch: by expression, zero between uses */
} aur_page;

/* ---- small things, page_*.c ------------------------------------------------------------------------------------------ */

/* aur_page_cell() puts a map under `key`, which the template's part "cell" prints: the count (of contributions or people), or why
 * it is not shown; it belongs to a figure that opens verbatims of the contributions in cand. */
typedef struct aur_page_count {
	const char *id, *query;
	const aur_irr_cell *cell;
	bool people;
	const aur_irr_cell *asked; /* the denominator, for the proof; used where it is shown.  NULL = none */
	uint32_t theme;            /* or AUR_IN_ABSENT */
	const uint32_t *cand;      /* contributions behind it, or NULL */
	uint32_t cand_count;
	uint8_t place;             /* AUR_PLACE_*: how closely the cell itself says where they were said */
} aur_page_count;
/* A count as the page shows it: « 12 », « <5 », « 10–19 », « masked ». */
const char *aur_page_told(aur_page *p, const aur_irr_cell *c, bool people);
void aur_page_cell(aur_page *p, aur_node *map, const char *key, const aur_page_count *c);
/* As aur_page_cell(), for a figure that is not a count; `value` is what is printed. */
void aur_page_figure(aur_page *p, aur_node *map, const char *key, const char *id, const char *query, const char *inputs, const char *value,
		     uint32_t theme, const uint32_t *cand, uint32_t cand_count);
/* Puts the theme's contributions with this stance, finger and polarity (-1: any) into p->cand, and returns how many.  irritant:
 * only those that are an irritant. */
uint32_t aur_page_select(aur_page *p, uint32_t theme, bool irritant, int stance, int finger, int polarity);
/* Where it was said, its stance, the role, the status of the words: each only if the threshold allows, else "". */
void aur_page_tags(aur_page *p, uint32_t contribution, uint32_t theme, const char *tags[4]);
aur_node *aur_page_quotes(aur_page *p, uint32_t theme, const uint32_t *quotes, uint32_t n);
const char *aur_page_z(aur_page *p, aur_str s); /* NUL-terminated */
aur_str aur_page_label(aur_page *p, const aur_in_theme *x); /* the title of a theme, or its code */
const char *aur_page_session_name(aur_page *p, uint32_t s); /* « Haudain, 17 avr. 2025 » */
const char *aur_page_share(aur_page *p, double share, uint32_t n);

/* ---- the parts of the page, in its order --------------------------------------------------------------------------- */
void aur_page_asked(aur_page *p);     /* what was asked and of whom */
void aur_page_irritants(aur_page *p); /* the irritants that recur, and a leaf for each theme */
void aur_page_heat(aur_page *p);      /* themes by session */
void aur_page_hand(aur_page *p);      /* the hand */
void aur_page_places(aur_page *p);    /* by territory, by the other parts, by fields of people */
void aur_page_bare(aur_page *p);      /* what no theme caught */
void aur_page_method(aur_page *p);    /* fingerprints, thresholds */
aur_code aur_page_pictures(aur_page *p, aur_error *e); /* JSON for the pictures and the verbatims behind figures */
#endif
