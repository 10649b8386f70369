/* SPDX-License-Identifier: Apache-2.0 */
/* The index, as other rooms see it: a writer that takes contributions, and a snapshot that answers.
 *
 * THREADS: a writer belongs to one thread at a time, except for aur_writer_write.  A snapshot belongs to one thread at a time; any
 * number of snapshots may be open, also while a writer writes: each sees the corpus as it was at one commit.
 * NUMBERS: contributions, forms, fields, values and labels are numbered from 0 (values from 1; 0 = none).  Numbers of contributions
 * increase in the order of ingestion; they are valid within a generation (compaction renumbers). */
#ifndef AUR_INDEX_INDEX_H
#define AUR_INDEX_INDEX_H
#include <stddef.h>
#include <stdint.h>
#include "auricule/plugin.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"

#define AUR_MAX_LAYERS 8u
#define AUR_MAX_FIELDS 16384u /* per corpus */
#define AUR_NONE UINT32_MAX

/* ---- writing -------------------------------------------------------------------------------- */
typedef struct aur_writer aur_writer;

typedef struct aur_setup {
	uint32_t layer_count;
	const char *layer[AUR_MAX_LAYERS]; /* names, in the order of the pipeline */
	uint32_t default_layer;            /* the layer in which a bare word of a query is looked up */
	const char *pipeline;              /* text of pipeline.xml, stored in the corpus */
	const char *fingerprints;          /* one line per component */
	const char *annotators;            /* the same for the annotators alone */
	size_t memory;                     /* bytes for a batch */
	unsigned threads;                  /* threads that may work on writing a batch; 0 or 1: only the caller's */
} aur_setup;

typedef struct aur_new_form {
	aur_str form;
	uint32_t flags; /* AUR_TOK_PUNCT, AUR_TOK_INCLUSIVE; layer: one value per layer */
	const aur_str *layer;
	int first; /* this run has not given it before: it is looked for only in what earlier runs left */
} aur_new_form;

typedef struct aur_hit_rec {
	uint32_t label; /* aur_writer_label */
	uint32_t first, last, polarity, flags;
	uint32_t cue_first, cue_last, scope_first, scope_last; /* AUR_NONE: there is none */
	float weight;
} aur_hit_rec;

typedef struct aur_doc_in {
	aur_str id;
	uint32_t text_len, ntok, nwords;
	const uint32_t *form;  /* ntok numbers from aur_writer_form */
	aur_str side;          /* from aur_fwd_side */
	uint32_t nfields;
	const uint32_t *field, *value; /* numbers from aur_writer_field and aur_writer_value */
	uint32_t nhits;
	const aur_hit_rec *hit; /* sorted by first token */
} aur_doc_in;

typedef enum aur_added { AUR_ADDED, AUR_REPLACED, AUR_UNCHANGED, AUR_DUPLICATE } aur_added;

/* Opens a corpus for writing, or makes it.  There is one writer across processes: if there is another, AURE_LOCKED,
 * with a message that names it.  Read properties of the corpus, such as its pipeline, only after this: until then
 * another writer may change them. */
aur_code aur_writer_open(const char *dir, aur_writer **out, aur_error *err);
/* Starts a run.  AURE_CONFIG if the corpus has other layers than *s, which need not outlive the call. */
aur_code aur_writer_begin(aur_writer *w, const aur_setup *s, aur_error *err);
/* Frees the writer; what was added since the last commit is lost. */
void aur_writer_close(aur_writer *w);
/* As aur_writer_close; also removes what aur_writer_open created, if nothing was committed. */
void aur_writer_abandon(aur_writer *w);
/* The number of a form, field, value or label, which is added if it is new.  After an error, which aur_writer_commit
 * reports, the number means nothing: it is AUR_NONE, or that of another one. */
