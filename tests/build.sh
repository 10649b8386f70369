#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What configure, make and the Makefile of a plugin do in odd places, and after a change; nothing of this build is touched.
set -u
here=$(cd "$(dirname "$0")/.." && pwd) || exit 99
build=${BUILD-}
[ -n "$build" ] || { [ -f auricule-tree.conf ] && build=. || build=$here/build; }
build=$(cd "$build" && pwd) || exit 99
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
unset MAKEFLAGS MFLAGS MAKELEVEL
export LC_ALL=C.UTF-8 LANGUAGE=

fail()
{
	echo "FAIL: $*"
	exit 1
}

# French that has changed is installed.
if grep -q '^all: all-yes' "$build/po/Makefile"; then
	dir=$(sed -n 's/^srcdir = //p' "$build/po/Makefile")
	make -n -C "$build/po" -W "$dir/fr.po" all 2>&1 | grep -q 'fr\.gmo' || fail "make does nothing about a new po/fr.po"
	make -n -C "$build/po" -W "$dir/fr.po" "$dir/fr.gmo" 2>&1 | grep -q 'msgfmt.* fr\.po' || fail "a new po/fr.po makes no new fr.gmo"
fi

# A prefix with a blank ends in broken rules, so configure does not begin.
mkdir "$work/configured"
(cd "$work/configured" && "$here/configure" -q --prefix="/opt/a b") >"$work/said" 2>&1 && fail "configure takes a prefix with a blank"
grep -q 'holds a blank' "$work/said" || fail "configure with a blank in the prefix: $(cat "$work/said")"

# Nor does it where no plugin can be built, which make would find out after minutes.
(cd "$work/configured" && "$here/configure" -q --disable-shared) >"$work/said" 2>&1 && fail "configure takes --disable-shared"
grep -q 'leave out --disable-shared' "$work/said" || fail "configure --disable-shared: $(cat "$work/said")"

# A folder of the sources or of the build may have one: what names it in a rule has to be one word.
grep -rnE --include=local.mk --include=Makefile.am '(^|[^"'\'']|\\")[$]\(abs_' "$here" && fail "the place of the sources stands in a rule without quotes: « make check » breaks off where it holds a blank"

# What is installed below the tree where it was built, as packages are staged, finds what was installed and not that tree.
mkdir -p "$work/tree/stage/bin" "$work/tree/plugins/of-tree/.libs"
touch "$work/tree/plugins/of-tree/.libs/of-tree.so"
cp "$build/auricule-tree.conf" "$build/auricule" "$work/tree" && cp "$build/auricule" "$work/tree/stage/bin" || exit 99
"$work/tree/auricule" plugin list 2>&1 | grep -q of-tree || fail "a program does not find the plugins of the tree where it was built"
"$work/tree/stage/bin/auricule" plugin list 2>&1 | grep -q of-tree && fail "a program that was installed below the tree where it was built takes the plugins of that tree"

# A plugin is built against a header that lies in such a place all the same, say where a package was unpacked.
root="$work/à côté"
mkdir -p "$root/include" "$root/pkgconfig"
cp -R "$here/engine/include/auricule" "$root/include"
sed "s|^prefix=.*|prefix=$root|; s|^includedir=.*|includedir=$root/include|" "$build/auricule.pc" >"$root/pkgconfig/auricule.pc"
cd "$root" || exit 99
"$build/auricule" plugin new essai >/dev/null || fail "plugin new"
PKG_CONFIG_PATH="$root/pkgconfig" make -C essai >"$work/said" 2>&1 || fail "a plugin in « $root »: $(cat "$work/said")"
echo "French, blanks and accents: as they should be"
