# SPDX-License-Identifier: Apache-2.0
plugin_LTLIBRARIES += plugins/reader-csv/reader-csv.la
plugins_reader_csv_reader_csv_la_SOURCES = plugins/reader-csv/csv.h plugins/reader-csv/scan.c plugins/reader-csv/guess.c \
	plugins/reader-csv/header.c plugins/reader-csv/sample.c plugins/reader-csv/told.c plugins/reader-csv/columns.c plugins/reader-csv/texts.c plugins/reader-csv/asked.c \
	plugins/reader-csv/rows.c plugins/reader-csv/give.c plugins/reader-csv/reader.c $(reader_detect)
plugins_reader_csv_reader_csv_la_CPPFLAGS = $(plug_cppflags) $(UCHARDET_CFLAGS)
plugins_reader_csv_reader_csv_la_LDFLAGS = $(plug_ldflags)
plugins_reader_csv_reader_csv_la_LIBADD = $(plug_common) $(UCHARDET_LIBS)
