# SPDX-License-Identifier: Apache-2.0
include tests/fuzz/readers.mk
include tests/fuzz/import.mk
include tests/fuzz/query.mk
