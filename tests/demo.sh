#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What auricule does, shown on the corpora that come with it: tests/demo.sh BUILD-FOLDER.  ./autogen.sh demo calls it.
set -eu
build=$(cd "${1:-build}" && pwd)
cd "$(dirname "$0")/.."
# Short paths, so that what is shown can be typed.
[ "$build" != "$PWD/build" ] || build=build
auricule=$build/auricule
demo=$build/demo
rm -rf "$demo"
mkdir -p "$demo"
# Every figure below comes from these, whatever the person who runs this has set.
unset AURICULE_CORPUS AURICULE_PLUGIN_PATH AURICULE_LEXICON_PATH AURICULE_DATA_DIR
case ${LANGUAGE:-${LC_ALL:-${LC_MESSAGES:-${LANG-}}}} in
fr*) french=yes ;;
*) french= ;;
esac

# say ENGLISH FRENCH: in the language of the person.
say()
{
	if [ -n "$french" ]; then
		printf '\n%s\n' "$2"
	else
		printf '\n%s\n' "$1"
	fi
}

# show COMMAND...: how one would type it, and what it prints.
show()
{
	printf '\n  $ %s' "$auricule"
	for word; do
		case $word in
		*[!A-Za-z0-9_./:,=@-]* | '') word="'$word'" ;;
		esac
		printf ' %s' "$word"
	done
	printf '\n\n'
	"$auricule" "$@"
}

rsa=$demo/rsa.corpus
ateliers=$demo/ateliers.corpus
say "1. Two corpora, read: what was taken, what was refused, what does not add up." \
	"1. Lecture de deux corpus : ce qui est pris, ce qui est refusé, ce qui est incohérent."
show ingest -d "$rsa" corpora/rsa-nord-2025/rsa-nord-2025.xml
show ingest -d "$ateliers" corpora/ateliers-demo/ateliers-demo.xml
say "2. What a public report on four workshops says, by theme and by what people want of it: keep, improve, get rid of." \
	"2. Ce que dit un bilan public de quatre ateliers, par thème et par position : garder, améliorer, jeter."
show themes -d "$rsa" --by stance --format table
say "3. The themes of the demonstration workshops, session by session (this corpus is invented, and says so)." \
	"3. Les thèmes des ateliers de démonstration, séance par séance (ce corpus est inventé, et l'indique)."
show themes -d "$ateliers" --by session --format table
show themes -d "$ateliers" --by stance --format table
say "4. A question across the sessions: who speaks of sanctions, or of being struck off? Each row with its denominators." \
	"4. Une requête sur toutes les séances : qui parle de sanction, ou de radiation ? Chaque ligne a ses dénominateurs."
show search -d "$ateliers" 'sanction OR radi*' --by session --format table
show kwic -d "$ateliers" 'sanction OR radi*' --limit 8 --width 32 --format table
say "5. Why one of them has its themes." "5. Pourquoi l'une de ces contributions a ses thèmes."
show explain -d "$ateliers" d0108
say "6. What keeps coming back, how sure one can be, and what cannot be concluded." \
	"6. Ce qui revient, à quel point on peut en être sûr, et ce qu'on ne peut pas conclure."
show irritants -d "$ateliers" --format table
say "7. The page for the policy team, and the proof that it says what the corpus says." \
	"7. La page pour l'équipe qui décide, et la preuve qu'elle dit ce que dit le corpus."
show report -d "$ateliers" -o "$demo/rapport.html"
show verify -d "$ateliers" "$demo/rapport.html"

say "Where to go next" "Pour continuer"
if [ -n "$french" ]; then
	cat <<END
  $demo/rapport.html   la page : ouvrez-la dans un navigateur
  $auricule search -d $demo/ateliers.corpus 'confiance'
  $auricule ingest -d mien.corpus mon-fichier.csv   vos propres verbatims : CSV, TEI, IRaMuTeQ, transcriptions ou texte brut
  $auricule --help                                  toutes les commandes
  README.md, doc/lexicon.md (écrire un lexique), doc/architecture.md
END
else
	cat <<END
  $demo/rapport.html   the page: open it in a browser
  $auricule search -d $demo/ateliers.corpus 'confiance'
  $auricule ingest -d mine.corpus my-file.csv       your own verbatims: CSV, TEI, IRaMuTeQ, transcripts or plain text
  $auricule --help                                  every verb
  README.md, doc/lexicon.md (how to write a lexicon), doc/architecture.md
END
fi
