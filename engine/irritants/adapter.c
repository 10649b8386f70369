/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <math.h>
#include <stdlib.h>
#include <utf8proc.h>
#include "base/hash.h"
#include "base/intl.h"
#include "irritants/adapter.h"
#include "irritants/engine-digest.h"
#include "pipeline/readings.h"
#include "stats/specificity.h"
#include "text/fold.h"

#define RESIDUE_WORDS 400u
#define RESIDUE_TRIED 2000u
#define SHORT 8u /* tokens: longer texts are answers */

struct field_of {
	uint32_t field[8];
	unsigned n;
	const aur_reading *r;
	const char **is[8]; /* by value: what it stands for; "" = nothing */
	uint32_t nis[8];
};

struct aur_adapter {
	aur_snapshot *s;
	aur_input in;
	aur_arena arena;
	aur_readings readings;
	aur_in_session *sessions;
	aur_str *roles;
	aur_in_total *totals;
	aur_in_contribution *con;
	uint32_t *doc; /* number in the index, by contribution */
	aur_in_hit *hits;
	size_t nhits, hitcap;
	aur_in_theme *themes;
	aur_str *exprs;
	uint32_t nexprs, exprcap;
	uint32_t *exprtab, exprmask;
	aur_in_word *residue;
	aur_in_fingerprint *fp;
	uint32_t fp_cap;
	aur_doc text;
};

static const char *const stances[AUR_IN_STANCES] = {"", "keep", "improve", "getrid", "dear", "create"};
static const char *const dim_readings[4] = {"territory", "kind", "wave", "role"};

static aur_str str(aur_adapter *a, const char *p, size_t n)
{
	return (aur_str){aur_arena_dup(&a->arena, p, n), n};
}

static int same(aur_str a, const char *b)
{
	return a.len == strlen(b) && !memcmp(a.ptr, b, a.len);
}

static struct field_of reading(aur_adapter *a, const char *as)
{
	struct field_of f = {.r = aur_readings_get(&a->readings, as)};
	for (unsigned i = 0; f.r && i < f.r->nfields; i++) {
		uint32_t k = aur_snapshot_field(a->s, f.r->field[i], strlen(f.r->field[i]));
		if (k == AUR_NONE)
			continue;
		f.field[f.n] = k;
		f.nis[f.n] = aur_snapshot_value_count(a->s, k) + 1;
		f.is[f.n] = aur_xcalloc(f.nis[f.n], sizeof **f.is);
		f.n++;
	}
	return f;
}

static void reading_free(struct field_of *f)
{
	for (unsigned i = 0; i < f->n; i++)
		free(f->is[i]);
}

/* The first of its fields that says something: what that stands for, or NULL. */
static const char *meaning(aur_adapter *a, struct field_of *f, const aur_column *col, uint32_t local)
{
	for (unsigned i = 0; i < f->n; i++) {
		uint32_t v = aur_column_at(col[i], local);
		if (!v || v >= f->nis[i])
			continue;
		if (!f->is[i][v]) {
			aur_str t = aur_snapshot_value_text(a->s, f->field[i], v);
			const char *is = aur_reading_is(f->r, t.ptr, t.len);
			f->is[i][v] = is ? is : "";
		}
		if (f->is[i][v][0])
			return f->is[i][v];
	}
	return NULL;
}

/* What was found, in lower case, white space as one blank: accents stay. */
static uint32_t expr_of(aur_adapter *a, const char *p, size_t n, aur_buf *b)
{
	b->n = 0;
	size_t i = 0;
	while (i < n) {
		utf8proc_int32_t c;
		utf8proc_uint8_t u[4];
		utf8proc_ssize_t k = utf8proc_iterate((const utf8proc_uint8_t *)p + i, (utf8proc_ssize_t)(n - i), &c);
		if (k <= 0)
			break;
		i += (size_t)k;
		if (c == 0x2019)
			c = '\'';
		if (c == 0xA0 || c == 0x202F || c == '\n' || c == '\t' || c == '\r')
			c = ' ';
		if (c == ' ' && b->n && b->p[b->n - 1] == ' ')
			continue;
		aur_buf_put(b, u, (size_t)utf8proc_encode_char(utf8proc_tolower(c), u));
	}
	if (!a->exprtab || a->nexprs * 2 > a->exprmask) {
		uint32_t mask = a->exprtab ? a->exprmask * 2 + 1 : 1023;
		uint32_t *t = aur_xcalloc((size_t)mask + 1, sizeof *t);
		for (uint32_t x = 0; x < a->nexprs; x++) {
			uint32_t h = (uint32_t)aur_hash64(a->exprs[x].ptr, a->exprs[x].len, 11) & mask;
			while (t[h])
				h = (h + 1) & mask;
			t[h] = x + 1;
		}
		free(a->exprtab);
		a->exprtab = t;
		a->exprmask = mask;
	}
	uint32_t h = (uint32_t)aur_hash64(b->p, b->n, 11) & a->exprmask;
	for (; a->exprtab[h]; h = (h + 1) & a->exprmask) {
		aur_str x = a->exprs[a->exprtab[h] - 1];
		if (x.len == b->n && !memcmp(x.ptr, b->p, b->n))
			return a->exprtab[h] - 1;
	}
	AUR_GROW(a->exprs, a->nexprs, a->exprcap);
	a->exprs[a->nexprs] = str(a, (const char *)b->p, b->n);
	a->exprtab[h] = a->nexprs + 1;
	return a->nexprs++;
}

