# SPDX-License-Identifier: Apache-2.0
libauricule_a_SOURCES += engine/lexicon/set.c engine/lexicon/set.h engine/lexicon/xml_root.c engine/lexicon/xml_root.h \
	engine/lexicon/walk.c engine/lexicon/walk.h engine/lexicon/words.c engine/lexicon/words.h \
	engine/lexicon/delta.c engine/lexicon/delta.h engine/lexicon/few.c engine/lexicon/few.h \
	engine/lexicon/score.c engine/lexicon/score.h \
	engine/lexicon/dict.c engine/lexicon/dict.h engine/lexicon/from.c engine/lexicon/from_xml.c engine/lexicon/from_yaml.c \
	engine/lexicon/to.c engine/lexicon/to_xml.c
libauricule_a_CPPFLAGS += $(YAML_CFLAGS) $(UUID_CFLAGS)
engine_libs += $(YAML_LIBS) $(UUID_LIBS)
