#ifndef SEEN_H
#define SEEN_H

#include "resolve.h"

/* A place in the table of codes met; `line` tells whether it is in use. */
struct seen {
    uint32_t line;
    const void *catalog;
    uint64_t code;
};

/* how many places the table has: more than twice the codes that a piece can hold */
enum { SEEN_PLACES = 32768 };

/* note the code of an answer; true when it was noted before on this line */
bool seen_before(struct resolver *resolver, const struct answer *answer);

#endif
