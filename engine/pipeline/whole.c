/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/intl.h"
#include "base/str.h"
#include "pipeline/whole.h"

/* How many bytes of s to print with « %.*s »: at most 70, and whole characters. */
static int shown(aur_str s)
{
	size_t n = s.len < 70 ? s.len : 70;
	while (n && n < s.len && ((unsigned char)s.ptr[n] & 0xC0) == 0x80)
		n--;
	return (int)n;
}

static int starts(aur_str s, const char *with)
{
	return s.len >= strlen(with) && !memcmp(s.ptr, with, strlen(with));
}

/* Compares the totals that a source prints with the sums of what it prints per session.  They are reported, not
 * corrected. */
static void tally(aur_whole *t, const char *file, aur_str key, aur_str value, int total)
{
	int64_t v = 0;
	uint32_t i = 0;
	if (!value.len || value.len > 12 || key.len > 60 || (!starts(key, "invites") && !starts(key, "presents")))
		return;
	for (; i < value.len; i++) {
		if (value.ptr[i] < '0' || value.ptr[i] > '9')
			return;
		v = v * 10 + (value.ptr[i] - '0');
	}
	if (t->printing != file) {
		aur_strtab_free(&t->printed_at);
		t->printing = file;
	}
	const uint32_t *known = aur_strtab_find(&t->printed_at, key.ptr, key.len);
	i = known ? *known : t->nprinted;
	if (!known) {
		AUR_GROW(t->printed, t->nprinted, t->printedcap);
		t->printed[i] = (struct aur_printed){.file = file, .total = -1};
		memcpy(t->printed[t->nprinted++].key, key.ptr, key.len);
		aur_strtab_put(&t->printed_at, aur_arena_dup(&t->names, key.ptr, key.len), key.len, i);
	}
	if (total) {
		t->printed[i].total = v;
	} else {
		t->printed[i].sum += v;
		t->printed[i].sessions++;
	}
}

static void tally_tell(const aur_whole *t)
{
	for (uint32_t i = 0; i < t->nprinted; i++) {
		const struct aur_printed *p = &t->printed[i];
		char m[300];
		if (p->total < 0 || !p->sessions || p->total == p->sum)
			continue;
		snprintf(m, sizeof m, _("note: the stated total of %s is %lld, but the figures stated for the %u sessions add up to %lld; both are kept as stated"),
			 p->key, (long long)p->total, p->sessions, (long long)p->sum);
		t->note(t->ctx, p->file, m);
	}
}

/* Reports contributions that a file new to the corpus replaced: their ids may be those of other people in another
 * file, which nobody else can notice. */
static void strangers_tell(aur_whole *t)
{
	char m[500];
	if (t->strangers) {
		snprintf(m, sizeof m,
			 ngettext("%llu contribution of this file, new to the corpus, replaced another with the same id: if that was somebody else's, remove the folder of the corpus, ingest the other file, then this one with --id-prefix v2- (or another prefix)",
				  "%llu contributions of this file, new to the corpus, replaced others with the same ids: if those were other people's, remove the folder of the corpus, ingest the other file, then this one with --id-prefix v2- (or another prefix)",
				  (unsigned long)t->strangers),
			 (unsigned long long)t->strangers);
		t->note(t->ctx, t->met[t->nmet - 1].file, m);
	}
	t->strangers = 0;
}

