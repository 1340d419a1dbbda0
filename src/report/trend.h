#ifndef TREND_H
#define TREND_H

#include "buffer.h"
#include "histogram.h"

/* A stretch of time in columns of equal width, which buckets of every histogram within it fit. */
struct axis {
    int64_t from, step; /* in seconds; the end of the axis is from + step * columns */
    size_t columns;     /* 0: no time is known */
};

/* the axis over all that a histogram has counted, in `most` columns at most */
struct axis axis_over(const struct histogram *whole, size_t most);

/* what was counted in a column */
uint64_t axis_count(const struct axis *axis, const struct histogram *histogram, size_t column);

/* Append a block for each column, U+2581 to U+2588 by its share of the fullest one; a blank where
 * nothing was counted. */
void trend_write(const struct axis *axis, const struct histogram *histogram, struct buffer *out);

#endif
