/* SPDX-License-Identifier: Apache-2.0 */
/* Reads masking rules and finds what they mask.  Matching is bounded in steps, and when the bound is hit the text counts as unquotable. */
#include "config.h"
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/hash.h"
#include "base/intl.h"
#include "base/mem.h"
#include "irritants/mask.h"
#include "irritants/mask_names.h"

#define MATCH_LIMIT 200000u
enum { READ_AHEAD = 64 }; /* bytes: the widest vector register there is */

typedef struct rule {
	char *label;
	pcre2_code *code;
	uint32_t group; /* what the rule masks: this group of the pattern, 0 for the whole match */
	int list;       /* try the rule only at the words of this list (with `before`, at the word in front of one); -1: everywhere */
	int before;
	bool street; /* where something is, which is no secret of a session or a place */
} rule;

struct aur_mask {
	aur_names *names;
	rule *rules;
	size_t count, cap;
	pcre2_match_context *limits;
	char digest[33];
};

void aur_mask_close(aur_mask *m)
{
	if (!m)
		return;
	for (size_t i = 0; i < m->count; i++) {
		free(m->rules[i].label);
		pcre2_code_free(m->rules[i].code);
	}
	free(m->rules);
	aur_names_free(m->names);
	pcre2_match_context_free(m->limits);
	free(m);
}

const char *aur_mask_digest(const aur_mask *m)
{
	return m->digest;
}

static aur_code rule_add(aur_mask *m, const char *path, uint32_t line, char *text, aur_error *e)
{
	char *tab = strchr(text, '\t');
	if (!tab || tab == text || !tab[1])
		return aur_fail_at(e, AURE_CONFIG, path, line, 1, _("a masking rule is a label, a tab and a pattern"));
	*tab = 0;
	if (*text == '=')
		return aur_names_add(m->names, text + 1, tab + 1)
			       ? AURE_OK
			       : aur_fail_at(e, AURE_CONFIG, path, line, 1, _("there are more than %d lists of names"), AUR_NAMES_LISTS);
	int err, list = -1, before = tab[1] == '<';
	if (tab[1] == '=' || tab[1] == '<') {
		char *name = tab + 2;
		tab = strchr(name, '\t');
		if (tab)
			*tab = 0;
		list = tab && tab[1] ? aur_names_list(m->names, name) : -1;
		if (list < 0)
			return aur_fail_at(e, AURE_CONFIG, path, line, (uint32_t)(name - text), _("there is no list of names « %s » above, or no pattern after it"), name);
	}
	PCRE2_SIZE at;
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)(tab + 1), PCRE2_ZERO_TERMINATED, PCRE2_UTF | PCRE2_UCP | (list < 0 ? 0u : PCRE2_ANCHORED), &err, &at, NULL);
	if (!code) {
		PCRE2_UCHAR why[120];
		pcre2_get_error_message(err, why, sizeof why);
		return aur_fail_at(e, AURE_CONFIG, path, line, (uint32_t)(tab - text + 2) + (uint32_t)at,
				   _("this pattern cannot be read: %s"), (const char *)why);
	}
	pcre2_jit_compile(code, PCRE2_JIT_COMPLETE); /* faster if there is a JIT for this machine; the result is the same without */
	int group = pcre2_substring_number_from_name(code, (PCRE2_SPTR) "k");
	AUR_GROW(m->rules, m->count, m->cap);
	m->rules[m->count++] = (rule){aur_xstrdup(text + (*text == '@')), code, group > 0 ? (uint32_t)group : 0, list, before, *text == '@'};
	return AURE_OK;
}

aur_code aur_mask_open(const char *path, aur_mask **out, aur_error *e)
{
	aur_mask *m = aur_xcalloc(1, sizeof *m);
	aur_code code = AURE_OK;
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;
	aur_fp fp;
	FILE *f = fopen(path, "r");
	if (!f) {
		code = aur_fail(e, AURE_IO, _("cannot open the masking rules %s: %s"), path, strerror(errno));
		goto out;
	}
	m->names = aur_names_new();
	m->limits = pcre2_match_context_create(NULL);
	if (!m->limits) {
		code = aur_fail(e, AURE_NOMEM, _("no memory left"));
		goto out;
	}
	pcre2_set_match_limit(m->limits, MATCH_LIMIT);
	aur_fp_init(&fp);
	for (uint32_t no = 1; code == AURE_OK && (n = getline(&line, &cap, f)) > 0; no++) {
		aur_fp_add(&fp, line, (size_t)n);
		while (n && (line[n - 1] == '\n' || line[n - 1] == '\r'))
			line[--n] = 0;
		if (n && *line != '#')
			code = rule_add(m, path, no, line, e);
	}
	if (code == AURE_OK && !feof(f)) /* not at end of file: reading failed, or there was no memory for a line.  Obeying half of the rules would be
	                                  * worse than failing */
		code = aur_fail(e, AURE_IO, _("cannot read the masking rules %s: %s"), path, strerror(errno));
	if (code == AURE_OK && !m->count)
		code = aur_fail(e, AURE_CONFIG, _("%s holds no masking rule: nothing would be masked"), path);
	aur_fp_hex(&fp, m->digest);
out:
	free(line);
	if (f)
		fclose(f);
	if (code == AURE_OK)
		*out = m;
	else
		aur_mask_close(m);
	return code;
}

