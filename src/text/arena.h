#ifndef ARENA_H
#define ARENA_H

#include "view.h"

/* An arena hands out memory that is freed all at once, with it. Zeroed memory is an empty one. */
struct arena {
    struct arena_block *blocks;
};

/* free everything the arena gave, and leave it empty */
void arena_free(struct arena *arena);

/* zeroed memory for `size` bytes, aligned for any type; NULL when there is none */
void *arena_take(struct arena *arena, size_t size);

/* a copy of the text with a NUL behind it, which the view does not count; at NULL: no memory */
struct view arena_copy(struct arena *arena, struct view text);

#endif
