/* SPDX-License-Identifier: Apache-2.0 */
/* xmlmismatch.h - the commonest mistake of XML in our words: a tag that does not close the one before it. */
#ifndef AURICULE_COMMON_XMLMISMATCH_H
#define AURICULE_COMMON_XMLMISMATCH_H
#include <libxml/xmlerror.h>
#include <stdio.h>
#include <string.h>
#include "component.h"

/* Writes that to `out`, if the parser complains of it.  The parser names a tag without its prefix, and "unparsable" what is no name. */
static inline void xml_mismatch(const xmlError *e, char *out, size_t size)
{
	if (e->code != XML_ERR_TAG_NAME_MISMATCH || !e->str1 || !e->str2)
		return;
	if (strcmp(e->str2, "unparsable") == 0 || strcmp(e->str1, e->str2) == 0)
		snprintf(out, size, _("<%.40s> of line %d is not closed by its own tag"), e->str1, e->int1);
	else
		snprintf(out, size, _("<%.40s> of line %d is closed by </%.40s>"), e->str1, e->int1, e->str2);
}
#endif
