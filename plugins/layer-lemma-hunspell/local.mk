# SPDX-License-Identifier: Apache-2.0
if HUNSPELL
plugin_LTLIBRARIES += plugins/layer-lemma-hunspell/layer-lemma-hunspell.la
plugins_layer_lemma_hunspell_layer_lemma_hunspell_la_SOURCES = plugins/layer-lemma-hunspell/layer-lemma-hunspell.c \
	plugins/layer-lemma-hunspell/choose.c plugins/layer-lemma-hunspell/choose.h plugins/common/component.h plugins/common/values.h
plugins_layer_lemma_hunspell_layer_lemma_hunspell_la_CPPFLAGS = $(plug_cppflags) $(HUNSPELL_CFLAGS) -D_POSIX_C_SOURCE=200809L
plugins_layer_lemma_hunspell_layer_lemma_hunspell_la_LDFLAGS = $(plug_ldflags)
plugins_layer_lemma_hunspell_layer_lemma_hunspell_la_LIBADD = $(HUNSPELL_LIBS)
endif
