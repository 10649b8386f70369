/* SPDX-License-Identifier: Apache-2.0 */
/* Handles damage that LMDB cannot report.
 *
 * LMDB reads the data file in place and trusts it.  A page that the disk cannot deliver, or a damaged one that points outside of
 * the file, ends the program by a signal; some damage ends it by an assertion.  Both are turned into the same sentence that other
 * damage has, and status 1; as when memory runs out, there is nobody left to return to.  Nothing is written after that, so what was
 * committed stays.  A fault that is neither in LMDB's files nor while it reads their pages is a fault of the program, and goes to
 * the previous signal handler. */
#include "config.h"
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/intl.h"
#include "index/guard.h"

/* Translated in advance: a signal handler must not call gettext. */
static const char *damaged, *no_room;
static struct sigaction bus_before, segv_before;
static pthread_once_t once = PTHREAD_ONCE_INIT;
_Thread_local const char *volatile aur_guard_reading;

static void put(const char *s, size_t n)
{
	while (n) {
		ssize_t k = write(STDERR_FILENO, s, n);
		if (k <= 0)
			return;
		s += k;
		n -= (size_t)k;
	}
}

static _Noreturn void end(const char *sentence, const char *path)
{
	const char *at = strstr(sentence, "%s");
	put(sentence, at ? (size_t)(at - sentence) : strlen(sentence));
	if (at) {
		put(path, strlen(path));
		put(at + 2, strlen(at + 2));
	}
	_exit(1);
}

static const char *hex(const char *p, uintptr_t *v)
{
	for (*v = 0;; p++) {
		unsigned d = *p >= '0' && *p <= '9'   ? (unsigned)(*p - '0')
		             : *p >= 'a' && *p <= 'f' ? (unsigned)(*p - 'a') + 10
		                                      : 16;
		if (d == 16)
			return p;
		*v = *v << 4 | d;
	}
}

static int ends(char *path, const char *name)
{
	size_t n = strlen(path), k = strlen(name);
	return n > k && !strcmp(path + n - k, name);
}

/* One line of /proc/self/maps: « from-to rights offset device inode   path ». */
static void line_look(char *line, uintptr_t at)
{
	uintptr_t from, to;
	const char *p = hex(line, &from);
	if (*p == '-')
		hex(p + 1, &to);
	char *path = strchr(line, '/');
	if (*p != '-' || at < from || at >= to || !path)
		return;
	char *gone = strstr(path, " (deleted)");
	if (gone)
		*gone = 0;
	if (ends(path, "/data.mdb"))
		end(damaged, path);
	if (ends(path, "/lock.mdb")) /* it is sparse: writing to it may need a block, and the disk is full */
		end(no_room, path);
}

static void on_fault(int sig, siginfo_t *info, void *context)
{
	static char line[PATH_MAX + 128], block[1024]; /* static, as the first thread that gets here ends the program */
	size_t n = 0;
	ssize_t got;
	int fd = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
	(void)context;
	while (fd >= 0 && info->si_code > 0 && (got = read(fd, block, sizeof block)) > 0)
		for (ssize_t i = 0; i < got; i++) {
			if (block[i] != '\n') {
				line[n] = block[i];
				n += n < sizeof line - 2;
				continue;
			}
			line[n] = 0;
			line_look(line, (uintptr_t)info->si_addr);
			n = 0;
		}
	if (fd >= 0)
		close(fd);
	if (info->si_code > 0 && aur_guard_reading)
		end(damaged, aur_guard_reading);
	/* Not ours: with the previous handler restored, the instruction runs again, and faults again. */
	sigaction(sig, sig == SIGBUS ? &bus_before : &segv_before, NULL);
	if (info->si_code <= 0)
		raise(sig);
}

static void on_assert(MDB_env *env, const char *msg)
{
	const char *path = "";
	(void)msg;
	mdb_env_get_path(env, &path);
	end(damaged, path);
}

static void prepare(void)
{
	struct sigaction sa = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO};
	damaged = _("auricule: %s is damaged, or its disk cannot be read: run « auricule check », then restore the "
	            "corpus or ingest its files again into a new folder\n");
	no_room = _("auricule: the disk is full (%s): free some room and run the same command again; what was "
	            "committed is safe\n");
	sigaction(SIGBUS, &sa, &bus_before);
	sigaction(SIGSEGV, &sa, &segv_before);
}

void aur_guard_unseen(void)
{
	damaged = _("auricule: %s changed while it was being read, or is damaged: run this again when nobody is writing, then « auricule check »\n");
}

void aur_guard(MDB_env *env)
{
	pthread_once(&once, prepare);
	mdb_env_set_assert(env, on_assert);
}
