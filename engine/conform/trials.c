/* SPDX-License-Identifier: Apache-2.0 */
/* The checks of a component.  All run inside a box; a function that returns has passed. */
#include "config.h"
#include <fcntl.h>
#include <malloc.h>
#include <stdlib.h>
#include "base/intl.h"
#include "conform/guard.h"
#include "conform/random.h"
#include "conform/trials.h"

/* The digest of the component's output for each input, as the first hand got it. */
struct table {
	aur_desk *d;
	aur_inputs in;
	uint64_t *digest;
};

static void table_make(struct table *t, aur_desk *d, aur_instance *in)
{
	*t = (struct table){.d = d};
	aur_inputs_samples(d, &t->in);
	if (d->kind->diet != AUR_EATS_FILES)
		aur_inputs_broken(d, &t->in);
	t->digest = aur_xcalloc(t->in.n + 1, sizeof *t->digest);
	aur_hand *h = aur_hand_new(d, in, 0);
	for (unsigned i = 0; i < t->in.n; i++)
		t->digest[i] = aur_hand_run(h, &t->in.v[i]);
	aur_hand_free(h);
}

static void same(const struct table *t, aur_hand *h, unsigned i, const char *sentence)
{
	const aur_input *x = &t->in.v[i];
	if (aur_hand_run(h, x) == t->digest[i])
		return;
	aur_box_call(t->d->kind->main, x->name, x->bytes, x->n);
	aur_box_fail("%s", sentence);
}

/* Puts the numbers of all inputs into a random order. */
static void shuffle(unsigned *order, unsigned n, uint64_t seed)
{
	for (unsigned i = 0; i < n; i++)
		order[i] = i;
	for (unsigned i = n; i > 1; i--) {
		unsigned k = aur_random(&seed, i), x = order[i - 1];
		order[i - 1] = order[k];
		order[k] = x;
	}
}

/* ---- open, fingerprint, workers, close -------------------------------------------------------- */
static char *fingerprint(aur_instance *in)
{
	if (!in->c->fingerprint)
		return aur_xstrdup("");
	aur_box_call("fingerprint", NULL, NULL, 0);
	const char *s = in->c->fingerprint(in->model);
	if (!s)
		aur_box_fail(_("fingerprint returns NULL: leave it out where id and version say it all"));
	char *copy = aur_xstrdup(s);
	aur_box_return();
	return copy;
}

static void try_open(aur_desk *d)
{
	aur_instance *a = aur_desk_open(d), *b = aur_desk_open(d);
	char *x = fingerprint(a), *y = fingerprint(b), *z;
	aur_hand *h = aur_hand_new(d, a, 0), *k = aur_hand_new(d, b, 1);
	if (strcmp(x, y))
		aur_box_fail(_("fingerprint says « %.60s » and then « %.60s » for the same settings"), x, y);
	if (d->c->query) {
		aur_box_call("query", NULL, NULL, 0);
		if (d->c->query(a->model, "auricule.there-is-no-such-thing/1"))
			aur_box_fail(_("query offers a service that it cannot know: return NULL for an unknown one"));
		aur_box_return();
	}
	aur_hand_free(h);
	aur_desk_close(a); /* must not affect the other model */
	z = fingerprint(b);
	if (strcmp(x, z))
		aur_box_fail(_("fingerprint says « %.60s » and then « %.60s » for the same settings"), x, z);
	aur_hand_free(k);
	aur_desk_close(b);
	aur_desk_close(aur_desk_open(d));
}

/* ---- on what it is made for, on nothing, too much, the broken ---------------------------------- */
void aur_trial_output(aur_desk *d)
{
	aur_instance *in = aur_desk_open(d);
	aur_hand *h = aur_hand_new(d, in, 0);
	aur_inputs x = {0};
	uint64_t all = 0;
	char *f = fingerprint(in);
	aur_inputs_samples(d, &x);
	for (unsigned i = 0; i < x.n; i++) {
		all = all * 31 + aur_hand_run(h, &x.v[i]);
		d->found += h->found;
	}
	for (const char *s = f; *s; s++)
		all = all * 31 + (unsigned char)*s;
	aur_box_digest(all);
	aur_hand_free(h);
	aur_desk_close(in);
	if (!d->found && d->kind->nothing)
		aur_box_skip("%s", _(d->kind->nothing));
}

static void each(aur_desk *d, void (*make)(aur_desk *, aur_inputs *))
{
	aur_hand *h = aur_hand_new(d, aur_desk_open(d), 0);
	aur_inputs x = {0};
	make(d, &x);
	for (unsigned i = 0; i < x.n; i++)
		aur_hand_run(h, &x.v[i]);
}

static void try_empty(aur_desk *d)
{
	each(d, aur_inputs_empty);
}

static void try_broken(aur_desk *d)
{
	each(d, aur_inputs_broken);
	each(d, aur_inputs_cut);
}

