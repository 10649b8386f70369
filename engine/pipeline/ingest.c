/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/intl.h"
#include "pipeline/ingest.h"
#include "pipeline/readings.h"
#include "pipeline/services.h"
#include "pipeline/sessions.h"

/* What the values of one session bring along: (field, value) of the writer. */
struct inherited {
	uint32_t n;
	uint32_t field[16], value[16], key[16];
	uint32_t session; /* among those that were met, whose key[] these are */
	int open;         /* its contributions may still say more of it */
	int described;
	uint32_t without; /* bits: inherited fields that nobody has said yet */
};

struct sum {
	const char *file;
	char key[64];
	int64_t printed, sum; /* printed: -1 = not printed */
	uint32_t sessions;
};

/* A file of this run: its name in ids that are made up, and the number of the last of them. */
struct met {
	const char *file;
	aur_str name;
	unsigned long long last;
	int known, invented;
};

struct ingest {
	const aur_ingest_options *o;
	aur_ingest_stats *st;
	aur_chain *chain;
	aur_writer *w;
	uint32_t *of_flow; /* field of the flow -> field of the writer */
	uint32_t nflow;
	uint32_t session_field, stance_field, inherit_field[16], stance_from[8];
	struct inherited **by_session; /* by value of `session` */
	uint32_t nby_session;
	aur_sessions sess;
	aur_readings readings;
	const aur_reading *stance; /* NULL: nothing says one */
	uint32_t *stance_of[8]; /* by value of the field: value of `stance` + 1; 0 = not yet known */
	uint32_t nstance_of[8];
	uint32_t *label_of[AUR_MAX_ANNOTATORS], nlabel_of[AUR_MAX_ANNOTATORS];
	uint32_t *form, formcap;
	uint32_t *field, *value, fieldcap; /* of the contribution at hand */
	aur_str *text;                     /* the same values */
	uint32_t *given_field;
	aur_hit_rec *hit;
	uint32_t hitcap;
	uint64_t total;
	struct sum *sum;
	uint32_t nsums, sumcap;
	int known;          /* the corpus had met the file that is being read */
	const char *inventing; /* the last file that says that it is invented */
	int invented;       /* the corpus said so before the run */
	uint32_t sources;   /* that it had then */
	aur_str title, untitled, title_before; /* of the corpus by now; before the file `titled`; before this run */
	const char *titled;
	aur_strtab said;    /* what this run says: session (empty: of the corpus), a NUL, key */
	uint64_t strangers; /* what a file that it had not met replaced */
	const char *stranger;
	struct met *met;
	size_t nmet, metcap;
	aur_arena names;
	aur_buf key; /* at hand */
};

static aur_str str(const char *s)
{
	return (aur_str){s, strlen(s)};
}

/* For « %.*s » in messages: at most so many bytes of it, whole characters. */
static int shown(aur_str s)
{
	size_t n = s.len < 70 ? s.len : 70;
	while (n && n < s.len && ((unsigned char)s.ptr[n] & 0xC0) == 0x80)
		n--;
	return (int)n;
}

static void on_note(void *ctx, const char *file, const char *msg)
{
	struct ingest *g = ctx;
	if (g->o->note)
		g->o->note(g->o->ctx, file, msg);
}

static void on_refused(void *ctx, const char *file, uint32_t line, aur_str id, const char *reason)
{
	struct ingest *g = ctx;
	if (g->o->refused)
		g->o->refused(g->o->ctx, file, line, id, reason);
}

static void on_failed(void *ctx, const char *file, const aur_error *e)
{
	struct ingest *g = ctx;
	if (g->o->file_failed)
		g->o->file_failed(g->o->ctx, file, e);
}

static void on_progress(void *ctx, uint64_t bytes, uint64_t n)
{
	struct ingest *g = ctx;
	g->total += n;
	if (g->o->progress)
		g->o->progress(g->o->ctx, bytes, g->total);
}

