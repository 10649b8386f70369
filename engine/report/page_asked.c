/* SPDX-License-Identifier: Apache-2.0 */
/* What was asked, and of whom: sessions, people invited and present as printed, inconsistencies; and how the page was made. */
#include "config.h"
#include <string.h>
#include "irritants/names.h"
#include "irritants/told.h"
#include "report/page.h"

static void head_count(aur_page *p, aur_node *m, const char *key, uint32_t s, uint32_t r, bool invited, int64_t v)
{
	aur_node_flag(p->a, m, invited ? "has_invited" : "has_present", v >= 0);
	if (v < 0) {
		aur_node_set(p->a, m, key, aur_node_map(p->a));
		return;
	}
	aur_str role = p->l->in->roles[r];
	aur_str session = s == AUR_IN_ABSENT ? (aur_str){"total", 5} : p->l->in->sessions[s].id;
	aur_page_figure(p, m, key,
			aur_fig_format(p->a, "participation/%.*s/%.*s/%s", (int)session.len, session.ptr, (int)role.len, role.ptr, key), "",
			aur_fig_format(p->a, "{\"%s\":%lld}", s == AUR_IN_ABSENT ? "summed" : "printed", (long long)v),
			aur_lang_int(p->say, p->a, v), AUR_IN_ABSENT, NULL, 0);
}

/* The cells of a room; said[0 .. n-1] are its contributions. */
static void room(aur_page *p, aur_node *m, const char *session, const char *condition, const aur_irr_room *r, uint8_t place, const uint32_t *said,
		 uint32_t n)
{
	aur_page_cell(p, m, "said", &(aur_page_count){.id = aur_fig_format(p->a, "session/%s/contributions", session), .query = condition,
						   .cell = &r->said, .theme = AUR_IN_ABSENT, .cand = said, .cand_count = n, .place = place});
	aur_page_cell(p, m, "people", &(aur_page_count){.id = aur_fig_format(p->a, "session/%s/people", session), .query = condition,
						     .cell = &r->said, .people = true, .theme = AUR_IN_ABSENT, .cand = said, .cand_count = n, .place = place});
	uint32_t asked = 0;
	for (uint32_t i = 0; i < n; i++)
		if (aur_in_asked(&p->l->in->contributions[said[i]]))
			p->cand[asked++] = said[i];
	aur_page_cell(p, m, "asked", &(aur_page_count){.id = aur_fig_format(p->a, "session/%s/asked", session), .query = aur_fig_asked(p->a, condition),
						    .cell = &r->asked, .theme = AUR_IN_ABSENT, .cand = p->cand, .cand_count = asked, .place = place});
}

/* What was asked: the activities, by the stance that they ask for. */
static void activities(aur_page *p)
{
	const aur_ledger *l = p->l;
	static const uint32_t order[] = {AUR_IN_KEEP, AUR_IN_IMPROVE, AUR_IN_GETRID, AUR_IN_DEAR, AUR_IN_CREATE, AUR_IN_UNSTRUCTURED};
	aur_node *list = aur_node_list(p->a);
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		const char *name = aur_stance_name(order[i]);
		uint32_t n = 0;
		aur_node *m = aur_node_map(p->a);
		if (!l->stance[order[i]].n)
			continue;
		for (uint32_t c = 0; c < l->in->contribution_count; c++)
			if (l->in->contributions[l->order[c]].stance == order[i])
				p->cand[n++] = l->order[c];
		aur_node_text(p->a, m, "name", aur_lang_word(p->say, aur_fig_format(p->a, "stance.%s", name)));
		for (int people = 0; people < 2; people++)
			aur_page_cell(p, m, people ? "people" : "said",
				      &(aur_page_count){.id = aur_fig_format(p->a, "activity/%s/%s", name, people ? "people" : "contributions"),
						     .query = order[i] ? aur_fig_format(p->a, "stance:%s", name) : "-stance:*", .cell = &l->stance[order[i]],
						     .people = people, .theme = AUR_IN_ABSENT, .cand = p->cand, .cand_count = n});
		aur_node_push(p->a, list, m);
	}
	aur_node_set(p->a, p->root, "activities", list);
	aur_node_flag(p->a, p->root, "has_activities", l->contributions > 0);
}

static const char *said(aur_page *p, const aur_irr_cell *c, bool people)
{
	return c->hide == AUR_MASKED ? aur_lang_word(p->say, "chart.masked") : aur_page_told(p, c, people);
}

