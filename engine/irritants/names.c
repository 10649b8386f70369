/* SPDX-License-Identifier: Apache-2.0 */
#include "irritants/names.h"

const char *aur_verdict_name(aur_life_verdict v)
{
	static const char *const n[AUR_LIFE_VERDICTS] = {"undecided", "new", "recurrent", "falling", "resolved", "back"};
	return n[v];
}
const char *aur_why_name(aur_life_why w)
{
	static const char *const n[AUR_WHYS] = {"shown",	  "one-room",	   "never",	  "new-by-chance",
						"gone-by-chance", "too-few-since", "lone-voices", "trend", "other-places", "other-roles", "hidden"};
	return n[w];
}
const char *aur_trend_name(aur_life_trend t)
{
	static const char *const n[] = {"undecided", "cannot", "rise", "fall"};
	return n[t];
}
const char *aur_stance_name(uint32_t s)
{
	static const char *const n[AUR_IN_STANCES] = {"none", "keep", "improve", "getrid", "dear", "create"};
	return n[s];
}
const char *aur_status_name(uint32_t s)
{
	static const char *const n[AUR_IN_STATUSES] = {"said", "summed", "pro"};
	return n[s];
}
const char *aur_dim_name(aur_dim d)
{
	static const char *const n[AUR_DIMS] = {"territory", "kind", "wave", "role"};
	return n[d];
}
const char *aur_finding_name(aur_finding_kind k)
{
	static const char *const n[AUR_FIND_KINDS] = {"total",	 "more-present", "more-speakers", "empty-session",
						      "undated", "same-text",	 "more-same-text", "no-session", "waves-overlap",
						      "several-values"};
	return n[k];
}