/* Totals as a source prints them, against the sum of what it prints per session: told at the end, never mended. */
static void tally(struct ingest *g, const char *file, aur_str key, aur_str value, int total)
{
	int64_t v = 0;
	uint32_t i;
	for (i = 0; i < value.len; i++)
		if (value.ptr[i] < '0' || value.ptr[i] > '9' || i > 12)
			return;
	for (i = 0; i < value.len; i++)
		v = v * 10 + (value.ptr[i] - '0');
	if (!value.len || (memcmp(key.ptr, "invites", key.len < 7 ? key.len : 7) && memcmp(key.ptr, "presents", key.len < 8 ? key.len : 8)) || key.len > 60)
		return;
	for (i = 0; i < g->nsums; i++)
		if (g->sum[i].file == file && strlen(g->sum[i].key) == key.len && !memcmp(g->sum[i].key, key.ptr, key.len))
			break;
	if (i == g->nsums) {
		AUR_GROW(g->sum, g->nsums, g->sumcap);
		g->sum[g->nsums] = (struct sum){.file = file, .printed = -1};
		memcpy(g->sum[g->nsums++].key, key.ptr, key.len);
	}
	if (total) {
		g->sum[i].printed = v;
	} else {
		g->sum[i].sum += v;
		g->sum[i].sessions++;
	}
}

static void tally_tell(struct ingest *g)
{
	for (uint32_t i = 0; i < g->nsums; i++) {
		const struct sum *s = &g->sum[i];
		char m[300];
		if (s->printed < 0 || !s->sessions || s->printed == s->sum)
			continue;
		snprintf(m, sizeof m, _("note: the printed total of %s is %lld, and what is printed for the %u sessions sums to %lld; both are kept as printed"),
			 s->key, (long long)s->printed, s->sessions, (long long)s->sum);
		if (g->o->note)
			g->o->note(g->o->ctx, s->file, m);
	}
}

/* Ids that came in with a file may be those of other people in another file: that something was replaced by what was never
 * seen before is said, since nobody else can tell. */
static void strangers_tell(struct ingest *g)
{
	char m[500];
	if (g->strangers && g->o->note) {
		snprintf(m, sizeof m,
			 ngettext("%llu contribution of this file, which the corpus had not met before, replaced another of the same id: if it was somebody else's, ingest the two files into a corpus each, or give them ids of their own",
				  "%llu contributions of this file, which the corpus had not met before, replaced others of the same ids: if those were other people's, ingest the two files into a corpus each, or give them ids of their own",
				  (unsigned long)g->strangers),
			 (unsigned long long)g->strangers);
		g->o->note(g->o->ctx, g->stranger, m);
	}
	g->strangers = 0;
}

/* An id that was made up ends in the number of its contribution. */
static void made_up(struct ingest *g, aur_str id)
{
	struct met *m = g->nmet ? &g->met[g->nmet - 1] : NULL;
	unsigned long long n = 0;
	if (!m || id.len <= m->name.len + 1 || id.len > m->name.len + 19 || id.ptr[m->name.len] != ':' || memcmp(id.ptr, m->name.ptr, m->name.len))
		return;
	for (size_t i = m->name.len + 1; i < id.len; i++) {
		if (id.ptr[i] < '0' || id.ptr[i] > '9')
			return;
		n = n * 10 + (unsigned)(id.ptr[i] - '0');
	}
	m->last = n > m->last ? n : m->last;
}

static aur_str of_session(aur_buf *b, aur_str session, aur_str key)
{
	b->n = 0;
	aur_buf_put(b, session.ptr, session.len);
	aur_buf_put(b, "", 1);
	aur_buf_put(b, key.ptr, key.len);
	return (aur_str){(const char *)b->p, b->n};
}

static void say(struct ingest *g, aur_str session, aur_str key, aur_str value)
{
	aur_str s = of_session(&g->key, session, key);
	if (session.len)
		aur_writer_session(g->w, session, key, value);
	else
		aur_writer_property(g->w, key, value);
	if (!aur_strtab_find(&g->said, s.ptr, s.len))
		aur_strtab_put(&g->said, aur_arena_dup(&g->names, s.ptr, s.len), s.len, 0);
}

