#ifndef SUPPLY_H
#define SUPPLY_H

#include "unpack.h"

/* Where a layer gets its bytes: reading and asking behave as unpack_read and unpack_would_wait. */
struct supply {
    enum unpack_state (*read)(void *from, char *bytes, size_t size, size_t *ret_size);
    bool (*would_wait)(void *from);
    void *from;
};

static inline enum unpack_state supply_read(struct supply supply, char *bytes, size_t size,
                                            size_t *ret_size) {
    return supply.read(supply.from, bytes, size, ret_size);
}

static inline bool supply_would_wait(struct supply supply) {
    return supply.would_wait(supply.from);
}

#endif