uint32_t aur_writer_form(aur_writer *w, const aur_new_form *f);
uint32_t aur_writer_field(aur_writer *w, aur_str name);
uint32_t aur_writer_value(aur_writer *w, uint32_t field, aur_str value);
void aur_writer_value_soon(const aur_writer *w, uint32_t field, aur_str value); /* prefetches where this value is looked up */
uint32_t aur_writer_label(aur_writer *w, const aur_label *l);
/* Adds a contribution to the batch.  The same id as in an earlier run: it is replaced, or left alone if nothing differs.  The same
 * id twice in this run: AUR_DUPLICATE, and it is not taken.  A full batch is set aside for aur_writer_write. */
aur_code aur_writer_add(aur_writer *w, const aur_doc_in *d, aur_added *how, aur_error *err);
/* Would adding this id give AUR_DUPLICATE?  Ask before numbering its words and values, as new numbers stay in the
 * corpus. */
aur_code aur_writer_met(aur_writer *w, aur_str id, int *met, aur_error *err);
/* A hint that aur_writer_met will be called with this id, so that memory can be prefetched. */
void aur_writer_soon(const aur_writer *w, aur_str id);
/* Sessions and the corpus have properties, kept in the order given; a key given again is overwritten. */
void aur_writer_session(aur_writer *w, aur_str id, aur_str key, aur_str value);
void aur_writer_property(aur_writer *w, aur_str key, aur_str value);
/* Stores what is known of a file that contributions came from, under a name, in order; a later one with the same name replaces it.
 * aur_writer_source_at iterates over what the corpus had and what was added; *at must be 0 for the first; returns 0 after the last. */
void aur_writer_source(aur_writer *w, aur_str name, aur_str about);
int aur_writer_source_at(const aur_writer *w, size_t *at, aur_str *name, aur_str *about);
/* Makes the batch that was set aside durable, if there is one and no other thread is doing so.  This is the only function that may
 * be called while another thread adds.  Errors are reported by the next aur_writer_add or aur_writer_commit.  A second full batch
 * waits for the first. */
void aur_writer_write(aur_writer *w);
/* Makes everything that was added durable; does nothing if there is nothing. */
aur_code aur_writer_commit(aur_writer *w, aur_error *err);
uint64_t aur_writer_commits(const aur_writer *w);
/* Merges all segments into one (or a few, if one would not fit into `memory` bytes) in a new generation, without what was replaced.
 * The corpus is unchanged until everything is done, and stays so for readers that have it open. */
typedef struct aur_snapshot aur_snapshot;
typedef struct aur_compaction {
	size_t memory;
	/* Is told the fraction that is done (0 to 1), and returns 0 to stop: AURE_CANCELLED.  May be NULL. */
	int (*go_on)(void *ctx, double part);
	/* Sets the bits of contributions to leave out as well, by their numbers in `s`, when no other writer can change the corpus any more.
	 * May be NULL.  Words, values, ids and sessions that only they had are gone afterwards, what only they said of a session too, and so
	 * are the samples of texts by which copies of files are recognised. */
	aur_code (*leave_out)(void *ctx, aur_snapshot *s, uint8_t *bits, aur_error *err);
	void *ctx;
} aur_compaction;
aur_code aur_index_compact(const char *dir, const aur_compaction *how, aur_error *err);

/* ---- re-theming: replaces all theme hits of a corpus in one commit ---------------------------------- */
typedef struct aur_retheming aur_retheming;
/* Opens an existing corpus.  AURE_LOCKED as for aur_writer_open. */
aur_code aur_retheming_open(const char *dir, aur_retheming **out, aur_error *err);
/* Starts; or starts again with more room, if a call before failed and aur_retheming_full is true.  Close all
 * snapshots of the corpus in this process before. */