/* A licence, a number of people, a session that was taken out of its file stays as well. */
static void unsaid(struct ingest *g, aur_str session, aur_str key)
{
	aur_str s = of_session(&g->key, session, key);
	if (aur_strtab_find(&g->said, s.ptr, s.len) || g->st->unsaid++)
		return;
	snprintf(g->st->unsaid_first, sizeof g->st->unsaid_first, "%.*s%s%.*s", shown(session), session.ptr,
		 session.len && key.len ? ": " : "", shown(key), key.ptr);
}

static void unsaid_tell(struct ingest *g, aur_snapshot *s)
{
	aur_str key, value, none = {"", 0};
	for (uint32_t i = 0; aur_snapshot_property(s, i, &key, &value); i++)
		unsaid(g, none, key);
	for (uint32_t i = 0; i < aur_snapshot_session_count(s); i++) {
		uint32_t n = 0;
		for (; aur_snapshot_session_prop(s, i, n, &key, &value); n++)
			unsaid(g, aur_snapshot_session_id(s, i), key);
		if (!n)
			unsaid(g, aur_snapshot_session_id(s, i), none);
	}
}

/* What came from a file at another time and is not in it any more stays in the corpus.  Of files whose contributions have ids of their own
 * that can be counted only where every file of the corpus was read. */
static void gone_tell(struct ingest *g)
{
	aur_snapshot *s;
	aur_totals t;
	aur_str name, about;
	size_t at = 0, i = 0, k;
	int all = 1;
	while (all && aur_writer_source_at(g->w, &at, &name, &about)) {
		/* from the last one on: most files are given in the same order again */
		for (k = 0; k < g->nmet && aur_str_order(g->met[i].name, name); k++)
			i = i + 1 < g->nmet ? i + 1 : 0;
		all = k < g->nmet;
	}
	if (aur_snapshot_open(g->o->corpus, &s, NULL))
		return;
	aur_snapshot_totals(s, &t);
	uint64_t seen = g->st->added + g->st->replaced + g->st->unchanged;
	if (all && t.contributions > seen)
		g->st->gone = t.contributions - seen;
	if (all)
		unsaid_tell(g, s);
	aur_buf b = {0};
	for (i = 0; i < g->nmet && !all; i++) {
		const struct met *m = &g->met[i];
		unsigned long long n = m->last;
		for (int there = m->known; there; n += (unsigned)there) { /* from the first on where its contributions have ids of their own by now */
			b.n = 0;
			aur_buf_put(&b, m->name.ptr, m->name.len);
			aur_buf_printf(&b, ":%llu", n + 1);
			there = aur_snapshot_find(s, (aur_str){(const char *)b.p, b.n}) != AUR_NONE;
		}
		if (n == m->last)
			continue;
		b.n = 0;
		aur_buf_printf(&b,
			       ngettext("this file held %llu contribution more at another time, and the corpus still holds it: %.*s:%llu; to take it out (somebody withdrew), make the corpus anew, from all of its files",
					"this file held %llu contributions more at another time, and the corpus still holds them, from %.*s:%llu on; to take them out (somebody withdrew), make the corpus anew, from all of its files",
					(unsigned long)(n - m->last)),
			       n - m->last, (int)m->name.len, m->name.ptr, m->last + 1);
		on_note(g, m->file, aur_buf_cstr(&b));
	}
	aur_buf_free(&b);
	aur_snapshot_close(s);
}

static void on_from(void *ctx, const char *file, aur_str name, aur_str about, int known)
{
	struct ingest *g = ctx;
	strangers_tell(g);
	g->stranger = file;
	g->known = known;
	AUR_GROW(g->met, g->nmet, g->metcap);
	g->met[g->nmet++] = (struct met){file, {aur_arena_dup(&g->names, name.ptr, name.len), name.len}, 0, known, g->inventing == file};
	if (about.len)
		aur_writer_source(g->w, name, about);
}

