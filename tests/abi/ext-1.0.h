/* SPDX-License-Identifier: Apache-2.0 */
/* auricule/ext.h - optional services that a component may offer through query(), beside the contract in plugin.h.
 *
 *   "auricule.lint/1"     an annotator looks at its own entries: which are dead, doubled, shadowed, dangerous
 *   "auricule.explain/1"  an annotator says of one contribution what almost matched, and why it did not
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

/* One finding.  Rules of annotate-lexicon:
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

#ifdef __cplusplus
}
#endif
#endif
