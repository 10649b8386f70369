#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A re-theming that is killed in each of its changes of the disk, three times: in the middle of it, behind it, and with the current cut.  Each time the corpus that is left is
# sound and answers as before or as after, never anything between; and the same command again completes it.  Meanwhile a reader sees
# the old themes, and then the new ones.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 99
# shellcheck source=tests/robust/lib.sh
. "$here/lib.sh"
awk 'BEGIN {
	print "id,texte,session"
	for (r = 0; r < 9000; r++)
		printf "k%d,\"le bus %d est en retard, %s.\",s%d\n", r, r % 997, r % 3 ? "pas de sanction" : "radié", r % 5
}' >rows.csv
mkdir new && cp "$SMALL"/*.xml new
sed -i 's/version="1.0" lang/version="2.0" lang/; s/<entry>sanction\*/<entry>retard*/' new/petit-sanctions.xml
sed -i '/petit-mobilite/d' new/pipeline.xml
"$AURICULE" ingest -q -p "$SMALL/pipeline.xml" -d old.corpus rows.csv || exit 1

answers()
{
	"$AURICULE" themes -d "$1" --format csv --by session && "$AURICULE" search -d "$1" --format jsonl 'theme:sanctions' && "$AURICULE" explain -d "$1" k0 k1 k2 k8999
}
# retheme FAULTS CORPUS: with the new lexicons; no faults: as it is.
retheme()
{
	f=$1 c=$2
	shift 2
	set -- retheme -q -j1 -p new/pipeline.xml -d "$c"
	if [ -n "$f" ]; then
		AURICULE_LEXICON_PATH=$PWD/new faulty "$f" "$@"
	else
		AURICULE_LEXICON_PATH=$PWD/new "$AURICULE" "$@"
	fi
}

cp -R old.corpus new.corpus
retheme "count=$PWD/changes" new.corpus >table || exit 1
answers old.corpus >old && answers new.corpus >after || exit 1
if cmp -s old after || ! grep -q 'version 2.0' after || grep -q mobilite after; then
	fail "the re-theming changes nothing, or not all"
fi
n=$(cat changes) befores=0 afters=0
[ "$n" -ge 4 ] || fail "only $n changes: nothing would be tried"
step=1
[ -z "$sanitized" ] || step=5
i=1
while [ $i -le "$n" ]; do
	for cut in "part=$((i * 377 % 1001))" part=1000 "part=$((i * 377 % 1001)) cut=$((i * 7919))"; do
		rm -rf c.corpus
		cp -R old.corpus c.corpus
		retheme "die=$i $cut" c.corpus >said 2>&1
		[ $? = 137 ] || fail "change $i: it was not killed but ended by itself: $(cat said)"
		"$AURICULE" check -q -d c.corpus >said 2>&1 || fail "change $i $cut: $(cat said)"
		answers c.corpus >now || fail "change $i $cut: no answers"
		if cmp -s now old; then
			befores=$((befores + 1))
		elif cmp -s now after; then
			afters=$((afters + 1))
		else
			fail "change $i $cut: it answers neither as before nor as after"
		fi
		retheme '' c.corpus >said 2>&1 || fail "again after change $i $cut: $(cat said)"
		answers c.corpus | cmp - after || fail "again after change $i $cut: it does not answer as an undisturbed one"
		"$AURICULE" check -q -d c.corpus || fail "again after change $i $cut: not sound"
	done
	i=$((i + step))
done
[ $((befores > 0 && afters > 0)) = 1 ] || fail "not once were the old themes left, or not once the new ones"

# A reader beside it never waits, and sees the old themes or the new ones.
for c in old new; do "$AURICULE" themes -d $c.corpus --format csv --by session >$c.themes; done
rm -rf c.corpus
cp -R old.corpus c.corpus
(until [ -e over ]; do
	retheme '' c.corpus && "$AURICULE" retheme -q -d c.corpus -p "$SMALL/pipeline.xml" || exit 1
done) >said 2>&1 &
writer=$!
k=0
while [ $k -lt 25 ] && "$AURICULE" themes -d c.corpus --format csv --by session >now; do
	cmp -s now old.themes || cmp -s now new.themes || break
	k=$((k + 1))
done
: >over
wait $writer || fail "beside a reader: $(cat said)"
[ $k = 25 ] || fail "a reader beside it fails, or sees something between: $(cat now)"
echo "killed in each of $n changes, three times: $befores times the old themes were left, $afters times the new ones"
