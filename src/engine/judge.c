#include "judge.h"

bool judge_init(struct judge *judge, const eg_glossary *glossary) {
    bool scan = scan_init(&judge->scan, &glossary->rules);
    bool resolver = resolver_init(&judge->resolver, &glossary->knowledge);
    return scan && resolver;
}

void judge_free(struct judge *judge) {
    scan_free(&judge->scan);
    resolver_free(&judge->resolver);
}

bool judge_piece(struct judge *judge, const struct piece *piece, size_t *ret_undecided) {
    return scan_piece(&judge->scan, piece, ret_undecided) &&
           resolve_piece(&judge->resolver, piece, judge->scan.candidates, judge->scan.count,
                         ret_undecided);
}
