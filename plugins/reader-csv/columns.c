/* SPDX-License-Identifier: Apache-2.0 */
/* Which column is the text, the id, the session, the date; which are fields, which are dropped: by the names that the
 * person gives, by the names that are known everywhere, and, for the text alone, by what the columns hold. */
#include <stdio.h>
#include <stdlib.h>
#include "csv.h"

/* ---- sentences ---------------------------------------------------------------------------------- */

static void columns_say(rd_buf *b, const char *s)
{
	rd_buf_add(b, s, strlen(s));
}

/* "1 « N° », 2 « Atelier », …" */
static void columns_list(const csv_state *s, rd_buf *b)
{
	for (uint32_t i = 0; i < s->d.columns && b->len < 1200; i++) {
		char item[160];
		snprintf(item, sizeof item, "%s#%u", i ? ", " : "", i + 1);
		columns_say(b, item);
		const char *label = s->cols[i].label;
		if (!*label)
			continue;
		size_t n = strlen(label), cut = n;
		if (n > 80)
			cut = rd_utf8_valid(label, 77);
		columns_say(b, " « ");
		rd_buf_add(b, label, cut);
		columns_say(b, cut < n ? "… »" : " »");
	}
	if (b->len >= 1200)
		columns_say(b, ", …");
	rd_buf_add(b, "", 1);
}

/* ---- the header --------------------------------------------------------------------------------- */

static char *columns_label(csv_state *s, csv_record *r, uint32_t i)
{
	aur_str v = {"", 0};
	if (i < r->n && !csv_value(s, &r->f[i], &v))
		return NULL;
	v = rd_trim(v);
	char *label = malloc(v.len + 1);
	if (!label)
		return NULL;
	/* Line ends and NULs inside a header would break every sentence that names it. */
	for (size_t k = 0; k < v.len; k++)
		label[k] = (unsigned char)v.ptr[k] < ' ' ? ' ' : v.ptr[k];
	label[v.len] = 0;
	return label;
}

/* A row of the header: below an upper one whose cells stay where this one has none. */
static aur_status columns_row(csv_state *s, csv_record *r)
{
	if (r->n > s->d.columns) {
		csv_column *p = realloc(s->cols, r->n * sizeof *p);
		if (!p)
			return rd_nomem(s->in.host);
		memset(p + s->d.columns, 0, (r->n - s->d.columns) * sizeof *p);
		s->cols = p;
		s->d.columns = r->n;
	}
	for (uint32_t i = 0; i < s->d.columns; i++) {
		char *label = columns_label(s, r, i);
		if (!label)
			return rd_nomem(s->in.host);
		if (*label || !s->cols[i].label) {
			free(s->cols[i].label);
			s->cols[i].label = label;
		} else {
			free(label);
		}
	}
	return AUR_OK;
}

static aur_status columns_header(csv_state *s)
{
	const aur_host *h = s->in.host;
	const char *file = h->source_name(h, s->in.src);
	uint32_t rows = s->layout.header_rows ? s->layout.header_rows : 1;
	size_t at = s->in.begin;
	uint32_t line = s->line;
	for (uint32_t row = 0; row < rows;) {
		const char *p = s->in.buf + at;
		csv_found f = csv_scan(&s->d, p, s->in.end - at, s->in.eof, &s->r);
		if (f == CSV_RECORD && s->r.n == 1 && s->r.f[0].start == s->r.f[0].end && s->d.sep != s->d.newline) {
			at += s->r.len; /* a blank line */
			line += s->r.lines;
			continue;
		}
		if (f == CSV_END)
			return rd_fail_at(h, AUR_E_DATA, file, line, 0,
			                  _("the file ends before its %u rows of headers do"), rows);
		if (f == CSV_MORE)
			return rd_fail_at(
			    h, AUR_E_DATA, file, line, 0,
			    _("the header is longer than 256 KiB: this does not look like a table of contributions"));
		if (f == CSV_QUOTE)
			return rd_fail_at(
			    h, AUR_E_DATA, file, line, 0,
			    _("a quotation mark in the header is not closed where a column ends: correct the header"));
		if (s->r.n > CSV_MAX_COLUMNS)
			return rd_fail_at(
			    h, AUR_E_DATA, file, line, 0,
			    _("the header has %u columns, more than the %u that are read: is the separator right? "
			      "--separator names it"),
			    s->r.n, CSV_MAX_COLUMNS);
		/* csv_value works on the window in place, at in.begin. */
		size_t keep = s->in.begin;
		s->in.begin = at;
		s->bad_utf8 = rd_utf8_valid(p, s->r.len) < s->r.len;
		aur_status st = columns_row(s, &s->r);
		s->in.begin = keep;
		if (st < 0)
			return st;
		row++;
		if (s->layout.header_rows) {
			at += s->r.len;
			line += s->r.lines;
		}
	}
	if (s->layout.header_rows) {
		s->in.begin = at;
		s->line = line;
	} else {
		for (uint32_t i = 0; i < s->d.columns; i++)
			s->cols[i].label[0] = 0;
	}
	return AUR_OK;
}

