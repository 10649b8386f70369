/* SPDX-License-Identifier: Apache-2.0 */
/* Helpers that the adapter's files share: the fields behind a reading of pipeline.xml, roles, stances. */
#include "config.h"
#include "irritants/adapt.h"

const char *const aur_adapt_stances[AUR_IN_STANCES] = {"", "keep", "improve", "getrid", "dear", "create"};

aur_str aur_adapt_str(struct aur_adapter *a, const char *p, size_t n)
{
	return (aur_str){aur_arena_dup(&a->arena, p, n), n};
}

struct field_of aur_adapt_reading(const struct aur_adapter *a, aur_snapshot *s, const char *as)
{
	struct field_of f = {.r = aur_readings_get(&a->readings, as)};
	for (unsigned i = 0; f.r && i < f.r->nfields; i++) {
		uint32_t k = aur_snapshot_field(s, f.r->field[i], strlen(f.r->field[i]));
		if (k == AUR_NONE)
			continue;
		f.field[f.n] = k;
		f.nis[f.n] = aur_snapshot_value_count(s, k) + 1;
		f.is[f.n] = aur_xcalloc(f.nis[f.n], sizeof **f.is);
		f.n++;
	}
	return f;
}

void aur_adapt_reading_free(struct field_of *f)
{
	for (unsigned i = 0; i < f->n; i++)
		free(f->is[i]);
}

uint32_t aur_adapt_role(struct aur_adapter *a, aur_str role)
{
	const uint32_t *known = aur_strtab_find(&a->role_numbers, role.ptr, role.len);
	return known ? *known : AUR_IN_ABSENT;
}
