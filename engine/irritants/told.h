/* SPDX-License-Identifier: Apache-2.0 */
/* What may be told of the ledger.  What the threshold hides is "<5" (fewer than k people), "10-19" (a band) or "masked" (no more is
 * told), here as everywhere: see suppress.h; and nothing is told that would give it back. */
#ifndef AUR_IRRITANTS_TOLD_H
#define AUR_IRRITANTS_TOLD_H
#include "irritants/ledger.h"

/* What is told of a count: "12", "<5", "10-19", "masked". */
const char *aur_irr_cell_told(const aur_irr_cell *c, bool people, uint32_t k, char buf[32]);
/* Where a verbatim was heard, as finely as the threshold allows: a session (by index) or a territory (by part), else neither. */
void aur_quote_where(const aur_ledger *l, uint32_t contribution, uint32_t theme, uint32_t *session, uint32_t *territory);
/* How many contributions name no speaker: all of them, or none, or, where there is a threshold, "masked": it is no cell that is weighed
 * with the others, and the rest of the whole may be one person. */
const char *aur_anonymous_told(const aur_ledger *l, char buf[32]);
/* Finding i as it may be published; false: it is told with another.  Equal texts are told by their number: whoever knows the id of her own
 * answer and of another's would read that other one's words. */
bool aur_finding_told(const aur_ledger *l, uint32_t i, aur_finding *out);
/* May the number of contributions that may be quoted be told?  With the whole it says how many may not: those of one who refused. */
bool aur_quotable_told(const aur_ledger *l);
/* May the shares of a theme be told?  They give their denominator back. */
bool aur_share_told(const aur_ledger *l, uint32_t theme);
/* Is every session of a theme shown?  If not, nothing that is computed from the series (a trend's figures, how many sessions are left without
 * one person) is told but the verdict: it would help to find the hidden cells. */
bool aur_series_told(const aur_ledger *l, uint32_t theme);
bool aur_territories_told(const aur_ledger *l, uint32_t theme);
/* Its verdict and its trend, as far as they may be told: UNDECIDED and HIDDEN where that would give a count away (that ties are too many for a
 * trend says that some hidden numbers are equal). */
aur_life aur_life_told(const aur_ledger *l, uint32_t theme);
/* Are all counts told that the divergence is made of? */
bool aur_divergence_told(const aur_irr_theme *t);
/* May its stance, its role be told? */
bool aur_quote_stance_told(const aur_ledger *l, uint32_t contribution, uint32_t theme);
bool aur_quote_role_told(const aur_ledger *l, uint32_t contribution, uint32_t theme);
#endif
