# SPDX-License-Identifier: Apache-2.0
libauricule_a_SOURCES += engine/report/figures.c engine/report/figures.h engine/report/json.c engine/report/json.h \
	engine/report/page.h engine/report/page_asked.c engine/report/page_bits.c engine/report/page_crosses.c \
	engine/report/page_irritants.c engine/report/page_pictures.c engine/report/report.c engine/report/report.h engine/report/say.c \
	engine/report/say.h engine/report/template.c engine/report/template.h engine/report/verify.c engine/report/verify.h
# What a page is made of, beside its figures: report/LANG.html, LANG.json, LANG.mask, style, script.
reportdir = $(pkgdatadir)/report
dist_report_DATA = report/fr.html report/fr.json report/fr.mask report/page.css report/page.js
EXTRA_DIST += engine/report/bundle-vega.sh
# The parts of Vega that a page inlines, out of the installed package; its own licence stands at its head.
if VEGA
nodist_report_DATA = report/vega.js
CLEANFILES += report/vega.js report/vega.js.tmp
report/vega.js: engine/report/bundle-vega.sh
	$(AM_V_GEN)$(MKDIR_P) report && $(srcdir)/engine/report/bundle-vega.sh $(VEGA_DIR) >$@.tmp && mv $@.tmp $@
endif
