/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/intl.h"
#include "base/mem.h"
#include "plugin/registry.h"

const char *const aur_kind_names[] = {"", N_("reader"), N_("tokenizer"), N_("layer"), N_("annotator"), N_("exporter")};

struct aur_registry {
	aur_plugin_entry **e;
	unsigned n, cap;
	int scanned;
};

/* ---- places -------------------------------------------------------------------------------- */
static aur_places places;
static pthread_once_t places_once = PTHREAD_ONCE_INIT;

/* Whether make puts a program there in its tree.  What was installed below it, as by DESTDIR=$PWD/stage, is no part of it. */
static int is_built_there(const char *rest)
{
	return !strchr(rest + 1, '/') || !strncmp(rest, "/.libs/", 7) || !strncmp(rest, "/tests/", 7);
}

/* The program finds its plugins in the tree where it was built, so that ./build/auricule works before any install:
 * configure's stamp file beside the program says where the sources are. */
static void places_find(void)
{
	char exe[PATH_MAX], line[PATH_MAX], whole[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 32);
	const char *env = getenv("AURICULE_PLUGIN_PATH"), *data = getenv("AURICULE_DATA_DIR");
	if (n > 0) {
		exe[n] = 0;
		strcpy(whole, exe);
		char *slash = strrchr(exe, '/');
		if (slash) {
			/* a libtool program under test runs from .libs, tests from tests/unit */
			for (int up = 0; up < 4 && slash > exe; up++) {
				strcpy(slash, "/auricule-tree.conf");
				FILE *f = fopen(exe, "r");
				*slash = 0;
				if (f) {
					if (is_built_there(whole + strlen(exe)) && fgets(line, sizeof line, f)) {
						line[strcspn(line, "\n")] = 0;
						places.build_dir = aur_xstrdup(exe);
						places.data_dir = aur_xstrdup(line);
					}
					fclose(f);
					break;
				}
				slash = strrchr(exe, '/');
				if (!slash)
					break;
			}
		}
	}
	if (places.build_dir && !(env && *env)) {
		aur_buf b = {0};
		aur_buf_printf(&b, "%s/plugins", places.build_dir);
		DIR *d = opendir(aur_buf_cstr(&b));
		char *root = (char *)b.p;
		aur_buf path = {0};
		struct dirent *de;
		while (d && (de = readdir(d)))
			if (de->d_name[0] != '.')
				aur_buf_printf(&path, "%s%s/%s/.libs", path.n ? ":" : "", root, de->d_name);
		if (d)
			closedir(d);
		free(root);
		places.plugin_path = aur_buf_cstr(&path);
	} else {
		places.plugin_path = aur_xstrdup(env && *env ? env : PKGLIBDIR);
	}
	if (data && *data) {
		free((char *)(uintptr_t)places.data_dir);
		places.data_dir = aur_xstrdup(data);
	}
	else if (!places.data_dir)
		places.data_dir = PKGDATADIR;
}

const aur_places *aur_places_get(void)
{
	pthread_once(&places_once, places_find);
	return &places;
}

/* ---- loading ------------------------------------------------------------------------------- */
aur_registry *aur_registry_new(void)
{
	return aur_xcalloc(1, sizeof(aur_registry));
}

void aur_registry_free(aur_registry *r)
{
	if (!r)
		return;
	for (unsigned i = 0; i < r->n; i++) {
		free(r->e[i]->path);
		free(r->e[i]->refused);
		free(r->e[i]);
	}
	free(r->e);
	free(r);
}

