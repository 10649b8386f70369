/* SPDX-License-Identifier: Apache-2.0 */
/* Which column is the id, the session, the date; which are fields, and which are dropped.  Decided by the names that the person
 * gives, and by names that are generally known. */
#include <stdio.h>
#include <stdlib.h>
#include "csv.h"

static void columns_names(csv_state *s)
{
	bool codes = s->layout.flavour && strcmp(s->layout.flavour, "LimeSurvey") == 0;
	for (uint32_t i = 0; i < s->d.columns; i++) {
		csv_column *c = &s->cols[i];
		const char *question = csv_question(c->label);
		size_t code = codes ? csv_code(c->label, strlen(c->label)) : 0;
		c->title = question ? question : code ? c->label + code + 2 : c->label;
		if (!rd_name_fold(c->title, strlen(c->title), c->name))
			snprintf(c->name, sizeof c->name, "column-%u", i + 1);
	}
}

static bool columns_taken(const csv_state *s, uint32_t i)
{
	const char *name = s->cols[i].name;
	bool taken = (s->session >= 0 && strcmp(name, "session") == 0) || (s->date >= 0 && strcmp(name, "date") == 0) ||
	             (s->asks && strcmp(name, "question") == 0);
	for (uint32_t j = 0; j < i && !taken; j++)
		taken = s->cols[j].role == RD_FIELD && strcmp(s->cols[j].name, name) == 0;
	return taken;
}

/* Two columns of the same name would be one field, so number them; « a-3 » may be another column's name already. */
static void columns_distinct(csv_state *s)
{
	for (uint32_t i = 0; i < s->d.columns; i++) {
		csv_column *c = &s->cols[i];
		char *end = c->name + strlen(c->name);
		for (unsigned more = 0; c->role == RD_FIELD && columns_taken(s, i); more++)
			snprintf(end, (size_t)(c->name + sizeof c->name - end), more ? "-%u-%u" : "-%u", i + 1, more);
	}
}

/* « Pourquoi ? » after each question: several text columns of the same name get a question with their number. */
static bool columns_questions(csv_state *s)
{
	for (uint32_t k = 0; k < s->text_count; k++) {
		csv_column *c = &s->cols[s->texts[k]];
		bool twice = false;
		for (uint32_t j = 0; j < s->text_count; j++)
			twice |= j != k && strcmp(s->cols[s->texts[j]].title, c->title) == 0;
		size_t room = strlen(c->title) + 16;
		if (!twice || !*c->title)
			continue;
		if (!(c->question = malloc(room)))
			return false;
		snprintf(c->question, room, "%s (#%u)", c->title, s->texts[k] + 1);
	}
	return true;
}

/* Is it a column that identifies a person or a device?  Such columns are dropped. */
static bool columns_private(const char *name)
{
	/* clang-format off */
	static const char *const drop[] = {
	    "adresse-ip", "ip-address", "ipaddr", "ip", "nom-d-utilisateur", "username", "user-name", "uid",
	    "adresse-mail", "adresse-e-mail", "e-mail", "email", "mail", "courriel", "adresse-email", "email-address",
	    "adresse-electronique", "adresse-de-messagerie", "prenom", "prenoms", "nom-de-famille", "nom-prenom",
	    "nom-et-prenom", "prenom-nom", "prenom-et-nom", "nom-complet", "telephone", "tel", "numero-de-telephone",
	    "n-de-telephone", "n-telephone", "numero-tel", "num-tel", "telephone-mobile", "telephone-portable",
	    "date-de-naissance", "date-naissance", "ne-e-le", "adresse-postale", "numero-caf", "n-caf",
	    "n-d-allocataire", "numero-allocataire", "numero-d-allocataire", "n-allocataire",
	    "numero-de-securite-sociale", "nir", NULL};
	/* clang-format on */
	static const char *const asked[] = {"-facultatif", "-optionnel", "-obligatoire", NULL};
	bool yours = strncmp(name, "votre-", 6) == 0; /* « Votre prénom (facultatif) » */
	name += yours ? 6 : 0;
	size_t n = strlen(name);
	for (const char *const *w = asked; *w; w++)
		if (n > strlen(*w) && strcmp(name + n - strlen(*w), *w) == 0)
			n -= strlen(*w);
	for (const char *const *w = drop; *w; w++)
		if (strlen(*w) == n && memcmp(name, *w, n) == 0)
			return true;
	return yours && n == 3 && memcmp(name, "nom", n) == 0;
}

static int32_t columns_named(const csv_state *s, const char *name)
{
	for (uint32_t i = 0; i < s->d.columns; i++)
		if (s->cols[i].role == RD_FIELD && strcmp(s->cols[i].name, name) == 0)
			return (int32_t)i;
	return -1;
}

/* Is there a column for who speaks? */
static bool columns_speaker(const csv_state *s)
{
	for (const char *const *w = rd_speakers; *w; w++)
		if (columns_named(s, *w) >= 0)
			return true;
	return false;
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
			aur_status st = csv_column_asked(s, name, "skip", RD_DROP, NULL);
			if (st < 0)
				return st;
		}
		list += n + (list[n] == ',');
	}
	return AUR_OK;
}

