#ifndef BYTESET_H
#define BYTESET_H

#include "view.h"

/* A set of bytes. Zeroed memory is the empty one. */
struct byteset {
    uint64_t bits[4];
};

static inline bool byteset_has(const struct byteset *set, unsigned char byte) {
    return set->bits[byte >> 6] >> (byte & 63) & 1;
}

static inline void byteset_add(struct byteset *set, unsigned char byte) {
    set->bits[byte >> 6] |= (uint64_t)1 << (byte & 63);
}

/* add all bytes from `first` to `last`, both included */
void byteset_add_range(struct byteset *set, unsigned char first, unsigned char last);

/* add all bytes of another set */
void byteset_join(struct byteset *set, const struct byteset *other);

/* say whether there is a letter or digit in it */
bool byteset_has_word(const struct byteset *set);

/* make it the set of all other bytes */
void byteset_invert(struct byteset *set);

/* add the other case of each ASCII letter in it */
void byteset_ignore_case(struct byteset *set);

static inline bool byteset_equal(const struct byteset *a, const struct byteset *b) {
    return memcmp(a, b, sizeof *a) == 0;
}

/* Add what the escape `\letter` stands for where it is a class of bytes (d D w W s S h H v V N)
 * or a single byte (t n r f e a, or a mark that means itself); false for any other. PCRE2's
 * "Generic character types", pcre2pattern(3). */
bool byteset_add_escape(struct byteset *set, char letter);

/* add the bytes of a POSIX class, `alpha` or `digit`; false when there is none of that name */
bool byteset_add_named(struct byteset *set, struct view name);

#endif
