#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Holds the plan of the house: a room of engine/ includes only itself and the rooms before it, only engine/index knows LMDB and
# CRoaring, and a plugin includes of ours the installed headers, the files of its own folder and those of plugins/common.
set -u
cd "${srcdir-$(dirname "$0")/..}" || exit 99

order='base text plugin index pipeline conform stats query lexicon irritants report cli'

# file:line:room or file:line:<header> for each #include
includes()
{
	find "$@" \( -name '*.c' -o -name '*.h' \) -exec grep -nH '^[[:space:]]*#[[:space:]]*include' {} + |
		sed -n 's/^\([^:]*:[0-9]*\):[^"<]*\(["<][^">]*\)[">].*/\1 \2/p'
}

{
	includes engine | awk -v order="$order" '
	BEGIN {
		n = split(order, r, " ")
		for (i = 1; i <= n; i++)
			rank[r[i]] = i
	}
	{
		split($1, path, "/")
		room = path[2]
		what = substr($2, 2)
		if (room == "include")
			next
		if (!(room in rank)) {
			print $1 ": the room " room " is not in the plan; see tests/rooms.sh"
			next
		}
		if (what ~ /^(lmdb|roaring)/ && room != "index")
			print $1 ": only engine/index may include " what
		if (substr($2, 1, 1) != "\"")
			next
		if (what ~ /\.\./)
			print $1 ": " what " climbs out of its room"
		if (what == "config.h" || what ~ /^auricule\/(plugin|ext)\.h$/)
			next
		split(what, to, "/")
		if (what !~ /\//)
			print $1 ": write « " room "/" what " », so that one sees whose it is"
		else if (!(to[1] in rank))
			print $1 ": " what " belongs to no room"
		else if (rank[to[1]] > rank[room])
			print $1 ": the room " room " may not use " to[1] ", which stands after it"
	}'
	includes plugins | awk '
	{
		split($1, path, "/")
		sub(/:[0-9]*$/, "", path[2])
		what = substr($2, 2)
		if (what ~ /^auricule\/(plugin|ext)\.h$/)
			next
		if (what ~ /^auricule\// || (what ~ /\.\./ && what !~ /^\.\.\/common\/[^\/]*$/))
			print $1 ": a plugin may not include " what
		if (what ~ /^(base|text|plugin|index|pipeline|query|stats|lexicon|irritants|report|cli)\//)
			print $1 ": a plugin may not include " what ", which is the engine'\''s own"
		else if (substr($2, 1, 1) == "\"") {
			folder = $1
			sub(/\/[^\/]*$/, "", folder)
			if ((getline line < (folder "/" what)) < 0)
				print $1 ": " what " is neither in the folder of the plugin nor in plugins/common"
			close(folder "/" what)
		}
	}'
} >"${TMPDIR-/tmp}/rooms.$$"
faults=$(cat "${TMPDIR-/tmp}/rooms.$$")
rm -f "${TMPDIR-/tmp}/rooms.$$"
[ -z "$faults" ] && exit 0
printf '%s\n' "$faults"
exit 1
