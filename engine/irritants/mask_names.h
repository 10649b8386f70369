/* SPDX-License-Identifier: Apache-2.0 */
/* The word lists of masking rules, all in one hash table: a thousand given names cost one lookup per word of the text. */
#ifndef AUR_IRRITANTS_MASK_NAMES_H
#define AUR_IRRITANTS_MASK_NAMES_H
#include <stdint.h>
#include <auricule/plugin.h>

enum { AUR_NAMES_LISTS = 16 };
typedef struct aur_names aur_names;
aur_names *aur_names_new(void);
void aur_names_free(aur_names *x);
/* Adds words, separated by blanks, to a list, which is made if it is new.  Returns 0 where there are too many lists. */
int aur_names_add(aur_names *x, const char *list, const char *words);
int aur_names_list(const aur_names *x, const char *list); /* number of the list; -1: there is no such list */

typedef struct aur_name_at {
	size_t start, before; /* bytes: start of the word, and of the word before it (the same as start where there is none) */
	uint32_t lists;       /* bit i: list i has the word */
} aur_name_at;
/* The words of `text` (UTF-8), each a run of letters, that some list has; capitals and accents are ignored.  Returns how many; *out
 * is malloc'ed. */
size_t aur_names_find(const aur_names *x, aur_str text, aur_name_at **out);
#endif
