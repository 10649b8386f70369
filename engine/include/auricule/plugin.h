/* SPDX-License-Identifier: Apache-2.0 */
/* auricule/plugin.h - the only header that a plugin includes.  C11, also valid C++11.
 *
 * A plugin links to NOTHING of auricule: every service comes through `aur_host`.
 *
 * THREADS, on every function:
 *   [main]    one thread at a time, never while a [worker] call of that component runs
 *   [worker]  many threads at once, but a given worker pointer is used by one thread at a time
 *   [any]     thread-safe
 *
 * STRINGS are UTF-8 and counted (aur_str), never assumed NUL-terminated, unless "const char *".  len 0: ptr may be NULL.
 * OFFSETS are byte offsets, half-open [start,end), into the text as the reader gave it.
 * TOKEN INDEXES count from 0 and are inclusive on both sides ([first,last]).
 *
 * OWNERSHIP: nobody frees what another side allocated.  What a plugin hands to the host is copied
 * during the call; what the host hands to a plugin dies when the call returns, unless said otherwise.
 * The aur_host that open() is given is that of all later calls of the component, and lives until close().
 *
 * PROCESS: it is the host's.  A plugin prints nothing, ends neither it nor one of its threads, starts programs with posix_spawn and
 * not with fork(), and leaves its locale, its working folder and SIGINT, SIGTERM and SIGPIPE alone.
 *
 * FAULTS: what breaks this contract is told with the name of the component, and does not get through.  A tokenizer, a layer or an
 * annotator that does ends the run; of a reader, the contribution is refused, or the rest of its file (AUR_E_BUG).
 *
 * EVOLUTION: structs grow only at their end; `size` says how much their writer knew.  Use
 * AUR_HAS(type, ptr, member) before reading a member newer than minor 0.  Those that a call fills in for
 * its caller (aur_form, aur_hit, aur_label) never grow: nobody knows how much room it has.  Anything bigger is an
 * extension ("auricule.NAME/REV") reached through query().  Only a new major changes a meaning, and
 * it gets a new symbol. */
#ifndef AURICULE_PLUGIN_H
#define AURICULE_PLUGIN_H
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define AUR_ABI_MAJOR 1u
#define AUR_ABI_MINOR 0u /* the newest minor that this header describes */
#define AUR_HAS(type, p, member) ((p)->size >= offsetof(type, member) + sizeof((p)->member))

/* 0: done.  Above 0: done, with a remark.  Below 0: failed; say why through host->fail(). */
typedef int32_t aur_status;
enum {
	AUR_OK = 0,
	AUR_END = 1,     /* a reader has nothing more */
	AUR_REFUSED = 2, /* a reader refused one contribution (see host->refuse) and can go on */
	AUR_E_NOMEM = -1,
	AUR_E_CONFIG = -2,      /* a setting, a lexicon, a data file is wrong */
	AUR_E_IO = -3,          /* the system refused a read or a write */
	AUR_E_DATA = -4,        /* the input is broken beyond this point */
	AUR_E_CANCELLED = -5,   /* host->cancelled() said so; where it did not, this is a failure as any other */
	AUR_E_UNSUPPORTED = -6, /* asked for what this component does not do */
	AUR_E_BUG = -7          /* a contract of this header was broken */
};

typedef uint32_t aur_kind;
enum { AUR_READER = 1, AUR_TOKENIZER = 2, AUR_LAYER = 3, AUR_ANNOTATOR = 4, AUR_EXPORTER = 5 };

typedef int32_t aur_level;
enum { AUR_LOG_DEBUG = 0, AUR_LOG_INFO = 1, AUR_LOG_WARN = 2, AUR_LOG_ERROR = 3 };

typedef struct aur_str {
	const char *ptr;
	size_t len; /* bytes */
} aur_str;      /* borrowed; frozen for ever */

/* Opaque, owned by the engine. */
typedef struct aur_config aur_config;         /* the settings of one component */
typedef struct aur_source aur_source;         /* the file under a reader */
typedef struct aur_record_sink aur_record_sink; /* where a reader puts sessions and contributions */
typedef struct aur_token_sink aur_token_sink; /* where a tokenizer puts tokens */
typedef struct aur_hit_sink aur_hit_sink;     /* where an annotator puts hits */
typedef struct aur_out aur_out;               /* where an exporter writes */

