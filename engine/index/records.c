/* SPDX-License-Identifier: Apache-2.0 */
/* Reading and writing records with a checksum. */
#include "config.h"
#include <string.h>
#include <unistd.h>
#include "base/hash.h"
#include "base/intl.h"
#include "index/guard.h"
#include "index/pages.h"
#include "index/records.h"

const char *const aur_db_names[DB_COUNT_] = {"meta", "forms", "formrec", "layers", "segments", "hits", "fields", "values", "sessions"};

/* Fills in a record that LMDB made room for: checksum, then payload, which is p and then more. */
static aur_code filled(aur_store *s, int rc, MDB_val key, MDB_val v, const void *p, size_t n, MDB_val more, aur_error *err)
{
	if (rc) {
		s->full |= rc == MDB_MAP_FULL;
		return aur_store_error(s, rc, _("write"), err);
	}
	uint8_t *d = v.mv_data;
	uint32_t sum = aur_crc32c(aur_crc32c(0, key.mv_data, key.mv_size), p, n);
	if (n)
		memcpy(d + REC_HEAD, p, n);
	if (more.mv_size) {
		sum = aur_crc32c(sum, more.mv_data, more.mv_size);
		memcpy(d + REC_HEAD + n, more.mv_data, more.mv_size);
	}
	aur_set32(d, sum);
	return AURE_OK;
}

aur_code aur_rec_put(aur_store *s, MDB_txn *t, enum aur_db db, MDB_val key, const void *p, size_t n, unsigned flags,
		     aur_error *err)
{
	MDB_val v = {.mv_size = n + REC_HEAD};
	int rc = mdb_put(t, s->db[db], &key, &v, flags | MDB_RESERVE);
	return filled(s, rc, key, v, p, n, (MDB_val){0}, err);
}

aur_code aur_rec_put_two(aur_store *s, MDB_txn *t, enum aur_db db, MDB_val key, MDB_val p, MDB_val more, aur_error *err)
{
	MDB_val v = {.mv_size = p.mv_size + more.mv_size + REC_HEAD};
	int rc = mdb_put(t, s->db[db], &key, &v, MDB_RESERVE);
	return filled(s, rc, key, v, p.mv_data, p.mv_size, more, err);
}

aur_code aur_rec_cursor(aur_store *s, MDB_txn *t, enum aur_db db, MDB_cursor **out, aur_error *err)
{
	int rc = mdb_cursor_open(t, s->db[db], out);
	return rc ? aur_store_error(s, rc, _("write"), err) : AURE_OK;
}

aur_code aur_rec_put_at(aur_store *s, MDB_cursor *at, MDB_val key, const void *p, size_t n, unsigned flags, aur_error *err)
{
	MDB_val v = {.mv_size = n + REC_HEAD};
	int rc = mdb_cursor_put(at, &key, &v, flags | MDB_RESERVE);
	return filled(s, rc, key, v, p, n, (MDB_val){0}, err);
}

aur_code aur_rec_damaged(const aur_store *s, const char *what, aur_error *err)
{
	aur_error e = {0};
	aur_fail(&e, AURE_CORRUPT,
		 _("the corpus %s is damaged: a record of « %s » does not match its checksum; run « auricule check », then restore the "
		   "corpus or ingest its files again into a new folder"),
		 s->dir, what);
	return aur_store_met(s, &e, err);
}

/* Does a value match its checksum?  Then *p and *n are its payload. */
static int sound(MDB_val key, MDB_val val, const uint8_t **p, size_t *n)
{
	const uint8_t *d = val.mv_data;
	if (val.mv_size < REC_HEAD || aur_get32(d) != aur_crc32c(aur_crc32c(0, key.mv_data, key.mv_size), d + REC_HEAD,
								  val.mv_size - REC_HEAD))
		return 0;
	*p = d + REC_HEAD;
	*n = val.mv_size - REC_HEAD;
	return 1;
}

aur_code aur_rec_check(const aur_store *s, enum aur_db db, MDB_val key, MDB_val val, const uint8_t **p, size_t *n,
		       aur_error *err)
{
	return sound(key, val, p, n) ? AURE_OK : aur_rec_damaged(s, aur_db_names[db], err);
}

