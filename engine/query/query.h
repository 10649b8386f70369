/* SPDX-License-Identifier: Apache-2.0 */
/* Queries on a corpus: doc/query.md describes the language, this header what other rooms call.
 *
 *    aur_search *s = aur_search_new(&env);               one per thread and snapshot: scratch memory and small caches
 *    aur_query *q;
 *    aur_query_parse(s, text, len, &q, &err)             parses the query, resolves words, fields and themes
 *    aur_query_run(s, q, &want, &result, &err)           contributions, counted, ranked or in order
 *    aur_query_spans(s, q, doc, &spans, &n, &err)        occurrences in one of them
 *    aur_query_free(q)
 *
 * counts.h splits counts by fields, kwic.h makes concordances, frequencies.h, specificities.h and cooccurrences.h make tables.
 *
 * OCCURRENCES: a query that is one word, phrase, NEAR, theme or sequence of tokens occurs where that matches.  A boolean query of
 * several parts occurs, in the contributions that satisfy it as a whole, wherever one of its non-negated parts matches; two parts
 * that match exactly the same tokens count once.  Fields, id: and * have no occurrences.
 *
 * Pointers that a call hands out are valid until the next call with the same aur_search, unless its comment says otherwise. */
#ifndef AUR_QUERY_QUERY_H
#define AUR_QUERY_QUERY_H
#include <stdatomic.h>
#include "index/index.h"

/* A token of a word, as the corpus's tokenizer makes it: its form, and whether it is punctuation. */
typedef void (*aur_query_token_fn)(void *to, aur_str form, int punct);

typedef struct aur_query_env {
	aur_snapshot *s;
	/* Appends to *out the value of a word on a layer, as the pipeline's plugins compute it (nothing: no value).  NULL: only
	 * words that occur in the corpus are known. */
	aur_code (*layer_value)(void *ctx, const char *layer, aur_str word, aur_buf *out, aur_error *e);
	/* The tokens of a text, from the pipeline's tokenizer: « l'écoute » is two.  NULL: split at spaces. */
	aur_code (*tokenize)(void *ctx, aur_str text, aur_query_token_fn fn, void *to, aur_error *e);
	void *ctx;
	atomic_int *cancel; /* polled every few milliseconds; non-zero: stop.  NULL: cannot be cancelled */
	/* Other spellings of a field's values: field, what one may write, what the index has ("stance", "garder", "keep"). */
	const struct aur_query_alias {
		const char *field, *from, *to;
	} *alias;
	uint32_t nalias;
} aur_query_env;

typedef struct aur_search aur_search;
typedef struct aur_query aur_query;

aur_search *aur_search_new(const aur_query_env *env); /* env is copied; its snapshot and aliases must outlive the search */
void aur_search_free(aur_search *s);

/* AURE_USAGE, with err->column (from 1, in characters), if the text is not a valid query. */
aur_code aur_query_parse(aur_search *s, const char *text, size_t len, aur_query **out, aur_error *err);
void aur_query_free(aur_query *q);
/* Remarks for the person who asks, translated: a value or theme that no contribution has, with the nearest one.  NULL after the
 * last.  Valid as long as the query. */
const char *aur_query_note(const aur_query *q, uint32_t n);
/* 1 if at least one part matches words (so that spans, concordances and ranks make sense). */
int aur_query_has_words(const aur_query *q);
/* How the query was understood, for --explain and for tests: one line, the same every time. */
void aur_query_print(const aur_query *q, aur_buf *out);

typedef enum aur_order {
	AUR_ORDER_CORPUS, /* as ingested */
	AUR_ORDER_SCORE   /* BM25, k1 = 1.2, b = 0.75: see doc/query.md; ties are in corpus order */
} aur_order;

typedef struct aur_want {
	aur_order order;
	uint32_t offset, limit; /* limit 0: only counts, no documents; UINT32_MAX: all */
	int total;              /* count all matching contributions, even if `limit` would allow stopping early */
	int occurrences;        /* count occurrences */
} aur_want;

typedef struct aur_result {
	uint32_t n;             /* documents handed out */
	const uint32_t *doc;    /* n numbers of contributions */
	const float *score;     /* n scores; NULL in corpus order */
	uint64_t contributions; /* matching contributions; if `total` is 0 and the limit stopped the run: at least this many */
	uint64_t occurrences;   /* 0 if not asked for */
} aur_result;

/* AURE_CANCELLED if *env.cancel became non-zero. */
aur_code aur_query_run(aur_search *s, aur_query *q, const aur_want *want, aur_result *out, aur_error *err);
/* Shorthand for a run without documents.  occurrences may be NULL, which is much cheaper. */
aur_code aur_query_count(aur_search *s, aur_query *q, uint64_t *contributions, uint64_t *occurrences, aur_error *err);

/* Tokens first to last, both included.  Arrays of spans are sorted by first, then last, without duplicates. */
typedef struct aur_span {
	uint32_t first, last;
} aur_span;
/* The occurrences in one contribution, which the caller knows to satisfy the query.  *out is valid until the next call. */
aur_code aur_query_spans(aur_search *s, aur_query *q, uint32_t doc, const aur_span **out, uint32_t *n, aur_error *err);
/* Calls fn for every matching contribution in corpus order, with its occurrences, until fn returns 0.  The spans are valid during the
 * call, in which the search must not be used. */
typedef int (*aur_query_each_fn)(void *ctx, uint32_t doc, const aur_span *spans, uint32_t n);
aur_code aur_query_each(aur_search *s, aur_query *q, aur_query_each_fn fn, void *ctx, aur_error *err);

/* Sets the error for an option that names a layer that does not exist. */
void aur_query_no_layer(aur_search *s, const char *name, aur_error *err);
/* For messages of other rooms: the nearest of n names to `word` by edit distance; AUR_NONE if none is near. */
uint32_t aur_query_nearest(aur_str word, const aur_str *names, uint32_t n);
#endif
