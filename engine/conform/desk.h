/* SPDX-License-Identifier: Apache-2.0 */
/* A component on the desk: opened, with everything that its kind needs around it, and the hands that work with it.
 *
 * Everything here runs inside a box (conform/box.h) and fails by a verdict: nothing returns an error, and little is
 * freed. */
#ifndef AUR_CONFORM_DESK_H
#define AUR_CONFORM_DESK_H
#include "base/mem.h"
#include "conform/box.h"
#include "conform/lent.h"
#include "pipeline/analysis.h"

/* A text as annotators and exporters see it: tokens, and hits that stand for those of an earlier annotator. */
typedef struct aur_passage {
	uint32_t n;
	uint32_t *start, *end, *flags, *lform; /* one block, at start */
	aur_hit *hit;
	uint32_t hits;
} aur_passage;

typedef struct aur_input {
	char *name; /* "" or what it is */
	char *bytes;
	size_t n;
	aur_passage *passage; /* where the kind sees tokens */
} aur_input;

typedef struct aur_inputs {
	aur_input *v;
	unsigned n, cap;
} aur_inputs;

typedef struct aur_desk aur_desk;
typedef struct aur_hand aur_hand;

typedef enum aur_diet { AUR_EATS_FILES, AUR_EATS_TEXTS, AUR_EATS_WORDS, AUR_EATS_PASSAGES } aur_diet;

/* What differs from one kind of component to the next: a file kind_*.c each. */
typedef struct aur_kind_test {
	aur_kind kind;
	aur_diet diet;
	int threads;         /* many at once may call it */
	const char *nothing; /* what to say where it found nothing in all the samples; NULL: that is no news */
	void (*services)(aur_host *h);                     /* fills in its own, strict ones */
	uint64_t (*run)(aur_hand *h, const aur_input *in); /* calls it on one input; the digest of what it gave */
	const char *main,
	    *more_name; /* the function that run() is about; the name of the check that more() makes, NULL: none */
	void (*more)(aur_desk *d, aur_inputs *in); /* what only this kind can be asked */
	void (*free)(aur_hand *h);                 /* frees h->own */
} aur_kind_test;

extern const aur_kind_test aur_test_reader, aur_test_tokenizer, aur_test_layer, aur_test_annotator, aur_test_exporter;
const aur_kind_test *aur_kind_test_of(aur_kind k);

struct aur_desk {
	const aur_conform_options *o;
	const aur_component *c;
	const aur_kind_test *kind;
	aur_config conf;
	aur_chain *chain; /* NULL for readers and tokenizers */
	aur_analyst *analyst;
	size_t analysed; /* bytes of text that this analyst has seen */
	uint32_t epoch;  /* which analyst it is: passages and hands of the one before are no good any more */
	uint64_t found;  /* tokens, values, hits, contributions, bytes so far */
};

/* One worker, and what is lent to it.  For kinds that have no workers: a way of feeding them. */
struct aur_hand {
	aur_desk *desk;
	aur_instance *in;
	void *worker;
	unsigned number;        /* 0, 1, …: some things vary with it that must not matter */
	const aur_input *input; /* of the call */
	const aur_input
	    *told; /* the one that the box has of it: a large file is copied once, not for each contribution in it */
	const char *function; /* of the plugin that is being called, or NULL: then no service may be asked for */
	aur_lent text, lent[8];
	uint64_t digest, found;
	int failed; /* this call said why it fails */
	void *own; /* of the kind */
};

void aur_desk_init(aur_desk *d, const aur_conform_options *o, const char *path, unsigned component);
aur_instance *aur_desk_open(aur_desk *d); /* a model */
void aur_desk_close(aur_instance *in);

aur_hand *aur_hand_new(aur_desk *d, aur_instance *in, unsigned number);
void aur_hand_free(aur_hand *h);
uint64_t aur_hand_run(aur_hand *h, const aur_input *in);
/* Of the kinds: a call begins, and ends with a status.  may_fail: below 0 is no fault as long as it says why. */
void aur_hand_call(aur_hand *h, const char *function);
aur_status aur_hand_return(aur_hand *h, aur_status st, int may_fail);
/* Of services: the hand at work, which must be the one that the plugin hands back as its sink or view. */
aur_hand *aur_hand_at_work(const void *sink, const char *service);
void aur_hand_mix(aur_hand *h, const void *p, size_t n); /* into the digest */
void aur_hand_mix_number(aur_hand *h, uint64_t x);
void aur_hand_mix_str(aur_hand *h, aur_str s);
/* A string that the plugin handed over: readable, UTF-8, no NUL in it. */
void aur_hand_str(aur_str s, const char *what);

/* Another analyst, whose forms have other numbers. */
void aur_desk_fresh(aur_desk *d);
aur_passage *aur_passage_new(aur_desk *d, const char *text, size_t n);
void aur_passage_free(aur_passage *p);
/* The view of the hand's input, lent to the plugin. */
const aur_view *aur_hand_view(aur_hand *h, const uint32_t *form, const uint32_t *number);
/* A cue and a scope: each a span of the hand's input, or AUR_NO_TOKEN twice. */
void aur_hand_spans(const aur_hand *h, uint32_t cue_first, uint32_t cue_last, uint32_t scope_first,
                    uint32_t scope_last);
void aur_passage_services(aur_host *h); /* form_at, hit_at, hit_label, set_polarity */

/* -- what is tried: samples.c -- */
void aur_inputs_add(aur_desk *d, aur_inputs *in, const char *name, const void *bytes,
                    size_t n); /* copies, and reads the passage */
void aur_inputs_clear(aur_inputs *in);
void aur_inputs_samples(aur_desk *d, aur_inputs *in); /* what people write: shipped, and given */
void aur_inputs_empty(aur_desk *d, aur_inputs *in);
void aur_inputs_broken(aur_desk *d, aur_inputs *in);
/* The n-th large input; 0 past the last. */
int aur_inputs_large(aur_desk *d, aur_inputs *in, unsigned n);
/* A variation of what is in `from`, by the numbers of *random. */
void aur_inputs_mutant(aur_desk *d, aur_inputs *in, const aur_inputs *from, uint64_t *random);
#endif
