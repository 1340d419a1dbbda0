#include "resolve.h"

#include <stdlib.h>

#include "beside.h"
#include "recall.h"
#include "seen.h"

bool resolver_init(struct resolver *resolver, const struct knowledge *knowledge) {
    *resolver = (struct resolver){.knowledge = knowledge};
    resolver->seen = calloc(SEEN_PLACES, sizeof *resolver->seen);
    resolver->recall = recall_new();
    return resolver->seen && resolver->recall;
}

void resolver_free(struct resolver *resolver) {
    free(resolver->hits);
    free(resolver->seen);
    recall_free(resolver->recall);
    *resolver = (struct resolver){0};
}

/* A further hit, to be filled in; NULL when there is no memory. */
static struct hit *add_hit(struct resolver *resolver) {
    void *hits = resolver->hits;
    bool roomy =
        grow_array(&hits, &resolver->capacity, resolver->count + 1, sizeof *resolver->hits);
    resolver->hits = hits;
    return roomy ? &resolver->hits[resolver->count++] : NULL;
}

static bool names_code(const struct ignored *ignored, const struct catalog *catalog, size_t row) {
    if (!view_equal(ignored->family, catalog->family)) return false;
    if (catalog_is_textual(catalog))
        return view_equal(ignored->code, catalog_row(catalog, row).code);
    struct number number;
    if (!number_parse(ignored->code, BASE_AUTO, &number)) return false;
    struct found found = find_number(catalog, number);
    return found.catalog && row - found.rows.first < found.rows.count;
}

static bool is_ignored(const struct knowledge *knowledge, const struct answer *answer) {
    const struct catalog *catalog = answer_catalog(answer);
    for (size_t i = 0; catalog && i < knowledge->ignored_count; i++)
        if (names_code(&knowledge->ignored[i], catalog, answer->row)) return true;
    return false;
}

static enum hit_state first_state(const struct knowledge *knowledge, const struct hit *hit) {
    if (hit->answer.finding == FOUND_NOTHING) return HIT_UNKNOWN;
    if (!knowledge->success && answer_is_success(&hit->answer, hit->text)) return HIT_SUCCESS;
    return is_ignored(knowledge, &hit->answer) ? HIT_IGNORED : HIT_GLOSSED;
}

static struct answer ask(const struct resolver *resolver, const struct panel *panel,
                         const struct hit *hit) {
    if (hit->rule->by_symbol) return answer_symbol(panel, hit->text);
    struct answer answer = answer_code(panel, resolver->knowledge->shelf, hit->text,
                                       hit->numeric ? &hit->number : NULL);
    if (hit->rule->quiet && answer.finding == FOUND_BITS) answer.finding = FOUND_NOTHING;
    return answer;
}

/* What bits say is no reading beside one that somebody knows. */
static void add_reading(struct hit *hit, struct answer answer) {
    if (answer.finding == FOUND_NOTHING) return;
    if (hit->answer.finding == FOUND_NOTHING || hit->answer.finding == FOUND_BITS)
        hit->answer = answer;
    else if (answer.finding != FOUND_BITS && hit->other_count < OTHERS_MOST)
        hit->others[hit->other_count++] = answer;
}

static bool speaks(const struct panel *panel, struct verdict verdict) {
    return panel->dialects >> verdict.dialect & 1;
}

bool panel_is_asked(const struct panels *panels, size_t index, struct verdict verdict) {
    bool spoken = false;
    for (size_t i = 0; i < panels->count; i++) spoken |= speaks(&panels->at[i], verdict);
    return spoken ? speaks(&panels->at[index], verdict) : !panels->at[index].reserved;
}

static void read_code(const struct resolver *resolver, struct hit *hit) {
    const struct panels *panels = &resolver->knowledge->panels[hit->rank];
    for (size_t i = 0; i < panels->count; i++)
        if (panel_is_asked(panels, i, hit->verdict))
            add_reading(hit, ask(resolver, &panels->at[i], hit));
}

static void place_hit(struct hit *hit, const struct candidate *candidate) {
    hit->start = candidate->start;
    hit->end = hit->gloss_at = candidate->end;
    hit->text = candidate->text;
    hit->verdict = candidate->verdict;
}

static void find_out(const struct resolver *resolver, const struct candidate *candidate,
                     struct hit *ret) {
    *ret = (struct hit){.rule = candidate->rule, .rank = candidate->rank, .state = HIT_BEATEN};
    place_hit(ret, candidate);
    if (candidate->beaten) return;
    ret->numeric = !ret->rule->by_symbol && number_parse(ret->text, ret->rule->base, &ret->number);
    ret->symbol_stands = ret->rule->by_symbol;
    read_code(resolver, ret);
    ret->state = first_state(resolver->knowledge, ret);
    recall_keep(resolver->recall, candidate, ret);
}

static void look_up(const struct resolver *resolver, const struct candidate *candidate,
                    struct hit *ret) {
    const struct hit *known = candidate->beaten ? NULL : recall_find(resolver->recall, candidate);
    if (!known) {
        find_out(resolver, candidate, ret);
        return;
    }
    *ret = *known;
    place_hit(ret, candidate);
}

bool resolver_knows(const struct resolver *resolver, const struct candidate *candidate) {
    const struct hit *known = recall_find(resolver->recall, candidate);
    if (known) return known->state != HIT_UNKNOWN;
    struct hit hit;
    struct candidate alone = *candidate;
    alone.beaten = false;
    find_out(resolver, &alone, &hit);
    return hit.state != HIT_UNKNOWN;
}

