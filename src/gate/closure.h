#ifndef CLOSURE_H
#define CLOSURE_H

#include "ways.h"

/* What may be passed without spending a byte: what says that a word begins, or that a line does;
 * and what is said of the byte before, which is then asked of `before`. */
enum { PASS_EDGE = 1, PASS_BEGIN = 2, PASS_ASKED = 4 };

/* Where ways lead before the next byte is spent: one thread's scratch. */
struct closure {
    const struct ways *ways;
    uint32_t *marks; /* of each way: the last collection that met it */
    uint32_t mark;
    uint32_t *pending;
    size_t pending_capacity;
    unsigned char before;
    uint32_t *found; /* the WAY_BYTE and WAY_HIT met in this collection */
    size_t count, capacity;
};

/* make the scratch; false when there is no memory */
bool closure_init(struct closure *closure, const struct ways *ways);

void closure_free(struct closure *closure);

/* begin a new collection */
void closure_begin(struct closure *closure);

/* add all that can be reached from `way` to it; false when there is no memory */
bool closure_add(struct closure *closure, uint32_t way, unsigned passes);

#endif
