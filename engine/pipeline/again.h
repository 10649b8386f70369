/* SPDX-License-Identifier: Apache-2.0 */
/* Hits over a corpus, whose forms and layers come from the index: nothing is tokenized, no layer computed. */
#ifndef AUR_PIPELINE_AGAIN_H
#define AUR_PIPELINE_AGAIN_H
#include "pipeline/analysis.h"
#include "pipeline/answers.h"

aur_answers *aur_answers_new(const aur_chain *c, aur_snapshot *s);
void aur_answers_free(aur_answers *w);
/* All answers are there: from now on sieves are used, and threads may share the answers. */
void aur_answers_whole(aur_answers *w);
/* From now on the analyst takes contributions of this corpus, and texts no more. */
void aur_analyst_over(aur_analyst *a, aur_snapshot *s, aur_answers *w);
/* Asks for the forms [from, to) that have no answer yet; aur_analyst_retheme asks by itself for those that it meets. */
aur_code aur_analyst_ask(aur_analyst *a, uint32_t from, uint32_t to, aur_error *err);
/* Asks for those alone that an annotator which finds something can give a number; *few = 0 where one does not say which these are
 * (auricule.words/1), and then all have to be asked for.  The rest is asked for when it is met; aur_answers_whole would be wrong. */
aur_code aur_analyst_ask_few(aur_analyst *a, int *few, aur_error *err);
/* The annotators, as bits, one of which must have given a form of a contribution a number for it to have any hit. */
unsigned aur_chain_finders(const aur_chain *c);
/* Contributions of a segment with a form that one of these annotators gave a number, all answers being there: a bit for each, set in bits, unless
 * *few comes back as 0: then most have one, and bits say nothing. */
aur_code aur_answers_docs(const aur_answers *w, aur_snapshot *s, uint32_t seg, unsigned annotators, uint8_t *bits, int *few, aur_error *err);
/* The hits of a contribution, appended, and the annotator of each. */
aur_code aur_analyst_retheme(aur_analyst *a, uint32_t doc, aur_buf *hits, aur_buf *hit_annotators, aur_error *err);
#endif
