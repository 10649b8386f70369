/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdlib.h>
#include "base/file.h"
#include "lexicon/few.h"
#include "lexicon/xml_root.h"

struct file {
	const char *path;
	aur_buf bytes;
	char *theme, *id; /* the root of its themes; NULL: not read */
	int needed;
};

static char *attribute(xmlTextReader *r, const char *name)
{
	xmlChar *v = xmlTextReaderGetAttribute(r, (const xmlChar *)name);
	char *s = v ? aur_xstrdup((char *)v) : NULL;
	xmlFree(v);
	return s;
}

static void keep_head(void *ctx, xmlTextReader *r)
{
	struct file *f = ctx;
	f->id = attribute(r, "id");
	f->theme = attribute(r, "theme");
}

/* What <lexicon> says of itself; nothing where it is none. */
static void head(struct file *f)
{
	aur_xml_root(f->path, &f->bytes, keep_head, f);
	if (f->id && !f->theme)
		f->theme = aur_xstrdup(f->id);
	if (!f->id) {
		free(f->theme);
		f->theme = NULL;
	}
	if (f->theme)
		f->theme[strcspn(f->theme, ".")] = 0;
}

static int alike(const struct file *a, const struct file *b)
{
	return a->bytes.n == b->bytes.n && a->bytes.n && !memcmp(a->bytes.p, b->bytes.p, a->bytes.n);
}

void aur_lexicon_few(const aur_paths all[2], aur_paths few[2])
{
	unsigned n[2] = {all[0].n, all[1].n}, sum = n[0] + n[1];
	struct file *f = aur_xcalloc((size_t)sum + 1, sizeof *f), *side[2] = {f, f + n[0]};
	for (unsigned i = 0; i < sum; i++) {
		f[i].path = i < n[0] ? all[0].path[i] : all[1].path[i - n[0]];
		f[i].needed = 1;
		if (!aur_file_read(f[i].path, SIZE_MAX, &f[i].bytes))
			head(&f[i]);
		else
			aur_buf_free(&f[i].bytes); /* what was read of it is like no other file */
	}
	for (unsigned i = 0; i < n[0]; i++)
		for (unsigned k = 0; k < n[1] && side[0][i].needed && side[0][i].theme; k++)
			if (side[1][k].needed && alike(&side[0][i], &side[1][k]))
				side[0][i].needed = side[1][k].needed = 0;
	for (int again = 1; again;) { /* what shares a theme, or a name, with one that is needed */
		again = 0;
		for (unsigned i = 0; i < sum; i++)
			for (unsigned k = 0; k < sum && !f[i].needed; k++)
				if (f[k].needed && (!f[k].theme || !strcmp(f[i].theme, f[k].theme) || !strcmp(f[i].id, f[k].id)))
					f[i].needed = again = 1;
	}
	for (unsigned i = 0; i < sum; i++) {
		aur_paths *to = &few[i >= n[0]];
		if (f[i].needed) {
			AUR_GROW(to->path, to->n, to->cap);
			to->path[to->n++] = aur_xstrdup(f[i].path);
		}
		aur_buf_free(&f[i].bytes);
		free(f[i].theme);
		free(f[i].id);
	}
	free(f);
}

int aur_lexicon_by_theme(const aur_chain *c)
{
	unsigned k = 0;
	while (k < c->nann && (c->ann[k].ops->flags & AUR_ANN_BY_THEME))
		k++;
	return k == c->nann;
}
