/* SPDX-License-Identifier: Apache-2.0 */
/* Which columns are texts: those that the person names, else one with a name that is generally known, else by what they contain. */
#include <stdio.h>
#include <stdlib.h>
#include "csv.h"

const char *csv_question(const char *label)
{
	const char *p = label + (*label == 'Q');
	size_t n = strspn(p, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");
	return p > label && n >= 4 && strncmp(p + n, " - ", 3) == 0 ? p + n + 3 : NULL;
}

static aur_status text_text_asked(csv_state *s, const char *who)
{
	int32_t i = -1;
	aur_status st = csv_column_asked(s, who, "--text-column", RD_TEXT, &i);
	if (st < 0)
		return st;
	for (uint32_t j = 0; j < s->text_count && i >= 0; j++)
		if (s->texts[j] == (uint32_t)i)
			i = -1; /* the same column twice, perhaps under two names */
	if (i >= 0 && s->text_count == CSV_MAX_TEXTS)
		return rd_fail_at(s->in.host, AUR_E_CONFIG, s->in.host->source_name(s->in.host, s->in.src), s->layout.skip_lines + 1, 0,
		                  _("more than %u columns of texts are asked for: read some of them in another run, into another corpus"), CSV_MAX_TEXTS);
	if (i >= 0)
		s->texts[s->text_count++] = (uint32_t)i;
	return AUR_OK;
}

/* Parses « #4-#9 », or « #4-9 »: a range of columns. */
static bool text_range(const csv_state *s, const char *who, unsigned long *from, unsigned long *to)
{
	char *end;
	if (who[0] != '#' || who[1] < '1' || who[1] > '9' || csv_column_find(s, who) >= 0)
		return false;
	*from = strtoul(who + 1, &end, 10);
	if (*end != '-')
		return false;
	end += end[1] == '#' ? 2 : 1;
	if (*end < '1' || *end > '9')
		return false;
	*to = strtoul(end, &end, 10);
	return !*end && *from <= *to;
}

aur_status csv_texts_asked(csv_state *s, const csv_conf *c)
{
	aur_status st = AUR_OK;
	for (uint32_t k = 0; c->text[k] && st >= 0; k++) {
		unsigned long from, to;
		if (!text_range(s, c->text[k], &from, &to) || to > s->d.columns)
			st = text_text_asked(s, c->text[k]);
		else
			for (; from <= to && st >= 0; from++) {
				char who[24];
				snprintf(who, sizeof who, "#%lu", from);
				st = text_text_asked(s, who);
			}
	}
	return st;
}

/* Is this name usual for answers? */
static bool text_usual(const char *name)
{
	static const char *const usual[] = {
	    "textes",        "texte-libre",   "verbatims",         "reponse",       "reponses",
	    "votre-reponse", "reponse-libre", "contribution",      "contributions", "votre-contribution",
	    "commentaire",   "commentaires",  "votre-commentaire", "propos",        "avis",
	    "votre-avis",    "temoignage",    "temoignages",       "remarque",      "remarques",
	    "vos-remarques", "expression",    "expression-libre",  "paroles",       NULL};
	const char *const *w = usual;
	while (*w && strcmp(name, *w) != 0)
		w++;
	return *w != NULL;
}

/* The one column whose name is usual for answers.  Such names are usual for closed questions too, so this counts only if no column
 * has long answers.  -1: none, or several. */
static int32_t text_answer(const csv_state *s)
{
	int32_t found = -1;
	for (uint32_t i = 0; i < s->d.columns; i++)
		if (s->cols[i].role == RD_FIELD && text_usual(s->cols[i].name)) {
			if (found >= 0)
				return -1;
			found = (int32_t)i;
		}
	return found;
}

bool csv_texts_ask(const csv_state *s)
{
	if (s->text_count != 1)
		return s->text_count > 1;
	for (uint32_t i = 0; i < s->d.columns; i++)
		if (s->cols[i].role == RD_FIELD && strcmp(s->cols[i].name, "question") == 0)
			return false;
	const csv_column *c = &s->cols[s->texts[0]];
	return strpbrk(c->title, " ?") && !text_usual(c->name) && !csv_head_doubtful(s);
}

/* Appends what to type for these columns: « --text-column '#4-#6' --text-column '#9' ». */
static void text_type(const uint32_t *which, uint32_t n, rd_buf *b)
{
	for (uint32_t k = 0; k < n;) {
		uint32_t first = which[k], last = first;
		char part[64];
		while (++k < n && which[k] == last + 1)
			last++;
		if (first == last)
			snprintf(part, sizeof part, " --text-column '#%u'", first + 1);
		else
			snprintf(part, sizeof part, " --text-column '#%u-#%u'", first + 1, last + 1);
		rd_buf_add(b, part, strlen(part));
	}
}

/* Proposes columns that may be the text: those that were found, else those whose names ask a question. */
static void text_propose(const csv_state *s, const uint32_t *found, uint32_t n, rd_buf *b)
{
	uint32_t asking[CSV_MAX_TEXTS], nasking = 0;
	for (uint32_t i = 0; i < s->d.columns && nasking < CSV_MAX_TEXTS; i++)
		if (s->cols[i].role == RD_FIELD && s->cols[i].wordy && strchr(s->cols[i].label, '?'))
			asking[nasking++] = i;
	if (!n && !nasking)
		return;
	const char *lead = _("; those that look like answers:");
	rd_buf_add(b, lead, strlen(lead));
	text_type(n ? found : asking, n ? n : nasking, b);
}

static void text_take(csv_state *s, uint32_t i)
{
	s->cols[i].role = RD_TEXT;
	s->texts[s->text_count++] = i;
}

/* Takes the column whose name is that of a text, or the only one of a list; false: there is none. */
static bool text_by_name(csv_state *s)
{
	static const char *const usual[] = {"texte", "text", "verbatim", "body-fr", "body"};
	bool deci = s->layout.flavour && strcmp(s->layout.flavour, "Decidim") == 0;
	for (size_t k = 0; k < (deci ? 5u : 3u); k++)
		for (uint32_t i = 0; i < s->d.columns; i++)
			if (s->cols[i].role == RD_FIELD && strcmp(s->cols[i].name, usual[k]) == 0) {
				text_take(s, i);
				return true;
			}
	if (s->d.columns != 1 || s->layout.header_rows != 0)
		return false;
	text_take(s, 0);
	return true;
}

/* The columns that hold free text; else the one whose name is usual for answers; else those that hold some.  *n: how many.  False:
 * no memory. */
static bool text_by_content(csv_state *s, bool debat, uint32_t found[CSV_MAX_TEXTS], uint32_t *n)
{
	uint32_t some[CSV_MAX_TEXTS], nsome = 0;
	csv_holding *w = malloc(sizeof *w);
	*n = 0;
	if (!w)
		return false;
	for (uint32_t i = 0; i < s->d.columns && *n < CSV_MAX_TEXTS && i < 1024; i++) {
		if (s->cols[i].role != RD_FIELD || (debat && !csv_question(s->cols[i].label)))
			continue;
		csv_look(s, i, w);
		s->cols[i].wordy = csv_sentences(w);
		if (csv_free_text(w) || (debat && csv_some_free_text(w)))
			found[(*n)++] = i;
		else if (csv_some_free_text(w) && nsome < CSV_MAX_TEXTS)
			some[nsome++] = i;
	}
	free(w);
	int32_t named = *n ? -1 : text_answer(s);
	if (named >= 0)
		found[(*n)++] = (uint32_t)named;
	if (!*n)
		memcpy(found, some, (*n = nsome) * sizeof *found);
	return true;
}

static aur_status text_none(csv_state *s, const uint32_t *found, uint32_t n)
{
	const aur_host *h = s->in.host;
	const char *fmt = n ? _("no column is named texte, text or verbatim, and several hold long answers: name the one "
	                        "to read with "
	                        "--text-column NAME, or '#2' for its number (or several, each with its own --text-column)%s; the columns are: %s")
	                    : _("no column is named texte, text or verbatim: name the one that holds what people said "
	                        "with --text-column "
	                        "NAME%s; the columns are: %s");
	/* What to type comes first: surveys have long questions, and many of them. */
	rd_buf type = {0}, list = {0};
	text_propose(s, found, n, &type);
	rd_buf_add(&type, "", 1);
	csv_list_columns(s, &list, strlen(fmt) + (type.ptr ? type.len : 0));
	aur_status st = rd_fail_at(h, AUR_E_CONFIG, h->source_name(h, s->in.src), s->layout.skip_lines + 1, 0, fmt, type.ptr ? type.ptr : "",
	                           list.ptr ? list.ptr : "");
	rd_buf_free(&type);
	rd_buf_free(&list);
	return st;
}

aur_status csv_texts_find(csv_state *s)
{
	bool debat = s->layout.flavour && strcmp(s->layout.flavour, "Grand débat") == 0;
	uint32_t found[CSV_MAX_TEXTS], n;
	if (s->text_count || text_by_name(s))
		return AUR_OK;
	if (!text_by_content(s, debat, found, &n))
		return rd_nomem(s->in.host);
	if (n != 1 && !(n && debat))
		return text_none(s, found, n);
	for (uint32_t k = 0; k < n; k++)
		text_take(s, found[k]);
	return AUR_OK;
}
