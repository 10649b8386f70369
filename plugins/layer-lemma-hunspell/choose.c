/* SPDX-License-Identifier: Apache-2.0 */
/* choose.c - the dictionary lists every reading of a form (« été »: a noun; a form of être) and does not rank them.  A form has no
 * context here, so one reading has to do: each gets a score by its kind, and the best one wins, the first in case of a tie.
 * Auxiliaries come before all, participles count as verbs, nouns come before other verb forms, adjectives last.  A short list
 * corrects what this gets wrong too often. */
#include "choose.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Sorted by form, bytewise. */
static const struct known {
	const char *form, *lemma;
} known[] = {
    {"capitale", "capitale"},
    {"carrière", "carrière"},
    {"carrières", "carrière"},
    {"commune", "commune"},
    {"communes", "commune"},
    {"content", "content"},
    {"contente", "content"},
    {"contents", "content"},
    {"cours", "cours"},
    {"devons", "devoir"},
    {"dispose", "disposer"},
    {"donne", "donner"},
    {"donnes", "donner"},
    {"délégué", "délégué"},
    {"délégués", "délégué"},
    {"député", "député"},
    {"députés", "député"},
    {"forte", "fort"},
    {"fortes", "fort"},
    {"fous", "foutre"},
    {"haute", "haut"},
    {"hautes", "haut"},
    {"important", "important"},
    {"joue", "jouer"},
    {"laisse", "laisser"},
    {"marché", "marché"},
    {"marchés", "marché"},
    {"mets", "mettre"},
    {"montre", "montrer"},
    {"ouvre", "ouvrir"},
    {"parti", "parti"},
    {"partis", "parti"},
    {"passe", "passer"},
    {"passes", "passer"},
    {"permis", "permis"},
    {"point", "point"},
    {"points", "point"},
    {"produit", "produit"},
    {"produits", "produit"},
    {"présente", "présenter"},
    {"reste", "rester"},
    {"restes", "rester"},
    {"retraité", "retraité"},
    {"retraitée", "retraité"},
    {"retraitées", "retraité"},
    {"retraités", "retraité"},
    {"récent", "récent"},
    {"soit", "soit"},
    {"tiens", "tenir"},
    {"tous", "tout"},
    {"toute", "tout"},
    {"toutes", "tout"},
    {"trait", "trait"},
    {"traits", "trait"},
    {"vu", "voir"},
    {"vue", "vue"},
    {"vues", "vue"},
    {"vus", "voir"},
    {"yeux", "œil"},
};

static int by_form(const void *form, const void *entry)
{
	return strcmp(form, ((const struct known *)entry)->form);
}

const char *lemma_known(const char *form)
{
	const struct known *k = bsearch(form, known, sizeof known / sizeof *known, sizeof *known, by_form);
	return k ? k->lemma : NULL;
}

/* One reading: "st:convoquer po:v1__t____a po:ppas po:adj is:fem is:sg", sometimes with a prefix. */
struct reading {
	const char *stem, *prefix;
	int stem_len, prefix_len;
	bool auxiliary, verb, infinitive, past_participle, present_participle, we_you, finite, old_tense;
	bool noun, adjective, adverb, grammar, name, masculine, feminine, unit, error;
};

static bool is(const char *p, size_t n, const char *tag)
{
	return strlen(tag) == n && !memcmp(p, tag, n);
}

static void read_tag(struct reading *r, const char *p, size_t n)
{
	static const char *const finite[] = {"po:ipre", "po:spre", "po:iimp", "po:ifut", "po:cond"};
	static const char *const names[] = {"po:npr", "po:prn", "po:patr"};
	if (n > 3 && !memcmp(p, "st:", 3)) {
		r->stem = p + 3;
		r->stem_len = (int)n - 3;
		return;
	}
	if (n > 4 && !memcmp(p, "po:v", 4) && p[4] >= '0' && p[4] <= '9') {
		r->verb = true;
		r->auxiliary = p[4] == '0';
		return;
	}
	for (size_t i = 0; i < sizeof finite / sizeof *finite; i++)
		r->finite |= is(p, n, finite[i]);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		r->name |= is(p, n, names[i]);
	r->infinitive |= is(p, n, "po:infi");
	r->past_participle |= is(p, n, "po:ppas");
	r->present_participle |= is(p, n, "po:ppre");
	r->we_you |= is(p, n, "po:1pl") || is(p, n, "po:2pl");
	r->old_tense |= is(p, n, "po:ipsi") || is(p, n, "po:simp") || is(p, n, "po:impe");
	r->noun |= is(p, n, "po:nom");
	r->adjective |= is(p, n, "po:adj");
	r->adverb |= is(p, n, "po:adv");
	r->grammar |= is(p, n, "po:mg");
	r->error |= is(p, n, "po:err");
	r->masculine |= is(p, n, "is:mas");
	r->feminine |= is(p, n, "is:fem");
	r->unit |= n > 3 && !memcmp(p, "fl:", 3);
}

