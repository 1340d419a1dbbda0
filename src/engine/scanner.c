#include <stdlib.h>

#include "buffer.h"
#include "judge.h"

struct eg_scanner {
    struct judge judge;
    eg_hit *hits;
    size_t count, capacity;
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
    free(scanner->hits);
    free(scanner);
}

void eg_scanner_begin(eg_scanner *scanner) {
    judge_begin(&scanner->judge);
}

static eg_hit public_hit(const struct hit *hit, size_t at) {
    const struct catalog *catalog = answer_catalog(&hit->answer);
    struct row row = catalog ? answer_row(&hit->answer) : (struct row){0};
    return (eg_hit){.start = at + hit->start,
                    .end = at + hit->end,
                    .text = public_text(hit->text),
                    .value = hit->answer.value,
                    .family = catalog ? public_text(catalog->family) : (eg_text){0},
                    .symbol = public_text(row.symbol),
                    .summary = public_text(row.summary),
                    .others = hit->other_count,
                    .rule = public_text(hit->rule->name),
                    .glossed = hit->state == HIT_GLOSSED,
                    .gloss_at = at + hit->gloss_at};
}

static bool add_hits(eg_scanner *scanner, const struct piece *piece) {
    const struct resolver *resolver = &scanner->judge.resolver;
    void *hits = scanner->hits;
    bool roomy = grow_array(&hits, &scanner->capacity, scanner->count + resolver->count,
                            sizeof *scanner->hits);
    scanner->hits = hits;
    for (size_t i = 0; roomy && i < resolver->count; i++) {
        const struct hit *hit = &resolver->hits[i];
        if (hit_counts(hit) && hit->end > piece->from && hit->end <= piece->to)
            scanner->hits[scanner->count++] = public_hit(hit, (size_t)piece->at);
    }
    return roomy;
}

size_t eg_scanner_line(eg_scanner *scanner, const char *line, size_t size,
                       const eg_hit **ret_hits) {
    size_t undecided;
    struct piece piece;
    scanner->count = 0;
    for (size_t at = 0;; at += PIECE_STRIDE) {
        piece = piece_of_line(view_of(line ? line : "", size), at);
        if (piece.ends) piece.ending = VIEW("\n");
        if (!judge_piece(&scanner->judge, &piece, &undecided) || !add_hits(scanner, &piece))
            return SIZE_MAX;
        if (piece.ends) break;
    }
    *ret_hits = scanner->hits;
    return scanner->count;
}
