# SPDX-License-Identifier: Apache-2.0
# The word lists of other programs; see driver.c and fuzz_import.c.
check_PROGRAMS += tests/fuzz/fuzz_import
TESTS += tests/fuzz/fuzz_import
tests_fuzz_fuzz_import_SOURCES = tests/fuzz/fuzz_import.c tests/fuzz/driver.c engine/cli/lexicon_dict.c engine/cli/lexicon_from.c \
	engine/cli/lexicon_from_xml.c engine/cli/xml_root.c engine/cli/lexicon_from_yaml.c engine/cli/lexicon_to.c engine/cli/lexicon_to_xml.c engine/cli/out.c
tests_fuzz_fuzz_import_CPPFLAGS = $(libauricule_la_CPPFLAGS) $(YAML_CFLAGS) $(UUID_CFLAGS) -DFUZZ_CORPUS='"lexicon-import"'
tests_fuzz_fuzz_import_LDADD = libauricule.la $(YAJL_LIBS) $(YAML_LIBS) $(UUID_LIBS) $(LIBXML_LIBS)
EXTRA_DIST += tests/fuzz/corpus/lexicon-import
