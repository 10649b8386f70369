/* SPDX-License-Identifier: Apache-2.0 */
/* Which lexicons a person means: a pipeline with other lexicons in it, and the chain opened from that. */
#ifndef AUR_LEXICON_SET_H
#define AUR_LEXICON_SET_H
#include "pipeline/services.h"

/* Paths, each malloc'ed. */
typedef struct aur_paths {
	char **path;
	unsigned n, cap;
} aur_paths;
void aur_paths_free(aur_paths *p);
/* A lexicon's file, or a folder: its files *.xml that hold a lexicon, by name.  A pipeline's file: the lexicons that it names are not
 * opened; *pipeline is its path (malloc'ed) instead. */
aur_code aur_paths_add(aur_paths *p, const char *what, char **pipeline, aur_error *err);

/* The text of a pipeline whose first annotator with lexicons has these instead; malloc'ed in *out.  xml: the text of one, NULL: that
 * of the file `path`, or of the default one. */
aur_code aur_lexicon_pipeline(const char *path, const char *xml, const aur_paths *p, char **out, aur_error *err);
/* The same, opened in spite of what is wrong in the lexicons, so that all of it can be told (auricule/ext.h, lint); p NULL: those that it
 * has. */
aur_code aur_lexicon_pipeline_faulty(const char *path, const char *xml, const aur_paths *p, char **out, aur_error *err);
/* The same, without the other annotators. */
aur_code aur_lexicon_pipeline_alone(const char *path, const char *xml, const aur_paths *p, char **out, aur_error *err);
/* The lexicons that a pipeline names, as files, and in *rest (malloc'ed) its text without them. */
aur_code aur_lexicon_files(const char *xml, aur_paths *p, char **rest, aur_error *err);
/* The files of the lexicons that a pipeline names, by the ids that the lexicons have. */
typedef struct aur_lexicon_ids {
	aur_paths files;
	char **id; /* of each file; of one that cannot be read, the name of the file */
} aur_lexicon_ids;
void aur_lexicon_ids_of(const char *pipeline, aur_lexicon_ids *out);
const char *aur_lexicon_ids_file(const aur_lexicon_ids *l, const char *id); /* NULL: no file has it */
void aur_lexicon_ids_free(aur_lexicon_ids *l);
/* The lexicons of `what` (as below), as files; in *text the pipeline with them and in *rest without them, both malloc'ed.  Opens none. */
aur_code aur_lexicon_all(const char *what, const char *path, const char *xml, aur_paths *p, char **text, char **rest, aur_error *err);
/* A chain with the lexicons of `what` (a lexicon, a folder, a pipeline); `path` and `xml` as above are what stands around them. */
aur_code aur_lexicon_chain(const char *what, const char *path, const char *xml, aur_chain **out, aur_error *err);
#endif
