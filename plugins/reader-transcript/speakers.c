/* SPDX-License-Identifier: Apache-2.0 */
/* Who speaks in a file, as a first look at it shows, and which of them asks the questions. */
#include <ctype.h>
#include <stdlib.h>
#include "transcript.h"

static bool label_begins(const char *name, const char *const *list)
{
	for (; *list; list++)
		if (strncmp(name, *list, strlen(*list)) == 0)
			return true;
	return false;
}

/* The kind of a label by its words alone, ignoring a number after them. */
static label_kind label_of(const char *name)
{
	static const char *const machine[] = {"speaker",     "intervenant",     "locuteur", "locutrice", "spk",
	                                      "participant", "unknown-speaker", "orateur",  "oratrice",  "inconnu",
	                                      NULL};
	static const char *const asks[] = {"enqueteur",   "enquetrice", "interviewer",  "intervieweu",   "intervieweur",
	                                   "animateur",   "animatrice", "facilitateur", "facilitatrice", "moderateur",
	                                   "moderatrice", "moderator",  "chercheu",     "sociologue",    NULL};
	static const char *const says[] = {"enquete",  "interviewe",   "repondant", "allocataire",
	                                   "habitant", "beneficiaire", "usager",    "homme",
	                                   "femme",    "voix",         NULL};
	char stem[RD_NAME_MAX];
	size_t n = strlen(name), digits = 0;
	while (digits < n && isdigit((unsigned char)name[n - 1 - digits]))
		digits++;
	memcpy(stem, name, n - digits);
	n -= digits;
	while (n && (stem[n - 1] == '-' || stem[n - 1] == '_'))
		n--;
	stem[n] = 0;
	if (!digits && n > 1 && name[n - 1] == 's') /* « Participants : 12 » is not a speaker */
		return LABEL_OTHER;
	if (label_begins(name, machine))
		return LABEL_MACHINE;
	const char *last = strrchr(name, '-'); /* « Claire (animatrice) » */
	if (strncmp(name, "chercheu", 8) == 0 && strstr(name, "-d-emploi"))
		return LABEL_SPEAKER;
	if (label_begins(name, asks) || (last && label_begins(last + 1, asks)))
		return LABEL_ASKS;
	if (!strcmp(stem, "enq") || !strcmp(stem, "anim"))
		return LABEL_ASKS;
	if (label_begins(name, says) || !strcmp(stem, "rep") || !strcmp(stem, "reponse") || !strcmp(stem, "ee"))
		return LABEL_SPEAKER;
	if (digits && n == 1 && strchr("s", stem[0]))
		return LABEL_MACHINE;
	if (digits && n == 1 && strchr("phflr", stem[0]))
		return LABEL_SPEAKER;
	if (!strcmp(name, "ee") || !strcmp(name, "question") || (n == 1 && !digits && isalpha((unsigned char)name[0])))
		return LABEL_LETTER;
	return LABEL_OTHER;
}

uint32_t speakers_find(speakers *s, aur_str label)
{
	char name[RD_NAME_MAX] = "";
	if (label.len && !rd_name_fold(label.ptr, label.len, name))
		return UINT32_MAX;
	for (uint32_t i = 0; i < s->n; i++)
		if (strcmp(s->v[i].name, name) == 0)
			return i;
	if (s->n == SPEAKERS_MAX)
		return UINT32_MAX;
	if (!s->v && !(s->v = calloc(SPEAKERS_MAX, sizeof *s->v)))
		return UINT32_MAX;
	speaker *x = &s->v[s->n];
	memcpy(x->name, name, sizeof name);
	size_t n = label.len < sizeof x->label ? label.len : sizeof x->label - 1;
	n = rd_utf8_valid(label.ptr ? label.ptr : "", n);
	if (n)
		memcpy(x->label, label.ptr, n);
	x->label[n] = 0;
	x->kind = label_of(name);
	return s->n++;
}

uint32_t speakers_called(speakers *s, aur_str label)
{
	uint32_t i = speakers_find(s, label);
	return i < s->n && s->v[i].as ? s->v[i].as : i;
}

void speakers_free(speakers *s)
{
	free(s->v);
	s->v = NULL;
	s->n = 0;
}

