/* SPDX-License-Identifier: Apache-2.0 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "host_reader.h"
#include "host_settings.h"

static void *hr_alloc(void *old, size_t n)
{
	void *p = realloc(old, n ? n : 1);
	if (!p)
		abort();
	return p;
}

static char *hr_dup(const char *p, size_t n)
{
	char *s = hr_alloc(NULL, n + 1);
	if (n)
		memcpy(s, p, n);
	s[n] = 0;
	return s;
}
/* Room for one more; doubled at each power of two. */
#define GROW(list, count)                                                                                              \
	((((count) & ((count)-1)) == 0 ? (list) = hr_alloc((list), ((size_t)(count) + !(count)) * 2 * sizeof *(list))  \
	                               : (list)),                                                                      \
	 &(list)[(count)++])

/* Strings that a reader hands over are UTF-8 without NUL; written down again here, plainly. */
static void hr_check(aur_str s)
{
	const unsigned char *p = (const unsigned char *)s.ptr;
	for (size_t i = 0; i < s.len;) {
		unsigned c = p[i], n = c < 0x80                ? 1
		                       : c >= 0xC2 && c < 0xE0 ? 2
		                       : c >= 0xE0 && c < 0xF0 ? 3
		                       : c >= 0xF0 && c < 0xF5 ? 4
		                                               : 0;
		if (c == 0 || !n || n > s.len - i)
			abort();
		uint32_t v = n == 1 ? c : c & (0x7Fu >> n);
		for (unsigned k = 1; k < n; k++) {
			if ((p[i + k] & 0xC0) != 0x80)
				abort();
			v = v << 6 | (p[i + k] & 0x3F);
		}
		if ((n == 3 && v < 0x800) || (n == 4 && v < 0x10000) || (v >= 0xD800 && v < 0xE000) || v > 0x10FFFF)
			abort();
		i += n;
	}
}

static void hr_check_z(const char *s)
{
	hr_check((aur_str){s, strlen(s)});
}

static hr *hr_of(const aur_host *h)
{
	return h->priv;
}

static const void *host_query(const aur_host *h, const char *id)
{
	(void)h;
	(void)id;
	return NULL;
}

static void host_log(const aur_host *h, aur_level lvl, const char *msg)
{
	(void)h;
	(void)lvl;
	(void)msg;
}

static aur_status host_fail_at(const aur_host *h, aur_status code, const char *file, uint32_t line, uint32_t column,
                               const char *msg)
{
	hr *r = hr_of(h);
	hr_check_z(msg);
	free(r->error);
	free(r->error_file);
	r->error = hr_dup(msg, strlen(msg));
	r->error_file = hr_dup(file ? file : "", file ? strlen(file) : 0);
	r->error_line = line;
	r->error_column = column;
	return code;
}

static aur_status host_fail(const aur_host *h, aur_status code, const char *msg)
{
	return host_fail_at(h, code, "", 0, 0, msg);
}

static int host_cancelled(const aur_host *h)
{
	return hr_of(h)->cancel;
}

static const char *host_find_data(const aur_host *h, const char *name)
{
	(void)h;
	(void)name;
	return NULL;
}

static int64_t host_read(const aur_host *h, aur_source *s, void *buf, size_t max)
{
	hr *r = hr_of(h);
	size_t n = r->len - r->at;
	(void)s;
	if (r->fail_after >= 0 && (int64_t)r->at >= r->fail_after)
		return host_fail(h, AUR_E_IO, "the disk is gone");
	if (n > max)
		n = max;
	if (r->chunk && n > r->chunk)
		n = r->chunk;
	if (n)
		memcpy(buf, r->bytes + r->at, n);
	r->at += n;
	return (int64_t)n;
}

static const char *host_source_name(const aur_host *h, const aur_source *s)
{
	(void)s;
	return hr_of(h)->name;
}

static void host_note(const aur_host *h, aur_record_sink *o, const char *msg)
{
	hr *r = hr_of(h);
	(void)o;
	hr_check_z(msg);
	*GROW(r->notes, r->note_count) = hr_dup(msg, strlen(msg));
}

static uint32_t host_field(const aur_host *h, aur_record_sink *o, aur_str name)
{
	hr *r = hr_of(h);
	(void)o;
	hr_check(name);
	for (uint32_t i = 0; i < r->field_count; i++)
		if (strlen(r->fields[i]) == name.len && memcmp(r->fields[i], name.ptr, name.len) == 0)
			return i;
	*GROW(r->fields, r->field_count) = hr_dup(name.ptr, name.len);
	return r->field_count - 1;
}

static aur_status host_session(const aur_host *h, aur_record_sink *o, aur_str id)
{
	hr *r = hr_of(h);
	(void)o;
	hr_check(id);
	hr_session *s = GROW(r->sessions, r->session_count);
	memset(s, 0, sizeof *s);
	s->id = hr_dup(id.ptr, id.len);
	return AUR_OK;
}

