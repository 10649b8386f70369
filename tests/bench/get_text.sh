#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
#   get_text.sh DIR
#
# Fetches French text out of Debian packages into DIR/root (about 420 MB of packages, none of them installed), and the
# French descriptions of Debian's packages into DIR/lists, for gen_corpus.py.  What cannot be had is left out, and said.
# The text stays in DIR: nothing of it belongs to this project.
set -eu
[ $# = 1 ] || { echo "usage: get_text.sh DIR" >&2; exit 2; }
mkdir -p "$1/debs" "$1/root" "$1/lists/partial"
dir=$(cd "$1" && pwd)

# Manuals, dictionaries and games; then packages for their translated messages.
documents="aptitude-doc-fr debian-edu-doc-fr debian-faq-fr debian-reference-fr developers-reference-fr freeciv-data
	gimp-help-fr installation-guide-amd64 kicad-doc-fr libreoffice-help-fr lilypond-doc-html-fr linuxcnc-doc-fr
	maint-guide-fr manpages-fr manpages-fr-dev scilab-doc-fr stardict-xmlittre texworks-help-fr wesnoth-1.16-data"
messages="adduser apt bash binutils-common coreutils cups-pk-helper diffutils dpkg findutils gettext gettext-base git
	gnupg-l10n gsettings-desktop-schemas iso-codes libapt-pkg6.0 libc-l10n libdpkg-perl libglib2.0-data
	libgtk-3-common libgtk2.0-common make man-db postgresql-15 postgresql-client-15 procps shared-mime-info
	software-properties-common systemd tar wget xkb-data"

cd "$dir/debs"
for package in $documents $messages; do
	[ -z "$(find . -name "${package}_*.deb")" ] || continue
	apt-get -qq -o APT::Sandbox::User=root download "$package" || echo "$package: not to be had, left out" >&2
done
for deb in *.deb; do
	dpkg -x "$deb" "$dir/root"
done

# The lists of this machine stay as they are: these are fetched beside them.
apt-get -qq update -o Dir::State::lists="$dir/lists" -o Acquire::Languages=fr -o APT::Sandbox::User=root \
	-o Debug::NoLocking=1 || echo "the French descriptions of packages: not to be had, left out" >&2
