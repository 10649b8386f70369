/* SPDX-License-Identifier: Apache-2.0 */
/* A model that nobody may write to: opened once more, with the memory that open() took made read-only. */
#ifndef AUR_CONFORM_GUARD_H
#define AUR_CONFORM_GUARD_H
#include "conform/desk.h"

/* Opens the component in a thread of its own and protects what that added to the process; and the plugin's static
 * variables, where several threads may call it.  The model must not be closed afterwards.  *watched: 0 where the model
 * lies where it cannot be protected. */
aur_instance *aur_guard_open(aur_desk *d, int *watched);
/* The static variables alone, before anything but open() was called, until aur_guard_statics_end or the first write by a lock. */
void aur_guard_statics(aur_desk *d);
void aur_guard_statics_end(aur_desk *d);
#endif
