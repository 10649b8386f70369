/* SPDX-License-Identifier: Apache-2.0 */
/* The chain of components that pipeline.xml names, opened and ready.
 *
 * THREADS: a chain is read-only once it is open, and may be shared. */
#ifndef AUR_PIPELINE_CHAIN_H
#define AUR_PIPELINE_CHAIN_H
#include "auricule/ext.h"
#include "base/mem.h"
#include "index/index.h"
#include "plugin/registry.h"

#define AUR_MAX_ANNOTATORS 8u

typedef struct aur_chain {
	aur_registry *registry;
	const aur_host *services; /* the services for its components */
	aur_instance *tokenizer;
	struct aur_chain_layer {
		char *name;
		int from; /* index of an earlier layer; -1: the form itself */
		int shown; /* number in the index; -1: hidden */
		aur_instance *in;
	} layer[2 * AUR_MAX_LAYERS];
	unsigned nlayers, nshown, dflt; /* dflt: number in the index of the default layer */
	unsigned of_shown[AUR_MAX_LAYERS];
	struct aur_chain_annotator {
		aur_instance *in;
		const aur_annotator_ops *ops;
		const aur_ext_forms_v1 *forms; /* or NULL */
	} ann[AUR_MAX_ANNOTATORS];
	unsigned nann;
	char *inherit[16];
	unsigned ninherit;
	char *xml; /* the pipeline's text, as read */
	char *fingerprints, *annotators;
	aur_buf missed; /* optional annotators that could not be had, a line for each */
	size_t analyst_bytes; /* limit for an analyst's dictionary; checked at aur_analyst_reset */
	void *layer_worker[2 * AUR_MAX_LAYERS]; /* of the thread that opened the chain, for layer_value */
} aur_chain;

enum { AUR_CHAIN_LAYERS = 1, AUR_CHAIN_ANNOTATORS = 2, AUR_CHAIN_ALL = 3 };
/* Called by aur_chain_open, which provides the services.  path: the pipeline's file (then xml is NULL); or path NULL and xml = the
 * text of a pipeline (that of a corpus); or both NULL: the default one.  `what`: AUR_CHAIN_*; a query needs no annotators. */
aur_code aur_chain_read(const aur_host *services, const char *path, const char *xml, int what, aur_chain **out, aur_error *err);
void aur_chain_free(aur_chain *c);
/* Adds to *out the settings that a pipeline (path, or NULL: the default one) gives to a component of a plugin (the plugin's file
 * name without folder and .so); nothing if the pipeline does not name it. */
aur_code aur_chain_settings(const char *path, const char *plugin, const char *component, aur_config *out, aur_error *err);
/* The number of labels of an annotator; and a label, checked against the contract. */
static inline uint32_t aur_chain_labels(const aur_chain *c, unsigned annotator)
{
	return c->ann[annotator].ops->label_count(c->ann[annotator].in->model);
}
aur_code aur_chain_label(const aur_chain *c, unsigned annotator, uint32_t label, aur_label *out, aur_error *err);
int aur_is_theme(aur_str name); /* is it a valid theme name: [a-z0-9-], parts joined by a dot? */
/* Returns AURE_BUG: a component did not do what auricule/plugin.h requires. */
aur_code aur_broke_contract(const aur_instance *in, const char *how, aur_error *err);
/* Length of the lines of `fingerprints` that are about how words are made (tokenizer, layers); they come first. */
size_t aur_chain_words(const char *fingerprints);
/* Fails if an annotator that a corpus was made by (`was`: its fingerprints) is optional in the pipeline and was left out: without it, what was denied
 * would count as asserted. */
aur_code aur_chain_has_all(aur_chain *c, const char *corpus, const char *was, aur_error *err);
/* The value of a word on a layer, by the layer's name; "form" is the word itself.  [one thread] */
aur_code aur_chain_value(aur_chain *c, const char *layer, aur_str word, aur_buf *out, aur_error *err);
#endif
