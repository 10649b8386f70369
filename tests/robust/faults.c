/* SPDX-License-Identifier: Apache-2.0 */
/* A system that fails when it is told to: loaded before the program by LD_PRELOAD, it stands between it and the disk.
 *
 * FAULTS says what goes wrong, as words « name=value »:
 *
 *   in=TEXT        which files are meant: those whose path holds that text (default: « corpus/ »)
 *   full=BYTES     the disk takes so many bytes more, then ENOSPC
 *   as=ERRNO       what « full » gives instead
 *   broken=N       the N-th change of those files, and all after it, give EIO
 *   deny=1         no right to write to those files
 *   deny=2         they lie in a place that is read-only
 *   unreadable=N   read() gives EIO from byte N of such a file on
 *   fs=TYPE        statfs() calls the file system so (0x6969 is NFS)
 *   interrupt=N    SIGINT once N bytes of such a file were read
 *   stop=N         SIGINT in the N-th change of those files
 *   run=N          the command in FAULTS_RUN is run before the N-th change of those files; 0: before a lock is taken
 *   walk=N         the N-th step of LMDB from one record to the next, of all there are, meets a damaged page
 *   map=BYTES      LMDB, having let go of its map, gets none that is larger
 *   pid=N          the process believes that this is its number, as one of another container may
 *   offline=1      whoever asks for a socket is ended by SIGABRT
 *   die=N          the process is killed in the N-th change of those files
 *   part=P         with die: once so much of what that change writes is written (per mille, default 0)
 *   cut=SEED       with die: the current fails too, and of what was not yet synced each page is lost or not, by chance
 *   count=FILE     at the end, the number of changes goes into this file
 *
 * A change is a write, a sync, a rename, a removal, a truncation, or the making of a file or folder. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { NONE = -1, PAGE = 4096 };

static struct {
	char in[256], count[1024];
	long full, as, broken, deny, unreadable, fs, interrupt, stop, run, walk, map, pid, offline, die, part, cut;
} want = {.in = "corpus/",
          .full = NONE,
          .as = ENOSPC,
          .broken = NONE,
          .unreadable = NONE,
          .fs = NONE,
          .interrupt = NONE,
          .stop = NONE,
          .run = NONE,
          .walk = NONE,
          .map = NONE,
          .pid = NONE,
          .die = NONE,
          .cut = NONE};
static long changes, written, bytes_read;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* What the disk held before each write that was not yet synced, newest first. */
static struct before {
	int fd;
	off_t at;
	size_t n;
	uint8_t *old;
	struct before *next;
} * unsynced;

static uint64_t chance_state;
static unsigned chance(unsigned below)
{
	chance_state = chance_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(chance_state >> 33) % below;
}

