#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The demonstration's page, the 2025 report's and a large one's, in headless Chromium; see browser.py.
set -eu
top=${srcdir:-$(dirname "$0")/../..}
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
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
demo=$top/corpora/ateliers-demo
tests/report/write_page "$demo/ateliers-demo.xml" "$demo/verite.csv" "$top/report" report "$work/demo.html"
tests/report/write_page "$top/corpora/rsa-nord-2025/rsa-nord-2025.xml" - "$top/report" report "$work/rsa.html"
tests/report/write_page "$demo/ateliers-demo.xml" "$demo/verite.csv" "$top/report" report "$work/large.html" 5 20000 60
for page in demo rsa large; do
	python3 "$top/tests/report/browser.py" "$work/$page.html"
done