static void on_session(void *ctx, const char *file, aur_str id, aur_str key, aur_str value)
{
	struct ingest *g = ctx;
	aur_met_session *s = aur_sessions_met(&g->sess, id);
	s->declared = s->described = 1;
	tally(g, file, key, value, 0);
	say(g, id, key, value);
	for (unsigned i = 0; i < g->chain->ninherit; i++)
		if (key.len == strlen(g->chain->inherit[i]) && !memcmp(key.ptr, g->chain->inherit[i], key.len)) {
			aur_sessions_said(&g->sess, s, i, value, file);
			aur_session_keep(s, g->chain->inherit[i], value);
		}
	/* what contributions inherited so far is stale */
	for (uint32_t v = 0; v < g->nby_session; v++) {
		free(g->by_session[v]);
		g->by_session[v] = NULL;
	}
}

static int says_invented(aur_str key, aur_str value)
{
	return !aur_str_order(key, str("invented")) && !aur_str_order(value, str("yes"));
}

/* What the corpus says of itself before the run. */
static void whole_before(struct ingest *g, aur_snapshot *s)
{
	aur_str key, value;
	for (uint32_t i = 0; aur_snapshot_property(s, i, &key, &value); i++) {
		g->invented |= says_invented(key, value);
		if (!aur_str_order(key, str("title")))
			g->title = g->title_before = (aur_str){aur_arena_dup(&g->names, value.ptr, value.len), value.len};
	}
	g->sources = aur_snapshot_sources(s);
}

/* One file says it of the corpus as a whole, and who spoke in another one is then said not to have spoken. */
static void invented_tell(struct ingest *g)
{
	const struct met *real = NULL, *invented = NULL;
	for (size_t i = 0; i < g->nmet; i++)
		*(g->met[i].invented ? &invented : &real) = &g->met[i];
	/* its only file may not say so any more: see unsaid_tell */
	if (g->sources == 1 && real && real->known && !invented)
		return;
	if ((invented || g->invented) && (real || (invented && !g->invented && g->sources)))
		on_note(g, real ? real->file : invented->file,
			_("the corpus is called invented, as one of its files says so, and holds another that does not: info, the ledger and the page say "
			  "of all of it that nobody said these words; what people said needs a corpus of its own (-d)"));
}

/* The last one holds, and the page bears it: of several files, the title of one of them. */
static void titled(struct ingest *g, const char *file, aur_str title)
{
	if (g->title.len && aur_str_order(g->title, title)) {
		g->untitled = g->title;
		g->titled = file;
	}
	g->title = (aur_str){aur_arena_dup(&g->names, title.ptr, title.len), title.len};
}

static void titled_tell(struct ingest *g)
{
	char m[400];
	int corrected = g->nmet < 2 && g->known, same = g->title_before.len && !aur_str_order(g->title_before, g->title);
	if (!g->titled || !g->st->flow.read || corrected || same)
		return;
	if (g->title_before.len)
		g->untitled = g->title_before;
	snprintf(m, sizeof m, _("the corpus is called « %.*s » now, as this file says, and no longer « %.*s »; files in one <teiCorpus> can have a title of all of them"),
		 shown(g->title), g->title.ptr, shown(g->untitled), g->untitled.ptr);
	on_note(g, g->titled, m);
}

static void on_property(void *ctx, const char *file, aur_str key, aur_str value)
{
	struct ingest *g = ctx;
	if (!aur_str_order(key, str("title")))
		titled(g, file, value);
	if (says_invented(key, value)) {
		g->inventing = file;
		if (g->nmet && g->met[g->nmet - 1].file == file)
			g->met[g->nmet - 1].invented = 1;
	}
	if (key.len > 6 && !memcmp(key.ptr, "total.", 6))
		tally(g, file, (aur_str){key.ptr + 6, key.len - 6}, value, 1);
	say(g, (aur_str){"", 0}, key, value);
}

static int inherits(const struct inherited *h, uint32_t field)
{
	uint32_t i = 0;
	while (i < h->n && h->field[i] != field)
		i++;
	return i < h->n;
}

/* Does a contribution say something of its session that was not known? */
static int says_more(const struct ingest *g, const struct inherited *h, const uint32_t *field, const aur_str *text, uint32_t n)
{
	for (unsigned i = 0; h->open && i < g->chain->ninherit; i++)
		for (uint32_t j = 0; j < n; j++)
			if (field[j] == g->inherit_field[i] && text[j].len && !inherits(h, field[j]))
				return 1;
	return 0;
}

