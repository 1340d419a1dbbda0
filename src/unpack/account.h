#ifndef ACCOUNT_H
#define ACCOUNT_H

#include "unpack.h"

/* What one input costs, and what was wrong with it; all its layers share one. */
struct account {
    struct unpack_limits limits;
    uint64_t in; /* bytes read from the source */
    char message[256];
};

/* Say what is wrong, as printf would. */
__attribute__((format(printf, 2, 3))) enum unpack_state account_broken(struct account *account,
                                                                       const char *format, ...);

/* Judge how much came out so far: BYTES, or BROKEN where that is too many times what came in. */
enum unpack_state account_ratio(struct account *account, uint64_t out);

#endif
