/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/hash.h"
#include "base/intl.h"
#include "base/str.h"
#include "base/strtab.h"
#include "base/utf8.h"
#include "pipeline/sources.h"

/* A known file.  Stored as « bytes hash path »: how many first bytes were hashed, their hash, and the path (empty:
 * it had none). */
struct source {
	aur_str name;
	const char *path;
	size_t bytes;
	char hash[33];
	uint32_t other; /* the one before it whose path ends in the same file name, + 1; 0: none */
	enum { UNASKED, THERE, GONE } file; /* at its path, when this run first asked */
};

/* Thousands of files are common (a letter each): none is looked for by walking through all of them. */
struct aur_sources {
	struct source *s;
	uint32_t n, cap;
	aur_strtab names, paths, bases; /* numbers of sources; bases: the last one whose path ends in that file name */
	aur_arena arena;
};

aur_sources *aur_sources_new(void)
{
	return aur_xcalloc(1, sizeof(aur_sources));
}

void aur_sources_free(aur_sources *s)
{
	if (!s)
		return;
	free(s->s);
	aur_strtab_free(&s->names);
	aur_strtab_free(&s->paths);
	aur_strtab_free(&s->bases);
	aur_arena_free(&s->arena);
	free(s);
}

static struct source *named(aur_sources *s, const char *name, size_t len)
{
	uint32_t *known = aur_strtab_find(&s->names, name, len);
	return known ? &s->s[*known] : NULL;
}

static struct source *another(aur_sources *s, aur_str name)
{
	AUR_GROW(s->s, s->n, s->cap);
	struct source *x = &s->s[s->n];
	*x = (struct source){.name = aur_str_keep(&s->arena, name), .path = ""};
	aur_strtab_put(&s->names, x->name.ptr, name.len, s->n++);
	return x;
}

static const char *base_of(const char *path)
{
	const char *s = strrchr(path, '/');
	return s && s[1] ? s + 1 : path;
}

/* path: lives as long as the sources.  A file that moves keeps its name, so that the base of a path never changes. */
static void path_set(aur_sources *s, struct source *x, const char *path)
{
	uint32_t no = (uint32_t)(x - s->s);
	const char *base = base_of(path);
	if (!*x->path && *path) {
		uint32_t *last = aur_strtab_find(&s->bases, base, strlen(base));
		x->other = last ? *last + 1 : 0;
		aur_strtab_put(&s->bases, base, strlen(base), no);
	}
	if (*path)
		aur_strtab_put(&s->paths, path, strlen(path), no);
	x->path = path;
	x->file = UNASKED;
}

static int is_gone(struct source *x)
{
	if (x->file == UNASKED)
		x->file = access(x->path, F_OK) ? GONE : THERE;
	return x->file == GONE;
}

/* The source with this path; no two have the same. */
static struct source *at_path(aur_sources *s, const char *path)
{
	uint32_t *known = *path ? aur_strtab_find(&s->paths, path, strlen(path)) : NULL;
	return known && !strcmp(s->s[*known].path, path) ? &s->s[*known] : NULL; /* it may have moved */
}

void aur_sources_add(aur_sources *s, aur_str name, aur_str about)
{
	struct source *x = named(s, name.ptr, name.len);
	const char *text = aur_arena_dup(&s->arena, about.ptr, about.len);
	int at = 0;
	if (!x)
		x = another(s, name);
	if (sscanf(text, "%zu %32[0-9a-f] %n", &x->bytes, x->hash, &at) == 2 && at)
		path_set(s, x, text + at);
}

static void fingerprint(const void *p, size_t n, char out[33])
{
	aur_fp f;
	aur_fp_init(&f);
	aur_fp_add(&f, p, n);
	aur_fp_hex(&f, out);
}

/* Does a file begin as the known one did? */
static int begins(const struct source *x, const void *head, size_t n)
{
	char hash[33];
	if (!x->bytes || x->bytes > n)
		return 0;
	fingerprint(head, x->bytes, hash);
	return !strcmp(hash, x->hash);
}

/* A file name as part of an id: control characters and bytes that are not UTF-8 become « _ ». */
static aur_str presentable(aur_buf *b, const char *s)
{
	size_t n = strlen(s);
	b->n = 0;
	for (size_t i = 0; i < n;) {
		size_t ok = aur_utf8_valid(s + i, n - i);
		for (; ok; ok--, i++)
			aur_buf_byte(b, (unsigned char)s[i] < ' ' || s[i] == 0x7F ? '_' : (unsigned char)s[i]);
		if (i < n) {
			aur_buf_byte(b, '_');
			i++;
		}
	}
	return (aur_str){(const char *)b->p, b->n};
}