aur_code aur_retheming_begin(aur_retheming *r, aur_error *err);
int aur_retheming_full(const aur_retheming *r);
uint32_t aur_retheming_label(aur_retheming *r, const aur_label *l);
/* Sets the hits of a contribution.  Must be called in order of doc; contributions without hits may be skipped. */
aur_code aur_retheming_doc(aur_retheming *r, uint32_t doc, const aur_hit_rec *hit, uint32_t n, aur_error *err);
/* Of *s, only pipeline, fingerprints and annotators are used: what made the hits. */
aur_code aur_retheming_commit(aur_retheming *r, const aur_setup *s, aur_error *err);
void aur_retheming_close(aur_retheming *r); /* without a commit the corpus is as it was */

/* ---- reading -------------------------------------------------------------------------------- */

aur_code aur_snapshot_open(const char *dir, aur_snapshot **out, aur_error *err);
int aur_is_corpus(const char *dir); /* does the folder look like one?  For messages */
void aur_snapshot_close(aur_snapshot *s);
/* Do both see the same commit?  Then two threads can share the reading. */
int aur_snapshot_same(const aur_snapshot *a, const aur_snapshot *b);
/* From now on the first error is also stored in *met, which must outlive the snapshot.  Calls that return a name, a
 * count or a text by its number have no other way to report damage, and an incomplete answer must not pass for a
 * complete one. */
void aur_snapshot_watch(aur_snapshot *s, aur_error *met);

typedef struct aur_totals {
	uint32_t contributions, docs; /* contributions in use; highest number + 1 */
	uint64_t tokens, words;       /* of contributions in use; words are tokens that are not punctuation */
	uint32_t forms, segments, fields, labels, deleted;
	uint32_t stale; /* see aur_snapshot_stale */
	uint64_t bytes; /* on disk */
	uint64_t commit;
} aur_totals;
void aur_snapshot_totals(aur_snapshot *s, aur_totals *t);
/* The number of contributions in use whose hits are from other annotators than « annotators » names; « auricule retheme » updates
 * them. */
uint32_t aur_snapshot_stale(aur_snapshot *s);
const char *aur_snapshot_dir(const aur_snapshot *s);
/* "pipeline", "fingerprints", "annotators" or "schema"; NULL if there is none.  Valid as long as the snapshot; so
 * must `name` be. */
const char *aur_snapshot_meta(aur_snapshot *s, const char *name);
/* The n-th property of the corpus; returns 0 after the last. */
int aur_snapshot_property(aur_snapshot *s, uint32_t n, aur_str *key, aur_str *value);
/* The number of files that its contributions came from. */
uint32_t aur_snapshot_sources(aur_snapshot *s);

/* Sessions, sorted by date, then id.  They are loaded when their number is first asked for, which must come before the others. */
uint32_t aur_snapshot_session_count(aur_snapshot *s);
aur_str aur_snapshot_session_id(aur_snapshot *s, uint32_t i);
int aur_snapshot_session_prop(aur_snapshot *s, uint32_t i, uint32_t n, aur_str *key, aur_str *value);
aur_str aur_snapshot_session_get(aur_snapshot *s, uint32_t i, const char *key); /* len 0: none */

/* Layers and forms. */
uint32_t aur_snapshot_layers(const aur_snapshot *s);
const char *aur_snapshot_layer_name(const aur_snapshot *s, uint32_t layer);
int aur_snapshot_layer(const aur_snapshot *s, const char *name, size_t n); /* -1: none */
uint32_t aur_snapshot_default_layer(const aur_snapshot *s);
/* A form with its layers, pointing into the index; valid until close.  Returns 0 if it is damaged. */
int aur_snapshot_form(aur_snapshot *s, uint32_t form, aur_form *out, aur_str layers[AUR_MAX_LAYERS]);
/* The same, with its layers also pointing into the index. */
int aur_snapshot_form_view(aur_snapshot *s, uint32_t form, aur_form *out);
/* The same for a caller that reads each form once: nothing is cached; the layers live in `text`, the caller's arena. */
int aur_snapshot_form_once(aur_snapshot *s, uint32_t form, aur_form *out, aur_str layers[AUR_MAX_LAYERS], aur_arena *text);
uint32_t aur_snapshot_form_id(aur_snapshot *s, aur_str form); /* AUR_NONE: it does not occur */
/* Appends the numbers of the forms with a value on a layer to *ids; also their counts, if the index stores them (docs = AUR_NONE:
 * it does not). */
