/* SPDX-License-Identifier: Apache-2.0 */
/* All that the ledger needs to know of a corpus: plain arrays that an adapter fills from the index (or a test from a file).  Strings
 * are borrowed and live as long as the input; ptr is not NULL where len is above 0.  Nothing here names a language, a theme or a
 * category: the pipeline's configuration has already decided what is a stance, a finger or a consent. */
#ifndef AUR_IRRITANTS_INPUT_H
#define AUR_IRRITANTS_INPUT_H
#include <stdbool.h>
#include <stdint.h>
#include <auricule/plugin.h>
#include "base/error.h"
#include "base/str.h"

#define AUR_IN_ABSENT UINT32_MAX /* an index that was not given */

/* Derived from the category of the activity, never from the words. */
typedef enum aur_in_stance {
	AUR_IN_UNSTRUCTURED = 0, /* no category, or one that takes no stance */
	AUR_IN_KEEP,
	AUR_IN_IMPROVE,
	AUR_IN_GETRID,
	AUR_IN_DEAR,
	AUR_IN_CREATE,
	AUR_IN_STANCES
} aur_in_stance;

typedef enum aur_in_status {
	AUR_IN_SAID = 0, /* somebody's own words */
	AUR_IN_SUMMED,   /* a facilitator's summary of what several said */
	AUR_IN_PRO,      /* a professional's */
	AUR_IN_STATUSES
} aur_in_status;

typedef enum aur_in_consent {
	AUR_IN_UNASKED = 0, /* no such field */
	AUR_IN_YES,
	AUR_IN_NO
} aur_in_consent;

typedef struct aur_in_session {
	aur_str id, title;
	aur_str date; /* ISO 8601, "2025-04-01"; empty = unknown */
	aur_str wave, place, territory, kind;
	bool several[3]; /* whether the session's territory, kind or wave is empty because its contributions disagree on it (in this order) */
	const int64_t *invited, *present; /* by role, as printed; -1 = not printed; NULL = none of them */
} aur_in_session;

/* A total as the source prints it, to be held against the sum of its parts. */
typedef struct aur_in_total {
	bool invited;     /* else present */
	uint32_t role;    /* AUR_IN_ABSENT = all roles together */
	uint32_t session; /* AUR_IN_ABSENT = all sessions together */
	int64_t value;
} aur_in_total;

typedef struct aur_in_hit {
	uint32_t theme;
	uint32_t expr;       /* the expression found there: index into aur_input.exprs */
	uint32_t start, end; /* bytes of the text, half-open */
	aur_polarity polarity;
} aur_in_hit;

typedef struct aur_in_contribution {
	uint32_t session;  /* index into sessions, or AUR_IN_ABSENT */
	uint32_t speaker;  /* 0 .. speaker_count-1, or AUR_IN_ABSENT: it then counts as a person of its own */
	uint32_t role;     /* index into roles, or AUR_IN_ABSENT */
	uint32_t tokens;   /* words, punctuation left out */
	uint32_t hit_count;
	size_t first_hit;  /* its hits are hits[first_hit .. first_hit+hit_count-1], in any order */
	uint64_t text_hash; /* equal texts have equal hashes; 0 = not known */
	uint8_t stance, status, consent;
	uint8_t finger;     /* 1 thumb .. 5 little finger where the activity is the hand (its stance is then KEEP .. CREATE, in
	                     * the same order), else 0 */
	bool non_answer;    /* "nothing to say": counted apart */
} aur_in_contribution;

typedef struct aur_in_theme {
	aur_str code, label, definition;
	aur_str lexicon, version;
	uint32_t parent; /* index of the theme that contains this one, which is lower; AUR_IN_ABSENT: none */
} aur_in_theme;

#define AUR_IN_SEEN 8
/* A word of the contributions that no theme caught.  k of its F occurrences in the corpus are in these; S is Lafon's
 * specificity of that k.  The array is sorted, most specific first. */
typedef struct aur_in_word {
	aur_str form;
	uint64_t k, F;
	uint32_t speakers;
	uint32_t seen[AUR_IN_SEEN]; /* for each of the first AUR_IN_SEEN speakers of the word, one contribution that has it */
	double S;
} aur_in_word;

/* What made the figures; kind is "corpus", "engine", "pipeline", "mask", "plugin" or "lexicon". */
typedef struct aur_in_fingerprint {
	aur_str kind, name, version, digest;
} aur_in_fingerprint;

typedef struct aur_input {
	aur_str title, licence, source;
	bool invented;            /* the corpus says that nobody said these words */
	aur_str speaker_field;    /* the field where pipeline.xml looks for the speaker; empty: none */
	aur_str stance_field; /* likewise for the stance */
	aur_str stance_values; /* the values that mean keep, improve and get rid of, to show to a person: « a, b, c » */
	bool consent_all;         /* the corpus as a whole may be quoted, so a contribution that says nothing may be too */
	aur_str consent_field, consent_odd; /* the field that says whether one may be quoted; the first answer found there that is neither yes nor no,
	                                     * empty: all could be read */
	const aur_in_session *sessions;
	uint32_t session_count;
	const aur_str *roles;
	uint32_t role_count;
	const aur_in_total *totals;
	uint32_t total_count;
	const aur_in_contribution *contributions;
	uint32_t contribution_count;
	uint32_t speaker_count;
	const aur_in_hit *hits;
	size_t hit_count;
	const aur_in_theme *themes;
	uint32_t theme_count;
	const aur_str *exprs; /* distinct expressions found in hits, in lower case, with their accents */
	uint32_t expr_count;
	const aur_in_word *residue; /* vocabulary of the contributions without a theme; may be empty */
	uint32_t residue_count;
	uint64_t residue_tokens, tokens; /* denominators of its specificities: n and N */
	const aur_in_fingerprint *fingerprints;
	uint32_t fingerprint_count;
	/* For the proof of a page, as queries of `auricule search`: the field of each dimension (territory, kind, wave, role), and
	 * a query for the contributions of finger 1 .. 5.  Empty where there is none. */
	aur_str dim_field[4], finger_query[6];
	/* By dimension: some contributions give another value than their session does.  The ledger places them by their session, so
	 * a search by that field would not find the same ones.  Computed only where everything is fingerprinted. */
	bool dim_apart[4];
	/* The id and the text of contribution i.  *out is valid until the next call of either. */
	aur_code (*id)(void *ctx, uint32_t i, aur_str *out, aur_error *e);
	aur_code (*text)(void *ctx, uint32_t i, aur_str *out, aur_error *e);
	void *ctx;
} aur_input;

/* Is theme t `root` itself, or one below it? */
static inline bool aur_in_below(const aur_input *in, uint32_t t, uint32_t root)
{
	while (t != AUR_IN_ABSENT && t != root)
		t = in->themes[t].parent;
	return t != AUR_IN_ABSENT;
}

/* Returns AURE_BUG with a sentence where an index is out of its array or an enum out of its range. */
aur_code aur_input_check(const aur_input *in, aur_error *e);
#endif
