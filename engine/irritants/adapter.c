/* SPDX-License-Identifier: Apache-2.0 */
/* Fills everything in an aur_input but its contributions (sessions, themes, fingerprints, queries), and puts the whole adapter together. */
#include "config.h"
#include "base/hash.h"
#include "base/str.h"
#include "irritants/adapt.h"
#include "irritants/adapter.h"
#include "irritants/engine-digest.h"
#include "text/fold.h"

static const char *const dim_readings[4] = {"territory", "kind", "wave", "role"};

static int same(aur_str a, const char *b)
{
	return a.len == strlen(b) && !memcmp(a.ptr, b, a.len);
}

static struct field_of reading(aur_adapter *a, const char *as)
{
	return aur_adapt_reading(a, a->s, as);
}

static int64_t number(aur_str v)
{
	int64_t n = 0;
	if (!v.len || v.len > 9) /* 9 digits: no session has more people, and the sum over all sessions still fits */
		return -1;
	for (size_t i = 0; i < v.len; i++) {
		if (v.ptr[i] < '0' || v.ptr[i] > '9')
			return -1;
		n = n * 10 + (v.ptr[i] - '0');
	}
	return n;
}

/* Parses "invites.ROLE", "presents.ROLE", "invites" or "presents"; 0 if the key is none of them. */
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

typedef struct keyed {
	aur_str role, key;
} keyed;

static int by_key(const void *a, const void *b)
{
	const keyed *x = a, *y = b;
	int c = aur_str_order(x->key, y->key);
	return c ? c : aur_str_order(x->role, y->role);
}

static void role_add(aur_adapter *a, aur_str role, uint32_t *cap)
{
	if (aur_adapt_role(a, role) != AUR_IN_ABSENT)
		return;
	AUR_GROW(a->roles, a->in.role_count, *cap);
	aur_str name = aur_adapt_str(a, role.ptr, role.len);
	aur_strtab_put(&a->role_numbers, name.ptr, name.len, a->in.role_count);
	a->roles[a->in.role_count++] = name;
}

/* Lists the roles, from the fields and from the sessions' numbers, sorted by name.  They are sorted because their
 * order decides which of two counts is hidden: otherwise two corpora of the same contributions, one of them
 * corrected step by step, would each show what the other one hides. */
static void roles_fill(aur_adapter *a, const struct field_of *role)
{
	uint32_t cap = 0;
	aur_str k, v, r;
	bool inv;
	for (unsigned i = 0; i < role->n; i++) {
		uint8_t *left = aur_xmalloc(role->nis[i]);
		aur_snapshot_values_left(a->s, role->field[i], left, NULL);
		for (uint32_t x = 1; x < role->nis[i]; x++)
			if (left[x])
				role_add(a, aur_snapshot_value_text(a->s, role->field[i], x), &cap);
		free(left);
	}
	for (uint32_t i = 0; i < aur_snapshot_session_count(a->s); i++)
		for (uint32_t p = 0; aur_snapshot_session_prop(a->s, i, p, &k, &v); p++)
			if (count_key(k, &inv, &r) && r.len)
				role_add(a, r, &cap);
	for (uint32_t p = 0; aur_snapshot_property(a->s, p, &k, &v); p++)
		if (k.len > 6 && !memcmp(k.ptr, "total.", 6) && count_key((aur_str){k.ptr + 6, k.len - 6}, &inv, &r) && r.len)
			role_add(a, r, &cap);
	keyed *all = aur_xmalloc(((size_t)a->in.role_count + 1) * sizeof *all);
	aur_buf keys = {0};
	for (uint32_t i = 0; i < a->in.role_count; i++) {
		keys.n = 0;
		aur_text_sort_key(&keys, a->roles[i].ptr, a->roles[i].len);
		all[i] = (keyed){a->roles[i], aur_adapt_str(a, (char *)keys.p, keys.n)};
	}
	if (a->in.role_count)
		qsort(all, a->in.role_count, sizeof *all, by_key);
	for (uint32_t i = 0; i < a->in.role_count; i++) {
		a->roles[i] = all[i].role;
		aur_strtab_put(&a->role_numbers, all[i].role.ptr, all[i].role.len, i);
	}
	aur_buf_free(&keys);
	free(all);
}

