/* SPDX-License-Identifier: Apache-2.0 */
/* The reader of transcripts: reader.c, the component; heads.c, the line that says who speaks and when; tags.c, a line of
 * subtitles without its tags; speakers.c, who speaks in a file, and who of them asks; turns.c, what one of them says until
 * another one does; cues.c, subtitles; marks.c, what stands among the words and was not said. */
#ifndef TRANSCRIPT_H
#define TRANSCRIPT_H
#include "../common/rd.h"

enum { SPEAKERS_MAX = 512, NOBODY = 0 }; /* NOBODY: whose name is not said */

/* ---- heads.c ---------------------------------------------------------------------------------------------------- */

typedef enum head_kind {
	HEAD_NONE,
	HEAD_TIME,   /* a time, then words or nothing, and nobody's name */
	HEAD_STRONG, /* somebody with a time, as no sentence has it */
	HEAD_COLON,  /* « Marie : », which a sentence may begin with as well */
	HEAD_WEAK    /* a time and words that may be a name */
} head_kind;

typedef struct head_line {
	head_kind kind;
	aur_str label, rest; /* who; the words behind it */
	aur_str words;       /* what the line says where the label is none: without a time at its start that is sure */
	bool bracket, alone; /* the time stood in brackets, or was two; nothing follows it, or the label */
	uint32_t from, to;   /* milliseconds; to 0: not said */
	bool timed, chat;    /* « From Marie : » */
	bool full;           /* hours, minutes and seconds */
} head_line;

/* after_time: the line above was a time and nothing else. */
head_line head_look(aur_str line, bool after_time);
/* « 00:00:03.000 --> 00:00:05.000 line:0 » */
bool head_cue(aur_str line, uint32_t *from, uint32_t *to);

/* ---- tags.c ----------------------------------------------------------------------------------------------------- */

/* Words of a cue up to the next tag that says who speaks, without tags, entities read: *at moves on.  *voice: who; its
 * ptr NULL: nothing is said. */
bool cue_plain(rd_buf *out, aur_str line, size_t *at, aur_str *voice);
/* Nothing but digits, as the number of a cue is. */
bool cue_digits(aur_str s);

/* ---- speakers.c ------------------------------------------------------------------------------------------------- */

typedef enum label_kind { LABEL_OTHER, LABEL_SPEAKER, LABEL_MACHINE, LABEL_ASKS, LABEL_LETTER } label_kind;

typedef struct speaker {
	char name[RD_NAME_MAX]; /* folded; "": nobody is said */
	char label[64];         /* as it was first written */
	label_kind kind;
	uint32_t strong, colon, weak; /* heads of each kind, as far as the file was looked at */
	uint32_t questions;           /* lines with a question mark */
	uint32_t number;              /* in this file, from 1; 0: nothing of hers was given */
	uint32_t turns, left_out;
} speaker;

typedef struct speakers {
	speaker *v;
	uint32_t n;
	/* what the first look at a file shows */
	uint32_t lines, times, alone, weak, below, chats, stamps, cues,
	    rolls;                /* below: lines without a time or a label */
	bool tags, captions;      /* <v Marie>; it is subtitles */
	bool timed, named, every; /* heads have times; somebody is named at all; in nearly every cue */
	bool people;              /* the labels are names, not « Rép. » */
	bool single;              /* one alone is named: a microphone for all of them */
	uint32_t heads;           /* words and a colon that may be labels */
} speakers;

bool speakers_look(speakers *s, const char *p, size_t n);
void speakers_free(speakers *s);
/* How sure the look makes that it is a transcript, 0 to 100. */
int32_t speakers_sure(const speakers *s);
/* The one of that label, made where there is none and `make`; UINT32_MAX: none (or no room). */
uint32_t speakers_find(speakers *s, aur_str label, bool make);
/* Is the head what it looks like?  Who it is, or UINT32_MAX. */
uint32_t speakers_head(const speakers *s, const head_line *h);
/* Does she ask the questions? */
bool speakers_asks(const speakers *s, uint32_t who);

/* ---- turns.c ---------------------------------------------------------------------------------------------------- */

typedef struct turn {
	rd_buf text;
	uint32_t who, line, from;
	bool timed, too_long;
} turn;

enum { WHO_FILE, WHO_LABEL, WHO_NO };

typedef struct tr_conf {
	const char *encoding;
	int who; /* WHO_* */
	bool session, date, marks, asked_none;
	const char *asked[32]; /* who asks, by what the person says */
	uint32_t asked_count;
} tr_conf;

typedef struct tr_state {
	rd_lines lines;
	const tr_conf *conf;
	speakers speakers;
	rd_buf file, session; /* before the number of a speaker; of all that it gives */
	char date[48];        /* in the name of the file; empty: none */
	uint32_t session_field, speaker_field, time_field, date_field;
	turn now, *ready; /* at hand; whole, in order */
	uint32_t ready_count, ready_cap, ready_next;
	uint32_t who;      /* who speaks in subtitles until another one does */
	uint32_t last_end; /* of the cue before */
	uint32_t numbers;  /* of who speaks, given so far */
	uint32_t before, marked, repaired, rolled;
	char mark[64]; /* the first that was left out */
	bool started, after_time, in_cue, in_note, ended, opened;
	uint32_t cue_from, cue_lines;
	bool asked_met[32];
	rd_buf held, last,
	    above; /* a line that may be the number of a cue; the last line of this cue, and of the one above */
	bool held_any;
} tr_state;

/* Words of somebody go to the turn at hand, or to a new one.  False: no memory. */
bool turn_add(tr_state *s, uint32_t who, aur_str words, bool space, uint32_t line, bool timed, uint32_t from);
/* The turn at hand is whole. */
bool turn_end(tr_state *s);
/* Where nobody is told apart, a turn is as much as ends with a sentence. */
bool turn_sentence(tr_state *s);
/* Gives the next turn that is whole.  AUR_END: there is none. */
aur_status turn_give(tr_state *s, aur_record_sink *o);
void turn_tell(tr_state *s, aur_record_sink *o);
/* A line of a transcript, a line of subtitles; line.len counts its end as well in the first.  False: no memory. */
bool turn_line(tr_state *s, aur_str line, aur_str whole);
bool cue_line(tr_state *s, aur_str line);
bool cue_end(tr_state *s);

/* ---- marks.c ---------------------------------------------------------------------------------------------------- */

/* Takes out what was not said: « (rires) », « [00:01:12] », « #00:00:15-8# ». */
void marks_take(rd_buf *text, uint32_t *count, char first[64]);
#endif
