#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Golden tests of the command line.  Each folder of tests/golden/cases holds `cmd` (shell lines), the files that they need, and
# `expected`: the lines of cmd with what they print, standard error after « ! », statuses other than 0 in brackets.
#   tests/golden/run.sh [CASE…]           all of them, or these; build folder: $BUILD, or ., or build
#   UPDATE=1 tests/golden/run.sh [CASE…]  rewrites `expected`: read the diff before you commit it
# cmd may use: auricule ARGUMENT…; $SRC (the sources), $SMALL (a small pipeline and its lexicon), $SHARED (reference data beside them, may be absent), $PLUGINS (the search
# path of our plugins), $ABI (sample plugins), $CONFIG (what configure found, config.h), $TAMPER (tests/robust/tamper.c); faulty FAULTS ARGUMENT…
# (as tests/robust/faults.c has it); skip REASON.
set -u
# Whoever starts this with & out of a script would have SIGINT ignored, by what is tested as well.
if [ -z "${HEARS_INT-}" ] && env --default-signal=INT true 2>/dev/null; then
	HEARS_INT=1 exec env --default-signal=INT "$0" "$@"
fi
here=$(cd "$(dirname "$0")" && pwd) || exit 99
SRC=$(cd "$here/../.." && pwd) || exit 99
build=${BUILD-}
[ -n "$build" ] || { [ -f auricule-tree.conf ] && build=. || build=$SRC/build; }
build=$(cd "$build" && pwd) || exit 99
case $SRC$build in
*[[:space:]:]*)
	echo "SKIP: the name of this folder holds a blank or a colon, and neither the cases nor LD_PRELOAD take one"
	exit 77
	;;
esac
AURICULE=$build/auricule
[ -x "$AURICULE" ] || {
	echo "there is no $AURICULE: build first, or say where with BUILD=" >&2
	exit 99
}
SMALL=$here/small SHARED=$SRC/../shared ABI=$build/tests/abi/.libs CONFIG=$build/config.h PLUGINS=
FAULTS_SO=$build/tests/robust/.libs/faults.so TAMPER=$build/tests/robust/tamper
for d in "$build"/plugins/*/.libs; do
	[ -d "$d" ] && PLUGINS=$PLUGINS${PLUGINS:+:}$d
done
unset AURICULE_CORPUS AURICULE_PLUGIN_PATH AURICULE_DATA_DIR
AURICULE_LEXICON_PATH=$SMALL
export AURICULE AURICULE_LEXICON_PATH SRC SMALL SHARED ABI CONFIG PLUGINS FAULTS_SO TAMPER LC_ALL=C.UTF-8 LANGUAGE=
work=$(mktemp -d "${TMPDIR:-/tmp}/auricule-golden.XXXXXX") || exit 99
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# shellcheck disable=SC2016
prelude='said() {
	"$@" 2>../stderr.$$
	status=$?
	sed "s/^/! /" ../stderr.$$
	[ $status = 0 ] || echo "[status $status]"
	return $status
}
auricule() { said "$AURICULE" "$@"; }
faulty() {
	faults=$1
	shift
	said env LD_PRELOAD="$FAULTS_SO" FAULTS="$faults" ASAN_OPTIONS=verify_asan_link_order=0 "$AURICULE" "$@"
}
skip() {
	echo "$*" >../skipped
	exit 77
}
set -v
'

# What differs from one machine, moment or version of a component to the next.
plain()
{
	sed -E -e "s|$work/scratch|SCRATCH|g; s|$build/tests/abi|BUILD/tests/abi|g" \
		-e "$([ "$build" = "$SRC" ] || echo "s|$build|BUILD|g"); s|$SRC|SRC|g" \
		-e 's/[0-9.]+ s \([0-9]+ contributions per second\)/T s (N contributions per second)/' \
		-e 's/[0-9, ]+ s \([0-9 ]+ contributions par seconde\)/T s (N contributions par seconde)/' \
		-e 's/[0-9a-f]{32}/FINGERPRINT/g; s/on disk: [0-9.]+ MB/on disk: N MB/; s/"bytes":[0-9]+/"bytes":N/'
}

good=0 bad=0 skipped=0
if [ $# = 0 ]; then
	for c in "$here"/cases/*/; do
		set -- "$@" "$(basename "$c")"
	done
fi
for name; do
	case=$here/cases/$name
	[ -f "$case/cmd" ] || {
		echo "FAIL $name: there is no $case/cmd"
		bad=$((bad + 1))
		continue
	}
	rm -rf "${work:?}"/*
	cp -R "$case" "$work/scratch"
	chmod -R u+w "$work/scratch"
	rm -f "$work/scratch/expected"
	printf '%s' "$prelude" >"$work/cmd"
	cat "$case/cmd" >>"$work/cmd"
	(cd "$work/scratch" && sh "$work/cmd") >"$work/raw" 2>&1 </dev/null
	if [ -f "$work/skipped" ]; then
		echo "SKIP $name: $(cat "$work/skipped")"
		skipped=$((skipped + 1))
		continue
	fi
	plain <"$work/raw" >"$work/got"
	if [ -n "${UPDATE-}" ]; then
		cmp -s "$work/got" "$case/expected" 2>/dev/null || {
			cp "$work/got" "$case/expected"
			echo "UPDATED $name"
		}
	elif diff -u "$case/expected" "$work/got" >"$work/diff" 2>&1; then
		good=$((good + 1))
	else
		bad=$((bad + 1))
		echo "FAIL $name"
		cat "$work/diff"
	fi
done
[ -n "${UPDATE-}" ] || echo "$good as expected, $bad not, $skipped skipped"
[ $bad = 0 ]
