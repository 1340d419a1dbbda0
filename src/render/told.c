#include "told.h"

#include <stdlib.h>

struct told_code {
    const void *catalog; /* NULL where only bits are known */
    uint64_t which;      /* the row, else the value */
    bool taken;
};

void told_free(struct told *told) {
    free(told->slots);
    *told = (struct told){0};
}

void told_forget(struct told *told) {
    if (told->slots) memset(told->slots, 0, told->capacity * sizeof *told->slots);
    told->count = 0;
}

static struct told_code code_of(const struct hit *hit) {
    const struct answer *answer = &hit->answer;
    const struct catalog *catalog = answer_catalog(answer);
    return (struct told_code){catalog, catalog ? answer->row : answer->value, true};
}

/* The slot of a code, or the free one where it belongs; there is one. */
static struct told_code *find(const struct told *told, struct told_code code) {
    uint64_t hash = ((uintptr_t)code.catalog ^ code.which) * 0x9e3779b97f4a7c15u;
    size_t at = (size_t)(hash >> 32) & (told->capacity - 1);
    while (told->slots[at].taken &&
           (told->slots[at].catalog != code.catalog || told->slots[at].which != code.which))
        at = (at + 1) & (told->capacity - 1);
    return &told->slots[at];
}

/* A power of two of slots, of which half are free. */
static bool make_room(struct told *told) {
    if (told->count * 2 < told->capacity) return true;
    struct told larger = {.capacity = told->capacity ? told->capacity * 2 : 64};
    larger.slots = calloc(larger.capacity, sizeof *larger.slots);
    if (!larger.slots) return false;
    for (size_t i = 0; i < told->capacity; i++)
        if (told->slots[i].taken) *find(&larger, told->slots[i]) = told->slots[i];
    larger.count = told->count;
    free(told->slots);
    *told = larger;
    return true;
}

bool told_before(struct told *told, const struct hit *hit) {
    struct told_code code = code_of(hit);
    if (!make_room(told)) return false;
    struct told_code *slot = find(told, code);
    if (slot->taken) return true;
    if (told->count == TOLD_MOST) return false;
    *slot = code;
    told->count++;
    return false;
}
