/* SPDX-License-Identifier: Apache-2.0 */
/* What the ledger needs to know of a corpus, and nothing else: plain arrays that an adapter fills from the index (or a
 * test from a file).  Strings are borrowed and live as long as the input; none is NULL where its length is above 0.
 * Nothing here names a language, a theme or a category: what is a stance, a finger, a consent was decided by the
 * pipeline's configuration. */
#ifndef AUR_IRRITANTS_INPUT_H
#define AUR_IRRITANTS_INPUT_H
#include <stdbool.h>
#include <stdint.h>
#include <auricule/plugin.h>
#include "base/error.h"
#include "base/str.h"

#define AUR_IN_ABSENT UINT32_MAX /* an index that was not given */

/* Read off the category of the activity, never off the words. */
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
	bool several[3]; /* of territory, kind and wave it has none, as its contributions say several */
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
	uint32_t expr;       /* what was found there, as written (see aur_input.exprs) */
	uint32_t start, end; /* bytes of the text */
	aur_polarity polarity;
} aur_in_hit;

typedef struct aur_in_contribution {
	uint32_t session;  /* index, or AUR_IN_ABSENT */
	uint32_t speaker;  /* 0 .. speaker_count-1, or AUR_IN_ABSENT: counts as a person of its own */
	uint32_t role;     /* index, or AUR_IN_ABSENT */
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
	uint32_t parent; /* index of the theme that it is part of, before it in the array; or AUR_IN_ABSENT */
} aur_in_theme;

#define AUR_IN_SEEN 8
/* A word of what no theme caught: k of its F occurrences stand there, and Lafon's specificity of that.  Most specific first. */
typedef struct aur_in_word {
	aur_str form;
	uint64_t k, F;
	uint32_t speakers;
	uint32_t seen[AUR_IN_SEEN]; /* a contribution that has it of each of the first speakers */
	double S;
} aur_in_word;

/* What made the figures: "corpus", "lexicon", "plugin", "engine", "input" of the corpus that was read. */
typedef struct aur_in_fingerprint {
	aur_str kind, name, version, digest;
} aur_in_fingerprint;

typedef struct aur_input {
	aur_str title, licence, source;
	bool invented;            /* the corpus says that nobody said these words */
	aur_str speaker_field;    /* where pipeline.xml looks for who speaks, and for the stance; empty: nowhere */
	aur_str stance_field;
	aur_str stance_values; /* what one types there to keep, improve, get rid of: « a, b, c » */
	bool consent_all;         /* the corpus as a whole says that it may be quoted where a contribution is silent */
	aur_str consent_field, consent_odd; /* where one says that one may be quoted; an answer that is neither yes nor no: empty, there is none */
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
	const aur_str *exprs; /* distinct expressions found in hits: as written, with their accents, lower case */
	uint32_t expr_count;
	const aur_in_word *residue; /* vocabulary of the contributions without a theme; may be empty */
	uint32_t residue_count;
	uint64_t residue_tokens, tokens; /* its denominators: n and N */
	const aur_in_fingerprint *fingerprints;
	uint32_t fingerprint_count;
	/* For the proof of a page, in the language of `auricule search`: the field of each dimension (territory, kind, wave, role), and what finds the
	 * contributions of finger 1 .. 5; empty where there is none. */
	aur_str dim_field[4], finger_query[6];
	/* Contributions say something else there than their session does, by which the ledger places them: that field finds no part of the
	 * dimension.  Looked for where all is fingerprinted. */
	bool dim_apart[4];
	/* The id and the text of contribution i; *out lives until the next call of either. */
	aur_code (*id)(void *ctx, uint32_t i, aur_str *out, aur_error *e);
	aur_code (*text)(void *ctx, uint32_t i, aur_str *out, aur_error *e);
	void *ctx;
} aur_input;

/* Is theme t the root, or a part of it? */
static inline bool aur_in_below(const aur_input *in, uint32_t t, uint32_t root)
{
	while (t != AUR_IN_ABSENT && t != root)
		t = in->themes[t].parent;
	return t != AUR_IN_ABSENT;
}

/* AURE_BUG with a sentence where an index points out of its array or an enum out of its range. */
aur_code aur_input_check(const aur_input *in, aur_error *e);
#endif
