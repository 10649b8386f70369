/* SPDX-License-Identifier: Apache-2.0 */
/* Is it new, does it come back, does it go away - or can nobody tell?  A verdict of direction needs two witnesses that err in
 * different ways: one counts rooms (it assumes that sessions could come in any order, and is valid even when people of one room
 * repeat each other), the other counts people (valid even when rooms differ in size).  Unless both agree: undecided.
 *
 * One loud person who comes to many rooms is not a crowd.  So every test is run three times: on all voices; with each person
 * counted only in the first room where they voiced it; and only in the last.  The weakest of the three results is the one that is
 * told and that decides.
 *
 * Who says more names more themes: where people got to speak less in later rooms, all themes would seem to fall.  So each test is
 * also run with the people of each room weighted by how much they said there (its contributions, relative to the mean of all
 * rooms).  Again the weakest result decides.
 *
 * What is peculiar to a place is not peculiar to a time: if one wave met in the town and the next one in the country, all that is
 * said in the country would seem new.  So a direction is judged a second time, with the rooms of each territory that met in one
 * wave only merged into one room, and it stands only if it stands there too.  And if both waves met in the same territories but
 * more often in the town first and in the country then, the whole would seem to change though no territory does (Simpson 1951).
 * So it is judged a third time within territories: the people and the rooms of each territory are compared with those of the same
 * one (the merged rooms with one another), and the shares of rooms less that of their territory; where rooms are the witness, at
 * 10 %, as fewer orders differ.
 *
 * Roles: where professionals join in the second wave, what only the others say falls, though nobody says it less.  Let D be the
 * total variation distance between the roles of the people asked in two waves (half the sum of the differences of their shares; of
 * the two waves where it is largest).  If all roles said the same as before, the share of people who voice a theme could still
 * differ by D.  So a direction stands only if that share differs by more between two waves.
 *
 * Rules, with m rooms in order of wave and date, s of them in which it was heard, waves in order of their first session, A = 0.015:
 *  rooms(b)   = C(b,s)/C(m,s): share of the orders in which all s rooms are among b given ones (the first or the last)
 *  people(n)  = hypergeometric probability that none of the n people asked in the other rooms voiced it
 *  NEW        first heard in the last wave; rooms(those since) <= A and people(those before) <= A
 *  RESOLVED   last heard before the last wave; rooms(those until) <= A and people(those after) <= A, and enough people were
 *             asked since (29 or more, each counted once) to say with 95 % confidence that fewer than 1 in 10 would voice it
 *  FALLING    the trend falls (below), or all of RESOLVED holds but the number of people asked since
 *  BACK       its longest silence between two rooms would be a RESOLVED for the rooms up to the end of the silence, its return
 *             would be a NEW for the rooms from the start of the silence on, and it returned in the last wave (here the people
 *             asked during the silence may be fewer than 29)
 *  RECURRENT  none of these; voiced by at least 2 people in the last wave and at least 2 in an earlier one - and in both by the k
 *             people that it takes to be shown: no verdict rests on a hidden count, so that the verdict reveals none.  This is
 *             only an observation: it comes back.  It does not say that it is stable.
 *  UNDECIDED  all else
 * Trend: Mann-Kendall (exact up to 40 rooms) on the shares per room AND Cochran-Armitage on people, both significant at 5 %,
 * two-sided, and of the same sign. tests/unit/test_lifecycle.c checks that false verdicts stay under 5 % on simulated series with a
 * known truth. */
#ifndef AUR_IRRITANTS_LIFECYCLE_H
#define AUR_IRRITANTS_LIFECYCLE_H
#include <stdbool.h>
#include <stdint.h>
#include "stats/trend.h"

#define AUR_LIFE_A 0.015
#define AUR_LIFE_TREND 0.05
#define AUR_LIFE_WITHIN 0.10 /* of tests on rooms of one territory at a time: of four that met once in each of two waves, no order reaches 0.05 */
#define AUR_LIFE_CEILING 0.10 /* RESOLVED: fewer than this share of people would voice it, with 95 % confidence */

