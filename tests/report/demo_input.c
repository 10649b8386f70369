/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/hash.h"
#include "base/mem.h"
#include "demo_input.h"

struct demo_input {
	aur_input in;
	aur_arena arena;
	aur_in_session *sessions;
	aur_in_contribution *contributions;
	struct said {
		aur_str id, text;
	} *texts;
	aur_str *roles, *exprs;
	aur_in_hit *hits;
	aur_in_total *totals;
	char **speakers;
	uint32_t session_cap, contribution_cap, text_cap, role_cap, speaker_cap, expr_cap, total_cap;
	size_t hit_cap;
	char *truth;
};

static const struct {
	const char *code, *label, *starts; /* beginnings of words, lower case, separated by | */
	int parent;
} themes[] = {
	{"stigmatisation", "Stigmatisation", "fainéant|profiteur|assisté|cas soc|crochets|juge|honte|regard|parasite|préjugé|cassos|glandeur", -1},
	{"sanctions", "Sanctions", "sanction|coupé|couper|suspen|radi|chantage|menac|sansion|santion|sucré", -1},
	{"sanctions.radiation", "Radiation", "radi", 1},
	{"mobilite", "Mobilité", "bus|permis|voiture|transport|train|essence|covoit|vélo|velo|car |km", -1},
	{"administratif", "Lourdeurs administratives", "papier|dossier|courrier|renvo|paperasse|formulaire|guichet|attestation|balad", -1},
	{"quinze-heures", "15 heures d'activité", "15h|15 h|quinze heures|flic|heure par heure", -1},
	{"france-travail", "France Travail", "france travail|pôle emploi|pole emploi|ft ", -1},
	{"caf", "CAF", "caf|allocations familiales", -1},
	{"accompagnement", "Accompagnement et référents", "référent|referent|conseill|rdv|rendez-vous|écout|accompagn|coach", -1},
	{"ateliers", "Ateliers et boosters", "atelier|booster|sophro|théâtre|sport|cuisine", -1},
	{"emploi", "Emploi", "emploi|travail|boulot|cv|offre|patron|embauch|candidat|entretien|recrut", -1},
	{"formation", "Formation", "formation|diplôme|diplome|stage|qualif", -1},
	{"precarite", "Précarité financière", "loyer|dette|facture|manger|fin de mois|surviv|frigo|bons alim|trop-perçu|trop perçu|euros", -1},
	{"confidentialite", "Confidentialité", "entend|cloison|confiden|porte ouverte|tout le monde", -1},
	{"sante", "Santé et handicap", "santé|dos|handicap|rqth|mdph|dépress|malad|hôpital|fatigu", -1},
	{"confiance", "Confiance et reconnaissance", "confiance|fier|fière|réussi|motiv|diplôme|capable", -1},
	{"numerique", "Numérique", "internet|ordinateur|appli|site|mot de passe|visio|smartphone|mail", -1},
	{"parcours", "Parcours et choix", "projet|étape|parcours|dire non|choi|orient", -1},
	{"isolement", "Isolement et lien social", "seul|isol|rencontr|ensemble|entraide|monde", -1},
};
#define THEMES (sizeof themes / sizeof *themes)

static aur_str str(demo_input *d, const char *s)
{
	size_t n = s ? strlen(s) : 0;
	return (aur_str){aur_arena_dup(&d->arena, s ? s : "", n), n};
}

static aur_str attr(demo_input *d, xmlNode *n, const char *name)
{
	xmlChar *v = xmlGetProp(n, (const xmlChar *)name);
	aur_str s = str(d, (const char *)v);
	xmlFree(v);
	return s;
}

static bool is(xmlNode *n, const char *name)
{
	return n->type == XML_ELEMENT_NODE && !strcmp((const char *)n->name, name);
}

static bool equal(aur_str a, const char *b)
{
	return a.len == strlen(b) && !memcmp(a.ptr, b, a.len);
}

