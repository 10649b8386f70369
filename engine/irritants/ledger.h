/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger of recurring irritants: for each theme and sub-theme what was said of it, by how many, where, since when, and how sure
 * one can be.  Pure function of the input and the options: same input, same ledger.
 *
 * Words used here
 *  carries     a contribution in which the theme, or a theme below it, was found, whatever its polarity
 *  polarity    of a theme in a contribution: asserted where one of its hits is, else conditional, else denied
 *  asked       a contribution in which an irritant could be voiced: its stance is improve or get rid of, or its activity
 *              is unstructured.  The denominator of every share.
 *  irritant    asked, carries the theme, and (stance improve or get rid of, or asserted)
 *  people      distinct speakers; a contribution without a speaker counts as a person of its own
 *  room        a session in which at least one contribution was asked
 *
 * Where a cell is not AUR_SHOWN, nobody may print its number, nor anything from which that number follows (its share, its interval,
 * a specificity that it is the total of, its place in an order, one verbatim for each of its people).  ledger_json.c, tables.c and
 * the page respect that, and tests/unit/test_attack.c tries to break it. */
#ifndef AUR_IRRITANTS_LEDGER_H
#define AUR_IRRITANTS_LEDGER_H
#include "base/mem.h"
#include "irritants/consistency.h"
#include "irritants/input.h"
#include "irritants/lifecycle.h"
#include "irritants/mask.h"
#include "irritants/suppress.h"
#include "stats/interval.h"

typedef enum aur_dim { AUR_DIM_TERRITORY = 0, AUR_DIM_KIND, AUR_DIM_WAVE, AUR_DIM_ROLE, AUR_DIMS } aur_dim;

typedef struct aur_irr_options {
	uint32_t k;          /* people: a count of fewer is not shown.  Default 5; 0 and 1 show everything */
	uint32_t quote_count; /* verbatims per theme; default 6 */
	uint32_t word_count;  /* words per theme; default 24 */
	double level;        /* confidence level of the intervals; default 0.95 */
	const aur_mask *mask; /* NULL: nothing is quoted */
} aur_irr_options;
#define AUR_IRR_OPTIONS {5, 6, 24, 0.95, NULL}

/* A territory, a kind of territory, a wave or a role. */
typedef struct aur_irr_part {
	aur_str name;
	aur_irr_cell asked;
	uint32_t sessions, rooms;
} aur_irr_part;

typedef struct aur_irr_dim {
	aur_irr_part *parts; /* waves by date; the others by the date of their first session, roles in the order of the input */
	uint32_t count;
	uint32_t *of_session; /* part of each session, or AUR_IN_ABSENT (not for roles) */
	uint32_t *of_role;    /* part of each role of the input, or AUR_IN_ABSENT: it has too few people to be one (for roles alone) */
	uint32_t roles_out;   /* how many are not */
	uint32_t asked;       /* contributions asked that have a known part: the N of its specificities */
	aur_irr_cell unplaced; /* contributions asked that have none */
} aur_irr_dim;

typedef struct aur_irr_room {
	aur_irr_cell said, asked; /* all contributions of the room, and those in which an irritant could be voiced */
	uint32_t tokens;
	aur_irr_cell bare;       /* no theme was found, and it is more than a non-answer */
	aur_irr_cell non_answers;
	aur_irr_cell not_asked, themed; /* said less asked, and said less bare and non_answers; printed nowhere */
} aur_irr_room;

/* Lafon's specificity, counted in contributions: k (cell.n) of the F irritants fell into a part that has n of the N contributions asked. */
typedef struct aur_irr_spec {
	aur_irr_cell cell;
	double S, log10_q; /* NAN where they would reveal more than what is shown; q (Benjamini-Hochberg) is over all that are shown of the dimension;
	                    * its p is two-sided, and the weaker of two: on contributions and on people */
	double least; /* the smaller of |S| on contributions and on people; 0 where these lie on two sides, NAN where S is */
} aur_irr_spec;

