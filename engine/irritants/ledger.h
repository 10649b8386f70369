/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger of recurring irritants: for each theme and sub-theme what was said of it, by how many, where, since when, and how
 * sure one can be.  Pure function of the input and the options: same input, same ledger.
 *
 * Words used here
 *   carries     a contribution in which the theme, or a theme below it, was found, whatever its polarity
 *   polarity    of a theme in a contribution: asserted where one of its hits is, else conditional, else denied
 *   asked       a contribution in which an irritant could be voiced: its stance is improve or get rid of, or its activity
 *               is unstructured.  The denominator of every share.
 *   irritant    asked, carries the theme, and (stance improve or get rid of, or asserted)
 *   people      distinct speakers; a contribution without a speaker counts as a person of its own
 *   room        a session in which at least one contribution was asked
 *
 * A cell that is not AUR_SHOWN must be printed by nobody, nor anything that gives it back (its share, its interval, a specificity whose
 * total it is, its place in an order, one verbatim for each of its people); ledger_json.c, tables.c and the page hold to it, and
 * tests/unit/test_attack.c tries. */
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
	uint32_t k;          /* people; counts of fewer are not shown.  Default 5; 0 and 1 show all */
	uint32_t quote_count; /* verbatims per theme; default 6 */
	uint32_t word_count;  /* words per theme; default 24 */
	double level;        /* of the intervals; default 0.95 */
	const aur_mask *mask; /* NULL: nothing is quoted */
} aur_irr_options;
#define AUR_IRR_OPTIONS {5, 6, 24, 0.95, NULL}

/* A territory, a kind of territory, a wave or a role. */
typedef struct aur_irr_part {
	aur_str name;
	aur_irr_cell asked;
	uint32_t sessions, rooms;
	aur_str first_date; /* of its sessions */
} aur_irr_part;

typedef struct aur_irr_dim {
	aur_irr_part *parts; /* waves by date; the others by the date of their first session, roles as given */
	uint32_t count;
	uint32_t *of_session; /* part of each session, or AUR_IN_ABSENT (not for roles) */
	uint32_t asked;       /* contributions asked whose part is known: the N of its specificities */
	aur_irr_cell unplaced; /* asked, part not known */
} aur_irr_dim;

typedef struct aur_irr_room {
	aur_irr_cell said, asked; /* contributions and people: all; those in which an irritant could be voiced */
	uint32_t tokens;
	aur_irr_cell bare;       /* no theme, and more than a non-answer */
	aur_irr_cell non_answers;
	aur_irr_cell not_asked, themed; /* what is left of all without those asked; without bare and non-answers: printed nowhere */
} aur_irr_room;

/* Lafon on contributions: k of F irritants in a part with n of the N contributions asked. */
typedef struct aur_irr_spec {
	aur_irr_cell cell;
	double S, log10_q; /* NAN where they would tell more than is shown; q over all that are told of the dimension (Benjamini-Hochberg) */
} aur_irr_spec;

typedef struct aur_irr_word {
	uint32_t expr;
	aur_irr_cell all;      /* contributions and people that say it where this theme was found; no more than "masked" is told of it
			        * where the theme, or a part of it in which it was found, is not shown */
	uint64_t k, F;     /* occurrences in the irritant's contributions, and anywhere */
	double S;          /* Lafon on words: k of F in the n words of the irritant's contributions out of N */
} aur_irr_word;

enum { AUR_IRR_BEST = 10 };

typedef struct aur_irr_range {
	double low, high;
} aur_irr_range;

