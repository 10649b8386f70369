#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Readers beside a writer that ingests and compacts all the time: they never wait for it and never fail, what they see never goes back, and of a
# batch they see all or nothing (each brings two contributions with « bus »).
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 99
# shellcheck source=tests/robust/lib.sh
. "$here/lib.sh"
batches=${BATCHES-40}
[ -z "$sanitized" ] || batches=${BATCHES-10}

batch()
{
	printf 'id;texte;session\na%s;le bus %s;s1\nb%s;un autre bus %s;s2\nsame;le tram numéro %s;s1\n' "$1" "$1" "$1" "$1" "$1" >batch.csv
	"$AURICULE" ingest -q -p "$SMALL/pipeline.xml" -d c.corpus batch.csv
}

batch 0 || fail "the corpus cannot be made"
cp -R c.corpus first.corpus
(
	i=1
	while [ $i -le "$batches" ]; do
		batch $i || exit 1
		[ $((i % 8)) != 0 ] || "$AURICULE" compact -q -d c.corpus || exit 1
		i=$((i + 1))
	done
	touch finished
) &
writer=$!
seen=0 rounds=0
while [ ! -e finished ]; do
	kill -0 $writer 2>/dev/null || [ -e finished ] || fail "the writer failed"
	answer=$("$AURICULE" search -d c.corpus --count --format csv bus 2>&1) || fail "a reader failed: $answer"
	now=${answer##*,}
	[ "$now" -ge "$seen" ] || fail "a reader saw $now contributions after $seen"
	[ $((now % 2)) = 0 ] || fail "a reader saw half a batch: $now"
	seen=$now rounds=$((rounds + 1))
	[ $((rounds % 4)) != 0 ] || "$AURICULE" check -q -d c.corpus >said 2>&1 || fail "check beside a writer: $(cat said)"
done
wait $writer || fail "the writer failed"
[ "$("$AURICULE" search -d c.corpus --count --format csv bus | tail -n 1)" = "$((2 * batches + 2)),$((2 * batches + 2))" ] || fail "batches are missing at the end"
"$AURICULE" check -q -d c.corpus || exit 1
# Who has no right to write to the table of readers keeps nothing from writers: what it reads may become something else, and that is no damage.
unseen() { # COMMITS: reads slowly while so many commits go by
	awk 'BEGIN { print "id;texte"; for (i = 0; i < 6000; i++) print "u" i ";le bus numéro " i " est encore en retard" }' >many.csv
	rm -rf u.corpus
	"$AURICULE" ingest -q -p "$SMALL/pipeline.xml" -d u.corpus many.csv || fail "the corpus of many cannot be made"
	{
		faulty deny=1 search -d u.corpus --format jsonl '*' 2>told
		echo $? >status
	} | {
		read -r _
		for i in $(seq "$1"); do
			"$AURICULE" ingest -q -p "$SMALL/pipeline.xml" -d u.corpus --field "moment=$i" many.csv
		done
		wc -l >lines
	} 2>/dev/null
}
unseen 1
[ "$(cat status) $(tr -d ' ' <lines)" = '0 5999' ] || fail "one commit meanwhile: $(cat status lines told)"
unseen 4
[ "$(cat status) $(grep -c '' told) $(grep -c 'changed while it was being read' told)" = '1 1 1' ] || fail "four commits meanwhile: $(cat status lines told)"
# Two processes of one number, as those of two containers often are, read at once; and one that writes waits for one that reads.
rm -f count written
faulty pid=7 search -d u.corpus --format jsonl '*' 2>told | {
	read -r _
	faulty pid=7 search -d u.corpus --count --format csv bus >count 2>&1
	faulty pid=7 ingest -q -d u.corpus --field moment=later many.csv >written 2>&1 &
	sleep 0.2
	wc -l >lines
	wait $! && echo well >>written
}
[ "$(tail -n 1 count) $(cat told)$(tr -d ' ' <lines)$(cat written)" = '6000,6000 5999well' ] || fail "two of one number: $(cat count told lines written)"
# A reader that is killed while somebody writes: its place is free again from the next commit on, or the file grows by all pages of all commits.
mkfifo held rows && exec 4<>held
"$AURICULE" search -d u.corpus --format jsonl '*' >held 2>&1 & reader=$!
read -r _ <&4
"$AURICULE" ingest -q -d u.corpus rows & writer=$!
exec 3>rows && kill -KILL $reader
wait $reader 2>/dev/null
printf 'id;texte\nlast;le bus\n' >&3
exec 3>&-
wait $writer || fail "the writer fails beside a reader that is killed"
od -A n -t d4 -v u.corpus/gen-*/lock.mdb | tr -s ' ' '\n' | grep -qx $reader && fail "a reader that was killed has its place still"
# Somebody puts another corpus in the place of the one that is compacted, at each of its steps: neither loses anything.
step=1
while :; do
	rm -rf was.corpus at.corpus other.corpus
	cp -R first.corpus at.corpus # its generation is called as that of the other one
	"$AURICULE" ingest -q -p "$SMALL/pipeline.xml" -d other.corpus batch.csv || fail "the other corpus cannot be made"
	FAULTS_RUN='mv at.corpus was.corpus && mv other.corpus at.corpus' faulty "run=$step" compact -q -d at.corpus >said 2>&1
	[ -d was.corpus ] || break # no such step any more
	for c in was.corpus at.corpus; do
		"$AURICULE" check -q -d $c >checked 2>&1 || fail "swapped at change $step of a compaction that says « $(cat said) »: $c: $(cat checked)"
	done
	[ "$("$AURICULE" search -d at.corpus --count --format csv bus | tail -n 1)" = 2,2 ] || fail "swapped at change $step: the other corpus has lost something"
	step=$((step + 1))
done
[ $step -gt 10 ] || fail "a compaction has only $step steps: nothing was tried"
# Nor is a lock taken of a corpus that somebody removed and made anew since that lock was opened: two would write.
rm -rf was.corpus at.corpus other.corpus
cp -R first.corpus at.corpus && cp -R first.corpus other.corpus
FAULTS_RUN='mv at.corpus was.corpus && mv other.corpus at.corpus' faulty "run=0" ingest -q -d at.corpus batch.csv >said 2>&1 && fail "a lock of nobody was taken"
grep -q 'moved, removed or replaced' said || fail "a lock of nobody: $(cat said)"
mv was.corpus other.corpus
# What is read into a folder that was moved away, removed, or robbed of a file, meanwhile is not said to be in the corpus of that name; what took its place stays.
# shellcheck disable=SC2016
for away in 'mv at.corpus was.corpus' 'rm -r at.corpus' 'rm at.corpus/writer.lock' 'rm at.corpus/gen-0001/lock.mdb' 'cp first.corpus/gen-0001/data.mdb new && mv new at.corpus/gen-0001/data.mdb' 'for f in data lock; do dd conv=notrunc if=first.corpus/gen-0001/$f.mdb of=at.corpus/gen-0001/$f.mdb 2>/dev/null; done' 'mv at.corpus was.corpus && cp -R first.corpus at.corpus'; do
	rm -rf was.corpus at.corpus
	cp -R first.corpus at.corpus
	case $away in for*) "$AURICULE" ingest -q -d at.corpus batch.csv ;; esac # is newer than the backup that is written over it
	"$AURICULE" ingest -d at.corpus rows >said 2>&1 & writer=$!
	exec 3>rows && sh -c "$away"
	cat batch.csv >&3 && exec 3>&-
	wait $writer && fail "« $away » during an ingestion: $(cat said)"
	grep -qE 'moved, removed or replaced|damaged' said || fail "« $away » during an ingestion: $(cat said)" # what was read may be half of the backup
	for c in was.corpus at.corpus; do
		[ ! -d $c ] || [ "$("$AURICULE" search -d $c --count --format csv bus | tail -n 1)" = 2,2 ] || fail "« $away »: $c is not what it was"
	done