static const struct inherited *inherited_of(struct ingest *g, uint32_t value, aur_str id, const uint32_t *field, const aur_str *text, uint32_t n,
					    const char *file)
{
	if (value >= g->nby_session) {
		uint32_t cap = value * 2 + 64;
		g->by_session = aur_xrealloc(g->by_session, cap * sizeof *g->by_session);
		memset(g->by_session + g->nby_session, 0, (cap - g->nby_session) * sizeof *g->by_session);
		g->nby_session = cap;
	}
	struct inherited *old = g->by_session[value];
	if (old && !says_more(g, old, field, text, n))
		return old;
	aur_met_session *s = aur_sessions_met(&g->sess, id);
	if (!s->declared)
		say(g, id, (aur_str){"", 0}, (aur_str){"", 0});
	s->declared = 1;
	/* Nobody described this session: it is what the first of its contributions that says it says of it. */
	for (unsigned i = 0; !s->described && i < g->chain->ninherit; i++)
		for (uint32_t j = 0; j < n; j++)
			if (field[j] == g->inherit_field[i] && text[j].len && !(old && inherits(old, field[j]))) {
				aur_sessions_said(&g->sess, s, i, text[j], file);
				aur_session_keep(s, g->chain->inherit[i], text[j]);
				say(g, id, str(g->chain->inherit[i]), text[j]);
			}
	free(old);
	struct inherited *h = aur_xcalloc(1, sizeof *h);
	h->session = (uint32_t)(s - g->sess.v);
	h->described = s->described;
	for (unsigned i = 0; i < g->chain->ninherit; i++)
		for (uint32_t j = 0; j < s->n; j++)
			if (!strcmp(s->key[j], g->chain->inherit[i]) && s->value[j].n) {
				h->key[h->n] = j;
				h->field[h->n] = g->inherit_field[i];
				h->value[h->n++] = aur_writer_value(g->w, g->inherit_field[i], (aur_str){(const char *)s->value[j].p, s->value[j].n});
			}
	h->open = !s->described && h->n < g->chain->ninherit;
	for (unsigned i = 0; h->open && i < g->chain->ninherit; i++)
		if (!inherits(h, g->inherit_field[i]))
			h->without |= 1u << i;
	return g->by_session[value] = h;
}

static uint32_t stance_of(struct ingest *g, unsigned which, uint32_t value, aur_str text)
{
	if (value >= g->nstance_of[which]) {
		uint32_t cap = value * 2 + 64;
		g->stance_of[which] = aur_xrealloc(g->stance_of[which], cap * sizeof(uint32_t));
		memset(g->stance_of[which] + g->nstance_of[which], 0, (cap - g->nstance_of[which]) * sizeof(uint32_t));
		g->nstance_of[which] = cap;
	}
	uint32_t *r = &g->stance_of[which][value];
	if (!*r) {
		const char *is = aur_reading_is(g->stance, text.ptr, text.len);
		*r = is ? aur_writer_value(g->w, g->stance_field, str(is)) + 1 : 1;
	}
	return *r - 1;
}

static void write_apart(void *ctx)
{
	struct ingest *g = ctx;
	aur_writer_write(g->w);
}

static void refuse_met(struct ingest *g, const aur_contribution *c)
{
	g->st->duplicate++;
	g->st->flow.refused++;
	on_refused(g, c->file, c->line, c->id,
		   _("this id was already used in this run: give each contribution its own id, or, in a table, name the id column with --id-column"));
}

