# SPDX-License-Identifier: Apache-2.0

check_PROGRAMS += tests/unit/test_corpora
TESTS += tests/unit/test_corpora
tests_unit_test_corpora_SOURCES = tests/unit/test_corpora.c
tests_unit_test_corpora_CPPFLAGS = $(AM_CPPFLAGS) $(LIBXML_CFLAGS)
tests_unit_test_corpora_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_corpora_LDADD = $(LIBXML_LIBS) $(CHECK_LIBS)
