/* SPDX-License-Identifier: Apache-2.0 */
/* lexicon.h - what the files of annotate-lexicon share.
 *
 * The way of a lexicon:  XML -> load.c -> entries (lines of text with their settings) -> pattern.c -> a tree per line
 *                        -> compile.c -> atoms, classes, a small automaton per pattern -> match.c -> hits
 *
 *   atom     what one word of a pattern asks of a form: "its fold is `sanction`", "its fold begins with `radi`"
 *   class    a set of atoms, one of which must hold: (coupe|retire) is one class of two atoms
 *   pattern  an automaton whose positions are classes and whose edges say how many words may stand between
 *   anchor   positions one of which every match of the pattern goes through, those of the rarest words: it is tried
 *            only where a token is at one of them.  So a token that anchors nothing costs one look at view->number.
 *   need     words one of which stands within reach of an anchor wherever its pattern matches, so that most searches that
 *            would find nothing end before they begin
 *
 * Everything lives in the model's arena and is read-only once open() has returned. */
#ifndef AURICULE_LEXICON_H
#define AURICULE_LEXICON_H
#include "auricule/ext.h"
#include <libintl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define _(s) dgettext("auricule", s)
#define N_(s) s

enum {
	LEX_MAX_FILE = 64 << 20,   /* bytes of one lexicon */
	LEX_MAX_LINE = 64 << 10,   /* bytes of one pattern */
	LEX_MAX_SPELLINGS = 512,   /* of one word with endings */
	LEX_MAX_POSITIONS = 250,   /* words of one pattern, once its choices are written out */
	LEX_MAX_EDGES = 20000,     /* of one pattern */
	LEX_MAX_GAP = 20,          /* words that a numbered gap may step over */
	LEX_SENTENCE_GAP = 200,    /* words that ".." may step over */
	LEX_ANY_ORDER_GAP = 5,     /* words that a bare "+" may step over */
	LEX_MAX_SIDES = 4,         /* of an any-order */
	LEX_MAX_DEPTH = 16,        /* brackets in brackets, themes in themes */
	LEX_MAX_PATTERNS = 4000000,
	LEX_FUZZY_MIN = 5,         /* letters of a word that may be misspelt by one letter, */
	LEX_FUZZY_MIN2 = 8,        /* and by two */
	LEX_FUZZY_LONGEST = 64     /* bytes of a form that is still compared so */
};

/* Inside the text of a word: the signs that stand for others.  No XML text can hold these two. */
#define LEX_STAR '\x01'   /* any letters, also none */
#define LEX_DIGITS '\x02' /* a number */

/* ---- arena.c: memory that lives and dies together ---- */
typedef struct lex_block lex_block;
typedef struct lex_arena {
	lex_block *top;
	bool failed; /* an allocation failed; all later ones do as well */
} lex_arena;
void *lex_alloc(lex_arena *a, size_t n); /* zeroed, aligned; NULL when memory is short */
void *lex_array(lex_arena *a, size_t n, size_t size);
char *lex_dup(lex_arena *a, const char *p, size_t n); /* NUL-terminated copy */
void lex_arena_free(lex_arena *a);
/* Makes room for one more in a malloc'ed array; false when memory is short. */
bool lex_grow(void *array, size_t *cap, size_t need, size_t size);

/* ---- text.c: letters and bytes ---- */
uint64_t lex_hash(const void *p, size_t n, uint64_t seed);
uint64_t lex_mix(uint64_t x);
size_t lex_chars(const char *p, size_t n);             /* code points */
size_t lex_char_len(const char *p, size_t n);          /* bytes of the first one, at least 1 */
/* A message; where the buffer or a %.200s cuts it short, no part of a character is left. */
__attribute__((format(printf, 3, 0))) void lex_format(char *buf, size_t size, const char *fmt, va_list ap);
bool lex_is_upper(const char *p, size_t n);            /* has letters, and none of them is small */
bool lex_glob(const char *g, size_t gn, const char *s, size_t sn);
/* Optimal string alignment distance in code points, or max + 1 when it is greater. */
unsigned lex_distance(const char *a, size_t an, const char *b, size_t bn, unsigned max);
/* The nearest of `n` names to a mistyped one, or NULL where none is near. */
const char *lex_nearest(const char *word, const char *const *names, size_t n);
typedef void (*lex_deletion_fn)(void *to, const char *s, size_t n);
/* Calls `fn` for s itself and for s with up to `k` letters (never the first) left out. */
void lex_deletions(const char *s, size_t n, unsigned k, lex_deletion_fn fn, void *to);

