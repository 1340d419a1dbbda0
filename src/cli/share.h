#ifndef SHARE_H
#define SHARE_H

#include "census.h"
#include "source.h"
#include "turns.h"

/* A file to be shared among threads. */
struct share {
    const eg_glossary *glossary;
    eg_format format;
    const eg_style *style;
    bool interpreted;
    const char *name; /* of the stream; NULL for none */
    const struct source *source;
    uint64_t from, to;     /* only the lines that begin within these offsets */
    const eg_filter *head; /* has gone through the head of the stream */
    size_t threads;
    struct census *census; /* NULL for none */
    struct outlet *outlet;
    struct progress *progress;
    uint64_t hits; /* in what went before, for progress */
};

/* Filter these lines of the stream to the outlet, each thread a part at a time, in the order of the
 * parts: the same bytes as one filter would write. What went through is added to `*stats`. */
enum share_end share_file(const struct share *share, eg_stats *stats);

#endif
