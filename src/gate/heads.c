#include "heads.h"

#include <stdlib.h>

#include "closure.h"

enum { ROWS = 1 << 15 };

static const struct byteset anything = {{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}};

/* The low five bits that the bytes of a set have, a bit for each value. */
static uint32_t fold_set(const struct byteset *set) {
    uint64_t all = set->bits[0] | set->bits[1] | set->bits[2] | set->bits[3];
    return (uint32_t)all | (uint32_t)(all >> 32);
}

/* Where ways lead after no, one, two and three bytes of these values. */
struct depths {
    const struct ways *ways;
    struct closure at[HEADS_SIZE];
    uint32_t *folds; /* of the sets */
    uint32_t *table;
};

/* A match that is through may be followed by anything. */
static inline uint32_t fold(const struct depths *depths, uint32_t way) {
    const struct way *at = &depths->ways->at[way];
    return at->kind == WAY_HIT ? UINT32_MAX : depths->folds[at->set];
}

/* Where the ways at a depth lead with a byte of that value. */
static bool go_on(struct depths *depths, size_t depth, uint32_t value) {
    struct closure *from = &depths->at[depth], *to = &depths->at[depth + 1];
    closure_begin(to);
    for (size_t i = 0; i < from->count; i++) {
        uint32_t way = from->found[i];
        const struct way *at = &from->ways->at[way];
        if (fold(depths, way) >> value & 1 &&
            !closure_add(to, at->kind == WAY_HIT ? way : at->next, PASS_EDGE))
            return false;
    }
    return true;
}

static uint32_t fold_all(const struct depths *depths, size_t depth) {
    const struct closure *closure = &depths->at[depth];
    uint32_t all = 0;
    for (size_t i = 0; i < closure->count; i++) all |= fold(depths, closure->found[i]);
    return all;
}

/* Note what may follow the bytes of the values in `index`, `depth` of them. */
static bool note_heads(struct depths *depths, size_t depth, uint32_t index) {
    uint32_t values = fold_all(depths, depth);
    if (depth == HEADS_SIZE - 1) {
        depths->table[index] = values;
        return true;
    }
    for (; values; values &= values - 1) {
        uint32_t value = (uint32_t)__builtin_ctz(values);
        if (!go_on(depths, depth, value) ||
            !note_heads(depths, depth + 1, index | value << (5 * depth)))
            return false;
    }
    return true;
}

static bool add_starts(struct closure *closure, unsigned passes) {
    const struct ways *ways = closure->ways;
    closure_begin(closure);
    for (size_t i = 0; i < ways->regexes; i++)
        if (ways->starts[i] != NO_WAY && !closure_add(closure, ways->starts[i], passes))
            return false;
    return true;
}

static bool make_table(struct depths *depths, uint32_t *table) {
    depths->table = table;
    return add_starts(&depths->at[0], PASS_EDGE | PASS_BEGIN) && note_heads(depths, 0, 0);
}

static void note_free(struct byteset *free, const struct ways *ways, uint32_t way, bool edged) {
    const struct way *at = &ways->at[way];
    struct byteset set = at->kind == WAY_HIT ? anything : ways->sets[at->set], words = {0};
    if (edged) byteset_add_named(&words, VIEW("alnum"));
    for (size_t i = 0; i < 4 && edged; i++) set.bits[i] &= ~words.bits[i];
    byteset_join(free, &set);
}

/* Bytes that begin a match where no word begins, and all that are no letters or digits. */
static bool note_all_free(struct heads *heads, struct closure *closure, uint32_t start) {
    for (int edged = 0; edged < 2; edged++) {
        closure_begin(closure);
        if (!closure_add(closure, start, edged ? PASS_EDGE : 0)) return false;
        for (size_t i = 0; i < closure->count; i++)
            note_free(&heads->free, closure->ways, closure->found[i], edged);
    }
    return true;
}

/* What stands before the matches that begin with a digit. */
struct before {
    const struct ways *ways;
    struct byteset *digits;
    size_t steps; /* left: a regex with more forks than these may stand behind anything */
};

enum { STEPS_MOST = 2048 };

static void note_before(struct before *before, uint32_t at, struct byteset allowed) {
    for (;; at = before->ways->at[at].next) {
        const struct way *way = &before->ways->at[at];
        const struct byteset *sets = before->ways->sets;
        if (before->steps == 0) return;
        before->steps--;
        if (way->kind == WAY_HIT || way->kind == WAY_BYTE) {
            bool digits = way->kind == WAY_HIT || sets[way->set].bits[0] >> '1' & 0x1ff;
            if (digits) byteset_join(before->digits, &allowed);
            return;
        }
        for (size_t i = 0; i < 4 && way->kind == WAY_BEHIND; i++)
            allowed.bits[i] &= sets[way->set].bits[i];
        if (way->kind == WAY_FORK) note_before(before, way->other, allowed);
    }
}

static void note_before_digits(struct heads *heads, const struct ways *ways, uint32_t start) {
    struct before before = {ways, &heads->digits_behind, STEPS_MOST};
    note_before(&before, start, anything);
    if (before.steps == 0) heads->digits_behind = anything;
}

static bool make_free(struct heads *heads, const struct ways *ways, struct closure *closure) {
    for (size_t i = 0; i < ways->regexes; i++) {
        if (ways->starts[i] == NO_WAY) continue;
        if (!note_all_free(heads, closure, ways->starts[i])) return false;
        note_before_digits(heads, ways, ways->starts[i]);
    }
    return true;
}

static bool depths_init(struct depths *depths, const struct ways *ways) {
    *depths =
        (struct depths){.ways = ways, .folds = calloc(ways->set_count + 1, sizeof *depths->folds)};
    bool fine = depths->folds;
    for (size_t i = 0; i < HEADS_SIZE; i++) fine &= closure_init(&depths->at[i], ways);
    for (size_t i = 0; i < ways->set_count && fine; i++)
        depths->folds[i] = fold_set(&ways->sets[i]);
    return fine;
}

static void depths_free(struct depths *depths) {
    for (size_t i = 0; i < HEADS_SIZE; i++) closure_free(&depths->at[i]);
    free(depths->folds);
}

bool heads_init(struct heads *heads, const struct ways *ways) {
    struct depths depths;
    *heads = (struct heads){.table = calloc(ROWS, sizeof *heads->table)};
    bool fine = depths_init(&depths, ways) && heads->table &&
                make_free(heads, ways, &depths.at[0]) && make_table(&depths, heads->table);
    depths_free(&depths);
    return fine;
}

void heads_free(struct heads *heads) {
    free(heads->table);
    *heads = (struct heads){0};
}
