/* SPDX-License-Identifier: Apache-2.0 */
/* Compaction of sessions.  Where contributions are erased, a session of which nothing is left goes with them, and so does what only they
 * said of a session: it is then what the first of the others says, as if they had never been. */
#include "config.h"
#include <stdlib.h>
#include "base/intl.h"
#include "index/compact.h"

/* A property that contributions of the session have, or had, as a value. */
struct said {
	uint32_t session, field, value;
	uint32_t first;    /* of the other values of this field, that of the first contribution that stays; 0: there is none */
	uint8_t has, had; /* whether one that stays has the value; whether one that goes had it */
};

struct sayings {
	struct said *v;
	uint32_t n, cap;
	uint32_t *of; /* by value of the field of sessions: where those of the session begin; AUR_NONE: nowhere */
	uint32_t field;
};

static void sayings_of(struct compact *k, struct sayings *x)
{
	size_t sessions = (size_t)aur_snapshot_value_count(k->s, x->field) + 1;
	x->of = aur_xmalloc(sessions * sizeof *x->of);
	memset(x->of, 0xFF, sessions * sizeof *x->of);
	for (uint32_t i = 0; i < aur_snapshot_session_count(k->s); i++) {
		uint32_t session = aur_snapshot_value(k->s, x->field, aur_snapshot_session_id(k->s, i));
		aur_str key, value;
		for (uint32_t n = 0; session && aur_snapshot_session_prop(k->s, i, n, &key, &value); n++) {
			uint32_t field = aur_snapshot_field(k->s, key.ptr, key.len), v = field == AUR_NONE ? 0 : aur_snapshot_value(k->s, field, value);
			if (!v)
				continue;
			AUR_GROW(x->v, x->n, x->cap);
			if (x->of[session] == AUR_NONE)
				x->of[session] = x->n;
			x->v[x->n++] = (struct said){.session = session, .field = field, .value = v};
		}
	}
}

static aur_code compare(struct compact *k, struct sayings *x, aur_error *err)
{
	aur_code c = AURE_OK;
	aur_column *col = aur_xcalloc(k->t.fields, sizeof *col);
	for (uint32_t g = 0; g < k->t.segments && !c; g++) {
		const aur_seg_info *info = aur_snapshot_seg(k->s, g);
		for (uint32_t f = 0; f < k->t.fields && !c; f++)
			c = aur_snapshot_column(k->s, g, f, &col[f], err);
		for (uint32_t i = 0; i < info->n && !c; i++) {
			uint32_t session = aur_column_at(col[x->field], i);
			int goes = aur_seg_is_deleted(info, i);
			for (uint32_t n = x->of[session]; n < x->n && x->v[n].session == session; n++) {
				struct said *s = &x->v[n];
				uint32_t v = aur_column_at(col[s->field], i);
				s->had |= goes && v == s->value;
				s->has |= !goes && v == s->value;
				if (!goes && !s->first)
					s->first = v;
			}
		}
	}
	free(col);
	return c;
}

/* Puts the properties that stay into b.  Returns 0 if all stay as they are. */
static int what_stays(struct compact *k, const struct sayings *x, uint32_t session, const aur_str *kv, uint32_t n, aur_buf *b)
{
	int less = 0;
	b->n = 0;
	for (const aur_str *p = kv; p < kv + 2 * (size_t)n; p += 2) {
		const struct said *s = NULL;
		uint32_t field = aur_snapshot_field(k->s, p->ptr, p->len);
		for (uint32_t i = session ? x->of[session] : AUR_NONE; i < x->n && x->v[i].session == session && !s; i++)
			if (x->v[i].field == field)
				s = &x->v[i];
		int stays = !s || s->has || !s->had;
		less |= !stays;
		if (stays)
			aur_pending_add(b, p, 2);
		else if (s->first)
			aur_pending_add(b, (aur_str[]){*p, aur_snapshot_value_text(k->s, s->field, s->first)}, 2);
	}
	return less;
}

aur_code aur_compact_sessions(struct compact *k, aur_error *err)
{
	aur_code c = AURE_OK;
	struct sayings x = {.field = k->how->leave_out ? aur_snapshot_field(k->s, "session", 7) : AUR_NONE};
	aur_buf b = {0};
	MDB_cursor *cur;
	MDB_val key, v;
	if (x.field != AUR_NONE) {
		sayings_of(k, &x);
		c = compare(k, &x, err);
	}
	int rc = c ? 0 : mdb_cursor_open(k->from, k->old->db[DB_SESSIONS], &cur);
	if (!c && rc)
		c = aur_store_error(k->old, rc, _("read"), err);
	if (c)
		goto out;
	for (rc = aur_cursor_get(k->old, cur, &key, &v, MDB_FIRST); !rc && !c; rc = aur_cursor_get(k->old, cur, &key, &v, MDB_NEXT)) {
		const uint8_t *p;
		size_t n;
		c = aur_rec_check(k->old, DB_SESSIONS, key, v, &p, &n, err);
		if (!c && x.field != AUR_NONE) {
			aur_str *kv, id = {key.mv_data, key.mv_size};
			uint32_t pairs = aur_pairs_parse(p, n, &kv);
			if (pairs && !kv[0].len) /* the key is hashed: its empty key has the id */
				id = kv[1];
			uint32_t session = aur_snapshot_value(k->s, x.field, id);
			/* one of which nothing is left is not even written and removed, which would leave its name in the page */
			int gone = session && !(k->used[x.field][session >> 3] >> (session & 7) & 1);
			if (what_stays(k, &x, session, kv, pairs, &b)) {
				p = b.p;
				n = b.n;
			}
			free(kv);
			if (gone)
				continue;
		}
		if (!c)
			c = aur_compact_put(k, DB_SESSIONS, key, p, n, MDB_APPEND, err);
	}
	mdb_cursor_close(cur);
	c = aur_compact_walked(k, rc, c, err);
out:
	free(x.v);
	free(x.of);
	aur_buf_free(&b);
	return c;
}
