/* SPDX-License-Identifier: Apache-2.0 */
/* The generations of a corpus, as files in its folder: finds, names, switches and removes them. */
#include "config.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/intl.h"
#include "base/mem.h"
#include "index/generation.h"
#include "index/pages.h"

void aur_dir_sync(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
}

void aur_rights_keep(const char *old, const char *now)
{
	struct stat was, is;
	if (stat(old, &was) || stat(now, &is))
		return;
	int owner = was.st_uid == is.st_uid && was.st_gid == is.st_gid;
	if (owner || !chown(now, was.st_uid, was.st_gid) || was.st_gid == is.st_gid || !chown(now, (uid_t)-1, was.st_gid))
		chmod(now, was.st_mode & 07777);
}

int aur_store_locked(const aur_store *s)
{
	char path[4200];
	struct stat locked, there;
	snprintf(path, sizeof path, "%s/writer.lock", s->dir);
	return !fstat(s->lock_fd, &locked) && !stat(path, &there) && locked.st_dev == there.st_dev && locked.st_ino == there.st_ino;
}

const char *aur_gen_name(const aur_store *s)
{
	return strrchr(s->gen, '/') + 1;
}

char *aur_gen_current(const char *dir, int *why)
{
	char path[4096], name[64] = "";
	snprintf(path, sizeof path, "%s/current", dir);
	FILE *f = fopen(path, "r");
	*why = f || errno == ENOENT ? 0 : errno;
	if (!f)
		return NULL;
	if (!fgets(name, sizeof name, f)) {
		*why = ferror(f) ? errno : 0;
		name[0] = 0;
	}
	fclose(f);
	name[strcspn(name, "\n")] = 0;
	if (strncmp(name, "gen-", 4) || strchr(name, '/'))
		return NULL;
	aur_buf b = {0};
	aur_buf_printf(&b, "%s/%s", dir, name);
	return aur_buf_cstr(&b);
}

int aur_gen_switch(const aur_store *s)
{
	char tmp[4200], path[4200], line[80];
	snprintf(tmp, sizeof tmp, "%s/current.new", s->dir);
	snprintf(path, sizeof path, "%s/current", s->dir);
	int fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666), why = errno;
	if (fd < 0)
		return aur_store_locked(s) ? why : ESTALE;
	ssize_t n = snprintf(line, sizeof line, "%s\n", aur_gen_name(s)), put = write(fd, line, (size_t)n);
	int rc = put < 0 ? errno : put < n ? ENOSPC : fsync(fd) ? errno : 0;
	close(fd);
	aur_rights_keep(path, tmp);
	if (!rc && !aur_store_locked(s))
		rc = ESTALE;
	if (!rc && rename(tmp, path))
		rc = errno;
	if (rc)
		unlink(tmp);
	aur_dir_sync(s->dir);
	return rc;
}

int aur_gen_moved(const aur_store *s)
{
	int why;
	char *now = aur_gen_current(s->dir, &why);
	int is = now && strcmp(now, s->gen);
	free(now);
	return is;
}

/* « current » is written after the first commit, which
 * only makes the databases: so a second commit means that there was a « current ».  A file of more than 64 pages
 * counts too, as its meta pages may be damaged. */
int aur_gen_used(const char *gen)
{
	char f[4400];
	struct stat st;
	snprintf(f, sizeof f, "%s/data.mdb", gen);
	return aur_pages_commits(f) > 1 || (!stat(f, &st) && st.st_size > 64 * sysconf(_SC_PAGESIZE));
}

/* As aur_store_next names them.  A copy that somebody set aside (gen-0001.bak) is none, and is theirs. */
static int is_gen(const char *name)
{
	return !strncmp(name, "gen-", 4) && name[4] && !name[4 + strspn(name + 4, "0123456789")] && strlen(name) < 64;
}

int aur_gen_look(const char *dir, char gen[64])
{
	DIR *d = opendir(dir);
	struct dirent *de;
	int found = 0, whole = 0; /* whether gen has a data file */
	if (!d)
		return -1;
	while (errno = 0, (de = readdir(d))) {
		const char *n = de->d_name;
		if (is_gen(n)) {
			char data[300];
			snprintf(data, sizeof data, "%s/data.mdb", n);
			int has = !faccessat(dirfd(d), data, F_OK, 0);
			if (!found || has > whole || (has == whole && strcmp(n, gen) > 0)) {
				strcpy(gen, n);
				whole = has;
			}
			found = found == 2 ? 3 : found ? found : 2;
		} else if (n[0] != '.' && strncmp(n, "gen-", 4) && strncmp(n, "current", 7) && strcmp(n, "writer.lock") && strcmp(n, "pipeline.xml")) {
			found = 1;
			break;
		}
	}
	int why = de ? 0 : errno;
	closedir(d);
	errno = why;
	return why ? -1 : found;
}

/* The highest generation beside the one that « current » names; "" if there is none. */
static void other_gen(const aur_store *s, char name[64])
{
	DIR *d = opendir(s->dir);
	struct dirent *de;
	*name = 0;
	while (d && (de = readdir(d))) {
		char gen[4200];
		snprintf(gen, sizeof gen, "%s/%s", s->dir, de->d_name);
		if (is_gen(de->d_name) && strcmp(de->d_name, name) > 0 && strcmp(gen, s->gen) != 0 && aur_gen_used(gen))
			strcpy(name, de->d_name);
	}
	if (d)
		closedir(d);
}

aur_code aur_gen_missing(const aur_store *s, const char *file, aur_error *err)
{
	char other[64];
	other_gen(s, other);
	if (*other) /* as where a copy was made during a compaction: « current » before it, the rest after it */
		return aur_fail(err, AURE_CORRUPT,
				_("the corpus %s is not complete: its file « current » names %s, which is missing, and %s is there; write into that file the one line « %s », and keep the corpus if « auricule check » says that it is sound"),
				s->dir, aur_gen_name(s), other, other);
	return aur_fail(err, AURE_CORRUPT,
			_("the corpus %s is not complete: the file %s is missing; restore it, or ingest its files again into a new folder"),
			s->dir, file);
}

void aur_gen_remove(const aur_store *s, const char *gen)
{
	static const char *const files[] = {"data.mdb", "lock.mdb"};
	struct stat locked, there;
	int at = open(s->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (at >= 0 && !fstat(s->lock_fd, &locked) && !fstatat(at, "writer.lock", &there, 0) && locked.st_dev == there.st_dev && locked.st_ino == there.st_ino) {
		for (unsigned i = 0; i < sizeof files / sizeof *files; i++) {
			char f[320];
			snprintf(f, sizeof f, "%s/%s", gen, files[i]);
			unlinkat(at, f, 0);
		}
		unlinkat(at, gen, AT_REMOVEDIR);
	}
	if (at >= 0)
		close(at);
}

void aur_gen_sweep(const aur_store *s)
{
	DIR *d = opendir(s->dir);
	struct dirent *de;
	while (d && (de = readdir(d)))
		if (is_gen(de->d_name) && strcmp(de->d_name, aur_gen_name(s)))
			aur_gen_remove(s, de->d_name);
	if (d)
		closedir(d);
}
