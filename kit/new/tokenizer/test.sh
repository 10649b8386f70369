#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# make test: checks that @NAME@ keeps the contract of auricule, and that it cuts sample.txt as `expected` says.
set -eu
cd "$(dirname "$0")"
auricule=${AURICULE-auricule}
"$auricule" plugin check ./@NAME@.so --pipeline pipeline.xml --sample sample.txt --format table
"$auricule" tokens -q --reader text -p pipeline.xml --format csv sample.txt >got
diff -u expected got || {
	echo "make test: the output (+) differs from « expected » (-). If the output is right: cp got expected" >&2
	exit 1
}
