#include "gate.h"

#include <stdlib.h>

#include "buffer.h"

/* Blocks that are looked at in one go. */
enum { BLOCKS = 32 };

/* Logs repeat themselves: the eight bytes with which walks have come to nothing are remembered,
 * each in one place of a table, so that what stands there last is. */
enum { KEY_SIZE = 8, KEY_BITS = 13 };

struct dead_ends {
    uint64_t keys[1 << KEY_BITS];
};

static inline uint64_t key_at(const char *bytes) {
    uint64_t key;
    memcpy(&key, bytes, sizeof key);
    return key;
}

static inline uint64_t *key_place(struct dead_ends *dead_ends, uint64_t key) {
    return &dead_ends->keys[key * 0x9e3779b97f4a7c15u >> (64 - KEY_BITS)];
}

bool gate_init(struct gate *gate, const struct view *regexes, size_t count,
               enum starts_build build) {
    memset(gate, 0, sizeof *gate);
    if (!ways_init(&gate->ways, regexes, count) || !heads_init(&gate->heads, &gate->ways))
        return false;
    alphabet_init(&gate->alphabet, &gate->ways);
    return starts_init(&gate->starts, &gate->heads.free, build);
}

void gate_free(struct gate *gate) {
    heads_free(&gate->heads);
    ways_free(&gate->ways);
}

bool sweep_init(struct sweep *sweep, const struct gate *gate) {
    size_t regexes = gate->ways.regexes + 1;
    *sweep = (struct sweep){.gate = gate,
                            .met = calloc(regexes, sizeof *sweep->met),
                            .alive = calloc(regexes, sizeof *sweep->alive),
                            .dead_ends = calloc(1, sizeof *sweep->dead_ends)};
    if (!lazy_init(&sweep->lazy, &gate->ways, &gate->alphabet) || !sweep->met || !sweep->alive ||
        !sweep->dead_ends)
        return false;
    /* eight NULs are not yet known for one: what stands in their place is no key that belongs there
     */
    *key_place(sweep->dead_ends, 0) = 1;
    return true;
}

void sweep_free(struct sweep *sweep) {
    lazy_free(&sweep->lazy);
    walk_free(&sweep->walk);
    free(sweep->met);
    free(sweep->alive);
    free(sweep->dead_ends);
    *sweep = (struct sweep){0};
}

void places_free(struct places *places) {
    free(places->at);
    *places = (struct places){0};
}

/* A text that is swept. */
struct floor {
    struct sweep *sweep;
    struct view text;
    bool ends;
    struct places *places;
};

static bool add_place(const struct floor *floor, size_t at, uint32_t regex) {
    struct sweep *sweep = floor->sweep;
    struct places *places = floor->places;
    void *list = places->at;
    if (sweep->met[regex] == sweep->walks) return true;
    sweep->met[regex] = sweep->walks;
    bool roomy = grow_array(&list, &places->capacity, places->count + 1, sizeof *places->at);
    places->at = list;
    if (roomy) places->at[places->count++] = (struct place){(uint32_t)at, regex};
    return roomy;
}

static void begin_walk(struct sweep *sweep) {
    if (++sweep->walks != 0) return;
    memset(sweep->met, 0, sweep->gate->ways.regexes * sizeof *sweep->met);
    sweep->walks = 1;
}

/* Walk from a place: regexes that are through may match there, and so may those with which the walk
 * was given up. */
static bool walk_from(const struct floor *floor, size_t at, bool line_begins) {
    struct walk *walk = &floor->sweep->walk;
    begin_walk(floor->sweep);
    if (!lazy_walk(&floor->sweep->lazy, floor->text, at, line_begins, floor->ends, walk))
        return false;
    for (size_t i = 0; i < walk->count; i++)
        if (!add_place(floor, at, walk->hits[i])) return false;
    bool given_up = floor->text.size - at >= WALK_MOST;
    for (size_t i = 0; i < walk->alive_count; i++) {
        floor->sweep->alive[walk->alive[i]] = true;
        if (given_up && !add_place(floor, at, walk->alive[i])) return false;
    }
    return true;
}

/* A walk within a line that was over in the first bytes and brought nothing. */
static void note_dead_end(const struct floor *floor, size_t at, bool line_begins) {
    const struct walk *walk = &floor->sweep->walk;
    if (line_begins || walk->count || walk->alive_count || walk->size > KEY_SIZE) return;
    uint64_t key = key_at(floor->text.at + at);
    *key_place(floor->sweep->dead_ends, key) = key;
}

static bool line_begins(struct view text, size_t at) {
    return at == 0 || text.at[at - 1] == '\n';
}

/* Keep the places that pass the look and are no known dead ends. A place is always written and only
 * counted when it is kept: which are is hard to foresee for a branch. */
static size_t keep_heads(const struct floor *floor, uint32_t *list, size_t count) {
    const uint32_t *inner = floor->sweep->gate->heads.inner;
    const char *bytes = floor->text.at;
    size_t heads = 0, kept = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t at = list[i];
        list[heads] = at;
        heads +=
            heads_pass(inner, (const unsigned char *)bytes + at) | line_begins(floor->text, at);
    }
    for (size_t i = 0; i < heads; i++) {
        uint32_t at = list[i];
        uint64_t key = key_at(bytes + at);
        list[kept] = at;
        kept += (*key_place(floor->sweep->dead_ends, key) != key) | line_begins(floor->text, at);
    }
    return kept;
}

static bool walk_all(const struct floor *floor, const uint32_t *list, size_t count) {
    const uint32_t *first = floor->sweep->gate->heads.first;
    for (size_t i = 0; i < count; i++) {
        const unsigned char *bytes = (const unsigned char *)floor->text.at + list[i];
        bool begins = line_begins(floor->text, list[i]);
        if (begins && !heads_pass(first, bytes)) continue;
        if (!walk_from(floor, list[i], begins)) return false;
        note_dead_end(floor, list[i], begins);
    }
    return true;
}

/* The last bytes make no whole block, and places among them cannot be looked at. */
static bool sweep_rest(const struct floor *floor, struct starts_text *next) {
    char block[2 * STARTS_BLOCK];
    uint32_t list[3 * STARTS_BLOCK];
    size_t size = floor->text.size - next->at, count = 0;
    memset(block, ' ', sizeof block);
    memcpy(block, next->bytes, size);
    next->bytes = block;
    next->blocks = 2;
    size_t all = starts_list(&floor->sweep->gate->starts, next, list);
    for (; count < all && list[count] < floor->text.size; count++)
        if (!walk_from(floor, list[count], line_begins(floor->text, list[count]))) return false;
    return true;
}

bool sweep_text(struct sweep *sweep, struct view text, bool ends, struct places *ret) {
    const struct floor floor = {sweep, text, ends, ret};
    struct starts_text next = {.bytes = text.at, .carry = 2}; /* a line begins */
    uint32_t list[(BLOCKS + 1) * STARTS_BLOCK];
    ret->count = 0;
    memset(sweep->alive, 0, sweep->gate->ways.regexes * sizeof *sweep->alive);
    while (text.size - next.at >= STARTS_BLOCK + KEY_SIZE) {
        next.blocks = (text.size - next.at - KEY_SIZE) / STARTS_BLOCK;
        if (next.blocks > BLOCKS) next.blocks = BLOCKS;
        size_t count = starts_list(&sweep->gate->starts, &next, list);
        if (!walk_all(&floor, list, keep_heads(&floor, list, count))) return false;
    }
    return sweep_rest(&floor, &next);
}
