/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "base/error.h"
#include "base/intl.h"
#include "conform/box.h"
#include "conform/lent.h"

static size_t page_size(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

static void room(struct aur_lent_place *l, size_t n)
{
	size_t page = page_size(), cap = l->cap ? l->cap : 16 * page;
	aur_error e;
	if (l->cap && n <= l->cap)
		return;
	while (cap < n)
		cap *= 2;
	uint8_t *p = mmap(NULL, cap + page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (p == MAP_FAILED) {
		aur_fail(&e, AURE_NOMEM, _("there is no memory for the inputs of the check: give more with --memory"));
		aur_box_no_setup(&e);
	}
	if (!l->cap) {
		l->live = aur_box_zone(AUR_ZONE_LENT, p, 0);
		l->guard = aur_box_zone(AUR_ZONE_BEHIND, p + cap, page);
		l->dead = aur_box_zone(AUR_ZONE_DEAD, p, cap);
	} else { /* keep the smaller one mapped, so that nothing else is put at its address */
		aur_box_zone_move(l->live, p, 0);
		aur_box_zone_move(l->guard, p + cap, page);
		aur_box_zone_move(l->dead, p, cap);
	}
	l->base = p;
	l->cap = cap;
}

void aur_lent_take(aur_lent *l)
{
	if (!l->open)
		return;
	struct aur_lent_place *here = &l->place[l->turn];
	l->open = 0;
	aur_box_zone_move(here->live, here->base, 0);
	mprotect(here->base, here->cap, PROT_NONE);
}

const void *aur_lent_give(aur_lent *l, const void *p, size_t n)
{
	size_t page = page_size();
	aur_lent_take(l);
	struct aur_lent_place *here = &l->place[l->turn ^= 1];
	room(here, n);
	uint8_t *end = here->base + here->cap, *at = end - n;
	size_t pages = (n + page - 1) / page * page;
	if (n) {
		mprotect(end - pages, pages, PROT_READ | PROT_WRITE);
		memcpy(at, p, n);
		mprotect(end - pages, pages, PROT_READ);
	}
	aur_box_zone_move(here->live, end - pages, pages);
	l->open = 1;
	return at;
}
