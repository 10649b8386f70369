/* SPDX-License-Identifier: Apache-2.0 */
/* The chain of components that pipeline.xml names, opened and ready, and the analysis of a contribution by it.
 *
 * THREADS: a chain is read-only once opened and is shared; each thread has its own aur_analyst. */
#ifndef AUR_PIPELINE_CHAIN_H
#define AUR_PIPELINE_CHAIN_H
#include "auricule/ext.h"
#include "base/mem.h"
#include "index/index.h"
#include "plugin/registry.h"

#define AUR_MAX_ANNOTATORS 8u

typedef struct aur_chain {
	aur_registry *registry;
	aur_instance *tokenizer;
	struct aur_chain_layer {
		char *name;
		int from; /* an earlier layer, -1: the form */
		int shown; /* its number in the index, -1: hidden */
		aur_instance *in;
	} layer[2 * AUR_MAX_LAYERS];
	unsigned nlayers, nshown, dflt; /* dflt: number in the index */
	unsigned of_shown[AUR_MAX_LAYERS];
	struct aur_chain_annotator {
		aur_instance *in;
		const aur_annotator_ops *ops;
	} ann[AUR_MAX_ANNOTATORS];
	unsigned nann;
	struct aur_stance_map {
		char *value, *stance; /* value: folded */
	} *stance;
	unsigned nstance;
	char *stance_fields[8], *inherit[16];
	unsigned nstance_fields, ninherit;
	char *xml; /* as read */
	char *fingerprints, *annotators;
	size_t analyst_bytes; /* that the dictionary of an analyst may take between two calls of aur_analyst_reset */
	void *layer_worker[2 * AUR_MAX_LAYERS]; /* of the thread that opened: for layer_value */
} aur_chain;

enum { AUR_CHAIN_LAYERS = 1, AUR_CHAIN_ANNOTATORS = 2, AUR_CHAIN_ALL = 3 };
/* pipeline: path (then xml is NULL), or NULL with xml = the text of one (that of a corpus), or both NULL: the default one.  `what`: a query needs
 * no annotators. */
aur_code aur_chain_open(const char *path, const char *xml, int what, aur_chain **out, aur_error *err);
void aur_chain_free(aur_chain *c);
/* The text of a pipeline's file, to be freed; its relative paths, which are taken from the folder of that file, are absolute in it, as they are in the
 * `xml` of a chain.  NULL: err says why. */
char *aur_chain_text(const char *path, aur_error *err);
/* The settings that a pipeline (path, or NULL: the default one) gives a component of a plugin (its file's name without folder
 * and .so), added to *out; none where the pipeline does not name it. */
aur_code aur_chain_settings(const char *path, const char *plugin, const char *component, aur_config *out, aur_error *err);
/* What a word is worth on a layer.  By name; "form" is the word itself.  [one thread] */
aur_code aur_chain_value(aur_chain *c, const char *layer, aur_str word, aur_buf *out, aur_error *err);

/* ---- the analysis of one contribution after the other, by one thread --------------------------- */
typedef struct aur_lform { /* a form as this analyst knows it; lives until the dictionary starts anew */
	const char *p;
	aur_str *layer; /* shown layers */
	uint32_t len, flags; /* AUR_TOK_PUNCT, AUR_TOK_INCLUSIVE */
	char letters[16];    /* of most forms: then p points here */
} aur_lform;

typedef struct aur_analyst aur_analyst;

enum { AUR_ANALYSIS_PUNCT = 16, AUR_ANALYSIS_INCLUSIVE = 32 }; /* beside AUR_FWD_*, of which AUR_FWD_SENTENCE is AUR_TOK_SENTENCE_END */

typedef struct aur_analysis { /* one contribution: valid until the next aur_analyst_reset */
	aur_str text;
	aur_str id;
	uint32_t ntok, nwords;
	const uint32_t *lform, *start, *end;
	const uint8_t *flags; /* AUR_FWD_*, AUR_ANALYSIS_* */
	uint32_t nhits;
	const aur_hit_rec *hit;     /* by first token; label: number of the annotator's, see annotator */
	const uint8_t *hit_annotator;
} aur_analysis;

aur_code aur_analyst_new(aur_chain *c, aur_analyst **out, aur_error *err);
void aur_analyst_free(aur_analyst *a);
/* Forgets the contributions, keeps the dictionary (unless that has grown beyond its bound). */
void aur_analyst_reset(aur_analyst *a);
/* Tokenizes; texts must live until reset. */
/* Is the dictionary so large that the next reset forgets it, and with it the forms of all results put aside? */
int aur_analyst_full(const aur_analyst *a);
/* Results put aside: after aur_analyst_finish, a swap takes what was found out and leaves room for the next contributions; a second one brings
 * it back, for aur_analyst_get and what follows it.  Their texts stay the caller's.  bare: without the place of each token, which is more than
 * half of it: aur_analyst_get gives NULL for start, end and flags then. */
