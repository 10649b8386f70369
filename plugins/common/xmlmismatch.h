/* SPDX-License-Identifier: Apache-2.0 */
/* xmlmismatch.h - the commonest mistakes of XML in our words, as the parser's are in English. */
#ifndef AURICULE_COMMON_XMLMISMATCH_H
#define AURICULE_COMMON_XMLMISMATCH_H
#include <libxml/xmlerror.h>
#include <stdio.h>
#include <string.h>
#include "component.h"

/* NULL: the mistake is none of these. */
static inline const char *xml_mistake(const xmlError *e)
{
	const char *says = e->message ? e->message : "";
	switch (e->code) {
	case XML_ERR_ENTITYREF_SEMICOL_MISSING:
		return _("the sign & must be written &amp;");
	case XML_ERR_NAME_REQUIRED:
		if (strstr(says, "EntityRef"))
			return _("the sign & must be written &amp;");
		if (strstr(says, "StartTag"))
			return _("the sign < must be written &lt;; in a tag, the name follows it at once");
		return strstr(says, "attribute name") ? _("a > is missing at the end of the tag before") : NULL;
	case XML_ERR_GT_REQUIRED:
		return strstr(says, "Start Tag") ? _("a tag is not closed by >, or something in it is not of the form name=\"value\"")
		                                 : _("a closing tag is made of </, the name and >, and of nothing else");
	case XML_ERR_ATTRIBUTE_NOT_STARTED:
		return _("the value of an attribute goes between straight quotation marks");
	case XML_ERR_ATTRIBUTE_WITHOUT_VALUE:
		return _("an attribute has no value");
	case XML_ERR_ATTRIBUTE_REDEFINED:
		return _("an element has the same attribute twice");
	case XML_ERR_LT_IN_ATTRIBUTE:
	case XML_ERR_ATTRIBUTE_NOT_FINISHED:
		return _("a quotation mark is missing, or < should be &lt;");
	case XML_ERR_SPACE_REQUIRED:
		return _("a space is missing between two attributes");
	case XML_ERR_HYPHEN_IN_COMMENT:
		return _("a comment <!-- … --> cannot have -- inside it");
	case XML_ERR_COMMENT_NOT_FINISHED:
		return _("a comment <!-- is never closed by -->");
	case XML_ERR_MISPLACED_CDATA_END:
		return _("the signs ]]> must be written ]]&gt;");
	case XML_ERR_INVALID_CHARREF:
		return _("&#…; holds no number of a character");
	case XML_ERR_RESERVED_XML_NAME:
		return _("something, if only a blank line, stands before <?xml …?>, which must come first");
	case XML_ERR_STRING_NOT_STARTED:
	case XML_ERR_STRING_NOT_CLOSED:
	case XML_ERR_XMLDECL_NOT_FINISHED:
	case XML_ERR_VERSION_MISSING:
	case XML_ERR_ENCODING_NAME:
	case XML_ERR_UNSUPPORTED_ENCODING:
		return _("its first line must be <?xml version=\"1.0\" encoding=\"UTF-8\"?>, with straight quotation marks");
	case XML_ERR_DOCUMENT_EMPTY:
		return _("this is not XML");
	case XML_ERR_DOCUMENT_END:
		return _("something follows the end of the document");
	default:
		return NULL;
	}
}

/* How many bytes of a name are shown: whole characters. */
static inline int xml_shown(const char *name)
{
	enum { MOST = 40 };
	size_t n = strlen(name);
	if (n > MOST)
		for (n = MOST; n > 0 && ((unsigned char)name[n] & 0xc0) == 0x80; n--)
			;
	return (int)n;
}

/* Writes what is wrong to `out`; false: it is none of the mistakes that we know, and `out` stays as it is.  The parser names a tag without
 * its prefix, and "unparsable" what is no name. */
static inline bool xml_mismatch(const xmlError *e, char *out, size_t size)
{
	const char *mistake = xml_mistake(e);
	if (mistake != NULL)
		snprintf(out, size, "%s", mistake);
	else if (e->code == XML_ERR_INVALID_CHAR && strstr(e->message ? e->message : "", "CharRef"))
		snprintf(out, size, "%s", _("&#…; holds no number of a character"));
	else if (e->code == XML_ERR_INVALID_CHAR && e->int1 > 0 && e->int1 < ' ') /* Word breaks a line by U+000B */
		snprintf(out, size, _("an invisible character (U+%04X) stands here: delete it"), (unsigned)e->int1);
	else if (e->code == XML_ERR_UNDECLARED_ENTITY && e->str1)
		snprintf(out, size, _("&%.*s; is none of the five entities that XML knows by itself: write the character instead"), xml_shown(e->str1), e->str1);
	else if (e->code != XML_ERR_TAG_NAME_MISMATCH || !e->str1 || !e->str2)
		return false;
	else if (strcmp(e->str2, "unparsable") == 0 || strcmp(e->str1, e->str2) == 0)
		snprintf(out, size, _("<%.*s> of line %d is not closed by its own tag"), xml_shown(e->str1), e->str1, e->int1);
	else
		snprintf(out, size, _("<%.*s> of line %d is closed by </%.*s>"), xml_shown(e->str1), e->str1, e->int1, xml_shown(e->str2), e->str2);
	return true;
}
#endif
