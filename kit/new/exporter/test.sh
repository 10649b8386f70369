#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# make test: checks that @NAME@ keeps the contract of auricule.  No verb of auricule runs exporters yet, so there is no output to
# compare.
set -eu
cd "$(dirname "$0")"
auricule=${AURICULE-auricule}
"$auricule" plugin check ./@NAME@.so --format table
