/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include "index/forward.h"

void aur_fwd_side(aur_buf *out, const char *text, size_t len, uint32_t n, const uint32_t *start, const uint32_t *end,
		  const uint8_t *flags)
{
	uint32_t ends = 0, last = 0;
	for (uint32_t i = 0; i + 1 < n; i++)
		ends += flags[i] & AUR_FWD_SENTENCE;
	aur_buf_v(out, ends);
	if (ends)
		for (uint32_t i = 0; i + 1 < n; i++)
			if (flags[i] & AUR_FWD_SENTENCE) {
				aur_buf_v(out, i - last);
				last = i;
			}
	uint32_t at = 0, prev_exc = 0;
	unsigned right = AUR_GLUE_RIGHT; /* no space is expected before the first token */
	for (uint32_t i = 0; i < n; i++) {
		uint32_t gap = start[i] - at;
		unsigned glue = flags[i] >> AUR_FWD_GLUE;
		int expect = !(right & AUR_GLUE_RIGHT) && !(glue & AUR_GLUE_LEFT);
		int same = flags[i] & AUR_FWD_SAME;
		int as_expected = expect ? gap == 1 && text[at] == ' ' : gap == 0;
		if (!as_expected || !same) {
			/* gaps count from 1, so that 0 can end the list */
			int flip = !as_expected && (expect ? gap == 0 : gap == 1 && text[at] == ' ');
			unsigned kind = as_expected ? 3 : flip && same ? 0 : same ? 1 : 2;
			aur_buf_v(out, (i + 1 - prev_exc) << 2 | kind);
			prev_exc = i + 1;
			if (kind == 1 || kind == 2) {
				aur_buf_v(out, gap);
				aur_buf_put(out, text + at, gap);
			}
			if (kind >= 2) {
				aur_buf_v(out, end[i] - start[i]);
				aur_buf_put(out, text + start[i], end[i] - start[i]);
			}
		}
		at = end[i];
		right = glue;
	}
	aur_buf_v(out, 0);
	aur_buf_put(out, text + at, len - at);
}

int aur_fwd_open(aur_fwd *f, const uint8_t *p, const uint8_t *end)
{
	f->id_len = aur_vget_safe(&p, end);
	if (!p || f->id_len > (size_t)(end - p))
		return 0;
	f->id = (const char *)p;
	p += f->id_len;
	f->text_len = aur_vget_safe(&p, end);
	f->ntok = aur_vget_safe(&p, end);
	f->nwords = aur_vget_safe(&p, end);
	uint32_t bytes = aur_vget_safe(&p, end);
	if (!p || bytes > (size_t)(end - p) || f->ntok > bytes)
		return 0;
	f->forms = p;
	f->forms_end = f->side = p + bytes;
	f->end = f->readable = end;
	return 1;
}
