# SPDX-License-Identifier: Apache-2.0
libauricule_a_SOURCES += engine/irritants/adapt.c engine/irritants/adapt.h engine/irritants/adapter.c engine/irritants/adapter.h engine/irritants/asked.c engine/irritants/build.h engine/irritants/consistency.c engine/irritants/consistency.h engine/irritants/contributions.c engine/irritants/cross.c engine/irritants/cross.h engine/irritants/cross_veil.c engine/irritants/crossing.c engine/irritants/crossing.h engine/irritants/exprs.c engine/irritants/plan.c engine/irritants/residue.c engine/irritants/stretch.c engine/irritants/stretch.h \
	engine/irritants/input.c engine/irritants/input.h engine/irritants/ledger.c engine/irritants/ledger.h \
	engine/irritants/ledger_build.c engine/irritants/ledger_json.c engine/irritants/lifecycle.c engine/irritants/lifecycle.h engine/irritants/licence.c engine/irritants/mask.c engine/irritants/mask.h \
	engine/irritants/mask_names.c engine/irritants/mask_names.h \
	engine/irritants/names.c engine/irritants/names.h \
	engine/irritants/quote.c engine/irritants/quote.h engine/irritants/suppress.c engine/irritants/suppress.h \
	engine/irritants/tables.c engine/irritants/tables.h engine/irritants/told.c engine/irritants/told.h \
	engine/irritants/themes.c engine/irritants/veil.c engine/irritants/web.c engine/irritants/web.h engine/irritants/words.c
# The engine's fingerprint in the proof of a page: that of its sources, the same with any compiler.
BUILT_SOURCES += engine/irritants/engine-digest.h
CLEANFILES += engine/irritants/engine-digest.h engine/irritants/engine-digest.tmp
engine/irritants/engine-digest.h: $(libauricule_a_SOURCES)
	$(AM_V_GEN)$(MKDIR_P) engine/irritants && digest=`cd $(srcdir) && cat $(libauricule_a_SOURCES) | sha256sum | cut -c1-32` && \
		printf '#define AUR_ENGINE_DIGEST "%s"\n' "$$digest" >engine/irritants/engine-digest.tmp && \
		mv engine/irritants/engine-digest.tmp $@
