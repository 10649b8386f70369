/* SPDX-License-Identifier: Apache-2.0 */
/* The first line of a message, in the forms that WhatsApp gives it on Android and on iPhones, in France and elsewhere; and the
 * placeholders that it writes instead of a message. */
#include <ctype.h>
#include <stdio.h>
#include "chat.h"

enum { NAME_MAX_BYTES = 100 };

/* Length of a directional mark at the start of s, as WhatsApp puts them around names and before notices; 0: none. */
static size_t mark_at(aur_str s)
{
	static const char *const marks[] = {"\u200E", "\u200F", "\u202A", "\u202B", "\u202C", "\u2068", "\u2069", "\uFEFF"};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (s.len >= 3 && memcmp(s.ptr, marks[i], 3) == 0)
			return 3;
	return 0;
}

static aur_str skip(aur_str s, size_t n)
{
	return rd_str(s.ptr + n, s.len - n);
}

/* s without spaces and such marks at its start. */
static aur_str trimmed(aur_str s)
{
	for (size_t n; (n = mark_at(s)) || s.len != rd_label_trim(s).len;) {
		aur_str t = rd_label_trim(skip(s, n));
		if (t.len == s.len)
			break;
		s = t;
	}
	return s;
}

static size_t digits_at(aur_str s, unsigned *value)
{
	size_t n = 0;
	for (*value = 0; n < s.len && n < 5 && isdigit((unsigned char)s.ptr[n]); n++)
		*value = *value * 10 + (unsigned)(s.ptr[n] - '0');
	return n;
}

/* Length of a date at the start of s, 22/04/2025, 22.04.25, 2025-04-22; 0: none. */
static size_t date_at(aur_str s)
{
	size_t at = 0, n[3];
	char sign = 0;
	for (unsigned k = 0; k < 3; k++) {
		unsigned value;
		if (k && (at >= s.len || !s.ptr[at] || !strchr("/.-", s.ptr[at]) || (sign && s.ptr[at] != sign)))
			return 0;
		if (k)
			sign = s.ptr[at++];
		n[k] = digits_at(skip(s, at), &value);
		at += n[k];
	}
	bool year_first = n[0] == 4 && n[2] >= 1 && n[2] <= 2;
	bool year_last = n[0] >= 1 && n[0] <= 2 && (n[2] == 2 || n[2] == 4);
	return n[1] >= 1 && n[1] <= 2 && (year_first || year_last) ? at : 0;
}

/* Length of a time at the start of s, 14:05, 14:05:33, 2:05 PM, 2:05 p. m., which is written to out in 24-hour form; 0: none. */
static size_t time_at(aur_str s, char out[12])
{
	unsigned hour, minute, second = 0;
	size_t at = digits_at(s, &hour), n;
	bool seconds = false;
	if (at < 1 || at > 2 || at >= s.len || !s.ptr[at] || !strchr(":.h", s.ptr[at]))
		return 0;
	char sign = s.ptr[at++];
	if (digits_at(skip(s, at), &minute) != 2)
		return 0;
	at += 2;
	if (at < s.len && s.ptr[at] == sign && (n = digits_at(skip(s, at + 1), &second)) == 2) {
		seconds = true;
		at += 3;
	}
	aur_str half = rd_label_trim(skip(s, at));
	bool pm = half.len && tolower((unsigned char)half.ptr[0]) == 'p', am = half.len && tolower((unsigned char)half.ptr[0]) == 'a';
	size_t h = 1;
	h += h < half.len && half.ptr[h] == '.';
	h += h < half.len && half.ptr[h] == ' ';
	if ((pm || am) && h < half.len && tolower((unsigned char)half.ptr[h]) == 'm') {
		h++;
		h += h < half.len && half.ptr[h] == '.';
		at = (size_t)(half.ptr - s.ptr) + h;
		hour = hour % 12 + (pm ? 12 : 0);
	}
	if (hour > 23 || minute > 59 || second > 59)
		return 0;
	if (seconds)
		snprintf(out, 12, "%02u:%02u:%02u", hour, minute, second);
	else
		snprintf(out, 12, "%02u:%02u", hour, minute);
	return at;
}

/* Skips what separates date and time: « , », « à », or only spaces. */
static aur_str to_time(aur_str s)
{
	static const char *const words[] = {"à ", "at "};
	s = rd_label_trim(s);
	if (s.len && s.ptr[0] == ',')
		s = rd_label_trim(skip(s, 1));
	for (unsigned i = 0; i < 2; i++)
		if (s.len > strlen(words[i]) && memcmp(s.ptr, words[i], strlen(words[i])) == 0)
			return rd_label_trim(skip(s, strlen(words[i])));
	return s;
}