static void sessions_fill(aur_adapter *a, struct field_of *role)
{
	uint32_t n = aur_snapshot_session_count(a->s), totcap = 0;
	aur_str k, v, r;
	bool inv;
	roles_fill(a, role);
	a->sessions = aur_xcalloc(n, sizeof *a->sessions);
	for (unsigned d = 0; d < 3; d++) {
		const aur_reading *rd = aur_readings_get(&a->readings, dim_readings[d]);
		a->dim_field[d] = rd && rd->nfields ? aur_snapshot_field(a->s, rd->field[0], strlen(rd->field[0])) : AUR_NONE;
	}
	static const char *const props[] = {"titre", "date"};
	static const char *const as[] = {"wave", "place", "territory", "kind"};
	for (uint32_t i = 0; i < n; i++) {
		aur_in_session *s = &a->sessions[i];
		aur_str *out[] = {&s->title, &s->date, &s->wave, &s->place, &s->territory, &s->kind};
		int64_t *num = NULL;
		int any[2] = {0, 0};
		s->id = aur_snapshot_session_id(a->s, i);
		for (unsigned p = 0; p < 2; p++)
			*out[p] = aur_snapshot_session_get(a->s, i, props[p]);
		/* Keep only the date.  « T1 2025 » would sort after all dates; and a time (the second at which somebody pressed «
		 * send ») is not the session's, and would point at that person. */
		s->date.len = aur_date_len(s->date, 10);
		for (unsigned p = 0; p < 4; p++) {
			const aur_reading *rd = aur_readings_get(&a->readings, as[p]);
			*out[2 + p] = rd && rd->nfields ? aur_snapshot_session_get(a->s, i, rd->field[0]) : (aur_str){"", 0};
		}
		for (uint32_t p = 0; aur_snapshot_session_prop(a->s, i, p, &k, &v); p++) {
			if (!count_key(k, &inv, &r) || number(v) < 0)
				continue;
			if (r.len) {
				if (!num) {
					num = aur_arena_alloc(&a->arena, 2 * (size_t)a->in.role_count * sizeof *num);
					memset(num, 0xFF, 2 * (size_t)a->in.role_count * sizeof *num); /* -1 */
				}
				num[(inv ? 0 : a->in.role_count) + aur_adapt_role(a, r)] = number(v);
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
			/* A licence for everybody means that the texts are meant to be read.  But it is the licence of one file,
			 * and says nothing of the others. */
			a->in.consent_all = aur_adapt_licence_open(v) && aur_snapshot_sources(a->s) < 2;
		} else if (same(k, "source"))
			a->in.source = v;
		else if (same(k, "invented"))
			a->in.invented = same(v, "yes");
		else if (k.len > 6 && !memcmp(k.ptr, "total.", 6) && count_key((aur_str){k.ptr + 6, k.len - 6}, &inv, &r) && number(v) >= 0) {
			AUR_GROW(a->totals, a->in.total_count, totcap);
			a->totals[a->in.total_count++] =
				(aur_in_total){inv, r.len ? aur_adapt_role(a, r) : AUR_IN_ABSENT, AUR_IN_ABSENT, number(v)};
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
		const char *file = aur_lexicon_ids_file(&a->lexicons, lex);
		t->label = file && aur_theme_title(file, code, &title, &def) ? aur_adapt_str(a, (char *)title.p, title.n) : t->code;
		if (def.n)
			t->definition = aur_adapt_str(a, (char *)def.p, def.n);
		free(lex);
		free(code);
		aur_buf_free(&title);
		aur_buf_free(&def);
	}
	a->in.themes = a->themes;
	a->in.theme_count = n;
}

/* Drops themes that no current contribution has (those that had were replaced): their zeros would still influence which counts are
 * hidden. */
static void themes_left(aur_adapter *a)
{
	uint32_t *to = aur_xcalloc((size_t)a->in.theme_count + 1, sizeof *to), n = 0;
	for (size_t h = 0; h < a->nhits; h++)
		for (uint32_t t = a->hits[h].theme; t != AUR_IN_ABSENT && !to[t]; t = a->themes[t].parent)
			to[t] = 1;
	for (uint32_t t = 0; t < a->in.theme_count; t++) {
		if (!to[t])
			continue;
		a->themes[n] = a->themes[t];
		if (a->themes[n].parent != AUR_IN_ABSENT)
			a->themes[n].parent = to[a->themes[n].parent];
		to[t] = n++;
	}
	for (size_t h = 0; h < a->nhits; h++)
		a->hits[h].theme = to[a->hits[h].theme];
	a->in.theme_count = n;
	free(to);
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
	fingerprint(a, "corpus", (aur_str){"contributions", 13}, none, aur_adapt_str(a, corpus, strlen(corpus)));
	fingerprint(a, "engine", (aur_str){"auricule", 8}, (aur_str){PACKAGE_VERSION, strlen(PACKAGE_VERSION)},
		    (aur_str){AUR_ENGINE_DIGEST, strlen(AUR_ENGINE_DIGEST)});
	if (pipeline) { /* it defines what fields and values mean */
		aur_fp fp;
		aur_fp_init(&fp);
		aur_fp_add(&fp, pipeline, strlen(pipeline));
		aur_fp_hex(&fp, hex);
		fingerprint(a, "pipeline", none, none, aur_adapt_str(a, hex, 32));
	}
	fingerprint(a, "mask", none, none, aur_adapt_str(a, mask, strlen(mask)));
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
	/* The lexicons as they are on disk today: a proof must notice that one was changed, even if the themes have not been found
	 * anew yet. */
	for (uint32_t i = 0; i < a->in.theme_count; i++) {
		aur_str lex = a->themes[i].lexicon;
		bool known = !lex.len;
		for (uint32_t k = 0; k < i && !known; k++)
			known = a->themes[k].lexicon.len == lex.len && !memcmp(a->themes[k].lexicon.ptr, lex.ptr, lex.len);
		char *name = known ? NULL : aur_xstrndup(lex.ptr, lex.len);
		const char *file = name ? aur_lexicon_ids_file(&a->lexicons, name) : NULL;
		if (file && aur_lexicon_digest(file, hex))
			fingerprint(a, "lexicon", lex, a->themes[i].version, aur_adapt_str(a, hex, 32));
		free(name);
	}
	a->in.fingerprints = a->fp;
}

/* Appends to b a query for the values of the i-th field that stand for `finger` (0: for any finger).  Returns false if there are none. */
static bool finger_values(aur_adapter *a, struct field_of *f, unsigned i, int finger, aur_buf *b)
{
	aur_str field = aur_snapshot_field_name(a->s, f->field[i]);
	aur_str *of = aur_xmalloc(f->nis[i] * sizeof *of);
	uint8_t *left = aur_xmalloc(f->nis[i]);
	uint32_t n = 0;
	aur_snapshot_values_left(a->s, f->field[i], left, NULL);
	for (uint32_t v = 1; v < f->nis[i]; v++) {
		aur_str t = left[v] ? aur_snapshot_value_text(a->s, f->field[i], v) : (aur_str){"", 0};
		const char *is = t.len ? aur_reading_is(f->r, t.ptr, t.len) : NULL;
		if (!is || (finger ? is[0] != '0' + finger : is[0] < '1' || is[0] > '5'))
			continue;
		uint32_t at = n++;
		for (; at && aur_str_order(of[at - 1], t) > 0; at--)
			of[at] = of[at - 1];
		of[at] = t;
	}
	for (uint32_t x = 0; x < n; x++) {
		aur_str t = of[x];
		aur_buf_str(b, x ? " OR " : "(");
		aur_buf_printf(b, "%.*s:\"", (int)field.len, field.ptr);
		for (size_t k = 0; k < t.len; k++) {
			if (t.ptr[k] == '"' || t.ptr[k] == '\\')
				aur_buf_byte(b, '\\');
			aur_buf_byte(b, (unsigned char)t.ptr[k]);
		}
		aur_buf_byte(b, '"');
	}
	if (n)
		aur_buf_byte(b, ')');
	free(of);
	free(left);
	return n > 0;
}

/* Queries that find the contributions of each finger again.  As when they were read, the first field that names a finger decides. */
static void questions_fill(aur_adapter *a, const struct field_of *role)
{
	struct field_of finger = reading(a, "finger");
	if (role->n == 1) /* where the role is in one of several fields, searching one of them would not find everybody */
		a->in.dim_field[3] = aur_snapshot_field_name(a->s, role->field[0]);
	for (int d = 0; d < 3; d++) {
		const aur_reading *r = aur_readings_get(&a->readings, dim_readings[d]);
		if (r && r->nfields && aur_snapshot_field(a->s, r->field[0], strlen(r->field[0])) != AUR_NONE)
			a->in.dim_field[d] = aur_adapt_str(a, r->field[0], strlen(r->field[0]));
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
			aur_buf_printf(&one, "(%s) AND stance:%s", aur_buf_cstr(&all), aur_adapt_stances[f]);
			a->in.finger_query[f] = aur_adapt_str(a, (const char *)one.p, one.n);
		}
		aur_buf_free(&all);
		aur_buf_free(&one);
		aur_buf_free(&before);
	}
	aur_adapt_reading_free(&finger);
}

/* The names that the pipeline has for the fields of speakers and stances, so that a corpus without them can be told what to add. */
static void fields_fill(aur_adapter *a)
{
	const aur_reading *speaker = aur_readings_get(&a->readings, "speaker"), *stance = aur_readings_get(&a->readings, "stance");
	aur_buf b = {0};
	if (speaker && speaker->nfields)
		a->in.speaker_field = aur_adapt_str(a, speaker->field[0], strlen(speaker->field[0]));
	if (!stance || !stance->nfields)
		return;
	a->in.stance_field = aur_adapt_str(a, stance->field[0], strlen(stance->field[0]));
	for (unsigned s = AUR_IN_KEEP; s <= AUR_IN_GETRID; s++)
		for (unsigned i = 0; i < stance->nmap; i++)
			if (!strcmp(stance->map[i].is, aur_adapt_stances[s]) && aur_value_is_word(stance->map[i].value)) {
				aur_buf_printf(&b, "%s%s", b.n ? ", " : "", stance->map[i].value);
				break;
			}
	a->in.stance_values = aur_adapt_str(a, (char *)b.p, b.n);
	aur_buf_free(&b);
}

static aur_code id_at(void *ctx, uint32_t i, aur_str *out, aur_error *e)
{
	aur_adapter *a = ctx;
	return aur_snapshot_doc_id(a->s, a->doc[i], out, e);
}

static aur_code text_at(void *ctx, uint32_t i, aur_str *out, aur_error *e)
{
	aur_adapter *a = ctx;
	aur_code c = aur_snapshot_doc(a->s, a->doc[i], &a->text, e);
	if (!c)
		*out = a->text.text;
	return c;
}

aur_code aur_adapter_new(aur_snapshot *s, const char *mask, bool words, unsigned threads, aur_adapter **out, aur_error *e)
{
	aur_adapter *a = aur_xcalloc(1, sizeof *a);
	char hex[33];
	a->s = s;
	aur_readings_parse(aur_snapshot_meta(s, "pipeline"), &a->readings);
	aur_lexicon_ids_of(aur_snapshot_meta(s, "pipeline"), &a->lexicons);
	struct field_of role = reading(a, "role");
	sessions_fill(a, &role);
	themes_fill(a);
	aur_code c = aur_adapt_contributions(a, mask != NULL, words, threads, &role, hex, e);
	themes_left(a);
	questions_fill(a, &role);
	aur_adapt_reading_free(&role);
	fields_fill(a);
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

aur_code aur_adapter_values(const aur_adapter *a, uint32_t field, uint32_t *value, aur_error *e)
{
	uint32_t G = aur_snapshot_segs(a->s);
	aur_column *col = aur_xcalloc((size_t)G + 1, sizeof *col);
	aur_code c = AURE_OK;
	for (uint32_t g = 0; g < G && !c; g++)
		c = aur_snapshot_column(a->s, g, field, &col[g], e);
	for (uint32_t i = 0, g = 0; i < a->in.contribution_count && !c; i++) {
		const aur_seg_info *info;
		while (info = aur_snapshot_seg(a->s, g), a->doc[i] < info->base || a->doc[i] - info->base >= info->n)
			g = (g + 1) % G; /* they mostly come in order */
		value[i] = aur_column_at(col[g], a->doc[i] - info->base);
	}
	free(col);
	return c;
}

void aur_adapter_free(aur_adapter *a)
{
	if (!a)
		return;
	aur_arena_free(&a->arena);
	aur_readings_free(&a->readings);
	aur_lexicon_ids_free(&a->lexicons);
	free(a->sessions);
	free(a->roles);
	aur_strtab_free(&a->role_numbers);
	free(a->totals);
	free(a->con);
	free(a->doc);
	free(a->hits);
	free(a->themes);
	aur_adapt_exprs_free(&a->exprs);
	free(a->residue);
	free(a->fp);
	aur_doc_free(&a->text);
	free(a);
}
