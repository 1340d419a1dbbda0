#ifndef HITS_H
#define HITS_H

#include "glossary.h"
#include "piece.h"

/* Hits as the library's user sees them. Zeroed memory is an empty list. */
struct hits {
    eg_hit *at;
    size_t count, capacity;
};

void hits_free(struct hits *hits);

/* say whether a hit counts and is one of those that the piece answers for */
bool hit_is_of(const struct hit *hit, const struct piece *piece);

/* Add those of a piece, at offsets from `base` on; false when there is no memory. */
bool hits_add(struct hits *hits, const struct resolver *resolver, const struct piece *piece,
              size_t base);

#endif
