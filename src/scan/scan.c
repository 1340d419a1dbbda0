#include "scan.h"

#include <stdlib.h>

#include "overlap.h"
#include "whole.h"

bool scan_init(struct scan *scan, const struct ruleset *rules) {
    *scan = (struct scan){.rules = rules, .matcher = matcher_new(ruleset_groups(rules))};
    scan->taken = calloc(1, PIECE_MOST);
    return scan->matcher && scan->taken;
}

void scan_free(struct scan *scan) {
    matcher_free(scan->matcher);
    free(scan->candidates);
    free(scan->taken);
    uncoloured_free(&scan->uncoloured);
    *scan = (struct scan){0};
}

/* A rule at work on a text. */
struct search {
    struct scan *scan;
    const struct rule *rule;
    size_t rank;
    struct view text;
    unsigned flags;
};

static bool add_candidate(const struct search *search, struct pattern_match match) {
    struct scan *scan = search->scan;
    void *candidates = scan->candidates;
    bool roomy =
        grow_array(&candidates, &scan->capacity, scan->count + 1, sizeof *scan->candidates);
    scan->candidates = candidates;
    if (roomy)
        scan->candidates[scan->count++] =
            (struct candidate){.start = match.start,
                               .end = match.end,
                               .text = view_part(search->text, match.start, match.end),
                               .rule = search->rule,
                               .rank = search->rank};
    return roomy;
}

/* Where the search goes on: behind the code, and always further on. */
static size_t resume(size_t from, struct pattern_match match) {
    return match.end > from ? match.end : from + 1;
}

/* Successive leftmost matches of the rule become candidates. */
static bool search_all(const struct search *search) {
    struct pattern_match match;
    for (size_t from = 0; from <= search->text.size; from = resume(from, match)) {
        enum pattern_answer answer = pattern_find(search->rule->pattern, search->scan->matcher,
                                                  search->text, from, search->flags, &match);
        if (answer == PATTERN_LIMIT) search->scan->skips++;
        if (answer != PATTERN_FOUND) break;
        if (!code_is_whole(search->rule, search->text, match.start, match.end)) continue;
        if (!add_candidate(search, match)) return false;
    }
    return true;
}

/* The first place where the rest of the line could still make a code end. */
static size_t search_undecided(const struct search *search) {
    struct pattern_match match;
    for (size_t from = 0; from <= search->text.size; from = resume(from, match)) {
        enum pattern_answer answer =
            pattern_find(search->rule->pattern, search->scan->matcher, search->text, from,
                         search->flags | MATCH_UNFINISHED, &match);
        if (answer == PATTERN_NONE) break;
        if (answer == PATTERN_OPEN) return code_first_end(search->rule, search->text, match.start);
        if (answer == PATTERN_LIMIT) return code_first_end(search->rule, search->text, from);
    }
    return ALL_DECIDED;
}

static unsigned flags_of(const struct scan *scan, const struct piece *piece) {
    unsigned flags = 0;
    if (piece->at > 0) flags |= MATCH_NOT_START;
    if (!piece->ends) flags |= MATCH_NOT_END;
    if (scan->interpreted) flags |= MATCH_INTERPRETED;
    return flags;
}

static bool search_rules(struct scan *scan, const struct piece *piece, struct view text,
                         size_t *ret_undecided) {
    struct search search = {scan, NULL, 0, text, flags_of(scan, piece)};
    *ret_undecided = ALL_DECIDED;
    for (size_t i = 0; i < scan->rules->count; i++) {
        search.rule = scan->rules->rules[i];
        search.rank = i;
        if (!search_all(&search)) return false;
        if (!piece->open) continue;
        size_t undecided = search_undecided(&search);
        if (undecided < *ret_undecided) *ret_undecided = undecided;
    }
    return true;
}

static void map_back(struct scan *scan, const struct piece *piece, size_t *undecided) {
    const struct uncoloured *uncoloured = &scan->uncoloured;
    for (size_t i = 0; i < scan->count; i++) {
        struct candidate *candidate = &scan->candidates[i];
        candidate->start = coloured_start(uncoloured, candidate->start);
        candidate->end = coloured_end(uncoloured, candidate->end);
    }
    if (*undecided != ALL_DECIDED) *undecided = coloured_end(uncoloured, *undecided);
    if (uncoloured->unfinished < piece->text.size && uncoloured->unfinished < *undecided)
        *undecided = uncoloured->unfinished;
}

bool scan_piece(struct scan *scan, const struct piece *piece, size_t *ret_undecided) {
    uint64_t skips = scan->skips;
    scan->count = 0;
    if (!has_colours(piece->text)) {
        if (!search_rules(scan, piece, piece->text, ret_undecided)) return false;
    } else {
        if (!uncoloured_make(&scan->uncoloured, piece->text, piece->open) ||
            !search_rules(scan, piece, buffer_view(&scan->uncoloured.text), ret_undecided))
            return false;
        map_back(scan, piece, ret_undecided);
    }
    /* an open piece is judged again: its skips are counted then */
    if (piece->open) scan->skips = skips;
    settle_overlaps(scan->candidates, scan->count, scan->taken);
    return true;
}

static bool yields(const struct scan *scan, const struct proof *proof) {
    for (size_t i = 0; i < scan->count; i++)
        if (view_equal(scan->candidates[i].text, proof->code)) return true;
    return false;
}

bool scan_prove(struct scan *scan, const struct rule *rule, struct fault *fault) {
    for (const struct proof *proof = rule->proofs; proof; proof = proof->next) {
        struct search search = {scan, rule, 0, proof->text, 0};
        scan->count = 0;
        if (!search_all(&search)) return fault_memory(fault);
        if (proof->silent ? scan->count == 0 : yields(scan, proof)) continue;
        return fault_at(fault, rule->origin, proof->line, proof->column,
                        proof->silent ? "rule %.*s hits this silent line"
                                      : "rule %.*s does not find the code of this sample",
                        (int)rule->name.size, rule->name.at);
    }
    return true;
}
