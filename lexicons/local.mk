# SPDX-License-Identifier: Apache-2.0
lexdir = $(pkgdatadir)/lexicons
dist_lex_DATA = lexicons/lexicon.rng $(lexicons)
lexicons = lexicons/sanctions.xml
