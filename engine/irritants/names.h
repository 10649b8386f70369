/* SPDX-License-Identifier: Apache-2.0 */
/* Names that machine formats use: they do not change, and are never translated. */
#ifndef AUR_IRRITANTS_NAMES_H
#define AUR_IRRITANTS_NAMES_H
#include "irritants/ledger.h"

const char *aur_verdict_name(aur_life_verdict v);
const char *aur_why_name(aur_life_why w);
const char *aur_trend_name(aur_life_trend t);
const char *aur_stance_name(uint32_t stance);
const char *aur_status_name(uint32_t status);
const char *aur_dim_name(aur_dim d);
const char *aur_finding_name(aur_finding_kind k);
#endif
