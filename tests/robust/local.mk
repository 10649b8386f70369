# SPDX-License-Identifier: Apache-2.0
# The program on a disk that is full, broken, not ours or not there; killed, interrupted, on a damaged corpus.
# faults.so and memory.so stand between the program and the system, so they are built without sanitizers.
check_LTLIBRARIES += tests/robust/faults.la
tests_robust_faults_la_SOURCES = tests/robust/faults.c
tests_robust_faults_la_CFLAGS = $(WARN_CFLAGS) -fvisibility=default
tests_robust_faults_la_LDFLAGS = -module -avoid-version -shared -rpath '$(abs_builddir)/tests/robust'
check_LTLIBRARIES += tests/robust/memory.la
tests_robust_memory_la_SOURCES = tests/robust/memory.c
tests_robust_memory_la_CFLAGS = $(WARN_CFLAGS) -fvisibility=default
tests_robust_memory_la_LDFLAGS = -module -avoid-version -shared -rpath '$(abs_builddir)/tests/robust'
check_PROGRAMS += tests/robust/tamper
tests_robust_tamper_SOURCES = tests/robust/tamper.c
tests_robust_tamper_CPPFLAGS = $(libauricule_a_CPPFLAGS)
tests_robust_tamper_LDADD = $(engine_libs) $(LMDB_LIBS)
check_PROGRAMS += tests/robust/damage
tests_robust_damage_SOURCES = tests/robust/damage.c tests/robust/records.h
tests_robust_damage_CPPFLAGS = $(libauricule_a_CPPFLAGS)
tests_robust_damage_LDADD = $(engine_libs) $(LMDB_LIBS)
check_PROGRAMS += tests/robust/forged
TESTS += tests/robust/forged
tests_robust_forged_SOURCES = tests/robust/forged.c tests/robust/records.h tests/unit/query_corpus.c tests/unit/query_corpus.h
tests_robust_forged_CPPFLAGS = $(libauricule_a_CPPFLAGS)
tests_robust_forged_LDADD = $(engine_libs) $(LMDB_LIBS)
dist_check_SCRIPTS += tests/robust/kill.sh tests/robust/damage.sh tests/robust/together.sh tests/robust/retheme.sh tests/robust/flow.sh tests/robust/lexdiff.sh tests/robust/walks.sh tests/robust/wide.sh tests/robust/history.sh tests/robust/export.sh
TESTS += tests/robust/kill.sh tests/robust/damage.sh tests/robust/together.sh tests/robust/retheme.sh tests/robust/flow.sh tests/robust/lexdiff.sh tests/robust/walks.sh tests/robust/wide.sh tests/robust/history.sh tests/robust/export.sh
EXTRA_DIST += tests/robust/lib.sh tests/robust/valgrind.sh
