/* SPDX-License-Identifier: Apache-2.0 */
/* The analysis under components that break their contract, or fail: it says which one and how, and nothing of theirs gets through.  And what
 * a component is told of its settings. */
#include "config.h"
#include "suite.h"
#include <check.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include "pipeline/analysis.h"
#include "pipeline/services.h"

/* ---- components of this test ----------------------------------------------------------------- */
static aur_token bad_token;   /* what the tokenizer gives, where its end is not 0 */
static int after_words;       /* it gives the words of the text first */
static const char *bad_value; /* what the layer makes of « bus » */
static aur_hit bad_hit;       /* what the annotator finds, where its size is not 0 */
static uint32_t backward;     /* it also finds every span of so many words, the last one first, with both labels */
static int mute;              /* and goes on as if nothing were */
static const char *theme = "essai";
static atomic_uint workers;   /* that may still be made */
static atomic_uint mapped;    /* words that the layer was asked about */

static aur_status tokenize(const aur_host *h, void *model, void *worker, aur_str text, aur_token_sink *o)
{
	(void)model, (void)worker;
	if (bad_token.end && !after_words) {
		h->token(h, o, &bad_token);
		return AUR_OK;
	}
	for (size_t from = 0, to; from < text.len; from = to + 1) {
		for (to = from; to < text.len && text.ptr[to] != ' '; to++)
			;
		aur_token t = {.size = sizeof t, .start = (uint32_t)from, .end = (uint32_t)to};
		h->token(h, o, &t);
	}
	if (bad_token.end)
		h->token(h, o, &bad_token);
	return AUR_OK;
}

static aur_status map(const aur_host *h, void *model, void *worker, const aur_str *in, uint32_t n, aur_str *out)
{
	(void)h, (void)model, (void)worker;
	mapped += n;
	for (uint32_t i = 0; i < n; i++) {
		out[i] = in[i];
		if (bad_value && in[i].len == 3 && !memcmp(in[i].ptr, "bus", 3))
			out[i] = (aur_str){bad_value, strlen(bad_value)};
	}
	return AUR_OK;
}

static aur_status worker_new(const aur_host *h, void *model, void **worker)
{
	(void)model;
	if (!workers--)
		return (h->fail)(h, AUR_E_NOMEM, "there is no further worker"); /* Check has a macro of that name */
	*worker = malloc(1);
	return AUR_OK;
}

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	aur_status st = AUR_OK;
	(void)model, (void)v;
	ck_assert_ptr_nonnull(worker);
	if (bad_hit.size)
		st = h->hit(h, o, &bad_hit);
	for (uint32_t i = backward * backward * 2; i-- > 0;) {
		aur_hit x = {.size = sizeof x, .weight = 1, .label = i % 2, .first_token = i / 2 / backward, .last_token = i / 2 % backward,
			     .cue_first = AUR_NO_TOKEN, .cue_last = AUR_NO_TOKEN, .scope_first = AUR_NO_TOKEN, .scope_last = AUR_NO_TOKEN};
		if (x.first_token <= x.last_token)
			st = h->hit(h, o, &x);
	}
	return mute ? AUR_OK : st;
}

static uint32_t label_count(void *model)
{
	(void)model;
	return 2;
}

static aur_status label(void *model, uint32_t i, aur_label *out)
{
	(void)model, (void)i;
	out->theme = (aur_str){theme, strlen(theme)};
	out->entry = (aur_str){"bus", 3};
	return AUR_OK;
}

static const aur_tokenizer_ops tokenizer_ops = {sizeof tokenizer_ops, tokenize};
static const aur_layer_ops layer_ops = {sizeof layer_ops, map};
static const aur_annotator_ops annotator_ops = {.size = sizeof annotator_ops, .annotate = annotate, .label_count = label_count, .label = label};
#define COMPONENT(k, ...) {.size = sizeof(aur_component), .kind = k, .version = "1", .summary = "of a test", __VA_ARGS__}
static const aur_component tokenizer = COMPONENT(AUR_TOKENIZER, .id = "words", .ops = &tokenizer_ops),
			   layer = COMPONENT(AUR_LAYER, .id = "value", .ops = &layer_ops),
			   annotator = COMPONENT(AUR_ANNOTATOR, .id = "finder", .ops = &annotator_ops, .worker_new = worker_new, .worker_free = free);

