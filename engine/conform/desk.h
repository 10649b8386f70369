/* SPDX-License-Identifier: Apache-2.0 */
/* A desk is a component under test: opened, with everything around it that its kind needs.  A hand is one worker that calls it.
 *
 * Everything here runs inside a box (conform/box.h) and fails by a verdict: nothing returns an error, and little is freed. */
#ifndef AUR_CONFORM_DESK_H
#define AUR_CONFORM_DESK_H
#include "base/mem.h"
#include "conform/box.h"
#include "conform/lent.h"
#include "pipeline/analysis.h"

/* A text as annotators and exporters see it: tokens, and hits as an earlier annotator could have made them. */
typedef struct aur_passage {
	uint32_t n;
	uint32_t *start, *end, *flags, *lform; /* one allocation, at start */
	aur_hit *hit;
	uint32_t hits;
} aur_passage;

typedef struct aur_input {
	char *name; /* a description, or "" */
	char *bytes;
	size_t n;
	aur_passage *passage; /* NULL for kinds that do not see tokens */
} aur_input;

typedef struct aur_inputs {
	aur_input *v;
	unsigned n, cap;
} aur_inputs;

typedef struct aur_desk aur_desk;
typedef struct aur_hand aur_hand;

typedef enum aur_diet { AUR_EATS_FILES, AUR_EATS_TEXTS, AUR_EATS_WORDS, AUR_EATS_PASSAGES } aur_diet;

/* What differs between kinds of components; each is defined in its kind_*.c. */
typedef struct aur_kind_test {
	aur_kind kind;
	aur_diet diet;
	int threads;         /* several threads may call it at once */
	const char *nothing; /* complaint where all the samples gave no output; NULL: that is fine */
	void (*services)(aur_host *h);                     /* sets the services that this kind may use, in versions that check their arguments */
	uint64_t (*run)(aur_hand *h, const aur_input *in); /* calls the component on one input, and returns a digest of its output */
	const char *main,
	    *more_name; /* main: the function that run() calls; more_name: name of the check that more() makes, NULL: none */
	void (*more)(aur_desk *d, aur_inputs *in); /* what can be checked for this kind only */
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
	size_t analysed; /* bytes of text that the current analyst has seen */
	uint32_t epoch;  /* counts analysts: passages and hands made with an earlier one are invalid */
	uint64_t found;  /* how many tokens, values, hits, contributions or bytes the component gave so far */
};

/* One worker, and the memory lent to it.  For kinds without workers: one way of feeding them. */
struct aur_hand {
	aur_desk *desk;
	aur_instance *in;
	void *worker;
	unsigned number;        /* 0, 1, …: varies things that must not change the output */
	const aur_input *input; /* input of the current call */
	const aur_input
	    *told; /* the input that the box already has: so a large file is copied to it once, and not for each contribution */
	const char *function; /* function of the plugin that is running; NULL: none, and then services must not be called */
	aur_lent text, lent[8];
	uint64_t digest, found;
	int failed; /* the current call gave a reason for failing */
	void *own; /* state of the kind */
};

/* Loads the plugin at `path` and puts its component number `component` on the desk, with its settings and, if its kind needs one, a
 * chain.  It is not opened yet. */
void aur_desk_init(aur_desk *d, const aur_conform_options *o, const char *path, unsigned component);
aur_instance *aur_desk_open(aur_desk *d); /* opens one more instance, with its model */
void aur_desk_close(aur_instance *in);

/* A hand over an open instance; makes a worker if the kind has them. */
aur_hand *aur_hand_new(aur_desk *d, aur_instance *in, unsigned number);
void aur_hand_free(aur_hand *h);
/* Calls the component on one input; returns the digest of its output. */
uint64_t aur_hand_run(aur_hand *h, const aur_input *in);
/* For kind_*.c: brackets a call of the plugin.  may_fail: a negative status is accepted, as long as the plugin gives a reason. */
void aur_hand_call(aur_hand *h, const char *function);
aur_status aur_hand_return(aur_hand *h, aur_status st, int may_fail);
/* For services: the hand that is calling the plugin.  Fails unless `sink` (a sink or view) is the one that this call was given. */
aur_hand *aur_hand_at_work(const void *sink, const char *service);
void aur_hand_mix(aur_hand *h, const void *p, size_t n); /* mixes output into the digest */
void aur_hand_mix_number(aur_hand *h, uint64_t x);
void aur_hand_mix_str(aur_hand *h, aur_str s);
/* Checks a string that the plugin gave: readable, UTF-8, no NUL in it. */
void aur_hand_str(aur_str s, const char *what);

/* Starts a new analyst, in which forms have other numbers. */
void aur_desk_fresh(aur_desk *d);
/* The passage of a text, made with the current analyst; invalid once d->epoch changes. */
aur_passage *aur_passage_new(aur_desk *d, const char *text, size_t n);
void aur_passage_free(aur_passage *p);
/* The view of the hand's current input, in lent memory. */
const aur_view *aur_hand_view(aur_hand *h, const uint32_t *form, const uint32_t *number);
/* Checks a cue and a scope: each must be a span of the current input, or AUR_NO_TOKEN twice. */
void aur_hand_spans(const aur_hand *h, uint32_t cue_first, uint32_t cue_last, uint32_t scope_first,
                    uint32_t scope_last);
void aur_passage_services(aur_host *h); /* sets form_at, hit_at, hit_label, set_polarity */

/* -- inputs: samples.c -- */
void aur_inputs_add(aur_desk *d, aur_inputs *in, const char *name, const void *bytes,
                    size_t n); /* copies the input, and makes its passage if the kind needs one */
void aur_inputs_clear(aur_inputs *in);
void aur_inputs_samples(aur_desk *d, aur_inputs *in); /* what people write: the samples that are shipped, and those given by the user */
void aur_inputs_empty(aur_desk *d, aur_inputs *in);
void aur_inputs_broken(aur_desk *d, aur_inputs *in);
void aur_inputs_cut(aur_desk *d, aur_inputs *in); /* samples that break off after each of their words */
/* Adds the n-th large input; returns 0 if there are no more. */
int aur_inputs_large(aur_desk *d, aur_inputs *in, unsigned n);
/* Adds a random variation of an input in `from`; *random is the state of the generator. */
void aur_inputs_mutant(aur_desk *d, aur_inputs *in, const aur_inputs *from, uint64_t *random);
#endif
