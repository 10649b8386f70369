/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of a run say about the corpus as a whole and its sessions, and what the person is told of it at the end: titles
 * that replace each other, printed totals that do not add up, things that no file says or has any more. */
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
	aur_strtab printed_at; /* where in `printed` the keys of the file `printing` are */
	const char *printing;
	struct aur_met_file {
		const char *file;
		aur_str name;            /* name in generated ids */
		unsigned long long last; /* number of the last generated id */
		int known, invented;
	} *met;
	size_t nmet, metcap;
	uint64_t strangers;    /* replaced by the latest file, if the corpus had not met that file */
	const char *inventing; /* the last file that says that the corpus is invented */
	int invented;          /* the corpus said so before the run */
	uint32_t sources;      /* number of files in the corpus before the run */
	aur_str title, untitled, title_before; /* title of the corpus now; before the file `titled` set it; before this run */
	const char *titled;
	aur_strtab said; /* everything that this run says: session (empty: the corpus), a NUL, key */
	aur_arena names;
	aur_buf key; /* scratch */
} aur_whole;

/* Loads what the corpus says of itself before the run. */
void aur_whole_before(aur_whole *t, aur_snapshot *s);
/* A file begins; `known`: the corpus had met it.  Paths must live as long as the run. */
void aur_whole_file(aur_whole *t, const char *file, aur_str name, int known);
/* A contribution of that file, with an id of its own or a generated one. */
void aur_whole_id(aur_whole *t, aur_str id);
void aur_whole_replaced(aur_whole *t);
/* A file sets a property of the corpus; or of a session (empty key: the session exists). */
void aur_whole_property(aur_whole *t, const char *file, aur_str key, aur_str value);
void aur_whole_session(aur_whole *t, const char *file, aur_str session, aur_str key, aur_str value);
/* The same for something that no file says itself, so it is not added up. */
void aur_whole_say(aur_whole *t, aur_str session, aur_str key, aur_str value);
/* After the last file: tells what there is to tell about each file; and about all of them, with `read` contributions in total. */
void aur_whole_tell_files(aur_whole *t);
void aur_whole_tell(const aur_whole *t, uint64_t read);
/* Tells, and counts in st, what earlier runs took from a file that no longer has it; only if all files could be read and everything
 * is committed. */
void aur_whole_tell_gone(aur_whole *t, const char *corpus, aur_ingest_stats *st);
void aur_whole_free(aur_whole *t);
/* What a person does to be rid of contributions that are in no file any more: erase what the query finds; without one, begin anew. */
void aur_gone_how(aur_buf *b, const char *corpus, const char *query);
#endif
