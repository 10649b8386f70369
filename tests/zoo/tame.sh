#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Our own plugins, and the samples that others start from, keep the contract that `auricule plugin check` holds everybody to.
#   tests/zoo/tame.sh [PLUGIN.so…]      build folder: $BUILD, or . where it is one; SECONDS of fuzzing for each component: $FUZZ, or 1; TAME=no: not now, it takes long
set -u
[ "${TAME-}" != no ] || exit 77
here=$(cd "$(dirname "$0")" && pwd) || exit 99
build=$(cd "${BUILD-.}" && pwd) || exit 99
work=$(mktemp -d "${TMPDIR:-/tmp}/auricule-tame.XXXXXX") || exit 99
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
unset AURICULE_CORPUS AURICULE_PLUGIN_PATH AURICULE_DATA_DIR
export LC_ALL=C.UTF-8 LANGUAGE=
[ $# != 0 ] || set -- "$build"/plugins/*/.libs/*.so "$build"/tests/abi/.libs/abi-*.so
bad=0 good=0
for so; do
	# What could not be looked at is a fault here, except what a build with sanitizers cannot see.
	"$build/auricule" plugin check "$so" --format jsonl --seconds "${FUZZ-1}" --limit 120 --sample "$here/abi.txt" >"$work/got" 2>"$work/said" </dev/null
	status=$?
	grep -v '"verdict":"passed"' "$work/got" | grep -v -e 'in this build' >"$work/not"
	[ "${FUZZ-1}" != 0 ] || sed -i '/"check":"fuzz","verdict":"skipped"/d' "$work/not"
	if [ $status != 0 ] || [ -s "$work/not" ] || ! grep -q '"check":"silent"' "$work/got"; then
		echo "FAIL $so"
		sed 's/^/    /' "$work/not" "$work/said"
		bad=$((bad + 1))
	else
		good=$((good + 1))
	fi
done
echo "$good keep the contract, $bad do not"
[ $bad = 0 ] && [ $good != 0 ]
