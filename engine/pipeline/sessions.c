/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdlib.h>
#include "base/intl.h"
#include "pipeline/sessions.h"

struct aur_session_before {
	aur_str id, value[AUR_SESSION_KEYS]; /* by inherited field */
};

static int by_id(const void *a, const void *b)
{
	const struct aur_session_before *x = a, *y = b;
	return aur_str_order(x->id, y->id);
}

void aur_sessions_before(aur_sessions *t, aur_snapshot *s)
{
	t->nbefore = aur_snapshot_session_count(s);
	t->before = aur_xcalloc((size_t)t->nbefore + 1, sizeof *t->before);
	for (uint32_t i = 0; i < t->nbefore; i++) {
		t->before[i].id = aur_str_keep(&t->arena, aur_snapshot_session_id(s, i));
		for (unsigned k = 0; k < t->ninherit; k++)
			t->before[i].value[k] = aur_str_keep(&t->arena, aur_snapshot_session_get(s, i, t->inherit[k]));
	}
	qsort(t->before, t->nbefore, sizeof *t->before, by_id);
}

aur_met_session *aur_sessions_met(aur_sessions *t, aur_str id)
{
	uint32_t *known = aur_strtab_find(&t->ids, id.ptr, id.len);
	if (known)
		return &t->v[*known];
	id = aur_str_keep(&t->arena, id);
	aur_strtab_put(&t->ids, id.ptr, id.len, t->n);
	AUR_GROW(t->v, t->n, t->cap);
	aur_met_session *s = &t->v[t->n++];
	memset(s, 0, sizeof *s);
	aur_buf_put(&s->id, id.ptr, id.len);
	return s;
}

void aur_session_keep(aur_met_session *s, const char *key, aur_str value)
{
	uint32_t i;
	for (i = 0; i < s->n && strcmp(s->key[i], key); i++)
		;
	if (i == AUR_SESSION_KEYS)
		return;
	if (i == s->n) {
		s->key[s->n] = aur_xstrdup(key);
		s->value[s->n++] = (aur_buf){0};
	}
	s->value[i].n = 0;
	aur_buf_put(&s->value[i], value.ptr, value.len);
}

static void put_case(struct aur_session_case *c, const char *file, uint32_t session, aur_str value)
{
	if (!c->of++) {
		c->file = file;
		c->session = session;
		aur_buf_put(&c->value, value.ptr, value.len);
	}
}

/* What the corpus knew of field `which` of a session; empty: nothing. */
static aur_str before(const aur_sessions *t, const aur_met_session *s, unsigned which)
{
	struct aur_session_before want = {.id = {(const char *)s->id.p, s->id.n}};
	const struct aur_session_before *b =
	    t->nbefore ? bsearch(&want, t->before, t->nbefore, sizeof *t->before, by_id) : NULL;
	return b ? b->value[which] : (aur_str){"", 0};
}

/* The value of a key in this run, or NULL. */
static aur_buf *held(aur_met_session *s, const char *key)
{
	uint32_t k = 0;
	while (k < s->n && strcmp(s->key[k], key))
		k++;
	return k < s->n ? &s->value[k] : NULL;
}

int aur_session_says(aur_met_session *s, const char *key)
{
	const aur_buf *b = held(s, key);
	return b && b->n;
}

/* Are two values equal?  Of dates, only the days are compared: the time of an answer is not that of its session. */
static int same(const char *key, aur_str a, aur_str b)
{
	size_t n = strcmp(key, "date") ? 0 : aur_date_len(a, 10);
	return n && n == aur_date_len(b, 10) ? !memcmp(a.ptr, b.ptr, n) : !aur_str_order(a, b);
}

void aur_sessions_said(aur_sessions *t, aur_met_session *s, unsigned which, aur_str value, const char *file)
{
	const aur_buf *now = held(s, t->inherit[which]);
	aur_str old = now && now->n ? (aur_str){(const char *)now->p, now->n} : before(t, s, which);
	struct aur_session_case *c = &t->moved[which];
	uint32_t no = (uint32_t)(s - t->v);
	if (!old.len || same(t->inherit[which], old, value))
		return;
	if (!(s->moved >> which & 1)) {
		put_case(c, file, no, old);
	} else if (c->session == no && !aur_str_order(value, (aur_str){(const char *)c->value.p, c->value.n})) {
		/* Two files disagree, and `value` was reported as the one before: report another one, or both would
		 * be the same. */
		c->value.n = 0;
		aur_buf_put(&c->value, old.ptr, old.len);
	}
	s->moved |= 1u << which;
}

void aur_sessions_without(aur_sessions *t, uint32_t session, unsigned which, const char *file)
{
	if (!t->v[session].without[which]++)
		put_case(&t->without[which], file, session, (aur_str){"", 0});
}

void aur_sessions_differs(aur_sessions *t, uint32_t session, uint32_t k, unsigned which, aur_str value,
                          const char *file)
{
	if (!t->v[session].other[k]++)
		put_case(&t->differs[which], file, session, value);
}

/* The value of a key in this run, for messages; "" if there is none. */
static const char *value_of(aur_met_session *s, const char *key)
{
	aur_buf *b = held(s, key);
	return b ? aur_buf_cstr(b) : "";
}

/* Reports a field with different values within sessions: it may describe people, and contributions without a value
 * inherited that of somebody else. */
