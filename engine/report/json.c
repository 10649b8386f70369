/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "base/intl.h"
#include "base/str.h"
#include "report/json.h"

void aur_pjson_str(yajl_gen g, aur_str s)
{
	yajl_gen_string(g, (const unsigned char *)(s.ptr ? s.ptr : ""), s.len);
}

void aur_pjson_text(yajl_gen g, const char *s)
{
	aur_pjson_str(g, aur_str_of(s));
}

void aur_pjson_key(yajl_gen g, const char *s)
{
	aur_pjson_text(g, s);
}

void aur_pjson_real(yajl_gen g, double x, int digits)
{
	char b[64];
	if (!isfinite(x) || fabs(x) > 1e15) {
		yajl_gen_null(g);
		return;
	}
	snprintf(b, sizeof b, "%.*f", digits, x);
	for (char *p = b; *p; p++)
		if (*p == ',')
			*p = '.';
	if (strchr(b, '.')) {
		size_t n = strlen(b);
		while (b[n - 1] == '0')
			b[--n] = 0;
		if (b[n - 1] == '.')
			b[n - 1] = 0;
	}
	if (!strcmp(b, "-0"))
		strcpy(b, "0");
	yajl_gen_number(g, b, strlen(b));
}

aur_code aur_pjson_end(yajl_gen g, aur_buf *out, aur_error *e)
{
	const unsigned char *p;
	size_t n;
	if (yajl_gen_get_buf(g, &p, &n) != yajl_gen_status_ok) {
		yajl_gen_free(g);
		return aur_fail(e, AURE_BUG, _("the page's data could not be written"));
	}
	/* "<" only ever stands in strings */
	for (size_t i = 0, from = 0; i <= n; i++)
		if (i == n || p[i] == '<') {
			aur_buf_put(out, p + from, i - from);
			if (i < n)
				aur_buf_str(out, "\\u003c");
			from = i + 1;
		}
	yajl_gen_free(g);
	return AURE_OK;
}
