/* SPDX-License-Identifier: Apache-2.0 */
/* A file that a command writes.  It is written beside its place and renamed at the end: under its name it is whole, or as it was before. */
#ifndef AUR_CLI_OUTFILE_H
#define AUR_CLI_OUTFILE_H
#include <stdio.h>
#include "base/error.h"
#include "base/mem.h"

typedef struct aur_outfile {
	FILE *f;          /* to write to */
	const char *path; /* as the user gave it; must live until the end.  « - » is standard output */
	/* private */
	char *name, *real;
	int whole;
} aur_outfile;

aur_code aur_outfile_open(aur_outfile *o, const char *path, aur_error *err);
/* Ends the file: with `keep`, it takes its place; otherwise nothing is left of it.  Does nothing if it is not open. */
aur_code aur_outfile_close(aur_outfile *o, int keep, aur_error *err);
/* Writes out what was printed to a stream.  Returns 0; or the errno where some of it is lost, perhaps by an earlier call, whose reason nobody
 * knows any more: EIO. */
int aur_flush(FILE *f);
/* All of it at once.  SIGINT, SIGTERM and SIGHUP wait meanwhile, unless it is a device or a pipe. */
aur_code aur_write_file(const char *path, const aur_buf *b, aur_error *err);
#endif
