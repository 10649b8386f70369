/* SPDX-License-Identifier: Apache-2.0
 *
 * SQLite FTS5, as a peer of the bench.
 *
 *   fts5_bench index TSV DB stem|unicode     (FTS5_HASHSIZE=bytes tunes its memory)
 *   fts5_bench query DB QUERIES stem|unicode
 *   fts5_bench first DB WORD stem|unicode    opens, counts one word, ends
 *
 * `stem` is what FTS5 lacks: a tokenizer that passes each token of unicode61 through libstemmer's French.
 */
#include <libstemmer.h>
#include <sqlite3.h>
#include "bench.h"

typedef struct {
	fts5_tokenizer base;
	Fts5Tokenizer *tokens;
	struct sb_stemmer *stemmer;
} french;

typedef int token_callback(void *, int, const char *, int, int, int);

typedef struct {
	french *f;
	void *context;
	token_callback *token;
} french_call;

static int french_create(void *user, const char **arg, int narg, Fts5Tokenizer **out)
{
	static const char *keep_accents[] = {"remove_diacritics", "0"};
	fts5_api *api = (fts5_api *)user;
	french *f = (french *)calloc(1, sizeof *f);
	void *base_user;
	(void)arg;
	(void)narg;
	if (!f)
		return SQLITE_NOMEM;
	int rc = api->xFindTokenizer(api, "unicode61", &base_user, &f->base);
	if (rc == SQLITE_OK)
		rc = f->base.xCreate(base_user, keep_accents, 2, &f->tokens);
	if (rc != SQLITE_OK) {
		free(f);
		return rc;
	}
	f->stemmer = sb_stemmer_new("french", "UTF_8");
	*out = (Fts5Tokenizer *)f;
	return SQLITE_OK;
}

static void french_delete(Fts5Tokenizer *tokenizer)
{
	french *f = (french *)tokenizer;
	f->base.xDelete(f->tokens);
	sb_stemmer_delete(f->stemmer);
	free(f);
}

static int french_token(void *context, int flags, const char *token, int len, int start, int end)
{
	french_call *call = (french_call *)context;
	const sb_symbol *stem = sb_stemmer_stem(call->f->stemmer, (const sb_symbol *)token, len);
	return call->token(call->context, flags, (const char *)stem, sb_stemmer_length(call->f->stemmer), start, end);
}

static int french_tokenize(Fts5Tokenizer *tokenizer, void *context, int flags, const char *text, int len,
                           token_callback *token)
{
	french_call call = {(french *)tokenizer, context, token};
	if (flags & FTS5_TOKENIZE_PREFIX) /* the beginning of a word has no stem */
		return call.f->base.xTokenize(call.f->tokens, context, flags, text, len, token);
	return call.f->base.xTokenize(call.f->tokens, &call, flags, text, len, french_token);
}

static sqlite3 *db_open(const char *path, int flags)
{
	static fts5_tokenizer tokenizer = {french_create, french_delete, french_tokenize};
	sqlite3 *db;
	sqlite3_stmt *st;
	fts5_api *api = NULL;
	if (sqlite3_open_v2(path, &db, flags, NULL) != SQLITE_OK)
		bench_die(path, sqlite3_errmsg(db));
	sqlite3_prepare_v2(db, "select fts5(?1)", -1, &st, NULL);
	sqlite3_bind_pointer(st, 1, &api, "fts5_api_ptr", NULL);
	sqlite3_step(st);
	sqlite3_finalize(st);
	if (!api || api->xCreateTokenizer(api, "snowfr", api, &tokenizer, NULL) != SQLITE_OK)
		bench_die(path, "this SQLite has no FTS5");
	return db;
}

static void db_run(sqlite3 *db, const char *sql)
{
	char *why = NULL;
	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		bench_die(sql, why);
}

static sqlite3_stmt *db_prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *st;
	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK)
		bench_die(sql, sqlite3_errmsg(db));
	return st;
}

static void step(sqlite3 *db, sqlite3_stmt *st)
{
	if (sqlite3_step(st) != SQLITE_DONE)
		bench_die("insert", sqlite3_errmsg(db));
	sqlite3_reset(st);
}

