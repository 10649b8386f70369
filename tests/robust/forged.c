/* SPDX-License-Identifier: Apache-2.0 */
/* A checksum is no proof: somebody who forges a record forges its checksum with it.  Lists of postings, then one record after another of each
 * kind, are changed byte by byte; whatever reads them stays within them, and ends with an answer or with a sentence. */
#include "config.h"
#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include "../unit/query_corpus.h"
#include "index/postings.h"
#include "query/cooccurrences.h"
#include "query/counts.h"
#include "query/frequencies.h"
#include "query/kwic.h"
#include "query/specificities.h"
#include "records.h"

enum { WRITES = 4 }; /* one of so many forgeries is read by those that write, too */
static unsigned long faults, done;
#define FAULT(...) (printf(__VA_ARGS__), putchar('\n'), faults++)

/* ---- lists of postings ------------------------------------------------------------------------- */
/* Reads a list in all the ways there are; 0: a number is not below ndocs, or they are not in order. */
static int read_through(const uint8_t *list, const uint8_t *end, uint32_t ndocs)
{
	aur_post p;
	aur_post_open(&p, list);
	uint32_t *docs = aur_xmalloc(p.df * sizeof *docs), no[POST_BLOCK], n = 0, all;
	int sound = 1;
	all = aur_post_docs(&p, docs);
	sound = all == p.df;
	for (uint32_t i = 0; i < all; i++)
		sound &= docs[i] < ndocs && (!i || docs[i] >= docs[i - 1]);
	const uint8_t *pos = p.pos;
	for (uint32_t b = 0, k = 0; b < aur_post_blocks(&p); b++, k += n) {
		const uint8_t *from = aur_post_block(&p, b, no, &n), *to = aur_post_positions_end(&p, b);
		sound &= !memcmp(no, docs + k, n * sizeof *no) && from == pos;
		pos = aur_post_skip(from, n);
		sound &= (!to || pos == to) && pos <= end && aur_post_seek(&p, 0, no[0]) <= b;
	}
	uint32_t tf = 0;
	for (const uint8_t *q = p.pos; q < pos; tf++)
		aur_vget(&q);
	sound &= tf == p.tf;
	free(docs);
	return sound;
}

static unsigned halves; /* how many lists were made of half the memory, too */

/* A list of n contributions, so far apart on average, of as many occurrences, with positions below `most`. */
static void list_of(uint32_t n, uint32_t gap, uint32_t often, uint32_t most)
{
	static const unsigned odd[] = {0, 1, 2, 127, 128, 254, 255, 256, 257, 258};
	enum { ODD = sizeof odd / sizeof *odd };
	uint64_t *pair = aur_xmalloc((size_t)n * often * sizeof *pair), state = n + gap;
	aur_buf list = {0}, docs = {0}, pos = {0};
	size_t pairs = 0;
	uint32_t doc = 0, taken = 0;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t at = 0;
		state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		doc += (i > 0) + (uint32_t)(state >> 40) % gap;
		for (uint32_t k = 0; k < 1 + (uint32_t)(state >> 33) % often; k++, at += 1 + (uint32_t)(state >> 35) % most)
			pair[pairs++] = (uint64_t)doc << 32 | at;
	}
	aur_post_encode(&list, &docs, &pos, &(aur_post_pairs){.wide = pair}, pairs);
	unsigned bits = 0; /* in half the memory, where that holds them: the same list */
	while (most * often >> bits)
		bits++;
	if ((uint64_t)(doc + 1) << bits <= (uint64_t)1 << 32) {
		uint32_t *half = aur_xmalloc(pairs * sizeof *half);
		aur_buf same = {0};
		for (size_t i = 0; i < pairs; i++)
			half[i] = (uint32_t)(pair[i] >> 32) << bits | (uint32_t)pair[i];
		aur_post_encode(&same, &docs, &pos, &(aur_post_pairs){.narrow = half, .bits = bits}, pairs);
		if (same.n != list.n || memcmp(same.p, list.p, list.n))
			FAULT("a list of %u contributions is another one in half the memory", n);
		aur_buf_free(&same);
		free(half);
		halves++;
	}
	uint8_t *exact = aur_xmalloc(list.n); /* so that a byte too many is noticed where memory is watched */
	memcpy(exact, list.p, list.n);
	const uint8_t *end = exact + list.n;
	if (!aur_post_check(exact, end, doc + 1, NULL, NULL) || !aur_post_within(exact, end, doc + 1) || !read_through(exact, end, doc + 1))
		FAULT("a list of %u contributions as it was written is refused", n);
	if (aur_post_within(exact, end, doc) || aur_post_within(exact, end - 1, doc + 1))
		FAULT("a list of %u contributions that leads out by one is taken", n);
	for (size_t i = 0; i < list.n; i++)
		for (unsigned v = 0; v < ODD; v++) {
			memcpy(exact, list.p, list.n);
			exact[i] = (uint8_t)(odd[v] < 256 ? odd[v] : odd[v] == 256 ? exact[i] + 1u : odd[v] == 257 ? exact[i] - 1u : exact[i] ^ 1u);
			for (size_t k = i + 1; odd[v] == 255 && v % 2 == i % 2 && k < i + 4 && k < list.n; k++) /* a whole number */
				exact[k] = 255;
			int within = aur_post_within(exact, end, doc + 1);
			if (within && !read_through(exact, end, doc + 1))
				FAULT("list of %u contributions, byte %zu is %u: it leads out, and is taken", n, i, exact[i]);
			if (!within && aur_post_check(exact, end, doc + 1, NULL, NULL))
				FAULT("list of %u contributions, byte %zu is %u: it is sound, and refused", n, i, exact[i]);
			taken += (unsigned)within;
			done++;
		}
	if (!taken || taken == ODD * list.n)
		FAULT("list of %u contributions: %u of %zu taken", n, taken, ODD * list.n);
	free(exact);
	free(pair);
	aur_buf_free(&list);
	aur_buf_free(&docs);
	aur_buf_free(&pos);
}

