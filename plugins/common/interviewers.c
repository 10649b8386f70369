/* SPDX-License-Identifier: Apache-2.0 */
/* Who asks the questions in a transcript or a conversation, by what the person says. */
#include "rd.h"

void rd_interviewers_read(rd_interviewers *x, const aur_host *h, const aur_config *c)
{
	const char *v;
	for (uint32_t i = 0; x->count < RD_INTERVIEWERS && (v = h->conf_nth(h, c, "interviewer", i)); i++) {
		if (strcmp(v, "none") == 0 || strcmp(v, "aucun") == 0)
			x->none = true;
		else
			x->name[x->count++] = v;
	}
}

uint32_t rd_interviewers_find(const rd_interviewers *x, const char *folded)
{
	char want[RD_NAME_MAX];
	for (uint32_t i = 0; i < x->count; i++)
		if (rd_name_fold(x->name[i], strlen(x->name[i]), want) && strcmp(want, folded) == 0)
			return i;
	return UINT32_MAX;
}

void rd_interviewers_tell(const rd_interviewers *x, const bool met[RD_INTERVIEWERS], const aur_host *h, aur_record_sink *o)
{
	for (uint32_t i = 0; i < x->count; i++)
		if (!met[i])
			rd_note(h, o, _("no speaker is called « %.60s » (given as interviewer)"), x->name[i]);
}
