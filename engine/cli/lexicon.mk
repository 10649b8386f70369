# SPDX-License-Identifier: Apache-2.0
# the workbench of lexicon authors
auricule_SOURCES += engine/cli/cmd_evaluate.c \
	engine/cli/cmd_lexicon.c \
	engine/cli/cmd_lexicon.h \
	engine/cli/cmd_lexicon_check.c \
	engine/cli/cmd_lexicon_coverage.c \
	engine/cli/cmd_lexicon_diff.c \
	engine/cli/cmd_lexicon_export.c \
	engine/cli/cmd_lexicon_import.c \
	engine/cli/cmd_lexicon_suggest.c \
	engine/cli/lexicon_delta.c \
	engine/cli/lexicon_delta.h \
	engine/cli/lexicon_dict.c \
	engine/cli/lexicon_dict.h \
	engine/cli/xml_root.c \
	engine/cli/xml_root.h \
	engine/cli/lexicon_few.c \
	engine/cli/lexicon_few.h \
	engine/cli/lexicon_from.c \
	engine/cli/lexicon_from_xml.c \
	engine/cli/lexicon_from_yaml.c \
	engine/cli/lexicon_near.c \
	engine/cli/lexicon_near.h \
	engine/cli/lexicon_score.c \
	engine/cli/lexicon_score.h \
	engine/cli/lexicon_set.c \
	engine/cli/lexicon_set.h \
	engine/cli/lexicon_to.c \
	engine/cli/lexicon_to_xml.c \
	engine/cli/lexicon_walk.c \
	engine/cli/lexicon_walk.h \
	engine/cli/lexicon_words.c \
	engine/cli/lexicon_words.h
auricule_CPPFLAGS += $(YAML_CFLAGS) $(UUID_CFLAGS)
auricule_LDADD += $(YAML_LIBS) $(UUID_LIBS) $(LIBXML_LIBS)