static int64_t number(aur_str v)
{
	int64_t n = 0;
	if (!v.len || v.len > 15)
		return -1;
	for (size_t i = 0; i < v.len; i++) {
		if (v.ptr[i] < '0' || v.ptr[i] > '9')
			return -1;
		n = n * 10 + (v.ptr[i] - '0');
	}
	return n;
}

static uint32_t role_index(aur_adapter *a, const char *p, size_t n, uint32_t *cap)
{
	for (uint32_t i = 0; i < a->in.role_count; i++)
		if (a->roles[i].len == n && !memcmp(a->roles[i].ptr, p, n))
			return i;
	AUR_GROW(a->roles, a->in.role_count, *cap);
	a->roles[a->in.role_count] = str(a, p, n);
	return a->in.role_count++;
}

/* "invites.ROLE", "presents.ROLE", "invites", "presents": 0 when the key is none of them. */
static int count_key(aur_str k, bool *invited, aur_str *role)
{
	static const char *const names[2] = {"presents", "invites"};
	for (int i = 0; i < 2; i++) {
		size_t n = strlen(names[i]);
		if (k.len < n || memcmp(k.ptr, names[i], n) || (k.len > n && k.ptr[n] != '.'))
			continue;
		*invited = i == 1;
		*role = k.len > n ? (aur_str){k.ptr + n + 1, k.len - n - 1} : (aur_str){"", 0};
		return 1;
	}
	return 0;
}

static void sessions_fill(aur_adapter *a, struct field_of *role)
{
	uint32_t n = aur_snapshot_session_count(a->s), rolecap = 0, totcap = 0;
	aur_str k, v, r;
	bool inv;
	/* roles, from the field and from the sessions' numbers */
	for (unsigned i = 0; i < role->n; i++)
		for (uint32_t x = 1; x < role->nis[i]; x++) {
			aur_str t = aur_snapshot_value_text(a->s, role->field[i], x);
			role_index(a, t.ptr, t.len, &rolecap);
		}
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t p = 0; aur_snapshot_session_prop(a->s, i, p, &k, &v); p++)
			if (count_key(k, &inv, &r) && r.len)
				role_index(a, r.ptr, r.len, &rolecap);
	for (uint32_t p = 0; aur_snapshot_property(a->s, p, &k, &v); p++)
		if (k.len > 6 && !memcmp(k.ptr, "total.", 6) && count_key((aur_str){k.ptr + 6, k.len - 6}, &inv, &r) && r.len)
			role_index(a, r.ptr, r.len, &rolecap);
	a->sessions = aur_xcalloc(n, sizeof *a->sessions);
	static const char *const props[] = {"titre", "date"};
	static const char *const as[] = {"wave", "place", "territory", "kind"};
	for (uint32_t i = 0; i < n; i++) {
		aur_in_session *s = &a->sessions[i];
		aur_str *out[] = {&s->title, &s->date, &s->wave, &s->place, &s->territory, &s->kind};
		int64_t *num = aur_arena_alloc(&a->arena, (2 * (size_t)a->in.role_count + 1) * sizeof *num);
		int any[2] = {0, 0};
		for (uint32_t x = 0; x < 2 * a->in.role_count; x++)
			num[x] = -1;
		s->id = aur_snapshot_session_id(a->s, i);
		for (unsigned p = 0; p < 2; p++)
			*out[p] = aur_snapshot_session_get(a->s, i, props[p]);
		for (unsigned p = 0; p < 4; p++) {
			const aur_reading *rd = aur_readings_get(&a->readings, as[p]);
			*out[2 + p] = rd && rd->nfields ? aur_snapshot_session_get(a->s, i, rd->field[0]) : (aur_str){"", 0};
		}
		for (uint32_t p = 0; aur_snapshot_session_prop(a->s, i, p, &k, &v); p++) {
			if (!count_key(k, &inv, &r) || number(v) < 0)
				continue;
			if (r.len) {
				num[(inv ? 0 : a->in.role_count) + role_index(a, r.ptr, r.len, &rolecap)] = number(v);
				any[inv ? 0 : 1] = 1;
			} else {
				AUR_GROW(a->totals, a->in.total_count, totcap);
				a->totals[a->in.total_count++] = (aur_in_total){inv, AUR_IN_ABSENT, i, number(v)};
			}
		}
		s->invited = any[0] ? num : NULL;
		s->present = any[1] ? num + a->in.role_count : NULL;
	}
	for (uint32_t p = 0; aur_snapshot_property(a->s, p, &k, &v); p++) {
		if (same(k, "title"))
			a->in.title = v;
		else if (same(k, "licence")) {
			a->in.licence = v;
			a->in.consent_all = v.len > 0; /* published under a licence: meant to be read */
		} else if (same(k, "source"))
			a->in.source = v;
		else if (same(k, "invented"))
			a->in.invented = same(v, "yes");
		else if (k.len > 6 && !memcmp(k.ptr, "total.", 6) && count_key((aur_str){k.ptr + 6, k.len - 6}, &inv, &r) && number(v) >= 0) {
			AUR_GROW(a->totals, a->in.total_count, totcap);
			a->totals[a->in.total_count++] =
				(aur_in_total){inv, r.len ? role_index(a, r.ptr, r.len, &rolecap) : AUR_IN_ABSENT, AUR_IN_ABSENT, number(v)};
		}
	}
	a->in.sessions = a->sessions;
	a->in.session_count = n;
	a->in.roles = a->roles;
	a->in.totals = a->totals;
}

