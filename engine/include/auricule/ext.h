/* SPDX-License-Identifier: Apache-2.0 */
/* auricule/ext.h - optional services besides the contract in plugin.h.
 *
 * A component may offer these through its query():
 *
 *   "auricule.lint/1"     An annotator checks its own entries: which are dead, duplicate, shadowed, dangerous.
 *   "auricule.explain/1"  An annotator says what almost matched in a contribution, and why it did not match.
 *   "auricule.sieve/1"    An annotator says which words it needs beside a form, so that the host can skip most
 *                         contributions.
 *   "auricule.forms/1"    An annotator hears under which number a form that it was asked about will come back.
 *   "auricule.words/1"    An annotator says which words can have a number, so that the host need not walk the whole
 *                         dictionary for a few of them.
 *   "auricule.entries/1"  An annotator writes its entries as plain words, for programs without such patterns; and back.
 *
 * The host may offer this through host->query():
 *
 *   "auricule.corpus/1"   An exporter reads what the corpus says of itself and of its sessions.
 *
 * The rules of plugin.h apply: strings are UTF-8; what is passed to a callback is valid until the callback returns;
 * structs grow only at their end, and `size` is the size that their writer knew. */
#ifndef AURICULE_EXT_H
#define AURICULE_EXT_H
#include "auricule/plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- lint ---- */
#define AUR_EXT_LINT "auricule.lint/1"

/* What the host knows about a corpus and its pipeline.  Each function may be NULL; the checks that need it are then
 * left out. */
typedef struct aur_lint_input {
	uint32_t size;
	void *priv;
	/* Gives the next form of the dictionary of the corpus, with its layers, and its number of tokens.  Returns 1,
	 * or 0 past the last form. */
	int (*next_form)(void *priv, aur_form *form, uint64_t *count);
	void (*rewind)(void *priv); /* back to the first form */
	/* Returns how many hits of a label of this component the corpus has. */
	uint64_t (*label_hits)(void *priv, uint32_t label);
	/* Gives the forms that the tokenizer of the pipeline makes of a text.  Writes at most `max` of them and returns
	 * how many there are.  They are valid until the next call. */
	uint32_t (*tokenize)(void *priv, aur_str text, aur_str *forms, uint32_t max);
} aur_lint_input;

/* A component that reads files of its own should heed the setting faults="keep": open() then succeeds in spite of
 * mistakes in these files, and lint() reports all of them.  So the user sees every mistake at once.
 *
 * This struct is one finding.  The rules of annotate-lexicon are:
 *   AUR_LOG_ERROR "broken"      a lexicon or a pattern cannot be read as it is written
 *   AUR_LOG_WARN  "duplicate"   two entries of the same theme find the same
 *                 "shadowed"    everything that an entry finds is found by another entry as well
 *                 "excluded"    an exclusion always removes what the entry finds
 *                 "impossible"  no word can satisfy the entry: a lower-case letter under case="upper"
 *                 "tokenizer"   the tokenizer never makes that word
 *                 "collision"   in this corpus, unrelated words have the same stem
 *                 "near-miss"   in this corpus, another form of the same word has another stem
 *   AUR_LOG_INFO  "dead"        never found in this corpus
 *                 "empty"       a lexicon has no entry in use
 *                 "ending", "idle-gap", "letters", "sign", "tilde"   written otherwise than it is most likely meant */
typedef struct aur_lint_finding {
	uint32_t size;
	aur_level level;
	const char *rule;
	const char *file; /* NULL: the finding is not about a file */
	uint32_t line, column;
	uint32_t label;   /* of this component; UINT32_MAX: about no label (an exclusion) */
	const char *message; /* one sentence, in the language of the user */
} aur_lint_finding;

typedef struct aur_ext_lint_v1 {
	uint32_t size;
	/* Calls found(to, …) once for each finding, in the order of the files.  [main] */
	aur_status (*lint)(const aur_host *h, void *model, const aur_lint_input *in,
	                   void (*found)(void *to, const aur_lint_finding *f), void *to);
} aur_ext_lint_v1;

/* ---- explain ---- */
#define AUR_EXT_EXPLAIN "auricule.explain/1"

