# SPDX-License-Identifier: Apache-2.0
libauricule_a_SOURCES += engine/pipeline/chain.c engine/pipeline/chain.h engine/pipeline/pipeline_file.c engine/pipeline/pipeline_file.h engine/pipeline/services.c engine/pipeline/services.h engine/pipeline/serves.h engine/pipeline/analysis.h engine/pipeline/again.h engine/pipeline/answers.h engine/pipeline/near.c engine/pipeline/analyst.c engine/pipeline/analyst.h \
	engine/pipeline/annotate.c engine/pipeline/again.c engine/pipeline/retheme.c engine/pipeline/retheme.h \
	engine/pipeline/vocab.c engine/pipeline/vocab.h \
	engine/pipeline/chunk.h engine/pipeline/sink.c engine/pipeline/intake.c engine/pipeline/intake.h engine/pipeline/flow.c engine/pipeline/flow.h engine/pipeline/ingest.c engine/pipeline/ingest.h engine/pipeline/fields.c engine/pipeline/fields.h engine/pipeline/renamed.c engine/pipeline/renamed.h engine/pipeline/twice.c engine/pipeline/twice.h \
	engine/pipeline/whole.c engine/pipeline/whole.h \
	engine/pipeline/sessions.c engine/pipeline/sessions.h \
	engine/pipeline/readings.c engine/pipeline/readings.h engine/pipeline/sources.c engine/pipeline/sources.h \
	engine/pipeline/alike.c engine/pipeline/alike.h engine/pipeline/shape.c engine/pipeline/shape.h \
	engine/pipeline/export.c engine/pipeline/export.h