/* ---- records ------------------------------------------------------------------------------------ */
static char *dir;

static void corpus(void)
{
	static char word[100][8];
	static qc_doc d;
	aur_setup setup = {.layer_count = QC_LAYERS, .layer = {qc_layer[0], qc_layer[1], qc_layer[2]}, .default_layer = QC_STEM,
	                   .pipeline = "p", .fingerprints = "f", .annotators = "a", .memory = 64 << 20};
	aur_writer *w;
	aur_error e = {0};
	for (uint32_t run = 0; run < 2; run++) {
		qc_writer *q = qc_open(dir);
		for (uint32_t i = run ? 390 : 0; i < (run ? 420u : 400u); i++) {
			memset(&d, 0, sizeof d);
			sprintf(d.id, "d%u", i);
			sprintf(d.value[0], "s%u", i % 5);
			sprintf(d.value[1], "2025-0%u-01", 1 + i % 5);
			sprintf(d.value[2], "%s", i % 3 ? "élu" : "");
			sprintf(word[i % 100], "w%u", i % 100);
			d.tok[d.ntok++] = "Le";
			d.tok[d.ntok++] = i % 3 ? "bus" : "métro";
			d.tok[d.ntok++] = word[i % 100];
			d.tok[d.ntok++] = ".";
			d.sentence_end[3] = 1;
			while (d.ntok < (i == 7 ? QC_TOKENS : 6 + run))
				d.tok[d.ntok++] = i % 2 ? "l'" : "bus";
			if (i % 4 == 0)
				d.hit[d.nhits++] = (qc_hit){i % 8 ? "a.b" : "c", 1, 2, i % 3};
			qc_add(q, &d);
		}
		qc_close(q);
	}
	if (aur_writer_open(dir, &w, &e) || aur_writer_begin(w, &setup, &e)) {
		puts(e.text);
		exit(99);
	}
#define STR(s) ((aur_str){s, sizeof s - 1})
	for (int i = 0; i < 5; i++)
		aur_writer_session(w, (aur_str){(const char[]){'s', (char)('0' + i)}, 2}, STR("date"), STR("2025-01-01"));
	aur_writer_property(w, STR("title"), STR("Un corpus"));
	aur_writer_source(w, STR("f"), STR("12 0 f.csv"));
	if (aur_writer_commit(w, &e)) {
		puts(e.text);
		exit(99);
	}
	aur_writer_close(w);
}

static int told;
static void tell(aur_code c, const aur_error *e)
{
	told |= c != AURE_OK;
	if (c && !*e->text)
		abort();
}

static void on_check(void *ctx, int fault, const char *msg)
{
	(void)ctx;
	told |= fault;
	if (!*msg)
		abort();
}

static int on_line(void *ctx, const aur_kwic_line *l)
{
	*(size_t *)ctx += l->left.len + l->node.len + l->right.len + l->id.len;
	return 1;
}

