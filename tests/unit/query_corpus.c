/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/bytes.h"
#include "index/forward.h"
#include "query_corpus.h"

/* Not Check's: the fuzz targets make corpora too. */
#define MUST(x, ...) ((x) ? (void)0 : (fprintf(stderr, "query_corpus.c:%d: " #x ": ", __LINE__), fprintf(stderr, "%s\n", __VA_ARGS__), abort()))

const char *const qc_field[QC_FIELDS] = {"session", "date", "role", "né", "age", "stance"};
const char *const qc_layer[QC_LAYERS] = {"lower", "fold", "stem"};

static const char *const pairs[][3] = { /* capital, small, bare */
	{"É", "é", "e"}, {"À", "à", "a"}, {"Ç", "ç", "c"}, {"È", "è", "e"}};

void qc_map(int layer, const char *w, char *out)
{
	char *o = out;
	for (const char *p = w; *p;) {
		size_t k;
		for (k = 0; k < 4; k++) {
			if (!strncmp(p, pairs[k][0], 2) || !strncmp(p, pairs[k][1], 2)) {
				const char *to = pairs[k][layer == QC_FOLD ? 2 : 1];
				memcpy(o, to, strlen(to));
				o += strlen(to);
				p += 2;
				break;
			}
		}
		if (k < 4)
			continue;
		*o++ = *p >= 'A' && *p <= 'Z' ? (char)(*p | 32) : *p;
		p++;
	}
	*o = 0;
	if (layer == QC_STEM) {
		size_t n = strlen(out);
		if (n > 3 && out[n - 1] == 's')
			out[--n] = 0;
		if (n > 3 && out[n - 1] == 'e')
			out[--n] = 0;
	}
}

int qc_punct(const char *w)
{
	return strchr(",.!?", *w) && !w[1];
}

aur_code qc_layer_value(void *ctx, const char *layer, aur_str word, aur_buf *out, aur_error *e)
{
	char in[128], v[128];
	(void)ctx;
	(void)e;
	if (word.len >= 120) { /* in no corpus of these tests */
		aur_buf_put(out, word.ptr, word.len);
		return AURE_OK;
	}
	memcpy(in, word.ptr, word.len);
	in[word.len] = 0;
	for (int l = 0; l < QC_LAYERS; l++)
		if (!strcmp(layer, qc_layer[l])) {
			qc_map(l, in, v);
			aur_buf_put(out, v, strlen(v));
			return AURE_OK;
		}
	return AURE_BUG;
}

/* At spaces, and after an apostrophe. */
aur_code qc_tokenize(void *ctx, aur_str t, aur_query_token_fn fn, void *to, aur_error *e)
{
	size_t from = 0;
	(void)ctx;
	(void)e;
	for (size_t i = 0; i <= t.len; i++) {
		int space = i == t.len || t.ptr[i] == ' ';
		if (!space && t.ptr[i] != '\'')
			continue;
		size_t end = i + !space;
		if (end > from)
			fn(to, (aur_str){t.ptr + from, end - from}, 0);
		from = i + 1;
	}
	return AURE_OK;
}

struct qc_writer {
	aur_writer *w;
	uint32_t field[QC_FIELDS], next;
};

qc_writer *qc_open(const char *dir)
{
	qc_writer *q = aur_xcalloc(1, sizeof *q);
	aur_error e;
	aur_setup s = {.layer_count = QC_LAYERS, .layer = {qc_layer[0], qc_layer[1], qc_layer[2]}, .default_layer = QC_STEM,
		       .pipeline = "p", .fingerprints = "f", .annotators = "a", .memory = 64 << 20};
	MUST(!aur_writer_open(dir, &q->w, &e) && !aur_writer_begin(q->w, &s, &e), e.text);
	for (int i = 0; i < QC_FIELDS; i++)
		q->field[i] = aur_writer_field(q->w, (aur_str){qc_field[i], strlen(qc_field[i])});
	return q;
}

