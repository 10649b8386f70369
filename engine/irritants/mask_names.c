/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>
#include "base/hash.h"
#include "base/mem.h"
#include "irritants/mask_names.h"
#include "text/fold.h"

struct aur_names {
	char *list[AUR_NAMES_LISTS];
	int lists;
	struct word {
		char *folded; /* NULL: the slot is free */
		size_t len;
		uint32_t lists;
	} *slot;
	uint32_t n, mask;
};

aur_names *aur_names_new(void)
{
	aur_names *x = aur_xcalloc(1, sizeof *x);
	x->mask = 255;
	x->slot = aur_xcalloc(x->mask + 1u, sizeof *x->slot);
	return x;
}

void aur_names_free(aur_names *x)
{
	if (!x)
		return;
	for (uint32_t i = 0; i <= x->mask; i++)
		free(x->slot[i].folded);
	for (int i = 0; i < x->lists; i++)
		free(x->list[i]);
	free(x->slot);
	free(x);
}

int aur_names_list(const aur_names *x, const char *list)
{
	int i = x->lists;
	while (i-- && strcmp(x->list[i], list) != 0)
		;
	return i;
}

static struct word *slot_of(const aur_names *x, const char *p, size_t n)
{
	uint32_t i = (uint32_t)aur_hash64(p, n, 0) & x->mask;
	while (x->slot[i].folded && (x->slot[i].len != n || memcmp(x->slot[i].folded, p, n) != 0))
		i = (i + 1) & x->mask;
	return &x->slot[i];
}

static void put(aur_names *x, const char *p, size_t n, uint32_t lists)
{
	struct word *w = slot_of(x, p, n);
	if (!w->folded) {
		*w = (struct word){aur_xstrndup(p, n), n, 0};
		x->n++;
	}
	w->lists |= lists;
	if (x->n * 2 <= x->mask)
		return;
	struct word *old = x->slot;
	uint32_t most = x->mask;
	x->mask = most * 2 + 1;
	x->slot = aur_xcalloc(x->mask + 1u, sizeof *x->slot);
	for (uint32_t i = 0; i <= most; i++)
		if (old[i].folded)
			*slot_of(x, old[i].folded, old[i].len) = old[i];
	free(old);
}

int aur_names_add(aur_names *x, const char *list, const char *words)
{
	int at = aur_names_list(x, list);
	aur_buf b = {0};
	if (at < 0 && x->lists == AUR_NAMES_LISTS)
		return 0;
	if (at < 0)
		x->list[at = x->lists++] = aur_xstrdup(list);
	for (size_t n; *(words += strspn(words, " ")); words += n) {
		n = strcspn(words, " ");
		b.n = 0;
		aur_text_fold(&b, words, n);
		put(x, (char *)b.p, b.n, 1u << at);
	}
	aur_buf_free(&b);
	return 1;
}

/* Length in bytes of the letter at p, 0 if there is none. */
static size_t letter(const char *p, size_t n)
{
	unsigned char b = (unsigned char)*p;
	if (b < 0x80)
		return (b | 32) >= 'a' && (b | 32) <= 'z';
	utf8proc_int32_t c;
	utf8proc_ssize_t k = utf8proc_iterate((const utf8proc_uint8_t *)p, (utf8proc_ssize_t)n, &c);
	utf8proc_category_t is = k > 0 ? utf8proc_category(c) : UTF8PROC_CATEGORY_CN;
	/* a combining accent belongs to its letter */
	return (is >= UTF8PROC_CATEGORY_LU && is <= UTF8PROC_CATEGORY_LO) || is == UTF8PROC_CATEGORY_MN ? (size_t)k : 0;
}

size_t aur_names_find(const aur_names *x, aur_str text, aur_name_at **out)
{
	size_t n = 0, cap = 0, before = 0;
	aur_buf b = {0};
	*out = NULL;
	for (size_t i = 0; i < text.len && x->n;) {
		size_t k, from = i;
		while (i < text.len && (k = letter(text.ptr + i, text.len - i)))
			i += k;
		if (i == from) {
			i++;
			continue;
		}
		b.n = 0;
		aur_text_fold(&b, text.ptr + from, i - from);
		const struct word *w = slot_of(x, (char *)b.p, b.n);
		if (w->folded) {
			AUR_GROW(*out, n, cap);
			(*out)[n++] = (aur_name_at){from, before < from ? before : from, w->lists};
		}
		before = from;
	}
	aur_buf_free(&b);
	return n;
}
