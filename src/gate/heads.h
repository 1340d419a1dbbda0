#ifndef HEADS_H
#define HEADS_H

#include "ways.h"

/* How the texts begin that regexes match: a quick look at four bytes, which many places do not
 * pass. Of a byte the low five bits are looked at, in which letters have no case. A table tells by
 * the first three of the four, and the fourth is a bit. */
struct heads {
    uint32_t *table;     /* of the four bytes at a place */
    struct byteset free; /* bytes that may begin a match anywhere; other matches begin with a letter
                            or digit behind a byte that is none, or with a line */
    struct byteset digits_behind; /* and with a digit but 0 only behind one of these */
};

/* false when there is no memory */
bool heads_init(struct heads *heads, const struct ways *ways);

void heads_free(struct heads *heads);

/* how many bytes a look takes */
enum { HEADS_SIZE = 4 };

/* The four bytes as an index: 15 bits for the row, 5 for the bit. */
static inline uint32_t heads_index(const unsigned char *bytes) {
    uint32_t index = (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
                     (uint32_t)bytes[3] << 24;
    index = (index & 0x001f001f) | (index & 0x1f001f00) >> 3;
    return (index & 0x3ff) | index >> 16 << 10;
}

/* Say whether a match may begin with the bytes of that index. */
static inline bool heads_pass(const uint32_t *table, uint32_t index) {
    return table[index & 0x7fff] >> (index >> 15) & 1;
}

#endif