static char *why(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static char *why(const char *fmt, ...)
{
	aur_error e;
	va_list ap;
	va_start(ap, fmt);
	aur_vfail(&e, AURE_CONFIG, fmt, ap);
	va_end(ap);
	return aur_xstrdup(e.text);
}

static char *abi_fault(const aur_plugin *p)
{
	if (p->abi_major != AUR_ABI_MAJOR)
		return why(_("it was built for interface version %u, this program has version %u: build it again with this header"),
			   p->abi_major, AUR_ABI_MAJOR);
	if (p->abi_minor > AUR_ABI_MINOR)
		return why(_("it needs interface %u.%u or later, this program has %u.%u: install a newer auricule"), p->abi_major,
			   p->abi_minor, AUR_ABI_MAJOR, AUR_ABI_MINOR);
	return NULL;
}

/* Sizes are asked of what minor 0 has: a plugin that was built before a struct grew is as good as any.  What is newer is looked at with AUR_HAS,
 * where it is used. */
static char *descriptor_fault(const aur_plugin *p)
{
	if (!AUR_HAS(aur_plugin, p, components))
		return why(_("its descriptor is too short (%u bytes)"), p->size);
	if (!p->name || !p->component_count || !p->components)
		return why(_("its descriptor has no name or no component"));
	for (uint32_t i = 0; i < p->component_count; i++) {
		const aur_component *c = p->components[i];
		if (!c || !AUR_HAS(aur_component, c, ops) || !c->id || !*c->id || !c->version || !c->summary || !c->ops)
			return why(_("its component number %u is incomplete"), i + 1);
		for (const char *s = c->id; *s; s++)
			if (!((*s >= 'a' && *s <= 'z') || (*s >= '0' && *s <= '9') || *s == '.' || *s == '-'))
				return why(_("the identifier « %s » may only hold a-z, 0-9, dots and hyphens"), c->id);
		if (!c->worker_new != !c->worker_free)
			return why(_("component %s gives worker_new without worker_free, or the reverse"), c->id);
		int ok = 0;
		switch (c->kind) {
		case AUR_READER: {
			const aur_reader_ops *o = c->ops;
			ok = AUR_HAS(aur_reader_ops, o, end) && o->begin && o->next && o->end && o->probe;
			break;
		}
		case AUR_TOKENIZER: {
			const aur_tokenizer_ops *o = c->ops;
			ok = AUR_HAS(aur_tokenizer_ops, o, tokenize) && o->tokenize;
			break;
		}
		case AUR_LAYER: {
			const aur_layer_ops *o = c->ops;
			ok = AUR_HAS(aur_layer_ops, o, map) && o->map;
			break;
		}
		case AUR_ANNOTATOR: {
			const aur_annotator_ops *o = c->ops;
			ok = AUR_HAS(aur_annotator_ops, o, label) && o->annotate && o->label_count && o->label;
			break;
		}
		case AUR_EXPORTER: {
			const aur_exporter_ops *o = c->ops;
			ok = AUR_HAS(aur_exporter_ops, o, finish) && o->begin && o->item && o->finish;
			break;
		}
		default:
			return why(_("component %s is of the unknown kind %u"), c->id, c->kind);
		}
		if (!ok)
			return why(_("component %s leaves out a function that its kind needs"), c->id);
	}
	return NULL;
}

static int head_read(int fd, ElfW(Ehdr) *h)
{
	return fd >= 0 && pread(fd, h, sizeof *h, 0) == (ssize_t)sizeof *h && !memcmp(h->e_ident, ELFMAG, SELFMAG);
}

/* What dlopen does not survive (a file that was cut off is mapped, and ends the program), waits for (a pipe), or blames on a file that is not there
 * (another processor).  Whatever else is wrong, it tells itself. */
static char *file_fault(const char *path)
{
	struct stat st;
	ElfW(Ehdr) its, ours;
	ElfW(Phdr) part;
	char *fault = NULL;
	if (stat(path, &st))
		return NULL;
	if (!S_ISREG(st.st_mode))
		return why(_("it cannot be loaded: it is not a regular file"));
	int fd = open(path, O_RDONLY | O_CLOEXEC), me = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	int elf = head_read(fd, &its);
	if (elf && head_read(me, &ours) &&
	    (its.e_machine != ours.e_machine || its.e_ident[EI_CLASS] != ours.e_ident[EI_CLASS] || its.e_ident[EI_DATA] != ours.e_ident[EI_DATA]))
		fault = why(_("it cannot be loaded: it was built for another kind of machine: build it on this one"));
	for (unsigned i = 0; elf && !fault && i < its.e_phnum; i++) {
		off_t at = (off_t)(its.e_phoff + (ElfW(Off))i * sizeof part);
		int cut = pread(fd, &part, sizeof part, at) != (ssize_t)sizeof part;
		uint64_t size = (uint64_t)st.st_size;
		if (cut || (part.p_type == PT_LOAD && (part.p_offset > size || part.p_filesz > size - part.p_offset)))
			fault = why(_("it cannot be loaded: it is cut off: copy it again, or build it again"));
	}
	if (fd >= 0)
		close(fd);
	if (me >= 0)
		close(me);
	return fault;
}

static aur_plugin_entry *entry_new(aur_registry *r, const char *path)
{
	aur_plugin_entry *e = aur_xcalloc(1, sizeof *e);
	e->path = aur_xstrdup(path);
	AUR_GROW(r->e, r->n, r->cap);
	return r->e[r->n++] = e;
}

const aur_plugin_entry *aur_registry_load_file(aur_registry *r, const char *path)
{
	for (unsigned i = 0; i < r->n; i++)
		if (!strcmp(r->e[i]->path, path))
			return r->e[i];
	aur_plugin_entry *e = entry_new(r, path);
	e->refused = file_fault(path);
	void *so = e->refused ? NULL : dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (!so) {
		if (!e->refused)
			e->refused = why(_("it cannot be loaded: %s"), dlerror());
		e->refused_for = AUR_REFUSED_LOAD;
		return e;
	}
	void *sym = dlsym(so, "aur_plugin_v1");
	memcpy(&e->entry, &sym, sizeof e->entry);
	const aur_plugin *p = sym ? e->entry() : NULL;
	if (!sym)
		e->refused = why(_("it exports no aur_plugin_v1: it is not an auricule plugin"));
	else if (!p)
		e->refused = why(_("its aur_plugin_v1 returned nothing"));
	if (e->refused)
		e->refused_for = AUR_REFUSED_LOAD;
	else if ((e->refused = abi_fault(p)))
		e->refused_for = AUR_REFUSED_ABI;
	else if ((e->refused = descriptor_fault(p)))
		e->refused_for = AUR_REFUSED_DESCRIPTOR;
	else
		e->plugin = p;
	return e;
}

static int by_name(const void *a, const void *b)
{
	const char *x = *(char *const *)a, *y = *(char *const *)b;
	const char *bx = strrchr(x, '/'), *by = strrchr(y, '/');
	int c = strcmp(bx ? bx : x, by ? by : y);
	return c ? c : strcmp(x, y);
}

void aur_registry_scan(aur_registry *r)
{
	if (r->scanned)
		return;
	r->scanned = 1;
	char **files = NULL;
	unsigned n = 0, cap = 0;
	char *dirs = aur_xstrdup(aur_places_get()->plugin_path), *save = NULL;
	for (char *dir = strtok_r(dirs, ":", &save); dir; dir = strtok_r(NULL, ":", &save)) {
		DIR *d = opendir(dir);
		struct dirent *de;
		while (d && (errno = 0, (de = readdir(d)))) {
			size_t len = strlen(de->d_name);
			if (len < 4 || strcmp(de->d_name + len - 3, ".so"))
				continue;
			aur_buf b = {0};
			aur_buf_printf(&b, "%s/%s", dir, de->d_name);
			AUR_GROW(files, n, cap);
			files[n++] = aur_buf_cstr(&b);
		}
		if (errno && errno != ENOENT && errno != ENOTDIR) { /* whatever is in it */
			aur_plugin_entry *e = entry_new(r, dir);
			e->refused = why(_("this folder cannot be read: %s"), strerror(errno));
			e->refused_for = AUR_REFUSED_LOAD;
		}
		if (d)
			closedir(d);
	}
	free(dirs);
	if (n)
		qsort(files, n, sizeof *files, by_name);
	for (unsigned i = 0; i < n; i++) {
		aur_registry_load_file(r, files[i]);
		free(files[i]);
	}
	free(files);
}

unsigned aur_registry_count(const aur_registry *r)
{
	return r->n;
}

const aur_plugin_entry *aur_registry_at(const aur_registry *r, unsigned i)
{
	return r->e[i];
}

const aur_component *aur_registry_next(const aur_registry *r, aur_kind kind, aur_registry_place *at)
{
	for (; at->entry < r->n; at->entry++, at->component = 0) {
		const aur_plugin *p = r->e[at->entry]->plugin;
		while (p && at->component < p->component_count) {
			const aur_component *c = p->components[at->component++];
			if (c->kind == kind)
				return c;
		}
	}
	return NULL;
}

char *aur_registry_path(const char *plugin)
{
	char *dirs = aur_xstrdup(aur_places_get()->plugin_path), *save = NULL, *found = NULL;
	for (char *dir = strtok_r(dirs, ":", &save); dir && !found; dir = strtok_r(NULL, ":", &save)) {
		aur_buf b = {0};
		aur_buf_printf(&b, "%s/%s.so", dir, plugin);
		if (!access(aur_buf_cstr(&b), F_OK))
			found = aur_buf_cstr(&b);
		else
			aur_buf_free(&b);
	}
	free(dirs);
	return found;
}

aur_code aur_registry_find(aur_registry *r, aur_kind kind, const char *plugin, const char *component,
			   const aur_component **out, aur_error *err)
{
	const aur_plugin_entry *e = NULL;
	if (strchr(plugin, '/')) {
		e = aur_registry_load_file(r, plugin);
	} else {
		char *path = aur_registry_path(plugin);
		if (path)
			e = aur_registry_load_file(r, path);
		free(path);
	}
	if (!e)
		return aur_fail(err, AURE_CONFIG,
				_("no plugin is called « %s »: « auricule plugin list » shows those that were found, and AURICULE_PLUGIN_PATH says where to look instead"),
				plugin);
	if (e->refused)
		return aur_fail(err, AURE_CONFIG, _("the plugin %s was refused: %s"), e->path, e->refused);
	const aur_component *found = NULL;
	unsigned of_kind = 0;
	for (uint32_t i = 0; i < e->plugin->component_count; i++) {
		const aur_component *c = e->plugin->components[i];
		if (c->kind != kind)
			continue;
		if (component ? !strcmp(c->id, component) : (!of_kind++ || !strcmp(c->id, plugin)))
			found = c;
	}
	if (!found && component)
		return aur_fail(err, AURE_CONFIG, _("the plugin %s has no component « %s » of the kind « %s »"), e->path, component, _(aur_kind_names[kind]));
	if (!found)
		return aur_fail(err, AURE_CONFIG, _("the plugin %s has no component of the kind « %s »"), e->path, _(aur_kind_names[kind]));
	*out = found;
	return AURE_OK;
}

/* The error for a name that no component has: it lists the components of that kind. */
static aur_code none_named(aur_registry *r, aur_kind kind, const char *prefix, const char *name, aur_error *err)
{
	aur_buf b = {0};
	aur_registry_place at = {0};
	size_t n = strlen(prefix);
	aur_registry_scan(r);
	for (const aur_component *c; (c = aur_registry_next(r, kind, &at));)
		if (!strncmp(c->id, prefix, n))
			aur_buf_printf(&b, "%s%s", b.n ? ", " : "", c->id + n);
	char *all = aur_buf_cstr(&b);
	aur_code c = aur_fail(err, AURE_CONFIG,
			      kind == AUR_READER ? _("there is no reader « %s »; the readers are: %s (name another one by its file, ./my-reader.so, or let AURICULE_PLUGIN_PATH find it)")
						 : _("there is no exporter « %s »; the exporters are: %s (name another one by its file, ./my-exporter.so, or let AURICULE_PLUGIN_PATH find it)"),
			      name, *all ? all : "-");
	free(all);
	return c;
}

aur_code aur_registry_named(aur_registry *r, aur_kind kind, const char *name, const aur_component **out, aur_error *err)
{
	char prefix[16], plugin[128];
	if (strchr(name, '/'))
		return aur_registry_find(r, kind, name, NULL, out, err);
	size_t n = (size_t)snprintf(prefix, sizeof prefix, "%s-", aur_kind_names[kind]);
	snprintf(plugin, sizeof plugin, "%s%s", strncmp(name, prefix, n) && !strchr(name, '.') ? prefix : "", name);
	char *path = aur_registry_path(plugin);
	aur_code c = path ? aur_registry_find(r, kind, plugin, NULL, out, err) : none_named(r, kind, prefix, name, err);
	free(path);
	return c;
}
