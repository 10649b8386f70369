# SPDX-License-Identifier: Apache-2.0
libauricule_a_SOURCES += \
	engine/stats/adjust.c engine/stats/adjust.h \
	engine/stats/agreement.c engine/stats/agreement.h \
	engine/stats/cooccurrence.c engine/stats/cooccurrence.h \
	engine/stats/dist.c engine/stats/dist.h \
	engine/stats/diversity.c engine/stats/diversity.h \
	engine/stats/interval.c engine/stats/interval.h \
	engine/stats/keyness.c engine/stats/keyness.h \
	engine/stats/specificity.c engine/stats/specificity.h \
	engine/stats/trend.c engine/stats/trend.h
