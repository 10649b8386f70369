# SPDX-License-Identifier: Apache-2.0
# Questions, to the grammar alone and to a small corpus; one set of seeds for both.
fuzz_query_programs = tests/fuzz/fuzz_query_parse tests/fuzz/fuzz_query
check_PROGRAMS += $(fuzz_query_programs)
TESTS += $(fuzz_query_programs)
fuzz_query_cppflags = $(libauricule_a_CPPFLAGS) -I$(top_srcdir)/tests/unit -DFUZZ_CORPUS='"query"'
tests_fuzz_fuzz_query_parse_SOURCES = tests/fuzz/fuzz_query_parse.c tests/fuzz/driver.c
tests_fuzz_fuzz_query_parse_CPPFLAGS = $(fuzz_query_cppflags)
tests_fuzz_fuzz_query_parse_LDADD = $(engine_libs)
tests_fuzz_fuzz_query_SOURCES = tests/fuzz/fuzz_query.c tests/fuzz/driver.c tests/unit/query_corpus.c tests/unit/query_corpus.h
tests_fuzz_fuzz_query_CPPFLAGS = $(fuzz_query_cppflags)
tests_fuzz_fuzz_query_LDADD = $(engine_libs)
EXTRA_DIST += tests/fuzz/corpus/query tests/fuzz/query.dict
