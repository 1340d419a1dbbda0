#include "histogram.h"

#include <stdlib.h>

#include "buffer.h"

void histogram_free(struct histogram *histogram) {
    free(histogram->counts);
    *histogram = (struct histogram){0};
}

static int64_t width_behind(int64_t width) {
    /* up to half a minute, a quarter of an hour, a day, 52 weeks */
    static const int64_t widths[] = {1,    5,     10,    30,     60,      300,     900,
                                     3600, 21600, 86400, 604800, 2419200, 31449600};
    size_t last = sizeof widths / sizeof *widths - 1;
    for (size_t i = 0; i < last; i++)
        if (widths[i] >= width) return widths[i + 1];
    return widths[last];
}

static int64_t border_before(int64_t second, int64_t width) {
    return second - second % width;
}

/* Every bucket falls whole into a wider one. */
static void widen(struct histogram *histogram, int64_t width) {
    int64_t start = border_before(histogram->start, width);
    size_t last = 0;
    for (size_t i = 0; i < histogram->count; i++) {
        int64_t second = histogram->start + (int64_t)i * histogram->width;
        uint64_t counted = histogram->counts[i];
        size_t into = (size_t)((second - start) / width);
        histogram->counts[i] = 0;
        histogram->counts[into] += counted;
        last = into;
    }
    histogram->count = histogram->count ? last + 1 : 0;
    histogram->start = start;
    histogram->width = width;
}

/* Buckets from the one of `second` up to the last, or from the first up to it. */
static size_t buckets_with(const struct histogram *histogram, int64_t second) {
    int64_t start = border_before(histogram->start, histogram->width);
    int64_t end = start + (int64_t)histogram->count * histogram->width;
    int64_t border = border_before(second, histogram->width);
    if (border < start) start = border;
    if (border >= end) end = border + histogram->width;
    return (size_t)((end - start) / histogram->width);
}

static bool make_room(struct histogram *histogram, int64_t second) {
    size_t count = buckets_with(histogram, second);
    void *counts = histogram->counts;
    if (!grow_array(&counts, &histogram->capacity, count, sizeof *histogram->counts)) return false;
    histogram->counts = counts;
    int64_t border = border_before(second, histogram->width);
    size_t before =
        border < histogram->start ? (size_t)((histogram->start - border) / histogram->width) : 0;
    uint64_t *moved = histogram->counts + before;
    memmove(moved, histogram->counts, histogram->count * sizeof *moved);
    memset(histogram->counts, 0, before * sizeof *moved);
    size_t behind = count - before - histogram->count;
    memset(moved + histogram->count, 0, behind * sizeof *moved);
    if (before) histogram->start = border;
    histogram->count = count;
    return true;
}

bool histogram_add(struct histogram *histogram, int64_t second, uint64_t times) {
    if (histogram->width == 0) histogram->width = 1;
    if (histogram->count == 0) histogram->start = border_before(second, histogram->width);
    while (buckets_with(histogram, second) > HISTOGRAM_BUCKETS)
        widen(histogram, width_behind(histogram->width));
    if (!make_room(histogram, second)) return false;
    histogram->counts[(second - histogram->start) / histogram->width] += times;
    return true;
}

bool histogram_merge(struct histogram *histogram, const struct histogram *other) {
    if (histogram->width < other->width) widen(histogram, other->width);
    for (size_t i = 0; i < other->count; i++) {
        int64_t second = other->start + (int64_t)i * other->width;
        if (other->counts[i] && !histogram_add(histogram, second, other->counts[i])) return false;
    }
    return true;
}

uint64_t histogram_between(const struct histogram *histogram, int64_t from, int64_t to) {
    uint64_t counted = 0;
    for (size_t i = 0; i < histogram->count; i++) {
        int64_t second = histogram->start + (int64_t)i * histogram->width;
        if (second >= from && second < to) counted += histogram->counts[i];
    }
    return counted;
}

uint64_t histogram_peak(const struct histogram *histogram) {
    uint64_t most = 0;
    for (size_t i = 0; i < histogram->count; i++)
        if (histogram->counts[i] > most) most = histogram->counts[i];
    return most;
}
