#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# make test: does @NAME@ keep the contract with auricule, and does it cut sample.txt as `expected` says?
set -eu
cd "$(dirname "$0")"
auricule=${AURICULE-auricule}
"$auricule" plugin check ./@NAME@.so --pipeline pipeline.xml --sample sample.txt --format table
"$auricule" tokens -q --reader text -p pipeline.xml --format csv sample.txt >got
diff -u expected got || {
	echo "make test: what is found now (+) is not what « expected » says (-); where it is right, « cp got expected »" >&2
	exit 1
}
