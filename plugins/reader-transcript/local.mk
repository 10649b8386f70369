# SPDX-License-Identifier: Apache-2.0
plugin_LTLIBRARIES += plugins/reader-transcript/reader-transcript.la
plugins_reader_transcript_reader_transcript_la_SOURCES = plugins/reader-transcript/transcript.h plugins/reader-transcript/tags.c plugins/reader-transcript/speakers.c \
	plugins/reader-transcript/heads.c plugins/reader-transcript/cues.c plugins/reader-transcript/marks.c \
	plugins/reader-transcript/turns.c plugins/reader-transcript/reader.c $(reader_lines) $(reader_labels) $(reader_interviewers) \
	$(reader_detect)
plugins_reader_transcript_reader_transcript_la_CPPFLAGS = $(plug_cppflags) $(UCHARDET_CFLAGS)
plugins_reader_transcript_reader_transcript_la_LDFLAGS = $(plug_ldflags)
plugins_reader_transcript_reader_transcript_la_LIBADD = $(plug_common) $(UCHARDET_LIBS)
