/* SPDX-License-Identifier: Apache-2.0 */
/* The folder of a corpus: finds or makes it, locks it, opens its data file; makes and swaps generations. */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>
#include "base/intl.h"
#include "base/mem.h"
#include "index/environment.h"
#include "index/folder.h"
#include "index/generation.h"
#include "index/index.h"

static aur_code file_system_check(const char *dir, const char *at, aur_error *err)
{
	static const struct {
		unsigned long type;
		const char *name;
	} remote[] = {{0x6969, "NFS"},         {0xFF534D42ul, "CIFS"}, {0xFE534D42ul, "SMB"}, {0x517B, "SMB"},
		      {0x5346414Ful, "AFS"},  {0x6B414653ul, "AFS"},  {0x00C36400ul, "Ceph"}, {0x564C, "NCP"},
		      {0x0BD00BD0ul, "Lustre"}, {0x47504653ul, "GPFS"}, {0x19830326ul, "BeeGFS"}, {0x01161970ul, "GFS2"}, {0x7461636Ful, "OCFS2"}};
	struct statfs f;
	if (statfs(at, &f))
		return AURE_OK;
	unsigned long type = (unsigned long)f.f_type & 0xFFFFFFFFul;
	for (unsigned i = 0; i < sizeof remote / sizeof *remote; i++)
		if (type == remote[i].type)
			return aur_fail(err, AURE_IO,
					_("the folder %s is on a network file system (%s), where a corpus cannot live safely: choose a folder of this computer with -d, and share an export instead"),
					dir, remote[i].name);
	return AURE_OK;
}

aur_code aur_store_ours(const aur_store *s, aur_error *err)
{
	MDB_envinfo info;
	int ours = aur_store_locked(s) && aur_store_same_data(s) && aur_store_same_table(s) && !mdb_env_info(s->env, &info) && info.me_last_txnid == s->wrote;
	return ours ? AURE_OK : aur_store_error(s, ESTALE, "", err);
}

static aur_code lock_take(aur_store *s, aur_error *err)
{
	char path[4096], who[64] = "";
	aur_code c;
	snprintf(path, sizeof path, "%s/writer.lock", s->dir);
	s->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (s->lock_fd < 0)
		return aur_store_error(s, errno, _("open the lock"), err);
	if (flock(s->lock_fd, LOCK_EX | LOCK_NB)) {
		if (errno != EWOULDBLOCK) { /* a file system without locks */
			c = aur_store_error(s, errno, _("lock"), err);
			close(s->lock_fd);
			s->lock_fd = -1;
			return c;
		}
		ssize_t n = pread(s->lock_fd, who, sizeof who - 1, 0);
		who[n > 0 ? n : 0] = 0;
		who[strcspn(who, "\n")] = 0;
		close(s->lock_fd);
		s->lock_fd = -1;
		return aur_fail(err, AURE_LOCKED,
				_("another auricule (process %s) is writing to the corpus %s: wait until it is done, then run this again"),
				*who ? who : "?", s->dir);
	}
	/* If the corpus was removed, and perhaps made again, between open and flock, this lock protects nothing. */
	if (!aur_store_locked(s))
		return aur_store_error(s, ESTALE, _("lock"), err);
	int n = snprintf(who, sizeof who, "%ld\n", (long)getpid());
	if (ftruncate(s->lock_fd, 0) || pwrite(s->lock_fd, who, (size_t)n, 0) != n) {
		/* not an error: the number is only for the message of another writer */
	}
	return AURE_OK;
}

static aur_code fail_open(const aur_store *s, int why, aur_error *err)
{
	return why == EACCES ? aur_env_unreadable(s, err) : aur_store_error(s, why, _("open"), err);
}

void aur_store_unmake(const aur_store *s)
{
	static const char *const files[] = {"current", "current.new", "writer.lock"};
	if (!s->made && !s->begun)
		return;
	if (s->lock_fd >= 0 && !aur_store_locked(s))
		return;
	for (unsigned i = 0; s->lock_fd >= 0 && i < sizeof files / sizeof *files; i++) {
		aur_buf b = {0};
		if (i == 0 && s->gen)
			aur_gen_remove(s, aur_gen_name(s));
		aur_buf_printf(&b, "%s/%s", s->dir, files[i]);
		unlink(aur_buf_cstr(&b));
		aur_buf_free(&b);
	}
	if (s->made)
		rmdir(s->dir); /* fails, as it should, if somebody has put a file into it */
}

static char *parent_of(const char *dir)
{
	size_t n = strlen(dir);
	while (n > 1 && dir[n - 1] == '/')
		n--;
	while (n && dir[n - 1] != '/')
		n--;
	return n ? aur_xstrndup(dir, n) : aur_xstrdup(".");
}

