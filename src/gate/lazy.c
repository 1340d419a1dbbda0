#include "lazy.h"

#include <stdlib.h>

#include "buffer.h"

/* A step is the next state by its number; from the first two states it leads to themselves. */
enum { STATE_FIRST = LAZY_DEAD + 1 };
enum { STATES_MOST = 6144, PLACES = 16384, MEMBERS_MOST = 1 << 20 };

struct lazy_state {
    uint32_t first; /* of its members: ways to bytes, then numbers of regexes that are through */
    uint32_t bytes, hits;
    uint32_t hash;
};

static bool make_room(struct lazy *lazy) {
    void *states = lazy->states, *steps = lazy->steps;
    bool roomy = grow_array(&states, &lazy->capacity, lazy->count + 1, sizeof *lazy->states);
    lazy->states = states;
    roomy = roomy && grow_array(&steps, &lazy->steps_capacity, (lazy->count + 1) << lazy->row_bits,
                                sizeof *lazy->steps);
    lazy->steps = steps;
    return roomy;
}

static unsigned bits_for(size_t classes) {
    unsigned bits = 0;
    while ((size_t)1 << bits < classes) bits++;
    return bits;
}

bool lazy_init(struct lazy *lazy, const struct ways *ways, const struct alphabet *alphabet) {
    *lazy = (struct lazy){.ways = ways,
                          .alphabet = alphabet,
                          .count = STATE_FIRST,
                          .row_bits = bits_for(alphabet->count),
                          .table = calloc(PLACES, sizeof *lazy->table)};
    if (!closure_init(&lazy->closure, ways) || !lazy->table || !make_room(lazy)) return false;
    size_t row = (size_t)1 << lazy->row_bits;
    memset(lazy->steps, 0, STATE_FIRST * row * sizeof *lazy->steps);
    for (size_t i = 0; i < row; i++) lazy->steps[LAZY_DEAD * row + i] = LAZY_DEAD;
    return true;
}

void lazy_free(struct lazy *lazy) {
    closure_free(&lazy->closure);
    free(lazy->states);
    free(lazy->steps);
    free(lazy->members);
    free(lazy->table);
    *lazy = (struct lazy){0};
}

void walk_free(struct walk *walk) {
    free(walk->hits);
    free(walk->alive);
    *walk = (struct walk){0};
}

void lazy_forget(struct lazy *lazy) {
    memset(lazy->table, 0, PLACES * sizeof *lazy->table);
    lazy->count = STATE_FIRST;
    lazy->member_count = 0;
    memset(lazy->starts, 0, sizeof lazy->starts);
}