static uint32_t with(const speakers *s, const char *name)
{
	uint32_t i = 0;
	while (i < s->n && strcmp(s->v[i].name, name) != 0)
		i++;
	return i < s->n ? s->v[i].colon + s->v[i].strong + s->v[i].weak : 0;
}

/* « E : » and « R : », « Q : » and « R : », « I : » and « B : »: two letters, one of which is somebody who asks. */
static bool letters(const speakers *s, const speaker *x)
{
	uint32_t n = 0, asks = 0;
	if (x->kind != LABEL_LETTER)
		return false;
	if (with(s, "r") || with(s, "ee") || with(s, "rep") || with(s, "reponse"))
		return !strcmp(x->name, "r") || !strcmp(x->name, "ee") || !strcmp(x->name, "e") ||
		       !strcmp(x->name, "q") || !strcmp(x->name, "i") || !strcmp(x->name, "question");
	for (uint32_t i = 0; i < s->n; i++)
		if (s->v[i].kind == LABEL_LETTER && with(s, s->v[i].name) >= 2) {
			n++;
			asks += strchr("eqi", s->v[i].name[0]) != NULL;
		}
	return n == 2 && asks == 1 && with(s, x->name) >= 2;
}

bool speakers_asks(const speakers *s, uint32_t who)
{
	const speaker *x = &s->v[who];
	return x->kind == LABEL_ASKS || (letters(s, x) && strchr("eqi", x->name[0]) && strcmp(x->name, "ee"));
}

/* Do the words of the label alone show that it is a speaker? */
static bool known(const speakers *s, const speaker *x)
{
	return x->kind == LABEL_SPEAKER || x->kind == LABEL_MACHINE || x->kind == LABEL_ASKS || letters(s, x);
}

/* « Karim », « M. Dupont »: each word begins with a capital or a digit, and it is not a word that sentences begin with. */
static bool capitals(const speaker *x)
{
	static const char *const no[] = {"attention", "exemple", "note",  "resultat", "conclusion", "bref",  "donc",
	                                 "remarque",  "ps",      "nb",    "total",    "objet",      "merci", "oui",
	                                 "non",       "voila",   "date",  "lieu",     "duree",      "titre", "apres",
	                                 "avant",     "ensuite", "enfin", "presents", "presentes",  "absents", "absentes",
	                                 "excuses",   "excusees", "participants", "participantes", "invites", "invitees", "effectif",
	                                 "animation", "salle",   "horaire", "horaires", "theme",   "themes",  "sujet",
	                                 "consigne",  "seance",  "atelier", "groupe",   "commune", "territoire", "public",
	                                 "redaction", "contexte", "synthese", "ordre-du-jour", NULL};
	const unsigned char *p = (const unsigned char *)x->label, *end = p + strlen(x->label);
	bool first = true;
	for (const char *const *w = no; *w; w++)
		if (strcmp(*w, x->name) == 0)
			return false;
	for (; p < end; p++) {
		bool upper = isupper(*p) || isdigit(*p) || (*p == 0xC3 && p + 1 < end && p[1] >= 0x80 && p[1] < 0x9F);
		if (first && !upper && *p != '(')
			return false;
		first = *p == ' ';
	}
	return true;
}

uint32_t speakers_head(const speakers *s, const head_line *h)
{
	if (h->kind < HEAD_STRONG || !s->named)
		return UINT32_MAX;
	char name[RD_NAME_MAX];
	if (!rd_name_fold(h->label.ptr, h->label.len, name))
		return UINT32_MAX;
	uint32_t i = 0;
	while (i < s->n && strcmp(s->v[i].name, name) != 0)
		i++;
	if (i == s->n)
		return UINT32_MAX;
	if (h->cell && s->cells * 4 < s->lines) /* a small table, or a list, within a turn */
		return UINT32_MAX;
	i = s->v[i].as ? s->v[i].as : i;
	const speaker *x = &s->v[i];
	bool is = known(s, x);
	if (h->kind == HEAD_STRONG)
		is = true;
	else if (h->kind == HEAD_COLON && s->every)
		is = true;
	else if (h->kind == HEAD_COLON)
		is |= x->strong > 0 ||
		      (!s->timed && ((s->people && capitals(x)) || (x->colon >= 2 && x->colon * 20 >= s->heads)));
	else
		is |= x->strong > 0 || (h->alone && s->below >= s->weak && (x->weak >= 2 || capitals(x)));
	return is ? i : UINT32_MAX;
}

