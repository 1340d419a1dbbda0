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
    uint32_t *steps; /* from each state, by class */
    size_t steps_capacity;
    uint32_t *members; /* of the states */
    size_t member_count, member_capacity;
    uint16_t *table;    /* the states by their members */
    uint32_t starts[2]; /* within a line, at its begin */
};

/* What a walk met: regexes by their numbers, some more than once. */
struct walk {
    uint32_t *hits; /* they were through */
    size_t count, capacity;
    uint32_t *alive; /* they could have gone on when the text, or the patience, was at its end */
    size_t alive_count, alive_capacity;
    size_t size; /* how many bytes of the text were looked at */
};

/* A walk that is not over after WALK_MOST bytes is given up: its regexes are alive. */
enum { WALK_MOST = 2048 };

/* make the scratch; false when there is no memory */
bool lazy_init(struct lazy *lazy, const struct ways *ways, const struct alphabet *alphabet);

void lazy_free(struct lazy *lazy);

/* forget all states, which are then made anew */
void lazy_forget(struct lazy *lazy);

void walk_free(struct walk *walk);

/* Walk from offset `at` of the text until no regex can go on. The line ends where the text does, if
 * it `ends`. False when there is no memory. */
bool lazy_walk(struct lazy *lazy, struct view text, size_t at, bool line_begins, bool ends,
               struct walk *walk);

#endif
