#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# make test: does @NAME@ keep the contract with auricule?  No verb of auricule runs exporters, so there is no output to compare.
set -eu
cd "$(dirname "$0")"
auricule=${AURICULE-auricule}
"$auricule" plugin check ./@NAME@.so --format table