/* ---- which is which ------------------------------------------------------------------------------ */

/* A column by "#4", by its exact name, or by its name without case, accents and spaces; -1: there is none. */
static int32_t columns_find(const csv_state *s, const char *who)
{
	if (who[0] == '#' && who[1] >= '1' && who[1] <= '9') {
		char *end;
		unsigned long k = strtoul(who + 1, &end, 10);
		if (!*end)
			return k <= s->d.columns ? (int32_t)k - 1 : -1;
	}
	for (uint32_t i = 0; i < s->d.columns; i++)
		if (strcmp(s->cols[i].label, who) == 0)
			return (int32_t)i;
	char want[RD_NAME_MAX], name[RD_NAME_MAX];
	if (!rd_name_fold(who, strlen(who), want))
		return -1;
	for (uint32_t i = 0; i < s->d.columns; i++) {
		rd_name_fold(s->cols[i].label, strlen(s->cols[i].label), name);
		if (strcmp(name, want) == 0 || strcmp(s->cols[i].name, want) == 0)
			return (int32_t)i;
	}
	return -1;
}

static aur_status columns_asked(csv_state *s, const char *who, const char *option, rd_role role, int32_t *out)
{
	if (!who || !*who)
		return AUR_OK;
	const aur_host *h = s->in.host;
	const char *file = h->source_name(h, s->in.src);
	int32_t i = columns_find(s, who);
	if (i < 0) {
		rd_buf list = {0};
		columns_list(s, &list);
		aur_status st = rd_fail_at(h, AUR_E_CONFIG, file, s->layout.skip_lines + 1, 0,
		                           _("no column « %s », which %s asks for; the columns are: %s"), who, option,
		                           list.ptr ? list.ptr : "");
		rd_buf_free(&list);
		return st;
	}
	if (s->cols[i].role != RD_FIELD && s->cols[i].role != role && role != RD_DROP)
		return rd_fail_at(h, AUR_E_CONFIG, file, s->layout.skip_lines + 1, 0,
		                  _("%s asks for column #%d, which another option has taken already"), option, i + 1);
	s->cols[i].role = role;
	if (out)
		*out = i;
	return AUR_OK;
}

