/* SPDX-License-Identifier: Apache-2.0 */
/* The way of contributions on two threads, with the components as built: while one thread does what need not delay the others (it
 * writes a batch), the other reads, analyses and hands on, for as long as that takes. */
#include "config.h"
#include "suite.h"
#include <check.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "pipeline/flow.h"
#include "pipeline/services.h"

enum {
	ROWS = 200000, /* 13 MB */
	BATCH = 25000, /* after so many there is something to do apart */
	MORE = 10000,  /* contributions handed on meanwhile: more than threads keep for their turn */
	MOST = 20     /* seconds */
};

static atomic_uint taken, holds;
static atomic_int full, late;

static aur_code contribution(void *ctx, aur_flow *f, const aur_contribution *c, aur_error *err)
{
	(void)ctx, (void)f, (void)c, (void)err;
	if (++taken % BATCH == 0)
		full = 1;
	return AURE_OK;
}

static void told(void *ctx, const char *file, const char *msg)
{
	(void)ctx, (void)file, (void)msg;
}

static void refused(void *ctx, const char *file, uint32_t line, aur_str id, const char *reason)
{
	(void)ctx, (void)file, (void)line, (void)id;
	ck_abort_msg("%s", reason);
}

static void apart(void *ctx)
{
	unsigned from = taken;
	(void)ctx;
	if (from + MORE > ROWS || !atomic_exchange(&full, 0))
		return;
	time_t since = time(NULL);
	while (taken < from + MORE && !late) {
		nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
		late |= time(NULL) - since > MOST;
	}
	holds++;
}

static void file_failed(void *ctx, const char *file, const aur_error *e)
{
	(void)ctx, (void)file;
	ck_abort_msg("%s", e->text);
}

/* A new file, open for writing, and its name. */
static FILE *new_file(char name[32])
{
	strcpy(name, "/tmp/auricule-flow.XXXXXX");
	int fd = mkstemp(name);
	FILE *out = fd < 0 ? NULL : fdopen(fd, "w");
	ck_assert_ptr_nonnull(out);
	return out;
}

/* A new file of so many contributions. */
static void new_rows(char name[32], int rows)
{
	FILE *out = new_file(name);
	for (int i = 0; i < rows; i++)
		fprintf(out, "Le dossier numéro %d attend depuis un mois, et rien ne vient.\n\n", i);
	ck_assert_int_eq(fclose(out), 0);
}

static aur_chain *all_components(void)
{
	aur_chain *chain;
	aur_error err;
	ck_assert_msg(aur_chain_open(NULL, NULL, AUR_CHAIN_ALL, &chain, &err) == AURE_OK, "%s", err.text);
	return chain;
}

START_TEST(nobody_waits_for_who_is_apart)
{
	char name[32];
	new_rows(name, ROWS);
	aur_chain *chain = all_components();
	aur_error err;
	aur_flow_stats stats;
	const aur_flow_calls calls = {.contribution = contribution, .note = told, .refused = refused};
	const aur_flow_options options = {.reader = "text", .threads = 2, .side = 1, .apart = apart};
	const char *const files[] = {name};
	aur_code rc = aur_flow_run(chain, files, 1, &options, &calls, file_failed, &stats, &err);
	unlink(name);
	aur_chain_free(chain);
	ck_assert_int_eq(rc, AURE_OK);
	ck_assert_msg(!late, "while one thread was apart, the other waited");
	ck_assert_uint_eq(taken, ROWS);
	ck_assert_uint_ge(holds, 1); /* on a busy machine several batches are full before one thread is apart */
}
END_TEST

/* ---- a file that somebody still writes to ---- */
static const char *growing;
static unsigned failures;

static aur_code grow(void *ctx, aur_flow *f, const aur_contribution *c, aur_error *err)
{
	(void)ctx, (void)f, (void)c, (void)err;
	if (!taken++ && growing) {
		FILE *more = fopen(growing, "a");
		ck_assert_ptr_nonnull(more);
		fputs("Et encore un mot.\n\n", more);
		ck_assert_int_eq(fclose(more), 0);
	}
	return AURE_OK;
}

static void changed(void *ctx, const char *file, const aur_error *e)
{
	(void)ctx;
	ck_assert_str_eq(e->file, file);
	ck_assert_msg(strstr(e->text, "changed while it was read"), "%s", e->text);
	failures++;
}

