#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# make test: checks that @NAME@ keeps the contract of auricule, and that it reads from sample.@NAME@ what is in `expected`.
set -eu
cd "$(dirname "$0")"
auricule=${AURICULE-auricule}
"$auricule" plugin check ./@NAME@.so --sample sample.@NAME@ --format table
"$auricule" tokens -q --reader ./@NAME@.so --format csv sample.@NAME@ | cut -d, -f1-4 >got
diff -u expected got || {
	echo "make test: the output (+) differs from « expected » (-). If the output is right: cp got expected" >&2
	exit 1
}
