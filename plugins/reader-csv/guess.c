/* SPDX-License-Identifier: Apache-2.0 */
/* Guesses separator, line ends and header rows from the first records.  The separator is the one with which the records agree best
 * on their number of fields, not the most frequent one. */
#include <ctype.h>
#include "csv.h"

/* Old programs end rows with CR alone, and their quoted texts may contain LF: so only what is outside of quotes
 * counts. */
static unsigned char guess_newline(const char *p, size_t n)
{
	size_t cr = 0, lf = 0;
	bool quoted = false;
	if (!memchr(p, '\r', n))
		return '\n';
	for (size_t i = 0; i < n && (cr || !lf); i++) {
		bool alone = p[i] == '\r' && (i + 1 == n || p[i + 1] != '\n');
		quoted ^= p[i] == '"';
		lf += p[i] == '\n' && !quoted;
		cr += alone && !quoted;
	}
	return cr > lf || !memchr(p, '\n', n) ? '\r' : '\n';
}

static size_t guess_label(const csv_record *r, const char *p, uint32_t i, char out[RD_NAME_MAX])
{
	return rd_name_fold(p + r->f[i].start, r->f[i].end - r->f[i].start, out);
}

/* Header cells of survey tools, folded.  A row that has three of them is the row of names. */
/* clang-format off */
static const char *const framaforms[] = {
    "numero", "sid", "heure-de-soumission", "termine-a", "modifie", "modifie-a", "brouillon", "adresse-ip",
    "uid", "nom-d-utilisateur", "serial", "submitted-time", "completed-time", "modified-time", "draft",
    "ip-address", "username", NULL};
static const char *const limesurvey[] = {
    "id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp", "ipaddr", "refurl",
    "id-de-la-reponse", "date-de-soumission", "derniere-page", "langue-de-depart", "tete-de-serie",
    "response-id", "date-submitted", "last-page", "start-language", NULL};
static const char *const grand_debat[] = {
    "reference", "createdat", "publishedat", "trashed", "authorid", "authortype", "authorzipcode", NULL};
static const char *const decidim[] = {
    "body-fr", "body", "title-fr", "category-name-fr", "scope-name-fr", "published_at",
    "participatory_space-url", "published-at", "supports", NULL};
/* clang-format on */

size_t csv_code(const char *p, size_t n)
{
	size_t k = 0;
	while (k < n && (isalnum((unsigned char)p[k]) || (k && p[k] == '_')))
		k++;
	while (k && k < n && p[k] == '[') { /* a question below another one */
		const char *close = memchr(p + k, ']', n - k);
		if (!close)
			return 0;
		k = (size_t)(close - p) + 1;
	}
	return k && k + 2 < n && p[k] == '.' && p[k + 1] == ' ' && isalpha((unsigned char)*p) ? k : 0;
}

static uint32_t guess_count(const csv_record *r, const char *p, const char *const *names)
{
	uint32_t hits = 0;
	for (uint32_t i = 0; i < r->n && i < CSV_MAX_COLUMNS; i++) {
		char name[RD_NAME_MAX];
		const char *cell = p + r->f[i].start;
		size_t code = names == limesurvey ? csv_code(cell, r->f[i].end - r->f[i].start) : 0;
		if (code)
			rd_name_fold(cell, code, name);
		else
			guess_label(r, p, i, name);
		for (const char *const *w = names; *w; w++)
			hits += strcmp(name, *w) == 0;
	}
	return hits;
}

static uint32_t guess_known(const csv_record *r, const char *p)
{
	uint32_t hits = 0;
	for (uint32_t i = 0; i < r->n && i < CSV_MAX_COLUMNS; i++) {
		char name[RD_NAME_MAX];
		guess_label(r, p, i, name);
		hits += rd_name_role(name) != RD_FIELD;
	}
	return hits;
}