typedef struct aur_irr_word {
	uint32_t expr;
	aur_irr_cell all;      /* contributions and people that say it where this theme was found; only "masked" is shown of it where the theme, or
	                        * the theme below it in which the word was found, is not shown */
	uint64_t k, F;     /* occurrences in the irritant's contributions, and anywhere in the corpus */
	double S;          /* Lafon on words: k of F in the n words of the irritant's contributions out of N */
	uint32_t outside;  /* people behind the F - k: where they are few, neither k nor S of the theme's words is shown that are said outside */
} aur_irr_word;

enum { AUR_IRR_BEST = 10 };

typedef struct aur_irr_range {
	double low, high;
} aur_irr_range;

typedef struct aur_irr_theme {
	uint32_t theme;                    /* index in the input */
	aur_irr_cell carried; /* contributions that carry it; printed nowhere, but its split by stance is */
	aur_irr_cell irritant;
	aur_irr_cell stance[AUR_IN_STANCES];   /* contributions that carry it, by stance */
	aur_irr_cell polarity[3];              /* contributions that carry it, by AUR_ASSERTED, AUR_NEGATED, AUR_CONDITIONAL */
	aur_irr_cell asserted_free;            /* irritants because asserted in an unstructured activity */
	aur_irr_cell *session;                 /* irritant, by session */
	aur_irr_cell elsewhere;                /* irritant, in contributions without a session */
	aur_irr_spec *part[AUR_DIMS];      /* irritant, by part */
	aur_irr_cell unplaced[AUR_DIMS];       /* irritant, in contributions whose part is not known */
	aur_irr_cell finger[6];                /* carried, by finger 1..5 */
	aur_irr_cell no_irritant;              /* contributions that carry it, but not as an irritant */
	aur_irr_cell stance_rest[AUR_IN_STANCES]; /* of each stance: carried outside of the hand; of unstructured: denied or conditional */
	aur_interval share, share_people;  /* contributions: irritant / asked; people: those who voiced it / those asked */
	uint32_t rooms, rooms_possible, territories, territories_possible;
	uint32_t first, last;              /* sessions in which it was first and last voiced (in order of date), or AUR_IN_ABSENT */
	/* divergence: how many of the stances keep, improve and get rid of carry the theme without denying it; and their effective
	 * number (1 to 3) */
	uint32_t stances_heard;
	double divergence;
	aur_life life;
	bool life_hidden;                  /* its verdict would reveal a hidden number: see aur_life_told() */
	aur_life_room *series;             /* the rooms that the life-cycle looks at, by wave, then by date */
	uint32_t *series_session, *series_heard; /* the session of each room of series; people who voiced it, by wave */
	double effective_people;           /* exp of Shannon's entropy of contributions by person */
	double loudest;                    /* the largest share of the irritant's contributions that one person said */
	/* The range of each figure when any one person is left out.  loo_rooms is shown only where all rooms are, and
	 * loo_territories where all territories are: if a room hangs on one person, its hidden count must be 1. */
	aur_irr_range loo_n, loo_share, loo_rooms, loo_territories;
	aur_irr_word *words;               /* most specific first; then, in an order that reveals nothing, those whose numbers are hidden */
	uint32_t word_count;
	uint32_t best[AUR_IRR_BEST], best_count; /* the most specific expressions, even where nothing may be shown of them */
	uint32_t *quotes;                  /* contributions, picked by the rule of quote.h */
	uint32_t quote_count, quotable;
	const uint32_t *list;              /* contributions that carry it, sorted by session */
	const uint8_t *how;                /* of each entry of list: AUR_HOW_* | polarity << 4 */
	uint32_t list_count;
} aur_irr_theme;
enum { AUR_HOW_IRRITANT = 1 };

/* How closely one may say where words were said.  Whoever was in the room knows who was the only professional there: so a place is
 * named only where at least k people of the speaker's role spoke there, or k professionals where the words are reported as a
 * professional's demand.  Session and role are decided together, as showing one of them may show the other. */