static aur_chain chain;
static aur_analyst *analyst;
static aur_error err;

static void set_up(void)
{
	/* as at the start of the program: CK_FORK=no, for a debugger or ThreadSanitizer, runs all tests in one process */
	bad_token = (aur_token){0};
	bad_value = NULL;
	bad_hit = (aur_hit){0};
	backward = 0;
	after_words = mute = 0;
	theme = "essai";
	workers = 1;
	mapped = 0;
	chain = (aur_chain){.services = aur_services(), .nlayers = 1, .nshown = 1, .nann = 1, .analyst_bytes = (size_t)1 << 30};
	chain.layer[0] = (struct aur_chain_layer){.name = NULL, .from = -1, .shown = 0};
	chain.ann[0].ops = &annotator_ops;
	ck_assert_int_eq(aur_instance_open(&tokenizer, NULL, aur_services(), &chain, &chain.tokenizer, &err), AURE_OK);
	ck_assert_int_eq(aur_instance_open(&layer, NULL, aur_services(), &chain, &chain.layer[0].in, &err), AURE_OK);
	ck_assert_int_eq(aur_instance_open(&annotator, NULL, aur_services(), &chain, &chain.ann[0].in, &err), AURE_OK);
	ck_assert_int_eq(aur_analyst_new(&chain, &analyst, &err), AURE_OK);
}

static void tear_down(void)
{
	aur_analyst_free(analyst);
	aur_instance_close(chain.tokenizer);
	aur_instance_close(chain.layer[0].in);
	aur_instance_close(chain.ann[0].in);
}

static aur_code analyse(const char *text)
{
	aur_code c = aur_analyst_add(analyst, (aur_str){"a", 1}, (aur_str){text, strlen(text)}, &err);
	return c ? c : aur_analyst_finish(analyst, &err);
}

static void refused(const char *text, const char *who, const char *why)
{
	ck_assert_int_eq(analyse(text), AURE_BUG);
	ck_assert_msg(strstr(err.text, who) && strstr(err.text, why), "%s", err.text);
}

/* ---- what they do ----------------------------------------------------------------------------- */
START_TEST(well_made)
{
	aur_analysis x;
	bad_hit = (aur_hit){.size = sizeof bad_hit, .label = 1, .first_token = 1, .last_token = 1, .weight = 1, .cue_first = 0, .cue_last = 0,
			    .scope_first = AUR_NO_TOKEN, .scope_last = AUR_NO_TOKEN};
	ck_assert_int_eq(analyse("un été"), AURE_OK);
	aur_analyst_get(analyst, 0, &x);
	ck_assert_uint_eq(x.ntok, 2);
	ck_assert_uint_eq(x.nhits, 1);
	aur_label l;
	ck_assert_int_eq(aur_chain_label(&chain, 0, 1, &l, &err), AURE_OK);
}
END_TEST

START_TEST(tokens)
{
	static const aur_token bad[] = {{sizeof *bad, 2, 1, 0, {NULL, 0}}, {sizeof *bad, 0, 9, 0, {NULL, 0}}, {sizeof *bad, 0, 1, 0, {NULL, 0}},
					{sizeof *bad, 1, 3, 0, {NULL, 0}}, {sizeof *bad, 0, 3, 0, {"", 0}}, {sizeof *bad, 0, 3, 0, {"\xC3", 1}}};
	static const char *const why[] = {"out of order", "out of the text", "through a character", "through a character", "empty form", "not UTF-8"};
	bad_token = bad[_i];
	refused("été", "words", why[_i]);
}
END_TEST

START_TEST(values)
{
	bad_value = _i ? "b\xC3" : "\xA9";
	refused("un bus", "value", "not UTF-8");
}
END_TEST

