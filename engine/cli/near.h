/* SPDX-License-Identifier: Apache-2.0 */
/* What almost matched in a contribution, kept so that it can be printed in any form. */
#ifndef AUR_CLI_NEAR_H
#define AUR_CLI_NEAR_H
#include "cli/cli.h"
#include "pipeline/analysis.h"

typedef struct aur_near {
	aur_label label; /* strings of the chain */
	const char *reason; /* "context", "excluded", "covered", "weight", "case", "gap" */
	uint32_t first, last;
	int missing; /* all that is wrong: words that must stand around it do not */
	char *message;
} aur_near;
typedef struct aur_nears {
	aur_chain *chain;
	aur_near *v;
	uint32_t n, cap;
} aur_nears; /* zero it but for the chain */
/* Of the i-th contribution of an analyst; what was there before goes. */
aur_code aur_nears_of(aur_nears *n, aur_analyst *a, uint32_t i, aur_error *err);
void aur_nears_free(aur_nears *n);
/* "near": […] with spans in code points; x: the contribution that they are of. */
void aur_nears_json(const aur_nears *n, const aur_analysis *x, aur_json j);
/* Some lines each.  Of those of one theme at one place that only miss words around them, two are shown and the others counted: a
 * class of nouns with twenty contexts would else fill a page at each of its nouns. */
void aur_nears_print(const aur_nears *n, const aur_analysis *x);
#endif
