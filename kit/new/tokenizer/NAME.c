/* SPDX-License-Identifier: Apache-2.0 */
/* @NAME@: a tokenizer for auricule.  Tokens are separated by white space; a punctuation mark is a token of its own. */
#include <auricule/plugin.h>
#include <string.h>

/* ASCII only: other white space and other marks stay in the words.  Put your own rules here. */
static int is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static int is_mark(char c)
{
	return c != 0 && strchr(".,;:!?()\"", c) != NULL;
}

static void put(const aur_host *h, aur_token_sink *o, size_t start, size_t end, uint32_t flags)
{
	aur_token t = {.size = sizeof(t), .start = (uint32_t)start, .end = (uint32_t)end, .flags = flags};
	h->token(h, o, &t); /* form stays NULL: the text of the span is the form */
}

static aur_status tokenize(const aur_host *h, void *model, void *worker, aur_str text, aur_token_sink *o)
{
	size_t i = 0, start;
	(void)model, (void)worker;
	while (i < text.len) {
		if (is_space(text.ptr[i])) {
			i++;
			continue;
		}
		start = i++;
		if (is_mark(text.ptr[start])) {
			put(h, o, start, i, AUR_TOK_PUNCT | (strchr(".!?", text.ptr[start]) != NULL ? AUR_TOK_SENTENCE_END : 0));
			continue;
		}
		while (i < text.len && !is_space(text.ptr[i]) && !is_mark(text.ptr[i]))
			i++;
		put(h, o, start, i, 0);
	}
	return AUR_OK;
}

/* ---- the description of the plugin: constant data, and the one exported function ------------------ */

static const aur_tokenizer_ops ops = {.size = sizeof(ops), .tokenize = tokenize};
static const aur_component component = {
	.size = sizeof(component),
	.kind = AUR_TOKENIZER,
	.id = "@NAME@",
	.version = "1.0", /* change it whenever the tokens change: the index stores it */
	.summary = "tokens between white space",
	.ops = &ops,
};
static const aur_component *const components[] = {&component};
static const aur_plugin plugin = {
	.size = sizeof(plugin),
	.abi_major = AUR_ABI_MAJOR,
	.abi_minor = 0,
	.name = "@NAME@",
	.vendor = "",
	.license = "Apache-2.0",
	.component_count = 1,
	.components = components,
};

AUR_EXPORT const aur_plugin *aur_plugin_v1(void)
{
	return &plugin;
}
