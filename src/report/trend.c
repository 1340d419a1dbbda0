#include "trend.h"

struct axis axis_over(const struct histogram *whole, size_t most) {
    size_t buckets = whole->count ? (whole->count + most - 1) / most : 1;
    return (struct axis){whole->start, whole->width * (int64_t)buckets,
                         (whole->count + buckets - 1) / buckets};
}

uint64_t axis_count(const struct axis *axis, const struct histogram *histogram, size_t column) {
    int64_t from = axis->from + axis->step * (int64_t)column;
    return histogram_between(histogram, from, from + axis->step);
}

void trend_write(const struct axis *axis, const struct histogram *histogram, struct buffer *out) {
    uint64_t most = 1;
    for (size_t i = 0; i < axis->columns; i++) {
        uint64_t counted = axis_count(axis, histogram, i);
        if (counted > most) most = counted;
    }
    for (size_t i = 0; i < axis->columns; i++) {
        uint64_t counted = axis_count(axis, histogram, i);
        uint64_t eighths = (counted * 8 + most - 1) / most;
        if (counted)
            buffer_format(out, "\xe2\x96%c", (char)(0x80 + eighths));
        else
            buffer_append_byte(out, ' ');
    }
}
