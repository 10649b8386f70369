# SPDX-License-Identifier: Apache-2.0
plugin_LTLIBRARIES += plugins/reader-tei/reader-tei.la
plugins_reader_tei_reader_tei_la_SOURCES = plugins/reader-tei/tei.h plugins/reader-tei/feed.c plugins/reader-tei/header.c \
	plugins/reader-tei/item.c plugins/reader-tei/body.c plugins/reader-tei/reader.c plugins/common/xmlname.c plugins/common/xmlmismatch.h
plugins_reader_tei_reader_tei_la_CPPFLAGS = $(plug_cppflags) $(LIBXML_CFLAGS)
plugins_reader_tei_reader_tei_la_LDFLAGS = $(plug_ldflags)
plugins_reader_tei_reader_tei_la_LIBADD = $(plug_common) $(LIBXML_LIBS)