START_TEST(hits)
{
	static const char *const why[] = {"outside", "outside", "cue", "cue", "scope", "label", "label", "polarity", "polarity", "weight", "weight", "weight"};
	aur_hit h = {.size = sizeof h, .weight = 1, .cue_first = AUR_NO_TOKEN, .cue_last = AUR_NO_TOKEN, .scope_first = AUR_NO_TOKEN, .scope_last = AUR_NO_TOKEN};
	switch (_i / 2) {
	case 0:
		h.last_token = 2;
		break;
	case 1:
		h.first_token = 1;
		break;
	case 2:
		h.cue_first = h.cue_last = 2;
		break;
	case 3:
		h.cue_first = 0;
		break;
	case 4:
		h.scope_first = 1;
		h.scope_last = 0;
		break;
	case 5:
		h.label = 2;
		break;
	case 6:
		h.label = UINT32_MAX;
		break;
	case 7:
		h.polarity = 3;
		break;
	case 8:
		h.polarity = -1;
		break;
	case 9:
		h.weight = -0.5f;
		break;
	case 10:
		h.weight = 1.5f;
		break;
	default:
		h.weight = nanf("");
	}
	bad_hit = h;
	mute = _i % 2;
	refused("un bus", "finder", why[_i / 2]);
}
END_TEST

/* Few and many hits come in order, however they were found: by the first word, the longest first, then by label. */
START_TEST(hits_in_order)
{
	aur_analysis x;
	backward = (uint32_t)_i;
	ck_assert_int_eq(analyse("un bus un bus un bus un bus un bus un bus un bus un bus un bus un bus"), AURE_OK);
	aur_analyst_get(analyst, 0, &x);
	ck_assert_uint_eq(x.nhits, backward * (backward + 1));
	for (uint32_t i = 0, first = 0; first < backward; first++)
		for (uint32_t last = backward; last-- > first;)
			for (uint32_t label = 0; label < 2; label++, i++) {
				ck_assert_uint_eq(x.hit[i].first, first);
				ck_assert_uint_eq(x.hit[i].last, last);
				ck_assert_uint_eq(x.hit[i].label, label);
			}
}
END_TEST

START_TEST(themes)
{
	static const char *const bad[] = {"", "Essai", "essai.", ".essai", "essai..x", "été"};
	aur_label l;
	theme = bad[_i];
	ck_assert_int_eq(aur_chain_label(&chain, 0, 0, &l, &err), AURE_BUG);
	ck_assert_msg(strstr(err.text, "finder") && strstr(err.text, "theme"), "%s", err.text);
	theme = "essai";
	ck_assert_int_eq(aur_chain_label(&chain, 0, 2, &l, &err), AURE_BUG);
}
END_TEST

/* The dictionary is full: workers start anew, and one of them cannot. */
START_TEST(no_worker)
{
	ck_assert_int_eq(analyse("un bus"), AURE_OK);
	ck_assert_int_eq(aur_analyst_reset(analyst, &err), AURE_OK);
	ck_assert_int_eq(analyse("un bus"), AURE_OK);
	chain.analyst_bytes = 1;
	ck_assert_int_eq(aur_analyst_reset(analyst, &err), AURE_NOMEM);
	ck_assert_msg(strstr(err.text, "no further worker"), "%s", err.text);
}
END_TEST

/* The tokenizer fails in the middle of a text, while results are put aside: these are handed on as they were. */
START_TEST(fails_behind_results)
{
	aur_analysis x;
	aur_results *first = aur_results_new(), *second = aur_results_new();
	ck_assert_int_eq(analyse("un bus"), AURE_OK);
	aur_analyst_swap(analyst, first, 0);
	bad_token = (aur_token){.size = sizeof bad_token, .start = 7, .end = 8};
	after_words = 1;
	ck_assert_int_eq(analyse("la gare"), AURE_BUG);
	aur_analyst_swap(analyst, second, 0);
	aur_analyst_swap(analyst, first, 0);
	aur_analyst_get(analyst, 0, &x);
	ck_assert_uint_eq(x.ntok, 2);
	for (uint32_t i = 0; i < 2; i++) {
		const aur_lform *f = aur_analyst_form(analyst, x.lform[i]);
		ck_assert(f->len == 2 + i && !memcmp(aur_lform_text(f), i ? "bus" : "un", f->len));
	}
	aur_results_free(first);
	aur_results_free(second);
}
END_TEST

