#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What a lexicon finds hangs on no other lexicon.  So lexicon diff tells, contribution by contribution, what two readings with the old and the
# new lexicons differ by, although it opens the lexicons alone that changed.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 99
# shellcheck source=tests/robust/lib.sh
. "$here/lib.sh"
AURICULE_LEXICON_PATH=$SRC/lexicons
demo=ateliers.xml
# every other line as people type it who leave the apostrophes out: « lemploi », « jhabite »
sed -E "n; s/(^|[^[:alpha:]])([ldjLDJ])(['’])/\1\2/g" "$SRC/corpora/ateliers-demo/ateliers-demo.xml" >$demo || exit 99
"$AURICULE" ingest -q -d demo.corpus "$demo" || fail "the demonstration cannot be ingested"

# hits SET: id, theme, start, end, polarity of each hit with the lexicons of a folder
hits() {
	sed "s|<set key=\"lexicon\" value=\"\([^\"]*\)\"|<set key=\"lexicon\" value=\"$PWD/$1/\1.xml\"|" "$SRC/lexicons/pipeline.xml" |
		while IFS= read -r line; do
			file=$(printf '%s\n' "$line" | sed -n 's/.*<set key="lexicon" value="\([^"]*\)".*/\1/p')
			[ -n "$file" ] && [ ! -e "$file" ] || printf '%s\n' "$line"
		done >"$1.pipeline"
	"$AURICULE" annotate -q -f csv -p "$1.pipeline" "$demo" | awk -F, 'NR > 1 && NF > 8 {print $1 "," $2 "," $4 "," $5 "," $3}' | sort >"$1.hits"
	[ -s "$1.hits" ] || fail "no hits with $1"
}

# differ: what old.hits and new.hits differ by, as lexicon diff tells it
differ() {
	awk -F, '{key = $1 "," $2 "," $3 "," $4}
		NR == FNR {old[key] = $5; next}
		!(key in old) {print $1 "," $2 ",gained," $5; next}
		{if (old[key] != $5) print $1 "," $2 ",turned," $5; delete old[key]}
		END {for (key in old) {split(key, f, ","); print f[1] "," f[2] ",lost," old[key]}}' old.hits new.hits | sort
}

mkdir old && cp "$SRC"/lexicons/*.xml old/ && rm old/pipeline.xml && chmod -R u+w old # the sources may be read-only
hits old

# what a lexicon finds hangs on no other: each of them alone
for x in old/*.xml; do
	name=$(basename "$x" .xml)
	rm -rf one && mkdir one && cp "$x" one/
	hits one
	theme=$(sed -n 's/.*<lexicon .*theme="\([^"]*\)".*/\1/p' "$x" | head -1)
	grep "^[^,]*,${theme:-$name}[.,]" old.hits >expected
	cmp expected one.hits || fail "$name alone: $(diff expected one.hits | head -5)"
done
told=0
while read -r what file script; do
	rm -rf new && cp -r old new
	case $what in
	without) rm "new/$file.xml" ;;
	*) sed "$script" "old/$file.xml" >"new/$file.xml" ;;
	esac
	[ "$what" != both ] || sed 's|</lexicon>|<entry>le dossier</entry></lexicon>|' old/administratif.xml >new/administratif.xml
	hits new
	differ >expected
	"$AURICULE" lexicon diff -d demo.corpus -f csv --show contributions old new >diff.csv || fail "$what $file: lexicon diff"
	awk -F, 'NR > 1 && NF > 6 {print $1 "," $2 "," $3 "," $4}' diff.csv | sort >said
	[ -s said ] || fail "$what $file: nothing differs"
	cmp expected said || fail "$what $file: $(diff expected said | head -5)"
	told=$((told + $(wc -l <said)))
done <<'END'
more sanctions s|</lexicon>|<entry>je</entry></lexicon>|
stuck emploi s|</lexicon>|<entry>\nquai *mploi\nquai *rgent\nquai *habite\njamais\n</entry></lexicon>|
less mobilite s/\([ (|]\)bus\([ )|<]\)/\1tram-train\2/g
turned mobilite s/ polarity="lack"//
heavier isolement s/<lexicon id=/<lexicon threshold="2" id=/
both precarite s|</lexicon>|<exclude>plus</exclude></lexicon>|
without sante -
END
# Whoever reads the first lines alone ends the program by a signal: nothing of its own is left behind.
mkdir own && cp -r old new.d && sed 's|</lexicon>|<entry>je</entry></lexicon>|' old/sanctions.xml >new.d/sanctions.xml
TMPDIR=$PWD/own "$AURICULE" lexicon diff -d demo.corpus -f jsonl --show contributions old new.d 2>said | head -n 1 >first
if [ ! -s first ] || [ -n "$(ls own)" ]; then fail "lexicon diff | head leaves $(ls own) $(cat said)"; fi
# Nor where the disk has no room for it, or gives a lexicon to its end and then an error: one sentence, in our words.
said=$( (ulimit -f 0 && TMPDIR=$PWD/own exec "$AURICULE" lexicon diff -d demo.corpus old new.d) 2>&1)
status=$?
if [ $status != 1 ] || [ "$(echo "$said" | wc -l)" != 1 ] || [ -n "$(ls own)" ]; then fail "lexicon diff without room: $said $(ls own)"; fi
size=$(wc -c <new.d/caf.xml)
faulty "in=new.d/caf.xml unreadable=$size" lexicon diff -d demo.corpus old new.d >out 2>said
status=$?
if [ $status -gt 1 ] || grep -v '^auricule: ' said; then fail "a lexicon that cannot be read to its end: $status $(cat said)"; fi
[ "$told" -gt 100 ] || fail "this was to be more: $told differences"
echo "$told differences of seven changes: as two readings tell them"
