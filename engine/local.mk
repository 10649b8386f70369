# SPDX-License-Identifier: Apache-2.0
# The rooms, in the order in which each may use those before it.
noinst_LIBRARIES += libauricule.a
libauricule_a_SOURCES =
libauricule_a_AR = $(AR) cq # rooms may have files of one name, of which « r » keeps the last
libauricule_a_CPPFLAGS = $(AM_CPPFLAGS) $(LIBXML_CFLAGS) $(LMDB_CFLAGS) $(UTF8PROC_CFLAGS) $(YAJL_CFLAGS) $(PCRE2_CFLAGS)
engine_libs = libauricule.a $(LIBXML_LIBS) $(LMDB_LIBS) $(UTF8PROC_LIBS) $(YAJL_LIBS) $(PCRE2_LIBS) $(ROARING_LIBS) $(LTLIBINTL)
include engine/base/local.mk
include engine/text/local.mk
include engine/plugin/local.mk
include engine/index/local.mk
include engine/pipeline/local.mk
include engine/conform/local.mk
include engine/stats/local.mk
include engine/query/local.mk
include engine/lexicon/local.mk
include engine/irritants/local.mk
include engine/report/local.mk
include engine/cli/local.mk
