/* SPDX-License-Identifier: Apache-2.0 */
/* What a query is parsed and resolved into.  Private to this room.
 *
 *  parse.c     text -> syntax (no corpus needed)           tokens.c   the same for the part in [ ]
 *  question.c  the text of a query, as both read it
 *  resolve.c   syntax -> plan: words to sets of forms, names to fields, layers, themes
 *  words.c     a word, prefix, pattern, spelling -> set of forms
 *  automaton.c the part in [ ] -> an automaton that finds its matches
 *  docs.c      plan -> contributions of a segment          match.c    plan -> occurrences in a contribution */
#ifndef AUR_QUERY_NODE_H
#define AUR_QUERY_NODE_H
#include "index/postings.h"
#include "query/query.h"
#include "text/fold.h"

#define MAX_TEXT (1u << 20)     /* bytes of a query */
#define MAX_DEPTH 200u          /* of parentheses */
#define MAX_NODES 200000u
#define MAX_PHRASE 256u         /* words of a phrase */
#define MAX_POSITIONS 1024u     /* of the automaton of a token query */
#define MAX_REACH 500u          /* tokens that a match of a token query may span */
#define MAX_MEMORY ((size_t)256 << 20) /* bytes for sets of forms */
#define MAX_FORMS (8u << 20)    /* forms in all sets made from patterns: each opens a list of postings */
#define MAX_TESTS (128u << 20)  /* words of the dictionary that may be tested against patterns */
#define NEAR_DEFAULT 5u
#define NEAR_MAX 10000u

/* ---- syntax --------------------------------------------------------------------------------- */
enum node_kind {
	/* made by parse.c, and replaced by resolve.c */
	N_PIECE,  /* one word with its operators, or name:value */
	N_QUOTED, /* a phrase, or name:"value" */
	/* both */
	N_ALL,
	N_AND,
	N_OR,
	N_NOT,
	N_NEAR,
	N_TOKENS,
	/* made by resolve.c */
	N_TERM,
	N_PHRASE,
	N_FIELD,
	N_THEME,
	N_DOC,
	N_IDS /* text: how the ids begin */
};

/* A set of forms as sorted numbers; shared by the nodes that name the same words. */
typedef struct formset {
	uint32_t *id, n;
	int inverted;    /* all forms except these; with n = 0: any token, [] */
	uint32_t docs;   /* number of contributions, if the index stores it; AUR_NONE: unknown */
	uint64_t tokens; /* likewise, occurrences; valid if docs is */
	/* its lists of postings in the current segment, longest first */
	aur_arena *arena; /* of its query */
	aur_post *list;
	uint32_t nlists, seg; /* seg: current segment; AUR_NONE before the first */
	uint64_t sum;         /* contributions in all its lists together */
	uint64_t *bits;       /* the set as bits over forms; NULL outside of q_set_bits … q_bits_drop */
} formset;

typedef struct tnode tnode;
typedef struct pred pred;
typedef struct automaton automaton;

typedef struct node node;
struct node {
	uint8_t kind;
	uint8_t name_op; /* N_PIECE, N_QUOTED: 0, '=' (ignoring case), 'E' (==, exact) */
	uint8_t regex;   /* N_PIECE: the text was between slashes */
	uint8_t ordered, sentence; /* N_NEAR; sentence also N_TOKENS, N_PHRASE */
	uint32_t at;     /* byte offset in the query, for messages */
	aur_str name, text;
	uint32_t k;      /* N_NEAR: distance */
	node **kid;
	uint32_t nkids;
	tnode *tok;      /* N_TOKENS */
	/* resolved */
	formset *set;    /* N_TERM */
	formset **sets;  /* N_PHRASE: NULL for a gap */
	uint32_t nsets;
	automaton *fsa;  /* N_TOKENS */
	uint32_t field, polarity, doc;
	uint8_t *values; /* N_FIELD: by value number, 1 = wanted; nvalues entries, including 0 */
	uint32_t nvalues, wanted, one; /* wanted: how many are wanted; one: the value, if it is only one */
	uint32_t *themes, nthemes;
};

