#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Does what doc/plugin-author.md says, with what was installed and pkg-config alone: writes its files, runs its commands.
#   tutorial.sh SOURCE-FOLDER BINDIR LIBDIR DATADIR     (with $DESTDIR before the last three where it is set)
set -eu
page=$1/doc/plugin-author.md heures=$1/plugins/annotate-heures/heures.c root=${DESTDIR-} bindir=$2 libdir=$3 datadir=$4
case $heures in /*) ;; *) heures=$PWD/$heures page=$PWD/$page ;; esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
awk -v dir="$work" '
	/^File `[A-Za-z.]+`:$/ { split($0, part, "`"); file = part[2]; next }
	/^```/ && !inside { inside = 1; shell = $0 == "```sh"; next }
	/^```/ { inside = 0; file = ""; shell = 0; next }
	inside && file != "" { print > (dir "/" file) }
	inside && shell { print > (dir "/commands.sh") }' "$page"
cat "$work/commands.sh"
PKG_CONFIG_PATH=$root$libdir/pkgconfig PKG_CONFIG_SYSROOT_DIR=$root
export PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR
[ -n "$root" ] || unset PKG_CONFIG_SYSROOT_DIR
PATH=$root$bindir:$PATH AURICULE_DATA_DIR=$root$datadir/auricule
export PATH AURICULE_DATA_DIR
cd "$work"
# a variable of pkg-config knows no DESTDIR
[ -z "$root" ] || sed -i "s|\$(pkg-config --variable=plugindir auricule)|$root$libdir/auricule|" commands.sh
env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL sh -eux commands.sh
# and the example that the page explains builds the same way
cp "$heures" .
env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make heures.so CFLAGS='-std=c11 -O2 -Wall -Wextra -Wpedantic -Werror -fvisibility=hidden'
