/* SPDX-License-Identifier: Apache-2.0 */
/* JSON for a script element of the page, generated with yajl; "<" is escaped, so that no "</" or "<!--" can end the element. */
#ifndef AUR_REPORT_JSON_H
#define AUR_REPORT_JSON_H
#include <yajl/yajl_gen.h>
#include <auricule/plugin.h>
#include "base/error.h"
#include "base/mem.h"

void aur_pjson_key(yajl_gen g, const char *s);
void aur_pjson_text(yajl_gen g, const char *s);
void aur_pjson_str(yajl_gen g, aur_str s);
/* A number with at most `digits` decimals; null where x is not finite. */
void aur_pjson_real(yajl_gen g, double x, int digits);
/* Appends what was generated to `out`, with "<" escaped, and frees the generator. */
aur_code aur_pjson_end(yajl_gen g, aur_buf *out, aur_error *e);
#endif
