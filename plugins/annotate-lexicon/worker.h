/* SPDX-License-Identifier: Apache-2.0 */
/* worker.h - what a thread puts down while it searches, in the order in which it comes about: forms, the current sentence, what is to be
 * looked up, matches. */
#ifndef AURICULE_LEXICON_WORKER_H
#define AURICULE_LEXICON_WORKER_H
#include "candidates.h"
#include "model.h"

/* ---- forms ---- */

/* What is tried at a form: first how many things, of each kind; then those, the entries, the nodes and the exclusions.  Of an
 * anchor only what rules most of them out: a form has six on average, and what they take together must stay in the cache. */
typedef struct lex_spot { /* a bit of lex_seen: a byte of lex_seen.bytes, and the bit in it */
	uint8_t at, mask;
} lex_spot;
typedef union lex_trial {
	struct {
		uint32_t beside[2]; /* lex_halve of the anchor's; or of the node's sides */
		lex_spot need[LEX_NEEDS];
		uint32_t what; /* index in lex_model.anchors; or a node of the tree of chains */
	};
	struct {
		uint32_t entries, nodes, exclusions;
	};
} lex_trial;
static inline uint32_t lex_halve(uint64_t bits)
{
	return (uint32_t)(bits | bits >> 32);
}

/* What a worker caches for all forms that have the same classes; 32 bytes, so that it costs one cache miss. */
typedef struct lex_form {
	uint64_t bits;    /* lex_bit of all its classes, and LEX_ANYTHING */
	uint32_t classes; /* the class, if it is only one; else index of the first in lex_worker.pool */
	uint32_t count : 24, punct : 2; /* count: number of classes; punct: LEX_P_* */
	uint32_t trials;     /* index in lex_worker.trials of how many there are */
	uint32_t sets;       /* sets of needs that it satisfies: index in lex_worker.sets of their number, which they follow, sorted */
	uint32_t column;     /* its bit in each element of lex_worker.of_class; 0: it has none */
} lex_form;
enum { LEX_P_WORD, LEX_P_LIGHT, LEX_P_STOP };

/* A word like « de » is of a thousand classes.  The first 255 forms with many get a column, and each class says here which of
 * these are of it.  A row per class, not per form: what asks about a class mostly asks about all words of a sentence. */
enum { LEX_COLUMNS = 256 };
typedef struct lex_columns {
	uint64_t bits[LEX_COLUMNS / 64];
} lex_columns;
static inline bool lex_is_column(const lex_columns *c, uint32_t column)
{
	return c->bits[column / 64] >> (column & 63) & 1;
}
enum { LEX_MOST_SIGNS = 64 }; /* in a row, that a search looks across: to look across all that somebody typed takes quadratic time */

enum { LEX_FAR_OFF = UINT16_MAX };

/* ---- what is to be looked up ---- */

/* A token at which a search begins. */
typedef struct lex_search {
	uint32_t token;
	uint32_t beside[2]; /* the words to its left and right, or UINT32_MAX */
	uint64_t bits[2];   /* lex_form.bits of these words */
} lex_search;

/* Where a search in the tree of chains has come to: the words first..last; and the way that it looks for. */
typedef struct lex_step {
	uint64_t key; /* lex_way_key */
	uint32_t search, first, last; /* search: index in lex_worker.searches */
} lex_step;

/* Anchors whose chain was found. */
typedef struct lex_arrival {
	lex_step at;
	uint32_t from, count; /* in lex_model.anchors */
} lex_arrival;

/* An anchor that may match. */
typedef struct lex_chosen {
	const lex_anchor *anchor;
	lex_step at;
} lex_chosen;

/* What phrases.c puts down: the words of a contribution, without signs that words touch across; where it may go on; the links to be looked
 * up there; the phrases that were found. */
typedef struct lex_token {
	uint32_t token, bits, classes; /* bits: lex_form.bits, folded; classes, count: as in lex_form */
	uint8_t count;
	bool joined; /* the next word touches it */
} lex_token;
typedef struct lex_going {
	uint32_t node, kids, first, at; /* it may go on from the node with the word `at`; first: the word that the phrase begins with */
} lex_going;
typedef struct lex_linking {
	uint64_t hash;
	uint32_t from, cls, first, at;
} lex_linking;
typedef struct lex_ended {
	uint32_t ends, first, last; /* ends: as in lex_link; first: a word; last: a token */
} lex_ended;

