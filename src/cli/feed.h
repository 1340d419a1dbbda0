#ifndef FEED_H
#define FEED_H

#include "ahead.h"

/* Unpacking, in a thread of its own where that pays. Zeroed memory is good for feed_close. */
struct feed {
    const struct source *source;
    struct unpack *unpack; /* one of the two */
    struct ahead *ahead;
    bool begun; /* the first stream, which was looked at */
    enum unpack_state state;
    const char *member;
};

/* Begin to unpack a source; packed files may be read `ahead`. False when there is no memory. */
bool feed_open(struct feed *feed, const struct source *source, const struct unpack_limits *limits,
               bool ahead);

void feed_close(struct feed *feed);

/* as those of unpack */
enum unpack_state feed_next(struct feed *feed, const char **ret_member);
enum unpack_state feed_read(struct feed *feed, char *bytes, size_t size, size_t *ret_size);
bool feed_would_wait(const struct feed *feed);
struct unpack_about feed_about(const struct feed *feed);
const char *feed_message(const struct feed *feed);

#endif
