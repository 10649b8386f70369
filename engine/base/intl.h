/* SPDX-License-Identifier: Apache-2.0 */
/* Messages that a person reads: English in the source, French through gettext. */
#ifndef AUR_BASE_INTL_H
#define AUR_BASE_INTL_H
#include <libintl.h>
#define _(s) gettext(s)
#define N_(s) s
#endif
