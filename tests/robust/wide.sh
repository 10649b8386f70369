#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A table of as many columns as a table may have: what a row takes grows with its columns, not with their square, when it is new and when it is
# there already, and when it is exported; the columns keep their values apart.  And a sentence as long as a text may be.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 99
# shellcheck source=tests/robust/lib.sh
. "$here/lib.sh"
rows=500 columns=4000 seconds=8
[ -z "$sanitized" ] || rows=100 seconds=25
awk -v rows=$rows -v columns=$columns 'BEGIN {
	printf "id;texte"
	for (c = 1; c <= columns; c++)
		printf ";k%d", c
	for (r = 0; r < rows; r++) {
		printf "\n%d;Le bus passe.", r
		for (c = 1; c <= columns; c++)
			printf ";v%d", (r + c) % 7
	}
	print ""
}' >wide.csv
# shellcheck disable=SC3045 # dash and bash have it
ulimit -t $seconds # seconds of the processor, for each of them
for how in 'added '$rows 'unchanged '$rows; do
	"$AURICULE" ingest -j 1 -m 1G -p "$SMALL/pipeline.xml" -d c.corpus wide.csv >said 2>&1 || fail "ingest: $(cat said)"
	grep -q "$how" said || fail "this was to be $how: $(cat said)"
done
"$AURICULE" search -d c.corpus --count "k1:v1 k$columns:v$(((0 + columns) % 7))" >said 2>&1 || fail "search: $(cat said)"
grep -q "$(((rows + 6) / 7))" said || fail "the values of two columns: $(cat said)"
for e in tei iramuteq vertical; do
	"$AURICULE" export -q -d c.corpus -e $e -o wide.$e 2>said || fail "export -e $e: $(cat said)"
