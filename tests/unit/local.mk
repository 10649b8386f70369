# SPDX-License-Identifier: Apache-2.0
include tests/unit/readers.mk
include tests/unit/query.mk
include tests/unit/texts.mk
EXTRA_DIST += tests/unit/suite.h tests/unit/host_settings.h

check_PROGRAMS += tests/unit/test_corpora
TESTS += tests/unit/test_corpora
tests_unit_test_corpora_SOURCES = tests/unit/test_corpora.c
tests_unit_test_corpora_CPPFLAGS = $(AM_CPPFLAGS) $(LIBXML_CFLAGS)
tests_unit_test_corpora_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_corpora_LDADD = $(LIBXML_LIBS) $(CHECK_LIBS)
check_PROGRAMS += tests/unit/test_analyst
TESTS += tests/unit/test_analyst
tests_unit_test_analyst_SOURCES = tests/unit/test_analyst.c
tests_unit_test_analyst_CPPFLAGS = $(libauricule_a_CPPFLAGS)
tests_unit_test_analyst_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_analyst_LDADD = $(engine_libs) $(CHECK_LIBS)
check_PROGRAMS += tests/unit/test_flow
TESTS += tests/unit/test_flow
tests_unit_test_flow_SOURCES = tests/unit/test_flow.c
tests_unit_test_flow_CPPFLAGS = $(libauricule_a_CPPFLAGS)
tests_unit_test_flow_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_flow_LDADD = $(engine_libs) $(CHECK_LIBS)
check_PROGRAMS += tests/unit/test_varints
TESTS += tests/unit/test_varints
tests_unit_test_varints_SOURCES = tests/unit/test_varints.c
tests_unit_test_varints_CPPFLAGS = $(libauricule_a_CPPFLAGS)
tests_unit_test_varints_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_varints_LDADD = $(engine_libs) $(CHECK_LIBS)
check_PROGRAMS += tests/unit/test_hash
TESTS += tests/unit/test_hash
tests_unit_test_hash_SOURCES = tests/unit/test_hash.c
tests_unit_test_hash_CPPFLAGS = $(libauricule_a_CPPFLAGS)
tests_unit_test_hash_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_hash_LDADD = $(engine_libs) $(CHECK_LIBS)
check_PROGRAMS += tests/unit/test_stats
TESTS += tests/unit/test_stats
tests_unit_test_stats_SOURCES = tests/unit/test_stats.c
tests_unit_test_stats_CPPFLAGS = $(libauricule_a_CPPFLAGS)
tests_unit_test_stats_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_stats_LDADD = $(engine_libs) $(CHECK_LIBS)

# annotators, under a host of the tokenizer and the layers as built
host_ann = tests/unit/host_ann.c tests/unit/host_ann.h tests/unit/host_text.c tests/unit/host_text.h
noinst_PROGRAMS += tests/unit/gold_eval
tests_unit_gold_eval_SOURCES = tests/unit/gold_eval.c tests/unit/gold.c tests/unit/gold.h $(host_ann)
tests_unit_gold_eval_CPPFLAGS = $(plug_cppflags)
tests_unit_gold_eval_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_gold_eval_LDADD = $(CHECK_LIBS) $(LIBS)
check_PROGRAMS += tests/unit/test_negation
TESTS += tests/unit/test_negation
tests_unit_test_negation_SOURCES = tests/unit/test_negation.c $(host_ann)
tests_unit_test_negation_CPPFLAGS = $(plug_cppflags)
tests_unit_test_negation_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_negation_LDADD = $(CHECK_LIBS) $(LIBS)
check_PROGRAMS += tests/unit/test_lexicon
TESTS += tests/unit/test_lexicon
tests_unit_test_lexicon_SOURCES = tests/unit/test_lexicon.c $(host_ann)
tests_unit_test_lexicon_CPPFLAGS = $(plug_cppflags)
tests_unit_test_lexicon_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_lexicon_LDADD = $(CHECK_LIBS) $(LIBS)
check_PROGRAMS += tests/unit/test_gold
TESTS += tests/unit/test_gold
tests_unit_test_gold_SOURCES = tests/unit/test_gold.c tests/unit/gold.c tests/unit/gold.h $(host_ann)
tests_unit_test_gold_CPPFLAGS = $(plug_cppflags)
tests_unit_test_gold_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_gold_LDADD = $(CHECK_LIBS) $(LIBS)
EXTRA_DIST += tests/gold/README.md tests/gold/auricule-dev.csv tests/gold/auricule-neuf.csv tests/gold/auricule-graphies.csv tests/gold/auricule-nies.csv \
	tests/gold/a-part/ateliers-lus.csv tests/gold/a-part/ateliers-non-lus.csv \
	tests/gold/auricule-contraires.csv tests/gold/auricule-simples.csv tests/gold/auricule-grille.csv \
	tests/gold/polarite.txt tests/gold/learn.py tests/gold/appris/ateliers.csv tests/gold/appris/denis.csv tests/gold/appris/contrastes.csv \
	tests/gold/appris/grille.csv tests/gold/appris/grand-debat.csv \
	tests/gold/tournures/administratif.csv tests/gold/tournures/confiance.csv tests/gold/tournures/confidentialite.csv \
	tests/gold/tournures/isolement.csv tests/gold/tournures/numerique.csv tests/gold/tournures/parcours.csv \
	tests/gold/tournures/quinze-heures.csv tests/gold/tournures/sanctions.csv tests/gold/tournures/stigmatisation.csv
check_PROGRAMS += tests/unit/test_lint
TESTS += tests/unit/test_lint
tests_unit_test_lint_SOURCES = tests/unit/test_lint.c $(host_ann)
tests_unit_test_lint_CPPFLAGS = $(plug_cppflags)
tests_unit_test_lint_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_lint_LDADD = $(CHECK_LIBS) $(LIBS)
check_PROGRAMS += tests/unit/test_entries
TESTS += tests/unit/test_entries
tests_unit_test_entries_SOURCES = tests/unit/test_entries.c $(host_ann)
tests_unit_test_entries_CPPFLAGS = $(plug_cppflags)
tests_unit_test_entries_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_entries_LDADD = $(CHECK_LIBS) $(LIBS)
check_PROGRAMS += tests/unit/test_heures
TESTS += tests/unit/test_heures
tests_unit_test_heures_SOURCES = tests/unit/test_heures.c $(host_ann)
tests_unit_test_heures_CPPFLAGS = $(plug_cppflags)
tests_unit_test_heures_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_heures_LDADD = $(CHECK_LIBS) $(LIBS)
