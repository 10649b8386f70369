/* SPDX-License-Identifier: Apache-2.0 */
/* Files whose texts came in before under another name: a copy (« enquete (1).csv »), or a later export of the same survey.  With made-up
 * ids both are kept, every count doubles, and a ledger shows a rise that there was not.
 *
 * Of each file a sample is kept, which depends on its texts alone: the lowest fingerprints of those of four words or more (A. Broder, « On
 * the resemblance and containment of documents », 1997).  Below the highest that both samples reach, each has all that its file has; what
 * they share there estimates what the files share. */
#ifndef AUR_PIPELINE_TWICE_H
#define AUR_PIPELINE_TWICE_H
#include "base/strtab.h"
#include "index/index.h"

enum { AUR_TWICE_MOST = 32, AUR_TWICE_DIGITS = 12 };

typedef struct aur_twice {
	aur_writer *w;
	struct aur_twice_file {
		aur_str name, about; /* about: without the sample */
		const char *sample;  /* n times AUR_TWICE_DIGITS hexadecimal digits, ascending */
		uint32_t n;
	} *v;
	uint32_t n, cap;
	aur_strtab names, samples; /* numbers of files: by name; by fingerprint, the last one that has it in its sample */
	uint64_t low[AUR_TWICE_MOST]; /* of the current file, ascending */
	uint32_t nlow;
	uint64_t texts, added; /* of four words or more; and new to the corpus */
	uint32_t current;      /* AUR_NONE: no file has begun */
	const char *path;
	aur_arena arena;
	void (*note)(void *ctx, const char *file, const char *msg);
	void *ctx;
} aur_twice;

/* note and ctx must be set.  Loads what the writer knows of files. */
void aur_twice_open(aur_twice *t, aur_writer *w);
/* A file begins (NULL: none), under this name among the sources; about: what is to be stored of it, empty: nothing new.  Tells about the
 * file that ends, and stores its sample. */
void aur_twice_file(aur_twice *t, const char *file, aur_str name, aur_str about);
/* A text of the current file, of so many words; added: it is new to the corpus. */
void aur_twice_text(aur_twice *t, aur_str text, uint32_t words, int added);
void aur_twice_free(aur_twice *t);
#endif