/* A generated id ends in the number of its contribution: keeps the highest. */
void aur_whole_id(aur_whole *t, aur_str id)
{
	struct aur_met_file *m = t->nmet ? &t->met[t->nmet - 1] : NULL;
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

static aur_str of_session(aur_whole *t, aur_str session, aur_str key)
{
	t->key.n = 0;
	aur_buf_put(&t->key, session.ptr, session.len);
	aur_buf_put(&t->key, "", 1);
	aur_buf_put(&t->key, key.ptr, key.len);
	return (aur_str){(const char *)t->key.p, t->key.n};
}

void aur_whole_say(aur_whole *t, aur_str session, aur_str key, aur_str value)
{
	aur_str s = of_session(t, session, key);
	if (session.len)
		aur_writer_session(t->w, session, key, value);
	else
		aur_writer_property(t->w, key, value);
	if (!aur_strtab_find(&t->said, s.ptr, s.len))
		aur_strtab_put(&t->said, aur_arena_dup(&t->names, s.ptr, s.len), s.len, 0);
}

/* Counts a property of the corpus or of a session (or, without a key, a session) that no file states any more: it
 * stays in the corpus. */
static void unsaid(aur_whole *t, aur_ingest_stats *st, aur_str session, aur_str key)
{
	aur_str s = of_session(t, session, key);
	if (aur_strtab_find(&t->said, s.ptr, s.len) || st->unsaid++)
		return;
	snprintf(st->unsaid_first, sizeof st->unsaid_first, "%.*s%s%.*s", shown(session), session.ptr,
		 session.len && key.len ? ": " : "", shown(key), key.ptr);
}

static void unsaid_count(aur_whole *t, aur_snapshot *s, aur_ingest_stats *st)
{
	aur_str key, value, none = {"", 0};
	for (uint32_t i = 0; aur_snapshot_property(s, i, &key, &value); i++)
		unsaid(t, st, none, key);
	for (uint32_t i = 0; i < aur_snapshot_session_count(s); i++) {
		uint32_t n = 0;
		for (; aur_snapshot_session_prop(s, i, n, &key, &value); n++)
			unsaid(t, st, aur_snapshot_session_id(s, i), key);
		if (!n)
			unsaid(t, st, aur_snapshot_session_id(s, i), none);
	}
}

/* One more contribution that the query finds; a query that has become too long finds none. */
static void query_id(char query[AUR_GONE_QUERY], int first, aur_str id)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:-";
	aur_buf b = {0};
	if (!first && !*query)
		return;
	aur_buf_printf(&b, "%s%sid:", query, first ? "" : " OR ");
	size_t n = 0;
	while (n < id.len && memchr(plain, id.ptr[n], sizeof plain - 1))
		n++;
	if (n < id.len) {
		aur_buf_byte(&b, '"');
		for (n = 0; n < id.len; n++) {
			if (id.ptr[n] == '"' || id.ptr[n] == '\\')
				aur_buf_byte(&b, '\\');
			aur_buf_byte(&b, (uint8_t)id.ptr[n]);
		}
		aur_buf_byte(&b, '"');
	} else {
		aur_buf_put(&b, id.ptr, id.len);
	}
	*query = 0;
	if (b.n < AUR_GONE_QUERY)
		memcpy(query, aur_buf_cstr(&b), b.n + 1);
	aur_buf_free(&b);
}

/* Those of the corpus that this run has not read. */
static void gone_query(aur_whole *t, aur_snapshot *s, aur_ingest_stats *st)
{
	int first = 1;
	for (uint32_t g = 0; g < aur_snapshot_segs(s); g++) {
		const aur_seg_info *info = aur_snapshot_seg(s, g);
		for (uint32_t i = 0; i < info->n && (first || *st->gone_query); i++) {
			aur_str id;
			int met;
			if (aur_seg_is_deleted(info, i) || aur_snapshot_doc_id(s, info->base + i, &id, NULL) || aur_writer_met(t->w, id, &met, NULL) || met)
				continue;
			query_id(st->gone_query, first, id);
			first = 0;
		}
	}
}

void aur_gone_how(aur_buf *b, const char *corpus, const char *query)
{
	if (*query)
		aur_buf_printf(b, "auricule erase -d %s %s", aur_typed(corpus), aur_typed(query));
	else
		aur_buf_printf(b, _("remove the folder %s and ingest all of its files again"), corpus);
}

/* Reports contributions that a file once gave and no longer has: they stay in the corpus.  Those with ids of their
 * own can only be counted if every file of the corpus was read. */
void aur_whole_tell_gone(aur_whole *t, const char *corpus, aur_ingest_stats *st)
{
	aur_snapshot *s;
	aur_totals totals;
	aur_str name, about;
	size_t at = 0, i = 0, k;
	int all = 1;
	while (all && aur_writer_source_at(t->w, &at, &name, &about)) {
		/* continues after the last match: most files come in the same order */
		for (k = 0; k < t->nmet && aur_str_order(t->met[i].name, name); k++)
			i = i + 1 < t->nmet ? i + 1 : 0;
		all = k < t->nmet;
	}
	if (aur_snapshot_open(corpus, &s, NULL))
		return;
	aur_snapshot_totals(s, &totals);
	uint64_t seen = st->added + st->replaced + st->unchanged;
	if (all && totals.contributions > seen)
		st->gone = totals.contributions - seen;
	if (st->gone)
		gone_query(t, s, st);
	if (all)
		unsaid_count(t, s, st);
	aur_buf b = {0}, how = {0};
	for (i = 0; i < t->nmet && !all; i++) {
		const struct aur_met_file *m = &t->met[i];
		char query[AUR_GONE_QUERY] = "";
		unsigned long long n = m->last;
		/* m->last is 0 if its contributions now have ids of their own */
		for (int there = m->known; there; n += (unsigned)there) {
			b.n = 0;
			aur_buf_put(&b, m->name.ptr, m->name.len);
			aur_buf_printf(&b, ":%llu", n + 1);
			aur_str id = {(const char *)b.p, b.n};
			there = aur_snapshot_find(s, id) != AUR_NONE;
			if (there)
				query_id(query, n == m->last, id);
		}
		if (n == m->last)
			continue;
		b.n = how.n = 0;
		aur_gone_how(&how, corpus, query);
		aur_buf_printf(&b,
			       ngettext("this file once held %llu more contribution, and the corpus still holds it: %.*s:%llu; to remove it (somebody withdrew): %s",
					"this file once held %llu more contributions, and the corpus still holds them, from %.*s:%llu on; to remove them (somebody withdrew): %s",
					(unsigned long)(n - m->last)),
			       n - m->last, (int)m->name.len, m->name.ptr, m->last + 1, aur_buf_cstr(&how));
		t->note(t->ctx, m->file, aur_buf_cstr(&b));
	}
	aur_buf_free(&b);
	aur_buf_free(&how);
	aur_snapshot_close(s);
}

