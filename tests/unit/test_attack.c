/* SPDX-License-Identifier: Apache-2.0 */
/* The threshold against somebody who has all that is published and nothing else: every table of small random corpora is read back as text,
 * whatever it implies is written down as sums and bounds, and linear programming looks for a count under the threshold that can
 * have one value only.  The attacker knows what the words of the tables mean; the true numbers (the same tables without a threshold)
 * serve as a point to start from, and to tell whether a difference between two published numbers is a person's. */
#include "config.h"
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "irritants/cross.h"
#include "irritants/tables.h"
#include "suite.h"
#include "stats/specificity.h"

static uint64_t state = 19;
static uint32_t draw_of(uint64_t *from, uint32_t below)
{
	*from = *from * 6364136223846793005ull + 1442695040888963407ull;
	return (uint32_t)(*from >> 33) % below;
}
static uint32_t draw(uint32_t below)
{
	return draw_of(&state, below);
}

/* ---- a small corpus ------------------------------------------------------------------------------------------------- */

#define MAXC 260
#define MAXH 900
static struct corpus {
	aur_in_session s[5];
	aur_in_contribution c[MAXC];
	aur_in_hit h[MAXH];
	uint32_t speakers, values[2], value[2][MAXC]; /* of two fields of people */
	bool survey; /* each person speaks once, which the totals tell */
} k;
static const aur_str roles[] = {{"x", 1}, {"y", 1}};
#define S(t) {t, sizeof t - 1}
static const aur_str exprs[] = {S("a"), S("b"), S("c"), S("d"), S("e"), S("f")};
static aur_in_theme themes[] = {
	{.code = S("t"), .label = S("t"), .parent = AUR_IN_ABSENT},   {.code = S("t.u"), .label = S("t.u"), .parent = 0},
	{.code = S("t.v"), .label = S("t.v"), .parent = 0}, {.code = S("w"), .label = S("w"), .parent = AUR_IN_ABSENT},
	{.code = S("z"), .label = S("z"), .parent = AUR_IN_ABSENT},
};
static const uint32_t expr_of[] = {0, 1, 2, 4, 5}; /* of each theme; one more beside it */

static aur_code text(void *ctx, uint32_t i, aur_str *out, aur_error *e)
{
	(void)ctx, (void)i, (void)e;
	*out = (aur_str)S("abcdef");
	return AURE_OK;
}

static aur_input corpus(void)
{
	static const aur_str ids[] = {S("s1"), S("s2"), S("s3"), S("s4"), S("s5")}, dates[] = {S("2025-01-01"), S("2025-02-01"), S("2025-03-01"), S("2025-04-01"), S("2025-05-01")},
			     territories[] = {S("A"), S("B"), S("C"), S("")}, kinds[] = {S("r"), S("u")}, waves[] = {S("1"), S("2")};
	uint32_t sessions = 2 + draw(4), n = 0, hits = 0, roots = 1 + draw(3);
	memset(&k, 0, sizeof k);
	for (uint32_t i = 0; i < sessions; i++) {
		uint32_t t = draw(12);
		k.s[i] = (aur_in_session){.id = ids[i], .date = dates[i], .territory = territories[t < 11 ? t % 3 : 3], .kind = kinds[draw(2)],
					  .wave = waves[i >= sessions / 2]};
	}
	bool homeless = !draw(4);
	k.survey = !draw(3);
	for (uint32_t i = 0; i < sessions + homeless; i++) {
		uint32_t people = 2 + draw(11), rate[5];
		for (int t = 0; t < 5; t++)
			rate[t] = draw(3) ? draw(70) : 0;
		for (uint32_t p = 0; p < people && n < MAXC; p++) {
			uint32_t who = k.speakers && !k.survey && !draw(9) ? draw(k.speakers) : k.speakers++, role = draw(5) ? draw(7) > 0 ? 0 : 1 : AUR_IN_ABSENT;
			for (uint32_t m = k.survey ? 1 : 1 + draw(3); m && n < MAXC; m--) {
				aur_in_contribution *c = &k.c[n++];
				static const uint8_t stances[] = {AUR_IN_KEEP, AUR_IN_IMPROVE, AUR_IN_GETRID, AUR_IN_IMPROVE, AUR_IN_GETRID, AUR_IN_DEAR, AUR_IN_CREATE, 0};
				*c = (aur_in_contribution){.session = i < sessions ? i : AUR_IN_ABSENT, .speaker = who, .role = role, .tokens = 9,
							   .stance = stances[draw(8)], .consent = draw(4) ? AUR_IN_YES : AUR_IN_NO, .first_hit = hits};
				c->finger = c->stance && !draw(3) ? c->stance : 0;
				for (uint32_t t = 0; t < 5 && hits + 2 < MAXH; t++) {
					if ((t > 2 && t - 2 >= roots) || draw(100) >= rate[t])
						continue;
					static const aur_polarity polarity[] = {AUR_ASSERTED, AUR_ASSERTED, AUR_ASSERTED, AUR_NEGATED, AUR_CONDITIONAL};
					uint32_t e = draw(4) ? expr_of[t] : expr_of[t] + (t != 4 && t != 2);
					k.h[hits++] = (aur_in_hit){t, e, e, e + 1, polarity[draw(5)]};
					c->hit_count++;
				}
				c->non_answer = !c->hit_count && !draw(6);
			}
		}
	}
	return (aur_input){.title = S("t"), .sessions = k.s, .session_count = sessions, .roles = roles, .role_count = 2, .contributions = k.c, .contribution_count = n,
			   .speaker_count = k.speakers, .hits = k.h, .hit_count = hits, .themes = themes, .theme_count = 5, .exprs = exprs, .expr_count = 6,
			   .id = text, .text = text};
}

/* A field of people: an age, say, which each person has or does not tell, and some are rare; or a town within the territory of its session, or
 * within its kind; or what a contribution is about, which goes with its stance. */
static void field_of_people(const aur_input *in)
{
	static uint64_t from = 5;
	uint32_t of[MAXC], kind = draw_of(&from, 5);
	uint32_t values = 2 + draw_of(&from, 5);
	for (uint32_t p = 0; p < k.speakers; p++) {
		uint32_t v = draw_of(&from, values), w = draw_of(&from, values);
		of[p] = draw_of(&from, 12) ? v < w ? v : w : AUR_IN_ABSENT;
	}
	k.values[0] = values = kind ? 6 : values;
	for (uint32_t i = 0; i < in->contribution_count; i++) {
		const aur_in_contribution *c = &in->contributions[i];
		const aur_in_session *s = c->session == AUR_IN_ABSENT ? NULL : &in->sessions[c->session];
		uint32_t o = of[c->speaker] == AUR_IN_ABSENT ? 0 : of[c->speaker] & 1;
		uint32_t third = s && s->territory.len ? (uint32_t)(*s->territory.ptr - 'A') : 2, half = s && *s->kind.ptr == 'u';
		k.value[0][i] = kind == 1   ? 2 * third + o
			     : kind == 2 ? 3 * half + (o ? c->speaker % 3 : 0)
			     : kind == 3 ? 2 * (c->stance == AUR_IN_IMPROVE ? 0u : c->stance == AUR_IN_GETRID ? 1u : 2u) + o
					 : of[c->speaker];
		if (kind && !draw_of(&from, 80)) /* a slip of the hand */
			k.value[0][i] = draw_of(&from, values);
	}
	/* a second one that shares sums with it: a gender that those do not tell who do not tell the first; bands of the first; or anything */
	uint32_t second[MAXC], how = draw_of(&from, 3);
	for (uint32_t p = 0; p < k.speakers; p++)
		second[p] = draw_of(&from, 2);
	k.values[1] = how == 1 ? 3 : 2;
	for (uint32_t i = 0; i < in->contribution_count; i++) {
		uint32_t first = k.value[0][i], who = in->contributions[i].speaker;
		k.value[1][i] = first == AUR_IN_ABSENT && how < 2 ? AUR_IN_ABSENT : how == 1 ? first / 2 : draw_of(&from, 60) ? second[who] : AUR_IN_ABSENT;
	}
}

