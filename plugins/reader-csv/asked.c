/* SPDX-License-Identifier: Apache-2.0 */
/* The columns that a person names: by number, or by what stands above them. */
#include <stdlib.h>
#include "csv.h"

int32_t csv_column_find(const csv_state *s, const char *who)
{
	if (who[0] == '#' && who[1] >= '1' && who[1] <= '9') {
		char *end;
		unsigned long k = strtoul(who + 1, &end, 10);
		if (!*end)
			return k <= s->d.columns ? (int32_t)k - 1 : -1;
	}
	for (uint32_t i = 0; i < s->d.columns; i++)
		if (strcmp(s->cols[i].label, who) == 0)
			return (int32_t)i;
	char want[RD_NAME_MAX], name[RD_NAME_MAX];
	if (!rd_name_fold(who, strlen(who), want))
		return -1;
	for (uint32_t i = 0; i < s->d.columns; i++) {
		rd_name_fold(s->cols[i].label, strlen(s->cols[i].label), name);
		if (strcmp(name, want) == 0 || strcmp(s->cols[i].name, want) == 0)
			return (int32_t)i;
	}
	return -1;
}

aur_status csv_column_asked(csv_state *s, const char *who, const char *option, rd_role role, int32_t *out)
{
	if (!who || !*who)
		return AUR_OK;
	const aur_host *h = s->in.host;
	const char *file = h->source_name(h, s->in.src);
	int32_t i = csv_column_find(s, who);
	if (i < 0) {
		rd_buf list = {0};
		const char *fmt = _("no column « %s », which %s asks for; the columns are: %s");
		csv_list_columns(s, &list, strlen(fmt) + strlen(who) + strlen(option));
		aur_status st =
		    rd_fail_at(h, AUR_E_CONFIG, file, s->layout.skip_lines + 1, 0, fmt, who, option, list.ptr ? list.ptr : "");
		rd_buf_free(&list);
		return st;
	}
	if (s->cols[i].role != RD_FIELD && s->cols[i].role != role && role != RD_DROP)
		return rd_fail_at(h, AUR_E_CONFIG, file, s->layout.skip_lines + 1, 0,
		                  _("%s asks for column #%d, which another option has taken already"), option, i + 1);
	s->cols[i].role = role;
	s->cols[i].by_name = who[0] != '#';
	if (out)
		*out = i;
	return AUR_OK;
}