/* ---- the tree of a pattern (pattern.c) ---- */
typedef enum { LEX_N_WORD, LEX_N_GAP, LEX_N_SEQ, LEX_N_ALT, LEX_N_OPT, LEX_N_ANY_ORDER } lex_kind;
typedef enum { LEX_CASE_ANY, LEX_CASE_UPPER, LEX_CASE_EXACT } lex_case;

/* One spelling that a class accepts, as written. */
typedef struct lex_word {
	const char *layer; /* interned name */
	const char *text;  /* with LEX_STAR and LEX_DIGITS */
	uint32_t len;
	uint8_t fuzzy;
	uint8_t letter_case; /* lex_case */
	bool touches;        /* the word before it, as people write it: « h » in 15h */
} lex_word;

typedef struct lex_node lex_node;
struct lex_node {
	lex_kind kind;
	uint32_t min, max;   /* LEX_N_GAP, and between the sides of LEX_N_ANY_ORDER */
	uint32_t word_count; /* LEX_N_WORD */
	lex_word *words;
	uint32_t child_count;
	lex_node **children;
	uint32_t cls;  /* LEX_N_WORD: set by compile.c */
};

/* What a pattern asks of the words around it. */
typedef enum { LEX_BEFORE, LEX_AFTER, LEX_SENTENCE } lex_where;
typedef struct lex_context_tree {
	lex_where where;
	bool forbidden;
	uint32_t min, max; /* words between it and the match */
	lex_node *body;
} lex_context_tree;
typedef struct lex_tree {
	lex_node *body;
	uint32_t context_count;
	lex_context_tree *contexts;
} lex_tree;

/* A named choice: <words id="couper">. */
typedef struct lex_set {
	const char *name;
	lex_node *body;
} lex_set;

/* A mistake in a pattern: `at` is a byte offset into its text. */
typedef struct lex_mistake {
	size_t at;
	char msg[400];
} lex_mistake;

typedef struct lex_settings {
	const char *layer;
	lex_case letter_case;
	uint8_t fuzzy;
} lex_settings;

typedef struct lex_parse {
	lex_arena *arena;
	lex_settings settings;
	const lex_set *sets;
	size_t set_count;
	const char *const *layers; /* names that the pipeline has, "form" first */
	size_t layer_count;
	lex_mistake *mistake;
} lex_parse;
/* Each returns false with *mistake set.  arena->failed tells a lack of memory apart. */
bool lex_parse_pattern(const lex_parse *p, const char *s, size_t n, lex_tree *out);
bool lex_parse_context(const lex_parse *p, const char *s, size_t n, lex_where where, bool forbidden,
                       lex_context_tree *out);
bool lex_parse_set(const lex_parse *p, const char *s, size_t n, lex_node **out);

/* ---- the model ---- */
typedef struct lex_theme {
	const char *code;
	uint32_t parent; /* UINT32_MAX at the root of a lexicon */
	uint32_t file;
	bool all; /* overlap="all" */
} lex_theme;

typedef struct lex_file {
	const char *id, *version, *path;
	double threshold;
	uint32_t root; /* theme */
} lex_file;

enum { LEX_POLARITY_CONTEXT = -1, LEX_POLARITY_LACK = 3 }; /* beside the values of aur_polarity: what the sentence says, and what it says of a lack */

/* A pattern as its author wrote it. */
typedef struct lex_source {
	const char *text; /* the line, trimmed */
	uint32_t len;
	uint32_t line, column;
	const char *name; /* what explain shows: the id, or the text */
	uint32_t theme;
	float weight;
	int8_t polarity; /* LEX_POLARITY_* or an aur_polarity */
	bool exclude, active;
	uint32_t pattern; /* index in lex_model.patterns; UINT32_MAX where inactive */
	lex_tree tree;    /* only while compiling */
} lex_source;

