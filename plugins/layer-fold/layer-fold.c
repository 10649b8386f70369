/* SPDX-License-Identifier: Apache-2.0 */
/* layer-fold.c - three layers that reduce forms, each built on the one before:
 *  lower  the form in lower case                     CAFÉ -> café
 *  base   without the endings of inclusive writing   convoqué·e·s -> convoqué
 *  fold   without accents and ligatures              café -> cafe, cœur -> coeur
 * Values are NFC.  All three are pure; plain forms are returned as they are, without a copy. */
#include "../common/component.h"
#include "fold.h"
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Sorting a run of accents takes quadratic time, so forms with a longer run are not composed. */
enum { MAX_ACCENTS = 64 };

/* ---- memory ---- */

static int32_t *points_room(struct worker *w, size_t n)
{
	if (n > w->points_cap) {
		int32_t *p = realloc(w->points, n * sizeof *p);
		if (!p)
			return NULL;
		w->points = p;
		w->points_cap = n;
	}
	return w->points;
}

/* ---- code points ---- */

/* The letters of a ligature, or of a letter with a stroke; NULL for any other. */
static const char *ligature(int32_t c)
{
	switch (c) {
	case 0xDF: /* ß */
		return "ss";
	case 0xE6: /* æ */
		return "ae";
	case 0x153:
		return "oe";
	case 0xF8:
		return "o";
	case 0xF0:
	case 0x111:
		return "d";
	case 0x127:
		return "h";
	case 0x131:
		return "i";
	case 0x133:
		return "ij";
	case 0x142:
		return "l";
	case 0x17F:
		return "s";
	case 0xFB00:
		return "ff";
	case 0xFB01:
		return "fi";
	case 0xFB02:
		return "fl";
	case 0xFB03:
		return "ffi";
	case 0xFB04:
		return "ffl";
	case 0xFB05:
	case 0xFB06:
		return "st";
	case 0xA0:
	case 0x2009:
	case 0x202F: /* the narrow no-break space between thousands */
		return " ";
	default:
		return NULL;
	}
}

static bool is_accent(int32_t c)
{
	return (c >= 0x300 && c <= 0x36F) || (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x1DC0 && c <= 0x1DFF) ||
	       (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE20 && c <= 0xFE2F);
}

/* Decomposes s into code points in w->points; returns how many, -1: no memory, -2: not UTF-8.  *sane: no run of accents is too long
 * to be sorted. */
