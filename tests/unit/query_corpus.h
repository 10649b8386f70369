/* SPDX-License-Identifier: Apache-2.0 */
/* A corpus for the tests of engine/query, made with the writer alone: texts are tokens with spaces between, layers are toys. */
#ifndef QUERY_CORPUS_H
#define QUERY_CORPUS_H
#include "index/index.h"
#include "query/query.h"

#define QC_TOKENS 60
#define QC_FIELDS 6
#define QC_HITS 8

typedef struct qc_hit {
	const char *theme;
	uint32_t first, last, polarity;
} qc_hit;
typedef struct qc_doc {
	char id[16];
	uint32_t ntok;
	const char *tok[QC_TOKENS];
	uint8_t sentence_end[QC_TOKENS];
	char value[QC_FIELDS][24]; /* "" = none */
	qc_hit hit[QC_HITS];
	uint32_t nhits;
	int gone; /* replaced by a later one */
	uint32_t no;
} qc_doc;

extern const char *const qc_field[QC_FIELDS];
enum { QC_LOWER, QC_FOLD, QC_STEM, QC_LAYERS };
extern const char *const qc_layer[QC_LAYERS];
void qc_map(int layer, const char *word, char *out); /* out: 128 bytes */
int qc_punct(const char *word);

typedef struct qc_writer qc_writer;
qc_writer *qc_open(const char *dir);
void qc_add(qc_writer *w, qc_doc *d);
void qc_commit(qc_writer *w);
void qc_close(qc_writer *w);

aur_code qc_layer_value(void *ctx, const char *layer, aur_str word, aur_buf *out, aur_error *e);
aur_code qc_tokenize(void *ctx, aur_str text, aur_query_token_fn fn, void *to, aur_error *e);
/* A folder of its own, removed by qc_remove. */
char *qc_folder(void);
void qc_remove(char *dir);
#endif
