#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The bench: auricule and what people would pick instead, on the same corpus, in one run.  `make bench` calls it.
#
#   run.sh SRCDIR BUILDDIR WORK      SRCDIR: this folder; BUILDDIR: where auricule was built; WORK: gets all that it makes
#
#   BENCH_INSTALL=1     installs the Debian packages that are missing (apt-get, as root or through sudo)
#   BENCH_N=1m          size of the corpus: 10k, 100k, 1m or 10m contributions
#   BENCH_RUNS=5        runs of each measure; figures are their medians
#   BENCH_QUERIES=300   queries of each class
#   BENCH_PARTS=…       what to measure: floors ingest growth open query agree match (all of them)
#   BENCH_PEERS=…       peers: fts5-stem fts5-unicode xapian groonga hyperscan (all of them)
#   BENCH_CORPUS=DIR    a corpus that is there already
#
# Downloads about 420 MB and needs 4 GB of disk at one million contributions.
# Lists of words are split on purpose below: packages, flags.
# shellcheck disable=SC2086,SC2046
set -eu
[ $# = 3 ] || { sed -n '4,16s/^# \{0,1\}//p' "$0" >&2; exit 2; }
src=$(cd "$1" && pwd)
build=$(cd "$2" && pwd)
mkdir -p "$3/bin"
work=$(cd "$3" && pwd)
size=${BENCH_N:-1m}
corpus=${BENCH_CORPUS:-$work/corpus}
case $size in 10k | 100k | 1m | 10m) ;; *) echo "BENCH_N=$size: 10k, 100k, 1m or 10m" >&2; exit 2 ;; esac

say() {
	echo "bench: $*" >&2
}

# --- packages ---------------------------------------------------------------------------------------------------------
packages="python3 lz4 gcc g++ pkg-config libstemmer-dev libsqlite3-dev libxapian-dev libgroonga-dev
	groonga-token-filter-stem libhyperscan-dev"
missing=
for package in $packages; do
	dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
if [ -n "$missing" ] && [ "${BENCH_INSTALL:-0}" = 1 ]; then
	if [ "$(id -u)" = 0 ]; then sudo=; else sudo=sudo; fi
	$sudo apt-get install -y --no-install-recommends $missing
elif [ -n "$missing" ]; then
	say "these Debian packages are missing:$missing"
	say "install them with:  apt-get install$missing   (or run again with BENCH_INSTALL=1)"
	say "going on without the peers that need them"
fi
command -v python3 >/dev/null || { say "python3 is missing: nothing can be measured without it"; exit 1; }

# --- the peers, built -------------------------------------------------------------------------------------------------
cc=${CC:-cc}
cxx=${CXX:-c++}
flags="-O2 -Wall -Wextra -D_GNU_SOURCE"
peer() { # peer NAME COMMAND…
	name=$1
	shift
	made=$work/bin/$name
	if [ -x "$made" ] && [ -z "$(find "$src/peers" \( -name "$name.*" -o -name bench.h \) -newer "$made")" ]; then
		return
	fi
	if ! "$@" -o "$made" 2>"$made.log"; then
		say "$name: not built, left out (why: $made.log)"
		rm -f "$made"
	fi
}
peer fts5_bench $cc -std=c11 $flags "$src/peers/fts5_bench.c" -lsqlite3 -lstemmer
peer xapian_bench $cxx $flags "$src/peers/xapian_bench.cc" -lxapian
peer groonga_bench $cc -std=c11 $flags "$src/peers/groonga_bench.c" $(pkg-config --cflags --libs groonga 2>/dev/null || :)
peer hs_bench $cc -std=c11 $flags "$src/peers/hs_bench.c" -lhs
peer floors $cc -std=c11 -O3 -march=native $flags "$src/peers/floors.c" -lstemmer

# --- the corpus -------------------------------------------------------------------------------------------------------
if [ ! -s "$corpus/$size.csv.tsv" ]; then
	[ -z "${BENCH_CORPUS:-}" ] || { say "$corpus/$size.csv.tsv is not there: gen_corpus.py makes it"; exit 1; }
	if [ ! -e "$work/text/done" ]; then
		say "fetching French text out of Debian packages"
		"$src/get_text.sh" "$work/text"
		: >"$work/text/done"
	fi
	say "making the corpus"
	python3 "$src/gen_corpus.py" "$work/text" "$corpus" "$size"
fi
[ -s "$work/q$size.tsv" ] || { say "drawing queries"; python3 "$src/gen_queries.py" "$corpus/$size.tsv" "$work/q$size.tsv"; }
case " ${BENCH_PARTS:-match} " in *" match "*)
	if [ ! -s "$work/match-$size/pat1k.xml" ]; then
		say "drawing phrases"
		mkdir -p "$work/match-$size"
		python3 "$src/gen_patterns.py" "$corpus/$size.txt" "$work/match-$size"
	fi ;;
esac

exec python3 "$src/measure.py" --source "$src" --build "$build" --work "$work" --corpus "$corpus" --size "$size" \
	--runs "${BENCH_RUNS:-5}" --queries "${BENCH_QUERIES:-300}" ${BENCH_PARTS:+--parts "$BENCH_PARTS"} \
	${BENCH_PEERS:+--peers "$BENCH_PEERS"}
