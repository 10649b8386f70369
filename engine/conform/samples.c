/* SPDX-License-Identifier: Apache-2.0 */
/* The inputs: the samples of kit/samples and of the user, empty ones, large ones, broken ones, and random variations of all these. */
#include "config.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include "base/file.h"
#include "base/intl.h"
#include "base/utf8.h"
#include "conform/desk.h"
#include "conform/random.h"

#define LARGE_BYTES ((size_t)2 << 20)
#define SAMPLE_BYTES ((size_t)1 << 20) /* read of one sample of texts */
#define SAMPLE_LINES 2000u
#define FILE_BYTES ((size_t)16 << 20)
#define BROKEN_BYTES ((size_t)64 << 10)
#define MUTANT_BYTES ((size_t)32 << 10)
#define WORDS 3000u

void aur_inputs_add(aur_desk *d, aur_inputs *in, const char *name, const void *bytes, size_t n)
{
	aur_input x = {.name = aur_xstrdup(name), .bytes = aur_xstrndup(bytes, n), .n = n};
	if (d->kind->diet == AUR_EATS_PASSAGES)
		x.passage = aur_passage_new(d, x.bytes, n);
	AUR_GROW(in->v, in->n, in->cap);
	in->v[in->n++] = x;
}

void aur_inputs_clear(aur_inputs *in)
{
	for (unsigned i = 0; i < in->n; i++) {
		free(in->v[i].name);
		free(in->v[i].bytes);
		aur_passage_free(in->v[i].passage);
	}
	in->n = 0;
}

/* ---- what people write ----------------------------------------------------------------------- */
static _Noreturn void unreadable(const char *path, const char *why)
{
	aur_error e;
	aur_fail(&e, AURE_IO, _("%s cannot be read: %s"), path, why);
	aur_box_no_setup(&e);
}

static void slurp(const char *path, size_t most, aur_buf *b)
{
	int why = aur_file_read(path, most - 1, b);
	if (why)
		unreadable(path, strerror(why));
}

/* Adds the forms of a passage that this analyst had not seen before, and the values of their layers. */
static void words_of(aur_desk *d, aur_inputs *in, const aur_passage *p, uint32_t *known)
{
	for (uint32_t i = 0; i < p->n && in->n < WORDS; i++) {
		if (p->lform[i] < *known)
			continue;
		*known = p->lform[i] + 1;
		const aur_lform *f = aur_analyst_form(d->analyst, p->lform[i]);
		aur_inputs_add(d, in, "", aur_lform_text(f), f->len);
		for (unsigned l = 0; l < d->chain->nshown; l++)
			if (f->layer[l].len && (f->layer[l].len != f->len || memcmp(f->layer[l].ptr, aur_lform_text(f), f->len)))
				aur_inputs_add(d, in, "", f->layer[l].ptr, f->layer[l].len);
	}
}

/* Each line of a sample is a text. */
static void lines(aur_desk *d, aur_inputs *in, const char *path, uint32_t *known)
{
	aur_buf b = {0};
	slurp(path, SAMPLE_BYTES, &b);
	b.n = b.n > SAMPLE_BYTES ? SAMPLE_BYTES : b.n;
	unsigned left = SAMPLE_LINES;
	for (size_t at = 0, end; at < b.n && left; at = end + 1) {
		const char *s = (const char *)b.p + at;
		const char *nl = memchr(s, '\n', b.n - at);
		end = nl ? (size_t)(nl - (const char *)b.p) : b.n;
		size_t n = end - at;
		if (!n)
			continue;
		if (memchr(s, 0, n) || aur_utf8_valid(s, n) != n) {
			if (!nl) /* cut off by our own limit */
				break;
			unreadable(path, _("a sample of texts is UTF-8, one contribution per line"));
		}
		left--;
		if (d->kind->diet == AUR_EATS_WORDS) {
			aur_passage *p = aur_passage_new(d, s, n);
			words_of(d, in, p, known);
			aur_passage_free(p);
		} else {
			aur_inputs_add(d, in, "", s, n);
		}
	}
	aur_buf_free(&b);
}

