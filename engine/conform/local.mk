# SPDX-License-Identifier: Apache-2.0
libauricule_a_SOURCES += engine/conform/conform.h engine/conform/check.c engine/conform/box.c engine/conform/box.h engine/conform/box_inside.c engine/conform/board.h \
	engine/conform/lent.c engine/conform/lent.h engine/conform/desk.c engine/conform/desk.h engine/conform/passage.c \
	engine/conform/random.h engine/conform/samples.c engine/conform/trials.c engine/conform/trials.h engine/conform/guard.c engine/conform/guard.h \
	engine/conform/symbols.c engine/conform/symbols.h engine/conform/kind_reader.c engine/conform/kind_tokenizer.c \
	engine/conform/kind_layer.c engine/conform/kind_annotator.c engine/conform/kind_exporter.c
