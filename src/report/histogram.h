#ifndef HISTOGRAM_H
#define HISTOGRAM_H

#include "view.h"

enum { HISTOGRAM_BUCKETS = 240 };

/* How much was counted when. Buckets begin one second wide; where more than HISTOGRAM_BUCKETS would
 * be needed they become 5 s, 10 s, 30 s, 1 min, 5 min, 15 min, 1 h, 6 h, a day, a week, 4 weeks or
 * 52 weeks. Each width divides the next and buckets begin at multiples of it, so that no order of
 * what is counted changes the outcome. Zeroed memory is an empty one. */
struct histogram {
    int64_t start; /* where the first bucket begins, in seconds since 1970 */
    int64_t width; /* of a bucket, in seconds */
    uint64_t *counts;
    size_t count, capacity; /* buckets; the first and the last one are not 0 */
};

void histogram_free(struct histogram *histogram);

/* count `times` more at a second from 1970 to 2199; false when memory ran out */
bool histogram_add(struct histogram *histogram, int64_t second, uint64_t times);

/* add what another one has counted; false when memory ran out */
bool histogram_merge(struct histogram *histogram, const struct histogram *other);

/* what was counted from `from` on, before `to`: both fall on borders of its buckets */
uint64_t histogram_between(const struct histogram *histogram, int64_t from, int64_t to);

/* the largest of its counts */
uint64_t histogram_peak(const struct histogram *histogram);

#endif
