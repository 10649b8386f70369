#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A corpus is what its files say, however it came there: after rows were corrected, files ingested again, a run was killed, contributions were erased, themes were
# found anew and the corpus compacted, each verb answers byte for byte as with a corpus made anew from the same rows, and the page of one is that of the other; of the same rows in another order as well.
#   tests/robust/history.sh [SEED [ROUNDS]]
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 99
# shellcheck source=tests/robust/lib.sh
. "$here/lib.sh"
pipeline=$SRC/tests/golden/cases/irritants/pipeline.xml seed=${1:-1} rounds=${2:-4}
[ -z "$sanitized" ] || rounds=2
header='id;texte;session;date;territoire;locuteur;role;categorie;citation;age'

# rows FILE ROUND: the rows of a file, of which three in ten change from round to round.  The first has all fields and stays, so that fields keep their order.
rows()
{
	awk -v seed="$seed" -v file="$1" -v round="$2" '
	function one_of(list,  n, v) { n = split(list, v, "|"); return v[1 + int(rand() * n)] }
	BEGIN {
		if (file == 1) print "f1-0;Un bus;s0;2025-04-01;Sud;p0;élu;jette;oui;9"
		for (i = 1; i <= 40; i++) {
			srand(seed * 1000003 + file * 10007 + i * 101); rand()
			version = 0
			for (r = 1; r <= round; r++) { srand(seed * 7919 + file * 104729 + i * 1299709 + r); rand(); if (rand() < 0.3) version = r }
			srand(seed * 31 + file * 611953 + i * 15485863 + version * 7); rand()
			text = ""
			for (n = 1 + int(rand() * 9); n; n--)
				text = text (text == "" ? "" : one_of(" | | |, | . | : ")) one_of("Un bus|le bus|Bus|double sanction|Pas de sanction|sanctionné|sans permis|le métro|RAS|deux heures|un atelier|faute" int(rand() * 7))
			s = int(rand() * 5)
			printf "f%d-%d;%s;%s;%s;%s;%s;%s;%s;%s;%s\n", file, i, text, s < 4 ? "s" s : "", s < 4 ? "2025-0" 4 + s "-01" : "", s < 4 ? s % 2 ? "Nord" : "Sud" : "",
				one_of("|p" int(rand() * 20)), one_of("|allocataire|allocataire|pro|élu|faute" int(rand() * 4)), one_of("|jette|ameliore|garde|pouce|Pouce"), one_of("|oui|non"), one_of("|9|10|NSP|faute" int(rand() * 4))
		}
	}'
}

# now FILE: of rows.now, in the order of the corpus, what the rows of FILE replace goes, and they come at the end; what they leave as it is stays.
now()
{
	awk -F';' 'FILENAME == ARGV[1] {row[$1] = $0; next} !($1 in row) || row[$1] == $0' "$1" rows.now >rows.then
	awk 'FILENAME == ARGV[1] {kept[$0] = 1; next} !($0 in kept)' rows.then "$1" >rows.more
	cat rows.then rows.more >rows.now
}

# answers CORPUS: what all verbs say of it, but how it lies on the disk.
answers()
{
	(
		exec 2>&1
		"$AURICULE" info -d "$1" | sed '/^segments:/d; /^on disk:/d'
		for by in session role stance age date:month; do "$AURICULE" themes -d "$1" -a -s -b $by -f table; done
		while IFS= read -r q; do
			"$AURICULE" search -d "$1" -f jsonl -- "$q"
			"$AURICULE" search -d "$1" -c -e -- "$q" 2>&1 | tr -s '{}| ' '\n' | sort
			for by in role session,stance age; do "$AURICULE" search -d "$1" -f csv -b $by -- "$q"; done
			"$AURICULE" kwic -d "$1" -f csv -s -age,left -- "$q"
			"$AURICULE" frequencies -d "$1" -f csv -l stem -- "$q"
			"$AURICULE" cooccurrences -d "$1" -f csv -m 1 -- "$q"
		done <<'END'
*
sanction*
bus NOT "pas de"
faute*
faute4 OR role:faute*
age:faute*
age:9..10
theme:sanctions@negated
[lower="sans|pas"] []{0,2} [stem="sanction"]
bus NEAR/4 faute1
END
		"$AURICULE" specificities -d "$1" -f csv -m 1 -b role
		for k in 1 3 5; do "$AURICULE" irritants -d "$1" -f json -k $k; done
		"$AURICULE" irritants -d "$1" -s -f table
		"$AURICULE" explain -d "$1" -t -n f1-1 f2-2 f3-3
		"$AURICULE" lexicon coverage -d "$1" -f csv
		"$AURICULE" lexicon suggest sanctions -d "$1" -f csv
	) | sed "s/$1/CORPUS/g"
}

