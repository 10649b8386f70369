#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Holds README.md to the program: what follows a line « $ auricule … » in it is what that command prints.
#   tests/readme.sh check [BUILD-FOLDER]    shows what differs
#   tests/readme.sh update [BUILD-FOLDER]   writes what the program prints today into README.md
set -u
here=$(cd "$(dirname "$0")/.." && pwd) || exit 99
build=$(cd "${2-$here/build}" && pwd) || exit 99
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
ln -s "$here/corpora" "$work/corpora"
mkdir "$work/bin"
ln -s "$build/auricule" "$work/bin/auricule"
unset AURICULE_CORPUS AURICULE_PLUGIN_PATH AURICULE_LEXICON_PATH AURICULE_DATA_DIR
export LC_ALL=C.UTF-8 LANGUAGE=
fence='```'
inside=
while IFS= read -r line; do
	case $line in
	"$fence"*)
		inside=${inside:+} # a fence ends what was printed
		printf '%s\n' "$line"
		;;
	'$ auricule '*)
		[ -z "$inside" ] || printf '\n'
		inside=yes
		printf '%s\n' "$line"
		(cd "$work" && PATH=$work/bin:$PATH sh -c "${line#'$ '}" 2>&1 </dev/null) |
			sed -E 's/[0-9.]+ s \([0-9]+ contributions per second\)/0.2 s (2000 contributions per second)/'
		;;
	*)
		[ -n "$inside" ] || printf '%s\n' "$line"
		;;
	esac
done <"$here/README.md" >"$work/new"
case ${1-} in
check)
	diff -u "$here/README.md" "$work/new" || {
		echo "README.md and the program disagree: run tests/readme.sh update, and read what changed" >&2
		exit 1
	}
	;;
update) cat "$work/new" >"$here/README.md" ;;
*)
	sed -n 's/^#   //p' "$0" >&2
	exit 2
	;;
esac
