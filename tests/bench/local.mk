# SPDX-License-Identifier: Apache-2.0
# `make bench` measures auricule against its peers (run.sh says how; BENCH_… variables choose).  Not part of make check.
EXTRA_DIST += tests/bench/run.sh tests/bench/get_text.sh tests/bench/gen_corpus.py tests/bench/gen_queries.py \
	tests/bench/gen_patterns.py tests/bench/ledger_corpus.py tests/bench/measure.py tests/bench/peers/bench.h tests/bench/peers/floors.c \
	tests/bench/peers/fts5_bench.c tests/bench/peers/groonga_bench.c tests/bench/peers/hs_bench.c \
	tests/bench/peers/xapian_bench.cc

EXTRA_PROGRAMS = tests/bench/query_bench tests/bench/match_bench
CLEANFILES += tests/bench/query_bench$(EXEEXT) tests/bench/match_bench$(EXEEXT)
tests_bench_query_bench_SOURCES = tests/bench/query_bench.c
tests_bench_query_bench_CPPFLAGS = $(libauricule_a_CPPFLAGS) -I$(srcdir)/tests/bench
tests_bench_query_bench_LDADD = $(engine_libs)
tests_bench_match_bench_SOURCES = tests/bench/match_bench.c
tests_bench_match_bench_CPPFLAGS = $(tests_bench_query_bench_CPPFLAGS)
tests_bench_match_bench_LDADD = $(engine_libs)

# The bench goes on without what cannot be built: a peer, or a question that the engine does not answer yet.
.PHONY: bench
bench: all
	-$(MAKE) $(AM_MAKEFLAGS) tests/bench/query_bench$(EXEEXT) tests/bench/match_bench$(EXEEXT)
	$(SHELL) $(srcdir)/tests/bench/run.sh $(srcdir)/tests/bench $(builddir) $(builddir)/bench