/* ---- a token ------------------------------------------------------------------------------- */
enum {
	AUR_TOK_SENTENCE_END = 1u, /* the last token of a sentence */
	AUR_TOK_PUNCT = 2u,        /* punctuation or symbol: indexed, but not counted as a word */
	AUR_TOK_INCLUSIVE = 4u     /* inclusive writing: allocataire·s */
};
typedef struct aur_token {
	uint32_t size;
	uint32_t start, end; /* span in the text; ends after it starts, after the token before it, on
	                      * character boundaries */
	uint32_t flags;      /* AUR_TOK_* */
	aur_str form;        /* the form to index: as written (case and accents kept), in NFC, with the
	                      * typewriter apostrophe ' .  ptr == NULL: the span itself is the form. */
} aur_token;

/* ---- a form with its layers ----------------------------------------------------------------- */
typedef struct aur_form {
	uint32_t size;
	uint32_t layer_count;
	aur_str form;
	const aur_str *layers; /* by the indexes of host->layer_index; len 0 = that layer has no value */
	uint32_t flags;        /* AUR_TOK_PUNCT where the tokenizer called its first token so */
} aur_form;

/* ---- what an annotator finds ---------------------------------------------------------------- */
typedef int32_t aur_polarity;
enum { AUR_ASSERTED = 0, AUR_NEGATED = 1, AUR_CONDITIONAL = 2 };
#define AUR_NO_TOKEN UINT32_MAX

/* One pattern of an annotator, named once (see aur_annotator_ops.label) and then by its number. */
typedef struct aur_label {
	uint32_t size;
	aur_str theme;   /* "sanctions" or "sanctions.radiation": [a-z0-9-], parts joined by a dot */
	aur_str entry;   /* what a person recognises of the entry that fired: its id or its pattern */
	aur_str lexicon; /* where it stands: the name of the lexicon; may be empty */
	aur_str version; /* of the lexicon; may be empty */
} aur_label;

enum {
	AUR_HIT_FIXED_POLARITY = 1u, /* this polarity is the entry's own: no later annotator may change it */
	AUR_HIT_LACK_COUNTS = 2u,    /* that there is none of it is said of the theme as well (« pas de bus »): it is denied only where
	                              * it is said to be no matter (« aucun problème de bus ») */
	AUR_HIT_LOOSE = 4u,          /* whatever denies between its first and last token was not asked for: the « pas » of « regardé pas
	                              * de travers », found as « regardé … de travers » */
	AUR_HIT_LEANS = 8u           /* alone it would not have been enough: it counts because of other hits of its theme */
};
typedef struct aur_hit {
	uint32_t size;
	uint32_t label;                  /* number of an aur_label of this component */
	uint32_t first_token, last_token; /* inclusive */
	aur_polarity polarity;
	uint32_t flags;                  /* AUR_HIT_* */
	float weight;                    /* 0 to 1 */
	uint32_t cue_first, cue_last;     /* tokens of the word that negates; AUR_NO_TOKEN where none */
	uint32_t scope_first, scope_last; /* tokens that it governs; AUR_NO_TOKEN where none */
} aur_hit;

/* A contribution as an annotator or an exporter sees it.  Arrays run over the tokens. */
typedef struct aur_view {
	uint32_t size;
	uint32_t token_count;
	aur_str text;
	const uint32_t *start, *end; /* byte spans in text */
	const uint32_t *flags;       /* AUR_TOK_* */
	const uint32_t *form;        /* a number per distinct form, the same for this worker from worker_new
	                              * to worker_free: fit to index a cache of the plugin's own */
	const uint32_t *number;      /* what this annotator's classify() answered for the form; all 1 where
	                              * it has no classify(); NULL for an exporter */
	uint32_t hit_count;          /* hits of the annotators before this one, see host->hit_at */
	aur_str id;                  /* of the contribution */
	void *priv;                  /* engine's own */
} aur_view;

/* ---- what the host offers ------------------------------------------------------------------- */
typedef struct aur_host aur_host;
struct aur_host {
	uint32_t size, abi_minor; /* what this engine provides */
	void *priv;               /* engine's own */

