#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A corpus on a disk that forgets: see damage.c.  ROUNDS and SEED look longer, or elsewhere.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 99
# shellcheck source=tests/robust/lib.sh
. "$here/lib.sh"
demo=$SRC/corpora/ateliers-demo/ateliers-demo.xml
rounds=${ROUNDS-200}
[ -z "$sanitized" ] || rounds=${ROUNDS-60}

# Three segments, contributions that were replaced, pages that are free.
cat >more.csv <<'EOF'
id,texte,session,categorie,locuteur
d0101,"On m'a dit de venir, et puis plus rien.",rousignies-1,jette,loc001
d0102,"Le bus ne passe jamais, zut",haudain-2,jette,loc009
n1,"France Travail me rappelle demain, enfin j'espère",neuve-1,ameliore,loc900
EOF
sed 's/zut/tant pis/' more.csv >again.csv
for f in "$demo" more.csv again.csv; do
	"$AURICULE" ingest -q -p "$SMALL/pipeline.xml" -d whole.corpus "$f" || fail "the sound corpus cannot be made"
done
"$AURICULE" check -q -d whole.corpus || fail "the corpus is not sound to begin with"

for half in 1 2; do
	mkdir $half && cp -R whole.corpus $half
	(cd $half && "$build/tests/robust/damage" "$AURICULE" whole.corpus "$demo" $((rounds / 2)) $((${SEED-1} * 2 + half))) >$half.said 2>&1 &
	[ $half = 2 ] || first=$!
done
wait $! || failed=1
wait "$first" || failed=1
cat 1.said 2.said
[ -z "${failed-}" ]
