/* SPDX-License-Identifier: Apache-2.0 */
/* An open corpus: transactions, growing the map, and LMDB's return codes as sentences. */
#include "config.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include "base/intl.h"
#include "index/store.h"

static int same(const aur_store *s, const char *name, dev_t dev, ino_t ino)
{
	char f[4200];
	struct stat st;
	snprintf(f, sizeof f, "%s/%s", s->gen, name);
	return !stat(f, &st) && st.st_dev == dev && st.st_ino == ino;
}

int aur_store_same_data(const aur_store *s)
{
	return same(s, "data.mdb", s->share->dev, s->share->ino);
}

int aur_store_same_table(const aur_store *s)
{
	return same(s, "lock.mdb", s->share->lock_dev, s->share->lock_ino);
}

static int overtaken(const aur_store *s)
{
	MDB_envinfo info;
	if (!s || !s->share || s->share->unmapped || !s->commit || mdb_env_info(s->env, &info) || info.me_last_txnid <= s->commit + 1)
		return 0;
	/* In a generation that a compaction has removed, the data first, nobody writes any more. */
	return s->share->unseen || (!aur_store_same_table(s) && aur_store_same_data(s));
}

aur_code aur_store_kept(const aur_store *s, aur_error *err)
{
	return overtaken(s) ? aur_fail(err, AURE_LOCKED,
				       _("the corpus %s changed while it was being read, and a reader without a place in its file lock.mdb (no right to write to it, or it was removed, or a process of another container has the same number) cannot hold on to what it reads: run this again when nobody is writing"),
				       s->dir)
			    : AURE_OK;
}

aur_code aur_store_met(const aur_store *s, const aur_error *e, aur_error *err)
{
	aur_error gone;
	if (aur_store_kept(s, &gone)) /* not damage: a writer has reused its pages */
		e = &gone;
	if (s && s->met && !s->met->code)
		*s->met = *e;
	if (err)
		*err = *e;
	return e->code;
}

/* Is the error due to RLIMIT_FSIZE?  LMDB reports a write that ended short as EIO. */
static int at_limit(const aur_store *s, int rc)
{
	char f[4200];
	struct stat st;
	struct rlimit r;
	if (!s || !s->gen || getrlimit(RLIMIT_FSIZE, &r) || r.rlim_cur == RLIM_INFINITY || (rc != EIO && rc != EFBIG))
		return 0;
	snprintf(f, sizeof f, "%s/data.mdb", s->gen);
	return rc == EFBIG || (!stat(f, &st) && (uint64_t)st.st_size + 65536 > r.rlim_cur);
}

static aur_code error_of(const aur_store *s, int rc, const char *doing, aur_error *err)
{
	const char *dir = s ? s->dir : "";
	struct statvfs v;
	struct rlimit r;
	switch (rc) {
	case ENOSPC:
	case EIO:
	case EFBIG:
	case EDQUOT:
		if (at_limit(s, rc))
			return aur_fail(err, AURE_IO,
					_("the corpus %s cannot grow any further: raise « ulimit -f », the limit on the size of a file, and run the same command again; what was committed is safe"),
					dir);
		if (rc == EFBIG)
			return aur_fail(err, AURE_IO,
					_("the corpus %s is as large as its disk lets a file become: put it on a disk of another kind (exFAT, ext4, NTFS), or ingest the rest into another corpus; what was committed is safe"),
					dir);
		if (rc != EIO || (!statvfs(dir, &v) && (uint64_t)v.f_bavail * v.f_frsize < 64u << 20))
			return aur_fail(err, AURE_IO,
					_("the disk is full (%s): free some room and run the same command again; what was committed is safe"),
					dir);
		return aur_fail(err, AURE_IO,
				_("the disk reports an error on the corpus %s (%s): what was committed is safe if the disk is; have it looked at, then run the same command again"),
				dir, doing);
	case ENOMEM:
		if (sizeof(size_t) < 8 && !getrlimit(RLIMIT_AS, &r) && r.rlim_cur == RLIM_INFINITY)
			return aur_fail(err, AURE_NOMEM,
					_("the corpus %s needs more room than a 32-bit program can address: ingest its files on a 64-bit machine; what was committed is safe"),
					dir);
		return aur_fail(err, AURE_NOMEM,
				_("the corpus %s needs more address space than this process is given: raise « ulimit -v » and run the same command again; what was committed is safe"),
				dir);
	case EAGAIN: /* see place_try */
		return aur_fail(err, AURE_LOCKED,
				_("the corpus %s is in use by a process of another container, with the same number as this one: wait until it is done, then run this again"),
				dir);
	case EROFS:
		return aur_fail(err, AURE_IO,
				_("nothing can be written to the corpus %s: the disk, or its mount, is read-only; copy the corpus to another place, or choose another folder with -d"),
				dir);
	case ESTALE:
		return aur_fail(err, AURE_IO,
				_("the folder %s, or a file in it, was moved, removed or replaced during the work, and nothing more was changed in it: say where the corpus is with -d, and run the same command again"),
				dir);
	case EACCES:
	case EPERM:
		return aur_fail(err, AURE_IO, _("no right to write to the corpus %s: ask its owner, or choose another folder with -d"),
				dir);
	case MDB_MAP_FULL:
	case MDB_MAP_RESIZED:
		return aur_fail(err, AURE_IO, _("the corpus %s outgrew the room reserved for it: run the same command again"), dir);
	case MDB_READERS_FULL:
		return aur_fail(err, AURE_LOCKED, _("too many programs read the corpus %s at once: close some and try again"), dir);
	case MDB_VERSION_MISMATCH:
	case MDB_INVALID:
		return aur_fail(err, AURE_CORRUPT, _("%s is not an auricule corpus, or it is damaged (%s): restore it, or ingest its files again into a new folder"), dir,
				mdb_strerror(rc));
	case MDB_CORRUPTED:
	case MDB_PAGE_NOTFOUND:
		return aur_fail(err, AURE_CORRUPT, _("the corpus %s is damaged (%s): restore it, or ingest its files again into a new folder"), dir,
				doing);
	default:
		return aur_fail(err, AURE_IO, _("the corpus %s: %s failed: %s"), dir, doing, mdb_strerror(rc));
	}
}

