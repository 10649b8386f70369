/* SPDX-License-Identifier: Apache-2.0 */
/* auricule/plugin.h - the contract between auricule (the host) and a plugin.  C11, also valid C++11.
 *
 * This is the only header that a plugin must include; optional services are declared in auricule/ext.h.  A plugin links
 * to NOTHING of auricule: it reaches every service through `aur_host`.
 *
 * THREADS.  Every function is marked with one of:
 *   [main]    Called by one thread at a time, and never while a [worker] call of the same component runs.
 *   [worker]  Called by many threads at once, but a given worker pointer is used by one thread at a time.
 *   [any]     Thread-safe.
 *
 * STRINGS are UTF-8 with an explicit length (aur_str).  Never assume a terminating NUL.  Only a `const char *` is
 * NUL-terminated.  Where len is 0, ptr may be NULL.
 *
 * OFFSETS are byte offsets into the text as the reader gave it.  Spans are half-open: [start,end).
 *
 * TOKEN INDEXES count from 0.  Token ranges include both ends: [first,last].
 *
 * OWNERSHIP.  Neither side frees what the other side allocated.  What a plugin hands to the host is copied during the
 * call.  What the host hands to a plugin is valid until the call returns, unless stated otherwise.  The aur_host given
 * to open() is the one given to all later calls of that component; it is valid until close().
 *
 * PROCESS.  The process belongs to the host.  A plugin must not print anything, and must not terminate the process or
 * one of its threads.  It starts programs with posix_spawn, not with fork().  It must not change the locale, the
 * working directory, or the handling of SIGINT, SIGTERM and SIGPIPE.
 *
 * FAULTS.  A violation of this contract is reported with the name of the component, and its data is not accepted.  In a
 * tokenizer, a layer or an annotator it ends the run.  In a reader, the contribution is refused, or the rest of its
 * file (AUR_E_BUG).
 *
 * EVOLUTION.  Structs grow only at their end; `size` is the size that their writer knew.  Test with AUR_HAS(type, ptr,
 * member) before reading a member newer than minor 0.  The structs that a call fills in for its caller (aur_form,
 * aur_hit, aur_label) never grow, because the callee cannot know how much room there is.  Anything bigger is an
 * extension ("auricule.NAME/REV") reached through query().  Only a new major version changes the meaning of something,
 * and it gets a new symbol. */
#ifndef AURICULE_PLUGIN_H
#define AURICULE_PLUGIN_H
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define AUR_ABI_MAJOR 1u
#define AUR_ABI_MINOR 1u /* the newest minor version that this header describes */
#define AUR_HAS(type, p, member) ((p)->size >= offsetof(type, member) + sizeof((p)->member))

/* 0: success.  Above 0: success, with a remark.  Below 0: failure; give the reason through host->fail(). */
typedef int32_t aur_status;
enum {
	AUR_OK = 0,
	AUR_END = 1,     /* a reader has nothing more */
	AUR_REFUSED = 2, /* a reader refused one contribution (see host->refuse) and can go on */
	AUR_E_NOMEM = -1,
	AUR_E_CONFIG = -2,      /* a setting, a lexicon or a data file is wrong */
	AUR_E_IO = -3,          /* the system refused a read or a write */
	AUR_E_DATA = -4,        /* the input is broken from this point on */
	AUR_E_CANCELLED = -5,   /* host->cancelled() returned 1; if it did not, this is a failure like any other */
	AUR_E_UNSUPPORTED = -6, /* this component does not do what was asked */
	AUR_E_BUG = -7          /* this contract was violated */
};

typedef uint32_t aur_kind;
enum { AUR_READER = 1, AUR_TOKENIZER = 2, AUR_LAYER = 3, AUR_ANNOTATOR = 4, AUR_EXPORTER = 5 };

typedef int32_t aur_level;
enum { AUR_LOG_DEBUG = 0, AUR_LOG_INFO = 1, AUR_LOG_WARN = 2, AUR_LOG_ERROR = 3 };

typedef struct aur_str {
	const char *ptr;
	size_t len; /* in bytes */
} aur_str;      /* borrowed; this struct never changes */

/* Opaque; owned by the engine. */
typedef struct aur_config aur_config;         /* the settings of one component */
typedef struct aur_source aur_source;         /* the file that a reader reads */
typedef struct aur_record_sink aur_record_sink; /* receives the sessions and contributions of a reader */
typedef struct aur_token_sink aur_token_sink; /* receives the tokens of a tokenizer */
typedef struct aur_hit_sink aur_hit_sink;     /* receives the hits of an annotator */
typedef struct aur_out aur_out;               /* receives the bytes of an exporter */

