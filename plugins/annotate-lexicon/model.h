/* SPDX-License-Identifier: Apache-2.0 */
/* model.h - a compiled lexicon: written by the files that compile, read by those that search. */
#ifndef AURICULE_LEXICON_MODEL_H
#define AURICULE_LEXICON_MODEL_H
#include "pattern.h"
#include "tables.h"

typedef struct lex_theme {
	const char *code;
	uint32_t parent; /* UINT32_MAX at the root of a lexicon */
	uint32_t file;
	bool all; /* overlap="all" */
	uint32_t line, column; /* of its tag */
} lex_theme;

typedef struct lex_file {
	const char *id, *version, *path;
	double threshold;
	uint32_t root; /* its theme */
} lex_file;

enum { LEX_POLARITY_CONTEXT = -1, LEX_POLARITY_LACK = 3 }; /* values of polarity beside those of aur_polarity: decided by the sentence; decided by the
                                                            * sentence, and a lack counts */

/* A pattern as written in the lexicon. */
typedef struct lex_source {
	const char *text; /* the line, without spaces at its ends */
	uint32_t len;
	uint32_t line, column;
	const char *name; /* shown by explain: the id, or the text */
	uint32_t theme;
	float weight;
	int8_t polarity; /* LEX_POLARITY_* or an aur_polarity */
	bool exclude, active;
	bool too_big;     /* more than LEX_MAX_POSITIONS words */
	uint32_t pattern; /* index in lex_model.patterns; UINT32_MAX if inactive */
	lex_tree tree;    /* only if it is kept: see lex_load */
} lex_source;

typedef struct lex_edge {
	uint16_t to;
	uint8_t min, max; /* number of words between the two positions */
} lex_edge;
/* An automaton with positions 0..count-1.  The forward edges of position p are fwd[fwd_at[p]] .. fwd[fwd_at[p+1]-1]; backward edges
 * likewise.  starts/ends: where a match may begin and end, as edges from outside. */
typedef struct lex_auto {
	uint16_t count;
	uint16_t start_count, end_count;
	bool chain; /* its words are adjacent, without choices: no search is needed */
	const uint32_t *cls;
	const uint32_t *fwd_at, *bwd_at;
	const lex_edge *fwd, *bwd;
	const lex_edge *starts, *ends;
	const uint8_t *is_start, *is_end; /* by position */
} lex_auto;
typedef struct lex_context {
	lex_where where;
	bool forbidden, idle_gap;
	uint8_t min, max;
	lex_auto aut;
	const char *text; /* as written in the lexicon */
} lex_context;
typedef struct lex_pattern {
	lex_auto aut;
	uint32_t context_count;
	const lex_context *contexts;
	uint64_t content; /* hash of what it requires of words */
	uint32_t source;
	uint32_t label; /* UINT32_MAX for an exclusion */
	uint32_t theme;
} lex_pattern;

/* The part of a pattern that hits need. */
typedef struct lex_brief {
	uint32_t label;
	float weight;
	int8_t polarity; /* of aur_hit */
	uint8_t flags;   /* AUR_HIT_* */
	bool may_go; /* an exclusion may remove its hits */
	uint32_t theme;
} lex_brief;

typedef enum { LEX_A_LITERAL, LEX_A_PREFIX, LEX_A_SUFFIX, LEX_A_GLOB, LEX_A_FUZZY } lex_atom_kind;
typedef struct lex_atom {
	lex_atom_kind kind;
	int16_t slot; /* in lex_model.slots: the layer */
	uint8_t fuzzy, letter_case;
	bool light;  /* it accepts a sign across which words touch */
	bool denies; /* it accepts a negating word */
	uint32_t len;
	const char *text; /* normalised; without the star if it is a prefix or suffix */
	uint32_t frequency; /* estimated, as in lex_class */
	uint64_t content;         /* hash of what it accepts */
	uint32_t class_count;
	uint32_t *classes;
} lex_atom;