/* Words alone, without their layers, so many that the dictionary is full; those just met stay in it. */
START_TEST(words_alone)
{
	enum { WORDS = 20000 };
	char *text = malloc(8 * WORDS + 1), *to = text;
	ck_assert_ptr_nonnull(text);
	for (int i = 0; i < WORDS; i++)
		to += sprintf(to, "m%d ", i);
	for (int i = 0; i < 3; i++) {
		aur_analysis x;
		ck_assert_int_eq(aur_analyst_add(analyst, (aur_str){"a", 1}, (aur_str){text, (size_t)(to - text)}, &err), AURE_OK);
		aur_analyst_get(analyst, 0, &x);
		ck_assert_uint_eq(x.ntok, WORDS);
		const aur_lform *f = aur_analyst_form(analyst, x.lform[WORDS - 1]);
		ck_assert(f->len == 6 && !memcmp(aur_lform_text(f), "m19999", 6));
		chain.analyst_bytes = 1;
		workers = 1;
		ck_assert_int_eq(aur_analyst_reset(analyst, &err), AURE_OK);
	}
	free(text);
}
END_TEST

/* Words of every length, two of each that differ in their last letter alone: each is itself, where nothing stands behind its text as
 * elsewhere. */
START_TEST(words_of_every_length)
{
	enum { TEXTS = 600 }; /* up to 300 letters */
	char *text[TEXTS];
	for (uint32_t i = 0; i < TEXTS; i++) {
		size_t n = i / 2 + 1;
		text[i] = malloc(2 * n + 1);
		ck_assert_ptr_nonnull(text[i]);
		memset(text[i], 'a', 2 * n + 1);
		text[i][n] = ' ';
		text[i][n - 1] = text[i][2 * n] = i % 2 ? 'b' : 'c';
	}
	for (uint32_t i = 0; i < 2 * TEXTS; i++) {
		size_t n = i % TEXTS / 2 + 1;
		ck_assert_int_eq(aur_analyst_add(analyst, (aur_str){"a", 1}, (aur_str){text[i % TEXTS], 2 * n + 1}, &err), AURE_OK);
	}
	ck_assert_int_eq(aur_analyst_finish(analyst, &err), AURE_OK);
	for (uint32_t i = 0; i < 2 * TEXTS; i++) {
		aur_analysis x;
		size_t n = i % TEXTS / 2 + 1;
		aur_analyst_get(analyst, i, &x);
		ck_assert_uint_eq(x.ntok, 2);
		for (uint32_t k = 0; k < 2; k++) {
			const aur_lform *f = aur_analyst_form(analyst, x.lform[k]);
			ck_assert_uint_eq(x.lform[k], i % TEXTS);
			ck_assert(f->len == n && !memcmp(aur_lform_text(f), text[i % TEXTS], n));
		}
	}
	for (uint32_t i = 0; i < TEXTS; i++)
		free(text[i]);
}
END_TEST

