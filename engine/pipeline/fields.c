/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdlib.h>
#include "base/intl.h"
#include "base/str.h"
#include "pipeline/fields.h"

/* The values that the contributions of one session inherit. */
struct aur_lent {
	uint32_t n;
	uint32_t field[AUR_SESSION_KEYS], value[AUR_SESSION_KEYS], key[AUR_SESSION_KEYS];
	uint32_t session; /* index in sess.v; key[]: indexes of its keys */
	int open;         /* inherited fields without a value remain */
	uint32_t fixed;   /* bits, by index in field[]: set by the source of the session */
	uint32_t without; /* bits: inherited fields without a value */
	uint32_t told;    /* aur_fields.told when this was made */
};

#define SEVERAL UINT32_MAX /* in stance_of: a value that stands for several, which has not been told yet */

/* The index of a field among the first n; n: it is not there. */
static uint32_t place(const uint32_t *field, uint32_t n, uint32_t which)
{
	uint32_t i = 0;
	while (i < n && field[i] != which)
		i++;
	return i;
}

static int lends(const struct aur_lent *l, uint32_t field)
{
	return place(l->field, l->n, field) < l->n;
}

/* Grows an array that is indexed by numbers of the writer until it has `value`; new elements are 0. */
static void *reach(void *v, uint32_t *n, uint32_t value, size_t size)
{
	if (value < *n)
		return v;
	uint32_t cap = value * 2 + 64;
	v = aur_xrealloc(v, cap * size);
	memset((char *)v + *n * size, 0, (cap - *n) * size);
	*n = cap;
	return v;
}

/* Does a contribution say something of its session that was not known? */
static int says_more(const aur_fields *t, const struct aur_lent *l)
{
	for (unsigned i = 0; l->open && i < t->chain->ninherit; i++)
		for (uint32_t j = 0; j < t->n; j++)
			if (t->field[j] == t->inherit_field[i] && t->text[j].len && !lends(l, t->field[j]))
				return 1;
	return 0;
}

/* Stores inherited fields that a contribution gives and its session does not have yet. */
static void describe(aur_fields *t, aur_met_session *s, aur_str id, const char *file)
{
	for (unsigned i = 0; i < t->chain->ninherit; i++)
		for (uint32_t j = 0; j < t->n; j++)
			if (t->field[j] == t->inherit_field[i] && t->text[j].len && !aur_session_says(s, t->chain->inherit[i])) {
				aur_sessions_said(&t->sess, s, i, t->text[j], file);
				aur_session_keep(s, t->chain->inherit[i], t->text[j]);
				aur_whole_say(t->whole, id, aur_str_of(t->chain->inherit[i]), t->text[j]);
			}
}

static const struct aur_lent *lent_by(aur_fields *t, uint32_t value, aur_str id, const char *file)
{
	t->by_session = reach(t->by_session, &t->nby_session, value, sizeof *t->by_session);
	struct aur_lent *old = t->by_session[value];
	if (old && old->told == t->told && !says_more(t, old))
		return old;
	aur_met_session *s = aur_sessions_met(&t->sess, id);
	if (!s->declared)
		aur_whole_say(t->whole, id, (aur_str){"", 0}, (aur_str){"", 0});
	s->declared = 1;
	describe(t, s, id, file);
	free(old);
	struct aur_lent *l = aur_xcalloc(1, sizeof *l);
	l->session = (uint32_t)(s - t->sess.v);
	l->told = t->told;
	for (unsigned i = 0; i < t->chain->ninherit; i++)
		for (uint32_t j = 0; j < s->n; j++)
			if (!strcmp(s->key[j], t->chain->inherit[i]) && s->value[j].n) {
				l->key[l->n] = j;
				l->fixed |= (s->described >> i & 1) << l->n;
				l->field[l->n] = t->inherit_field[i];
				l->value[l->n++] = aur_writer_value(t->w, t->inherit_field[i], (aur_str){(const char *)s->value[j].p, s->value[j].n});
			}
	l->open = l->n < t->chain->ninherit;
	for (unsigned i = 0; l->open && i < t->chain->ninherit; i++)
		if (!lends(l, t->inherit_field[i]))
			l->without |= 1u << i;
	return t->by_session[value] = l;
}

