#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# An ingestion, and a compaction, that are killed: at 50 and 20 moments drawn by chance (the same ones each time), half of them with the
# current cut, so that what was not yet synced is lost page by page.  Each time the corpus that is left is whole and holds every
# batch that was committed, and the same command again completes it: with the very answers of a corpus that nobody disturbed.
#
# Only what changes a file can make two moments differ.  So a moment is a number of changes, as tests/robust/faults.c counts them, and how much of
# the last one was still written.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 99
# shellcheck source=tests/robust/lib.sh
. "$here/lib.sh"
moments=${MOMENTS-50}
[ -z "$sanitized" ] || moments=${MOMENTS-8}

# Rows as wide as this fill a batch soon: four commits.
awk 'BEGIN {
	printf "id,texte,session"
	for (i = 0; i < 190; i++)
		printf ",c%d", i
	for (r = 0; r < 26000; r++) {
		printf "\nk%d,\"le bus %d est en retard, %s\",s%d", r, r % 997, r % 3 ? "sanction" : "radié", r % 5
		for (i = 0; i < 190; i++)
			printf r ? "," : ",x"
	}
	print ""
}' >rows.csv

ingest()
{
	"$AURICULE" ingest -q -j1 -m 16M -p "$SMALL/pipeline.xml" -d "$1" rows.csv
}

# answers CORPUS: all that a person could ask of it.
answers()
{
	"$AURICULE" info -d "$1" | grep -E '^(contributions|words|forms|sessions)'
	"$AURICULE" themes -d "$1" --format csv --by session
	"$AURICULE" frequencies -d "$1" --format csv
	"$AURICULE" search -d "$1" --format csv --limit 30000 'bus'
}

held()
{
	"$AURICULE" info -d "$1" 2>/dev/null | sed -n 's/^contributions: //p'
}

# The undisturbed ones, and how many changes they make.
faulty "count=$PWD/ingest.n" ingest -q -j1 -m 16M -p "$SMALL/pipeline.xml" -d whole.corpus rows.csv || exit 1
cp -R whole.corpus packed.corpus
faulty "count=$PWD/compact.n" compact -q -d packed.corpus || exit 1
answers whole.corpus >whole
answers packed.corpus >packed
[ "$(wc -l <whole)" -gt 26000 ] || fail "the undisturbed ingestion gives no answers"
segments=$("$AURICULE" info -d whole.corpus | sed -n 's/^segments: \([0-9]*\).*/\1/p')
[ "$segments" -ge 3 ] || fail "the rows should fill several batches, not $segments: nothing would be tried between them"

# killed MOMENT PART CUT ARGUMENT…
killed()
{
	faults="die=$1 part=$2${3:+ cut=$3}" moment=$1
	shift 3
	faulty "$faults" "$@" 2>said
	[ $? = 137 ] || fail "$1, change $moment: it was not killed but ended by itself: $(cat said)"
}

# one KIND NUMBER MOMENT PART CUT
one()
{
	c=$1-$2.corpus
	rm -rf "$c"
	if [ "$1" = ingest ]; then
		killed "$3" "$4" "$5" ingest -q -j1 -m 16M -p "$SMALL/pipeline.xml" -d "$c" rows.csv
	else
		cp -R whole.corpus "$c"
		killed "$3" "$4" "$5" compact -q -d "$c"
	fi
	if "$AURICULE" check -q -d "$c" >said 2>&1; then
		n=$(held "$c")
		echo "$3 $4 ${n:-0}" >>"$1.held"
	elif grep -q 'there is no corpus\|holds no auricule corpus' said && [ "$1" = ingest ]; then
		echo "$3 $4 0" >>"$1.held" # killed before there was one
	else
		fail "$1, change $3, part $4${5:+, current cut}: $(cat said)"
	fi
	if [ "$1" = ingest ]; then
		ingest "$c" 2>said || fail "ingest again after change $3: $(cat said)"
		answers "$c" | cmp - whole || fail "ingest, change $3, part $4: the second ingestion does not complete the first"
	else
		[ "$(held "$c")" = 26000 ] || fail "compact, change $3: contributions are gone"
		answers "$c" | cmp - packed || fail "compact, change $3, part $4: it does not answer as before"
		"$AURICULE" compact -q -d "$c" 2>said || fail "compact again after change $3: $(cat said)"
		answers "$c" | cmp - packed || fail "compact again after change $3: it does not answer as before"
	fi
	"$AURICULE" check -q -d "$c" || fail "$1, change $3: what the second run left is not whole"
	rm -rf "$c"
}

# Moments: number, change, part per mille, « cut » or nothing.
draw()
{
	awk -v n="$1" -v total="$2" -v seed="$3" 'BEGIN {
		for (i = 0; i < n; i++) {
			for (k = 0; k < 3; k++)
				x[k] = seed = (seed * 1103515245 + 12345) % 2147483648
			print i, 1 + int(x[0] / 2147483648 * total), int(x[1] / 2147483648 * 1001), i % 2 ? 1 + x[2] % 100000 : ""
		}
	}'
}

draw "$moments" "$(cat ingest.n)" 20251128 >todo
half=$((moments / 2))
head -n $half todo >todo.1
tail -n +$((half + 1)) todo >todo.2
draw $((moments * 2 / 5)) "$(cat compact.n)" 7 | sed 's/^/compact /' >>todo.2
sed -i 's/^[0-9]/ingest &/' todo.1 todo.2

worker()
{
	mkdir "w$1" && cp -R whole.corpus "w$1" && cd "w$1" && ln -s ../rows.csv ../whole ../packed . || exit 1
	while read -r kind no change part cut; do
		one "$kind" "$no" "$change" "$part" "$cut"
	done <"../todo.$1"
}
(worker 1) &
first=$!
(worker 2) || failed=1
wait $first || failed=1
[ -z "${failed-}" ] || exit 1

# What was committed stays: later moments never leave less.
sort -n -k1,1 -k2,2 w1/ingest.held w2/ingest.held | awk -v least=$((moments >= 50 ? 3 : 1)) '
	$3 < most { print "killed in change " $1 ", part " $2 ": " $3 " contributions are left, and " most " were there before it"; bad = 1 }
	$3 > most { most = $3; steps++ }
	END { if (steps < least) { print "only " steps " different corpora were left: the moments do not fall between the batches"; bad = 1 } exit bad }' || exit 1
echo "killed $(cat w1/ingest.held w2/ingest.held | wc -l) ingestions of $(cat ingest.n) changes and $(wc -l <w2/compact.held) compactions of $(cat compact.n)"
