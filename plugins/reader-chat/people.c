/* SPDX-License-Identifier: Apache-2.0 */
/* Who wrote in a conversation. */
#include <stdlib.h>
#include "chat.h"

chat_person *chat_person_of(chat_people *p, aur_str name)
{
	char key[RD_NAME_MAX];
	if (!rd_name_fold(name.ptr, name.len, key)) { /* a name without letters, such as emoji only */
		size_t n = name.len < RD_NAME_MAX - 1 ? name.len : RD_NAME_MAX - 1;
		memcpy(key, name.ptr, n);
		key[n] = 0;
	}
	for (uint32_t i = 0; i < p->n; i++)
		if (strcmp(p->v[i].key, key) == 0)
			return &p->v[i];
	if (p->n == CHAT_PEOPLE)
		return NULL;
	if (p->n == p->cap) {
		uint32_t cap = p->cap ? 2 * p->cap : 32;
		chat_person *v = realloc(p->v, cap * sizeof *v);
		if (!v)
			return NULL;
		p->v = v;
		p->cap = cap;
	}
	chat_person *x = &p->v[p->n++];
	*x = (chat_person){0};
	memcpy(x->key, key, sizeof key);
	rd_pseudonym(key, x->pseudonym);
	size_t n = name.len < sizeof x->label ? name.len : sizeof x->label - 1;
	n = rd_utf8_valid(name.ptr, n);
	memcpy(x->label, name.ptr, n);
	x->label[n] = 0;
	return x;
}

void chat_people_free(chat_people *p)
{
	free(p->v);
}
