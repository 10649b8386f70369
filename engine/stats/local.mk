# SPDX-License-Identifier: Apache-2.0
libauricule_la_SOURCES += engine/stats/adjust.h engine/stats/agreement.h engine/stats/cooccurrence.h engine/stats/dispersion.h \
	engine/stats/dist.h engine/stats/diversity.h engine/stats/interval.h engine/stats/keyness.h \
	engine/stats/specificity.h engine/stats/trend.h
