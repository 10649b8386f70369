/* SPDX-License-Identifier: Apache-2.0 */
/* Files in, chunks of contributions out: opens each file, finds the reader that takes it, and lets it fill chunks.
 * Private to this room.  One thread at a time, but for aur_intake_field_name. */
#ifndef AUR_PIPELINE_INTAKE_H
#define AUR_PIPELINE_INTAKE_H
#include "pipeline/chunk.h"
#include "pipeline/flow.h"

#define AUR_INTAKE_BYTES (16u << 10) /* a chunk is full with this much text, whatever its last contribution brings */

typedef struct aur_intake aur_intake;

/* Counts into stats what is read and which files fail.  All that is given must outlive it. */
aur_intake *aur_intake_new(aur_chain *c, const char *const *files, unsigned nfiles, const aur_flow_options *o, aur_flow_stats *stats);
void aur_intake_free(aur_intake *in);
/* Fills a chunk with contributions of one file, what is to be told between them, and its number.  The last one is empty. */
void aur_intake_fill(aur_intake *in, struct aur_chunk *c);
/* Nothing more is to be read: the next chunk is the last. */
void aur_intake_stop(aur_intake *in);
aur_str aur_intake_field_name(aur_intake *in, uint32_t field);
#endif
