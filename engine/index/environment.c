/* SPDX-License-Identifier: Apache-2.0 */
/* The data file of a generation: opened once per process, and shared by the stores that use it. */
#include "config.h"
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "base/intl.h"
#include "base/mem.h"
#include "index/environment.h"
#include "index/generation.h"
#include "index/guard.h"
#include "index/pages.h"
#include "index/records.h"

/* LMDB must not open one environment twice in a process: closing the one drops the locks of the other.  So stores of one
 * data file share one environment, found by device and inode.  After a fork the child leaves those of its parent alone: it
 * neither uses nor closes them, which would free the parent's places in the table of readers. */
static struct aur_env *envs;
static pthread_mutex_t envs_lock = PTHREAD_MUTEX_INITIALIZER;

void aur_envs_lock(void)
{
	pthread_mutex_lock(&envs_lock);
}

void aur_envs_unlock(void)
{
	pthread_mutex_unlock(&envs_lock);
}

static int env_try(aur_store *s, unsigned flags, size_t map)
{
	int rc = mdb_env_create(&s->env);
	if (rc)
		return rc;
	aur_guard(s->env);
	mdb_env_set_maxdbs(s->env, DB_COUNT_);
	mdb_env_set_maxreaders(s->env, 1024);
	if (map)
		mdb_env_set_mapsize(s->env, map);
	rc = mdb_env_open(s->env, s->gen, flags, 0666);
	if (rc) {
		mdb_env_close(s->env);
		s->env = NULL;
	}
	return rc;
}

/* Tests whether a reader gets a slot in LMDB's table of readers.  None is free if the table is full, or if a process
 * of another container has our process number, by which LMDB tells readers apart.  Returns 0, or LMDB's code.  A
 * writer, which cannot do without, tries for two seconds. */
static int place_try(aur_store *s, int write)
{
	MDB_txn *t;
	int rc, dead;
	for (int i = 0;; i++) {
		mdb_reader_check(s->env, &dead);
		rc = mdb_txn_begin(s->env, NULL, MDB_RDONLY, &t);
		if (!rc)
			mdb_txn_abort(t);
		if (rc != EAGAIN && rc != EACCES && rc != MDB_READERS_FULL)
			return 0; /* other faults are reported by the first read */
		if (!write || i == 40)
			return rc;
		nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
	}
}

static void keep_first(void *ctx, int fault, const char *msg)
{
	aur_buf *b = ctx;
	if (fault && !b->n)
		aur_buf_str(b, msg);
}

aur_code aur_env_sound(aur_store *s, aur_error *err)
{
	MDB_txn *t;
	uint64_t n;
	aur_buf what = {0};
	aur_code c = aur_store_txn(s, &t, err);
	if (c)
		return c;
	if (aur_pages_check(s, t, &n, keep_first, &what))
		c = aur_fail(err, AURE_CORRUPT,
			     _("the corpus %s is damaged, and nothing was written to it (%s): restore it, or ingest its files again into a new folder"),
			     s->dir, aur_buf_cstr(&what));
	mdb_txn_abort(t);
	aur_buf_free(&what);
	return c;
}

aur_code aur_env_unreadable(const aur_store *s, aur_error *err)
{
	return aur_fail(err, AURE_IO, _("no right to read the corpus %s: ask its owner"), s->dir);
}

/* An unfinished copy: LMDB would read beyond the end of the file. */
static aur_code fail_cut_off(const aur_store *s, const char *file, aur_error *err)
{
	return aur_fail(err, AURE_CORRUPT,
			_("the corpus %s is cut off: its file %s is shorter than it says; copy it again, or ingest its files again into a new folder"),
			s->dir, file);
}

