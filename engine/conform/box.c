/* SPDX-License-Identifier: Apache-2.0 */
/* The box from outside: starts a check in a process of its own, watches it, and describes in a sentence what became of it. */
#include "config.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "base/intl.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "conform/board.h"

#define WAITING 6u /* a call may wait this many times as long as it may work */

static void *shared(size_t n)
{
	void *p = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	return p == MAP_FAILED ? NULL : p;
}

aur_code aur_box_new(aur_box **out, aur_error *err)
{
	aur_box *b = aur_xcalloc(1, sizeof *b);
	b->b = shared(sizeof *b->b);
	b->input = shared((size_t)AUR_BOX_SLOTS * AUR_BOX_INPUT);
	if (!b->b || !b->input) {
		aur_box_free(b);
		return aur_fail(err, AURE_NOMEM, _("no memory left"));
	}
	*out = b;
	return AURE_OK;
}

void aur_box_free(aur_box *b)
{
	if (!b)
		return;
	if (b->b)
		munmap(b->b, sizeof *b->b);
	if (b->input)
		munmap(b->input, (size_t)AUR_BOX_SLOTS * AUR_BOX_INPUT);
	free(b);
}

double aur_box_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Seconds of processor time that a process has used; time that it spent waiting does not count. */
static double worked(pid_t pid)
{
	clockid_t clock;
	struct timespec t;
	if (clock_getcpuclockid(pid, &clock) || clock_gettime(clock, &t))
		return 0;
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Is a thread of the process running, or waiting only for a processor or the disk?  Then it is working, however long a loaded
 * machine makes that last. */
static int runnable(pid_t pid)
{
	char path[96], text[256];
	int yes = 0;
	snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
	DIR *d = opendir(path);
	for (struct dirent *e; d && !yes && (e = readdir(d));) {
		if (e->d_name[0] < '0' || e->d_name[0] > '9')
			continue;
		snprintf(path, sizeof path, "/proc/%d/task/%.20s/stat", (int)pid, e->d_name);
		int fd = open(path, O_RDONLY | O_CLOEXEC);
		ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
		if (fd >= 0)
			close(fd);
		text[n > 0 ? n : 0] = 0;
		const char *state = strrchr(text, ')'); /* "12 (a name) R …" */
		yes = state && state[1] == ' ' && (state[2] == 'R' || state[2] == 'D');
	}
	if (d)
		closedir(d);
	return yes;
}

/* Waits for the process to end.  It is killed if, without a call beginning or returning, it works for `seconds`, or waits for
 * WAITING times as long.  Time counts as waiting only if the process was seen asleep and used almost no processor time since the
 * last look. */
enum patience { ENDED, WORKED, WAITED };
static enum patience watch(board *b, pid_t pid, int end, unsigned seconds, int *status)
{
	unsigned long long beat = 0;
	double work = 0, waited = 0, looked = aur_box_now(), worked_then = 0;
	struct pollfd p = {.fd = end};
	int closed = 0;
	enum patience patience = ENDED;
	while (waitpid(pid, status, WNOHANG) != pid) {
		unsigned long long is = atomic_load(&b->beat);
		double now = aur_box_now(), works = worked(pid);
		if (is != beat) {
			beat = is;
			waited = 0;
			work = works;
		} else if (works - work > seconds) {
			patience = WORKED;
		} else if (works - worked_then < (now - looked) / 10 && !runnable(pid)) {
			waited += now - looked;
			if (waited > (double)seconds * WAITING)
				patience = WAITED;
		}
		looked = now;
		worked_then = works;
		if (patience != ENDED) {
			kill(-pid, SIGKILL);
			while (waitpid(pid, status, 0) < 0 && errno == EINTR)
				;
			break;
		}
		/* The other end of the pipe closes when the process ends, or when the plugin closes descriptors that are not its own. */
		if (poll(&p, 1, closed && closed < 50 ? 1 : 100) > 0)
			p.fd = -1;
		closed += p.fd < 0;
	}
	kill(-pid, SIGKILL); /* also kills whatever the plugin started */
	return patience;
}

/* The first line of the output, without the process id that sanitizers put before it. */
static void first_line(int fd, char *out, size_t size)
{
	char text[4096];
	ssize_t n = pread(fd, text, sizeof text - 1, 0);
	text[n > 0 ? n : 0] = 0;
	char *s = text;
	while (*s == '=' || *s == '\n')
		s++;
	if (s > text && *s >= '0' && *s <= '9') {
		char *e = strstr(s, "==");
		if (e)
			s = e + 2;
	}
	size_t len = strcspn(s, "\n");
	len = aur_utf8_valid(s, len < size ? len : size - 1);
	memcpy(out, s, len);
	out[len] = 0;
}

static void tell(const board *b, enum patience patience, int status, const aur_box_limits *l, aur_outcome *out)
{
	char *r = out->reason;
	size_t n = sizeof out->reason;
	const char *f = b->slot[b->culprit].function;
	int sig = b->signal ? b->signal : WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	unsigned long mib = (unsigned long)(l->memory >> 20);
	enum box_end end = (enum box_end)atomic_load(&b->end);
	f = f ? f : "?";
	out->verdict = AUR_FAILED;
	if (patience == WORKED)
		snprintf(r, n, _("%s did not return after %u s of work"), f, l->seconds);
	else if (patience == WAITED)
		snprintf(r, n, _("%s did not return after %u s, as it was waiting for something"), f,
		         l->seconds * WAITING);
	else if (end == BOX_NO_MEMORY || (end == BOX_FAULT && b->near_limit))
		snprintf(r, n, _("%s takes more than %lu MiB of memory"), f, mib);
	else if (end == BOX_FAULT && b->zone == AUR_ZONE_LENT)
		snprintf(r, n, _("%s writes to memory that the host lent it only to read"), f);
	else if (end == BOX_FAULT && b->zone == AUR_ZONE_BEHIND)
		snprintf(r, n,
		         _("%s reads past the end of what the host lent it: texts have a length, and no NUL at their end"),
		         f);
	else if (end == BOX_FAULT && b->zone == AUR_ZONE_DEAD)
		snprintf(r, n, _("%s reads memory that the host lent for an earlier call, or never: copy what you need later"),
		         f);
	else if (end == BOX_FAULT && b->zone == AUR_ZONE_MODEL)
		snprintf(r, n,
		         _("%s writes to the model, which all threads share once open() has returned: keep what "
		           "changes in the worker"),
		         f);
	else if (end == BOX_FAULT && (b->zone == AUR_ZONE_STATIC || b->zone == AUR_ZONE_COLD))
		snprintf(
		    r, n,
		    _("%s writes to a static variable, which all threads share: keep what changes in the worker, and make what stays in "
		      "open() or under a lock"),
		    f);
	else if (end == BOX_FAULT && b->zone == AUR_ZONE_STACK)
		snprintf(r, n, _("%s uses up the stack: its recursion, or one of its variables, grows with the input"),
		         f);
	else if (sig == SIGABRT)
		snprintf(r, n, out->printed[0] ? _("%s calls abort(): %s") : _("%s calls abort()"), f, out->printed);
	else if (end == BOX_FAULT && b->null)
		snprintf(r, n, _("%s crashes: it follows a null pointer"), f);
	else if (sig)
		snprintf(r, n, _("%s crashes: %s"), f, strsignal(sig));
	else if (b->exited)
		snprintf(r, n, _("%s ends the program with exit(%d): return an error instead"), f, WEXITSTATUS(status));
	else if (strstr(out->printed, "Sanitizer") || strstr(out->printed, "runtime error"))
		snprintf(r, n, _("%s was stopped by a sanitizer: %s"), f, out->printed);
	else
		snprintf(r, n, _("%s ends the program, or the thread that called it: return an error instead"), f);
}

aur_code aur_box_run(aur_box *x, const aur_box_limits *l, void (*body)(void *), void *arg, aur_outcome *out,
                     aur_error *err)
{
	int out_fd = memfd_create("printed", MFD_CLOEXEC), pipe_fd[2] = {-1, -1}, status = 0;
	board *b = x->b;
	memset(b, 0, sizeof *b);
	*out = (aur_outcome){.name = ""};
	if (out_fd < 0 || pipe2(pipe_fd, O_CLOEXEC)) {
		if (out_fd >= 0)
			close(out_fd);
		return aur_fail(err, AURE_IO, _("the process of a check cannot be started: %s"), strerror(errno));
	}
	fflush(NULL);
	signal(SIGCHLD, SIG_DFL); /* if our caller ignores SIGCHLD, we have inherited that, and waitpid() would find no child */
	pid_t pid = fork();
	if (pid == 0)
		aur_box_inside(x, out_fd, l, body, arg);
	close(pipe_fd[1]);
	if (pid < 0) {
		close(pipe_fd[0]);
		close(out_fd);
		return aur_fail(err, AURE_IO, _("the process of a check cannot be started: %s"), strerror(errno));
	}
	setpgid(pid, pid); /* done on both sides: whichever comes first */
	enum patience patience = watch(b, pid, pipe_fd[0], l->seconds, &status);
	close(pipe_fd[0]);
	first_line(out_fd, out->printed, sizeof out->printed);
	off_t bytes = lseek(out_fd, 0, SEEK_END);
	if (bytes > 0 && !out->printed[0])
		snprintf(out->printed, sizeof out->printed, ngettext("%lld byte that cannot be seen", "%lld bytes that cannot be seen", (unsigned long)bytes), (long long)bytes);
	close(out_fd);
	if (patience != ENDED)
		for (int i = 0; i < AUR_BOX_SLOTS; i++)
			if (atomic_load(&b->slot[i].busy)) {
				b->culprit = i;
				break;
			}
	if (patience == ENDED && b->told && WIFEXITED(status)) {
		out->verdict = b->verdict;
		out->setup = b->setup;
		snprintf(out->reason, sizeof out->reason, "%s", b->reason);
	} else {
		tell(b, patience, status, l, out);
	}
	const struct box_slot *s = &b->slot[b->culprit];
	if (s->function && out->verdict == AUR_FAILED) {
		out->name = s->name;
		out->input = (aur_str){(const char *)x->input + (size_t)b->culprit * AUR_BOX_INPUT, s->kept};
		out->input_size = s->size;
	}
	aur_utf8_mend(out->reason); /* parts of it come from the plugin */
	out->digest = b->digest;
	out->components = b->components;
	for (uint32_t i = 0; i < b->components; i++) {
		memcpy(out->component[i].id, b->component[i].id, sizeof out->component[i].id);
		out->component[i].kind = b->component[i].kind;
	}
	out->refused_for = b->refused_for;
	return AURE_OK;
}