/* ---- a dictionary that analysts share -------------------------------------------------------- */
START_TEST(learnt_once)
{
	aur_vocabs *words = aur_vocabs_new(1);
	aur_analyst *one, *other;
	aur_analysis x, y;
	const aur_str id = {"a", 1}, text = {"un bus pour aller à la ville nouvelle-du-bord-de-mer", 53};
	workers = 2;
	ck_assert_int_eq(aur_analyst_join(&chain, words, &one, &err), AURE_OK);
	ck_assert_int_eq(aur_analyst_join(&chain, words, &other, &err), AURE_OK);
	mapped = 0;
	ck_assert_int_eq(aur_analyst_add(one, id, text, &err), AURE_OK);
	ck_assert_int_eq(aur_analyst_finish(one, &err), AURE_OK);
	ck_assert_uint_eq(mapped, 8);
	ck_assert_int_eq(aur_analyst_add(other, id, text, &err), AURE_OK);
	ck_assert_int_eq(aur_analyst_finish(other, &err), AURE_OK);
	ck_assert_uint_eq(mapped, 8);
	aur_analyst_get(one, 0, &x);
	aur_analyst_get(other, 0, &y);
	ck_assert_uint_eq(x.ntok, y.ntok);
	ck_assert(!memcmp(x.lform, y.lform, x.ntok * sizeof *x.lform));
	/* what is kept with a word by one is known to the other; of a word that neither finished, each learns what it needs */
	uint32_t kept;
	aur_analyst_keep(one, x.lform[1], 42);
	ck_assert_uint_eq(aur_analyst_kept(other, y.lform + 1, 1, &kept), 0);
	ck_assert_uint_eq(kept, 42);
	ck_assert_int_eq(aur_analyst_add(one, id, (aur_str){"inouï", 6}, &err), AURE_OK);
	aur_analyst_get(one, 1, &x);
	ck_assert_int_eq(aur_analyst_add(other, id, (aur_str){"inouï", 6}, &err), AURE_OK);
	ck_assert_int_eq(aur_analyst_finish(other, &err), AURE_OK);
	ck_assert_uint_eq(mapped, 9);
	ck_assert_int_eq(aur_analyst_finish(one, &err), AURE_OK);
	ck_assert_uint_eq(mapped, 9);
	/* it outlives the one who learnt */
	aur_analyst_free(one);
	const aur_lform *f = aur_analyst_form(other, y.lform[7]);
	ck_assert(f->len == 23 && aur_lform_layers(f)[0].len == 23 && !memcmp(aur_lform_layers(f)[0].ptr, "nouvelle-du-bord-de-mer", 23));
	aur_analyst_free(other);
	aur_vocabs_free(words);
}
END_TEST

/* The table grows while two share it, and again when one has left: nothing is left of the tables before (seen by a sanitizer). */
START_TEST(left_alone)
{
	enum { WORDS = 20000 };
	aur_vocabs *words = aur_vocabs_new(1);
	aur_analyst *a[2];
	char *text = malloc(9 * WORDS + 1);
	ck_assert_ptr_nonnull(text);
	workers = 2;
	for (unsigned i = 0; i < 2; i++)
		ck_assert_int_eq(aur_analyst_join(&chain, words, &a[i], &err), AURE_OK);
	for (int i = 0; i < 4 * WORDS; i += WORDS) {
		char *to = text;
		for (int k = 0; k < WORDS; k++)
			to += sprintf(to, "m%06d ", i + k);
		ck_assert_int_eq(aur_analyst_add(a[0], (aur_str){"a", 1}, (aur_str){text, (size_t)(to - text)}, &err), AURE_OK);
		ck_assert_int_eq(aur_analyst_finish(a[0], &err), AURE_OK);
		if (!i)
			aur_analyst_free(a[1]);
	}
	aur_analyst_free(a[0]);
	aur_vocabs_free(words);
	free(text);
}
END_TEST

enum { SHARING = 4, ROUNDS = 300, A_ROUND = 200 };
struct shares {
	aur_vocabs *words;
	unsigned seed, wrong, renewed;
};

static void *share(void *arg)
{
	struct shares *s = arg;
	aur_analyst *a;
	aur_error e;
	char text[A_ROUND * 32];
	uint32_t at[A_ROUND + 1];
	s->wrong += aur_analyst_join(&chain, s->words, &a, &e) != AURE_OK;
	for (unsigned round = 0; round < ROUNDS && !s->wrong; round++) {
		uint32_t n = 0;
		for (unsigned i = 0; i < A_ROUND; i++) {
			at[i] = n;
			s->seed = s->seed * 1103515245u + 12345u;
			unsigned x = s->seed >> 16;
			n += (uint32_t)sprintf(text + n, x % 3 ? "m%u " : "un-mot-fort-long-%u ", x % 4 ? x % 50 : x % ((round + 1) * 100));
		}
		at[A_ROUND] = n;
		s->renewed += (unsigned)aur_analyst_full(a);
		s->wrong += aur_analyst_reset(a, &e) || aur_analyst_add(a, (aur_str){"a", 1}, (aur_str){text, n}, &e) || aur_analyst_finish(a, &e);
		aur_analysis x;
		aur_analyst_get(a, 0, &x);
		s->wrong += x.ntok != A_ROUND;
		for (unsigned i = 0; i < A_ROUND && !s->wrong; i++) {
			const aur_lform *f = aur_analyst_form(a, x.lform[i]);
			size_t len = at[i + 1] - at[i] - 1;
			s->wrong += f->len != len || memcmp(aur_lform_text(f), text + at[i], len) || aur_lform_layers(f)[0].len != len || memcmp(aur_lform_layers(f)[0].ptr, text + at[i], len);
		}
	}
	aur_analyst_free(a);
	return NULL;
}

