#include "arena.h"

#include <stdalign.h>
#include <stdlib.h>

enum { BLOCK_SIZE = 16 * 1024 };

struct arena_block {
    struct arena_block *next;
    size_t used, size;
    alignas(max_align_t) char bytes[];
};

void arena_free(struct arena *arena) {
    while (arena->blocks) {
        struct arena_block *block = arena->blocks;
        arena->blocks = block->next;
        free(block);
    }
}

static struct arena_block *add_block(struct arena *arena, size_t size) {
    if (size < BLOCK_SIZE) size = BLOCK_SIZE;
    struct arena_block *block = calloc(1, sizeof *block + size);
    if (!block) return NULL;
    block->size = size;
    block->next = arena->blocks;
    arena->blocks = block;
    return block;
}

void *arena_take(struct arena *arena, size_t size) {
    size_t step = alignof(max_align_t);
    if (size > SIZE_MAX / 2) return NULL;
    size = (size + step - 1) / step * step;
    struct arena_block *block = arena->blocks;
    if (!block || block->size - block->used < size) block = add_block(arena, size);
    if (!block) return NULL;
    void *taken = block->bytes + block->used;
    block->used += size;
    return taken;
}

struct view arena_copy(struct arena *arena, struct view text) {
    char *copy = arena_take(arena, text.size + 1);
    if (!copy) return (struct view){0};
    if (text.size) memcpy(copy, text.at, text.size);
    return view_of(copy, text.size);
}
