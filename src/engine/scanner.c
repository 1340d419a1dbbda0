#include <stdlib.h>

#include "gloss.h"
#include "hits.h"
#include "judge.h"

struct eg_scanner {
    struct judge judge;
    struct hits hits;
    struct hit *found; /* the same hits as the resolver gave them: it knows those of one piece */
    size_t found_count, found_capacity;
    struct buffer gloss;
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
    free(scanner->found);
    buffer_free(&scanner->gloss);
    free(scanner);
}

void eg_scanner_begin(eg_scanner *scanner) {
    judge_begin(&scanner->judge);
}

static bool keep_hits(eg_scanner *scanner, const struct piece *piece) {
    const struct resolver *resolver = &scanner->judge.resolver;
    void *items = scanner->found;
    bool roomy = grow_array(&items, &scanner->found_capacity,
                            scanner->found_count + resolver->count, sizeof *scanner->found);
    scanner->found = items;
    for (size_t i = 0; roomy && i < resolver->count; i++)
        if (hit_is_of(&resolver->hits[i], piece))
            scanner->found[scanner->found_count++] = resolver->hits[i];
    return roomy && hits_add(&scanner->hits, resolver, piece, (size_t)piece->at);
}

size_t eg_scanner_line(eg_scanner *scanner, const char *line, size_t size,
                       const eg_hit **ret_hits) {
    size_t undecided;
    struct piece piece;
    scanner->hits.count = scanner->found_count = 0;
    for (size_t at = 0;; at += PIECE_STRIDE) {
        piece = piece_of_line(view_of(line ? line : "", size), at);
        if (piece.ends) piece.ending = VIEW("\n");
        if (!judge_piece(&scanner->judge, &piece, &undecided) || !keep_hits(scanner, &piece))
            return SIZE_MAX;
        if (piece.ends) break;
    }
    *ret_hits = scanner->hits.at;
    return scanner->hits.count;
}

bool eg_scanner_gloss(eg_scanner *scanner, size_t index, const eg_style *style,
                      eg_text *ret_gloss) {
    struct gloss_style how = {0};
    if (style)
        how = (struct gloss_style){.summary_most = style->summary_most,
                                   .coloured = style->coloured,
                                   .linked = style->linked};
    buffer_clear(&scanner->gloss);
    if (index < scanner->found_count && scanner->found[index].state == HIT_GLOSSED)
        gloss_write(&scanner->gloss, &scanner->found[index], &how);
    *ret_gloss = public_text(buffer_view(&scanner->gloss));
    return !scanner->gloss.failed;
}