static int by_number(const void *left, const void *right) {
    const uint32_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* Write what the closure found behind the members, as those of a state. */
static bool write_members(struct lazy *lazy, struct lazy_state *state) {
    const struct closure *closure = &lazy->closure;
    void *members = lazy->members;
    if (!grow_array(&members, &lazy->member_capacity, lazy->member_count + closure->count,
                    sizeof *lazy->members))
        return false;
    lazy->members = members;
    uint32_t *at = lazy->members + lazy->member_count;
    *state = (struct lazy_state){.first = (uint32_t)lazy->member_count};
    for (size_t i = 0; i < closure->count; i++)
        if (lazy->ways->at[closure->found[i]].kind == WAY_BYTE)
            at[state->bytes++] = closure->found[i];
    for (size_t i = 0; i < closure->count; i++)
        if (lazy->ways->at[closure->found[i]].kind == WAY_HIT)
            at[state->bytes + state->hits++] = lazy->ways->at[closure->found[i]].set;
    qsort(at, state->bytes, sizeof *at, by_number);
    qsort(at + state->bytes, state->hits, sizeof *at, by_number);
    state->hash = state->hits;
    for (size_t i = 0; i < closure->count; i++) state->hash = (state->hash ^ at[i]) * 0x9e3779b1u;
    state->hash ^= state->hash >> 15;
    return true;
}

static bool same_state(const struct lazy *lazy, const struct lazy_state *a,
                       const struct lazy_state *b) {
    const uint32_t *members = lazy->members;
    return a->hash == b->hash && a->bytes == b->bytes && a->hits == b->hits &&
           memcmp(members + a->first, members + b->first, (a->bytes + a->hits) * sizeof *members) ==
               0;
}

/* The number of the state, which is put into the table when it is new. */
static size_t find_state(struct lazy *lazy, const struct lazy_state *state) {
    size_t place = state->hash % PLACES;
    while (lazy->table[place] && !same_state(lazy, &lazy->states[lazy->table[place]], state))
        place = (place + 1) % PLACES;
    if (!lazy->table[place]) lazy->table[place] = (uint16_t)lazy->count;
    return lazy->table[place];
}

/* The step to what the closure has found; LAZY_UNKNOWN when there is no memory. */
static uint16_t step_to_found(struct lazy *lazy) {
    struct lazy_state state;
    if (lazy->closure.count == 0) return LAZY_DEAD;
    if (!make_room(lazy) || !write_members(lazy, &state)) return LAZY_UNKNOWN;
    size_t number = find_state(lazy, &state);
    if (number == lazy->count) {
        lazy->states[lazy->count] = state;
        memset(lazy->steps + (lazy->count << lazy->row_bits), 0,
               ((size_t)1 << lazy->row_bits) * sizeof *lazy->steps);
        lazy->member_count += state.bytes + state.hits;
        lazy->count++;
    }
    return (uint16_t)(number | (state.hits ? LAZY_HITS : 0));
}

static uint16_t make_start(struct lazy *lazy, unsigned char before) {
    const struct ways *ways = lazy->ways;
    unsigned passes = PASS_EDGE | PASS_ASKED | (before == '\n' ? PASS_BEGIN : 0);
    closure_begin(&lazy->closure);
    lazy->closure.before = before;
    for (size_t i = 0; i < ways->regexes; i++)
        if (ways->starts[i] != NO_WAY && !closure_add(&lazy->closure, ways->starts[i], passes))
            return LAZY_UNKNOWN;
    return lazy->starts[before] = step_to_found(lazy);
}

static uint16_t make_step(struct lazy *lazy, size_t from, unsigned char class) {
    const struct lazy_state *state = &lazy->states[from];
    closure_begin(&lazy->closure);
    for (size_t i = 0; i < state->bytes; i++) {
        const struct way *way = &lazy->ways->at[lazy->members[state->first + i]];
        if (byteset_has(&lazy->ways->sets[way->set], lazy->alphabet->samples[class]) &&
            !closure_add(&lazy->closure, way->next, PASS_EDGE))
            return LAZY_UNKNOWN;
    }
    uint16_t step = step_to_found(lazy);
    lazy->steps[from << lazy->row_bits | class] = step;
    return step;
}

static bool note(uint32_t **list, size_t *count, size_t *capacity, uint32_t number) {
    void *items = *list;
    bool roomy = grow_array(&items, capacity, *count + 1, sizeof number);
    *list = items;
    if (roomy) (*list)[(*count)++] = number;
    return roomy;
}

static bool note_hits(const struct lazy *lazy, size_t number, struct walk *walk) {
    const struct lazy_state *state = &lazy->states[number];
    const uint32_t *hits = lazy->members + state->first + state->bytes;
    for (size_t i = 0; i < state->hits; i++)
        if (!note(&walk->hits, &walk->count, &walk->capacity, hits[i])) return false;
    return true;
}

/* Ways of one regex stand side by side. */
static bool note_alive(const struct lazy *lazy, size_t number, struct walk *walk) {
    const struct lazy_state *state = &lazy->states[number];
    uint32_t last = UINT32_MAX;
    for (size_t i = 0; i < state->bytes; i++) {
        uint32_t regex = (uint32_t)ways_regex(lazy->ways, lazy->members[state->first + i]);
        if (regex != last && !note(&walk->alive, &walk->alive_count, &walk->alive_capacity, regex))
            return false;
        last = regex;
    }
    return true;
}

static bool is_crowded(const struct lazy *lazy) {
    return lazy->count >= STATES_MOST || lazy->member_count >= MEMBERS_MOST;
}

/* The step from a state with the byte at `at`, a line's end behind the text. */
static inline uint16_t take_step(struct lazy *lazy, size_t state, struct view text, size_t at) {
    unsigned char byte = at < text.size ? (unsigned char)text.at[at] : '\n';
    unsigned char class = lazy->alphabet->classes[byte];
    uint16_t step = lazy->steps[state << lazy->row_bits | class];
    return step != LAZY_UNKNOWN ? step : make_step(lazy, state, class);
}

bool lazy_walk(struct lazy *lazy, struct view text, size_t at, bool ends, struct walk *walk) {
    size_t from = at, stop = text.size + ends;
    if (stop - at > WALK_MOST) stop = at + WALK_MOST;
    walk->count = walk->alive_count = 0;
    /* a walk is shorter than what is let grow beyond this */
    if (is_crowded(lazy)) lazy_forget(lazy);
    unsigned char before = at ? (unsigned char)text.at[at - 1] : '\n';
    uint16_t step = lazy->starts[before];
    if (step == LAZY_UNKNOWN) step = make_start(lazy, before);
    while (step > LAZY_DEAD) {
        size_t state = step & (size_t)(LAZY_HITS - 1);
        if (step & LAZY_HITS && !note_hits(lazy, state, walk)) return false;
        if (at >= stop) return note_alive(lazy, state, walk);
        step = take_step(lazy, state, text, at++);
    }
    walk->size = at - from;
    return step == LAZY_DEAD;
}
