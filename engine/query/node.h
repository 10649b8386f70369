/* SPDX-License-Identifier: Apache-2.0 */
/* What a question becomes.  Private to this room.
 *
 *   parse.c     text -> syntax (no corpus needed)           tokens.c   the part in [ ] of the same
 *   question.c  the text of a question, as both read it
 *   resolve.c   syntax -> plan: words to sets of forms, names to fields, layers, themes
 *   words.c     a word, prefix, pattern, spelling -> set of forms
 *   automaton.c the part in [ ] -> what finds its matches
 *   docs.c      plan -> contributions of a segment          match.c    plan -> occurrences in a contribution */
#ifndef AUR_QUERY_NODE_H
#define AUR_QUERY_NODE_H
#include "index/postings.h"
#include "query/query.h"
#include "text/fold.h"

#define MAX_TEXT (1u << 20)     /* bytes of a question */
#define MAX_DEPTH 200u          /* of parentheses */
#define MAX_NODES 200000u
#define MAX_PHRASE 256u         /* words of a phrase */
#define MAX_POSITIONS 1024u     /* of the automaton of a token query */
#define MAX_REACH 500u          /* tokens that a match of a token query may span */
#define MAX_MEMORY ((size_t)256 << 20) /* bytes of sets of forms */
#define MAX_FORMS (8u << 20)    /* forms in all the sets of patterns: each opens a list of postings */
#define MAX_TESTS (128u << 20)  /* words of the dictionary that all patterns are held against */
#define NEAR_DEFAULT 5u
#define NEAR_MAX 10000u

/* ---- syntax --------------------------------------------------------------------------------- */
enum node_kind {
	/* made by parse.c, replaced by resolve.c */
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
	N_DOC
};

/* A set of forms: sorted numbers; shared by the nodes that name the same words. */
typedef struct formset {
	uint32_t *id, n;
	int inverted;    /* every form but these; n = 0: any token, [] */
	uint32_t docs;   /* kept count of contributions; AUR_NONE: unknown */
	uint64_t tokens; /* with it */
	/* its lists of postings in the segment at hand, longest first */
	aur_arena *arena; /* of its query */
	aur_post *list;
	uint32_t nlists, seg; /* seg: AUR_NONE before the first */
	uint64_t sum;         /* of their contributions */
	uint64_t *bits;       /* as bits over forms, where q_set_bits was asked */
} formset;

typedef struct tnode tnode;
typedef struct pred pred;
typedef struct automaton automaton;

typedef struct node node;
struct node {
	uint8_t kind;
	uint8_t name_op; /* N_PIECE, N_QUOTED: 0, '=' (any case), 'E' (==, exactly) */
	uint8_t regex;   /* N_PIECE: text stood between slashes */
	uint8_t ordered, sentence; /* N_NEAR; sentence also N_TOKENS, N_PHRASE */
	uint32_t at;     /* byte of the question */
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
	uint8_t *values; /* N_FIELD: by value number, 1 = wanted; as many as the field has, and 0 */
	uint32_t nvalues, wanted, one; /* how many are wanted; the only one */
	uint32_t *themes, nthemes;
};

/* ---- token queries -------------------------------------------------------------------------- */
enum tkind { T_ONE, T_SEQ, T_ALT, T_REP };
struct tnode {
	uint8_t kind;
	uint32_t at, min, max; /* T_REP; max UINT32_MAX: no end */
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
	aur_str name;    /* of the group we are in: session:( … ) */
	uint8_t name_op;
	uint32_t name_at;
	size_t open_from, open_to; /* a run of opening parentheses that was looked over: tokens.c */
	size_t fail_at;            /* byte of the question that err is about; SIZE_MAX: no byte of it */
	aur_error *err;
} parser;

