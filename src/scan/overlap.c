#include "overlap.h"

#include <stdlib.h>

enum { RUN = 16 };

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

static bool is_taken(const unsigned char *taken, const struct candidate *candidate) {
    return memchr(taken + candidate->start, 1, candidate->end - candidate->start) != NULL;
}

static void insert_by_start(struct candidate *candidates, size_t count) {
    for (size_t i = 1; i < count; i++) {
        struct candidate candidate = candidates[i];
        size_t at = i;
        for (; at > 0 && by_start(&candidates[at - 1], &candidate) > 0; at--)
            candidates[at] = candidates[at - 1];
        if (at < i) candidates[at] = candidate;
    }
}

/* Sort runs of a few by themselves: candidates of the gate's places come nearly in their order. */
static bool sort_runs(struct candidate *candidates, size_t count) {
    bool sorted = true;
    for (size_t at = 0; at < count; at += RUN) {
        insert_by_start(candidates + at, count - at < RUN ? count - at : RUN);
        sorted &= at == 0 || by_start(&candidates[at - 1], &candidates[at]) <= 0;
    }
    return sorted;
}

/* Those of rules that are asked everywhere come behind them, each rule's from the start again. */
static void sort_by_start(struct candidate *candidates, size_t count) {
    if (!sort_runs(candidates, count)) qsort(candidates, count, sizeof *candidates, by_start);
}

/* How many candidates from the first on overlap one another, each some other. */
static size_t cluster_size(const struct candidate *candidates, size_t count) {
    size_t size = 1, end = candidates[0].end;
    for (; size < count && candidates[size].start < end; size++)
        if (candidates[size].end > end) end = candidates[size].end;
    return size;
}

/* Let one after the other take its place, the first first; those that lose in doubt are dropped. */
static size_t settle_cluster(struct candidate *candidates, size_t count, unsigned char *taken,
                             const struct proviso *proviso) {
    size_t kept = 0;
    if (count > 1) qsort(candidates, count, sizeof *candidates, by_precedence);
    for (size_t i = 0; i < count; i++) {
        struct candidate *candidate = &candidates[i];
        candidate->beaten = count > 1 && is_taken(taken, candidate);
        if (candidate->doubtful &&
            (candidate->beaten || !proviso->holds(proviso->context, candidate)))
            continue;
        if (!candidate->beaten) take(taken, candidate, 1);
        candidates[kept++] = *candidate;
    }
    for (size_t i = 0; i < kept; i++)
        if (!candidates[i].beaten) take(taken, &candidates[i], 0);
    if (kept > 1) qsort(candidates, kept, sizeof *candidates, by_start);
    return kept;
}

size_t settle_overlaps(struct candidate *candidates, size_t count, unsigned char *taken,
                       const struct proviso *proviso) {
    size_t kept = 0;
    sort_by_start(candidates, count);
    for (size_t at = 0, size; at < count; at += size) {
        size = cluster_size(candidates + at, count - at);
        size_t left = settle_cluster(candidates + at, size, taken, proviso);
        memmove(candidates + kept, candidates + at, left * sizeof *candidates);
        kept += left;
    }
    return kept;
}
