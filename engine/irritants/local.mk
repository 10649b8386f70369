# SPDX-License-Identifier: Apache-2.0
libauricule_la_SOURCES += engine/irritants/adapter.c engine/irritants/adapter.h engine/irritants/build.h engine/irritants/consistency.c engine/irritants/consistency.h \
	engine/irritants/input.c engine/irritants/input.h engine/irritants/ledger.c engine/irritants/ledger.h \
	engine/irritants/ledger_json.c engine/irritants/lifecycle.c engine/irritants/lifecycle.h engine/irritants/mask.c engine/irritants/mask.h \
	engine/irritants/quote.c engine/irritants/quote.h engine/irritants/suppress.c engine/irritants/suppress.h \
	engine/irritants/tables.c engine/irritants/tables.h engine/irritants/themes.c engine/irritants/veil.c engine/irritants/words.c
