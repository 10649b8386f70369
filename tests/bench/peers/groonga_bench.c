/* SPDX-License-Identifier: Apache-2.0
 *
 * Groonga with French stems, as a peer of the bench.
 *
 *   groonga_bench index TSV DB
 *   groonga_bench query DB QUERIES
 *   groonga_bench first DB WORD       opens, counts one word, ends
 *
 * The table is filled first and indexed afterwards: its fastest way (« static » construction).
 */
#include <groonga.h>
#include "bench.h"

static grn_ctx ctx;

/* The answer lives until the next command. */
static const char *command(const char *text, unsigned *len)
{
	char *answer;
	int flags;
	grn_ctx_send(&ctx, text, (unsigned)strlen(text), 0);
	grn_ctx_recv(&ctx, &answer, len, &flags);
	if (ctx.rc)
		bench_die(text, ctx.errbuf);
	return answer;
}

static void run(const char *text)
{
	unsigned len;
	command(text, &len);
}

static void index_corpus(const char *tsv, const char *path)
{
	static const char *schema[] = {
	    "plugin_register token_filters/stem",
	    "table_create Sessions TABLE_HASH_KEY ShortText",
	    "table_create Territories TABLE_HASH_KEY ShortText",
	    "table_create Activities TABLE_HASH_KEY ShortText",
	    "table_create Docs TABLE_NO_KEY",
	    "column_create Docs session COLUMN_SCALAR Sessions",
	    "column_create Docs date COLUMN_SCALAR ShortText",
	    "column_create Docs territory COLUMN_SCALAR Territories",
	    "column_create Docs activity COLUMN_SCALAR Activities",
	    "column_create Docs text COLUMN_SCALAR Text",
	};
	static const char *const column_name[] = {
	    NULL, "Docs.session", "Docs.date", "Docs.territory", "Docs.activity", "Docs.text"};
	static const char *const table_name[] = {NULL, "Sessions", NULL, "Territories", "Activities", NULL};
	grn_obj *column[BENCH_FIELDS] = {NULL}, *table[BENCH_FIELDS] = {NULL}, text;
	double begin = bench_now();

	if (!grn_db_create(&ctx, path, NULL))
		bench_die(path, ctx.errbuf);
	for (size_t i = 0; i < sizeof schema / sizeof *schema; i++)
		run(schema[i]);
	grn_obj *docs = grn_ctx_get(&ctx, "Docs", -1);
	for (int i = 1; i < BENCH_FIELDS; i++) {
		column[i] = grn_ctx_get(&ctx, column_name[i], -1);
		table[i] = table_name[i] ? grn_ctx_get(&ctx, table_name[i], -1) : NULL;
	}
	GRN_TEXT_INIT(&text, GRN_OBJ_DO_SHALLOW_COPY);
	bench_rows r;
	bench_rows_open(&r, tsv);
	while (bench_rows_next(&r)) {
		grn_id id = grn_table_add(&ctx, docs, NULL, 0, NULL);
		for (int i = 1; i < BENCH_FIELDS; i++) {
			if (!table[i]) {
				GRN_TEXT_SET(&ctx, &text, r.field[i], r.len[i]);
				grn_obj_set_value(&ctx, column[i], id, &text, GRN_OBJ_SET);
				continue;
			}
			grn_obj record;
			grn_id key = grn_table_add(&ctx, table[i], r.field[i], (unsigned)r.len[i], NULL);
			GRN_RECORD_INIT(&record, 0, grn_obj_id(&ctx, table[i]));
			GRN_RECORD_SET(&ctx, &record, key);
			grn_obj_set_value(&ctx, column[i], id, &record, GRN_OBJ_SET);
			GRN_OBJ_FIN(&ctx, &record);
		}
	}
	run("column_create Sessions docs COLUMN_INDEX Docs session");
	run("table_create Terms TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer NormalizerAuto"
	    " --token_filters 'TokenFilterStem(\"algorithm\",\"french\")'");
	run("column_create Terms idx COLUMN_INDEX|WITH_POSITION Docs text");
	run("io_flush");
	printf("rows=%ld wall=%.3f cpu=%.3f\n", r.rows, bench_now() - begin, bench_cpu());
	bench_rows_close(&r);
}

static long answer(void *context, const bench_query *q)
{
	static const char select[] = "select Docs --match_escalation_threshold -1 --match_columns";
	char query[1024] = "", line[2048];
	int n = 0;
	unsigned len;
	(void)context;

	if (q->op == BENCH_PHRASE)
		snprintf(query, sizeof query, "\\\"%s\\\"", q->text);
	else if (q->op == BENCH_PREFIX)
		snprintf(query, sizeof query, "%s*", q->word[0]);
	else
		for (int i = 0; i < q->nword; i++)
			n += snprintf(query + n, sizeof query - (size_t)n, "%s%s",
			              !i                   ? ""
			              : q->op == BENCH_ANY ? " OR "
			                                   : " ",
			              q->word[i]);
	switch (q->kind) {
	case BENCH_GROUP:
		snprintf(line, sizeof line, "%s text --query \"%s\" --limit 0 --drilldown session --drilldown_limit -1",
		         select, query);
		break;
	case BENCH_TOP:
		snprintf(line, sizeof line,
		         "%s 'scorer_tf_idf(text)' --query \"%s\" --sort_keys -_score --limit 10"
		         " --output_columns _score,text",
		         select, query);
		break;
	case BENCH_KWIC:
		snprintf(line, sizeof line, "%s text --query \"%s\" --limit 100 --output_columns 'snippet_html(text)'",
		         select, query);
		break;
	default:
		if (q->op == BENCH_FACET)
			snprintf(line, sizeof line, "%s text --query \"%s\" --filter 'session == \"%s\"' --limit 0",
			         select, query, q->session);
		else
			snprintf(line, sizeof line, "%s text --query \"%s\" --limit 0 --output_columns _id", select,
			         query);
	}
	const char *result = command(line, &len);
	/* [[[COUNT],… : all that match, whatever is shown of them. */
	if (len < 4 || strncmp(result, "[[[", 3) != 0)
		return -1;
	long count = strtol(result + 3, NULL, 10), shown = q->kind == BENCH_TOP ? 10 : 100;
	return q->kind < BENCH_TOP || count < shown ? count : shown;
}

int main(int argc, char **argv)
{
	if (argc != 4)
		bench_die("usage", "groonga_bench index TSV DB | query DB QUERIES | first DB WORD");
	grn_init();
	grn_ctx_init(&ctx, 0);
	if (!strcmp(argv[1], "index")) {
		index_corpus(argv[2], argv[3]);
		return 0;
	}
	if (!grn_db_open(&ctx, argv[2]))
		bench_die(argv[2], ctx.errbuf);
	if (!strcmp(argv[1], "query")) {
		run("cache_limit 0");
		bench_queries_run("groonga", argv[3], answer, NULL);
	} else {
		bench_query q = {.text = argv[3], .word = {argv[3]}, .nword = 1, .kind = BENCH_COUNT, .op = BENCH_ALL};
		printf("%ld\n", answer(NULL, &q));
	}
	return 0;
}
