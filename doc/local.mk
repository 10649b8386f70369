# SPDX-License-Identifier: Apache-2.0
EXTRA_DIST += doc/corpus-format.md doc/performance.md