static int on_spec(void *ctx, const aur_spec_row *r)
{
	(void)ctx;
	return r->shown.len + r->value.len > 0;
}

/* Forces a text to be read. */
static size_t looked;
static void look(aur_str s)
{
	for (size_t i = 0; i < s.len; i++)
		looked += (unsigned char)s.ptr[i];
}

static int layer; /* the default one */

/* As a plugin that is not there any more for a layer that the corpus has. */
static aur_code layer_value(void *ctx, const char *name, aur_str word, aur_buf *out, aur_error *e)
{
	return qc_layer_value(ctx, name, word, out, e) ? aur_fail(e, AURE_NOTFOUND, "no layer %s", name) : AURE_OK;
}

static void ask(aur_search *s, const char *text)
{
	aur_query *q;
	aur_error e = {0};
	aur_result r;
	aur_counts counts;
	aur_by by[2];
	uint32_t nby = 0;
	uint64_t lines;
	aur_code c = aur_query_parse(s, text, strlen(text), &q, &e);
	tell(c, &e);
	if (c)
		return;
	tell(aur_query_run(s, q, &(aur_want){.order = AUR_ORDER_SCORE, .limit = 20, .total = 1, .occurrences = 1}, &r, &e), &e);
	tell(aur_query_run(s, q, &(aur_want){.limit = 5}, &r, &e), &e);
	c = aur_query_fields(s, "session,date:month", by, &nby, &e);
	tell(c, &e);
	if (!c)
		tell(aur_query_counts(s, q, by, nby, AUR_COUNT_OCCURRENCES | AUR_COUNT_ALL, &counts, &e), &e);
	if (aur_query_has_words(q)) {
		tell(aur_query_kwic(s, q, &(aur_kwic_want){.width = 20, .sort = "right,-session", .limit = 50, .total = 1}, on_line, &looked, &lines, &e), &e);
		aur_coocs near;
		tell(aur_query_cooccurrences(s, q, &(aur_cooc_want){.layer = layer, .window = 3, .within = AUR_COOC_SENTENCE, .min = 1, .limit = 10}, &near, &e), &e);
	}
	aur_query_free(q);
}

static void snapshot_read(aur_snapshot *s)
{
	aur_error e = {0};
	aur_totals t;
	aur_doc d = {0};
	aur_buf b = {0};
	aur_str k, v;
	aur_snapshot_totals(s, &t);
	static const char *const meta[] = {"pipeline", "fingerprints", "annotators", "schema"};
	for (int i = 0; i < 4; i++) {
		const char *m = aur_snapshot_meta(s, meta[i]);
		looked += m ? strlen(m) : 0;
	}
	for (uint32_t i = 0; aur_snapshot_property(s, i, &k, &v); i++)
		look(k), look(v);
	looked += aur_snapshot_sources(s);
	for (uint32_t i = 0, n = aur_snapshot_session_count(s); i < n; i++) {
		look(aur_snapshot_session_id(s, i));
		for (uint32_t j = 0; aur_snapshot_session_prop(s, i, j, &k, &v); j++)
			look(k), look(v);
	}
	for (uint32_t f = 0, n = aur_snapshot_fields(s); f < n; f++) {
		look(aur_snapshot_field_name(s, f));
		uint32_t values = aur_snapshot_value_count(s, f);
		for (uint32_t i = 1; i <= values && i < 1000; i++) {
			v = aur_snapshot_value_text(s, f, i);
			look(v);
			looked += aur_snapshot_value(s, f, v);
		}
		uint8_t *left = aur_xmalloc((size_t)values + 1);
		tell(aur_snapshot_values_left(s, f, left, &e), &e);
		free(left);
	}
	for (uint32_t i = 0; i < t.forms; i++) {
		aur_form f;
		aur_str l[AUR_MAX_LAYERS];
		uint32_t docs;
		if (!aur_snapshot_form(s, i, &f, l))
			continue;
		looked += aur_snapshot_form_id(s, f.form);
		for (uint32_t j = 0; j < aur_snapshot_layers(s); j++) {
			b.n = 0;
			look(l[j]);
			tell(aur_snapshot_value_forms(s, j, l[j], &b, &docs, NULL, &e), &e);
		}
	}
	for (uint32_t i = 0; i < aur_snapshot_labels(s); i++) {
		aur_label l;
		if (aur_snapshot_label(s, i, &l))
			look(l.theme), look(l.entry), look(l.lexicon), look(l.version);
		looked += aur_snapshot_label_theme(s, i);
	}
	uint64_t *n = aur_xcalloc((size_t)t.forms + 1, sizeof *n);
	tell(aur_snapshot_all_tokens(s, n, &e), &e);
	free(n);
	for (uint32_t g = 0; g < aur_snapshot_segs(s); g++) {
		const aur_seg_info *info = aur_snapshot_seg(s, g);
		uint32_t forms = 0;
		for (uint32_t i = 0; i < aur_snapshot_themes(s); i++)
			for (unsigned p = 0; p < 4; p++) {
				b.n = 0;
				tell(aur_snapshot_theme_docs(s, g, i, p, &b, &e), &e);
				for (size_t j = 0; j < b.n / 4; j++)
					if (((uint32_t *)(void *)b.p)[j] >= info->n)
						abort();
			}
		tell(aur_snapshot_seg_forms(s, g, &forms, &e), &e);
		for (uint32_t i = 0; i < forms; i++) {
			const uint8_t *list;
			aur_post p;
			aur_code c = aur_snapshot_seg_postings(s, g, i, &list, &e);
			tell(c, &e);
			if (c)
				continue;
			aur_post_open(&p, list);
			if (p.df > info->n)
				abort();
			uint32_t *docs = aur_xmalloc(p.df * sizeof *docs);
			aur_post_docs(&p, docs);
			for (uint32_t j = 0; j < p.df; j++)
				if (docs[j] >= info->n)
					abort();
			free(docs);
		}
	}
	for (uint32_t i = 0; i < t.docs; i += i < 8 ? 1 : 23) {
		aur_code c = aur_snapshot_doc(s, i, &d, &e);
		tell(c, &e);
		if (!c) {
			look(d.text);
			for (uint32_t j = 0; j < d.ntok; j++)
				look((aur_str){d.text.ptr + d.start[j], d.end[j] - d.start[j]});
			looked += aur_snapshot_find(s, d.id);
		}
		b.n = 0;
		tell(aur_snapshot_hits(s, i, &b, &e), &e);
		looked += aur_snapshot_text_hash(s, i);
	}
	aur_buf_free(&b);
	aur_doc_free(&d);
}