/* Adds what the contribution inherits from its session, field number `at`.  Fields from number `given` on are those
 * of the run. */
static void borrow(aur_fields *t, uint32_t at, uint32_t given, const char *file)
{
	uint32_t own = t->n;
	const struct aur_lent *l = lent_by(t, t->value[at], t->text[at], file);
	for (uint32_t k = 0; k < l->n; k++) {
		uint32_t j = place(t->field, own, l->field[k]);
		if (j == own) {
			t->field[t->n] = l->field[k];
			t->value[t->n++] = l->value[k];
			t->sess.v[l->session].lent[l->key[k]]++;
		} else if (j >= given && l->fixed >> k & 1) {
			t->value[j] = l->value[k];
		} else if (t->value[j] != l->value[k] && !(l->fixed >> k & 1)) {
			unsigned which = place(t->inherit_field, t->chain->ninherit, l->field[k]);
			aur_sessions_differs(&t->sess, l->session, l->key[k], which, t->text[j], file);
		}
	}
	for (unsigned k = 0; l->without >> k; k++)
		if (l->without >> k & 1)
			aur_sessions_without(&t->sess, l->session, k, file);
}

/* Whoever asks « Que faut-il améliorer ou supprimer ? » finds no stance in the ledger, and is told why. */
static void two_tell(const aur_fields *t, const char *file, aur_str text)
{
	aur_buf b = {0};
	aur_buf_printf(&b, _("« %.*s » asks for several stances at once, so that no answer to it has one; a column « %s » can say it of each answer"), (int)text.len,
		       text.ptr, t->stance->field[0]);
	t->whole->note(t->whole->ctx, file, aur_buf_cstr(&b));
	aur_buf_free(&b);
}

/* What a value of the field `which` stands for; 0: nothing. */
static uint32_t stance_of(aur_fields *t, unsigned which, uint32_t value, aur_str text)
{
	t->stance_of[which] = reach(t->stance_of[which], &t->nstance_of[which], value, sizeof(uint32_t));
	uint32_t *r = &t->stance_of[which][value];
	if (!*r) {
		int several;
		const char *is = aur_reading_one(t->stance, text.ptr, text.len, &several);
		*r = is ? aur_writer_value(t->w, t->stance_field, aur_str_of(is)) + 1 : several ? SEVERAL : 1;
	}
	return *r == SEVERAL ? 0 : *r - 1;
}

/* Adds the stance, from the first field of the reading that yields one; the contribution has `own` fields. */
static void take_stance(aur_fields *t, uint32_t own, const char *file)
{
	if (place(t->field, own, t->stance_field) < own)
		return;
	for (unsigned k = 0; t->stance && k < t->stance->nfields; k++) {
		uint32_t i = place(t->field, own, t->stance_from[k]), s = i < own ? stance_of(t, k, t->value[i], t->text[i]) : 0;
		if (s) {
			t->field[t->n] = t->stance_field;
			t->value[t->n++] = s;
			return;
		}
	}
	for (unsigned k = 0; t->stance && k < t->stance->nfields; k++) { /* a question may ask for one of what its activity asks for */
		uint32_t i = place(t->field, own, t->stance_from[k]);
		if (i < own && t->stance_of[k][t->value[i]] == SEVERAL) {
			t->stance_of[k][t->value[i]] = 1; /* told once */
			two_tell(t, file, t->text[i]);
		}
	}
}

static uint32_t own_field(aur_fields *t, aur_flow *f, uint32_t field)
{
	t->of_flow = reach(t->of_flow, &t->nflow, field, sizeof *t->of_flow);
	if (!t->of_flow[field]) {
		aur_str name = aur_flow_field_name(f, field);
		t->of_flow[field] = aur_writer_field(t->w, name) + 1;
		aur_renamed_meets(t->renamed, t->of_flow[field] - 1, name);
	}
	return t->of_flow[field] - 1;
}

