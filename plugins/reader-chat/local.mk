# SPDX-License-Identifier: Apache-2.0
plugin_LTLIBRARIES += plugins/reader-chat/reader-chat.la
plugins_reader_chat_reader_chat_la_SOURCES = plugins/reader-chat/chat.h plugins/reader-chat/heads.c plugins/reader-chat/people.c \
	plugins/reader-chat/reader.c $(reader_lines) $(reader_labels) $(reader_interviewers) $(reader_detect)
plugins_reader_chat_reader_chat_la_CPPFLAGS = $(plug_cppflags) $(UCHARDET_CFLAGS)
plugins_reader_chat_reader_chat_la_LDFLAGS = $(plug_ldflags)
plugins_reader_chat_reader_chat_la_LIBADD = $(plug_common) $(UCHARDET_LIBS)
