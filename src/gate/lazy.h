#ifndef LAZY_H
#define LAZY_H

#include "alphabet.h"
#include "closure.h"

/* Walks all regexes at once over a text: an automaton whose states are made when a text first leads
 * to them, and forgotten when they have become too many. One thread's scratch. */
struct lazy {
    const struct ways *ways;
    const struct alphabet *alphabet;
    struct closure closure;
    struct lazy_state *states;
    size_t count, capacity;
    uint16_t *steps; /* from each state, by class: rows of 1 << row_bits */
    unsigned row_bits;
    size_t steps_capacity;
    uint32_t *members; /* of the states */
    size_t member_count, member_capacity;
    uint16_t *table;      /* the states by their members */
    uint16_t starts[256]; /* behind each byte; a line begins behind LF */
};

/* What a walk met: regexes by their numbers, some more than once. */
struct walk {
    uint32_t *hits; /* they were through */
    size_t count, capacity;
    uint32_t *alive; /* they could have gone on when the text, or the patience, was at its end */
    size_t alive_count, alive_capacity;
    size_t size; /* how many bytes of the text were looked at, the one before it apart */
};

/* A walk that is not over after WALK_MOST bytes is given up: its regexes are alive. */
enum { WALK_MOST = 2048 };

/* make the scratch; false when there is no memory */
bool lazy_init(struct lazy *lazy, const struct ways *ways, const struct alphabet *alphabet);

void lazy_free(struct lazy *lazy);

/* Say quickly whether a walk could go on beyond the next LAZY_LOOK bytes or bring something in
 * them; true when that is not known yet. There is no branch in it that would be hard to foresee. */
enum { LAZY_LOOK = 6, LAZY_UNKNOWN = 0, LAZY_DEAD = 1, LAZY_HITS = 0x8000 };
static inline bool lazy_look(const struct lazy *lazy, const unsigned char *bytes) {
    unsigned step = lazy->starts[bytes[-1]], all = step;
    for (size_t i = 0; i < LAZY_LOOK; i++) {
        size_t state = step & (LAZY_HITS - 1u);
        step = lazy->steps[state << lazy->row_bits | lazy->alphabet->classes[bytes[i]]];
        all |= step;
    }
    return (step != LAZY_DEAD) | (all >> 15);
}

/* forget all states, which are then made anew */
void lazy_forget(struct lazy *lazy);

void walk_free(struct walk *walk);

/* Walk from offset `at` of the text until no regex can go on; a line begins where the text does,
 * and ends with it, if it `ends`. False when there is no memory. */
bool lazy_walk(struct lazy *lazy, struct view text, size_t at, bool ends, struct walk *walk);

#endif