typedef struct lex_edge {
	uint16_t to;
	uint8_t min, max; /* words between */
} lex_edge;
/* Positions 0..count-1.  Edges of position p going forward: fwd[fwd_at[p]] .. fwd[fwd_at[p+1]-1]; the same
 * backward.  starts/ends: where a match may begin and end, as edges from nowhere. */
typedef struct lex_auto {
	uint16_t count;
	uint16_t start_count, end_count;
	bool chain; /* one class after the other, touching: no search is needed */
	const uint32_t *cls;
	const uint32_t *fwd_at, *bwd_at;
	const lex_edge *fwd, *bwd;
	const lex_edge *starts, *ends;
	const uint8_t *is_start, *is_end; /* by position */
} lex_auto;
typedef struct lex_context {
	lex_where where;
	bool forbidden;
	uint8_t min, max;
	lex_auto aut;
} lex_context;
typedef struct lex_pattern {
	lex_auto aut;
	uint32_t context_count, pivot_count;
	const lex_context *contexts;
	const uint16_t *pivots; /* none: its anchors are its pivots */
	uint64_t pivot_bits;    /* lex_bit of their classes */
	uint64_t hash;    /* of all that its hits depend on, its version excepted */
	uint64_t content; /* of what it asks of the words alone */
	uint32_t source;
	uint32_t label; /* UINT32_MAX for an exclusion */
	uint32_t theme;
} lex_pattern;

/* Of a pattern, what its hits need. */
typedef struct lex_brief {
	uint32_t theme, label;
	float weight;
	int8_t polarity;
	bool loose; /* AUR_HIT_LOOSE */
} lex_brief;

typedef enum { LEX_A_LITERAL, LEX_A_PREFIX, LEX_A_SUFFIX, LEX_A_GLOB, LEX_A_FUZZY } lex_atom_kind;
typedef struct lex_atom {
	lex_atom_kind kind;
	int16_t slot; /* in lex_model.slots: the layer */
	uint8_t fuzzy, letter_case;
	uint32_t len;
	const char *text; /* normalised; without the star of a prefix or suffix */
	uint32_t cost, frequency; /* guesses, as those of lex_class */
	uint64_t content;         /* hash of what it accepts */
	uint32_t class_count;
	uint32_t *classes;
} lex_atom;

enum {
	LEX_EXCLUSION = 1,
	LEX_LONGER = 2 /* there is more to compare than the way to its node */
};
/* A need: the words of a set, within `reach` words. */
typedef enum { LEX_BOTH, LEX_LEFT, LEX_RIGHT } lex_side;
enum {
	LEX_NEEDS = 2,
	LEX_FAR = 255, /* a reach: as far as the sentence goes */
	LEX_SEEN = 512, /* bits of lex_seen: the half of them are those of one set each, the most frequent ones; */
	LEX_OWN = LEX_SEEN / 2,
	LEX_ALWAYS = LEX_SEEN - 1 /* every sentence has the last one: that of no need */
};
typedef struct lex_need {
	uint32_t set; /* 0: nothing is needed */
	uint8_t reach, side;
	uint16_t bit; /* of the set, in lex_seen */
} lex_need;
/* Which sets of needs a word is in, or some word of a sentence. */
typedef struct lex_seen {
	uint64_t bits[LEX_SEEN / 64];
} lex_seen;
static inline uint64_t lex_has_seen(const lex_seen *s, uint32_t bit)
{
	return s->bits[bit >> 6] >> (bit & 63) & 1;
}
typedef struct lex_anchor {
	uint32_t pattern;
	uint8_t position, flags;
	float weight; /* of the pattern, as its theme: one look at memory instead of three */
	uint32_t theme;
	lex_need need[LEX_NEEDS];
	uint64_t beside[2]; /* bits of which the word to its left, to its right, must have one; LEX_ANYTHING, also where there is none */
} lex_anchor;

/* The bit of a class among the bits of a word, which all have the last one. */
#define LEX_ANYTHING (UINT64_C(1) << 63)
static inline uint64_t lex_bit(uint32_t cls)
{
	return UINT64_C(1) << (cls * UINT32_C(0x9e3779b9) >> 26);
}