/* ---- a token ------------------------------------------------------------------------------- */
enum {
	AUR_TOK_SENTENCE_END = 1u, /* the last token of a sentence */
	AUR_TOK_PUNCT = 2u,        /* punctuation or symbol: indexed, but not counted as a word; a form always is, or never */
	AUR_TOK_INCLUSIVE = 4u     /* inclusive writing: allocataire·s */
};
typedef struct aur_token {
	uint32_t size;
	uint32_t start, end; /* Span in the text: not empty, starts at or after the end of the token before it, and lies
	                      * on character boundaries. */
	uint32_t flags;      /* AUR_TOK_* */
	aur_str form;        /* The form to index: as written (case and accents kept), in NFC, with the typewriter
	                      * apostrophe ' .  ptr == NULL: the text of the span is the form. */
} aur_token;

/* ---- a form with its layers ----------------------------------------------------------------- */
typedef struct aur_form {
	uint32_t size;
	uint32_t layer_count;
	aur_str form;
	const aur_str *layers; /* indexed by host->layer_index(); len 0: the form has no value on that layer */
	uint32_t flags;        /* AUR_TOK_PUNCT if the tokenizer sets it on the tokens of this form; where they differ, the first counts */
} aur_form;

/* ---- what an annotator finds ---------------------------------------------------------------- */
typedef int32_t aur_polarity;
enum { AUR_ASSERTED = 0, AUR_NEGATED = 1, AUR_CONDITIONAL = 2 };
#define AUR_NO_TOKEN UINT32_MAX

/* One pattern of an annotator.  It is described once (see aur_annotator_ops.label) and then referred to by its
 * number. */
typedef struct aur_label {
	uint32_t size;
	aur_str theme;   /* "sanctions" or "sanctions.radiation": [a-z0-9-], parts joined by a dot */
	aur_str entry;   /* what lets a person recognise the entry that matched: its id or its pattern */
	aur_str lexicon; /* the name of the lexicon that holds the entry; may be empty */
	aur_str version; /* of that lexicon; may be empty */
} aur_label;

enum {
	AUR_HIT_FIXED_POLARITY = 1u, /* The entry sets the polarity itself: no later annotator may change it. */
	AUR_HIT_LACK_COUNTS = 2u,    /* The lack of the thing belongs to the theme too (« pas de bus » is about
	                              * mobility).  The hit is negated only where the text says that the thing does not
	                              * matter (« aucun problème de bus »). */
	AUR_HIT_LOOSE = 4u,          /* The pattern did not ask for a negation that stands between the first and the
	                              * last token of the hit: the « pas » of « regardé pas de travers », matched by the
	                              * pattern « regardé … de travers ». */
	AUR_HIT_LEANS = 8u           /* Its weight alone does not suffice: it counts because of other hits of its
	                              * theme. */
};
typedef struct aur_hit {
	uint32_t size;
	uint32_t label;                  /* the number of an aur_label of this component */
	uint32_t first_token, last_token; /* both included */
	aur_polarity polarity;
	uint32_t flags;                  /* AUR_HIT_* */
	float weight;                    /* 0 to 1 */
	uint32_t cue_first, cue_last;     /* tokens of the word that negates; AUR_NO_TOKEN: none */
	uint32_t scope_first, scope_last; /* tokens that this word governs; AUR_NO_TOKEN: none */
} aur_hit;

/* A contribution as an annotator or an exporter sees it.  The arrays have token_count elements. */
typedef struct aur_view {
	uint32_t size;
	uint32_t token_count;
	aur_str text;
	const uint32_t *start, *end; /* byte spans in text */
	const uint32_t *flags;       /* AUR_TOK_* */
	const uint32_t *form;        /* A number per distinct form.  It is stable for this worker from worker_new() to
	                              * worker_free(), so a plugin may index a cache of its own by it. */
	const uint32_t *number;      /* What classify() of this annotator returned for the form.  All 1 if it has no
	                              * classify().  NULL for an exporter. */
	uint32_t hit_count;          /* hits of the annotators before this one; see host->hit_at */
	aur_str id;                  /* of the contribution */
	void *priv;                  /* for the engine */
} aur_view;

/* ---- what the host offers ------------------------------------------------------------------- */
typedef struct aur_host aur_host;
struct aur_host {
	uint32_t size, abi_minor; /* what this engine provides */
	void *priv;               /* for the engine */