/* Splits off who wrote: « Marie: oui »; « ~ Marie » is not in the exporter's address book.  A notice may have a colon within quotes. */
static void name_of(aur_str s, chat_head *h)
{
	const char *colon = memchr(s.ptr, ':', s.len < NAME_MAX_BYTES ? s.len : NAME_MAX_BYTES);
	h->name = rd_str(s.ptr, 0);
	h->text = s;
	if (!colon || (colon + 1 < s.ptr + s.len && colon[1] != ' ' && colon[1] != '\n' && colon[1] != '\r'))
		return;
	aur_str name = trimmed(rd_str(s.ptr, (size_t)(colon - s.ptr)));
	if (name.len && name.ptr[0] == '~')
		name = trimmed(skip(name, 1));
	while (name.len >= 3 && mark_at(skip(name, name.len - 3)))
		name = rd_label_trim(rd_str(name.ptr, name.len - 3));
	for (size_t i = 0; i < name.len; i++)
		if (name.ptr[i] == '"' || (i + 1 < name.len && memcmp(name.ptr + i, "«", 2) == 0) ||
		    (i + 2 < name.len && memcmp(name.ptr + i, "“", 3) == 0))
			return;
	if (!name.len)
		return;
	h->name = name;
	s = skip(s, (size_t)(colon - s.ptr) + 1);
	h->text = s.len && s.ptr[0] == ' ' ? skip(s, 1) : s;
}

bool chat_head_of(aur_str line, chat_head *h)
{
	aur_str s = line;
	for (size_t n; (n = mark_at(s));)
		s = skip(s, n);
	bool bracket = s.len && s.ptr[0] == '[';
	if (bracket)
		s = skip(s, 1);
	size_t n = date_at(s);
	h->date = rd_str(s.ptr, n);
	if (!n)
		return false;
	s = to_time(skip(s, n));
	if (!(n = time_at(s, h->time)))
		return false;
	s = rd_label_trim(skip(s, n));
	if (bracket ? !s.len || s.ptr[0] != ']' : s.len < 2 || s.ptr[0] != '-' || s.ptr[1] != ' ')
		return false;
	s = skip(s, 1);
	while (s.len && s.ptr[0] == ' ')
		s = skip(s, 1);
	name_of(s, h);
	return true;
}

static bool begins(aur_str s, const char *what)
{
	return s.len >= strlen(what) && memcmp(s.ptr, what, strlen(what)) == 0;
}

static bool ends(aur_str s, const char *what)
{
	return s.len >= strlen(what) && memcmp(s.ptr + s.len - strlen(what), what, strlen(what)) == 0;
}

bool chat_is_no_text(aur_str text)
{
	static const char *const first[] = {"Ce message a été supprimé", "Vous avez supprimé ce message", "This message was deleted",
	                                    "You deleted this message"};
	static const char *const last[] = {"(fichier joint)", "(file attached)"};
	aur_str s = rd_label_trim(text);
	if (!s.len || mark_at(s)) /* on iPhones a notice begins with such a mark */
		return true;
	if (memchr(s.ptr, '\n', s.len))
		return false;
	if (s.ptr[0] == '<' && s.ptr[s.len - 1] == '>')
		return true;
	for (unsigned i = 0; i < 4; i++)
		if (begins(s, first[i]) && s.len <= strlen(first[i]) + 1)
			return true;
	return ends(s, last[0]) || ends(s, last[1]) || (s.len == 4 && memcmp(s.ptr, "null", 4) == 0);
}

aur_str chat_text(aur_str text)
{
	static const char *const added[] = {"<Ce message a été modifié>", "<This message was edited>"};
	aur_str s = rd_label_trim(text);
	const char *stop = memchr(s.ptr, '\n', s.len);
	if (stop && chat_is_no_text(rd_str(s.ptr, (size_t)(stop - s.ptr)))) /* a picture, with text written below it */
		s = rd_label_trim(skip(s, (size_t)(stop - s.ptr)));
	for (unsigned i = 0; i < 2; i++)
		if (ends(s, added[i])) {
			s = rd_label_trim(rd_str(s.ptr, s.len - strlen(added[i])));
			while (s.len >= 3 && mark_at(skip(s, s.len - 3)))
				s = rd_label_trim(rd_str(s.ptr, s.len - 3));
		}
	return s;
}
