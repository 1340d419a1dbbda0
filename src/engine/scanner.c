#include <stdlib.h>

#include "annotate.h"
#include "hits.h"
#include "judge.h"

struct eg_scanner {
    struct judge judge;
    struct view line;
    struct hits hits;
    struct hit *found; /* the same hits as the resolver gave them: it knows those of one piece */
    size_t found_count, found_capacity;
    struct buffer codes; /* their texts, one after the other, where colours were taken out */
    struct annotator annotator;
    struct buffer text; /* what was written last */
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
    annotator_free(&scanner->annotator);
    buffer_free(&scanner->codes);
    buffer_free(&scanner->text);
    free(scanner);
}

void eg_scanner_interpret(eg_scanner *scanner, bool interpret) {
    scanner->judge.scan.interpreted = interpret;
}

void eg_scanner_begin(eg_scanner *scanner) {
    judge_begin(&scanner->judge);
}

bool eg_scanner_turn_to(eg_scanner *scanner, eg_text program) {
    return evidence_turn_to(&scanner->judge.evidence, view_of(program.at, program.size));
}

/* A hit of a piece, at its place in the line. */
static struct hit hit_of_line(struct hit hit, size_t base) {
    hit.start += base;
    hit.end += base;
    hit.gloss_at += base;
    return hit;
}

static bool stands_in_line(const eg_scanner *scanner, struct view code) {
    const char *line = scanner->line.at;
    return code.at >= line && code.at < line + scanner->line.size;
}

static void keep_hit(eg_scanner *scanner, struct hit hit) {
    scanner->found[scanner->found_count++] = hit;
    if (!stands_in_line(scanner, hit.text)) buffer_append(&scanner->codes, hit.text);
}

static bool keep_hits(eg_scanner *scanner, const struct piece *piece) {
    const struct resolver *resolver = &scanner->judge.resolver;
    void *items = scanner->found;
    bool roomy = grow_array(&items, &scanner->found_capacity,
                            scanner->found_count + resolver->count, sizeof *scanner->found);
    scanner->found = items;
    for (size_t i = 0; roomy && i < resolver->count; i++)
        if (hit_is_of(&resolver->hits[i], piece))
            keep_hit(scanner, hit_of_line(resolver->hits[i], (size_t)piece->at));
    return roomy && hits_add(&scanner->hits, resolver, piece, (size_t)piece->at);
}

/* What a piece says without colours lasts until the next piece: the codes that were found there are
 * those that were kept. */
static bool settle_codes(eg_scanner *scanner) {
    size_t at = 0;
    if (scanner->codes.failed) return false;
    for (size_t i = 0; i < scanner->found_count; i++) {
        struct view *code = &scanner->found[i].text;
        if (stands_in_line(scanner, *code)) continue;
        *code = view_part(buffer_view(&scanner->codes), at, at + code->size);
        scanner->hits.at[i].text = public_text(*code);
        at += code->size;
    }
    return true;
}

size_t eg_scanner_line(eg_scanner *scanner, const char *line, size_t size,
                       const eg_hit **ret_hits) {
    size_t undecided;
    struct piece piece;
    scanner->hits.count = scanner->found_count = 0;
    scanner->line = view_of(line ? line : "", size);
    buffer_clear(&scanner->codes);
    for (size_t at = 0;; at += PIECE_STRIDE) {
        piece = piece_of_line(scanner->line, at);
        if (piece.ends) piece.ending = VIEW("\n");
        if (!judge_piece(&scanner->judge, &piece, &undecided) || !keep_hits(scanner, &piece))
            return SIZE_MAX;
        if (piece.ends) break;
    }
    *ret_hits = scanner->hits.at;
    return settle_codes(scanner) ? scanner->hits.count : SIZE_MAX;
}

static struct gloss_style gloss_style_of(const eg_style *style) {
    if (!style) return (struct gloss_style){0};
    return (struct gloss_style){.summary_most = style->summary_most,
                                .brief = style->brief,
                                .coloured = style->coloured,
                                .linked = style->linked};
}

static bool text_is_whole(const eg_scanner *scanner, eg_text *ret_text) {
    *ret_text = public_text(buffer_view(&scanner->text));
    return !scanner->text.failed;
}

bool eg_scanner_gloss(eg_scanner *scanner, size_t index, const eg_style *style,
                      eg_text *ret_gloss) {
    struct gloss_style how = gloss_style_of(style);
    buffer_clear(&scanner->text);
    if (index < scanner->found_count && scanner->found[index].state == HIT_GLOSSED)
        gloss_write(&scanner->text, &scanner->found[index], &how);
    return text_is_whole(scanner, ret_gloss);
}

bool eg_scanner_annotate(eg_scanner *scanner, size_t from, const eg_style *style,
                         eg_text *ret_text) {
    size_t size = scanner->line.size, before = 0;
    struct piece whole = {.text = scanner->line, .from = from, .to = size, .ends = true};
    while (before < scanner->found_count && scanner->found[before].start < from) before++;
    buffer_clear(&scanner->text);
    scanner->annotator.style = gloss_style_of(style);
    /* where nothing was ever found there is no array to which anything may be added */
    annotate(&scanner->annotator, &scanner->text, &whole,
             before ? scanner->found + before : scanner->found, scanner->found_count - before,
             size);
    return text_is_whole(scanner, ret_text);
}
