/* SPDX-License-Identifier: Apache-2.0 */
/* Questions to a corpus: doc/query.md is the language, this header what the rooms above call.
 *
 *     aur_search *s = aur_search_new(&env);               one per thread and snapshot: scratch memory and small caches
 *     aur_query *q;
 *     aur_query_parse(s, text, len, &q, &err)             reads the question, resolves words, fields and themes
 *     aur_query_run(s, q, &want, &result, &err)           contributions, counted, ranked or in order
 *     aur_query_spans(s, q, doc, &spans, &n, &err)        where in one of them
 *     aur_query_free(q)
 *
 * counts.h splits counts by fields, kwic.h makes concordances, frequencies.h, specificities.h and cooccurrences.h make tables.
 *
 * OCCURRENCES: a question that is one word, phrase, NEAR, theme or sequence of tokens occurs where that matches.  A boolean of
 * several occurs, in the contributions that satisfy the whole, wherever one of its parts that is not negated matches; two parts
 * that match the very same tokens count once.  Fields, id: and * occur nowhere.
 *
 * Everything that a call hands out as a pointer lives until the next call of the same function with the same aur_search, or as
 * the comment beside it says. */
#ifndef AUR_QUERY_QUERY_H
#define AUR_QUERY_QUERY_H
#include <stdatomic.h>
#include "index/index.h"

/* One token of a word as the tokenizer of the corpus makes it: its form, and whether it is punctuation. */
typedef void (*aur_query_token_fn)(void *to, aur_str form, int punct);

typedef struct aur_query_env {
	aur_snapshot *s;
	/* The value of a word on a layer, as the plugins of the pipeline make it, appended to *out (nothing: no value).  NULL: only
	 * words that somebody wrote are known. */
	aur_code (*layer_value)(void *ctx, const char *layer, aur_str word, aur_buf *out, aur_error *e);
	/* The tokens of a text, as the tokenizer of the pipeline makes them: « l'écoute » is two.  NULL: split at spaces. */
	aur_code (*tokenize)(void *ctx, aur_str text, aur_query_token_fn fn, void *to, aur_error *e);
	void *ctx;
	atomic_int *cancel; /* looked at every few milliseconds; NULL: never */
	/* Other spellings of values: field `field`, what one may write, what stands in the index ("stance", "garder", "keep"). */
	const struct aur_query_alias {
		const char *field, *from, *to;
	} *alias;
	uint32_t nalias;
} aur_query_env;

typedef struct aur_search aur_search;
typedef struct aur_query aur_query;

aur_search *aur_search_new(const aur_query_env *env); /* env is copied; its snapshot must outlive the search */
void aur_search_free(aur_search *s);

/* AURE_USAGE with err->column (from 1, in characters) where the question is not one. */
aur_code aur_query_parse(aur_search *s, const char *text, size_t len, aur_query **out, aur_error *err);
void aur_query_free(aur_query *q);
/* Remarks for the person who asks, already translated: a value or a theme that no contribution has, with the nearest one.
 * NULL past the last.  Lives as long as the query. */
const char *aur_query_note(const aur_query *q, uint32_t n);
/* 1 where it has at least one part that matches words (so that spans, concordances and ranks mean something). */
int aur_query_has_words(const aur_query *q);
/* How the question was understood, for --explain and for tests: one line, always the same for the same question. */
void aur_query_print(const aur_query *q, aur_buf *out);

typedef enum aur_order {
	AUR_ORDER_CORPUS, /* as ingested */
	AUR_ORDER_SCORE   /* BM25, k1 = 1.2, b = 0.75: doc/query.md states it; equal scores in corpus order */
} aur_order;

typedef struct aur_want {
	aur_order order;
	uint32_t offset, limit; /* limit 0: no documents, just counts; UINT32_MAX: all */
	int total;              /* count all matching contributions also where `limit` would allow to stop early */
	int occurrences;        /* count occurrences */
} aur_want;

typedef struct aur_result {
	uint32_t n;             /* documents handed out */
	const uint32_t *doc;    /* n numbers of contributions */
	const float *score;     /* n scores; NULL in corpus order */
	uint64_t contributions; /* that match; where `total` is 0 and the limit stopped the run: at least so many */
	uint64_t occurrences;   /* 0 where not asked for */
} aur_result;

/* AURE_CANCELLED when *env.cancel became non-zero. */
aur_code aur_query_run(aur_search *s, aur_query *q, const aur_want *want, aur_result *out, aur_error *err);
/* Short for a run without documents; occurrences may be NULL: not asked for, and then much cheaper. */
aur_code aur_query_count(aur_search *s, aur_query *q, uint64_t *contributions, uint64_t *occurrences, aur_error *err);

/* Tokens first to last, both included.  Sorted by first, then last; no two the same. */
typedef struct aur_span {
	uint32_t first, last;
} aur_span;
/* The occurrences in one contribution, which is taken to satisfy the question.  Lives until the next call. */
aur_code aur_query_spans(aur_search *s, aur_query *q, uint32_t doc, const aur_span **out, uint32_t *n, aur_error *err);
/* Every matching contribution in corpus order with its occurrences; fn returns 0 to stop. */
typedef int (*aur_query_each_fn)(void *ctx, uint32_t doc, const aur_span *spans, uint32_t n);
aur_code aur_query_each(aur_search *s, aur_query *q, aur_query_each_fn fn, void *ctx, aur_error *err);

/* What to say where an option names a layer that there is not. */
void aur_query_no_layer(aur_search *s, const char *name, aur_error *err);
/* For messages above this room: the nearest of n names to `word` by edit distance, AUR_NONE where none is near. */
uint32_t aur_query_nearest(aur_str word, const aur_str *names, uint32_t n);
#endif
