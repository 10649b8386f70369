#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What auricule does, shown on the corpora that come with it: tests/demo.sh BUILD-FOLDER.  ./autogen.sh demo calls it.
set -eu
build=$(cd "${1:-build}" && pwd)
cd "$(dirname "$0")/.."
auricule=$build/auricule
demo=$build/demo
rm -rf "$demo"
mkdir -p "$demo"

# show SENTENCE COMMAND...: says what comes, how one would type it, and does it.
show()
{
	printf '\n%s\n' "$1"
	shift
	printf '  $ auricule'
	for word; do
		case $word in
		"$demo"/*) word=build/demo/${word#"$demo"/} ;;
		*[!A-Za-z0-9_./:,=@-]* | '') word="'$word'" ;;
		esac
		printf ' %s' "$word"
	done
	printf '\n\n'
	"$auricule" "$@"
}

for corpus in rsa-nord-2025 ateliers-demo; do
	show "Reading corpora/$corpus into a corpus of its own: what is read, refused and indexed." \
		ingest -d "$demo/$corpus.corpus" corpora/"$corpus"/*.xml
done
nord=$demo/rsa-nord-2025.corpus
ateliers=$demo/ateliers-demo.corpus
show "What the demonstration corpus is made of (it is invented, and says so)." info -d "$ateliers"
show "What the report of the 2025 workshops says, by theme and by what people want of it." themes -d "$nord" --by stance
show "The themes of the demonstration workshops, session by session." themes -d "$ateliers" --by session
show "The same by stance: kept, to improve, to get rid of." themes -d "$ateliers" --by stance
show "A question across the sessions: who speaks of being sanctioned or struck off, and where?" \
	search -d "$ateliers" 'sanction OR radi*' --count --by session
show "And in which words?" search -d "$ateliers" 'sanction OR radi*' --limit 5

cat <<END

Where to go next
  build/auricule --help                                     every verb
  build/auricule search -d build/demo/ateliers-demo.corpus 'confiance'
  build/auricule ingest -d mine.corpus my-file.csv          your own verbatims: CSV, TEI, IRaMuTeQ or plain text
  README.md, doc/architecture.md                            what it is, and how the house is built
END
