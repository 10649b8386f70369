/* SPDX-License-Identifier: Apache-2.0 */
/* The box from inside: the process in which a plugin is called.  It notes what it calls, ends with a verdict, and finds out what a
 * fault means. */
#include "config.h"
#include <dlfcn.h>
#include <fcntl.h>
#include <locale.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <ucontext.h>
#include <unistd.h>
#include "base/intl.h"
#include "base/mem.h"
#include "conform/board.h"

#define STACK_BYTES ((size_t)8 << 20) /* the default of a thread in the program */
#define GUARD_BYTES ((size_t)1 << 20)
#define ALT_BYTES ((size_t)64 << 10)
#define PRINTED_BYTES ((rlim_t)64 << 20)
#define ZONES 512u
#define OWN_BYTES ((size_t)768 << 20) /* address space that the check itself may take; most of it is never touched */

static aur_box *box; /* one per process */
static size_t limit_pages;
static struct zone {
	const uint8_t *from;
	size_t n;
	aur_zone zone;
} zones[ZONES];
static atomic_uint nzones;
static _Thread_local unsigned my_slot;
static const int asked_signals[] = {SIGINT, SIGTERM, SIGPIPE};
enum { ASKED_SIGNALS = sizeof asked_signals / sizeof *asked_signals };
/* State of the whole process, which a plugin must not change. */
static struct of_all {
	char locale[256], folder[1024];
	void (*on[ASKED_SIGNALS])(int);
} of_all;

static void look_around(struct of_all *x)
{
	struct sigaction sa;
	const char *locale = setlocale(LC_ALL, NULL);
	memset(x, 0, sizeof *x);
	snprintf(x->locale, sizeof x->locale, "%s", locale ? locale : "");
	if (!getcwd(x->folder, sizeof x->folder))
		*x->folder = 0;
	for (size_t i = 0; i < ASKED_SIGNALS; i++)
		if (!sigaction(asked_signals[i], NULL, &sa))
			x->on[i] = sa.sa_handler;
}

/* ---- verdicts ---------------------------------------------------------------------------------- */
static _Noreturn void end_process(void)
{
	fflush(NULL);
	_exit(0);
}

/* Returns 1 to the first thread that ends the check: its verdict is the one that counts. */
static int first_end(enum box_end e)
{
	int none = BOX_RUNNING;
	if (!atomic_compare_exchange_strong(&box->b->end, &none, (int)e))
		return 0;
	box->b->culprit = (int)my_slot;
	return 1;
}

static _Noreturn void verdict(aur_verdict v, int setup, const char *fmt, va_list ap)
{
	if (first_end(BOX_VERDICT)) {
		vsnprintf(box->b->reason, sizeof box->b->reason, fmt, ap);
		box->b->setup = setup;
		box->b->verdict = v;
		box->b->told = 1;
		end_process();
	}
	for (;;) /* until the other thread ends the process */
		pause();
}

void aur_box_skip(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	verdict(AUR_SKIPPED, 0, fmt, ap);
}

void aur_box_fail(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	verdict(AUR_FAILED, 0, fmt, ap);
}

/* Fails if the plugin changed state of the whole process.  Checked before any other end but a fault: e.g. in another working
 * directory samples would be missing, which would hide the cause. */
static void left_alone(void)
{
	struct of_all now;
	look_around(&now);
	if (strcmp(now.locale, of_all.locale)) {
		setlocale(LC_ALL, of_all.locale); /* else the reason would be in English */
		aur_box_fail(_("it changes the locale of the whole program, and so how others read and write: do not call setlocale"));
	}
	if (strcmp(now.folder, of_all.folder))
		aur_box_fail(_("it changes the working folder of the whole program, so that paths mean something else: do not call chdir"));
	if (memcmp(now.on, of_all.on, sizeof now.on))
		aur_box_fail(_("it changes how the whole program handles signals: leave SIGINT, SIGTERM and SIGPIPE alone"));
}

