# SPDX-License-Identifier: Apache-2.0
plugin_LTLIBRARIES += plugins/exporter-csv/exporter-csv.la
plugins_exporter_csv_exporter_csv_la_SOURCES = plugins/exporter-csv/exporter-csv.c $(exporter_common)
plugins_exporter_csv_exporter_csv_la_CPPFLAGS = $(plug_cppflags)
plugins_exporter_csv_exporter_csv_la_LDFLAGS = $(plug_ldflags)
plugins_exporter_csv_exporter_csv_la_LIBADD = $(plug_common)