static int by_start(const void *a, const void *b)
{
	const aur_mask_span *x = a, *y = b;
	return x->start < y->start ? -1 : x->start > y->start ? 1 : x->end > y->end ? -1 : x->end < y->end;
}

/* The spans found so far. */
typedef struct found {
	aur_mask_span *s;
	size_t n, cap;
} found;

/* The text, as PCRE2 needs it. */
typedef struct subject {
	char *copy;
	size_t len;
	uint32_t valid; /* match options: PCRE2_NO_UTF_CHECK once the first match has checked the text */
} subject;

/* Matches once, from `at` on.  Returns 1 and sets *end behind the match, 0 where nothing matches, -1 on error. */
static int look(const aur_mask *m, const rule *r, subject *x, size_t at, pcre2_match_data *md, found *f, size_t *end, aur_error *e)
{
	int rc = pcre2_match(r->code, (PCRE2_SPTR)x->copy, x->len, at, x->valid, md, m->limits);
	x->valid = PCRE2_NO_UTF_CHECK;
	if (rc == PCRE2_ERROR_NOMATCH)
		return 0;
	if (rc < 0) {
		aur_fail(e, AURE_DATA, _("a masking rule cannot be applied to this text; it is not quoted"));
		return -1;
	}
	PCRE2_SIZE *v = pcre2_get_ovector_pointer(md);
	uint32_t g = r->group;
	if (v[2 * g] != PCRE2_UNSET && v[2 * g] < v[2 * g + 1]) {
		AUR_GROW(f->s, f->n, f->cap);
		f->s[f->n++] = (aur_mask_span){v[2 * g], v[2 * g + 1], r->label, r->street};
	}
	*end = v[1];
	return 1;
}

static int everywhere(const aur_mask *m, const rule *r, subject *x, pcre2_match_data *md, found *f, aur_error *e)
{
	int rc = 1;
	for (size_t at = 0, end; at <= x->len && (rc = look(m, r, x, at, md, f, &end, e)) > 0;) {
		if (end > at) {
			at = end;
		} else { /* an empty match: go on at the next character */
			do
				at++;
			while (at < x->len && ((unsigned char)x->copy[at] & 0xC0) == 0x80);
		}
	}
	return rc < 0 ? -1 : 0;
}

static int at_names(const aur_mask *m, const rule *r, const aur_name_at *name, size_t n, subject *x, pcre2_match_data *md, found *f, aur_error *e)
{
	int rc = 0;
	size_t end;
	for (size_t i = 0; i < n && rc >= 0; i++)
		if ((name[i].lists >> r->list & 1) && (!r->before || name[i].before < name[i].start))
			rc = look(m, r, x, r->before ? name[i].before : name[i].start, md, f, &end, e);
	return rc < 0 ? -1 : 0;
}

/* Overlapping spans become one, with the label of the first.  A street that is called after somebody is a street. */
static void merge(found *f)
{
	size_t w = 0;
	if (!f->n)
		return;
	qsort(f->s, f->n, sizeof *f->s, by_start);
	for (size_t i = 1; i < f->n; i++) {
		if (f->s[i].start < f->s[w].end) {
			f->s[w].street &= f->s[i].street || f->s[i].end <= f->s[w].end;
			f->s[w].end = f->s[i].end > f->s[w].end ? f->s[i].end : f->s[w].end;
		} else {
			f->s[++w] = f->s[i];
		}
	}
	f->n = w + 1;
}

aur_code aur_mask_find(const aur_mask *m, aur_str text, aur_mask_span **out, size_t *count, aur_error *e)
{
	found f = {0};
	aur_code code = AURE_OK;
	aur_name_at *name;
	size_t names = aur_names_find(m->names, text, &name);
	free(*out);
	*out = NULL;
	*count = 0;
	/* JIT code reads whole vectors, and so past the end of the text: copy it, so that what is there is ours, and zero */
	subject x = {.copy = memcpy(aur_xcalloc(1, text.len + READ_AHEAD), text.ptr, text.len), .len = text.len};
	for (size_t i = 0; i < m->count && code == AURE_OK; i++) {
		const rule *r = &m->rules[i];
		if (r->list >= 0 && !names)
			continue;
		pcre2_match_data *md = pcre2_match_data_create_from_pattern(r->code, NULL);
		if (!md)
			code = aur_fail(e, AURE_NOMEM, _("no memory left"));
		else if (r->list < 0 ? everywhere(m, r, &x, md, &f, e) : at_names(m, r, name, names, &x, md, &f, e))
			code = AURE_DATA;
		pcre2_match_data_free(md);
		merge(&f);
	}
	free(name);
	free(x.copy);
	if (code != AURE_OK) {
		free(f.s);
		return code;
	}
	*out = f.s;
	*count = f.n;
	return AURE_OK;
}
