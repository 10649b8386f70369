# SPDX-License-Identifier: Apache-2.0
# The ledger and the page: their rules, and the page in a real browser.
report_input = tests/report/demo_input.c tests/report/demo_input.h
report_tests = tests/unit/test_lifecycle tests/unit/test_suppress tests/unit/test_mask tests/unit/test_attack tests/unit/test_irritants
check_PROGRAMS += $(report_tests)
TESTS += $(report_tests)
tests_unit_test_lifecycle_SOURCES = tests/unit/test_lifecycle.c
tests_unit_test_lifecycle_CPPFLAGS = $(libauricule_a_CPPFLAGS)
tests_unit_test_lifecycle_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_lifecycle_LDADD = $(engine_libs) $(CHECK_LIBS)
tests_unit_test_suppress_SOURCES = tests/unit/test_suppress.c
tests_unit_test_suppress_CPPFLAGS = $(libauricule_a_CPPFLAGS)
tests_unit_test_suppress_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_suppress_LDADD = $(engine_libs) $(CHECK_LIBS)
tests_unit_test_mask_SOURCES = tests/unit/test_mask.c
tests_unit_test_mask_CPPFLAGS = $(libauricule_a_CPPFLAGS) -DSRCDIR='"$(abs_top_srcdir)"'
tests_unit_test_mask_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_mask_LDADD = $(engine_libs) $(CHECK_LIBS)
tests_unit_test_attack_SOURCES = tests/unit/test_attack.c
tests_unit_test_attack_CPPFLAGS = $(libauricule_a_CPPFLAGS) -DSRCDIR='"$(abs_top_srcdir)"'
tests_unit_test_attack_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_attack_LDADD = $(engine_libs) $(CHECK_LIBS)
tests_unit_test_irritants_SOURCES = tests/unit/test_irritants.c $(report_input)
tests_unit_test_irritants_CPPFLAGS = $(libauricule_a_CPPFLAGS) -I$(top_srcdir)/tests/report -DSRCDIR='"$(abs_top_srcdir)"'
tests_unit_test_irritants_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_irritants_LDADD = $(engine_libs) $(LIBXML_LIBS) $(CHECK_LIBS)
check_PROGRAMS += tests/report/write_page
tests_report_write_page_SOURCES = tests/report/write_page.c $(report_input)
tests_report_write_page_CPPFLAGS = $(libauricule_a_CPPFLAGS)
tests_report_write_page_LDADD = $(engine_libs) $(LIBXML_LIBS)
check_PROGRAMS += tests/unit/test_report
TESTS += tests/unit/test_report
tests_unit_test_report_SOURCES = tests/unit/test_report.c $(report_input)
tests_unit_test_report_CPPFLAGS = $(libauricule_a_CPPFLAGS) -I$(top_srcdir)/tests/report -DSRCDIR='"$(abs_top_srcdir)"' \
	-DBUILDDIR='"$(abs_top_builddir)"'
tests_unit_test_report_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_unit_test_report_LDADD = $(engine_libs) $(LIBXML_LIBS) $(CHECK_LIBS)

# The page in a real browser; skipped, saying so, where there is none.
dist_check_SCRIPTS += tests/report/browser.sh
TESTS += tests/report/browser.sh
EXTRA_DIST += tests/report/browser.py
