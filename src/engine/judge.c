#include "judge.h"

static bool knows(const void *context, const struct candidate *candidate) {
    return resolver_knows(context, candidate);
}

bool judge_init(struct judge *judge, const eg_glossary *glossary) {
    struct gates *gates = glossary->gates;
    bool gated = !gates || gates_make(gates, &glossary->rules);
    bool evidence = gated && evidence_init(&judge->evidence, &glossary->rules,
                                           gates ? gates_of_dialects(gates) : NULL);
    bool scan = gated && scan_init(&judge->scan, &glossary->rules,
                                   gates ? gates_of_codes(gates) : NULL, &judge->evidence);
    bool resolver = resolver_init(&judge->resolver, &glossary->knowledge);
    judge->evidence.forced = glossary->forced;
    judge->scan.knower = (struct knower){knows, &judge->resolver};
    return evidence && scan && resolver;
}

void judge_free(struct judge *judge) {
    evidence_free(&judge->evidence);
    scan_free(&judge->scan);
    resolver_free(&judge->resolver);
}

void judge_begin(struct judge *judge) {
    evidence_begin(&judge->evidence);
}

bool judge_piece(struct judge *judge, const struct piece *piece, size_t *ret_undecided) {
    return scan_piece(&judge->scan, piece, ret_undecided) &&
           resolve_piece(&judge->resolver, piece, judge->scan.candidates, judge->scan.count,
                         ret_undecided) &&
           (!piece->ends || evidence_close(&judge->evidence, piece));
}

static bool lies_ahead(const struct scan *scan, struct view lines) {
    const struct view *ahead = &scan->ahead;
    return ahead->size && lines.at >= ahead->at && lines.at + lines.size == ahead->at + ahead->size;
}

bool judge_pass(struct judge *judge, struct view lines, size_t *ret_size) {
    struct scan *scan = &judge->scan;
    *ret_size = 0;
    if (lines.size == 0 || !scan_sees_ahead(scan)) return true;
    if (!lies_ahead(scan, lines) && !scan_ahead(scan, lines)) return false;
    size_t from = (size_t)(lines.at - scan->ahead.at);
    *ret_size = scan_next_line(scan, from) - from;
    evidence_pass(&judge->evidence, *ret_size);
    return true;
}

void judge_forget(struct judge *judge) {
    judge->scan.ahead = VIEW("");
}
