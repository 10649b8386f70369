/* SPDX-License-Identifier: Apache-2.0 */
/* Checks the dictionary: words against forms in both directions, and forms against the values of their layers, with their counts. */
#include "config.h"
#include <inttypes.h>
#include <stdlib.h>
#include "base/intl.h"
#include "index/check.h"
#include "index/postings.h"
#include "index/write.h"

void aur_check_forms(struct check *k)
{
	MDB_cursor *cur = aur_check_cursor(k, DB_FORMS);
	MDB_val key = {0}, v;
	uint8_t kb[KEY_MAX_BYTES + 8], *seen = aur_xcalloc(k->t.forms / 8 + 1, 1);
	uint64_t named = 0;
	aur_form f;
	aur_str l[AUR_MAX_LAYERS];
	for (uint32_t id = 0; id < k->t.forms; id++)
		if (!aur_snapshot_form(k->s, id, &f, l) || !f.form.len)
			aur_check_fault(k, _("form %u: its record cannot be read"), id);
		else
			k->punct[id] = (f.flags & AUR_TOK_PUNCT) != 0;
	if (cur) {
		for (MDB_cursor_op op = MDB_FIRST; !aur_check_step(k, DB_FORMS, cur, &key, &v, op); op = MDB_NEXT) {
			uint32_t id = v.mv_size == REC_HEAD + 4 ? aur_get32((uint8_t *)v.mv_data + REC_HEAD) : AUR_NONE;
			if (id >= k->t.forms) {
				aur_check_fault(k, _("a word of the dictionary points to form %u, which does not exist"), id);
				continue;
			}
			named++;
			if (seen[id >> 3] >> (id & 7) & 1)
				aur_check_fault(k, _("form %u is in the dictionary twice"), id);
			seen[id >> 3] |= (uint8_t)(1u << (id & 7));
			if (aur_snapshot_form(k->s, id, &f, l)) {
				MDB_val want = aur_word_key(kb, -1, f.form.ptr, f.form.len);
				if (want.mv_size != key.mv_size || memcmp(want.mv_data, key.mv_data, key.mv_size))
					aur_check_fault(k, _("form %u: its word in the dictionary is not the one in its record"), id);
			}
		}
		mdb_cursor_close(cur);
	}
	for (uint32_t id = 0; named < k->t.forms && id < k->t.forms; id++)
		if (!(seen[id >> 3] >> (id & 7) & 1))
			aur_check_fault(k, _("form %u: the dictionary does not know its word"), id);
	free(seen);
	aur_check_say(k, _("dictionary: %u forms, from word to number and back"), k->t.forms);
	aur_check_step_end(k);
}

void aur_check_layers(struct check *k, int counts)
{
	MDB_cursor *cur = aur_check_cursor(k, DB_LAYERS);
	MDB_val key = {0}, v;
	uint64_t values = 0, found[AUR_MAX_LAYERS] = {0}, want[AUR_MAX_LAYERS] = {0};
	uint8_t kb[KEY_MAX_BYTES + 8], *seen[AUR_MAX_LAYERS];
	uint32_t *ids = NULL, idcap = 0;
	aur_holders holders;
	aur_form f;
	aur_str l[AUR_MAX_LAYERS];
	aur_holders_open(&holders, k->s);
	for (uint32_t i = 0; i < k->nlayers; i++)
		seen[i] = aur_xcalloc(k->t.forms / 8 + 1, 1);
	if (!cur)
		goto out;
	for (MDB_cursor_op op = MDB_FIRST; !aur_check_step(k, DB_LAYERS, cur, &key, &v, op); op = MDB_NEXT) {
		const uint8_t *kp = key.mv_data, *p, *end;
		size_t n;
		if (key.mv_size < 2 || kp[0] >= k->nlayers || aur_rec_check(k->store, DB_LAYERS, key, v, &p, &n, NULL))
			continue;
		unsigned layer = kp[0];
		const char *name = aur_snapshot_layer_name(k->s, layer);
		int len = (int)(key.mv_size - 1 < 60 ? key.mv_size - 1 : 60);
		end = p + n;
		values++;
		uint32_t docs = aur_vget_safe(&p, end), occ = aur_vget_safe(&p, end), nids = aur_vget_safe(&p, end);
		uint64_t id = 0;
		int sound = p && nids && nids <= n;
		for (uint32_t i = 0; i < nids && sound; i++) {
			uint32_t gap = aur_vget_safe(&p, end);
			id += gap;
			if (!p || (i && !gap) || id >= k->t.forms) {
				sound = 0;
				break;
			}
			AUR_GROW(ids, i, idcap);
			ids[i] = (uint32_t)id;
			found[layer]++;
			if (seen[layer][id >> 3] >> (id & 7) & 1)
				aur_check_fault(k, _("layer %s: form %u is listed under two values"), name, (uint32_t)id);
			seen[layer][id >> 3] |= (uint8_t)(1u << (id & 7));
			if (!aur_snapshot_form(k->s, (uint32_t)id, &f, l))
				continue;
			MDB_val w = aur_word_key(kb, (int)layer, l[layer].ptr, l[layer].len);
			if (w.mv_size != key.mv_size || memcmp(w.mv_data, key.mv_data, key.mv_size))
				aur_check_fault(k, _("layer %s: form %u is listed under « %.*s », which is not its value"), name, (uint32_t)id, len, (const char *)kp + 1);
		}
		if (!sound || p != end) {
			aur_check_fault(k, _("layer %s: the forms of « %.*s » cannot be read"), name, len, (const char *)kp + 1);
		} else if (counts && layer == aur_snapshot_default_layer(k->s)) {
			uint64_t d = k->docs[ids[0]], o = 0;
			uint32_t many;
			for (uint32_t i = 0; i < nids; i++)
				o += k->occ[ids[i]];
			if (nids > 1)
				d = aur_holders_count(&holders, ids, nids, 1, &many, NULL) ? 0 : many;
			if (d != docs || (o > UINT32_MAX ? UINT32_MAX : o) != occ)
				aur_check_fault(k, _("layer %s: « %.*s » declares %u contributions and %u occurrences; there are %" PRIu64 " and %" PRIu64), name, len,
				                (const char *)kp + 1, docs, occ, d, o);
		}
	}
	mdb_cursor_close(cur);
	for (uint32_t id = 0; id < k->t.forms; id++)
		if (aur_snapshot_form(k->s, id, &f, l))
			for (uint32_t i = 0; i < k->nlayers; i++)
				want[i] += l[i].len > 0;
	for (uint32_t i = 0; i < k->nlayers; i++)
		if (want[i] != found[i])
			aur_check_fault(k, _("layer %s: %" PRIu64 " forms have a value, and %" PRIu64 " are found by it"), aur_snapshot_layer_name(k->s, i),
			                want[i], found[i]);
	aur_check_say(k, _("layers: %" PRIu64 " values, to their forms and back, with their counts"), values);
out:
	for (uint32_t i = 0; i < k->nlayers; i++)
		free(seen[i]);
	free(ids);
	aur_holders_free(&holders);
	aur_check_step_end(k);
}
