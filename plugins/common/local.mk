# SPDX-License-Identifier: Apache-2.0
# What the readers and exporters share: most of it in a library that each of them holds; the rest compiled into those that need it
# (detect.c only where a file does not say its encoding itself).
noinst_LTLIBRARIES += plugins/common/libcommon.la
plugins_common_libcommon_la_SOURCES = plugins/common/component.h plugins/common/rd.h plugins/common/buf.c plugins/common/say.c plugins/common/utf8.c \
	plugins/common/encoding.c plugins/common/binary.c plugins/common/input.c plugins/common/names.c plugins/common/dates.c
plugins_common_libcommon_la_CPPFLAGS = $(plug_cppflags)
plug_common = plugins/common/libcommon.la
reader_detect = plugins/common/detect.c
reader_lines = plugins/common/lines.c
reader_labels = plugins/common/labels.c
reader_interviewers = plugins/common/interviewers.c
exporter_common = plugins/common/ex.h plugins/common/ex.c plugins/common/xmlname.c