static void finding(aur_page *p, aur_node *list, const aur_finding *f)
{
	const aur_ledger *l = p->l;
	aur_node *m = aur_node_map(p->a);
	for (int k = 0; k < AUR_FIND_KINDS; k++)
		aur_node_flag(p->a, m, aur_finding_name((aur_finding_kind)k), f->kind == (aur_finding_kind)k);
	for (int d = 0; d < 3; d++)
		aur_node_flag(p->a, m, aur_fig_format(p->a, "is_%s", aur_dim_name((aur_dim)d)), f->kind == AUR_FIND_SEVERAL && d == f->dim);
	aur_node_flag(p->a, m, "invited", f->invited);
	aur_node_text(p->a, m, "where", f->session == AUR_IN_ABSENT ? "" : aur_page_session_name(p, f->session));
	aur_node_put(p->a, m, "role", f->role == AUR_IN_ABSENT ? (aur_str){"", 0} : l->in->roles[f->role]);
	if (f->kind == AUR_FIND_TWICE) {
		aur_node_put(p->a, m, "a", f->id_a);
		aur_node_put(p->a, m, "b", f->id_b);
	} else {
		bool count = f->kind == AUR_FIND_MORE_SPEAKERS || f->kind == AUR_FIND_NO_SESSION;
		aur_node_text(p->a, m, "a", count ? said(p, &f->of, f->kind == AUR_FIND_MORE_SPEAKERS) : aur_lang_int(p->say, p->a, f->a));
		aur_node_text(p->a, m, "b", f->kind == AUR_FIND_NO_SESSION ? said(p, &l->all.said, false) : aur_lang_int(p->say, p->a, f->b));
	}
	aur_node_push(p->a, list, m);
}

/* The sessions by date; returns how many contributions they have, which stand first in the ledger's order. */
static uint32_t sessions(aur_page *p)
{
	const aur_ledger *l = p->l;
	const aur_input *in = l->in;
	aur_node *list = aur_node_list(p->a);
	bool kinds = false, waves = false;
	uint32_t at = 0;
	for (uint32_t i = 0; i < in->session_count; i++) {
		uint32_t s = l->by_date[i];
		const aur_in_session *x = &in->sessions[s];
		aur_node *m = aur_node_map(p->a), *heads = aur_node_list(p->a);
		kinds |= x->kind.len > 0;
		waves |= x->wave.len > 0;
		aur_node_text(p->a, m, "date", x->date.len ? aur_lang_date(p->say, p->a, x->date) : "");
		aur_node_put(p->a, m, "place", x->place.len ? x->place : x->title.len ? x->title : x->id);
		aur_node_put(p->a, m, "territory", x->territory);
		aur_node_put(p->a, m, "kind", x->kind);
		aur_node_put(p->a, m, "wave", x->wave);
		for (uint32_t r = 0; r < in->role_count; r++) {
			aur_node *h = aur_node_map(p->a);
			aur_node_put(p->a, h, "role", in->roles[r]);
			head_count(p, h, "invited", s, r, true, x->invited ? x->invited[r] : -1);
			head_count(p, h, "present", s, r, false, x->present ? x->present[r] : -1);
			aur_node_push(p->a, heads, h);
		}
		aur_node_set(p->a, m, "heads", heads);
		aur_node_flag(p->a, m, "empty", !l->rooms[s].said.n);
		room(p, m, aur_page_z(p, x->id), aur_fig_field(p->a, "session", x->id), &l->rooms[s], AUR_PLACE_SESSION, l->order + at,
		     l->rooms[s].said.n);
		at += l->rooms[s].said.n;
		aur_node_push(p->a, list, m);
	}
	aur_node_set(p->a, p->root, "sessions", list);
	aur_node_flag(p->a, p->root, "has_kinds", kinds);
	aur_node_flag(p->a, p->root, "has_waves", waves);
	return at;
}

/* The roles, and people invited and present in all sessions together. */
static void totals(aur_page *p)
{
	const aur_input *in = p->l->in;
	aur_node *list = aur_node_list(p->a), *roles = aur_node_list(p->a);
	for (uint32_t r = 0; r < in->role_count; r++) {
		aur_node *h = aur_node_map(p->a);
		int64_t sum[2] = {-1, -1};
		for (uint32_t s = 0; s < in->session_count; s++)
			for (int k = 0; k < 2; k++) {
				const int64_t *row = k ? in->sessions[s].present : in->sessions[s].invited;
				if (row && row[r] >= 0)
					sum[k] = (sum[k] < 0 ? 0 : sum[k]) + row[r];
			}
		aur_node_push(p->a, roles, aur_node_str(p->a, in->roles[r]));
		aur_node_put(p->a, h, "role", in->roles[r]);
		head_count(p, h, "invited", AUR_IN_ABSENT, r, true, sum[0]);
		head_count(p, h, "present", AUR_IN_ABSENT, r, false, sum[1]);
		aur_node_push(p->a, list, h);
	}
	aur_node_set(p->a, p->root, "roles", roles);
	aur_node_set(p->a, p->root, "totals", list);
	aur_node_flag(p->a, p->root, "has_roles", in->role_count > 0);
}

static void findings(aur_page *p)
{
	aur_node *list = aur_node_list(p->a);
	for (uint32_t i = 0; i < p->l->finding_count; i++) {
		aur_finding told;
		if (aur_finding_told(p->l, i, &told))
			finding(p, list, &told);
	}
	aur_node_set(p->a, p->root, "findings", list);
}

