/* SPDX-License-Identifier: Apache-2.0 */
/* What the other files of this room ask of a snapshot.  Private to this room. */
#ifndef AUR_INDEX_SNAP_H
#define AUR_INDEX_SNAP_H
#include "index/forward.h"
#include "index/index.h"
#include "index/store.h"

/* A snapshot over an open store, which it closes, also when it fails; and its transaction. */
aur_code aur_snapshot_on(aur_store *store, aur_snapshot **out, aur_error *err);
MDB_txn *aur_snapshot_txn(aur_snapshot *s);
aur_store *aur_snapshot_store(aur_snapshot *s);
uint32_t aur_snapshot_has_deleted(const aur_snapshot *s); /* as the corpus says */
uint64_t aur_snapshot_seg_annotators(const aur_snapshot *s, uint32_t seg);
/* The record of a contribution, taken apart; lives until refresh or close. */
aur_code aur_snapshot_record(aur_snapshot *s, uint32_t doc, aur_fwd *f, aur_error *err);
/* The record of a form, as it is stored; NULL when it is damaged. */
const uint8_t *aur_snapshot_form_bytes(aur_snapshot *s, uint32_t form, size_t *n);
#endif
