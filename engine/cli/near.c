/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdlib.h>
#include <yajl/yajl_gen.h>
#include "cli/near.h"
#include "lexicon/walk.h"

static void take(void *ctx, unsigned annotator, const aur_near_miss *m)
{
	static const char *const reasons[] = {"?", "context", "excluded", "covered", "weight", "case", "gap"};
	aur_nears *n = ctx;
	aur_label l;
	if (!aur_walk_label(n->chain, annotator, m->label, &l))
		return;
	AUR_GROW(n->v, n->n, n->cap);
	n->v[n->n++] = (aur_near){l, reasons[m->reason > 0 && m->reason <= 6 ? m->reason : 0], m->first_token, m->last_token,
				  m->reason == AUR_MISS_CONTEXT && m->other_first == AUR_NO_TOKEN, aur_xstrdup(m->message ? m->message : "")};
}

static void clear(aur_nears *n)
{
	for (uint32_t i = 0; i < n->n; i++)
		free(n->v[i].message);
	n->n = 0;
}

aur_code aur_nears_of(aur_nears *n, aur_analyst *a, uint32_t i, aur_error *err)
{
	clear(n);
	return aur_analyst_explain(a, i, take, n, err);
}

void aur_nears_free(aur_nears *n)
{
	clear(n);
	free(n->v);
	n->v = NULL;
	n->cap = 0;
}

void aur_nears_json(const aur_nears *n, const aur_analysis *x, aur_json j)
{
	aur_points p = {x->text.ptr, 0, 0};
	aur_json_key(j, "near");
	yajl_gen_array_open(j);
	for (uint32_t i = 0; i < n->n; i++) {
		const aur_near *m = &n->v[i];
		uint32_t s = x->start[m->first], e = x->end[m->last];
		yajl_gen_map_open(j);
		aur_json_member(j, "theme", m->label.theme);
		aur_json_member(j, "entry", m->label.entry);
		aur_json_key(j, "reason");
		aur_json_str(j, m->reason, strlen(m->reason));
		aur_json_key(j, "start");
		aur_json_int(j, (long long)aur_point_at(&p, s));
		aur_json_key(j, "end");
		aur_json_int(j, (long long)aur_point_at(&p, e));
		aur_json_key(j, "text");
		aur_json_str(j, x->text.ptr + s, e - s);
		aur_json_key(j, "message");
		aur_json_str(j, m->message, strlen(m->message));
		yajl_gen_map_close(j);
	}
	yajl_gen_array_close(j);
}

enum { SHOWN = 2 };

static int is_like(const aur_near *a, const aur_near *b)
{
	return a->missing && b->missing && a->first == b->first && a->last == b->last && a->label.theme.len == b->label.theme.len &&
	       !memcmp(a->label.theme.ptr, b->label.theme.ptr, a->label.theme.len);
}

void aur_nears_print(const aur_nears *n, const aur_analysis *x)
{
	for (uint32_t i = 0; i < n->n; i++) {
		const aur_near *m = &n->v[i];
		uint32_t s = x->start[m->first], e = x->end[m->last], before = 0, others = 0;
		for (uint32_t k = 0; k < i; k++)
			before += is_like(&n->v[k], m) != 0;
		for (uint32_t k = i; k < n->n; k++)
			others += is_like(&n->v[k], m) != 0;
		if (before < SHOWN || (before == SHOWN && others == 1))
			aur_showf(_("almost %.*s « %.*s »\n    entry: %.*s\n    %s\n"), (int)m->label.theme.len, m->label.theme.ptr, (int)(e - s),
				  x->text.ptr + s, (int)m->label.entry.len, m->label.entry.ptr, m->message);
		else if (before == SHOWN)
			aur_showf(_("almost %.*s « %.*s »: %u other entries only miss words that must stand around it; --format json lists them\n"),
				  (int)m->label.theme.len, m->label.theme.ptr, (int)(e - s), x->text.ptr + s, others);
	}
	if (!n->n)
		puts(_("nothing else almost matched"));
}
