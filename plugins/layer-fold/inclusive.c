/* SPDX-License-Identifier: Apache-2.0 */
/* inclusive.c - the base of a form in inclusive writing: allocataire·s, convoqué·e·s, étudiant(e)s, agent-e-s, usager.e.s,
 * lecteur/trice.  Only the form decides, so that the value is a pure function of it; grand-mère, caf.fr and c.-à-d. stay whole. */
#include "../common/inclusive.h"
#include "fold.h"
#include <string.h>

static const char ENDINGS[] = INCLUSIVE_PLAIN "s ";
enum { KEY = 16 };

static const char latin1[33] = "aaaaaa?ceeeeiiii?nooooo??uuuuy?y";

/* Length of the letter at p, or 0; *plain: the letter without accent, '?' = not a letter of the alphabet. */
static size_t letter(const char *s, size_t n, char *plain)
{
	unsigned c = n ? (unsigned char)s[0] : 0;
	*plain = '?';
	if (c >= 'a' && c <= 'z') {
		*plain = (char)c;
		return 1;
	}
	if (c == 0xC3 && n > 1 && ((unsigned char)s[1] & 0x3F) != 0x37) {
		if ((unsigned char)s[1] >= 0xA0)
			*plain = latin1[s[1] & 0x1F];
		return 2;
	}
	if (c >= 0xC4 && c <= 0xC8 && n > 1)
		return 2;
	return 0;
}

/* Length of a run of letters, with its key; the key is "" if it is too long, or has a letter that keys cannot have. */
static size_t letters(const char *s, size_t n, char key[KEY])
{
	size_t at = 0, len, k = 0;
	char c;
	bool whole = true;
	while ((len = letter(s + at, n - at, &c)) != 0) {
		at += len;
		if (k == KEY - 1 || c == '?')
			whole = false;
		else
			key[k++] = c;
	}
	key[whole ? k : 0] = 0;
	return at;
}

static size_t middle_dot(const char *s, size_t n)
{
	static const char *const dots[] = {"\xC2\xB7", "\xE2\x80\xA2", "\xE2\x80\xA7", "\xE2\x88\x99", "\xE2\x8B\x85"};
	for (size_t i = 0; i < sizeof dots / sizeof *dots; i++)
		if (n > strlen(dots[i]) && !memcmp(s, dots[i], strlen(dots[i])))
			return strlen(dots[i]);
	return 0;
}

aur_str fold_base(aur_str form)
{
	const char *s = form.ptr;
	size_t n = form.len, at = 0, count = 0, len, base;
	char key[KEY], c, mark;
	/* the base: letters, which may have the hyphens or apostrophes of a compound among them */
	for (;;) {
		char k2[KEY];
		while ((len = letter(s + at, n - at, &c)) != 0) {
			at += len;
			count++;
		}
		if (at >= n || count == 0)
			return form;
		if (s[at] == '\'' || (s[at] == '-' && letter(s + at + 1, n - at - 1, &c))) {
			size_t end = 0;
			if (s[at] == '-') {
				end = letters(s + at + 1, n - at - 1, k2);
				if (count >= 2 && (listed(k2, ENDINGS) || inclusive_agrees(s, at, k2)) &&
				    (at + 1 + end == n || s[at + 1 + end] == '-'))
					break; /* perhaps the first ending */
			}
			at++;
			continue;
		}
		break;
	}
	base = at;
	if (middle_dot(s + at, n - at))
		goto found;
	mark = s[at];
	if (count < 2 || (mark != '.' && mark != '-' && mark != '(' && mark != '/') || (mark == '/' && count < 3))
		return form;
	for (unsigned part = 0; at < n; part++) {
		if (s[at] != mark || part > 2)
			return form;
		len = letters(s + at + 1, n - at - 1, key);
		if (!len)
			return form;
		at += 1 + len;
		if (mark == '(') {
			if (len > 8 || at >= n || s[at] != ')')
				return form;
			at++;
			len = letters(s + at, n - at, key);
			if (len && (!listed(key, " s es x e ") || at + len != n))
				return form;
			at += len;
		} else if (part ? !listed(key, " s es x ") : !listed(key, ENDINGS) && !inclusive_agrees(s, base, key)) {
			return form;
		}
	}
found:
	if (base == 3 && !memcmp(s, "tou", 3)) /* tou·te·s: its s is only written at the end */
		return (aur_str){"tous", 4};
	return (aur_str){s, base};
}