enum {
	LEX_EXCLUSION = 1,
	LEX_LONGER = 2 /* a match needs more than the way to the node of its anchor: contexts, gaps or choices */
};
/* A need: a word of a set within `reach` words on one side; or anywhere in the sentence, the word of the anchor included. */
typedef enum { LEX_ANYWHERE, LEX_LEFT, LEX_RIGHT } lex_side;
enum {
	LEX_NEEDS = 2,
	LEX_FAR = 255, /* a reach that is not limited within the sentence */
	LEX_SEEN = 512, /* bits of lex_seen: LEX_OWN for one set each, those that save most; the others are shared */
	LEX_OWN = LEX_SEEN / 4,
	LEX_ALWAYS = LEX_SEEN - 1 /* the last bit is set for every sentence; for « no need » */
};
typedef struct lex_need {
	uint32_t set; /* 0: no need */
	uint8_t reach, side;
	uint16_t bit; /* bit of the set in lex_seen */
} lex_need;
/* The sets of needs that a word is in, or any word of a sentence: as bits, and as SIMD lanes. */
typedef uint64_t lex_lane __attribute__((vector_size(16)));
typedef union lex_seen {
	uint64_t bits[LEX_SEEN / 64];
	lex_lane lanes[LEX_SEEN / 128];
	uint8_t bytes[LEX_SEEN / 8]; /* see lex_spot */
} lex_seen;
static inline uint64_t lex_has_seen(const lex_seen *s, uint32_t bit)
{
	return s->bits[bit >> 6] >> (bit & 63) & 1;
}
typedef struct lex_anchor {
	uint32_t pattern;
	uint8_t position, flags;
	float weight; /* weight and theme of the pattern, copied here to save two cache misses */
	uint32_t theme;
	lex_need need[LEX_NEEDS];
	/* By side (left, right): lex_bit of classes, of which the adjacent word must have one; LEX_ANYTHING: no condition. */
	uint64_t beside[2];
} lex_anchor;

/* The bit of a class in the bits of a word, one of 63; several classes share one.  All words have the bit LEX_ANYTHING: it is of no class, as
 * all words would seem to be of that one. */
#define LEX_ANYTHING (UINT64_C(1) << 63)
static inline uint64_t lex_bit(uint32_t cls)
{
	return UINT64_C(1) << ((uint64_t)(cls * UINT32_C(0x9e3779b9)) * 63 >> 32);
}

/* Patterns that are chains of adjacent words are kept in a tree that grows out from their anchor: first to the rarer of the
 * adjacent words, then to the right, then to the left.  Node n < class_count is where class n anchors; other nodes are reached
 * through lex_model.ways. */
