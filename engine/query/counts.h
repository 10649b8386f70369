/* SPDX-License-Identifier: Apache-2.0 */
/* Counts of a query: in total, or split by one or two fields, each with its denominators.  Contributions without the field are a
 * row of their own (part 0).  Denominators are those of the whole part, independent of the query: contributions in use, and words
 * (tokens that are not punctuation).  Per 10,000 words: 1e4 * occurrences / words; percent: 100 * contributions /
 * all_contributions. */
#ifndef AUR_QUERY_COUNTS_H
#define AUR_QUERY_COUNTS_H
#include "query/query.h"

typedef struct aur_count_cell {
	uint32_t part[2]; /* a part of each field, named by aur_by_text; 0: without a value */
	uint64_t contributions, occurrences;
	uint64_t all_contributions, all_words;
} aur_count_cell;

/* A field to split by: each of its values is a part, or all dates in the same day, month or year are.  Parts are numbered: by the
 * value's number, or dates 1, 2… in order; 0 is for contributions without a value. */
typedef struct aur_by {
	uint32_t field;
	size_t cut;                    /* length in bytes to which dates are cut: 10, 7 or 4; 0: values are used as they are */
	uint32_t parts;                /* of dates: number of parts */
	const uint32_t *group, *first; /* group: part of each value; first: first value of each part.  NULL: values are used as they are.  Live as
	                                * long as the search */
} aur_by;
static inline uint32_t aur_by_part(const aur_by *by, uint32_t value)
{
	return by->group ? by->group[value] : value;
}
uint32_t aur_by_parts(aur_snapshot *s, const aur_by *by);
aur_str aur_by_text(aur_snapshot *s, const aur_by *by, uint32_t part);

typedef struct aur_counts {
	aur_count_cell total;
	uint32_t nfields;
	aur_by by[2];
	/* Rows are sorted by parts (aur_value_order) of the first field, then of the second; part 0 is last.  By one field: each
	 * part that some contribution in use has.  By two: each pair of such parts, with zeros for pairs that no contribution has. */
	uint32_t n;
	const aur_count_cell *cell;
} aur_counts;

enum {
	AUR_COUNT_OCCURRENCES = 1, /* fill in occurrences */
	AUR_COUNT_ALL = 2          /* fill in denominators, and rows without matches */
};
/* Sorts the numbers of a field's values (aur_snapshot_value_count of them) as a person would look for them: ignoring case and
 * accents, numbers by size (aur_text_sort_key), then bytewise. */
void aur_value_order(aur_snapshot *s, uint32_t field, uint32_t *value);
/* nfields: 0 to 2.  *out is valid until the next call. */
aur_code aur_query_counts(aur_search *s, aur_query *q, const aur_by *by, uint32_t nfields, unsigned flags, aur_counts *out,
			  aur_error *err);
/* Parses "session,date:month" into fields; for an unknown one the error names the nearest.  A plain `date` is by day: the time at
 * which a form was sent does not count. */
aur_code aur_query_fields(aur_search *s, const char *text, aur_by by[2], uint32_t *n, aur_error *err);
/* The part of a value, as a person types it (ignoring case and accents); if no contribution has it, the error names the nearest. */
aur_code aur_query_value(aur_search *s, const aur_by *by, const char *text, uint32_t *part, aur_error *err);
#endif
