/* SPDX-License-Identifier: Apache-2.0 */
/* auricule/ext.h - optional services that a component may offer through query(), beside the contract in plugin.h.
 *
 *   "auricule.lint/1"     an annotator looks at its own entries: which are dead, doubled, shadowed, dangerous
 *   "auricule.explain/1"  an annotator says of one contribution what almost matched, and why it did not
 *   "auricule.sieve/1"    an annotator says which words beside a form it needs, so that most contributions need not be shown to it
 *   "auricule.words/1"    an annotator says which words can have a number, so that a dictionary need not be gone through for a few of them
 *   "auricule.entries/1"  an annotator writes its entries out in plain words, for programs that have no such patterns, and back
 *
 * The rules of plugin.h hold: strings are UTF-8, what is handed over in a callback dies when the callback returns, structs grow at
 * their end and `size` says how much their writer knew. */
#ifndef AURICULE_EXT_H
#define AURICULE_EXT_H
#include "auricule/plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- lint ---- */
#define AUR_EXT_LINT "auricule.lint/1"

/* What the host knows of a corpus and of its pipeline.  Each function may be NULL: then the checks that need it are left out. */
typedef struct aur_lint_input {
	uint32_t size;
	void *priv;
	/* The next form of the corpus's dictionary with its layers, and how many tokens have it: 1; 0 past the last. */
	int (*next_form)(void *priv, aur_form *form, uint64_t *count);
	void (*rewind)(void *priv); /* back to the first form */
	/* How many hits of a label of this component the corpus has. */
	uint64_t (*label_hits)(void *priv, uint32_t label);
	/* The forms that the pipeline's tokenizer makes of a text: at most `max` are written, how many there are is returned.  They
	 * live until the next call. */
	uint32_t (*tokenize)(void *priv, aur_str text, aur_str *forms, uint32_t max);
} aur_lint_input;

/* A component that reads files of its own should, where it is given the setting faults="keep", open in spite of what is wrong in them,
 * and tell all of it through lint: then a person sees every mistake at once, and what is wrong in the rest.
 *
 * One finding.  Rules of annotate-lexicon:
 *   AUR_LOG_ERROR "broken"      a lexicon or a pattern cannot be read as it is written
 *   AUR_LOG_WARN  "duplicate"   two entries find the same, for the same theme
 *                 "shadowed"    all that an entry finds, another one finds as well
 *                 "excluded"    an exclusion always takes the entry's finds away
 *                 "impossible"  no word can satisfy it: a small letter under case="upper"
 *                 "tokenizer"   the tokenizer never makes that word
 *                 "collision"   words that have nothing in common have the same stem, in this corpus
 *                 "near-miss"   another form of the same word has another stem, in this corpus
 *   AUR_LOG_INFO  "dead"        never found in this corpus */
typedef struct aur_lint_finding {
	uint32_t size;
	aur_level level;
	const char *rule;
	const char *file; /* NULL: not about a file */
	uint32_t line, column;
	uint32_t label;   /* of this component; UINT32_MAX where it is about none (an exclusion) */
	const char *message; /* one sentence, in the person's language */
} aur_lint_finding;

typedef struct aur_ext_lint_v1 {
	uint32_t size;
	/* Calls found(to, …) for each finding, in the order of the files.  [main] */
	aur_status (*lint)(const aur_host *h, void *model, const aur_lint_input *in,
	                   void (*found)(void *to, const aur_lint_finding *f), void *to);
} aur_ext_lint_v1;

/* ---- explain ---- */
#define AUR_EXT_EXPLAIN "auricule.explain/1"

typedef int32_t aur_miss;
enum {
	AUR_MISS_CONTEXT = 1,   /* it matched, but what stands around forbids it, or is lacking */
	AUR_MISS_EXCLUDED = 2,  /* an exclusion took it away */
	AUR_MISS_COVERED = 3,   /* a longer find of the same theme covers it */
	AUR_MISS_WEIGHT = 4,    /* its theme does not reach its threshold here */
	AUR_MISS_CASE = 5,      /* it would match with other capitals */
	AUR_MISS_GAP = 6        /* its words are there, but too far apart, or a comma stands between */
};
typedef struct aur_near_miss {
	uint32_t size;
	uint32_t label; /* the entry that almost matched */
	aur_miss reason;
	uint32_t first_token, last_token;     /* where it almost did */
	uint32_t other_first, other_last;     /* the words that took it away; AUR_NO_TOKEN where none */
	const char *message;                  /* one sentence, in the person's language */
} aur_near_miss;

typedef struct aur_ext_explain_v1 {
	uint32_t size;
	/* Calls found(to, …) for each near miss, in the same order each time.  `worker` as for annotate().  [worker] */
	aur_status (*explain)(const aur_host *h, void *model, void *worker, const aur_view *v,
	                      void (*found)(void *to, const aur_near_miss *m), void *to);
} aur_ext_explain_v1;

/* ---- sieve ---- */
#define AUR_EXT_SIEVE "auricule.sieve/1"

