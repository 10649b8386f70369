#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Pages in headless Chromium: the demonstration's, the 2025 report's (contributions without session, without speaker), one of three contributions, a small one
# that hides nothing, one of many columns, one of none and a large one; see browser.py.  Skipped, saying so, where there is no browser, or with AURICULE_BROWSER=no.
set -eu
top=${srcdir:-$(dirname "$0")/../..}
if [ "${AURICULE_BROWSER-}" = no ]; then
	echo "skipped: AURICULE_BROWSER=no"
	exit 77
fi
for tool in python3 chromium chromedriver; do
	if ! command -v $tool >/dev/null 2>&1; then
		echo "skipped: $tool is not installed (Debian: python3 chromium chromium-driver)"
		exit 77
	fi
done
if [ ! -r report/vega.js ]; then
	echo "skipped: this build has no plotting library (Debian: libjs-vega)"
	exit 77
fi
unset AURICULE_CORPUS AURICULE_PLUGIN_PATH AURICULE_LEXICON_PATH AURICULE_DATA_DIR
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
{
	echo id,texte,session,date,categorie,locuteur,territoire,citation
	echo 'a,"On me coupe le RSA sans prévenir",s1,2025-04-01,jette,p1,Nord,oui'
	echo 'b,"Le bus ne passe pas",s1,2025-04-01,ameliore,p2,Nord,oui'
	echo 'c,"RAS",s2,2025-06-01,,p3,Sud,oui'
} >"$work/tiny.csv"
printf 'id;texte;session;territoire;locuteur;categorie;citation\n1;Le bus ne passe pas;s1;Nord;p1;jette;oui\n2;Trop de papiers;s1;Nord;p2;garde;oui\n3;On me coupe le RSA;s1;Nord;p3;jette;oui\n4;On me juge;s1;Nord;p4;jette;oui\n' >"$work/few.csv" # axes from 0 to 1, one territory
awk 'BEGIN { print "texte;session;territoire;categorie"
	for (i = 0; i < 2400; i++) printf "Un bus %d;Pays de la Warne et environs %d;Pays %d;jette\n", i, i % 24, i % 12 }' >"$work/wide.csv" # tables as wide as they get
awk 'BEGIN { print "texte;session;territoire;categorie"
	for (i = 0; i < 8000; i++) printf "Un bus %d;s%d;Pays de la Warne et environs %d;jette\n", i, i % 40, i % 40 }' >"$work/towns.csv" # as wide as a sheet on its side
printf 'id,texte\na,Bonjour.\n' >"$work/bare.csv" # no session, no theme, nothing to draw
cp "$top/corpora/ateliers-demo/ateliers-demo.xml" "$work/demo.xml"
cp "$top/corpora/rsa-nord-2025/rsa-nord-2025.xml" "$work/rsa.xml"
for page in demo.xml rsa.xml tiny.csv few.csv wide.csv towns.csv bare.csv; do
	./auricule ingest -q -d "$work/corpus-$page" "$work/$page"
	if [ "$page" = few.csv ]; then least=1; else least=5; fi
	if [ "$page" = demo.xml ]; then by=activite; else by=; fi
	./auricule report -k "$least" ${by:+--by "$by"} -d "$work/corpus-$page" -o "$work/${page%.*}.html"
done 2>"$work/said" || {
	cat "$work/said"
	exit 1
}
demo=$top/corpora/ateliers-demo
tests/report/write_page "$demo/ateliers-demo.xml" "$demo/verite.csv" "$top/report" report "$work/large.html" 5 20000 60
python3 "$top/tests/report/browser.py" "$work/demo.html" "$work/rsa.html" "$work/tiny.html" "$work/few.html" "$work/wide.html" "$work/towns.html" "$work/bare.html" "$work/large.html" "$@"