typedef int32_t aur_miss;
enum {
	AUR_MISS_CONTEXT = 1,   /* it matched, but the words around it forbid it, or a required word is missing */
	AUR_MISS_EXCLUDED = 2,  /* an exclusion removed it */
	AUR_MISS_COVERED = 3,   /* a longer match of the same theme covers it */
	AUR_MISS_WEIGHT = 4,    /* its theme does not reach the threshold in this contribution */
	AUR_MISS_CASE = 5,      /* it would match with other capitalisation */
	AUR_MISS_GAP = 6        /* its words are there, but too far apart, or separated by a comma */
};
typedef struct aur_near_miss {
	uint32_t size;
	uint32_t label; /* the entry that almost matched */
	aur_miss reason;
	uint32_t first_token, last_token;     /* where it almost matched */
	uint32_t other_first, other_last;     /* the words that prevented it; AUR_NO_TOKEN: none */
	const char *message;                  /* one sentence, in the language of the user */
} aur_near_miss;

typedef struct aur_ext_explain_v1 {
	uint32_t size;
	/* Calls found(to, …) once for each near miss, always in the same order.  `worker`: as for annotate().
	 * [worker] */
	aur_status (*explain)(const aur_host *h, void *model, void *worker, const aur_view *v,
	                      void (*found)(void *to, const aur_near_miss *m), void *to);
} aur_ext_explain_v1;

/* ---- sieve ---- */
#define AUR_EXT_SIEVE "auricule.sieve/1"

/* What an annotator says about a form.
 *
 *   is           64 bits that describe the form; the annotator chooses their meaning.
 *   left, right  Bits of `is` that a hit needs next to this form.  Wherever a hit depends on this form, the word on its
 *                left has at least one bit of `left`, or the word on its right has at least one bit of `right`.
 *
 * The host therefore skips a contribution unless it holds a form with a number other than 0 for which
 *     (left & is of the word on its left) | (right & is of the word on its right)
 * is not 0.  Before the first word and after the last one, `is` counts as 1 << 63. */
typedef struct aur_sieve {
	uint64_t is, left, right;
} aur_sieve;

typedef struct aur_ext_sieve_v1 {
	uint32_t size;
	/* Returns what classify() returns, and fills in *out.  A pure function of (model, form).  [worker] */
	uint32_t (*classify)(const aur_host *h, void *model, void *worker, const aur_form *f, aur_sieve *out);
} aur_ext_sieve_v1;

/* ---- forms ---- */
#define AUR_EXT_FORMS "auricule.forms/1"

typedef struct aur_ext_forms_v1 {
	uint32_t size;
	/* The form that classify() of this worker, or of its sieve, was called for last has this number in
	 * aur_view.form: what was found out about it need not be found out again.  The host may leave that out; a
	 * worker may also meet forms that another one was asked about.  It changes nothing of what is found.
	 * [worker] */
	void (*numbered)(void *model, void *worker, uint32_t form);
} aur_ext_forms_v1;

/* ---- words ---- */
#define AUR_EXT_WORDS "auricule.words/1"

/* All forms that have a given value on a layer, or a value that begins with it. */
typedef struct aur_named_forms {
	uint32_t size;
	int32_t layer; /* index in aur_form.layers; -1: the form itself */
	aur_str value;
	uint32_t prefix; /* 1: every value that begins with `value` */
} aur_named_forms;

typedef struct aur_ext_words_v1 {
	uint32_t size;
	/* Calls some(to, …) as often as needed to name every form to which classify() gives a number other than 0; it
	 * may name other forms too.  If some() returns a value below 0, it returns that value at once.
	 * AUR_E_UNSUPPORTED: the forms cannot be named without looking at each of them, and what was named so far is
	 * incomplete.  [any] */
	aur_status (*words)(void *model, aur_status (*some)(void *to, const aur_named_forms *w), void *to);
} aur_ext_words_v1;

/* ---- entries ---- */
#define AUR_EXT_ENTRIES "auricule.entries/1"

/* A plain expression is what the word lists of other programs hold: words that follow each other, separated by one
 * space and compared without regard to case.  `*` stands for any number of letters, even none.  A `*` that stands alone
 * between two spaces is any one word.  `\*` and `\\` are the characters themselves. */

