/* SPDX-License-Identifier: Apache-2.0 */
/* Resolves values of fields, dates and themes into the sets of values that match. */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include "base/intl.h"
#include "query/counts.h"
#include "query/resolving.h"

/* Length of a space at `i` that a group of exactly three digits follows, as in the 1 200 of spreadsheets; else 0. */
static size_t thousands(aur_str t, size_t i)
{
	static const char *const spaces[] = {" ", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89"};
	for (unsigned k = 0; k < 4; k++) {
		size_t n = strlen(spaces[k]), d = i + n;
		if (d + 3 > t.len || memcmp(t.ptr + i, spaces[k], n))
			continue;
		while (d < t.len && t.ptr[d] >= '0' && t.ptr[d] <= '9')
			d++;
		return d - i - n == 3 ? n : 0;
	}
	return 0;
}

static int number_of(aur_str t, double *out)
{
	double v = 0, scale = 0;
	size_t i = 0, digits = 0, n; /* digits: since the last space */
	int neg = t.len && t.ptr[0] == '-';
	if (neg)
		i++;
	if (i == t.len || t.len > 24)
		return 0;
	for (; i < t.len; i++) {
		if (t.ptr[i] >= '0' && t.ptr[i] <= '9') {
			v = v * 10 + (t.ptr[i] - '0');
			scale *= 10;
			if (++digits > 15)
				return 0;
		} else if (digits > 0 && digits <= 3 && !(scale > 0) && (n = thousands(t, i))) {
			i += n - 1;
			digits = 0;
		} else if ((t.ptr[i] == '.' || t.ptr[i] == ',') && !(scale > 0) && i + 1 < t.len) {
			scale = 1;
		} else {
			return 0;
		}
	}
	*out = (neg ? -v : v) / (scale > 0 ? scale : 1);
	return 1;
}

static int starts(aur_str a, aur_str with)
{
	return !with.len || (a.len >= with.len && !memcmp(a.ptr, with.ptr, with.len));
}

/* Is it 2025, 2025-04 or 2025-04-22?  Then it also means all days and hours of that time. */
static int is_period(aur_str t)
{
	return t.len && aur_date_len(t, 10) == t.len;
}

static int in_period(aur_str v, aur_str period)
{
	char next = starts(v, period) && v.len > period.len ? v.ptr[period.len] : 0;
	return period.len < 10 ? next == '-' : next == ' ' || next == 'T';
}

/* Is it a date that begins with the year: 2025, 2025-04, 2025-04-22, 2025-04-22 09:30, 2025-T1? */
static int is_date(aur_str t)
{
	size_t i = 0;
	while (i < t.len && t.ptr[i] >= '0' && t.ptr[i] <= '9')
		i++;
	return i == 4 && (t.len == 4 || t.ptr[4] == '-' || t.ptr[4] == '/' || t.ptr[4] == ' ');
}

/* Is v within lo .. hi, of which one may be open?  Numbers are compared with numbers, dates with dates, text with
 * text, and what begins with hi is within.  « NSP » is not 41 or more, and 2025-11 not between 01/04/2025 and
 * 30/06/2025. */
static int in_range(aur_str v, aur_str lo, aur_str hi)
{
	double x, a = 0, b = 0;
	int numbers = (!lo.len || number_of(lo, &a)) && (!hi.len || number_of(hi, &b));
	int dates = (!lo.len || is_date(lo)) && (!hi.len || is_date(hi));
	if (number_of(v, &x) && numbers)
		return (!lo.len || x >= a) && (!hi.len || x <= b);
	if (is_date(v) ? !dates : number_of(v, &x) || numbers || dates)
		return 0;
	return (!lo.len || aur_str_order(v, lo) >= 0) && (!hi.len || aur_str_order(v, hi) <= 0 || starts(v, hi));
}

struct folds { /* kept for the values of a field, by number from 1 */
	uint32_t field;
	aur_str *v; /* without case and accents; NULL: not computed yet */
	uint8_t *left;
	aur_arena arena;
	struct folds *next;
};

static struct folds *folds_of(aur_search *s, uint32_t field)
{
	struct folds *f = s->folds;
	while (f && f->field != field)
		f = f->next;
	if (!f) {
		f = aur_xcalloc(1, sizeof *f);
		f->field = field;
		f->next = s->folds;
		s->folds = f;
	}
	return f;
}

/* By value: does a contribution in use have it?  A value that was corrected must neither match nor be suggested. */
static const uint8_t *values_left(aur_search *s, uint32_t field)
{
	struct folds *f = folds_of(s, field);
	if (!f->left) {
		f->left = aur_arena_alloc(&f->arena, (size_t)aur_snapshot_value_count(s->env.s, field) + 1);
		aur_snapshot_values_left(s->env.s, field, f->left, NULL);
	}
	return f->left;
}

static const aur_str *value_folds(aur_search *s, uint32_t field)
{
	struct folds *f = folds_of(s, field);
	if (f->v)
		return f->v;
	uint32_t n = aur_snapshot_value_count(s->env.s, field);
	aur_buf b = {0};
	f->v = aur_arena_alloc(&f->arena, ((size_t)n + 1) * sizeof *f->v);
	for (uint32_t i = 1; i <= n; i++) {
		b.n = 0;
		q_fold(&b, aur_snapshot_value_text(s->env.s, field, i));
		f->v[i] = (aur_str){aur_arena_dup(&f->arena, b.p, b.n), b.n};
	}
	aur_buf_free(&b);
	return f->v;
}

/* The first value of a field, if it is a day or a month: an example for messages on fields of dates. */
static aur_str date_of_field(aur_search *s, uint32_t field, uint32_t nv)
{
	const uint8_t *left = values_left(s, field);
	uint32_t first = 1;
	while (first <= nv && !left[first])
		first++;
	aur_str v = first <= nv ? aur_snapshot_value_text(s->env.s, field, first) : (aur_str){0};
	return is_date(v) && v.len > 4 && v.ptr[4] == '-' ? v : (aur_str){0};
}

/* Does a value begin with that character itself, as the age group « <25 » does? */
static int begins_with(aur_search *s, uint32_t field, uint32_t nv, char with)
{
	const uint8_t *left = values_left(s, field);
	for (uint32_t i = 1; i <= nv; i++) {
		aur_str v = aur_snapshot_value_text(s->env.s, field, i);
		if (left[i] && v.len && v.ptr[0] == with)
			return 1;
	}
	return 0;
}

/* lo..hi, with one end missing perhaps. */
static int range_of(aur_str t, aur_str *lo, aur_str *hi)
{
	for (size_t i = 0; i + 1 < t.len; i++)
		if (t.ptr[i] == '.' && t.ptr[i + 1] == '.') {
			*lo = (aur_str){t.ptr, i};
			*hi = (aur_str){t.ptr + i + 2, t.len - i - 2};
			return 1;
		}
	return 0;
}

/* « Dunes,Vallée », « Dunes|Vallée »: a note, if each part is a value. */
static int listed(resolving *x, const node *n, aur_str name)
{
	aur_buf b = {0};
	aur_str t = n->text;
	unsigned parts = 0;
	for (size_t i = 0, from = 0; i <= t.len && t.len < 200; i++) {
		if (i < t.len && !strchr(",;|+&", t.ptr[i]))
			continue;
		size_t end = i;
		while (from < end && t.ptr[from] == ' ')
			from++;
		while (end > from && t.ptr[end - 1] == ' ')
			end--;
		aur_str part = {t.ptr + from, end - from};
		if (!part.len && parts && i == t.len)
			break; /* « Dunes, » before a space */
		if (!q_value_like(x, n->field, part, VALUE_SAME)) {
			parts = 0;
			break;
		}
		const char *q = memchr(part.ptr, ' ', part.len) ? "\"" : "";
		aur_buf_printf(&b, "%s%s%.*s%s", parts++ ? " OR " : "", q, (int)part.len, part.ptr, q);
		from = i + 1;
	}
	if (parts > 1)
		q_note(x, _("no contribution has %.*s:%.*s; for several values write %.*s:(%s)"), (int)name.len, name.ptr, q_shown_len(t), t.ptr,
		       (int)name.len, name.ptr, aur_buf_cstr(&b));
	aur_buf_free(&b);
	return parts > 1;
}

/* 22/04/2025, 22.4.2025 or 04/2025 with the year first; 0: it is none of them. */
static int year_first(aur_str t, char out[16])
{
	unsigned v[3] = {0, 0, 0}, n = 0;
	size_t digits = 0;
	for (size_t i = 0; i < t.len; i++) {
		if (t.ptr[i] >= '0' && t.ptr[i] <= '9' && ++digits <= 4) {
			v[n] = v[n] * 10 + (unsigned)(t.ptr[i] - '0');
		} else if (strchr("/.-", t.ptr[i]) && digits && digits <= 2 && n < 2) {
			n++;
			digits = 0;
		} else {
			return 0;
		}
	}
	if (n == 2)
		snprintf(out, 16, "%04u-%02u-%02u", v[2] % 10000, v[1] % 100, v[0] % 100);
	else
		snprintf(out, 16, "%04u-%02u", v[1] % 10000, v[0] % 100);
	return n && digits == 4 && is_period(aur_str_of(out));
}

/* A value in quotation marks that is a range, a month or a pattern without them; one between slashes. */
static int taken_literally(resolving *x, const node *n, aur_str name, int quoted)
{
	aur_str t = n->text, lo, hi;
	if (n->regex) {
		q_note(x, _("no contribution has %.*s:%.*s; values take no regular expressions, only * and ?, as in %.*s:a*"), (int)name.len, name.ptr, q_shown_len(t), t.ptr,
		       (int)name.len, name.ptr);
		return 1;
	}
	if (!quoted || !n->name.ptr || memchr(t.ptr, ' ', t.len) || !(range_of(t, &lo, &hi) || ((is_period(t) || q_has_wild(t)) && q_value_like(x, n->field, t, VALUE_SAME))))
		return 0;
	q_note(x, _("no contribution has %.*s:\"%.*s\"; in quotation marks it is a value as it stands: write %.*s:%.*s"), (int)name.len, name.ptr, q_shown_len(t), t.ptr,
	       (int)name.len, name.ptr, q_shown_len(t), t.ptr);
	return 1;
}

/* All values, where they are few: what to choose from.  Their order is not that of ingestion. */
static int few_values(resolving *x, const node *n, aur_str name, uint32_t nv)
{
	uint32_t all;
	if (!nv || nv > 12)
		return 0;
	const uint32_t *order = q_value_order(x->s, n->field, &all);
	const uint8_t *left = values_left(x->s, n->field);
	aur_buf b = {0};
	for (uint32_t i = 0; i + 1 < all; i++) /* the last is none */
		if (left[order[i]]) {
			aur_str v = aur_snapshot_value_text(x->s->env.s, n->field, order[i]);
			aur_buf_printf(&b, "%s%.*s", b.n ? ", " : "", (int)v.len, v.ptr);
		}
	int few = b.n < 300;
	if (few)
		q_note(x, _("no contribution has %.*s:%.*s; its values are: %s"), (int)name.len, name.ptr, q_shown_len(n->text), n->text.ptr, aur_buf_cstr(&b));
	aur_buf_free(&b);
	return few;
}

static void value_nearest(resolving *x, node *n, uint32_t nv, int quoted)
{
	if (x->q->nnotes >= MAX_NOTES)
		return;
	aur_str name = aur_snapshot_field_name(x->s->env.s, n->field), date = date_of_field(x->s, n->field, nv);
	size_t ops = q_operator(n->text);
	if (ops && ops < n->text.len && (!date.len || is_date((aur_str){n->text.ptr + ops, n->text.len - ops})) &&
	    !begins_with(x->s, n->field, nv, n->text.ptr[0])) {
		char like[200];
		q_compared(name.ptr, q_shown_len(name), n->text, n->at && x->p->s[n->at - 1] == '-', like, sizeof like);
		q_note(x,
		       strstr(like, "..") ? _("no contribution has %.*s:%.*s; write %s (ranges include both ends)") :
					    _("no contribution has %.*s:%.*s; write %s"),
		       (int)name.len, name.ptr, q_shown_len(n->text), n->text.ptr, like);
		return;
	}
	char like[16];
	if (taken_literally(x, n, name, quoted))
		return;
	if (date.len && year_first(n->text, like)) {
		char all[200];
		snprintf(all, sizeof all, "%.*s:%s", q_shown_len(name), name.ptr, like);
		q_note(x, _("no contribution has %.*s:%.*s; write %s"), (int)name.len, name.ptr, q_shown_len(n->text), n->text.ptr, all);
		return;
	}
	if (date.len && (!is_date(n->text) || (aur_date_len(date, 10) && !is_period(n->text)))) {
		q_note(x, _("no contribution has %.*s:%.*s; dates start with the year, as in %.*s:%.*s, or %.*s:%.*s.. for that date and later"),
		       (int)name.len, name.ptr, q_shown_len(n->text), n->text.ptr, (int)name.len, name.ptr, date.len < 10 ? (int)date.len : 10, date.ptr,
		       (int)name.len, name.ptr, date.len < 7 ? (int)date.len : 7, date.ptr);
		return;
	}
	if (listed(x, n, name))
		return;
	uint32_t best = AUR_NONE;
	aur_str *v = NULL;
	if (nv <= 100000) {
		const uint8_t *left = values_left(x->s, n->field);
		uint32_t values = nv;
		v = aur_xmalloc(((size_t)nv + 1) * sizeof *v);
		nv = 0;
		for (uint32_t i = 1; i <= values; i++)
			if (left[i])
				v[nv++] = aur_snapshot_value_text(x->s->env.s, n->field, i);
		best = aur_query_nearest(n->text, v, nv);
		/* or the first value that contains it: Lestaing in « Bassin de Lestaing » */
		aur_buf want = {0}, have = {0};
		q_fold(&want, n->text);
		for (uint32_t i = 0; i < nv && best == AUR_NONE && want.n > 2; i++) {
			have.n = 0;
			q_fold(&have, v[i]);
			if (memmem(have.p, have.n, want.p, want.n))
				best = i;
		}
		aur_buf_free(&want);
		aur_buf_free(&have);
	}
	int len = q_shown_len(n->text);
	if (best != AUR_NONE) {
		const char *q = memchr(v[best].ptr, ' ', v[best].len) ? "\"" : "";
		q_note(x, _("no contribution has %.*s:%.*s; the nearest value is %.*s:%s%.*s%s"), (int)name.len, name.ptr, len, n->text.ptr,
		     (int)name.len, name.ptr, q, (int)v[best].len, v[best].ptr, q);
	} else if (date.len || nv > 100000 || !few_values(x, n, name, nv)) {
		q_note(x, _("no contribution has %.*s:%.*s"), (int)name.len, name.ptr, len, n->text.ptr);
	}
	free(v);
}

void q_folds_free(aur_search *s)
{
	for (struct folds *f = s->folds, *next; f; f = next) {
		next = f->next;
		aur_arena_free(&f->arena);
		free(f);
	}
	s->folds = NULL;
}

/* \" and \\ in quotation marks stand for the characters themselves. */
void q_unescape(resolving *x, node *n)
{
	aur_str t = n->text;
	aur_buf b = {0};
	if (!memchr(t.ptr, '\\', t.len))
		return;
	for (size_t i = 0; i < t.len; i++) {
		if (t.ptr[i] == '\\' && i + 1 < t.len && strchr("\"\\", t.ptr[i + 1]))
			i++;
		aur_buf_byte(&b, (unsigned char)t.ptr[i]);
	}
	n->text = (aur_str){aur_arena_dup(&x->q->arena, b.p, b.n), b.n};
	aur_buf_free(&b);
}

/* If the value has another spelling that the index knows, sets *t to that and returns its number (0: no contribution has it). */
static uint32_t alias_of(resolving *x, uint32_t field, const uint8_t *left, aur_str *t)
{
	aur_snapshot *s = x->s->env.s;
	aur_str name = aur_snapshot_field_name(s, field);
	aur_buf want = {0}, have = {0};
	uint32_t one = 0;
	q_fold(&want, *t);
	for (uint32_t i = 0; i < x->s->env.nalias; i++) {
		const struct aur_query_alias *a = &x->s->env.alias[i];
		if (!same(name, a->field))
			continue;
		have.n = 0;
		q_fold(&have, (aur_str){a->from, strlen(a->from)});
		if (want.n == have.n && !memcmp(want.p, have.p, want.n)) {
			*t = (aur_str){a->to, strlen(a->to)};
			one = aur_snapshot_value(s, field, *t);
			one = one <= aur_snapshot_value_count(s, field) && left[one] ? one : 0;
			break;
		}
	}
	aur_buf_free(&want);
	aur_buf_free(&have);
	return one;
}

/* Does a word of the value, or several, make up all of `want`?  Both are folded. */
static int has_words(aur_str value, aur_str want)
{
	for (size_t i = 0; want.len > 2 && i + want.len <= value.len; i++) {
		size_t end = i + want.len;
		if (!memcmp(value.ptr + i, want.ptr, want.len) && (!i || strchr(" -'(/", value.ptr[i - 1])) && (end == value.len || strchr(" -'),/", value.ptr[end])))
			return 1;
	}
	return 0;
}

int q_value_like(resolving *x, uint32_t field, aur_str t, enum value_like how)
{
	aur_snapshot *s = x->s->env.s;
	uint32_t nv = aur_snapshot_value_count(s, field), near = 0;
	while (t.len && t.ptr[0] == ' ') { /* « Vallée » */
		t.ptr++;
		t.len--;
	}
	while (t.len && t.ptr[t.len - 1] == ' ')
		t.len--;
	if (nv > 10000 || !t.len) /* a program made them */
		return 0;
	const uint8_t *left = values_left(x->s, field);
	const aur_str *folded = value_folds(x->s, field);
	aur_str alias = t, *v = aur_xmalloc(((size_t)nv + 1) * sizeof *v);
	int is = alias_of(x, field, left, &alias) != 0, glob = q_has_wild(t), period = is_period(t);
	aur_buf want = {0};
	q_fold(&want, t);
	for (uint32_t i = 1; i <= nv && !is; i++) {
		if (!left[i])
			continue;
		is = glob ? q_glob(str_of(&want), folded[i]) : want.n == folded[i].len && !memcmp(want.p, folded[i].ptr, want.n);
		is |= (period && in_period(aur_snapshot_value_text(s, field, i), t)) || (how == VALUE_NEAR && has_words(folded[i], str_of(&want)));
		v[near++] = folded[i];
	}
	if (!is && how == VALUE_NEAR)
		is = aur_query_nearest(t, v, near) != AUR_NONE;
	aur_buf_free(&want);
	free(v);
	return is;
}

static aur_code range_check(resolving *x, const node *n, aur_str t, aur_str lo, aur_str hi)
{
	aur_str name = aur_snapshot_field_name(x->s->env.s, n->field);
	double a, b;
	if (!lo.len && !hi.len)
		return q_fail(x->p, n->at, _("this range has neither a beginning nor an end: write for example date:2025-04..2025-06, or date:2025-04.. or date:..2025-06"));
	aur_str date = date_of_field(x->s, n->field, n->nvalues);
	if (date.len && ((lo.len && !is_date(lo)) || (hi.len && !is_date(hi))))
		return q_fail(x->p, n->at, _("%.*s is not a range of dates: start with the year, as in %.*s:%.*s.."), (int)t.len, t.ptr, (int)name.len,
			      name.ptr, date.len < 10 ? (int)date.len : 10, date.ptr);
	if (lo.len && hi.len && (number_of(lo, &a) && number_of(hi, &b) ? a > b : aur_str_order(lo, hi) > 0 && !starts(lo, hi)))
		return q_fail(x->p, n->at, _("the range %.*s ends before it begins"), (int)t.len, t.ptr);
	return AURE_OK;
}

/* Marks the values of the field that the text means: any, a range, a period, a pattern, or the same but for case and accents. */
static aur_code mark_values(resolving *x, node *n, aur_str t, int quoted, const uint8_t *left)
{
	aur_snapshot *s = x->s->env.s;
	aur_str lo = {0}, hi = {0};
	int any = !quoted && same(t, "*"), glob = !quoted && q_has_wild(t), period = !quoted && is_period(n->text);
	int range = !quoted && !any && range_of(t, &lo, &hi);
	aur_code c = range ? range_check(x, n, t, lo, hi) : AURE_OK;
	if (!c)
		c = q_budget(x->q, 0, any ? 0 : n->nvalues, x->p->err);
	n->values = aur_arena_alloc(&x->q->arena, (size_t)n->nvalues + 1);
	memset(n->values, 0, (size_t)n->nvalues + 1);
	aur_buf want = {0};
	q_fold(&want, t);
	const aur_str *folded = any || range || period ? NULL : value_folds(x->s, n->field);
	for (uint32_t v = 1; v <= n->nvalues && !c; v++) {
		int yes = any;
		if (!left[v])
			continue;
		if (folded) {
			yes = glob ? q_glob(str_of(&want), folded[v]) : want.n == folded[v].len && !memcmp(want.p, folded[v].ptr, want.n);
		} else if (!any) {
			aur_str vt = aur_snapshot_value_text(s, n->field, v);
			yes = range ? in_range(vt, lo, hi) : !aur_str_order(vt, t) || in_period(vt, t);
		}
		if (yes) {
			n->values[v] = 1;
			n->wanted++;
			n->one = v;
		}
		if (!any && q_cancelled(x->s))
			c = q_cancel_error(x->p->err);
	}
	aur_buf_free(&want);
	return c;
}

aur_code q_field_node(resolving *x, node *n, uint32_t field, int quoted)
{
	aur_snapshot *s = x->s->env.s;
	if (n->sentence)
		return q_fail(x->p, n->at, _("« within s » goes after words, and %.*s:… is a field"), (int)n->name.len, n->name.ptr);
	n->kind = N_FIELD;
	n->field = field;
	n->nvalues = aur_snapshot_value_count(s, field);
	if (quoted)
		q_unescape(x, n);
	const uint8_t *left = values_left(x->s, field);
	aur_str t = n->text;
	/* in quotation marks, the exact value if it exists; otherwise, case and accents do not count */
	uint32_t exact = aur_snapshot_value(s, field, t);
	exact = exact <= n->nvalues && left[exact] ? exact : 0;
	uint32_t one = exact ? (quoted ? exact : 0) : alias_of(x, field, left, &t);
	if (one) {
		n->one = one;
		n->wanted = 1;
		return AURE_OK;
	}
	aur_code c = mark_values(x, n, t, quoted, left);
	if (!c && !n->wanted)
		value_nearest(x, n, n->nvalues, quoted);
	return c;
}

/* ---- themes, ids --------------------------------------------------------------------------------- */
/* Adds a note for a theme that resembles none: it lists those found, without their parts. */
static void theme_unlike_any(resolving *x, aur_str t, const aur_str *themes, uint32_t n)
{
	aur_buf b = {0};
	for (uint32_t i = 0; i < n; i++)
		if (!memchr(themes[i].ptr, '.', themes[i].len))
			aur_buf_printf(&b, "%s%.*s", b.n ? ", " : "", (int)themes[i].len, themes[i].ptr);
	char *all = aur_buf_cstr(&b);
	if (*all)
		q_note(x, _("the theme « %.*s » was not found in this corpus; these were: %s"), q_shown_len(t), t.ptr, all);
	else
		q_note(x, _("the theme « %.*s » was not found in this corpus, and neither was any other"), q_shown_len(t), t.ptr);
	free(all);
}

aur_code q_theme_node(resolving *x, node *n)
{
	static const char *const names[] = {"asserted", "negated", "conditional"};
	aur_snapshot *s = x->s->env.s;
	aur_str t = n->text;
	const char *sign = memchr(t.ptr, '@', t.len);
	n->kind = N_THEME;
	n->polarity = 3;
	if (sign) {
		aur_str pol = {sign + 1, (size_t)(t.ptr + t.len - sign - 1)}, v[3];
		t.len = (size_t)(sign - t.ptr);
		for (uint32_t i = 0; i < 3; i++) {
			v[i] = (aur_str){names[i], strlen(names[i])};
			if (same(pol, names[i]))
				n->polarity = i;
		}
		if (n->polarity == 3) {
			uint32_t best = aur_query_nearest(pol, v, 3);
			size_t at = (size_t)(sign + 1 - x->p->s);
			if (best != AUR_NONE)
				return q_fail(x->p, at, _("there is no polarity « %.*s »: did you mean « %s »?"), (int)pol.len, pol.ptr, names[best]);
			return q_fail(x->p, at, _("expected a polarity after @: asserted, negated or conditional"));
		}
	}
	uint32_t nt = aur_snapshot_themes(s), exact = aur_snapshot_theme_of(s, t.ptr, t.len);
	n->themes = aur_arena_alloc(&x->q->arena, ((size_t)nt + 1) * sizeof *n->themes);
	aur_buf want = {0}, have = {0};
	q_fold(&want, t);
	for (uint32_t i = 0; i < nt; i++) {
		int yes;
		if (exact != AUR_NONE) {
			yes = aur_snapshot_theme_within(s, i, exact);
		} else {
			have.n = 0;
			q_fold(&have, aur_snapshot_theme(s, i));
			if (q_has_wild(t))
				yes = q_glob(str_of(&want), str_of(&have));
			else
				yes = starts(str_of(&have), str_of(&want)) && (have.n == want.n || have.p[want.n] == '.');
		}
		if (yes)
			n->themes[n->nthemes++] = i;
	}
	aur_buf_free(&want);
	aur_buf_free(&have);
	if (!n->nthemes) {
		aur_str *v = aur_xmalloc(((size_t)nt + 1) * sizeof *v);
		for (uint32_t i = 0; i < nt; i++)
			v[i] = aur_snapshot_theme(s, i);
		uint32_t best = aur_query_nearest(t, v, nt);
		size_t one = 0;
		while (one < t.len && !strchr(",;|+&", t.ptr[one]))
			one++;
		if (one < t.len && aur_snapshot_theme_of(s, t.ptr, one) != AUR_NONE)
			q_note(x, _("the theme « %.*s » was not found in this corpus; several themes are written as theme:(a OR b)"), q_shown_len(t), t.ptr);
		else if (best != AUR_NONE)
			q_note(x, _("the theme « %.*s » was not found in this corpus; the nearest that was is « %.*s »"), q_shown_len(t), t.ptr, (int)v[best].len, v[best].ptr);
		else
			theme_unlike_any(x, t, v, nt);
		free(v);
	}
	return AURE_OK;
}

aur_code aur_query_value(aur_search *s, const aur_by *by, const char *text, uint32_t *part, aur_error *err)
{
	for (uint32_t v = 1; by->group && v <= by->parts; v++)
		if (same(aur_by_text(s->env.s, by, v), text)) {
			*part = v;
			return AURE_OK;
		}
	aur_query q = {.s = s};
	parser p = {.s = text, .n = strlen(text), .arena = &q.arena, .err = err};
	resolving x = {.q = &q, .s = s, .p = &p};
	node n = {.kind = N_QUOTED, .text = {text, strlen(text)}};
	aur_code c = q_field_node(&x, &n, by->field, 1);
	if (!c && !n.wanted)
		c = aur_fail(err, AURE_USAGE, "%s", q.note[0]);
	else if (!c)
		*part = aur_by_part(by, n.one);
	aur_arena_free(&q.arena);
	return c;
}