static int go_on(void *ctx, double part)
{
	(void)ctx;
	return part < 0.95; /* so that the corpus stays as it is */
}

static aur_code leave_out(void *ctx, aur_snapshot *s, uint8_t *bits, aur_error *err)
{
	(void)ctx, (void)s, (void)err;
	bits[0] = 0x25; /* some of the first */
	return AURE_OK;
}

/* All that reads; in a process of its own. */
static void readers(unsigned long no)
{
	static const char *const queries[] = {"le", "bus OR w1", "\"le bus\"", "le NEAR/3 bus within s", "[stem=\"l.*\"] []{0,2} [fold=\"bus\"]", "theme:a",
	                                      "theme:a.b@negated bus", "session:s1 le -date:2025-02-01", "w*", "id:d3", "bus -le", "/b.s/"};
	static qc_doc d = {.id = "d3", .ntok = 1, .tok = {"Le"}};
	aur_error e = {0}, met = {0};
	aur_snapshot *s;
	aur_index_check(dir, on_check, NULL, &e);
	aur_code c = aur_snapshot_open(dir, &s, &e);
	tell(c, &e);
	if (!c) {
		aur_snapshot_watch(s, &met);
		if (no % 2)
			aur_snapshot_pass(s);
		aur_query_env env = {.s = s, .layer_value = layer_value, .tokenize = qc_tokenize};
		aur_search *x = aur_search_new(&env);
		layer = aur_snapshot_layer(s, "stem", 4);
		for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
			ask(x, queries[i]);
		aur_freqs f;
		tell(aur_query_frequencies(x, &(aur_freq_want){.layer = layer, .n = 1 + no % 2, .min = 1, .limit = 10}, &f, &e), &e);
		uint64_t tested;
		aur_by by[2];
		uint32_t nby;
		if (!aur_query_fields(x, "role", by, &nby, &e))
			tell(aur_query_specificities(x, &(aur_spec_want){.layer = layer, .by = {by[0]}, .nby = 1, .min = 1, .max_q = 1, .limit = 10}, on_spec, NULL, &tested, &e), &e);
		aur_search_free(x);
		snapshot_read(s);
		told |= met.code != AURE_OK;
		aur_snapshot_close(s);
	}
	if (no % WRITES)
		return;
	for (int erased = 0; erased < 2; erased++) {
		c = aur_index_compact(dir, &(aur_compaction){.memory = 64 << 20, .go_on = go_on, .leave_out = erased ? leave_out : NULL}, &e);
		tell(c == AURE_CANCELLED ? AURE_OK : c, &e);
	}
	aur_writer *w;
	aur_setup setup = {.layer_count = QC_LAYERS, .layer = {qc_layer[0], qc_layer[1], qc_layer[2]}, .default_layer = QC_STEM,
	                   .pipeline = "p", .fingerprints = "f", .annotators = "a", .memory = 64 << 20};
	c = aur_writer_open(dir, &w, &e);
	tell(c, &e);
	if (c)
		return;
	c = aur_writer_begin(w, &setup, &e);
	tell(c, &e);
	for (unsigned i = 0; i < 40 && !c; i++) {
		aur_added how;
		uint32_t form, field = aur_writer_field(w, STR("session")), value = aur_writer_value(w, field, STR("s1"));
		sprintf(d.id, "d%u", i * 11);
		aur_str v[QC_LAYERS] = {STR("le"), STR("le"), STR("le")};
		form = aur_writer_form(w, &(aur_new_form){STR("Le"), 0, v, 0});
		aur_doc_in in = {.id = {d.id, strlen(d.id)}, .text_len = 2, .ntok = 1, .nwords = 1, .form = &form, .side = {"\0\0", 2},
		                 .nfields = 1, .field = &field, .value = &value};
		c = aur_writer_add(w, &in, &how, &e);
		tell(c, &e);
	}
	aur_writer_close(w); /* only what a run begins with is written */
}