static void whole(aur_desk *d, aur_inputs *in, const char *path)
{
	const char *slash = strrchr(path, '/');
	aur_buf b = {0};
	slurp(path, FILE_BYTES, &b);
	aur_inputs_add(d, in, slash ? slash + 1 : path, b.p, b.n);
	aur_buf_free(&b);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void folder(aur_desk *d, aur_inputs *in, const char *path)
{
	char **name = NULL;
	unsigned n = 0, cap = 0;
	DIR *dir = opendir(path);
	if (!dir)
		unreadable(path, strerror(errno));
	for (struct dirent *e; (e = readdir(dir));)
		if (e->d_name[0] != '.') {
			aur_buf b = {0};
			aur_buf_printf(&b, "%s/%s", path, e->d_name);
			AUR_GROW(name, n, cap);
			name[n++] = aur_buf_cstr(&b);
		}
	closedir(dir);
	if (n)
		qsort(name, n, sizeof *name, by_name);
	for (unsigned i = 0; i < n; i++) {
		whole(d, in, name[i]);
		free(name[i]);
	}
	free(name);
}

void aur_inputs_samples(aur_desk *d, aur_inputs *in)
{
	int files = d->kind->diet == AUR_EATS_FILES;
	uint32_t known = 0, epoch;
	aur_buf b = {0};
	if (d->chain) /* all of them with the same analyst */
		aur_desk_fresh(d);
	epoch = d->epoch;
	aur_buf_printf(&b, "%s/kit/samples/%s", aur_places_get()->data_dir, files ? "files" : "texts.txt");
	const char *path = aur_buf_cstr(&b);
	if (files)
		folder(d, in, path);
	else
		lines(d, in, path, &known);
	aur_buf_free(&b);
	for (unsigned i = 0; i < d->o->samples; i++) {
		if (files)
			whole(d, in, d->o->sample[i]);
		else
			lines(d, in, d->o->sample[i], &known);
	}
	if (d->epoch != epoch)
		unreadable(d->o->samples ? d->o->sample[0] : "texts.txt",
		           _("it is too large for a sample: give a smaller one"));
}

/* ---- nothing, and what nobody expects --------------------------------------------------------- */
void aur_inputs_empty(aur_desk *d, aur_inputs *in)
{
	static const char *const texts[] = {" ", "\n", "\r\n\r\n", "\t \t",           "\xC2\xA0", "\xE2\x80\x8B",
	                                    ".", "a",  "\xC3\xA9", "\xF0\x9F\x98\x80"};
	/* an annotator is never shown a contribution without a token */
	if (d->kind->diet != AUR_EATS_PASSAGES)
		aur_inputs_add(d, in, "", "", 0);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		aur_inputs_add(d, in, "", texts[i], strlen(texts[i]));
}

/* Valid UTF-8 that few programs were written for. */
static const char *const odd[] = {
    "\xCC\x81",
    "e\xCC\x81",
    "\xCC\x81\xCC\x82\xCC\x83",
    "\xEF\xBB\xBF",
    "\xEF\xBF\xBD",
    "\xF4\x8F\xBF\xBF",
    "\xEF\xBF\xBF",
    "\xC2\xAD",
    "\xE2\x80\x8D",
    "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7",
    "\xF0\x9F\x87\xAB\xF0\x9F\x87\xB7",
    "\xE2\x80\xAE",
    "\xE2\x80\xA8",
    "\xC2\x85",
    "\xC2\xB7",
    "'",
    "\xE2\x80\x99",
    "\"",
    "\xC2\xAB\xC2\xA0",
    "\xC2\xA0\xC2\xBB",
    "-",
    "\xE2\x80\x94",
    "\xE2\x80\xA6",
    "...",
    "?!",
    "\r",
    "\r\n",
    "\t",
    "\x01",
    "\x7F",
    "\x1B[31m",
    "@",
    "#",
    "http://",
    "a@b.c",
    "0",
    "1",
    "15 h",
    "15h30",
    "1 000,5",
    "1e9",
    "\xC2\xBD",
    "\xEF\xBC\xA1",
    "\xC7\x85",
    "\xC4\xB0",
    "\xE1\xBA\x9E",
    "\xC3\x9F",
    "\xEF\xAC\x81",
    "\xE4\xB8\xAD",
    "\xD8\xA7",
    "\xE0\xB8\x81",
    "\xEA\xB0\x80",
    "<",
    "&amp;",
    "\\",
    "%s%n",
    "/",
    "(",
    ")",
    "_",
    "*",
};
#define ODDS (sizeof odd / sizeof *odd)

static void put(aur_desk *d, aur_inputs *in, const char *name, aur_buf *b)
{
	aur_inputs_add(d, in, name, b->p ? b->p : (uint8_t *)(uintptr_t) "", b->n);
	b->n = 0;
}

static void broken_texts(aur_desk *d, aur_inputs *in)
{
	aur_buf b = {0};
	for (size_t i = 0; i < ODDS; i++) {
		aur_buf_str(&b, odd[i]);
		put(d, in, "", &b);
		aur_buf_printf(&b, "a%sb", odd[i]);
		put(d, in, "", &b);
		aur_buf_printf(&b, "ab%s", odd[i]);
		put(d, in, "", &b);
		if (d->kind->diet == AUR_EATS_WORDS)
			continue;
		aur_buf_printf(&b, "%s a. %s%s b %s", odd[i], odd[i], odd[i], odd[(i * 7 + 3) % ODDS]);
		put(d, in, "", &b);
	}
	for (size_t i = 0; i < ODDS; i++)
		aur_buf_str(&b, odd[i]);
	put(d, in, "", &b);
	aur_buf_free(&b);
}

/* A file cut short, with an invalid byte in it, in another encoding, or twice in a row. */
static void broken_files(aur_desk *d, aur_inputs *in, const aur_input *x)
{
	static const struct {
		const char *bytes;
		size_t n;
	} wrong[] = {{"\0", 1}, {"\xFF", 1}, {"\xC3", 1}, {"\xED\xA0\x80", 3}, {"\xE9", 1},    {"\"", 1},
	             {"<", 1},  {"\n", 1},   {"\r", 1},   {"\x1A", 1},         {"\0\0\0\0", 4}};
	size_t n = x->n < BROKEN_BYTES ? x->n : BROKEN_BYTES;
	aur_buf b = {0};
	for (unsigned part = 0; part < 16; part++) { /* these include the middle of a character and of a line */
		size_t at = n * part / 16 + part % 3;
		aur_buf_put(&b, x->bytes, at < n ? at : n);
		put(d, in, x->name, &b);
	}
	for (size_t w = 0; w < sizeof wrong / sizeof *wrong; w++)
		for (unsigned part = 0; part <= 4; part++) {
			size_t at = n * part / 4;
			aur_buf_put(&b, x->bytes, at);
			aur_buf_put(&b, wrong[w].bytes, wrong[w].n);
			aur_buf_put(&b, x->bytes + at, n - at);
			put(d, in, x->name, &b);
		}
	for (int big = 0; big < 2; big++) {
		aur_buf_put(&b, big ? "\xFE\xFF" : "\xFF\xFE", 2);
		for (size_t i = 0; i < n; i++) {
			aur_buf_byte(&b, big ? 0 : (unsigned char)x->bytes[i]);
			aur_buf_byte(&b, big ? (unsigned char)x->bytes[i] : 0);
		}
		put(d, in, x->name, &b);
	}
	for (int twice = 0; twice < 2; twice++)
		aur_buf_put(&b, x->bytes, n);
	put(d, in, x->name, &b);
	aur_buf_free(&b);
}

void aur_inputs_broken(aur_desk *d, aur_inputs *in)
{
	aur_inputs from = {0};
	if (d->kind->diet != AUR_EATS_FILES) {
		broken_texts(d, in);
		return;
	}
	aur_inputs_samples(d, &from);
	for (unsigned i = 0; i < from.n; i++)
		broken_files(d, in, &from.v[i]);
	aur_inputs_clear(&from);
}

void aur_inputs_cut(aur_desk *d, aur_inputs *in)
{
	enum { TEXTS = 200, TEXT_BYTES = 400 };
	static const char ends[] = " .,;:!?";
	aur_inputs from = {0};
	if (d->kind->diet != AUR_EATS_TEXTS && d->kind->diet != AUR_EATS_PASSAGES)
		return;
	aur_inputs_samples(d, &from);
	for (unsigned i = 0; i < from.n && i < TEXTS; i++) {
		const char *s = (const char *)from.v[i].bytes;
		for (size_t k = 1; k < from.v[i].n && k < TEXT_BYTES; k++)
			if (s[k] && strchr(ends, s[k]) && s[k - 1] && !strchr(ends, s[k - 1]))
				aur_inputs_add(d, in, from.v[i].name, s, k);
	}
	aur_inputs_clear(&from);
}

/* ---- too much -------------------------------------------------------------------------------- */
static void repeat(aur_desk *d, aur_inputs *in, const char *name, const char *s, size_t n, const char *what)
{
	aur_buf b = {0}, label = {0};
	while (n && b.n + n <= LARGE_BYTES)
		aur_buf_put(&b, s, n);
	aur_buf_printf(&label, _("2 MiB of %s"), _(what));
	put(d, in, *name ? name : aur_buf_cstr(&label), &b);
	aur_buf_free(&label);
	aur_buf_free(&b);
}

int aur_inputs_large(aur_desk *d, aur_inputs *in, unsigned n)
{
	static const struct {
		const char *s, *what;
		int word; /* contains nothing at which a word could end */
	} texts[] = {
	    {"a", "a", 1},
	    {"\xC3\xA9", "\xC3\xA9", 1},
	    {"Ab9", "Ab9", 1},
	    {"e\xCC\x81", N_("e and a combining accent"), 1},
	    {"a'", "a'", 1},
	    {"a-", "a-", 1},
	    {"\xF0\x9F\x98\x80", N_("emoji"), 1},
	    {"1.", "1.", 1},
	    {" ", N_("blanks"), 0},
	    {"\n", N_("empty lines"), 0},
	    {". ", ". ", 0},
	    {"a ", "a ", 0},
	    {"a b, c. ", "a b, c. ", 0},
	    {"a@b.c/d ", "a@b.c/d ", 0},
	    {"((", "((", 0},
	    {"15 h ", "15 h ", 0},
	};
	static const struct {
		const char *s, *what;
		size_t n;
	} files[] = {{"a", "a", 1},   {"\n", N_("line ends"), 1},        {"\0", N_("NUL bytes"), 1}, {",", ",", 1},
	             {"\"", "\"", 1}, {"\"a\"\n", N_("\"a\" lines"), 4}, {"<a>", "<a>", 3},      {"\xFF", "0xFF", 1},
	             {"* ", "* ", 2}, {"- a\n", N_("- a lines"), 4}};
	aur_inputs from = {0};
	int more = 0;
	if (d->kind->diet == AUR_EATS_FILES) {
		if (n < sizeof files / sizeof *files) {
			repeat(d, in, "", files[n].s, files[n].n, files[n].what);
			return 1;
		}
		n -= (unsigned)(sizeof files / sizeof *files);
		aur_inputs_samples(d, &from);
		if (n < from.n) {
			const aur_input *x = &from.v[n];
			repeat(d, in, x->name, x->bytes, x->n, N_("itself"));
			more = 1;
		}
	} else if (n < sizeof texts / sizeof *texts) {
		if (d->kind->diet != AUR_EATS_WORDS || texts[n].word)
			repeat(d, in, "", texts[n].s, strlen(texts[n].s), texts[n].what);
		return 1;
	} else if (d->kind->diet != AUR_EATS_WORDS &&
	           n == sizeof texts / sizeof *texts) { /* all samples as one text, repeated */
		aur_buf b = {0};
		aur_inputs_samples(d, &from);
		for (unsigned i = 0; i < from.n; i++) {
			aur_buf_put(&b, from.v[i].bytes, from.v[i].n);
			aur_buf_byte(&b, ' ');
		}
		repeat(d, in, "", (char *)b.p, b.n, N_("all samples"));
		aur_buf_free(&b);
		more = 1;
	} else if (d->kind->diet != AUR_EATS_WORDS &&
	           n == sizeof texts / sizeof *texts + 1) { /* and a text whose words are all different */
		aur_buf b = {0};
		for (unsigned i = 0; b.n < LARGE_BYTES; i++)
			aur_buf_printf(&b, "a%u ", i);
		put(d, in, _("2 MiB of different words"), &b);
		aur_buf_free(&b);
		more = 1;
	}
	aur_inputs_clear(&from);
	free(from.v);
	return more;
}

/* ---- variations ------------------------------------------------------------------------------ */
/* A random character boundary in a text. */
static size_t place(const uint8_t *p, size_t n, uint64_t *r)
{
	size_t at = aur_random(r, (uint32_t)n + 1);
	while (at < n && at && (p[at] & 0xC0) == 0x80)
		at--;
	return at;
}

static void insert(aur_buf *b, size_t at, const void *p, size_t n)
{
	aur_buf_room(b, n);
	if (b->n > at)
		memmove(b->p + at + n, b->p + at, b->n - at);
	if (n)
		memcpy(b->p + at, p, n);
	b->n += n;
}

static void cut(aur_buf *b, size_t from, size_t to)
{
	if (b->n > to)
		memmove(b->p + from, b->p + to, b->n - to);
	b->n -= to - from;
}

/* Two random positions, in order; in files at any byte, in texts at character boundaries. */
static void stretch(const uint8_t *p, size_t n, int text, uint64_t *r, size_t *from, size_t *to)
{
	size_t a = text ? place(p, n, r) : aur_random(r, (uint32_t)n + 1),
	       z = text ? place(p, n, r) : aur_random(r, (uint32_t)n + 1);
	*from = a < z ? a : z;
	*to = a < z ? z : a;
}

void aur_inputs_mutant(aur_desk *d, aur_inputs *in, const aur_inputs *all, uint64_t *r)
{
	const aur_input *a = &all->v[aur_random(r, all->n)], *o = &all->v[aur_random(r, all->n)];
	int text = d->kind->diet != AUR_EATS_FILES;
	size_t from, to;
	aur_buf b = {0};
	aur_buf_put(&b, a->bytes, a->n < MUTANT_BYTES ? a->n : text ? 0 : MUTANT_BYTES);
	for (uint32_t k = 1 + aur_random(r, 6); k; k--) {
		const char *piece = odd[aur_random(r, ODDS)];
		stretch(b.p, b.n, text, r, &from, &to);
		switch (aur_random(r, text ? 5 : 7)) {
		case 0:
			insert(&b, from, piece, strlen(piece));
			break;
		case 1: /* remove a little, or a lot */
			if (aur_random(r, 4) && to - from > 8) {
				to = from + 1 + aur_random(r, 7);
				while (text && to < b.n && (b.p[to] & 0xC0) == 0x80)
					to++;
			}
			cut(&b, from, to);
			break;
		case 2: { /* insert a piece of another input */
			size_t f2, t2;
			stretch((const uint8_t *)o->bytes, o->n, text, r, &f2, &t2);
			insert(&b, from, o->bytes + f2, b.n + t2 - f2 < MUTANT_BYTES ? t2 - f2 : 0);
			break;
		}
		case 3: { /* repeat a piece of itself */
			aur_buf copy = {0};
			aur_buf_put(&copy, b.p + from, to - from);
			for (uint32_t times = 1 + aur_random(r, 40); times && b.n + copy.n < MUTANT_BYTES; times--)
				insert(&b, from, copy.p, copy.n);
			aur_buf_free(&copy);
			break;
		}
		case 4: /* replace one thing by another */
			cut(&b, from, to - from > 16 ? from : to);
			insert(&b, from, piece, strlen(piece));
			break;
		case 5: /* change any byte */
			if (from < b.n)
				b.p[from] = (uint8_t)aur_random(r, 256);
			break;
		default: {
			uint8_t byte = (uint8_t)aur_random(r, 256);
			insert(&b, from, &byte, 1);
		}
		}
	}
	put(d, in, text ? "" : a->name, &b);
	aur_buf_free(&b);
}