/* ---- the first look -------------------------------------------------------------------------------------------------- */

static bool look_head(speakers *s, const head_line *h)
{
	if (h->kind < HEAD_STRONG)
		return true;
	uint32_t i = speakers_find(s, h->label);
	if (i == UINT32_MAX)
		return s->v != NULL; /* no room for another speaker: the label stays in the text */
	s->v[i].strong += h->kind == HEAD_STRONG;
	s->v[i].colon += h->kind == HEAD_COLON;
	s->v[i].weak += h->kind == HEAD_WEAK;
	s->v[i].questions += h->rest.len && memchr(h->rest.ptr, '?', h->rest.len);
	return true;
}

/* A line of subtitles: « <v Marie>oui », « Marie: oui ». */
static bool look_caption(speakers *s, aur_str line)
{
	rd_buf plain = {0};
	aur_str voice, label, rest;
	bool ok = true;
	for (size_t at = 0, part = 0; ok && at < line.len && line.len <= 4096; part++) {
		plain.len = 0;
		ok = cue_plain(&plain, line, &at, &voice);
		head_line h = {.kind = HEAD_COLON};
		if (ok && voice.ptr && voice.len) {
			h.kind = HEAD_STRONG;
			h.label = voice;
			s->tags = true;
		} else if (ok && !part && rd_label(rd_str(plain.ptr, plain.len), &label, &rest)) {
			h.label = label;
		}
		ok = ok && (!h.label.len || look_head(s, &h));
	}
	rd_buf_free(&plain);
	return ok;
}

/* « Marie (riant) », « Claire (animatrice) » where there is a « Marie » and a « Claire » as well: the same person, and what is said of
 * her holds throughout. */
static void look_asides(speakers *s)
{
	for (uint32_t i = 0; i < s->n; i++) {
		speaker *x = &s->v[i], *y;
		const char *aside = strchr(x->label, '(');
		char name[RD_NAME_MAX];
		if (!aside || !islower((unsigned char)aside[1]) || !rd_name_fold(x->label, (size_t)(aside - x->label), name))
			continue;
		uint32_t k = 1;
		while (k < s->n && strcmp(s->v[k].name, name) != 0)
			k++;
		if (k == s->n || k == i)
			continue;
		y = &s->v[x->as = k];
		y->colon += x->colon;
		y->strong += x->strong;
		y->weak += x->weak;
		y->questions += x->questions;
		y->kind = x->kind == LABEL_ASKS ? x->kind : y->kind;
		x->colon = x->strong = x->weak = x->questions = 0;
		x->kind = LABEL_OTHER;
	}
}

static void look_settle(speakers *s)
{
	look_asides(s);
	uint32_t timed = 0, colon = 0, named = 0, any = 0, people = 0, weak = 0, who = 0;
	for (uint32_t i = 0; i < s->n; i++) {
		const speaker *x = &s->v[i];
		bool is = known(s, x) || x->colon >= 2;
		timed += x->strong + (known(s, x) ? x->weak : 0);
		weak += s->below >= s->weak && x->weak >= 2 && !x->colon ? x->weak : 0;
		any += x->colon;
		people += !known(s, x) && x->colon >= 2 && capitals(x) ? x->colon : 0;
		colon += is ? x->colon : 0;
		named += is && x->colon;
	}
	s->heads = colon;
	s->people = people * 4 >= colon;
	s->timed = timed >= 2 && timed >= colon;
	s->every = s->captions && any >= 3 && any * 5 >= s->cues * 4;
	/* A word and a colon may begin a sentence.  So in subtitles there must be at least two names, and often; where each line
	 * has its time, they must be on many of these lines. */
	uint32_t heads = timed + colon ? timed + colon : weak;
	s->named =
	    s->captions ? s->tags || s->every || (named >= 2 && colon * 10 >= s->cues) : heads && heads >= s->times;
	for (uint32_t i = 0; i < s->n; i++) {
		const speaker *x = &s->v[i];
		who += x->strong || (!s->tags && (known(s, x) || x->colon >= 2 || (s->every && x->colon)));
	}
	s->single = s->named && who == 1;
}

