#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The part of the manual page that lists verbs and options, out of the one table that the program parses them with.
#   doc/man.sh check [BUILD-FOLDER]   fails, and shows how, where doc/auricule.1 says something else (make check)
#   doc/man.sh update [BUILD-FOLDER]  rewrites that part of doc/auricule.1
set -eu
page=$(cd "$(dirname "$0")" && pwd)/auricule.1
auricule=${2-build}/auricule
[ -x "$auricule" ] || {
	echo "there is no $auricule: build first" >&2
	exit 99
}

verbs()
{
	LC_ALL=C.UTF-8 LANGUAGE='' "$auricule" --help-all | awk -F '\t' '
	function roff(s) {
		gsub(/\\/, "\\e", s)
		gsub(/-/, "\\-", s)
		sub(/^[.'\'']/, "\\\\\\&&", s)
		return s
	}
	# a flag without its first hyphen, as .Fl takes it
	function flag(letter, name, value,   s) {
		s = ".It "
		if (letter != "")
			s = s "Fl " letter (value != "" ? " Ar " value : "") " , "
		return s "Fl \\-" roff(name) (value != "" ? " Ar " value : "")
	}
	function wrap(s,   n, w, i, line) {
		n = split(s, w, " ")
		line = w[1]
		for (i = 2; i <= n; i++) {
			if (length(line " " w[i]) > 76) {
				print line
				line = w[i]
			} else
				line = line " " w[i]
		}
		print line
	}
	$1 == "verb" {
		if (open)
			print ".El"
		open = 0
		print ".Ss auricule " roff($2 ($3 != "" ? " " $3 : "")) "\\&"
		wrap(roff(toupper(substr($4, 1, 1)) substr($4, 2)) ".")
	}
	$1 == "option" {
		if (!open)
			print ".Bl -tag -width Ds"
		open = 1
		print flag($2, $3, $4)
		wrap(roff($5) ".")
	}
	END {
		if (open)
			print ".El"
	}'
}

begin='.\" What follows is written by doc/man.sh.'
end='.\" What doc/man.sh writes ends here.'
new=$(mktemp)
trap 'rm -f "$new" "$new.part"' EXIT
verbs >"$new.part"
BEGIN=$begin END=$end awk -v part="$new.part" '
	$0 == ENVIRON["END"] { inside = 0 }
	!inside { print }
	$0 == ENVIRON["BEGIN"] {
		inside = 1
		while ((getline line < part) > 0)
			print line
	}' "$page" >"$new"
case ${1-} in
check)
	diff -u "$page" "$new" || {
		echo "doc/auricule.1 and the program disagree: run doc/man.sh update" >&2
		exit 1
	}
	;;
update)
	cat "$new" >"$page"
	;;
*)
	sed -n 's/^#   //p' "$0" >&2
	exit 2
	;;
esac
