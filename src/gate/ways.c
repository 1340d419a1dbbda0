#include "ways.h"

#include <stdlib.h>

#include "buffer.h"
#include "sequence.h"

/* Up to COPIES_MOST of a repeated item are told apart; what would need more is taken for any number
 * of them. A regex of over WAYS_MOST ways or REGEX_MOST bytes is not followed. */
enum { COPIES_MOST = GAP_LEAST, COPIED_MOST = 256, WAYS_MOST = 8192, REGEX_MOST = 16384 };

/* Regexes with still other sets are not followed when there are this many. */
enum { SETS_MOST = 2048, SET_PLACES = 2 * SETS_MOST };

/* The ways of one regex in the making. */
struct builder {
    struct ways *ways;
    size_t first;
    uint32_t hit;
    bool lost; /* too many, or no memory */
};

static uint32_t add_way(struct builder *builder, struct way way) {
    struct ways *ways = builder->ways;
    void *at = ways->at;
    builder->lost |= ways->count - builder->first >= WAYS_MOST ||
                     !grow_array(&at, &ways->capacity, ways->count + 1, sizeof way);
    ways->at = at;
    if (builder->lost) return NO_WAY;
    ways->at[ways->count] = way;
    return (uint32_t)ways->count++;
}

static size_t set_place(const struct ways *ways, const struct byteset *set) {
    uint64_t hash = 0;
    for (size_t i = 0; i < 4; i++) hash = (hash ^ set->bits[i]) * 0x9e3779b97f4a7c15u;
    size_t place = hash >> 32;
    for (;; place++) {
        uint16_t index = ways->set_table[place % SET_PLACES];
        if (index == 0 || byteset_equal(&ways->sets[index - 1], set)) return place % SET_PLACES;
    }
}

static uint32_t add_set(struct builder *builder, const struct byteset *set) {
    struct ways *ways = builder->ways;
    size_t place = set_place(ways, set);
    void *sets = ways->sets;
    if (ways->set_table[place]) return ways->set_table[place] - 1u;
    builder->lost |= ways->set_count == SETS_MOST ||
                     !grow_array(&sets, &ways->set_capacity, ways->set_count + 1, sizeof *set);
    ways->sets = sets;
    if (builder->lost) return 0;
    ways->sets[ways->set_count++] = *set;
    ways->set_table[place] = (uint16_t)ways->set_count;
    return (uint32_t)ways->set_count - 1;
}

static uint32_t add_byte(struct builder *builder, const struct byteset *set, uint32_t next) {
    uint32_t index = add_set(builder, set);
    return add_way(builder, (struct way){.kind = WAY_BYTE, .next = next, .set = index});
}

static uint32_t add_behind(struct builder *builder, const struct byteset *set, uint32_t next) {
    uint32_t index = add_set(builder, set);
    return add_way(builder, (struct way){.kind = WAY_BEHIND, .next = next, .set = index});
}

/* Nothing is spent behind a line's end: what a regex may say there is taken to hold. */
static uint32_t add_line_end(struct builder *builder) {
    struct byteset ends = {0};
    for (const char *end = LINE_ENDS; *end; end++) byteset_add(&ends, (unsigned char)*end);
    return add_byte(builder, &ends, builder->hit);
}

static uint32_t add_item(struct builder *builder, const struct item *item, uint32_t next);

/* Any number of the item. */
static uint32_t add_loop(struct builder *builder, const struct item *item, uint32_t next) {
    uint32_t fork = add_way(builder, (struct way){.kind = WAY_FORK, .other = next});
    uint32_t body = add_item(builder, item, fork);
    if (!builder->lost) builder->ways->at[fork].next = body;
    return fork;
}

static uint32_t add_option(struct builder *builder, const struct item *item, uint32_t next,
                           uint32_t end) {
    uint32_t body = add_item(builder, item, next);
    return add_way(builder, (struct way){.kind = WAY_FORK, .next = body, .other = end});
}

static size_t weight(const struct item *item) {
    if (item->kind == ITEM_SET) return 1;
    size_t sum = 1;
    if (item->left) sum += weight(item->left);
    if (item->right) sum += weight(item->right);
    return item->kind == ITEM_REPEAT && item->most < COPIES_MOST ? sum * item->most : sum;
}

static uint32_t add_repeat(struct builder *builder, const struct item *item, uint32_t next) {
    const struct item *body = item->left;
    size_t copies = COPIED_MOST / weight(body) + 1;
    uint32_t most = copies < COPIES_MOST ? (uint32_t)copies : COPIES_MOST;
    uint32_t least = item->least < most ? item->least : most, end = next;
    if (item->most > most)
        next = add_loop(builder, body, next);
    else
        for (uint32_t i = least; i < item->most; i++) next = add_option(builder, body, next, end);
    for (uint32_t i = 0; i < least; i++) next = add_item(builder, body, next);
    return next;
}