/* Patterns that are word after word stand in a tree that grows out from their anchor: first to the rarer of the words beside it, then
 * right, then left.  Node n < class_count is where class n anchors; the others are reached over lex_model.ways. */
typedef struct lex_tnode {
	uint32_t from;  /* patterns that are complete here, in lex_model.anchors */
	uint32_t count;
	uint64_t side[2]; /* bits of the words that it goes on with to its left, to its right; 0: it does not */
	uint32_t kids, kid_count[2]; /* in lex_model.kids: those to the left, then those to the right */
} lex_tnode;
typedef struct lex_kid {
	uint32_t cls, way; /* in lex_model.ways */
} lex_kid;
typedef struct lex_way {
	uint64_t key; /* lex_way_key; 0 = free */
	uint32_t to;
	lex_tnode node; /* a copy of nodes[to], beside what led to it */
} lex_way;
static inline uint64_t lex_way_key(uint32_t node, bool right, uint32_t cls)
{
	return (uint64_t)node << 32 | (uint64_t)cls << 1 | right | UINT64_C(1) << 63;
}
static inline uint64_t lex_way_hash(uint64_t key)
{
	key *= UINT64_C(0x9e3779b97f4a7c15);
	return key ^ key >> 32;
}
/* Where a way's bits are in lex_model.sieve: most ways that are not there are seen to be so without a look at the table. */
static inline uint64_t lex_sieve_bits(uint64_t hash)
{
	return UINT64_C(1) << (hash >> 52 & 63) | UINT64_C(1) << (hash >> 58);
}

typedef struct lex_class {
	uint32_t atom_count;
	const uint32_t *atoms;
	uint32_t anchor_from, anchor_count; /* in lex_model.every_anchor: with those of pairs, for explain */
	uint64_t hash;    /* of the patterns that it anchors */
	uint64_t content; /* hash of what it accepts */
	uint32_t uses;    /* in patterns */
	uint32_t cost;      /* weighs in the choice of pivots */
	uint32_t frequency; /* how often a form is guessed to be of it, in a million */
	bool anchors_entry, anchors_exclusion;
	uint32_t *needs, need_count; /* the sets that it is in */
} lex_class;

/* A table from the hash of (layer, bytes) to atoms.  The bytes themselves are compared by who looks. */
typedef struct lex_item {
	uint32_t atom, next; /* next: item + 1; 0 = the last */
} lex_item;
typedef struct lex_table {
	uint64_t *keys; /* 0 = free */
	uint32_t *head; /* item + 1 */
	size_t cap, count;
	lex_item *items;
	size_t item_count, item_cap;
} lex_table;
uint64_t lex_key(int16_t slot, const char *s, size_t n);
/* The first item + 1 of a key, or 0. */
uint32_t lex_table_find(const lex_table *t, uint64_t key);
bool lex_table_add(lex_table *t, uint64_t key, uint32_t atom);
void lex_table_free(lex_table *t);
/* Sorts numbers, and drops the doubles; how many are left. */
size_t lex_different(uint32_t *v, size_t n);

/* Atoms by the letters that a value begins or ends with: a word that no atom begins like is left after a letter or two. */
enum { LEX_TRIE_BITS = 28, LEX_TRIE_DEPTH = 256 };
typedef struct lex_trie {
	uint64_t *edges; /* open addressing: (node, byte) above LEX_TRIE_BITS, the next node below; 0 = free */
	size_t cap;      /* a power of two, or 0 */
	uint32_t *head;  /* by node: item + 1 */
	uint32_t node_count;
	size_t node_cap;
	lex_item *items;
	size_t item_count, item_cap;
} lex_trie;
/* The slot of an edge, or the free one where it would stand. */
static inline size_t lex_trie_slot(const lex_trie *t, uint64_t from)
{
	uint64_t h = from * UINT64_C(0x9e3779b97f4a7c15);
	size_t i = (size_t)(h ^ h >> 32) & (t->cap - 1);
	while (t->edges[i] != 0 && t->edges[i] >> LEX_TRIE_BITS != from)
		i = (i + 1) & (t->cap - 1);
	return i;
}
/* Where a byte leads from a node (0 = the root), or 0.  Only where cap > 0. */
static inline uint32_t lex_trie_step(const lex_trie *t, uint32_t node, unsigned char byte)
{
	return (uint32_t)(t->edges[lex_trie_slot(t, (uint64_t)node << 8 | byte)] & ((1u << LEX_TRIE_BITS) - 1));
}
bool lex_trie_add(lex_trie *t, const char *s, size_t n, bool backward, uint32_t atom);
void lex_trie_free(lex_trie *t);

