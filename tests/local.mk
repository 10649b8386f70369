# SPDX-License-Identifier: Apache-2.0
include tests/unit/local.mk
include tests/golden/local.mk
include tests/fuzz/local.mk
include tests/abi/local.mk
include tests/robust/local.mk
include tests/outoftree/local.mk
include tests/bench/local.mk
include tests/zoo/local.mk
TESTS += tests/rooms.sh tests/readme.sh tests/build.sh
EXTRA_DIST += tests/build.sh tests/rooms.sh tests/house.sh tests/readme.sh tests/demo.sh
include tests/report/local.mk
