# SPDX-License-Identifier: Apache-2.0
include plugins/common/local.mk
include plugins/reader-tei/local.mk
include plugins/reader-csv/local.mk
include plugins/reader-alceste/local.mk
include plugins/reader-text/local.mk
include plugins/reader-transcript/local.mk
include plugins/reader-chat/local.mk
include plugins/tokenizer-fr/local.mk
include plugins/layer-fold/local.mk
include plugins/layer-stem-snowball/local.mk
include plugins/layer-lemma-hunspell/local.mk
include plugins/annotate-lexicon/local.mk
include plugins/annotate-negation/local.mk
include plugins/annotate-heures/local.mk
include plugins/exporter-tei/local.mk
include plugins/exporter-iramuteq/local.mk
include plugins/exporter-vertical/local.mk
