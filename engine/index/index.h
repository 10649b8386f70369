/* SPDX-License-Identifier: Apache-2.0 */
/* The index room as the rooms above see it: a writer that takes contributions, a snapshot that answers.
 *
 * THREADS: a writer belongs to one thread at a time.  A snapshot belongs to one thread at a time; any number of them may be
 * open, also while a writer writes: each sees the corpus as it was at its last commit.
 * NUMBERS: contributions, forms, fields, values, labels have numbers from 0 (values: from 1, 0 = none).  The numbers of
 * contributions grow in the order of ingestion; they hold within a generation (a compaction renumbers). */
#ifndef AUR_INDEX_INDEX_H
#define AUR_INDEX_INDEX_H
#include <stddef.h>
#include <stdint.h>
#include "auricule/plugin.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"

#define AUR_MAX_LAYERS 8u
#define AUR_MAX_FIELDS 16384u /* of a corpus */
#define AUR_NONE UINT32_MAX

/* ---- writing -------------------------------------------------------------------------------- */
typedef struct aur_writer aur_writer;

typedef struct aur_setup {
	uint32_t layer_count;
	const char *layer[AUR_MAX_LAYERS]; /* names, in the order of the pipeline */
	uint32_t default_layer;            /* that a bare word of a query is looked up in */
	const char *pipeline;              /* pipeline.xml as text: kept with the corpus */
	const char *fingerprints;          /* one line per component */
	const char *annotators;            /* the same for the annotators alone */
	size_t memory;                     /* bytes that a batch may take */
	unsigned threads;                  /* that may work on writing one; 0 and 1: the caller's alone */
} aur_setup;

typedef struct aur_new_form {
	aur_str form;
	uint32_t flags; /* AUR_TOK_PUNCT, AUR_TOK_INCLUSIVE */
	const aur_str *layer;
} aur_new_form;

typedef struct aur_hit_rec {
	uint32_t label; /* aur_writer_label */
	uint32_t first, last, polarity, flags;
	uint32_t cue_first, cue_last, scope_first, scope_last; /* AUR_NONE where there is none */
	float weight;
} aur_hit_rec;

typedef struct aur_doc_in {
	aur_str id;
	uint32_t text_len, ntok, nwords;
	const uint32_t *form;  /* ntok numbers of aur_writer_form */
	aur_str side;          /* of aur_fwd_side */
	uint32_t nfields;
	const uint32_t *field, *value; /* of aur_writer_field and aur_writer_value */
	uint32_t nhits;
	const aur_hit_rec *hit; /* by first token */
} aur_doc_in;

typedef enum aur_added { AUR_ADDED, AUR_REPLACED, AUR_UNCHANGED, AUR_DUPLICATE } aur_added;

/* Opens a corpus for writing, or makes it.  One writer across processes: AURE_LOCKED names the other.  From here on nobody else writes: what the
 * corpus says of itself, such as its pipeline, is read after this. */
aur_code aur_writer_open(const char *dir, aur_writer **out, aur_error *err);
aur_code aur_writer_begin(aur_writer *w, const aur_setup *s, aur_error *err);
/* Everything since the last commit is forgotten. */
void aur_writer_close(aur_writer *w);
/* The same, and what aur_writer_open made goes away again where nothing was committed to it. */
void aur_writer_abandon(aur_writer *w);
/* The number of a form; AUR_NONE after an error (see aur_writer_commit, which reports it). */
uint32_t aur_writer_form(aur_writer *w, const aur_new_form *f);
uint32_t aur_writer_field(aur_writer *w, aur_str name);
uint32_t aur_writer_value(aur_writer *w, uint32_t field, aur_str value);
uint32_t aur_writer_label(aur_writer *w, const aur_label *l);
/* Adds a contribution to the batch.  The same id as in an earlier run: replaced, or left alone where nothing differs; the same id
 * twice in this run: AUR_DUPLICATE, not taken.  A batch that is full stands apart, for aur_writer_write. */
aur_code aur_writer_add(aur_writer *w, const aur_doc_in *d, aur_added *how, aur_error *err);
/* Would that be AUR_DUPLICATE?  Asked before its words and values are given numbers, which would stay. */
aur_code aur_writer_met(aur_writer *w, aur_str id, int *met, aur_error *err);
/* aur_writer_met will be asked for this one soon: what it looks at is far off, and fetched meanwhile. */
void aur_writer_soon(const aur_writer *w, aur_str id);
/* Sessions and the corpus have properties, kept in the order given; a key given again is overwritten. */
void aur_writer_session(aur_writer *w, aur_str id, aur_str key, aur_str value);
void aur_writer_property(aur_writer *w, aur_str key, aur_str value);
/* What is known of the files that contributions came from: a name and what is remembered under it, in the order of writing; a later one
 * of the same name holds.  aur_writer_source_at walks what the corpus had and what was added, *at from 0 on; 0 past the last. */
