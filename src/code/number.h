#ifndef NUMBER_H
#define NUMBER_H

#include "view.h"

/* How the digits of a code are to be read. BASE_AUTO: hexadecimal after `0x`, before a final `h` or
 * where a digit A to F says so, else decimal. */
enum base { BASE_AUTO, BASE_DECIMAL, BASE_HEX };

/* A number as somebody spelled it. */
struct number {
    uint64_t bits; /* the value; a negative one in two's complement */
    bool negative; /* spelled with a minus */
    bool hex;      /* spelled in hexadecimal */
};

/* The most values a number can stand for, see number_keys. */
enum { NUMBER_KEYS = 3 };

/* Read `13883`, `-2147024891`, `0x363B`, `80070005h`, `0x80070005L`. False where the text is no
 * number, holds anything else, or needs more than 64 bits. */
bool number_parse(struct view text, enum base base, struct number *ret);

/* The values that may be meant, in the order to try: as spelled, as the unsigned 32 bits that were
 * printed signed or sign-extended (-2147024891 and 0xFFFFFFFF80070005 are 0x80070005), as the
 * negative number that was printed unsigned (0xFFFFFC01 is -1023). Returns how many. */
size_t number_keys(struct number number, uint64_t ret_keys[NUMBER_KEYS]);

/* the value as 32 bits in `*ret`; false when it does not fit */
bool number_low32(struct number number, uint32_t *ret);

/* say whether both are spellings of the same value */
bool number_same(struct number a, struct number b);

#endif
