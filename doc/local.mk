# SPDX-License-Identifier: Apache-2.0
EXTRA_DIST += doc/query.md doc/lexicon.md doc/corpus-format.md doc/performance.md doc/index-format.md doc/architecture.md
dist_man_MANS += doc/auricule.1
EXTRA_DIST += doc/rapport.png doc/rapport.sh
EXTRA_DIST += doc/man.sh doc/test-man.sh
TESTS += doc/test-man.sh
EXTRA_DIST += doc/test-lexicon.sh
TESTS += doc/test-lexicon.sh