void aur_writer_source(aur_writer *w, aur_str name, aur_str about);
int aur_writer_source_at(const aur_writer *w, size_t *at, aur_str *name, aur_str *about);
/* Makes the batch that stands apart durable, if there is one and no other thread does: the only call that any thread may make while another
 * one adds.  What goes wrong is told by the next aur_writer_add or aur_writer_commit; a second full batch waits for the first. */
void aur_writer_write(aur_writer *w);
/* Makes all that was added durable; a no-op when there is nothing. */
aur_code aur_writer_commit(aur_writer *w, aur_error *err);
uint64_t aur_writer_commits(const aur_writer *w);
/* Whether the theme hits that the corpus had are of the same annotators as those of this run. */
int aur_writer_same_annotators(const aur_writer *w);
/* Merges all segments into one (or a few, where one would not fit in `memory` bytes), in a new generation, leaving out what was
 * replaced.  The corpus is as before until all is done, and for readers that have it open also after.  go_on is told which part
 * is done (0 to 1) and answers 0 to stop: AURE_CANCELLED; it may be NULL. */
aur_code aur_index_compact(const char *dir, size_t memory, int (*go_on)(void *ctx, double part), void *ctx, aur_error *err);

/* ---- re-theming: all theme hits of a corpus anew, in one commit ------------------------------- */
typedef struct aur_retheming aur_retheming;
/* Opens a corpus that is there; of *s, what made the hits is used: pipeline, fingerprints, annotators.  AURE_LOCKED as above. */
aur_code aur_retheming_open(const char *dir, aur_retheming **out, aur_error *err); /* as aur_writer_open */
/* Starts, or starts again with more room where the call before failed and aur_retheming_full: then this program must have closed its
 * snapshots of the corpus. */
aur_code aur_retheming_begin(aur_retheming *r, aur_error *err);
int aur_retheming_full(const aur_retheming *r);
uint32_t aur_retheming_label(aur_retheming *r, const aur_label *l);
/* The hits of a contribution; in order of their numbers, those without hits may be left out. */
aur_code aur_retheming_doc(aur_retheming *r, uint32_t doc, const aur_hit_rec *hit, uint32_t n, aur_error *err);
aur_code aur_retheming_commit(aur_retheming *r, const aur_setup *s, aur_error *err);
void aur_retheming_close(aur_retheming *r); /* without a commit the corpus is as it was */

/* ---- reading -------------------------------------------------------------------------------- */
typedef struct aur_snapshot aur_snapshot;

aur_code aur_snapshot_open(const char *dir, aur_snapshot **out, aur_error *err);
void aur_snapshot_close(aur_snapshot *s);
/* Whether both see the same commit, so that two threads can read a half each. */
int aur_snapshot_same(const aur_snapshot *a, const aur_snapshot *b);
/* From now on the first thing that goes wrong is also kept in *met, which outlives the snapshot: calls that give a name, a count, a text by
 * its number have no other way to tell damage, and an answer that lacks something must not pass for a whole one. */
void aur_snapshot_watch(aur_snapshot *s, aur_error *met);

typedef struct aur_totals {
	uint32_t contributions, docs; /* those in use; the highest number + 1 */
	uint64_t tokens, words;       /* of those in use; words = tokens that are not punctuation */
	uint32_t forms, segments, fields, labels, deleted;
	uint32_t stale; /* contributions whose theme hits are of other annotators than « annotators » says: « auricule retheme » */
	uint64_t bytes; /* on disk */
	uint64_t commit;
} aur_totals;
void aur_snapshot_totals(aur_snapshot *s, aur_totals *t);
const char *aur_snapshot_dir(const aur_snapshot *s);
/* "pipeline", "fingerprints", "annotators", "schema": NULL when there is none.  Lives as long as the snapshot. */
const char *aur_snapshot_meta(aur_snapshot *s, const char *name);
/* A property of the corpus; n-th; 0 past the last. */
int aur_snapshot_property(aur_snapshot *s, uint32_t n, aur_str *key, aur_str *value);
/* How many files its contributions came from. */
uint32_t aur_snapshot_sources(aur_snapshot *s);

