/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the hits of a whole corpus again, with forms and layers from the index: nothing is tokenized, no layer computed. */
#ifndef AUR_PIPELINE_AGAIN_H
#define AUR_PIPELINE_AGAIN_H
#include "pipeline/analysis.h"
#include "pipeline/answers.h"

/* The annotators' answers for the forms of a snapshot; empty at first.  The chain and the snapshot must outlive them. */
aur_answers *aur_answers_new(const aur_chain *c, aur_snapshot *s);
void aur_answers_free(aur_answers *w);
/* Declares that an answer for every form is there: from now on sieves are used, and threads may share the answers. */
void aur_answers_whole(aur_answers *w);
/* From now on the analyst takes contributions of this corpus, and no texts. */
void aur_analyst_over(aur_analyst *a, aur_snapshot *s, aur_answers *w);
/* Asks the annotators about the forms [from, to) that have no answer yet.  aur_analyst_retheme asks by itself about forms that it meets. */
aur_code aur_analyst_ask(aur_analyst *a, uint32_t from, uint32_t to, aur_error *err);
/* Asks only about forms that can get a number from an annotator that finds something (one of aur_chain_finders).  *few = 0 if one
 * of these annotators cannot list such forms (auricule.words/1): then all must be asked about.  The others are asked about when
 * they are met, so aur_answers_whole must not be called. */
aur_code aur_analyst_ask_few(aur_analyst *a, int *few, aur_error *err);
/* The annotators (as bits) that find something: a contribution has hits only if one of these gave one of its forms a number. */
unsigned aur_chain_finders(const aur_chain *c);
/* The contributions of a segment with a form that one of these annotators gave a number, as bits; needs all answers.  *few = 0:
 * most contributions have one, and bits is not filled in. */
aur_code aur_answers_docs(const aur_answers *w, aur_snapshot *s, uint32_t seg, unsigned annotators, uint8_t *bits, int *few, aur_error *err);
/* Appends the hits of a contribution, and the annotator of each. */
aur_code aur_analyst_retheme(aur_analyst *a, uint32_t doc, aur_buf *hits, aur_buf *hit_annotators, aur_error *err);
#endif
