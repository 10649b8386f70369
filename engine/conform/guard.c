/* SPDX-License-Identifier: Apache-2.0 */
/* How a write to the model is noticed: whoever writes to it faults.
 *
 * The C library gives a new thread an arena of its own to allocate from (glibc does, in separate memory maps).  So open() runs in a
 * thread that does nothing else; whatever writable memory the process has gained afterwards was allocated by open(), through
 * whichever library, and is made read-only.  All other threads keep using their own arenas.  If the model turns out to be elsewhere
 * (another C library, a sanitizer's allocator), the check does not claim anything. */
#include "config.h"
#include <dlfcn.h>
#include <fcntl.h>
#include <link.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <unistd.h>
#include "conform/guard.h"

#define RANGES 4096u

struct ranges {
	struct range {
		uintptr_t from, to;
	} r[RANGES];
	unsigned n;
};

static struct job {
	aur_desk *desk;
	aur_instance *in;
	sem_t opened, for_ever;
	struct ranges before, after;
} job;

static uintptr_t hex(const char **s)
{
	uintptr_t x = 0;
	for (;; (*s)++) {
		char c = **s;
		if (c >= '0' && c <= '9')
			x = x * 16 + (uintptr_t)(c - '0');
		else if (c >= 'a' && c <= 'f')
			x = x * 16 + (uintptr_t)(c - 'a' + 10);
		else
			return x;
	}
}

/* Lists the writable private maps of this process, without allocating.  Empty if the system does not say. */
static void writable(struct ranges *out)
{
	char line[256], chunk[4096];
	size_t len = 0;
	ssize_t n;
	int fd = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
	out->n = 0;
	while (fd >= 0 && (n = read(fd, chunk, sizeof chunk)) > 0)
		for (ssize_t i = 0; i < n; i++) {
			if (chunk[i] != '\n') { /* what we need is at the start of the line: from-to rwxp */
				if (len < sizeof line - 1)
					line[len++] = chunk[i];
				continue;
			}
			line[len] = 0;
			len = 0;
			const char *s = line;
			uintptr_t from = hex(&s);
			s += *s == '-';
			uintptr_t to = hex(&s);
			if (s[0] == ' ' && s[2] == 'w' && s[4] == 'p' && out->n < RANGES)
				out->r[out->n++] = (struct range){from, to};
		}
	if (fd >= 0)
		close(fd);
}

static void opener(void *arg)
{
	(void)arg;
	writable(&job.before);
	job.in = aur_desk_open(job.desk);
	writable(&job.after);
	sem_post(&job.opened);
	sem_wait(&job.for_ever); /* the thread must not end, or its arena would be given to another one */
}

/* Makes read-only what is in [from, to) and was not there before. */
static void protect_new(uintptr_t from, uintptr_t to)
{
	for (unsigned i = 0; i < job.before.n && from < to; i++) {
		const struct range *b = &job.before.r[i];
		if (b->to <= from || b->from >= to)
			continue;
		if (b->from > from)
			protect_new(from, b->from);
		from = b->to;
	}
	if (from >= to ||
	    to == ((uintptr_t)sbrk(0) + 4095) / 4096 * 4096) /* the heap that threads without an arena share */
		return;
	aur_box_zone(AUR_ZONE_MODEL, (void *)from, to - from);
	mprotect((void *)from, to - from, PROT_READ);
}

/* ---- static variables ------------------------------------------------------------------------- */
struct image {
	uintptr_t inside; /* an address in the plugin */
	uintptr_t ask;    /* an address: is it in the plugin as well? */
	int asked;
	enum { LOOK, PROTECT, RELEASE } what;
	aur_zone zone;
};

#define COLD 16u
static unsigned cold[COLD], ncold; /* numbers of the zones */

static int on_object(struct dl_phdr_info *o, size_t size, void *arg)
{
	struct image *im = arg;
	uintptr_t relro = 0, page = (uintptr_t)sysconf(_SC_PAGESIZE);
	int ours = 0, asked = 0;
	(void)size;
	for (int i = 0; i < o->dlpi_phnum; i++) {
		const ElfW(Phdr) *p = &o->dlpi_phdr[i];
		uintptr_t from = o->dlpi_addr + p->p_vaddr, to = from + p->p_memsz;
		ours |= p->p_type == PT_LOAD && im->inside >= from && im->inside < to;
		asked |= p->p_type == PT_LOAD && im->ask >= from && im->ask < to;
		if (p->p_type == PT_GNU_RELRO)
			relro = to / page * page; /* the loader has made everything up to here read-only */
	}
	if (!ours)
		return 0;
	im->asked = asked;
	for (int i = 0; i < o->dlpi_phnum && im->what != LOOK; i++) {
		const ElfW(Phdr) *p = &o->dlpi_phdr[i];
		uintptr_t from = o->dlpi_addr + p->p_vaddr, to = from + p->p_memsz;
		if (p->p_type != PT_LOAD || !(p->p_flags & PF_W))
			continue;
		from = from / page * page;
		to = (to + page - 1) / page * page;
		from = from < relro ? relro : from;
		if (from >= to || (im->zone == AUR_ZONE_COLD && im->what == PROTECT && ncold == COLD) ||
		    mprotect((void *)from, to - from, im->what == PROTECT ? PROT_READ : PROT_READ | PROT_WRITE) || im->what == RELEASE)
			continue;
		unsigned z = aur_box_zone(im->zone, (void *)from, to - from);
		if (im->zone == AUR_ZONE_COLD)
			cold[ncold++] = z;
	}
	return 1;
}

aur_instance *aur_guard_open(aur_desk *d, int *watched)
{
	job.desk = d;
	sem_init(&job.opened, 0, 0);
	sem_init(&job.for_ever, 0, 0);
	aur_box_start(1, opener, NULL);
	while (sem_wait(&job.opened))
		;
	uintptr_t model = (uintptr_t)job.in->model;
	struct image im = {.inside = (uintptr_t)d->c, .ask = model};
	dl_iterate_phdr(on_object, &im);
	int fixed = !model || im.asked, fresh = 0; /* fixed: open() allocated no model, or returned a static one; fresh: the model is in memory that open() added */
	for (unsigned i = 0; i < job.after.n && !SANITIZED /* whose allocator mixes the memory of all threads */; i++) {
		protect_new(job.after.r[i].from, job.after.r[i].to);
		fresh |= model >= job.after.r[i].from && model < job.after.r[i].to;
	}
	for (unsigned i = 0; i < job.before.n; i++)
		fresh &= !(model >= job.before.r[i].from && model < job.before.r[i].to);
	*watched = fixed || fresh;
	if (d->kind->threads) {
		im = (struct image){.inside = (uintptr_t)d->c, .what = PROTECT, .zone = AUR_ZONE_STATIC};
		dl_iterate_phdr(on_object, &im);
	}
	return job.in;
}

void aur_guard_statics(aur_desk *d)
{
	struct image im = {.inside = (uintptr_t)d->c, .what = PROTECT, .zone = AUR_ZONE_COLD};
	if (d->kind->threads)
		dl_iterate_phdr(on_object, &im);
}

void aur_guard_statics_end(aur_desk *d)
{
	struct image im = {.inside = (uintptr_t)d->c, .what = RELEASE};
	dl_iterate_phdr(on_object, &im);
	while (ncold)
		aur_box_zone_move(cold[--ncold], NULL, 0);
}