/* Sessions, in order of date then id. */
uint32_t aur_snapshot_session_count(aur_snapshot *s);
aur_str aur_snapshot_session_id(aur_snapshot *s, uint32_t i);
int aur_snapshot_session_prop(aur_snapshot *s, uint32_t i, uint32_t n, aur_str *key, aur_str *value);
aur_str aur_snapshot_session_get(aur_snapshot *s, uint32_t i, const char *key); /* len 0: none */

/* Layers and forms. */
uint32_t aur_snapshot_layers(const aur_snapshot *s);
const char *aur_snapshot_layer_name(const aur_snapshot *s, uint32_t layer);
int aur_snapshot_layer(const aur_snapshot *s, const char *name, size_t n); /* -1: none */
uint32_t aur_snapshot_default_layer(const aur_snapshot *s);
/* A form with its layers, straight from the index; lives until close.  0 when damaged. */
int aur_snapshot_form(aur_snapshot *s, uint32_t form, aur_form *out, aur_str layers[AUR_MAX_LAYERS]);
/* The same, its layers as well straight from the index. */
int aur_snapshot_form_view(aur_snapshot *s, uint32_t form, aur_form *out);
/* The same for whoever looks at each form once: nothing of it is kept; its layers live as long as `text`, of the caller. */
int aur_snapshot_form_once(aur_snapshot *s, uint32_t form, aur_form *out, aur_str layers[AUR_MAX_LAYERS], aur_arena *text);
uint32_t aur_snapshot_form_id(aur_snapshot *s, aur_str form); /* AUR_NONE: nobody wrote it */
/* The forms behind a value of a layer, as numbers, appended to *ids; counts where they are kept (docs = AUR_NONE: not). */
aur_code aur_snapshot_value_forms(aur_snapshot *s, uint32_t layer, aur_str value, aur_buf *ids, uint32_t *docs,
				  uint64_t *tokens, aur_error *err);
/* Walks the values of a layer in byte order, from `prefix` on while they start with it; fn returns 0 to stop.
 * `ids` are the forms of the value. */
typedef int (*aur_value_fn)(void *ctx, aur_str value, const uint32_t *ids, uint32_t n);
aur_code aur_snapshot_values(aur_snapshot *s, uint32_t layer, aur_str prefix, aur_value_fn fn, void *ctx, aur_error *err);

/* Fields. */
uint32_t aur_snapshot_fields(aur_snapshot *s);
aur_str aur_snapshot_field_name(aur_snapshot *s, uint32_t field);
uint32_t aur_snapshot_field(aur_snapshot *s, const char *name, size_t n); /* AUR_NONE: none */
uint32_t aur_snapshot_value(aur_snapshot *s, uint32_t field, aur_str text); /* 0: none */
aur_str aur_snapshot_value_text(aur_snapshot *s, uint32_t field, uint32_t value);
uint32_t aur_snapshot_value_count(aur_snapshot *s, uint32_t field);        /* values are 1 … count */

/* Segments: contributions [base, base + n). */
typedef struct aur_seg_info {
	uint32_t base, n;
	uint64_t tokens, words;
	const uint8_t *deleted; /* bits; NULL: none */
} aur_seg_info;
uint32_t aur_snapshot_segs(const aur_snapshot *s);
const aur_seg_info *aur_snapshot_seg(const aur_snapshot *s, uint32_t seg);
static inline int aur_seg_is_deleted(const aur_seg_info *g, uint32_t local)
{
	return g->deleted && (g->deleted[local >> 3] >> (local & 7) & 1);
}
/* The value numbers of a field: width 1, 2 or 4 bytes, little-endian; NULL: no contribution here has it. */
typedef struct aur_column {
	const uint8_t *p;
	unsigned width;
} aur_column;
aur_code aur_snapshot_column(aur_snapshot *s, uint32_t seg, uint32_t field, aur_column *out, aur_error *err);
/* left[v] is 1 where a contribution that was not replaced has the value v; room for 0 and for each of the field. */
aur_code aur_snapshot_values_left(aur_snapshot *s, uint32_t field, uint8_t *left, aur_error *err);
static inline uint32_t aur_column_at(aur_column c, uint32_t i)
{
	if (!c.p)
		return 0;
	if (c.width == 1)
		return c.p[i];
	if (c.width == 2)
		return (uint32_t)(c.p[2 * (size_t)i] | c.p[2 * (size_t)i + 1] << 8);
	const uint8_t *b = c.p + 4 * (size_t)i;
	return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}
