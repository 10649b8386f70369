# SPDX-License-Identifier: Apache-2.0
libauricule_la_SOURCES += engine/base/error.c engine/base/error.h engine/base/intl.h
