/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of a run say of the corpus as a whole and of its sessions, and what is told of that when they are read: titles that
 * displace each other, printed totals that do not add up, what no file says or holds any more. */
#ifndef AUR_PIPELINE_WHOLE_H
#define AUR_PIPELINE_WHOLE_H
#include "base/strtab.h"
#include "index/index.h"
#include "pipeline/ingest.h"

typedef struct aur_whole {
	aur_writer *w;
	void (*note)(void *ctx, const char *file, const char *msg);
	void *ctx;
	struct aur_printed {
		const char *file;
		char key[64];
		int64_t total, sum; /* total: -1 = not printed */
		uint32_t sessions;
	} *printed;
	uint32_t nprinted, printedcap;
	struct aur_met_file {
		const char *file;
		aur_str name;            /* in ids that are made up */
		unsigned long long last; /* the number of the last of them */
		int known, invented;
	} *met;
	size_t nmet, metcap;
	uint64_t strangers;    /* what the last of them replaced, if the corpus had not met it */
	const char *inventing; /* the last file that says that it is invented */
	int invented;          /* the corpus said so before the run */
	uint32_t sources;      /* that it had then */
	aur_str title, untitled, title_before; /* of the corpus by now; before the file `titled`; before this run */
	const char *titled;
	aur_strtab said; /* what this run says: session (empty: of the corpus), a NUL, key */
	aur_arena names;
	aur_buf key; /* at hand */
} aur_whole;

/* What the corpus says of itself before the run. */
void aur_whole_before(aur_whole *t, aur_snapshot *s);
/* A file begins; `known`: the corpus had met it.  Paths live as long as the run. */
void aur_whole_file(aur_whole *t, const char *file, aur_str name, int known);
/* A contribution of that file; whether or not it has an id of its own. */
void aur_whole_id(aur_whole *t, aur_str id);
void aur_whole_replaced(aur_whole *t);
/* A file says something of the corpus; of one of its sessions (no key: that there is one). */
void aur_whole_property(aur_whole *t, const char *file, aur_str key, aur_str value);
void aur_whole_session(aur_whole *t, const char *file, aur_str session, aur_str key, aur_str value);
/* The same for what no file says by itself, so that nothing is added up. */
void aur_whole_say(aur_whole *t, aur_str session, aur_str key, aur_str value);
/* After the last file: what is told of each; of them all, of which `read` contributions came. */
void aur_whole_tell_files(aur_whole *t);
void aur_whole_tell(const aur_whole *t, uint64_t read);
/* What came from a file at another time and is not in it any more, where all files could be read and what they hold is committed. */
void aur_whole_tell_gone(aur_whole *t, const char *corpus, aur_ingest_stats *st);
void aur_whole_free(aur_whole *t);
#endif