static uint32_t add_either(struct builder *builder, const struct item *item, uint32_t next) {
    uint32_t other = add_item(builder, item->right, next);
    uint32_t first = add_item(builder, item->left, next);
    return add_way(builder, (struct way){.kind = WAY_FORK, .next = first, .other = other});
}

/* Add the ways through the item that go on at `next`; where they begin. */
static uint32_t add_item(struct builder *builder, const struct item *item, uint32_t next) {
    if (builder->lost) return NO_WAY;
    for (; item->kind == ITEM_BOTH; item = item->left) next = add_item(builder, item->right, next);
    struct byteset set = item->set;
    set.bits[0] &= ~((uint64_t)1 << '\n');
    switch (item->kind) {
    case ITEM_SET:
        return add_byte(builder, &set, next);
    case ITEM_EITHER:
        return add_either(builder, item, next);
    case ITEM_REPEAT:
        return add_repeat(builder, item, next);
    case ITEM_EDGE:
        return add_way(builder, (struct way){.kind = WAY_EDGE, .next = next});
    case ITEM_BEHIND:
        return add_behind(builder, &item->set, next);
    case ITEM_BEGIN:
        return add_way(builder, (struct way){.kind = WAY_BEGIN, .next = next});
    case ITEM_END:
        return add_line_end(builder);
    default:
        return next;
    }
}

/* Where the regex is followed from: behind its marks, where it has some. */
static uint32_t add_start(struct builder *builder, const struct item *whole, uint8_t *ret_shift) {
    struct sequence sequence = {0};
    const struct byteset *last;
    size_t marks =
        sequence_collect(&sequence, whole) ? sequence_marks(&sequence, ret_shift, &last) : 0;
    uint32_t start = builder->hit;
    if (marks == 0) start = add_item(builder, whole, start);
    for (size_t i = sequence.count; marks && i-- > marks;)
        start = add_item(builder, sequence.at[i], start);
    if (marks) start = add_behind(builder, last, start);
    sequence_free(&sequence);
    return start;
}

static uint32_t add_begin(struct builder *builder, const struct item *whole) {
    struct sequence sequence = {0};
    size_t count = sequence_collect(&sequence, whole) ? sequence_begin(&sequence) : 0;
    builder->lost |= !sequence_is_narrow(&sequence, count);
    uint32_t start = builder->hit;
    for (size_t i = count; i-- > 0;) start = add_item(builder, sequence.at[i], start);
    sequence_free(&sequence);
    return start;
}

static uint32_t follow(struct ways *ways, struct view regex, size_t index, bool begin) {
    struct arena arena = {0};
    struct builder builder = {.ways = ways, .first = ways->count};
    const struct item *whole = regex.size > REGEX_MOST ? NULL : syntax_read(regex, &arena);
    uint32_t start = NO_WAY;
    if (whole) {
        builder.hit = add_way(&builder, (struct way){.kind = WAY_HIT, .set = (uint32_t)index});
        start =
            begin ? add_begin(&builder, whole) : add_start(&builder, whole, &ways->shifts[index]);
    }
    arena_free(&arena);
    if (whole && !builder.lost) return start;
    ways->count = builder.first;
    return NO_WAY;
}

bool ways_init(struct ways *ways, const struct view *regexes, size_t count, size_t begins) {
    *ways = (struct ways){.starts = malloc((count + 1) * sizeof *ways->starts),
                          .shifts = calloc(count + 1, sizeof *ways->shifts),
                          .regexes = count,
                          .set_table = calloc(SET_PLACES, sizeof *ways->set_table)};
    if (!ways->starts || !ways->shifts || !ways->set_table) return false;
    for (size_t i = 0; i < count; i++)
        ways->starts[i] = regexes[i].at ? follow(ways, regexes[i], i, i >= begins) : NO_WAY;
    return true;
}

void ways_free(struct ways *ways) {
    free(ways->at);
    free(ways->sets);
    free(ways->set_table);
    free(ways->starts);
    free(ways->shifts);
    *ways = (struct ways){0};
}

size_t ways_regex(const struct ways *ways, uint32_t way) {
    while (ways->at[way].kind != WAY_HIT)
        way = ways->at[way].kind == WAY_FORK ? ways->at[way].other : ways->at[way].next;
    return ways->at[way].set;
}
