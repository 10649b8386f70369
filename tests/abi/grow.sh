#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The header of a minor that is still to come: every struct that may grow has a member more, and so has the host.
#   grow.sh plugin.h >next/auricule/plugin.h
# Those that a call fills in for its caller (aur_form, aur_hit, aur_label) and aur_str keep their size for ever.
set -eu
awk '
/^#define AUR_ABI_MINOR / { sub(/[0-9]+u/, ($3 + 1) "u"); bumped = 1 }
/minor 1 and later: append below/ { print; print "\taur_status (*of_tomorrow)(const aur_host *h);"; host = 1; next }
/^} aur_(token|view|reader_ops|tokenizer_ops|layer_ops|annotator_ops|exporter_ops|component|plugin);/ {
	print "\tconst char *of_tomorrow;"
	grown++
}
{ print }
END { if (!bumped || !host || grown != 9) { print "grow.sh no longer knows the header" >"/dev/stderr"; exit 1 } }' "$1"