static void tell_differs(aur_sessions *t, unsigned which, aur_buf *b)
{
	struct aur_session_case *c = &t->differs[which];
	const char *key = t->inherit[which];
	unsigned long lent = 0;
	for (uint32_t i = 0; i < t->n; i++)
		for (uint32_t k = 0; k < t->v[i].n; k++)
			if (t->v[i].other[k] && !strcmp(t->v[i].key[k], key))
				lent += t->v[i].lent[k];
	/* in a survey different dates are usual: reported only if one was inherited */
	if (!c->of || (!lent && !strcmp(key, "date")))
		return;
	aur_buf_printf(b,
	               ngettext("%s: the contributions of %u session differ (%s: « %s », but also « %s »); ",
	                        "%s: the contributions of %u sessions differ (%s: « %s », but also « %s »); ", c->of),
	               key, c->of, aur_buf_cstr(&t->v[c->session].id), value_of(&t->v[c->session], key),
	               aur_buf_cstr(&c->value));
	if (lent)
		aur_buf_printf(b,
		               ngettext("%lu without a value inherited the first value of its session; ",
		                        "%lu without a value inherited the first value of their session; ",
		                        lent),
		               lent);
	if (!strcmp(key, "date"))
		aur_buf_str(b, _("the ledger counts each session under that first value"));
	else
		aur_buf_str(b, _("the ledger counts each session under that first value, but leaves out of a comparison any session where more than a "
		                 "quarter differ: if the column describes people and not sessions, rename it (auricule irritants --by then splits by "
		                 "it), or make a session for each value"));
}

/* Reports contributions without a value although their session has one in the ledger: a later row gave it (`late`),
 * or the corpus had it. */
static void tell_without(aur_sessions *t, unsigned which, int late, aur_buf *b)
{
	const char *key = t->inherit[which];
	unsigned long n = 0;
	aur_met_session *first = NULL;
	for (uint32_t i = 0; i < t->n; i++) {
		aur_met_session *s = &t->v[i];
		if (!s->without[which] || (late ? !*value_of(s, key) : *value_of(s, key) || !before(t, s, which).len))
			continue;
		n += s->without[which];
		first = first ? first : s;
	}
	if (!n)
		return;
	aur_str old = before(t, first, which);
	if (late)
		aur_buf_printf(b,
		               ngettext("%s: %lu contribution comes before the first row of its session with a value, so it has none (%s: « %s »); the "
		                        "ledger counts it with its session, « --by %s » does not: fill in the value in its row too",
		                        "%s: %lu contributions come before the first row of their session with a value, so they have none (%s: « %s "
		                        "»); the ledger counts them with their session, « --by %s » does not: fill in the value in their rows too",
		                        n),
		               key, n, aur_buf_cstr(&first->id), value_of(first, key), key);
	else
		aur_buf_printf(b,
		               ngettext("%s: %lu contribution of a session already in the corpus has no value (%.*s: « %.*s » in the corpus); the "
		                        "ledger counts it with its session, « --by %s » does not: --field gives it one",
		                        "%s: %lu contributions of sessions already in the corpus have no value (%.*s: « %.*s » in the corpus); the "
		                        "ledger counts them with their session, « --by %s » does not: --field gives them one",
		                        n),
		               key, n, (int)first->id.n, (const char *)first->id.p, (int)old.len, old.ptr, key);
}

void aur_sessions_tell(aur_sessions *t, void (*note)(void *ctx, const char *file, const char *msg), void *ctx)
{
	int moved = 0;
	for (unsigned i = 0; i < t->ninherit; i++) {
		struct aur_session_case *c = &t->moved[i];
		aur_buf b = {0};
		tell_differs(t, i, &b);
		if (b.n)
			note(ctx, t->differs[i].file, aur_buf_cstr(&b));
		b.n = 0;
		for (int late = 1; late >= 0; late--) {
			tell_without(t, i, late, &b);
			if (b.n)
				note(ctx, t->without[i].file, aur_buf_cstr(&b));
			b.n = 0;
		}
		if (c->of && !moved++)
			aur_buf_printf(
			    &b,
			    ngettext("%s: %u session already in the corpus comes again with another value (%s: « %s » "
			             "before, « %s » now); the ledger counts all of it as one session: two waves in "
			             "one place are two sessions, and each needs its own name",
			             "%s: %u sessions already in the corpus come again with another value (%s: « %s » "
			             "before, « %s » now); the ledger counts each of them as one session: two waves in "
			             "one place are two sessions, and each needs its own name",
			             c->of),
			    t->inherit[i], c->of, aur_buf_cstr(&t->v[c->session].id), aur_buf_cstr(&c->value),
			    value_of(&t->v[c->session], t->inherit[i]));
		if (b.n)
			note(ctx, c->file, aur_buf_cstr(&b));
		aur_buf_free(&b);
	}
}

void aur_sessions_free(aur_sessions *t)
{
	for (uint32_t i = 0; i < t->n; i++) {
		aur_buf_free(&t->v[i].id);
		for (uint32_t k = 0; k < t->v[i].n; k++) {
			free(t->v[i].key[k]);
			aur_buf_free(&t->v[i].value[k]);
		}
	}
	for (unsigned i = 0; i < AUR_SESSION_KEYS; i++) {
		aur_buf_free(&t->differs[i].value);
		aur_buf_free(&t->moved[i].value);
		aur_buf_free(&t->without[i].value);
	}
	aur_strtab_free(&t->ids);
	free(t->v);
	free(t->before);
	aur_arena_free(&t->arena);
}
