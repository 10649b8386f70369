/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a question: the grammar alone, without a corpus.  It takes them or says what is wrong, in which of their columns.
 * With libFuzzer: see fuzz_query.c. */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"
#include "query/node.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	aur_arena arena = {0};
	aur_error e = {0};
	node *root = NULL;
	parser p = {.s = (const char *)data, .n = size, .arena = &arena, .err = &e};
	p.fail_at = SIZE_MAX;
	aur_code c = q_syntax(&p, &root);
	if (c)
		q_fail_column(&p);
	if (c ? c != AURE_USAGE || !e.text[0] || (e.column && e.column > aur_utf8_count((const char *)data, size) + 1) : !root || p.i != size)
		abort();
	aur_arena_free(&arena);
	return 0;
}