typedef struct aur_irr_theme {
	uint32_t theme;                    /* of the input */
	aur_irr_cell carried; /* printed nowhere: its stances are */
	aur_irr_cell irritant;
	aur_irr_cell stance[AUR_IN_STANCES];   /* contributions that carry it, by stance */
	aur_irr_cell polarity[3];              /* by AUR_ASSERTED, AUR_NEGATED, AUR_CONDITIONAL */
	aur_irr_cell asserted_free;            /* irritant by being asserted in an unstructured activity */
	aur_irr_cell *session;                 /* irritant, by session */
	aur_irr_cell elsewhere;                /* irritant, in no session */
	aur_irr_spec *part[AUR_DIMS];      /* irritant, by part */
	aur_irr_cell unplaced[AUR_DIMS];       /* irritant, part not known */
	aur_irr_cell finger[6];                /* carried, by finger 1..5 */
	aur_irr_cell no_irritant;              /* carried, and no irritant */
	aur_irr_cell stance_rest[AUR_IN_STANCES]; /* of a stance, outside of the hand; unstructured: denied or under a condition */
	aur_interval share, share_people;  /* irritant of asked; people who voiced it of people asked */
	uint32_t rooms, rooms_possible, territories, territories_possible;
	uint32_t first, last;              /* sessions (in order of date) or AUR_IN_ABSENT */
	/* divergence: how many of keep, improve, get rid of were said without denying it; and the effective number of them (1 to 3) */
	uint32_t stances_heard;
	double divergence;
	aur_life life;
	bool life_hidden;                  /* its verdict would give a hidden number away: see aur_life_told() */
	aur_life_room *series;             /* the rooms it is about, by wave, then by date */
	uint32_t *series_session, *series_heard; /* the session of each; people by wave */
	double effective_people;           /* exp of Shannon's entropy of contributions by person */
	double loudest;                    /* share of the irritant's contributions that one person said, at most */
	/* When any one person is left out.  The last two are told where all rooms (territories) are: that one of them hangs on one person
	 * says of a hidden number that it is 1. */
	aur_irr_range loo_n, loo_share, loo_rooms, loo_territories;
	aur_irr_word *words;               /* the most specific first; those whose numbers are hidden last, in no order of theirs */
	uint32_t word_count;
	uint32_t best[AUR_IRR_BEST], best_count; /* expressions: the most specific, also where nothing is told of them */
	uint32_t *quotes;                  /* contributions, by the rule of quote.h */
	uint32_t quote_count, quotable;
	const uint32_t *list;              /* contributions that carry it, in order of session */
	const uint8_t *how;                /* of each: AUR_HOW_* | polarity << 4 */
	uint32_t list_count;
} aur_irr_theme;
enum { AUR_HOW_IRRITANT = 1 };

/* Who was there knows who was the one professional: words are placed where the threshold's number of people of their role spoke, or of
 * professionals where they are told as one's demand.  Not by session and role each for itself: what shows the one may show the other. */
enum { AUR_PLACE_NOWHERE = 0, AUR_PLACE_TERRITORY, AUR_PLACE_SESSION };

typedef struct aur_ledger {
	const aur_input *in;
	aur_irr_options opt;
	aur_irr_theme *themes; /* in the order of the input */
	uint32_t theme_count;
	uint32_t *ranked;      /* themes without parent, most people first, as far as they are shown; then the others */
	uint32_t ranked_count;
	uint32_t *by_date;     /* sessions in order of date, then id; undated last */
	aur_irr_room *rooms;   /* by session */
	aur_irr_room outside;  /* contributions in no session */
	aur_irr_room all;
	aur_irr_cell stance[AUR_IN_STANCES]; /* all contributions, by stance: what was asked */
	aur_irr_dim dim[AUR_DIMS];
	uint32_t *life_wave;   /* by session: the wave used by the life-cycle */
	bool halves;           /* no two waves were typed: the earlier and the later half of the rooms stand for them */
	uint32_t contributions, people, asked, asked_people, rooms_possible;
	uint32_t anonymous;    /* contributions without a speaker */
	bool no_stance;        /* there are contributions, and none has a stance: whatever is asserted is an irritant */
	aur_irr_cell quoted[2]; /* contributions that may not, and that may be quoted */
	uint32_t *person;      /* of each contribution, anonymous ones included */
	uint32_t person_count;
	uint8_t *place;        /* of each contribution, AUR_PLACE_*: how closely it may be told where its words were said */
	uint32_t *bare;        /* contributions without a theme that may be quoted: a few, by the rule of quote.h */
	uint32_t bare_count;
	bool *unread;          /* by word of the residue: it stands in what is masked */
	uint32_t *order;       /* contributions in order of session */
	aur_finding *findings;
	uint32_t finding_count;
	aur_arena arena;
} aur_ledger;

aur_code aur_ledger_build(const aur_input *in, const aur_irr_options *opt, aur_ledger **out, aur_error *e);
void aur_ledger_free(aur_ledger *l);

/* Below 0 where a comes before b, 0 where nothing that is shown tells them apart: an order by hidden numbers would tell about them. */
int aur_irr_cell_order(const aur_irr_cell *a, const aur_irr_cell *b, uint32_t k);

/* May a word of what no theme caught be read: neither one person's own, nor a name or a number? */
static inline bool aur_residue_told(const aur_ledger *l, uint32_t word)
{
	return l->in->residue[word].speakers >= l->opt.k && !l->unread[word];
}

static inline bool aur_in_asked(const aur_in_contribution *c)
{
	return c->stance == AUR_IN_UNSTRUCTURED || c->stance == AUR_IN_IMPROVE || c->stance == AUR_IN_GETRID;
}
#endif
