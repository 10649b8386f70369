/* SPDX-License-Identifier: Apache-2.0 */
/* Options of the verbs that read files, handed to the reader. */
#ifndef AUR_CLI_READER_OPTS_H
#define AUR_CLI_READER_OPTS_H
#include "cli/cli.h"
#include "pipeline/flow.h"
#define AUR_OPTS_READER                                                                                                \
	{"reader", 'r', N_("NAME"), N_("csv, tei, alceste, text, transcript or another reader (default: by content, then by extension)")},  \
	{"text-column", 0, N_("COLUMN"), N_("CSV: the column that holds what was said, or '#5-#9' (may be given again)")},               \
	{"id-column", 0, N_("COLUMN"), N_("CSV: the column of the contribution's id")},                                     \
	{"id-prefix", 0, N_("TEXT"), N_("a prefix for the ids of these files, such as v2-, if those of other files count from 1 too")},      \
	{"session-column", 0, N_("COLUMN"), N_("CSV: the column of the session")},                                          \
	{"date-column", 0, N_("COLUMN"), N_("CSV: the column of the date")},                                                \
	{"separator", 0, N_("CHAR"), N_("CSV: the separator (default: found out)")},                                         \
	{"encoding", 0, N_("NAME"), N_("encoding of the text (default: found out)")},                                        \
	{"set", 0, N_("KEY=VALUE"), N_("another setting of the reader (may be given again)")},                              \
	{"threads", 'j', N_("N"), N_("threads (default: one per processor)")}
/* On standard error: a contribution that was refused. */
void aur_say_refused(const char *file, uint32_t line, aur_str id, const char *reason);
/* The same two as a flow calls them: a note of a reader, and that. */
void aur_pass_note(void *ctx, const char *file, const char *msg);
void aur_pass_refused(void *ctx, const char *file, uint32_t line, aur_str id, const char *reason);
/* For the verbs that make nothing of sessions and of what a file says of itself. */
void aur_pass_session(void *ctx, const char *file, aur_str id, aur_str key, aur_str value);
void aur_pass_property(void *ctx, const char *file, aur_str key, aur_str value);
int aur_reader_config(const aur_args *a, aur_config *c); /* exit status; 0 = fine */
/* After the files were read: which of these options changed nothing, as no reader knew them. */
void aur_reader_left_aside(const aur_config *c, const aur_flow_stats *st);
#endif