static aur_status host_session_set(const aur_host *h, aur_record_sink *o, aur_str key, aur_str value)
{
	hr *r = hr_of(h);
	(void)o;
	hr_check(key);
	hr_check(value);
	if (!r->session_count)
		abort();
	hr_session *s = &r->sessions[r->session_count - 1];
	hr_field *f = GROW(s->props, s->prop_count);
	f->name = hr_dup(key.ptr, key.len);
	f->value = hr_dup(value.ptr, value.len);
	return AUR_OK;
}

static aur_status host_corpus_set(const aur_host *h, aur_record_sink *o, aur_str key, aur_str value)
{
	hr *r = hr_of(h);
	(void)o;
	hr_check(key);
	hr_check(value);
	hr_field *f = GROW(r->corpus, r->corpus_count);
	f->name = hr_dup(key.ptr, key.len);
	f->value = hr_dup(value.ptr, value.len);
	return AUR_OK;
}

static hr_item *hr_now(hr *r)
{
	if (!r->now) {
		r->now = GROW(r->items, r->item_count);
		memset(r->now, 0, sizeof *r->now);
	}
	return r->now;
}

static void host_put_id(const aur_host *h, aur_record_sink *o, aur_str id)
{
	hr *r = hr_of(h);
	(void)o;
	if (!id.len)
		abort();
	if (!r->count_only)
		hr_check(id);
	if (r->count_only)
		return;
	hr_item *it = hr_now(r);
	if (it->id)
		abort(); /* given twice */
	it->id = hr_dup(id.ptr, id.len);
}

static void host_put_text(const aur_host *h, aur_record_sink *o, aur_str text)
{
	hr *r = hr_of(h);
	(void)o;
	r->texts++;
	if (r->count_only)
		return;
	hr_item *it = hr_now(r);
	hr_check(text);
	if (it->text || !text.len)
		abort(); /* given twice, or not what the contract says */
	it->text = hr_dup(text.ptr, text.len);
	it->text_len = text.len;
}

static void host_put_field(const aur_host *h, aur_record_sink *o, uint32_t field, aur_str value)
{
	hr *r = hr_of(h);
	(void)o;
	if (!r->count_only)
		hr_check(value);
	r->values++;
	if (field >= r->field_count)
		abort();
	if (r->count_only)
		return;
	hr_item *it = hr_now(r);
	hr_field *f = GROW(it->fields, it->field_count);
	f->name = hr_dup(r->fields[field], strlen(r->fields[field]));
	f->value = hr_dup(value.ptr, value.len);
}

static void host_put_where(const aur_host *h, aur_record_sink *o, uint32_t line)
{
	hr *r = hr_of(h);
	(void)o;
	if (!r->count_only)
		hr_now(r)->line = line;
}

static void host_refuse(const aur_host *h, aur_record_sink *o, uint32_t line, aur_str id, const char *reason)
{
	hr *r = hr_of(h);
	(void)o;
	hr_check(id);
	hr_check_z(reason);
	hr_refusal *f = GROW(r->refusals, r->refusal_count);
	f->line = line;
	f->id = hr_dup(id.ptr, id.len);
	f->reason = hr_dup(reason, strlen(reason));
}

hr *hr_new(const char *plugin)
{
	char path[512];
	snprintf(path, sizeof path, "plugins/%s/.libs/%s.so", plugin, plugin);
	void *lib = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (!lib) {
		fprintf(stderr, "%s\n", dlerror());
		return NULL;
	}
	void *sym = dlsym(lib, "aur_plugin_v1");
	aur_plugin_fn fn;
	if (!sym)
		return NULL;
	memcpy(&fn, &sym, sizeof fn);
	const aur_plugin *p = fn();
	if (!p || p->abi_major != AUR_ABI_MAJOR || p->component_count != 1)
		return NULL;
	hr *r = hr_alloc(NULL, sizeof *r);
	memset(r, 0, sizeof *r);
	r->component = p->components[0];
	r->ops = r->component->ops;
	r->fail_after = -1;
	r->host = (aur_host){.size = sizeof(aur_host),
	                     .abi_minor = AUR_ABI_MINOR,
	                     .priv = r,
	                     .query = host_query,
	                     .log = host_log,
	                     .fail = host_fail,
	                     .fail_at = host_fail_at,
	                     .cancelled = host_cancelled,
	                     .conf_str = host_conf_str,
	                     .conf_int = host_conf_int,
	                     .conf_nth = host_conf_nth,
	                     .find_data = host_find_data,
	                     .read = host_read,
	                     .source_name = host_source_name,
	                     .note = host_note,
	                     .field = host_field,
	                     .session = host_session,
	                     .session_set = host_session_set,
	                     .corpus_set = host_corpus_set,
	                     .put_id = host_put_id,
	                     .put_text = host_put_text,
	                     .put_field = host_put_field,
	                     .put_where = host_put_where,
	                     .refuse = host_refuse};
	return r;
}

void hr_set(hr *r, const char *key, const char *value)
{
	size_t n = strlen(key) + strlen(value) + 2;
	char *setting = hr_alloc(NULL, n);
	snprintf(setting, n, "%s=%s", key, value);
	r->conf = hr_alloc(r->conf, (r->conf_count + 2) * sizeof *r->conf);
	r->conf[r->conf_count++] = setting;
	r->conf[r->conf_count] = NULL;
}

