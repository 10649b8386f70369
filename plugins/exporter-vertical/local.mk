# SPDX-License-Identifier: Apache-2.0
plugin_LTLIBRARIES += plugins/exporter-vertical/exporter-vertical.la
plugins_exporter_vertical_exporter_vertical_la_SOURCES = plugins/exporter-vertical/exporter-vertical.c $(exporter_common)
plugins_exporter_vertical_exporter_vertical_la_CPPFLAGS = $(plug_cppflags)
plugins_exporter_vertical_exporter_vertical_la_LDFLAGS = $(plug_ldflags)
plugins_exporter_vertical_exporter_vertical_la_LIBADD = $(plug_common)
