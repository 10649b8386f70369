/* SPDX-License-Identifier: Apache-2.0 */
/* Pages are data: a text with places to fill, and a tree of values to fill them with.  A small subset of Mustache:
 *
 *  {{name}}            the value, escaped for HTML          {{{name}}}          the value as it is
 *  {{#name}}…{{/name}} once per element of a list; once for a map or a text that is not empty; else left out
 *  {{^name}}…{{/name}} where {{#name}} would be left out    {{! … }}            a note
 *  {{<name}}…{{/name}} keeps its content under this name    {{>name}}           inserts it here
 *
 * A name is looked up in the innermost map first, then outwards; "." is the element itself.  An unknown name is an error, so that a
 * page never has silent holes. */
#ifndef AUR_REPORT_TEMPLATE_H
#define AUR_REPORT_TEMPLATE_H
#include <stdbool.h>
#include <auricule/plugin.h>
#include "base/error.h"
#include "base/mem.h"

typedef struct aur_node aur_node;
/* Nodes live in an arena.  Keys and texts are borrowed: they must outlive it. */
aur_node *aur_node_map(aur_arena *a);
aur_node *aur_node_list(aur_arena *a);
aur_node *aur_node_str(aur_arena *a, aur_str s);
void aur_node_set(aur_arena *a, aur_node *map, const char *key, aur_node *value);
void aur_node_put(aur_arena *a, aur_node *map, const char *key, aur_str value);
void aur_node_text(aur_arena *a, aur_node *map, const char *key, const char *value); /* `value` is copied */
void aur_node_flag(aur_arena *a, aur_node *map, const char *key, bool on);
void aur_node_push(aur_arena *a, aur_node *list, aur_node *element);

typedef struct aur_template aur_template;
/* `name` is for messages only.  The text is copied. */
aur_code aur_template_parse(const char *name, aur_str text, aur_template **out, aur_error *e);
aur_code aur_template_render(const aur_template *t, const aur_node *root, aur_buf *out, aur_error *e);
void aur_template_free(aur_template *t);
#endif
