/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <math.h>
#include <stdio.h>
#include "irritants/told.h"

const char *aur_irr_cell_told(const aur_irr_cell *c, bool people, uint32_t k, char buf[32])
{
	uint32_t x = people ? c->speakers : c->n, low, high;
	if (c->hide == AUR_MASKED)
		return "masked";
	if (c->hide == AUR_FEW) {
		snprintf(buf, 32, "<%u", (unsigned)k);
	} else if (c->hide == AUR_BAND) {
		aur_band(x, k, &low, &high);
		snprintf(buf, 32, "%u-%u", (unsigned)low, (unsigned)high);
	} else {
		snprintf(buf, 32, "%u", (unsigned)x);
	}
	return buf;
}

const char *aur_anonymous_told(const aur_ledger *l, char buf[32])
{
	if (l->anonymous && l->anonymous == l->contributions)
		return aur_irr_cell_told(&l->all.said, false, l->opt.k, buf);
	if (l->anonymous && l->opt.k > 1)
		return "masked";
	snprintf(buf, 32, "%u", (unsigned)l->anonymous);
	return buf;
}

bool aur_quotable_told(const aur_ledger *l)
{
	bool few = false;
	for (int may = 0; may < 2; may++)
		few |= l->quoted[may].n && l->quoted[may].speakers < l->opt.k;
	return l->opt.k < 2 || (l->all.said.hide == AUR_SHOWN && !few);
}

bool aur_finding_told(const aur_ledger *l, uint32_t i, aur_finding *out)
{
	*out = l->findings[i];
	if (l->opt.k < 2 || out->kind != AUR_FIND_TWICE)
		return l->opt.k < 2 || out->kind != AUR_FIND_TWICE_MORE || !i || l->findings[i - 1].kind != AUR_FIND_TWICE;
	if (i && l->findings[i - 1].kind == AUR_FIND_TWICE)
		return false;
	*out = (aur_finding){.kind = AUR_FIND_TWICE_MORE, .session = AUR_IN_ABSENT, .role = AUR_IN_ABSENT};
	for (; i < l->finding_count; i++)
		out->a += l->findings[i].kind == AUR_FIND_TWICE ? 1 : l->findings[i].kind == AUR_FIND_TWICE_MORE ? l->findings[i].a : 0;
	return true;
}

/* Does this cell show at least k people, so that no one of them stands out?  A shown zero does not: it may stand
 * beside a verbatim that is not an irritant. */
static bool stands_in(const aur_ledger *l, const aur_irr_cell *c)
{
	return c->hide == AUR_SHOWN && (c->n || l->opt.k < 2);
}

void aur_quote_where(const aur_ledger *l, uint32_t contribution, uint32_t theme, uint32_t *session, uint32_t *territory)
{
	uint32_t s = l->in->contributions[contribution].session;
	*session = *territory = AUR_IN_ABSENT;
	if (s == AUR_IN_ABSENT)
		return;
	uint32_t p = l->dim[AUR_DIM_TERRITORY].of_session[s];
	const aur_irr_cell *room = theme == AUR_IN_ABSENT ? &l->rooms[s].bare : &l->themes[theme].session[s];
	if (stands_in(l, room) && l->place[contribution] == AUR_PLACE_SESSION)
		*session = s;
	else if (l->place[contribution] >= AUR_PLACE_TERRITORY && theme != AUR_IN_ABSENT && p != AUR_IN_ABSENT &&
		 stands_in(l, &l->themes[theme].part[AUR_DIM_TERRITORY][p].cell))
		*territory = p;
}

bool aur_quote_stance_told(const aur_ledger *l, uint32_t contribution, uint32_t theme)
{
	return theme != AUR_IN_ABSENT && stands_in(l, &l->themes[theme].stance[l->in->contributions[contribution].stance]);
}

bool aur_quote_role_told(const aur_ledger *l, uint32_t contribution, uint32_t theme)
{
	uint32_t r = aur_part_of(l, AUR_DIM_ROLE, contribution);
	return theme != AUR_IN_ABSENT && r != AUR_IN_ABSENT && stands_in(l, &l->themes[theme].part[AUR_DIM_ROLE][r].cell);
}

bool aur_share_told(const aur_ledger *l, uint32_t theme)
{
	return l->themes[theme].irritant.hide == AUR_SHOWN && l->all.asked.hide == AUR_SHOWN;
}

bool aur_divergence_told(const aur_irr_theme *t)
{
	const aur_irr_cell *c[] = {&t->stance[AUR_IN_KEEP], &t->stance[AUR_IN_IMPROVE], &t->stance[AUR_IN_GETRID], &t->polarity[AUR_NEGATED]};
	for (size_t i = 0; i < sizeof c / sizeof *c; i++)
		if (c[i]->hide != AUR_SHOWN)
			return false;
	return t->carried.n > 0;
}

bool aur_series_told(const aur_ledger *l, uint32_t theme)
{
	const aur_irr_theme *t = &l->themes[theme];
	if (t->irritant.hide != AUR_SHOWN)
		return false;
	for (uint32_t s = 0; s < l->in->session_count; s++)
		if (t->session[s].hide != AUR_SHOWN || l->rooms[s].asked.hide != AUR_SHOWN)
			return false;
	return true;
}

aur_life aur_life_told(const aur_ledger *l, uint32_t theme)
{
	const aur_irr_theme *t = &l->themes[theme];
	aur_life x = t->life;
	if (aur_series_told(l, theme))
		return x;
	x.p_rooms = x.p_people = NAN;
	x.mk = (aur_mk){.z = NAN, .p = NAN, .p_least = NAN, .tau_b = NAN, .sen = NAN};
	x.ca = (aur_ca){NAN, NAN, NAN};
	if (x.trend == AUR_TREND_CANNOT && x.least_untied <= AUR_LIFE_TREND)
		x.trend = AUR_TREND_UNDECIDED;
	if (t->life_hidden) {
		/* that it comes back can be read off shown waves; neither whether it falls nor anything else may be added */
		uint32_t waves = 0, last = x.rooms && !l->halves ? l->life_wave[t->series_session[x.rooms - 1]] : AUR_IN_ABSENT;
		bool now = false;
		for (uint32_t w = 0; w < l->dim[AUR_DIM_WAVE].count && last != AUR_IN_ABSENT; w++) {
			const aur_irr_cell *c = &t->part[AUR_DIM_WAVE][w].cell;
			bool told = (c->hide == AUR_SHOWN || c->hide == AUR_BAND) && c->speakers >= (l->opt.k > 2 ? l->opt.k : 2);
			waves += told;
			now |= told && w == last;
		}
		x.verdict = now && waves > 1 ? AUR_LIFE_RECURRENT : AUR_LIFE_UNDECIDED;
		x.why = AUR_WHY_HIDDEN;
		x.trend = AUR_TREND_UNDECIDED;
	}
	return x;
}

bool aur_territories_told(const aur_ledger *l, uint32_t theme)
{
	const aur_irr_theme *t = &l->themes[theme];
	for (uint32_t p = 0; p < l->dim[AUR_DIM_TERRITORY].count; p++)
		if (t->part[AUR_DIM_TERRITORY][p].cell.hide != AUR_SHOWN)
			return false;
	return t->irritant.hide == AUR_SHOWN;
}
