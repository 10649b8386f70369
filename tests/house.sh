#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Holds doc/architecture.md to the tree: under each heading that names folders, every .c, .h and .sh of theirs has its line, and
# nothing has a line that is not there.
set -u
cd "${srcdir-$(dirname "$0")/..}" || exit 99
told=$(mktemp) && there=$(mktemp) || exit 99
trap 'rm -f "$told" "$there"' EXIT

# folder-list|name for each file that the page names; name.[ch] are two
awk '
/^## / {
	folders = $0
	sub(/^## */, "", folders)
	sub(/:.*/, "", folders)
	gsub(/,/, "", folders)
	if (folders !~ /^(engine|plugins)\//)
		folders = ""
}
folders != "" {
	line = $0
	while (match(line, /`[A-Za-z0-9_.-]+(\.c|\.h|\.sh|\.\[ch\])`/)) {
		name = substr(line, RSTART + 1, RLENGTH - 2)
		line = substr(line, RSTART + RLENGTH)
		if (sub(/\.\[ch\]$/, "", name))
			print folders "|" name ".c\n" folders "|" name ".h"
		else
			print folders "|" name
	}
}' doc/architecture.md | while IFS='|' read -r folders name; do
	found=
	for d in $folders; do
		[ -f "$d/$name" ] && found=yes && echo "$d/$name"
	done
	[ -n "$found" ] || echo "$folders/$name"
done | sort -u >"$told"
find engine plugins -mindepth 2 \( -name '*.[ch]' -o -name '*.sh' \) | sort >"$there"
faults=$(
	# what a test that was run by hand left behind is no part of the project
	git ls-files 2>/dev/null | grep -v / | grep -vxE '\.(clang-format|gitattributes|gitignore)|(CONTRIBUTING|NEWS|README)\.md|LICENSE|Makefile\.am|autogen\.sh|configure\.ac' |
		sed 's/$/ does not belong into the top folder/'
	# a checkout changes no line end, which scripts and the inputs of tests would not outlive
	git check-attr text -- autogen.sh 2>/dev/null | grep -qv ': unset$' && echo ".gitattributes lets a checkout change line ends"
	comm -23 "$told" "$there" | sed 's/^/doc\/architecture.md names what is not there: /'
	comm -13 "$told" "$there" | sed 's/$/ has no line in doc\/architecture.md/'
)
[ -z "$faults" ] && exit 0
printf '%s\n' "$faults"
exit 1
