/* SPDX-License-Identifier: Apache-2.0 */
/* Commits a batch in one transaction, after which it is durable. */
#include "config.h"
#include <stdlib.h>
#include "base/intl.h"
#include "index/folder.h"
#include "index/forward.h"
#include "index/write.h"

/* An estimate of what writing the batch takes at worst: the records (w->fwd, with its spare room, and the pages that
 * LMDB holds until the commit), the tokens and their postings, sorting these (PAIR_BUDGET), the dictionary of the
 * new forms, and arrays by form. */
size_t aur_batch_bytes(const aur_writer *w)
{
	size_t sorting = (size_t)w->ntok * 8 < (size_t)48 << 20 ? (size_t)w->ntok * 8 : (size_t)48 << 20;
	return w->fwd.n * 3 + (size_t)w->ntok * 10 + sorting + (size_t)w->n * (sizeof *w->doc + 24 + 8 * w->nfields) + w->arena.total * 2 +
	       (size_t)(w->nforms - w->nforms0) * 200 + w->nhits * 2 * sizeof *w->hit + (size_t)w->nforms * 16;
}

void aur_pending_add(aur_buf *b, const aur_str *s, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		aur_buf_v(b, (uint32_t)s[i].len);
		aur_buf_put(b, s[i].ptr, s[i].len);
	}
}

/* Reads n strings that aur_pending_add queued; returns the position after them. */
static const uint8_t *pending_take(const uint8_t *p, aur_str *s, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		s[i].len = aur_vget(&p);
		s[i].ptr = (const char *)p;
		p += s[i].len;
	}
	return p;
}

/* Sets one property in a record of properties (one per session, one for the corpus): key and value, alternating. */
static aur_code props_merge(aur_writer *w, MDB_txn *t, enum aur_db db, MDB_val rk, aur_str id, aur_str key, aur_str value,
			    aur_error *err)
{
	const uint8_t *p;
	size_t n;
	aur_buf b = {0};
	int done = key.len == 0;
	aur_code c = aur_rec_get(w->store, t, db, rk, &p, &n, err);
	if (!c) {
		const uint8_t *q = p, *end = p + n;
		while (q && q < end) {
			aur_str kv[2] = {{0}, {0}};
			for (int i = 0; i < 2 && q; i++) {
				kv[i].len = aur_vget_safe(&q, end);
				if (!q || kv[i].len > (size_t)(end - q)) {
					q = NULL;
					break;
				}
				kv[i].ptr = (const char *)q;
				q += kv[i].len;
			}
			if (q && kv[0].len == key.len && !memcmp(kv[0].ptr, key.ptr, key.len)) {
				kv[1] = value;
				done = 1;
			}
			if (q)
				aur_pending_add(&b, kv, 2);
		}
		if (!q) {
			aur_buf_free(&b);
			return aur_rec_damaged(w->store, aur_db_names[db], err);
		}
	} else if (c != AURE_NOTFOUND) {
		return c;
	} else if (id.len > KEY_MAX_BYTES - 24) { /* the record's key is cut and hashed: its empty key has the id */
		aur_pending_add(&b, (aur_str[]){{"", 0}, id}, 2);
	}
	if (!done)
		aur_pending_add(&b, (aur_str[]){key, value}, 2);
	c = aur_rec_put(w->store, t, db, rk, b.p, b.n, 0, err);
	aur_buf_free(&b);
	return c;
}

static aur_code write_pending(aur_writer *w, MDB_txn *t, aur_error *err)
{
	aur_code c = AURE_OK;
	aur_str s[3];
	for (const uint8_t *p = w->sess.p, *end = w->sess.n ? p + w->sess.n : p; !c && p < end;) {
		uint8_t kb[KEY_MAX_BYTES + 8];
		p = pending_take(p, s, 3);
		c = props_merge(w, t, DB_SESSIONS, aur_word_key(kb, -1, s[0].ptr, s[0].len), s[0], s[1], s[2], err);
	}
	for (const uint8_t *p = w->props.p, *end = w->props.n ? p + w->props.n : p; !c && p < end;) {
		p = pending_take(p, s, 2);
		c = props_merge(w, t, DB_META, aur_meta_key("properties"), (aur_str){"", 0}, s[0], s[1], err);
	}
	if (!c && w->new_sources)
		c = aur_rec_put(w->store, t, DB_META, aur_meta_key("sources"), w->sources.p, w->sources.n, 0, err);
	return c;
}

/* aur_batch_write frees the tokens of the batch: restores them from its records, for another try. */
static void tokens_again(aur_writer *w)
{
	w->tok_cap = w->ntok + 1;
	w->tok = aur_xrealloc(w->tok, w->tok_cap * sizeof *w->tok);
	uint64_t at = 0;
	for (uint32_t i = 0; i < w->n; i++) {
		aur_fwd f;
		if (!aur_fwd_open(&f, w->fwd.p + (i ? w->doc[i - 1].fwd_end : 0), w->fwd.p + w->doc[i].fwd_end))
			continue;
		const uint8_t *p = f.forms;
		while (at < w->doc[i].tok_end)
			w->tok[at++] = aur_vget(&p);
	}
}

size_t aur_commit_bytes(const aur_writer *w)
{
	if (getenv("AURICULE_TEST_MAP")) /* tests: too small, so that the commit must be repeated */
		return 1 << 19;
	return aur_batch_bytes(w) + w->fwd.n * 2 + ((size_t)64 << 20);
}

aur_code aur_commit(aur_writer *w, aur_error *err)
{
	MDB_txn *t;
	int dead;
	w->store->full = 0;
	aur_code c = aur_store_ours(w->store, err);
	if (c)
		return c;
	/* Frees the slots of readers that were killed: as long as one remains, LMDB reuses no page that was freed
	 * since it began. */
	mdb_reader_check(w->store->env, &dead);
	int rc = mdb_txn_begin(w->store->env, NULL, 0, &t);
	if (rc)
		return aur_store_error(w->store, rc, _("begin"), err);
	c = write_pending(w, t, err);
	if (!c)
		c = aur_batch_write(w, t, err);
	if (c) {
		mdb_txn_abort(t);
	} else {
		rc = mdb_txn_commit(t);
		w->store->full |= rc == MDB_MAP_FULL;
		if (rc)
			c = aur_store_error(w->store, rc, _("commit"), err);
		else
			aur_store_wrote(w->store);
	}
	if (c && w->store->full)
		tokens_again(w);
	return c;
}