/* One layer that some atom looks at. */
typedef struct lex_slot {
	const char *name;
	int32_t index;           /* in aur_form.layers; -1 = the form itself */
	lex_trie heads, tails;   /* atoms by the literal that they begin with; by that which they end with */
	uint64_t literals[256];  /* by first byte: the lengths of literals, as bits, in bytes */
	uint64_t spellings[256]; /* the same of the values that may be a misspelt atom, in letters */
	uint32_t *globs;         /* atoms that neither begin nor end with a literal */
	size_t glob_count, glob_cap;
	uint8_t fuzzy;           /* the greatest distance */
} lex_slot;

/* A mistake in a file, kept for the lint. */
typedef struct lex_fault {
	const char *path, *message;
	uint32_t line, column;
} lex_fault;

typedef struct lex_model {
	const aur_host *host;
	lex_arena arena;
	lex_file *files;
	size_t file_count, file_cap;
	lex_theme *themes;
	size_t theme_count, theme_cap;
	lex_source *sources;
	size_t source_count, source_cap;
	lex_pattern *patterns;
	size_t pattern_count;
	uint32_t *labels; /* label -> pattern */
	size_t label_count;
	size_t exclusion_count;
	lex_atom *atoms;
	size_t atom_count, atom_cap;
	lex_class *classes;
	size_t class_count, class_cap;
	lex_slot *slots;
	size_t slot_count, slot_cap;
	lex_table literals, deletions;
	lex_tnode *nodes;
	size_t node_count, node_cap;
	lex_way *ways; /* open addressing */
	size_t way_count, way_cap; /* a power of two, or 0 */
	lex_kid *kids;
	uint64_t *sieve;
	size_t sieve_cap; /* words; a power of two */
	lex_anchor *anchors, *every_anchor;
	lex_brief *briefs; /* by pattern */
	uint16_t *set_bits; /* by set of needs: its bit in lex_seen */
	uint64_t fingerprint_hash;
	char fingerprint[64];
	bool drafts;
	bool keep_faults; /* what is wrong is kept, and the rest is read */
	lex_fault *faults;
	size_t fault_count, fault_cap;
} lex_model;

/* load.c: reads one lexicon into m->files, themes, sources (with their trees, made in `tmp`). */
aur_status lex_load(lex_model *m, lex_arena *tmp, const char *path);
/* A mistake at a place of a file: reported, AUR_E_CONFIG; where mistakes are kept, kept, AUR_OK. */
aur_status lex_fault_at(lex_model *m, const char *file, uint32_t line, uint32_t column, const char *msg);
aur_status lex_no_memory(const aur_host *h);

/* atoms.c: words -> atoms and classes; forms -> atoms */
typedef struct lex_interner {
	lex_table words, atoms, classes;
	struct lex_known { /* a word as written: most stand in many patterns */
		lex_word word;
		uint32_t atom;
	} *known;
	size_t known_count, known_cap;
	char *text; /* of the word at hand */
	size_t text_cap;
} lex_interner;
/* frequent.c: how often a word is of an atom, guessed, in a million words */
uint32_t lex_frequency(const lex_atom *a);
bool lex_class_of(lex_model *m, lex_interner *in, const lex_node *word, uint32_t *cls);
/* Gives each atom the list of its classes. */
bool lex_link_atoms(lex_model *m);
void lex_interner_free(lex_interner *in);
typedef void (*lex_atom_fn)(void *to, uint32_t atom);
/* Calls `fn` for every atom that the form satisfies, some perhaps more than once; with `blind`, letter case is
 * not looked at.  Only reads the model. */
void lex_atoms_of(const lex_model *m, const aur_form *f, bool blind, lex_atom_fn fn, void *to);

/* compile.c: sources -> patterns and their anchors.  `tmp` dies after it. */
aur_status lex_compile(lex_model *m, lex_arena *tmp);

