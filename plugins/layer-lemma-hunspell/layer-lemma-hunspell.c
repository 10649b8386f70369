/* SPDX-License-Identifier: Apache-2.0 */
/* layer-lemma-hunspell.c - the dictionary form of a word (sanctionnées -> sanctionner), from Hunspell and a French dictionary that
 * has parts of speech.  Its input must be in lower case and without inclusive endings: chain it from="base".  A word that the
 * dictionary does not have is its own lemma.
 *
 * A Hunspell handle cannot be shared by threads, and takes 0.2 s and 15 MB: each worker makes its own when it gets its first word.
 * Making and destroying handles is not thread-safe either: all handles share a table of characters, whose reference count the
 * library keeps without a lock. */
#include "../common/component.h"
#include "../common/values.h"
#include "choose.h"
#include <auricule/plugin.h>
#include <glob.h>
#include <hunspell.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Hunspell itself does not look up longer words; nobody writes one. */
enum { MAX_WORD = 100 };

struct model {
	char *aff, *dic;
	char fingerprint[32];
};
struct worker {
	Hunhandle *hunspell;
	values values;
};

static aur_status no_memory(const aur_host *h)
{
	return h->fail(h, AUR_E_NOMEM, _("layer-lemma-hunspell: out of memory; close other programs and start again"));
}

static pthread_mutex_t making = PTHREAD_MUTEX_INITIALIZER;

static Hunhandle *handle_new(const struct model *m)
{
	pthread_mutex_lock(&making);
	Hunhandle *h = Hunspell_create(m->aff, m->dic);
	pthread_mutex_unlock(&making);
	return h;
}

static void handle_free(Hunhandle *h)
{
	pthread_mutex_lock(&making);
	Hunspell_destroy(h);
	pthread_mutex_unlock(&making);
}

/* ---- words ---- */

/* Is it worth looking up: only letters, with apostrophes or hyphens among them? */
static bool is_word(const char *s, size_t n)
{
	bool letter = false;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		if (c >= 0x80 || (c >= 'a' && c <= 'z'))
			letter = true;
		else if (c != '-' && c != '\'')
			return false;
	}
	return letter;
}

static aur_status one(struct worker *w, aur_str in, aur_str *out)
{
	enum { CAP = MAX_WORD + 128 };
	char form[MAX_WORD + 1], *p;
	char **list = NULL;
	const char *known;
	size_t skip = 0;
	*out = in;
	if (!in.len || in.len > MAX_WORD || !is_word(in.ptr, in.len))
		return AUR_OK;
	/* -t-il, -vous: look up clitics without their hyphens */
	if (in.ptr[0] == '-' && in.len > 1)
		skip = in.len > 3 && !memcmp(in.ptr, "-t-", 3) ? 3 : 1;
	memcpy(form, in.ptr + skip, in.len - skip);
	form[in.len - skip] = 0;
	known = lemma_known(form);
	if (known) {
		*out = (aur_str){known, strlen(known)};
		return AUR_OK;
	}
	int n = Hunspell_analyze(w->hunspell, &list, form);
	if (n <= 0) /* not in the dictionary */
		return AUR_OK;
	p = values_room(&w->values, CAP);
	if (p) {
		size_t len = lemma_choose(form, list, n, p, CAP);
		w->values.used -= CAP - len;
		*out = (aur_str){p, len};
	}
	Hunspell_free_list(w->hunspell, &list, n);
	return p ? AUR_OK : AUR_E_NOMEM;
}

static aur_status map(const aur_host *h, void *model, void *worker, const aur_str *in, uint32_t n, aur_str *out)
{
	const struct model *m = model;
	struct worker *w = worker;
	if (!w->hunspell)
		w->hunspell = handle_new(m);
	values_reset(&w->values);
	for (uint32_t i = 0; i < n; i++)
		if (!w->hunspell || one(w, in[i], &out[i]) < 0)
			return no_memory(h);
	return AUR_OK;
}

/* ---- the dictionary ---- */

static bool readable(const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return false;
	fclose(f);
	return true;
}

/* The path of the .dic that belongs to an .aff; to be freed. */
static char *beside(const char *aff)
{
	size_t n = strlen(aff);
	char *dic = malloc(n + 5);
	if (!dic)
		return NULL;
	memcpy(dic, aff, n + 1);
	if (n > 4 && !strcmp(aff + n - 4, ".aff"))
		n -= 4;
	strcpy(dic + n, ".dic");
	return dic;
}