/* ---- what is published, as text ----------------------------------------------------------------------------------------- */

typedef struct book {
	aur_ledger *l;
	aur_arena arena;
	aur_irr_table *t;
	uint32_t n;
	aur_buf json;
	aur_cross *x[2];
	uint32_t crosses;
	aur_irr_table field[2];
} book;

static const aur_str names_of_field[] = {S("0-9"), S("10-19"), S("20-29"), S("30-39"), S("40-49"), S("50-59")};

static void open_book(const aur_input *in, uint32_t threshold, const aur_mask *mask, book *b)
{
	aur_irr_options o = AUR_IRR_OPTIONS;
	aur_error e;
	*b = (book){0};
	o.k = threshold;
	o.mask = mask;
	ck_assert_msg(aur_ledger_build(in, &o, &b->l, &e) == AURE_OK, "%s", e.text);
	ck_assert_int_eq(aur_irr_tables(b->l, NULL, &b->arena, &b->t, &b->n, &e), AURE_OK);
	ck_assert_int_eq(aur_ledger_json(b->l, &b->json, &e), AURE_OK);
	for (int f = 0; f < 2; f++) {
		aur_code c = aur_cross_build(b->l, f ? (aur_str)S("genre") : (aur_str)S("age"), names_of_field, k.values[f], k.value[f], b->x, b->crosses,
					     &b->x[b->crosses], &e);
		ck_assert_msg(c == AURE_OK || c == AURE_USAGE, "%s", e.text);
		b->crosses += c == AURE_OK;
	}
	for (uint32_t f = 0; f < b->crosses; f++)
		aur_cross_table(b->l, &b->x[f], 1, &b->arena, &b->field[f]);
}

static void close_book(book *b)
{
	aur_irr_tables_free(b->t, b->n);
	for (uint32_t f = 0; f < b->crosses; f++) {
		free(b->field[f].cells);
		aur_cross_free(b->x[f]);
	}
	aur_arena_free(&b->arena);
	aur_buf_free(&b->json);
	aur_ledger_free(b->l);
}

static const aur_irr_table *table(const book *b, const char *name)
{
	for (uint32_t i = 0; i < b->n; i++)
		if (!strcmp(b->t[i].name, name))
			return &b->t[i];
	ck_abort_msg("no table %s", name);
	return NULL;
}

static const char *at(const aur_irr_table *t, uint32_t row, const char *column)
{
	for (uint32_t c = 0; c < t->column_count; c++)
		if (!strcmp(t->columns[c], column))
			return t->cells[(size_t)row * t->column_count + c];
	ck_abort_msg("no column %s in %s", column, t->name);
	return NULL;
}

/* ---- the attacker's unknowns: each a number of contributions and one of people ------------------------------------------ */

enum { N, P }; /* contributions, people */
typedef struct var {
	char name[64];
	double low[2], high[2]; /* what its text says; high INFINITY = nothing */
	double truth[2];
	bool few;     /* "<k" */
} var;

#define MAXV 900
#define MAXROW 4000
typedef struct row {
	int kind; /* 0: = 0; 1: <= 0 */
	int which;
	uint32_t count;
	struct {
		uint32_t v;
		double a;
	} term[32];
} row;
static var v[MAXV];
static uint32_t vars;
static row rows[MAXROW];
static uint32_t row_count;
static row now; /* being written */

static uint32_t find(const char *name)
{
	for (uint32_t i = 0; i < vars; i++)
		if (!strcmp(v[i].name, name))
			return i;
	return UINT32_MAX;
}

static void parse(const char *text, double *low, double *high, uint32_t threshold, bool people)
{
	unsigned a, b;
	if (*text == '<') {
		*low = 1;
		*high = people ? (double)threshold - 1 : (double)INFINITY;
	} else if (!strcmp(text, "masked")) {
		*low = 1;
		*high = INFINITY;
	} else if (sscanf(text, "%u-%u", &a, &b) == 2) {
		*low = a;
		*high = b;
	} else {
		ck_assert_msg(*text >= '0' && *text <= '9', "« %s » is no count", text);
		*low = *high = strtod(text, NULL);
	}
}

static uint32_t make(const char *name, const char *n, const char *p, const char *true_n, const char *true_p, uint32_t threshold)
{
	ck_assert_msg(find(name) == UINT32_MAX && vars < MAXV, "%s twice", name);
	var *x = &v[vars];
	*x = (var){.few = *p == '<', .truth = {strtod(true_n, NULL), strtod(true_p, NULL)}};
	snprintf(x->name, sizeof x->name, "%s", name);
	parse(n, &x->low[N], &x->high[N], threshold, false);
	parse(p, &x->low[P], &x->high[P], threshold, true);
	for (int w = 0; w < 2; w++)
		ck_assert_msg(x->truth[w] >= x->low[w] && x->truth[w] <= x->high[w], "%s: told %s (%s), is %s (%s)", name, n, p, true_n, true_p);
	return vars++;
}

/* Something that is printed nowhere. */
static uint32_t rest(double n, double p)
{
	ck_assert(vars < MAXV);
	v[vars] = (var){.high = {INFINITY, INFINITY}, .truth = {n, p}};
	snprintf(v[vars].name, sizeof v[vars].name, "rest %u", (unsigned)vars);
	return vars++;
}

static void term(uint32_t x, double a)
{
	if (x == UINT32_MAX)
		return;
	ck_assert_uint_lt(now.count, 32);
	now.term[now.count].v = x;
	now.term[now.count++].a = a;
}

static void write_row(int kind, int which)
{
	double sum = 0;
	for (uint32_t i = 0; i < now.count; i++)
		sum += now.term[i].a * v[now.term[i].v].truth[which];
	ck_assert_msg(kind ? sum <= 0 : sum > -0.5 && sum < 0.5, "the attacker is wrong about %s ... %s: %g", v[now.term[0].v].name, v[now.term[now.count - 1].v].name, sum);
	now.kind = kind;
	now.which = which;
	ck_assert_uint_lt(row_count, MAXROW);
	rows[row_count++] = now;
}