round=0
: >rows.now
while [ $round -lt "$rounds" ]; do
	for f in 1 2 3; do
		[ $((round == 0 || (round + f) % 3)) != 0 ] || continue
		{ echo "$header" && rows $f $round; } >f$f.csv
		sed 1d f$f.csv >rows.new
		now rows.new
		# killed at one of its changes of the disk, or not
		[ $(((round + f) % 2)) = 0 ] || faulty "die=$((2 + round)) part=500" ingest -q -j1 -p "$pipeline" -d step.corpus f$f.csv >said 2>&1
		set -- -p "$pipeline"
		[ ! -e step.corpus/current ] || set --
		"$AURICULE" ingest -q -j$((1 + (round + f) % 4)) "$@" -d step.corpus f$f.csv || fail "seed $seed, round $round: ingest"
	done
	[ $((round % 3)) != 1 ] || {
		"$AURICULE" erase -q --yes -d step.corpus 'locuteur:p3 OR session:s2 OR id:f2-5' || fail "seed $seed, round $round: erase"
		awk -F';' '$6 != "p3" && $3 != "s2" && $1 != "f2-5"' rows.now >rows.left
		[ "$(wc -l <rows.left)" -lt "$(wc -l <rows.now)" ] && mv rows.left rows.now
	}
	[ $((round % 3)) != 2 ] || "$AURICULE" compact -q -d step.corpus || fail "seed $seed, round $round: compact"
	[ $((round % 4)) != 1 ] || "$AURICULE" retheme -q -d step.corpus >said 2>&1 || fail "seed $seed, round $round: retheme: $(cat said)"
	"$AURICULE" check -q -d step.corpus || fail "seed $seed, round $round: not sound"
	rm -rf anew.corpus
	{ echo "$header" && cat rows.now; } >anew.csv
	"$AURICULE" ingest -q -p "$pipeline" -d anew.corpus anew.csv || fail "seed $seed, round $round: ingest anew"
	for c in step anew; do
		answers $c.corpus >$c.answers
		"$AURICULE" report -q -k 3 -d $c.corpus -o $c.html || fail "seed $seed, round $round: report"
	done
	diff step.answers anew.answers >differ || fail "seed $seed, round $round: $(head -8 differ | cut -c1-300)"
	cmp step.html anew.html || fail "seed $seed, round $round: another page"
	"$AURICULE" verify -d step.corpus anew.html >said 2>&1 || fail "seed $seed, round $round: $(cat said)"
	rm -rf back.corpus
	{ sed 2q anew.csv && sed 1,2d anew.csv | tac; } >back.csv
	"$AURICULE" ingest -q -p "$pipeline" -d back.corpus back.csv || fail "seed $seed, round $round: ingest backwards"
	"$AURICULE" report -q -k 3 -d back.corpus -o back.html || fail "seed $seed, round $round: report backwards"
	cmp back.html anew.html || fail "seed $seed, round $round: another page of the same contributions in another order"
	round=$((round + 1))
done
[ "$(wc -l <step.answers)" -gt 500 ] || fail "this was to be more: $(wc -l <step.answers) lines"
echo "$rounds rounds, $(wc -l <step.answers) lines of answers each: as made anew"
