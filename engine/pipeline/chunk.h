/* SPDX-License-Identifier: Apache-2.0 */
/* Chunks of input: what readers put into a sink, kept until it is handed on.  Private to this room. */
#ifndef AUR_PIPELINE_CHUNK_H
#define AUR_PIPELINE_CHUNK_H
#include <pthread.h>
#include <sys/types.h>
#include "base/strtab.h"
#include "pipeline/analysis.h"

struct aur_source {
	const char *name;
	int fd;
	uint8_t *head;
	size_t nhead, at;
	uint64_t bytes;
};

struct aur_chunk_doc {
	size_t id, text;
	uint32_t id_len, text_len, line;
	uint32_t field0, nfields;
	size_t side0, side_len;
	int has_text;
};
struct aur_chunk_field {
	uint32_t field;
	uint32_t len;
	size_t value;
};
enum { AUR_EV_SESSION, AUR_EV_PROPERTY, AUR_EV_NOTE, AUR_EV_REFUSED, AUR_EV_FAILED, AUR_EV_FROM };
struct aur_chunk_event { /* events reach the callbacks in order, between contributions */
	int what;
	uint32_t before, line; /* before: index of the contribution in the chunk that it precedes */
	size_t a, b, c;
	uint32_t na, nb, nc;
};

/* A piece of input: read and analysed by one thread, and handed on in order. */
struct aur_chunk {
	uint64_t seq;
	const char *file;
	aur_buf str;
	struct aur_chunk_doc *doc;
	uint32_t ndoc, doccap;
	struct aur_chunk_field *field;
	uint32_t nfield, fieldcap;
	struct aur_chunk_event *ev;
	uint32_t nev, evcap;
	aur_buf side;
	aur_str *values;
	uint32_t *fields, most; /* most: for how many there is room */
	uint64_t bytes;
	int last; /* no chunk comes after it */
	aur_results *results;
};

/* The names of fields seen so far, in any file, by any thread. */
struct aur_field_names {
	pthread_mutex_t lock;
	aur_str *name;
	uint32_t n, cap;
	aur_strtab numbers; /* by name, and by each spelling of it in files */
	aur_arena arena;
};

struct aur_record_sink {
	struct aur_field_names *names;
	struct aur_chunk *ch;
	struct aur_chunk_doc cur;
	const char *bad; /* why the current contribution cannot be taken; NULL: it can */
	aur_buf sess_id;
	uint32_t *put, nput; /* by field: where in the chunk it was put last */
};

size_t aur_chunk_keep(struct aur_chunk *c, const char *p, size_t n);
struct aur_chunk_event *aur_chunk_tell(struct aur_chunk *c, int what);
void aur_chunk_reset(struct aur_chunk *c);
void aur_chunk_free(struct aur_chunk *c);
void aur_sink_note(aur_record_sink *o, const char *msg);
void aur_sink_id(aur_record_sink *o, aur_str id);
void aur_sink_refuse(aur_record_sink *o, uint32_t line, aur_str id, const char *reason);
/* As read(), but a cancellation ends the wait for a pipe or a terminal: then -1, and errno ECANCELED. */
ssize_t aur_source_read(const struct aur_source *s, void *to, size_t max);
/* Writes the message for a failed read (errno) to `to`; returns `to`. */
const char *aur_source_unread(char *to, size_t size, const struct aur_source *s);
void aur_field_names_init(struct aur_field_names *n);
void aur_field_names_free(struct aur_field_names *n);
aur_str aur_field_name(struct aur_field_names *n, uint32_t field);
#endif
