/* SPDX-License-Identifier: Apache-2.0 */
/* Counts of a question, whole or by one or two fields, each with its denominators.  Contributions without the field are a row of
 * their own (part 0).  Denominators are of the whole part, whatever the question: contributions in use, and words (tokens that are
 * not punctuation).  Per 10,000 words: 1e4 * occurrences / words; percent: 100 * contributions / all_contributions. */
#ifndef AUR_QUERY_COUNTS_H
#define AUR_QUERY_COUNTS_H
#include "query/query.h"

typedef struct aur_count_cell {
	uint32_t part[2]; /* of the fields: aur_by_text says what they are called; 0: without */
	uint64_t contributions, occurrences;
	uint64_t all_contributions, all_words;
} aur_count_cell;

/* A field that is split by: each of its values is a part, or all dates of a day, month or year are.  Parts have numbers, 0 being that of what has no
 * value: those of values, or of dates 1, 2… in their order. */
typedef struct aur_by {
	uint32_t field;
	size_t cut;                    /* 10, 7 or 4 bytes of a date; 0: values as they stand */
	uint32_t parts;                /* of dates: how many */
	const uint32_t *group, *first; /* by value: its part; by part: its first value.  NULL: values as they stand.  They live as long as the search */
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
	/* Rows in the order of the parts (aur_value_order) of the first field, then of the second; part 0 last.  By one field: each part that a
	 * contribution in use is of.  By two: each pair of such parts, also those that no contribution is of, as zeros. */
	uint32_t n;
	const aur_count_cell *cell;
} aur_counts;

enum {
	AUR_COUNT_OCCURRENCES = 1, /* fill in occurrences */
	AUR_COUNT_ALL = 2          /* fill in denominators, and rows where nothing matches */
};
/* The numbers of a field's values, aur_snapshot_value_count of them, as a person looks for them: case and accents aside, numbers by their size
 * (aur_text_sort_key), then byte by byte. */
void aur_value_order(aur_snapshot *s, uint32_t field, uint32_t *value);
/* nfields 0 to 2.  Lives until the next call. */
aur_code aur_query_counts(aur_search *s, aur_query *q, const aur_by *by, uint32_t nfields, unsigned flags, aur_counts *out,
			  aur_error *err);
/* "session,date:month" -> fields; an unknown one is an error that names the nearest.  A plain `date` is by day: the time at which a form was sent is no
 * part of it. */
aur_code aur_query_fields(aur_search *s, const char *text, aur_by by[2], uint32_t *n, aur_error *err);
/* A value of a field, case and accents aside -> the number of its part; one that no contribution has is an error that names the nearest. */
aur_code aur_query_value(aur_search *s, const aur_by *by, const char *text, uint32_t *part, aur_error *err);
#endif
