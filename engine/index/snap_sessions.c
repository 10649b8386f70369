/* SPDX-License-Identifier: Apache-2.0 */
/* Properties of the corpus and of its sessions; all are loaded when one is first asked for. */
#include "config.h"
#include <stdlib.h>
#include "base/intl.h"
#include "base/strtab.h"
#include "index/snap.h"

uint32_t aur_pairs_parse(const uint8_t *p, size_t n, aur_str **out)
{
	aur_str *kv = NULL;
	uint32_t count = 0, cap = 0;
	const uint8_t *end = p + n;
	while (p && p < end) {
		aur_str v;
		v.len = aur_vget_safe(&p, end);
		if (!p || v.len > (size_t)(end - p))
			break;
		v.ptr = (const char *)p;
		p += v.len;
		AUR_GROW(kv, count, cap);
		kv[count++] = v;
	}
	*out = kv;
	return count / 2;
}

int aur_snapshot_property(aur_snapshot *s, uint32_t n, aur_str *key, aur_str *value)
{
	if (!s->prop_loaded) {
		const uint8_t *p;
		size_t len;
		s->prop_loaded = 1;
		if (!aur_rec_may(s->store, s->txn, DB_META, aur_meta_key("properties"), &p, &len, NULL))
			s->nprop = aur_pairs_parse(p, len, &s->prop);
	}
	if (n >= s->nprop)
		return 0;
	*key = s->prop[2 * n];
	*value = s->prop[2 * n + 1];
	return 1;
}

uint32_t aur_snapshot_sources(aur_snapshot *s)
{
	const uint8_t *p;
	size_t len;
	aur_str *kv = NULL;
	uint32_t n = 0;
	aur_strtab names = {0};
	if (!aur_rec_may(s->store, s->txn, DB_META, aur_meta_key("sources"), &p, &len, NULL))
		n = aur_pairs_parse(p, len, &kv);
	for (uint32_t i = 0; i < n; i++) /* a file that changed has several entries */
		aur_strtab_put(&names, kv[2 * i].ptr, kv[2 * i].len, i);
	n = names.n;
	aur_strtab_free(&names);
	free(kv);
	return n;
}

static aur_str sess_get(const struct aur_snap_session *x, const char *key)
{
	for (uint32_t i = 0; i < x->n; i++)
		if (x->kv[2 * i].len == strlen(key) && !memcmp(x->kv[2 * i].ptr, key, strlen(key)))
			return x->kv[2 * i + 1];
	return (aur_str){"", 0};
}

static int by_date(const void *a, const void *b)
{
	const struct aur_snap_session *x = a, *y = b;
	aur_str dx = sess_get(x, "date"), dy = sess_get(y, "date");
	int c = (dx.len == 0) - (dy.len == 0); /* without a date: last */
	if (!c)
		c = aur_str_order(dx, dy);
	return c ? c : aur_str_order(x->id, y->id);
}

static void sessions_load(aur_snapshot *s)
{
	MDB_cursor *cur;
	MDB_val k, v;
	uint32_t cap = 0;
	if (s->sess_loaded)
		return;
	s->sess_loaded = 1;
	if (mdb_cursor_open(s->txn, s->store->db[DB_SESSIONS], &cur))
		return;
	int rc;
	for (rc = aur_cursor_get(s->store, cur, &k, &v, MDB_FIRST); !rc; rc = aur_cursor_get(s->store, cur, &k, &v, MDB_NEXT)) {
		const uint8_t *p;
		size_t n;
		if (aur_rec_check(s->store, DB_SESSIONS, k, v, &p, &n, NULL))
			continue;
		AUR_GROW(s->sess, s->nsess, cap);
		struct aur_snap_session *x = &s->sess[s->nsess++];
		x->id = (aur_str){k.mv_data, k.mv_size};
		x->n = aur_pairs_parse(p, n, &x->kv);
		if (x->n && !x->kv[0].len) { /* the key is hashed: its empty key has the id */
			x->id = x->kv[1];
			memmove(x->kv, x->kv + 2, --x->n * 2 * sizeof *x->kv);
		}
	}
	mdb_cursor_close(cur);
	if (rc != MDB_NOTFOUND)
		aur_store_error(s->store, rc, _("read"), NULL);
	if (s->nsess)
		qsort(s->sess, s->nsess, sizeof *s->sess, by_date);
}

uint32_t aur_snapshot_session_count(aur_snapshot *s)
{
	sessions_load(s);
	return s->nsess;
}

aur_str aur_snapshot_session_id(aur_snapshot *s, uint32_t i)
{
	return s->sess[i].id;
}

int aur_snapshot_session_prop(aur_snapshot *s, uint32_t i, uint32_t n, aur_str *key, aur_str *value)
{
	if (n >= s->sess[i].n)
		return 0;
	*key = s->sess[i].kv[2 * n];
	*value = s->sess[i].kv[2 * n + 1];
	return 1;
}

aur_str aur_snapshot_session_get(aur_snapshot *s, uint32_t i, const char *key)
{
	return sess_get(&s->sess[i], key);
}
