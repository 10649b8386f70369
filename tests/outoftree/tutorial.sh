#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Does what doc/plugin-author.md says, with what was installed and pkg-config alone: writes its files, runs its commands, and holds what
# it shows to what they print, and what it quotes to the source that it speaks of.
#   tutorial.sh SOURCE-FOLDER BINDIR LIBDIR DATADIR     (with $DESTDIR before the last three where it is set)
set -eu
page=$1/doc/plugin-author.md root=${DESTDIR-} bindir=$2 libdir=$3 datadir=$4
case $page in /*) ;; *) page=$PWD/$page ;; esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/empty"
# Fences: ```sh is run, ```text is a file where a line « File `NAME`: » stands before it and an output otherwise, ```c is a quotation.
awk -v dir="$work" '
	/^File `[A-Za-z.]+`:$/ { split($0, part, "`"); file = part[2]; next }
	!inside && /^ *```/ { match($0, /^ */); indent = RLENGTH; kind = substr($0, indent + 4); inside = 1; next }
	inside && /^ *```/ { inside = 0; file = ""; next }
	!inside { next }
	{ line = substr($0, indent + 1) }
	kind == "sh" { print line > (dir "/commands.sh") }
	kind == "c" { print line > (dir "/quoted") }
	kind == "text" && file != "" { print line > (dir "/empty/" file) }
	kind == "text" && file == "" { print line > (dir "/shown") }' "$page"
PKG_CONFIG_PATH=$root$libdir/pkgconfig PKG_CONFIG_SYSROOT_DIR=$root
export PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR
[ -n "$root" ] || unset PKG_CONFIG_SYSROOT_DIR
PATH=$root$bindir:$PATH AURICULE_DATA_DIR=$root$datadir/auricule AURICULE_PLUGIN_PATH=$root$libdir/auricule
export PATH AURICULE_DATA_DIR AURICULE_PLUGIN_PATH LC_ALL=C.UTF-8 LANGUAGE=
# a variable of pkg-config knows no DESTDIR
[ -z "$root" ] || sed -i "s|\$(pkg-config --variable=kitdir auricule)|$root$datadir/auricule/kit|" "$work/commands.sh"
cd "$work/empty"
env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL sh -eux "$work/commands.sh" >"$work/printed" 2>"$work/trace" || {
	cat "$work/printed" "$work/trace" >&2
	echo "a command of doc/plugin-author.md fails" >&2
	exit 1
}
cat "$work/printed"
grep -Fvxf "$work/printed" "$work/shown" >"$work/missing" && {
	echo "doc/plugin-author.md shows what its commands do not print:" >&2
	cat "$work/missing" >&2
	exit 1
}
grep -Fvxf mes-heures/mes-heures.c "$work/quoted" >"$work/missing" && {
	echo "doc/plugin-author.md quotes what is not in heures.c:" >&2
	cat "$work/missing" >&2
	exit 1
}
# What it shows builds without a warning, too.
env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -B -C mes-heures CFLAGS='-O2 -Werror'
