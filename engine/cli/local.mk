# SPDX-License-Identifier: Apache-2.0
bin_PROGRAMS += auricule
auricule_SOURCES = engine/cli/main.c
auricule_CPPFLAGS = $(libauricule_la_CPPFLAGS)
auricule_LDADD = libauricule.la
