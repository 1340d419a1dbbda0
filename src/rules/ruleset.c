#include "ruleset.h"

#include <stdlib.h>

#include "buffer.h"

void ruleset_free(struct ruleset *set) {
    for (size_t i = 0; i < set->count; i++) rule_clean(set->rules[i]);
    free(set->rules);
    arena_free(&set->arena);
    *set = (struct ruleset){0};
}

static size_t place_of(const struct ruleset *set, struct view name) {
    size_t place = 0;
    while (place < set->count && !view_equal(set->rules[place]->name, name)) place++;
    return place;
}

const struct rule *ruleset_find(const struct ruleset *set, struct view name) {
    size_t place = place_of(set, name);
    return place < set->count ? set->rules[place] : NULL;
}

static bool put(struct ruleset *set, struct rule *rule, struct fault *fault) {
    size_t place = place_of(set, rule->name);
    void *rules = set->rules;
    if (!grow_array(&rules, &set->capacity, set->count + 1, sizeof *set->rules))
        return fault_memory(fault);
    set->rules = rules;
    if (place == set->count)
        set->count++;
    else if (set->rules[place]->origin.at != rule->origin.at)
        rule_clean(set->rules[place]);
    else
        return fault_at(fault, rule->origin, rule->line, 2, "rule %.*s stands on line %zu already",
                        (int)rule->name.size, rule->name.at, set->rules[place]->line);
    rule->order = set->orders++;
    set->rules[place] = rule;
    return true;
}

bool ruleset_add(struct ruleset *set, struct view origin, struct view text, unsigned layer,
                 struct fault *fault) {
    struct notation_reader reader = {text, origin, 0, 0};
    struct notation_line head;
    enum notation first = notation_next(&reader, &head, fault);
    if (first == NOTATION_FAULT) return false;
    if (first == NOTATION_KEY)
        return fault_at(fault, origin, head.line, head.name_column,
                        "a key stands below its rule's [name]");
    for (bool more = first == NOTATION_RULE; more;) {
        struct rule *rule = rule_read(&reader, &head, &set->arena, &more, fault);
        if (!rule) return false;
        rule->layer = layer;
        if (!put(set, rule, fault)) {
            rule_clean(rule);
            return false;
        }
    }
    return true;
}

bool ruleset_drop(struct ruleset *set, struct view name) {
    size_t place = place_of(set, name);
    if (place == set->count) return false;
    rule_clean(set->rules[place]);
    struct rule **at = set->rules + place;
    memmove(at, at + 1, (set->count - place - 1) * sizeof *at);
    set->count--;
    return true;
}

static int by_precedence(const void *left, const void *right) {
    const struct rule *a = *(struct rule *const *)left, *b = *(struct rule *const *)right;
    if (a->layer != b->layer) return a->layer > b->layer ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

void ruleset_sort(struct ruleset *set) {
    if (set->count) qsort(set->rules, set->count, sizeof *set->rules, by_precedence);
}

uint32_t ruleset_groups(const struct ruleset *set) {
    uint32_t most = 1;
    for (size_t i = 0; i < set->count; i++) {
        uint32_t groups = pattern_groups(set->rules[i]->pattern);
        if (groups > most) most = groups;
    }
    return most;
}
