/* SPDX-License-Identifier: Apache-2.0 */
/* What may be shown of the ledger: every output asks here.  What the threshold hides is "<5" (fewer than k people), "10-19" (a
 * band) or "masked" (nothing more is shown); see suppress.h.  Nothing is shown from which a hidden number follows. */
#ifndef AUR_IRRITANTS_TOLD_H
#define AUR_IRRITANTS_TOLD_H
#include "irritants/ledger.h"

/* A count as it may be shown: "12", "<5", "10-19", "masked".  Returns buf or a constant. */
const char *aur_irr_cell_told(const aur_irr_cell *c, bool people, uint32_t k, char buf[32]);
/* Where a verbatim was said, as closely as the threshold allows: a session (by index) or a territory (by part); both are
 * AUR_IN_ABSENT if neither may be shown. */
void aur_quote_where(const aur_ledger *l, uint32_t contribution, uint32_t theme, uint32_t *session, uint32_t *territory);
/* How many contributions name no speaker.  Unless all or none do, it is "masked" if there is a threshold: the count is not a cell
 * that suppression protects, and the remaining contributions may be one person's. */
const char *aur_anonymous_told(const aur_ledger *l, char buf[32]);
/* Finding i as it may be published; false: it is covered by another finding.  Pairs of equal texts are only counted: somebody who
 * knows the ids of her own answer and of another's would otherwise learn what the other one said. */
bool aur_finding_told(const aur_ledger *l, uint32_t i, aur_finding *out);
/* May one show how many contributions may be quoted?  Subtracted from the total it tells how many may not: perhaps those of the one
 * who refused. */
bool aur_quotable_told(const aur_ledger *l);
/* May the shares of a theme be shown?  Their denominator can be computed from them. */
bool aur_share_told(const aur_ledger *l, uint32_t theme);
/* Is every session of a theme shown?  If not, nothing that is computed from the series (a trend's figures, in how many sessions it
 * remains without one person) is shown but the verdict: the rest would help to find the hidden cells. */
bool aur_series_told(const aur_ledger *l, uint32_t theme);
/* Is every territory of a theme shown? */
bool aur_territories_told(const aur_ledger *l, uint32_t theme);
/* Its verdict and its trend, as far as they may be shown: UNDECIDED and HIDDEN where they would reveal a count (even « too many
 * ties for a trend » says that some hidden numbers are equal). */
aur_life aur_life_told(const aur_ledger *l, uint32_t theme);
/* Are all the counts shown that the divergence is computed from? */
bool aur_divergence_told(const aur_irr_theme *t);
/* May one show the stance of a quoted contribution, and its role? */
bool aur_quote_stance_told(const aur_ledger *l, uint32_t contribution, uint32_t theme);
bool aur_quote_role_told(const aur_ledger *l, uint32_t contribution, uint32_t theme);
#endif
