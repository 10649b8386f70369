# SPDX-License-Identifier: Apache-2.0
libauricule_a_SOURCES += engine/index/index.h engine/index/format.h engine/index/store.c engine/index/store.h engine/index/folder.c engine/index/folder.h engine/index/environment.c engine/index/environment.h engine/index/generation.c engine/index/generation.h engine/index/records.c engine/index/records.h engine/index/write.h \
	engine/index/tables.c engine/index/writer.c engine/index/known.c engine/index/commit.c engine/index/behind.c engine/index/segment.c engine/index/segment_words.c engine/index/hits.c engine/index/retheme.c engine/index/postings.c \
	engine/index/postings.h engine/index/forward.c engine/index/forward.h engine/index/snapshot.c \
	engine/index/snap.h engine/index/snap_sessions.c engine/index/snap_words.c engine/index/snap_fields.c engine/index/snap_postings.c \
	engine/index/snap_texts.c engine/index/snap_themes.c \
	engine/index/guard.c engine/index/guard.h engine/index/pages.c engine/index/pages.h engine/index/check.h \
	engine/index/check_told.c engine/index/check.c engine/index/check_words.c engine/index/check_segments.c engine/index/compact.h engine/index/compact_step.c \
	engine/index/compact_sessions.c engine/index/compact_words.c engine/index/compact_segment.c engine/index/compact.c
