// SPDX-License-Identifier: Apache-2.0
//
// Xapian with its French stemmer, as a peer of the bench.
//
//   xapian_bench index TSV DB
//   xapian_bench query DB QUERIES
//   xapian_bench first DB WORD       opens, counts one word, ends
//
// STEM_ALL: every term is a stem, with its positions, as FTS5 has them here.
#include <fstream>
#include <string>
#include <vector>
#include <xapian.h>
#include "bench.h"

namespace
{

enum { SLOT_SESSION, SLOT_DATE, SLOT_TERRITORY };

void index_corpus(const char *tsv, const char *path)
{
	double begin = bench_now();
	Xapian::WritableDatabase db(path,
	                            Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_SYNC);
	Xapian::TermGenerator terms;
	terms.set_stemmer(Xapian::Stem("fr"));
	terms.set_stemming_strategy(Xapian::TermGenerator::STEM_ALL);
	bench_rows r;
	bench_rows_open(&r, tsv);
	while (bench_rows_next(&r)) {
		Xapian::Document doc;
		terms.set_document(doc);
		terms.set_termpos(0);
		terms.index_text(r.field[5]);
		doc.add_boolean_term(std::string("XS") + r.field[1]);
		doc.add_boolean_term(std::string("XT") + r.field[3]);
		doc.add_boolean_term(std::string("XA") + r.field[4]);
		doc.add_value(SLOT_SESSION, r.field[1]);
		doc.add_value(SLOT_DATE, r.field[2]);
		doc.add_value(SLOT_TERRITORY, r.field[3]);
		doc.set_data(r.field[5]);
		db.add_document(doc);
	}
	db.commit();
	printf("rows=%ld wall=%.3f cpu=%.3f\n", r.rows, bench_now() - begin, bench_cpu());
	bench_rows_close(&r);
}

struct engine {
	Xapian::Database db;
	Xapian::Stem stem{"fr"};
	Xapian::Enquire enquire;
	Xapian::doccount documents;

	explicit engine(const char *path) : db(path), enquire(db), documents(db.get_doccount())
	{
	}
};

Xapian::Query plan(engine *e, const bench_query *q)
{
	std::vector<Xapian::Query> stems;
	if (q->op == BENCH_PREFIX)
		return Xapian::Query(Xapian::Query::OP_WILDCARD, std::string(q->word[0]));
	for (int i = 0; i < q->nword; i++)
		stems.push_back(Xapian::Query(e->stem(q->word[i])));
	switch (q->op) {
	case BENCH_ANY:
		return Xapian::Query(Xapian::Query::OP_OR, stems.begin(), stems.end());
	case BENCH_PHRASE:
		return Xapian::Query(Xapian::Query::OP_PHRASE, stems.begin(), stems.end(),
		                     static_cast<Xapian::termcount>(q->nword));
	case BENCH_FACET:
		return Xapian::Query(Xapian::Query::OP_FILTER, stems[0], Xapian::Query(std::string("XS") + q->session));
	default:
		return Xapian::Query(Xapian::Query::OP_AND, stems.begin(), stems.end());
	}
}

long answer(void *context, const bench_query *q)
{
	engine *e = static_cast<engine *>(context);
	e->enquire.set_query(plan(e, q));
	if (q->kind == BENCH_TOP) {
		e->enquire.set_weighting_scheme(Xapian::BM25Weight());
		e->enquire.set_docid_order(Xapian::Enquire::ASCENDING);
		Xapian::MSet best = e->enquire.get_mset(0, 10);
		size_t bytes = 0;
		for (Xapian::MSetIterator it = best.begin(); it != best.end(); ++it)
			bytes += it.get_document().get_data().size();
		return bytes ? static_cast<long>(best.size()) : 0;
	}
	e->enquire.set_weighting_scheme(Xapian::BoolWeight());
	if (q->kind == BENCH_KWIC) {
		e->enquire.set_docid_order(Xapian::Enquire::ASCENDING);
		Xapian::MSet found = e->enquire.get_mset(0, 100);
		size_t bytes = 0;
		for (Xapian::MSetIterator it = found.begin(); it != found.end(); ++it)
			bytes += found.snippet(it.get_document().get_data(), 80, e->stem).size();
		return bytes ? static_cast<long>(found.size()) : 0;
	}
	if (q->kind == BENCH_GROUP) {
		Xapian::ValueCountMatchSpy sessions(SLOT_SESSION);
		e->enquire.add_matchspy(&sessions);
		e->enquire.get_mset(0, 0, e->documents);
		e->enquire.clear_matchspies();
		return static_cast<long>(sessions.get_total());
	}
	return static_cast<long>(e->enquire.get_mset(0, 0, e->documents).get_matches_estimated());
}

/* The count of one bare word is a statistic of the term that Xapian keeps: a caller who knows need not run a query. */
long answer_statistic(void *context, const bench_query *q)
{
	engine *e = static_cast<engine *>(context);
	if (q->kind != BENCH_COUNT || q->op != BENCH_ALL || q->nword != 1)
		return -1;
	return static_cast<long>(e->db.get_termfreq(e->stem(q->word[0])));
}

} // namespace

int main(int argc, char **argv)
{
	if (argc != 4)
		bench_die("usage", "xapian_bench index TSV DB | query DB QUERIES | first DB WORD");
	try {
		if (!strcmp(argv[1], "index")) {
			index_corpus(argv[2], argv[3]);
			return 0;
		}
		engine e(argv[2]);
		if (!strcmp(argv[1], "query")) {
			bench_queries_run("xapian", argv[3], answer, &e);
			bench_queries_run("xapian-termfreq", argv[3], answer_statistic, &e);
		} else {
			bench_query q{};
			q.text = q.word[0] = argv[3];
			q.nword = 1;
			printf("%ld\n", answer(&e, &q));
		}
	} catch (const Xapian::Error &error) {
		bench_die("xapian", error.get_description().c_str());
	}
	return 0;
}
