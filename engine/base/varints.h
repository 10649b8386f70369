/* SPDX-License-Identifier: Apache-2.0 */
/* Many varints (see bytes.h) at a time. */
#ifndef AUR_BASE_VARINTS_H
#define AUR_BASE_VARINTS_H
#include "base/bytes.h"

/* Reads n varints, which begin at p and must end by `end`, into v, which has room for three more: they may be overwritten.  Bytes up to `readable` (at least `end`) may be read, whatever they hold;
 * the more of them, the faster.  *most: the greatest number; 0 if n is 0.  Returns 0, and leaves *most alone, if the bytes do not
 * hold n varints of 32 bits; numbers may have been written to v all the same. */
int aur_varints(const uint8_t *p, const uint8_t *end, const uint8_t *readable, uint32_t *v, uint32_t n, uint32_t *most);
#endif
