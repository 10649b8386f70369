# SPDX-License-Identifier: Apache-2.0
libauricule_a_SOURCES += engine/query/query.h engine/query/counts.h engine/query/kwic.h engine/query/frequencies.h \
	engine/query/specificities.h engine/query/cooccurrences.h engine/query/node.h engine/query/question.c engine/query/parse.c engine/query/tokens.c \
	engine/query/automaton.c \
	engine/query/resolving.h engine/query/resolve.c engine/query/resolve_names.c engine/query/resolve_words.c \
	engine/query/resolve_values.c engine/query/resolve_notes.c engine/query/words.c engine/query/fold.c engine/query/docs.c engine/query/lists.c \
	engine/query/match.c engine/query/scratch.c engine/query/occurrences.c engine/query/run.c engine/query/rank.c engine/query/search.c engine/query/counts.c \
	engine/query/values.c engine/query/values.h engine/query/frequencies.c engine/query/specificities.c \
	engine/query/cooccurrences.c engine/query/kwic.c
