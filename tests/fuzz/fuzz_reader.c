/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a file, for the reader FUZZ_READER: it may refuse them, but puts nothing that the contract forbids (the
 * host of the unit tests aborts where it does), and never reads beyond them.
 *
 * With libFuzzer, from a build folder:
 *   ../configure CC=clang CFLAGS='-O1 -g -fsanitize=fuzzer-no-link,address,undefined' && make
 *   clang -g -fsanitize=fuzzer,address,undefined -DFUZZ_READER='"reader-csv"' -I../engine/include -I../tests/unit \
 *     ../tests/fuzz/fuzz_reader.c ../tests/unit/host_reader.c -o fuzz && ./fuzz scratch ../tests/fuzz/corpus/reader-csv
 * (the fuzzer writes into the first folder). */
#include <stdlib.h>
#include "host_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static hr *r;
	if (!r && !(r = hr_new(FUZZ_READER)))
		abort();
	/* Short reads, and the names that decide something, in turn. */
	static const char *const names[] = {"a.csv", "a.md", "a.txt", "a"};
	r->chunk = size % 3 ? 0 : 1 + size % 17;
	const char *name = names[size % 4];
	int32_t sure = hr_probe(r, name, data, size);
	if (sure < 0 || sure > 100)
		abort();
	hr_read(r, name, data, size);
	return 0;
}
