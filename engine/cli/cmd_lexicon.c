/* SPDX-License-Identifier: Apache-2.0 */
/* lexicon: what those who write lexicons can see and do.  Each sub-verb is a file: cmd_lexicon_*.c. */
#include "config.h"
#include "cli/cmd_lexicon.h"
#include "cli/verbs.h"

static const aur_opt opts[] = {AUR_OPT_CORPUS,
			       AUR_OPT_FORMAT,
			       {"pipeline", 'p', N_("FILE"), N_("another pipeline.xml")},
			       {"show", 's', N_("WHAT"), N_("coverage: themes, entries or words (default: themes, and words in a table); diff: themes (default) or contributions")},
			       {"dead", 0, NULL, N_("check: also list what is never found in the corpus (default: only if FILE is given)")},
			       {"limit", 'n', N_("N"), N_("coverage, suggest: words at most (default: 30); export: expressions of one entry at most (default: 1000)")},
			       {"from", 0, N_("FORMAT"), N_("import: liwc, quanteda, qdc, csv, lexicoder or yoshikoder (default: found out)")},
			       {"layer", 0, N_("LAYER"), N_("import: the layer on which words are compared (default: fold, without accents)")},
			       {"to", 't', N_("FORMAT"), N_("export: liwc, quanteda, qdc or csv")},
			       {"output", 'o', N_("FILE"), N_("import, export: where to write it (default: standard output); import into a folder: a lexicon per theme")},
			       {"lost", 0, N_("FILE"), N_("export: also write there, as --format says, what cannot be converted")},
			       {NULL, 0, NULL, NULL}};

static const aur_sub sub[] = {
	{"check", 0, -1, aur_lexicon_check},
	{"coverage", 0, 1, aur_lexicon_coverage},
	{"diff", 2, 2, aur_lexicon_diff},
	{"suggest", 1, 2, aur_lexicon_suggest},
	{"import", 1, 1, aur_lexicon_import},
	{"export", 0, -1, aur_lexicon_export},
};

static int run(aur_args *a)
{
	return aur_arg_sub(a, sub, sizeof sub / sizeof *sub);
}

const aur_verb verb_lexicon = {"lexicon", N_("check [FILE…] | coverage [LEXICON] | diff OLD NEW | suggest THEME [LEXICON] | import FILE | export [THEME|FILE…] --to FORMAT"),
			       N_("for authors of lexicons: what is wrong in them, what they cover, what changes, what is missing"), opts, 1, -1, run};
