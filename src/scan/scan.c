#include "scan.h"

#include <stdlib.h>

#include "overlap.h"
#include "whole.h"

bool scan_init(struct scan *scan, const struct ruleset *rules, struct evidence *evidence) {
    *scan = (struct scan){
        .rules = rules, .evidence = evidence, .matcher = matcher_new(ruleset_groups(rules))};
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

/* A column is known when the line is complete; of one that is not, the field that stands there
 * could still get a gloss. */
static bool search_column(const struct search *search, const struct piece *piece,
                          size_t *ret_undecided) {
    const struct columns *columns = &search->scan->evidence->columns;
    struct view name = search->rule->column;
    struct pattern_match match;
    if (piece->at > 0 || columns->count == 0) return true;
    if (!piece->ends) {
        size_t undecided = columns_undecided(columns, name, search->text);
        if (undecided < *ret_undecided) *ret_undecided = undecided;
        return true;
    }
    return !columns_find(columns, name, search->text, &match.start, &match.end) ||
           !code_is_whole(search->rule, search->text, match.start, match.end) ||
           add_candidate(search, match);
}

static bool search_match(const struct search *search, const struct piece *piece,
                         size_t *ret_undecided) {
    if (!search_all(search)) return false;
    if (!piece->open) return true;
    size_t undecided = search_undecided(search);
    if (undecided < *ret_undecided) *ret_undecided = undecided;
    return true;
}

static bool search_rules(struct scan *scan, const struct piece *piece, struct view text,
                         size_t *ret_undecided) {
    struct search search = {scan, NULL, 0, text, flags_of(scan, piece)};
    *ret_undecided = ALL_DECIDED;
    for (size_t i = 0; i < scan->rules->codes; i++) {
        search.rule = scan->rules->rules[i];
        search.rank = i;
        bool column = search.rule->kind == RULE_COLUMN;
        if (!(column ? search_column : search_match)(&search, piece, ret_undecided)) return false;
    }
    return true;
}

static bool is_asked(const struct candidate *candidate) {
    uint64_t dialects = candidate->rule->dialects;
    size_t spoken = candidate->verdict.dialect;
    return dialects == 0 || (spoken != NO_DIALECT && (dialects >> spoken & 1));
}

/* Ask for whose line it is, and drop what rules for other dialects found. */
static void weigh(struct scan *scan, const struct piece *piece) {
    size_t kept = 0;
    for (size_t i = 0; i < scan->count; i++) {
        struct candidate *candidate = &scan->candidates[i];
        candidate->verdict = evidence_judge(scan->evidence, piece, candidate->start);
        if (is_asked(candidate)) scan->candidates[kept++] = *candidate;
    }
    scan->count = kept;
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

static bool find_candidates(struct scan *scan, const struct piece *piece, struct view text,
                            size_t *ret_undecided) {
    if (!evidence_look(scan->evidence, piece, text)) return false;
    if (!search_rules(scan, piece, text, ret_undecided)) return false;
    weigh(scan, piece);
    return true;
}

bool scan_piece(struct scan *scan, const struct piece *piece, size_t *ret_undecided) {
    uint64_t skips = scan->skips;
    scan->count = 0;
    if (!has_colours(piece->text)) {
        if (!find_candidates(scan, piece, piece->text, ret_undecided)) return false;
    } else {
        if (!uncoloured_make(&scan->uncoloured, piece->text, piece->open) ||
            !find_candidates(scan, piece, buffer_view(&scan->uncoloured.text), ret_undecided))
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

static bool run_column(const struct search *search, const struct proof *proof) {
    struct piece piece = piece_of_line(proof->text, 0);
    size_t undecided;
    struct columns *columns = &search->scan->evidence->columns;
    columns->count = 0;
    if (is_header(proof->given) && !columns_read(columns, proof->given)) return false;
    return search_column(search, &piece, &undecided);
}

static bool run_proof(struct scan *scan, const struct rule *rule, const struct proof *proof,
                      bool *ret_kept) {
    struct search search = {scan, rule, 0, proof->text, 0};
    struct pattern_match match;
    scan->count = 0;
    if (rule->kind == RULE_DIALECT) {
        bool spoken = pattern_find(rule->pattern, scan->matcher, proof->text, 0, MATCH_NOT_END,
                                   &match) == PATTERN_FOUND;
        *ret_kept = spoken != proof->silent;
        return true;
    }
    if (!(rule->kind == RULE_COLUMN ? run_column(&search, proof) : search_all(&search)))
        return false;
    *ret_kept = proof->silent ? scan->count == 0 : yields(scan, proof);
    return true;
}

bool scan_prove(struct scan *scan, const struct rule *rule, struct fault *fault) {
    for (const struct proof *proof = rule->proofs; proof; proof = proof->next) {
        bool kept;
        if (!run_proof(scan, rule, proof, &kept)) return fault_memory(fault);
        if (kept) continue;
        return fault_at(fault, rule->origin, proof->line, proof->column,
                        proof->silent ? "rule %.*s hits this silent line"
                                      : "rule %.*s does not find the code of this sample",
                        (int)rule->name.size, rule->name.at);
    }
    return true;
}