static aur_code dangling(const char *dir, aur_error *err)
{
	return aur_fail(err, AURE_NOTFOUND, _("%s is a link to a folder that is not there: make that folder, or mount its disk, or choose another folder with -d"), dir);
}

static aur_code folder(aur_store *s, int mode, aur_error *err)
{
	const char *dir = s->dir;
	struct stat st;
	if (stat(dir, &st)) {
		if (errno == EACCES && mode < AUR_STORE_WRITE)
			return aur_env_unreadable(s, err);
		if (errno != ENOENT && errno != ENOTDIR && errno != EACCES)
			return aur_store_error(s, errno, _("open"), err);
		if (errno == ENOENT && mode != AUR_STORE_CREATE && !lstat(dir, &st) && S_ISLNK(st.st_mode))
			return dangling(dir, err);
		if (mode != AUR_STORE_CREATE)
			return aur_fail(err, AURE_NOTFOUND,
					_("there is no corpus at %s: make one with « auricule ingest -d %s FILE », or say where it is with -d"),
					dir, aur_typed(dir));
		char *parent = parent_of(dir);
		aur_code c = file_system_check(dir, parent, err);
		s->made = !c && !mkdir(dir, 0777);
		if (!c && !s->made && errno != EEXIST)
			c = errno == ENOENT ? aur_fail(err, AURE_IO, _("the folder that should hold the corpus %s does not exist: make it, or choose another place with -d"), dir)
					    : aur_store_error(s, errno, _("create"), err);
		else if (!c && !s->made && stat(dir, &st)) /* exists for mkdir, not for stat: a dangling link */
			c = dangling(dir, err);
		if (!c)
			aur_dir_sync(parent);
		free(parent);
		return c;
	} else if (!S_ISDIR(st.st_mode)) {
		return aur_fail(err, AURE_NOTFOUND, _("%s is a file, and a corpus is a folder: give the folder with -d"), dir);
	}
	return file_system_check(dir, dir, err);
}

/* Deals with a folder without « current »: makes a generation (*create) if there is none or its creation was
 * interrupted; *lost: it holds a corpus that lost its « current »; anything else is an error. */
static aur_code beginning(aur_store *s, int mode, int *create, int *lost, aur_error *err)
{
	char name[64];
	int what = aur_gen_look(s->dir, name);
	if (what < 0)
		return fail_open(s, errno, err);
	aur_buf b = {0};
	aur_buf_printf(&b, "%s/%s", s->dir, what == 2 ? name : "gen-0001");
	s->gen = aur_buf_cstr(&b);
	*lost = what == 3 || (what == 2 && (strcmp(name, "gen-0001") || aur_gen_used(s->gen)));
	if (*lost && (what == 3 || mode < AUR_STORE_WRITE))
		return aur_fail(err, AURE_CORRUPT,
				_("the corpus %s has lost its file « current », which names its generation: write into it the one line « %s » (the highest gen-… folder that is complete)"),
				s->dir, name);
	if (*lost)
		return AURE_OK;
	if (mode != AUR_STORE_CREATE)
		return aur_fail(err, AURE_NOTFOUND, _("%s holds no auricule corpus: make one with « auricule ingest -d %s FILE »"), s->dir,
				aur_typed(s->dir));
	if (what == 1)
		return aur_fail(err, AURE_CONFIG, _("the folder %s holds other files: give a new or empty folder for the corpus with -d"),
				s->dir);
	if (mkdir(s->gen, 0777) && errno != EEXIST)
		return aur_store_error(s, errno, _("create"), err);
	*create = s->begun = 1;
	return AURE_OK;
}

int aur_is_corpus(const char *dir)
{
	struct stat st;
	char path[4200];
	int n = snprintf(path, sizeof path, "%s/current", dir);
	return *dir && n > 0 && (size_t)n < sizeof path && !stat(path, &st) && S_ISREG(st.st_mode);
}

static aur_store *store_new(const char *dir)
{
	aur_store *s = aur_xcalloc(1, sizeof *s);
	s->lock_fd = s->statm = -1;
	s->dir = aur_xstrdup(dir);
	return s;
}

