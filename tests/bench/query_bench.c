/* SPDX-License-Identifier: Apache-2.0
 *
 * auricule in the bench of queries: asks the engine's query room in process, as the peers are asked.
 *
 *   query_bench CORPUS QUERIES
 *
 * The timed part of each query is all of it: reading the question, the plan, the answer, its texts.
 */
#include "config.h"
#include "base/error.h"
#include "peers/bench.h"
#include "pipeline/services.h"
#include "query/counts.h"
#include "query/kwic.h"
#include "query/query.h"

typedef struct {
	aur_snapshot *snapshot;
	aur_chain *chain;
	aur_search *search;
	uint32_t session;
	aur_doc doc;
} engine;

static void check(aur_code code, const char *what, aur_error *error)
{
	char text[1200];
	if (code)
		bench_die(what, aur_error_format(error, text, sizeof text));
}

static aur_code layer_value(void *context, const char *layer, aur_str word, aur_buf *out, aur_error *error)
{
	engine *e = context;
	return aur_chain_value(e->chain, layer, word, out, error);
}

static int on_line(void *context, const aur_kwic_line *line)
{
	long *lines = context;
	*lines += line->node.len > 0;
	return 1;
}

/* The question in the language of doc/query.md. */
static size_t question(const bench_query *q, char *text, size_t room)
{
	int n = 0;
	switch (q->op) {
	case BENCH_PHRASE:
		n = snprintf(text, room, "\"%s\"", q->text);
		break;
	case BENCH_PREFIX:
		n = snprintf(text, room, "%s*", q->word[0]);
		break;
	case BENCH_FACET:
		n = snprintf(text, room, "%s session:%s", q->word[0], q->session);
		break;
	default:
		for (int i = 0; i < q->nword; i++)
			n += snprintf(text + n, room - (size_t)n, "%s%s",
			              !i                   ? ""
			              : q->op == BENCH_ANY ? " OR "
			                                   : " AND ",
			              q->word[i]);
	}
	return (size_t)n;
}

static long answer(void *context, const bench_query *q)
{
	engine *e = context;
	char text[1024];
	aur_error error;
	aur_query *query;
	aur_result result;
	aur_counts counts;
	uint64_t contributions = 0;
	long count = 0;
	size_t len = question(q, text, sizeof text);

	check(aur_query_parse(e->search, text, len, &query, &error), text, &error);
	switch (q->kind) {
	case BENCH_COUNT:
		check(aur_query_count(e->search, query, &contributions, NULL, &error), text, &error);
		count = (long)contributions;
		break;
	case BENCH_GROUP:
		check(aur_query_counts(e->search, query, &(aur_by){.field = e->session}, 1, 0, &counts, &error), text, &error);
		for (uint32_t i = 0; i < counts.n; i++)
			count += (long)counts.cell[i].contributions;
		break;
	case BENCH_TOP: {
		const aur_want best = {.order = AUR_ORDER_SCORE, .limit = 10};
		check(aur_query_run(e->search, query, &best, &result, &error), text, &error);
		for (uint32_t i = 0; i < result.n; i++) {
			check(aur_snapshot_doc(e->snapshot, result.doc[i], &e->doc, &error), text, &error);
			count += e->doc.text.len > 0;
		}
		break;
	}
	case BENCH_KWIC: {
		const aur_kwic_want lines = {.width = 40, .limit = 100};
		check(aur_query_kwic(e->search, query, &lines, on_line, &count, NULL, &error), text, &error);
		break;
	}
	}
	aur_query_free(query);
	return count;
}

int main(int argc, char **argv)
{
	engine e = {0};
	aur_error error;
	if (argc != 3)
		bench_die("usage", "query_bench CORPUS QUERIES");
	check(aur_snapshot_open(argv[1], &e.snapshot, &error), argv[1], &error);
	check(aur_chain_open(NULL, aur_snapshot_meta(e.snapshot, "pipeline"), AUR_CHAIN_LAYERS, &e.chain, &error),
	      argv[1], &error);
	aur_query_env env = {.s = e.snapshot, .layer_value = layer_value, .ctx = &e};
	e.session = aur_snapshot_field(e.snapshot, "session", strlen("session"));
	e.search = aur_search_new(&env);
	bench_queries_run("auricule", argv[2], answer, &e);
	aur_search_free(e.search);
	aur_doc_free(&e.doc);
	aur_chain_free(e.chain);
	aur_snapshot_close(e.snapshot);
	return 0;
}
