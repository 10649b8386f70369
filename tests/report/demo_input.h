/* SPDX-License-Identifier: Apache-2.0 */
/* A corpus on paper (doc/corpus-format.md) as the input of a ledger, without an index: for tests alone.  Themes come from a
 * file of truths (id;themes;nies) where there is one, and from a handful of beginnings of words where there is none; the words of a
 * hit are found by the same beginnings.  The engine's own way to the same input is engine/irritants/adapter.c. */
#ifndef AUR_TESTS_DEMO_INPUT_H
#define AUR_TESTS_DEMO_INPUT_H
#include "irritants/input.h"

typedef struct demo_input demo_input;
/* truth may be NULL.  NULL, with a line on stderr, where a file cannot be read. */
demo_input *demo_input_read(const char *tei, const char *truth);
/* `scale` times the contributions, over `scale` times the sessions, for timing. */
demo_input *demo_input_scaled(const char *tei, const char *truth, uint32_t contributions, uint32_t sessions);
aur_input *demo_input_of(demo_input *d); /* may be changed by the test */
void demo_input_free(demo_input *d);
#endif
