#ifndef TOLD_H
#define TOLD_H

#include "gloss.h"

/* What was told already: codes by the rows that explain them, or by their values where none does.
 * Zeroed memory is an empty set. */
struct told {
    struct told_code *slots;
    size_t count, capacity;
};

/* So many are kept in mind; of more, each is told as if it were the first. */
enum { TOLD_MOST = 1 << 16 };

void told_free(struct told *told);

/* forget all */
void told_forget(struct told *told);

/* Say whether the code of a hit was told, and keep it in mind. */
bool told_before(struct told *told, const struct hit *hit);

#endif