/* What the person named, which is never dropped or taken for something else. */
static aur_status columns_given(csv_state *s, const csv_conf *c)
{
	aur_status st;
	if ((st = columns_skip(s, c->skip)) < 0 || (st = csv_texts_asked(s, c)) < 0 ||
	    (st = csv_column_asked(s, c->id, "--id-column", RD_ID, &s->id)) < 0 ||
	    (st = csv_column_asked(s, c->session, "--session-column", RD_SESSION, &s->session)) < 0 ||
	    (st = csv_column_asked(s, c->date, "--date-column", RD_DATE, &s->date)) < 0)
		return st;
	for (uint32_t i = 0; i < s->d.columns; i++)
		if (!s->layout.header_rows || *s->cols[i].label || s->cols[i].role != RD_FIELD)
			s->named = i + 1;
	return AUR_OK;
}

/* The columns that tell id, session and date by their names. */
static void columns_usual(csv_state *s)
{
	/* what survey tools call the id of an answer, and when it was given */
	static const struct {
		const char *flavour, *id, *date;
	} tools[] = {{"Framaforms", "sid", "heure-de-soumission"},
	             {"Grand débat", "id", "createdat"}};
	/* what forms and spreadsheets call the moment of an answer */
	static const char *const moments[] = {"date-de-soumission", "date-submitted",  "submitdate",     "horodateur",   "horodatage",      "timestamp",
	                                      "date-de-reponse",    "date-de-saisie", "date-saisie",    "date_saisie",  "heure-de-fin",   "completion-time",
	                                      NULL};
	columns_take(s, "id", RD_ID, &s->id);
	columns_take(s, "session", RD_SESSION, &s->session);
	columns_take(s, "seance", RD_SESSION, &s->session);
	columns_take(s, "date", RD_DATE, &s->date);
	for (size_t k = 0; s->layout.flavour && k < sizeof tools / sizeof *tools; k++)
		if (strcmp(s->layout.flavour, tools[k].flavour) == 0) {
			columns_take(s, tools[k].id, RD_ID, &s->id);
			columns_take(s, tools[k].date, RD_DATE, &s->date);
		}
	columns_take(s, "id-de-la-reponse", RD_ID, &s->id);
	columns_take(s, "response-id", RD_ID, &s->id);
	for (const char *const *w = moments; *w; w++)
		columns_take(s, *w, RD_DATE, &s->date);
}

/* Leaves out the columns that say who a person is. */
static void columns_drop_private(csv_state *s)
{
	bool person = false; /* « Nom » alone may be that of a place */
	for (uint32_t i = 0; i < s->d.columns; i++)
		if (s->cols[i].role == RD_FIELD && columns_private(s->cols[i].name)) {
			s->cols[i].role = RD_DROP;
			person = true;
		}
	for (uint32_t i = 0; i < s->d.columns && person; i++)
		if (s->cols[i].role == RD_FIELD && strcmp(s->cols[i].name, "nom") == 0)
			s->cols[i].role = RD_DROP;
}

/* In which order the dates of the file are written.  False: no memory. */
static bool columns_date_order(csv_state *s)
{
	char iso[48];
	if (s->date < 0)
		return true;
	csv_holding *w = malloc(sizeof *w);
	if (!w)
		return false;
	csv_look(s, (uint32_t)s->date, w);
	s->dates.order = w->mdy && !w->dmy ? RD_DATE_MDY : RD_DATE_DMY;
	if (w->date[s->dates.order].len)
		rd_date(&s->dates, w->date[s->dates.order], 0, iso);
	free(w);
	return true;
}

/* Asks the host for the numbers of the fields.  False: no memory. */
static bool columns_fields(csv_state *s, const csv_conf *c, aur_record_sink *o)
{
	const aur_host *h = s->in.host;
	for (uint32_t i = 0; i < s->d.columns; i++)
		if (s->cols[i].role == RD_FIELD)
			s->cols[i].field = h->field(h, o, rd_strz(s->cols[i].name));
	if (s->session >= 0)
		s->session_field = h->field(h, o, rd_strz("session"));
	if (s->date >= 0)
		s->date_field = h->field(h, o, rd_strz("date"));
	if (!columns_questions(s))
		return false;
	if (s->asks)
		s->question_field = h->field(h, o, rd_strz("question"));
	if (s->text_count > 1 && (s->speaks = c->rows_are_people && !columns_speaker(s)))
		s->speaker_field = h->field(h, o, rd_strz("locuteur"));
	return true;
}

aur_status csv_columns(csv_state *s, const csv_conf *c, aur_record_sink *o)
{
	s->id = s->session = s->date = -1;
	aur_status st = csv_header(s);
	if (st < 0)
		return st;
	columns_names(s);
	if ((st = columns_given(s, c)) < 0)
		return st;
	columns_usual(s);
	if ((st = csv_texts_find(s)) < 0)
		return st;
	columns_drop_private(s);
	s->asks = csv_texts_ask(s);
	columns_distinct(s);
	csv_idle(s);
	if (!columns_date_order(s) || !columns_fields(s, c, o))
		return rd_nomem(s->in.host);
	csv_tell(s, o);
	return AUR_OK;
}

void csv_columns_free(csv_state *s)
{
	for (uint32_t i = 0; i < s->d.columns && s->cols; i++) {
		free(s->cols[i].label);
		free(s->cols[i].question);
	}
	free(s->cols);
	s->cols = NULL;
}
