#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes doc/rapport.png, the page of the demonstration corpus as README.md shows it: its head, then its second part, the irritants.
#   doc/rapport.sh [BUILD]      BUILD: where auricule was built (build).  Needs chromium.
set -eu
cd "$(dirname "$0")/.."
auricule=${1:-build}/auricule
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$auricule" ingest -q -d "$work/corpus" corpora/ateliers-demo/ateliers-demo.xml
"$auricule" report -d "$work/corpus" -o "$work/page.html" 2>/dev/null
# what stands between them is left out of the picture
sed 's#</head>#<style>nav, \#p1 { display: none } section { margin: 1.6rem 0 }</style></head>#' "$work/page.html" >"$work/shown.html"
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1 --force-color-profile=srgb \
	--window-size=1400,1780 --screenshot="$work/page.png" "file://$work/shown.html" >/dev/null 2>&1
mv "$work/page.png" doc/rapport.png
ls -l doc/rapport.png
