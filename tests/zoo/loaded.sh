#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A loaded machine changes no verdict: where eight others want the one processor that there is, a plugin that never comes back works for so
# many seconds and is not said to wait.
set -u
build=$(cd "${BUILD-.}" && pwd) || exit 99
command -v taskset >/dev/null || {
	echo "SKIP: there is no taskset (util-linux)"
	exit 77
}
export LC_ALL=C.UTF-8 LANGUAGE=
crowd=
trap 'kill $crowd 2>/dev/null' EXIT
trap 'exit 1' HUP INT TERM
# any processor that this process may use
cpu=$(taskset -cp $$ | sed 's/.*: *\([0-9]*\).*/\1/')
for i in 1 2 3 4 5 6 7 8; do
	nice -n 19 taskset -c "$cpu" sh -c 'while :; do :; done' &
	crowd="$crowd $!"
done
got=$(nice -n 19 taskset -c "$cpu" "$build/auricule" plugin check "$build/tests/zoo/loop.so" --limit 1 --seconds 0 --only output --format jsonl 2>&1)
case $got in
*'annotate did not return after 1 s of work'*) echo "a crowd of $i, and the verdict is the same" ;;
*)
	echo "FAIL: $got"
	exit 1
	;;
esac