/* Runs them; 1: they told something. */
static int run(const char *how, unsigned long no)
{
	enum { TOLD = 7, SECONDS = 60 };
	char said[2048];
	int st;
	fflush(stdout);
	pid_t pid = fork();
	if (!pid) {
		struct rlimit work = {SECONDS, SECONDS};
		setrlimit(RLIMIT_CPU, &work);
		int to = open("said", O_WRONLY | O_CREAT | O_TRUNC, 0666);
		dup2(to, 2);
		readers(no);
		_exit(told ? TOLD : 0);
	}
	if (waitpid(pid, &st, 0) < 0)
		exit(99);
	FILE *f = fopen("said", "r");
	size_t n = f ? fread(said, 1, sizeof said - 1, f) : 0;
	said[n] = 0;
	if (f)
		fclose(f);
	done++;
	/* 1: a sentence that ends the program, as where memory runs out; but so end sanitizers, too */
	if (!WIFEXITED(st) || strstr(said, "Sanitizer") || strstr(said, "runtime error:") ||
	    (WEXITSTATUS(st) && WEXITSTATUS(st) != TOLD && (WEXITSTATUS(st) != 1 || !n)))
		FAULT("%s: status %d: %s", how, WIFSIGNALED(st) ? 128 + WTERMSIG(st) : WEXITSTATUS(st), said);
	return WIFEXITED(st) && WEXITSTATUS(st);
}

/* Of each kind, the first and the longest record. */
static int chosen(const record *r, size_t nrecords, size_t i)
{
	int first = 1;
	size_t longest = i;
	for (size_t j = 0; j < nrecords; j++) {
		if (r[j].kind != r[i].kind || (r[j].kind == DB_META * 16 && j != i) || (r[j].kind == DB_VALUES * 16 && r[j].key[0] != r[i].key[0]))
			continue;
		first &= j >= i;
		longest = r[j].n > r[longest].n || (r[j].n == r[longest].n && j < longest) ? j : longest;
	}
	return first || longest == i;
}

static void put(int fd, const uint8_t *p, size_t n, size_t at)
{
	if (pwrite(fd, p, n, (off_t)at) != (ssize_t)n)
		exit(99);
}

