#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Holds pages to the program: what follows a line « $ command… » in them is what that command prints, as on a terminal where it is one
# that asks a corpus: a table.  A block behind a line « File `NAME`: » is a file that the commands find.
#   tests/readme.sh [check [BUILD-FOLDER [PAGE…]]]  shows what differs (pages: README.md, doc/lexicon.md and doc/query.md)
#   tests/readme.sh update [BUILD-FOLDER [PAGE…]]   writes what the program prints today into them
set -u
here=$(cd "$(dirname "$0")/.." && pwd) || exit 99
what=${1-check}
build=${2-}
[ -n "$build" ] || { [ -f auricule-tree.conf ] && build=. || build=$here/build; }
build=$(cd "$build" && pwd) || exit 99
[ $# -lt 2 ] || shift
[ $# -lt 1 ] || shift
[ $# -gt 0 ] || set -- README.md doc/lexicon.md doc/query.md
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$work/bin"
cat >"$work/bin/auricule" <<'END'
#!/bin/sh
case " $* " in
*" --format "* | *" -f "*) ;;
" search "* | " kwic "* | " frequencies "* | " specificities "* | " cooccurrences "*)
	verb=$1
	shift
	set -- "$verb" --format table "$@"
	;;
esac
exec "$AURICULE" "$@"
END
chmod +x "$work/bin/auricule"
unset AURICULE_CORPUS AURICULE_PLUGIN_PATH AURICULE_LEXICON_PATH AURICULE_DATA_DIR
export LC_ALL=C.UTF-8 LANGUAGE='' AURICULE="$build/auricule" PATH="$work/bin:$PATH"
fence='```'

# renew PAGE: the page as it should be, on standard output; its files and corpora in $work/room.
renew()
{
	inside='' file=''
	rm -rf "$work/room"
	mkdir "$work/room"
	ln -s "$here/corpora" "$here/lexicons" "$work/room"
	while IFS= read -r line; do
		case $line in
		"$fence"*)
			inside=${inside:+} # a fence ends what was printed
			case $file in
			'' | open:*) file='' ;;
			*)
				: >"$work/room/$file"
				file=open:$file
				;;
			esac
			printf '%s\n' "$line"
			;;
		'$ '*)
			[ -z "$inside" ] || printf '\n'
			inside=yes
			printf '%s\n' "$line"
			(cd "$work/room" && sh -c "${line#'$ '}" 2>&1 </dev/null) |
				sed -E 's/[0-9.]+ s \([0-9]+ contributions per second\)/0.2 s (2000 contributions per second)/'
			;;
		*)
			[ -n "$inside" ] || printf '%s\n' "$line"
			case $file:$line in
			open:*) printf '%s\n' "$line" >>"$work/room/${file#open:}" ;;
			:"File \`"*"\`:")
				file=${line#"File \`"}
				file=${file%"\`:"}
				;;
			esac
			;;
		esac
	done <"$here/$1"
}

bad=0
for page; do
	if [ "$page" = doc/query.md ] && ! "$AURICULE" plugin list --format csv | grep -q '^lemma,.*,$'; then
		echo "skipped $page, which shows lemmas: built without Hunspell"
		continue
	fi
	if [ "$page" = doc/lexicon.md ] && ! grep -q 'HAVE_YAML 1' "$build/config.h"; then
		echo "skipped $page, which shows a dictionary of quanteda: built without libyaml"
		continue
	fi
	renew "$page" >"$work/new"
	case $what in
	check)
		diff -u "$here/$page" "$work/new" || {
			echo "$page and the program disagree: run tests/readme.sh update, and read what changed" >&2
			bad=1
		}
		;;
	update) cat "$work/new" >"$here/$page" ;;
	*)
		sed -n 's/^#   //p' "$0" >&2
		exit 2
		;;
	esac
done
exit $bad
