#ifndef SEQUENCE_H
#define SEQUENCE_H

#include "syntax.h"

/* The items of a sequence, in their order. */
struct sequence {
    const struct item **at;
    size_t count, capacity;
};

/* How many marks are looked past at most; and what may be repeated more often than this is a gap.
 */
enum { SHIFT_MOST = 8, GAP_LEAST = 12 };

/* take the items of a tree; false when there is no memory */
bool sequence_collect(struct sequence *sequence, const struct item *item);

void sequence_free(struct sequence *sequence);

/* How many items at the begin are marks, bytes that are no letters or digits, where what comes
 * behind them begins with a letter or digit, and the last of them is no blank, which stands before
 * most words; else 0. `*ret_marks` are the bytes, `*ret_last` is the set of the last. */
size_t sequence_marks(const struct sequence *sequence, uint8_t *ret_marks,
                      const struct byteset **ret_last);

/* how many items stand before the first gap and the end */
size_t sequence_begin(const struct sequence *sequence);

/* Say whether matches of the first `count` items begin with few letters and no blank, and ask for
 * no line's end. */
bool sequence_is_narrow(const struct sequence *sequence, size_t count);

#endif