static aur_code on_contribution(void *ctx, aur_flow *f, const aur_contribution *c, aur_error *err)
{
	struct ingest *g = ctx;
	int met;
	aur_code rc = aur_writer_met(g->w, c->id, &met, err);
	if (rc)
		return rc;
	made_up(g, c->id);
	if (met) { /* neither its words nor its session are in the corpus because of it */
		refuse_met(g, c);
		return AURE_OK;
	}
	aur_analysis x;
	uint32_t n = 0, most = c->nfields + g->o->ngiven + 17; /* what a session passes on, and the stance */
	if (most > g->fieldcap) {
		g->fieldcap = most;
		g->field = aur_xrealloc(g->field, most * sizeof *g->field);
		g->value = aur_xrealloc(g->value, most * sizeof *g->value);
		g->text = aur_xrealloc(g->text, most * sizeof *g->text);
	}
	uint32_t *field = g->field, *value = g->value;
	aur_str *text = g->text;
	aur_analyst_get(c->analyst, c->index, &x);
	for (uint32_t i = 0; i < c->nfields; i++) {
		uint32_t ff = c->field[i];
		if (ff >= g->nflow) {
			uint32_t cap = ff * 2 + 32;
			g->of_flow = aur_xrealloc(g->of_flow, cap * sizeof *g->of_flow);
			for (uint32_t k = g->nflow; k < cap; k++)
				g->of_flow[k] = AUR_NONE;
			g->nflow = cap;
		}
		if (g->of_flow[ff] == AUR_NONE)
			g->of_flow[ff] = aur_writer_field(g->w, aur_flow_field_name(f, ff));
		field[n] = g->of_flow[ff];
		text[n] = c->value[i];
		value[n] = aur_writer_value(g->w, g->of_flow[ff], c->value[i]);
		if (value[n++] == AUR_NONE) /* the corpus cannot be read: this says why */
			return aur_writer_commit(g->w, err);
	}
	uint32_t said = n;
	for (unsigned k = 0; k < g->o->ngiven; k++) {
		uint32_t j = 0;
		while (j < n && field[j] != g->given_field[k])
			j++;
		if (j < n)
			continue;
		field[n] = g->given_field[k];
		text[n] = str(g->o->given[k].value);
		value[n] = aur_writer_value(g->w, field[n], text[n]);
		if (value[n++] == AUR_NONE)
			return aur_writer_commit(g->w, err);
	}
	uint32_t own = n;
	for (uint32_t i = 0; i < own; i++)
		if (field[i] == g->session_field) {
			const struct inherited *h = inherited_of(g, value[i], text[i], field, text, own, c->file);
			for (uint32_t k = 0; k < h->n; k++) {
				uint32_t j = 0;
				while (j < own && field[j] != h->field[k])
					j++;
				if (j == own) {
					field[n] = h->field[k];
					value[n++] = h->value[k];
					g->sess.v[h->session].lent[h->key[k]]++;
				} else if (j >= said && h->described) {
					value[j] = h->value[k];
				} else if (value[j] != h->value[k] && !h->described) {
					unsigned which = 0;
					while (g->inherit_field[which] != h->field[k])
						which++;
					aur_sessions_differs(&g->sess, h->session, h->key[k], which, text[j], c->file);
				}
			}
			for (unsigned k = 0; h->without >> k; k++)
				if (h->without >> k & 1)
					aur_sessions_without(&g->sess, h->session, k, c->file);
			break;
		}
	int has_stance = 0;
	for (uint32_t i = 0; i < own; i++)
		has_stance |= field[i] == g->stance_field;
	for (unsigned k = 0; g->stance && k < g->stance->nfields && !has_stance; k++)
		for (uint32_t i = 0; i < own; i++)
			if (field[i] == g->stance_from[k]) {
				uint32_t s = stance_of(g, k, value[i], text[i]);
				if (s) {
					field[n] = g->stance_field;
					value[n++] = s;
					has_stance = 1;
				}
				break;
			}
	if (x.ntok > g->formcap) {
		g->formcap = x.ntok * 2 + 256;
		g->form = aur_xrealloc(g->form, g->formcap * sizeof *g->form);
	}
	uint32_t fresh = aur_analyst_kept(c->analyst, x.lform, x.ntok, g->form);
	for (uint32_t i = 0; fresh; i++)
		if (g->form[i] == AUR_NONE) {
			const aur_lform *l = aur_analyst_form(c->analyst, x.lform[i]);
			aur_new_form nf = {{l->p, l->len}, l->flags, l->layer};
			g->form[i] = aur_writer_form(g->w, &nf);
			aur_analyst_keep(c->analyst, x.lform[i], g->form[i]);
			fresh--;
		}
	if (x.nhits > g->hitcap) {
		g->hitcap = x.nhits * 2 + 16;
		g->hit = aur_xrealloc(g->hit, g->hitcap * sizeof *g->hit);
	}
	for (uint32_t i = 0; i < x.nhits; i++) {
		unsigned an = x.hit_annotator[i];
		uint32_t l = x.hit[i].label;
		if (l >= g->nlabel_of[an]) {
			uint32_t cap = l * 2 + 256;
			g->label_of[an] = aur_xrealloc(g->label_of[an], cap * sizeof(uint32_t));
			memset(g->label_of[an] + g->nlabel_of[an], 0xFF, (cap - g->nlabel_of[an]) * sizeof(uint32_t));
			g->nlabel_of[an] = cap;
		}
		if (g->label_of[an][l] == AUR_NONE) {
			aur_label lab;
			rc = aur_chain_label(g->chain, an, l, &lab, err);
			if (rc)
				return rc;
			g->label_of[an][l] = aur_writer_label(g->w, &lab);
		}
		g->hit[i] = x.hit[i];
		g->hit[i].label = g->label_of[an][l];
	}
	aur_doc_in d = {.id = c->id, .text_len = (uint32_t)x.text.len, .ntok = x.ntok, .nwords = x.nwords, .form = g->form, .side = c->side,
			.nfields = n, .field = field, .value = value, .nhits = x.nhits, .hit = g->hit};
	aur_added how;

	rc = aur_writer_add(g->w, &d, &how, err);
	if (rc)
		return rc;
	g->st->hits += x.nhits;
	switch (how) {
	case AUR_ADDED:
		g->st->added++;
		break;
	case AUR_REPLACED:
		g->st->replaced++;
		g->strangers += !g->known;
		break;
	case AUR_UNCHANGED:
		g->st->unchanged++;
		break;
	case AUR_DUPLICATE:
		refuse_met(g, c);
		break;
	}
	return AURE_OK;
}

