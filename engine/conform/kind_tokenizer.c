/* SPDX-License-Identifier: Apache-2.0 */
/* Calls a tokenizer on one text: tokens must be in order, within the text, and on character boundaries. */
#include "config.h"
#include <stdlib.h>
#include "base/intl.h"
#include "base/str.h"
#include "base/strtab.h"
#include "base/utf8.h"
#include "conform/desk.h"

enum { MOST = 100000 }; /* forms to remember: random texts have no end of them */

struct tokens {
	uint32_t end; /* of the last token */
	aur_strtab forms; /* of all texts so far: 1 if it is punctuation */
	aur_arena arena;
};

/* The index keeps for each form whether it is punctuation, and for each contribution how many words it has. */
static void same_sort(struct tokens *k, const aur_token *t, aur_str form)
{
	uint32_t punct = (t->flags & AUR_TOK_PUNCT) != 0, *known = aur_strtab_find(&k->forms, form.ptr, form.len);
	if (!known && k->forms.n < MOST)
		aur_strtab_put(&k->forms, aur_str_keep(&k->arena, form).ptr, form.len, punct);
	else if (known && *known != punct)
		aur_box_fail(_("tokenize gives « %.*s » as punctuation in one place and as a word in another: a form is always punctuation, or never"),
		             (int)aur_utf8_valid(form.ptr, form.len < 60 ? form.len : 60), form.ptr);
}

static int inside_of_character(const aur_input *in, uint32_t at)
{
	return at < in->n && ((unsigned char)in->bytes[at] & 0xC0) == 0x80;
}

static void s_token(const aur_host *host, aur_token_sink *sink, const aur_token *t)
{
	aur_hand *h = aur_hand_at_work(sink, "token");
	const aur_input *in = h->input;
	struct tokens *k = h->own;
	(void)host;
	if (t->size < sizeof *t)
		aur_box_fail(_("tokenize gives a token whose size is %u: set it to sizeof(aur_token)"), t->size);
	if (t->end <= t->start)
		aur_box_fail(_("tokenize gives the token [%u, %u), which does not end after it starts"), t->start,
		             t->end);
	if (t->end > in->n)
		aur_box_fail(_("tokenize gives the token [%u, %u), and the text has %zu bytes"), t->start, t->end,
		             in->n);
	if (t->start < k->end)
		aur_box_fail(
		    _("tokenize gives the token [%u, %u), which starts before the end of the one before it, %u"),
		    t->start, t->end, k->end);
	if (inside_of_character(in, t->start) || inside_of_character(in, t->end))
		aur_box_fail(_("tokenize gives the token [%u, %u), which cuts through a character"), t->start, t->end);
	if (t->flags & ~(uint32_t)(AUR_TOK_SENTENCE_END | AUR_TOK_PUNCT | AUR_TOK_INCLUSIVE))
		aur_box_fail(_("tokenize gives the token [%u, %u) the flags %#x, which do not exist: does it set them?"), t->start, t->end,
		             t->flags);
	if (t->form.ptr && !t->form.len)
		aur_box_fail(
		    _("tokenize gives the token [%u, %u) an empty form: leave its ptr NULL where the span is the form"),
		    t->start, t->end);
	if (t->form.ptr)
		aur_hand_str(t->form, "aur_token.form");
	same_sort(k, t, t->form.ptr ? t->form : (aur_str){in->bytes + t->start, t->end - t->start});
	k->end = t->end;
	aur_hand_mix_number(h, (uint64_t)t->start << 32 | t->end);
	aur_hand_mix_number(h, t->flags);
	if (t->form.ptr)
		aur_hand_mix_str(h, t->form);
	h->found++;
}

static void services(aur_host *h)
{
	h->token = s_token;
}

static uint64_t run(aur_hand *h, const aur_input *in)
{
	const aur_tokenizer_ops *o = h->in->c->ops;
	if (!h->own)
		h->own = aur_xcalloc(1, sizeof(struct tokens));
	((struct tokens *)h->own)->end = 0;
	aur_str text = {aur_lent_give(&h->text, in->bytes, in->n), in->n};
	aur_hand_call(h, "tokenize");
	aur_hand_return(h, o->tokenize(&h->in->host, h->in->model, h->worker, text, (aur_token_sink *)(void *)h), 0);
	return h->digest;
}

static void release(aur_hand *h)
{
	struct tokens *k = h->own;
	if (k) {
		aur_strtab_free(&k->forms);
		aur_arena_free(&k->arena);
	}
	free(k);
}

const aur_kind_test aur_test_tokenizer = {
    .kind = AUR_TOKENIZER,
    .diet = AUR_EATS_TEXTS,
    .threads = 1,
    .nothing = N_("it found no token in any sample: give texts of its kind with --sample"),
    .services = services,
    .run = run,
    .main = "tokenize",
    .free = release};
