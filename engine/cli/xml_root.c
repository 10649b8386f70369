/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdint.h>
#include <libxml/xmlerror.h>
#include "cli/xml_root.h"

static void nothing(void *to, xmlErrorPtr e)
{
	(void)to, (void)e;
}

void aur_xml_quiet(int quiet)
{
	xmlSetStructuredErrorFunc(NULL, quiet ? nothing : NULL);
}

void aur_xml_root(const char *path, const aur_buf *bytes, void (*fn)(void *ctx, xmlTextReader *r), void *ctx)
{
	aur_xml_quiet(1);
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
	aur_xml_quiet(0);
}
