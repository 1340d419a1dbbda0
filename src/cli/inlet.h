#ifndef INLET_H
#define INLET_H

#include "encoding.h"
#include "errgloss.h"
#include "source.h"

/* A stream on its way into a filter: its encoding is found by the first bytes, and what a filter
 * gets is UTF-8, or bytes as they are. Zeroed memory is an empty one. */
struct inlet {
    const struct source *source;
    struct guess guess;
    struct decoder decoder;
    char *bytes;        /* as they were read */
    struct buffer text; /* decoded */
    struct view left;   /* what the filter has not got yet */
    bool begun;         /* that is text, not bytes to be decoded */
    uint64_t at, limit; /* offset of the source that is next, and up to which it is read */
    bool ended;
    bool odd; /* there is a last byte that is half a character */
    char last;
};

void inlet_free(struct inlet *inlet);

/* Begin a stream and find its encoding, unless one is `wanted` (else NULL): `inlet->guess` is it,
 * and the byte order mark. No byte is read at or behind `limit`. SOURCE_BYTES also where there is
 * none. */
enum source_state inlet_begin(struct inlet *inlet, const struct source *source,
                              const enum encoding *wanted, uint64_t limit);

/* At SOURCE_END, let the stream go on up to another limit. */
static inline void inlet_go_on(struct inlet *inlet, uint64_t limit) {
    inlet->limit = limit;
}

/* Give the filter what is there, waiting for it. At SOURCE_END it has all. */
enum source_state inlet_read(struct inlet *inlet, eg_filter *filter);

/* say whether reading now would have to wait */
bool inlet_would_wait(const struct inlet *inlet);

/* the byte order mark */
struct view inlet_mark(const struct inlet *inlet);

#endif
