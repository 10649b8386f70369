# SPDX-License-Identifier: Apache-2.0
check_PROGRAMS += tests/unit/test_query_random
TESTS += tests/unit/test_query_random
tests_unit_test_query_random_SOURCES = tests/unit/test_query_random.c tests/unit/query_corpus.c tests/unit/query_corpus.h
tests_unit_test_query_random_CPPFLAGS = $(libauricule_la_CPPFLAGS)
tests_unit_test_query_random_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_query_random_LDADD = libauricule.la $(CHECK_LIBS)
