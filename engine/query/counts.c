/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdlib.h>
#include "base/intl.h"
#include "query/counts.h"
#include "query/node.h"

void q_parts_free(aur_search *s)
{
	(void)s;
}