/* The value of one contribution in a field; 0: none, or it cannot be read. */
uint32_t aur_snapshot_doc_value(aur_snapshot *s, uint32_t doc, uint32_t field);
/* Words per contribution, u16 little-endian, 65535 = that or more (the record says). */
const uint8_t *aur_snapshot_lengths(aur_snapshot *s, uint32_t seg);

/* Postings of a form in a segment (index/postings.h reads them); NULL in *list: it does not occur there. */
aur_code aur_snapshot_postings(aur_snapshot *s, uint32_t seg, uint32_t form, const uint8_t **list, aur_error *err);
/* A hint that they will be asked for: where that is known, they are fetched meanwhile. */
void aur_snapshot_postings_ahead(const aur_snapshot *s, uint32_t seg, uint32_t form);
/* Occurrences of a form in a segment, in what was replaced since as well. */
aur_code aur_snapshot_form_tokens(aur_snapshot *s, uint32_t seg, uint32_t form, uint64_t *tokens, aur_error *err);
/* The forms of a segment, by number; n of them, through aur_seg_form_at. */
uint32_t aur_snapshot_seg_forms(aur_snapshot *s, uint32_t seg);
uint32_t aur_snapshot_seg_form_at(aur_snapshot *s, uint32_t seg, uint32_t i);
/* Occurrences of each form in what was replaced, added to n[form]; and those of each form that are left, added as well. */
aur_code aur_snapshot_gone_tokens(aur_snapshot *s, uint64_t *n, aur_error *err);
aur_code aur_snapshot_all_tokens(aur_snapshot *s, uint64_t *n, aur_error *err);

/* A contribution.  Everything lives until the next call with the same struct. Zero it to start. */
typedef struct aur_doc {
	uint32_t no, ntok, nwords;
	aur_str id, text;
	uint32_t *form, *start, *end; /* bytes in text */
	uint8_t *flags;               /* AUR_TOK_* */
	/* private */
	aur_buf b_text, b_form, b_start, b_end, b_flags;
} aur_doc;
aur_code aur_snapshot_doc(aur_snapshot *s, uint32_t doc, aur_doc *d, aur_error *err);
/* Form numbers alone, for re-theming and windows; then, of the flags of the same contribution, AUR_TOK_SENTENCE_END. */
aur_code aur_snapshot_doc_forms(aur_snapshot *s, uint32_t doc, aur_doc *d, aur_error *err);
aur_code aur_snapshot_doc_sentences(aur_snapshot *s, uint32_t doc, aur_doc *d, aur_error *err);
/* Equal texts have equal hashes (within one corpus, until it is compacted); 0 when it cannot be read. */
uint64_t aur_snapshot_text_hash(aur_snapshot *s, uint32_t doc);
void aur_doc_free(aur_doc *d);
uint32_t aur_snapshot_find(aur_snapshot *s, aur_str id); /* AUR_NONE: no such contribution */

/* Theme hits. */
uint32_t aur_snapshot_labels(aur_snapshot *s);
int aur_snapshot_label(aur_snapshot *s, uint32_t label, aur_label *out);
uint32_t aur_snapshot_themes(aur_snapshot *s); /* every theme, and every part before a dot, sorted */
aur_str aur_snapshot_theme(aur_snapshot *s, uint32_t theme);
uint32_t aur_snapshot_theme_of(aur_snapshot *s, const char *name, size_t n); /* AUR_NONE: none */
uint32_t aur_snapshot_label_theme(aur_snapshot *s, uint32_t label);
int aur_snapshot_theme_within(aur_snapshot *s, uint32_t theme, uint32_t ancestor);
/* The hits of one contribution, appended to *out as aur_hit_rec. */
aur_code aur_snapshot_hits(aur_snapshot *s, uint32_t doc, aur_buf *out, aur_error *err);
/* Contributions of a segment with a hit of exactly this theme (not of its children), as local numbers appended to *out
 * (uint32_t, sorted); polarity 0 to 2, or 3 for any. */
aur_code aur_snapshot_theme_docs(aur_snapshot *s, uint32_t seg, uint32_t theme, unsigned polarity, aur_buf *out,
				 aur_error *err);

/* ---- checking ------------------------------------------------------------------------------- */
/* Reads every record, its checksum and what it refers to; say() gets one sentence per fault and per step (fault = 0). Returns the
 * number of faults. */
uint64_t aur_index_check(const char *dir, void (*say)(void *ctx, int fault, const char *msg), void *ctx, aur_error *err);
#endif
