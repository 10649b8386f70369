/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of words in masking rules, and where a text has one of them: a thousand given names cost one look at each word. */
#ifndef AUR_IRRITANTS_MASK_NAMES_H
#define AUR_IRRITANTS_MASK_NAMES_H
#include <stdint.h>
#include <auricule/plugin.h>

enum { AUR_NAMES_LISTS = 16 };
typedef struct aur_names aur_names;
aur_names *aur_names_new(void);
void aur_names_free(aur_names *x);
/* Adds words, which stand apart, to a list, which may be new; 0 where there are too many lists. */
int aur_names_add(aur_names *x, const char *list, const char *words);
int aur_names_list(const aur_names *x, const char *list); /* its number; -1: there is none */

typedef struct aur_name_at {
	size_t start, before; /* bytes: where the word begins, and the word before it; the same where there is none */
	uint32_t lists;       /* a bit for each that has it */
} aur_name_at;
/* The words of `text` (UTF-8), each a run of letters, that a list has, without regard to capitals and accents; *out is malloc'ed. */
size_t aur_names_find(const aur_names *x, aur_str text, aur_name_at **out);
#endif