/* needs.c: what an anchor needs */
typedef struct lex_need_set {
	uint32_t from, count; /* in lex_needs.pool */
	uint64_t frequency;   /* of its classes together */
} lex_need_set;
typedef struct lex_needs {
	lex_table table;
	lex_need_set *sets;
	uint32_t count;
	size_t cap;
	uint32_t *pool; /* classes */
	size_t pool_count, pool_cap;
} lex_needs;
/* Sets a->need; p is complete. */
bool lex_needs_of(lex_model *m, lex_needs *n, const lex_pattern *p, lex_anchor *a);
/* Gives each class the list of its sets, each set its bit. */
bool lex_link_needs(lex_model *m, const lex_needs *n);
void lex_needs_free(lex_needs *n);

/* ---- walk.c: tokens -> classes -> through an automaton ---- */

/* What is tried at a form: an anchor, or a node of the tree of chains that goes on from it. */
typedef struct lex_trial {
	uint64_t beside[2]; /* of the anchor; of the node, its sides */
	lex_need need[LEX_NEEDS];
	uint32_t what;               /* in lex_model.anchors, or a node */
	uint16_t goes_on, flags;     /* a node; LEX_EXCLUSION and LEX_LONGER of the anchor */
} lex_trial;

/* What a worker remembers of the forms that have the same classes. */
typedef struct lex_form {
	uint32_t classes; /* the only one, or where they begin in lex_worker.pool */
	uint32_t count : 24, punct : 2; /* punct: LEX_P_* */
	uint32_t trials, trial_count; /* in lex_worker.trials */
	uint32_t sets, set_count; /* of needs that it meets, sorted, in lex_worker.sets */
	uint32_t class_bits;      /* in lex_worker.class_bits, from 1; 0 = too few classes for that */
	uint64_t bits;     /* lex_bit of its classes, and LEX_ANYTHING */
} lex_form;
enum { LEX_P_WORD, LEX_P_LIGHT, LEX_P_STOP };

/* A match before the rules of overlap have spoken. */
typedef struct lex_candidate {
	uint32_t pattern, first, last;
	uint32_t theme;
	float weight;
} lex_candidate;
typedef struct lex_candidates {
	lex_candidate *v;
	size_t count, cap;
} lex_candidates;

/* Which (position, token) a walk has tried: the first few as they come, more of them by their hash. */
enum { LEX_FEW = 16, LEX_BOOK = 4096 }; /* a power of two; a walk that needs more gives up */
typedef struct lex_book {
	uint32_t turn, count;
	uint64_t few[LEX_FEW];
	uint64_t keys[LEX_BOOK];
	uint32_t turns[LEX_BOOK];
} lex_book;