static void themes_fill(aur_adapter *a)
{
	uint32_t n = aur_snapshot_themes(a->s), nl = aur_snapshot_labels(a->s);
	a->themes = aur_xcalloc(n, sizeof *a->themes);
	for (uint32_t i = 0; i < n; i++) {
		aur_in_theme *t = &a->themes[i];
		aur_buf title = {0}, def = {0};
		t->code = aur_snapshot_theme(a->s, i);
		t->parent = AUR_IN_ABSENT;
		const char *dot = NULL;
		for (size_t k = 0; k < t->code.len; k++)
			if (t->code.ptr[k] == '.')
				dot = t->code.ptr + k;
		if (dot)
			t->parent = aur_snapshot_theme_of(a->s, t->code.ptr, (size_t)(dot - t->code.ptr));
		aur_label l;
		for (uint32_t k = 0; k < nl; k++)
			if (aur_snapshot_theme_within(a->s, aur_snapshot_label_theme(a->s, k), i) && aur_snapshot_label(a->s, k, &l)) {
				t->lexicon = l.lexicon;
				t->version = l.version;
				break;
			}
		char *lex = aur_xstrndup(t->lexicon.ptr ? t->lexicon.ptr : "", t->lexicon.len), *code = aur_xstrndup(t->code.ptr, t->code.len);
		t->label = aur_theme_title(lex, code, &title, &def) ? str(a, (char *)title.p, title.n) : t->code;
		if (def.n)
			t->definition = str(a, (char *)def.p, def.n);
		free(lex);
		free(code);
		aur_buf_free(&title);
		aur_buf_free(&def);
	}
	a->in.themes = a->themes;
	a->in.theme_count = n;
}

static void fingerprint(aur_adapter *a, const char *kind, aur_str name, aur_str version, aur_str digest)
{
	AUR_GROW(a->fp, a->in.fingerprint_count, a->fp_cap);
	a->fp[a->in.fingerprint_count++] = (aur_in_fingerprint){{kind, strlen(kind)}, name, version, digest};
}

