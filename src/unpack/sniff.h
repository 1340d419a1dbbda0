#ifndef SNIFF_H
#define SNIFF_H

#include "unpack.h"
#include "view.h"

/* What a stream begins with says what it is, so many bytes at most. */
enum { SNIFF_MOST = 512 };

/* a set of formats */
static inline unsigned format_bit(enum unpack_format format) {
    return 1U << format;
}

enum { EVERY_FORMAT = ~0U >> 1 };

/* Say whether the first bytes of a stream settle what it is: one of the accepted formats or PLAIN,
 * in `*ret_format`. False while more bytes could make it one of them. */
bool sniff(struct view head, unsigned accepted, enum unpack_format *ret_format);

#endif
