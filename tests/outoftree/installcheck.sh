#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds a plugin outside of this tree against what was installed, with pkg-config alone, and has the installed program list it.
#   installcheck.sh SOURCE-FOLDER BINDIR LIBDIR DATADIR     (with $DESTDIR before the last three where it is set)
set -eu
source=$1 root=${DESTDIR-} bindir=$2 libdir=$3 datadir=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$source/plugin/Makefile" "$source/plugin/cri.c" "$work"
PKG_CONFIG_PATH=$root$libdir/pkgconfig PKG_CONFIG_SYSROOT_DIR=$root
export PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR
[ -n "$root" ] || unset PKG_CONFIG_SYSROOT_DIR
echo "building a plugin in $work with: pkg-config --cflags auricule = $(pkg-config --cflags auricule)"
env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -C "$work" cri.so
AURICULE_PLUGIN_PATH=$root$libdir/auricule:$work AURICULE_DATA_DIR=$root$datadir/auricule
export AURICULE_PLUGIN_PATH AURICULE_DATA_DIR
"$root$bindir/auricule" plugin list --format csv >"$work/list"
cat "$work/list"
grep -q '[^a-z]cri[^a-z]\|^cri[^a-z]' "$work/list" || {
	echo "the plugin just built is not in « auricule plugin list »" >&2
	exit 1
}

# What was installed is enough to work with: the default pipeline, its lexicons, a corpus, the page.
data=$root$datadir/auricule
"$root$bindir/auricule" ingest -q -d "$work/c" "$data/corpora/ateliers-demo/ateliers-demo.xml"
[ "$("$root$bindir/auricule" search -d "$work/c" --count --format csv 'bus' | wc -l)" = 2 ]
"$root$bindir/auricule" check -q -d "$work/c"
"$root$bindir/auricule" report -d "$work/c" -o "$work/page.html"
[ -s "$work/page.html" ]