START_TEST(changes_while_it_is_read)
{
	enum { FEW = 20000 };
	char name[32];
	new_rows(name, FEW);
	aur_chain *chain = all_components();
	aur_error err;
	const aur_flow_calls calls = {.contribution = grow, .note = told, .refused = refused};
	const aur_flow_options options = {.reader = "text", .threads = 1};
	const char *const files[] = {name};
	for (unsigned still = 2; still--;) {
		aur_flow_stats stats;
		growing = still ? name : NULL;
		taken = failures = 0;
		ck_assert_int_eq(aur_flow_run(chain, files, 1, &options, &calls, changed, &stats, &err), AURE_OK);
		ck_assert_uint_ge(taken, FEW); /* what was read stays */
		ck_assert_uint_eq(failures, still);
		ck_assert_uint_eq(stats.failed, still);
	}
	unlink(name);
	aur_chain_free(chain);
}
END_TEST

/* ---- a layer that fails in a long contribution, while another thread waits with the next one ---- */
static atomic_uint maps, without_layers;

static aur_status map(const aur_host *h, void *model, void *worker, const aur_str *in, uint32_t n, aur_str *out)
{
	(void)model, (void)worker;
	memcpy(out, in, n * sizeof *in);
	if (maps++)
		return AUR_OK;
	nanosleep(&(struct timespec){.tv_nsec = 300000000}, NULL);
	return (h->fail)(h, AUR_E_NOMEM, "this layer fails once"); /* Check has a macro of that name */
}

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	(void)model, (void)worker, (void)o;
	for (uint32_t i = 0; i < v->token_count; i++) {
		aur_form f = {.size = sizeof f};
		h->form_at(h, v, i, &f);
		without_layers += !f.layers;
	}
	return AUR_OK;
}

static uint32_t no_labels(void *model)
{
	(void)model;
	return 0;
}

START_TEST(fails_alone)
{
	static const aur_layer_ops layer_ops = {sizeof layer_ops, map};
	static const aur_annotator_ops annotator_ops = {.size = sizeof annotator_ops, .annotate = annotate, .label_count = no_labels};
	static const aur_component layer = {.size = sizeof layer, .kind = AUR_LAYER, .id = "value", .version = "1", .summary = "of a test", .ops = &layer_ops},
				   annotator = {.size = sizeof annotator, .kind = AUR_ANNOTATOR, .id = "finder", .version = "1", .summary = "of a test", .ops = &annotator_ops};
	char name[32];
	FILE *out = new_file(name);
	for (int i = 0; i < 3; i++, fprintf(out, "mot%c\n\n", 'a' + i))
		for (int k = 0; k < 200000; k++)
			fputs("attendre ", out);
	ck_assert_int_eq(fclose(out), 0);
	aur_chain *whole;
	aur_error err;
	aur_flow_stats stats;
	ck_assert_msg(aur_chain_open(NULL, NULL, AUR_CHAIN_ALL, &whole, &err) == AURE_OK, "%s", err.text);
	aur_chain chain = {.services = aur_services(), .registry = whole->registry, .tokenizer = whole->tokenizer, .nlayers = 1, .nshown = 1, .nann = 1, .analyst_bytes = 1 << 30};
	chain.layer[0] = (struct aur_chain_layer){.from = -1, .shown = 0};
	chain.ann[0].ops = &annotator_ops;
	ck_assert_int_eq(aur_instance_open(&layer, NULL, aur_services(), &chain, &chain.layer[0].in, &err), AURE_OK);
	ck_assert_int_eq(aur_instance_open(&annotator, NULL, aur_services(), &chain, &chain.ann[0].in, &err), AURE_OK);
	const aur_flow_calls calls = {.contribution = contribution, .note = told, .refused = refused};
	const aur_flow_options options = {.reader = "text", .threads = 3, .side = 1};
	const char *const files[] = {name};
	taken = 0;
	ck_assert_int_eq(aur_flow_run(&chain, files, 1, &options, &calls, file_failed, &stats, &err), AURE_NOMEM);
	unlink(name);
	aur_instance_close(chain.layer[0].in);
	aur_instance_close(chain.ann[0].in);
	aur_chain_free(whole);
	ck_assert_msg(strstr(err.text, "fails once"), "%s", err.text);
	ck_assert_uint_eq(taken, 0);
	ck_assert_uint_eq(stats.read, 3);
	ck_assert_uint_eq(without_layers, 0);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("the way of contributions");
	TCase *t = tcase_create("threads");
	tcase_set_timeout(t, 240);
	tcase_add_test(t, nobody_waits_for_who_is_apart);
	tcase_add_test(t, fails_alone);
	tcase_add_test(t, changes_while_it_is_read);
	suite_add_tcase(s, t);
	return suite_run(s);
}