/* What an existing corpus says that it was made by: its pipeline, so that its layers stay what they were, and its components. */
static void made_by(const char *corpus, char **xml, char **fingerprints)
{
	aur_snapshot *s;
	aur_error e;
	*xml = *fingerprints = NULL;
	if (aur_snapshot_open(corpus, &s, &e))
		return;
	const char *p = aur_snapshot_meta(s, "pipeline"), *f = aur_snapshot_meta(s, "fingerprints");
	*xml = p ? aur_xstrdup(p) : NULL;
	*fingerprints = f ? aur_xstrdup(f) : NULL;
	aur_snapshot_close(s);
}

/* What is kept of the components from now on.  Words that are there stay what they were made by, so that whoever compares still sees it. */
static void fingerprints_kept(const aur_chain *c, const char *was, aur_buf *out, int *differ)
{
	const char *is = c->fingerprints;
	size_t now = aur_chain_words(is), then = was ? aur_chain_words(was) : now;
	*differ = was && (then != now || memcmp(was, is, now) != 0);
	aur_buf_put(out, *differ ? was : is, then);
	aur_buf_str(out, is + now);
}

aur_code aur_ingest(const char *const *files, unsigned n, const aur_ingest_options *o, aur_ingest_stats *stats, aur_error *err)
{
	struct ingest g = {.o = o, .st = stats};
	memset(stats, 0, sizeof *stats);
	char *xml, *was;
	aur_buf kept = {0};
	made_by(o->corpus, &xml, &was);
	aur_code rc = aur_chain_open(o->pipeline, o->pipeline ? NULL : xml, AUR_CHAIN_ALL, &g.chain, err);
	if (!rc)
		fingerprints_kept(g.chain, was, &kept, &stats->words_changed);
	free(xml);
	free(was);
	if (rc)
		return rc;
	aur_setup setup = {.layer_count = g.chain->nshown, .default_layer = g.chain->dflt, .pipeline = g.chain->xml,
			   .fingerprints = aur_buf_cstr(&kept), .annotators = g.chain->annotators,
			   .memory = o->memory ? o->memory : (size_t)256 << 20,
			   .threads = o->flow.threads ? o->flow.threads : (unsigned)sysconf(_SC_NPROCESSORS_ONLN)};
	for (unsigned i = 0; i < g.chain->nshown; i++)
		setup.layer[i] = g.chain->layer[g.chain->of_shown[i]].name;
	/* Six tenths for the batch, however many threads there are, so that the index is the same: its bytes are counted at their worst, and
	 * are fewer.  A quarter for the dictionaries of one or two threads; more threads have more besides that no one counts. */
	g.chain->analyst_bytes = setup.memory / (setup.threads > 2 ? 6 : 4) / setup.threads;
	setup.memory = setup.memory / 32 * 19;
	g.sess.inherit = g.chain->inherit;
	g.sess.ninherit = g.chain->ninherit;
	aur_snapshot *before;
	if (!aur_snapshot_open(o->corpus, &before, NULL)) {
		aur_sessions_before(&g.sess, before);
		whole_before(&g, before);
		aur_snapshot_close(before);
	}
	rc = aur_writer_open(o->corpus, &setup, &g.w, err);
	aur_buf_free(&kept);
	if (rc)
		goto out;
	stats->annotators_changed = !aur_writer_same_annotators(g.w);
	g.session_field = aur_writer_field(g.w, str("session"));
	g.stance_field = aur_writer_field(g.w, str("stance"));
	for (unsigned i = 0; i < g.chain->ninherit; i++)
		g.inherit_field[i] = aur_writer_field(g.w, str(g.chain->inherit[i]));
	aur_readings_parse(g.chain->xml, &g.readings);
	g.stance = aur_readings_get(&g.readings, "stance");
	for (unsigned i = 0; g.stance && i < g.stance->nfields; i++)
		g.stance_from[i] = aur_writer_field(g.w, str(g.stance->field[i]));
	g.given_field = aur_xcalloc(o->ngiven + 1, sizeof *g.given_field);
	for (unsigned i = 0; i < o->ngiven; i++)
		g.given_field[i] = aur_writer_field(g.w, str(o->given[i].name));
	aur_flow_calls calls = {&g, on_contribution, on_session, on_property, on_note, on_refused, on_progress};
	aur_flow_options fo = o->flow;
	fo.side = 1;
	fo.from = on_from;
	fo.apart = write_apart;
	fo.sources = aur_sources_new();
	aur_str name, about;
	for (size_t at = 0; aur_writer_source_at(g.w, &at, &name, &about);)
		aur_sources_add(fo.sources, name, about);
	rc = aur_flow_run(g.chain, files, n, &fo, &calls, on_failed, &stats->flow, err);
	/* What was read is kept, whatever happened after it. */
	if (rc == AURE_OK || rc == AURE_CANCELLED) {
		aur_error e2;
		aur_code rc2 = aur_writer_commit(g.w, &e2);
		if (rc2) {
			rc = rc2;
			if (err)
				*err = e2;
		}
	} else {
		aur_writer_commit(g.w, NULL);
	}
	aur_sources_free(fo.sources);
	strangers_tell(&g);
	tally_tell(&g);
	aur_sessions_tell(&g.sess, on_note, &g);
	invented_tell(&g);
	titled_tell(&g);
	if (rc == AURE_OK && !stats->flow.failed)
		gone_tell(&g);
	stats->commits = aur_writer_commits(g.w);
	if (!stats->flow.read) {
		aur_writer_abandon(g.w); /* no file could be opened: no folder is left of it */
		g.w = NULL;
	}
out:
	aur_writer_close(g.w);
	for (uint32_t i = 0; i < g.nby_session; i++)
		free(g.by_session[i]);
	free(g.by_session);
	aur_sessions_free(&g.sess);
	aur_readings_free(&g.readings);
	for (unsigned i = 0; i < 8; i++)
		free(g.stance_of[i]);
	for (unsigned i = 0; i < AUR_MAX_ANNOTATORS; i++)
		free(g.label_of[i]);
	free(g.sum);
	free(g.of_flow);
	free(g.form);
	free(g.field);
	free(g.value);
	free(g.text);
	free(g.given_field);
	free(g.met);
	aur_strtab_free(&g.said);
	aur_buf_free(&g.key);
	aur_arena_free(&g.names);
	free(g.hit);
	aur_chain_free(g.chain);
	return rc;
}