static aur_str content(demo_input *d, xmlNode *n)
{
	xmlChar *v = xmlNodeGetContent(n);
	char *s = (char *)v, *w = s;
	for (char *r = s; *r; r++)
		if (!isspace((unsigned char)*r))
			*w++ = *r;
		else if (w > s && w[-1] != ' ')
			*w++ = ' ';
	while (w > s && w[-1] == ' ')
		w--;
	*w = 0;
	aur_str out = str(d, s);
	xmlFree(v);
	return out;
}

static uint32_t role_of(demo_input *d, aur_str name)
{
	if (name.len && name.ptr[0] == '#') {
		name.ptr++;
		name.len--;
	}
	if (!name.len)
		return AUR_IN_ABSENT;
	for (uint32_t i = 0; i < d->in.role_count; i++)
		if (equal(name, d->roles[i].ptr))
			return i;
	AUR_GROW(d->roles, d->in.role_count, d->role_cap);
	d->roles[d->in.role_count] = name;
	return d->in.role_count++;
}

static void total(demo_input *d, bool invited, uint32_t role, uint32_t session, int64_t value)
{
	AUR_GROW(d->totals, d->in.total_count, d->total_cap);
	d->totals[d->in.total_count++] = (aur_in_total){invited, role, session, value};
}

#define ROLES 8
static void setting(demo_input *d, xmlNode *n)
{
	AUR_GROW(d->sessions, d->in.session_count, d->session_cap);
	uint32_t index = d->in.session_count++;
	aur_in_session s = {.id = attr(d, n, "id"), .wave = attr(d, n, "n")};
	int64_t *invited = aur_arena_alloc(&d->arena, ROLES * sizeof *invited), *present = aur_arena_alloc(&d->arena, ROLES * sizeof *present);
	for (int i = 0; i < ROLES; i++)
		invited[i] = present[i] = -1;
	for (xmlNode *c = n->children; c; c = c->next) {
		if (is(c, "date"))
			s.date = attr(d, c, "when");
		else if (is(c, "placeName"))
			s.place = content(d, c);
		else if (is(c, "region"))
			s.territory = content(d, c);
		else if (is(c, "locale"))
			s.kind = content(d, c);
		else if (is(c, "measure")) {
			uint32_t r = role_of(d, attr(d, c, "ana"));
			bool inv = equal(attr(d, c, "type"), "invites");
			int64_t v = atoll(attr(d, c, "quantity").ptr);
			if (r == AUR_IN_ABSENT)
				total(d, inv, r, index, v);
			else if (r < ROLES)
				(inv ? invited : present)[r] = v;
		}
	}
	s.invited = invited;
	s.present = present;
	d->sessions[index] = s;
}

static uint32_t expr_of(demo_input *d, aur_str e)
{
	char *low = aur_arena_dup(&d->arena, e.ptr, e.len);
	for (size_t i = 0; i < e.len; i++)
		if ((unsigned char)low[i] < 128)
			low[i] = (char)tolower(low[i]);
	for (uint32_t i = 0; i < d->in.expr_count; i++)
		if (d->exprs[i].len == e.len && !memcmp(d->exprs[i].ptr, low, e.len))
			return i;
	AUR_GROW(d->exprs, d->in.expr_count, d->expr_cap);
	d->exprs[d->in.expr_count] = (aur_str){low, e.len};
	return d->in.expr_count++;
}

static bool letter(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 128;
}

/* Where one of the theme's beginnings stands in the text. */
static bool find(aur_str text, const char *starts, size_t *from, size_t *to)
{
	size_t at = SIZE_MAX;
	for (const char *p = starts; *p;) {
		size_t n = strcspn(p, "|");
		for (size_t i = 0; i + n <= text.len && i < at; i++)
			if ((!i || !letter(text.ptr[i - 1])) && !strncasecmp(text.ptr + i, p, n)) {
				at = i;
				*from = i;
				*to = i + n;
				while (*to > *from && text.ptr[*to - 1] == ' ')
					--*to;
				while (*to < text.len && letter(text.ptr[*to]))
					++*to;
			}
		p += n + (p[n] == '|');
	}
	return at != SIZE_MAX;
}