static void read_analysis(struct reading *r, const char *s)
{
	memset(r, 0, sizeof *r);
	while (*s) {
		size_t n = strcspn(s, " ");
		if (n && !memchr(s, ':', n) && !r->prefix && !r->stem) {
			r->prefix = s;
			r->prefix_len = (int)n;
		} else if (n) {
			read_tag(r, s, n);
		}
		s += n;
		s += strspn(s, " ");
	}
}

/* Is the form the stem, or its plural? */
static bool is_number_of(const struct reading *r, const char *form)
{
	size_t n = strlen(form), m = (size_t)r->stem_len;
	return r->stem && n >= m && !memcmp(form, r->stem, m) && (n == m || (n == m + 1 && strchr("sx", form[m])));
}

/* What the other readings of the form are. */
struct others {
	bool noun_or_adjective, adverb, feminine_participle, feminine_adjective;
};

static int max(int a, int b)
{
	return a > b ? a : b;
}

static int score(const struct reading *r, const struct others *o, const char *form)
{
	int s = 0;
	if (r->auxiliary) {
		s = 90;
	} else if (r->verb) {
		bool self =
		    r->stem && strlen(form) == (size_t)r->stem_len && !memcmp(form, r->stem, (size_t)r->stem_len);
		if (r->infinitive || self)
			s = 80;
		else if (r->past_participle)
			s = 60;
		else if (r->present_participle)
			s = o->noun_or_adjective ? 44 : o->adverb ? 65 : 71;
		else if (r->old_tense && !r->finite)
			s = 15;
		else
			s = r->we_you ? 62 : 40;
	} else {
		if (r->grammar)
			s = 70;
		if (r->adverb)
			s = max(s, 66);
		if (r->noun && !r->adjective && r->feminine && is_number_of(r, form))
			s = max(s, o->feminine_adjective ? 44 : 65); /* la mise, before mettre and miser */
		else if (r->noun && !r->adjective && r->masculine && o->feminine_participle)
			s = max(s, 61); /* le musée, before muser */
		else if (r->noun)
			s = max(s, 50);
		if (r->adjective)
			s = max(s, r->noun ? 51 : 45);
		if (r->name)
			s = max(s, 10);
	}
	return s - (r->error ? 50 : 0) - (r->prefix ? 100 : 0);
}

/* How many circumflexes there are: naître comes before naitre, which is in the dictionary as well. */
static int circumflexes(const struct reading *r)
{
	int n = 0;
	for (int i = 0; i + 1 < r->stem_len; i++)
		if (r->stem[i] == '\xC3' && memchr("\xAE\xBB\xB4", r->stem[i + 1], 3))
			n++;
	return n;
}

size_t lemma_choose(const char *form, char *const *analyses, int n, char *out, size_t cap)
{
	enum { MAX = 32 };
	struct reading all[MAX];
	struct others o = {false, false, false, false};
	const struct reading *best = NULL;
	int best_score = 0;
	size_t len = strlen(form), k = 0;
	if (n > MAX)
		n = MAX;
	for (int i = 0; i < n; i++) {
		struct reading *r = &all[i];
		read_analysis(r, analyses[i]);
		if (r->verb) {
			o.feminine_participle |= r->past_participle && r->feminine;
			continue;
		}
		o.noun_or_adjective |= r->noun || r->adjective;
		o.adverb |= r->adverb;
		o.feminine_adjective |= r->adjective && r->feminine;
	}
	for (int i = 0; i < n; i++) {
		int s = score(&all[i], &o, form);
		if (!all[i].stem)
			continue;
		if (!best || s > best_score || (s == best_score && circumflexes(&all[i]) > circumflexes(best))) {
			best = &all[i];
			best_score = s;
		}
	}
	if (!best || best->unit) { /* otherwise kilomètre would become mètre */
		memcpy(out, form, len + 1);
		if (best && len > 1 && out[len - 1] == 's')
			out[--len] = 0;
		return len;
	}
	if ((size_t)(best->prefix_len + best->stem_len) >= cap) {
		memcpy(out, form, len + 1);
		return len;
	}
	if (best->prefix_len)
		memcpy(out, best->prefix, (size_t)best->prefix_len);
	k = (size_t)best->prefix_len;
	for (int i = 0; i < best->stem_len; i++) {
		if (i + 2 < best->stem_len && !memcmp(best->stem + i, "\xE2\x80\x99", 3)) { /* the apostrophe ’, as forms have ' */
			out[k++] = '\'';
			i += 2;
		} else {
			out[k++] = best->stem[i];
		}
	}
	out[k] = 0;
	return k;
}