/* Shares the data file of s->gen, if this process has it open already. */
static aur_code env_share(aur_store *s, const struct stat *st, aur_error *err)
{
	for (struct aur_env *e = envs; e; e = e->next)
		if (e->pid == getpid() && e->dev == st->st_dev && e->ino == st->st_ino) {
			if (s->lock_fd >= 0 && !e->writable)
				return aur_fail(err, AURE_BUG, _("the corpus %s is already open in this program"), s->dir);
			e->refs++;
			s->share = e;
			s->env = e->env;
			memcpy(s->db, e->db, sizeof s->db);
			break;
		}
	return AURE_OK;
}

/* Opens the file, in as much address space as there is.  *unseen: a reader has no right to write to the table of readers, or no
 * slot in it: see aur_store_kept.  Returns 0, or LMDB's code. */
static int env_map(aur_store *s, const char *file, int nosync, int *unseen)
{
	int write = s->lock_fd >= 0;
	unsigned flags = MDB_NOTLS | (write ? 0 : MDB_RDONLY) | (nosync ? MDB_NOSYNC : 0);
	struct stat st;
	const char *small = getenv("AURICULE_TEST_MAP"); /* tests: initial size of the map, in bytes */
	int rc = env_try(s, flags, !write ? 0 : small ? strtoul(small, NULL, 0) : (size_t)1 << (sizeof(size_t) > 4 ? 34 : 28));
	/* The address space is limited: a writer starts with a smaller map, which grows; a reader maps the file
	 * alone. */
	for (size_t room = (size_t)1 << 30; rc == ENOMEM && room >= (size_t)1 << 26; room /= 4)
		rc = env_try(s, flags, write ? room : !stat(file, &st) ? ((size_t)st.st_size + 0xFFFFF) & ~(size_t)0xFFFFF : 0);
	int place = rc ? 0 : place_try(s, write);
	*unseen = (rc == EACCES || rc == EROFS || place) && !write;
	if (place) {
		mdb_env_close(s->env);
		s->env = NULL;
		rc = place;
	}
	if (*unseen && !(rc = env_try(s, flags | MDB_NOLOCK, 0)))
		aur_guard_unseen();
	return rc;
}

static aur_code fail_map(const aur_store *s, const char *file, int rc, aur_error *err)
{
	if (rc == ENOENT) /* it existed a moment ago: a compaction removed it */
		return aur_gen_missing(s, file, err);
	if (rc == EACCES && s->lock_fd < 0)
		return aur_env_unreadable(s, err);
	if (rc == MDB_INVALID && aur_pages_foreign(file))
		return aur_fail(err, AURE_CORRUPT,
				_("the corpus %s was made on another kind of machine (32 or 64 bits, byte order), and can only be read on that kind: ingest its files here into a new folder"),
				s->dir);
	return aur_store_error(s, rc, _("open"), err);
}

/* Notes the environment that was just opened, for other stores to share. */
static void env_note(aur_store *s, const struct stat *st, int unseen)
{
	char table[4200];
	struct stat lock = {0};
	snprintf(table, sizeof table, "%s/lock.mdb", s->gen);
	if (stat(table, &lock))
		memset(&lock, 0, sizeof lock);
	struct aur_env *e = aur_xcalloc(1, sizeof *e);
	*e = (struct aur_env){.dev = st->st_dev, .ino = st->st_ino, .lock_dev = lock.st_dev, .lock_ino = lock.st_ino, .pid = getpid(), .env = s->env,
			      .writable = s->lock_fd >= 0, .unseen = unseen, .refs = 1, .next = envs};
	envs = s->share = e;
}