bool speakers_look(speakers *s, const char *p, size_t n)
{
	const char *end = p + n;
	if (speakers_find(s, rd_str(NULL, 0)) == UINT32_MAX) /* NOBODY, which is always the first */
		return false;
	uint32_t from, to, in_cue = 0, seen = 0;
	aur_str above = {NULL, 0}, last = {NULL, 0}, first = {NULL, 0};
	bool after_time = false, ok = true;
	for (const char *q = p; q < end && seen < 40 && !s->captions; seen++) {
		aur_str line = rd_label_trim(rd_line_of(&q, end));
		s->captions =
		    head_cue(line, &from, &to) || (!seen && line.len >= 6 && memcmp(line.ptr, "WEBVTT", 6) == 0);
	}
	while (p < end && ok) {
		aur_str line = rd_label_trim(rd_line_of(&p, end));
		if (s->captions && head_cue(line, &from, &to)) {
			s->cues++;
			in_cue = 1;
			above = last;
			first = (aur_str){NULL, 0};
		} else if (s->captions) {
			if (in_cue && line.len && !cue_digits(line)) {
				if (!first.len)
					first = line;
				in_cue++;
				/* rolling captions: the first of two lines is the last one of the cue above */
				ok = look_caption(s, line);
				s->rolls += in_cue == 3 && above.len && above.len == first.len &&
				            memcmp(above.ptr, first.ptr, first.len) == 0;
				last = line;
			}
		} else if (line.len) {
			head_line h = head_look(line, after_time);
			s->lines++;
			s->times += (h.bracket || h.full) && ((h.kind == HEAD_TIME && !h.alone) || h.kind == HEAD_WEAK);
			s->below += h.kind == HEAD_NONE;
			s->weak += h.kind == HEAD_WEAK && h.alone;
			s->chats += h.chat;
			s->cells += h.cell;
			s->stamps += h.kind == HEAD_COLON && line.ptr[line.len - 1] == '#' &&
			             memchr(line.ptr, '#', line.len - 1);
			s->alone += h.kind >= HEAD_STRONG && h.alone;
			ok = look_head(s, &h);
			if (ok && h.cell && s->cells == 1)
				s->opens = speakers_find(s, h.label);
			after_time = h.kind == HEAD_TIME && h.alone;
		}
	}
	look_settle(s);
	return ok;
}

/* Does the one whose cell is the first of a column speak again? */
static bool again(const speakers *s)
{
	const speaker *x = s->opens < s->n ? &s->v[s->opens] : NULL;
	return x && s->v[x->as ? x->as : s->opens].colon >= 2;
}

int32_t speakers_sure(const speakers *s)
{
	uint32_t strong = 0, asks = 0, says = 0, others = 0, heads = 0, machines = 0;
	if (s->captions)
		return s->cues ? 98 : 90;
	for (uint32_t i = 0; i < s->n; i++) {
		const speaker *x = &s->v[i];
		bool is = known(s, x);
		if (is || x->strong >= 2)
			strong += x->strong + (is ? x->weak : 0);
		else if (x->weak >= 2 && s->weak <= s->below) /* « [14:03] Marie », with the words on the next line */
			strong += x->weak;
		if (x->colon < 2)
			continue;
		heads += x->colon;
		asks += speakers_asks(s, i) &&
		        x->questions; /* « Animatrice : Mme X » above the notes of each session is not a question */
		machines += x->kind == LABEL_MACHINE;
		says += is;
		others += !is;
	}
	if (s->chats >= 2 || s->stamps >= 3) /* chat messages; or #00:00:15-8# at the ends of turns */
		return 85;
	/* Opening hours, « Lundi 9:00 », have no words below them. */
	if (strong >= 3 && s->alone * 2 <= s->lines)
		return 85;
	if (s->times >= 3 && s->times * 10 >= s->lines * 6)
		return 80;
	/* Questions and answers in two columns: surer than that it is any table (70).  But the columns of a table have names, « Profession »
	 * and « Votre avis », and who answers may be an animatrice; a dialogue begins with somebody who speaks again. */
	if (asks && says + others >= 2 && heads >= 4 && s->cells * 10 >= s->lines * 9 && again(s))
		return 75;
	return ((asks && says + others >= 2) || machines >= 2) && heads >= 4 && heads * 10 >= s->lines ? 60 : 0;
}