typedef struct aur_results aur_results;
aur_results *aur_results_new(void);
void aur_results_free(aur_results *r);
void aur_analyst_swap(aur_analyst *a, aur_results *r, int bare);
aur_code aur_analyst_add(aur_analyst *a, aur_str id, aur_str text, aur_error *err);
/* Layers for all new forms, then hits for all contributions added. */
aur_code aur_analyst_finish(aur_analyst *a, aur_error *err);
uint32_t aur_analyst_count(const aur_analyst *a);
void aur_analyst_get(const aur_analyst *a, uint32_t i, aur_analysis *out);
const aur_lform *aur_analyst_form(const aur_analyst *a, uint32_t lform);
/* The room above may keep a number with each form.  Gets those of n forms; returns how many have none (AUR_NONE). */
uint32_t aur_analyst_kept(const aur_analyst *a, const uint32_t *lform, uint32_t n, uint32_t *out);
void aur_analyst_keep(aur_analyst *a, uint32_t lform, uint32_t number);

/* What almost matched in the i-th contribution, after aur_analyst_finish: of each annotator that can say so (auricule.explain/1). */
typedef void (*aur_near_fn)(void *ctx, unsigned annotator, const aur_near_miss *m);
aur_code aur_analyst_explain(aur_analyst *a, uint32_t i, aur_near_fn fn, void *ctx, aur_error *err);

/* ---- hits over a corpus, whose forms and layers come from the index: nothing is tokenized, no layer computed -------- */
enum { AUR_ANSWERED = 0x80, AUR_ANSWER_MASK = 8 /* bits to the left */ };
/* What the annotators of a chain answer for the forms of a corpus, by number; each is asked once. */
typedef struct aur_answers {
	uint32_t forms;
	unsigned annotators;
	struct aur_answer { /* what each token asks stands together */
		uint32_t number; /* of the first annotator */
		uint16_t flags;  /* AUR_TOK_PUNCT, AUR_TOK_INCLUSIVE; AUR_ANSWERED; above, a bit for each annotator that gave it a number */
	} *of;
	uint32_t *number[AUR_MAX_ANNOTATORS]; /* of the second annotator and those after it */
	struct aur_sieved { /* of each annotator */
		const aur_ext_sieve_v1 *by; /* NULL: it has no sieve */
		uint64_t *given;            /* a bit for each form that it gave a number: so few bytes stay near */
		uint32_t *before;           /* how many have one before each 64 forms, */
		uint64_t (*beside)[2];      /* of the n-th of them, once all answers are there: left, right; until then, of each form */
		uint64_t *is;
	} sieve[AUR_MAX_ANNOTATORS];
	uint64_t *punct, *inclusive; /* a bit for each form, once all answers are there */
	int whole;
} aur_answers;
aur_answers *aur_answers_new(const aur_chain *c, aur_snapshot *s);
void aur_answers_free(aur_answers *w);
/* All answers are there: from now on sieves are used, and threads may share the answers. */
void aur_answers_whole(aur_answers *w);
/* From now on the analyst takes contributions of this corpus, and texts no more. */
void aur_analyst_over(aur_analyst *a, aur_snapshot *s, aur_answers *w);
/* Asks for the forms [from, to) that have no answer yet; aur_analyst_retheme asks by itself for those that it meets. */
aur_code aur_analyst_ask(aur_analyst *a, uint32_t from, uint32_t to, aur_error *err);
/* Asks for those alone that an annotator which finds something can give a number; *few = 0 where one does not say which these are
 * (auricule.words/1), and then all have to be asked for.  The rest is asked for when it is met; aur_answers_whole would be wrong. */
aur_code aur_analyst_ask_few(aur_analyst *a, int *few, aur_error *err);
static inline uint32_t aur_answers_bit(const uint64_t *bits, uint32_t form)
{
	return (uint32_t)(bits[form / 64] >> form % 64 & 1);
}
/* What an annotator, all answers being there, said of a form; 0 for most, and then without a look at more than bits. */
static inline uint32_t aur_answers_number(const aur_answers *w, unsigned annotator, uint32_t form)
{
	uint32_t given = aur_answers_bit(w->sieve[annotator].given, form), at = form & -given;
	return (annotator ? w->number[annotator][at] : w->of[at].number) & -given;
}
/* The annotators, as bits, one of which must have given a form of a contribution a number for it to have any hit. */
unsigned aur_chain_finders(const aur_chain *c);
/* Contributions of a segment with a form that one of these annotators gave a number, all answers being there: a bit for each, set in bits, unless
 * *few comes back as 0: then most have one, and bits say nothing. */
aur_code aur_answers_docs(const aur_answers *w, aur_snapshot *s, uint32_t seg, unsigned annotators, uint8_t *bits, int *few, aur_error *err);
/* The hits of a contribution, appended, and the annotator of each. */
aur_code aur_analyst_retheme(aur_analyst *a, uint32_t doc, aur_buf *hits, aur_buf *hit_annotators, aur_error *err);
#endif
