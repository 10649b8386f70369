# SPDX-License-Identifier: Apache-2.0
# The pattern language of the lexicons lives whole in this folder.
lexicon_sources = plugins/common/component.h plugins/common/xmlmismatch.h plugins/annotate-lexicon/lexicon.h plugins/annotate-lexicon/pattern.h plugins/annotate-lexicon/parser.h \
	plugins/annotate-lexicon/tables.h plugins/annotate-lexicon/model.h plugins/annotate-lexicon/atoms.h \
	plugins/annotate-lexicon/needs.h plugins/annotate-lexicon/automaton.h plugins/annotate-lexicon/anchors.h \
	plugins/annotate-lexicon/candidates.h plugins/annotate-lexicon/worker.h plugins/annotate-lexicon/workers.h plugins/annotate-lexicon/forms.h plugins/annotate-lexicon/sentence.h \
	plugins/annotate-lexicon/walk.h plugins/annotate-lexicon/phrases.h plugins/annotate-lexicon/search.h plugins/annotate-lexicon/hits.h plugins/annotate-lexicon/load.h \
	plugins/annotate-lexicon/arena.c plugins/annotate-lexicon/text.c plugins/annotate-lexicon/scan.c \
	plugins/annotate-lexicon/nodes.c plugins/annotate-lexicon/word.c plugins/annotate-lexicon/pattern.c \
	plugins/annotate-lexicon/faults.c plugins/annotate-lexicon/places.c plugins/annotate-lexicon/settings.c \
	plugins/annotate-lexicon/bytes.c plugins/annotate-lexicon/load.c plugins/annotate-lexicon/tables.c plugins/annotate-lexicon/atoms.c plugins/annotate-lexicon/lookup.c \
	plugins/annotate-lexicon/frequent.c plugins/annotate-lexicon/automaton.c plugins/annotate-lexicon/needs.c \
	plugins/annotate-lexicon/anchors.c plugins/annotate-lexicon/phrases.c plugins/annotate-lexicon/compile.c plugins/annotate-lexicon/workers.c \
	plugins/annotate-lexicon/forms.c plugins/annotate-lexicon/sentence.c plugins/annotate-lexicon/walk.c \
	plugins/annotate-lexicon/search.c plugins/annotate-lexicon/hits.c plugins/annotate-lexicon/explain.c plugins/annotate-lexicon/entries.c plugins/annotate-lexicon/quote.c \
	plugins/annotate-lexicon/lint.h plugins/annotate-lexicon/findings.c plugins/annotate-lexicon/covers.c \
	plugins/annotate-lexicon/ids.c plugins/annotate-lexicon/stems.c plugins/annotate-lexicon/lint.c plugins/annotate-lexicon/plugin.c
plugin_LTLIBRARIES += plugins/annotate-lexicon/annotate-lexicon.la
plugins_annotate_lexicon_annotate_lexicon_la_SOURCES = $(lexicon_sources)
plugins_annotate_lexicon_annotate_lexicon_la_CPPFLAGS = $(plug_cppflags) $(LIBXML_CFLAGS)
plugins_annotate_lexicon_annotate_lexicon_la_LDFLAGS = $(plug_ldflags)
plugins_annotate_lexicon_annotate_lexicon_la_LIBADD = $(LIBXML_LIBS)