	/* An extension of the host, or NULL.  [any] */
	const void *(*query)(const aur_host *h, const char *ext_id);
	/* One line for the person at the terminal; no newline at its end.  [any] */
	void (*log)(const aur_host *h, aur_level lvl, const char *msg);
	/* Records why a call fails and returns `code`, so that a plugin can `return h->fail(...)`: it prints nothing, and of a
	 * call that goes on nobody learns it (that is what log, note and refuse are for).  One clear sentence: what, where, what
	 * to do.  [any] */
	aur_status (*fail)(const aur_host *h, aur_status code, const char *msg);
	/* The same, about a place in a file.  line, column from 1, in characters; 0 = unknown.  [any] */
	aur_status (*fail_at)(const aur_host *h, aur_status code, const char *file, uint32_t line,
	                      uint32_t column, const char *msg);
	/* 1 when the work should stop; poll it at least every 10 ms of work.  [any] */
	int (*cancelled)(const aur_host *h);

	/* Settings.  `dflt` comes back as it is where the key is absent; strings live until close().  [main] */
	const char *(*conf_str)(const aur_host *h, const aur_config *c, const char *key, const char *dflt);
	int64_t (*conf_int)(const aur_host *h, const aur_config *c, const char *key, int64_t dflt);
	/* The n-th (from 0) value of a key given several times, or NULL.  [main] */
	const char *(*conf_nth)(const aur_host *h, const aur_config *c, const char *key, uint32_t n);
	/* The path of a data file (a lexicon) found on the search path, or NULL; lives until close().  [main] */
	const char *(*find_data)(const aur_host *h, const char *name);
	/* The index of a layer in aur_form.layers, or -1 where the pipeline has no such layer.  [any] */
	int32_t (*layer_index)(const aur_host *h, const char *layer);

	/* -- readers -- */
	/* Reads up to `max` bytes; 0 = end of file, below 0 = AUR_E_IO, already reported.  [main] */
	int64_t (*read)(const aur_host *h, aur_source *s, void *buf, size_t max);
	/* The path as the person gave it, NUL-terminated; for messages and for made-up ids.  [main] */
	const char *(*source_name)(const aur_host *h, const aur_source *s);
	/* A decision that the person should see ("separator ;, encoding cp1252, text = column 4").  [main] */
	void (*note)(const aur_host *h, aur_record_sink *o, const char *msg);
	/* A number for a field name, the same during begin()..end(); the host writes names in small letters without accents, with
	 * hyphens.  The field "session" says which session a contribution belongs to, "date" its date as written; which fields
	 * mean the speaker, the stance or the consent stands in pipeline.xml.  [main] */
	uint32_t (*field)(const aur_host *h, aur_record_sink *o, aur_str name);
	/* Declares a session, or opens it again to add to it (a contribution is in it by its field alone); then its properties:
	 * "date", "lieu", "territoire", "type-territoire", "titre", "note", and per role "invites.ROLE", "presents.ROLE", as
	 * printed in the source.  [main] */
	aur_status (*session)(const aur_host *h, aur_record_sink *o, aur_str id);
	aur_status (*session_set)(const aur_host *h, aur_record_sink *o, aur_str key, aur_str value);
	/* Something about the whole corpus ("title", "invented" = "yes", "licence", "total.invites.ROLE").  [main] */
	aur_status (*corpus_set)(const aur_host *h, aur_record_sink *o, aur_str key, aur_str value);
	/* The parts of the contribution that next() is making, each at most 1 GiB; what is put again replaces what was put.  A
	 * contribution without a text, or with a NUL in it, is refused by the host; an empty value is none.  An id left out
	 * is made by the host out of the file name and a running number.  line = where it starts, from 1.  [main] */
	void (*put_id)(const aur_host *h, aur_record_sink *o, aur_str id);
	void (*put_text)(const aur_host *h, aur_record_sink *o, aur_str text);
	void (*put_field)(const aur_host *h, aur_record_sink *o, uint32_t field, aur_str value);
	void (*put_where)(const aur_host *h, aur_record_sink *o, uint32_t line);
	/* Lists a contribution that could not be taken; next() then returns AUR_REFUSED.  id may be empty,
	 * line 0 = unknown.  [main] */
	void (*refuse)(const aur_host *h, aur_record_sink *o, uint32_t line, aur_str id, const char *reason);

	/* -- tokenizers -- */
	/* Tokens in the order of the text; *t and its form are copied.  [worker] */
	void (*token)(const aur_host *h, aur_token_sink *o, const aur_token *t);

