#include <stdlib.h>

#include "hits.h"
#include "judge.h"

struct eg_scanner {
    struct judge judge;
    struct hits hits;
};

eg_scanner *eg_scanner_new(const eg_glossary *glossary) {
    eg_scanner *scanner = calloc(1, sizeof *scanner);
    if (scanner && judge_init(&scanner->judge, glossary)) return scanner;
    eg_scanner_free(scanner);
    return NULL;
}

void eg_scanner_free(eg_scanner *scanner) {
    if (!scanner) return;
    judge_free(&scanner->judge);
    hits_free(&scanner->hits);
    free(scanner);
}

void eg_scanner_begin(eg_scanner *scanner) {
    judge_begin(&scanner->judge);
}

size_t eg_scanner_line(eg_scanner *scanner, const char *line, size_t size,
                       const eg_hit **ret_hits) {
    size_t undecided;
    struct piece piece;
    scanner->hits.count = 0;
    for (size_t at = 0;; at += PIECE_STRIDE) {
        piece = piece_of_line(view_of(line ? line : "", size), at);
        if (piece.ends) piece.ending = VIEW("\n");
        if (!judge_piece(&scanner->judge, &piece, &undecided) ||
            !hits_add(&scanner->hits, &scanner->judge.resolver, &piece, (size_t)piece.at))
            return SIZE_MAX;
        if (piece.ends) break;
    }
    *ret_hits = scanner->hits.at;
    return scanner->hits.count;
}