__attribute__((constructor)) static void begin(void)
{
	static const struct {
		const char *name;
		long *to;
	} numbers[] = {{"full", &want.full},       {"as", &want.as},
	               {"broken", &want.broken},
	               {"deny", &want.deny},       {"unreadable", &want.unreadable},
	               {"fs", &want.fs},           {"interrupt", &want.interrupt},
	               {"offline", &want.offline}, {"die", &want.die},
	               {"part", &want.part},       {"cut", &want.cut},
	               {"stop", &want.stop},       {"run", &want.run},
	               {"walk", &want.walk},       {"map", &want.map},
	               {"pid", &want.pid}};
	const char *env = getenv("FAULTS");
	char *words = strdup(env ? env : ""), *save = NULL;
	for (char *w = strtok_r(words, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
		char *eq = strchr(w, '=');
		int known = 0;
		if (eq) {
			*eq++ = 0;
			for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
				if (!strcmp(w, numbers[i].name)) {
					*numbers[i].to = (long)strtoul(eq, NULL, 0); /* a type of file system fills all 32 bits */
					known = 1;
				}
			if (!strcmp(w, "in") || !strcmp(w, "count")) {
				snprintf(*w == 'i' ? want.in : want.count,
				         *w == 'i' ? sizeof want.in : sizeof want.count, "%s", eq);
				known = 1;
			}
		}
		if (!known) { /* a test that is misspelt would pass for ever */
			fprintf(stderr, "FAULTS: « %s » is not known\n", w);
			_exit(99);
		}
	}
	chance_state = (uint64_t)want.cut;
	free(words);
}

__attribute__((destructor)) static void end(void)
{
	FILE *f = *want.count ? fopen(want.count, "w") : NULL;
	if (f) {
		fprintf(f, "%ld\n", changes);
		fclose(f);
	}
}

/* The function behind ours. */
#define REAL(ret, name, ...)                                                                                           \
	static ret (*real)(__VA_ARGS__);                                                                               \
	if (!real) {                                                                                                   \
		void *sym_ = dlsym(RTLD_NEXT, name);                                                                   \
		memcpy(&real, &sym_, sizeof real);                                                                     \
	}

static int meant_path(const char *path)
{
	return path && strstr(path, want.in) != NULL;
}

static int meant(int fd)
{
	char link[64], path[4096];
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	ssize_t n = readlink(link, path, sizeof path - 1);
	path[n > 0 ? n : 0] = 0;
	return meant_path(path);
}

static ssize_t real_pwrite(int fd, const void *p, size_t n, off_t at)
{
	REAL(ssize_t, "pwrite", int, const void *, size_t, off_t)
	return real(fd, p, n, at);
}

static void power_cut(void)
{
	for (struct before *b = unsynced; b; b = b->next)
		for (size_t from = 0; from < b->n; from += PAGE) {
			size_t n = b->n - from < PAGE ? b->n - from : PAGE;
			if (chance(2) && real_pwrite(b->fd, b->old + from, n, b->at + (off_t)from) < 0)
				abort();
		}
}

static int denied(void)
{
	return want.deny == 2 ? EROFS : EACCES;
}

static pid_t self(void)
{
	return (pid_t)syscall(SYS_getpid);
}

pid_t getpid(void)
{
	return want.pid == NONE ? self() : (pid_t)want.pid;
}

static void run(void)
{
	const char *command = getenv("FAULTS_RUN");
	unsetenv("LD_PRELOAD");
	if (!command || system(command))
		abort();
}

/* One change more: 0 go on, else errno.  *part: how much of `n` bytes is still written before the process dies. */
static int change(size_t n, size_t *part)
{
	int e = 0;
	long no = ++changes;
	if (no == want.stop)
		kill(self(), SIGINT);
	if (no == want.run)
		run();
	*part = n;
	if (want.deny)
		return denied();
	if (want.broken != NONE && no >= want.broken)
		return EIO;
	if (want.full != NONE && n && written + (long)n > want.full)
		return (int)want.as;
	written += (long)n;
	if (no == want.die) /* a sector is written or it is not */
		*part = n <= 512 ? (want.part >= 500 ? n : 0) : n * (size_t)want.part / 1000;
	return e;
}

static void die_if_due(void)
{
	if (changes != want.die)
		return;
	if (want.cut != NONE)
		power_cut();
	kill(self(), SIGKILL);
	for (;;)
		pause();
}

static void remember(int fd, off_t at, size_t n)
{
	int flags = fcntl(fd, F_GETFL);
	if (want.cut == NONE || !n || (flags & O_DSYNC))
		return;
	struct before *b = calloc(1, sizeof *b);
	char path[64];
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	int rd = open(path, O_RDWR | O_CLOEXEC); /* ours: the program's own may be closed by then */
	if (!b || rd < 0)
		abort();
	*b = (struct before){.fd = rd, .at = at, .n = n, .old = calloc(1, n), .next = unsynced};
	if (pread(rd, b->old, n, at) < 0) /* what it lacks, the disk gives as zeros */
		abort();
	unsynced = b;
}

static void synced(int fd)
{
	struct stat a, b;
	if (fstat(fd, &a))
		return;
	for (struct before **p = &unsynced; *p;) {
		struct before *x = *p;
		if (!fstat(x->fd, &b) && a.st_dev == b.st_dev && a.st_ino == b.st_ino) {
			*p = x->next;
			close(x->fd);
			free(x->old);
			free(x);
		} else {
			p = &x->next;
		}
	}
}

/* Every way to write ends here. */
static ssize_t put(int fd, const void *p, size_t n, off_t at)
{
	size_t part;
	pthread_mutex_lock(&lock);
	int e = change(n, &part);
	ssize_t got = -1;
	if (!e) {
		remember(fd, at, part);
		got = part ? real_pwrite(fd, p, part, at) : 0;
		e = got < 0 ? errno : 0;
		die_if_due();
	}
	pthread_mutex_unlock(&lock);
	errno = e;
	return e ? -1 : got;
}

ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
	return meant(fd) ? put(fd, p, n, at) : real_pwrite(fd, p, n, at);
}

ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at)
{
	return pwrite(fd, p, n, (off_t)at);
}

