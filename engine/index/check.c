/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the whole corpus and reports inconsistencies: first pages, then the checksum of every record, then every reference from one
 * record to another.  Nothing that is read is trusted: a fault is reported as a sentence and never crashes. */
#include "config.h"
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include "base/intl.h"
#include "index/check.h"
#include "index/folder.h"

/* ---- records, one by one --------------------------------------------------------------------- */
static int key_ok(struct check *k, enum aur_db db, MDB_val key, size_t n)
{
	static const char *const meta[] = {"schema", "counts", "layers", "pipeline", "fingerprints", "annotators", "labels", "properties", "sources"};
	const uint8_t *p = key.mv_data;
	unsigned kind = key.mv_size == SEG_KEY ? p[4] : 0;
	switch (db) {
	case DB_META:
		for (unsigned i = 0; i < sizeof meta / sizeof *meta; i++)
			if (strlen(meta[i]) == key.mv_size && !memcmp(meta[i], p, key.mv_size))
				return 1;
		return 0;
	case DB_FORMS:
		return key.mv_size <= KEY_MAX_BYTES && n == 4;
	case DB_FORMREC:
		return key.mv_size == 4 && n >= 4 * FORM_CHUNK && aur_getbe32(p) <= k->t.forms / FORM_CHUNK;
	case DB_LAYERS:
		return key.mv_size >= 2 && key.mv_size <= KEY_MAX_BYTES && p[0] < k->nlayers;
	case DB_SEG:
		return kind >= SEG_HEAD && kind <= SEG_DELETED && aur_getbe32(p) < k->t.segments;
	case DB_HITS:
		return (kind == HIT_RECORDS || kind == HIT_THEME) && aur_getbe32(p) < k->t.segments;
	case DB_FIELDS:
		return key.mv_size == 4 && n >= 4 && aur_getbe32(p) < k->t.fields;
	case DB_VALUES:
		return key.mv_size >= 6 && aur_getbe32(p + 1) < k->t.fields &&
		       ((p[0] == 'i' && n == 4) || (p[0] == 'v' && key.mv_size == 9 && n > 0));
	default:
		return 1;
	}
}

/* Checks the checksum of every record; once k->s is open, also that its key is possible. */
static void records(struct check *k)
{
	uint64_t all = 0;
	for (unsigned db = 0; db < DB_COUNT_; db++) {
		MDB_cursor *cur = aur_check_cursor(k, (enum aur_db)db);
		MDB_val key = {0}, v;
		uint64_t no = 0;
		while (cur && !aur_check_step(k, (enum aur_db)db, cur, &key, &v, no ? MDB_NEXT : MDB_FIRST)) {
			const uint8_t *p;
			size_t n;
			no++;
			if (aur_rec_check(k->store, (enum aur_db)db, key, v, &p, &n, NULL))
				aur_check_fault(k, _("record %" PRIu64 " of « %s » does not match its checksum"), no, aur_db_names[db]);
			else if (k->s && !key_ok(k, (enum aur_db)db, key, n))
				aur_check_fault(k, _("record %" PRIu64 " of « %s » belongs to nothing"), no, aur_db_names[db]);
		}
		if (cur)
			mdb_cursor_close(cur);
		all += no;
	}
	if (!k->s)
		aur_check_say(k, _("records: %" PRIu64 ", each against its checksum"), all);
	aur_check_step_end(k);
}

/* ---- properties, labels, sessions --------------------------------------------------------------- */
static void pairs(struct check *k, const uint8_t *p, size_t n, const char *what)
{
	const uint8_t *end = p + n;
	unsigned i = 0;
	for (; p && p < end; i++) {
		uint32_t len = aur_vget_safe(&p, end);
		p = p && len <= (size_t)(end - p) ? p + len : NULL;
	}
	if (!p || i % 2)
		aur_check_fault(k, _("the properties of %s cannot be read"), what);
}

static void meta(struct check *k)
{
	const uint8_t *p;
	size_t n;
	static const char *const must[] = {"layers", "pipeline", "fingerprints", "annotators"};
	for (unsigned i = 0; i < 4 && k->t.segments; i++) /* a corpus whose first ingestion was killed has none of them, nor anything else */
		aur_check_need(k, DB_META, aur_meta_key(must[i]), &n, must[i], 0);
	if (!aur_rec_get(k->store, k->txn, DB_META, aur_meta_key("properties"), &p, &n, NULL))
		pairs(k, p, n, _("the corpus"));
	if (!aur_rec_get(k->store, k->txn, DB_META, aur_meta_key("sources"), &p, &n, NULL))
		pairs(k, p, n, _("its files"));
	if (k->nlabels && (p = aur_check_need(k, DB_META, aur_meta_key("labels"), &n, _("labels"), 0))) {
		const uint8_t *end = p + n;
		uint32_t i = 0;
		for (; p && p < end; i++)
			for (int f = 0; f < 4 && p; f++) {
				uint32_t len = aur_vget_safe(&p, end);
				p = p && len <= (size_t)(end - p) ? p + len : NULL;
			}
		if (!p || i != k->nlabels)
			aur_check_fault(k, _("the labels of theme hits cannot be read: %u instead of %u"), i, k->nlabels);
	}
	MDB_cursor *cur = aur_check_cursor(k, DB_SESSIONS);
	MDB_val key = {0}, v;
	if (cur) {
		for (MDB_cursor_op op = MDB_FIRST; !aur_check_step(k, DB_SESSIONS, cur, &key, &v, op); op = MDB_NEXT)
			if (!aur_rec_check(k->store, DB_SESSIONS, key, v, &p, &n, NULL))
				pairs(k, p, n, _("a session"));
		mdb_cursor_close(cur);
	}
	aur_check_say(k, _("corpus: %u sessions, %u labels, properties"), aur_snapshot_session_count(k->s), k->nlabels);
	aur_check_step_end(k);
}