/* question.c: the column of err is filled in by q_fail_column, once it is known which of several failures stays. */
aur_code q_fail(parser *p, size_t at, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void q_fail_column(parser *p);
void *q_alloc(parser *p, size_t n); /* zeroed */
void q_space(parser *p);
int q_space_len(const char *s, size_t n); /* bytes of the white space at s; 0: none */
/* parse.c, tokens.c */
aur_code q_syntax(parser *p, node **out);
int q_tokens_ahead(parser *p);
aur_code q_tokens(parser *p, node **out);

/* ---- plan ----------------------------------------------------------------------------------- */
struct automaton {
	uint32_t npos, words, nsets;
	formset **set;        /* distinct sets of forms */
	uint64_t *mask;       /* nsets * words: positions that this set satisfies */
	uint64_t *first, *last, *follow; /* words; words; npos * words */
	aur_str *label;       /* by position; len 0: none */
	int has_labels;
	uint32_t nneeded;     /* sets of which every match holds a token */
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
	node **leaf; /* positive parts that match words, in the order of the question */
	uint32_t nleaves;
	formset *words; /* the forms of all positive parts; NULL where not all are single words */
	int words_known;
	uint64_t nforms, ntests; /* of patterns, so far: MAX_FORMS, MAX_TESTS */
};

/* Does a contribution hold the form that was not replaced? */
int q_form_left(aur_search *s, uint32_t form);
void q_folds_free(aur_search *s);
aur_code q_resolve(aur_query *q, parser *p, node *root);

/* words.c */
/* Takes from what a question may cost: so many forms more in its sets, so many words or values looked at. */
aur_code q_budget(aur_query *q, uint64_t forms, uint64_t tests, aur_error *err);
formset *q_set_new(aur_query *q);
formset *q_set_of(aur_query *q, aur_buf *ids); /* in any order, with doubles */
aur_code q_set_word(aur_query *q, int layer, aur_str word, formset **out, aur_error *err);        /* through the layer */
aur_code q_set_form(aur_query *q, aur_str form, formset **out);
aur_code q_set_glob(aur_query *q, int layer, aur_str pattern, formset **out, aur_error *err);
aur_code q_set_fuzzy(aur_query *q, int layer, aur_str word, unsigned edits, formset **out, aur_error *err);
/* flags: PF_*; layer -1: forms.  *bad (bytes into the pattern) where it is no regular expression. */
aur_code q_set_regex(aur_query *q, int layer, aur_str pattern, unsigned flags, formset **out, size_t *bad, aur_error *err);
formset *q_set_not(aur_query *q, const formset *a);
formset *q_set_plain(aur_query *q, const formset *a); /* of an inverted one: its forms, one by one */
formset *q_set_and(aur_query *q, const formset *a, const formset *b);
formset *q_set_or(aur_query *q, const formset *a, const formset *b);
int q_glob(aur_str pattern, aur_str text); /* * and ? on characters; \ before them takes them as they are */

/* fold.c */
/* No case, no accents, compatibility forms: for values of fields, sort keys, close names.  Appended. */
static inline void q_fold(aur_buf *out, aur_str t)
{
	aur_text_fold(out, t.ptr, t.len);
}
void q_strip(aur_buf *out, aur_str t); /* accents alone */
void q_clean(aur_buf *out, aur_str t); /* NFC, the typewriter's apostrophe and space: as forms are */
#define EDIT_MAX 250u /* code points: longer words are near to nothing */
uint32_t q_points(aur_str t, uint32_t *out, uint32_t max); /* code points; returns how many there are (may be > max) */
/* Edits (insert, drop, change, swap neighbours) between two words, at most `most`, most + 1 where there are more. */
unsigned q_edits(const uint32_t *a, uint32_t na, const uint32_t *b, uint32_t nb, unsigned most);

/* ---- scratch -------------------------------------------------------------------------------- */
/* Contributions of a segment as bits, with a summary bit per 64 words so that little-filled ones cost little.  Empty when unused. */
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

/* The values of a layer, or the forms, all in memory: for patterns. */
typedef struct vocab {
	int loaded;
	uint32_t n;
	char *bytes;
	uint32_t *off;   /* n + 1, into bytes */
	uint32_t *idoff; /* n + 1, into id */
	uint32_t *id;
} vocab;

#define TF_PARTS 8u /* parts of a question that are ranked by whole lists */
struct aur_search {
	aur_query_env env;
	aur_totals totals;
	int lower, fold; /* layers; -1 */
	uint32_t segmax, nsum, nword; /* contributions of the largest segment; words of a dset's two levels */
	dset *pool;
	uint32_t npool, poolcap;
	vocab vocab[AUR_MAX_LAYERS + 1]; /* last: forms */
	uint64_t **bits; /* bitmaps over forms, all zero, to hand out */
	uint32_t nbits, bitcap;
	formset **bitset; /* who has one */
	uint32_t nbitset, bitsetcap;
	aur_doc doc;  /* forms alone */
	aur_doc full; /* with text */
	uint32_t full_no;
	aur_buf out_docs, out_score, spans, tmp, hits, masks, match, cells, out_cells, places[3];
	aur_arena rows; /* of the last table */
	struct parts *parts; /* sizes of the parts of fields: counts.c */
	uint8_t *tf[TF_PARTS]; /* rank.c: a byte per contribution of a segment, all zero between two of them */
	struct folds *folds; /* values of fields as one may write them: resolve_values.c */
};

/* scratch.c */
int q_cancelled(aur_search *s);
aur_code q_cancel_error(aur_error *err);

dset q_dset(aur_search *s);                /* an empty one */
void q_dset_free(aur_search *s, dset d);   /* empties it */
void q_dset_clear(const aur_search *s, dset *d);
uint64_t q_dset_count(const aur_search *s, const dset *d);
uint32_t q_dset_list(const aur_search *s, const dset *d, uint32_t *out); /* in order; returns how many */
void q_set_bits(aur_search *s, formset *f); /* f as bits over forms, until q_bits_drop */
void q_bits_drop(aur_search *s);
static inline int q_set_has(const formset *f, uint32_t form)
{
	return (int)(f->bits[form >> 6] >> (form & 63) & 1) != f->inverted;
}
aur_code q_doc_text(aur_search *s, uint32_t doc, aur_doc **out, aur_error *err); /* decoded once in a row */

/* docs.c */
aur_code q_lists(aur_search *s, formset *f, uint32_t seg, aur_error *err); /* opens f->list */
/* out gets the contributions in use of a segment that satisfy the question; looking stops after `enough` of them, and *more says
 * whether it did. */
aur_code q_eval(aur_query *q, uint32_t seg, dset *out, uint32_t enough, int *more, aur_error *err);
/* The same for one part of it. */
aur_code q_eval_node(aur_query *q, node *n, uint32_t seg, dset *out, aur_error *err);

/* run.c: as aur_query_each, but a segment stops after `enough` contributions */
aur_code q_each(aur_query *q, uint32_t enough, aur_query_each_fn fn, void *ctx, aur_error *err);
/* occurrences.c */
/* The forms of all positive parts, where they are all single words; NULL: they are not. */
formset *q_word_union(aur_query *q);
/* Adds to *n the occurrences in the contributions d of a segment. */
aur_code q_occurrences(aur_query *q, uint32_t seg, const dset *d, uint64_t *n, aur_error *err);
/* rank.c */
aur_code q_rank(aur_query *q, const aur_want *want, aur_result *out, aur_error *err);
/* lists.c */
void q_list_tf(const aur_post *p, const uint32_t *want, uint32_t nwant, uint32_t *tf); /* tf[i] += occurrences in want[i] */
uint64_t q_list_tf_sum(const aur_post *p, const dset *d);                              /* occurrences in contributions of d */
/* tf[doc] += occurrences, for all contributions of the list that are in d; at most 255, which stands for that or more. */
void q_list_tf_bytes(const aur_post *p, const dset *d, uint8_t *tf);
/* Keeps of want[0..nwant) the contributions in which a phrase stands, by the positions of its words; returns how many.  Its sets are
 * plain, the last one is a word, and their lists are those of this segment. */
uint32_t q_phrase_docs(aur_search *s, const node *n, uint32_t *want, uint32_t nwant);
/* counts.c */
void q_parts_free(aur_search *s);
/* The values of a field in order of their texts, then 0; *n of them in all. */
const uint32_t *q_value_order(aur_search *s, uint32_t field, uint32_t *n);
struct aur_by;
void q_by_group(aur_search *s, struct aur_by *by); /* the parts of its cut */
/* The parts in order, then 0; *n of them in all. */
const uint32_t *q_part_order(aur_search *s, const struct aur_by *by, uint32_t *n);

/* match.c: forms are those of contribution `doc` */
aur_code q_match(aur_query *q, const node *n, uint32_t doc, const uint32_t *form, uint32_t ntok, int *yes, aur_error *err);
aur_code q_spans(aur_query *q, const node *n, uint32_t doc, const uint32_t *form, uint32_t ntok, aur_buf *out, aur_error *err);
/* The first token that a label holds in a match; 0: none. */
int q_label(aur_query *q, const node *n, aur_span at, const uint32_t *form, uint32_t ntok, aur_str label, uint32_t *out);
/* All positive parts: aur_span, sorted, no doubles. */
aur_code q_all_spans(aur_query *q, uint32_t doc, aur_buf *out, aur_error *err);
#endif
