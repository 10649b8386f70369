#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The animals that nobody has held to the contract, in a run: what they give that would harm a corpus, or whoever reads it, does not get
# through.  The run ends with a sentence that names the component, or refuses the contribution, and the corpus is sound.
#   tests/zoo/loose.sh      build folder: $BUILD, or . where it is one
set -u
build=$(cd "${BUILD-.}" && pwd) || exit 99
work=$(mktemp -d "${TMPDIR:-/tmp}/auricule-loose.XXXXXX") || exit 99
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
unset AURICULE_CORPUS AURICULE_PLUGIN_PATH AURICULE_DATA_DIR
export LC_ALL=C.UTF-8 LANGUAGE=
cd "$work" || exit 99
printf 'id;texte\na;Le bus est prévu en été, ou en hiver, ou jamais.\nb;Un autre bus\n' >t.csv
echo 'Le bus passe.' >t.zoo
echo 'Un autre bus.' >u.zoo
bad=0 good=0
# tried STATUS WORDS ARGUMENT…: ingest ends so and says that
tried()
{
	status=$1 words=$2
	shift 2
	rm -rf c.corpus
	"$build/auricule" ingest -d c.corpus "$@" >said 2>&1 </dev/null
	got=$?
	if [ $got = "$status" ] && grep -qF -- "$words" said && { ! [ -d c.corpus ] || "$build/auricule" check -q -d c.corpus >>said 2>&1; }; then
		good=$((good + 1))
	else
		echo "FAIL $animal: status $got, and this was to be $status with « $words »"
		sed 's/^/    /' said
		bad=$((bad + 1))
	fi
}
# in_pipeline ANIMAL KIND WORDS
in_pipeline()
{
	animal=$1
	{
		echo '<pipeline version="1">'
		[ "$2" = tokenizer ] || echo '<tokenizer plugin="tokenizer-fr"/>'
		[ "$2" = layer ] || echo '<layer id="lower" plugin="layer-fold" component="lower"/>'
		echo "<$2 id=\"zoo\" plugin=\"$build/tests/zoo/$1.so\"/>" | if [ "$2" = layer ]; then cat; else sed 's/ id="zoo"//'; fi
		echo '</pipeline>'
	} >p.xml
	tried 1 "the component zoo broke its contract: $3" -p p.xml t.csv
}
in_pipeline span-backwards tokenizer 'tokens out of order'
in_pipeline span-outside tokenizer 'tokens out of order'
in_pipeline span-empty tokenizer 'tokens out of order'
in_pipeline span-character tokenizer 'a token that cuts through a character'
in_pipeline form-bytes tokenizer 'a form that is not UTF-8'
in_pipeline layer-bytes layer 'a value that is not UTF-8'
in_pipeline hit-outside annotator 'a hit outside the contribution'
in_pipeline hit-cue annotator 'a hit whose cue'
in_pipeline hit-label annotator 'a hit whose label'
in_pipeline hit-weight annotator 'a hit whose weight'
in_pipeline theme annotator 'a theme that is not of [a-z0-9-]'
# which contribution it was
in_pipeline hit-outside annotator 'a hit outside the contribution; tell its author (in the contribution a)'
# in_reader ANIMAL STATUS WORDS…
in_reader()
{
	animal=$1
	tried "$2" "$3" --reader "$build/tests/zoo/$1.so" t.zoo u.zoo
}
in_reader reader-value 0 'the value of a field is not valid UTF-8'
in_reader reader-long 0 'it holds more than 1 GiB'
in_reader reader-cancels 1 'failed in « next » (status -5)'
grep -q 'u\.zoo' said || {
	echo "FAIL reader-cancels: the file behind was not read"
	bad=$((bad + 1))
}
echo "$good stopped, $bad not"
[ $bad = 0 ] && [ $good = 15 ]
