# SPDX-License-Identifier: Apache-2.0
# Sample plugins for the tests of the loader: tests/abi/.libs/NAME.so.  abi-* are good, bad-* are refused, each for its reason.
abi_samples = tests/abi/abi-reader.la tests/abi/abi-tokenizer.la tests/abi/abi-layer.la tests/abi/abi-annotator.la \
	tests/abi/abi-exporter.la tests/abi/bad-major.la tests/abi/bad-minor.la tests/abi/bad-open.la \
	tests/abi/bad-symbol.la tests/abi/bad-null.la
check_LTLIBRARIES += $(abi_samples)
# -rpath: libtool makes a shared object of what is never installed only when it is told a place for it.
abi_ldflags = $(plug_ldflags) -rpath $(abs_builddir)/tests/abi
tests_abi_abi_reader_la_SOURCES = tests/abi/abi-reader.c tests/abi/sample.h
tests_abi_abi_reader_la_CPPFLAGS = $(plug_cppflags)
tests_abi_abi_reader_la_LDFLAGS = $(abi_ldflags)
tests_abi_abi_tokenizer_la_SOURCES = tests/abi/abi-tokenizer.c tests/abi/sample.h
tests_abi_abi_tokenizer_la_CPPFLAGS = $(plug_cppflags)
tests_abi_abi_tokenizer_la_LDFLAGS = $(abi_ldflags)
tests_abi_abi_layer_la_SOURCES = tests/abi/abi-layer.c tests/abi/sample.h
tests_abi_abi_layer_la_CPPFLAGS = $(plug_cppflags)
tests_abi_abi_layer_la_LDFLAGS = $(abi_ldflags)
tests_abi_abi_annotator_la_SOURCES = tests/abi/abi-annotator.c tests/abi/sample.h
tests_abi_abi_annotator_la_CPPFLAGS = $(plug_cppflags)
tests_abi_abi_annotator_la_LDFLAGS = $(abi_ldflags)
tests_abi_abi_exporter_la_SOURCES = tests/abi/abi-exporter.c tests/abi/sample.h
tests_abi_abi_exporter_la_CPPFLAGS = $(plug_cppflags)
tests_abi_abi_exporter_la_LDFLAGS = $(abi_ldflags)
tests_abi_bad_major_la_SOURCES = tests/abi/bad-major.c tests/abi/sample.h
tests_abi_bad_major_la_CPPFLAGS = $(plug_cppflags)
tests_abi_bad_major_la_LDFLAGS = $(abi_ldflags)
tests_abi_bad_minor_la_SOURCES = tests/abi/bad-minor.c tests/abi/sample.h
tests_abi_bad_minor_la_CPPFLAGS = $(plug_cppflags)
tests_abi_bad_minor_la_LDFLAGS = $(abi_ldflags)
tests_abi_bad_open_la_SOURCES = tests/abi/bad-open.c tests/abi/sample.h
tests_abi_bad_open_la_CPPFLAGS = $(plug_cppflags)
tests_abi_bad_open_la_LDFLAGS = $(abi_ldflags)
tests_abi_bad_symbol_la_SOURCES = tests/abi/bad-symbol.c tests/abi/sample.h
tests_abi_bad_symbol_la_CPPFLAGS = $(plug_cppflags)
tests_abi_bad_symbol_la_LDFLAGS = $(abi_ldflags)
tests_abi_bad_null_la_SOURCES = tests/abi/bad-null.c tests/abi/sample.h
tests_abi_bad_null_la_CPPFLAGS = $(plug_cppflags)
tests_abi_bad_null_la_LDFLAGS = $(abi_ldflags)
