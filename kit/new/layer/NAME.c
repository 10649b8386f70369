/* SPDX-License-Identifier: Apache-2.0 */
/* @NAME@: a layer for auricule.  The value of a word is the word without its vowels: bnjr for bonjour, bjr for bjour and BJR. */
#include <auricule/plugin.h>
#include <stdlib.h>
#include <string.h>

/* ---- a worker: the working memory of one thread --------------------------------------------------- */

typedef struct worker {
	char *bytes; /* holds the values until the next call */
	size_t size;
} worker;

static aur_status worker_new(const aur_host *h, void *model, void **out)
{
	(void)model;
	*out = calloc(1, sizeof(worker));
	return *out != NULL ? AUR_OK : h->fail(h, AUR_E_NOMEM, "@NAME@: no memory is left");
}

static void worker_free(void *worker_)
{
	worker *w = worker_;
	free(w->bytes);
	free(w);
}

/* ---- the value of a word: put yours here; the same word must always have the same value ----------- */

static size_t value_of(aur_str word, char *out)
{
	size_t n = 0;
	for (size_t i = 0; i < word.len; i++)
		if (memchr("aeiouy", word.ptr[i], 6) == NULL)
			out[n++] = word.ptr[i];
	return n;
}

/* n words in, n values out.  Memory for all of them is reserved first, because a value must not move after it was returned. */
static aur_status map(const aur_host *h, void *model, void *worker_, const aur_str *in, uint32_t n, aur_str *out)
{
	worker *w = worker_;
	size_t need = 1;
	char *p;
	(void)model;
	for (uint32_t i = 0; i < n; i++)
		need += in[i].len;
	if (need > w->size) {
		p = realloc(w->bytes, need);
		if (p == NULL)
			return h->fail(h, AUR_E_NOMEM, "@NAME@: no memory is left");
		w->bytes = p;
		w->size = need;
	}
	p = w->bytes;
	for (uint32_t i = 0; i < n; i++) {
		out[i].ptr = p;
		out[i].len = value_of(in[i], p);
		p += out[i].len;
	}
	return AUR_OK;
}

/* ---- the description of the plugin: constant data, and the one exported function ------------------ */

static const aur_layer_ops ops = {.size = sizeof(ops), .map = map};
static const aur_component component = {
	.size = sizeof(component),
	.kind = AUR_LAYER,
	.id = "@NAME@",
	.version = "1.0", /* change it whenever the values change: the index stores it */
	.summary = "words without their vowels",
	.worker_new = worker_new,
	.worker_free = worker_free,
	.ops = &ops,
};
static const aur_component *const components[] = {&component};
static const aur_plugin plugin = {
	.size = sizeof(plugin),
	.abi_major = AUR_ABI_MAJOR,
	.abi_minor = 0,
	.name = "@NAME@",
	.vendor = "",
	.license = "Apache-2.0",
	.component_count = 1,
	.components = components,
};

AUR_EXPORT const aur_plugin *aur_plugin_v1(void)
{
	return &plugin;
}
