# SPDX-License-Identifier: Apache-2.0
plugin_LTLIBRARIES += plugins/tokenizer-fr/tokenizer-fr.la
plugins_tokenizer_fr_tokenizer_fr_la_SOURCES = plugins/tokenizer-fr/tokenizer-fr.c plugins/tokenizer-fr/tok.h \
	plugins/tokenizer-fr/chars.c plugins/tokenizer-fr/chars.h plugins/tokenizer-fr/form.c \
	plugins/tokenizer-fr/form.h plugins/tokenizer-fr/sentence.c \
	plugins/tokenizer-fr/words.c plugins/tokenizer-fr/inclusive.c plugins/tokenizer-fr/dots.c \
	plugins/tokenizer-fr/numbers.c plugins/tokenizer-fr/web.c plugins/common/component.h plugins/common/inclusive.h
plugins_tokenizer_fr_tokenizer_fr_la_CPPFLAGS = $(plug_cppflags) $(UTF8PROC_CFLAGS)
plugins_tokenizer_fr_tokenizer_fr_la_LDFLAGS = $(plug_ldflags)
plugins_tokenizer_fr_tokenizer_fr_la_LIBADD = $(UTF8PROC_LIBS)