static void at_most(uint32_t a, uint32_t b)
{
	if (a == UINT32_MAX || b == UINT32_MAX)
		return;
	for (int w = 0; w < 2; w++) {
		now.count = 0;
		term(a, 1);
		term(b, -1);
		write_row(1, w);
	}
}

/* total = the sum of parts (in people: at most the sum, at least each); `open`: and of something that nobody knows.  Places: in people it is just
 * the sum where it is, for whoever guesses that nobody is in two of them. */
static void sum_of(uint32_t total, const uint32_t *parts, uint32_t count, bool open, bool places)
{
	if (total == UINT32_MAX)
		return;
	uint32_t more = UINT32_MAX;
	if (open) {
		double n = v[total].truth[N], p = v[total].truth[P];
		for (uint32_t i = 0; i < count; i++)
			n -= v[parts[i]].truth[N];
		more = rest(n, p < n ? p : n);
	}
	double people = -v[total].truth[P];
	for (uint32_t i = 0; i < count; i++)
		people += v[parts[i]].truth[P];
	bool apart = places && !open && people > -0.5 && people < 0.5;
	for (int w = 0; w < 2; w++) {
		now.count = 0;
		term(total, w == N ? -1 : 1);
		for (uint32_t i = 0; i < count; i++)
			term(parts[i], w == N ? 1 : -1);
		term(more, w == N ? 1 : -1);
		write_row(w == P && !apart, w);
	}
	for (uint32_t i = 0; i < count; i++)
		at_most(parts[i], total);
}

static void sum(uint32_t total, const uint32_t *parts, uint32_t count, bool open)
{
	sum_of(total, parts, count, open, false);
}

static void sum_of_places(uint32_t total, const uint32_t *parts, uint32_t count, bool open)
{
	sum_of(total, parts, count, open, true);
}

