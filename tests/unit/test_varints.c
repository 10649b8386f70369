/* SPDX-License-Identifier: Apache-2.0 */
/* Many varints at a time: the same as one by one, wherever they end and whatever follows. */
#include "config.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include "base/varints.h"
#include "suite.h"

enum { MOST = 200, BYTES = 5 * MOST, BEYOND = 80 };

static uint32_t drawn(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* A number that takes 1 to `most` bytes. */
static uint32_t number(uint32_t *seed, unsigned most)
{
	static const uint32_t limit[] = {1u << 7, 1u << 14, 1u << 21, 1u << 28, UINT32_MAX};
	uint32_t at = limit[drawn(seed) % most];
	return drawn(seed) % 4 ? (drawn(seed) << 8 ^ drawn(seed)) % at : at - 1;
}

START_TEST(as_one_by_one)
{
	uint32_t seed = (uint32_t)_i + 1;
	for (unsigned turn = 0; turn < 4000; turn++) {
		uint8_t bytes[BYTES + BEYOND], *p = bytes;
		uint32_t due[MOST], n = drawn(&seed) % MOST, greatest = 0, most = 0;
		for (uint32_t i = 0; i < n; i++) {
			due[i] = number(&seed, (unsigned)_i % 5 + 1);
			greatest = due[i] > greatest ? due[i] : greatest;
			p = aur_vput(p, due[i]);
		}
		size_t len = (size_t)(p - bytes), beyond = drawn(&seed) % BEYOND;
		memset(p, (int)(drawn(&seed) % 3 * 0x7f), beyond); /* 0xfe: numbers that do not end */
		/* copies of just that size, so that a sanitizer sees what is read and written behind them */
		uint8_t *copy = malloc(len + beyond + 1);
		uint32_t *v = malloc(((size_t)n + 3) * sizeof *v);
		memcpy(copy, bytes, len + beyond);
		ck_assert(aur_varints(copy, copy + len, copy + len + beyond, v, n, &most));
		ck_assert_uint_eq(most, greatest);
		ck_assert(n == 0 || !memcmp(v, due, n * sizeof *v));
		if (n > 0) /* the last one does not end in time */
			ck_assert(!aur_varints(copy, copy + len - 1, copy + len + beyond, v, n, &most));
		free(v);
		free(copy);
	}
}
END_TEST

START_TEST(damaged)
{
	uint8_t bytes[128];
	uint32_t v[64 + 3], most = 7;
	for (unsigned at = 0; at < 60; at++) {
		memset(bytes, 1, sizeof bytes);
		memset(bytes + at, 0xff, 5); /* more than 32 bits */
		ck_assert(!aur_varints(bytes, bytes + 128, bytes + 128, v, 64, &most));
		ck_assert(!aur_varints(bytes, bytes + at + 5, bytes + at + 5, v, at + 1, &most));
	}
	ck_assert_uint_eq(most, 7);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("varints");
	TCase *t = tcase_create("varints");
	tcase_add_loop_test(t, as_one_by_one, 0, 10);
	tcase_add_test(t, damaged);
	suite_add_tcase(s, t);
	return suite_run(s);
}
