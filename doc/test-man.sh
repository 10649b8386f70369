#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The manual page and the program list the same verbs and options, and the page is well-formed where mandoc can say so.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
"$here/man.sh" check "${BUILD-.}"
command -v mandoc >/dev/null || exit 0
faults=$(mandoc -Tlint "$here/auricule.1" || :)
[ -z "$faults" ] || {
	printf '%s\n' "$faults"
	exit 1
}
