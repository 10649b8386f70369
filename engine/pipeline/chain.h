/* SPDX-License-Identifier: Apache-2.0 */
/* The chain of components that pipeline.xml names, opened and ready.
 *
 * THREADS: a chain is read-only once opened and is shared. */
#ifndef AUR_PIPELINE_CHAIN_H
#define AUR_PIPELINE_CHAIN_H
#include "auricule/ext.h"
#include "base/mem.h"
#include "index/index.h"
#include "plugin/registry.h"

#define AUR_MAX_ANNOTATORS 8u

typedef struct aur_chain {
	aur_registry *registry;
	const aur_host *services; /* what it offers to its components */
	aur_instance *tokenizer;
	struct aur_chain_layer {
		char *name;
		int from; /* an earlier layer, -1: the form */
		int shown; /* its number in the index, -1: hidden */
		aur_instance *in;
	} layer[2 * AUR_MAX_LAYERS];
	unsigned nlayers, nshown, dflt; /* dflt: number in the index */
	unsigned of_shown[AUR_MAX_LAYERS];
	struct aur_chain_annotator {
		aur_instance *in;
		const aur_annotator_ops *ops;
	} ann[AUR_MAX_ANNOTATORS];
	unsigned nann;
	char *inherit[16];
	unsigned ninherit;
	char *xml; /* as read */
	char *fingerprints, *annotators;
	size_t analyst_bytes; /* that the dictionary of an analyst may take between two calls of aur_analyst_reset */
	void *layer_worker[2 * AUR_MAX_LAYERS]; /* of the thread that opened: for layer_value */
} aur_chain;

enum { AUR_CHAIN_LAYERS = 1, AUR_CHAIN_ANNOTATORS = 2, AUR_CHAIN_ALL = 3 };
/* For aur_chain_open, which has the services.  pipeline: path (then xml is NULL), or NULL with xml = the text of one (that of a corpus), or both NULL: the default one.  `what`: a query needs
 * no annotators. */
aur_code aur_chain_read(const aur_host *services, const char *path, const char *xml, int what, aur_chain **out, aur_error *err);
void aur_chain_free(aur_chain *c);
/* The text of a pipeline's file, to be freed; its relative paths, which are taken from the folder of that file, are absolute in it, as they are in the
 * `xml` of a chain.  NULL: err says why. */
char *aur_chain_text(const char *path, aur_error *err);
/* The settings that a pipeline (path, or NULL: the default one) gives a component of a plugin (its file's name without folder
 * and .so), added to *out; none where the pipeline does not name it. */
aur_code aur_chain_settings(const char *path, const char *plugin, const char *component, aur_config *out, aur_error *err);
/* How many labels an annotator has; the label of a hit, held to the contract. */
static inline uint32_t aur_chain_labels(const aur_chain *c, unsigned annotator)
{
	return c->ann[annotator].ops->label_count(c->ann[annotator].in->model);
}
aur_code aur_chain_label(const aur_chain *c, unsigned annotator, uint32_t label, aur_label *out, aur_error *err);
int aur_is_theme(aur_str name); /* [a-z0-9-], parts joined by a dot */
/* AURE_BUG: a component did not do what auricule/plugin.h asks of it. */
aur_code aur_broke_contract(const aur_instance *in, const char *how, aur_error *err);
/* Of the lines of fingerprints, the bytes of those that say how words are made; they stand first. */
size_t aur_chain_words(const char *fingerprints);
/* What a word is worth on a layer.  By name; "form" is the word itself.  [one thread] */
aur_code aur_chain_value(aur_chain *c, const char *layer, aur_str word, aur_buf *out, aur_error *err);
#endif
