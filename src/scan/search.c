#include "search.h"

#include "reach.h"
#include "whole.h"

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
                               .begin = match.begin,
                               .doubtful = search->rule->after.regex.size > 0,
                               .rule = search->rule,
                               .rank = search->rank};
    return roomy;
}

bool search_holds(const struct search *search, const struct candidate *candidate) {
    struct pattern_match match;
    size_t at = candidate->begin, from = at > AFTER_REACH ? at - AFTER_REACH : 0;
    struct view before = view_part(search->text, from, at);
    unsigned flags = search->flags & MATCH_INTERPRETED;
    if (from > 0 || search->flags & MATCH_NOT_START) flags |= MATCH_NOT_START;
    return pattern_find(&candidate->rule->after, search->scan->matcher, before, 0, flags, &match) ==
           PATTERN_FOUND;
}

/* Where the search goes on: behind the code, and always further on; just behind the begin of a
 * match of which it is not known whether it stands where the rule wants it. */
static size_t resume(const struct search *search, size_t from, struct pattern_match match) {
    if (search->rule->after.regex.size) return match.begin + 1;
    return match.end > from ? match.end : from + 1;
}

/* A match becomes a candidate when its code is whole. */
static bool take_match(const struct search *search, struct pattern_match match) {
    return !code_is_whole(search->rule, search->text, match.start, match.end) ||
           add_candidate(search, match);
}

/* Successive leftmost matches of the rule become candidates. */
bool search_all(const struct search *search) {
    struct pattern_match match;
    for (size_t from = 0; from <= search->text.size; from = resume(search, from, match)) {
        enum pattern_answer answer = pattern_find(&search->rule->pattern, search->scan->matcher,
                                                  search->text, from, search->flags, &match);
        if (answer == PATTERN_LIMIT) search->scan->skips++;
        if (answer != PATTERN_FOUND) break;
        if (!take_match(search, match)) return false;
    }
    return true;
}

/* The turn of the rule in the piece at hand. */
static struct turn *turn_of(const struct search *search) {
    struct turn *turn = &search->scan->turns[search->rank];
    if (turn->piece != search->scan->pieces) *turn = (struct turn){search->scan->pieces, false, 0};
    return turn;
}

bool search_place(const struct search *search, size_t at) {
    struct pattern_match match;
    struct turn *turn = turn_of(search);
    bool headed = search->rule->headless && search->scan->evidence->heard->columns.count;
    if (turn->given_up || at < turn->from || headed) return true;
    enum pattern_answer answer = pattern_find(&search->rule->pattern, search->scan->matcher,
                                              search->text, at, search->flags | MATCH_HERE, &match);
    turn->given_up = answer == PATTERN_LIMIT;
    search->scan->skips += turn->given_up;
    if (answer != PATTERN_FOUND) return true;
    turn->from = resume(search, at, match);
    return take_match(search, match);
}

static bool counts(const void *context, size_t start, size_t end) {
    const struct search *search = context;
    return code_is_whole(search->rule, search->text, start, end);
}

/* Where the word begins in which the text ends: a code that stands there may go on. */
static size_t last_word(struct view text) {
    size_t at = text.size;
    while (at > 0 && !is_control(text.at[at - 1]) && text.at[at - 1] != ' ') at--;
    return at;
}

/* Of a match that more text could make. */
static size_t open_end(const struct search *search, size_t start) {
    struct judge_code judge = {counts, search};
    size_t reached =
        reach_first_end(&search->rule->pattern, search->text, start, search->flags, &judge);
    if (reached == REACH_UNKNOWN) return code_first_end(search->rule, search->text, start);
    size_t word = last_word(search->text);
    size_t going_on = code_first_end(search->rule, search->text, word > start ? word : start);
    return going_on < reached ? going_on : reached;
}

/* The first place where the rest of the line could still make a code end. */
static size_t search_undecided(const struct search *search) {
    struct pattern_match match;
    for (size_t from = 0; from <= search->text.size; from = resume(search, from, match)) {
        enum pattern_answer answer =
            pattern_find(&search->rule->pattern, search->scan->matcher, search->text, from,
                         search->flags | MATCH_UNFINISHED, &match);
        if (answer == PATTERN_NONE) break;
        if (answer == PATTERN_OPEN) return open_end(search, match.start);
        if (answer == PATTERN_LIMIT) return code_first_end(search->rule, search->text, from);
    }
    return ALL_DECIDED;
}

/* A column is known when the line is complete; of one that is not, the field that stands there
 * could still get a gloss. */
bool search_column(const struct search *search, const struct piece *piece, size_t *ret_undecided) {
    const struct columns *columns = &search->scan->evidence->heard->columns;
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

void search_open(const struct search *search, size_t *ret_undecided) {
    bool headed = search->rule->headless && search->scan->evidence->heard->columns.count;
    size_t undecided = headed ? ALL_DECIDED : search_undecided(search);
    if (undecided < *ret_undecided) *ret_undecided = undecided;
}

bool search_rule(const struct search *search, const struct piece *piece, size_t *ret_undecided) {
    const struct rule *rule = search->rule;
    if (rule->kind == RULE_COLUMN) return search_column(search, piece, ret_undecided);
    if (rule->headless && search->scan->evidence->heard->columns.count) return true;
    if (!search_all(search)) return false;
    if (piece->open) search_open(search, ret_undecided);
    return true;
}

static bool is_asked(const struct candidate *candidate) {
    uint64_t dialects = candidate->rule->dialects;
    return dialects == 0 || (dialects >> candidate->verdict.dialect & 1);
}

static bool is_unknown(const struct scan *scan, const struct candidate *candidate) {
    const struct knower *knower = &scan->knower;
    return candidate->rule->quiet && knower->knows && !knower->knows(knower->context, candidate);
}

void search_weigh(struct scan *scan, const struct piece *piece) {
    size_t kept = 0;
    for (size_t i = 0; i < scan->count; i++) {
        struct candidate *candidate = &scan->candidates[i];
        candidate->verdict = evidence_judge(scan->evidence, piece, candidate->start);
        if (!is_asked(candidate)) continue;
        candidate->unknown = is_unknown(scan, candidate);
        scan->candidates[kept++] = *candidate;
    }
    scan->count = kept;
}
