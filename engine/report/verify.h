/* SPDX-License-Identifier: Apache-2.0 */
/* Does a page still say what the corpus says?  The page is made again, with the options that its proof names, and compared: its seal first
 * (was it altered after it was written?), then its fingerprints, then each figure, then every byte. */
#ifndef AUR_REPORT_VERIFY_H
#define AUR_REPORT_VERIFY_H
#include "report/report.h"

#define AUR_PAGE_MAX (256u << 20) /* bytes: a larger file is no page */

enum { AUR_PROOF_FIELDS = 16 };
/* What a page's proof says of how it was made: the options of the ledger, and in by[0..*fields) the fields of its crosses, to be freed one by one.  AURE_DATA
 * where it is no page of ours, or its proof cannot be read; then there are none. */
aur_code aur_proof_options(const char *page, size_t len, aur_irr_options *opt, char *by[AUR_PROOF_FIELDS], uint32_t *fields, aur_error *e);

typedef enum aur_verdict_kind {
	AUR_VERIFIED = 0,
	AUR_VERIFY_FIGURE,      /* a figure differs: `figure`, `said`, `is` */
	AUR_VERIFY_PROSE,       /* all figures agree, a byte of the page does not: `line`, and `figure` where it stands in one */
	AUR_VERIFY_FINGERPRINT  /* all figures agree, but what made them is not the same: `figure` names it */
} aur_verdict_kind;

typedef struct aur_verdict {
	aur_verdict_kind kind;
	bool altered;         /* the seal is broken: somebody changed the page after it was written */
	uint32_t line;        /* of the page, where it first differs */
	uint32_t figures;     /* compared */
	uint32_t differing;   /* of them */
	char figure[256];     /* "irritant/sanctions/people", or "lexicon sanctions" */
	char said[256], is[256]; /* in the page; now.  "" = is not there */
	char changed[512];    /* fingerprints that differ, by name, separated by ", "; "" = none */
} aur_verdict;

/* The ledger and its crosses must have been built with the options of the proof.  Fails only where it cannot compare. */
aur_code aur_verify(const char *page, size_t len, const aur_ledger *l, aur_cross *const *cross, uint32_t crosses, const aur_assets *a, aur_verdict *out,
		    aur_error *e);
#endif
