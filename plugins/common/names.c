/* SPDX-License-Identifier: Apache-2.0 */
/* Names of columns and fields as people type them, made comparable. */
#include <stdio.h>
#include "rd.h"

const char *const rd_speakers[] = {"locuteur",     "locutrice", "pseudo",  "pseudonyme", "participant",
                                   "participante", "repondant", "speaker", "interviewe", NULL};

/* The base letters of U+00C0 to U+017F, two bytes each (the second NUL where there is one letter only). */
static const char base[0x180 - 0xC0][3] = {
    "a", "a", "a",  "a", "a", "a", "ae", "c",  "e", "e", "e",  "e",  "i", "i", "i",  "i",  "d", "n", "o",  "o",
    "o", "o", "o",  "",  "o", "u", "u",  "u",  "u", "y", "th", "ss", "a", "a", "a",  "a",  "a", "a", "ae", "c",
    "e", "e", "e",  "e", "i", "i", "i",  "i",  "d", "n", "o",  "o",  "o", "o", "o",  "",   "o", "u", "u",  "u",
    "u", "y", "th", "y", "a", "a", "a",  "a",  "a", "a", "c",  "c",  "c", "c", "c",  "c",  "c", "c", "d",  "d",
    "d", "d", "e",  "e", "e", "e", "e",  "e",  "e", "e", "e",  "e",  "g", "g", "g",  "g",  "g", "g", "g",  "g",
    "h", "h", "h",  "h", "i", "i", "i",  "i",  "i", "i", "i",  "i",  "i", "i", "ij", "ij", "j", "j", "k",  "k",
    "k", "l", "l",  "l", "l", "l", "l",  "l",  "l", "l", "l",  "n",  "n", "n", "n",  "n",  "n", "n", "n",  "n",
    "o", "o", "o",  "o", "o", "o", "oe", "oe", "r", "r", "r",  "r",  "r", "r", "s",  "s",  "s", "s", "s",  "s",
    "s", "s", "t",  "t", "t", "t", "t",  "t",  "u", "u", "u",  "u",  "u", "u", "u",  "u",  "u", "u", "u",  "u",
    "w", "w", "y",  "y", "y", "z", "z",  "z",  "z", "z", "z",  "s"};

size_t rd_name_fold(const char *text, size_t n, char out[RD_NAME_MAX])
{
	const unsigned char *p = (const unsigned char *)text, *end = p + n;
	size_t len = 0;
	bool gap = false;
	while (p < end && len < 84) {
		unsigned step = rd_utf8_step(p, end);
		uint32_t c = step ? rd_utf8_decode(p, step) : rd_cp1252(*p);
		char letters[5] = "";
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')
			letters[0] = (char)c;
		else if (c >= 'A' && c <= 'Z')
			letters[0] = (char)(c + 32);
		else if (c >= 0xC0 && c < 0x180)
			memcpy(letters, base[c - 0xC0], 3);
		else if (c >= 0x180 && !(c >= 0x2000 && c < 0x2C00) && !(c >= 0x300 && c < 0x370) && c != 0xFEFF &&
		         !(c >= 0x3000 && c < 0x3040) && c < 0xFFF0)
			letters[rd_utf8_encode(c, letters)] = 0; /* letters of other scripts stay as they are */
		size_t k = strlen(letters);
		if (k) {
			if (gap && len)
				out[len++] = '-';
			gap = false;
			memcpy(out + len, letters, k);
			len += k;
		} else if (!(c >= 0x300 && c < 0x370)) { /* combining accents vanish, without a gap */
			gap = true;
		}
		p += step ? step : 1;
	}
	if (len > 80 || p < end) { /* a whole question: keep only its first words */
		size_t cut = len;
		while (cut > 40 && (cut > 80 || out[cut] != '-' || cut == len))
			cut--;
		if (cut > 40)
			len = cut;
		else
			while (len > 80 || (len && (out[len - 1] & 0xC0) == 0x80 && rd_utf8_valid(out, len) < len))
				len--;
	}
	while (len && out[len - 1] == '-')
		len--;
	if (rd_utf8_valid(out, len) < len)
		len = rd_utf8_valid(out, len);
	out[len] = 0;
	return len;
}

rd_role rd_name_role(const char *folded)
{
	static const struct {
		const char *name;
		rd_role role;
	} known[] = {{"id", RD_ID},         {"texte", RD_TEXT},      {"text", RD_TEXT},
	             {"verbatim", RD_TEXT}, {"session", RD_SESSION}, {"date", RD_DATE}};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(folded, known[i].name) == 0)
			return known[i].role;
	return RD_FIELD;
}

void rd_pseudonym(const char *folded, char out[RD_PSEUDONYM])
{
	snprintf(out, RD_PSEUDONYM, "nom-%010llx", (unsigned long long)(rd_hash(folded, strlen(folded)) >> 24));
}

bool rd_file_name(rd_buf *out, const char *p, size_t n)
{
	size_t from = out->len;
	if (!rd_utf8_repair(out, p, n))
		return false;
	for (size_t i = from; i < out->len; i++)
		if ((unsigned char)out->ptr[i] < ' ')
			out->ptr[i] = '_';
	return true;
}
