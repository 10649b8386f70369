#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A header that was released does not change: as long as today's is of the same minor, it says the same as the frozen copy, comments apart.
# After a new member: raise AUR_ABI_MINOR; when that minor is released, freeze a copy (plugin-1.N.h, ext-1.N.h) beside the others.
set -u
cd "${srcdir-$(dirname "$0")/../..}" || exit 99

says()
{
	awk '{
		line = $0
		while (1) {
			if (inside) {
				if (!(i = index(line, "*/")))
					break
				line = substr(line, i + 2)
				inside = 0
			}
			if (!(i = index(line, "/*"))) {
				out = out line
				break
			}
			out = out substr(line, 1, i - 1)
			line = substr(line, i + 2)
			inside = 1
		}
		out = out "\n"
	}
	END { gsub(/[ \t]+/, " ", out); gsub(/ \n/, "\n", out); gsub(/\n+/, "\n", out); printf "%s", out }' "$1"
}

today=$(sed -n 's/^#define AUR_ABI_MINOR \([0-9]*\)u.*/\1/p' engine/include/auricule/plugin.h)
bad=0 compared=0
for h in plugin ext; do
	frozen=tests/abi/$h-1.$today.h
	[ -f "$frozen" ] || continue
	a=$(says "$frozen") b=$(says "engine/include/auricule/$h.h")
	compared=$((compared + 1))
	[ "$a" = "$b" ] || {
		echo "engine/include/auricule/$h.h is no longer what was released as minor $today ($frozen): raise AUR_ABI_MINOR and append, or take it back"
		bad=1
	}
done
[ -f tests/abi/plugin-1.0.h ] || bad=1
echo "minor $today: $compared headers compared with their frozen copies"
exit $bad
