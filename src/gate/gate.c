#include "gate.h"

#include <stdlib.h>

#include "buffer.h"

/* Blocks that are looked at in one go. */
enum { BLOCKS = 32 };

/* Logs repeat themselves: the bytes, one of them before the place, with which walks have come to
 * nothing are remembered, eight or sixteen of them, each in one place of a table. */
enum { KEY_BITS = 13 };

struct key {
    uint64_t begin, end;
};

struct dead_ends {
    uint64_t short_ones[1 << KEY_BITS];
    struct key long_ones[1 << KEY_BITS];
};

static inline struct key key_at(const char *bytes) {
    struct key key;
    memcpy(&key, bytes - 1, sizeof key);
    return key;
}

static inline size_t place_of(uint64_t hash) {
    return hash * 0x9e3779b97f4a7c15u >> (64 - KEY_BITS);
}

static inline uint64_t *short_place(struct dead_ends *dead_ends, struct key key) {
    return &dead_ends->short_ones[place_of(key.begin)];
}

static inline struct key *long_place(struct dead_ends *dead_ends, struct key key) {
    return &dead_ends->long_ones[place_of(key.begin ^ key.end * 0xff51afd7ed558ccdu)];
}

bool gate_init(struct gate *gate, const struct view *regexes, size_t count, size_t begins,
               enum starts_build build) {
    memset(gate, 0, sizeof *gate);
    if (!ways_init(&gate->ways, regexes, count, begins) || !heads_init(&gate->heads, &gate->ways))
        return false;
    alphabet_init(&gate->alphabet, &gate->ways);
    return starts_init(&gate->starts, &gate->heads.free, &gate->heads.digits_behind, build);
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
    /* NULs are not yet known for one: what stands in their place is no key that belongs there */
    sweep->dead_ends->short_ones[0] = sweep->dead_ends->long_ones[0].begin = 1;
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
    size_t shift = sweep->gate->ways.shifts[regex];
    if (sweep->met[regex] == sweep->walks) return true;
    sweep->met[regex] = sweep->walks;
    /* the marks before it stand in the same line */
    if (shift > at || view_find(view_part(floor->text, 0, at), at - shift, '\n') < at) return true;
    at -= shift;
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
static bool walk_from(const struct floor *floor, size_t at) {
    struct walk *walk = &floor->sweep->walk;
    begin_walk(floor->sweep);
    if (!lazy_walk(&floor->sweep->lazy, floor->text, at, floor->ends, walk)) return false;
    for (size_t i = 0; i < walk->count; i++)
        if (!add_place(floor, at, walk->hits[i])) return false;
    bool given_up = floor->text.size - at >= WALK_MOST;
    for (size_t i = 0; i < walk->alive_count; i++) {
        floor->sweep->alive[walk->alive[i]] = true;
        if (given_up && !add_place(floor, at, walk->alive[i])) return false;
    }
    return true;
}

static void note_dead_end(const struct floor *floor, size_t at) {
    const struct walk *walk = &floor->sweep->walk;
    if (walk->count || walk->alive_count) return;
    struct key key = key_at(floor->text.at + at);
    if (walk->size < sizeof key.begin)
        *short_place(floor->sweep->dead_ends, key) = key.begin;
    else if (walk->size < sizeof key)
        *long_place(floor->sweep->dead_ends, key) = key;
}

static bool is_dead_end(struct dead_ends *dead_ends, struct key key) {
    const struct key *known = long_place(dead_ends, key);
    return known->begin == key.begin && known->end == key.end;
}

/* Keep the places that pass the look at their heads, are no known dead ends, and do not die soon:
 * what does is one henceforth. Nothing stands before the first byte of the text, which is kept. */
static size_t keep_places(const struct floor *floor, uint32_t *list, size_t count) {
    const struct gate *gate = floor->sweep->gate;
    const char *bytes = floor->text.at;
    size_t kept = 0;
    count = starts_keep(&gate->starts, gate->heads.table, bytes, list, count);
    for (size_t i = 0; i < count; i++) {
        uint32_t at = list[i];
        struct key key = key_at(bytes + at);
        list[kept] = at;
        kept += *short_place(floor->sweep->dead_ends, key) != key.begin;
    }
    count = kept;
    kept = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t at = list[i];
        struct key key = key_at(bytes + at);
        uint64_t *place = short_place(floor->sweep->dead_ends, key);
        bool goes_on = lazy_look(&floor->sweep->lazy, (const unsigned char *)bytes + at);
        list[kept] = at;
        kept += goes_on;
        *place = goes_on ? *place : key.begin;
    }
    return kept;
}

static bool walk_all(const struct floor *floor, const uint32_t *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (is_dead_end(floor->sweep->dead_ends, key_at(floor->text.at + list[i]))) continue;
        if (!walk_from(floor, list[i])) return false;
        note_dead_end(floor, list[i]);
    }
    return true;
}

/* Nothing stands before the first byte, so that it makes no key. */
static bool sweep_first(const struct floor *floor) {
    return floor->text.size == 0 || walk_from(floor, 0);
}

/* The last bytes make no whole block, nor whole keys. */
static bool sweep_rest(const struct floor *floor, struct starts_text *next) {
    const struct gate *gate = floor->sweep->gate;
    const unsigned char *text = (const unsigned char *)floor->text.at;
    char block[2 * STARTS_BLOCK];
    uint32_t list[3 * STARTS_BLOCK];
    size_t size = floor->text.size - next->at;
    memset(block, ' ', sizeof block);
    if (size > 0) memcpy(block, next->bytes, size);
    next->bytes = block;
    next->blocks = 2;
    size_t count = starts_list(&gate->starts, next, list);
    for (size_t i = 0; i < count && list[i] < floor->text.size; i++) {
        bool whole = list[i] + HEADS_SIZE <= floor->text.size;
        if (list[i] == 0) continue;
        if (whole && !heads_pass(gate->heads.table, heads_index(text + list[i]))) continue;
        if (!walk_from(floor, list[i])) return false;
    }
    return true;
}

/* As many blocks as can be looked at together. */
static bool sweep_blocks(const struct floor *floor, struct starts_text *next, size_t blocks) {
    uint32_t list[(BLOCKS + 1) * STARTS_BLOCK];
    next->blocks = blocks < BLOCKS ? blocks : BLOCKS;
    size_t count = starts_list(&floor->sweep->gate->starts, next, list);
    size_t first = count > 0 && list[0] == 0;
    return walk_all(floor, list + first, keep_places(floor, list + first, count - first));
}

bool sweep_text(struct sweep *sweep, struct view text, bool ends, struct places *ret) {
    const struct floor floor = {sweep, text, ends, ret};
    struct starts_text next = {.bytes = text.at, .carry = STARTS_LINE_BEGINS};
    size_t blocks;
    ret->count = 0;
    memset(sweep->alive, 0, sweep->gate->ways.regexes * sizeof *sweep->alive);
    if (!sweep_first(&floor)) return false;
    while (text.size - next.at > sizeof(struct key) &&
           (blocks = (text.size - next.at - sizeof(struct key)) / STARTS_BLOCK) > 0)
        if (!sweep_blocks(&floor, &next, blocks)) return false;
    return sweep_rest(&floor, &next);
}