done
# A page that several threads read is of one moment, also where, between the first of them and the others, somebody ingests and compacts: the
# new generation has as many contributions and words, and the same number of commits.  A rule of masking that is a pipe holds the page up there.
mkdir -p data/report && mkfifo data/report/fr.mask || exit 99
for v in un deux; do
	awk -v v=$v 'BEGIN { print "id;texte;session;vu"; for (i = 0; i < 2048; i++) print "t" i ";un dossier et un bus;s" i % 3 ";" v }' >$v.csv
	"$AURICULE" ingest -q -p "$SMALL/pipeline.xml" -d t.corpus $v.csv && "$AURICULE" compact -q -d t.corpus || exit 1
	"$AURICULE" irritants -j 1 -d t.corpus -T fingerprints -f csv >$v.is || exit 1
	[ $v = un ] || continue
	{
		AURICULE_DATA_DIR=$PWD/data "$AURICULE" irritants -j 2 -d t.corpus -T fingerprints -f csv >un.beside
		status=$?
		exec 4<>data/report/fr.mask # where it never came to read that: nobody waits for it
		exit $status
	} &
	exec 3>data/report/fr.mask
done
cat "$SRC/report/fr.mask" >&3 && exec 3>&-
wait $! || fail "the ledger beside a compaction fails"
if cmp -s un.is deux.is || ! cmp -s un.is un.beside; then
	fail "a ledger is of two moments: $(grep -h ^corpus un.is un.beside deux.is)"
fi
# Whoever may open few files cannot read what a corpus says of itself, and does not take it for one that was never made.
for n in 3 4 5 6 7; do
	# shellcheck disable=SC3045 # dash and bash have it
	(ulimit -n $n && exec "$AURICULE" ingest -q -d other.corpus batch.csv) >said 2>&1
	[ "$("$AURICULE" search -d other.corpus --count --format csv bus | tail -n 1)" = 2,2 ] || fail "with $n open files: $(cat said)"
done
echo "$rounds readings beside $batches batches"
