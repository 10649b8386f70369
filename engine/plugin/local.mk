# SPDX-License-Identifier: Apache-2.0
libauricule_a_SOURCES += engine/plugin/registry.c engine/plugin/registry.h engine/plugin/host.c
