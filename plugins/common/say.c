/* SPDX-License-Identifier: Apache-2.0 */
/* Sentences for the person, through the host. */
#include <stdarg.h>
#include <stdio.h>
#include "rd.h"

#define SENTENCE 2048

/* Formats a sentence so that it is valid UTF-8, whatever bytes of a file it quotes, and wherever it was cut. */
static void say_format(char out[SENTENCE], const char *fmt, va_list ap)
{
	int n = vsnprintf(out, SENTENCE, fmt, ap);
	size_t len = n < 0 ? 0 : n < SENTENCE ? (size_t)n : SENTENCE - 1;
	out[len] = 0;
	bool cut = n >= SENTENCE;
	if (cut) {
		len = SENTENCE - 4;
		while (len && ((unsigned char)out[len] & 0xC0) == 0x80)
			len--;
	}
	for (size_t at = 0; (at += rd_utf8_valid(out + at, len - at)) < len;)
		out[at] = '?';
	if (cut)
		memcpy(out + len, "…", sizeof "…");
}

const char *rd_said_encoding(const rd_encoding *e, char out[RD_SAID])
{
	snprintf(out, RD_SAID, "%s%s%s%s%s", _("encoding "), e->name, e->why ? " (" : "", e->why ? _(e->why) : "", e->why ? ")" : "");
	return out;
}

void rd_note(const aur_host *h, aur_record_sink *o, const char *fmt, ...)
{
	char msg[SENTENCE];
	va_list ap;
	va_start(ap, fmt);
	say_format(msg, fmt, ap);
	va_end(ap);
	h->note(h, o, msg);
}

void rd_refuse(const aur_host *h, aur_record_sink *o, uint32_t line, aur_str id, const char *fmt, ...)
{
	char msg[SENTENCE];
	va_list ap;
	va_start(ap, fmt);
	say_format(msg, fmt, ap);
	va_end(ap);
	h->refuse(h, o, line, id, msg);
}

aur_status rd_fail(const aur_host *h, aur_status code, const char *fmt, ...)
{
	char msg[SENTENCE];
	va_list ap;
	va_start(ap, fmt);
	say_format(msg, fmt, ap);
	va_end(ap);
	return h->fail(h, code, msg);
}

aur_status rd_fail_at(const aur_host *h, aur_status code, const char *file, uint32_t line, uint32_t column,
                      const char *fmt, ...)
{
	char msg[SENTENCE];
	va_list ap;
	va_start(ap, fmt);
	say_format(msg, fmt, ap);
	va_end(ap);
	return h->fail_at(h, code, file, line, column, msg);
}

aur_status rd_nomem(const aur_host *h)
{
	return h->fail(h, AUR_E_NOMEM, _("there is not enough memory to read this file"));
}