static int says_invented(aur_str key, aur_str value)
{
	return !aur_str_order(key, aur_str_of("invented")) && !aur_str_order(value, aur_str_of("yes"));
}

void aur_whole_before(aur_whole *t, aur_snapshot *s)
{
	aur_str key, value;
	for (uint32_t i = 0; aur_snapshot_property(s, i, &key, &value); i++) {
		t->invented |= says_invented(key, value);
		if (!aur_str_order(key, aur_str_of("title")))
			t->title = t->title_before = aur_str_keep(&t->names, value);
	}
	t->sources = aur_snapshot_sources(s);
}

/* Warns if only some files say that the corpus is invented: the mark is for the whole corpus, including what people
 * really said. */
static void invented_tell(const aur_whole *t)
{
	const struct aur_met_file *real = NULL, *invented = NULL;
	for (size_t i = 0; i < t->nmet; i++)
		*(t->met[i].invented ? &invented : &real) = &t->met[i];
	/* its only file no longer says so: unsaid() reports that */
	if (t->sources == 1 && real && real->known && !invented)
		return;
	if ((invented || t->invented) && (real || (invented && !t->invented && t->sources)))
		t->note(t->ctx, real ? real->file : invented->file,
			_("the corpus is marked as invented, because one of its files says so, but another of its files does not: info, the ledger and "
			  "the page say of all of it that nobody said these words; put what people really said in a corpus of its own (-d)"));
}

/* The last title counts, and is printed on the page: with several files, it is that of only one of them. */
static void titled(aur_whole *t, const char *file, aur_str title)
{
	if (t->title.len && aur_str_order(t->title, title)) {
		t->untitled = t->title;
		t->titled = file;
	}
	t->title = aur_str_keep(&t->names, title);
}

static void titled_tell(const aur_whole *t)
{
	char m[400];
	int corrected = t->nmet == 1 && t->met[0].known, same = t->title_before.len && !aur_str_order(t->title_before, t->title);
	aur_str was = t->title_before.len ? t->title_before : t->untitled;
	if (!t->titled || corrected || same)
		return;
	snprintf(m, sizeof m, _("the corpus is now called « %.*s », as this file says, and no longer « %.*s »; for a common title, put the files in one <teiCorpus>"),
		 shown(t->title), t->title.ptr, shown(was), was.ptr);
	t->note(t->ctx, t->titled, m);
}

void aur_whole_file(aur_whole *t, const char *file, aur_str name, int known)
{
	strangers_tell(t);
	AUR_GROW(t->met, t->nmet, t->metcap);
	t->met[t->nmet++] = (struct aur_met_file){file, aur_str_keep(&t->names, name), 0, known, t->inventing == file};
}

void aur_whole_replaced(aur_whole *t)
{
	t->strangers += !t->met[t->nmet - 1].known;
}

void aur_whole_session(aur_whole *t, const char *file, aur_str session, aur_str key, aur_str value)
{
	tally(t, file, key, value, 0);
	aur_whole_say(t, session, key, value);
}

void aur_whole_property(aur_whole *t, const char *file, aur_str key, aur_str value)
{
	if (!aur_str_order(key, aur_str_of("title")))
		titled(t, file, value);
	if (says_invented(key, value)) {
		t->inventing = file;
		if (t->nmet && t->met[t->nmet - 1].file == file)
			t->met[t->nmet - 1].invented = 1;
	}
	if (starts(key, "total."))
		tally(t, file, (aur_str){key.ptr + 6, key.len - 6}, value, 1);
	aur_whole_say(t, (aur_str){"", 0}, key, value);
}

void aur_whole_tell_files(aur_whole *t)
{
	strangers_tell(t);
	tally_tell(t);
}

void aur_whole_tell(const aur_whole *t, uint64_t read)
{
	invented_tell(t);
	if (read)
		titled_tell(t);
}

void aur_whole_free(aur_whole *t)
{
	free(t->printed);
	aur_strtab_free(&t->printed_at);
	free(t->met);
	aur_strtab_free(&t->said);
	aur_buf_free(&t->key);
	aur_arena_free(&t->names);
}