static void fingerprints_fill(aur_adapter *a, const char *corpus, const char *mask)
{
	const aur_str none = {"", 0};
	const char *p = aur_snapshot_meta(a->s, "fingerprints"), *pipeline = aur_snapshot_meta(a->s, "pipeline");
	char hex[33];
	fingerprint(a, "corpus", (aur_str){"contributions", 13}, none, str(a, corpus, strlen(corpus)));
	fingerprint(a, "engine", (aur_str){"auricule", 8}, (aur_str){PACKAGE_VERSION, strlen(PACKAGE_VERSION)},
		    (aur_str){AUR_ENGINE_DIGEST, strlen(AUR_ENGINE_DIGEST)});
	if (pipeline) { /* what fields and values mean stands there */
		aur_fp fp;
		aur_fp_init(&fp);
		aur_fp_add(&fp, pipeline, strlen(pipeline));
		aur_fp_hex(&fp, hex);
		fingerprint(a, "pipeline", none, none, str(a, hex, 32));
	}
	fingerprint(a, "mask", none, none, str(a, mask, strlen(mask)));
	for (const char *nl; p && (nl = strchr(p, '\n')); p = nl + 1) {
		/* "annotator annotate-lexicon 1.0.0 digest", "layer stem stem 1.0.0 digest" */
		aur_str w[6];
		unsigned k = 0;
		for (const char *q = p; q < nl && k < 6;) {
			size_t len = strcspn(q, " \n");
			w[k++] = (aur_str){q, len};
			q += len + (q + len < nl);
		}
		if (k >= 4)
			fingerprint(a, "plugin", w[k - 3], w[k - 2], w[k - 1]);
	}
	/* the lexicons as they stand today: a proof must notice that one was changed, also before the themes are found anew */
	for (uint32_t i = 0; i < a->in.theme_count; i++) {
		aur_str lex = a->themes[i].lexicon;
		bool known = !lex.len;
		for (uint32_t k = 0; k < i && !known; k++)
			known = a->themes[k].lexicon.len == lex.len && !memcmp(a->themes[k].lexicon.ptr, lex.ptr, lex.len);
		char *name = known ? NULL : aur_xstrndup(lex.ptr, lex.len);
		if (name && aur_lexicon_digest(name, hex))
			fingerprint(a, "lexicon", lex, a->themes[i].version, str(a, hex, 32));
		free(name);
	}
	a->in.fingerprints = a->fp;
}

/* The values of a field that stand for `finger` (0: for any), as a question; false where there are none. */
static bool finger_values(aur_adapter *a, struct field_of *f, unsigned i, int finger, aur_buf *b)
{
	aur_str field = aur_snapshot_field_name(a->s, f->field[i]);
	bool any = false;
	for (uint32_t v = 1; v < f->nis[i]; v++) {
		aur_str t = aur_snapshot_value_text(a->s, f->field[i], v);
		const char *is = aur_reading_is(f->r, t.ptr, t.len);
		if (!is || (finger ? is[0] != '0' + finger : is[0] < '1' || is[0] > '5'))
			continue;
		aur_buf_str(b, any ? " OR " : "(");
		any = true;
		aur_buf_printf(b, "%.*s:\"", (int)field.len, field.ptr);
		for (size_t k = 0; k < t.len; k++) {
			if (t.ptr[k] == '"' || t.ptr[k] == '\\')
				aur_buf_byte(b, '\\');
			aur_buf_byte(b, (unsigned char)t.ptr[k]);
		}
		aur_buf_byte(b, '"');
	}
	if (any)
		aur_buf_byte(b, ')');
	return any;
}

/* Where the contributions of the hand are found again: the first of its fields that names a finger decides. */
static void questions_fill(aur_adapter *a)
{
	struct field_of finger = reading(a, "finger");
	for (int d = 0; d < 4; d++) {
		const aur_reading *r = aur_readings_get(&a->readings, dim_readings[d]);
		if (r && r->nfields && aur_snapshot_field(a->s, r->field[0], strlen(r->field[0])) != AUR_NONE)
			a->in.dim_field[d] = str(a, r->field[0], strlen(r->field[0]));
	}
	for (int f = 1; f < 6; f++) {
		aur_buf all = {0}, one = {0}, before = {0};
		for (unsigned i = 0; i < finger.n; i++) {
			one.n = 0;
			if (finger_values(a, &finger, i, f, &one))
				aur_buf_printf(&all, "%s(%s%s)", all.n ? " OR " : "", aur_buf_cstr(&one), before.n ? aur_buf_cstr(&before) : "");
			one.n = 0;
			if (finger_values(a, &finger, i, 0, &one))
				aur_buf_printf(&before, " AND -%s", aur_buf_cstr(&one));
		}
		if (all.n) {
			one.n = 0;
			aur_buf_printf(&one, "(%s) AND stance:%s", aur_buf_cstr(&all), stances[f]);
			a->in.finger_query[f] = str(a, (const char *)one.p, one.n);
		}
		aur_buf_free(&all);
		aur_buf_free(&one);
		aur_buf_free(&before);
	}
	reading_free(&finger);
}

static aur_code id_at(void *ctx, uint32_t i, aur_str *out, aur_error *e)
{
	aur_adapter *a = ctx;
	aur_code c = aur_snapshot_doc_forms(a->s, a->doc[i], &a->text, e);
	if (!c)
		*out = a->text.id;
	return c;
}

static aur_code text_at(void *ctx, uint32_t i, aur_str *out, aur_error *e)
{
	aur_adapter *a = ctx;
	aur_code c = aur_snapshot_doc(a->s, a->doc[i], &a->text, e);
	if (!c)
		*out = a->text.text;
	return c;
}

struct rword {
	uint32_t form, k;
};
static int by_k(const void *x, const void *y)
{
	const struct rword *a = x, *b = y;
	if (a->k != b->k)
		return a->k > b->k ? -1 : 1;
	return (a->form > b->form) - (a->form < b->form);
}

