# SPDX-License-Identifier: Apache-2.0
plugin_LTLIBRARIES += plugins/layer-stem-snowball/layer-stem-snowball.la
plugins_layer_stem_snowball_layer_stem_snowball_la_SOURCES = plugins/layer-stem-snowball/layer-stem-snowball.c plugins/common/component.h plugins/common/values.h
plugins_layer_stem_snowball_layer_stem_snowball_la_CPPFLAGS = $(plug_cppflags)
plugins_layer_stem_snowball_layer_stem_snowball_la_LDFLAGS = $(plug_ldflags)
plugins_layer_stem_snowball_layer_stem_snowball_la_LIBADD = $(STEMMER_LIBS)
