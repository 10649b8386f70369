/* SPDX-License-Identifier: Apache-2.0 */
/* The loader of tomorrow: engine/plugin compiled against a header that has grown (grow.sh).  It has to take every
 * plugin that was built against a released header, with its smaller structs; and those built against the grown one,
 * which it refuses where even that is too old. */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "plugin/registry.h"

_Static_assert(AUR_ABI_MINOR > 0, "the header of tomorrow");

static int faults;

static void want(int ok, const char *what, const char *more)
{
	if (ok)
		return;
	printf("%s%s%s\n", what, more ? ": " : "", more ? more : "");
	faults++;
}

static const aur_plugin *load(aur_registry *r, const char *folder, const char *name, const char **refused)
{
	char path[512];
	snprintf(path, sizeof path, "tests/abi/%s.libs/%s.so", folder, name);
	const aur_plugin_entry *e = aur_registry_load_file(r, path);
	*refused = e->refused;
	return e->plugin;
}

int main(void)
{
	static const char *const good[] = {"abi-reader",    "abi-tokenizer", "abi-layer",
	                                   "abi-annotator", "abi-exporter",  "abi-ext"};
	aur_registry *r = aur_registry_new();
	const char *why;
	const aur_plugin *p;
	for (int released = 0; released < 2; released++)
		for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
			p = load(r, released ? "v1.0/" : "next/", good[i], &why);
			want(p != NULL, good[i], why);
			if (!p)
				continue;
			want((p->size < sizeof(aur_plugin)) == released, good[i],
			     "its descriptor has the size of the other header");
			want((p->components[0]->size < sizeof(aur_component)) == released, good[i],
			     "its component has the size of the other header");
		}
	p = load(r, "", "bad-major", &why);
	want(!p && strstr(why, "interface version 2"), "bad-major", why);
	p = load(r, "", "bad-minor", &why); /* what it lacked is there by now */
	want(p != NULL, "bad-minor", why);

	/* And one of them at work, under a host that has more than it knows. */
	p = load(r, "v1.0/", "abi-layer", &why);
	aur_instance *in = NULL;
	aur_error e = {0};
	aur_config conf = {0};
	aur_config_set(&conf, "letters", "2");
	if (p && !aur_instance_open(p->components[0], &conf, NULL, NULL, &in, &e)) {
		const aur_layer_ops *ops = p->components[0]->ops;
		void *worker = NULL;
		aur_str form = {"\303\251t\303\251", 5}, value = {NULL, 0};
		char line[200];
		want(p->components[0]->worker_new(&in->host, in->model, &worker) == AUR_OK, "abi-layer has no worker",
		     NULL);
		want(ops->map(&in->host, in->model, worker, &form, 1, &value) == AUR_OK && value.len == 3,
		     "abi-layer does not give the first two letters", NULL);
		want(!strncmp(aur_instance_fingerprint(in, line, sizeof line), "abi-layer 1.0 ", 14),
		     "the fingerprint of abi-layer is", line);
		p->components[0]->worker_free(worker);
		aur_instance_close(in);
	} else {
		want(0, "abi-layer does not open", e.text);
	}
	aur_config_free(&conf);
	aur_registry_free(r);
	printf("the loader of minor %u: %d faults\n", AUR_ABI_MINOR, faults);
	return faults != 0;
}