struct said {
	uint32_t person, c;
};
static int by_person(const void *x, const void *y)
{
	const struct said *a = x, *b = y;
	return a->person != b->person ? (a->person < b->person ? -1 : 1) : (a->c > b->c) - (a->c < b->c);
}
static int by_specificity(const void *x, const void *y)
{
	const aur_in_word *a = x, *b = y;
	if (a->S != b->S)
		return a->S > b->S ? -1 : 1;
	if (a->k != b->k)
		return a->k > b->k ? -1 : 1;
	size_t n = a->form.len < b->form.len ? a->form.len : b->form.len;
	int c = memcmp(a->form.ptr, b->form.ptr, n);
	return c ? c : (a->form.len > b->form.len) - (a->form.len < b->form.len);
}

/* The words of what no theme caught, by their lower-case value: of the most frequent ones those that stand there more than elsewhere. */
static aur_code residue_fill(aur_adapter *a, const uint32_t *kform, const uint32_t *bare, uint32_t nbare, aur_error *e)
{
	aur_totals t;
	aur_snapshot_totals(a->s, &t);
	int lower = aur_snapshot_layer(a->s, "lower", 5);
	struct rword *w = aur_xmalloc(((size_t)t.forms + 1) * sizeof *w);
	uint32_t n = 0, m = 0;
	aur_code c = AURE_OK;
	for (uint32_t f = 0; f < t.forms; f++)
		if (kform[f] >= 2)
			w[n++] = (struct rword){f, kform[f]};
	if (n)
		qsort(w, n, sizeof *w, by_k);
	uint32_t *word_of = aur_xmalloc(((size_t)t.forms + 1) * sizeof *word_of);
	memset(word_of, 0xFF, ((size_t)t.forms + 1) * sizeof *word_of);
	a->residue = aur_xcalloc(RESIDUE_TRIED, sizeof *a->residue);
	uint32_t *number = aur_xcalloc(RESIDUE_TRIED, sizeof *number); /* of a word, before it is sorted: where it stands after */
	struct said *said = aur_xmalloc(((size_t)nbare + 1) * sizeof *said);
	aur_buf ids = {0};
	for (uint32_t i = 0; i < n && m < RESIDUE_TRIED && !c; i++) {
		aur_form f;
		aur_str ls[AUR_MAX_LAYERS];
		if (word_of[w[i].form] != AUR_NONE || !aur_snapshot_form(a->s, w[i].form, &f, ls) || (f.flags & AUR_TOK_PUNCT))
			continue;
		aur_str v = lower >= 0 ? ls[lower] : f.form;
		aur_in_word *r = &a->residue[m];
		ids.n = 0;
		if (lower >= 0) {
			c = aur_snapshot_value_forms(a->s, (uint32_t)lower, v, &ids, NULL, NULL, e);
			if (c)
				break;
		} else {
			aur_buf_put(&ids, &w[i].form, sizeof w[i].form);
		}
		*r = (aur_in_word){.form = v, .speakers = m}; /* its number, until they are sorted */
		const uint32_t *id = (const uint32_t *)(void *)ids.p;
		for (size_t x = 0; x < ids.n / 4; x++) {
			word_of[id[x]] = m;
			r->k += kform[id[x]];
			for (uint32_t g = 0; g < aur_snapshot_segs(a->s) && !c; g++) {
				uint64_t tf;
				c = aur_snapshot_form_tokens(a->s, g, id[x], &tf, e);
				r->F += c ? 0 : tf;
			}
		}
		double S = aur_specificity(r->k, r->F, a->in.residue_tokens, a->in.tokens);
		r->S = isfinite(S) ? S : 0;
		m++;
	}
	if (m)
		qsort(a->residue, m, sizeof *a->residue, by_specificity);
	for (uint32_t i = 0; i < m; i++) {
		number[a->residue[i].speakers] = i;
		a->residue[i].speakers = 0;
		a->in.residue_count += i < RESIDUE_WORDS && a->residue[i].S > 0;
	}
	/* who says them: one person after the other */
	uint32_t *last = aur_xcalloc(RESIDUE_TRIED, sizeof *last);
	for (uint32_t i = 0; i < nbare; i++) {
		const aur_in_contribution *x = &a->con[bare[i]];
		said[i] = (struct said){x->speaker == AUR_IN_ABSENT ? a->in.speaker_count + bare[i] : x->speaker, bare[i]};
	}
	if (nbare)
		qsort(said, nbare, sizeof *said, by_person);
	aur_doc d = {0};
	uint32_t who = 0;
	for (uint32_t i = 0; i < nbare && !c; i++) {
		who += !i || said[i].person != said[i - 1].person;
		c = aur_snapshot_doc_forms(a->s, a->doc[said[i].c], &d, e);
		for (uint32_t k = 0; k < d.ntok && !c; k++) {
			uint32_t r = word_of[d.form[k]];
			if (r == AUR_NONE || last[r] == who)
				continue;
			last[r] = who;
			a->residue[number[r]].speakers++;
		}
	}
	aur_doc_free(&d);
	free(last);
	free(number);
	free(said);
	free(word_of);
	free(w);
	aur_buf_free(&ids);
	a->in.residue = a->residue;
	return c;
}