/* ---- fields ------------------------------------------------------------------------------------ */
static void fields(struct check *k)
{
	uint8_t kb[KEY_MAX_BYTES + 16];
	uint64_t all = 0, named = 0;
	for (uint32_t i = 0; i < k->t.fields; i++) {
		size_t n;
		aur_setbe32(kb, i);
		const uint8_t *p = aur_check_need(k, DB_FIELDS, (MDB_val){4, kb}, &n, _("field"), i);
		if (!p)
			continue;
		k->values[i] = aur_get32(p);
		for (uint32_t j = 0; j < i; j++) {
			aur_str a = aur_snapshot_field_name(k->s, i), b = aur_snapshot_field_name(k->s, j);
			if (a.len == b.len && !memcmp(a.ptr, b.ptr, a.len))
				aur_check_fault(k, _("fields %u and %u have the same name"), j, i);
		}
		for (uint32_t v = 1; v <= k->values[i] && k->step_faults < 1000; v++) {
			aur_str t = aur_snapshot_value_text(k->s, i, v);
			all++;
			if (!t.len)
				aur_check_fault(k, _("field %u: the text of value %u is missing"), i, v);
			else if (aur_snapshot_value(k->s, i, t) != v)
				aur_check_fault(k, _("field %u: value %u is not found by its text"), i, v);
		}
	}
	MDB_cursor *cur = aur_check_cursor(k, DB_VALUES);
	MDB_val key = {0}, v;
	if (cur) {
		for (MDB_cursor_op op = MDB_FIRST; !aur_check_step(k, DB_VALUES, cur, &key, &v, op); op = MDB_NEXT)
			named++;
		mdb_cursor_close(cur);
	}
	if (named != 2 * all)
		aur_check_fault(k, _("the fields declare %" PRIu64 " values, but there are records for %" PRIu64), all, named / 2);
	aur_check_say(k, _("fields: %u, with %" PRIu64 " values, from text to number and back"), k->t.fields, all);
	aur_check_step_end(k);
}

/* ---- all --------------------------------------------------------------------------------------- */
static aur_code open_checked(struct check *k, const char *dir, aur_error *err)
{
	aur_store *store = NULL;
	uint64_t npages = 0;
	aur_code c = aur_store_open(dir, AUR_STORE_BARE, &store, err);
	if (c)
		return c;
	c = aur_store_txn(store, &k->txn, err);
	for (int i = 0; !c && i < 3; i++) { /* a writer may commit meanwhile: then check again */
		k->faults += aur_pages_check(store, k->txn, &npages, k->say, k->ctx);
		if (k->faults)
			break;
		size_t id = mdb_txn_id(k->txn);
		c = aur_store_databases(store, err);
		if (!c)
			c = aur_store_txn_again(store, k->txn, err);
		if (!c && mdb_txn_id(k->txn) == id)
			break;
	}
	if (!c)
		c = aur_store_kept(store, err);
	if (c || k->faults) {
		if (k->txn)
			mdb_txn_abort(k->txn);
		k->txn = NULL;
		aur_store_close(store);
		return c;
	}
	aur_check_say(k, _("pages: %" PRIu64 ", each with one owner and in its place"), npages);
	k->store = store;
	return AURE_OK;
}

uint64_t aur_index_check(const char *dir, void (*tell)(void *ctx, int fault, const char *msg), void *ctx, aur_error *err)
{
	struct check k = {.say = tell, .ctx = ctx};
	aur_error e = {0};
	aur_code c = open_checked(&k, dir, &e);
	errno = 0; /* see aur_check_fault */
	if (c == AURE_CORRUPT)
		aur_check_fault(&k, "%s", e.text);
	else if (c) {
		if (err)
			*err = e;
		return 1;
	}
	if (k.faults)
		return k.faults;
	records(&k);
	mdb_txn_abort(k.txn);
	k.txn = NULL;
	if (aur_store_kept(k.store, err)) {
		aur_store_close(k.store);
		return 1;
	}
	if (k.faults) {
		aur_store_close(k.store);
		aur_check_say(&k, _("references are not checked: damaged records cannot be trusted"));
		return k.faults;
	}
	c = aur_snapshot_on(k.store, &k.s, &e);
	if (c) {
		k.store = NULL; /* aur_snapshot_on closed it */
		if (c == AURE_LOCKED && err)
			*err = e;
		else
			aur_check_fault(&k, "%s", e.text);
		return 1;
	}
	k.txn = aur_snapshot_txn(k.s);
	aur_snapshot_totals(k.s, &k.t);
	k.nlayers = aur_snapshot_layers(k.s);
	k.nlabels = k.t.labels;
	k.values = aur_xcalloc(k.t.fields, sizeof *k.values);
	k.sum = aur_xcalloc(k.t.forms, sizeof *k.sum);
	k.punct = aur_xcalloc(k.t.forms, sizeof *k.punct);
	k.docs = aur_xcalloc(k.t.forms, sizeof *k.docs);
	k.occ = aur_xcalloc(k.t.forms, sizeof *k.occ);
	records(&k);
	if (!k.nlayers && k.t.segments)
		aur_check_fault(&k, _("the corpus does not say which layers it has"));
	meta(&k);
	aur_check_forms(&k);
	fields(&k);
	uint64_t before = k.faults;
	aur_check_segments(&k);
	aur_check_layers(&k, k.faults == before);
	free(k.values);
	free(k.sum);
	free(k.punct);
	free(k.docs);
	free(k.occ);
	aur_store_kept(k.store, err);
	aur_snapshot_close(k.s);
	return k.faults;
}
