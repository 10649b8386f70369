/* SPDX-License-Identifier: Apache-2.0 */
/* The first `letters` characters of a form (a setting, 1 where it is not given).  Its model and its workers count
 * themselves, so that a sanitizer sees one that is never closed. */
#include <pthread.h>
#include <stdlib.h>
#include "sample.h"

typedef struct model {
	int64_t letters;
	char fingerprint[32];
} model;

static aur_status open_layer(const aur_host *h, const aur_config *c, void **out)
{
	int64_t n = h->conf_int(h, c, "letters", 1);
	model *m;
	char *p;
#ifdef SAMPLE_OF_TOMORROW
	if (AUR_HAS(aur_host, h, of_tomorrow))
		return h->fail(h, AUR_E_BUG, "Today's engine says that it has what only tomorrow's has.");
#endif
	if (n < 1 || n > 9)
		return h->fail(h, AUR_E_CONFIG, "The setting « letters » of abi-layer must be from 1 to 9.");
	m = calloc(1, sizeof *m);
	if (!m)
		return h->fail(h, AUR_E_NOMEM, "No memory is left for abi-layer.");
	m->letters = n;
	p = m->fingerprint;
	for (const char *s = "letters="; *s; s++)
		*p++ = *s;
	*p = (char)('0' + n);
	*out = m;
	return AUR_OK;
}

static const char *fingerprint(void *model_)
{
	model *m = model_;
	return m->fingerprint;
}

static aur_status worker_new(const aur_host *h, void *model_, void **worker)
{
	(void)model_;
	*worker = malloc(1);
	return *worker ? AUR_OK : h->fail(h, AUR_E_NOMEM, "No memory is left for abi-layer.");
}

/* As a compiler of C++ leaves it of a template of its library, whatever -fvisibility says. */
#if defined(__GNUC__)
int of_cxx(void) __asm__("_ZNSt6samplesIiE4sizeEv") __attribute__((weak, visibility("default")));
int of_cxx(void)
{
	return 0;
}
#endif

/* A table made at the first call is allowed behind a lock; large, so that it lies on other pages than the lock. */
static unsigned char goes_on[1 << 16];
static void make_table(void)
{
	for (unsigned i = 0x80; i < 0xC0; i++)
		goes_on[i] = 1;
}

static aur_status map(const aur_host *h, void *model_, void *worker, const aur_str *in, uint32_t n, aur_str *out)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	const model *m = model_;
	(void)worker;
	if (!worker)
		return h->fail(h, AUR_E_BUG, "abi-layer was called without its worker.");
	pthread_once(&once, make_table);
	for (uint32_t i = 0; i < n; i++) {
		size_t end = 0;
		for (int64_t left = m->letters; left && end < in[i].len; left--)
			for (end++; end < in[i].len && goes_on[(unsigned char)in[i].ptr[end]]; end++)
				;
		out[i].ptr = in[i].ptr;
		out[i].len = end;
	}
	return AUR_OK;
}

static const aur_layer_ops ops = {sizeof(aur_layer_ops), map};
static const aur_component component = {
	.size = sizeof(aur_component),
	.kind = AUR_LAYER,
	.id = "abi-layer",
	.version = "1.0",
	.summary = "sample: the first letters of a form",
	.open = open_layer,
	.fingerprint = fingerprint,
	.worker_new = worker_new,
	.worker_free = free,
	.close = free,
	.ops = &ops,
};
SAMPLE_PLUGIN("abi-layer", component, AUR_ABI_MAJOR, 0);