/* The values of a field, each looked up once. */
struct texts {
	aur_str *of;
	uint32_t n;
};

static aur_str value_text(struct texts *t, aur_snapshot *s, uint32_t field, uint32_t value)
{
	if (!t->of) {
		t->n = aur_snapshot_value_count(s, field) + 1;
		t->of = aur_xcalloc(t->n, sizeof *t->of);
	}
	if (value >= t->n)
		return aur_snapshot_value_text(s, field, value);
	if (!t->of[value].ptr)
		t->of[value] = aur_snapshot_value_text(s, field, value);
	return t->of[value];
}

static void digest_pair(aur_fp *fp, aur_str key, aur_str value)
{
	aur_fp_add(fp, "\n", 1);
	aur_fp_add(fp, key.ptr, key.len);
	aur_fp_add(fp, "=", 1);
	aur_fp_add(fp, value.ptr, value.len);
}

/* Contributions in order of session, where they were ingested in another: whatever goes through a theme's list then goes through memory in order. */
static void by_session(aur_adapter *a)
{
	uint32_t n = a->in.contribution_count, S = a->in.session_count, last = 0;
	bool sorted = true;
	for (uint32_t i = 0; i < n && sorted; i++) {
		sorted = a->con[i].session >= last;
		last = a->con[i].session;
	}
	if (sorted)
		return;
	uint32_t *at = aur_xcalloc((size_t)S + 2, sizeof *at), *doc = aur_xmalloc((size_t)n * sizeof *doc);
	aur_in_contribution *con = aur_xmalloc((size_t)n * sizeof *con);
	aur_in_hit *hits = aur_xmalloc((a->nhits + 1) * sizeof *hits);
	size_t m = 0;
	for (uint32_t i = 0; i < n; i++)
		at[(a->con[i].session < S ? a->con[i].session : S) + 1]++;
	for (uint32_t s = 0; s < S; s++)
		at[s + 1] += at[s];
	for (uint32_t i = 0; i < n; i++) {
		uint32_t to = at[a->con[i].session < S ? a->con[i].session : S]++;
		con[to] = a->con[i];
		doc[to] = a->doc[i];
	}
	for (uint32_t i = 0; i < n; i++) {
		if (con[i].hit_count)
			memcpy(hits + m, a->hits + con[i].first_hit, con[i].hit_count * sizeof *hits);
		con[i].first_hit = m;
		m += con[i].hit_count;
	}
	free(at);
	free(a->con);
	free(a->doc);
	free(a->hits);
	a->con = con;
	a->doc = doc;
	a->hits = hits;
}

