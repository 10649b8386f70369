/* SPDX-License-Identifier: Apache-2.0 */
/* The file of a pipeline: its text and its XML.  A corpus keeps the text, and is used from any folder, so relative paths in it, which
 * start from the folder of that file, are made absolute. */
#ifndef AUR_PIPELINE_PIPELINE_FILE_H
#define AUR_PIPELINE_PIPELINE_FILE_H
#include <libxml/tree.h>
#include "base/error.h"
#include "base/mem.h"

/* The path of the pipeline that comes with auricule; in `where`. */
const char *aur_pipeline_default(aur_buf *where);
/* The text of a file as it is, to be freed.  NULL: see err. */
char *aur_pipeline_read(const char *path, aur_error *err);
/* The same with absolute paths, as in the `xml` of a chain; it is well-formed XML. */
char *aur_pipeline_text(const char *path, aur_error *err);
/* The XML of a text, to be freed; `file` is for messages.  NULL: it is not well-formed. */
xmlDoc *aur_pipeline_parse(const char *xml, const char *file, aur_error *err);
/* Parses any XML, to be freed.  NULL: it is not well-formed, and *first says where and why: what follows from the first fault is not told.  Or
 * there is no memory, or it is larger than 2 GB; first->what is empty then. */
typedef struct aur_xml_fault {
	uint32_t line, column;
	char what[300];
} aur_xml_fault;
xmlDoc *aur_xml_parse(const char *bytes, size_t n, const char *file, int options, aur_xml_fault *first);
/* Makes the relative paths in the XML of the file `path` absolute; returns whether one changed. */
int aur_pipeline_root(xmlDoc *d, const char *path);
/* The same, and replaces *xml, its text, if a path changed. */
void aur_pipeline_root_text(xmlDoc *d, const char *path, char **xml);
/* An attribute, to be freed; NULL: the element does not have it. */
char *aur_pipeline_attr(xmlNode *n, const char *name);
#endif
