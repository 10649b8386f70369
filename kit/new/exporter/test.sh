#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# make test: checks that @NAME@ keeps the contract of auricule, and that it writes of sample.csv what `expected` holds.
set -eu
cd "$(dirname "$0")"
auricule=${AURICULE-auricule}
"$auricule" plugin check ./@NAME@.so --format table
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$auricule" ingest -q -d "$scratch/corpus" sample.csv
"$auricule" export -q -d "$scratch/corpus" -e ./@NAME@.so >got
diff -u expected got || {
	echo "make test: the output (+) differs from « expected » (-). If the output is right: cp got expected" >&2
	exit 1
}