/* ---- walks ---- */

/* The pairs (position, token) that a walk has tried: the first few in an array, others in a hash table. */
enum { LEX_FEW = 16, LEX_BOOK = 4096 }; /* LEX_BOOK: a power of two; a walk that needs more gives up */
typedef struct lex_book {
	uint32_t turn, count;
	uint64_t few[LEX_FEW];
	uint64_t keys[LEX_BOOK];
	uint32_t turns[LEX_BOOK];
} lex_book;
enum { LEX_ASKED = 64 }; /* a power of two */

typedef struct lex_worker {
	const aur_host *host;
	const lex_model *m;
	bool blind;     /* ignore letter case: for explain */
	uint8_t slack;  /* extra words that each step may skip beyond what the pattern allows: for explain */
	bool no_memory;
	uint32_t polls;

	/* forms.c */
	uint16_t *of_form; /* by aur_view.form: index in w->forms + 1; 0 = not looked up yet; LEX_FAR_OFF = in far_form */
	uint32_t *far_form; /* the same for an index that is too great for of_form, which so takes half of the cache */
	size_t of_form_cap, far_form_cap;
	lex_form *forms; /* the first three are for words and signs that no pattern mentions */
	size_t form_count, form_cap;
	lex_seen *in; /* by index in forms: the sets of needs that it is in */
	size_t in_cap;
	lex_columns *of_class; /* by class; NULL: no form has a column, as yet or as there are too many classes */
	uint32_t column_count;
	lex_table same; /* from a hash of classes to indices in forms */
	lex_trial *trials;
	size_t trial_count, trial_cap;
	uint32_t *pool;
	size_t pool_count, pool_cap;
	uint32_t *sets;
	size_t set_count, set_cap;
	uint32_t *found; /* classes of the form that is being looked up, or was classified last; found_punct: LEX_P_* */
	size_t found_count, found_cap;
	unsigned found_punct;

	/* sentence.c: the current sentence; from > to: none */
	uint32_t from, to;
	const aur_view *around; /* after lex_enter_around: whose words they are; else NULL */
	uint32_t *at; /* by token: index in w->forms */
	size_t at_cap;
	uint32_t *words; /* the tokens of the sentence that are words */
	uint32_t *behind; /* by token: how many words there are up to it, itself included */
	size_t word_cap, behind_cap;
	uint32_t word_count;
	lex_seen seen;       /* the sets of needs that its words are in */
	uint32_t sentence;   /* a serial number */

	/* search.c */
	uint8_t kind; /* of the search that goes on: LEX_EXCLUSION or 0 */
	uint32_t *anchors; /* tokens of a text at which it begins */
	size_t anchor_cap;
	lex_search *searches;
	size_t search_count, search_cap;
	lex_step *steps;
	size_t step_count, step_cap;
	lex_arrival *arrivals;
	size_t arrival_count, arrival_cap;
	lex_chosen *chosen;
	size_t chosen_count, chosen_cap;

	/* phrases.c */
	lex_token *tokens;
	size_t token_cap;
	lex_going *goings;
	size_t going_count, going_cap;
	lex_linking *links;
	size_t link_count, link_cap;
	lex_ended *ended;
	size_t ended_count, ended_cap;

	/* walk.c */
	lex_book *books; /* one for the current walk, and one for the context that it checks */
	struct lex_asked {
		const lex_context *c;
		uint32_t sentence, first, last; /* where the context matched; first > last: nowhere */
	} asked[LEX_ASKED]; /* results for contexts in the current sentence: many candidates ask for the same context, and without this a long
	                     * sentence would take quadratic time */

	/* hits.c */
	lex_candidates hits, exclusions;
	uint32_t *stamps; /* by token */
	size_t stamp_cap;
	uint32_t stamp;
	float *sums; /* by file */
} lex_worker;

#endif