	/* Returns an extension of the host, or NULL.  [any] */
	const void *(*query)(const aur_host *h, const char *ext_id);
	/* Shows one line to the user; no newline at its end.  [any] */
	void (*log)(const aur_host *h, aur_level lvl, const char *msg);
	/* Records why a call fails, and returns `code`, so that a plugin can write `return h->fail(...)`.  It prints
	 * nothing.  If the call then goes on and succeeds, the message is lost; use log, note or refuse for a message
	 * that does not mean failure.  msg: one clear sentence that says what failed, where, and what to do.  [any] */
	aur_status (*fail)(const aur_host *h, aur_status code, const char *msg);
	/* Like fail, for a place in a file.  line and column count from 1, column in characters; 0: unknown.  [any] */
	aur_status (*fail_at)(const aur_host *h, aur_status code, const char *file, uint32_t line,
	                      uint32_t column, const char *msg);
	/* Returns 1 when the work should stop.  Call it at least every 10 ms of work.  [any] */
	int (*cancelled)(const aur_host *h);

	/* Settings.  If the key is absent, `dflt` itself is returned.  Strings are valid until close().  [main] */
	const char *(*conf_str)(const aur_host *h, const aur_config *c, const char *key, const char *dflt);
	int64_t (*conf_int)(const aur_host *h, const aur_config *c, const char *key, int64_t dflt);
	/* Returns the n-th value (from 0) of a key that is given several times, or NULL.  [main] */
	const char *(*conf_nth)(const aur_host *h, const aur_config *c, const char *key, uint32_t n);
	/* Returns the path of a data file (a lexicon) found on the search path, or NULL.  Valid until close().
	 * [main] */
	const char *(*find_data)(const aur_host *h, const char *name);
	/* Returns the index of a layer in aur_form.layers, or -1 if the pipeline has no such layer.  [any] */
	int32_t (*layer_index)(const aur_host *h, const char *layer);

	/* -- readers -- */
	/* Reads up to `max` bytes and returns how many.  0: end of file.  Below 0: AUR_E_IO, or AUR_E_CANCELLED when the
	 * work should stop; already reported.  [main] */
	int64_t (*read)(const aur_host *h, aur_source *s, void *buf, size_t max);
	/* Returns the path as the user gave it, NUL-terminated; for messages and for made-up ids.  [main] */
	const char *(*source_name)(const aur_host *h, const aur_source *s);
	/* Reports a decision to the user ("separator ;, encoding cp1252, text = column 4").  [main] */
	void (*note)(const aur_host *h, aur_record_sink *o, const char *msg);
	/* Returns a number for a field name, stable from begin() to end().  The host stores names in lower case,
	 * without accents, with hyphens.  The field "session" says which session a contribution belongs to; "date" is
	 * its date as written.  pipeline.xml says which fields mean the speaker, the stance or the consent.  [main] */
	uint32_t (*field)(const aur_host *h, aur_record_sink *o, aur_str name);
	/* session: declares a session, or reopens it to add to it.  A contribution belongs to a session by its field
	 * "session" alone.  session_set: sets a property of the session declared or reopened last: "date", "lieu",
	 * "territoire", "type-territoire", "titre", "note", and for each role "invites.ROLE" and "presents.ROLE", as
	 * printed in the source.  [main] */
	aur_status (*session)(const aur_host *h, aur_record_sink *o, aur_str id);
	aur_status (*session_set)(const aur_host *h, aur_record_sink *o, aur_str key, aur_str value);
	/* Sets a property of the whole corpus ("title", "invented" = "yes", "licence", "total.invites.ROLE").
	 * [main] */
	aur_status (*corpus_set)(const aur_host *h, aur_record_sink *o, aur_str key, aur_str value);
	/* Put the parts of the contribution that next() is making; each part is at most 1 GiB.  Putting a part again
	 * replaces it.  The host refuses a contribution that has no text, or a NUL in its text.  An empty value counts
	 * as no value.  If no id is put, the host makes one from the file name and a running number.  line: where the
	 * contribution starts, from 1.  [main] */
	void (*put_id)(const aur_host *h, aur_record_sink *o, aur_str id);
	void (*put_text)(const aur_host *h, aur_record_sink *o, aur_str text);
	void (*put_field)(const aur_host *h, aur_record_sink *o, uint32_t field, aur_str value);
	void (*put_where)(const aur_host *h, aur_record_sink *o, uint32_t line);
	/* Reports a contribution that could not be taken; next() must then return AUR_REFUSED.  id may be empty.
	 * line 0: unknown.  [main] */
	void (*refuse)(const aur_host *h, aur_record_sink *o, uint32_t line, aur_str id, const char *reason);

	/* -- tokenizers -- */
	/* Adds a token, in the order of the text.  *t and its form are copied.  [worker] */
	void (*token)(const aur_host *h, aur_token_sink *o, const aur_token *t);