static void hr_free_fields(hr_field *f, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		free(f[i].name);
		free(f[i].value);
	}
	free(f);
}

static void hr_forget(hr *r)
{
	for (uint32_t i = 0; i < r->item_count; i++) {
		free(r->items[i].id);
		free(r->items[i].text);
		hr_free_fields(r->items[i].fields, r->items[i].field_count);
	}
	for (uint32_t i = 0; i < r->refusal_count; i++) {
		free(r->refusals[i].id);
		free(r->refusals[i].reason);
	}
	for (uint32_t i = 0; i < r->session_count; i++) {
		free(r->sessions[i].id);
		hr_free_fields(r->sessions[i].props, r->sessions[i].prop_count);
	}
	for (uint32_t i = 0; i < r->note_count; i++)
		free(r->notes[i]);
	for (uint32_t i = 0; i < r->field_count; i++)
		free(r->fields[i]);
	hr_free_fields(r->corpus, r->corpus_count);
	free(r->items);
	free(r->refusals);
	free(r->sessions);
	free(r->notes);
	free(r->fields);
	free(r->error);
	free(r->error_file);
	r->items = NULL;
	r->refusals = NULL;
	r->sessions = NULL;
	r->notes = NULL;
	r->fields = NULL;
	r->corpus = NULL;
	r->error = r->error_file = NULL;
	r->item_count = r->refusal_count = r->session_count = r->note_count = r->field_count = r->corpus_count = 0;
	r->error_line = r->error_column = 0;
	r->texts = r->values = 0;
	r->now = NULL;
}

void hr_read(hr *r, const char *name, const void *bytes, size_t len)
{
	void *model = NULL, *state = NULL;
	hr_forget(r);
	r->bytes = bytes;
	r->len = len;
	r->at = 0;
	r->name = name;
	r->status = r->component->open ? r->component->open(&r->host, (const aur_config *)(const void *)r->conf, &model) : AUR_OK;
	if (r->status < 0)
		return;
	aur_record_sink *sink = (aur_record_sink *)(void *)r;
	aur_source *src = (aur_source *)(void *)r;
	r->status = r->ops->begin(&r->host, model, src, sink, &state);
	if (r->status >= 0) {
		for (;;) {
			uint32_t items = r->item_count, refused = r->refusal_count;
			uint64_t texts = r->texts;
			r->now = NULL;
			r->status = r->ops->next(&r->host, model, state, sink);
			/* The contract: OK puts one, REFUSED lists one, everything else neither. */
			if (r->status == AUR_OK) {
				if (r->texts != texts + 1 || r->refusal_count != refused)
					abort();
			} else if (r->texts != texts || r->item_count != items ||
			           r->refusal_count != refused + (r->status == AUR_REFUSED)) {
				abort();
			}
			if (r->status != AUR_OK && r->status != AUR_REFUSED)
				break;
		}
		r->ops->end(model, state);
	}
	if (r->component->close)
		r->component->close(model);
}

char *hr_load(const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return NULL;
	char *p = NULL;
	size_t n = 0, got;
	do {
		p = hr_alloc(p, n + 65536 + 1);
		got = fread(p + n, 1, 65536, f);
		n += got;
	} while (got);
	fclose(f);
	p[n] = 0;
	*len = n;
	return p;
}

void hr_read_file(hr *r, const char *name)
{
	static char *last;
	const char *src = getenv("srcdir");
	char path[1024];
	size_t len;
	snprintf(path, sizeof path, "%s/tests/data/readers/%s", src ? src : ".", name);
	free(last);
	last = hr_load(path, &len);
	if (!last) {
		fprintf(stderr, "%s cannot be read\n", path);
		abort();
	}
	hr_read(r, name, last, len);
}

int32_t hr_probe(const hr *r, const char *name, const void *bytes, size_t len)
{
	aur_str head = {bytes, len < 65536 ? len : 65536};
	return r->ops->probe(head, name);
}

void hr_free(hr *r)
{
	if (!r)
		return;
	hr_forget(r);
	for (uint32_t i = 0; i < r->conf_count; i++)
		free(r->conf[i]);
	free(r->conf);
	free(r);
}

static const char *hr_find(const hr_field *f, uint32_t n, const char *key)
{
	for (uint32_t i = 0; i < n; i++)
		if (strcmp(f[i].name, key) == 0)
			return f[i].value;
	return NULL;
}

const char *hr_value(const hr_item *it, const char *field)
{
	return hr_find(it->fields, it->field_count, field);
}

const char *hr_prop(const hr_session *s, const char *key)
{
	return hr_find(s->props, s->prop_count, key);
}

const char *hr_corpus(const hr *r, const char *key)
{
	return hr_find(r->corpus, r->corpus_count, key);
}

bool hr_noted(const hr *r, const char *part)
{
	for (uint32_t i = 0; i < r->note_count; i++)
		if (strstr(r->notes[i], part))
			return true;
	return false;
}