static void try_large(aur_desk *d)
{
	aur_instance *in = aur_desk_open(d);
	aur_hand *h = aur_hand_new(d, in, 0);
	aur_inputs x = {0};
	uint32_t epoch = d->epoch;
	for (unsigned n = 0; aur_inputs_large(d, &x, n); n++) {
		if (d->epoch != epoch) { /* making this input gave forms other numbers, so the hand must be replaced */
			aur_hand_free(h);
			h = aur_hand_new(d, in, 0);
			epoch = d->epoch;
		}
		for (unsigned i = 0; i < x.n; i++)
			aur_hand_run(h, &x.v[i]);
		aur_inputs_clear(&x);
	}
}

static void try_more(aur_desk *d)
{
	aur_inputs x = {0};
	aur_inputs_samples(d, &x);
	d->kind->more(d, &x);
}

/* ---- a pure function ---------------------------------------------------------------------------- */
static void try_order(aur_desk *d)
{
	aur_instance *in = aur_desk_open(d);
	struct table t;
	table_make(&t, d, in);
	unsigned n = t.in.n, *order = aur_xcalloc(n + 1, sizeof *order);
	int files = d->kind->diet == AUR_EATS_FILES;
	aur_hand *h = aur_hand_new(d, in, 0);
	for (unsigned i = 0; i < n; i++) {
		same(&t, h, i, _("the same input, on another worker, gives something else"));
		same(&t, h, i, _("the same input gives something else the second time"));
	}
	for (unsigned i = n; i-- > 0;)
		same(&t, h, i, _("the same input gives something else after other inputs"));
	for (unsigned k = 1; k < 4; k++) {
		aur_hand *other = aur_hand_new(d, in, k);
		shuffle(order, n, d->o->seed + k);
		for (unsigned i = 0; i < n; i++)
			same(&t, other, order[i],
			     files ? _("the same file gives something else when its bytes come in other portions")
			           : _("the same input, in another order on another worker, gives something else"));
		aur_hand_free(other);
	}
	aur_hand_free(h);
	aur_instance *again = aur_desk_open(d);
	h = aur_hand_new(d, again, 0);
	for (unsigned i = 0; i < n; i++)
		same(&t, h, i, _("the same input gives something else after open() with the same settings"));
}

struct thread {
	struct table *t;
	aur_instance *in;
	unsigned number, rounds;
};

static void thread_run(void *arg)
{
	const struct thread *me = arg;
	unsigned n = me->t->in.n, *order = aur_xcalloc(n + 1, sizeof *order);
	for (unsigned r = 0; r < me->rounds; r++) {
		aur_hand *h = aur_hand_new(me->t->d, me->in, me->number);
		shuffle(order, n, me->t->d->o->seed + me->number * 100 + r);
		for (unsigned i = 0; i < n; i++)
			same(me->t, h, order[i], _("the same input gives something else while other threads work"));
		aur_hand_free(h);
	}
	free(order);
}

static void try_threads(aur_desk *d)
{
	aur_instance *in = aur_desk_open(d);
	struct table t;
	unsigned n = d->o->threads < AUR_BOX_SLOTS - 2 ? d->o->threads : AUR_BOX_SLOTS - 2;
	struct thread *job = aur_xcalloc(n + 1, sizeof *job);
	aur_box_thread **thread = aur_xcalloc(n + 1, sizeof *thread);
	table_make(&t, d, in);
	for (unsigned i = 0; i < n; i++) {
		job[i] = (struct thread){&t, in, i, 3};
		thread[i] = aur_box_start(2 + i, thread_run, &job[i]);
	}
	for (unsigned i = 0; i < n; i++)
		if (!aur_box_join(thread[i]))
			aur_box_fail(_("the thread that called it was ended: return an error instead"));
}

/* ---- the model ---------------------------------------------------------------------------------- */
static void try_model(aur_desk *d)
{
	struct table t;
	int watched;
	/* Run everything once first, so that what libraries keep from their first use on is there already.  What the plugin itself
	 * fills in on first use, another thread may read half filled: so its static variables are watched meanwhile. */
	aur_instance *in = aur_desk_open(d);
	aur_guard_statics(d);
	table_make(&t, d, in);
	aur_guard_statics_end(d);
	aur_desk_close(in);
	in = aur_guard_open(d, &watched);
	for (unsigned k = 0; k < 2; k++) {
		aur_hand *h = aur_hand_new(d, in, d->kind->threads ? k : 0);
		for (unsigned i = 0; i < t.in.n; i++)
			same(&t, h, i, _("the same input gives something else after open() with the same settings"));
		aur_hand_free(h);
	}
	if (!watched)
		aur_box_skip(_(
		    "this build cannot watch the memory of the model: whether something writes to it is not known"));
}

/* ---- memory that is not given back ---------------------------------------------------------------- */
static size_t in_use(void)
{
	struct mallinfo2 m = mallinfo2();
	return m.uordblks + m.hblkhd;
}

