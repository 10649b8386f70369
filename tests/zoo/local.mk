# SPDX-License-Identifier: Apache-2.0
# Plugins that break the rules, each caught by « auricule plugin check »; see zoo.h.
zoo_animals = abi-major abi-minor abort bad-id bad-kind bad-version breaks-off constructor crash divides ends-thread exit exporter-io \
	exporter-last fails-mute fails-on fails-on-open fills-static fingerprint folder fork form-bytes fuzz hit-cue hit-flags hit-label hit-outside \
	hit-weight keeps-id keeps-lent layer-bytes layer-first leak locale loop memory names-forms no-hits no-ops no-symbol null-entry \
	open-fails open-file order overread prints prints-unseen probe process quadratic reader-bytes reader-cancels reader-endless reader-field reader-io \
	reader-long reader-portions reader-refuses reader-value same-id sieve signal size sleep span-backwards span-character span-empty \
	span-outside stack static-value symbols theme thread token-flags token-sorts tokens-only worker writes-lent writes-model writes-model-lazily \
	writes-static
zoo_sos = $(zoo_animals:%=tests/zoo/%.so)
check_DATA = $(zoo_sos)
CLEANFILES += $(zoo_sos)
EXTRA_DIST += tests/zoo/zoo.h tests/zoo/zoo.sh tests/zoo/tame.sh tests/zoo/loaded.sh tests/zoo/loose.sh tests/zoo/abi.txt $(zoo_animals:%=tests/zoo/%.c)
TESTS += tests/zoo/zoo.sh tests/zoo/tame.sh tests/zoo/loaded.sh tests/zoo/loose.sh
# No libtool: these are never installed, and as many lines as animals would be needed to say so.  No sanitizers: the checks have to see
# what they see by themselves.
$(zoo_sos): tests/zoo/%.so: $(srcdir)/tests/zoo/%.c $(srcdir)/tests/zoo/zoo.h $(srcdir)/engine/include/auricule/plugin.h
	$(AM_V_CC)$(MKDIR_P) $(@D) && $(CC) -I$(srcdir)/engine/include -D_GNU_SOURCE $(WARN_CFLAGS) $(CFLAGS) -fPIC -shared $(LDFLAGS) -o $@ $<