/* whole: the data file as it is. */
static void forge(int fd, const aur_buf *whole, const record *r, unsigned per)
{
	const uint8_t *was = whole->p + r->at;
	uint8_t *is = aur_xmalloc(r->n);
	size_t n = r->n - REC_HEAD, noticed = 0, tried = 0;
	char how[200];
	if (aur_get32(was) != aur_crc32c(r->seed, was + REC_HEAD, n))
		exit(99);
	for (unsigned i = 0; i < per; i++) {
		/* half of them at the beginning, where counts and sizes are */
		size_t at = i < per / 2 ? i : per / 2 + (size_t)(i - per / 2) * (n - per / 2) / (per - per / 2);
		if (at >= n)
			break;
		for (unsigned v = 0; v < 3; v++, tried++) {
			memcpy(is, was, r->n);
			for (size_t k = at; k < n && k < at + (v ? 1 : 4); k++)
				is[REC_HEAD + k] = v == 0 ? 255 : v == 1 ? (uint8_t)(is[REC_HEAD + k] + 1) : (uint8_t)(is[REC_HEAD + k] ^ 0x80);
			aur_set32(is, aur_crc32c(r->seed, is + REC_HEAD, n));
			put(fd, is, r->n, r->at);
			snprintf(how, sizeof how, "%s %u, of %zu bytes, %s from byte %zu", aur_db_names[r->kind / 16], r->kind % 16, n,
			         v == 0 ? "four of 255" : v == 1 ? "one more" : "another first bit", at);
			noticed += (size_t)run(how, tried);
			if (tried % WRITES == 0)
				put(fd, whole->p, whole->n, 0);
		}
	}
	put(fd, was, r->n, r->at);
	printf("%s %u%s%.12s: %zu of %zu told\n", aur_db_names[r->kind / 16], r->kind % 16, r->kind / 16 == DB_META ? " " : "",
	       r->kind / 16 == DB_META ? r->key : "", noticed, tried);
	free(is);
}

/* ---- what a check says ----------------------------------------------------------------------------- */
static aur_buf sentences;
static void on_sentence(void *ctx, int fault, const char *msg)
{
	(void)ctx;
	aur_buf_printf(&sentences, "%s%s\n", fault ? "" : "remark: ", msg);
}