/* How many of the first file descriptors are open. */
static unsigned open_files(void)
{
	unsigned n = 0;
	for (int fd = 0; fd < 256; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

struct round {
	void (*fn)(struct round *r);
	aur_desk *d;
	aur_instance *in;
	aur_hand *h;
	aur_inputs *x;
};

static void round_calls(struct round *r)
{
	for (unsigned i = 0; i < r->x->n; i++)
		aur_hand_run(r->h, &r->x->v[i]);
}

static void round_worker(struct round *r)
{
	aur_hand *h = aur_hand_new(r->d, r->in, 0);
	for (unsigned i = 0; i < r->x->n && i < 20; i++)
		aur_hand_run(h, &r->x->v[i]);
	aur_hand_free(h);
}

static void round_open(struct round *r)
{
	aur_desk_close(aur_desk_open(r->d));
}

static void round_nothing(struct round *r)
{
	(void)r;
}

static void round_run(void *arg)
{
	struct round *r = arg;
	r->fn(r);
}

/* Each round has a thread of its own: memory that the C library caches per thread counts as in use although it was freed, and goes
 * when the thread ends. */
static void leaks(struct round *r, void (*fn)(struct round *), const char *what)
{
	enum { WARM = 3, ROUNDS = 5 };
	size_t least = SIZE_MAX;
	unsigned files = 0;
	r->fn = fn;
	for (int i = 0; i < WARM + ROUNDS; i++) {
		size_t before = in_use();
		unsigned opened = open_files();
		aur_box_join(aur_box_start(1, round_run, r));
		size_t after = in_use(), more = after > before ? after - before : 0;
		if (i >= WARM && more < least)
			least = more;
		files += open_files() > opened;
	}
	if (files == WARM + ROUNDS)
		aur_box_fail(_("%s: a file is left open each time"), what);
	if (least) /* in every round, so it is not just a buffer that grew */
		aur_box_fail(_("%s: %zu bytes are not freed, each time"), what, least);
}

static void try_leaks(aur_desk *d)
{
	aur_inputs x = {0};
	aur_inputs_samples(d, &x);
	struct round r = {.d = d, .x = &x};
	size_t before = in_use();
	void *probe = aur_xmalloc(100000); /* allocated by a function of another file, so that no compiler removes it */
	if (in_use() < before + 100000)
		aur_box_skip(_("this build cannot measure the memory in use"));
	free(probe);
	r.in = aur_desk_open(d);
	r.h = aur_hand_new(d, r.in, 0);
	/* Starting a thread allocates as well: after these rounds this thread's own cache of freed blocks (7 of a size) is full. */
	r.fn = round_nothing;
	for (int i = 0; i < 20; i++)
		aur_box_join(aur_box_start(1, round_run, &r));
	leaks(&r, round_calls, d->kind->main);
	leaks(&r, round_worker, d->kind->threads ? "worker_new, worker_free" : d->kind->main);
	leaks(&r, round_open, "open, close");
}

/* ---- anything ------------------------------------------------------------------------------------ */
static void try_fuzz(aur_desk *d)
{
	double until = aur_box_now() + d->o->seconds;
	aur_inputs from = {0}, x = {0};
	aur_instance *in = aur_desk_open(d);
	if (!d->o->seconds)
		aur_box_skip(_("it was given no time: raise --seconds"));
	aur_inputs_samples(d, &from);
	if (!from.n)
		return;
	aur_hand *a = aur_hand_new(d, in, 0), *b = aur_hand_new(d, in, 3);
	for (uint64_t k = 0; aur_box_now() < until; k++) {
		uint64_t random = d->o->seed * 1000003 + k, epoch = d->epoch;
		aur_inputs_mutant(d, &x, &from, &random);
		if (d->epoch != epoch) {
			aur_hand_free(a);
			aur_hand_free(b);
			a = aur_hand_new(d, in, 0);
			b = aur_hand_new(d, in, 3);
		}
		uint64_t first = aur_hand_run(a, &x.v[0]);
		if (aur_hand_run(b, &x.v[0]) != first) {
			aur_box_call(d->kind->main, x.v[0].name, x.v[0].bytes, x.v[0].n);
			aur_box_fail("%s",
			             d->kind->diet == AUR_EATS_FILES
			                 ? _("the same file gives something else when its bytes come in other portions")
			                 : _("the same input, on another worker, gives something else"));
		}
		aur_inputs_clear(&x);
	}
}

const aur_trial aur_trials[] = {
    {.name = "open", .run = try_open, .first = 1},
    {.name = "output", .run = aur_trial_output, .first = 1},
    {.name = "empty", .run = try_empty},
    {.name = "broken", .run = try_broken},
    {.name = "large", .run = try_large},
    {.run = try_more, .needs_more = 1},
    {.name = "order", .run = try_order},
    {.name = "process", .run = aur_trial_output, .repeats_digest = 1},
    {.name = "threads", .run = try_threads, .needs_threads = 1},
    {.name = "model", .run = try_model},
    {.name = "leaks", .run = try_leaks},
    {.name = "fuzz", .run = try_fuzz},
    {.run = NULL},
};
