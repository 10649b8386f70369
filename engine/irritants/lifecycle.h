/* SPDX-License-Identifier: Apache-2.0 */
/* Is it new, does it come back, does it go away - or can nobody tell?  A verdict of direction needs two witnesses that
 * err in different ways: one that counts rooms (sessions are drawn in any order: valid when people of one room repeat each
 * other) and one that counts people (valid when rooms differ in size).  Where they do not both speak: undecided.
 *
 * One loud person who comes to many rooms is not a crowd: every test is run three times, on all voices, and on each person counted
 * once, in the first room where they voiced it, and in the last; the weakest is told, and decides.
 *
 * Who says more says more themes: where people got to speak less in later rooms, all themes would seem to fall.  So each test is also run
 * with the people of each room weighted by what they said there (its contributions, out of the mean of all rooms); again the weakest decides.
 *
 * What is peculiar to a place is not peculiar to a time: where one wave met in the town and the next in the country, all that is said in
 * the country would seem new.  So a direction is also judged with the rooms of each territory that met in one wave alone taken as
 * one room, and stands only where it stands there too.
 *
 * Rules, with m rooms in order of wave and date, s of them in which it was heard, waves in order of their first session, A = 0.015:
 *   rooms(b)   = C(b,s)/C(m,s): share of the orders in which all s rooms stand among b given ones (the first or the last)
 *   people(n)  = hypergeometric chance that none of the n people asked in the other rooms voiced it
 *   NEW        first heard in the last wave; rooms(those since) <= A and people(those before) <= A
 *   RESOLVED   last heard before the last wave; rooms(those until) <= A and people(those after) <= A, and enough people were
 *              asked since (29 or more) to say with 95 % that fewer than 1 in 10 would voice it
 *   FALLING    the trend falls (below), or RESOLVED but for the number of people asked since
 *   BACK       its longest silence between two rooms is a RESOLVED of the rooms up to its end, and its end a NEW of the
 *              rooms from its start, and it ends in the last wave (people asked in between are not held to the 29)
 *   RECURRENT  none of these; voiced by 2 people or more in the last wave and in an earlier one - and by as many as it takes to be
 *              shown (k): what may not be shown carries no verdict, and the verdict tells nothing of it.  That is an observation: it
 *              comes back.  It does not say that it is stable.
 *   UNDECIDED  all else
 * Trend: Mann-Kendall, exact up to 40 rooms, on the shares per room AND Cochran-Armitage on people, both at 5 %, two-sided, same sign.
 * tests/unit/test_lifecycle.c holds false verdicts under 5 % on simulated series with a known truth. */
#ifndef AUR_IRRITANTS_LIFECYCLE_H
#define AUR_IRRITANTS_LIFECYCLE_H
#include <stdbool.h>
#include <stdint.h>
#include "stats/trend.h"

#define AUR_LIFE_A 0.015
#define AUR_LIFE_TREND 0.05
#define AUR_LIFE_CEILING 0.10 /* RESOLVED: fewer than this share of people, with 95 % */

typedef struct aur_life_room {
	uint32_t heard, asked; /* people who voiced it, people heard at all; asked > 0 */
	uint32_t wave;         /* from 0, not decreasing */
	uint32_t first, last;  /* of those who voiced it: not in a room before, not in one after */
	uint32_t weighed;      /* people heard, weighted by what they said; 0: as many as `asked` */
	uint32_t place;        /* its territory, from 0; 0 everywhere where they are not known */
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
	AUR_WHY_LONE_VOICES,    /* in the last wave or in each before, fewer people than that */
	AUR_WHY_TREND,          /* FALLING by the trend */
	AUR_WHY_PLACES,         /* a direction, but for the territories, which were not those of the other waves */
	AUR_WHY_HIDDEN,         /* no more is told (RECURRENT: whether it falls): it would give away a count under the threshold */
	AUR_WHYS
} aur_life_why;

typedef enum aur_life_trend {
	AUR_TREND_UNDECIDED = 0, /* the tests ran and do not both conclude */
	AUR_TREND_CANNOT,        /* with so few rooms (or so many ties) Mann-Kendall cannot go under the level */
	AUR_TREND_RISE,
	AUR_TREND_FALL
} aur_life_trend;

typedef struct aur_life {
	aur_life_verdict verdict;
	aur_life_why why;
	aur_life_trend trend;
	uint32_t rooms, heard_rooms;
	uint32_t first, last;      /* rooms in which it was first and last heard; meaningless where heard_rooms is 0 */
	double p_rooms, p_people;  /* of the verdict, or of the one that chance could explain; NAN where no such test ran */
	aur_mk mk;                 /* on the shares per room, the weakest of the three */
	aur_ca ca;                 /* on people, likewise */
	double least_untied;       /* what exact Mann-Kendall could reach at best with this many rooms: 2/m! */
} aur_life;

/* wave_heard[w]: distinct people who voiced it in wave w (waves = last room's wave + 1); k: the threshold under which counts are not
 * shown.  Fails: AURE_USAGE, AURE_NOMEM. */
aur_code aur_life_judge(const aur_life_room *rooms, uint32_t m, const uint32_t *wave_heard, uint32_t k, aur_life *out, aur_error *e);
#endif