typedef struct lex_tnode {
	uint32_t from;  /* from, count: patterns that end here, in lex_model.anchors */
	uint32_t count;
	uint64_t side[2]; /* lex_bit of the words on which it continues to the left, to the right; 0: it does not */
	uint32_t kids, kid_count[2]; /* kids: index in lex_model.kids; first those to the left, then those to the right */
} lex_tnode;
typedef struct lex_kid {
	uint32_t cls, way; /* way: index in lex_model.ways */
} lex_kid;
typedef struct lex_way {
	uint64_t key; /* lex_way_key; 0 = free slot */
	uint32_t to;
	lex_tnode node; /* a copy of nodes[to], to save a cache miss */
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
/* The bits of a way in lex_model.sieve, a Bloom filter: most ways that do not exist are rejected without reading the table. */
static inline uint64_t lex_sieve_bits(uint64_t hash)
{
	return UINT64_C(1) << (hash >> 52 & 63) | UINT64_C(1) << (hash >> 58);
}

/* A list of plain phrases has a second tree, which grows from the first word to the last: see phrases.c.  Nodes are the classes, with
 * which phrases begin, and behind them the links.  ends: the patterns that end there: 0 for none, 2 * pattern + 1, or 2 * (index + 1) of
 * their number in lex_phrases.lists, which they follow, sorted; kids: lex_bit, folded, of the classes with which it goes on. */
typedef struct lex_begin {
	uint32_t ends, kids;
} lex_begin;
typedef struct lex_link {
	uint32_t from, cls; /* from: the node it comes from + 1; 0 = free slot */
	uint32_t ends, kids;
} lex_link;
typedef struct lex_phrases {
	lex_link *links;   /* hash table, open addressing; NULL: not a list of plain phrases; behind it, in the same memory: */
	lex_begin *begins; /* by class */
	uint64_t *sieve;   /* as lex_model.sieve */
	uint32_t *lists;
	size_t link_mask, list_count, sieve_mask; /* masks: sizes less one */
} lex_phrases;

typedef struct lex_class {
	uint32_t atom_count;
	const uint32_t *atoms;
	uint32_t anchor_from, anchor_count; /* in lex_model.every_anchor, which includes those of adjacent pairs, for explain */
	uint64_t content; /* hash of what it accepts */
	uint32_t frequency; /* estimated number of words of this class per million */
	bool anchors_entry, anchors_exclusion;
	bool light, denies; /* as of its atoms */
	uint32_t *needs, need_count; /* the sets of needs that it is in */
} lex_class;

/* A layer that some atoms refer to. */
typedef struct lex_slot {
	const char *name;
	int32_t index;           /* in aur_form.layers; -1 = the form itself */
	lex_trie heads, tails;   /* atoms by the literal that they begin with; by the one that they end with */
	uint64_t literals[256];  /* by first byte: a bit for each length in bytes that literals have */
	uint64_t spellings[256]; /* likewise, for each length in letters of values that may be a misspelt atom */
	uint32_t *globs;         /* atoms that neither begin nor end with a literal */
	size_t glob_count, glob_cap;
	uint8_t fuzzy;           /* the greatest edit distance */
} lex_slot;

/* A fault in a file, kept for the lint. */
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
	size_t pattern_count, pattern_cap;
	aur_label *labels; /* by label number */
	size_t label_count;
	size_t exclusion_count;
	bool wide; /* words that are not adjacent may matter; if not, all patterns are chains without a context */
	lex_atom *atoms;
	size_t atom_count, atom_cap;
	lex_class *classes;
	size_t class_count, class_cap;
	lex_slot *slots;
	size_t slot_count, slot_cap;
	lex_table literals, deletions;
	lex_tnode *nodes;
	size_t node_count, node_cap;
	lex_way *ways; /* hash table, open addressing */
	size_t way_count, way_cap; /* a power of two, or 0 */
	lex_kid *kids;
	uint64_t *sieve;
	size_t sieve_cap; /* words; a power of two */
	lex_anchor *anchors, *every_anchor;
	lex_brief *briefs; /* by pattern */
	lex_phrases phrases;
	uint16_t *set_bits; /* by set of needs: its bit in lex_seen */
	uint64_t fingerprint_hash;
	char fingerprint[64];
	bool drafts;
	bool keep_faults; /* keep faults for the lint and read on */
	lex_fault *faults;
	size_t fault_count, fault_cap;
} lex_model;

/* compile.c: makes patterns and their anchors from sources, one after the other: the tree of a line is needed only until the next. */
typedef struct lex_compiler lex_compiler;
lex_compiler *lex_compiler_new(lex_model *m); /* NULL: no memory */
void lex_compiler_free(lex_compiler *c);
/* For the tree of a line: lex_compile_source empties it. */
lex_arena *lex_compiler_lines(lex_compiler *c);
/* Compiles the last source of the model; that it has too many words is reported by lex_compile_end. */
aur_status lex_compile_source(lex_compiler *c, const lex_tree *tree);
/* Makes of all patterns together what the search needs. */
aur_status lex_compile_end(lex_compiler *c);

/* load.c: reads a lexicon into m->files, themes, sources, which it has compiled by c; if c is NULL, they keep their trees, in `tmp`. */
aur_status lex_load(lex_model *m, lex_arena *tmp, lex_compiler *c, const char *path);

/* faults.c: a fault at a place of a file.  Reports it and returns AUR_E_CONFIG; or, with keep_faults, keeps it and returns AUR_OK. */
aur_status lex_fault_at(lex_model *m, const char *file, uint32_t line, uint32_t column, const char *msg);
aur_status lex_no_memory(const aur_host *h);

#endif
