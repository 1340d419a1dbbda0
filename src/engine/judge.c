#include "judge.h"

static bool knows(const void *context, const struct candidate *candidate) {
    return resolver_knows(context, candidate);
}

bool judge_init(struct judge *judge, const eg_glossary *glossary) {
    bool evidence = evidence_init(&judge->evidence, &glossary->rules);
    bool scan = scan_init(&judge->scan, &glossary->rules, &judge->evidence);
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