typedef struct lex_worker {
	const aur_host *host;
	const lex_model *m;
	bool blind;     /* letter case is not looked at: for explain */
	uint8_t slack;  /* words that each step may go further than the pattern allows: for explain */
	bool no_memory;
	uint32_t *of_form; /* by aur_view.form: which of w->forms, from 1; 0 = not looked at yet */
	size_t of_form_cap;
	lex_form *forms; /* the first three are words and signs that no pattern asks for: see walk.c */
	size_t form_count, form_cap;
	lex_seen *in; /* by place in forms: the sets that it is in */
	size_t in_cap;
	uint64_t *class_bits; /* of forms that have many classes: a bit for each class of the model */
	size_t class_bits_count, class_bits_cap;
	uint32_t *anchors; /* tokens of a text where a search begins */
	size_t anchor_cap;
	lex_table same; /* by a hash of classes: places in forms */
	lex_trial *trials;
	size_t trial_count, trial_cap;
	uint32_t *pool;
	size_t pool_count, pool_cap;
	uint32_t *sets;
	size_t set_count, set_cap;
	uint32_t *found; /* atoms' classes while a form is looked up */
	size_t found_count, found_cap;
	lex_candidates hits, exclusions;
	uint32_t polls;
	/* the sentence under search; from > to: none */
	uint32_t from, to;
	uint32_t *at; /* by token: which of w->forms */
	size_t at_cap;
	lex_seen seen;       /* the sets that its words are in */
	uint32_t sentence;   /* its number */
	uint32_t *searched;  /* by pattern: the last sentence where its pivots were looked for */
	uint32_t *stamps; /* by token */
	size_t stamp_cap;
	uint32_t stamp;
	float *sums; /* by file */
	lex_book *books; /* of the walk that is going on, and of the context that it looks at */
} lex_worker;
aur_status lex_worker_new(const aur_host *h, void *model, void **worker);
void lex_worker_free(void *worker);
/* The classes of a form, sorted, into w->found; a pure function of (model, form). */
bool lex_classes_of(lex_worker *w, const aur_form *f);
bool lex_is_light(const aur_form *f); /* a sign that words may touch across */
/* Looks the form of a token up; its place in w->forms. */
uint32_t lex_form_new(lex_worker *w, const aur_view *v, uint32_t token);
static inline uint32_t lex_form_of(lex_worker *w, const aur_view *v, uint32_t token)
{
	uint32_t id = v->form[token];
	return id < w->of_form_cap && w->of_form[id] != 0 ? w->of_form[id] - 1 : lex_form_new(w, v, token);
}
/* Makes the sentence of a token the one under search: all that follows looks at its words alone. */
void lex_enter_new(lex_worker *w, const aur_view *v, uint32_t token);
static inline void lex_enter(lex_worker *w, const aur_view *v, uint32_t token)
{
	if (token < w->from || token > w->to)
		lex_enter_new(w, v, token);
}
static inline void lex_leave(lex_worker *w)
{
	w->from = 1;
	w->to = 0;
}
/* A word of the sentence; lives until the next one is entered. */
static inline const lex_form *lex_form_at(const lex_worker *w, uint32_t token)
{
	return &w->forms[w->at[token]];
}
/* The n-th class of a form. */
static inline uint32_t lex_class_at(const lex_worker *w, const lex_form *f, uint32_t n)
{
	return f->count == 1 ? f->classes : w->pool[f->classes + n];
}
bool lex_has_class(const lex_worker *w, const lex_form *f, uint32_t cls);
/* Is a word, by its place in w->forms, one of a set of needs? */
bool lex_is_in_set(const lex_worker *w, uint32_t form, lex_need need);
/* The word that touches a token on one side, or UINT32_MAX. */
static inline uint32_t lex_beside(const lex_worker *w, uint32_t token, bool right)
{
	while (right ? token < w->to : token > w->from) {
		token = right ? token + 1 : token - 1;
		if (lex_form_at(w, token)->punct != LEX_P_LIGHT)
			return token;
	}
	return UINT32_MAX;
}
/* Does the pattern match through this anchor, whose class the token of this sentence has?  *why: the context that forbade it, or
 * NULL. */
bool lex_match(lex_worker *w, const lex_pattern *p, uint32_t position, uint32_t token, uint32_t *first, uint32_t *last,
               const lex_context **why);

/* ---- match.c: classify, find, choose, hand over ---- */
enum { LEX_ANCHORS_ENTRY = 1, LEX_ANCHORS_EXCLUSION = 2 }; /* bits of aur_view.number */
uint32_t lex_classify(const aur_host *h, void *model, void *worker, const aur_form *f);
aur_status lex_annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o);
/* Its steps.  Every match of the entries, or of the exclusions, once and by place: */
aur_status lex_find(lex_worker *w, const aur_host *h, const aur_view *v, bool exclusions, lex_candidates *out);
/* Drops the hits that overlap a match of an exclusion of their theme: */
bool lex_exclude(lex_worker *w, const aur_view *v);
/* Where hits of one theme overlap, keeps the longest; then the heaviest, the first: */
bool lex_keep_longest(lex_worker *w, const aur_view *v);
/* Drops the hits of lexicons whose different entries do not weigh enough together: */
void lex_weigh(lex_worker *w);
bool lex_is_within(const lex_model *m, uint32_t theme, uint32_t scope);

/* ---- lint.c, explain.c, entries.c, match.c: see auricule/ext.h ---- */
extern const aur_ext_lint_v1 lex_lint;
extern const aur_ext_explain_v1 lex_explain;
extern const aur_ext_entries_v1 lex_entries;
extern const aur_ext_sieve_v1 lex_sieve;

#endif