done
# A sentence without end, whose themes ask for words anywhere in it: each word is not to walk through all of it.
awk 'BEGIN { printf "id;texte\n1;"; for (i = 0; i < 12000; i++) printf "pas de boulot et pas de voiture "; print "" }' >endless.csv
"$AURICULE" ingest -j 1 -q -p "$SRC/lexicons/pipeline.xml" -d endless.corpus endless.csv >said 2>&1 || fail "a sentence of 84,000 words: $(cat said)"
# So for a lexicon that asks it in forty ways: what is known of the one does not drive out what is known of another.
mkdir asks
{
	echo '<lexicon id="petit-mobilite" version="1.0" lang="fr" theme="mobilite"><title>Mobilité</title><definition>Se déplacer.</definition>'
	awk 'BEGIN { for (i = 0; i < 40; i++) printf "<entry without=\"absent%d\">voiture</entry>\n", i }'
	echo '</lexicon>'
} >asks/petit-mobilite.xml
cp "$SMALL/pipeline.xml" "$SMALL/petit-sanctions.xml" asks && chmod u+w asks/*
AURICULE_LEXICON_PATH=$PWD/asks "$AURICULE" ingest -j 1 -q -p asks/pipeline.xml -d asks.corpus endless.csv >said 2>&1 || fail "forty questions to a sentence of 84,000 words: $(cat said)"
# So many contributions beside a long one that number and place of a word do not fit 32 bits: they are sorted as 64.
awk 'BEGIN { printf "id;texte\n0;"; for (i = 0; i < 70000; i++) printf "m%d ", i % 300; for (i = 1; i < 33000; i++) printf "\n%d;m%d bus m%d", i, i % 7, i % 300; print "" }' >long.csv
"$AURICULE" ingest -j 1 -q -p "$SMALL/pipeline.xml" -d long.corpus long.csv >said 2>&1 || fail "33,000 contributions beside one of 70,000 words: $(cat said)"
"$AURICULE" check -d long.corpus >said 2>&1 || fail "33,000 contributions beside one of 70,000 words, checked: $(cat said)"
# Two annotators that find much in one text: what they find is put in order by sorting, and not hit by hit.
sed 's|<set key="lexicon" value="petit-mobilite"/>|</annotator><annotator plugin="annotate-lexicon">&|' "$SMALL/pipeline.xml" >two.xml
awk 'BEGIN { printf "id;texte\n1;"; for (i = 0; i < 200000; i++) printf "Un bus, radiée. "; print "" }' >turns.csv
"$AURICULE" ingest -j 1 -q -p two.xml -d turns.corpus turns.csv >said 2>&1 || fail "two annotators with 200,000 hits each: $(cat said)"
# A lexicon of more words than two bytes number: each word is found again where it comes a second time.
awk 'BEGIN {
	print "<lexicon id=\"petit-mobilite\" version=\"1.0\" lang=\"fr\" layer=\"lower\"><title>Mots</title><entry>" >"asks/petit-mobilite.xml"
	print "id;texte" >"many.csv"
	for (i = 0; i < 66000; i++) {
		word = "k"
		for (n = i + 456976; n > 0; n = int(n / 26))
			word = word sprintf("%c", 97 + n % 26)
		print word "k" >"asks/petit-mobilite.xml"
		printf "%d;%sk, %sk\n", i, word, word >"many.csv"
	}
	print "</entry></lexicon>" >"asks/petit-mobilite.xml"
}'
AURICULE_LEXICON_PATH=$PWD/asks "$AURICULE" annotate -j 1 -q -p asks/pipeline.xml -f csv many.csv >said 2>errors || fail "a lexicon of 66,000 words: $(cat errors)"
[ "$(awk -F, 'NR > 1 && $6 == $7 { n++ } END { print n }' said)" = 132000 ] || fail "66,000 words, twice each: $(tail -n 2 said)"
# A name in each sentence of a long answer: what is masked in it is looked up for each of its words, and not gone through.
awk 'BEGIN { printf "id;texte\n1;"; for (i = 0; i < 100000; i++) printf "Madame Dupont a été radiée du RSA. "; print "" }' >masked.csv
"$AURICULE" ingest -j 1 -q -p "$SRC/lexicons/pipeline.xml" -d masked.corpus masked.csv >said 2>&1 || fail "ingest: $(cat said)"
"$AURICULE" irritants -d masked.corpus >said 2>&1 || fail "the words of 100,000 sentences with a name: $(cat said)"
# The words of all of it around each of its occurrences: they are marked once.
"$AURICULE" cooccurrences -d masked.corpus --window 0 rsa >said 2>&1 || fail "the words around 100,000 occurrences: $(cat said)"
# Each line of its concordance says where it stands: that is counted from the line before, and not from the beginning.
"$AURICULE" kwic -d masked.corpus --format csv rsa >said 2>&1 || fail "100,000 lines of one text: $(head -n 3 said)"
grep -q ',3499995,3499998$' said || fail "the place of the last line: $(tail -n 1 said)"
# Two files that describe thousands of sessions: what one of them lends its contributions is not thought over again for each of the others; nor
# are the figures that they print of a role each gone through for each of these.
sessions=45000 letters=5000
[ -z "$sanitized" ] || sessions=8000 letters=2000
for wave in a b; do
	awk -v n=$sessions -v w=$wave 'BEGIN {
		print "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><profileDesc><settingDesc>"
		for (i = 0; i < n; i++)
			printf "<setting xml:id=\"%s%d\"><placeName>Haudain</placeName><measure type=\"invites\" ana=\"#r%d\" quantity=\"3\"/></setting>\n", w, i, i
		print "</settingDesc></profileDesc></teiHeader><text><body>"
		for (i = 0; i < n; i++)
			printf "<u xml:id=\"%su%d\" decls=\"#%s%d\">Le bus passe.</u>\n", w, i, w, i
		print "</body></text></TEI>"
	}' >sessions-$wave.xml
done
"$AURICULE" ingest -j 1 -q -p "$SMALL/pipeline.xml" -d sessions.corpus sessions-a.xml sessions-b.xml >said 2>&1 || fail "$sessions sessions, twice: $(cat said)"
# A column of answers that was read as the role: that it holds too many is not found out after comparing each with each.
awk 'BEGIN { print "id;texte;role"; for (i = 0; i < 100000; i++) printf "%d;Le bus passe.;réponse %d\n", i, i }' >roles.csv
"$AURICULE" ingest -j 1 -q -p "$SRC/lexicons/pipeline.xml" -d roles.corpus roles.csv >said 2>&1 || fail "100,000 roles: $(cat said)"
"$AURICULE" irritants -q -d roles.corpus >said 2>&1
status=$?
if [ $status -ne 1 ] || ! grep -q '100000 roles' said; then fail "a ledger with 100,000 roles, status $status: $(cat said)"; fi
# What is wrong in a large coded file: each line with its words, which are not looked for among those of all.
awk 'BEGIN { print "id;texte;themes"; for (i = 0; i < 40000; i++) printf "%d;Le bus %d passe, radié, radié, radié.;autre\n", i, i }' >coded.csv
"$AURICULE" evaluate -p "$SMALL/pipeline.xml" --misses --format csv coded.csv >said 2>errors || fail "40,000 coded contributions: $(tail -n 3 errors)"
[ "$(wc -l <said)" -eq 120001 ] || fail "two themes too many and one missed in each, and $(wc -l <said) lines"
# Thousands of files of one name, a folder each, and all of them moved: whether a file is known is looked up, and not gone through.
mkdir from
awk -v n=$letters 'BEGIN { for (i = 0; i < n; i++) print "from/" i }' | xargs mkdir
awk -v n=$letters 'BEGIN { for (i = 0; i < n; i++) { f = "from/" i "/lettre.txt"; print "Le bus numéro " i " passe." >f; close(f) } }'
find from -name lettre.txt | sort | xargs "$AURICULE" ingest -j 1 -q -p "$SMALL/pipeline.xml" -d letters.corpus >said 2>&1 || fail "$letters files: $(tail -n 3 said)"
mv from to
find to -name lettre.txt | sort | xargs "$AURICULE" ingest -j 1 -p "$SMALL/pipeline.xml" -d letters.corpus >said 2>&1 || fail "$letters files, moved: $(tail -n 3 said)"
grep -q "unchanged $letters," said || fail "$letters files were to be known again: $(tail -n 3 said)"
# Files that have other columns each: the corpus is full of fields one day, says so, and keeps what it had.
for file in 1 2 3 4 5; do
	awk -v f=$file -v columns=$columns 'BEGIN {
		printf "id;texte"
		for (c = 1; c <= columns; c++)
			printf ";f%dk%d", f, c
		printf "\n%d;Le car passe.", f
		for (c = 1; c <= columns; c++)
			printf ";v"
		print ""
	}' >other.csv
	"$AURICULE" ingest -j 1 -m 1G -p "$SMALL/pipeline.xml" -d full.corpus other.csv >said 2>&1
	status=$?
	[ $status -eq $((file == 5)) ] || fail "file $file, status $status: $(cat said)"
done
grep -q 'as many fields as it can hold' said || fail "what is full: $(cat said)"
"$AURICULE" check -d full.corpus >said 2>&1 || fail "check: $(cat said)"
"$AURICULE" search -d full.corpus --count 'passe f4k1:v' | grep -q 1 || fail "what was committed is lost"
echo "$rows rows of $columns columns, twice"
