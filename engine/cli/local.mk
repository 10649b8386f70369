# SPDX-License-Identifier: Apache-2.0
bin_PROGRAMS += auricule
auricule_SOURCES = engine/cli/main.c engine/cli/cli.h engine/cli/verbs.h engine/cli/args.c engine/cli/out.c engine/cli/outfile.c engine/cli/outfile.h engine/cli/beside.c engine/cli/beside.h engine/cli/reader_opts.c engine/cli/reader_opts.h \
	engine/cli/cmd_ingest.c engine/cli/cmd_annotate.c engine/cli/cmd_info.c engine/cli/cmd_check.c engine/cli/cmd_compact.c engine/cli/cmd_erase.c engine/cli/compacting.c engine/cli/compacting.h engine/cli/cmd_retheme.c engine/cli/bar.c engine/cli/bar.h engine/cli/cmd_plugin.c engine/cli/cmd_plugin.h \
	engine/cli/cmd_plugin_check.c engine/cli/cmd_plugin_new.c \
	engine/cli/cmd_themes.c engine/cli/cmd_explain.c
auricule_CPPFLAGS = $(libauricule_a_CPPFLAGS)
auricule_LDADD = $(engine_libs) $(YAJL_LIBS)

# The stamp by which a program in the build tree finds its plugins and data there (engine/plugin/registry.c).
noinst_DATA = auricule-tree.conf
auricule-tree.conf: Makefile
	$(AM_V_GEN)(cd $(srcdir) && pwd) > $@
CLEANFILES += auricule-tree.conf

# the workbench of lexicon authors
auricule_SOURCES += engine/cli/cmd_evaluate.c engine/cli/cmd_lexicon.c engine/cli/cmd_lexicon.h engine/cli/cmd_lexicon_check.c \
	engine/cli/cmd_lexicon_coverage.c engine/cli/cmd_lexicon_diff.c engine/cli/cmd_lexicon_export.c \
	engine/cli/cmd_lexicon_import.c engine/cli/cmd_lexicon_suggest.c engine/cli/near.c engine/cli/near.h

# the ledger and its page
auricule_SOURCES += engine/cli/ledger.c engine/cli/ledger.h engine/cli/cmd_irritants.c engine/cli/by_field.c engine/cli/irritants_by.c engine/cli/irritants_by.h engine/cli/cmd_report.c

# The messages where a program in the build tree looks for them; po/ installs them.
noinst_DATA += locale/fr/LC_MESSAGES/auricule.mo
locale/fr/LC_MESSAGES/auricule.mo: po/fr.po po/no-break.awk
	$(AM_V_GEN)$(MKDIR_P) $(@D) && if test "$(GMSGFMT)" = :; then : >$@; else awk -f $(srcdir)/po/no-break.awk $(srcdir)/po/fr.po >$@.po && $(GMSGFMT) -o $@ $@.po && rm $@.po; fi
CLEANFILES += locale/fr/LC_MESSAGES/auricule.mo
# questions
auricule_SOURCES += engine/cli/ask.c engine/cli/ask.h engine/cli/cmd_search.c engine/cli/cmd_kwic.c engine/cli/cmd_frequencies.c engine/cli/cmd_specificities.c engine/cli/cmd_cooccurrences.c engine/cli/cmd_export.c
