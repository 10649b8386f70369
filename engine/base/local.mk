# SPDX-License-Identifier: Apache-2.0
libauricule_a_SOURCES += engine/base/error.c engine/base/error.h engine/base/file.c engine/base/file.h engine/base/intl.h
libauricule_a_SOURCES += engine/base/mem.c engine/base/mem.h engine/base/bytes.h engine/base/hash.c engine/base/hash.h engine/base/varints.c engine/base/varints.h engine/base/strtab.c engine/base/strtab.h engine/base/str.h \
	engine/base/utf8.c engine/base/utf8.h engine/base/threads.c engine/base/threads.h
