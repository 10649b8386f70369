# SPDX-License-Identifier: Apache-2.0
plugin_LTLIBRARIES += plugins/annotate-negation/annotate-negation.la
plugins_annotate_negation_annotate_negation_la_SOURCES = plugins/common/component.h plugins/annotate-negation/lists.h plugins/annotate-negation/words.h plugins/annotate-negation/words.c \
	plugins/annotate-negation/text.h plugins/annotate-negation/text.c plugins/annotate-negation/negation.h plugins/annotate-negation/who.c \
	plugins/annotate-negation/turns.c plugins/annotate-negation/scope.c plugins/annotate-negation/named.c plugins/annotate-negation/conditions.c \
	plugins/annotate-negation/verdicts.c plugins/annotate-negation/idioms.c plugins/annotate-negation/reported.c plugins/annotate-negation/duties.c plugins/annotate-negation/clefts.c plugins/annotate-negation/matters.c plugins/annotate-negation/contrast.c plugins/annotate-negation/unused.c plugins/annotate-negation/unsought.c \
	plugins/annotate-negation/instead.c plugins/annotate-negation/apart.c plugins/annotate-negation/ended.c plugins/annotate-negation/expected.c plugins/annotate-negation/topics.c plugins/annotate-negation/others.c \
	plugins/annotate-negation/answers.c plugins/annotate-negation/cues.c plugins/annotate-negation/governs.c plugins/annotate-negation/leaning.c plugins/annotate-negation/weights.h \
	plugins/annotate-negation/weights.c plugins/annotate-negation/upheld.c plugins/annotate-negation/evidence.c \
	plugins/annotate-negation/plugin.c
plugins_annotate_negation_annotate_negation_la_CPPFLAGS = $(plug_cppflags)
plugins_annotate_negation_annotate_negation_la_LDFLAGS = $(plug_ldflags)
