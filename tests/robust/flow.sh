#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# On one, two and three threads the same bytes: of the corpus, of what annotate prints, of what is said on the way.  With as little memory as
# there may be, so that the threads forget their dictionaries in the middle of the file, batches end there too, and contributions of a
# megabyte and more (two in a row, one at the end) stand where the others wait for their turn.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 99
# shellcheck source=tests/robust/lib.sh
. "$here/lib.sh"
rows=${ROWS-12000}
[ -z "$sanitized" ] || rows=${ROWS-4000}
awk -v rows="$rows" 'BEGIN {
	print "texte;session"
	for (r = 0; r < rows; r++)
		if (r % 3000 == 777)
			printf "trop;de;colonnes %d\n", r
		else if (r == 1500 || r == 1501 || r == rows - 1) {
			for (i = 0; i < 200000 + r; i++)
				printf i % 50 ? "oui m%d " : "pas de bus %d, ", (i * 7 + r) % 5000
			printf ";s%d\n", r % 7
		} else
			printf "le dossier m%dk et p%dq puis v%dz, pas de sanction.;s%d\n", r * 5, r * 3, r, r % 7
}' >rows.csv
for n in 1 2 3; do
	"$AURICULE" ingest -m 16M -j $n -p "$SMALL/pipeline.xml" -d $n.corpus rows.csv 2>&1 | sed "s/[0-9.]* s (.*//; s/$n\.corpus/C/" >$n.said
	"$AURICULE" annotate -q -j $n -p "$SMALL/pipeline.xml" rows.csv >$n.themes 2>$n.refused || fail "annotate on $n threads: $(cat $n.refused)"
	"$AURICULE" check -q -d $n.corpus || fail "the corpus of $n threads"
	for what in said themes refused corpus/gen-0001/data.mdb; do
		cmp "1.$what" "$n.$what" || fail "on $n threads $what is not what it is on one"
	done
done
refused=$(grep -c '^refused' 1.said) forms=$("$AURICULE" info -d 1.corpus | sed -n 's/^forms: //p') pieces=$("$AURICULE" info -d 1.corpus | sed -n 's/^segments: \([0-9]*\).*/\1/p')
if [ "$refused" != $(((rows + 2222) / 3000)) ] || [ "$forms" -lt $((rows * 3 - 1000)) ] || [ "$pieces" -lt 2 ]; then
	fail "this was to be more: $refused refused, $forms forms, $pieces batches"
fi
[ "$("$AURICULE" search -d 3.corpus --count --format csv '*' | tail -n 1)" = "$((rows - refused)),$((rows - refused))" ] || fail "contributions are missing"
echo "$rows contributions, $forms forms, $pieces batches: the same on 1, 2 and 3 threads"
