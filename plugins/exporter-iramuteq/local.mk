# SPDX-License-Identifier: Apache-2.0
plugin_LTLIBRARIES += plugins/exporter-iramuteq/exporter-iramuteq.la
plugins_exporter_iramuteq_exporter_iramuteq_la_SOURCES = plugins/exporter-iramuteq/exporter-iramuteq.c $(exporter_common)
plugins_exporter_iramuteq_exporter_iramuteq_la_CPPFLAGS = $(plug_cppflags)
plugins_exporter_iramuteq_exporter_iramuteq_la_LDFLAGS = $(plug_ldflags)
plugins_exporter_iramuteq_exporter_iramuteq_la_LIBADD = $(plug_common)
