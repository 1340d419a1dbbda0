#include "search.h"

static bool yields(const struct scan *scan, const struct proof *proof) {
    for (size_t i = 0; i < scan->count; i++)
        if (view_equal(scan->candidates[i].text, proof->code)) return true;
    return false;
}

static bool run_column(const struct search *search, const struct proof *proof) {
    struct piece piece = piece_of_line(proof->text, 0);
    size_t undecided;
    struct columns *columns = &search->scan->evidence->heard->columns;
    columns->count = 0;
    if (is_header(proof->given) && !columns_read(columns, proof->given)) return false;
    return search_column(search, &piece, &undecided);
}

/* What its rule wants before it is asked of every candidate, as none has to win here. */
static void drop_doubtful(const struct search *search) {
    struct scan *scan = search->scan;
    size_t kept = 0;
    for (size_t i = 0; i < scan->count; i++) {
        struct candidate *candidate = &scan->candidates[i];
        if (!candidate->doubtful || search_holds(search, candidate))
            scan->candidates[kept++] = *candidate;
    }
    scan->count = kept;
}

/* The line stands alone: it has to say itself whose it is where the rule is for a dialect. */
static bool run_match(const struct search *search, const struct proof *proof) {
    struct piece piece = piece_of_line(proof->text, 0);
    evidence_begin(search->scan->evidence);
    if (!evidence_look(search->scan->evidence, &piece, proof->text) || !search_all(search))
        return false;
    search_weigh(search->scan, &piece);
    drop_doubtful(search);
    return true;
}

static bool run_proof(struct scan *scan, const struct rule *rule, const struct proof *proof,
                      bool *ret_kept) {
    struct search search = {scan, rule, 0, proof->text, 0};
    struct pattern_match match;
    scan->count = 0;
    if (rule->kind == RULE_DIALECT) {
        bool spoken = pattern_find(&rule->pattern, scan->matcher, proof->text, 0, MATCH_NOT_END,
                                   &match) == PATTERN_FOUND;
        *ret_kept = spoken != proof->silent;
        return true;
    }
    if (!(rule->kind == RULE_COLUMN ? run_column(&search, proof) : run_match(&search, proof)))
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
