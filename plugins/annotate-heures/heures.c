/* SPDX-License-Identifier: Apache-2.0 */
/* annotate-heures: finds where people say that their hours are controlled, hour by hour.  A theme that a list of words cannot hold: an
 * amount of time (« 15h », « quinze heures », « mes heures ») near a word of control (justifier, pointer, flicage…), but no time of the
 * day (« à 15h », « 15h30 »).
 *
 * It is also the example of doc/plugin-author.md, which explains it part by part.
 *
 * Setting:  window   how many words may stand between the amount and the word of control (default 8) */
#include <auricule/plugin.h>
#include <libintl.h>
#include <stdlib.h>
#include <string.h>

/* English in the source, French in the catalog that comes with the program. */
#define _(s) dgettext("auricule", s)
#define N_(s) s

/* ---- 1. what a form can be ---------------------------------------------------------------------------------------------------- */

enum {
	NUMBER = 1,  /* 15, quinze */
	FIFTEEN = 2, /* the number of the law */
	UNIT = 4,    /* h, heure, heures */
	CONTROL = 8, /* justifier, pointage, flicage */
	DAY = 16,    /* à, vers, avant: a time of the day follows */
	WHOSE = 32,  /* mes, nos, les, chaque: « mes heures » */
	PER = 64     /* par: « heure par heure » */
};

static const struct {
	uint32_t is;
	const char *words; /* between spaces, without accents and capitals; a star stands for any ending */
} lists[] = {
	{ NUMBER | FIFTEEN, " 15 quinze kinze " },
	{ NUMBER, " dix douze vingt trente sept cinq " },
	{ UNIT, " h heure heures hrs heur heurs " },
	{ CONTROL, " control* justifi* pointer pointe pointage pointeuse flic* surveill* verifi* declar* saisi* prouver preuve* "
	           "emarg* attest* badge* comptabilis* valid* trac* espionn* rendre " },
	{ DAY, " a vers avant apres des jusqu'a jusque entre jusqu' depuis ouvert ouvre ferme " },
	{ WHOSE, " mes nos les leurs ses tes vos ces chaque toutes des " },
	{ PER, " par " },
};

static int is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static uint32_t kind_of(aur_str w)
{
	uint32_t kind = 0;
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		for (const char *p = lists[i].words; *p != 0;) {
			size_t n = strcspn(p, " ");
			if (n > 1 && p[n - 1] == '*' ? w.len >= n - 1 && memcmp(p, w.ptr, n - 1) == 0 : n > 0 && w.len == n && memcmp(p, w.ptr, n) == 0)
				kind |= lists[i].is;
			p += n + (p[n] == ' ');
		}
	}
	if (kind == 0 && (w.len == 1 || w.len == 2) && is_digit(w.ptr[0]) && is_digit(w.ptr[w.len - 1]))
		kind = NUMBER; /* 1 to 99 */
	return kind;
}

/* ---- 2. the model: settings, read once, then shared by all threads ------------------------------------------------------------- */

typedef struct model {
	uint32_t window;
	int32_t fold; /* the layer without accents and capitals */
	char fingerprint[32];
} model;

static aur_status model_open(const aur_host *h, const aur_config *c, void **out)
{
	int64_t window = h->conf_int(h, c, "window", 8);
	if (window < 1 || window > 50)
		return h->fail(h, AUR_E_CONFIG, _("annotate-heures: window must be 1 to 50 words; 8 is a good start"));
	int32_t fold = h->layer_index(h, "fold");
	if (fold < 0)
		return h->fail(h, AUR_E_CONFIG, _("annotate-heures needs the layer 'fold': add the plugin layer-fold to pipeline.xml"));
	model *m = malloc(sizeof(*m));
	if (m == NULL)
		return h->fail(h, AUR_E_NOMEM, _("annotate-heures: out of memory"));
	m->window = (uint32_t)window;
	m->fold = fold;
	/* whatever changes what is found must change the fingerprint, so that an index knows that it is out of date */
	strcpy(m->fingerprint, "1.0.0 window ");
	size_t n = strlen(m->fingerprint);
	if (window > 9)
		m->fingerprint[n++] = (char)('0' + window / 10);
	m->fingerprint[n++] = (char)('0' + window % 10);
	m->fingerprint[n] = 0;
	*out = m;
	return AUR_OK;
}

static const char *model_fingerprint(void *m)
{
	return ((model *)m)->fingerprint;
}

/* ---- 3. classify: asked once for each form ever seen, never for each token ------------------------------------------------------ */

static uint32_t classify(const aur_host *h, void *model_, void *worker, const aur_form *f)
{
	const model *m = model_;
	(void)h, (void)worker;
	if ((uint32_t)m->fold >= f->layer_count)
		return 0;
	return kind_of(f->layers[m->fold]);
}

/* ---- 4. annotate: the tokens of one contribution, each with the number that classify gave its form -------------------------------- */

