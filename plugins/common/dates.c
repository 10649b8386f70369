/* SPDX-License-Identifier: Apache-2.0 */
/* Dates as people and French spreadsheets write them, rewritten as queries and reports need them: 2025, 2025-04 or 2025-04-22.
 * What could be two dates, or is not a date, stays as it is written, and the person is told how many there are. */
#include <stdio.h>
#include "rd.h"

enum { FIRST_YEAR = 1000 }; /* 22/04/0025 is a typing error */

static size_t date_number(const char *v, size_t n, size_t at, size_t max, unsigned *out)
{
	size_t k = 0;
	*out = 0;
	while (k < max && at + k < n && v[at + k] >= '0' && v[at + k] <= '9')
		*out = *out * 10 + (unsigned)(v[at + k++] - '0');
	return k;
}

static bool date_exists(unsigned year, unsigned month, unsigned day)
{
	static const uint8_t days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] &&
	       !(month == 2 && day == 29 && (year % 4 != 0 || (year % 100 == 0 && year % 400 != 0)));
}

/* The century of a year of two digits, as POSIX has it: 25 is 2025, 98 is 1998. */
static unsigned date_century(unsigned year, size_t digits)
{
	return digits == 2 ? year + (year < 69 ? 2000 : 1900) : year;
}

static size_t date_put(char out[48], unsigned year, unsigned month, unsigned day, const char *tail, size_t n)
{
	if (year < FIRST_YEAR || (day ? !date_exists(year, month, day) : month < 1 || month > 12))
		return 0;
	int k = day ? snprintf(out, 48, "%04u-%02u-%02u%.*s", year, month, day, (int)n, tail)
	            : snprintf(out, 48, "%04u-%02u", year, month);
	return (size_t)k;
}

/* Index of the word that p is, or is the beginning of, with at least three letters (« avr », « sept »); -1: none. */
static int date_word(const char *p, size_t n, const char *const *words, int count)
{
	for (int i = 0; i < count; i++)
		if (n >= 3 && strncmp(words[i], p, n) == 0)
			return i;
	return -1;
}