static void hit(demo_input *d, aur_in_contribution *c, aur_str text, uint32_t theme, aur_polarity polarity)
{
	size_t from = 0, to = 0;
	if (!find(text, themes[theme].starts, &from, &to)) { /* the longest word stands for it */
		size_t best = 0;
		for (size_t i = 0; i < text.len;) {
			size_t j = i;
			while (j < text.len && letter(text.ptr[j]))
				j++;
			if (j - i > best) {
				best = j - i;
				from = i;
				to = j;
			}
			i = j > i ? j : i + 1;
		}
	}
	AUR_GROW(d->hits, d->in.hit_count, d->hit_cap);
	d->hits[d->in.hit_count++] = (aur_in_hit){theme, expr_of(d, (aur_str){text.ptr + from, to - from}), (uint32_t)from, (uint32_t)to, polarity};
	c->hit_count++;
}

static void code_contribution(demo_input *d, aur_in_contribution *c, aur_str id, aur_str text)
{
	c->first_hit = d->in.hit_count;
	if (!d->truth) {
		size_t from, to;
		for (uint32_t t = 0; t < THEMES; t++)
			if (find(text, themes[t].starts, &from, &to))
				hit(d, c, text, t, AUR_ASSERTED);
		return;
	}
	char key[64];
	snprintf(key, sizeof key, "\n%s;", id.ptr);
	const char *line = strstr(d->truth, key);
	if (!line)
		return;
	line += strlen(key);
	aur_polarity polarity = AUR_ASSERTED;
	while (*line && *line != '\n' && *line != '\r') {
		size_t n = strcspn(line, "|;\r\n");
		for (uint32_t t = 0; t < THEMES; t++)
			if (strlen(themes[t].code) == n && !strncmp(themes[t].code, line, n)) {
				hit(d, c, text, t, polarity);
				size_t from, to;
				for (uint32_t s = 0; s < THEMES; s++)
					if (themes[s].parent == (int)t && find(text, themes[s].starts, &from, &to))
						hit(d, c, text, s, polarity);
			}
		line += n;
		if (*line == ';')
			polarity = AUR_NEGATED;
		line += *line == '|' || *line == ';';
	}
}

static void contribution(demo_input *d, xmlNode *n, aur_str categorie)
{
	static const char *const stances[] = {"", "garde", "ameliore", "jette", "", ""};
	static const char *const fingers[] = {"", "pouce", "index", "majeur", "annulaire", "auriculaire"};
	aur_str id = attr(d, n, "id");
	aur_in_contribution c = {.session = AUR_IN_ABSENT, .speaker = AUR_IN_ABSENT, .role = AUR_IN_ABSENT};
	aur_str decls = attr(d, n, "decls"), who = attr(d, n, "who"), status = attr(d, n, "type");
	for (uint32_t i = 0; i < d->in.session_count; i++)
		if (decls.len > 1 && equal(d->sessions[i].id, decls.ptr + 1))
			c.session = i;
	if (who.len > 1) {
		uint32_t i = 0;
		while (i < d->in.speaker_count && strcmp(d->speakers[i], who.ptr + 1))
			i++;
		if (i == d->in.speaker_count) {
			AUR_GROW(d->speakers, d->in.speaker_count, d->speaker_cap);
			d->speakers[d->in.speaker_count++] = aur_arena_dup(&d->arena, who.ptr + 1, who.len - 1);
		}
		c.speaker = i;
	}
	c.status = equal(status, "reformule") ? AUR_IN_SUMMED : equal(status, "professionnel") ? AUR_IN_PRO : AUR_IN_SAID;
	for (uint8_t i = 1; i < 6; i++) {
		if (categorie.len && equal(categorie, stances[i]))
			c.stance = i;
		if (equal(categorie, fingers[i]))
			c.stance = c.finger = i;
	}
	for (xmlNode *k = n->children, *next; k; k = next) {
		next = k->next;
		if (!is(k, "note"))
			continue;
		aur_str type = attr(d, k, "type"), value = content(d, k);
		if (equal(type, "role"))
			c.role = role_of(d, value);
		else if (equal(type, "citation"))
			c.consent = equal(value, "oui") ? AUR_IN_YES : AUR_IN_NO;
		xmlUnlinkNode(k);
		xmlFreeNode(k);
	}
	aur_str text = content(d, n);
	for (size_t i = 0; i < text.len; i++)
		c.tokens += letter(text.ptr[i]) && (i + 1 == text.len || !letter(text.ptr[i + 1]));
	c.text_hash = aur_hash64(text.ptr, text.len, 1) | 1;
	code_contribution(d, &c, id, text);
	AUR_GROW(d->texts, d->in.contribution_count, d->text_cap);
	d->texts[d->in.contribution_count] = (struct said){id, text};
	AUR_GROW(d->contributions, d->in.contribution_count, d->contribution_cap);
	d->contributions[d->in.contribution_count++] = c;
}