static _Noreturn void no_setup(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static _Noreturn void no_setup(const char *fmt, ...)
{
	left_alone();
	va_list ap;
	va_start(ap, fmt);
	verdict(AUR_FAILED, 1, fmt, ap);
}

void aur_box_no_setup(const aur_error *e)
{
	char text[1200];
	no_setup("%s", aur_error_format(e, text, sizeof text));
}

void aur_box_pass(void)
{
	left_alone();
	if (first_end(BOX_VERDICT)) {
		box->b->verdict = AUR_PASSED;
		box->b->told = 1;
	}
	end_process();
}

void aur_box_digest(uint64_t digest)
{
	box->b->digest = digest;
}

void aur_box_component(const char *id, aur_kind kind)
{
	board *b = box->b;
	if (b->components == AUR_BOX_COMPONENTS)
		return;
	snprintf(b->component[b->components].id, sizeof b->component->id, "%s", id);
	b->component[b->components++].kind = kind;
}

void aur_box_refused(aur_refusal r)
{
	box->b->refused_for = (int)r;
}

void aur_box_call(const char *function, const char *name, const void *input, size_t n)
{
	struct box_slot *s = &box->b->slot[my_slot];
	snprintf(s->name, sizeof s->name, "%s", name ? name : "");
	s->kept = n > AUR_BOX_INPUT ? AUR_BOX_INPUT : n;
	s->size = n;
	if (s->kept)
		memcpy(box->input + (size_t)my_slot * AUR_BOX_INPUT, input, s->kept);
	aur_box_call_again(function);
}

void aur_box_call_again(const char *function)
{
	struct box_slot *s = &box->b->slot[my_slot];
	s->function = function;
	atomic_store(&s->busy, 1);
	atomic_fetch_add(&box->b->beat, 1);
}

void aur_box_return(void)
{
	atomic_store(&box->b->slot[my_slot].busy, 0);
	atomic_fetch_add(&box->b->beat, 1);
}

/* ---- faults ------------------------------------------------------------------------------------ */
unsigned aur_box_zone(aur_zone zone, const void *from, size_t n)
{
	unsigned i = atomic_fetch_add(&nzones, 1);
	if (i >= ZONES) /* table is full: a fault there will be reported without its meaning */
		return ZONES;
	zones[i] = (struct zone){from, n, zone};
	return i;
}

void aur_box_zone_move(unsigned zone, const void *from, size_t n)
{
	if (zone == ZONES)
		return;
	zones[zone].n = 0;
	zones[zone].from = from;
	zones[zone].n = n;
}

/* Pages of this process as the system counts them: the first number in /proc/self/statm. */
static size_t pages_now(void)
{
	char text[64];
	size_t n = 0;
	int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
	if (fd >= 0)
		close(fd);
	for (ssize_t i = 0; i < got && text[i] >= '0' && text[i] <= '9'; i++)
		n = n * 10 + (size_t)(text[i] - '0');
	return n;
}

static int near_limit(void)
{
	return limit_pages && pages_now() > limit_pages / 10 * 9;
}

/* The address of the instruction that faulted; NULL on processors for which we do not know how to get it. */
static const void *instruction(const void *context)
{
	const ucontext_t *c = context;
#if defined(__x86_64__)
	return (const void *)c->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
	return (const void *)c->uc_mcontext.pc;
#else
	(void)c;
	return NULL;
#endif
}

/* Is it an atomic instruction, as locks use, so that only one thread can have been the first? */
static int is_atomic(const void *at)
{
#if defined(__x86_64__)
	return *(const uint8_t *)at == 0xF0; /* lock prefix */
#elif defined(__aarch64__)
	return (*(const uint32_t *)at & 0x3F000000) == 0x08000000; /* stxr, cas */
#else
	(void)at;
	return 0;
#endif
}

/* Is the write at `at` made by a lock?  A static lock is shared by all threads and may be written to, but only by the functions
 * below, or by functions of their library without an exported name (pthread_once calls one). */
static int is_lock(const void *at)
{
	static const char *const names[] = {
	    "pthread_mutex_", "pthread_rwlock_", "pthread_spin_", "pthread_once", "pthread_cond_",
	    "mtx_",           "call_once",       "sem_",          "__cxa_guard_"};
	Dl_info in, locks;
	if (!at || !dladdr(at, &in))
		return 0;
	if (!in.dli_sname)
		return is_atomic(at) && dladdr((void *)(uintptr_t)pthread_once, &locks) && locks.dli_fbase == in.dli_fbase;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (!strncmp(in.dli_sname, names[i], strlen(names[i])))
			return 1;
	return 0;
}

/* Must not allocate or translate: the fault may have come in the middle of malloc. */
static void on_fault(int sig, siginfo_t *info, void *context)
{
	board *b = box->b;
	const uint8_t *at = info->si_addr;
	aur_zone zone = AUR_ZONE_NONE;
	if (sig == SIGSEGV || sig == SIGBUS)
		for (unsigned i = 0; i < ZONES && zone == AUR_ZONE_NONE; i++)
			if (at >= zones[i].from && at < zones[i].from + zones[i].n)
				zone = zones[i].zone;
	if (zone == AUR_ZONE_STATIC && is_lock(instruction(context))) {
		uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), from = (uintptr_t)at / page * page;
		if (!mprotect((void *)from, page, PROT_READ | PROT_WRITE))
			return; /* repeat the instruction, which now succeeds; the rest of this page is not watched any more */
	}
	if (zone == AUR_ZONE_COLD && is_lock(instruction(context))) {
		for (unsigned i = 0; i < ZONES; i++)
			if (zones[i].zone == AUR_ZONE_COLD && zones[i].n)
				mprotect((void *)(uintptr_t)zones[i].from, zones[i].n, PROT_READ | PROT_WRITE);
		return;
	}
	if (!first_end(BOX_FAULT)) {
		if (b->told) /* faulted while the process ends, as the plugin left something open */
			_exit(0);
		for (;;)
			pause();
	}
	b->signal = sig;
	b->near_limit = near_limit();
	b->null = (sig == SIGSEGV || sig == SIGBUS) && (uintptr_t)at < 65536;
	b->zone = zone;
	_exit(1);
}

