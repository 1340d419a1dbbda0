#include "scan.h"

#include <stdlib.h>

#include "overlap.h"
#include "search.h"

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

static unsigned flags_of(const struct scan *scan, const struct piece *piece) {
    unsigned flags = 0;
    if (piece->at > 0) flags |= MATCH_NOT_START;
    if (!piece->ends) flags |= MATCH_NOT_END;
    if (scan->interpreted) flags |= MATCH_INTERPRETED;
    return flags;
}

static bool search_rules(struct scan *scan, const struct piece *piece, struct view text,
                         size_t *ret_undecided) {
    struct search search = {scan, NULL, 0, text, flags_of(scan, piece)};
    *ret_undecided = ALL_DECIDED;
    for (size_t i = 0; i < scan->rules->codes; i++) {
        search.rule = scan->rules->rules[i];
        search.rank = i;
        if (!search_rule(&search, piece, ret_undecided)) return false;
    }
    return true;
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
    search_weigh(scan, piece);
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
