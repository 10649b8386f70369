#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A walk from record to record that breaks off is no shorter answer: wherever it does, the verb fails with a sentence, and a compaction
# or an erasure, which would leave out what is behind, leaves the corpus as it was.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 99
# shellcheck source=tests/robust/lib.sh
. "$here/lib.sh"
printf 'id;texte;session;date\na;Une sanction, pas de bus.;s1;2025-01-01\nb;Le permis de conduire.;s2;2025-02-01\nc;Les bus.;s3;2025-03-01\n' >t.csv
"$AURICULE" ingest -q -p "$SMALL/pipeline.xml" -d whole.corpus t.csv || fail "ingest"
tried=0
for verb in info compact check erase; do
	set --
	[ $verb != erase ] || set -- --yes id:b
	for n in 1 2 3 4 5 6 7 8 9 10 20 30 40 50 60 70 80 90 100 1000; do
		rm -rf c.corpus
		cp -r whole.corpus c.corpus
		faulty "walk=$n" $verb -d c.corpus "$@" >got 2>said
		status=$?
		if [ "$status" = 0 ]; then
			[ $verb != erase ] || break
			faulty "walk=100000" $verb -d c.corpus >all 2>&1 || fail "$verb on a sound corpus"
			[ $verb = compact ] || cmp -s got all || fail "$verb with a walk that breaks off at step $n: a shorter answer"
			break
		fi
		tried=$((tried + 1))
		grep -qE "damaged|cannot be read to their end" got said || fail "$verb at step $n: $(cat said)"
		cmp -s whole.corpus/gen-0001/data.mdb c.corpus/gen-0001/data.mdb || fail "$verb at step $n changed the corpus"
	done
	[ "$status" = 0 ] || fail "$verb has more steps than were tried"
	[ "$n" != 1 ] || fail "$verb walks over nothing"
done
# Memory that is refused once, wherever that is, is no reason to leave something out: a sentence, or the same corpus.
preload=$build/tests/robust/.libs/memory.so demo=$SRC/corpora/ateliers-demo/ateliers-demo.xml n=0
refused() {
	rm -rf m.corpus
	env LD_PRELOAD="$preload" "$@" "$AURICULE" ingest -j1 -p "$SMALL/pipeline.xml" -d m.corpus "$demo" >said 2>&1
}
all() {
	"$AURICULE" info -d m.corpus && "$AURICULE" search -d m.corpus --format jsonl '*'
}
if [ -z "$sanitized" ]; then
	refused MEMORY_COUNT="$PWD/requests" || fail "ingest with all the memory: $(cat said)"
	all >whole
	while [ $n -lt 40 ]; do
		no=$(($(cat requests) * n / 40 + n * 7))
		refused MEMORY_REFUSED=$no
		status=$?
		if [ $status = 0 ]; then
			all | cmp -s - whole || fail "request $no for memory refused, and nothing is told: $(all | diff - whole | head -4)"
		elif [ $status != 1 ] || ! grep -q '^auricule: ' said; then
			fail "request $no for memory refused: $status, $(cat said)"
		fi
		n=$((n + 1))
	done
	# A page keeps every masking rule, whose lines ask for more and more; and a regular expression finds what it finds.
	"$AURICULE" ingest -q -d m.corpus "$demo"
	"$AURICULE" report -q -d m.corpus -o whole.html
	for size in 120 240 480 960 1920 3840; do
		rm -f page.html
		env LD_PRELOAD="$preload" MEMORY_SIZE=$size MEMORY_REFUSED=1 "$AURICULE" report -q -j1 -d m.corpus -o page.html 2>said
		status=$?
		[ $status = 1 ] || cmp -s page.html whole.html || fail "$size bytes refused to a report: $status, $(cat said)"
	done
	# Nor is a page damaged, whose proof is read.
	env LD_PRELOAD="$preload" MEMORY_COUNT="$PWD/requests" "$AURICULE" verify -q -d m.corpus whole.html >said || fail "verify with all the memory"
	n=0
	while [ $n -lt 20 ]; do
		env LD_PRELOAD="$preload" MEMORY_REFUSED=$(($(cat requests) * n / 20 + n)) "$AURICULE" verify -q -d m.corpus whole.html >said 2>&1
		if [ $? -gt 1 ] || grep -q damaged said; then fail "verify, $n twentieths of its requests for memory granted: $(cat said)"; fi
		n=$((n + 1))
	done
	# Nor is the dictionary of quanteda broken.
	if grep -q 'HAVE_YAML 1' "$build/config.h"; then
		printf 'transport:\n  bus: [bus, tram*]\n  train: [train, "« rer »"]\npeur: [crain*, peur]\n' >list.yml
		env LD_PRELOAD="$preload" MEMORY_COUNT="$PWD/requests" "$AURICULE" lexicon import list.yml >said 2>&1 || fail "import with all the memory: $(cat said)"
		n=$(($(cat requests) / 40))
		while [ $n -lt $(($(cat requests) / 8)) ]; do
			env LD_PRELOAD="$preload" MEMORY_REFUSED=$n "$AURICULE" lexicon import list.yml >said 2>&1
			if [ $? -gt 1 ] || grep -q broken said; then fail "import of YAML, request $n for memory refused: $(cat said)"; fi
			n=$((n + 11))
		done
	fi
	"$AURICULE" search -c -d m.corpus '/sanc.*/' >whole
	for no in 1 2 3 4; do
		env LD_PRELOAD="$preload" MEMORY_SIZE=112 MEMORY_REFUSED=$no "$AURICULE" search -c -d m.corpus '/sanc.*/' >out 2>said
		status=$?
		[ $status = 1 ] || cmp -s out whole || fail "112 bytes refused to a regular expression: $status, $(cat said)"
	done
	# Nor is it damage.
	env LD_PRELOAD="$preload" MEMORY_COUNT="$PWD/requests" "$AURICULE" check -q -d m.corpus || fail "check with all the memory"
	n=$(($(cat requests) / 2))
	while [ $n -lt "$(cat requests)" ]; do
		env LD_PRELOAD="$preload" MEMORY_REFUSED=$n "$AURICULE" check -q -d m.corpus >said 2>&1
		if [ $? -gt 1 ] || grep -qE 'faults?: |damaged' said; then fail "check, request $n for memory refused: $(cat said)"; fi
		n=$((n + 7))
	done
fi
echo "walks that broke off: $tried"