static void on_no_memory(void)
{
	first_end(BOX_NO_MEMORY);
	_exit(1);
}

static void on_exit_called(void)
{
	box->b->exited = 1;
	box->b->culprit = (int)my_slot;
}

/* Called before fork() makes the second process, which would have one thread of this program and the locks of all others. */
static void on_fork(void)
{
	const char *f = box->b->slot[my_slot].function;
	aur_box_fail(_("%s calls fork(), and the child inherits the locks and the unwritten bytes of the whole program: start programs with posix_spawn"),
	             f ? f : "?");
}

/* ---- threads ----------------------------------------------------------------------------------- */
struct aur_box_thread {
	pthread_t thread;
	unsigned slot, guard;
	void (*fn)(void *);
	void *arg;
	uint8_t *memory; /* guard, stack, and the alternate stack for the fault handler */
	int done;
};

static void *thread_main(void *arg)
{
	aur_box_thread *t = arg;
	stack_t alt = {.ss_sp = t->memory + GUARD_BYTES + STACK_BYTES, .ss_size = ALT_BYTES};
	my_slot = t->slot;
	if (!SANITIZED) /* a sanitizer sets an alternate stack itself, and at the end of a thread unmaps whichever is set */
		sigaltstack(&alt, NULL);
	t->fn(t->arg);
	t->done = 1;
	return NULL;
}

aur_box_thread *aur_box_start(unsigned slot, void (*fn)(void *), void *arg)
{
	aur_box_thread *t = aur_xcalloc(1, sizeof *t);
	size_t all = GUARD_BYTES + STACK_BYTES + ALT_BYTES;
	pthread_attr_t at;
	*t = (aur_box_thread){.slot = slot, .fn = fn, .arg = arg};
	t->memory = mmap(NULL, all, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (t->memory == MAP_FAILED || mprotect(t->memory, GUARD_BYTES, PROT_NONE))
		no_setup(_("there is no memory for a thread: give more with --memory"));
	t->guard = aur_box_zone(AUR_ZONE_STACK, t->memory, GUARD_BYTES);
	pthread_attr_init(&at);
	pthread_attr_setstack(&at, t->memory + GUARD_BYTES, STACK_BYTES);
	int rc = pthread_create(&t->thread, &at, thread_main, t);
	pthread_attr_destroy(&at);
	if (rc)
		no_setup(_("a thread cannot be started: %s"), strerror(rc));
	return t;
}

int aur_box_join(aur_box_thread *t)
{
	int done;
	pthread_join(t->thread, NULL);
	done = t->done;
	aur_box_zone_move(t->guard, t->memory, 0);
	munmap(t->memory, GUARD_BYTES + STACK_BYTES + ALT_BYTES);
	free(t);
	return done;
}

void aur_box_inside(aur_box *x, int out, const aur_box_limits *l, void (*body)(void *), void *arg)
{
	static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS};
	struct sigaction sa = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK};
	struct rlimit none = {0, 0}, little = {PRINTED_BYTES, PRINTED_BYTES};
	int null = open("/dev/null", O_RDONLY);
	box = x;
	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	dup2(null, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(out, STDERR_FILENO);
	setrlimit(RLIMIT_CORE, &none);
	setrlimit(RLIMIT_FSIZE, &little); /* limits output, which goes to a file in memory */
	signal(SIGXFSZ, SIG_IGN);
	/* A sanitizer needs more address space than any limit could allow. */
	if (!SANITIZED) {
		long page = sysconf(_SC_PAGESIZE);
		limit_pages = pages_now() + (l->memory + OWN_BYTES) / (size_t)page;
		struct rlimit memory = {limit_pages * (size_t)page, limit_pages * (size_t)page};
		setrlimit(RLIMIT_AS, &memory);
	}
	mallopt(M_ARENA_MAX, 64); /* an arena for each thread, whatever the environment says: guard.c relies on it */
	sigemptyset(&sa.sa_mask);
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
		sigaction(faults[i], &sa, NULL);
	aur_mem_out = on_no_memory;
	atexit(on_exit_called);
	pthread_atfork(on_fork, NULL, NULL);
	look_around(&of_all);
	if (aur_box_join(aur_box_start(0, body, arg)))
		aur_box_pass();
	_exit(0); /* not joined: the plugin ended the body's thread */
}
