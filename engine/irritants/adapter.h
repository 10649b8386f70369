/* SPDX-License-Identifier: Apache-2.0 */
/* From the index to what the ledger needs. */
#ifndef AUR_IRRITANTS_ADAPTER_H
#define AUR_IRRITANTS_ADAPTER_H
#include "index/index.h"
#include "irritants/input.h"

typedef struct aur_adapter aur_adapter;
/* words: also the vocabulary of what no theme caught, for which every contribution is read.  mask: the digest of the masking rules; not NULL: also fingerprint all that makes the figures, every contribution included (which reads all texts),
 * as a report and its proof need.  threads: 0 = one per
 * processor; the answer is the same on any number.  The snapshot must outlive it. */
aur_code aur_adapter_new(aur_snapshot *s, const char *mask, bool words, unsigned threads, aur_adapter **out, aur_error *e);
const aur_input *aur_adapter_input(const aur_adapter *a);
/* By contribution of the input, the number of its value of a field of the snapshot; 0: it has none. */
aur_code aur_adapter_values(const aur_adapter *a, uint32_t field, uint32_t *value, aur_error *e);
void aur_adapter_free(aur_adapter *a);
#endif