/* What an entry requires of the program that reads it, beyond a star at the end (sanction*) and words that follow each
 * other. */
typedef uint32_t aur_beyond;
enum {
	AUR_BEYOND_STAR = 1u,      /* a star that is not at the end of a word */
	AUR_BEYOND_ANY_WORD = 2u,  /* any one word; a gap of a fixed number of words is written with it */
	AUR_BEYOND_ACCENTS = 4u,   /* accents that matter */
	AUR_BEYOND_SIGN = 8u,      /* a literal star or question mark */
	/* what no plain expression can say: */
	AUR_BEYOND_CASE = 16u,     /* case that matters */
	AUR_BEYOND_LAYER = 32u,    /* stems, lemmas: words that are compared by something other than their letters */
	AUR_BEYOND_SPELLING = 64u, /* close spellings */
	AUR_BEYOND_NUMBER = 128u,  /* any number */
	AUR_BEYOND_FAR = 256u,     /* any number of words between two words */
	AUR_BEYOND_CONTEXT = 512u, /* words around it that forbid it, or words required anywhere in the sentence */
	AUR_BEYOND_WEIGHT = 1024u, /* it counts only together with other entries */
	AUR_BEYOND_POLARITY = 2048u,  /* it is always negated, or always conditional */
	AUR_BEYOND_EXCLUSION = 4096u  /* it removes what other entries find */
};

typedef struct aur_entries_ask {
	uint32_t size;
	aur_beyond can; /* which of the first four the program that reads the expressions supports */
	uint32_t most;  /* the largest number of expressions for one entry */
} aur_entries_ask;

typedef struct aur_entry {
	uint32_t size;
	aur_str theme, lexicon, version;
	aur_str text; /* the entry as its author wrote it */
	const char *file;
	uint32_t line, column;
	/* The entry as plain expressions.  An expression matches only where the entry matches (exclusions aside); it
	 * may include words around the match that the entry requires.  If `lost` is 0 and no expression is cut off, the
	 * expressions match everywhere that the entry matches.  Some expressions may be equal. */
	uint32_t expression_count;
	const aur_str *expressions;
	uint64_t all;    /* How many expressions there are; UINT64_MAX: too many to count.  If all > expression_count,
	                  * the list is cut off. */
	aur_beyond lost; /* what the entry requires beyond `can` */
} aur_entry;

typedef struct aur_ext_entries_v1 {
	uint32_t size;
	/* Calls found(to, …) once for each entry in use, in the order of the files.  [main] */
	aur_status (*entries)(const aur_host *h, void *model, const aur_entries_ask *ask,
	                      void (*found)(void *to, const aur_entry *e), void *to);
	/* Writes to buf the text of an entry that matches a plain expression, at most `bufsize` bytes, and its length in
	 * bytes to *len.  If *len > bufsize, the content of buf is unspecified: call again with a larger buffer.
	 * AUR_E_UNSUPPORTED, with the reason through host->fail(), if no entry can express it.  [main] */
	aur_status (*pattern)(const aur_host *h, void *model, aur_str expression, char *buf, size_t bufsize, size_t *len);
} aur_ext_entries_v1;

/* ---- corpus ---- */
#define AUR_EXT_CORPUS "auricule.corpus/1"

/* Minor 1.  For exporters, from begin() to finish().  Each function gives the n-th (from 0) of its kind: it returns 1, or
 * 0 past the last.  Keys are those of corpus_set and session_set in plugin.h.  Strings are valid until close().  [main] */
typedef struct aur_ext_corpus_v1 {
	uint32_t size;
	int (*property)(const aur_host *h, uint32_t n, aur_str *key, aur_str *value);
	int (*session)(const aur_host *h, uint32_t n, aur_str *id); /* by date, then by id */
	int (*session_property)(const aur_host *h, uint32_t session, uint32_t n, aur_str *key, aur_str *value);
	/* A name of a field that contributions have, in the order in which host->field_at gives those of one. */
	int (*field)(const aur_host *h, uint32_t n, aur_str *name);
} aur_ext_corpus_v1;

#ifdef __cplusplus
}
#endif
#endif
