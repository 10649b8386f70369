#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# « auricule plugin new » for each kind, with what was installed and pkg-config alone: what it writes builds without a warning, passes its
# own test, and that test fails when the plugin does.
#   kinds.sh BINDIR LIBDIR DATADIR     (with $DESTDIR before them where it is set)
set -eu
root=${DESTDIR-} bindir=$1 libdir=$2 datadir=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PKG_CONFIG_PATH=$root$libdir/pkgconfig PKG_CONFIG_SYSROOT_DIR=$root
export PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR
[ -n "$root" ] || unset PKG_CONFIG_SYSROOT_DIR
PATH=$root$bindir:$PATH AURICULE_DATA_DIR=$root$datadir/auricule AURICULE_PLUGIN_PATH=$root$libdir/auricule
export PATH AURICULE_DATA_DIR AURICULE_PLUGIN_PATH LC_ALL=C.UTF-8 LANGUAGE=
unset MAKEFLAGS MFLAGS MAKELEVEL
cd "$work"
for kind in annotator layer tokenizer reader exporter; do
	auricule plugin new "mon-$kind" --kind $kind --license EUPL-1.2
	make -C "mon-$kind" CFLAGS='-O2 -Werror -Wconversion -Wshadow'
	make -C "mon-$kind" test
	grep -q '@NAME@\|Apache' -r "mon-$kind" && {
		echo "a placeholder is left in mon-$kind" >&2
		exit 1
	}
	make -C "mon-$kind" install DESTDIR="$work/stage"
	[ -n "$(find stage -name "mon-$kind.so")" ]
	# a plugin that is no better than its test lets pass
	sed 's/^AUR_EXPORT const aur_plugin \*aur_plugin_v1(void)$/#include <stdlib.h>\n&/; s/^\treturn &plugin;$/\texit(3);/' "mon-$kind/mon-$kind.c" >bad.c
	cp bad.c "mon-$kind/mon-$kind.c"
	if make -C "mon-$kind" test CFLAGS=-w; then
		echo "the test of mon-$kind passes whatever the plugin does" >&2
		exit 1
	fi
done
[ "$(auricule plugin new mon-layer 2>&1)" = 'auricule: mon-layer: this already exists: take another name, or remove it first' ]
echo "all five kinds build, are tested, and would not pass if they were broken"
