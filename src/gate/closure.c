#include "closure.h"

#include <stdlib.h>

#include "buffer.h"

bool closure_init(struct closure *closure, const struct ways *ways) {
    *closure =
        (struct closure){.ways = ways, .marks = calloc(ways->count + 1, sizeof *closure->marks)};
    return closure->marks != NULL;
}

void closure_free(struct closure *closure) {
    free(closure->marks);
    free(closure->pending);
    free(closure->found);
    *closure = (struct closure){0};
}

void closure_begin(struct closure *closure) {
    closure->count = 0;
    if (++closure->mark != 0) return;
    memset(closure->marks, 0, closure->ways->count * sizeof *closure->marks);
    closure->mark = 1;
}

static bool put(uint32_t **list, size_t *capacity, size_t count, uint32_t way) {
    void *items = *list;
    bool roomy = grow_array(&items, capacity, count + 1, sizeof way);
    *list = items;
    if (roomy) (*list)[count] = way;
    return roomy;
}

static bool passes_here(const struct closure *closure, const struct way *way, unsigned passes) {
    const struct byteset *set = &closure->ways->sets[way->set];
    switch (way->kind) {
    case WAY_EDGE:
        return passes & PASS_EDGE;
    case WAY_BEGIN:
        return passes & PASS_BEGIN;
    case WAY_BEHIND:
        if (passes & PASS_ASKED) return byteset_has(set, closure->before);
        return passes & PASS_EDGE || byteset_has_word(set);
    default:
        return true;
    }
}

/* Step over what spends nothing, noting the other ends of forks, up to a byte or a hit. */
static bool run(struct closure *closure, uint32_t at, unsigned passes, size_t *pending) {
    for (;;) {
        const struct way *way = &closure->ways->at[at];
        if (closure->marks[at] == closure->mark) return true;
        closure->marks[at] = closure->mark;
        if (way->kind == WAY_BYTE || way->kind == WAY_HIT)
            return put(&closure->found, &closure->capacity, closure->count++, at);
        if (!passes_here(closure, way, passes)) return true;
        if (way->kind == WAY_FORK &&
            !put(&closure->pending, &closure->pending_capacity, (*pending)++, way->other))
            return false;
        at = way->next;
    }
}

bool closure_add(struct closure *closure, uint32_t way, unsigned passes) {
    size_t pending = 0;
    bool fine = run(closure, way, passes, &pending);
    while (fine && pending > 0) {
        way = closure->pending[--pending];
        fine = run(closure, way, passes, &pending);
    }
    return fine;
}
