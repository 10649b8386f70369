/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdint.h>
#include "lexicon/xml_root.h"

void aur_xml_root(const char *path, const aur_buf *bytes, void (*fn)(void *ctx, xmlTextReader *r), void *ctx)
{
	xmlTextReader *r = !bytes                ? xmlReaderForFile(path, NULL, AUR_XML_ALONE)
			   : bytes->n > INT32_MAX ? NULL
						  : xmlReaderForMemory((const char *)bytes->p, (int)bytes->n, path, NULL, AUR_XML_ALONE);
	while (r && xmlTextReaderRead(r) == 1)
		if (xmlTextReaderNodeType(r) == XML_READER_TYPE_ELEMENT) {
			fn(ctx, r);
			break;
		}
	if (r)
		xmlFreeTextReader(r);
}
