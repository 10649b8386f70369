/* SPDX-License-Identifier: Apache-2.0 */
/* Does a page still say what the corpus says?  The page is made again with the options that its proof names, and compared: first
 * its seal (was it altered after it was written?), then fingerprints, then each figure, then every byte. */
#ifndef AUR_REPORT_VERIFY_H
#define AUR_REPORT_VERIFY_H
#include "report/report.h"

#define AUR_PAGE_MAX (256u << 20) /* bytes: a larger file cannot be a page */

enum { AUR_PROOF_FIELDS = 16 };
/* Reads from a page's proof how it was made: the options of the ledger, and the fields of its crosses in by[0..*fields), which the
 * caller frees one by one.  AURE_DATA if it is not a page of ours, or if its proof cannot be read; then *fields is 0. */
aur_code aur_proof_options(const char *page, size_t len, aur_irr_options *opt, char *by[AUR_PROOF_FIELDS], uint32_t *fields, aur_error *e);

/* The fingerprint of the contributions that a page was made of; AURE_DATA as above. */
enum { AUR_PROOF_PRINT = 33 }; /* bytes, with the zero at its end */
aur_code aur_proof_contributions(const char *page, size_t len, char print[AUR_PROOF_PRINT], aur_error *e);

typedef enum aur_verdict_kind {
	AUR_VERIFIED = 0,
	AUR_VERIFY_FIGURE,      /* a figure differs: `figure`, `said`, `is` */
	AUR_VERIFY_PROSE,       /* all figures agree, but a byte of the page differs: see `line`, and `figure` if it is inside one */
	AUR_VERIFY_FINGERPRINT  /* all figures agree, but something that made them has changed: see `changed` */
} aur_verdict_kind;

typedef struct aur_verdict {
	aur_verdict_kind kind;
	bool altered;         /* the seal is broken: somebody changed the page after it was written */
	uint32_t line;        /* of the page: the first that differs */
	uint32_t figures;     /* how many were compared: those of the page, and what it lacks */
	uint32_t differing;   /* how many of them differ */
	char figure[256];     /* "irritant/sanctions/people" */
	char said[256], is[256]; /* the value in the page, and the value now; "" = there is none */
	char changed[512];    /* names of the fingerprints that differ, separated by ", " (« … »: there are others); "" = none */
} aur_verdict;

/* The ledger and its crosses must have been built with the options of the proof.  Fails only if the comparison cannot be made. */
aur_code aur_verify(const char *page, size_t len, const aur_ledger *l, aur_cross *const *cross, uint32_t crosses, const aur_assets *a, aur_verdict *out,
		    aur_error *e);
#endif