aur_code aur_store_open(const char *dir, int mode, aur_store **out, aur_error *err)
{
	aur_store *s = store_new(dir);
	aur_code c;
	int create = 0, lost = 0, why;
	char name[64];
	aur_envs_lock();
	c = folder(s, mode, err);
	if (!c && mode == AUR_STORE_CREATE && !(s->gen = aur_gen_current(dir, &why)) && aur_gen_look(dir, name) == 1) /* before anything is written there */
		c = why == EACCES ? aur_env_unreadable(s, err) : beginning(s, mode, &create, &lost, err);
	if (!c && mode >= AUR_STORE_WRITE)
		c = lock_take(s, err);
	/* A compaction may swap generations meanwhile: then a reader tries again.  A writer holds the lock, so
	 * nothing is swapped. */
	for (int i = 0; !c; i++) {
		free(s->gen);
		s->gen = aur_gen_current(dir, &why);
		if (!s->gen && why)
			c = fail_open(s, why, err);
		else if (!s->gen)
			c = beginning(s, mode, &create, &lost, err);
		if (!c)
			c = aur_env_open(s, create, 0, err);
		if (c != AURE_CORRUPT || mode >= AUR_STORE_WRITE || i == 10 || !aur_gen_moved(s))
			break;
		aur_env_close(s); /* of the old generation */
		s->share = NULL;
		c = AURE_OK;
	}
	if (!c && mode >= AUR_STORE_WRITE && !create)
		c = aur_env_sound(s, err);
	if (!c && mode != AUR_STORE_BARE)
		c = aur_env_databases(s, create, err);
	if (!c && (create || lost)) {
		aur_dir_sync(s->gen);
		int rc = aur_gen_switch(s);
		if (rc)
			c = aur_store_error(s, rc, _("create"), err);
	}
	if (!c && mode >= AUR_STORE_WRITE) {
		s->statm = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
		aur_store_wrote(s);
		aur_gen_sweep(s);
	}
	aur_envs_unlock();
	if (c) {
		aur_store_unmake(s);
		aur_store_close(s);
	} else {
		*out = s;
	}
	return c;
}

aur_code aur_store_databases(aur_store *s, aur_error *err)
{
	aur_envs_lock();
	aur_code c = aur_env_databases(s, 0, err);
	aur_envs_unlock();
	return c;
}

void aur_store_close(aur_store *s)
{
	if (!s)
		return;
	aur_envs_lock();
	aur_env_close(s);
	aur_envs_unlock();
	if (s->lock_fd >= 0)
		close(s->lock_fd);
	if (s->statm >= 0)
		close(s->statm);
	free(s->dir);
	free(s->gen);
	free(s);
}

aur_code aur_store_next(const aur_store *s, aur_store **out, aur_error *err)
{
	const char *slash = strrchr(s->gen, '/');
	unsigned no = (unsigned)strtoul(slash + 5, NULL, 10) + 1;
	aur_store *n = store_new(s->dir);
	aur_buf b = {0};
	aur_code c = AURE_OK;
	n->lock_fd = dup(s->lock_fd);
	aur_buf_printf(&b, "%s/gen-%04u", s->dir, no);
	n->gen = aur_buf_cstr(&b);
	if (n->lock_fd < 0)
		c = aur_store_error(s, errno, _("create"), err);
	else if (!aur_store_locked(n))
		c = aur_store_error(s, ESTALE, _("create"), err);
	else
		aur_gen_remove(n, aur_gen_name(n)); /* left by an interrupted compaction */
	if (!c && mkdir(n->gen, 0777))
		c = aur_store_error(s, errno, _("create"), err);
	aur_envs_lock();
	if (!c)
		c = aur_env_open(n, 1, 1, err);
	if (!c)
		c = aur_env_databases(n, 1, err);
	aur_envs_unlock();
	if (c)
		aur_store_discard(n);
	else
		*out = n;
	return c;
}

void aur_store_discard(aur_store *n)
{
	if (n) {
		aur_gen_remove(n, aur_gen_name(n));
		aur_store_close(n);
	}
}

aur_code aur_store_swap(aur_store *old, aur_store *next, aur_error *err)
{
	aur_code c = aur_store_ours(old, err);
	if (c)
		return c;
	int rc = mdb_env_sync(next->env, 1);
	static const char *const parts[] = {"", "/data.mdb", "/lock.mdb"};
	for (unsigned i = 0; i < 3; i++) {
		char from[4200], to[4200];
		snprintf(from, sizeof from, "%s%s", old->gen, parts[i]);
		snprintf(to, sizeof to, "%s%s", next->gen, parts[i]);
		aur_rights_keep(from, to);
	}
	if (!rc) {
		aur_dir_sync(next->gen);
		aur_dir_sync(next->dir);
		rc = aur_gen_switch(next);
	}
	if (rc)
		return aur_store_error(next, rc, _("commit"), err);
	/* Only the names are removed: readers that have the old files open can go on. */
	aur_gen_remove(next, aur_gen_name(old));
	aur_dir_sync(next->dir); /* nor does a power cut bring back what was erased */
	return AURE_OK;
}
