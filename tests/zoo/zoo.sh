#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every bad plugin of this folder is caught by the check that it names, for the reason that it names, and by no other; see zoo.h.
#   tests/zoo/zoo.sh [ANIMAL…]      build folder: $BUILD, or . where it is one; ZOO_ALL=1: with the checks that have to pass
set -u
# Whoever starts this with & out of a script would have SIGINT ignored, by what is tested as well.
if [ -z "${HEARS_INT-}" ] && env --default-signal=INT true 2>/dev/null; then
	HEARS_INT=1 exec env --default-signal=INT "$0" "$@"
fi
here=$(cd "$(dirname "$0")" && pwd) || exit 99
build=$(cd "${BUILD-.}" && pwd) || exit 99
work=$(mktemp -d "${TMPDIR:-/tmp}/auricule-zoo.XXXXXX") || exit 99
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
unset AURICULE_CORPUS AURICULE_PLUGIN_PATH AURICULE_DATA_DIR
export LC_ALL=C.UTF-8 LANGUAGE=
grep -q 'fsanitize=address' "$build/config.status" && sanitizer=yes || sanitizer=
if [ $# = 0 ]; then
	for c in "$here"/*.c; do
		set -- "$@" "$(basename "$c" .c)"
	done
fi
bad=0 good=0 skipped=0
fault()
{
	echo "FAIL $animal: $*"
	sed 's/^/    /' "$work/got" "$work/said"
	bad=$((bad + 1))
}
for animal; do
	source=$here/$animal.c
	if [ -n "$sanitizer" ] && grep -q 'ZOO-NOT sanitizer' "$source"; then
		echo "SKIP $animal: its fault is not watched for in a build with sanitizers"
		skipped=$((skipped + 1))
		continue
	fi
	sed -n 's/^ \* ZOO \([a-z]*\): \(.*\)$/\1 \2/p' "$source" | sed 's, \*/$,,' | sort >"$work/expected"
	args=$(sed -n 's/^ \* ZOO-ARGS \(.*\)$/\1/p' "$source" | sed 's, \*/$,,')
	case $args in *--seconds*) ;; *) args="--seconds 0 $args" ;; esac
	# The checks that come first, and its own; ZOO_ALL=1: all of them.
	[ -n "${ZOO_ALL-}" ] || args="$args --only open --only output$(
		cut -d' ' -f1 "$work/expected" | grep -v -e load -e abi -e descriptor -e symbols -e silent | sed 's/^/ --only /' | tr -d '\n'
	)"
	# shellcheck disable=SC2086
	"$build/auricule" plugin check "$build/tests/zoo/$animal.so" --format jsonl $args >"$work/got" 2>"$work/said" </dev/null
	status=$?
	sed -n 's/.*"check":"\([a-z]*\)","verdict":"failed".*/\1/p' "$work/got" | sort >"$work/failed"
	cut -d' ' -f1 "$work/expected" >"$work/checks"
	if [ $status != 1 ]; then
		fault "status $status instead of 1"
	elif ! [ -s "$work/expected" ] || ! cmp -s "$work/checks" "$work/failed"; then
		fault "caught by « $(tr '\n' ' ' <"$work/failed")» instead of « $(tr '\n' ' ' <"$work/checks")»"
	else
		while read -r check words; do
			grep -F "\"check\":\"$check\"" "$work/got" | grep -qF -- "$words" || {
				fault "the check « $check » does not say « $words »"
				continue 2
			}
		done <"$work/expected"
		good=$((good + 1))
	fi
done
echo "$good caught, $bad not, $skipped skipped"
[ $bad = 0 ]