static void index_corpus(const char *tsv, const char *path, int stem)
{
	char sql[512];
	double begin = bench_now();
	remove(path);
	sqlite3 *db = db_open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
	/* The fastest settings it has; nothing is durable until the end. */
	db_run(db, "pragma page_size=4096; pragma journal_mode=off; pragma synchronous=off; pragma cache_size=-262144;"
	           "create table docs(id integer primary key, session text, date text, territory text, activity text,"
	           " text text)");
	snprintf(
	    sql, sizeof sql,
	    "create virtual table fts using fts5(text, session, content='docs', content_rowid='id', tokenize='%s')",
	    stem ? "snowfr" : "unicode61 remove_diacritics 2");
	db_run(db, sql);
	if (getenv("FTS5_HASHSIZE")) {
		snprintf(sql, sizeof sql, "insert into fts(fts, rank) values('hashsize', %ld)",
		         bench_setting("FTS5_HASHSIZE", 1 << 20));
		db_run(db, sql);
	}
	db_run(db, "begin");
	sqlite3_stmt *doc = db_prepare(db, "insert into docs values(?,?,?,?,?,?)");
	sqlite3_stmt *fts = db_prepare(db, "insert into fts(rowid, text, session) values(?,?,?)");
	bench_rows r;
	bench_rows_open(&r, tsv);
	while (bench_rows_next(&r)) {
		long id = strtol(r.field[0], NULL, 10);
		sqlite3_bind_int64(doc, 1, id);
		for (int i = 1; i < BENCH_FIELDS; i++)
			sqlite3_bind_text(doc, i + 1, r.field[i], (int)r.len[i], SQLITE_STATIC);
		step(db, doc);
		sqlite3_bind_int64(fts, 1, id);
		sqlite3_bind_text(fts, 2, r.field[5], (int)r.len[5], SQLITE_STATIC);
		sqlite3_bind_text(fts, 3, r.field[1], (int)r.len[1], SQLITE_STATIC);
		step(db, fts);
	}
	sqlite3_finalize(doc);
	sqlite3_finalize(fts);
	db_run(db, "commit; insert into fts(fts) values('optimize'); create index docs_session on docs(session)");
	sqlite3_close(db);
	printf("rows=%ld wall=%.3f cpu=%.3f\n", r.rows, bench_now() - begin, bench_cpu());
	bench_rows_close(&r);
}

typedef struct {
	sqlite3 *db;
	sqlite3_stmt *by_kind[4];
} engine;

static void engine_open(engine *e, const char *path)
{
	e->db = db_open(path, SQLITE_OPEN_READONLY);
	db_run(e->db, "pragma cache_size=-262144; pragma mmap_size=4000000000");
	e->by_kind[BENCH_COUNT] = db_prepare(e->db, "select count(*) from fts where fts match ?");
	e->by_kind[BENCH_GROUP] = db_prepare(e->db, "select docs.session, count(*) from fts join docs on docs.id ="
	                                            " fts.rowid where fts match ? group by docs.session");
	e->by_kind[BENCH_TOP] = db_prepare(e->db, "select docs.text from fts join docs on docs.id = fts.rowid"
	                                          " where fts match ? order by fts.rank limit 10");
	e->by_kind[BENCH_KWIC] =
	    db_prepare(e->db, "select snippet(fts, 0, '[', ']', '...', 12) from fts where fts match ? limit 100");
}

static void engine_close(engine *e)
{
	for (int i = 0; i < 4; i++)
		sqlite3_finalize(e->by_kind[i]);
	sqlite3_close(e->db);
}

static long answer(void *context, const bench_query *q)
{
	engine *e = (engine *)context;
	sqlite3_stmt *st = e->by_kind[q->kind];
	char match[1024];
	int n = 0, rc;
	long count = 0;

	switch (q->op) {
	case BENCH_PHRASE:
		n = snprintf(match, sizeof match, "text : \"%s\"", q->text);
		break;
	case BENCH_PREFIX:
		n = snprintf(match, sizeof match, "text : \"%s\" *", q->word[0]);
		break;
	case BENCH_FACET:
		n = snprintf(match, sizeof match, "text : \"%s\" AND session : \"%s\"", q->word[0], q->session);
		break;
	default:
		n = snprintf(match, sizeof match, "text : (");
		for (int i = 0; i < q->nword; i++)
			n += snprintf(match + n, sizeof match - (size_t)n, "%s\"%s\"",
			              !i                   ? ""
			              : q->op == BENCH_ANY ? " OR "
			                                   : " AND ",
			              q->word[i]);
		n += snprintf(match + n, sizeof match - (size_t)n, ")");
	}
	sqlite3_bind_text(st, 1, match, n, SQLITE_STATIC);
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		if (q->kind == BENCH_COUNT)
			count = sqlite3_column_int64(st, 0);
		else if (q->kind == BENCH_GROUP)
			count += sqlite3_column_int64(st, 1);
		else
			count += sqlite3_column_text(st, 0) != NULL;
	}
	if (rc != SQLITE_DONE)
		bench_die(match, sqlite3_errmsg(e->db));
	sqlite3_reset(st);
	return count;
}

int main(int argc, char **argv)
{
	engine e;
	if (argc != 5)
		bench_die("usage", "fts5_bench index TSV DB MODE | query DB QUERIES MODE | first DB WORD MODE");
	int stem = !strcmp(argv[4], "stem");
	if (!strcmp(argv[1], "index")) {
		index_corpus(argv[2], argv[3], stem);
		return 0;
	}
	engine_open(&e, argv[2]);
	if (!strcmp(argv[1], "query")) {
		bench_queries_run(stem ? "fts5-stem" : "fts5-unicode", argv[3], answer, &e);
	} else {
		bench_query q = {.text = argv[3], .word = {argv[3]}, .nword = 1, .kind = BENCH_COUNT, .op = BENCH_ALL};
		printf("%ld\n", answer(&e, &q));
	}
	engine_close(&e);
	return 0;
}