static size_t common_end(const char *a, const char *b)
{
	size_t na = strlen(a), nb = strlen(b), n = 0;
	while (n < na && n < nb && a[na - 1 - n] == b[nb - 1 - n])
		n++;
	return n;
}

/* Finds a file among the known ones: by its path, else by its first bytes.  Such a one may be this file if both are pipes, without a path;
 * or if it had the same file name, and nothing is left at its path.  Of several, the one whose path has the longest common end; of these,
 * the first. */
static struct source *again(aur_sources *s, const char *path, const char *base, const void *head, size_t n)
{
	struct source *best = at_path(s, path);
	size_t most = 0;
	if (best)
		return best;
	for (uint32_t i = 0; i < s->n && !*path && !best; i++)
		if (!*s->s[i].path && !strncmp(s->s[i].name.ptr, base, strlen(base)) && begins(&s->s[i], head, n))
			best = &s->s[i];
	uint32_t *last = *path ? aur_strtab_find(&s->bases, base, strlen(base)) : NULL;
	for (uint32_t i = last ? *last + 1 : 0; i; i = s->s[i - 1].other) {
		struct source *x = &s->s[i - 1];
		size_t end = common_end(x->path, path);
		if (end >= most && is_gone(x) && begins(x, head, n)) {
			best = x;
			most = end;
		}
	}
	return best;
}

/* A name that no other file has: the base name, with as many folders before it as needed; if none are left, with a
 * number after it. */
static aur_str name_for(aur_sources *s, const char *path, const char *base, aur_buf *b)
{
	const char *from = *path ? base_of(path) : base;
	for (;;) {
		aur_str name = presentable(b, from);
		if (!named(s, name.ptr, name.len))
			return name;
		if (!*path || from - path <= 1)
			break;
		for (from--; from > path && from[-1] != '/'; from--)
			;
	}
	for (unsigned k = 2;; k++) {
		presentable(b, base);
		aur_buf_printf(b, "-%u", k);
		if (!named(s, (char *)b->p, b->n))
			return (aur_str){(char *)b->p, b->n};
	}
}

void aur_sources_meet(aur_sources *s, const char *file, int fd, const void *head, size_t n, aur_from *out)
{
	struct stat st;
	char *real = strcmp(file, "-") && !fstat(fd, &st) && S_ISREG(st.st_mode) ? realpath(file, NULL) : NULL, hash[33];
	const char *path = real ? real : "", *base = base_of(real ? real : file);
	aur_buf b = {0};
	*out = (aur_from){0};
	struct source *x = again(s, path, base, head, n);
	out->known = x != NULL;
	if (!x) {
		aur_str plain = presentable(&b, base);
		const struct source *other = named(s, plain.ptr, plain.len);
		const char *there = other && *other->path ? other->path : other ? other->name.ptr : NULL;
		x = another(s, name_for(s, path, base, &b));
		if (there)
			aur_buf_printf(&out->note,
				       _("another source of the same name is known (%s): the ids made up for this one begin with « %s », and both sources are kept"),
				       there, x->name.ptr);
	} else if (strcmp(x->path, path)) {
		aur_buf_printf(&out->note, _("it begins like %s, which no longer exists: it is taken for that file, and its contributions keep their ids"),
			       x->path);
	} else if (!begins(x, head, n)) {
		aur_buf_printf(&out->note,
			       _("its first lines have changed: its contributions without an id replace those ingested from it before, one by one in order; to keep the old ones, put the new ones in a file of another name"));
	}
	fingerprint(head, n, hash);
	if (x->bytes != n || strcmp(x->hash, hash) || strcmp(x->path, path)) {
		x->bytes = n;
		memcpy(x->hash, hash, sizeof hash);
		path_set(s, x, aur_arena_dup(&s->arena, path, strlen(path)));
		aur_buf_printf(&out->about, "%zu %s %s", n, hash, path);
	}
	out->name = x->name;
	aur_buf_free(&b);
	free(real);
}

void aur_from_free(aur_from *f)
{
	aur_buf_free(&f->about);
	aur_buf_free(&f->note);
}