	/* -- annotators -- */
	/* The form under a token, with its layers.  [worker] */
	void (*form_at)(const aur_host *h, const aur_view *v, uint32_t token, aur_form *out);
	/* A hit of this annotator; *hit is copied.  AUR_E_BUG where it is none: tokens, label, polarity or weight out of their
	 * bounds; then the run ends.  [worker] */
	aur_status (*hit)(const aur_host *h, aur_hit_sink *o, const aur_hit *hit);
	/* Hits that earlier annotators found, and their labels; i < view->hit_count.  [worker] */
	aur_status (*hit_at)(const aur_host *h, const aur_view *v, uint32_t i, aur_hit *out);
	aur_status (*hit_label)(const aur_host *h, const aur_view *v, uint32_t i, aur_label *out);
	/* Changes the polarity of an earlier hit and says why (AUR_NO_TOKEN: no cue, no scope); refused for AUR_HIT_FIXED_POLARITY.
	 * [worker] */
	aur_status (*set_polarity)(const aur_host *h, const aur_view *v, uint32_t i, aur_polarity p,
	                           uint32_t cue_first, uint32_t cue_last, uint32_t scope_first,
	                           uint32_t scope_last);

	/* -- exporters -- */
	aur_status (*write)(const aur_host *h, aur_out *o, aur_str bytes); /* [main] */
	/* The n-th field of the contribution: 1 and both strings, or 0 past the last.  [main] */
	int (*field_at)(const aur_host *h, const aur_view *v, uint32_t n, aur_str *name, aur_str *value);

	/* -- annotators, at open -- */
	/* Maps a word through the whole chain of the named layer ("fold", "stem"; "form" gives it back), as if a
	 * tokenizer had found it.  Writes at most `bufsize` bytes to buf, and to *len how many the value has: where
	 * that is more than bufsize, nothing useful was written; 0 = the layer has no value for this word.  After a failure *len is what it was.
	 * AUR_E_UNSUPPORTED where the pipeline has no such layer.  [main] */
	aur_status (*layer_value)(const aur_host *h, const char *layer, aur_str word, char *buf, size_t bufsize,
	                          size_t *len);
	/* ---- minor 1 and later: append below ---- */
};

/* ---- the five kinds ------------------------------------------------------------------------- */

/* reader: a file -> sessions and contributions.  All [main]. */
typedef struct aur_reader_ops {
	uint32_t size;
	const char *extensions; /* "csv tsv": without the dot, lower case, separated by spaces */
	/* How sure this reader is that the file is its own: 0 = no, 50 = could be, 100 = certain.
	 * head: the first bytes (64 KiB at most, the whole file where it is shorter). */
	int32_t (*probe)(aur_str head, const char *file_name);
	/* Starts on one file; puts down decisions (note), sessions, fields. */
	aur_status (*begin)(const aur_host *h, void *model, aur_source *s, aur_record_sink *o, void **state);
	/* Puts one contribution: AUR_OK; AUR_REFUSED: one was refused, go on; AUR_END: no more; below 0:
	 * the rest of the file cannot be read (what was already put stays).  After the last two it is not called again. */
	aur_status (*next)(const aur_host *h, void *model, void *state, aur_record_sink *o);
	void (*end)(void *model, void *state); /* once per begin() that returned AUR_OK */
} aur_reader_ops;

/* tokenizer: a text (valid UTF-8, no NUL) -> tokens. */
typedef struct aur_tokenizer_ops {
	uint32_t size;
	aur_status (*tokenize)(const aur_host *h, void *model, void *worker, aur_str text,
	                       aur_token_sink *o); /* [worker] */
} aur_tokenizer_ops;

/* layer: a pure function from a form (or from the value of an earlier layer, where the pipeline says
 * from="…") to a value. */
typedef struct aur_layer_ops {
	uint32_t size;
	/* n values in, n out, called once per new form, in batches.  in[i].len is 0 where the layer before has no value.
	 * out[i] points into memory of the worker (or into in[i], or static) that lives until the next call on that worker;
	 * len 0 = no value.  [worker] */
	aur_status (*map)(const aur_host *h, void *model, void *worker, const aur_str *in, uint32_t n,
	                  aur_str *out);
} aur_layer_ops;

