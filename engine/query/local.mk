# SPDX-License-Identifier: Apache-2.0
libauricule_la_SOURCES += engine/query/query.h engine/query/counts.h engine/query/kwic.h engine/query/frequencies.h \
	engine/query/specificities.h engine/query/cooccurrences.h
