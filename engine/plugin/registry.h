/* SPDX-License-Identifier: Apache-2.0 */
/* Finds plugins, loads them, opens their components.
 *
 * The search path is $AURICULE_PLUGIN_PATH (folders separated by ':'), else the build tree that the program stands in,
 * else the installed folder.  A plugin that cannot be loaded is kept in the list with its reason; it stops
 * nothing until somebody asks for it by name, or a file may be for it.  Plugins are never unloaded while the program runs. */
#ifndef AUR_PLUGIN_REGISTRY_H
#define AUR_PLUGIN_REGISTRY_H
#include <stdatomic.h>
#include "auricule/plugin.h"
#include "base/error.h"

typedef struct aur_registry aur_registry;

/* What a plugin was refused for. */
typedef enum aur_refusal { AUR_NOT_REFUSED, AUR_REFUSED_LOAD, AUR_REFUSED_ABI, AUR_REFUSED_DESCRIPTOR } aur_refusal;

typedef struct aur_plugin_entry {
	char *path;
	const aur_plugin *plugin; /* NULL when refused */
	char *refused;            /* why, or NULL */
	aur_refusal refused_for;
	aur_plugin_fn entry;      /* its aur_plugin_v1, or NULL */
} aur_plugin_entry;

/* What stands around the program: where plugins and data files are.  Strings live until the process ends. */
typedef struct aur_places {
	const char *plugin_path; /* folders separated by ':' */
	const char *data_dir;    /* holds lexicons/, corpora/, report/, pipeline.xml */
	const char *build_dir;   /* NULL when installed */
} aur_places;
const aur_places *aur_places_get(void);

aur_registry *aur_registry_new(void);
void aur_registry_free(aur_registry *r);
/* Loads every plugin of the search path, sorted by file name. */
void aur_registry_scan(aur_registry *r);
/* Loads one file, whatever its folder. */
const aur_plugin_entry *aur_registry_load_file(aur_registry *r, const char *path);
unsigned aur_registry_count(const aur_registry *r);
const aur_plugin_entry *aur_registry_at(const aur_registry *r, unsigned i);
/* The components of a kind, in the order of their plugins, one at a call; NULL behind the last.  *at: all zero at first. */
typedef struct aur_registry_place {
	unsigned entry;
	uint32_t component;
} aur_registry_place;
const aur_component *aur_registry_next(const aur_registry *r, aur_kind kind, aur_registry_place *at);
/* The file of the search path that a plugin's name stands for, to be freed; NULL: there is none. */
char *aur_registry_path(const char *plugin);
/* The component `component` (NULL: the only one, or the one named like the plugin) of the plugin `plugin`: the file
 * PLUGIN.so of the search path, or the path itself where it holds a '/'. */
aur_code aur_registry_find(aur_registry *r, aur_kind kind, const char *plugin, const char *component,
			   const aur_component **out, aur_error *err);

/* Finds the reader or exporter that a person names: csv, reader-csv, or a path. */
aur_code aur_registry_named(aur_registry *r, aur_kind kind, const char *name, const aur_component **out, aur_error *err);

/* Settings of one component. */
struct aur_config {
	unsigned n, cap;
	char **keys, **values;
	unsigned by_hand; /* from this one on a person wrote the keys: one that nobody asks for is a mistake */
};
void aur_config_set(aur_config *c, const char *key, const char *value); /* appends; conf_str sees the last one */
void aur_config_free(aur_config *c);

extern const char *const aur_kind_names[]; /* by aur_kind; "" for 0 */

/* Services that a room above fills in before it opens anything: readers', tokenizers' and annotators' sinks, layers. */
typedef struct aur_instance aur_instance;
struct aur_instance {
	const aur_component *c;
	aur_host host;
	aur_config conf;
	void *model;
	void *owner; /* of the room that opened it: host services find their way from here */
	char **found;
	unsigned nfound;
	char **asked; /* keys of settings that the component asked for */
	unsigned nasked, askedcap;
	aur_error refused; /* a setting that is not what it must be: found while the component asks, told when it is open */
};
/* Opens a component: the host's basic services are filled in, `services` (may be NULL) adds those of the room. */
aur_code aur_instance_open(const aur_component *c, const aur_config *conf, const aur_host *services, void *owner,
			   aur_instance **out, aur_error *err);
void aur_instance_close(aur_instance *i);
int aur_instance_asked(const aur_instance *i, const char *key);
/* "id version fingerprint": what stands in the index. */
const char *aur_instance_fingerprint(const aur_instance *i, char *buf, unsigned long size);
/* Turns a failed call of a plugin into an error: what it recorded in this thread, or a generic sentence. */
aur_code aur_instance_error(const aur_instance *i, aur_status st, const char *doing, aur_error *err);
/* Forget what the thread recorded before calling into a plugin; and whether a plugin recorded something since. */
void aur_instance_clear(void);
int aur_instance_said_why(void);

/* Messages of plugins and of the host (NULL: standard error), and cancellation, for the whole process. */
extern void (*aur_host_log)(aur_level level, const char *msg);
void aur_host_warn(const char *msg); /* through it, or on standard error */
extern atomic_int aur_host_cancel; /* set by a signal, read by all threads */
static inline aur_instance *aur_host_instance(const aur_host *h)
{
	return (aur_instance *)h->priv;
}
#endif
