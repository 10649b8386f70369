# SPDX-License-Identifier: Apache-2.0
plugin_LTLIBRARIES += plugins/reader-text/reader-text.la
plugins_reader_text_reader_text_la_SOURCES = plugins/reader-text/text.h plugins/reader-text/markdown.c plugins/reader-text/table.c plugins/reader-text/front.c \
	plugins/reader-text/gather.c plugins/reader-text/cells.c plugins/reader-text/reader.c \
	$(reader_lines) $(reader_labels) $(reader_detect)
plugins_reader_text_reader_text_la_CPPFLAGS = $(plug_cppflags) $(UCHARDET_CFLAGS)
plugins_reader_text_reader_text_la_LDFLAGS = $(plug_ldflags)
plugins_reader_text_reader_text_la_LIBADD = $(plug_common) $(UCHARDET_LIBS)
