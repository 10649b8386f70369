#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Corpora drawn at random, of texts, names and values as odd as people and tables make them, go out and come back: through TEI as they
# were, page and proof included, through CSV with the same texts, fields and figures, through IRaMuTeQ with the same words; and the vertical text has the tokens that the tokenizer makes.
#   tests/robust/export.sh [SEED [CORPORA]]
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 99
# shellcheck source=tests/robust/lib.sh
. "$here/lib.sh"
command -v xmllint >have || echo "xmllint is not there (package libxml2-utils): the schema is not asked" >&2
seed=${1-1} corpora=${2-12}
[ -z "$sanitized" ] || corpora=${2-3}

# table SEED: a table; every session gives its date and territory in each row, as a session lends them to rows without.
table() {
	LC_ALL=C awk -v seed="$1" '
	function pick(v, n) { return v[int(rand() * n) + 1] }
	function quoted(s) { gsub(/"/, "\"\"", s); return "\"" s "\"" }
	function said(most,    s, i, n) {
		n = int(rand() * most) + 1
		for (i = 0; i < n; i++)
			s = s (i ? pick(gap, gaps) : "") (rand() < 0.3 ? pick(odd, odds) : pick(word, words)) (rand() < 0.1 ? pick(odd, odds) : "")
		return s
	}
	BEGIN {
		srand(seed)
		words = split("sanction bus dossier perdu la pas de l\047école aujourd\047hui RSA M. etc. 12,50€ 10h30 agent·e·s étudiant(e)s peut-être t-il https://exemple.fr/a?b=c&d=e #atelier nom@exemple.fr", word, " ")
		odds = split("**** *id_x -*theme <b> </u> &amp; ]]> <!-- --> <?x?> \" \047 « » _ _x0041_ \\ | + = @ e\314\201 \360\237\221\250\342\200\215\360\237\221\251 \360\237\207\253\360\237\207\267 \342\200\256abc\342\200\254 \342\200\213 \302\255 \303\237 \304\260 \357\254\201 \342\200\250 \302\205 \344\270\255\346\226\207 \331\241 \377", odd, " ") - 1
		odd[++odds] = sprintf("%3000s", ""); gsub(/ /, "é", odd[odds])
		gaps = split(" @ @ @ @  @\t@\n@\r\n@\r@\n\n@\302\240@\342\200\257", gap, "@")
		columns = split("âge,1er choix,2. Pourquoi ?,a-b,a_b,lieu dit,type,note,xml,thème,locuteur,statut,role,Selon vous; que faudrait-il changer en premier dans votre accompagnement,citation", column, ",")
		for (c = 1; c <= columns; c++)
			if (rand() < 0.4)
				used[++n] = column[c]
		printf "id;session;date;territoire;texte"
		for (c = 1; c <= n; c++)
			printf ";%s", quoted(used[c])
		rows = split("1 5 20", many, " ")
		rows = pick(many, rows)
		for (s = 1; s <= 3; s++) {
			place[s] = said(3)
			day[s] = s == 1 ? "T" s " 2025" : s == 2 ? "2025-04-22 14:05" : "2025-0" s
		}
		for (r = 0; r < rows; r++) {
			s = int(rand() * 3) + 1
			printf "\n%s;%s;%s;%s;%s", quoted(pick(word, words) " " pick(odd, odds - 1) r), quoted("séance " s ", <" s ">"), day[s], quoted("t" place[s]), quoted("mot " said(30))
			for (c = 1; c <= n; c++)
				printf ";%s", quoted(rand() < 0.2 ? "" : rand() < 0.5 ? pick(word, words) : said(4))
		}
		print ""
	}'
}

same() {
	cmp -s "$2" "$3" || fail "seed $seed, $1: $(diff "$2" "$3" | head -4 | cut -c1-400)"
}

# all CORPUS: what it holds; the fields of TEI come in another order
all() {
	"$AURICULE" search -q -d "$1" -f csv '*' && "$AURICULE" irritants -d "$1" -f json && {
		"$AURICULE" search -q -d "$1" -f jsonl '*' && "$AURICULE" info -d "$1" -f json | sed 's/"bytes":[0-9]*//'
	} | sed 's/[{}]*,"/\n"/g; s/"fields":{/\n/g; s/[]}]*$//' | sort
}

last=$((seed + corpora))
while [ "$seed" -lt "$last" ]; do
	rm -rf ./*.corpus
	table "$seed" >in.csv
	set -- -q --reader csv --text-column texte
	"$AURICULE" ingest -p "$SMALL/pipeline.xml" -d a.corpus "$@" in.csv 2>said || fail "seed $seed: $(cat said)"
	for e in tei iramuteq vertical; do
		"$AURICULE" export -q -d a.corpus -e $e -o out.$e 2>said || fail "seed $seed, $e: $(cat said)"
	done
	"$AURICULE" ingest -q -p "$SMALL/pipeline.xml" -d tei.corpus out.tei 2>said || fail "seed $seed, TEI: $(cat said)"
	all a.corpus >a
	all tei.corpus >b
	same TEI a b
	"$AURICULE" report -q -d a.corpus -o page.html 2>said || fail "seed $seed, the page: $(cat said)"
	"$AURICULE" verify -d tei.corpus page.html >said 2>&1 || fail "seed $seed, the page of another: $(cat said)"
	for excel in no yes; do
		"$AURICULE" export -q -d a.corpus --set excel=$excel -o out.csv 2>said || fail "seed $seed, CSV: $(cat said)"
		"$AURICULE" ingest -q -p "$SMALL/pipeline.xml" -d csv-$excel.corpus --reader csv --text-column text out.csv 2>said ||
			fail "seed $seed, CSV read again: $(cat said)"
		all csv-$excel.corpus >b
		same "CSV, excel=$excel" a b
	done
	[ ! -s have ] || xmllint --noout --relaxng "$SRC/corpora/auricule-tei.rng" out.tei 2>said || fail "seed $seed: $(head -3 said)"
	"$AURICULE" ingest -q -p "$SMALL/pipeline.xml" -d ira.corpus --set speaker=no out.iramuteq 2>said || fail "seed $seed, IRaMuTeQ: $(cat said)"
	"$AURICULE" frequencies -d a.corpus -f csv | cut -d, -f1-4 >a
	"$AURICULE" frequencies -d ira.corpus -f csv | cut -d, -f1-4 >b
	same IRaMuTeQ a b
	"$AURICULE" tokens -p "$SMALL/pipeline.xml" -f conllu "$@" in.csv | awk -F '\t' 'NF == 10 { print $2 }' >a
	sed '/^<\/*text/d; /^<\/*s>/d; /^<?xml/d; s/	.*//; s/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&amp;/\&/g' out.vertical >b
	same 'vertical text' a b
	seed=$((seed + 1))
done
echo "$corpora corpora went out and came back"
