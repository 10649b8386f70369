/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/intl.h"
#include "cli/outfile.h"

enum { NAME = 255 - 32 }; /* what a file system takes of a name, less what we add to it */

/* A new file beside this one, to take its place: for the same people, and never one that is there. */
static FILE *beside(const char *path, const struct stat *old, char **name)
{
	const char *slash = strrchr(path, '/');
	size_t dir = slash ? (size_t)(slash - path) + 1 : 0, n = strlen(path + dir);
	if (n > NAME)
		for (n = NAME; n && ((unsigned char)path[dir + n] & 0xC0) == 0x80;)
			n--;
	int fd = -1;
	for (unsigned i = 0; fd < 0 && i < 100; i++) {
		aur_buf b = {0};
		aur_buf_printf(&b, "%.*s.%ld-%u.new", (int)(dir + n), path, (long)getpid(), i);
		free(*name);
		*name = aur_buf_cstr(&b);
		fd = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, old ? old->st_mode & 0600 : 0666);
		if (fd < 0 && errno != EEXIST)
			break;
	}
	if (fd >= 0 && old && (!fchown(fd, old->st_uid, old->st_gid) || !fchown(fd, (uid_t)-1, old->st_gid) || old->st_gid == getegid()))
		fchmod(fd, old->st_mode & 07777);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "wb");
	if (fd >= 0 && !f) {
		close(fd);
		remove(*name);
	}
	return f;
}

static aur_code failed(const aur_outfile *o, int why, aur_error *err)
{
	return aur_fail_at(err, AURE_IO, o->path, 0, 0, _("this file cannot be written: %s"), strerror(why));
}

aur_code aur_outfile_open(aur_outfile *o, const char *path, aur_error *err)
{
	struct stat st;
	if (!strcmp(path, "-")) {
		*o = (aur_outfile){.path = _("standard output"), .f = stdout};
		return AURE_OK;
	}
	int there = !stat(path, &st);
	*o = (aur_outfile){.path = path, .whole = !there || S_ISREG(st.st_mode)}; /* a device or a pipe cannot be replaced */
	o->real = there && o->whole ? realpath(path, NULL) : NULL; /* a link stays, and what it names is replaced */
	o->f = o->whole ? beside(o->real ? o->real : path, there ? &st : NULL, &o->name) : fopen(path, "wb");
	if (o->f)
		return AURE_OK;
	aur_code c = failed(o, errno, err);
	aur_outfile_close(o, 0, NULL);
	return c;
}

int aur_flush(FILE *f)
{
	errno = 0;
	if (!fflush(f) && !ferror(f))
		return 0;
	return errno ? errno : EIO;
}

aur_code aur_outfile_close(aur_outfile *o, int keep, aur_error *err)
{
	int open = o->f != NULL, why = open && keep ? aur_flush(o->f) : 0;
	if (open && keep && !why && o->whole && fsync(fileno(o->f)))
		why = errno;
	if (open && o->f != stdout && fclose(o->f) && keep && !why)
		why = errno;
	if (open && o->whole && keep && !why && rename(o->name, o->real ? o->real : o->path))
		why = errno;
	if (open && o->whole && (why || !keep))
		remove(o->name);
	if (o->f == stdout && (why || !keep))
		clearerr(stdout); /* told here or by the caller, with the reason: the end of the program knows none */
	free(o->name);
	free(o->real);
	o->f = NULL;
	o->name = o->real = NULL;
	return why ? failed(o, why, err) : AURE_OK;
}

aur_code aur_write_file(const char *path, const aur_buf *b, aur_error *err)
{
	struct stat st;
	sigset_t ends, before; /* a signal that arrives meanwhile ends the program afterwards, so nothing half written stays */
	aur_outfile o;
	int device = !strcmp(path, "-") || (!stat(path, &st) && !S_ISREG(st.st_mode)); /* a pipe may wait for ever */
	sigemptyset(&ends);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGHUP);
	sigprocmask(SIG_BLOCK, device ? NULL : &ends, &before);
	aur_code c = aur_outfile_open(&o, path, err);
	if (!c && fwrite(b->p ? (const char *)b->p : "", 1, b->n, o.f) != b->n)
		c = failed(&o, errno, err);
	aur_code closed = aur_outfile_close(&o, !c, err);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return c ? c : closed;
}
