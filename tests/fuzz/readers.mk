# SPDX-License-Identifier: Apache-2.0
# The readers, each with its corpus; see driver.c and fuzz_reader.c.
fuzz_reader_sources = tests/fuzz/fuzz_reader.c tests/fuzz/driver.c tests/unit/host_reader.c tests/unit/host_reader.h
fuzz_reader_programs = tests/fuzz/fuzz_reader_csv tests/fuzz/fuzz_reader_tei tests/fuzz/fuzz_reader_alceste \
	tests/fuzz/fuzz_reader_text tests/fuzz/fuzz_reader_transcript tests/fuzz/fuzz_reader_chat
check_PROGRAMS += $(fuzz_reader_programs)
TESTS += $(fuzz_reader_programs)
fuzz_reader_cppflags = $(plug_cppflags) -I$(top_srcdir)/tests/unit
tests_fuzz_fuzz_reader_csv_SOURCES = $(fuzz_reader_sources)
tests_fuzz_fuzz_reader_csv_CPPFLAGS = $(fuzz_reader_cppflags) -DFUZZ_READER='"reader-csv"' -DFUZZ_CORPUS=FUZZ_READER
tests_fuzz_fuzz_reader_tei_SOURCES = $(fuzz_reader_sources)
tests_fuzz_fuzz_reader_tei_CPPFLAGS = $(fuzz_reader_cppflags) -DFUZZ_READER='"reader-tei"' -DFUZZ_CORPUS=FUZZ_READER
tests_fuzz_fuzz_reader_alceste_SOURCES = $(fuzz_reader_sources)
tests_fuzz_fuzz_reader_alceste_CPPFLAGS = $(fuzz_reader_cppflags) -DFUZZ_READER='"reader-alceste"' -DFUZZ_CORPUS=FUZZ_READER
tests_fuzz_fuzz_reader_text_SOURCES = $(fuzz_reader_sources)
tests_fuzz_fuzz_reader_text_CPPFLAGS = $(fuzz_reader_cppflags) -DFUZZ_READER='"reader-text"' -DFUZZ_CORPUS=FUZZ_READER
tests_fuzz_fuzz_reader_transcript_SOURCES = $(fuzz_reader_sources)
tests_fuzz_fuzz_reader_transcript_CPPFLAGS = $(fuzz_reader_cppflags) -DFUZZ_READER='"reader-transcript"' -DFUZZ_CORPUS=FUZZ_READER
tests_fuzz_fuzz_reader_chat_SOURCES = $(fuzz_reader_sources)
tests_fuzz_fuzz_reader_chat_CPPFLAGS = $(fuzz_reader_cppflags) -DFUZZ_READER='"reader-chat"' -DFUZZ_CORPUS=FUZZ_READER
EXTRA_DIST += tests/fuzz/corpus/reader-csv tests/fuzz/corpus/reader-tei tests/fuzz/corpus/reader-alceste \
	tests/fuzz/corpus/reader-text tests/fuzz/corpus/reader-transcript tests/fuzz/corpus/reader-chat
