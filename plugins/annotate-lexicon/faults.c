/* SPDX-License-Identifier: Apache-2.0 */
/* faults.c - what is wrong with a lexicon: reported, or kept for the lint. */
#include "model.h"
#include <string.h>

aur_status lex_no_memory(const aur_host *h)
{
	return h->fail(h, AUR_E_NOMEM, _("not enough memory for the lexicons"));
}

aur_status lex_fault_at(lex_model *m, const char *file, uint32_t line, uint32_t column, const char *msg)
{
	if (!m->keep_faults)
		return m->host->fail_at(m->host, AUR_E_CONFIG, file, line, column, msg);
	if (!lex_grow(&m->faults, &m->fault_cap, m->fault_count + 1, sizeof(*m->faults)))
		return lex_no_memory(m->host);
	lex_fault f = { lex_dup(&m->arena, file, strlen(file)), lex_dup(&m->arena, msg, strlen(msg)), line, column };
	if (m->arena.failed)
		return lex_no_memory(m->host);
	m->faults[m->fault_count++] = f;
	return AUR_OK;
}
