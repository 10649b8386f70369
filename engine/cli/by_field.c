/* SPDX-License-Identifier: Apache-2.0 */
/* A field of people for the ledger: its values, sorted as a reader expects. */
#include "config.h"
#include <stdlib.h>
#include "cli/ledger.h"
#include "query/counts.h"

void aur_book_by_free(aur_book *b)
{
	for (uint32_t i = 0; i < b->crosses; i++) {
		aur_cross_free(b->cross[i]);
		aur_search_free(b->by[i].search);
		free(b->by[i].names);
	}
	b->crosses = 0;
}

/* Fills names[0..count) with the sorted values of a field, and value[] with the index in names of each contribution (AUR_IN_ABSENT: none). */
static aur_code values_of(aur_book *b, const aur_by *by, aur_str *names, uint32_t count, uint32_t *value, aur_error *e)
{
	uint32_t *order = aur_xcalloc((size_t)count + 1, sizeof *order), *place = aur_xcalloc((size_t)count + 1, sizeof *place);
	for (uint32_t i = 0; i < count; i++) /* dates have their numbers in their order */
		order[i] = i + 1;
	if (!by->group)
		aur_value_order(b->s, by->field, order);
	for (uint32_t i = 0; i < count; i++) {
		names[i] = aur_by_text(b->s, by, order[i]);
		place[order[i]] = i;
	}
	aur_code c = aur_adapter_values(b->in, by->field, value, e);
	for (uint32_t i = 0; i < b->l->in->contribution_count && !c; i++) {
		uint32_t p = aur_by_part(by, value[i]);
		value[i] = p ? place[p] : AUR_IN_ABSENT;
	}
	free(order);
	free(place);
	return c;
}

aur_code aur_book_by(aur_book *b, const char *by, aur_error *e)
{
	aur_query_env env = {.s = b->s};
	aur_by field[2];
	uint32_t n = 0;
	if (b->crosses == AUR_BOOK_FIELDS)
		return aur_fail(e, AURE_USAGE, _("the ledger is split by %d fields at most"), AUR_BOOK_FIELDS);
	struct aur_book_field *f = &b->by[b->crosses];
	aur_search *search = aur_search_new(&env); /* holds the groups of dates */
	aur_code c = aur_query_fields(search, by, field, &n, e);
	if (!c && n != 1)
		c = aur_fail(e, AURE_USAGE, _("the ledger is split by one field at a time"));
	aur_str *names = NULL;
	uint32_t *value = NULL;
	if (!c) {
		uint32_t count = aur_by_parts(b->s, &field[0]);
		names = aur_xmalloc(((size_t)count + 1) * sizeof *names);
		value = aur_xmalloc(((size_t)b->l->in->contribution_count + 1) * sizeof *value);
		c = values_of(b, &field[0], names, count, value, e);
		if (!c)
			c = aur_cross_build(b->l, aur_str_of(by), names, count, value, b->cross, b->crosses, &b->cross[b->crosses], e);
	}
	free(value);
	if (c) {
		free(names);
		aur_search_free(search);
		return c;
	}
	b->cross[b->crosses++]->by_value = !field[0].cut;
	*f = (struct aur_book_field){search, names};
	return AURE_OK;
}
