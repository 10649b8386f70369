/* SPDX-License-Identifier: Apache-2.0 */
/* Calls a layer on one word: its value must be readable, and the same however many words it gets at once. */
#include "config.h"
#include "base/intl.h"
#include "conform/desk.h"

static const char unset; /* marks an out[i] that map() did not write */

/* Calls map() and checks its output; the values can still be read when it returns. */
static aur_status map(aur_hand *h, const aur_str *in, uint32_t n, aur_str *out)
{
	const aur_layer_ops *o = h->in->c->ops;
	const aur_str *lent = aur_lent_give(&h->lent[0], in, n * sizeof *in);
	for (uint32_t i = 0; i < n; i++)
		out[i] = (aur_str){&unset, SIZE_MAX};
	aur_hand_call(h, "map");
	aur_status st = o->map(&h->in->host, h->in->model, h->worker, lent, n, out);
	for (uint32_t i = 0; i < n && st >= 0; i++) {
		if (out[i].ptr == &unset)
			aur_box_fail(_("map does not set out[%u] of %u"), i, n);
		aur_hand_str(out[i], "out[]");
	}
	return st;
}

/* The word is at the very end of lent memory; an empty word has no address, as where an earlier layer has no value. */
static uint64_t run(aur_hand *h, const aur_input *in)
{
	aur_str word = {in->n ? aur_lent_give(&h->text, in->bytes, in->n) : NULL, in->n}, out;
	aur_status st = map(h, &word, 1, &out);
	if (st >= 0)
		aur_hand_mix_str(h, out);
	h->found += st >= 0 && out.len;
	aur_hand_return(h, st, 0);
	return h->digest;
}

/* All words at once, as the engine does it; in another order; and the values of one worker while another one works. */
static void more(aur_desk *d, aur_inputs *in)
{
	aur_hand *a = aur_hand_new(d, aur_desk_open(d), 0), *b = aur_hand_new(d, a->in, 1);
	aur_str *word = aur_xcalloc(in->n + 1, sizeof *word), *out = aur_xcalloc(in->n + 1, sizeof *out);
	uint64_t *alone = aur_xcalloc(in->n + 1, sizeof *alone), *value = aur_xcalloc(in->n + 1, sizeof *value);
	aur_buf all = {0};
	for (unsigned i = 0; i < in->n; i++) {
		alone[i] = aur_hand_run(a, &in->v[i]);
		aur_buf_put(&all, in->v[i].bytes, in->v[i].n);
	}
	for (int turn = 0; turn < 2; turn++) {
		const char *p = aur_lent_give(&a->text, all.p, all.n);
		size_t at = 0;
		for (unsigned i = 0; i < in->n; i++) {
			unsigned to = turn ? in->n - 1 - i : i;
			word[to] = (aur_str){in->v[i].n ? p + at : NULL, in->v[i].n};
			at += in->v[i].n;
		}
		aur_status st = map(a, word, in->n, out);
		for (unsigned i = 0; i < in->n && st >= 0; i++) {
			const aur_input *x = &in->v[turn ? in->n - 1 - i : i];
			a->input = x;
			a->digest = 0;
			aur_hand_mix_str(a, out[i]);
			value[i] = a->digest;
			if (value[i] != alone[turn ? in->n - 1 - i : i]) {
				aur_box_call("map", x->name, x->bytes, x->n);
				if (turn)
					aur_box_fail(_("map gives another value when the words come in another order"));
				aur_box_fail(_("map gives another value when it is asked for %u words at once"), in->n);
			}
		}
		/* what a worker gave has to stay valid until its next call, whatever other workers do */
		for (unsigned i = 0; i < in->n && i < 50 && st >= 0; i++)
			aur_hand_run(b, &in->v[i]);
		for (unsigned i = 0; i < in->n && st >= 0; i++) {
			const aur_input *x = &in->v[turn ? in->n - 1 - i : i];
			a->digest = 0;
			aur_hand_mix_str(a, out[i]);
			if (a->digest != value[i]) {
				aur_box_call("map", x->name, x->bytes, x->n);
				aur_box_fail(_("what map returned changed when another worker was called: keep it in the worker"));
			}
		}
		a->input = NULL;
		a->function = "map";
		aur_hand_return(a, st, 0);
	}
}

static void services(aur_host *h)
{
	(void)h;
}

const aur_kind_test aur_test_layer = {
    .kind = AUR_LAYER,
    .diet = AUR_EATS_WORDS,
    .threads = 1,
    .nothing = N_("it gave no word of any sample a value: give texts of its kind with --sample"),
    .services = services,
    .run = run,
    .main = "map",
    .more_name = "batch",
    .more = more};
