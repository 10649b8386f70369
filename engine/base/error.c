/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/error.h"
#include "base/utf8.h"

aur_code aur_vfail(aur_error *e, aur_code code, const char *fmt, va_list ap)
{
	if (!e)
		return code;
	e->code = code;
	e->line = e->column = 0;
	e->file[0] = 0;
	if (vsnprintf(e->text, sizeof e->text, fmt, ap) >= (int)sizeof e->text)
		aur_utf8_mend(e->text); /* the text was cut off, perhaps within a character */
	return code;
}

aur_code aur_fail(aur_error *e, aur_code code, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	aur_vfail(e, code, fmt, ap);
	va_end(ap);
	return code;
}

aur_code aur_fail_at(aur_error *e, aur_code code, const char *file, uint32_t line, uint32_t column, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	aur_vfail(e, code, fmt, ap);
	va_end(ap);
	if (e) {
		if (snprintf(e->file, sizeof e->file, "%s", file ? file : "") >= (int)sizeof e->file)
			aur_utf8_mend(e->file);
		e->line = line;
		e->column = column;
	}
	return code;
}

const char *aur_typed(const char *name)
{
	static _Thread_local char made[4][1024];
	static _Thread_local unsigned last;
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:,=@%+";
	const char *s = name;
	while (*s && (strchr(plain, *s) || (unsigned char)*s >= 0x80))
		s++;
	if (*name && !*s)
		return name;
	char *to = made[last++ % 4];
	size_t n = 0;
	to[n++] = '\'';
	for (s = name; *s; s++) {
		if (n + 6 > sizeof made[0])
			return name;
		if (*s == '\'') {
			memcpy(to + n, "'\\'", 3);
			n += 3;
		}
		to[n++] = *s;
	}
	memcpy(to + n, "'", 2);
	return to;
}

const char *aur_error_format(const aur_error *e, char *buf, unsigned long size)
{
	char where[32] = "";
	if (e->line && e->column)
		snprintf(where, sizeof where, ":%u:%u", e->line, e->column);
	else if (e->line)
		snprintf(where, sizeof where, ":%u", e->line);
	if (e->file[0])
		snprintf(buf, size, "%s%s: %s", e->file, where, e->text);
	else
		snprintf(buf, size, "%s", e->text);
	return buf;
}
