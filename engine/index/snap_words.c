/* SPDX-License-Identifier: Apache-2.0 */
/* Words: forms by number and numbers by form, and the forms of a layer's value.  A form is parsed when it is first asked for, and
 * cached until the snapshot is closed. */
#include "config.h"
#include "base/intl.h"
#include "index/snap.h"

uint32_t aur_snapshot_layers(const aur_snapshot *s)
{
	return s->nlayers;
}

const char *aur_snapshot_layer_name(const aur_snapshot *s, uint32_t l)
{
	return s->layer[l];
}

int aur_snapshot_layer(const aur_snapshot *s, const char *name, size_t n)
{
	for (uint32_t i = 0; i < s->nlayers; i++)
		if (strlen(s->layer[i]) == n && !memcmp(s->layer[i], name, n))
			return (int)i;
	return -1;
}

uint32_t aur_snapshot_default_layer(const aur_snapshot *s)
{
	return s->dlayer;
}

/* The record of a form inside its chunk; NULL when damaged. */
static const uint8_t *form_rec(aur_snapshot *s, uint32_t form, const uint8_t **end)
{
	uint32_t chunk = form / FORM_CHUNK;
	if (form >= s->nforms)
		return NULL;
	if (!s->formrec[chunk]) {
		uint8_t kb[4];
		const uint8_t *p;
		size_t n;
		aur_setbe32(kb, chunk);
		if (aur_rec_must(s->store, s->txn, DB_FORMREC, (MDB_val){4, kb}, &p, &n, NULL) || n < 4 * FORM_CHUNK)
			return NULL;
		s->formrec[chunk] = p;
		s->formrec_n[chunk] = n;
	}
	uint32_t off = aur_get32(s->formrec[chunk] + 4 * (form % FORM_CHUNK));
	if (off < 4 * FORM_CHUNK || off >= s->formrec_n[chunk])
		return NULL;
	*end = s->formrec[chunk] + s->formrec_n[chunk];
	return s->formrec[chunk] + off;
}

const uint8_t *aur_snapshot_form_bytes(aur_snapshot *s, uint32_t form, size_t *n)
{
	const uint8_t *end, *from = form_rec(s, form, &end), *p = from;
	if (!p)
		return NULL;
	uint32_t len = aur_vget_safe(&p, end);
	if (!p || len >= (size_t)(end - p))
		return NULL;
	p += len + 1;
	for (uint32_t l = 0; l < s->nlayers; l++) {
		aur_vget_safe(&p, end);
		uint32_t more = aur_vget_safe(&p, end);
		if (!p || more > (size_t)(end - p))
			return NULL;
		p += more;
	}
	*n = (size_t)(p - from);
	return from;
}

const struct aur_snap_written *aur_snapshot_form_written(aur_snapshot *s, uint32_t form)
{
	const uint8_t *end, *p = form_rec(s, form, &end);
	if (!p)
		return NULL;
	uint32_t n = aur_vget_safe(&p, end);
	if (!p || n >= (size_t)(end - p))
		return NULL;
	s->written[form] = (struct aur_snap_written){(const char *)p, n, p[n], (uint8_t)aur_glue((const char *)p, n)};
	return &s->written[form];
}

/* Reads the layer values that follow a form.  Each shares a beginning with the one before (prev); a value that must
 * be assembled goes into `text`, others point into the record or to prev.  Returns 0 if they are damaged. */
static int layers_read(uint32_t n, const uint8_t *p, const uint8_t *end, aur_str prev, aur_str *layers, aur_arena *text)
{
	for (uint32_t l = 0; l < n; l++) {
		uint32_t same = aur_vget_safe(&p, end), more = aur_vget_safe(&p, end);
		if (!p || same > prev.len || more > (size_t)(end - p))
			return 0;
		if (!more) {
			layers[l] = (aur_str){prev.ptr, same};
		} else if (!same) {
			layers[l] = (aur_str){(const char *)p, more};
		} else {
			char *d = aur_arena_alloc(text, (size_t)same + more);
			memcpy(d, prev.ptr, same);
			memcpy(d + same, p, more);
			layers[l] = (aur_str){d, (size_t)same + more};
		}
		p += more;
		prev = layers[l];
	}
	return 1;
}

/* Reads a form; returns where its layer values begin, or NULL if it is damaged. */
static const uint8_t *form_alone(aur_snapshot *s, uint32_t form, aur_form *out, const uint8_t **end)
{
	const uint8_t *p = form_rec(s, form, end);
	if (!p)
		return NULL;
	uint32_t n = aur_vget_safe(&p, *end);
	if (!p || n >= (size_t)(*end - p))
		return NULL;
	*out = (aur_form){.size = sizeof *out, .layer_count = s->nlayers, .form = {(const char *)p, n}, .flags = p[n]};
	return p + n + 1;
}

int aur_snapshot_form_view(aur_snapshot *s, uint32_t form, aur_form *out)
{
	const uint8_t *end, *p = form_alone(s, form, out, &end);
	if (!p)
		return 0;
	if (!s->layers)
		s->layers = aur_xcalloc((size_t)s->nforms + 1, sizeof *s->layers);
	aur_str *layers = s->layers[form];
	if (!layers) {
		layers = aur_arena_alloc(&s->text, s->nlayers * sizeof *layers);
		if (!layers_read(s->nlayers, p, end, out->form, layers, &s->text))
			return 0;
		s->layers[form] = layers;
	}
	out->layers = layers;
	return 1;
}

int aur_snapshot_form_once(aur_snapshot *s, uint32_t form, aur_form *out, aur_str layers[AUR_MAX_LAYERS], aur_arena *text)
{
	const uint8_t *end, *p = form_alone(s, form, out, &end);
	out->layers = layers;
	return p && layers_read(s->nlayers, p, end, out->form, layers, text);
}

