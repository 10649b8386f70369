# SPDX-License-Identifier: Apache-2.0
plugin_LTLIBRARIES += plugins/layer-fold/layer-fold.la
plugins_layer_fold_layer_fold_la_SOURCES = plugins/layer-fold/layer-fold.c plugins/layer-fold/inclusive.c \
	plugins/layer-fold/fold.h plugins/common/component.h plugins/common/values.h plugins/common/inclusive.h
plugins_layer_fold_layer_fold_la_CPPFLAGS = $(plug_cppflags) $(UTF8PROC_CFLAGS)
plugins_layer_fold_layer_fold_la_LDFLAGS = $(plug_ldflags)
plugins_layer_fold_layer_fold_la_LIBADD = $(UTF8PROC_LIBS)
