#ifndef SHARE_H
#define SHARE_H

#include "census.h"
#include "outlet.h"
#include "progress.h"
#include "source.h"

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
};

/* What came of it. */
enum share_end {
    SHARE_DONE,
    SHARE_UNREAD,    /* reading failed, errno says why; what was read is written */
    SHARE_UNWRITTEN, /* writing failed, errno says why */
    SHARE_NO_MEMORY
};

/* Filter these lines of the stream to the outlet, each thread a part at a time, in the order of the
 * parts: the same bytes as one filter would write. What went through is added to `*stats`. */
enum share_end share_file(const struct share *share, eg_stats *stats);

#endif
