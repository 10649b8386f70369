/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/hash.h"
#include "base/intl.h"
#include "base/utf8.h"
#include "pipeline/sources.h"

/* A known file.  Stored as « bytes hash path »: how many first bytes were hashed, their hash, and the path (empty:
 * it had none). */
struct source {
	aur_str name;
	const char *path;
	size_t bytes;
	char hash[33];
};

struct aur_sources {
	struct source *s;
	size_t n, cap;
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
	aur_arena_free(&s->arena);
	free(s);
}

static struct source *named(const aur_sources *s, const char *name, size_t len)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->s[i].name.len == len && !memcmp(s->s[i].name.ptr, name, len))
			return &s->s[i];
	return NULL;
}

static struct source *another(aur_sources *s, aur_str name)
{
	AUR_GROW(s->s, s->n, s->cap);
	struct source *x = &s->s[s->n++];
	*x = (struct source){.name = {aur_arena_dup(&s->arena, name.ptr, name.len), name.len}, .path = ""};
	return x;
}

void aur_sources_add(aur_sources *s, aur_str name, aur_str about)
{
	struct source *x = named(s, name.ptr, name.len);
	const char *text = aur_arena_dup(&s->arena, about.ptr, about.len);
	int at = 0;
	if (!x)
		x = another(s, name);
	if (sscanf(text, "%zu %32[0-9a-f] %n", &x->bytes, x->hash, &at) == 2 && at)
		x->path = text + at;
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

static const char *base_of(const char *path)
{
	const char *s = strrchr(path, '/');
	return s && s[1] ? s + 1 : path;
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

/* May x be the file, at another place?  It has the same name, and nothing is left at its old path; or both are
 * pipes, without a path. */
static int elsewhere(const struct source *x, const char *path, const char *base)
{
	if (*path)
		return *x->path && !strcmp(base_of(x->path), base) && access(x->path, F_OK);
	return !*x->path && !strncmp(x->name.ptr, base, strlen(base));
}

/* Finds a file among the known ones: by its path, else by its first bytes.  Of several, the one whose path has the
 * longest common end. */
static struct source *again(const aur_sources *s, const char *path, const char *base, const void *head, size_t n)
{
	struct source *best = NULL;
	size_t most = 0;
	for (size_t i = 0; i < s->n && *path; i++)
		if (!strcmp(s->s[i].path, path))
			return &s->s[i];
	for (size_t i = 0; i < s->n; i++) {
		struct source *x = &s->s[i];
		size_t end = common_end(x->path, path);
		if ((!best || end > most) && elsewhere(x, path, base) && begins(x, head, n)) {
			best = x;
			most = end;
		}
	}
	return best;
}

/* A name that no other file has: the base name, with as many folders before it as needed; if none are left, with a
 * number after it. */
static aur_str name_for(const aur_sources *s, const char *path, const char *base, aur_buf *b)
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
		x->path = aur_arena_dup(&s->arena, path, strlen(path));
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
