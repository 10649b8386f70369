# SPDX-License-Identifier: Apache-2.0
plugin_LTLIBRARIES += plugins/reader-alceste/reader-alceste.la
plugins_reader_alceste_reader_alceste_la_SOURCES = plugins/reader-alceste/reader.c \
	$(reader_lines) $(reader_detect)
plugins_reader_alceste_reader_alceste_la_CPPFLAGS = $(plug_cppflags) $(UCHARDET_CFLAGS)
plugins_reader_alceste_reader_alceste_la_LDFLAGS = $(plug_ldflags)
plugins_reader_alceste_reader_alceste_la_LIBADD = $(plug_common) $(UCHARDET_LIBS)