ssize_t write(int fd, const void *p, size_t n)
{
	REAL(ssize_t, "write", int, const void *, size_t)
	off_t at = meant(fd) ? lseek(fd, 0, SEEK_CUR) : -1;
	if (at < 0)
		return real(fd, p, n);
	ssize_t got = put(fd, p, n, at);
	if (got > 0)
		lseek(fd, at + got, SEEK_SET);
	return got;
}

ssize_t writev(int fd, const struct iovec *v, int nv)
{
	REAL(ssize_t, "writev", int, const struct iovec *, int)
	off_t at = meant(fd) ? lseek(fd, 0, SEEK_CUR) : -1;
	size_t n = 0, k = 0;
	if (at < 0)
		return real(fd, v, nv);
	for (int i = 0; i < nv; i++)
		n += v[i].iov_len;
	uint8_t *all = malloc(n ? n : 1);
	for (int i = 0; all && i < nv; k += v[i++].iov_len)
		memcpy(all + k, v[i].iov_base, v[i].iov_len);
	ssize_t got = all ? put(fd, all, n, at) : -1;
	if (got > 0)
		lseek(fd, at + got, SEEK_SET);
	free(all);
	return got;
}

/* Every change that writes no bytes: e where it is refused. */
static int small(int concerns)
{
	size_t part;
	int e = 0;
	if (!concerns)
		return 0;
	pthread_mutex_lock(&lock);
	e = change(0, &part);
	if (!e)
		die_if_due();
	pthread_mutex_unlock(&lock);
	errno = e;
	return e;
}