/* Is it a number or a date?  Then it is not the name of a column. */
static bool guess_is_datum(const char *p, size_t n)
{
	size_t digits = 0;
	for (size_t i = 0; i < n; i++) {
		if (p[i] >= '0' && p[i] <= '9')
			digits++;
		else if (!strchr("-/.,: T", p[i]) || !p[i])
			return false;
	}
	return digits > 0;
}

static bool guess_is_data(const csv_record *r, const char *p)
{
	for (uint32_t i = 0; i < r->n && i < CSV_MAX_COLUMNS; i++)
		if (guess_is_datum(p + r->f[i].start, r->f[i].end - r->f[i].start))
			return true;
	return false;
}

typedef struct tally {
	uint32_t records, mode, agree, known, first;
	int score;
} tally;

/* How well the sample agrees with a separator. */
static void guess_try(const csv_dialect *d, const char *p, size_t n, bool eof, csv_record *r, tally *t)
{
	uint32_t counts[CSV_SAMPLE];
	uint32_t header[4] = {0, 0, 0, 0};
	memset(t, 0, sizeof *t);
	while (t->records < CSV_SAMPLE) {
		csv_found f = csv_scan(d, p, n, eof, r);
		size_t step = r->len;
		if (f == CSV_END || f == CSV_MORE)
			break;
		if (f == CSV_QUOTE) {
			if (!(step = csv_line(d, p, n, eof)))
				break;
			if (t->records == 0)
				t->first = 2; /* a damaged first row must not reject the separator */
			counts[t->records++] = 0;
		} else if (r->n > 1 || r->f[0].end > r->f[0].start) { /* blank lines do not count */
			if (t->records == 0)
				t->first = r->n;
			if (t->records < 4)
				header[t->records] = guess_known(r, p);
			counts[t->records++] = r->n;
		}
		p += step;
		n -= step;
	}
	for (uint32_t i = 0; i < t->records; i++) {
		uint32_t same = 0;
		for (uint32_t j = 0; j < t->records; j++)
			same += counts[j] == counts[i];
		if (counts[i] && (same > t->agree || (same == t->agree && counts[i] > t->mode))) {
			t->agree = same;
			t->mode = counts[i];
		}
	}
	/* With very few records the header decides. */
	for (uint32_t i = 0; i < 4 && i < t->records; i++)
		if (header[i] > t->known && (counts[i] == t->mode || t->records <= 3)) {
			t->known = header[i];
			t->mode = counts[i];
			t->agree = 0;
			for (uint32_t j = 0; j < t->records; j++)
				t->agree += counts[j] == t->mode;
		}
	if (t->mode >= 2 && t->first >= 2)
		t->score = (int)(t->agree * 1000 / t->records) + (t->first == t->mode ? 300 : 0) + (t->known ? 500 : 0);
}

/* Is it a header, however few rows have as many fields?  It needs four names or more, none with a space beside its
 * separator, as a sentence would have.  Commas are typed without a space in haste too (« bus,train,tram,vélo »), so
 * with commas it needs six. */
static bool guess_is_header(const csv_record *r, const char *p, unsigned char sep)
{
	uint32_t names = 0;
	for (uint32_t i = 0; i < r->n && i < CSV_MAX_COLUMNS; i++) {
		size_t n = r->f[i].end - r->f[i].start;
		const char *v = p + r->f[i].start;
		if (n && (v[0] == ' ' || v[n - 1] == ' ' || guess_is_datum(v, n)))
			return false;
		names += n > 0;
	}
	return names >= (sep == ',' ? 6 : 4);
}

/* The title of a spreadsheet: the only cell of a row of three columns or more. */
static bool guess_is_title(const csv_record *r)
{
	uint32_t filled = 0;
	for (uint32_t i = 0; i < r->n && i < CSV_MAX_COLUMNS; i++)
		filled += r->f[i].start < r->f[i].end;
	return r->n >= 3 && filled <= 1;
}

