/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as another program's word list, as each format in turn: they may be refused, but what is read makes a lexicon that its
 * schema takes, whose themes have names and places, and that is written and read again.
 *
 * With libFuzzer: as in fuzz_reader.c, with the sources of fuzz_import in tests/fuzz/import.mk. */
#include "config.h"
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <stdio.h>
#include <stdlib.h>
#include "lexicon/dict.h"
#include "index/index.h"

#define MUST(x)                                                                                                        \
	do {                                                                                                           \
		if (!(x)) {                                                                                            \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #x);                                        \
			abort();                                                                                       \
		}                                                                                                      \
	} while (0)

static unsigned told;

static void leave(void *to, unsigned line, const char *what, size_t n, const char *why)
{
	(void)to, (void)line;
	MUST((what || !n) && why && *why);
	told++;
}

/* The lexicon plugin's part, without it: words as they are, which the schema does not look into. */
static aur_code pattern(void *ctx, const aur_dict_line *l, aur_buf *out, aur_error *err)
{
	(void)ctx, (void)err;
	aur_buf_str(out, l->text);
	return AURE_OK;
}

static xmlRelaxNG *schema(void)
{
	static xmlRelaxNG *s;
	if (!s) {
		char path[1000];
		const char *src = getenv("srcdir");
		snprintf(path, sizeof path, "%s/lexicons/lexicon.rng", src ? src : ".");
		xmlRelaxNGParserCtxt *p = xmlRelaxNGNewParserCtxt(path);
		MUST(p && (s = xmlRelaxNGParse(p)));
		xmlRelaxNGFreeParserCtxt(p);
	}
	return s;
}

static void check_lexicon(const aur_dict *d, uint32_t top)
{
	aur_buf out = {0};
	aur_error e = {0};
	MUST(aur_dict_lexicon(d, top, NULL, pattern, NULL, &out, &e) == AURE_OK);
	xmlDoc *doc = xmlReadMemory((char *)out.p, (int)out.n, "lexicon", NULL, XML_PARSE_NONET);
	MUST(doc);
	xmlRelaxNGValidCtxt *v = xmlRelaxNGNewValidCtxt(schema());
	MUST(xmlRelaxNGValidateDoc(v, doc) == 0);
	xmlRelaxNGFreeValidCtxt(v);
	xmlFreeDoc(doc);
	aur_buf_free(&out);
}

static size_t lines_of(const aur_dict *d)
{
	size_t n = 0;
	for (uint32_t t = 0; t < d->n; t++) {
		const aur_dict_theme *x = &d->t[t];
		MUST(x->code && *x->code && x->length <= 160 && (x->parent == AUR_NONE || x->parent < t));
		for (uint32_t i = 0; i < x->n; i++)
			MUST(x->lines[i].text);
		n += x->n;
	}
	return n;
}

static void read_as(aur_dict_format f, const char *s, size_t n, int again)
{
	aur_dict d = {.file = "a/Été 1.dic", .leave = leave};
	aur_error e = {0};
	aur_code c = aur_dict_read(&d, f, s, n, &e);
	MUST(!c || e.text[0]);
	MUST(again != 2 || !c); /* what we wrote is read */
	size_t lines = lines_of(&d);
	if (!c && again == 1 && d.n) {
		check_lexicon(&d, AUR_NONE);
		check_lexicon(&d, 0);
		for (int k = DICT_LIWC; k <= DICT_CSV; k++) {
			aur_buf out = {0};
			if (k == DICT_QDC || (k == DICT_QUANTEDA && !lines))
				continue;
			uint64_t written;
			aur_code w = aur_dict_write(&d, (aur_dict_format)k, &out, &written, &e);
			MUST(w || (written > 0) == (lines > 0));
			if (!w)
				read_as((aur_dict_format)k, (char *)out.p, out.n, 2);
			else
				MUST(e.code == AURE_CONFIG); /* built without it */
			aur_buf_free(&out);
		}
	}
	aur_dict_unique(&d);
	MUST(lines_of(&d) <= lines);
	aur_dict_free(&d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	for (int f = DICT_UNKNOWN; f < DICT_FORMATS; f++)
		read_as((aur_dict_format)f, (const char *)data, size, 1);
	return 0;
}
