/* SPDX-License-Identifier: Apache-2.0 */
/* XML as far as its first element. */
#ifndef AUR_LEXICON_XML_ROOT_H
#define AUR_LEXICON_XML_ROOT_H
#include <libxml/xmlreader.h>
#include "base/mem.h"

/* No network, and nothing printed. */
#define AUR_XML_ALONE (XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)

/* Calls fn with the reader at the first element of these bytes, or of the file where they are NULL; not where there is none. */
void aur_xml_root(const char *path, const aur_buf *bytes, void (*fn)(void *ctx, xmlTextReader *r), void *ctx);
#endif