/* annotator: tokens with their layers -> hits. */
enum {
	AUR_ANN_ON_HITS = 1u, /* is only shown contributions in which an earlier annotator found something */
	AUR_ANN_TOKENS_ONLY = 2u, /* annotate() never looks at text, start, end and id of the view: the host may leave them out (NULL, empty),
	                           * and need not put the text of what is in a corpus together again */
	AUR_ANN_BY_THEME = 4u /* what it finds of a theme, and what it says of a hit, hangs on the words and on hits of that theme, of those above
	                       * it and below it (sanctions, sanctions.radiation), and on no other: the host may leave the others out */
};
typedef struct aur_annotator_ops {
	uint32_t size;
	uint32_t flags; /* AUR_ANN_* */
	/* A number per form, asked once for each new form; a pure function of (model, form).  Each token then
	 * carries its form's number (view->number), and a contribution whose numbers are all 0 is never
	 * shown to annotate().  NULL: every contribution is shown.  [worker] */
	uint32_t (*classify)(const aur_host *h, void *model, void *worker, const aur_form *f);
	/* Hits in any order; a pure function of (model, view).  [worker] */
	aur_status (*annotate)(const aur_host *h, void *model, void *worker, const aur_view *v,
	                       aur_hit_sink *o);
	uint32_t (*label_count)(void *model); /* the same from open() to close()  [any] */
	aur_status (*label)(void *model, uint32_t i, aur_label *out); /* strings live until close()  [any] */
} aur_annotator_ops;

/* exporter: contributions -> bytes.  All [main].  « auricule plugin check » runs them; no verb writes through one yet.
 * What write() returns is returned.  There is one export at a time, and it has no state beside the model, which is read-only: what
 * must last from begin() to finish() (is this the first item?) may stand in a static variable that begin() sets. */
typedef struct aur_exporter_ops {
	uint32_t size;
	const char *extension;
	aur_status (*begin)(const aur_host *h, void *model, aur_out *o);
	aur_status (*item)(const aur_host *h, void *model, const aur_view *v, aur_out *o);
	aur_status (*finish)(const aur_host *h, void *model, aur_out *o);
} aur_exporter_ops;

/* ---- a component, a plugin ------------------------------------------------------------------ */

/* Constant data, so that listing a folder of plugins runs no code of theirs but the entry function. */
typedef struct aur_component {
	uint32_t size;
	aur_kind kind;
	const char *id;      /* "reader-csv", "org.example.livraison": [a-z0-9.-], unique, for ever */
	const char *version; /* "1.4.2"; part of the fingerprint of the index */
	const char *summary; /* one English line; the host translates it through gettext */
	/* Reads the settings, loads lexicons.  After it returns, *model is READ-ONLY and shared.  NULL: no
	 * model.  [main] */
	aur_status (*open)(const aur_host *h, const aur_config *c, void **model);
	/* A text that changes whenever the output for the same input may change; the engine stores its hash in
	 * the index and says so when it differs.  NULL = id and version only.  Lives until close().  [main] */
	const char *(*fingerprint)(void *model);
	/* Scratch of one thread (a stemmer, a buffer).  Both NULL: worker is NULL.  [any] */
	aur_status (*worker_new)(const aur_host *h, void *model, void **worker);
	void (*worker_free)(void *worker);
	void (*close)(void *model); /* once per open() that returned AUR_OK; may be NULL  [main] */
	/* An optional service ("auricule.lint/1") or NULL; may itself be NULL.  [any] */
	const void *(*query)(void *model, const char *ext_id);
	/* The aur_*_ops struct of the kind. */
	const void *ops;
} aur_component;

typedef struct aur_plugin {
	uint32_t size;
	uint32_t abi_major; /* AUR_ABI_MAJOR of the header it was built with: must be the engine's */
	uint32_t abi_minor; /* the LOWEST minor that it can live with */
	const char *name, *vendor, *license;
	uint32_t component_count;
	const aur_component *const *components; /* static, immutable */
} aur_plugin;

#if defined(__GNUC__)
#define AUR_EXPORT __attribute__((visibility("default")))
#else
#define AUR_EXPORT
#endif
/* The one exported symbol.  A function, not data; cheap, without side effect; returns static memory. */
AUR_EXPORT const aur_plugin *aur_plugin_v1(void);
typedef const aur_plugin *(*aur_plugin_fn)(void);

#ifdef __cplusplus
}
#endif
#endif
