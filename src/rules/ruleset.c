#include "ruleset.h"

#include <stdlib.h>

#include "buffer.h"

void ruleset_free(struct ruleset *set) {
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
    else if (set->rules[place]->origin.at == rule->origin.at)
        return fault_at(fault, rule->origin, rule->line, 2, "rule %.*s stands on line %zu already",
                        (int)rule->name.size, rule->name.at, set->rules[place]->line);
    rule->order = set->orders++;
    set->rules[place] = rule;
    return true;
}

bool ruleset_add(struct ruleset *set, struct view origin, struct view text, unsigned layer,
                 bool trusted, struct fault *fault) {
    struct notation_reader reader = {text, origin, 0, 0};
    struct notation_line head;
    enum notation first = notation_next(&reader, &head, fault);
    if (first == NOTATION_FAULT) return false;
    if (first == NOTATION_KEY)
        return fault_at(fault, origin, head.line, head.name_column,
                        "a key stands below its rule's [name]");
    for (bool more = first == NOTATION_RULE; more;) {
        struct rule *rule = rule_read(&reader, &head, trusted, &set->arena, &more, fault);
        if (!rule) return false;
        rule->layer = layer;
        if (!put(set, rule, fault)) return false;
    }
    return true;
}

bool ruleset_drop(struct ruleset *set, struct view name) {
    size_t place = place_of(set, name);
    if (place == set->count) return false;
    struct rule **at = set->rules + place;
    memmove(at, at + 1, (set->count - place - 1) * sizeof *at);
    set->count--;
    return true;
}

void ruleset_drop_symbols(struct ruleset *set) {
    size_t kept = 0;
    for (size_t i = 0; i < set->count; i++)
        if (!set->rules[i]->by_symbol) set->rules[kept++] = set->rules[i];
    set->count = kept;
}

static int by_precedence(const void *left, const void *right) {
    const struct rule *a = *(struct rule *const *)left, *b = *(struct rule *const *)right;
    bool a_dialect = a->kind == RULE_DIALECT, b_dialect = b->kind == RULE_DIALECT;
    if (a_dialect != b_dialect) return a_dialect ? 1 : -1;
    if (a->layer != b->layer) return a->layer > b->layer ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

void ruleset_sort(struct ruleset *set) {
    if (set->count) qsort(set->rules, set->count, sizeof *set->rules, by_precedence);
    for (set->codes = 0; set->codes < set->count; set->codes++)
        if (set->rules[set->codes]->kind == RULE_DIALECT) break;
    for (size_t i = 0; i < set->count; i++) {
        set->rules[i]->pattern.number = 2 * i;
        set->rules[i]->after.number = 2 * i + 1;
    }
}

static bool bind(const struct ruleset *set, struct rule *rule, struct view name,
                 struct fault *fault) {
    const struct rule *dialect;
    if (view_equal(name, VIEW("none"))) {
        rule->dialects |= (uint64_t)1 << NO_DIALECT;
        return true;
    }
    for (size_t i = 0; (dialect = ruleset_dialect(set, i)); i++) {
        if (!view_equal(dialect->name, name)) continue;
        rule->dialects |= (uint64_t)1 << i;
        return true;
    }
    return fault_at(fault, rule->origin, rule->spoken.line,
                    rule->spoken.column + (size_t)(name.at - rule->spoken.words.at),
                    "there is no dialect '%.*s'", (int)name.size, name.at);
}

bool ruleset_bind_dialects(struct ruleset *set, struct fault *fault) {
    const struct rule *beyond = ruleset_dialect(set, DIALECTS_MOST);
    if (beyond)
        return fault_at(fault, beyond->origin, beyond->line, 1, "over %d dialects", DIALECTS_MOST);
    for (size_t i = 0; i < set->count; i++) {
        struct rule *rule = set->rules[i];
        struct view names = rule->spoken.words, name;
        for (rule->dialects = 0; (name = view_word(&names)).size;)
            if (!bind(set, rule, name, fault)) return false;
    }
    return true;
}