/* A record with some bytes of it changed (at: from its end if negative), one that is gone (n: GONE), or one that is new (n: that of its bytes). */
enum { GONE = -1, CHANGED = -2 };
static const struct crafted {
	enum aur_db db;
	const char *key;
	int nkey, n, at;
	const char *bytes;
	const char *says;
} crafted[] = {
#define K(s) s, sizeof s - 1
#define SEG(kind) K("\0\0\0\0" kind "\0\0\0\0")
	/* what belongs to nothing */
	{DB_META, K("else"), 1, 0, "x", "« meta » belongs to nothing"},
	{DB_FORMS, K("bus"), 5, 0, "\0\0\0\0\0", "« forms » belongs to nothing"},
	{DB_FORMREC, K("\0\0\0\x09"), 512, 0, NULL, "damaged"}, /* there are more than there are forms: it is not opened */
	{DB_LAYERS, K("\x07" "a"), 4, 0, "\1\1\1\0", "« layers » belongs to nothing"},
	{DB_SEG, SEG("\x09"), 4, 0, "abcd", "« segments » belongs to nothing"},
	{DB_SEG, K("\0\0\0\2\1\0\0\0\0"), 32, 0, NULL, "« segments » belongs to nothing"},
	{DB_HITS, SEG("\x03"), 4, 0, "abcd", "« hits » belongs to nothing"},
	{DB_FIELDS, K("\0\0\0\x63"), 5, 0, "\0\0\0\0x", "« fields » belongs to nothing"},
	{DB_VALUES, K("v\0\0\0\x63\0\0\0\1"), 1, 0, "x", "« values » belongs to nothing"},
	{DB_VALUES, K("v\0\0\0\0\0\0\0\1"), 0, 0, "", "« values » belongs to nothing"},
	/* properties, labels, fields */
	{DB_META, K("properties"), 2, 0, "\1a", "properties of the corpus cannot be read"},
	{DB_META, K("sources"), 2, 0, "\5a", "properties of its files cannot be read"},
	{DB_META, K("labels"), 7, 0, "\3a.b\0\0\0", "labels of theme hits cannot be read: 1 instead of"},
	{DB_META, K("layers"), 0, 0, "", "the corpus does not say which layers it has"},
	{DB_FIELDS, K("\0\0\0\1"), 11, 0, "\5\0\0\0session", "fields 0 and 1 have the same name"},
	{DB_VALUES, K("v\0\0\0\0\0\0\0\1"), GONE, 0, NULL, "field 0: the text of value 1 is missing"},
	/* the dictionary */
	{DB_FORMS, K("bus"), GONE, 0, NULL, "the dictionary does not know its word"},
	{DB_FORMS, K("but"), 4, 0, "\0\0\0\0", "form 0 is in the dictionary twice"},
	{DB_FORMS, K("but"), 4, 0, "\0\0\0\0", "form 0: its word in the dictionary is not the one in its record"},
	{DB_LAYERS, K("\2" "w1"), CHANGED, 0, "\1", "declares 1 contributions"},
	{DB_LAYERS, K("\2" "w1"), CHANGED, 1, "\1", "and 1 occurrences"},
	{DB_LAYERS, K("\2" "bus"), CHANGED, -1, "\0", "which is not its value"},
	{DB_LAYERS, K("\2" "but"), 4, 0, "\1\1\1\0", "form 0 is listed under two values"},
	{DB_LAYERS, K("\0" "bus"), GONE, 0, NULL, "layer lower:"},
	{DB_LAYERS, K("\0" "bus"), 5, 0, "\0\0\0\0\0", "cannot be read"},
	/* segments */
	{DB_SEG, SEG("\1"), CHANGED, 8, "\0", "segment 0 declares"},
	{DB_SEG, SEG("\1"), CHANGED, 16, "\0", "segment 0 declares"},
	{DB_SEG, SEG("\2"), CHANGED, 8, "\xff\0", "its forms are out of order"},
	{DB_SEG, SEG("\2"), CHANGED, 12, "\0\0\0\0", "its forms are out of order"},
	{DB_SEG, SEG("\2"), CHANGED, -6, "\1", "are not where they should be"},
	{DB_SEG, SEG("\2"), CHANGED, -4, "\1", "are not where they should be"},
	{DB_SEG, SEG("\4"), GONE, 0, NULL, "the lengths of its contributions cannot be read"},
	{DB_SEG, SEG("\7"), CHANGED, 8 + 4 * 400 + 5, "\x7f", "contribution 0 (d0): more words than tokens"},
	/* « Le » is no word: a remark, as another tokenizer may say so */
	{DB_FORMREC, K("\0\0\0\0"), CHANGED, 512 + 3, "\2", "remark: contributions with another number of words than by the marks of their forms: "},
	{DB_FORMREC, K("\0\0\0\0"), CHANGED, 512 + 1, "\xff", "its text is not valid UTF-8"},
	{DB_SEG, SEG("\3"), CHANGED, 0, "\0", "segment 0: the postings of form 0 (Le) cannot be read"},
	{DB_SEG, SEG("\3"), CHANGED, 2, "\x91", "segment 0: the postings of form 0 (Le) cannot be read, or are not as many as they say"}, /* 401 */
	{DB_SEG, SEG("\4"), CHANGED, 0, "\xee", "its number of words is not the one in its segment"},
	{DB_SEG, SEG("\5"), CHANGED, 0, "\xff\xff\xff\xff", "the table of its ids is out of order"},
	{DB_SEG, SEG("\5"), CHANGED, 4, "\xff\xff", "the table of its ids is out of order"},
	{DB_SEG, SEG("\6"), CHANGED, 1, "\xee", "the values of field 0 cannot be read"},
	{DB_SEG, SEG("\x08"), CHANGED, -1, "\x80", "a contribution that does not exist was replaced"},
	{DB_SEG, SEG("\x08"), CHANGED, 1, "\1", "contribution 8 (d8) is marked as replaced, but none after it has its id"},
	{DB_META, K("counts"), CHANGED, 20, "\0", "its id leads to another one"},
	/* theme hits: gap, hits, label, first, last - first, polarity */
	{DB_HITS, SEG("\1"), CHANGED, 2, "\2", "refers to words or a label that do not exist"},
	{DB_HITS, SEG("\1"), CHANGED, 4, "\5", "refers to words or a label that do not exist"},
	{DB_HITS, SEG("\1"), CHANGED, 5, "\3", "refers to words or a label that do not exist"},
	{DB_HITS, SEG("\1"), 9, 0, "\0\1\0\1\1\x40\xff\x63\0", "refers to words or a label that do not exist"}, /* a cue */
	{DB_HITS, SEG("\1"), 9, 0, "\0\1\0\1\1\x80\xff\x63\0", "refers to words or a label that do not exist"}, /* a scope */
	{DB_HITS, SEG("\1"), CHANGED, 7, "\0", "the theme hits from contribution 0 on cannot be read"},
	{DB_HITS, SEG("\1"), 2, 0, "\0\0", "the theme hits from contribution 0 on cannot be read"},
	{DB_HITS, SEG("\1"), CHANGED, 1, "\0", "the theme hits from contribution 0 on cannot be read"},
	{DB_HITS, K("\0\0\0\0\2\0\0\0\3"), GONE, 0, NULL, "theme 0 has hits but no list of its contributions"},
	{DB_HITS, K("\0\0\0\0\2\0\0\0\x0b"), 4, 0, "abcd", "a theme (2) has contributions but no hits"},
	{DB_HITS, K("\0\0\0\0\2\0\0\0\3"), CHANGED, -2, "\x89", "the contributions of theme 0 are not those that its hits name"},
};

