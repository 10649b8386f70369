/* SPDX-License-Identifier: Apache-2.0 */
/* The reader of transcripts.  reader.c: the component; heads.c: lines that say who speaks and when; tags.c: a line of subtitles
 * without its tags; speakers.c: who speaks in a file, and which of them asks the questions; turns.c: what somebody says until
 * another one speaks; cues.c: subtitles; marks.c: what is among the words but was not said. */
#ifndef TRANSCRIPT_H
#define TRANSCRIPT_H
#include "../common/rd.h"

enum { SPEAKERS_MAX = 512, NOBODY = 0 }; /* NOBODY: a speaker without a name */

/* ---- heads.c ---------------------------------------------------------------------------------------------------- */

typedef enum head_kind {
	HEAD_NONE,
	HEAD_TIME,   /* a time, then words or nothing, but no name */
	HEAD_STRONG, /* a name with a time, in a form that no sentence has */
	HEAD_COLON,  /* « Marie : », with which a sentence may begin as well; « Marie<tab> » */
	HEAD_WEAK    /* a time, and words that may be a name */
} head_kind;

typedef struct head_line {
	head_kind kind;
	aur_str label, rest; /* who speaks; the words after that */
	aur_str words;       /* the text of the line if the label is not a speaker: without a time at its start, if that is certainly one */
	bool bracket, alone; /* the time was in brackets, or there were two times; nothing follows the time, or the label */
	uint32_t from, to;   /* milliseconds; to is 0 if not given */
	bool timed, chat;    /* has a time; comes from a chat, « From Marie : » */
	bool cell;           /* a tab stands between the name and the words */
	bool full;           /* the time has hours, minutes and seconds */
} head_line;

/* Analyses a line.  after_time: the line above was only a time. */
head_line head_look(aur_str line, bool after_time);
/* Parses the times of a cue, « 00:00:03.000 --> 00:00:05.000 line:0 »; false if it is another line. */
bool head_cue(aur_str line, uint32_t *from, uint32_t *to);

/* ---- tags.c ----------------------------------------------------------------------------------------------------- */

/* Appends the words of a cue up to the next tag that says who speaks, without tags and with entities decoded; moves *at on.
 * *voice: who speaks; its ptr is NULL if no tag says so.  False: no memory. */
bool cue_plain(rd_buf *out, aur_str line, size_t *at, aur_str *voice);
/* Only digits, like the number of a cue? */
bool cue_digits(aur_str s);

/* ---- speakers.c ------------------------------------------------------------------------------------------------- */

typedef enum label_kind { LABEL_OTHER, LABEL_SPEAKER, LABEL_MACHINE, LABEL_ASKS, LABEL_LETTER } label_kind;

typedef struct speaker {
	char name[RD_NAME_MAX]; /* folded; "": the speaker without a name */
	char label[64];         /* as it was first written */
	label_kind kind;
	uint32_t strong, colon, weak; /* heads of each kind, in the part of the file that was looked at */
	uint32_t questions;           /* lines with a question mark */
	uint32_t as;                  /* « Marie (riant) » is « Marie », whose index this is; 0: nobody else */
	uint32_t number;              /* in this file, from 1; 0: nothing she said has been given */
	uint32_t turns, left_out;
} speaker;

typedef struct speakers {
	speaker *v;
	uint32_t n;
	/* counts of a first look at the file */
	uint32_t lines, times, alone, weak, below, chats, cells, stamps, cues,
	    rolls;                /* alone: heads with nothing after them; weak: heads that may be names; below: lines without a time or a label;
	                           * rolls: see cues.c */
	uint32_t opens;           /* who is named in the first line of two columns */
	bool tags, captions;      /* has tags like <v Marie>; is a file of subtitles */
	bool timed, named, every; /* heads have times; speakers are named; they are named in nearly every cue */
	bool people;              /* labels are names, not like « Rép. » */
	bool single;              /* only one speaker is named: it may be a microphone for all */
	uint32_t heads;           /* how often words with a colon occur that may be labels */
} speakers;

/* Takes a first look at p[0,n), the beginning of a file, and settles the fields above.  False: no memory. */
bool speakers_look(speakers *s, const char *p, size_t n);
void speakers_free(speakers *s);
/* How certain the first look is that this is a transcript, 0 to 100. */
int32_t speakers_sure(const speakers *s);
/* Index of the speaker with that label, who is added if there is none.  UINT32_MAX: there is no room. */
uint32_t speakers_find(speakers *s, aur_str label);
/* The same, after the first look: « Marie (riant) » may be « Marie ». */
uint32_t speakers_called(speakers *s, aur_str label);
/* Is the head really one, given the first look?  Index of the speaker, or UINT32_MAX. */
uint32_t speakers_head(const speakers *s, const head_line *h);
/* Is this the speaker who asks the questions? */
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
	bool session, date, marks;
	rd_interviewers asked;
} tr_conf;

typedef struct tr_state {
	rd_lines lines;
	const tr_conf *conf;
	speakers speakers;
	rd_buf file, session; /* prefix of the speakers' numbers; session of all contributions */
	char date[48];        /* the date in the name of the file; empty: none */
	uint32_t session_field, speaker_field, time_field, date_field;
	turn now, *ready; /* the current turn; complete turns that have not been given yet, in order */
	uint32_t ready_count, ready_cap, ready_next;
	uint32_t who;      /* current speaker in subtitles */
	uint32_t last_end; /* end of the cue before, in milliseconds */
	uint32_t numbers;  /* numbers of speakers used so far */
	uint32_t before, machine, marked, repaired, rolled;
	char mark[64]; /* the first mark that was removed */
	bool started, after_time, in_cue, in_note, ended, opened;
	uint32_t cue_from, cue_lines;
	bool asked_met[RD_INTERVIEWERS];
	rd_buf held, last,
	    above; /* held: a line that may be the number of a cue; last: the last line of this cue; above: that of the cue before */
	bool held_any;
} tr_state;

/* Adds words to the current turn, or begins a new one if somebody else speaks.  False: no memory. */
bool turn_add(tr_state *s, uint32_t who, aur_str words, bool space, uint32_t line, bool timed, uint32_t from);
/* Ends the current turn.  False: no memory. */
bool turn_end(tr_state *s);
/* Ends the current turn if it ends with a sentence: for files that do not tell speakers apart. */
bool turn_sentence(tr_state *s);
/* Gives the next complete turn to the host.  AUR_END: there is none. */
aur_status turn_give(tr_state *s, aur_record_sink *o);
/* Tells the person who spoke, and what was left out. */
void turn_tell(tr_state *s, aur_record_sink *o);
/* Handle a line of a transcript, and of subtitles.  whole: the same line with its end.  False: no memory. */
bool turn_line(tr_state *s, aur_str line, aur_str whole);
bool cue_line(tr_state *s, aur_str line);
bool cue_end(tr_state *s);

/* ---- marks.c ---------------------------------------------------------------------------------------------------- */

/* Removes what was not said: « (rires) », « [00:01:12] », « #00:00:15-8# »; counts it, and keeps the first in `first`. */
void marks_take(rd_buf *text, uint32_t *count, char first[64]);
#endif
