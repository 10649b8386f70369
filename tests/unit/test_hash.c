/* SPDX-License-Identifier: Apache-2.0 */
/* The checksum of records: what it is by definition, whatever the length, the alignment and the pieces it is summed in. */
#include "config.h"
#include <check.h>
#include <stdlib.h>
#include "base/hash.h"
#include "suite.h"

enum { MOST = 8000 };

/* CRC-32C bit by bit. */
static uint32_t plain(const uint8_t *p, size_t n)
{
	uint32_t c = UINT32_MAX;
	for (size_t i = 0; i < n; i++) {
		c ^= p[i];
		for (int k = 0; k < 8; k++)
			c = c & 1 ? c >> 1 ^ 0x82F63B78u : c >> 1;
	}
	return ~c;
}

static uint32_t drawn(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

START_TEST(as_known)
{
	ck_assert_uint_eq(aur_crc32c(0, "123456789", 9), 0xE3069283u); /* the check value of CRC-32C */
	ck_assert_uint_eq(aur_crc32c(0, "", 0), 0);
}
END_TEST

START_TEST(as_defined)
{
	uint32_t seed = 7;
	uint8_t *bytes = malloc(MOST + 8);
	for (size_t i = 0; i < MOST + 8; i++)
		bytes[i] = (uint8_t)drawn(&seed);
	for (unsigned turn = 0; turn < 800; turn++) {
		/* short ones, those about which a part more can be summed at a time with others, and any */
		size_t n = turn < 100 ? turn : turn < 500 ? 768 * (turn / 100) - 50 + turn % 100 : drawn(&seed) % MOST, cut = n ? drawn(&seed) % n : 0;
		const uint8_t *p = bytes + drawn(&seed) % 8;
		uint32_t due = plain(p, n);
		ck_assert_uint_eq(aur_crc32c(0, p, n), due);
		ck_assert_uint_eq(aur_crc32c(aur_crc32c(0, p, cut), p + cut, n - cut), due);
	}
	free(bytes);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("hash");
	TCase *t = tcase_create("hash");
	tcase_add_test(t, as_known);
	tcase_add_test(t, as_defined);
	suite_add_tcase(s, t);
	return suite_run(s);
}