/* Threads that meet the same words at the same time, and replace the dictionary under each other. */
START_TEST(learnt_together)
{
	pthread_t thread[SHARING];
	struct shares s[SHARING] = {{0}};
	aur_vocabs *words = aur_vocabs_new(1);
	chain.analyst_bytes = _i ? (size_t)1 << 30 : 700000;
	workers = 1000000;
	for (unsigned i = 0; i < SHARING; i++) {
		s[i] = (struct shares){.words = words, .seed = i / 2};
		ck_assert_int_eq(pthread_create(&thread[i], NULL, share, &s[i]), 0);
	}
	for (unsigned i = 0; i < SHARING; i++) {
		pthread_join(thread[i], NULL);
		ck_assert_uint_eq(s[i].wrong, 0);
		ck_assert_int_eq(s[i].renewed > 0, !_i);
	}
	aur_vocabs_free(words);
}
END_TEST

/* ---- settings --------------------------------------------------------------------------------- */
static int64_t number;

static aur_status open_number(const aur_host *h, const aur_config *c, void **model)
{
	(void)model;
	number = h->conf_int(h, c, "most", 7);
	return AUR_OK;
}

START_TEST(numbers)
{
	static const struct {
		const char *text;
		int64_t is; /* 0: refused */
	} said[] = {{"12", 12}, {"-9223372036854775808", INT64_MIN}, {"", 7}, {"12x", 0}, {"9223372036854775808", 0}, {"-99999999999999999999", 0}};
	static const aur_component c = COMPONENT(AUR_TOKENIZER, .id = "counts", .ops = &tokenizer_ops, .open = open_number);
	aur_config conf = {0};
	aur_instance *in;
	aur_config_set(&conf, "most", said[_i].text);
	aur_code rc = aur_instance_open(&c, &conf, NULL, NULL, &in, &err);
	aur_config_free(&conf);
	ck_assert_int_eq(rc, said[_i].is ? AURE_OK : AURE_CONFIG);
	if (rc) {
		ck_assert_msg(strstr(err.text, "most") && strstr(err.text, said[_i].text), "%s", err.text);
		return;
	}
	ck_assert_int_eq(number, said[_i].is);
	aur_instance_close(in);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("components that break their contract");
	TCase *t = tcase_create("analysis");
	tcase_add_checked_fixture(t, set_up, tear_down);
	tcase_add_test(t, well_made);
	tcase_add_loop_test(t, tokens, 0, 6);
	tcase_add_loop_test(t, values, 0, 2);
	tcase_add_loop_test(t, hits, 0, 24);
	tcase_add_loop_test(t, hits_in_order, 0, 20);
	tcase_add_loop_test(t, themes, 0, 6);
	tcase_add_test(t, no_worker);
	tcase_add_test(t, fails_behind_results);
	tcase_add_test(t, words_alone);
	tcase_add_test(t, words_of_every_length);
	tcase_add_test(t, learnt_once);
	tcase_add_test(t, left_alone);
	tcase_add_loop_test(t, learnt_together, 0, 2);
	suite_add_tcase(s, t);
	t = tcase_create("settings");
	tcase_add_loop_test(t, numbers, 0, 6);
	suite_add_tcase(s, t);
	return suite_run(s);
}
