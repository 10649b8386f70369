# SPDX-License-Identifier: Apache-2.0
# plugins of the text side, under a host of a few lines
check_PROGRAMS += tests/unit/test_tokenizer_ud
TESTS += tests/unit/test_tokenizer_ud
tests_unit_test_tokenizer_ud_SOURCES = tests/unit/test_tokenizer_ud.c tests/unit/host_text.c tests/unit/host_text.h
tests_unit_test_tokenizer_ud_CPPFLAGS = $(plug_cppflags)
tests_unit_test_tokenizer_ud_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_tokenizer_ud_LDADD = $(CHECK_LIBS) $(LIBS)

check_PROGRAMS += tests/unit/test_layers
TESTS += tests/unit/test_layers
tests_unit_test_layers_SOURCES = tests/unit/test_layers.c tests/unit/host_text.c tests/unit/host_text.h
tests_unit_test_layers_CPPFLAGS = $(plug_cppflags) $(UTF8PROC_CFLAGS)
tests_unit_test_layers_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_layers_LDADD = $(UTF8PROC_LIBS) $(CHECK_LIBS) $(LIBS)

check_PROGRAMS += tests/unit/test_tokenizer
TESTS += tests/unit/test_tokenizer
tests_unit_test_tokenizer_SOURCES = tests/unit/test_tokenizer.c tests/unit/host_text.c tests/unit/host_text.h
tests_unit_test_tokenizer_CPPFLAGS = $(plug_cppflags)
tests_unit_test_tokenizer_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_tokenizer_LDADD = $(CHECK_LIBS) $(LIBS)

if HUNSPELL
check_PROGRAMS += tests/unit/test_lemma
TESTS += tests/unit/test_lemma
tests_unit_test_lemma_SOURCES = tests/unit/test_lemma.c tests/unit/host_text.c tests/unit/host_text.h
tests_unit_test_lemma_CPPFLAGS = $(plug_cppflags)
tests_unit_test_lemma_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_lemma_LDADD = $(CHECK_LIBS) $(LIBS)
endif