/* Puts one into the corpus, which nobody has open. */
static void craft(const struct crafted *x)
{
	aur_store *s;
	aur_error e = {0};
	MDB_txn *t;
	MDB_val key = {(size_t)x->nkey, (void *)(uintptr_t)x->key};
	aur_buf b = {0};
	const uint8_t *p;
	size_t n;
	if (aur_store_open(dir, AUR_STORE_WRITE, &s, &e) || mdb_txn_begin(s->env, NULL, 0, &t))
		exit(99);
	if (x->n == GONE) {
		if (mdb_del(t, s->db[x->db], &key, NULL))
			FAULT("%s: there is no such record", x->says);
	} else {
		if (x->n == CHANGED) {
			if (aur_rec_get(s, t, x->db, key, &p, &n, &e)) {
				FAULT("%s: there is no such record", x->says);
				exit(1);
			}
			size_t some = strlen(x->bytes);
			aur_buf_put(&b, p, n);
			memcpy(b.p + (x->at < 0 ? n - (size_t)-x->at : (size_t)x->at), x->bytes, some ? some : 1);
		} else {
			aur_buf_room(&b, (size_t)x->n + 1);
			memset(b.p, 0, (size_t)x->n + 1);
			b.n = (size_t)x->n;
			if (x->bytes)
				memcpy(b.p, x->bytes, b.n);
		}
		if (aur_rec_put(s, t, x->db, key, b.p, b.n, 0, &e))
			exit(99);
	}
	if (mdb_txn_commit(t))
		exit(99);
	aur_store_close(s);
	aur_buf_free(&b);
}

static void checks(int fd, const aur_buf *whole)
{
	for (size_t i = 0; i < sizeof crafted / sizeof *crafted; i++) {
		aur_error e = {0};
		craft(&crafted[i]);
		sentences.n = 0;
		aur_index_check(dir, on_sentence, NULL, &e);
		if (!strstr(aur_buf_cstr(&sentences), crafted[i].says))
			FAULT("« %s » is not said, but: %s", crafted[i].says, aur_buf_cstr(&sentences));
		put(fd, whole->p, whole->n, 0);
		done++;
	}
	aur_buf_free(&sentences);
}

int main(int argc, char **argv)
{
	unsigned per = argc > 1 ? (unsigned)atoi(argv[1]) : 10;
	size_t n;
	char data[400];
	list_of(1, 3, 1, 1);
	list_of(3, 300, 4, 90);
	list_of(128, 3, 2, 5);
	list_of(129, 2, 1, 1);   /* a byte for each contribution */
	list_of(300, 3, 9, 40);  /* gaps in a byte, some positions in two */
	list_of(260, 900, 3, 20000); /* in two; positions in up to three */
	list_of(140, 200000, 2, 90000000); /* in four */
	if (halves != 5)
		FAULT("%u lists in half the memory", halves);
	dir = qc_folder();
	snprintf(data, sizeof data, "%s", dir);
	if (chdir(dirname(data)))
		return 99;
	corpus();
	if (run("the sound corpus", 0))
		FAULT("the sound corpus is not sound");
	record *r = records_find(dir, &n);
	snprintf(data, sizeof data, "%s/gen-0001/data.mdb", dir);
	int fd = open(data, O_RDWR);
	aur_buf whole = {0};
	aur_buf_room(&whole, (size_t)lseek(fd, 0, SEEK_END));
	for (ssize_t got = 1; got > 0; whole.n += (size_t)got)
		got = pread(fd, whole.p + whole.n, whole.cap - whole.n, (off_t)whole.n);
	checks(fd, &whole);
	for (size_t i = 0; i < n; i++)
		if (r[i].n > REC_HEAD && chosen(r, n, i))
			forge(fd, &whole, &r[i], per);
	close(fd);
	aur_buf_free(&whole);
	if (run("the corpus as it was", 0))
		FAULT("the corpus is not as it was");
	free(r);
	if (chdir("/"))
		return 99;
	qc_remove(dir);
	printf("%lu forgeries, %lu faults\n", done, faults);
	return faults != 0;
}
