#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The verbs on the demonstration corpus under valgrind: nothing read that was never written, nothing outside, nothing lost.  What the
# sanitizers do not see is the first of these.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 99
# shellcheck source=tests/robust/lib.sh
. "$here/lib.sh"
command -v valgrind >/dev/null || {
	echo "SKIP: there is no valgrind here"
	exit 77
}
[ -z "$sanitized" ] || {
	echo "SKIP: the sanitizers and valgrind do not go together"
	exit 77
}
unset AURICULE_LEXICON_PATH
demo=$SRC/corpora/ateliers-demo/ateliers-demo.xml

# looked VERB ARGUMENT…: to its end, with its own status 0.
looked()
{
	valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite "$AURICULE" "$@" >"out.$1" 2>"err.$1" && return
	echo "FAIL: auricule $*"
	cat "err.$1"
	return 1
}

looked ingest -q -j2 -d c.corpus "$demo" || exit 1
cp -R c.corpus packed.corpus
{
	looked search -d c.corpus --format jsonl 'bus OR stance:keep' && looked kwic -d c.corpus 'franc*' && looked irritants -d c.corpus --format csv &&
		looked compact -q -d packed.corpus
} &
others=$!
looked report -d c.corpus -o page.html && looked check -q -d c.corpus && looked explain -d c.corpus --near d0636 || failed=1
wait $others || failed=1
[ -s page.html ] && [ -s out.search ] && [ -s out.kwic ] && [ -s out.irritants ] || failed=1
[ -z "${failed-}" ]
