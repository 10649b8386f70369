#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# make test: does @NAME@ keep the contract with auricule, and does it read in sample.@NAME@ what is in `expected`?
set -eu
cd "$(dirname "$0")"
auricule=${AURICULE-auricule}
"$auricule" plugin check ./@NAME@.so --sample sample.@NAME@ --format table
"$auricule" tokens -q --reader ./@NAME@.so --format csv sample.@NAME@ | cut -d, -f1-4 >got
diff -u expected got || {
	echo "make test: what is found now (+) is not what « expected » says (-); where it is right, « cp got expected »" >&2
	exit 1
}
