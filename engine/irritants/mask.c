/* SPDX-License-Identifier: Apache-2.0 */
/* Masking rules: reading them, and finding what they mask.  Matching is bounded in steps and fails closed. */
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

#define MATCH_LIMIT 200000u
enum { READ_AHEAD = 64 }; /* bytes: the widest vector there is */

typedef struct rule {
	char *label;
	pcre2_code *code;
	uint32_t group; /* what is masked: a group, or 0 for all */
} rule;

struct aur_mask {
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
	int err;
	PCRE2_SIZE at;
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)(tab + 1), PCRE2_ZERO_TERMINATED, PCRE2_UTF | PCRE2_UCP, &err, &at, NULL);
	if (!code) {
		PCRE2_UCHAR why[120];
		pcre2_get_error_message(err, why, sizeof why);
		return aur_fail_at(e, AURE_CONFIG, path, line, (uint32_t)(tab - text + 2) + (uint32_t)at,
				   _("this pattern cannot be read: %s"), (const char *)why);
	}
	pcre2_jit_compile(code, PCRE2_JIT_COMPLETE); /* faster where there is a compiler for this machine; the same without */
	int group = pcre2_substring_number_from_name(code, (PCRE2_SPTR) "k");
	AUR_GROW(m->rules, m->count, m->cap);
	m->rules[m->count++] = (rule){aur_xstrdup(text), code, group > 0 ? (uint32_t)group : 0};
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
	if (code == AURE_OK && ferror(f))
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

aur_code aur_mask_find(const aur_mask *m, aur_str text, aur_mask_span **out, size_t *count, aur_error *e)
{
	size_t n = 0, cap = 0;
	aur_mask_span *s = NULL;
	aur_code code = AURE_OK;
	free(*out);
	*out = NULL;
	*count = 0;
	/* compiled patterns look at a vector at a time, so past the end: let what stands there be ours, and zero */
	char *copy = memcpy(aur_xcalloc(1, text.len + READ_AHEAD), text.ptr, text.len);
	uint32_t valid = 0; /* UTF-8: once looked at, it is known */
	for (size_t r = 0; r < m->count && code == AURE_OK; r++) {
		pcre2_match_data *md = pcre2_match_data_create_from_pattern(m->rules[r].code, NULL);
		if (!md) {
			code = aur_fail(e, AURE_NOMEM, _("no memory left"));
			break;
		}
		PCRE2_SIZE at = 0;
		while (at <= text.len) {
			int rc = pcre2_match(m->rules[r].code, (PCRE2_SPTR)copy, text.len, at, valid, md, m->limits);
			valid = PCRE2_NO_UTF_CHECK;
			if (rc == PCRE2_ERROR_NOMATCH)
				break;
			if (rc < 0) {
				code = aur_fail(e, AURE_DATA, _("a masking rule cannot be applied to this text; it is not quoted"));
				break;
			}
			PCRE2_SIZE *v = pcre2_get_ovector_pointer(md);
			uint32_t g = m->rules[r].group;
			if (v[2 * g] != PCRE2_UNSET && v[2 * g] < v[2 * g + 1]) {
				AUR_GROW(s, n, cap);
				s[n++] = (aur_mask_span){v[2 * g], v[2 * g + 1], m->rules[r].label};
			}
			if (v[1] > at) {
				at = v[1];
			} else { /* an empty match: on to the next character */
				do
					at++;
				while (at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80);
			}
		}
		pcre2_match_data_free(md);
		/* What overlaps is masked as one, under the label that begins first. */
		if (n) {
			qsort(s, n, sizeof *s, by_start);
			size_t w = 0;
			for (size_t i = 1; i < n; i++) {
				if (s[i].start < s[w].end)
					s[w].end = s[i].end > s[w].end ? s[i].end : s[w].end;
				else
					s[++w] = s[i];
			}
			n = w + 1;
		}
	}
	free(copy);
	if (code != AURE_OK) {
		free(s);
		return code;
	}
	*out = s;
	*count = n;
	return AURE_OK;
}
