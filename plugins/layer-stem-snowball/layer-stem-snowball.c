/* SPDX-License-Identifier: Apache-2.0 */
/* layer-stem-snowball.c - the French Snowball stem of a form (libstemmer).  Its input must be in lower case, NFC, without elisions:
 * chain it from="base".  A stem is for matching; never show one to a person. */
#include "../common/component.h"
#include "../common/values.h"
#include <auricule/plugin.h>
#include <libstemmer.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct worker {
	struct sb_stemmer *stemmer; /* owns its last output, so each thread needs its own */
	values values;
};

/* Snowball's French alphabet has no ligatures: its vocabulary has « oeuvre », and œ is no vowel for its rules.  So œ and æ are two
 * letters here, and both spellings have one stem.  Does s have one? */
static bool has_ligature(aur_str s)
{
	size_t i = 0;
	while (i + 1 < s.len && memcmp(s.ptr + i, "œ", 2) != 0 && memcmp(s.ptr + i, "æ", 2) != 0)
		i++;
	return i + 1 < s.len;
}

/* Copies s to `out`, with letters in place of ligatures: as many bytes. */
static aur_str in_letters(aur_str s, char *out)
{
	memcpy(out, s.ptr, s.len);
	for (size_t i = 0; i + 1 < s.len; i++)
		if (!memcmp(out + i, "œ", 2))
			memcpy(out + i, "oe", 2);
		else if (!memcmp(out + i, "æ", 2))
			memcpy(out + i, "ae", 2);
	return (aur_str){out, s.len};
}

/* The stem of s, in the stemmer's own memory; false: no memory. */
static bool stem(struct sb_stemmer *st, aur_str s, aur_str *out)
{
	const sb_symbol *r;
	if (s.len > INT_MAX / 2) { /* too long to be a word */
		*out = s;
		return true;
	}
	r = sb_stemmer_stem(st, (const sb_symbol *)s.ptr, (int)s.len);
	if (!r)
		return false;
	*out = (aur_str){(const char *)r, (size_t)sb_stemmer_length(st)};
	return true;
}

static aur_status map(const aur_host *h, void *model, void *worker, const aur_str *in, uint32_t n, aur_str *out)
{
	struct worker *w = worker;
	(void)model;
	values_reset(&w->values);
	for (uint32_t i = 0; i < n; i++) {
		aur_str word = in[i], s;
		char *p;
		if (has_ligature(word)) {
			p = values_room(&w->values, word.len);
			if (!p)
				goto nomem;
			word = in_letters(word, p);
		}
		if (!stem(w->stemmer, word, &s))
			goto nomem;
		/* A stem that is a prefix of its form, as most are, needs no copy. */
		if (!s.len || (s.len <= word.len && !memcmp(s.ptr, word.ptr, s.len))) {
			out[i] = (aur_str){word.ptr, s.len};
			continue;
		}
		p = values_room(&w->values, s.len);
		if (!p)
			goto nomem;
		memcpy(p, s.ptr, s.len);
		out[i] = (aur_str){p, s.len};
	}
	return AUR_OK;
nomem:
	return h->fail(h, AUR_E_NOMEM, _("layer-stem-snowball: out of memory; close other programs and start again"));
}

/* The library does not tell its version, and Snowball 3 stems French differently; so its output for these words is hashed instead.
 * They reach every step of the algorithm. */
/* clang-format off */
static const char *const sample[] = {
	"accompagnement", "accompagnés",   "allocataires", "ateliers",    "attestation",  "balayer",     "bénéficiaires",
	"chevaux",        "choisissent",   "cœur",         "compliquées", "concurrence",  "continuellement", "convocation",
	"courriers",      "créées",        "découragées",  "demandeuse",  "déplacements", "difficulté",  "dossiers",
	"égalité",        "emploi",        "emplois",      "envoyer",     "équipements",  "évidemment",  "faïence",
	"finissaient",    "fréquemment",   "gratuité",     "habitude",    "heureusement", "impatience",  "inscriptions",
	"jalousement",    "jouions",       "justificatifs", "logiques",   "mangeassions", "ménageons",   "niaient",
	"nouvelles",      "obligatoires",  "partirait",    "patiemment",  "payaient",     "précarité",   "pressions",
	"puissance",      "quelqu'un",     "quiétude",     "radiation",   "référents",    "renvoyés",    "sanctionnerions",
	"sœurs",          "sophrologie",   "suspension",   "tapis",       "travaillaient", "trouveront", "utilisatrices",
	"vieille",        "visioconférence", "voyelle",    "yeux",
};
/* clang-format on */

struct model {
	char fingerprint[32];
};

static aur_status open_model(const aur_host *h, const aur_config *c, void **model)
{
	struct sb_stemmer *st = sb_stemmer_new("french", "UTF_8");
	struct model *m = malloc(sizeof *m);
	uint64_t hash = 0xCBF29CE484222325u; /* FNV-1a */
	(void)c;
	if (!st || !m)
		goto fail;
	for (size_t i = 0; i < sizeof sample / sizeof *sample; i++) {
		char letters[32];
		aur_str s;
		if (!stem(st, in_letters((aur_str){sample[i], strlen(sample[i])}, letters), &s))
			goto fail;
		for (size_t k = 0; k <= s.len; k++)
			hash = (hash ^ (k < s.len ? (unsigned char)s.ptr[k] : '\n')) * 0x100000001B3u;
	}
	snprintf(m->fingerprint, sizeof m->fingerprint, "%016llx", (unsigned long long)hash);
	sb_stemmer_delete(st);
	*model = m;
	return AUR_OK;
fail:
	if (st)
		sb_stemmer_delete(st);
	free(m);
	return h->fail(h, AUR_E_UNSUPPORTED,
	               _("layer-stem-snowball: the stemmer library has no French in UTF-8, or there is not enough "
	                 "memory; install libstemmer0d"));
}

static const char *fingerprint(void *model)
{
	return ((struct model *)model)->fingerprint;
}

static aur_status worker_new(const aur_host *h, void *model, void **worker)
{
	struct worker *w = calloc(1, sizeof *w);
	(void)model;
	if (w)
		w->stemmer = sb_stemmer_new("french", "UTF_8");
	if (!w || !w->stemmer) {
		free(w);
		return h->fail(h, AUR_E_NOMEM,
		               _("layer-stem-snowball: out of memory; close other programs and start again"));
	}
	*worker = w;
	return AUR_OK;
}

static void worker_free(void *worker)
{
	struct worker *w = worker;
	values_free(&w->values);
	sb_stemmer_delete(w->stemmer);
	free(w);
}

static void close_model(void *model)
{
	free(model);
}

static const aur_layer_ops ops = {.size = sizeof ops, .map = map};
static const aur_component component = {
    .size = sizeof component,
    .kind = AUR_LAYER,
    .id = "stem",
    .version = "1.1.0",
    .summary = N_("the French Snowball stem of a word in lower case"),
    .open = open_model,
    .fingerprint = fingerprint,
    .worker_new = worker_new,
    .worker_free = worker_free,
    .close = close_model,
    .ops = &ops,
};

EXPORT_PLUGIN("layer-stem-snowball", &component);
