# SPDX-License-Identifier: Apache-2.0
# The word lists of other programs; see driver.c and fuzz_import.c.
check_PROGRAMS += tests/fuzz/fuzz_import
TESTS += tests/fuzz/fuzz_import
tests_fuzz_fuzz_import_SOURCES = tests/fuzz/fuzz_import.c tests/fuzz/driver.c
tests_fuzz_fuzz_import_CPPFLAGS = $(libauricule_a_CPPFLAGS) -DFUZZ_CORPUS='"lexicon-import"'
tests_fuzz_fuzz_import_LDADD = $(engine_libs)
EXTRA_DIST += tests/fuzz/corpus/lexicon-import
