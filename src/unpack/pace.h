#ifndef PACE_H
#define PACE_H

#include <stdbool.h>
#include <stddef.h>

/* libzstd and liblz4 keep what a call brought out to themselves when the same call fails. So a call
 * gets one block at most, and none before all of the last one is out. */
struct pace {
    size_t hint; /* bytes wanted next, by the library: a block's rest and the header behind it */
    bool held;   /* it has a part of a block that there was no space for */
};

/* how many of the bytes the next call gets; `header` is the size of a block's header */
static inline size_t pace_give(struct pace pace, size_t size, size_t header) {
    size_t want = pace.hint > header ? pace.hint - header : pace.hint ? pace.hint : 1;
    if (pace.held) return 0;
    return size < want ? size : want;
}

#endif