aur_code aur_snapshot_value_forms(aur_snapshot *s, uint32_t layer, aur_str value, aur_buf *ids, uint32_t *docs,
				  uint64_t *tokens, aur_error *err);
/* Calls fn for the values of a layer that begin with `prefix` (of which only the first KEY_MAX_BYTES - 24 bytes are
 * compared), in byte order, until fn returns 0.  ids: the forms of a value.  value and ids are valid during the
 * call. */
typedef int (*aur_value_fn)(void *ctx, aur_str value, const uint32_t *ids, uint32_t n);
aur_code aur_snapshot_values(aur_snapshot *s, uint32_t layer, aur_str prefix, aur_value_fn fn, void *ctx, aur_error *err);

/* Fields. */
uint32_t aur_snapshot_fields(aur_snapshot *s);
aur_str aur_snapshot_field_name(aur_snapshot *s, uint32_t field);
uint32_t aur_snapshot_field(aur_snapshot *s, const char *name, size_t n); /* AUR_NONE: none */
uint32_t aur_snapshot_value(aur_snapshot *s, uint32_t field, aur_str text); /* 0: none */
aur_str aur_snapshot_value_text(aur_snapshot *s, uint32_t field, uint32_t value);
uint32_t aur_snapshot_value_count(aur_snapshot *s, uint32_t field);        /* values are numbered 1 to count */

/* Segments: contributions [base, base + n). */
typedef struct aur_seg_info {
	uint32_t base, n;
	uint64_t tokens, words;
	const uint8_t *deleted; /* a bit per contribution; NULL: none is deleted */
} aur_seg_info;
uint32_t aur_snapshot_segs(const aur_snapshot *s);
const aur_seg_info *aur_snapshot_seg(const aur_snapshot *s, uint32_t seg);
static inline int aur_seg_is_deleted(const aur_seg_info *g, uint32_t local)
{
	return g->deleted && (g->deleted[local >> 3] >> (local & 7) & 1);
}
/* The value numbers of a field: little-endian, width 1, 2 or 4 bytes; p NULL: no contribution of the segment has it. */
typedef struct aur_column {
	const uint8_t *p;
	unsigned width;
} aur_column;
aur_code aur_snapshot_column(aur_snapshot *s, uint32_t seg, uint32_t field, aur_column *out, aur_error *err);
/* Sets left[v] to 1 for each value v that some contribution in use has, else to 0; `left` needs count + 1 entries. */
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
/* The value of a contribution in a field; 0: it has none, or it cannot be read. */
uint32_t aur_snapshot_doc_value(aur_snapshot *s, uint32_t doc, uint32_t field);
/* Words per contribution, as little-endian u16; 65535 means that or more (see the record).  NULL: they cannot be read. */
const uint8_t *aur_snapshot_lengths(aur_snapshot *s, uint32_t seg);

/* The postings of a form in a segment, to be read with index/postings.h; *list is NULL if it does not occur there. */
aur_code aur_snapshot_postings(aur_snapshot *s, uint32_t seg, uint32_t form, const uint8_t **list, aur_error *err);
/* A hint that these postings will be needed, so that they can be prefetched. */
void aur_snapshot_postings_ahead(const aur_snapshot *s, uint32_t seg, uint32_t form);
/* Occurrences of a form in a segment, including contributions that were replaced. */
aur_code aur_snapshot_form_tokens(aur_snapshot *s, uint32_t seg, uint32_t form, uint64_t *tokens, aur_error *err);
/* The forms that occur in a segment: how many there are, which must be asked first; and the i-th by number. */
aur_code aur_snapshot_seg_forms(aur_snapshot *s, uint32_t seg, uint32_t *n, aur_error *err);
uint32_t aur_snapshot_seg_form_at(aur_snapshot *s, uint32_t seg, uint32_t i);
/* The postings of that form, valid until the next call; cheap if they are asked for in order. */
aur_code aur_snapshot_seg_postings(aur_snapshot *s, uint32_t seg, uint32_t i, const uint8_t **list, aur_error *err);
/* gone: adds to n[form] the occurrences of each form in contributions that were replaced; all: those in contributions in use. */
aur_code aur_snapshot_gone_tokens(aur_snapshot *s, uint64_t *n, aur_error *err);
aur_code aur_snapshot_all_tokens(aur_snapshot *s, uint64_t *n, aur_error *err);