void qc_add(qc_writer *q, qc_doc *d)
{
	uint32_t form[QC_TOKENS], start[QC_TOKENS], end[QC_TOKENS], field[QC_FIELDS], value[QC_FIELDS], nf = 0, words = 0;
	uint8_t flags[QC_TOKENS];
	aur_hit_rec hit[QC_HITS];
	aur_buf text = {0}, side = {0};
	for (uint32_t i = 0; i < d->ntok; i++) {
		aur_str v[QC_LAYERS], w = {d->tok[i], strlen(d->tok[i])};
		char b[QC_LAYERS][128];
		for (int l = 0; l < QC_LAYERS; l++) {
			qc_map(l, d->tok[i], b[l]);
			v[l] = (aur_str){b[l], strlen(b[l])};
		}
		aur_new_form f = {w, qc_punct(d->tok[i]) ? AUR_TOK_PUNCT : 0, v, 0};
		words += !qc_punct(d->tok[i]);
		form[i] = aur_writer_form(q->w, &f);
		if (i && d->tok[i - 1][strlen(d->tok[i - 1]) - 1] != '\'')
			aur_buf_byte(&text, ' ');
		start[i] = (uint32_t)text.n;
		aur_buf_put(&text, w.ptr, w.len);
		end[i] = (uint32_t)text.n;
		flags[i] = (uint8_t)(AUR_FWD_SAME | (d->sentence_end[i] ? AUR_FWD_SENTENCE : 0) | aur_glue(w.ptr, w.len) << AUR_FWD_GLUE);
	}
	aur_buf_str(&text, " ");
	aur_fwd_side(&side, (char *)text.p, text.n, d->ntok, start, end, flags);
	for (uint32_t i = 0; i < QC_FIELDS; i++)
		if (*d->value[i]) {
			field[nf] = q->field[i];
			value[nf++] = aur_writer_value(q->w, q->field[i], (aur_str){d->value[i], strlen(d->value[i])});
		}
	for (uint32_t i = 0; i < d->nhits; i++) {
		aur_label l = {.size = sizeof l, .theme = {d->hit[i].theme, strlen(d->hit[i].theme)}, .entry = {"e", 1},
			       .lexicon = {"x", 1}, .version = {"1", 1}};
		hit[i] = (aur_hit_rec){.label = aur_writer_label(q->w, &l), .first = d->hit[i].first, .last = d->hit[i].last,
				       .polarity = d->hit[i].polarity, .cue_first = AUR_NONE, .cue_last = AUR_NONE,
				       .scope_first = AUR_NONE, .scope_last = AUR_NONE, .weight = 1};
	}
	aur_doc_in in = {.id = {d->id, strlen(d->id)}, .text_len = (uint32_t)text.n, .ntok = d->ntok, .nwords = words, .form = form,
			 .side = {(char *)side.p, side.n}, .nfields = nf, .field = field, .value = value, .nhits = d->nhits, .hit = hit};
	aur_added how;
	aur_error e;
	MUST(!aur_writer_add(q->w, &in, &how, &e), e.text);
	MUST(how != AUR_DUPLICATE, d->id);
	d->no = how == AUR_UNCHANGED ? AUR_NONE : q->next++;
	aur_buf_free(&text);
	aur_buf_free(&side);
}

void qc_commit(qc_writer *q)
{
	aur_error e;
	MUST(!aur_writer_commit(q->w, &e), e.text);
}

void qc_close(qc_writer *q)
{
	qc_commit(q);
	aur_writer_close(q->w);
	free(q);
}

char *qc_folder(void)
{
	char path[] = "/tmp/auricule-query-XXXXXX";
	char *dir = mkdtemp(path), *corpus = NULL;
	MUST(dir, path);
	corpus = aur_xmalloc(strlen(dir) + 16);
	sprintf(corpus, "%s/corpus", dir);
	return corpus;
}

void qc_remove(char *dir)
{
	char cmd[300];
	dir[strlen(dir) - strlen("/corpus")] = 0;
	snprintf(cmd, sizeof cmd, "rm -rf '%s'", dir);
	MUST(!system(cmd), cmd);
	free(dir);
}