aur_code aur_env_open(aur_store *s, int create, int nosync, aur_error *err)
{
	char f[4200];
	struct stat st;
	snprintf(f, sizeof f, "%s/data.mdb", s->gen);
	int there = !stat(f, &st);
	if (!there && errno != ENOENT && errno != EACCES)
		return aur_store_error(s, errno, _("open"), err);
	if (!there && !create)
		return errno == EACCES ? aur_env_unreadable(s, err) : aur_gen_missing(s, f, err);
	aur_code c = there ? env_share(s, &st, err) : AURE_OK;
	if (c || s->share)
		return c;
	if (there && create) /* left by an interrupted creation: it holds no data */
		unlink(f);
	else if (there && st.st_size < 2 * sysconf(_SC_PAGESIZE))
		return fail_cut_off(s, f, err);
	int unseen, fd = -1, rc = env_map(s, f, nosync, &unseen);
	if (rc)
		return fail_map(s, f, rc, err);
	MDB_envinfo info;
	MDB_stat ms;
	mdb_env_info(s->env, &info); /* read before the size of the file, which a writer may extend meanwhile */
	mdb_env_stat(s->env, &ms);
	if (mdb_env_get_fd(s->env, &fd) || fstat(fd, &st))
		memset(&st, 0, sizeof st);
	env_note(s, &st, unseen);
	if (!create && !aur_pages_heads(s))
		return aur_fail(err, AURE_CORRUPT,
				_("the corpus %s is damaged: the header of its file %s does not match its last commit; restore it, or ingest its files again into a new folder"),
				s->dir, f);
	/* A file may lack pages at its end that became free before they were ever written; if any other is missing,
	 * it is cut off. */
	int shorter = info.me_last_pgno >= (size_t)st.st_size / ms.ms_psize;
	return shorter && !create && aur_env_sound(s, NULL) ? fail_cut_off(s, f, err) : AURE_OK;
}

void aur_env_close(aur_store *s)
{
	struct aur_env **at = &envs, *e = s->share;
	if (!e || --e->refs || e->pid != getpid())
		return;
	while (*at != e)
		at = &(*at)->next;
	*at = e->next;
	mdb_env_close(e->env);
	free(e);
}

aur_code aur_env_databases(aur_store *s, int create, aur_error *err)
{
	MDB_txn *t = NULL;
	const MDB_val key = aur_meta_key("schema");
	if (s->share->named)
		return AURE_OK;
	int rc = create ? mdb_txn_begin(s->env, NULL, 0, &t) : 0;
	aur_code c = create ? AURE_OK : aur_store_txn(s, &t, err);
	if (c)
		return c;
	if (rc)
		return aur_store_error(s, rc, _("begin"), err);
	aur_guard_reading = s->dir;
	for (unsigned i = 0; i < DB_COUNT_ && !rc; i++)
		rc = mdb_dbi_open(t, aur_db_names[i], create ? MDB_CREATE : 0, &s->db[i]);
	aur_guard_reading = NULL;
	if (rc) {
		mdb_txn_abort(t);
		if (rc == MDB_NOTFOUND)
			return aur_fail(err, AURE_CORRUPT, _("%s is not a complete auricule corpus: ingest into a new folder"), s->dir);
		return aur_store_error(s, rc, _("open"), err);
	}
	if (create) {
		uint8_t v[4];
		aur_set32(v, AUR_SCHEMA);
		c = aur_rec_put(s, t, DB_META, key, v, 4, 0, err);
	}
	const uint8_t *p;
	size_t n;
	if (!c)
		c = aur_rec_get(s, t, DB_META, key, &p, &n, err);
	uint32_t schema = c == AURE_OK && n == 4 ? aur_get32(p) : 0;
	if (c && c != AURE_NOTFOUND) {
		mdb_txn_abort(t);
		return c;
	}
	rc = mdb_txn_commit(t);
	if (rc)
		return aur_store_error(s, rc, _("commit"), err);
	if (!schema)
		return aur_fail(err, AURE_CORRUPT, _("the corpus %s does not say its version: it is damaged"), s->dir);
	if (schema > AUR_SCHEMA)
		return aur_fail(err, AURE_VERSION,
				_("the corpus %s was written by a newer auricule (schema %u, this program knows %u): install the newer version"),
				s->dir, schema, AUR_SCHEMA);
	memcpy(s->share->db, s->db, sizeof s->db);
	s->share->named = 1;
	return AURE_OK;
}
