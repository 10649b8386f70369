#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# From a fresh clone to a working program.
#   ./autogen.sh          prepares configure, and nothing else
#   ./autogen.sh check    installs what is missing, builds in build/, runs the tests
#   ./autogen.sh demo     installs what is missing, builds in build/, and shows what auricule does
set -eu
cd "$(dirname "$0")"
unset CDPATH

packages='autoconf automake libtool pkg-config autopoint gettext gcc make libc6-dev
	libxml2-dev libxml2-utils libstemmer-dev liblmdb-dev check libroaring-dev libhunspell-dev
	hunspell-fr-comprehensive libuchardet-dev libutf8proc-dev libyajl-dev libpcre2-dev libyaml-dev uuid-dev libjs-vega'

say()
{
	printf '%s\n' "$*"
}

stop()
{
	printf '%s\n' "$*" >&2
	exit 1
}

# run LOG COMMAND...: what it prints goes to build/LOG, whose end is shown if it fails.
run()
{
	log=build/$1
	shift
	if ! "$@" >"$log" 2>&1 </dev/null; then
		tail -n 40 "$log" >&2
		stop "This step failed. Its last lines are above, all of them in $PWD/$log."
	fi
}

missing_packages()
{
	for p in $packages; do
		case $(dpkg-query -W -f='${db:Status-Status}' "$p" 2>/dev/null || :) in
		installed) ;;
		*) printf ' %s' "$p" ;;
		esac
	done
}

install_packages()
{
	if ! command -v dpkg-query >/dev/null 2>&1; then
		# shellcheck disable=SC2086
		say "This is not Debian: no package is installed. What configure needs on Debian 12:" $packages
		return
	fi
	missing=$(missing_packages)
	if [ -z "$missing" ]; then
		say "All Debian packages that the build needs are installed."
		return
	fi
	command="apt-get update && apt-get install --no-install-recommends -y$missing"
	if [ "$(id -u)" = 0 ]; then
		as_root=
	elif command -v sudo >/dev/null 2>&1 && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
		as_root='sudo'
	else
		stop "These Debian packages are missing, and only root may install them. Run this, then call me again:
    $command"
	fi
	say "Installing the Debian packages that are missing:$missing"
	# Lists that cannot be refreshed may still be good enough to install from.
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get update >build/apt.log 2>&1 </dev/null || :
	# shellcheck disable=SC2086
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get install --no-install-recommends -y $missing \
		>>build/apt.log 2>&1 </dev/null || {
		tail -n 15 build/apt.log >&2
		stop "The packages could not be installed; all of apt's messages are in $PWD/build/apt.log. When that is mended, run:
    $command"
	}
}

# What makes configure, looked for beforehand: autoreconf tells of the first that it misses by its own name, not by that of a package.
tools()
{
	lost=
	for t in autoreconf automake libtoolize autopoint pkg-config msgfmt; do
		command -v "$t" >/dev/null 2>&1 || lost="$lost $t"
	done
	[ -n "$lost" ] || return 0
	command -v dpkg-query >/dev/null 2>&1 || stop "These programs are missing, and configure cannot be made without them:$lost"
	stop "These programs are missing, and configure cannot be made without them:$lost. As root, run this, then call me again:
    apt-get update && apt-get install --no-install-recommends -y$(missing_packages)"
}

prepare()
{
	mkdir -p m4
	autoreconf --install --force
}

build()
{
	jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
	if [ ! -x configure ] || [ -n "$(find configure.ac Makefile.am engine plugins lexicons corpora tests doc po/LINGUAS \
		\( -name configure.ac -o -name '*.am' -o -name '*.mk' -o -name LINGUAS \) -newer configure -print)" ]; then
		say "Preparing configure (autoreconf)."
		run autoreconf.log prepare
	fi
	if [ -f config.status ]; then
		stop "This folder was configured in place, which rules out building in build/. Run « make distclean » here, then call me again."
	fi
	if [ ! -f build/config.status ] || [ -n "$(find configure -newer build/config.status)" ]; then
		say "Configuring in build/."
		(cd build && ../configure -q) >build/configure.log 2>&1 </dev/null || {
			tail -n 25 build/configure.log >&2
			stop "configure failed. Its messages are above; what it tried is in $PWD/build/config.log."
		}
	fi
	say "Building with $jobs processors."
	run make.log make -C build -s -j"$jobs"
}

# The sums of automake's own report.
totals()
{
	sed -n 's/^# \([A-Z]*\): *\([0-9]*\)$/\1 \2/p' "$1" | awk '{ n[$1] += $2 } END {
		printf "%d passed, %d failed, %d skipped", n["PASS"] + n["XFAIL"], n["FAIL"] + n["ERROR"] + n["XPASS"], n["SKIP"] }'
}

check()
{
	say "Running the tests."
	if LC_ALL=C.UTF-8 make -C build -s -j"$jobs" check >build/check.log 2>&1 </dev/null; then
		say "Tests: $(totals build/check.log). The report of each is beside it, in $PWD/build/tests/."
		grep '^SKIP:' build/check.log || :
		return
	fi
	grep -E '^(FAIL|ERROR|XPASS):' build/check.log >&2 || tail -n 40 build/check.log >&2
	if [ -f build/test-suite.log ]; then
		tail -n 60 build/test-suite.log >&2
		stop "Tests: $(totals build/check.log). What failed is told above and in $PWD/build/test-suite.log."
	fi
	stop "The tests could not be built. All messages are in $PWD/build/check.log."
}

case ${1-} in
'')
	tools
	prepare
	;;
check)
	mkdir -p build
	install_packages
	build
	check
	;;
demo)
	mkdir -p build
	install_packages
	build
	./tests/demo.sh build
	;;
-h | --help)
	sed -n '3,6s/^# *//p' autogen.sh
	;;
*)
	printf '%s\n' "usage: ./autogen.sh [check|demo]" >&2
	exit 2
	;;
esac