static void walk(demo_input *d, xmlNode *n, aur_str categorie, bool body)
{
	for (; n; n = n->next) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		aur_str cat = categorie;
		if (is(n, "div") && equal(attr(d, n, "type"), "categorie"))
			cat = attr(d, n, "n");
		if (is(n, "title") && !d->in.title.len)
			d->in.title = content(d, n);
		if (is(n, "licence"))
			d->in.licence = content(d, n);
		if (is(n, "projectDesc"))
			d->in.invented = equal(attr(d, n, "ana"), "#invented");
		if (is(n, "extent"))
			for (xmlNode *m = n->children; m; m = m->next)
				if (is(m, "measure"))
					total(d, equal(attr(d, m, "type"), "total-invites"), role_of(d, attr(d, m, "ana")), AUR_IN_ABSENT,
					      atoll(attr(d, m, "quantity").ptr));
		if (is(n, "setting"))
			setting(d, n);
		else if (body && (is(n, "u") || is(n, "seg")))
			contribution(d, n, cat);
		else
			walk(d, n->children, cat, body || is(n, "body"));
	}
}

static aur_code id_of(void *ctx, uint32_t i, aur_str *out, aur_error *e)
{
	(void)e;
	*out = ((demo_input *)ctx)->texts[i].id;
	return AURE_OK;
}

static aur_code text_of(void *ctx, uint32_t i, aur_str *out, aur_error *e)
{
	(void)e;
	*out = ((demo_input *)ctx)->texts[i].text;
	return AURE_OK;
}

static void seal(demo_input *d)
{
	aur_in_theme *t = aur_arena_alloc(&d->arena, THEMES * sizeof *t);
	for (uint32_t i = 0; i < THEMES; i++)
		t[i] = (aur_in_theme){str(d, themes[i].code), str(d, themes[i].label), str(d, ""), str(d, themes[i].code), str(d, "1.0"),
				      themes[i].parent < 0 ? AUR_IN_ABSENT : (uint32_t)themes[i].parent};
	d->in.themes = t;
	d->in.theme_count = THEMES;
	d->in.sessions = d->sessions;
	d->in.roles = d->roles;
	d->in.totals = d->totals;
	d->in.contributions = d->contributions;
	d->in.hits = d->hits;
	d->in.exprs = d->exprs;
	d->in.id = id_of;
	d->in.text = text_of;
	d->in.ctx = d;
	aur_in_fingerprint *f = aur_arena_alloc(&d->arena, 3 * sizeof *f);
	aur_fp fp;
	char hex[33];
	aur_fp_init(&fp);
	for (uint32_t i = 0; i < d->in.contribution_count; i++)
		aur_fp_add(&fp, d->texts[i].text.ptr, d->texts[i].text.len);
	aur_fp_hex(&fp, hex);
	f[0] = (aur_in_fingerprint){str(d, "corpus"), d->in.title, str(d, ""), str(d, hex)};
	f[1] = (aur_in_fingerprint){str(d, "lexicon"), str(d, "fixture"), str(d, "1.0"), str(d, "")};
	f[2] = (aur_in_fingerprint){str(d, "engine"), str(d, PACKAGE_NAME), str(d, PACKAGE_VERSION), str(d, "")};
	static const char *const dims[4] = {"territoire", "type-territoire", "vague", "role"};
	static const char *const fingers[6] = {"", "pouce", "index", "majeur", "annulaire", "auriculaire"};
	for (int i = 0; i < 4; i++)
		d->in.dim_field[i] = str(d, dims[i]);
	for (int i = 1; i < 6; i++) {
		char question[40];
		snprintf(question, sizeof question, "categorie:%s", fingers[i]);
		d->in.finger_query[i] = str(d, question);
	}
	d->in.fingerprints = f;
	d->in.fingerprint_count = 3;
}

