# SPDX-License-Identifier: Apache-2.0
libauricule_a_SOURCES += engine/text/fold.c engine/text/fold.h engine/text/csv.c engine/text/csv.h