/* An amount of time that begins at token i: its last token, or AUR_NO_TOKEN. */
static uint32_t amount_at(const aur_view *v, uint32_t i, int *fifteen)
{
	const uint32_t *kind = v->number;
	uint32_t last = v->token_count - 1;
	*fifteen = 0;
	if (i == last || (v->flags[i] & AUR_TOK_SENTENCE_END) || !(kind[i + 1] & UNIT)) {
		/* heure par heure */
		if ((kind[i] & UNIT) && i + 2 <= last && (kind[i + 1] & PER) && (kind[i + 2] & UNIT))
			return i + 2;
		return AUR_NO_TOKEN;
	}
	if (kind[i] & WHOSE)
		return i + 1; /* mes heures */
	if (!(kind[i] & NUMBER))
		return AUR_NO_TOKEN;
	if (i > 0 && (kind[i - 1] & DAY) && !(kind[i - 1] & WHOSE))
		return AUR_NO_TOKEN; /* à 15 h */
	if (i + 2 <= last && (kind[i + 2] & NUMBER) && !(v->flags[i + 1] & AUR_TOK_SENTENCE_END))
		return AUR_NO_TOKEN; /* 15 h 30 */
	*fifteen = (kind[i] & FIFTEEN) != 0;
	return i + 1;
}

/* The nearest word of control around [first, last], within the window and the sentence, but not before token `from`; AUR_NO_TOKEN where
 * there is none. */
static uint32_t control_near(const aur_view *v, uint32_t from, uint32_t first, uint32_t last, uint32_t window)
{
	uint32_t left = first, right = last, words_left = 0, words_right = 0;
	int more_left = 1, more_right = 1;
	while (more_left || more_right) {
		more_left = more_left && left > from && !(v->flags[left - 1] & AUR_TOK_SENTENCE_END) && words_left <= window;
		if (more_left) {
			left--;
			if (v->number[left] & CONTROL)
				return left;
			words_left += !(v->flags[left] & AUR_TOK_PUNCT);
		}
		more_right = more_right && !(v->flags[right] & AUR_TOK_SENTENCE_END) && right + 1 < v->token_count && words_right <= window;
		if (more_right) {
			right++;
			if (v->number[right] & CONTROL)
				return right;
			words_right += !(v->flags[right] & AUR_TOK_PUNCT);
		}
	}
	return AUR_NO_TOKEN;
}

static aur_status annotate(const aur_host *h, void *model_, void *worker, const aur_view *v, aur_hit_sink *o)
{
	const model *m = model_;
	uint32_t from = 0; /* behind the hit before: « contrôler les 15 h, heure par heure » is one */
	(void)worker;
	for (uint32_t i = 0; i < v->token_count; i++) {
		int fifteen;
		if ((i & 1023) == 1023 && h->cancelled(h)) /* before whatever goes on to the next word */
			return AUR_E_CANCELLED;
		uint32_t last = v->number[i] & (NUMBER | UNIT | WHOSE) ? amount_at(v, i, &fifteen) : AUR_NO_TOKEN;
		if (last == AUR_NO_TOKEN)
			continue;
		uint32_t control = control_near(v, from, i, last, m->window);
		if (control == AUR_NO_TOKEN)
			continue;
		aur_hit hit = { .size = sizeof(hit), .label = fifteen ? 0 : 1, .first_token = control < i ? control : i,
			        .last_token = control > last ? control : last, .polarity = AUR_ASSERTED, .weight = fifteen ? 1.0f : 0.7f,
			        .cue_first = AUR_NO_TOKEN, .cue_last = AUR_NO_TOKEN, .scope_first = AUR_NO_TOKEN, .scope_last = AUR_NO_TOKEN };
		aur_status st = h->hit(h, o, &hit);
		if (st < 0)
			return st;
		i = hit.last_token;
		from = i + 1;
	}
	return AUR_OK;
}

/* ---- 5. labels: the patterns by name, so that a hit can be explained ------------------------------------------------------------- */

#define STR(s) { s, sizeof(s) - 1 }
static const aur_label labels[] = {
	{ sizeof(aur_label), STR("quinze-heures.justification"), STR("15 h près d'un mot de contrôle"), STR("annotate-heures"), STR("1.0") },
	{ sizeof(aur_label), STR("quinze-heures.justification"), STR("des heures près d'un mot de contrôle"), STR("annotate-heures"), STR("1.0") },
};

static uint32_t label_count(void *model_)
{
	(void)model_;
	return sizeof(labels) / sizeof(*labels);
}

static aur_status label(void *model_, uint32_t i, aur_label *out)
{
	(void)model_;
	if (i >= sizeof(labels) / sizeof(*labels))
		return AUR_E_BUG;
	out->theme = labels[i].theme;
	out->entry = labels[i].entry;
	out->lexicon = labels[i].lexicon;
	out->version = labels[i].version;
	return AUR_OK;
}

/* ---- 6. what the plugin is: constant data, and the one exported function ---------------------------------------------------------- */

static const aur_annotator_ops ops = {
	.size = sizeof(ops),
	.flags = AUR_ANN_TOKENS_ONLY | AUR_ANN_BY_THEME,
	.classify = classify,
	.annotate = annotate,
	.label_count = label_count,
	.label = label,
};
static const aur_component annotator = {
	.size = sizeof(annotator),
	.kind = AUR_ANNOTATOR,
	.id = "annotate-heures",
	.version = "1.0.0",
	.summary = N_("finds the hour-by-hour control of the 15 hours"),
	.open = model_open,
	.fingerprint = model_fingerprint,
	.close = free,
	.ops = &ops,
};
static const aur_component *const components[] = { &annotator };
static const aur_plugin plugin = {
	.size = sizeof(plugin),
	.abi_major = AUR_ABI_MAJOR,
	.abi_minor = 0,
	.name = "annotate-heures",
	.vendor = "auricule",
	.license = "Apache-2.0",
	.component_count = 1,
	.components = components,
};

const aur_plugin *aur_plugin_v1(void)
{
	return &plugin;
}