/* "QUXVlc3Rpb246MTYw - Quels services …": the code of the Grand débat before a question. */
static const char *columns_question(const char *label)
{
	const char *p = label + (*label == 'Q');
	size_t n = strspn(p, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");
	return p > label && n >= 4 && strncmp(p + n, " - ", 3) == 0 ? p + n + 3 : NULL;
}

static void columns_names(csv_state *s)
{
	for (uint32_t i = 0; i < s->d.columns; i++) {
		csv_column *c = &s->cols[i];
		const char *question = columns_question(c->label);
		c->title = question ? question : c->label;
		if (!rd_name_fold(c->title, strlen(c->title), c->name))
			snprintf(c->name, sizeof c->name, "column-%u", i + 1);
	}
}

/* Two columns of one name would be one field. */
static void columns_distinct(csv_state *s)
{
	for (uint32_t i = 0; i < s->d.columns; i++) {
		csv_column *c = &s->cols[i];
		if (c->role != RD_FIELD)
			continue;
		bool taken = (s->session >= 0 && strcmp(c->name, "session") == 0) ||
		             (s->date >= 0 && strcmp(c->name, "date") == 0) ||
		             (s->text_count > 1 && strcmp(c->name, "question") == 0);
		for (uint32_t j = 0; j < i && !taken; j++)
			taken = s->cols[j].role == RD_FIELD && strcmp(s->cols[j].name, c->name) == 0;
		if (taken)
			snprintf(c->name + (strlen(c->name) > 80 ? 80 : strlen(c->name)), 12, "-%u", i + 1);
	}
}

/* ---- what the columns hold ------------------------------------------------------------------------ */

typedef struct holding {
	uint32_t values, words, distinct, dmy, mdy;
	uint64_t bytes;
	uint64_t seen[CSV_SAMPLE];
} holding;

static uint64_t columns_hash(const char *p, size_t n)
{
	uint64_t x = UINT64_C(0xCBF29CE484222325);
	for (size_t i = 0; i < n; i++)
		x = (x ^ (unsigned char)p[i]) * UINT64_C(0x100000001B3);
	return x;
}

static int columns_order(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return x < y ? -1 : x > y;
}

/* Looks at column i over the sample. */
static void columns_look(csv_state *s, uint32_t i, holding *out)
{
	const char *p = s->in.buf + s->in.begin;
	size_t n = s->in.end - s->in.begin;
	memset(out, 0, sizeof *out);
	for (uint32_t k = 0; k < CSV_SAMPLE; k++) {
		csv_found f = csv_scan(&s->d, p, n, s->in.eof, &s->r);
		size_t step = f == CSV_RECORD ? s->r.len : f == CSV_QUOTE ? csv_line(&s->d, p, n, s->in.eof) : 0;
		if (!step)
			break;
		if (f == CSV_RECORD && s->r.n == s->d.columns) {
			const char *v = p + s->r.f[i].start;
			size_t len = s->r.f[i].end - s->r.f[i].start;
			if (len) {
				char iso[48];
				out->seen[out->values++] = columns_hash(v, len);
				out->bytes += len;
				for (size_t j = 1; j < len; j++)
					out->words += v[j] == ' ' && v[j - 1] != ' ';
				bool dmy = rd_date_iso(v, len, RD_DATE_DMY, iso),
				     mdy = rd_date_iso(v, len, RD_DATE_MDY, iso);
				out->dmy += dmy && !mdy;
				out->mdy += mdy && !dmy;
				s->dates_change |= dmy || mdy;
			}
		}
		p += step;
		n -= step;
	}
	qsort(out->seen, out->values, sizeof *out->seen, columns_order);
	for (uint32_t k = 0; k < out->values; k++)
		out->distinct += k == 0 || out->seen[k] != out->seen[k - 1];
}

/* Which columns have neither a name nor a value, as far as the sample goes: the empty ones of a spreadsheet. */
static void columns_idle(csv_state *s)
{
	const char *p = s->in.buf + s->in.begin;
	size_t n = s->in.end - s->in.begin;
	for (uint32_t i = 0; i < s->d.columns; i++)
		s->cols[i].idle = !*s->cols[i].label;
	for (uint32_t k = 0; k < CSV_SAMPLE; k++) {
		csv_found f = csv_scan(&s->d, p, n, s->in.eof, &s->r);
		size_t step = f == CSV_RECORD ? s->r.len : f == CSV_QUOTE ? csv_line(&s->d, p, n, s->in.eof) : 0;
		if (!step)
			break;
		for (uint32_t i = 0; f == CSV_RECORD && i < s->r.n && i < s->d.columns; i++)
			s->cols[i].idle &= s->r.f[i].start == s->r.f[i].end;
		p += step;
		n -= step;
	}
}

/* Long, several words, hardly two alike: free text. */
static bool columns_free_text(const holding *w)
{
	return w->values && w->bytes >= (uint64_t)w->values * 25 && w->words >= w->values * 3 &&
	       w->distinct * 10 >= w->values * 7;
}

static aur_status columns_texts_asked(csv_state *s, const csv_conf *c)
{
	for (uint32_t k = 0; c->text[k]; k++) {
		int32_t i = -1;
		aur_status st = columns_asked(s, c->text[k], "--text-column", RD_TEXT, &i);
		if (st < 0)
			return st;
		for (uint32_t j = 0; j < s->text_count && i >= 0; j++)
			if (s->texts[j] == (uint32_t)i)
				i = -1; /* asked for twice, under two names perhaps */
		if (i >= 0 && s->text_count < CSV_MAX_TEXTS)
			s->texts[s->text_count++] = (uint32_t)i;
	}
	return AUR_OK;
}

/* The one column whose name is usual for answers, though as usual for a closed question: only where no column holds
 * long ones.  -1: none, or several. */
static int32_t columns_answer(const csv_state *s)
{
	static const char *const usual[] = {
	    "textes",        "texte-libre",   "verbatims",         "reponse",       "reponses",
	    "votre-reponse", "reponse-libre", "contribution",      "contributions", "votre-contribution",
	    "commentaire",   "commentaires",  "votre-commentaire", "propos",        "avis",
	    "votre-avis",    "temoignage",    "temoignages",       "remarque",      "remarques",
	    "vos-remarques", "expression",    "expression-libre",  "paroles",       NULL};
	int32_t found = -1;
	for (uint32_t i = 0; i < s->d.columns; i++)
		for (const char *const *w = usual; *w && s->cols[i].role == RD_FIELD; w++)
			if (strcmp(s->cols[i].name, *w) == 0) {
				if (found >= 0)
					return -1;
				found = (int32_t)i;
			}
	return found;
}

static aur_status columns_text(csv_state *s)
{
	const aur_host *h = s->in.host;
	const char *file = h->source_name(h, s->in.src);
	if (s->text_count)
		return AUR_OK;
	static const char *const usual[] = {"texte", "text", "verbatim", "body-fr", "body"};
	bool deci = s->layout.flavour && strcmp(s->layout.flavour, "Decidim") == 0;
	for (size_t k = 0; k < (deci ? 5u : 3u); k++)
		for (uint32_t i = 0; i < s->d.columns; i++)
			if (s->cols[i].role == RD_FIELD && strcmp(s->cols[i].name, usual[k]) == 0) {
				s->cols[i].role = RD_TEXT;
				s->texts[s->text_count++] = i;
				return AUR_OK;
			}
	if (s->d.columns == 1 && s->layout.header_rows == 0) {
		s->cols[0].role = RD_TEXT;
		s->texts[s->text_count++] = 0;
		return AUR_OK;
	}
	bool debat = s->layout.flavour && strcmp(s->layout.flavour, "Grand débat") == 0;
	holding *w = malloc(sizeof *w);
	if (!w)
		return rd_nomem(h);
	uint32_t found[CSV_MAX_TEXTS], n = 0;
	for (uint32_t i = 0; i < s->d.columns && n < CSV_MAX_TEXTS && i < 1024; i++) {
		if (s->cols[i].role != RD_FIELD || (debat && !columns_question(s->cols[i].label)))
			continue;
		columns_look(s, i, w);
		if (columns_free_text(w))
			found[n++] = i;
	}
	free(w);
	int32_t named = n ? -1 : columns_answer(s);
	if (named >= 0)
		found[n++] = (uint32_t)named;
	if (n == 1 || (n > 1 && debat)) {
		for (uint32_t k = 0; k < n; k++) {
			s->cols[found[k]].role = RD_TEXT;
			s->texts[s->text_count++] = found[k];
		}
		return AUR_OK;
	}
	rd_buf list = {0};
	columns_list(s, &list);
	aur_status st =
	    rd_fail_at(h, AUR_E_CONFIG, file, s->layout.skip_lines + 1, 0,
	               n ? _("no column is named texte, text or verbatim, and several hold long answers: name the one "
	                     "to read with "
	                     "--text-column NAME (or several, each with its own --text-column); the columns are: %s")
	                 : _("no column is named texte, text or verbatim: name the one that holds what people said "
	                     "with --text-column "
	                     "NAME; the columns are: %s"),
	               list.ptr ? list.ptr : "");
	rd_buf_free(&list);
	return st;
}

/* Who sat behind the keyboard is nobody's business here. */
static bool columns_private(const char *name)
{
	static const char *const drop[] = {"adresse-ip",
	                                   "ip-address",
	                                   "ipaddr",
	                                   "ip",
	                                   "nom-d-utilisateur",
	                                   "username",
	                                   "user-name",
	                                   "uid",
	                                   "adresse-mail",
	                                   "adresse-e-mail",
	                                   "e-mail",
	                                   "email",
	                                   "mail",
	                                   "courriel",
	                                   "adresse-email",
	                                   "email-address",
	                                   "adresse-electronique",
	                                   "adresse-de-messagerie",
	                                   NULL};
	for (const char *const *w = drop; *w; w++)
		if (strcmp(name, *w) == 0)
			return true;
	return false;
}

static int32_t columns_named(const csv_state *s, const char *name)
{
	for (uint32_t i = 0; i < s->d.columns; i++)
		if (s->cols[i].role == RD_FIELD && strcmp(s->cols[i].name, name) == 0)
			return (int32_t)i;
	return -1;
}

static void columns_take(csv_state *s, const char *name, rd_role role, int32_t *out)
{
	if (*out >= 0)
		return;
	*out = columns_named(s, name);
	if (*out >= 0)
		s->cols[*out].role = role;
}

static aur_status columns_skip(csv_state *s, const char *list)
{
	char name[256];
	while (list && *list) {
		size_t n = strcspn(list, ",");
		const char *p = list;
		size_t len = n;
		while (len && *p == ' ') {
			p++;
			len--;
		}
		while (len && p[len - 1] == ' ')
			len--;
		if (len && len < sizeof name) {
			memcpy(name, p, len);
			name[len] = 0;
			aur_status st = columns_asked(s, name, "skip", RD_DROP, NULL);
			if (st < 0)
				return st;
		}
		list += n + (list[n] == ',');
	}
	return AUR_OK;
}

/* ---- the sentence about it all -------------------------------------------------------------------- */

/* Said rather than asked: it may be a contribution in a file without headers. */
static bool columns_sentence(const char *label)
{
	size_t n = strlen(label), words = 0;
	for (size_t i = 0; i < n; i++)
		words += label[i] == ' ';
	return n >= 25 && words >= 3 && !strchr(label, '?') && !strchr(":*)]", label[n - 1]);
}

static void columns_decision(csv_state *s, aur_record_sink *o)
{
	rd_buf *b = &s->said;
	char part[512];
	const char *sep = s->d.sep == '\t' ? _("a tab") : s->d.sep == '|' ? "|" : s->d.sep == ',' ? "," : ";";
	if (s->d.sep == s->d.newline)
		snprintf(part, sizeof part, "%s", _("one column"));
	else if (strchr(";,|\t", s->d.sep))
		snprintf(part, sizeof part, _("separator %s"), sep);
	else
		snprintf(part, sizeof part, _("separator %c"), s->d.sep);
	columns_say(b, part);
	const rd_encoding *e = &s->in.dec.enc;
	if (e->why)
		snprintf(part, sizeof part, _(", encoding %s (%s)"), e->name, _(e->why));
	else
		snprintf(part, sizeof part, _(", encoding %s"), e->name);
	columns_say(b, part);
	if (s->layout.flavour) {
		snprintf(part, sizeof part, _(", export of %s"), s->layout.flavour);
		columns_say(b, part);
	}
	const char *head = s->cols[s->texts[0]].label;
	if (s->layout.header_rows == 0)
		columns_say(b, _(", no header"));
	else if (s->layout.header_rows == 1 && !s->layout.flavour && !s->layout.known && columns_sentence(head))
		columns_say(b, _(", headers in the first row (if it is a contribution: --set header=no)"));
	else if (s->layout.header_rows > 1) {
		snprintf(part, sizeof part, _(", %u rows of headers"), s->layout.header_rows);
		columns_say(b, part);
	}
	for (uint32_t k = 0; k < s->text_count && b->len < 900; k++) {
		const char *label = s->cols[s->texts[k]].label;
		size_t n = strlen(label), cut = n > 120 ? rd_utf8_valid(label, 117) : n;
		snprintf(part, sizeof part, *label ? _("%s #%u « %.*s%s »") : _("%s #%u"),
		         k ? "," : _(", text = column"), s->texts[k] + 1, (int)cut, label, cut < n ? "…" : "");
		columns_say(b, part);
	}
	if (s->text_count > 1)
		columns_say(b, _(" (one contribution per answer, its question in the field « question »)"));
	static const char *const what[] = {N_(", id = column #%d"), N_(", session = column #%d"),
	                                   N_(", date = column #%d")};
	int32_t which[] = {s->id, s->session, s->date};
	for (unsigned k = 0; k < 3; k++)
		if (which[k] >= 0) {
			snprintf(part, sizeof part, _(what[k]), which[k] + 1);
			columns_say(b, part);
		}
	if (s->date >= 0 && s->dates_change)
		columns_say(b, s->order == RD_DATE_DMY ? _(" (22/04/2025 is read as 2025-04-22)")
		                                       : _(" (04/22/2025, the month first, is read as 2025-04-22)"));
	unsigned fields = 0, dropped = 0;
	for (uint32_t i = 0; i < s->d.columns; i++) {
		if (s->cols[i].role == RD_FIELD && !s->cols[i].idle && b->len < 1500) {
			columns_say(b, fields++ ? ", " : _(", fields: "));
			columns_say(b, s->cols[i].name);
		}
	}
	for (uint32_t i = 0; i < s->d.columns; i++) {
		if (s->cols[i].role == RD_DROP && b->len < 1700) {
			columns_say(b, dropped++ ? ", " : _(", left out: "));
			columns_say(b, *s->cols[i].label ? s->cols[i].label : s->cols[i].name);
		}
	}
	rd_buf_add(b, "", 1);
	if (b->ptr)
		rd_note(s->in.host, o, "%s", b->ptr);
	rd_buf_free(b);
}

aur_status csv_columns(csv_state *s, const csv_conf *c, aur_record_sink *o)
{
	const aur_host *h = s->in.host;
	s->id = s->session = s->date = -1;
	aur_status st = columns_header(s);
	if (st < 0)
		return st;
	columns_names(s);
	if ((st = columns_skip(s, c->skip)) < 0 || (st = columns_texts_asked(s, c)) < 0 ||
	    (st = columns_asked(s, c->id, "--id-column", RD_ID, &s->id)) < 0 ||
	    (st = columns_asked(s, c->session, "--session-column", RD_SESSION, &s->session)) < 0 ||
	    (st = columns_asked(s, c->date, "--date-column", RD_DATE, &s->date)) < 0)
		return st;
	/* What a person asks for by name is never dropped nor taken for something else. */
	columns_take(s, "id", RD_ID, &s->id);
	if (s->layout.flavour && strcmp(s->layout.flavour, "LimeSurvey") == 0) {
		columns_take(s, "id-de-la-reponse", RD_ID, &s->id);
		columns_take(s, "response-id", RD_ID, &s->id);
	}
	if (s->layout.flavour && strcmp(s->layout.flavour, "Framaforms") == 0)
		columns_take(s, "sid", RD_ID, &s->id);
	columns_take(s, "session", RD_SESSION, &s->session);
	columns_take(s, "seance", RD_SESSION, &s->session);
	columns_take(s, "date", RD_DATE, &s->date);
	if ((st = columns_text(s)) < 0)
		return st;
	for (uint32_t i = 0; i < s->d.columns; i++)
		if (s->cols[i].role == RD_FIELD && columns_private(s->cols[i].name))
			s->cols[i].role = RD_DROP;
	columns_distinct(s);
	columns_idle(s);
	if (s->date >= 0) {
		holding *w = malloc(sizeof *w);
		if (!w)
			return rd_nomem(h);
		s->dates_change = false;
		columns_look(s, (uint32_t)s->date, w);
		s->order = w->mdy && !w->dmy ? RD_DATE_MDY : RD_DATE_DMY;
		free(w);
	}
	for (uint32_t i = 0; i < s->d.columns; i++)
		if (s->cols[i].role == RD_FIELD)
			s->cols[i].field = h->field(h, o, rd_strz(s->cols[i].name));
	if (s->session >= 0)
		s->session_field = h->field(h, o, rd_strz("session"));
	if (s->date >= 0)
		s->date_field = h->field(h, o, rd_strz("date"));
	if (s->text_count > 1)
		s->question_field = h->field(h, o, rd_strz("question"));
	columns_decision(s, o);
	return AUR_OK;
}

void csv_columns_free(csv_state *s)
{
	for (uint32_t i = 0; i < s->d.columns && s->cols; i++)
		free(s->cols[i].label);
	free(s->cols);
	s->cols = NULL;
}