static aur_code contributions_fill(aur_adapter *a, bool digest, bool words, struct field_of *role, char hex[33], aur_error *e)
{
	struct field_of speaker = reading(a, "speaker"), status = reading(a, "status"), consent = reading(a, "consent"), finger = reading(a, "finger");
	const aur_reading *nothing = aur_readings_get(&a->readings, "non-answer");
	uint32_t fsession = aur_snapshot_field(a->s, "session", 7), fstance = aur_snapshot_field(a->s, "stance", 6), nf = aur_snapshot_fields(a->s);
	uint32_t *session_of = NULL, nsv = 0, *role_of = NULL, stance_of[64] = {0}, cap = 0;
	aur_totals t;
	aur_snapshot_totals(a->s, &t);
	a->con = aur_xcalloc(t.contributions, sizeof *a->con);
	a->doc = aur_xcalloc(t.contributions, sizeof *a->doc);
	uint32_t *kform = aur_xcalloc((size_t)t.forms + 1, sizeof *kform), *bare = aur_xcalloc(t.contributions, sizeof *bare), nbare = 0;
	if (fsession != AUR_NONE) {
		nsv = aur_snapshot_value_count(a->s, fsession) + 1;
		session_of = aur_xmalloc(nsv * sizeof *session_of);
		memset(session_of, 0xFF, nsv * sizeof *session_of);
		for (uint32_t i = 0; i < a->in.session_count; i++) {
			uint32_t v = aur_snapshot_value(a->s, fsession, a->sessions[i].id);
			if (v && v < nsv)
				session_of[v] = i;
		}
	}
	if (role->n) {
		role_of = aur_xcalloc(role->nis[0], sizeof *role_of);
		for (uint32_t v = 1; v < role->nis[0]; v++) {
			aur_str x = aur_snapshot_value_text(a->s, role->field[0], v);
			role_of[v] = role_index(a, x.ptr, x.len, &cap);
		}
	}
	for (uint32_t v = 1; fstance != AUR_NONE && v <= aur_snapshot_value_count(a->s, fstance) && v < 64; v++) {
		aur_str x = aur_snapshot_value_text(a->s, fstance, v);
		for (uint32_t k = 1; k < AUR_IN_STANCES; k++)
			if (same(x, stances[k]))
				stance_of[v] = k;
	}
	a->in.speaker_count = speaker.n ? speaker.nis[0] - 1 : 0;
	aur_fp fp;
	aur_fp_init(&fp);
	struct texts *values = aur_xcalloc((size_t)nf + 1, sizeof *values);
	aur_doc d = {0};
	aur_buf hb = {0}, eb = {0};
	aur_code c = AURE_OK;
	uint32_t n = 0;
	for (uint32_t g = 0; g < aur_snapshot_segs(a->s) && !c; g++) {
		const aur_seg_info *info = aur_snapshot_seg(a->s, g);
		struct {
			struct field_of *f;
			aur_column col[8];
		} r[] = {{&speaker, {{0}}}, {&status, {{0}}}, {&consent, {{0}}}, {&finger, {{0}}}, {role, {{0}}}};
		const uint8_t *lengths = aur_snapshot_lengths(a->s, g);
		aur_column cs = {0}, cst = {0}, *all = aur_xcalloc(nf, sizeof *all);
		for (unsigned k = 0; k < 5 && !c; k++)
			for (unsigned i = 0; i < r[k].f->n && !c; i++)
				c = aur_snapshot_column(a->s, g, r[k].f->field[i], &r[k].col[i], e);
		if (!c && fsession != AUR_NONE)
			c = aur_snapshot_column(a->s, g, fsession, &cs, e);
		if (!c && fstance != AUR_NONE)
			c = aur_snapshot_column(a->s, g, fstance, &cst, e);
		for (uint32_t f = 0; digest && f < nf && !c; f++)
			c = aur_snapshot_column(a->s, g, f, &all[f], e);
		for (uint32_t i = 0; i < info->n && !c; i++) {
			if (aur_seg_is_deleted(info, i))
				continue;
			aur_in_contribution *x = &a->con[n];
			uint32_t no = info->base + i;
			a->doc[n] = no;
			hb.n = 0;
			c = aur_snapshot_hits(a->s, no, &hb, e);
			if (c)
				break;
			const aur_hit_rec *h = (const aur_hit_rec *)(void *)hb.p;
			uint32_t nh = (uint32_t)(hb.n / sizeof *h);
			/* most say nothing that the ledger counts, and how long they are is known without them */
			uint32_t len = lengths ? (uint32_t)(lengths[2 * (size_t)i] | lengths[2 * (size_t)i + 1] << 8) : 65535;
			bool unread = !nh && !digest && !words && len > SHORT && len < 65535;
			d.ntok = 0;
			d.nwords = len;
			if (!unread)
				c = nh || digest ? aur_snapshot_doc(a->s, no, &d, e) : aur_snapshot_doc_forms(a->s, no, &d, e);
			if (c)
				break;
			uint32_t v = speaker.n ? aur_column_at(r[0].col[0], i) : 0;
			x->speaker = v ? v - 1 : AUR_IN_ABSENT;
			v = aur_column_at(cs, i);
			x->session = v && v < nsv ? session_of[v] : AUR_IN_ABSENT;
			v = role->n ? aur_column_at(r[4].col[0], i) : 0;
			x->role = v ? role_of[v] : AUR_IN_ABSENT;
			v = aur_column_at(cst, i);
			x->stance = v < 64 ? (uint8_t)stance_of[v] : 0;
			const char *m = meaning(a, &status, r[1].col, i);
			x->status = m && !strcmp(m, "summed") ? AUR_IN_SUMMED : m && !strcmp(m, "pro") ? AUR_IN_PRO : AUR_IN_SAID;
			m = meaning(a, &consent, r[2].col, i);
			x->consent = m && !strcmp(m, "yes") ? AUR_IN_YES : m && !strcmp(m, "no") ? AUR_IN_NO : AUR_IN_UNASKED;
			m = meaning(a, &finger, r[3].col, i);
			x->finger = m && m[0] >= '1' && m[0] <= '5' ? (uint8_t)(m[0] - '0') : 0;
			if (x->finger != x->stance) /* a finger that the pipeline gives another stance is none */
				x->finger = 0;
			x->tokens = d.nwords;
			x->text_hash = aur_snapshot_text_hash(a->s, no);
			x->first_hit = a->nhits;
			for (uint32_t k = 0; k < nh; k++) {
				if (h[k].last >= d.ntok || h[k].first > h[k].last)
					continue;
				AUR_GROW(a->hits, a->nhits, a->hitcap);
				uint32_t s0 = d.start[h[k].first], s1 = d.end[h[k].last];
				a->hits[a->nhits++] = (aur_in_hit){aur_snapshot_label_theme(a->s, h[k].label),
								   expr_of(a, d.text.ptr + s0, s1 - s0, &eb), s0, s1, (aur_polarity)h[k].polarity};
			}
			x->hit_count = (uint32_t)(a->nhits - x->first_hit);
			if (!nh && !unread && d.ntok <= SHORT) {
				c = digest ? AURE_OK : aur_snapshot_doc(a->s, no, &d, e);
				x->non_answer = !c && aur_reading_says_nothing(nothing, d.text.ptr, d.text.len);
			}
			if (words && !nh && !x->non_answer) {
				bare[nbare++] = n;
				a->in.residue_tokens += d.nwords;
				for (uint32_t k = 0; k < d.ntok; k++)
					kform[d.form[k]]++;
			}
			a->in.tokens += d.nwords;
			if (digest) {
				aur_fp_add(&fp, d.id.ptr, d.id.len);
				aur_fp_add(&fp, "\n", 1);
				aur_fp_add(&fp, d.text.ptr, d.text.len);
				for (uint32_t f = 0; f < nf; f++) {
					uint32_t val = aur_column_at(all[f], i);
					if (val)
						digest_pair(&fp, aur_snapshot_field_name(a->s, f), value_text(&values[f], a->s, f, val));
				}
				aur_fp_add(&fp, "\n\n", 2);
			}
			n++;
		}
		free(all);
	}
	a->in.contribution_count = n;
	a->in.hit_count = a->nhits;
	a->in.exprs = a->exprs;
	a->in.expr_count = a->nexprs;
	if (!c && words)
		c = residue_fill(a, kform, bare, nbare, e);
	by_session(a);
	a->in.contributions = a->con;
	a->in.hits = a->hits;
	/* and what is said of the corpus and of its sessions */
	aur_str key, value;
	for (uint32_t i = 0; digest && aur_snapshot_property(a->s, i, &key, &value); i++)
		digest_pair(&fp, key, value);
	for (uint32_t i = 0; digest && i < aur_snapshot_session_count(a->s); i++) {
		digest_pair(&fp, (aur_str){"session", 7}, aur_snapshot_session_id(a->s, i));
		for (uint32_t k = 0; aur_snapshot_session_prop(a->s, i, k, &key, &value); k++)
			digest_pair(&fp, key, value);
	}
	aur_fp_hex(&fp, hex);
	for (uint32_t f = 0; f < nf; f++)
		free(values[f].of);
	free(values);
	aur_doc_free(&d);
	aur_buf_free(&hb);
	aur_buf_free(&eb);
	free(kform);
	free(bare);
	free(session_of);
	free(role_of);
	reading_free(&speaker);
	reading_free(&status);
	reading_free(&consent);
	reading_free(&finger);
	return c;
}