/* All contributions, and those outside of any session, which begin at `at`. */
static void all_and_outside(aur_page *p, uint32_t at)
{
	const aur_ledger *l = p->l;
	aur_node *all = aur_node_map(p->a), *outside = aur_node_map(p->a);
	room(p, all, "all", "*", &l->all, AUR_PLACE_NOWHERE, l->order, l->contributions);
	aur_node_set(p->a, p->root, "all", all);
	aur_node_flag(p->a, outside, "some", l->outside.said.n > 0);
	room(p, outside, "none", "-session:*", &l->outside, AUR_PLACE_NOWHERE, l->order + at, l->outside.said.n);
	aur_node_set(p->a, p->root, "outside", outside);
}

static void dates(aur_page *p)
{
	const aur_ledger *l = p->l;
	const char *first = "", *last = "";
	for (uint32_t i = 0; i < l->in->session_count; i++) {
		aur_str d = l->in->sessions[l->by_date[i]].date;
		if (!d.len)
			break;
		last = aur_lang_date(p->say, p->a, d);
		first = *first ? first : last;
	}
	aur_node_text(p->a, p->root, "first_date", first);
	aur_node_text(p->a, p->root, "last_date", last);
	aur_node_flag(p->a, p->root, "one_date", !strcmp(first, last));
}

static void how_many(aur_page *p)
{
	const aur_ledger *l = p->l;
	uint32_t n = l->in->session_count, territories = l->dim[AUR_DIM_TERRITORY].count;
	aur_node_text(p->a, p->root, "session_count", aur_lang_int(p->say, p->a, n));
	aur_node_flag(p->a, p->root, "has_sessions", n > 0);
	aur_node_flag(p->a, p->root, "session_many", n > 1);
	aur_node_flag(p->a, p->root, "many_sessions", n > AUR_HEAT_COLUMNS);
	aur_node_text(p->a, p->root, "room_count", aur_lang_int(p->say, p->a, l->rooms_possible));
	aur_node_flag(p->a, p->root, "room_many", l->rooms_possible > 1);
	aur_node_text(p->a, p->root, "territory_count", aur_lang_int(p->say, p->a, territories));
	aur_node_flag(p->a, p->root, "has_territories", territories > 0);
	aur_node_flag(p->a, p->root, "territory_many", territories > 1);
}

void aur_page_asked(aur_page *p)
{
	uint32_t at = sessions(p);
	totals(p);
	findings(p);
	activities(p);
	all_and_outside(p, at);
	dates(p);
	how_many(p);
}

void aur_page_method(aur_page *p)
{
	const aur_ledger *l = p->l;
	aur_node *prints = aur_node_list(p->a);
	for (uint32_t i = 0; i < l->in->fingerprint_count; i++) {
		const aur_in_fingerprint *f = &l->in->fingerprints[i];
		aur_node *m = aur_node_map(p->a);
		const char *kind = aur_lang_word(p->say, aur_fig_format(p->a, "print.%.*s", (int)f->kind.len, f->kind.ptr));
		aur_node_put(p->a, m, "kind", *kind ? (aur_str){kind, strlen(kind)} : f->kind);
		aur_node_put(p->a, m, "name", f->name);
		aur_node_put(p->a, m, "version", f->version);
		/* enough to compare by eye; the proof has the whole digest */
		aur_node_put(p->a, m, "short", (aur_str){f->digest.ptr, f->digest.len < 8 ? 0 : 8});
		aur_node_push(p->a, prints, m);
	}
	aur_node_set(p->a, p->root, "fingerprints", prints);
	aur_node_text(p->a, p->root, "k", aur_fig_format(p->a, "%u", (unsigned)l->opt.k));
	aur_node_flag(p->a, p->root, "threshold", l->opt.k > 1);
	aur_node_flag(p->a, p->root, "halves", l->halves && l->rooms_dated > 1);
	/* Not as a number: it is not a cell of the ledger, so nothing checks what could be computed from it. */
	aur_node_flag(p->a, p->root, "anonymous", l->anonymous && l->anonymous < l->contributions);
	aur_node_flag(p->a, p->root, "licensed", l->in->consent_all);
	aur_node_text(p->a, p->root, "quotable", aur_quotable_told(l) ? aur_lang_int(p->say, p->a, l->quoted[1].n) : "");
	aur_node_text(p->a, p->root, "theme_count", aur_lang_int(p->say, p->a, l->ranked_count));
	aur_node_text(p->a, p->root, "test_rooms", aur_lang_int(p->say, p->a, l->rooms_dated));
	double best = 1;
	for (uint32_t i = 3; i <= l->rooms_dated && best > 0; i++)
		best /= i;
	aur_node_text(p->a, p->root, "mk_best", aur_lang_p(p->say, p->a, best));
	aur_node_flag(p->a, p->root, "mk_cannot", best > AUR_LIFE_TREND && l->rooms_dated > 1);
	aur_node_flag(p->a, p->root, "nobody_named", l->anonymous && l->anonymous == l->contributions);
	aur_node_flag(p->a, p->root, "no_stance", l->no_stance);
	aur_node_flag(p->a, p->root, "any_rooms", l->rooms_possible > 0);
	aur_node_flag(p->a, p->root, "nothing", !l->contributions);
}
