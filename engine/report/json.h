/* SPDX-License-Identifier: Apache-2.0 */
/* JSON inside a page: yajl writes it, and no "</" or "<!--" leaves the script element that holds it. */
#ifndef AUR_REPORT_JSON_H
#define AUR_REPORT_JSON_H
#include <yajl/yajl_gen.h>
#include <auricule/plugin.h>
#include "base/error.h"
#include "base/mem.h"

void aur_pjson_key(yajl_gen g, const char *s);
void aur_pjson_text(yajl_gen g, const char *s);
void aur_pjson_str(yajl_gen g, aur_str s);
/* A number with at most `digits` after the point; null where it is none. */
void aur_pjson_real(yajl_gen g, double x, int digits);
/* Appends what was generated, "<" escaped inside, and frees the generator. */
aur_code aur_pjson_end(yajl_gen g, aur_buf *out, aur_error *e);
#endif