static aur_code got(const aur_store *s, int rc, enum aur_db db, MDB_val key, MDB_val v, const uint8_t **p, size_t *n, aur_error *err)
{
	aur_code c = rc ? AURE_NOTFOUND : aur_rec_check(s, db, key, v, p, n, err);
	aur_guard_reading = NULL;
	return rc && rc != MDB_NOTFOUND ? aur_store_error(s, rc, _("read"), err) : c;
}

aur_code aur_rec_get(const aur_store *s, MDB_txn *t, enum aur_db db, MDB_val key, const uint8_t **p, size_t *n,
		     aur_error *err)
{
	MDB_val v;
	aur_guard_reading = s->dir;
	int rc = mdb_get(t, s->db[db], &key, &v);
	return got(s, rc, db, key, v, p, n, err);
}

aur_code aur_rec_get_at(const aur_store *s, MDB_cursor *at, enum aur_db db, MDB_val key, const uint8_t **p, size_t *n, aur_error *err)
{
	MDB_val v, k = key;
	aur_guard_reading = s->dir;
	int rc = mdb_cursor_get(at, &k, &v, MDB_SET);
	return got(s, rc, db, key, v, p, n, err);
}

aur_code aur_rec_copy(const aur_store *s, MDB_txn *t, enum aur_db db, MDB_val key, const uint8_t *map, aur_buf *to, const uint8_t **p, size_t *n,
		      aur_error *err)
{
	enum { LEAST = 1 << 13, MOST = 1 << 20 }; /* small records are not worth a call; large ones leave the cache that they are read into */
	MDB_val v;
	int fd;
	aur_guard_reading = s->dir;
	int rc = mdb_get(t, s->db[db], &key, &v);
	if (!rc && map && v.mv_size >= LEAST && v.mv_size <= MOST && !mdb_env_get_fd(s->env, &fd)) {
		if (!to->p)
			*to = (aur_buf){aur_xmalloc(MOST), 0, MOST};
		MDB_val copy = {v.mv_size, to->p};
		if (pread(fd, to->p, v.mv_size, (const uint8_t *)v.mv_data - map) == (ssize_t)v.mv_size && sound(key, copy, p, n)) {
			aur_guard_reading = NULL;
			return AURE_OK;
		}
	}
	aur_code c = got(s, rc, db, key, v, p, n, err); /* what could not be read so is judged where LMDB has it */
	return c == AURE_NOTFOUND ? aur_rec_damaged(s, aur_db_names[db], err) : c;
}

static int key_compare(MDB_val a, MDB_val b)
{
	int c = memcmp(a.mv_data, b.mv_data, a.mv_size < b.mv_size ? a.mv_size : b.mv_size);
	return c ? c : (a.mv_size > b.mv_size) - (a.mv_size < b.mv_size);
}

int aur_cursor_get(const aur_store *s, MDB_cursor *cur, MDB_val *key, MDB_val *v, MDB_cursor_op op)
{
	MDB_val was = *key;
	aur_guard_reading = s->dir;
	int rc = mdb_cursor_get(cur, key, v, op);
	if (!rc && op == MDB_NEXT && key_compare(was, *key) >= 0)
		rc = MDB_CORRUPTED;
	aur_guard_reading = NULL;
	return rc;
}

/* AURE_NOTFOUND if a key is surely missing: the records before and after it are in order, have the right checksum,
 * and stand on sound pages.  Otherwise AURE_CORRUPT: damage may hide it. */