int aur_snapshot_form(aur_snapshot *s, uint32_t form, aur_form *out, aur_str layers[AUR_MAX_LAYERS])
{
	if (!aur_snapshot_form_view(s, form, out))
		return 0;
	memcpy(layers, out->layers, s->nlayers * sizeof *layers);
	out->layers = layers;
	return 1;
}

uint32_t aur_snapshot_form_id(aur_snapshot *s, aur_str form)
{
	uint8_t kb[KEY_MAX_BYTES + 8];
	const uint8_t *p;
	size_t n;
	if (!form.len || aur_rec_may(s->store, s->txn, DB_FORMS, aur_word_key(kb, -1, form.ptr, form.len), &p, &n, NULL))
		return AUR_NONE;
	if (n == 4 && aur_get32(p) < s->nforms) /* callers index arrays by form */
		return aur_get32(p);
	aur_rec_damaged(s->store, "forms", NULL);
	return AUR_NONE;
}

static int ids_read(const aur_snapshot *s, const uint8_t *p, size_t n, aur_buf *ids, uint32_t *docs, uint64_t *tokens)
{
	const uint8_t *end = p + n;
	uint32_t d = aur_vget_safe(&p, end), t = aur_vget_safe(&p, end), k = aur_vget_safe(&p, end), id = 0;
	if (!p || k > n)
		return 0;
	aur_buf_room(ids, 4 * (size_t)k);
	for (uint32_t i = 0; i < k; i++) {
		id += aur_vget_safe(&p, end);
		if (!p || id >= s->nforms)
			return 0;
		memcpy(ids->p + ids->n, &id, 4);
		ids->n += 4;
	}
	if (docs)
		*docs = d;
	if (tokens)
		*tokens = t;
	return 1;
}

aur_code aur_snapshot_value_forms(aur_snapshot *s, uint32_t layer, aur_str value, aur_buf *ids, uint32_t *docs,
				  uint64_t *tokens, aur_error *err)
{
	uint8_t kb[KEY_MAX_BYTES + 8];
	const uint8_t *p;
	size_t n;
	uint32_t d = 0;
	uint64_t tk = 0;
	aur_code c = value.len ? aur_rec_may(s->store, s->txn, DB_LAYERS, aur_word_key(kb, (int)layer, value.ptr, value.len), &p, &n, err)
			       : AURE_NOTFOUND;
	if (!c && !ids_read(s, p, n, ids, &d, &tk))
		return aur_rec_damaged(s->store, "layers", err);
	if (c && c != AURE_NOTFOUND)
		return c;
	/* The counts are stored for the default layer only, and are wrong once contributions were replaced. */
	int kept = c == AURE_NOTFOUND || (layer == s->dlayer && !s->has_deleted);
	if (docs)
		*docs = kept ? d : AUR_NONE;
	if (tokens)
		*tokens = kept ? tk : 0;
	return AURE_OK;
}

aur_code aur_snapshot_values(aur_snapshot *s, uint32_t layer, aur_str prefix, aur_value_fn fn, void *ctx, aur_error *err)
{
	uint8_t kb[KEY_MAX_BYTES + 8];
	aur_code c = AURE_OK;
	MDB_cursor *cur;
	MDB_val k, v;
	aur_buf ids = {0};
	const uint8_t *start;
	size_t nstart, plen = prefix.len < KEY_MAX_BYTES - 24 ? prefix.len : KEY_MAX_BYTES - 24;
	kb[0] = (uint8_t)layer;
	if (plen)
		memcpy(kb + 1, prefix.ptr, plen);
	k = (MDB_val){1 + plen, kb};
	c = aur_rec_may(s->store, s->txn, DB_LAYERS, k, &start, &nstart, err); /* the walk begins at the right key */
	if (c && c != AURE_NOTFOUND)
		return c;
	c = AURE_OK;
	int rc = mdb_cursor_open(s->txn, s->store->db[DB_LAYERS], &cur);
	if (rc)
		return aur_store_error(s->store, rc, _("read"), err);
	for (rc = aur_cursor_get(s->store, cur, &k, &v, MDB_SET_RANGE); !rc; rc = aur_cursor_get(s->store, cur, &k, &v, MDB_NEXT)) {
		const uint8_t *key = k.mv_data, *p;
		size_t n;
		if (k.mv_size < 1 + plen || key[0] != layer || memcmp(key + 1, prefix.ptr ? prefix.ptr : "", plen))
			break;
		c = aur_rec_check(s->store, DB_LAYERS, k, v, &p, &n, err);
		if (c)
			break;
		ids.n = 0;
		if (!ids_read(s, p, n, &ids, NULL, NULL)) {
			c = aur_rec_damaged(s->store, "layers", err);
			break;
		}
		aur_str value = {(const char *)key + 1, k.mv_size - 1};
		if (value.len > KEY_MAX_BYTES - 24 && ids.n) { /* a hashed key: the form has the value */
			aur_form f;
			aur_str ls[AUR_MAX_LAYERS];
			uint32_t id;
			memcpy(&id, ids.p, 4);
			if (aur_snapshot_form(s, id, &f, ls))
				value = ls[layer];
		}
		if (!fn(ctx, value, (const uint32_t *)(void *)ids.p, (uint32_t)(ids.n / 4)))
			break;
	}
	if (rc && rc != MDB_NOTFOUND)
		c = aur_store_error(s->store, rc, _("read"), err);
	mdb_cursor_close(cur);
	aur_buf_free(&ids);
	return c;
}