static ptrdiff_t decompose(struct worker *w, aur_str s, bool *sane)
{
	const uint8_t *p = (const uint8_t *)s.ptr;
	ptrdiff_t len = (ptrdiff_t)s.len, n = 0, need;
	unsigned run = 0;
	*sane = true;
	if (!points_room(w, s.len + 8))
		return -1;
	for (ptrdiff_t i = 0; i < len;) {
		utf8proc_int32_t c;
		ptrdiff_t step = utf8proc_iterate(p + i, len - i > 4 ? 4 : len - i, &c);
		if (step <= 0)
			return -2;
		i += step;
		run = c >= 0x300 && utf8proc_get_property(c)->combining_class ? run + 1 : 0;
		if (run > MAX_ACCENTS)
			*sane = false;
		w->points[n++] = c;
	}
	if (!*sane)
		return n;
	need = utf8proc_decompose(p, len, w->points, (ptrdiff_t)w->points_cap, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
	if (need > (ptrdiff_t)w->points_cap) {
		if (!points_room(w, (size_t)need))
			return -1;
		need = utf8proc_decompose(p, len, w->points, (ptrdiff_t)w->points_cap,
		                          UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
	}
	return need < 0 ? -2 : need;
}

/* Composes n code points to NFC, in the memory of the batch. */
static aur_status compose(struct worker *w, ptrdiff_t n, bool sane, aur_str *out)
{
	char *room;
	size_t len = 0, cap = (size_t)n * 4;
	if (sane && n > 0) {
		n = utf8proc_normalize_utf32(w->points, n, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
		if (n < 0)
			return AUR_E_BUG;
	}
	room = values_room(&w->values, cap);
	if (!room)
		return AUR_E_NOMEM;
	for (ptrdiff_t i = 0; i < n; i++)
		len += (size_t)utf8proc_encode_char(w->points[i], (uint8_t *)room + len);
	w->values.used -= cap - len;
	*out = (aur_str){room, len};
	return AUR_OK;
}

/* Lower case for any script; does not change what already is in lower case. */
static aur_status lower_slow(struct worker *w, aur_str in, aur_str *out)
{
	bool sane;
	ptrdiff_t n = decompose(w, in, &sane);
	if (n == -2) { /* not UTF-8: leave it */
		*out = in;
		return AUR_OK;
	}
	if (n < 0)
		return AUR_E_NOMEM;
	for (ptrdiff_t i = 0; i < n; i++)
		w->points[i] = utf8proc_tolower(w->points[i]);
	return compose(w, n, sane, out);
}

static aur_status fold_slow(struct worker *w, aur_str in, aur_str *out)
{
	bool sane;
	ptrdiff_t n = decompose(w, in, &sane), kept = 0;
	size_t extra = 0;
	bool any = false;
	if (n == -2) {
		*out = in;
		return AUR_OK;
	}
	if (n < 0)
		return AUR_E_NOMEM;
	for (ptrdiff_t i = 0; i < n; i++) {
		int32_t c = utf8proc_tolower(w->points[i]);
		const char *l = ligature(c);
		if (is_accent(c) && n > 1)
			continue;
		if (l) {
			any = true;
			extra += strlen(l) - 1;
		}
		w->points[kept++] = c;
	}
	if (!kept) /* only accents */
		return lower_slow(w, in, out);
	n = kept + (ptrdiff_t)extra;
	if (!points_room(w, (size_t)n))
		return AUR_E_NOMEM;
	for (ptrdiff_t i = kept - 1, to = n; any && i >= 0; i--) { /* backwards, as ligatures become longer */
		const char *l = ligature(w->points[i]);
		if (!l) {
			w->points[--to] = w->points[i];
			continue;
		}
		for (size_t m = strlen(l); m--;)
			w->points[--to] = l[m];
	}
	return compose(w, n, sane, out);
}

/* ---- the three layers ---- */

/* Lower case for ASCII and À to ÿ, which covers nearly all of French; everything else takes the slow path. */
static aur_status lower_one(struct worker *w, aur_str in, aur_str *out)
{
	const uint8_t *s = (const uint8_t *)in.ptr;
	size_t n = in.len, i = 0;
	bool change = false;
	for (; i < n; i++) {
		uint8_t c = s[i];
		if (c < 0x80) {
			change |= c >= 'A' && c <= 'Z';
		} else if (c == 0xC2 && i + 1 < n) {
			i++;
		} else if (c == 0xC3 && i + 1 < n) {
			i++;
			change |= s[i] <= 0x9E && s[i] != 0x97;
		} else if (c == 0xC5 && i + 1 < n && (s[i + 1] | 1) == 0x93) { /* Œ œ */
			i++;
			change |= s[i] == 0x92;
		} else {
			return lower_slow(w, in, out);
		}
	}
	*out = in;
	if (!change)
		return AUR_OK;
	char *o = values_room(&w->values, n);
	if (!o)
		return AUR_E_NOMEM;
	for (i = 0; i < n; i++) {
		uint8_t c = s[i];
		if (c < 0x80) {
			o[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
			continue;
		}
		o[i] = (char)c;
		i++;
		o[i] = (char)(c == 0xC3 && s[i] <= 0x9E && s[i] != 0x97 ? s[i] + 0x20 : c == 0xC5 ? 0x93 : s[i]);
	}
	*out = (aur_str){o, n};
	return AUR_OK;
}

/* à to ÿ (and À to ß) without accents; '!' = two letters, '?' = not a letter of the alphabet. */
static const char latin1[65] = "aaaaaa!ceeeeiiiidnooooo?ouuuuy?!aaaaaa!ceeeeiiiidnooooo?ouuuuy?y";

static aur_status fold_one(struct worker *w, aur_str in, aur_str *out)
{
	const uint8_t *s = (const uint8_t *)in.ptr;
	size_t n = in.len, i, k = 0;
	bool change = false;
	for (i = 0; i < n; i++) {
		uint8_t c = s[i];
		if (c < 0x80) {
			change |= c >= 'A' && c <= 'Z';
		} else if (c == 0xC2 && i + 1 < n && s[i + 1] != 0xA0) {
			i++;
		} else if ((c == 0xC3 && i + 1 < n && latin1[s[i + 1] & 0x3F] != '?') ||
		           (c == 0xC5 && i + 1 < n && (s[i + 1] | 1) == 0x93)) {
			i++;
			change = true;
		} else {
			return fold_slow(w, in, out);
		}
	}
	*out = in;
	if (!change)
		return AUR_OK;
	char *o = values_room(&w->values, n); /* the result is not longer than this */
	if (!o)
		return AUR_E_NOMEM;
	for (i = 0; i < n; i++) {
		uint8_t c = s[i], d;
		if (c < 0x80) {
			o[k++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
			continue;
		}
		d = s[++i];
		if (c == 0xC2) {
			o[k++] = (char)c;
			o[k++] = (char)d;
		} else if (c == 0xC5) {
			o[k++] = 'o';
			o[k++] = 'e';
		} else if (latin1[d & 0x3F] != '!') {
			o[k++] = latin1[d & 0x3F];
		} else {
			o[k++] = d == 0x9F ? 's' : 'a';
			o[k++] = d == 0x9F ? 's' : 'e';
		}
	}
	w->values.used -= n - k;
	*out = (aur_str){o, k};
	return AUR_OK;
}

static aur_status base_one(struct worker *w, aur_str in, aur_str *out)
{
	(void)w;
	*out = fold_base(in);
	return AUR_OK;
}

static aur_status batch(const aur_host *h, struct worker *w, const aur_str *in, uint32_t n, aur_str *out,
                        aur_status (*one)(struct worker *, aur_str, aur_str *))
{
	values_reset(&w->values);
	for (uint32_t i = 0; i < n; i++) {
		aur_status st = one(w, in[i], &out[i]);
		if (st == AUR_E_NOMEM)
			return h->fail(h, st, _("layer-fold: out of memory; close other programs and start again"));
		if (st < 0)
			return h->fail(h, st,
			               _("layer-fold: a form is not valid UTF-8; this is a bug in the program, "
			                 "please report it"));
	}
	return AUR_OK;
}

static aur_status lower_map(const aur_host *h, void *model, void *worker, const aur_str *in, uint32_t n, aur_str *out)
{
	(void)model;
	return batch(h, worker, in, n, out, lower_one);
}

static aur_status base_map(const aur_host *h, void *model, void *worker, const aur_str *in, uint32_t n, aur_str *out)
{
	(void)model;
	return batch(h, worker, in, n, out, base_one);
}

static aur_status fold_map(const aur_host *h, void *model, void *worker, const aur_str *in, uint32_t n, aur_str *out)
{
	(void)model;
	return batch(h, worker, in, n, out, fold_one);
}

static aur_status worker_new(const aur_host *h, void *model, void **worker)
{
	(void)model;
	*worker = calloc(1, sizeof(struct worker));
	if (!*worker)
		return h->fail(h, AUR_E_NOMEM, _("layer-fold: out of memory; close other programs and start again"));
	return AUR_OK;
}

static void worker_free(void *worker)
{
	struct worker *w = worker;
	values_free(&w->values);
	free(w->points);
	free(w);
}

/* Case and accents come from Unicode, so its version matters. */
static const char *fingerprint(void *model)
{
	(void)model;
	return utf8proc_unicode_version();
}

static const aur_layer_ops lower_ops = {.size = sizeof lower_ops, .map = lower_map};
static const aur_layer_ops base_ops = {.size = sizeof base_ops, .map = base_map};
static const aur_layer_ops fold_ops = {.size = sizeof fold_ops, .map = fold_map};
static const aur_component lower = {
    .size = sizeof lower,
    .kind = AUR_LAYER,
    .id = "lower",
    .version = "1.0.0",
    .summary = N_("the form in lower case"),
    .fingerprint = fingerprint,
    .worker_new = worker_new,
    .worker_free = worker_free,
    .ops = &lower_ops,
};
static const aur_component base = {
    .size = sizeof base,
    .kind = AUR_LAYER,
    .id = "base",
    .version = "1.0.0",
    .summary = N_("the form without the endings of inclusive writing"),
    .worker_new = worker_new,
    .worker_free = worker_free,
    .ops = &base_ops,
};
static const aur_component fold = {
    .size = sizeof fold,
    .kind = AUR_LAYER,
    .id = "fold",
    .version = "1.0.0",
    .summary = N_("the form without case, accents and ligatures"),
    .fingerprint = fingerprint,
    .worker_new = worker_new,
    .worker_free = worker_free,
    .ops = &fold_ops,
};

EXPORT_PLUGIN("layer-fold", &lower, &base, &fold);