static aur_code absent(const aur_store *s, MDB_txn *t, enum aur_db db, MDB_val key, aur_error *err)
{
	MDB_cursor *cur;
	MDB_stat st;
	aur_code c = AURE_OK;
	const uint8_t *p;
	size_t n;
	int rc = mdb_cursor_open(t, s->db[db], &cur);
	if (rc)
		return aur_store_error(s, rc, _("read"), err);
	mdb_stat(t, s->db[db], &st);
	for (int before = 0; before < 2 && !c; before++) {
		MDB_val k = key, v;
		rc = aur_cursor_get(s, cur, &k, &v, MDB_SET_RANGE);
		if (before)
			rc = aur_cursor_get(s, cur, &k, &v, rc ? MDB_LAST : MDB_PREV);
		if (rc == MDB_NOTFOUND)
			continue;
		if (rc)
			c = aur_store_error(s, rc, _("read"), err);
		else if ((before ? key_compare(k, key) : key_compare(key, k)) >= 0 || aur_page_around(k.mv_data, st.ms_psize))
			c = aur_rec_damaged(s, aur_db_names[db], err);
		else
			c = aur_rec_check(s, db, k, v, &p, &n, err);
	}
	mdb_cursor_close(cur);
	return c ? c : AURE_NOTFOUND;
}

aur_code aur_rec_may(const aur_store *s, MDB_txn *t, enum aur_db db, MDB_val key, const uint8_t **p, size_t *n,
		     aur_error *err)
{
	aur_code c = aur_rec_get(s, t, db, key, p, n, err);
	return c == AURE_NOTFOUND ? absent(s, t, db, key, err) : c;
}

aur_code aur_rec_must(const aur_store *s, MDB_txn *t, enum aur_db db, MDB_val key, const uint8_t **p, size_t *n,
		      aur_error *err)
{
	aur_code c = aur_rec_get(s, t, db, key, p, n, err);
	return c == AURE_NOTFOUND ? aur_rec_damaged(s, aur_db_names[db], err) : c;
}

aur_code aur_held_get(const aur_store *s, MDB_txn *t, struct aur_held *out, aur_error *err)
{
	const uint8_t *p;
	size_t n;
	MDB_stat forms, segs, fields;
	*out = (struct aur_held){0};
	aur_code c = aur_rec_may(s, t, DB_META, aur_meta_key("counts"), &p, &n, err);
	if (c == AURE_NOTFOUND)
		return AURE_OK;
	if (c || n < 24)
		return c ? c : aur_rec_damaged(s, "meta", err);
	struct aur_held x = {aur_get32(p), aur_get32(p + 4), aur_get32(p + 8), aur_get32(p + 12), aur_get32(p + 16), aur_get32(p + 20)};
	uint32_t docs = 0;
	if (x.segments) {
		uint8_t kb[SEG_KEY];
		c = aur_rec_must(s, t, DB_SEG, seg_key(kb, x.segments - 1, SEG_HEAD, 0), &p, &n, err);
		if (c || n < SEG_HEAD_BYTES)
			return c ? c : aur_rec_damaged(s, "segments", err);
		docs = aur_get32(p) + aur_get32(p + 4);
	}
	if (docs != x.docs || mdb_stat(t, s->db[DB_FORMREC], &forms) || (x.forms + (uint64_t)FORM_CHUNK - 1) / FORM_CHUNK != forms.ms_entries ||
	    mdb_stat(t, s->db[DB_SEG], &segs) || x.segments > segs.ms_entries || mdb_stat(t, s->db[DB_FIELDS], &fields) || x.fields > fields.ms_entries)
		return aur_rec_damaged(s, "meta", err);
	*out = x;
	return AURE_OK;
}

MDB_val aur_word_key(uint8_t buf[KEY_MAX_BYTES + 8], int prefix, const void *p, size_t n)
{
	size_t o = 0;
	if (prefix >= 0)
		buf[o++] = (uint8_t)prefix;
	if (n <= KEY_MAX_BYTES - 24) {
		if (n)
			memcpy(buf + o, p, n);
		o += n;
		if (!n) /* LMDB takes no empty key */
			buf[o++] = 0;
	} else {
		/* The beginning keeps the order for prefix walks; two hashes tell words with the same beginning
		 * apart. */
		memcpy(buf + o, p, KEY_MAX_BYTES - 24);
		o += KEY_MAX_BYTES - 24;
		buf[o++] = 0xFF;
		aur_set64(buf + o, aur_stored_hash(p, n, 1));
		aur_set64(buf + o + 8, aur_stored_hash(p, n, 2));
		o += 16;
	}
	return (MDB_val){.mv_size = o, .mv_data = buf};
}