/* Of a form: what it is, as 64 bits that mean what the annotator likes, and of which of them the word to the left of it, or the one to
 * its right, has one wherever a hit hangs on this form.  A contribution in which no form with a number has (left & what the word on its
 * left is) | (right & what the word on its right is) has no hits; before its first and behind its last word stands 1 << 63 alone. */
typedef struct aur_sieve {
	uint64_t is, left, right;
} aur_sieve;

typedef struct aur_ext_sieve_v1 {
	uint32_t size;
	/* Answers as classify() does, and fills in *out; a pure function of (model, form).  [worker] */
	uint32_t (*classify)(const aur_host *h, void *model, void *worker, const aur_form *f, aur_sieve *out);
} aur_ext_sieve_v1;

/* ---- words ---- */
#define AUR_EXT_WORDS "auricule.words/1"

/* All forms that have a value on a layer, or one that begins so. */
typedef struct aur_named_forms {
	uint32_t size;
	int32_t layer; /* as aur_form.layers are numbered; -1: the form itself */
	aur_str value;
	uint32_t prefix; /* 1: or begins so */
} aur_named_forms;

typedef struct aur_ext_words_v1 {
	uint32_t size;
	/* Calls some(to, …) so often that each form to which classify() gives a number is among those told; others may be among them.
	 * AUR_E_UNSUPPORTED: that cannot be said without a look at the form, and whatever was told is not all.  What some() returns below 0 is
	 * returned at once.  [any] */
	aur_status (*words)(void *model, aur_status (*some)(void *to, const aur_named_forms *w), void *to);
} aur_ext_words_v1;

/* ---- entries ---- */
#define AUR_EXT_ENTRIES "auricule.entries/1"

/* A plain expression is what the word lists of other programs hold: words that follow each other, one space between them, compared
 * without capitals.  `*` stands for any letters, also none; a `*` between two spaces for one word, any word; `\*` and `\\` for the
 * sign itself. */

/* What an entry asks of whoever reads it beyond the end star (sanction*) and words that follow each other. */
typedef uint32_t aur_beyond;
enum {
	AUR_BEYOND_STAR = 1u,      /* a star elsewhere than at the end of a word */
	AUR_BEYOND_ANY_WORD = 2u,  /* one word, any word: a gap of so many words is written out with it */
	AUR_BEYOND_ACCENTS = 4u,   /* accents that matter */
	AUR_BEYOND_SIGN = 8u,      /* a star or a question mark that means itself */
	/* what no plain expression can say: */
	AUR_BEYOND_CASE = 16u,     /* capitals that matter */
	AUR_BEYOND_LAYER = 32u,    /* stems, lemmas: words that are compared by something else than their letters */
	AUR_BEYOND_SPELLING = 64u, /* close spellings */
	AUR_BEYOND_NUMBER = 128u,  /* any number */
	AUR_BEYOND_FAR = 256u,     /* any number of words between two */
	AUR_BEYOND_CONTEXT = 512u, /* words around it that forbid it, or that it needs anywhere in the sentence */
	AUR_BEYOND_WEIGHT = 1024u, /* it counts only together with others */
	AUR_BEYOND_POLARITY = 2048u,  /* it is always denied, or always on a condition */
	AUR_BEYOND_EXCLUSION = 4096u  /* it takes the finds of others away */
};

typedef struct aur_entries_ask {
	uint32_t size;
	aur_beyond can; /* of the first four, what the reader of the expressions can do */
	uint32_t most;  /* expressions of one entry at most */
} aur_entries_ask;

typedef struct aur_entry {
	uint32_t size;
	aur_str theme, lexicon, version;
	aur_str text; /* as its author wrote it */
	const char *file;
	uint32_t line, column;
	/* Each finds only where the entry finds (what exclusions take away apart), perhaps with words around it that the entry needs;
	 * where `lost` is 0 and none is cut off, they find wherever it does.  Some may be equal. */
	uint32_t expression_count;
	const aur_str *expressions;
	uint64_t all;    /* how many there are, UINT64_MAX = more than can be counted; above expression_count: cut off */
	aur_beyond lost; /* what it asks beyond `can` */
} aur_entry;

typedef struct aur_ext_entries_v1 {
	uint32_t size;
	/* Calls found(to, …) for each entry in use, in the order of the files.  [main] */
	aur_status (*entries)(const aur_host *h, void *model, const aur_entries_ask *ask,
	                      void (*found)(void *to, const aur_entry *e), void *to);
	/* The text of an entry that finds a plain expression.  Writes at most `bufsize` bytes to buf, and to *len how many it has: where
	 * that is more than bufsize, nothing useful was written.  AUR_E_UNSUPPORTED, with the reason through host->fail(), where no
	 * entry can be that.  [main] */
	aur_status (*pattern)(const aur_host *h, void *model, aur_str expression, char *buf, size_t bufsize, size_t *len);
} aur_ext_entries_v1;

#ifdef __cplusplus
}
#endif
#endif
