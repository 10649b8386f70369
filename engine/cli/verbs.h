/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUR_CLI_VERBS_H
#define AUR_CLI_VERBS_H
#include "cli/cli.h"
extern const aur_verb verb_ingest, verb_annotate, verb_tokens, verb_info, verb_plugin, verb_check, verb_compact, verb_erase, verb_retheme, verb_themes, verb_explain;
extern const aur_verb verb_evaluate, verb_lexicon, verb_export;
extern const aur_verb verb_irritants, verb_report, verb_verify;
extern const aur_verb verb_search, verb_kwic, verb_frequencies, verb_specificities, verb_cooccurrences;
#endif
