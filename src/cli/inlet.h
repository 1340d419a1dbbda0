#ifndef INLET_H
#define INLET_H

#include "encoding.h"
#include "errgloss.h"
#include "feed.h"

/* A stream on its way into a filter: its encoding is found by the first bytes, and what a filter
 * gets is UTF-8, or bytes as they are. Zeroed memory is an empty one. */
struct inlet {
    struct feed *feed;
    struct guess guess;
    struct decoder decoder;
    char *bytes;        /* as they were read */
    struct buffer text; /* decoded */
    struct view left;   /* what the filter has not got yet */
    bool begun;         /* that is text, not bytes to be decoded */
    uint64_t at, limit; /* offset of the source that is next, and up to which it is read */
    bool ended;
    bool broken; /* because of something wrong, which is still to be told */
    bool odd;    /* there is a last byte that is half a character */
    char last;
};

void inlet_free(struct inlet *inlet);

/* Begin the stream that the feed has begun and find its encoding, unless one is `wanted` (else
 * NULL): `inlet->guess` is it, and the byte order mark. No byte is read at or behind `limit`.
 * UNPACK_BYTES also where there is none. */
enum unpack_state inlet_begin(struct inlet *inlet, struct feed *feed, const enum encoding *wanted,
                              uint64_t limit);

/* the first bytes of the stream; until inlet_read */
struct view inlet_first(const struct inlet *inlet);

/* At UNPACK_END, let the stream go on up to another limit. */
static inline void inlet_go_on(struct inlet *inlet, uint64_t limit) {
    inlet->limit = limit;
}

/* Give the filter what is there, waiting for it. At UNPACK_END it has all. */
enum unpack_state inlet_read(struct inlet *inlet, eg_filter *filter);

/* As inlet_read, for who is no filter: what is there, until the next call; nothing at times. */
enum unpack_state inlet_next(struct inlet *inlet, struct view *ret_text);

/* say whether reading now would have to wait */
bool inlet_would_wait(const struct inlet *inlet);

/* the byte order mark */
struct view inlet_mark(const struct inlet *inlet);

#endif