enum { AUR_PLACE_NOWHERE = 0, AUR_PLACE_TERRITORY, AUR_PLACE_SESSION };

typedef struct aur_ledger {
	const aur_input *in;
	aur_irr_options opt;
	aur_irr_theme *themes; /* in the order of the input */
	uint32_t theme_count;
	uint32_t *ranked;      /* themes without parent, most people first as far as that is shown; then the other themes */
	uint32_t ranked_count;
	uint32_t *by_date;     /* sessions by date, then by id; undated ones last */
	aur_irr_room *rooms;   /* by session */
	aur_irr_room outside;  /* contributions without a session */
	aur_irr_room all;
	aur_irr_cell stance[AUR_IN_STANCES]; /* all contributions by stance, that is, by what was asked */
	aur_irr_dim dim[AUR_DIMS];
	uint32_t *life_wave;   /* by session: the wave that the life-cycle puts it into */
	aur_life_mix life_mix; /* of these waves, in the order of the series of a theme; made with the first theme */
	bool halves;           /* fewer than two waves were typed, so the earlier and the later half of the rooms stand for them */
	uint32_t contributions, people, asked, asked_people, rooms_possible;
	uint32_t rooms_dated;  /* of rooms_possible: those that the life-cycle can look at */
	uint32_t anonymous;    /* contributions without a speaker */
	bool no_stance;        /* there are contributions, but none has a stance: then whatever is asserted is an irritant */
	aur_irr_cell quoted[2]; /* contributions that may not be quoted [0], and that may [1] */
	uint32_t *person;      /* by contribution; anonymous ones have a person of their own */
	uint32_t person_count;
	uint8_t *place;        /* AUR_PLACE_* of each contribution: how closely one may say where it was said */
	uint32_t *bare;        /* a few contributions without a theme that may be quoted, picked by the rule of quote.h */
	uint32_t bare_count;
	bool *unread;          /* by word of the residue: it occurs in masked text, and must not be shown */
	uint32_t *order;       /* contributions sorted by session, and by id in each */
	aur_finding *findings;
	uint32_t finding_count;
	aur_arena arena;
} aur_ledger;

/* `in` and opt->mask must outlive the ledger.  Fails where a text cannot be read, without memory, or where the input has too many
 * sessions or roles for the search of suppress.h. */
aur_code aur_ledger_build(const aur_input *in, const aur_irr_options *opt, aur_ledger **out, aur_error *e);
void aur_ledger_free(aur_ledger *l);

/* Below 0 where a comes before b; 0 where nothing that is shown tells them apart (an order by hidden numbers would reveal them). */
int aur_irr_cell_order(const aur_irr_cell *a, const aur_irr_cell *b, uint32_t k);

/* May this word of what no theme caught be shown?  Not if fewer than k people say it, nor if it is a name or a number. */
static inline bool aur_residue_told(const aur_ledger *l, uint32_t word)
{
	return l->in->residue[word].speakers >= l->opt.k && !l->unread[word];
}

/* The part of a dimension that a contribution belongs to, or AUR_IN_ABSENT. */
static inline uint32_t aur_part_of(const aur_ledger *l, aur_dim d, uint32_t contribution)
{
	const aur_in_contribution *c = &l->in->contributions[contribution];
	uint32_t of = d == AUR_DIM_ROLE ? c->role : c->session;
	return of == AUR_IN_ABSENT ? AUR_IN_ABSENT : d == AUR_DIM_ROLE ? l->dim[d].of_role[of] : l->dim[d].of_session[of];
}

/* Could an irritant be voiced in this contribution? */
static inline bool aur_in_asked(const aur_in_contribution *c)
{
	return c->stance == AUR_IN_UNSTRUCTURED || c->stance == AUR_IN_IMPROVE || c->stance == AUR_IN_GETRID;
}
#endif
