# SPDX-License-Identifier: Apache-2.0
# The readers, under a host of a few hundred lines that records what they put.
reader_host = tests/unit/host_reader.c tests/unit/host_reader.h

check_PROGRAMS += tests/unit/test_reader_csv
TESTS += tests/unit/test_reader_csv
tests_unit_test_reader_csv_SOURCES = tests/unit/test_reader_csv.c $(reader_host)
tests_unit_test_reader_csv_CPPFLAGS = $(plug_cppflags)
tests_unit_test_reader_csv_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_reader_csv_LDADD = $(CHECK_LIBS)

check_PROGRAMS += tests/unit/test_reader_tei
TESTS += tests/unit/test_reader_tei
tests_unit_test_reader_tei_SOURCES = tests/unit/test_reader_tei.c $(reader_host)
tests_unit_test_reader_tei_CPPFLAGS = $(plug_cppflags)
tests_unit_test_reader_tei_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_reader_tei_LDADD = $(CHECK_LIBS)

EXTRA_DIST += tests/data/readers/atelier.xml

check_PROGRAMS += tests/unit/test_reader_alceste
TESTS += tests/unit/test_reader_alceste
tests_unit_test_reader_alceste_SOURCES = tests/unit/test_reader_alceste.c $(reader_host)
tests_unit_test_reader_alceste_CPPFLAGS = $(plug_cppflags)
tests_unit_test_reader_alceste_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_reader_alceste_LDADD = $(CHECK_LIBS)

check_PROGRAMS += tests/unit/test_reader_text
TESTS += tests/unit/test_reader_text
tests_unit_test_reader_text_SOURCES = tests/unit/test_reader_text.c $(reader_host)
tests_unit_test_reader_text_CPPFLAGS = $(plug_cppflags)
tests_unit_test_reader_text_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_reader_text_LDADD = $(CHECK_LIBS)

check_PROGRAMS += tests/unit/test_reader_transcript
TESTS += tests/unit/test_reader_transcript
tests_unit_test_reader_transcript_SOURCES = tests/unit/test_reader_transcript.c $(reader_host)
tests_unit_test_reader_transcript_CPPFLAGS = $(plug_cppflags)
tests_unit_test_reader_transcript_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_reader_transcript_LDADD = $(CHECK_LIBS)

check_PROGRAMS += tests/unit/test_reader_chat
TESTS += tests/unit/test_reader_chat
tests_unit_test_reader_chat_SOURCES = tests/unit/test_reader_chat.c $(reader_host)
tests_unit_test_reader_chat_CPPFLAGS = $(plug_cppflags)
tests_unit_test_reader_chat_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_reader_chat_LDADD = $(CHECK_LIBS)

# As it is, and without vector instructions.
check_PROGRAMS += tests/unit/test_reader_common tests/unit/test_reader_portable
TESTS += tests/unit/test_reader_common tests/unit/test_reader_portable
tests_unit_test_reader_common_SOURCES = tests/unit/test_reader_common.c plugins/common/buf.c plugins/common/say.c \
	plugins/common/utf8.c plugins/common/encoding.c plugins/common/names.c plugins/common/dates.c \
	plugins/reader-csv/scan.c
tests_unit_test_reader_common_CPPFLAGS = $(plug_cppflags)
tests_unit_test_reader_common_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_reader_common_LDADD = $(CHECK_LIBS)
tests_unit_test_reader_portable_SOURCES = $(tests_unit_test_reader_common_SOURCES)
tests_unit_test_reader_portable_CPPFLAGS = $(plug_cppflags) -DRD_PORTABLE
tests_unit_test_reader_portable_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_reader_portable_LDADD = $(CHECK_LIBS)
