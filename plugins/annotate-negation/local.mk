# SPDX-License-Identifier: Apache-2.0
plugin_LTLIBRARIES += plugins/annotate-negation/annotate-negation.la
plugins_annotate_negation_annotate_negation_la_SOURCES = plugins/annotate-negation/negation.h plugins/annotate-negation/words.c \
	plugins/annotate-negation/turns.c plugins/annotate-negation/cues.c plugins/annotate-negation/conditions.c \
	plugins/annotate-negation/matters.c plugins/annotate-negation/apart.c plugins/annotate-negation/ended.c plugins/annotate-negation/topics.c plugins/annotate-negation/negation.c
plugins_annotate_negation_annotate_negation_la_CPPFLAGS = $(plug_cppflags)
plugins_annotate_negation_annotate_negation_la_LDFLAGS = $(plug_ldflags)