typedef struct aur_life_room {
	uint32_t heard, asked; /* people who voiced it; people asked, which is above 0 */
	uint32_t wave;         /* from 0, not decreasing */
	uint32_t first, last;  /* of those who voiced it: how many had not done so in an earlier room; how many did not in a later one */
	uint32_t weighed;      /* people asked, weighted by what they said; 0: the same as `asked` */
	uint32_t place;        /* its territory, from 0; 0 for all rooms if territories are not known */
	uint32_t asked_again;  /* of those asked: how many were asked in a later room too */
} aur_life_room;

typedef enum aur_life_verdict {
	AUR_LIFE_UNDECIDED = 0,
	AUR_LIFE_NEW,
	AUR_LIFE_RECURRENT,
	AUR_LIFE_FALLING,
	AUR_LIFE_RESOLVED,
	AUR_LIFE_BACK,
	AUR_LIFE_VERDICTS
} aur_life_verdict;

typedef enum aur_life_why {
	AUR_WHY_SHOWN = 0,      /* both witnesses agree */
	AUR_WHY_ONE_ROOM,       /* fewer than two rooms, or one wave: nothing to compare */
	AUR_WHY_NEVER,          /* never voiced */
	AUR_WHY_NEW_BY_CHANCE,  /* first heard in the last wave, but chance alone could do that */
	AUR_WHY_GONE_BY_CHANCE, /* not heard in the last wave, but chance alone could do that */
	AUR_WHY_TOO_FEW_SINCE,  /* FALLING: gone, but too few were asked since to say resolved */
	AUR_WHY_LONE_VOICES,    /* voiced by too few people in the last wave, or in each earlier one */
	AUR_WHY_TREND,          /* FALLING by the trend */
	AUR_WHY_PLACES,         /* a direction was found, but the waves met in other territories, or in other proportions, and that may explain it */
	AUR_WHY_ROLES,          /* a direction was found, but the roles of those asked differ by as much between the waves */
	AUR_WHY_HIDDEN,         /* the rest is not shown (for RECURRENT: whether it falls), as it would reveal a count under the threshold */
	AUR_WHYS
} aur_life_why;

typedef enum aur_life_trend {
	AUR_TREND_UNDECIDED = 0, /* the tests ran, and do not both conclude */
	AUR_TREND_CANNOT,        /* with so few rooms (or so many ties) Mann-Kendall cannot reach the level */
	AUR_TREND_RISE,
	AUR_TREND_FALL
} aur_life_trend;

typedef struct aur_life {
	aur_life_verdict verdict;
	aur_life_why why;
	aur_life_trend trend;
	uint32_t rooms, heard_rooms;
	uint32_t first, last;      /* indices of the rooms in which it was first and last heard (in a ledger: sessions); meaningless if heard_rooms is 0 */
	double p_rooms, p_people;  /* of the verdict, or of the one that chance alone could explain; NAN where no such test ran */
	aur_mk mk;                 /* on the shares per room; the weakest of the three runs */
	aur_ca ca;                 /* on people, likewise */
	double least_untied;       /* the smallest p that exact Mann-Kendall can reach with this many rooms and no ties: 2/m! */
} aur_life;

/* Who was asked in the waves. */
typedef struct aur_life_mix {
	const uint32_t *asked; /* by wave: distinct people */
	double apart;          /* D above, 0 to 1 */
} aur_life_mix;

/* mix: NULL if there are no roles.  wave_heard[w]: distinct people who voiced it in wave w (there are rooms[m - 1].wave + 1 waves).  k: counts below it are not
 * shown.  Fails: AURE_USAGE, AURE_NOMEM. */
aur_code aur_life_judge(const aur_life_room *rooms, uint32_t m, const uint32_t *wave_heard, const aur_life_mix *mix, uint32_t k, aur_life *out,
			aur_error *e);
#endif