aur_code aur_adapter_new(aur_snapshot *s, const char *mask, bool words, aur_adapter **out, aur_error *e)
{
	aur_adapter *a = aur_xcalloc(1, sizeof *a);
	char hex[33];
	a->s = s;
	aur_readings_parse(aur_snapshot_meta(s, "pipeline"), &a->readings);
	struct field_of role = reading(a, "role");
	sessions_fill(a, &role);
	themes_fill(a);
	aur_code c = contributions_fill(a, mask != NULL, words, &role, hex, e);
	reading_free(&role);
	questions_fill(a);
	if (mask)
		fingerprints_fill(a, hex, mask);
	a->in.roles = a->roles;
	a->in.id = id_at;
	a->in.text = text_at;
	a->in.ctx = a;
	if (!c)
		c = aur_input_check(&a->in, e);
	if (c)
		aur_adapter_free(a);
	else
		*out = a;
	return c;
}

const aur_input *aur_adapter_input(const aur_adapter *a)
{
	return &a->in;
}

void aur_adapter_free(aur_adapter *a)
{
	if (!a)
		return;
	aur_arena_free(&a->arena);
	aur_readings_free(&a->readings);
	free(a->sessions);
	free(a->roles);
	free(a->totals);
	free(a->con);
	free(a->doc);
	free(a->hits);
	free(a->themes);
	free(a->exprs);
	free(a->exprtab);
	free(a->residue);
	free(a->fp);
	aur_doc_free(&a->text);
	free(a);
}