/* Let the reading that has this symbol be the only one; false when none has it. */
static bool choose_reading(struct hit *hit, struct view symbol) {
    if (symbol.size == 0) return false;
    for (size_t i = 0; i <= hit->other_count; i++) {
        struct answer *answer = i ? &hit->others[i - 1] : &hit->answer;
        if (!answer_choose(answer, symbol)) continue;
        hit->answer = *answer;
        hit->other_count = 0;
        return true;
    }
    return false;
}

/* A symbol of the code that stands beside it need not be said again. */
static void look_for_symbol(struct beside *beside, struct hit *last, size_t first_start) {
    size_t behind_end = last->gloss_at;
    if (last->symbol_stands) return;
    last->symbol_stands = choose_reading(last, beside_before(beside, first_start));
    if (last->symbol_stands) return;
    last->symbol_stands = choose_reading(last, beside_behind(beside, last->gloss_at, &behind_end));
    if (last->symbol_stands) last->gloss_at = behind_end;
}

static bool says_more(const struct hit *hit) {
    if (!answer_catalog(&hit->answer)) return true;
    struct row row = answer_row(&hit->answer);
    return row.summary.size > 0 || (row.symbol.size > 0 && !hit->symbol_stands);
}

static void settle(struct resolver *resolver, struct beside *beside, struct hit *last,
                   size_t first_start) {
    look_for_symbol(beside, last, first_start);
    if (seen_before(resolver, &last->answer))
        last->state = HIT_REPEATED;
    else if (!says_more(last))
        last->state = HIT_PLAIN;
}

struct pair {
    size_t start, end; /* of the second spelling */
    struct number number;
};

/* The candidates of a piece, and the one that comes next. */
struct queue {
    const struct candidate *at;
    size_t count, next;
};

/* Move behind the pair, and return the candidate that is its second spelling itself, else NULL. */
static const struct candidate *pass_pair(struct queue *queue, const struct pair *pair) {
    const struct candidate *found = NULL;
    for (; queue->next < queue->count && queue->at[queue->next].start < pair->end; queue->next++) {
        const struct candidate *candidate = &queue->at[queue->next];
        if (!candidate->beaten && candidate->start == pair->start && candidate->end == pair->end)
            found = candidate;
    }
    return found;
}

/* What a pair passed over is told as beaten. */
static bool add_passed(struct resolver *resolver, const struct queue *queue, size_t from,
                       const struct candidate *own) {
    for (size_t i = from; i < queue->next; i++) {
        if (&queue->at[i] == own) continue;
        struct candidate passed = queue->at[i];
        passed.beaten = true;
        struct hit *hit = add_hit(resolver);
        if (!hit) return false;
        look_up(resolver, &passed, hit);
    }
    return true;
}

/* The second spelling of a pair as a hit: by its own rule when one found it and knows it. */
static struct hit second_of(const struct resolver *resolver, const struct hit *first,
                            const struct candidate *candidate) {
    if (candidate) {
        struct hit own;
        look_up(resolver, candidate, &own);
        if (hit_counts(&own)) return own;
    }
    return *first;
}

/* Let the hit that was added last be the first of a pair, and add the second. */
static bool add_pair(struct resolver *resolver, struct beside *beside, struct queue *queue,
                     struct pair pair) {
    size_t from = queue->next;
    const struct candidate *own = pass_pair(queue, &pair);
    struct hit *first = &resolver->hits[resolver->count - 1],
               second = second_of(resolver, first, own);
    second.start = pair.start;
    second.end = pair.end;
    second.text = view_part(beside->text, pair.start, pair.end);
    second.number = pair.number;
    second.gloss_at = beside_close(beside, first->start, pair.start, pair.end);
    settle(resolver, beside, &second, first->start);
    first->answer = second.answer;
    memcpy(first->others, second.others, sizeof first->others);
    first->other_count = second.other_count;
    first->symbol_stands = second.symbol_stands;
    first->gloss_at = second.gloss_at;
    first->state = second.state == HIT_GLOSSED ? HIT_SHARED : second.state;
    if (!add_passed(resolver, queue, from, own)) return false;
    struct hit *last = add_hit(resolver);
    if (last) *last = second;
    return last != NULL;
}

static bool resolve_next(struct resolver *resolver, struct beside *beside, struct queue *queue) {
    struct hit *hit = add_hit(resolver);
    struct pair pair;
    if (!hit) return false;
    look_up(resolver, &queue->at[queue->next++], hit);
    if (hit->state != HIT_GLOSSED) return true;
    if (hit->numeric && beside_spelling(beside, hit->end, hit->number, hit->text, &pair.start,
                                        &pair.end, &pair.number))
        return add_pair(resolver, beside, queue, pair);
    settle(resolver, beside, hit, hit->start);
    return true;
}

static void next_line(struct resolver *resolver) {
    resolver->count = 0;
    resolver->seen_count = 0;
    if (++resolver->line == 0) {
        memset(resolver->seen, 0, SEEN_PLACES * sizeof *resolver->seen);
        resolver->line = 1;
    }
}

bool resolve_piece(struct resolver *resolver, const struct piece *piece,
                   const struct candidate *candidates, size_t count, size_t *undecided) {
    struct beside beside = {piece->text, !piece->ends, false};
    struct queue queue = {candidates, count, 0};
    next_line(resolver);
    while (queue.next < count) {
        size_t end = candidates[queue.next].end;
        if (!resolve_next(resolver, &beside, &queue)) return false;
        if (beside.ran_out && end < *undecided) *undecided = end;
        beside.ran_out = false;
    }
    return true;
}
