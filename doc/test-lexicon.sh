#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# doc/lexicon.md shows what the program prints.  (Its patterns and its lexicons are run by tests/unit/test_lexicon.)
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
build=${BUILD-.}
grep -q 'HAVE_YAML 1' "$build/config.h" || {
	echo "libyaml was not there when this was built"
	exit 77
}
"$here/tests/readme.sh" check "$build" doc/lexicon.md