static const char *name(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static const char *name(const char *fmt, ...)
{
	static char b[64];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(b, sizeof b, fmt, ap);
	va_end(ap);
	return b;
}

static void read_table(const book *pub, const book *all, const char *which, const char *n, const char *p, uint32_t threshold, const char *prefix, const char *c1, const char *c2,
		       const char *c3)
{
	const aur_irr_table *t = table(pub, which), *u = table(all, which);
	uint32_t other = 0;
	for (uint32_t r = 0; r < t->row_count; r++) {
		/* a word may be left out of one of them */
		while (other < u->row_count && (strcmp(at(t, r, c1), at(u, other, c1)) || (*c2 && strcmp(at(t, r, c2), at(u, other, c2))) ||
						(*c3 && strcmp(at(t, r, c3), at(u, other, c3)))))
			other = other + 1 < u->row_count ? other + 1 : 0;
		make(name("%s/%s/%s/%s", prefix, at(t, r, c1), *c2 ? at(t, r, c2) : "", *c3 ? at(t, r, c3) : ""), at(t, r, n), at(t, r, p), at(u, other, n),
		     at(u, other, p), threshold);
	}
}

static uint32_t loose; /* specificities and shares of a hidden count */

/* Where a specificity is printed, F (and with it the total of the theme) is what gives that number. */
static void invert(uint32_t irritant, uint32_t cell, uint32_t part, uint32_t asked, const char *S)
{
	uint32_t fits = 0, F = 0;
	if (!*S || v[asked].low[N] != v[asked].high[N])
		return;
	for (uint32_t f = 0; f <= v[asked].low[N]; f++) {
		char s[40];
		double x = aur_specificity((uint64_t)v[cell].low[N], f, (uint64_t)v[part].low[N], (uint64_t)v[asked].low[N]);
		snprintf(s, sizeof s, "%.6g", x);
		if (!strcmp(s, S)) {
			fits++;
			F = f;
		}
	}
	if (fits == 1 && (double)F == v[irritant].truth[N]) {
		v[irritant].low[N] = v[irritant].high[N] = F;
	}
}

static uint32_t make_field(const char *what, const char *n, const char *p, const aur_irr_cell *truth, uint32_t threshold, bool blank)
{
	char a[16], b[16];
	snprintf(a, sizeof a, "%u", (unsigned)truth->n);
	snprintf(b, sizeof b, "%u", (unsigned)truth->speakers);
	/* where a row is "masked", or a piece of it, nobody knows what is 0 */
	blank |= !strcmp(p, "masked");
	uint32_t x = make(what, blank ? "0-999999" : n, blank ? "0-999999" : p, a, b, threshold);
	v[x].few = truth->speakers && truth->speakers < threshold;
	return x;
}

static uint32_t part_of_field(const aur_cross *x, uint32_t contribution)
{
	uint32_t is = k.value[x->field.len == 5][contribution]; /* « genre » is the second */
	if (is == AUR_IN_ABSENT)
		return x->none == AUR_IN_ABSENT ? x->pooled : x->none;
	for (uint32_t p = 0; p < x->count; p++)
		if (p != x->none && p != x->pooled && !aur_str_order(x->parts[p].name, names_of_field[is]))
			return p;
	return x->pooled;
}

/* What is known of a group of contributions in another table (theme "": of who was asked in it); UINT32_MAX: nothing. */
static uint32_t known_of(const char *theme, int by, const aur_in_contribution *c, const aur_input *in)
{
	static const char *const dims[] = {"territory", "kind", "wave"};
	bool asked = !*theme;
	const aur_in_session *s = c->session == AUR_IN_ABSENT ? NULL : &in->sessions[c->session];
	if (by == 4)
		return c->role == AUR_IN_ABSENT ? UINT32_MAX : find(asked ? name("askedpart/role/%s", in->roles[c->role].ptr) : name("part/%s/role/%s", theme, in->roles[c->role].ptr));
	if (by == 5)
		return asked ? UINT32_MAX : c->stance == AUR_IN_IMPROVE ? find(name("is/%s/stance/improve", theme)) : c->stance == AUR_IN_GETRID ? find(name("is/%s/stance/getrid", theme)) : UINT32_MAX;
	if (!s)
		return UINT32_MAX;
	if (by == 3)
		return find(asked ? name("asked/%s//", s->id.ptr) : name("by/%s/%s/", theme, s->id.ptr));
	aur_str is = by == 0 ? s->territory : by == 1 ? s->kind : s->wave;
	if (!is.len)
		return UINT32_MAX;
	return find(asked ? name("askedpart/%s/%.*s", dims[by], (int)is.len, is.ptr) : name("part/%s/%s/%.*s", theme, dims[by], (int)is.len, is.ptr));
}

/* Who knows that a town lies in a territory adds up its towns: where parts and groups of another table have all their contributions in common, so
 * they have their irritants. */
static void write_pieces(const aur_cross *x, const aur_input *in, const char *theme, const uint32_t *of)
{
	for (int by = 0; by < 6; by++) {
		uint32_t piece[40], group[MAXC], groups = 0, of_group[MAXC];
		for (uint32_t p = 0; p < x->count; p++)
			piece[p] = p;
		for (uint32_t i = 0; i < in->contribution_count; i++) {
			const aur_in_contribution *c = &in->contributions[i];
			uint32_t at = 0, p = part_of_field(x, i), is = known_of(theme, by, c, in);
			if (!aur_in_asked(c))
				continue;
			while (at < groups && group[at] != is)
				at++;
			if (at == groups) {
				group[groups] = is;
				of_group[groups++] = piece[p];
			}
			for (uint32_t q = 0, from = piece[p], to = of_group[at]; q < x->count || q < groups; q++) {
				if (q < x->count && piece[q] == from)
					piece[q] = to;
				if (q < groups && of_group[q] == from)
					of_group[q] = to;
			}
		}
		for (uint32_t one = 0; one < x->count; one++) {
			bool whole = true, any = false;
			now.count = 0;
			for (uint32_t g = 0; g < groups; g++)
				if (of_group[g] == one) {
					whole &= group[g] != UINT32_MAX;
					any = true;
					if (group[g] != UINT32_MAX)
						term(group[g], -1);
				}
			for (uint32_t p = 0; p < x->count; p++)
				if (piece[p] == one)
					term(of[p], 1);
			if (whole && any)
				write_row(0, N);
		}
	}
}

/* The same irritants by a field of people. */
static void write_field(const book *pub, uint32_t f, const aur_input *in, uint32_t threshold, uint32_t total_asked)
{
	const aur_irr_table *t = &pub->field[f];
	const aur_cross *x = pub->x[f];
	uint32_t asked[32], of[32], parts = x->count;
	for (uint32_t p = 0; p < parts && t->row_count; p++)
		asked[p] = make_field(name("askedfield/%u/%u", (unsigned)f, (unsigned)p), at(t, p, "asked_contributions"), at(t, p, "asked_people"), &x->parts[p].asked, threshold, false);
	if (t->row_count) {
		sum_of_places(total_asked, asked, parts, false);
		write_pieces(x, in, "", asked);
	}
	for (uint32_t r = 0, th = 0; r < t->row_count; r += parts, th++) {
		while (!pub->l->themes[th].carried.n)
			th++;
		const char *theme = at(t, r, "theme");
		ck_assert_str_eq(theme, in->themes[th].code.ptr);
		bool blank = true;
		for (uint32_t p = 0; p < parts; p++)
			blank &= !strcmp(at(t, r + p, "people"), "masked");
		uint32_t irritant = find(name("irritant/%s//", theme)), up = in->themes[th].parent;
		for (uint32_t p = 0; p < parts; p++) {
			of[p] = make_field(name("field/%s/%u/%u", theme, (unsigned)f, (unsigned)p), at(t, r + p, "contributions"), at(t, r + p, "people"), &x->theme[th][p].cell, threshold, blank);
			at_most(of[p], asked[p]);
			if (up != AUR_IN_ABSENT)
				at_most(of[p], find(name("field/%s/%u/%u", in->themes[up].code.ptr, (unsigned)f, (unsigned)p)));
		}
		sum_of_places(irritant, of, parts, false);
		write_pieces(x, in, theme, of);
		for (uint32_t p = 0; p < parts; p++) {
			const char *S = at(t, r + p, "specificity");
			bool exact = v[of[p]].low[N] == v[of[p]].high[N] && v[asked[p]].low[N] == v[asked[p]].high[N];
			loose += *S && !exact;
			if (exact)
				invert(irritant, of[p], asked[p], total_asked, S);
		}
	}
}

/* Parts of both fields that have all their contributions in common have the same sum; where it is one part on each side, the same people. */
static void write_pair(const book *pub, const aur_input *in)
{
	const aur_cross *x = pub->x[0], *y = pub->x[1];
	uint32_t piece[80];
	for (uint32_t p = 0; p < x->count + y->count; p++)
		piece[p] = p;
	for (uint32_t i = 0; i < in->contribution_count; i++) {
		if (!aur_in_asked(&in->contributions[i])) /* its value may have no part */
			continue;
		uint32_t from = piece[part_of_field(x, i)], to = piece[x->count + part_of_field(y, i)];
		for (uint32_t q = 0; q < x->count + y->count; q++)
			piece[q] = piece[q] == from ? to : piece[q];
	}
	for (uint32_t t = 0; t < in->theme_count; t++)
		for (uint32_t one = 0; one < x->count + y->count; one++) {
			uint32_t parts = 0;
			now.count = 0;
			for (uint32_t q = 0; q < x->count + y->count; q++)
				if (piece[q] == one && pub->l->themes[t].carried.n) {
					bool second = q >= x->count;
					term(find(name("field/%s/%u/%u", in->themes[t].code.ptr, (unsigned)second, (unsigned)(second ? q - x->count : q))), second ? -1 : 1);
					parts++;
				}
			if (parts)
				write_row(0, N);
			if (parts == 2)
				write_row(0, P);
		}
}

/* What the attacker reads. */
typedef struct reading {
	const book *pub, *all;
	const aur_input *in;
	uint32_t threshold;
	const aur_irr_table *irr, *by, *se, *words, *quotes;
	uint32_t total_asked, of_theme[8]; /* unknowns; of_theme: all that carries a theme, by row of irr */
	bool outside; /* some contributions belong to no session */
} reading;

static const char *const dims[] = {"territory", "kind", "wave", "role"};

static reading read_tables(const book *pub, const book *all, const aur_input *in, uint32_t threshold)
{
	read_table(pub, all, "sessions", "contributions", "people", threshold, "said", "session", "", "");
	read_table(pub, all, "sessions", "asked_contributions", "asked_people", threshold, "asked", "session", "", "");
	read_table(pub, all, "sessions", "bare_contributions", "bare_people", threshold, "bare", "session", "", "");
	read_table(pub, all, "sessions", "non_answers", "non_answer_people", threshold, "non", "session", "", "");
	read_table(pub, all, "irritants", "contributions", "people", threshold, "irritant", "theme", "", "");
	read_table(pub, all, "stances", "contributions", "people", threshold, "is", "theme", "group", "value");
	read_table(pub, all, "irritants_by_session", "contributions", "people", threshold, "by", "theme", "session", "");
	read_table(pub, all, "irritants_by_part", "contributions", "people", threshold, "part", "theme", "dimension", "part");
	read_table(pub, all, "hand", "contributions", "people", threshold, "hand", "theme", "finger", "");
	read_table(pub, all, "words", "contributions", "people", threshold, "word", "theme", "words", "");
	reading x = {.pub = pub, .all = all, .in = in, .threshold = threshold, .irr = table(pub, "irritants"), .by = table(pub, "irritants_by_part"),
		     .se = table(pub, "sessions"), .words = table(pub, "words"), .quotes = table(pub, "verbatims"), .total_asked = UINT32_MAX};
	x.outside = in->session_count < x.se->row_count;
	return x;
}

static void write_asked(reading *x)
{
	const aur_irr_table *irr_all = table(x->all, "irritants"), *by = x->by, *by_all = table(x->all, "irritants_by_part"), *se = x->se;
	uint32_t rooms[32], m, same = 0;
	if (x->irr->row_count)
		x->total_asked = make("asked", at(x->irr, 0, "asked_contributions"), at(x->irr, 0, "asked_people"), at(irr_all, 0, "asked_contributions"), at(irr_all, 0, "asked_people"),
				      x->threshold);
	for (uint32_t r = 0; r < by->row_count; r++) {
		const char *part = name("askedpart/%s/%s", at(by, r, "dimension"), at(by, r, "part"));
		/* a role of few people is left out of one of them */
		while (strcmp(at(by, r, "theme"), at(by_all, same, "theme")) || strcmp(at(by, r, "dimension"), at(by_all, same, "dimension")) ||
		       strcmp(at(by, r, "part"), at(by_all, same, "part")))
			same = same + 1 < by_all->row_count ? same + 1 : 0;
		if (find(part) == UINT32_MAX)
			make(part, at(by, r, "asked_contributions"), at(by, r, "asked_people"), at(by_all, same, "asked_contributions"), at(by_all, same, "asked_people"), x->threshold);
	}
	for (m = 0; m < se->row_count; m++)
		rooms[m] = find(name("asked/%s//", at(se, m, "session")));
	sum_of_places(x->total_asked, rooms, m, false);
	for (uint32_t i = 0; i < se->row_count; i++) {
		uint32_t said = find(name("said/%s//", at(se, i, "session")));
		at_most(find(name("asked/%s//", at(se, i, "session"))), said);
		uint32_t two[] = {find(name("bare/%s//", at(se, i, "session"))), find(name("non/%s//", at(se, i, "session")))};
		sum(said, two, 2, true);
	}
}

/* What a session has of a dimension; roles are of people. */
static aur_str place_of(const aur_in_session *s, int d)
{
	return d == 0 ? s->territory : d == 1 ? s->kind : s->wave;
}

/* The parts of a dimension, of who was asked (theme "") or of a theme: sums of sessions, and together the whole. */
static void write_dimension(const reading *x, int d, const char *theme, const char *const *values, uint32_t n, bool whole)
{
	const aur_input *in = x->in;
	bool asked = !*theme;
	uint32_t of[8], rooms[32], m;
	for (uint32_t p = 0; p < n; p++) {
		of[p] = asked ? find(name("askedpart/%s/%s", dims[d], values[p])) : find(name("part/%s/%s/%s", theme, dims[d], values[p]));
		if (!asked)
			at_most(of[p], find(name("askedpart/%s/%s", dims[d], values[p])));
		m = 0;
		for (uint32_t s = 0; s < in->session_count && d < 3; s++) {
			aur_str value = place_of(&in->sessions[s], d);
			if (strlen(values[p]) == value.len && !memcmp(values[p], value.ptr, value.len))
				rooms[m++] = asked ? find(name("asked/%s//", in->sessions[s].id.ptr)) : find(name("by/%s/%s/", theme, in->sessions[s].id.ptr));
		}
		if (d < 3)
			sum_of_places(of[p], rooms, m, false);
	}
	sum_of_places(asked ? x->total_asked : find(name("irritant/%s//", theme)), of, n, !whole);
}

static void write_dimensions(const reading *x)
{
	const aur_irr_table *irr = x->irr, *by = x->by;
	for (int d = 0; d < 4 && irr->row_count; d++) {
		const char *values[8]; /* in the order of the table */
		uint32_t n = 0;
		for (uint32_t r = 0; r < by->row_count; r++)
			if (!strcmp(at(by, r, "dimension"), dims[d]) && !strcmp(at(by, r, "theme"), at(irr, 0, "theme")))
				values[n++] = at(by, r, "part");
		bool whole = d < 3 && !x->outside;
		for (uint32_t s = 0; s < x->in->session_count && d < 3; s++)
			whole &= place_of(&x->in->sessions[s], d).len > 0;
		for (uint32_t i = 0; i < irr->row_count; i++)
			write_dimension(x, d, at(irr, i, "theme"), values, n, whole);
		write_dimension(x, d, "", values, n, whole);
	}
}

/* By session, stance, finger and polarity. */
static void write_groups(const reading *x, const char *t, uint32_t irritant, uint32_t carried)
{
	static const char *const stance[] = {"none", "keep", "improve", "getrid", "dear", "create"}, *const polarity[] = {"asserted", "denied", "conditional"};
	uint32_t parts[32], m;
	at_most(irritant, carried);
	at_most(irritant, x->total_asked);
	for (m = 0; m < x->in->session_count; m++) {
		parts[m] = find(name("by/%s/%s/", t, x->in->sessions[m].id.ptr));
		at_most(parts[m], find(name("asked/%s//", x->in->sessions[m].id.ptr)));
	}
	sum_of_places(irritant, parts, m, x->outside);
	for (m = 0; m < 6; m++)
		parts[m] = find(name("is/%s/stance/%s", t, stance[m]));
	sum(carried, parts, m, false);
	uint32_t voiced[] = {parts[AUR_IN_IMPROVE], parts[AUR_IN_GETRID]};
	sum(irritant, voiced, 2, true);
	for (uint32_t f = 1; f < 6; f++)
		at_most(find(name("hand/%s/%u/", t, (unsigned)f)), parts[f]);
	for (m = 0; m < 3; m++)
		parts[m] = find(name("is/%s/polarity/%s", t, polarity[m]));
	sum(carried, parts, m, false);
}

static void write_words(const reading *x, const char *t, const char *up, uint32_t carried)
{
	const aur_irr_table *words = x->words;
	uint32_t parts[32], m = 0;
	/* who says a word in the theme above and not in this one: not a few people */
	for (uint32_t r = 0; r < words->row_count && *up; r++) {
		uint32_t here = find(name("word/%s/%s/", t, at(words, r, "words"))), above = find(name("word/%s/%s/", up, at(words, r, "words")));
		if (strcmp(at(words, r, "theme"), t) || above == UINT32_MAX)
			continue;
		double more = v[above].truth[N] - v[here].truth[N];
		if (v[above].low[N] == v[above].high[N] && v[here].low[N] == v[here].high[N] && more > 0)
			loose += more < x->threshold || v[above].truth[P] - v[here].truth[P] < x->threshold;
	}
	/* each in no more contributions than the theme, and all of them together in no fewer */
	for (uint32_t r = 0; r < words->row_count; r++)
		if (!strcmp(at(words, r, "theme"), t)) {
			parts[m] = find(name("word/%s/%s/", t, at(words, r, "words")));
			at_most(parts[m++], carried);
		}
	for (int w = 0; w < 2 && m; w++) {
		now.count = 0;
		term(carried, 1);
		double all_words = 0;
		for (uint32_t j = 0; j < m; j++) {
			term(parts[j], -1);
			all_words += v[parts[j]].truth[w];
		}
		if (all_words >= v[carried].truth[w]) /* a word may have been left out; the attacker takes his chance */
			write_row(1, w);
	}
}

/* A theme has no more than the one above it, in any cell. */
static void write_above(const reading *x, uint32_t i, const char *t, const char *up)
{
	static const char *const stance[] = {"none", "keep", "improve", "getrid", "dear", "create"};
	const aur_irr_table *by = x->by;
	uint32_t c = find(name("irritant/%s//", t)); /* name() keeps one name at a time */
	at_most(c, find(name("irritant/%s//", up)));
	for (uint32_t o = 0; o < i; o++)
		if (!strcmp(at(x->irr, o, "theme"), up))
			at_most(x->of_theme[i], x->of_theme[o]);
	for (uint32_t q = 0; q < 6; q++) {
		c = find(name("is/%s/stance/%s", t, stance[q]));
		at_most(c, find(name("is/%s/stance/%s", up, stance[q])));
		c = find(name("hand/%s/%u/", t, (unsigned)q));
		at_most(c, find(name("hand/%s/%u/", up, (unsigned)q)));
	}
	for (uint32_t s = 0; s < x->in->session_count; s++) {
		c = find(name("by/%s/%s/", t, x->in->sessions[s].id.ptr));
		at_most(c, find(name("by/%s/%s/", up, x->in->sessions[s].id.ptr)));
	}
	for (uint32_t r = 0; r < by->row_count; r++)
		if (!strcmp(at(by, r, "theme"), t)) {
			c = find(name("part/%s/%s/%s", t, at(by, r, "dimension"), at(by, r, "part")));
			at_most(c, find(name("part/%s/%s/%s", up, at(by, r, "dimension"), at(by, r, "part"))));
		}
}

/* What the verdict and the range without one person say of people. */
static void write_verdict(const reading *x, uint32_t i, const char *t, uint32_t irritant)
{
	const aur_irr_table *irr = x->irr;
	double least = x->threshold > 2 ? x->threshold : 2;
	uint32_t w1 = find(name("part/%s/wave/1", t)), w2 = find(name("part/%s/wave/2", t));
	if (w1 != UINT32_MAX && w2 != UINT32_MAX) {
		if (!strcmp(at(irr, i, "verdict"), "recurrent"))
			v[w1].low[P] = fmax(v[w1].low[P], least), v[w2].low[P] = fmax(v[w2].low[P], least);
		if (!strcmp(at(irr, i, "why"), "lone-voices")) {
			if (v[w1].low[P] >= least)
				v[w2].high[P] = fmin(v[w2].high[P], least - 1);
			if (v[w2].low[P] >= least)
				v[w1].high[P] = fmin(v[w1].high[P], least - 1);
		}
	}
	if (*at(irr, i, "share") || *at(irr, i, "share_people") || *at(irr, i, "loo_share_high"))
		loose += v[x->total_asked].low[N] != v[x->total_asked].high[N] || v[irritant].low[N] != v[irritant].high[N];
	const char *loo = at(irr, i, "loo_sessions_low");
	if (!*loo)
		return;
	uint32_t lost = (uint32_t)atoi(at(irr, i, "sessions")) - (uint32_t)atoi(loo), unsure = 0, which = 0;
	for (uint32_t s = 0; s < x->in->session_count; s++) {
		uint32_t c = find(name("by/%s/%s/", t, x->in->sessions[s].id.ptr));
		if (v[c].high[P] < 1)
			continue;
		if (!lost)
			v[c].low[P] = fmax(v[c].low[P], 2);
		unsure += v[c].low[P] <= 1;
		which = v[c].low[P] <= 1 ? c : which;
	}
	if (lost && unsure == 1)
		v[which].high[P] = 1;
}

static void write_specificities(const reading *x, const char *t, uint32_t irritant)
{
	const aur_irr_table *by = x->by;
	for (uint32_t r = 0; r < by->row_count; r++)
		if (!strcmp(at(by, r, "theme"), t)) {
			uint32_t c = find(name("part/%s/%s/%s", t, at(by, r, "dimension"), at(by, r, "part")));
			uint32_t p = find(name("askedpart/%s/%s", at(by, r, "dimension"), at(by, r, "part")));
			const char *S = at(by, r, "specificity");
			bool exact = v[c].low[N] == v[c].high[N] && v[p].low[N] == v[p].high[N];
			loose += *S && !exact;
			if (exact)
				invert(irritant, c, p, x->total_asked, S);
		}
}

static void write_theme(reading *x, uint32_t i)
{
	const char *t = at(x->irr, i, "theme"), *up = at(x->irr, i, "part_of");
	uint32_t irritant = find(name("irritant/%s//", t)), voices = 0, th = 0;
	while (strcmp(x->in->themes[th].code.ptr, t))
		th++;
	/* all that carries it: printed nowhere, but tied to much that is */
	uint32_t carried = x->of_theme[i] = rest(x->all->l->themes[th].carried.n, x->all->l->themes[th].carried.speakers);
	write_groups(x, t, irritant, carried);
	write_words(x, t, up, carried);
	/* a verbatim is somebody's, and never two are the same one's */
	for (uint32_t r = 0; r < x->quotes->row_count; r++)
		voices += !strcmp(at(x->quotes, r, "theme"), t);
	for (int w = 0; w < 2; w++)
		v[irritant].low[w] = fmax(v[irritant].low[w], voices);
	if (*up)
		write_above(x, i, t, up);
	write_verdict(x, i, t, irritant);
	write_specificities(x, t, irritant);
}

/* Contributions with a theme: those of any one of them and no more than those of all of them together. */
static void write_themed(const reading *x)
{
	double themed = 0;
	for (uint32_t c = 0; c < x->in->contribution_count; c++)
		themed += x->in->contributions[c].hit_count > 0;
	uint32_t any = rest(themed, themed);
	now.count = 0;
	for (uint32_t i = 0; i < x->se->row_count; i++) {
		term(find(name("said/%s//", at(x->se, i, "session"))), 1);
		term(find(name("bare/%s//", at(x->se, i, "session"))), -1);
		term(find(name("non/%s//", at(x->se, i, "session"))), -1);
	}
	term(any, -1);
	write_row(0, N);
	now.count = 0;
	term(any, 1);
	for (uint32_t i = 0; i < x->irr->row_count; i++)
		if (!*at(x->irr, i, "part_of"))
			term(x->of_theme[i], -1);
	write_row(1, N);
	for (uint32_t i = 0; i < x->irr->row_count; i++) {
		now.count = 0;
		term(x->of_theme[i], 1);
		term(any, -1);
		write_row(1, N);
	}
}

static void write_down(const book *pub, const book *all, const aur_input *in, uint32_t threshold)
{
	vars = row_count = 0;
	reading x = read_tables(pub, all, in, threshold);
	write_asked(&x);
	write_dimensions(&x);
	for (uint32_t i = 0; i < x.irr->row_count; i++)
		write_theme(&x, i);
	if (x.total_asked != UINT32_MAX)
		write_themed(&x);
	for (uint32_t f = 0; f < pub->crosses; f++)
		write_field(pub, f, in, threshold, x.total_asked);
	if (pub->crosses == 2)
		write_pair(pub, in);
	/* as many people as contributions, at most */
	for (uint32_t i = 0; i < vars; i++) {
		v[i].low[N] = fmax(v[i].low[N], v[i].low[P]);
		v[i].high[P] = fmin(v[i].high[P], v[i].high[N]);
		if (k.survey) {
			v[i].low[P] = v[i].low[N];
			v[i].high[N] = v[i].high[P];
		}
	}
}

/* ---- linear programming: can unknown x be another whole number? --------------------------------------------------------- */

/* All unknowns as distances from the truth, so that 0 is feasible: rows are sums = 0, each unknown has bounds around 0.  Simplex with
 * bounded variables from a basis of slacks (0 .. 0 for equations). */
#define MAXCOL (MAXV + MAXROW)
static double T[MAXROW][MAXCOL];
static double low[MAXCOL], high[MAXCOL], value[MAXCOL], cost[MAXCOL];
static uint32_t basis[MAXROW], col_of[MAXV], cols, lines;

static void set_up(int which)
{
	bool used[MAXV] = {false};
	cols = lines = 0;
	for (uint32_t r = 0; r < row_count; r++)
		for (uint32_t i = 0; i < rows[r].count && rows[r].which == which; i++) {
			const var *x = &v[rows[r].term[i].v];
			used[rows[r].term[i].v] = x->high[which] > x->low[which];
		}
	for (uint32_t i = 0; i < vars; i++) {
		col_of[i] = UINT32_MAX;
		if (!used[i])
			continue;
		low[cols] = v[i].low[which] - v[i].truth[which];
		high[cols] = v[i].high[which] - v[i].truth[which];
		value[cols] = 0;
		col_of[i] = cols++;
	}
	uint32_t free_cols = cols;
	for (uint32_t r = 0; r < row_count; r++) {
		if (rows[r].which != which)
			continue;
		double slack = 0;
		bool any = false;
		for (uint32_t i = 0; i < rows[r].count; i++) {
			slack -= rows[r].term[i].a * v[rows[r].term[i].v].truth[which];
			any |= col_of[rows[r].term[i].v] != UINT32_MAX;
		}
		if (!any)
			continue;
		memset(T[lines], 0, sizeof T[lines]);
		for (uint32_t i = 0; i < rows[r].count; i++)
			if (col_of[rows[r].term[i].v] != UINT32_MAX)
				T[lines][col_of[rows[r].term[i].v]] += rows[r].term[i].a;
		low[cols] = rows[r].kind ? -slack : 0; /* a slack of s may fall to 0 */
		high[cols] = rows[r].kind ? INFINITY : 0;
		value[cols] = 0;
		T[lines][cols] = 1;
		basis[lines++] = cols++;
	}
	(void)free_cols;
}

/* May column x reach the distance 1 (sign 1) or -1?  -1: not settled. */
static int reach(uint32_t x, double sign)
{
	memset(cost, 0, sizeof cost);
	cost[x] = sign;
	for (uint32_t r = 0; r < lines; r++)
		if (basis[r] == x) /* price it out */
			for (uint32_t c = 0; c < cols; c++)
				cost[c] -= sign * T[r][c];
	for (int step = 0; step < 3000; step++) {
		if (sign * value[x] >= 1 - 1e-6)
			return 1;
		uint32_t in = UINT32_MAX;
		double dir = 0;
		for (uint32_t c = 0; c < cols && in == UINT32_MAX; c++) { /* Bland */
			bool basic = false;
			for (uint32_t r = 0; r < lines && !basic; r++)
				basic = basis[r] == c;
			if (basic)
				continue;
			if (cost[c] > 1e-9 && value[c] < high[c] - 1e-9)
				in = c, dir = 1;
			else if (cost[c] < -1e-9 && value[c] > low[c] + 1e-9)
				in = c, dir = -1;
		}
		if (in == UINT32_MAX)
			return 0;
		double go = dir > 0 ? high[in] - value[in] : value[in] - low[in];
		uint32_t out = UINT32_MAX;
		for (uint32_t r = 0; r < lines; r++) {
			double a = -T[r][in] * dir, room;
			if (a > -1e-9 && a < 1e-9)
				continue;
			room = a > 0 ? (high[basis[r]] - value[basis[r]]) / a : (value[basis[r]] - low[basis[r]]) / -a;
			if (room < go - 1e-12 || (out != UINT32_MAX && room <= go && basis[r] < basis[out])) {
				go = room;
				out = r;
			}
		}
		go = go < 0 ? 0 : go > 4 ? 4 : go; /* one is enough */
		for (uint32_t r = 0; r < lines; r++)
			value[basis[r]] -= T[r][in] * dir * go;
		value[in] += dir * go;
		if (out == UINT32_MAX || go >= 4)
			continue;
		double pivot = T[out][in];
		for (uint32_t c = 0; c < cols; c++)
			T[out][c] /= pivot;
		for (uint32_t r = 0; r < lines; r++) {
			double f = T[r][in];
			if (r == out || f == 0)
				continue;
			for (uint32_t c = 0; c < cols; c++)
				T[r][c] -= f * T[out][c];
		}
		double f = cost[in];
		for (uint32_t c = 0; c < cols; c++)
			cost[c] -= f * T[out][c];
		basis[out] = in;
	}
	return -1;
}

static bool given_away(uint32_t x, int which, uint32_t *unsettled)
{
	if (v[x].high[which] - v[x].low[which] < 1)
		return true;
	for (double sign = 1; sign >= -1; sign -= 2) {
		set_up(which);
		if (col_of[x] == UINT32_MAX)
			return false; /* in no sum */
		int got = reach(col_of[x], sign);
		if (got == 1)
			return false;
		*unsettled += got < 0;
		if (got < 0)
			return false;
	}
	return true;
}

/* No role of fewer people than the threshold has a column: whoever knows that there was one of them reads hers in its zeros.  Nor are people
 * without a column so few, where a role has been left out.  How many roles were. */
static uint32_t few_of_a_role(const book *pub, const aur_input *in, uint32_t threshold)
{
	bool in_role[3][MAXC] = {{false}};
	uint32_t people[3] = {0}, out = 0, apart = 0;
	for (uint32_t i = 0; i < in->contribution_count; i++)
		if (aur_in_asked(&k.c[i])) {
			bool *here = &in_role[k.c[i].role == AUR_IN_ABSENT ? 2 : k.c[i].role][k.c[i].speaker];
			people[k.c[i].role == AUR_IN_ABSENT ? 2 : k.c[i].role] += !*here;
			*here = true;
		}
	const aur_irr_dim *dim = &pub->l->dim[AUR_DIM_ROLE];
	for (uint32_t r = 0; r < 2; r++) {
		bool shown = false;
		for (uint32_t p = 0; p < dim->count; p++)
			shown |= !aur_str_order(dim->parts[p].name, in->roles[r]);
		ck_assert(!shown || !people[r] || people[r] >= threshold);
		out += !shown;
	}
	ck_assert_uint_eq(out, dim->roles_out);
	for (uint32_t s = 0; s < k.speakers && out; s++) {
		bool without = in_role[2][s];
		for (uint32_t r = 0; r < 2; r++)
			without |= in_role[r][s] && dim->of_role[r] == AUR_IN_ABSENT;
		apart += without;
	}
	ck_assert(!out || apart >= threshold || !dim->count);
	return out;
}

static void attack(uint32_t threshold, uint32_t corpora)
{
	uint32_t hidden = 0, found = 0, unsettled = 0, told = 0, cells = 0, fields = 0, roles_out = 0;
	aur_mask *mask = NULL;
	aur_error e;
	ck_assert_int_eq(aur_mask_open(SRCDIR "/report/fr.mask", &mask, &e), AURE_OK);
	if (getenv("AURICULE_TEST_CORPORA")) /* a longer attack */
		corpora = (uint32_t)atoi(getenv("AURICULE_TEST_CORPORA"));
	for (uint32_t i = 0; i < corpora; i++) {
		aur_input in = corpus();
		book pub, all;
		field_of_people(&in);
		open_book(&in, threshold, mask, &pub);
		open_book(&in, 0, mask, &all);
		write_down(&pub, &all, &in, threshold);
		roles_out += few_of_a_role(&pub, &in, threshold);
		fields += pub.crosses == 2;
		for (uint32_t x = 0; x < vars; x++) {
			cells += strncmp(v[x].name, "rest", 4) != 0;
			told += strncmp(v[x].name, "rest", 4) && v[x].low[N] == v[x].high[N];
			if (!v[x].few)
				continue;
			hidden++;
			for (int w = 0; w < 2; w++)
				if (given_away(x, w, &unsettled)) {
					found++;
					if (found <= 20)
						printf("corpus %u, k = %u: %s of %s are found out: %g\n", i, threshold, w == N ? "contributions" : "people", v[x].name, v[x].truth[w]), fflush(stdout);
				}
		}
		close_book(&pub);
		close_book(&all);
	}
	aur_mask_close(mask);
	printf("k = %u: %u corpora, %u counts, of which %u told in full and %u under the threshold; %u found out, %u attacks not settled; %u specificities and shares of hidden counts\n", threshold,
	       corpora, cells, told, hidden, found, unsettled, loose);
	ck_assert_uint_gt(fields * 4, corpora);
	ck_assert_uint_gt(hidden, 20 * corpora);
	ck_assert_uint_gt(roles_out * 20, corpora);
	ck_assert_uint_eq(loose, 0);
	ck_assert_uint_eq(found, 0);
	ck_assert_uint_lt(unsettled * 50, hidden);
}

START_TEST(three)
{
	attack(3, 60);
}
END_TEST

START_TEST(five)
{
	attack(5, 60);
}
END_TEST

/* A word of a theme and of one below it: what `apart` more people say in the theme alone must not follow, unless they are k. */
static const char *word_below(uint32_t apart, char told[2][32])
{
	memset(&k, 0, sizeof k);
	k.s[0] = (aur_in_session){.id = S("s1"), .date = S("2025-01-01")};
	uint32_t n = 0, hits = 0;
	for (; n < 60; n++) {
		k.c[n] = (aur_in_contribution){.session = 0, .speaker = n, .role = AUR_IN_ABSENT, .tokens = 9, .stance = AUR_IN_GETRID, .first_hit = hits};
		if (n < 20 + apart)
			k.h[hits++] = (aur_in_hit){0, 0, 0, 1, AUR_ASSERTED};
		if (n < 20)
			k.h[hits++] = (aur_in_hit){1, 0, 0, 1, AUR_ASSERTED};
		else if (n < 40)
			k.h[hits++] = (aur_in_hit){1, 1, 1, 2, AUR_ASSERTED};
		k.c[n].hit_count = (uint32_t)(hits - k.c[n].first_hit);
	}
	aur_input in = {.title = S("t"), .sessions = k.s, .session_count = 1, .contributions = k.c, .contribution_count = n, .speaker_count = n, .hits = k.h,
			.hit_count = hits, .themes = themes, .theme_count = 2, .exprs = exprs, .expr_count = 6, .id = text, .text = text};
	aur_irr_options o = AUR_IRR_OPTIONS;
	aur_ledger *l;
	aur_error e;
	ck_assert_int_eq(aur_ledger_build(&in, &o, &l, &e), AURE_OK);
	for (int t = 0; t < 2; t++)
		for (uint32_t w = 0; w < l->themes[t].word_count; w++)
			if (l->themes[t].words[w].expr == 0) {
				const aur_irr_cell *c = &l->themes[t].words[w].all;
				snprintf(told[t], 32, "%s%u", c->hide == AUR_SHOWN ? "" : "hidden ", (unsigned)c->n);
			}
	aur_ledger_free(l);
	return told[1];
}

START_TEST(words_below)
{
	char told[2][32];
	ck_assert_str_eq(word_below(0, told), "20");
	ck_assert_str_eq(word_below(3, told), "hidden 20");
	ck_assert_str_eq(told[0], "23");
	ck_assert_str_eq(word_below(7, told), "20");
	ck_assert_str_eq(told[0], "27");
}
END_TEST

/* Everybody in the territories A (10 people) and B has one value of a field, everybody in C (60) and D one of two others: is the number of those with
 * the first value told?  Less the 10 it is that of B. */
static bool told_of_both(uint32_t b, uint32_t d)
{
	static const aur_str ids[] = {S("s1"), S("s2"), S("s3"), S("s4")}, territories[] = {S("A"), S("B"), S("C"), S("D")};
	const uint32_t people[] = {10, b, 60, d};
	uint32_t n = 0;
	memset(&k, 0, sizeof k);
	for (uint32_t s = 0; s < 4; s++) {
		k.s[s] = (aur_in_session){.id = ids[s], .date = S("2025-01-01"), .territory = territories[s]};
		for (uint32_t i = 0; i < people[s]; i++, n++) {
			k.c[n] = (aur_in_contribution){.session = s, .speaker = n, .role = AUR_IN_ABSENT, .tokens = 9, .stance = AUR_IN_GETRID};
			k.value[0][n] = s < 2 ? 0 : 1 + i % 2;
		}
	}
	aur_input in = {.title = S("t"), .sessions = k.s, .session_count = 4, .contributions = k.c, .contribution_count = n, .speaker_count = n, .hits = k.h,
			.themes = themes, .theme_count = 2, .exprs = exprs, .expr_count = 6, .id = text, .text = text};
	aur_irr_options o = AUR_IRR_OPTIONS;
	aur_ledger *l;
	aur_cross *x;
	aur_error e;
	ck_assert_int_eq(aur_ledger_build(&in, &o, &l, &e), AURE_OK);
	ck_assert_int_eq(l->all.asked.hide, AUR_SHOWN);
	ck_assert_int_eq(l->dim[AUR_DIM_TERRITORY].parts[0].asked.hide, AUR_SHOWN);
	ck_assert_msg(aur_cross_build(l, (aur_str)S("age"), names_of_field, 3, k.value[0], NULL, 0, &x, &e) == AURE_OK, "%s", e.text);
	ck_assert_uint_eq(x->count, 3);
	ck_assert_uint_eq(x->parts[0].asked.n, 10 + b);
	bool told = x->parts[0].asked.hide == AUR_SHOWN;
	aur_cross_free(x);
	aur_ledger_free(l);
	return told;
}

START_TEST(part_less_territory)
{
	ck_assert(!told_of_both(2, 3));
	ck_assert(told_of_both(5, 6));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("attack");
	TCase *c = tcase_create("threshold");
	seconds_at_most(c, 300);
	tcase_add_test(c, three);
	tcase_add_test(c, five);
	tcase_add_test(c, words_below);
	tcase_add_test(c, part_less_territory);
	suite_add_tcase(s, c);
	return suite_run(s);
}