/* Finds the French dictionary of the system, in the folders where dictionaries are installed; NULL = none. */
static char *system_aff(void)
{
	static const char *const patterns[] = {
	    "/usr/share/hunspell/fr.aff",       "/usr/share/hunspell/fr_FR.aff",     "/usr/share/hunspell/fr*.aff",
	    "/usr/local/share/hunspell/fr.aff", "/usr/local/share/hunspell/fr*.aff",
	};
	char *found = NULL;
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns && !found; i++) {
		glob_t g;
		if (glob(patterns[i], 0, NULL, &g))
			continue;
		for (size_t k = 0; k < g.gl_pathc && !found; k++) { /* sorted */
			char *dic = beside(g.gl_pathv[k]);
			if (dic && readable(dic) && readable(g.gl_pathv[k]))
				found = strdup(g.gl_pathv[k]);
			free(dic);
		}
		globfree(&g);
	}
	return found;
}

/* Adds a file to *hash (FNV-1a).  *utf8 is set if it says « SET UTF-8 ».  False: it cannot be read. */
static bool hash_file(const char *path, uint64_t *hash, bool *utf8)
{
	FILE *f = fopen(path, "rb");
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;
	if (!f)
		return false;
	while ((n = getline(&line, &cap, f)) >= 0) {
		for (ssize_t i = 0; i < n; i++)
			*hash = (*hash ^ (unsigned char)line[i]) * 0x100000001B3u;
		*utf8 |= strstr(line, "SET UTF-8") != NULL;
	}
	bool ok = feof(f) && !ferror(f); /* else memory is short, or the disk is at fault */
	free(line);
	fclose(f);
	return ok;
}

static void close_model(void *model)
{
	struct model *m = model;
	free(m->aff);
	free(m->dic);
	free(m);
}

static aur_status open_model(const aur_host *h, const aur_config *c, void **model)
{
	const char *aff = h->conf_str(h, c, "aff", NULL), *dic = h->conf_str(h, c, "dic", NULL);
	struct model *m = calloc(1, sizeof *m);
	uint64_t hash = 0xCBF29CE484222325u;
	bool utf8 = false, unused = false;
	char message[1024];
	aur_status st = AUR_E_CONFIG;
	const char *bad;
	if (!m)
		return no_memory(h);
	m->aff = aff ? strdup(aff) : system_aff();
	if (!m->aff) {
		st = h->fail(
		    h, AUR_E_CONFIG,
		    _("layer-lemma-hunspell: there is no French dictionary in /usr/share/hunspell; install the package "
		      "hunspell-fr-comprehensive, or name the two files of another one with the settings aff and dic"));
		goto out;
	}
	m->dic = dic ? strdup(dic) : beside(m->aff);
	if (!m->dic) {
		st = no_memory(h);
		goto out;
	}
	bad = m->aff;
	if (!hash_file(m->aff, &hash, &utf8) || (bad = m->dic, !hash_file(m->dic, &hash, &unused))) {
		snprintf(
		    message, sizeof message,
		    _("layer-lemma-hunspell: the dictionary file %s cannot be read; check the settings aff and dic, or "
		      "install the package hunspell-fr-comprehensive"),
		    bad);
		st = h->fail(h, AUR_E_CONFIG, message);
		goto out;
	}
	if (!utf8) {
		snprintf(message, sizeof message,
		         _("layer-lemma-hunspell: the dictionary %s is not in UTF-8; install the package "
		           "hunspell-fr-comprehensive, "
		           "or name another dictionary with the settings aff and dic"),
		         m->aff);
		st = h->fail(h, AUR_E_CONFIG, message);
		goto out;
	}
	snprintf(m->fingerprint, sizeof m->fingerprint, "%016llx", (unsigned long long)hash);
	*model = m;
	return AUR_OK;
out:
	close_model(m);
	return st;
}

static const char *fingerprint(void *model)
{
	return ((struct model *)model)->fingerprint;
}

static aur_status worker_new(const aur_host *h, void *model, void **worker)
{
	(void)model;
	*worker = calloc(1, sizeof(struct worker));
	if (!*worker)
		return no_memory(h);
	return AUR_OK;
}

static void worker_free(void *worker)
{
	struct worker *w = worker;
	values_free(&w->values);
	if (w->hunspell)
		handle_free(w->hunspell);
	free(w);
}

static const aur_layer_ops ops = {.size = sizeof ops, .map = map};
static const aur_component component = {
    .size = sizeof component,
    .kind = AUR_LAYER,
    .id = "lemma",
    .version = "1.0.0",
    .summary = N_("the dictionary form of a word, by Hunspell and its French dictionary"),
    .open = open_model,
    .fingerprint = fingerprint,
    .worker_new = worker_new,
    .worker_free = worker_free,
    .close = close_model,
    .ops = &ops,
};

EXPORT_PLUGIN("layer-lemma-hunspell", &component);