/* Returns 0 if the corpus cannot be read; aur_writer_commit then returns the error. */
static int put(aur_fields *t, uint32_t field, aur_str text)
{
	t->field[t->n] = field;
	t->text[t->n] = text;
	t->value[t->n] = aur_writer_value(t->w, field, text);
	return t->value[t->n++] != AUR_NONE;
}

aur_code aur_fields_of(aur_fields *t, aur_flow *f, const aur_contribution *c, aur_error *err)
{
	uint32_t most = c->nfields + t->ngiven + AUR_SESSION_KEYS + 1;
	if (most > t->cap) {
		t->cap = most;
		t->field = aur_xrealloc(t->field, most * sizeof *t->field);
		t->value = aur_xrealloc(t->value, most * sizeof *t->value);
		t->text = aur_xrealloc(t->text, most * sizeof *t->text);
	}
	t->n = 0;
	for (uint32_t i = 0; i < c->nfields; i++) /* so that the cache misses overlap */
		aur_writer_value_soon(t->w, own_field(t, f, c->field[i]), c->value[i]);
	for (uint32_t i = 0; i < c->nfields; i++)
		if (!put(t, own_field(t, f, c->field[i]), c->value[i]))
			return aur_writer_commit(t->w, err);
	uint32_t said = t->n;
	for (unsigned k = 0; k < t->ngiven; k++)
		if (place(t->field, t->n, t->given_field[k]) == t->n && !put(t, t->given_field[k], aur_str_of(t->given[k].value)))
			return aur_writer_commit(t->w, err);
	uint32_t own = t->n, at = place(t->field, own, t->session_field);
	if (at < own)
		borrow(t, at, said, c->file);
	take_stance(t, own, c->file);
	aur_renamed_has(t->renamed, t->field, t->n);
	return AURE_OK;
}

void aur_fields_session(aur_fields *t, const char *file, aur_str id, aur_str key, aur_str value)
{
	aur_met_session *s = aur_sessions_met(&t->sess, id);
	s->declared = 1;
	aur_whole_session(t->whole, file, id, key, value);
	for (unsigned i = 0; i < t->chain->ninherit; i++)
		if (!aur_str_order(key, aur_str_of(t->chain->inherit[i]))) {
			aur_sessions_said(&t->sess, s, i, value, file);
			aur_session_keep(s, t->chain->inherit[i], value);
			s->described |= (uint32_t)(value.len > 0) << i;
		}
	t->told++;
}

void aur_fields_open(aur_fields *t)
{
	t->session_field = aur_writer_field(t->w, aur_str_of("session"));
	t->stance_field = aur_writer_field(t->w, aur_str_of("stance"));
	for (unsigned i = 0; i < t->chain->ninherit; i++)
		t->inherit_field[i] = aur_writer_field(t->w, aur_str_of(t->chain->inherit[i]));
	aur_readings_parse(t->chain->xml, &t->readings);
	t->stance = aur_readings_get(&t->readings, "stance");
	for (unsigned i = 0; t->stance && i < t->stance->nfields; i++)
		t->stance_from[i] = aur_writer_field(t->w, aur_str_of(t->stance->field[i]));
	t->given_field = aur_xcalloc(t->ngiven + 1, sizeof *t->given_field);
	for (unsigned i = 0; i < t->ngiven; i++)
		t->given_field[i] = aur_writer_field(t->w, aur_str_of(t->given[i].name));
}

void aur_fields_free(aur_fields *t)
{
	for (uint32_t i = 0; i < t->nby_session; i++)
		free(t->by_session[i]);
	free(t->by_session);
	for (unsigned i = 0; i < 8; i++)
		free(t->stance_of[i]);
	aur_readings_free(&t->readings);
	aur_sessions_free(&t->sess);
	free(t->of_flow);
	free(t->given_field);
	free(t->field);
	free(t->value);
	free(t->text);
}