demo_input *demo_input_read(const char *tei, const char *truth)
{
	demo_input *d = aur_xcalloc(1, sizeof *d);
	if (truth) {
		aur_buf b = {0};
		FILE *f = fopen(truth, "rb");
		if (!f) {
			perror(truth);
			demo_input_free(d);
			return NULL;
		}
		char buf[4096];
		size_t n;
		aur_buf_byte(&b, '\n');
		while ((n = fread(buf, 1, sizeof buf, f)))
			aur_buf_put(&b, buf, n);
		fclose(f);
		d->truth = aur_xstrdup(aur_buf_cstr(&b));
		aur_buf_free(&b);
	}
	xmlDoc *doc = xmlReadFile(tei, NULL, XML_PARSE_NONET);
	if (!doc) {
		demo_input_free(d);
		return NULL;
	}
	walk(d, xmlDocGetRootElement(doc), (aur_str){"", 0}, false);
	xmlFreeDoc(doc);
	seal(d);
	return d;
}

demo_input *demo_input_scaled(const char *tei, const char *truth, uint32_t contributions, uint32_t sessions)
{
	demo_input *d = demo_input_read(tei, truth);
	if (!d || !d->in.contribution_count || !d->in.session_count)
		return d;
	uint32_t base = d->in.contribution_count, base_sessions = d->in.session_count, speakers = d->in.speaker_count;
	char name[64];
	for (uint32_t s = base_sessions; s < sessions; s++) {
		AUR_GROW(d->sessions, d->in.session_count, d->session_cap);
		aur_in_session x = d->sessions[s % base_sessions];
		snprintf(name, sizeof name, "%s-%u", x.id.ptr, (unsigned)s);
		x.id = str(d, name);
		snprintf(name, sizeof name, "20%02u-%02u-%02u", (unsigned)(10 + s / 24 % 80), (unsigned)(1 + s / 2 % 12), (unsigned)(1 + s % 2 * 14));
		x.date = str(d, name);
		x.wave = str(d, s < sessions / 2 ? "vague-1" : "vague-2");
		d->sessions[d->in.session_count++] = x;
	}
	for (uint32_t i = base; i < contributions; i++) {
		AUR_GROW(d->texts, d->in.contribution_count, d->text_cap);
		AUR_GROW(d->contributions, d->in.contribution_count, d->contribution_cap);
		aur_in_contribution c = d->contributions[i % base];
		snprintf(name, sizeof name, "c%u", (unsigned)i);
		d->texts[d->in.contribution_count] = (struct said){str(d, name), d->texts[i % base].text};
		c.session = (i * 2654435761u >> 8) % sessions;
		c.speaker = speakers + i / 6;
		c.text_hash += i;
		d->contributions[d->in.contribution_count++] = c;
	}
	d->in.speaker_count = speakers + contributions / 6 + 1;
	seal(d);
	return d;
}

aur_input *demo_input_of(demo_input *d)
{
	return &d->in;
}

void demo_input_free(demo_input *d)
{
	if (!d)
		return;
	aur_arena_free(&d->arena);
	free(d->sessions);
	free(d->contributions);
	free(d->texts);
	free(d->roles);
	free(d->exprs);
	free(d->hits);
	free(d->totals);
	free(d->speakers);
	free(d->truth);
	free(d);
}
