#ifndef SHARE_H
#define SHARE_H

#include "errgloss.h"
#include "source.h"

/* A file to be shared among threads. */
struct share {
    const eg_glossary *glossary;
    eg_format format;
    const eg_style *style;
    bool interpreted;
    const char *name; /* of the stream; NULL for none */
    const struct source *source;
    const eg_filter *head; /* has gone through the head of the stream */
    size_t threads;
};

/* What came of it. */
enum share_end {
    SHARE_DONE,
    SHARE_UNREAD,    /* reading failed, errno says why; what was read is written */
    SHARE_UNWRITTEN, /* writing failed, errno says why */
    SHARE_NO_MEMORY
};

/* add up what was counted */
void stats_add(eg_stats *sum, eg_stats more);

/* Filter the whole stream to standard output, each thread a part at a time, in the order of the
 * parts: the same bytes as one filter would write. What went through is added to `*stats`. */
enum share_end share_file(const struct share *share, eg_stats *stats);

#endif
