# SPDX-License-Identifier: Apache-2.0
# Sample plugins for the tests of the loader: tests/abi/.libs/NAME.so.  abi-* are good, bad-* are refused, each for its reason.
abi_samples = tests/abi/abi-reader.la tests/abi/abi-tokenizer.la tests/abi/abi-layer.la tests/abi/abi-annotator.la \
	tests/abi/abi-exporter.la tests/abi/abi-ext.la tests/abi/bad-major.la tests/abi/bad-minor.la tests/abi/bad-open.la \
	tests/abi/bad-symbol.la tests/abi/bad-null.la
check_LTLIBRARIES += $(abi_samples)
# -rpath: libtool makes a shared object of what is never installed only when it is told a place for it.
abi_ldflags = $(plug_ldflags) -rpath '$(abs_builddir)/tests/abi'
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
tests_abi_abi_ext_la_SOURCES = tests/abi/abi-ext.c tests/abi/sample.h
tests_abi_abi_ext_la_CPPFLAGS = $(plug_cppflags)
tests_abi_abi_ext_la_LDFLAGS = $(abi_ldflags)
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

# The same against the header as it was released, and against one of a minor to come.
abi_released = tests/abi/v1.0/abi-reader.la tests/abi/v1.0/abi-tokenizer.la tests/abi/v1.0/abi-layer.la \
	tests/abi/v1.0/abi-annotator.la tests/abi/v1.0/abi-exporter.la tests/abi/v1.0/abi-ext.la
abi_to_come = tests/abi/next/abi-reader.la tests/abi/next/abi-tokenizer.la tests/abi/next/abi-layer.la \
	tests/abi/next/abi-annotator.la tests/abi/next/abi-exporter.la tests/abi/next/abi-ext.la
check_LTLIBRARIES += $(abi_released) $(abi_to_come)
abi_released_cppflags = $(plug_cppflags) -DSAMPLE_PLUGIN_H='"plugin-1.0.h"' -DSAMPLE_EXT_H='"ext-1.0.h"'
abi_to_come_cppflags = -Itests/abi/next $(plug_cppflags) -DSAMPLE_OF_TOMORROW
tests_abi_v1_0_abi_reader_la_SOURCES = tests/abi/abi-reader.c tests/abi/sample.h
tests_abi_v1_0_abi_reader_la_CPPFLAGS = $(abi_released_cppflags)
tests_abi_v1_0_abi_reader_la_LDFLAGS = $(abi_ldflags)
tests_abi_v1_0_abi_tokenizer_la_SOURCES = tests/abi/abi-tokenizer.c tests/abi/sample.h
tests_abi_v1_0_abi_tokenizer_la_CPPFLAGS = $(abi_released_cppflags)
tests_abi_v1_0_abi_tokenizer_la_LDFLAGS = $(abi_ldflags)
tests_abi_v1_0_abi_layer_la_SOURCES = tests/abi/abi-layer.c tests/abi/sample.h
tests_abi_v1_0_abi_layer_la_CPPFLAGS = $(abi_released_cppflags)
tests_abi_v1_0_abi_layer_la_LDFLAGS = $(abi_ldflags)
tests_abi_v1_0_abi_annotator_la_SOURCES = tests/abi/abi-annotator.c tests/abi/sample.h
tests_abi_v1_0_abi_annotator_la_CPPFLAGS = $(abi_released_cppflags)
tests_abi_v1_0_abi_annotator_la_LDFLAGS = $(abi_ldflags)
tests_abi_v1_0_abi_exporter_la_SOURCES = tests/abi/abi-exporter.c tests/abi/sample.h
tests_abi_v1_0_abi_exporter_la_CPPFLAGS = $(abi_released_cppflags)
tests_abi_v1_0_abi_exporter_la_LDFLAGS = $(abi_ldflags)
tests_abi_v1_0_abi_ext_la_SOURCES = tests/abi/abi-ext.c tests/abi/sample.h
tests_abi_v1_0_abi_ext_la_CPPFLAGS = $(abi_released_cppflags)
tests_abi_v1_0_abi_ext_la_LDFLAGS = $(abi_ldflags)
tests_abi_next_abi_reader_la_SOURCES = tests/abi/abi-reader.c tests/abi/sample.h
tests_abi_next_abi_reader_la_CPPFLAGS = $(abi_to_come_cppflags)
tests_abi_next_abi_reader_la_LDFLAGS = $(abi_ldflags)
tests_abi_next_abi_tokenizer_la_SOURCES = tests/abi/abi-tokenizer.c tests/abi/sample.h
tests_abi_next_abi_tokenizer_la_CPPFLAGS = $(abi_to_come_cppflags)
tests_abi_next_abi_tokenizer_la_LDFLAGS = $(abi_ldflags)
tests_abi_next_abi_layer_la_SOURCES = tests/abi/abi-layer.c tests/abi/sample.h
tests_abi_next_abi_layer_la_CPPFLAGS = $(abi_to_come_cppflags)
tests_abi_next_abi_layer_la_LDFLAGS = $(abi_ldflags)
tests_abi_next_abi_annotator_la_SOURCES = tests/abi/abi-annotator.c tests/abi/sample.h
tests_abi_next_abi_annotator_la_CPPFLAGS = $(abi_to_come_cppflags)
tests_abi_next_abi_annotator_la_LDFLAGS = $(abi_ldflags)
tests_abi_next_abi_exporter_la_SOURCES = tests/abi/abi-exporter.c tests/abi/sample.h
tests_abi_next_abi_exporter_la_CPPFLAGS = $(abi_to_come_cppflags)
tests_abi_next_abi_exporter_la_LDFLAGS = $(abi_ldflags)
tests_abi_next_abi_ext_la_SOURCES = tests/abi/abi-ext.c tests/abi/sample.h
tests_abi_next_abi_ext_la_CPPFLAGS = $(abi_to_come_cppflags)
tests_abi_next_abi_ext_la_LDFLAGS = $(abi_ldflags)
EXTRA_DIST += tests/abi/plugin-1.0.h tests/abi/ext-1.0.h tests/abi/grow.sh tests/abi/frozen.sh
abi_next = tests/abi/next/auricule/plugin.h
CLEANFILES += $(abi_next)
$(abi_next): engine/include/auricule/plugin.h tests/abi/grow.sh
	$(AM_V_GEN)$(MKDIR_P) tests/abi/next/auricule && $(srcdir)/tests/abi/grow.sh $(srcdir)/engine/include/auricule/plugin.h >$@.tmp && mv $@.tmp $@
BUILT_SOURCES += $(abi_next)

# The loader compiled against the header to come, before the library's own.
check_PROGRAMS += tests/abi/evolve
TESTS += tests/abi/evolve tests/abi/frozen.sh
tests_abi_evolve_SOURCES = tests/abi/evolve.c engine/plugin/registry.c engine/plugin/host.c
tests_abi_evolve_CPPFLAGS = -Itests/abi/next $(libauricule_a_CPPFLAGS)
tests_abi_evolve_LDADD = $(engine_libs)
