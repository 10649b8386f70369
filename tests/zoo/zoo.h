/* SPDX-License-Identifier: Apache-2.0 */
/* Bad plugins: each file here breaks one rule of auricule/plugin.h and says, in a line « ZOO check: words », which
 * check has to catch it and what the reason has to say.  `auricule plugin check` has to fail that check and no other;
 * tests/zoo/zoo.sh holds it to that.  What an animal leaves alone is well made, here. */
#ifndef ZOO_H
#define ZOO_H
#include <auricule/plugin.h>
#include <stdlib.h>
#include <string.h>

static inline int is(aur_str s, const char *word)
{
	return s.len == strlen(word) && memcmp(s.ptr, word, s.len) == 0;
}

/* ---- a model, or a worker, of 64 bytes that are 0 ---- */
static inline aur_status zoo_open(const aur_host *h, const aur_config *c, void **model)
{
	(void)c;
	*model = calloc(1, 64);
	return *model ? AUR_OK : h->fail(h, AUR_E_NOMEM, "no memory is left");
}

static inline aur_status zoo_worker_new(const aur_host *h, void *model, void **worker)
{
	(void)model;
	return zoo_open(h, NULL, worker);
}

/* ---- an annotator that finds the word « bus » ---- */
static inline uint32_t zoo_classify(const aur_host *h, void *model, void *worker, const aur_form *f)
{
	(void)h, (void)model, (void)worker;
	return is(f->form, "bus") ? 1 : 0;
}

static inline aur_hit zoo_hit(uint32_t first, uint32_t last)
{
	aur_hit hit = {.size = sizeof hit, .first_token = first, .last_token = last, .weight = 1};
	hit.cue_first = hit.cue_last = hit.scope_first = hit.scope_last = AUR_NO_TOKEN;
	return hit;
}

static inline aur_status zoo_annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	(void)model, (void)worker;
	for (uint32_t i = 0; i < v->token_count; i++) {
		aur_hit hit = zoo_hit(i, i);
		if (v->number[i])
			h->hit(h, o, &hit);
	}
	return AUR_OK;
}

static inline uint32_t zoo_label_count(void *model)
{
	(void)model;
	return 1;
}

static inline aur_status zoo_label(void *model, uint32_t i, aur_label *out)
{
	(void)model, (void)i;
	out->theme = (aur_str){"zoo", 3};
	out->entry = (aur_str){"bus", 3};
	return AUR_OK;
}

/* ---- a layer that hands back the word ---- */
static inline aur_status zoo_map(const aur_host *h, void *model, void *worker, const aur_str *in, uint32_t n,
                                 aur_str *out)
{
	(void)h, (void)model, (void)worker;
	for (uint32_t i = 0; i < n; i++)
		out[i] = in[i];
	return AUR_OK;
}

/* ---- a tokenizer whose tokens are the bytes between blanks ---- */
static inline void zoo_token(const aur_host *h, aur_token_sink *o, size_t start, size_t end)
{
	aur_token t = {.size = sizeof t, .start = (uint32_t)start, .end = (uint32_t)end};
	h->token(h, o, &t);
}

/* ---- a reader of one contribution per file, its first 4096 bytes where they are ASCII ---- */
typedef struct zoo_file {
	aur_source *source;
	uint32_t field, done;
} zoo_file;

static inline int32_t zoo_probe(aur_str head, const char *name)
{
	(void)head, (void)name;
	return 1;
}

static inline aur_status zoo_begin(const aur_host *h, void *model, aur_source *s, aur_record_sink *o, void **state)
{
	zoo_file *f = calloc(1, sizeof *f);
	(void)model;
	if (!f)
		return h->fail(h, AUR_E_NOMEM, "no memory is left");
	f->source = s;
	f->field = h->field(h, o, (aur_str){"session", 7});
	*state = f;
	return AUR_OK;
}

/* Up to `max` bytes, in however many portions they come; below 0 where reading fails. */
static inline int64_t zoo_fill(const aur_host *h, aur_source *s, char *buf, size_t max)
{
	size_t n = 0;
	for (;;) {
		int64_t got = n < max ? h->read(h, s, buf + n, max - n) : 0;
		if (got <= 0)
			return got < 0 ? got : (int64_t)n;
		n += (size_t)got;
	}
}

static inline aur_status zoo_next(const aur_host *h, void *model, void *state, aur_record_sink *o)
{
	zoo_file *f = state;
	char buf[4096];
	int64_t n;
	(void)model;
	if (f->done)
		return AUR_END;
	f->done = 1;
	n = zoo_fill(h, f->source, buf, sizeof buf);
	if (n < 0)
		return AUR_E_IO;
	for (int64_t i = 0; i < n; i++)
		if (buf[i] & 0x80) {
			h->refuse(h, o, 1, (aur_str){"", 0}, "it is not ASCII");
			return AUR_REFUSED;
		}
	h->put_field(h, o, f->field, (aur_str){"zoo", 3});
	h->put_text(h, o, (aur_str){buf, (size_t)n});
	return AUR_OK;
}

static inline void zoo_end(void *model, void *state)
{
	(void)model;
	free(state);
}

/* ---- the plugin around it ---- */
#define ZOO_ANNOTATOR(classify_, annotate_)                                                                            \
	static const aur_annotator_ops ops = {.size = sizeof ops,                                                      \
	                                      .classify = classify_,                                                   \
	                                      .annotate = annotate_,                                                   \
	                                      .label_count = zoo_label_count,                                          \
	                                      .label = zoo_label}
#define ZOO_READER(begin_, next_)                                                                                      \
	static const aur_reader_ops ops = {.size = sizeof ops,                                                         \
	                                   .extensions = "zoo",                                                        \
	                                   .probe = zoo_probe,                                                         \
	                                   .begin = begin_,                                                            \
	                                   .next = next_,                                                              \
	                                   .end = zoo_end}

/* More members of the component may follow the kind. */
#define ZOO_COMPONENT(...)                                                                                             \
	static const aur_component component = {.size = sizeof component,                                              \
	                                        .id = "zoo",                                                           \
	                                        .version = "1.0",                                                      \
	                                        .summary = "an animal of the zoo",                                     \
	                                        .ops = &ops,                                                           \
	                                        .kind = __VA_ARGS__}
#define ZOO_ENTRY(major, minor, list, count)                                                                           \
	static const aur_plugin plugin = {.size = sizeof plugin,                                                       \
	                                  .abi_major = major,                                                          \
	                                  .abi_minor = minor,                                                          \
	                                  .name = "zoo",                                                               \
	                                  .vendor = "tests",                                                           \
	                                  .license = "Apache-2.0",                                                     \
	                                  .component_count = count,                                                    \
	                                  .components = list};                                                         \
	AUR_EXPORT const aur_plugin *aur_plugin_v1(void)                                                               \
	{                                                                                                              \
		return &plugin;                                                                                        \
	}                                                                                                              \
	_Static_assert(1, "")
#define ZOO_PLUGIN(...)                                                                                                \
	ZOO_COMPONENT(__VA_ARGS__);                                                                                    \
	static const aur_component *const components[] = {&component};                                                 \
	ZOO_ENTRY(AUR_ABI_MAJOR, 0, components, 1)
#endif