	/* -- annotators -- */
	/* Writes the form of a token, with its layers, to *out.  [worker] */
	void (*form_at)(const aur_host *h, const aur_view *v, uint32_t token, aur_form *out);
	/* Adds a hit of this annotator; *hit is copied.  AUR_E_BUG if it is not valid (tokens, label, polarity or
	 * weight out of bounds); then the run ends.  [worker] */
	aur_status (*hit)(const aur_host *h, aur_hit_sink *o, const aur_hit *hit);
	/* Write the i-th hit of the earlier annotators, or its label, to *out; i < view->hit_count.  [worker] */
	aur_status (*hit_at)(const aur_host *h, const aur_view *v, uint32_t i, aur_hit *out);
	aur_status (*hit_label)(const aur_host *h, const aur_view *v, uint32_t i, aur_label *out);
	/* Changes the polarity of an earlier hit, and records why (AUR_NO_TOKEN: no cue, no scope).  Refused for a hit
	 * with AUR_HIT_FIXED_POLARITY: AUR_E_UNSUPPORTED.  [worker] */
	aur_status (*set_polarity)(const aur_host *h, const aur_view *v, uint32_t i, aur_polarity p,
	                           uint32_t cue_first, uint32_t cue_last, uint32_t scope_first,
	                           uint32_t scope_last);

	/* -- exporters -- */
	aur_status (*write)(const aur_host *h, aur_out *o, aur_str bytes); /* [main] */
	/* Gives the n-th field of the contribution: returns 1 and sets both strings, or returns 0 past the last.
	 * [main] */
	int (*field_at)(const aur_host *h, const aur_view *v, uint32_t n, aur_str *name, aur_str *value);

	/* -- annotators, at open -- */
	/* Maps a word through the whole chain of the named layer ("fold", "stem"; "form" returns the word itself), as
	 * if a tokenizer had found it.  Writes the value to buf, at most `bufsize` bytes, and its length in bytes to
	 * *len.  If *len > bufsize, the content of buf is unspecified: call again with a larger buffer.  *len == 0: the
	 * word has no value on this layer.  After a failure *len is unchanged.  AUR_E_UNSUPPORTED if the pipeline has
	 * no such layer.  [main] */
	aur_status (*layer_value)(const aur_host *h, const char *layer, aur_str word, char *buf, size_t bufsize,
	                          size_t *len);
	/* ---- minor 1 and later: append below ---- */
};

/* ---- the five kinds ------------------------------------------------------------------------- */

/* reader: a file -> sessions and contributions.  All functions [main]. */
typedef struct aur_reader_ops {
	uint32_t size;
	const char *extensions; /* "csv tsv": without the dot, lower case, separated by spaces */
	/* Says how sure this reader is that the file is its own: 0 no, 50 possible, 100 certain.
	 * head: the first bytes of the file (at most 64 KiB; the whole file if it is shorter). */
	int32_t (*probe)(aur_str head, const char *file_name);
	/* Starts to read one file.  It may report decisions (note) and put sessions and fields. */
	aur_status (*begin)(const aur_host *h, void *model, aur_source *s, aur_record_sink *o, void **state);
	/* Puts one contribution.  AUR_OK: it was put.  AUR_REFUSED: one was refused, go on.  AUR_END: there are no
	 * more.  Below 0: the rest of the file cannot be read; what was put before stays.  After AUR_END or a failure it
	 * is not called again. */
	aur_status (*next)(const aur_host *h, void *model, void *state, aur_record_sink *o);
	void (*end)(void *model, void *state); /* called once for each begin() that returned AUR_OK */
} aur_reader_ops;

/* tokenizer: a text (valid UTF-8, no NUL) -> tokens. */
typedef struct aur_tokenizer_ops {
	uint32_t size;
	aur_status (*tokenize)(const aur_host *h, void *model, void *worker, aur_str text,
	                       aur_token_sink *o); /* [worker] */
} aur_tokenizer_ops;

/* layer: a pure function from a form to a value, or from the value of an earlier layer if the pipeline says
 * from="…". */
typedef struct aur_layer_ops {
	uint32_t size;
	/* Maps n values at once; called once for each new form, in batches.  in[i].len is 0 where the layer before has
	 * no value.  out[i] points into memory of the worker, into in[i], or to static memory; it must stay valid until
	 * the next call with that worker.  out[i].len 0: no value.  [worker] */
	aur_status (*map)(const aur_host *h, void *model, void *worker, const aur_str *in, uint32_t n,
	                  aur_str *out);
} aur_layer_ops;

