/* SPDX-License-Identifier: Apache-2.0 */
/* The reader of conversations that WhatsApp exports.  reader.c: the component; heads.c: the first line of a message; people.c: who
 * wrote. */
#ifndef CHAT_H
#define CHAT_H
#include "../common/rd.h"

/* ---- heads.c ---- */

/* The first line of a message, « 22/04/2025, 14:05 - Marie: oui » or « [22/04/2025 14:05:33] Marie: oui ». */
typedef struct chat_head {
	aur_str date;  /* as it is written: 22/04/2025, 4/22/25 */
	char time[12]; /* 14:05 or 14:05:33 */
	aur_str name;  /* empty: a notice of the program, such as who joined */
	aur_str text;  /* the rest of the line */
} chat_head;

/* Parses the first line of a message.  False: the line continues the message above. */
bool chat_head_of(aur_str line, chat_head *h);
/* Is the message a placeholder of the program?  « <Médias omis> », « Ce message a été supprimé ». */
bool chat_is_no_text(aur_str text);
/* The text without what the program adds: « IMG-01.jpg (fichier joint) » above it, « <Ce message a été modifié> » after it. */
aur_str chat_text(aur_str text);

/* ---- people.c ---- */

typedef struct chat_person {
	char key[RD_NAME_MAX]; /* the name, folded */
	char label[64];        /* as it was first written */
	char pseudonym[RD_PSEUDONYM];
	uint32_t messages, left_out;
	bool asks;
} chat_person;

typedef struct chat_people {
	chat_person *v;
	uint32_t n, cap;
} chat_people;

enum { CHAT_PEOPLE = 4096 }; /* a group has at most 1024 */

/* The person of that name, added if there is none.  NULL: no memory, or there are CHAT_PEOPLE already.  Valid until the next call. */
chat_person *chat_person_of(chat_people *p, aur_str name);
void chat_people_free(chat_people *p);
#endif