aur_code aur_store_error(const aur_store *s, int rc, const char *doing, aur_error *err)
{
	aur_error e = {0};
	error_of(s, rc, doing, &e);
	return aur_store_met(s, &e, err);
}

static int map_anew(aur_store *s, size_t size)
{
	int rc = mdb_env_set_mapsize(s->env, size);
	s->share->unmapped |= rc != 0;
	return rc;
}

/* LMDB crashes when asked for a transaction on a map that it has let go of: a thread may ask while another one's commit fails. */
static int no_map(const aur_store *s)
{
	return s->share->unmapped ? ENOMEM : 0;
}

static int remap(aur_store *s)
{
	/* Another process has extended the file beyond this map; the map may not be replaced while others use it. */
	if (s->share->refs > 1)
		return MDB_MAP_RESIZED;
	return map_anew(s, 0);
}

void aur_store_wrote(aur_store *s)
{
	MDB_envinfo info;
	s->wrote = mdb_env_info(s->env, &info) ? 0 : info.me_last_txnid;
}

aur_code aur_store_txn(aur_store *s, MDB_txn **out, aur_error *err)
{
	int dead, rc = no_map(s);
	if (!rc)
		rc = mdb_txn_begin(s->env, NULL, MDB_RDONLY, out);
	if (rc == MDB_READERS_FULL) {
		mdb_reader_check(s->env, &dead);
		rc = mdb_txn_begin(s->env, NULL, MDB_RDONLY, out);
	}
	for (int i = 0; i < 3 && rc == MDB_MAP_RESIZED; i++) {
		rc = remap(s);
		if (!rc)
			rc = mdb_txn_begin(s->env, NULL, MDB_RDONLY, out);
	}
	if (!rc)
		s->commit = mdb_txn_id(*out);
	return rc ? aur_store_error(s, rc, _("begin"), err) : AURE_OK;
}

aur_code aur_store_txn_again(aur_store *s, MDB_txn *t, aur_error *err)
{
	mdb_txn_reset(t);
	int rc = no_map(s);
	if (!rc)
		rc = mdb_txn_renew(t);
	for (int i = 0; i < 3 && rc == MDB_MAP_RESIZED; i++) {
		rc = remap(s);
		if (!rc)
			rc = mdb_txn_renew(t);
	}
	if (!rc)
		s->commit = mdb_txn_id(t);
	return rc ? aur_store_error(s, rc, _("begin"), err) : AURE_OK;
}

aur_code aur_store_reserve(aur_store *s, size_t more, aur_error *err)
{
	MDB_envinfo info;
	MDB_stat st;
	mdb_env_info(s->env, &info);
	mdb_env_stat(s->env, &st);
	size_t used = (info.me_last_pgno + 1) * st.ms_psize, want = info.me_mapsize;
	while (want - (used < want ? used : want) < more) {
		if (want > SIZE_MAX / 2)
			return aur_store_error(s, ENOMEM, _("grow"), err);
		want *= 2;
	}
	if (want != info.me_mapsize && s->share->refs == 1) { /* shared: other stores of this process use the map */
		int rc = map_anew(s, want);
		if (rc)
			return aur_store_error(s, rc, _("grow"), err);
	}
	return AURE_OK;
}

/* Bytes of mapped files that this process has met, its own program included; SIZE_MAX: nobody knows. */
static size_t met(const aur_store *s)
{
	char line[128];
	size_t pages;
	ssize_t n = pread(s->statm, line, sizeof line - 1, 0);
	line[n < 0 ? 0 : n] = 0;
	return sscanf(line, "%*s %*s %zu", &pages) == 1 ? pages * (size_t)sysconf(_SC_PAGESIZE) : SIZE_MAX;
}

void aur_store_trim_over(const aur_store *s, size_t most)
{
	if (met(s) > most)
		aur_store_trim(s);
}

void aur_store_trim(const aur_store *s)
{
	/* LMDB does not tell where its map is; the kernel does. */
	char line[4400], name[4200];
	snprintf(name, sizeof name, "/%s/data.mdb\n", strrchr(s->gen, '/') + 1);
	FILE *f = fopen("/proc/self/maps", "r");
	while (f && fgets(line, sizeof line, f)) {
		size_t n = strlen(line), k = strlen(name);
		unsigned long from, to;
		if (n > k && !strcmp(line + n - k, name) && sscanf(line, "%lx-%lx", &from, &to) == 2)
			madvise((void *)from, to - from, MADV_DONTNEED); /* NOLINT: an address as a number */
	}
	if (f)
		fclose(f);
}
