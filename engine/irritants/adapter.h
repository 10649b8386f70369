/* SPDX-License-Identifier: Apache-2.0 */
/* Builds an aur_input, which is all that the ledger needs, from a snapshot of the index. */
#ifndef AUR_IRRITANTS_ADAPTER_H
#define AUR_IRRITANTS_ADAPTER_H
#include "index/index.h"
#include "irritants/input.h"

typedef struct aur_adapter aur_adapter;
/* words: also gather the vocabulary of what no theme caught; this reads every contribution.
 * mask: the digest of the masking rules, or NULL.  Where it is given, everything that makes the figures is fingerprinted, as a
 * report and its proof need; this reads the text of every contribution.
 * threads: 0 = one per processor; the result is the same for any number.
 * The snapshot must outlive the adapter, and the adapter the input that it lends. */
aur_code aur_adapter_new(aur_snapshot *s, const char *mask, bool words, unsigned threads, aur_adapter **out, aur_error *e);
const aur_input *aur_adapter_input(const aur_adapter *a);
/* Sets value[i] to the number of the value that contribution i of the input has in a field of the snapshot; 0: it has none. */
aur_code aur_adapter_values(const aur_adapter *a, uint32_t field, uint32_t *value, aur_error *e);
void aur_adapter_free(aur_adapter *a);
#endif
