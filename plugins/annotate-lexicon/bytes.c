/* SPDX-License-Identifier: Apache-2.0 */
/* bytes.c - the bytes of a lexicon's file, in UTF-8. */
#define _GNU_SOURCE /* memmem */
#include "load.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

aur_status load_file(lex_model *m, const char *path, char **out, size_t *len)
{
	char msg[600];
	FILE *f = fopen(path, "rb");
	char *buf = NULL;
	size_t n = 0, cap = 0;
	aur_status st = AUR_OK;
	if (f == NULL)
		goto io;
	for (;;) {
		if (!lex_grow(&buf, &cap, n + 65536, 1)) {
			st = lex_no_memory(m->host);
			goto out;
		}
		size_t k = fread(buf + n, 1, 65536, f);
		n += k;
		if (n > LEX_MAX_FILE) {
			snprintf(msg, sizeof(msg), _("the lexicon %.400s is larger than %d MiB: split it"), path, LEX_MAX_FILE >> 20);
			st = m->host->fail(m->host, AUR_E_CONFIG, msg);
			goto out;
		}
		if (k < 65536)
			break;
	}
	if (ferror(f))
		goto io;
	buf[n] = 0; /* the last read was short */
	*out = buf;
	*len = n;
	buf = NULL;
	goto out;
io:
	snprintf(msg, sizeof(msg), _("the lexicon %.400s cannot be read: %s"), path, strerror(errno));
	st = m->host->fail(m->host, AUR_E_IO, msg);
out:
	if (f != NULL)
		fclose(f);
	free(buf);
	return st;
}

/* The handler of the encoding that the file declares or begins with; NULL: UTF-8, or unknown. */
static xmlCharEncodingHandlerPtr other_encoding(const char *s, size_t n)
{
	static const char key[] = "encoding";
	char name[40];
	xmlCharEncoding e = xmlDetectCharEncoding((const xmlChar *)s, n < 4 ? (int)n : 4);
	if (e == XML_CHAR_ENCODING_UTF16LE || e == XML_CHAR_ENCODING_UTF16BE)
		return xmlGetCharEncodingHandler(e);
	const char *end = n > 5 && memcmp(s, "<?xml", 5) == 0 ? memchr(s, '>', n) : NULL;
	const char *at = end ? memmem(s, (size_t)(end - s), key, strlen(key)) : NULL;
	if (at == NULL)
		return NULL;
	at += strlen(key);
	while (at < end && strchr(" \t\r\n=\"'", *at) != NULL)
		at++;
	size_t k = 0;
	while (at + k < end && k + 1 < sizeof(name) && strchr(" \t\r\n\"'?", at[k]) == NULL)
		k++;
	memcpy(name, at, k);
	name[k] = 0;
	return xmlParseCharEncoding(name) == XML_CHAR_ENCODING_UTF8 ? NULL : xmlFindCharEncodingHandler(name);
}

/* Reports the first byte that is not valid in the encoding of the file; before: what was converted; from: the rest. */
static aur_status no_such_byte(lex_model *m, const char *path, const char *encoding, const xmlBuffer *before, const xmlBuffer *from)
{
	const char *s = (const char *)xmlBufferContent(before), *end = s + xmlBufferLength(before), *last = s;
	uint32_t line = 1;
	char msg[300];
	for (const char *p = s; (p = memchr(p, '\n', (size_t)(end - p))) != NULL; last = ++p)
		line++;
	snprintf(msg, sizeof(msg), _("the byte %02X is not valid in %s, the encoding that the file declares: save it as UTF-8, and write encoding=\"UTF-8\" in its first line"),
	         xmlBufferContent(from)[0], encoding);
	return lex_fault_at(m, path, line, (uint32_t)(end - last) + 1, msg);
}

/* Are the bytes UTF-8 although the file declares another encoding?  Each accent would be read as two characters, and no word be found.  In no
 * other encoding does a text make UTF-8 by chance. */
static bool is_utf8_after_all(const char *s, size_t n)
{
	bool ascii = true;
	for (size_t i = 0; i < n && ascii; i++)
		ascii = (unsigned char)s[i] < 0x80;
	return !ascii && strlen(s) == n && xmlCheckUTF8((const xmlChar *)s);
}

aur_status load_utf8(lex_model *m, const char *path, char **raw, size_t *n, bool *utf8)
{
	xmlCharEncodingHandlerPtr h = other_encoding(*raw, *n);
	xmlBufferPtr in = h ? xmlBufferCreateSize(*n + 1) : NULL, out = h ? xmlBufferCreateSize(2 * *n + 16) : NULL;
	aur_status st = AUR_OK;
	*utf8 = *n >= 3 && memcmp(*raw, "\xEF\xBB\xBF", 3) == 0; /* as the first bytes say, whatever the first line declares */
	if (h == NULL)
		return AUR_OK;
	if (is_utf8_after_all(*raw, *n)) {
		char msg[300];
		snprintf(msg, sizeof(msg), _("the file declares %s, but it is UTF-8: write encoding=\"UTF-8\" in its first line"), h->name);
		st = lex_fault_at(m, path, 1, 0, msg);
		free(*raw);
		*raw = NULL;
		goto end;
	}
	if (in == NULL || out == NULL || xmlBufferAdd(in, (const xmlChar *)*raw, (int)*n) != 0) {
		st = lex_no_memory(m->host);
		goto end;
	}
	for (int left = 0, before = -1; (left = xmlBufferLength(in)) > 0 && left != before; before = left)
		if (xmlCharEncInFunc(h, out, in) < 0)
			break;
	if (xmlBufferLength(in) > 0) {
		st = no_such_byte(m, path, h->name, out, in);
		free(*raw);
		*raw = NULL;
		goto end;
	}
	size_t len = (size_t)xmlBufferLength(out);
	char *text = malloc(len + 1);
	if (text == NULL) {
		st = lex_no_memory(m->host);
		goto end;
	}
	memcpy(text, xmlBufferContent(out), len);
	free(*raw);
	*raw = text;
	*n = len;
	*utf8 = true;
end:
	xmlBufferFree(in);
	xmlBufferFree(out);
	xmlCharEncCloseFunc(h);
	return st;
}