/* 22 avril 2025, le mardi 1er avril 2025, avril 2025, 22-avr.-25, avr-25 */
static size_t date_named(const char *v, size_t n, char out[48])
{
	static const char *const months[] = {"janvier", "fevrier", "mars",      "avril",   "mai",      "juin",
	                                     "juillet", "aout",    "septembre", "octobre", "novembre", "decembre"};
	static const char *const week[] = {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"};
	char name[RD_NAME_MAX];
	const char *part[5];
	size_t len[5], k = 0, i = 0;
	rd_name_fold(v, n, name);
	for (const char *p = strncmp(name, "le-", 3) == 0 ? name + 3 : name; *p && k < 5; k++) {
		part[k] = p;
		len[k] = strcspn(p, "-");
		p += len[k] + (p[len[k]] == '-');
	}
	if (k < 2 || k > 4)
		return 0;
	unsigned day = 0, year;
	if (k == 4 && date_word(part[0], len[0], week, 7) >= 0)
		i = 1;
	if (k - i == 3) {
		size_t digits = date_number(part[i], len[i], 0, 2, &day);
		if (!day || (len[i] != digits && !(day == 1 && len[i] == digits + 2 && !strncmp(part[i] + digits, "er", 2))))
			return 0;
		i++;
	}
	if (k - i != 2)
		return 0;
	int month = date_word(part[i], len[i], months, 12);
	size_t digits = date_number(part[i + 1], len[i + 1], 0, 4, &year);
	/* "jui" could be June or July */
	if (month < 0 || digits != len[i + 1] || (digits != 2 && digits != 4) || (len[i] == 3 && !strncmp(part[i], "jui", 3)))
		return 0;
	return date_put(out, date_century(year, digits), (unsigned)month + 1, day, "", 0);
}

size_t rd_date_iso(const char *v, size_t n, rd_date_order order, char out[48])
{
	unsigned a, b, year;
	size_t k, at, digits;
	if (n > 32 || !n)
		return 0;
	if (!(at = date_number(v, n, 0, 4, &a)))
		return date_named(v, n, out);
	if (at == 4 && n == 8 && date_number(v, n, 4, 4, &b) == 4) /* 20250422 */
		return a < 1900 ? 0 : date_put(out, a, b / 100, b % 100 ? b % 100 : 32, "", 0);
	if (at >= n || !memchr("/-.", v[at], 3))
		return at <= 2 ? date_named(v, n, out) : 0;
	char sep = v[at++];
	if (!(k = date_number(v, n, at, 4, &b)))
		return at <= 3 ? date_named(v, n, out) : 0;
	if (at == 5 && sep != '-' && k <= 2) { /* 2025/04/22, 2025/04, 2025/04/22 2:02:11 PM UTC+1 */
		if ((at += k) == n)
			return date_put(out, a, b, 0, "", 0);
		k = v[at] == sep ? date_number(v, n, at + 1, 2, &year) : 0;
		at += 1 + k;
		return k && (at == n || v[at] == ' ' || v[at] == 'T') ? date_put(out, a, b, year ? year : 32, v + at, n - at) : 0;
	}
	if (at > 3)
		return 0;
	if (k == 4) /* 04/2025 */
		return at + k == n ? date_put(out, b, a, 0, "", 0) : 0;
	at += k;
	if (k > 2 || at >= n || v[at++] != sep)
		return 0;
	digits = date_number(v, n, at, 4, &year);
	at += digits;
	if ((digits != 4 && digits != 2) || (at < n && v[at] != ' ' && v[at] != 'T'))
		return 0;
	unsigned day = order == RD_DATE_DMY ? a : b, month = order == RD_DATE_DMY ? b : a;
	return date_put(out, date_century(year, digits), month, day ? day : 32, v + at, n - at);
}

bool rd_date_plain(const char *v, size_t n)
{
	unsigned year, month, day;
	if (date_number(v, n, 0, 5, &year) != 4 || year < FIRST_YEAR)
		return false;
	if (n == 4)
		return true;
	if (v[4] != '-' || date_number(v, n, 5, 3, &month) != 2 || month < 1 || month > 12)
		return false;
	if (n == 7)
		return true;
	return v[7] == '-' && date_number(v, n, 8, 3, &day) == 2 && date_exists(year, month, day) &&
	       (n == 10 || v[10] == ' ' || v[10] == 'T');
}

aur_str rd_date(rd_dates *d, aur_str v, uint32_t line, char iso[48])
{
	if (rd_date_plain(v.ptr, v.len))
		return v;
	size_t n = rd_date_iso(v.ptr, v.len, d->order, iso);
	if (n) {
		if (!*d->from && v.len < sizeof d->from) {
			memcpy(d->from, v.ptr, v.len);
			memcpy(d->to, iso, n);
		}
		return rd_str(iso, n);
	}
	if (d->kept++ == 0) {
		size_t cut = v.len < sizeof d->first ? v.len : rd_utf8_valid(v.ptr, sizeof d->first - 1);
		memcpy(d->first, v.ptr, cut);
		d->line = line;
	}
	return v;
}

void rd_dates_tell(const rd_dates *d, const aur_host *h, aur_record_sink *o)
{
	if (*d->from && !d->said)
		rd_note(h, o, _("dates are made comparable: %s is read as %s"), d->from, d->to);
	if (d->kept && strspn(d->first, "0123456789") == 5 && (!d->first[5] || strchr(",.", d->first[5])))
		rd_note(h, o,
		        _("dates that could not be read, kept as they are written: %u, the first « %s » on line %u, which is how a spreadsheet counts days; "
		          "a query such as date:2025 does not find them: give their column the format of a date there, and save it again"),
		        d->kept, d->first, d->line);
	else if (d->kept)
		rd_note(h, o,
		        _("dates that could not be read, kept as they are written: %u, the first « %s » on line %u; a query such as "
		          "date:2025 does not find them: write them as 22/04/2025, 2025-04-22, 04/2025, avril 2025 or 2025"),
		        d->kept, d->first, d->line);
}