/* annotator: tokens with their layers -> hits. */
enum {
	AUR_ANN_ON_HITS = 1u, /* It is only shown contributions in which an earlier annotator found something. */
	AUR_ANN_TOKENS_ONLY = 2u, /* annotate() never looks at text, start, end and id of the view.  The host may leave
	                           * them out (NULL, empty), and need not reassemble the text of a contribution of the
	                           * corpus. */
	AUR_ANN_BY_THEME = 4u /* What it finds of a theme, and what it says of a hit, depends only on the words and on
	                       * hits of that theme and of the themes above and below it (sanctions,
	                       * sanctions.radiation).  The host may leave out all other themes. */
};
typedef struct aur_annotator_ops {
	uint32_t size;
	uint32_t flags; /* AUR_ANN_* */
	/* Returns a number for a form; called once for each new form.  A pure function of (model, form).  Each token
	 * then carries the number of its form (view->number).  A contribution whose numbers are all 0 is never shown to
	 * annotate().  NULL: every contribution is shown.  [worker] */
	uint32_t (*classify)(const aur_host *h, void *model, void *worker, const aur_form *f);
	/* Adds the hits of a contribution, in any order.  A pure function of (model, view).  [worker] */
	aur_status (*annotate)(const aur_host *h, void *model, void *worker, const aur_view *v,
	                       aur_hit_sink *o);
	uint32_t (*label_count)(void *model); /* the same from open() to close()  [any] */
	aur_status (*label)(void *model, uint32_t i, aur_label *out); /* strings are valid until close()  [any] */
} aur_annotator_ops;

/* exporter: contributions -> bytes.  All functions [main].  « auricule export » calls begin(), item() for each contribution in
 * the order of the corpus, and finish().
 *
 * An exporter returns what host->write() returns.  There is one export at a time.  An exporter has no state besides its
 * model, which is read-only: what must last from begin() to finish() (is this the first item?) may be kept in a static
 * variable that begin() sets. */
typedef struct aur_exporter_ops {
	uint32_t size;
	const char *extension; /* of the files that it writes: "csv"; without the dot, lower case */
	aur_status (*begin)(const aur_host *h, void *model, aur_out *o);
	aur_status (*item)(const aur_host *h, void *model, const aur_view *v, aur_out *o);
	aur_status (*finish)(const aur_host *h, void *model, aur_out *o);
} aur_exporter_ops;

/* ---- a component, a plugin ------------------------------------------------------------------ */

/* Constant data: to list a folder of plugins, the host runs none of their code except the entry function. */
typedef struct aur_component {
	uint32_t size;
	aur_kind kind;
	const char *id;      /* "reader-csv", "org.example.livraison": [a-z0-9.-], unique, never changed */
	const char *version; /* "1.4.2"; part of the fingerprint of the index */
	const char *summary; /* one line in English; the host translates it through gettext */
	/* Reads the settings and loads the lexicons.  After it returns, *model is READ-ONLY and shared by all threads.
	 * NULL: no model.  [main] */
	aur_status (*open)(const aur_host *h, const aur_config *c, void **model);
	/* Returns a text that changes whenever the output for the same input may change.  The engine stores its hash in
	 * the index and reports when it differs.  NULL: id and version only.  Valid until close().  [main] */
	const char *(*fingerprint)(void *model);
	/* Make and free the working memory of one thread (a stemmer, a buffer).  Both NULL: worker is NULL.  [any] */
	aur_status (*worker_new)(const aur_host *h, void *model, void **worker);
	void (*worker_free)(void *worker);
	void (*close)(void *model); /* called once for each open() that returned AUR_OK; may be NULL  [main] */
	/* Returns an optional service ("auricule.lint/1"; see ext.h), or NULL.  The pointer itself may be NULL.
	 * [any] */
	const void *(*query)(void *model, const char *ext_id);
	/* The aur_*_ops struct of this kind. */
	const void *ops;
} aur_component;

typedef struct aur_plugin {
	uint32_t size;
	uint32_t abi_major; /* AUR_ABI_MAJOR of the header it was built with; must be the engine's */
	uint32_t abi_minor; /* the LOWEST minor version that it can work with */
	const char *name, *vendor, *license;
	uint32_t component_count;
	const aur_component *const *components; /* static, immutable */
} aur_plugin;

#if defined(__GNUC__)
#define AUR_EXPORT __attribute__((visibility("default")))
#else
#define AUR_EXPORT
#endif
/* The one exported symbol.  It is a function, not data.  It must be cheap and without side effects, and return static
 * memory. */
AUR_EXPORT const aur_plugin *aur_plugin_v1(void);
typedef const aur_plugin *(*aur_plugin_fn)(void);

#ifdef __cplusplus
}
#endif
#endif
