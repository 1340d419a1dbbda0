#ifndef OVERLAP_H
#define OVERLAP_H

#include "scan.h"

/* Whether a candidate that would win stands where its rule wants it. */
struct proviso {
    bool (*holds)(const void *context, const struct candidate *candidate);
    const void *context;
};

/* Settle overlaps: a candidate that is known beats one that is unknown; then the longest wins, then
 * the one of the lower rank, then the earlier. Of one that is `doubtful` the proviso is asked when
 * it would win, and it is dropped where that does not hold, or when it is beaten. The losers are
 * marked as beaten; what is kept is in the order of its starts. Returns how many these are. `taken`
 * is a scratch of zeros, a byte for each byte of the text, and is left so. */
size_t settle_overlaps(struct candidate *candidates, size_t count, unsigned char *taken,
                       const struct proviso *proviso);

#endif
