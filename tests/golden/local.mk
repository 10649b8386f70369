# SPDX-License-Identifier: Apache-2.0
TESTS += tests/golden/run.sh
EXTRA_DIST += tests/golden/run.sh tests/golden/cases tests/golden/small
