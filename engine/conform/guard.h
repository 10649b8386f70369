/* SPDX-License-Identifier: Apache-2.0 */
/* Opens a model that nobody may write to: the memory that open() allocated is made read-only. */
#ifndef AUR_CONFORM_GUARD_H
#define AUR_CONFORM_GUARD_H
#include "conform/desk.h"

/* Opens the component in a thread of its own, and makes read-only what that added to the process; if several threads may call the
 * component, its static variables too.  The model must not be closed afterwards.  *watched is 0 if the model is in memory that
 * cannot be protected. */
aur_instance *aur_guard_open(aur_desk *d, int *watched);
/* Protects only the static variables, before anything but open() was called, until aur_guard_statics_end or the first write under a
 * lock. */
void aur_guard_statics(aur_desk *d);
void aur_guard_statics_end(aur_desk *d);
#endif
