# SPDX-License-Identifier: Apache-2.0
plugin_LTLIBRARIES += plugins/exporter-tei/exporter-tei.la
plugins_exporter_tei_exporter_tei_la_SOURCES = plugins/exporter-tei/exporter-tei.c $(exporter_common)
plugins_exporter_tei_exporter_tei_la_CPPFLAGS = $(plug_cppflags)
plugins_exporter_tei_exporter_tei_la_LDFLAGS = $(plug_ldflags)
plugins_exporter_tei_exporter_tei_la_LIBADD = $(plug_common)
