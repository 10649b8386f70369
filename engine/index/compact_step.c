/* SPDX-License-Identifier: Apache-2.0 */
/* Compaction: writing records to the new generation, shared by its files. */
#include "config.h"
#include "base/intl.h"
#include "index/compact.h"

aur_code aur_compact_put(struct compact *k, enum aur_db db, MDB_val key, const void *p, size_t n, unsigned flags, aur_error *err)
{
	aur_code c = aur_rec_put(k->next, k->to, db, key, p, n, flags, err);
	k->put += n + 64;
	if (c || k->put < k->memory / 4)
		return c;
	/* Nobody reads it yet, so commits here only bound the memory. */
	int rc = mdb_txn_commit(k->to);
	k->to = NULL;
	k->put = 0;
	k->next->full |= rc == MDB_MAP_FULL;
	if (rc)
		return aur_store_error(k->next, rc, _("commit"), err);
	aur_store_trim(k->old);
	c = aur_store_reserve(k->next, k->room, err);
	rc = c ? 0 : mdb_txn_begin(k->next->env, NULL, 0, &k->to);
	return rc ? aur_store_error(k->next, rc, _("begin"), err) : c;
}

aur_code aur_compact_walked(const struct compact *k, int rc, aur_code c, aur_error *err)
{
	return c || rc == MDB_NOTFOUND ? c : aur_store_error(k->old, rc, _("read"), err);
}

aur_code aur_compact_step(struct compact *k, double part, aur_error *err)
{
	if (part > k->done)
		k->done = part;
	if (k->how->go_on && !k->how->go_on(k->how->ctx, k->done))
		return aur_fail(err, AURE_CANCELLED, _("stopped on request; the corpus %s is as it was"), k->old->dir);
	return AURE_OK;
}

uint32_t *aur_compact_value_map(struct compact *k, uint32_t f, uint32_t *count)
{
	uint32_t n = aur_snapshot_value_count(k->s, f), next = 0, *m = aur_xmalloc(((size_t)n + 1) * sizeof *m);
	m[0] = 0;
	for (uint32_t v = 1; v <= n; v++)
		m[v] = k->used[f][v >> 3] >> (v & 7) & 1 ? ++next : 0;
	*count = next;
	return m;
}
