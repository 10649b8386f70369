# shellcheck shell=sh disable=SC2154,SC2034
# SPDX-License-Identifier: Apache-2.0
# Sourced by the scripts of this folder, which have set $here: the program as built, a folder of its own to work in, and faulty.
SRC=$(cd "$here/../.." && pwd) || exit 99
build=${BUILD-}
[ -n "$build" ] || { [ -f auricule-tree.conf ] && build=. || build=$SRC/build; }
build=$(cd "$build" && pwd) || exit 99
case $SRC$build in
*[[:space:]:]*)
	echo "SKIP: the name of this folder holds a blank or a colon, and LD_PRELOAD takes none"
	exit 77
	;;
esac
AURICULE=$build/auricule FAULTS_SO=$build/tests/robust/.libs/faults.so SMALL=$SRC/tests/golden/small
if ! [ -x "$AURICULE" ] || ! [ -f "$FAULTS_SO" ]; then
	echo "build first (make check TESTS=), or say where with BUILD=" >&2
	exit 99
fi
sanitized=
grep -q 'SANITIZED 1' "$build/config.h" && sanitized=yes # everything takes long: tests try less
unset AURICULE_CORPUS AURICULE_PLUGIN_PATH AURICULE_DATA_DIR
AURICULE_LEXICON_PATH=$SMALL LC_ALL=C.UTF-8 LANGUAGE=
export AURICULE_LEXICON_PATH LC_ALL LANGUAGE
work=$(mktemp -d "${TMPDIR:-/tmp}/auricule-robust.XXXXXX") || exit 99
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work" || exit 99

fail()
{
	echo "FAIL: $*"
	exit 1
}

# faulty FAULTS ARGUMENT…: the program with these faults (see faults.c).
faulty()
{
	faults=$1
	shift
	env LD_PRELOAD="$FAULTS_SO" FAULTS="$faults" ASAN_OPTIONS=verify_asan_link_order=0 "$AURICULE" "$@"
}
