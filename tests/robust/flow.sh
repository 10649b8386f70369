#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# On one, two and three threads the same bytes: of the corpus, of what annotate prints, of what is said on the way.  With as little memory as
# there may be, so that the threads forget their dictionaries in the middle of the file, batches end there too, and contributions of a
# megabyte and more (two in a row, one at the end) stand where the others wait for their turn.  Ids come again (in the same batch, in the one
# that is just being written, in one long committed), and the second time a fifth of the contributions say something else.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 99
# shellcheck source=tests/robust/lib.sh
. "$here/lib.sh"
rows=${ROWS-12000}
[ -z "$sanitized" ] || rows=${ROWS-4000}
for what in dossier papier; do
	awk -v rows="$rows" -v what=$what 'BEGIN {
		print "id;texte;session"
		for (r = 0; r < rows; r++)
			if (r % 3000 == 777)
				printf "%d;trop;de;colonnes\n", r
			else if (r == 1500 || r == 1501 || r == rows - 1) {
				printf "%d;", r
				for (i = 0; i < 200000 + r; i++)
					printf i % 50 ? "oui m%d " : "pas de bus %d, ", (i * 7 + r) % 5000
				printf ";s%d\n", r % 7
			} else
				printf "%d;le %s m%dk et p%dq puis v%dz, pas de sanction.;s%d\n",
					r % 500 == 499 ? r - int(r / 500) * 73 : r, r % 5 ? "dossier" : what, r * 5, r * 3, r, r % 7
	}' >$what.csv
done
for n in 1 2 3; do
	for what in dossier papier; do
		"$AURICULE" ingest -m 16M -j $n -p "$SMALL/pipeline.xml" -d $n.corpus $what.csv 2>&1 | sed "s/[0-9.]* s (.*//; s/$n\.corpus/C/" >$n.$what
		"$AURICULE" check -q -d $n.corpus || fail "the corpus of $n threads"
		cmp 1.$what $n.$what || fail "on $n threads what is said is not what it is on one"
		cp $n.corpus/gen-0001/data.mdb $n.$what.mdb
		cmp 1.$what.mdb $n.$what.mdb || fail "on $n threads the corpus is not what it is on one"
	done
	"$AURICULE" annotate -q -j $n -p "$SMALL/pipeline.xml" dossier.csv >$n.themes 2>$n.refused || fail "annotate on $n threads: $(cat $n.refused)"
	for what in themes refused; do
		cmp 1.$what $n.$what || fail "on $n threads $what is not what it is on one"
	done
done
ragged=$(((rows + 2222) / 3000)) again=$((rows / 500 - 2))
taken=$((rows - ragged - again)) forms=$("$AURICULE" info -d 1.corpus | sed -n 's/^forms: //p') pieces=$("$AURICULE" info -d 1.corpus | sed -n 's/^segments: \([0-9]*\).*/\1/p')
grep -q "^read $rows, added $taken, replaced 0, unchanged 0, refused $((ragged + again));" 1.dossier || fail "the first time: $(grep ^read 1.dossier)"
replaced=$(sed -n 's/^read.* replaced \([0-9]*\),.*/\1/p' 1.papier)
grep -q "^read $rows, added 0, replaced $replaced, unchanged $((taken - replaced)), refused $((ragged + again));" 1.papier || fail "the second time: $(grep ^read 1.papier)"
if [ "$replaced" -lt $((taken / 6)) ] || [ "$replaced" -gt $((rows / 5)) ] || [ "$forms" -lt $((rows * 3 - 1000)) ] || [ "$pieces" -lt 3 ]; then
	fail "this was to be more: $replaced replaced, $forms forms, $pieces batches"
fi
[ "$("$AURICULE" search -d 3.corpus --count --format csv '*' | tail -n 1)" = "$taken,$taken" ] || fail "contributions are missing"
echo "$rows contributions, $replaced replaced, $forms forms, $pieces batches: the same on 1, 2 and 3 threads"