/* From now on contributions are read in order, each once: what is given of one (also by _doc_id) is valid until the next. */
void aur_snapshot_pass(aur_snapshot *s);
/* A contribution.  Its content is valid until the next call with the same struct.  Initialise with zeros. */
typedef struct aur_doc {
	uint32_t no, ntok, nwords;
	aur_str id, text;
	uint32_t *form, *start, *end; /* start, end: bytes in text */
	uint8_t *flags;               /* AUR_TOK_* */
	/* private */
	aur_buf b_text, b_form, b_start, b_end, b_flags;
	const uint8_t *side, *side_end; /* what its record holds beside the forms */
} aur_doc;
aur_code aur_snapshot_doc(aur_snapshot *s, uint32_t doc, aur_doc *d, aur_error *err);
/* Only its id, which lives as long as the snapshot. */
aur_code aur_snapshot_doc_id(aur_snapshot *s, uint32_t doc, aur_str *id, aur_error *err);
/* _doc_forms gives only the form numbers, for re-theming and windows; _doc_sentences then adds the flag AUR_TOK_SENTENCE_END. */
aur_code aur_snapshot_doc_forms(aur_snapshot *s, uint32_t doc, aur_doc *d, aur_error *err);
aur_code aur_snapshot_doc_sentences(const aur_snapshot *s, aur_doc *d, aur_error *err);
/* Equal texts have equal hashes (within one corpus, until it is compacted); 0 if it cannot be read. */
uint64_t aur_snapshot_text_hash(aur_snapshot *s, uint32_t doc);
void aur_doc_free(aur_doc *d);
uint32_t aur_snapshot_find(aur_snapshot *s, aur_str id); /* AUR_NONE: no such contribution */

/* Theme hits. */
uint32_t aur_snapshot_labels(aur_snapshot *s);
int aur_snapshot_label(aur_snapshot *s, uint32_t label, aur_label *out);
uint32_t aur_snapshot_themes(aur_snapshot *s); /* the number of themes; each theme and each part before a dot, sorted */
aur_str aur_snapshot_theme(aur_snapshot *s, uint32_t theme);
uint32_t aur_snapshot_theme_of(aur_snapshot *s, const char *name, size_t n); /* AUR_NONE: none */
uint32_t aur_snapshot_label_theme(aur_snapshot *s, uint32_t label);
int aur_snapshot_theme_within(aur_snapshot *s, uint32_t theme, uint32_t ancestor);
/* Appends the hits of a contribution to *out, as aur_hit_rec, sorted by first token. */
aur_code aur_snapshot_hits(aur_snapshot *s, uint32_t doc, aur_buf *out, aur_error *err);
/* Appends to *out the contributions of a segment with a hit of exactly this theme (not of those below it), as local numbers
 * (uint32_t, sorted); polarity 0 to 2, or 3 for any. */
aur_code aur_snapshot_theme_docs(aur_snapshot *s, uint32_t seg, uint32_t theme, unsigned polarity, aur_buf *out,
				 aur_error *err);

/* ---- checking ------------------------------------------------------------------------------- */
/* Reads every record, with its checksum and what it refers to; say() gets one sentence per fault, and per step (fault = 0).
 * Returns the number of faults. */
uint64_t aur_index_check(const char *dir, void (*say)(void *ctx, int fault, const char *msg), void *ctx, aur_error *err);
#endif