/* ---- token queries -------------------------------------------------------------------------- */
enum tkind { T_ONE, T_SEQ, T_ALT, T_REP };
struct tnode {
	uint8_t kind;
	uint32_t at, min, max; /* T_REP; max UINT32_MAX: unlimited */
	tnode **kid;
	uint32_t nkids;
	pred *p;               /* T_ONE; NULL: [] */
	aur_str label;
	formset *set;          /* T_ONE, resolved */
};
enum pkind { P_CMP, P_AND, P_OR, P_NOT };
enum { PF_CASE = 1, PF_DIA = 2, PF_LITERAL = 4 };
struct pred {
	uint8_t kind, flags, negated;
	uint32_t at, name_at;
	aur_str name, text; /* attribute, pattern */
	pred *a, *b;
};

typedef struct parser {
	const char *s;
	size_t n, i;
	aur_arena *arena;
	uint32_t depth, nodes;
	aur_str name;    /* of the name:( … ) that is being parsed */
	uint8_t name_op;
	uint32_t name_at;
	size_t open_from, open_to; /* the last run of opening parentheses scanned, see tokens.c */
	size_t fail_at;            /* byte of the query that err is about; SIZE_MAX: none */
	aur_error *err;
} parser;

/* question.c: q_fail_column fills in the column of err, once it is clear which of several failures counts. */
aur_code q_fail(parser *p, size_t at, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void q_fail_column(parser *p);
void *q_alloc(parser *p, size_t n); /* zeroed, in the query's arena */
void q_space(parser *p);
int q_space_len(const char *s, size_t n); /* length in bytes of the white space at s; 0: none */
/* parse.c, tokens.c */
aur_code q_syntax(parser *p, node **out);
int q_tokens_ahead(parser *p);
aur_code q_tokens(parser *p, node **out);

/* ---- plan ----------------------------------------------------------------------------------- */
struct automaton {
	uint32_t npos, words, nsets;
	formset **set;        /* distinct sets of forms */
	uint64_t *mask;       /* nsets * words: the positions that each set satisfies */
	uint64_t *first, *last, *follow; /* words; words; npos * words bits */
	aur_str *label;       /* by position; len 0: none */
	int has_labels;
	uint32_t nneeded;     /* sets of which every match contains a token */
	formset **needed;
};
/* automaton.c */
aur_code q_automaton(parser *p, tnode *t, automaton **out);

struct aur_query {
	aur_search *s;
	aur_arena arena;
	node *root;
	char **note;
	uint32_t nnotes;
	node **leaf; /* non-negated parts that match words, in the order of the query */
	uint32_t nleaves;
	formset *words; /* the forms of all non-negated parts; NULL if they are not all single words */
	int words_known;
	uint64_t nforms, ntests; /* used up by patterns so far: MAX_FORMS, MAX_TESTS */
};

/* Does any contribution that was not replaced have the form? */
int q_form_left(aur_search *s, uint32_t form);
void q_folds_free(aur_search *s);
aur_code q_resolve(aur_query *q, parser *p, node *root);

/* words.c */
/* Charges the query's budget: forms added to its sets, words or values tested. */
aur_code q_budget(aur_query *q, uint64_t forms, uint64_t tests, aur_error *err);
formset *q_set_new(aur_query *q);
formset *q_set_of(aur_query *q, aur_buf *ids); /* ids in any order, with duplicates */
aur_code q_set_word(aur_query *q, int layer, aur_str word, formset **out, aur_error *err);        /* looks the word up through the layer */
aur_code q_set_form(aur_query *q, aur_str form, formset **out);
aur_code q_set_glob(aur_query *q, int layer, aur_str pattern, formset **out, aur_error *err);
aur_code q_set_fuzzy(aur_query *q, int layer, aur_str word, unsigned edits, formset **out, aur_error *err);
/* flags: PF_*; layer -1: forms.  If the pattern is not a regular expression, *bad is the byte of the error. */
aur_code q_set_regex(aur_query *q, int layer, aur_str pattern, unsigned flags, formset **out, size_t *bad, aur_error *err);
formset *q_set_not(aur_query *q, const formset *a);
formset *q_set_plain(aur_query *q, const formset *a); /* of an inverted set: its forms listed one by one */
formset *q_set_and(aur_query *q, const formset *a, const formset *b);
formset *q_set_or(aur_query *q, const formset *a, const formset *b);
int q_glob(aur_str pattern, aur_str text); /* * and ? match characters; \ before them makes them literal */

/* fold.c */
/* Appends t without case and accents, with compatibility forms resolved: for field values, sort keys, similar names. */
static inline void q_fold(aur_buf *out, aur_str t)
{
	aur_text_fold(out, t.ptr, t.len);
}
void q_strip(aur_buf *out, aur_str t); /* removes accents only */
void q_clean(aur_buf *out, aur_str t); /* NFC, with the typewriter's apostrophe and space, as in forms */
#define EDIT_MAX 250u /* code points; longer words are near to none */
uint32_t q_points(aur_str t, uint32_t out[EDIT_MAX]); /* code points; returns how many there are, which may be more */
/* The number of edits (insert, drop, change, swap neighbours) between two words; most + 1 if it is more than `most`. */
unsigned q_edits(const uint32_t *a, uint32_t na, const uint32_t *b, uint32_t nb, unsigned most);

/* ---- scratch -------------------------------------------------------------------------------- */
/* Contributions of a segment as bits, with a summary bit per 64 words so that sparse sets are cheap.  All zero when not in use. */
typedef struct dset {
	uint64_t *w, *sum;
} dset;
static inline void dset_add(dset *d, uint32_t x)
{
	d->w[x >> 6] |= (uint64_t)1 << (x & 63);
	d->sum[x >> 12] |= (uint64_t)1 << (x >> 6 & 63);
}
static inline int dset_has(const dset *d, uint32_t x)
{
	return (int)(d->w[x >> 6] >> (x & 63) & 1);
}
#define DSET_EACH_WORD(d, nsum, i)                                                                                     \
	for (uint32_t i##_s = 0; i##_s < (nsum); i##_s++)                                                              \
		for (uint64_t i##_m = (d)->sum[i##_s]; i##_m; i##_m &= i##_m - 1)                                      \
			for (uint32_t i = i##_s * 64 + (uint32_t)__builtin_ctzll(i##_m), i##_1 = 1; i##_1; i##_1 = 0)

/* All values of a layer, or all forms, in memory: for patterns. */
typedef struct vocab {
	int loaded;
	uint32_t n;
	char *bytes;
	uint32_t *off;   /* n + 1 offsets into bytes */
	uint32_t *idoff; /* n + 1 offsets into id */
	uint32_t *id;
} vocab;

#define TF_PARTS 8u /* parts of a query that are ranked by whole lists */
struct aur_search {
	aur_query_env env;
	aur_totals totals;
	int lower, fold; /* numbers of these layers; -1: none */
	uint32_t segmax, nsum, nword; /* contributions of the largest segment; words of the two levels of a dset */
	dset *pool;
	uint32_t npool, poolcap;
	vocab vocab[AUR_MAX_LAYERS + 1]; /* by layer; the last one is for forms */
	uint64_t **bits; /* spare bitmaps over forms, all zero */
	uint32_t nbits, bitcap;
	formset **bitset; /* the sets whose bits are set */
	uint32_t nbitset, bitsetcap;
	aur_doc doc;  /* forms only */
	aur_doc full; /* with its text */
	uint32_t full_no;
	aur_buf out_docs, out_score, spans, tmp, hits, masks, match, cells, out_cells, places[3];
	aur_arena rows; /* the last table returned */
	struct parts *parts; /* denominators by field: counts.c */
	uint8_t *tf[TF_PARTS]; /* rank.c: a byte per contribution of a segment; all zero between segments */
	struct folds *folds; /* normalised values of fields: resolve_values.c */
};

/* scratch.c */
int q_cancelled(aur_search *s);
aur_code q_cancel_error(aur_error *err);

dset q_dset(aur_search *s);                /* an empty set; give it back with q_dset_free */
void q_dset_free(aur_search *s, dset d);   /* empties it and gives it back */
void q_dset_clear(const aur_search *s, dset *d);
uint64_t q_dset_count(const aur_search *s, const dset *d);
uint32_t q_dset_list(const aur_search *s, const dset *d, uint32_t *out); /* lists its members, sorted; returns how many */
void q_set_bits(aur_search *s, formset *f); /* sets f->bits, until q_bits_drop */
void q_bits_drop(aur_search *s);
static inline int q_set_has(const formset *f, uint32_t form)
{
	return (int)(f->bits[form >> 6] >> (form & 63) & 1) != f->inverted;
}
aur_code q_doc_text(aur_search *s, uint32_t doc, aur_doc **out, aur_error *err); /* decoded once for consecutive calls on the same contribution */

/* docs.c */
aur_code q_lists(aur_search *s, formset *f, uint32_t seg, aur_error *err); /* opens f->list */
/* Adds to out the contributions in use of a segment that satisfy the query; may stop after `enough` of them, and *more says whether
 * it did. */
aur_code q_eval(aur_query *q, uint32_t seg, dset *out, uint32_t enough, int *more, aur_error *err);
/* The same for one node of it. */
aur_code q_eval_node(aur_query *q, node *n, uint32_t seg, dset *out, aur_error *err);

/* run.c: like aur_query_each, but may stop in each segment after `enough` contributions */
aur_code q_each(aur_query *q, uint32_t enough, aur_query_each_fn fn, void *ctx, aur_error *err);
/* occurrences.c */
/* The forms of all non-negated parts, if they are all single words; else NULL. */
formset *q_word_union(aur_query *q);
/* Adds to *n the occurrences in the contributions d of a segment. */
aur_code q_occurrences(aur_query *q, uint32_t seg, const dset *d, uint64_t *n, aur_error *err);
/* rank.c */
aur_code q_rank(aur_query *q, const aur_want *want, aur_result *out, aur_error *err);
/* lists.c */
void q_list_tf(const aur_post *p, const uint32_t *want, uint32_t nwant, uint32_t *tf); /* tf[i] += occurrences in want[i] */
uint64_t q_list_tf_sum(const aur_post *p, const dset *d);                              /* occurrences in contributions of d */
/* tf[doc] += occurrences, for contributions of the list that are in d; saturates at 255. */
void q_list_tf_bytes(const aur_post *p, const dset *d, uint8_t *tf);
/* Keeps the contributions of want[0..nwant) that contain a phrase, by the positions of its words; returns how many.  The phrase's
 * sets must be plain, its last item a word, and the lists those of this segment.  d has the same contributions, as bits. */
uint32_t q_phrase_docs(aur_search *s, const node *n, const dset *d, uint32_t *want, uint32_t nwant);
/* counts.c */
void q_parts_free(aur_search *s);
/* The values of a field sorted by text, then 0; *n of them in all. */
const uint32_t *q_value_order(aur_search *s, uint32_t field, uint32_t *n);
struct aur_by;
void q_by_group(aur_search *s, struct aur_by *by); /* fills in the parts of a date field */
/* The parts in order, then 0; *n of them in all. */
const uint32_t *q_part_order(aur_search *s, const struct aur_by *by, uint32_t *n);

/* match.c: form[0..ntok) are the forms of contribution `doc` */
aur_code q_match(aur_query *q, const node *n, uint32_t doc, const uint32_t *form, uint32_t ntok, int *yes, aur_error *err);
aur_code q_spans(aur_query *q, const node *n, uint32_t doc, const uint32_t *form, uint32_t ntok, aur_buf *out, aur_error *err);
/* The first token that a label has in a match; returns 0 if it has none. */
int q_label(aur_query *q, const node *n, aur_span at, const uint32_t *form, uint32_t ntok, aur_str label, uint32_t *out);
/* The occurrences of all non-negated parts as aur_span, sorted and without duplicates. */
aur_code q_all_spans(aur_query *q, uint32_t doc, aur_buf *out, aur_error *err);
#endif
