# SPDX-License-Identifier: Apache-2.0
plugin_LTLIBRARIES += plugins/annotate-heures/annotate-heures.la
plugins_annotate_heures_annotate_heures_la_SOURCES = plugins/annotate-heures/heures.c
plugins_annotate_heures_annotate_heures_la_CPPFLAGS = $(plug_cppflags)
plugins_annotate_heures_annotate_heures_la_LDFLAGS = $(plug_ldflags)