static uint32_t guess_header_rows(const char *p, size_t n, bool eof, csv_layout *out, csv_record *r)
{
	uint32_t row = 0, rows = 1, titles = 0;
	bool data = false;
	while (row < 8) {
		if (csv_scan(&out->d, p, n, eof, r) != CSV_RECORD)
			break;
		if (r->n == 1 && r->f[0].start == r->f[0].end && out->d.sep != out->d.newline) {
			p += r->len; /* a blank line, which is no row */
			n -= r->len;
			continue;
		}
		uint32_t known = guess_known(r, p);
		titles += titles == row && !known && guess_is_title(r);
		if (row < 4 && guess_count(r, p, framaforms) >= 3) {
			out->flavour = "Framaforms";
			out->known = known;
			return row + 1;
		}
		if (row < 2 && guess_count(r, p, limesurvey) >= 3) {
			/* A VV file: the questions, then their codes. */
			out->flavour = "LimeSurvey";
			rows = row + 1;
			out->known = known ? known : 1;
		}
		if (row == 0) {
			if (guess_count(r, p, grand_debat) >= 3)
				out->flavour = "Grand débat";
			else if (guess_count(r, p, decidim) >= 2)
				out->flavour = "Decidim";
			data = !known && !out->flavour && guess_is_data(r, p);
			if (!out->known)
				out->known = known;
		}
		p += r->len;
		n -= r->len;
		row++;
	}
	if (titles && titles < row && rows == 1)
		return titles + 1;
	return data && rows == 1 ? 0 : rows;
}

bool csv_guess(const char *p, size_t n, bool eof, int sep, int header_rows, csv_layout *out, csv_record *r)
{
	memset(out, 0, sizeof *out);
	out->d.newline = guess_newline(p, n);
	out->d.quotes = true;
	/* Excel gives its separator on a line of its own. */
	size_t at = n > 5 && p[0] == '"' ? 1 : 0;
	if (n > 5 && (memcmp(p + at, "sep=", 4) == 0 || memcmp(p + at, "SEP=", 4) == 0)) {
		size_t line = csv_line(&out->d, p, n, eof);
		if (line >= at + 6 && line <= at + 8) {
			if (sep < 0)
				sep = (unsigned char)p[at + 4];
			out->skip = (uint32_t)line;
			out->skip_lines = 1;
			p += line;
			n -= line;
		}
	}
	tally best, t;
	memset(&best, 0, sizeof best);
	if (sep >= 0) {
		out->d.sep = (unsigned char)sep;
		guess_try(&out->d, p, n, eof, r, &best);
	} else {
		static const unsigned char candidates[] = {';', '\t', ',', '|'};
		out->d.sep = out->d.newline;
		for (unsigned k = 0; k < sizeof candidates; k++) {
			csv_dialect d = out->d;
			d.sep = candidates[k];
			guess_try(&d, p, n, eof, r, &t);
			/* At least half of the sample must agree, or the header must be known. */
			if (t.score > best.score && (t.agree * 2 >= t.records || t.known)) {
				best = t;
				out->d.sep = d.sep;
			}
		}
		/* rows whose texts contain unquoted separators: refuse each of them with the reason, rather than read all as one column */
		for (unsigned k = 0; k < sizeof candidates && !best.score; k++) {
			csv_dialect d = out->d;
			d.sep = candidates[k];
			if (csv_scan(&d, p, n, eof, r) != CSV_RECORD || !guess_is_header(r, p, d.sep))
				continue;
			guess_try(&d, p, n, eof, r, &best);
			best.score = 1;
			out->d.sep = d.sep;
		}
		csv_dialect one = out->d;
		one.sep = one.newline;
		guess_try(&one, p, n, eof, r, &t);
		if (!best.score || (t.known && !best.known)) {
			best = t;
			out->d.sep = one.sep;
		}
	}
	out->records = best.records;
	out->consistent = best.agree;
	out->known = best.known;
	out->header_rows = header_rows >= 0 ? (uint32_t)header_rows : guess_header_rows(p, n, eof, out, r);
	return best.records > 0;
}