#define SYNC(name)                                                                                                     \
	int name(int fd)                                                                                               \
	{                                                                                                              \
		REAL(int, #name, int)                                                                                  \
		int m = meant(fd), rc = small(m) ? -1 : real(fd);                                                      \
		if (m && !rc)                                                                                          \
			synced(fd);                                                                                    \
		return rc;                                                                                             \
	}
SYNC(fsync)
SYNC(fdatasync)

int ftruncate(int fd, off_t n)
{
	REAL(int, "ftruncate", int, off_t)
	return small(meant(fd)) ? -1 : real(fd, n);
}

int ftruncate64(int fd, off64_t n)
{
	return ftruncate(fd, (off_t)n);
}

int rename(const char *from, const char *to)
{
	REAL(int, "rename", const char *, const char *)
	return small(meant_path(to)) ? -1 : real(from, to);
}

int unlink(const char *path)
{
	REAL(int, "unlink", const char *)
	return small(meant_path(path)) ? -1 : real(path);
}

int rmdir(const char *path)
{
	REAL(int, "rmdir", const char *)
	return small(meant_path(path)) ? -1 : real(path);
}

int unlinkat(int at, const char *name, int flags)
{
	REAL(int, "unlinkat", int, const char *, int)
	char link[64], path[8192];
	snprintf(link, sizeof link, "/proc/self/fd/%d", at);
	ssize_t n = readlink(link, path, sizeof path / 2);
	snprintf(path + (n > 0 ? n : 0), sizeof path / 2, "/%s", name);
	return small(meant_path(path)) ? -1 : real(at, name, flags);
}

/* Not a change; with run=0 the command comes before the first lock is taken. */
int flock(int fd, int how)
{
	REAL(int, "flock", int, int)
	if (!want.run)
		run();
	want.run = want.run ? want.run : NONE;
	return real(fd, how);
}

int mkdir(const char *path, mode_t mode)
{
	REAL(int, "mkdir", const char *, mode_t)
	char folder[4096]; /* a folder is meant by what it will hold */
	snprintf(folder, sizeof folder, "%s/", path);
	return small(meant_path(folder)) ? -1 : real(path, mode);
}

int open(const char *path, int flags, ...)
{
	REAL(int, "open", const char *, int, ...)
	mode_t mode = 0;
	if (flags & (O_CREAT | O_TMPFILE)) {
		va_list ap;
		va_start(ap, flags);
		mode = va_arg(ap, mode_t);
		va_end(ap);
	}
	int write = (flags & O_ACCMODE) != O_RDONLY, m = meant_path(path);
	if (write && m && want.deny) {
		errno = denied();
		return -1;
	}
	if (small(m && (flags & O_CREAT) && access(path, F_OK)))
		return -1;
	return real(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
	mode_t mode = 0;
	if (flags & (O_CREAT | O_TMPFILE)) {
		va_list ap;
		va_start(ap, flags);
		mode = va_arg(ap, mode_t);
		va_end(ap);
	}
	return open(path, flags, mode);
}

ssize_t read(int fd, void *p, size_t n)
{
	REAL(ssize_t, "read", int, void *, size_t)
	if ((want.unreadable == NONE && want.interrupt == NONE) || !meant(fd))
		return real(fd, p, n);
	if (want.unreadable != NONE) {
		off_t at = lseek(fd, 0, SEEK_CUR);
		if (at >= want.unreadable) {
			errno = EIO;
			return -1;
		}
		if ((off_t)n > want.unreadable - at)
			n = (size_t)(want.unreadable - at);
	}
	ssize_t got = real(fd, p, n);
	if (got > 0 && want.interrupt != NONE && bytes_read < want.interrupt && (bytes_read += got) >= want.interrupt)
		kill(self(), SIGINT);
	return got;
}

/* What reads through a FILE asks the C library from inside. */
size_t fread(void *p, size_t size, size_t n, FILE *f)
{
	REAL(size_t, "fread", void *, size_t, size_t, FILE *)
	if (want.unreadable == NONE || !size || !meant(fileno(f)))
		return real(p, size, n, f);
	long left = want.unreadable - ftell(f);
	if (left <= 0) {
		f->_flags |= 0x20; /* ferror() */
		errno = EIO;
		return 0;
	}
	return real(p, size, (size_t)left < n * size ? (size_t)left / size : n, f);
}

int socket(int domain, int type, int protocol)
{
	REAL(int, "socket", int, int, int)
	if (want.offline) {
		fputs("FAULTS: a socket is asked for\n", stderr);
		abort();
	}
	return real(domain, type, protocol);
}

#define STATFS(name)                                                                                                   \
	int name(const char *path, struct name *s)                                                                     \
	{                                                                                                              \
		REAL(int, #name, const char *, struct name *)                                                          \
		int rc = real(path, s);                                                                                \
		if (!rc && want.fs != NONE)                                                                            \
			s->f_type = want.fs;                                                                           \
		return rc;                                                                                             \
	}
STATFS(statfs)
STATFS(statfs64)

/* MDB_NEXT gives MDB_CORRUPTED. */
int mdb_cursor_get(void *cursor, void *key, void *value, int op); /* as lmdb.h has it */
int mdb_cursor_get(void *cursor, void *key, void *value, int op)
{
	static long steps;
	REAL(int, "mdb_cursor_get", void *, void *, void *, int)
	if (op != 8 || want.walk == NONE)
		return real(cursor, key, value, op);
	pthread_mutex_lock(&lock);
	long step = ++steps;
	pthread_mutex_unlock(&lock);
	return step == want.walk ? -30796 : real(cursor, key, value, op);
}

int mdb_env_set_mapsize(void *env, size_t size); /* as lmdb.h has it */
int mdb_env_set_mapsize(void *env, size_t size)
{
	REAL(int, "mdb_env_set_mapsize", void *, size_t)
	return real(env, want.map == NONE || size <= (size_t)want.map ? size : SIZE_MAX / 4 / PAGE * PAGE);
}
