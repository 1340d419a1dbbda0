#include "overlap.h"

#include <stdlib.h>

static int by_precedence(const void *left, const void *right) {
    const struct candidate *a = left, *b = right;
    if (a->unknown != b->unknown) return a->unknown ? 1 : -1;
    size_t size_a = a->end - a->start, size_b = b->end - b->start;
    if (size_a != size_b) return size_a > size_b ? -1 : 1;
    if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
    return (a->start > b->start) - (a->start < b->start);
}

static int by_start(const void *left, const void *right) {
    const struct candidate *a = left, *b = right;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    return by_precedence(a, b);
}

static void take(unsigned char *taken, const struct candidate *winner, unsigned char mark) {
    memset(taken + winner->start, mark, winner->end - winner->start);
}

void settle_overlaps(struct candidate *candidates, size_t count, unsigned char *taken) {
    if (count < 2) return;
    qsort(candidates, count, sizeof *candidates, by_precedence);
    for (size_t i = 0; i < count; i++) {
        struct candidate *candidate = &candidates[i];
        size_t size = candidate->end - candidate->start;
        candidate->beaten = memchr(taken + candidate->start, 1, size) != NULL;
        if (!candidate->beaten) take(taken, candidate, 1);
    }
    for (size_t i = 0; i < count; i++)
        if (!candidates[i].beaten) take(taken, &candidates[i], 0);
    qsort(candidates, count, sizeof *candidates, by_start);
}
