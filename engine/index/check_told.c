/* SPDX-License-Identifier: Apache-2.0 */
/* The reports of a check: the first faults of each kind, how many more there are, and what was found sound. */
#include "config.h"
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include "base/intl.h"
#include "index/check.h"

#define SHOWN 20u /* faults reported per step; any more are only counted */

void aur_check_say(struct check *k, const char *fmt, ...)
{
	char msg[600];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(msg, sizeof msg, fmt, ap);
	va_end(ap);
	k->say(k->ctx, 0, msg);
}

void aur_check_fault(struct check *k, const char *fmt, ...)
{
	char msg[600];
	va_list ap;
	if (errno == ENOMEM) /* errno was 0 when the check began: a record that found no memory is not damaged */
		aur_no_memory();
	if (aur_store_kept(k->store, NULL))
		return;
	k->faults++;
	if (k->step_faults++ >= SHOWN)
		return;
	va_start(ap, fmt);
	vsnprintf(msg, sizeof msg, fmt, ap);
	va_end(ap);
	k->say(k->ctx, 1, msg);
}

void aur_check_step_end(struct check *k)
{
	char msg[200];
	if (k->step_faults > SHOWN) {
		uint64_t more = k->step_faults - SHOWN;
		snprintf(msg, sizeof msg, ngettext("… and %" PRIu64 " more fault of this kind", "… and %" PRIu64 " more faults of this kind", (unsigned long)more), more);
		k->say(k->ctx, 1, msg);
	}
	k->step_faults = 0;
}

MDB_cursor *aur_check_cursor(struct check *k, enum aur_db db)
{
	MDB_cursor *cur;
	int rc = mdb_cursor_open(k->txn, k->store->db[db], &cur);
	if (rc)
		aur_check_fault(k, _("the records of « %s » cannot be read: %s"), aur_db_names[db], mdb_strerror(rc));
	return rc ? NULL : cur;
}

int aur_check_step(struct check *k, enum aur_db db, MDB_cursor *cur, MDB_val *key, MDB_val *v, MDB_cursor_op op)
{
	int rc = aur_cursor_get(k->store, cur, key, v, op);
	if (rc && rc != MDB_NOTFOUND)
		aur_check_fault(k, _("the records of « %s » cannot be read to their end: %s"), aur_db_names[db], mdb_strerror(rc));
	return rc;
}

const uint8_t *aur_check_need(struct check *k, enum aur_db db, MDB_val key, size_t *n, const char *what, uint32_t no)
{
	const uint8_t *p;
	aur_code c = aur_rec_get(k->store, k->txn, db, key, &p, n, NULL);
	if (!c)
		return p;
	aur_check_fault(k, c == AURE_NOTFOUND ? _("%s %u: its record is missing") : _("%s %u: its record is damaged"), what, no);
	return NULL;
}
