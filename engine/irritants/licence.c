/* SPDX-License-Identifier: Apache-2.0 */
/* Which licences of a corpus let anybody quote it.  « Usage interne », « tous droits réservés », « à définir » do not, and neither
 * does a name that is not listed here: somebody's words are at stake. */
#include "config.h"
#include <strings.h>
#include "irritants/adapt.h"

static const char *const open_to_all[] = {
	"apache", "cc", "cc0", "odbl", "odc", "etalab", "mit", "bsd", "gpl", "agpl", "lgpl", "eupl", "mpl", "unlicense", "wtfpl", "commons", "ouverte", NULL};
static const char *const takes_it_back[] = {
	"non", "no", "not", "pas", "aucune", "sans", "interne", "internal", "interdit", "interdite", "restricted", "restreint", "restreinte", "confidentiel", "confidential",
	"propriétaire", "proprietary", "réservés", "reserved", "définir", "discuter", NULL};

static int is_among(const char *p, size_t n, const char *const *list)
{
	for (; *list; list++)
		if (strlen(*list) == n && !strncasecmp(*list, p, n))
			return 1;
	return 0;
}

bool aur_adapt_licence_open(aur_str licence)
{
	bool open = false;
	for (size_t i = 0, n; i < licence.len; i += n + !n) {
		for (n = 0; i + n < licence.len; n++) {
			unsigned char c = (unsigned char)licence.ptr[i + n];
			if (c < 0x80 && !((c | 32) >= 'a' && (c | 32) <= 'z') && !(c >= '0' && c <= '9'))
				break;
		}
		if (is_among(licence.ptr + i, n, takes_it_back))
			return false;
		open |= is_among(licence.ptr + i, n, open_to_all);
	}
	return open;
}
