#include "scan.h"

#include <stdlib.h>

#include "overlap.h"
#include "search.h"

/* What a line is looked at for beside the rules: by their numbers behind those of the rules. */
static const struct view watched[] = {{"\x1b", 1}, {"\\{", 2}, {"^#Fields:", 9}};
enum { WATCHED = sizeof watched / sizeof *watched };

bool scan_gate(struct gate *gate, const struct ruleset *rules, enum starts_build build) {
    struct view *regexes = calloc(rules->codes + WATCHED, sizeof *regexes);
    if (!regexes) return false;
    for (size_t i = 0; i < rules->codes; i++) regexes[i] = rules->rules[i]->pattern.regex;
    memcpy(regexes + rules->codes, watched, sizeof watched);
    bool fine = gate_init(gate, regexes, rules->codes + WATCHED, build);
    free(regexes);
    return fine;
}

static void sort_rules(struct scan *scan, const struct gate *gate) {
    scan->all_followed = gate != NULL;
    for (size_t i = 0; i < scan->rules->codes; i++) {
        bool column = scan->rules->rules[i]->kind == RULE_COLUMN;
        bool followed = gate && gate_follows(gate, i);
        if (!followed) scan->others[scan->other_count++] = i;
        scan->all_followed &= followed || column;
    }
}

bool scan_init(struct scan *scan, const struct ruleset *rules, const struct gate *gate,
               struct evidence *evidence) {
    *scan = (struct scan){.rules = rules,
                          .evidence = evidence,
                          .matcher = matcher_new(ruleset_patterns(rules)),
                          .taken = calloc(1, PIECE_MOST),
                          .turns = calloc(rules->codes + 1, sizeof *scan->turns),
                          .others = calloc(rules->codes + 1, sizeof *scan->others)};
    if (!scan->matcher || !scan->taken || !scan->turns || !scan->others) return false;
    sort_rules(scan, gate);
    return !gate || sweep_init(&scan->sweep, gate);
}

void scan_free(struct scan *scan) {
    matcher_free(scan->matcher);
    sweep_free(&scan->sweep);
    places_free(&scan->places);
    places_free(&scan->coming);
    free(scan->turns);
    free(scan->others);
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

static bool was_swept(const struct scan *scan, const struct piece *piece, struct view text) {
    return piece->ends && piece->at == 0 && scan->ahead.size && text.at >= scan->ahead.at &&
           text.at < scan->ahead.at + scan->ahead.size;
}

/* The places of a line of those that were swept, as the next of `coming`. */
static bool take_coming(struct scan *scan, struct view text) {
    const struct places *coming = &scan->coming;
    size_t base = (size_t)(text.at - scan->ahead.at);
    struct places line = {.at = scan->places.at, .capacity = scan->places.capacity};
    void *at = line.at;
    while (scan->passed < coming->count && coming->at[scan->passed].at < base) scan->passed++;
    size_t end = scan->passed;
    while (end < coming->count && coming->at[end].at <= base + text.size) end++;
    line.count = end - scan->passed;
    if (!grow_array(&at, &line.capacity, line.count + 1, sizeof *line.at)) return false;
    line.at = at;
    for (size_t i = 0; i < line.count; i++) {
        line.at[i] = coming->at[scan->passed + i];
        line.at[i].at -= (uint32_t)base;
    }
    scan->places = line;
    scan->passed = end;
    return true;
}

static bool find_places(struct scan *scan, const struct piece *piece, struct view text) {
    if (was_swept(scan, piece, text)) return take_coming(scan, text);
    return sweep_text(&scan->sweep, text, piece->ends, &scan->places);
}

/* Ask the rules at the places where the gate says that they may match. */
static bool search_places(struct scan *scan, const struct piece *piece, struct view text) {
    if (!find_places(scan, piece, text)) return false;
    if (++scan->pieces == 0) memset(scan->turns, 0, scan->rules->codes * sizeof *scan->turns);
    for (size_t i = 0; i < scan->places.count; i++) {
        struct place place = scan->places.at[i];
        if (place.regex >= scan->rules->codes) continue;
        const struct search search = {scan, scan->rules->rules[place.regex], place.regex, text,
                                      flags_of(scan, piece)};
        if (!search_place(&search, place.at)) return false;
    }
    return true;
}

/* More text of an open piece could matter to a rule when it has a place there or was on its way. */
static void search_open_places(struct scan *scan, const struct search *at, size_t *ret_undecided) {
    struct search search = *at;
    for (size_t i = 0; i < scan->rules->codes; i++) {
        if (scan->turns[i].piece != scan->pieces && !scan->sweep.alive[i]) continue;
        search.rule = scan->rules->rules[i];
        search.rank = i;
        search_open(&search, ret_undecided);
    }
}

static bool search_rules(struct scan *scan, const struct piece *piece, struct view text,
                         size_t *ret_undecided) {
    struct search search = {scan, NULL, 0, text, flags_of(scan, piece)};
    *ret_undecided = ALL_DECIDED;
    if (scan->sweep.gate && !search_places(scan, piece, text)) return false;
    if (scan->sweep.gate && piece->open) search_open_places(scan, &search, ret_undecided);
    for (size_t i = 0; i < scan->other_count; i++) {
        search.rank = scan->others[i];
        search.rule = scan->rules->rules[search.rank];
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
    return !scan->evidence->failed;
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

bool scan_sees_ahead(const struct scan *scan) {
    return scan->all_followed && evidence_may_pass(scan->evidence);
}

/* A longer line is judged in pieces, which are swept one by one. */
static size_t next_long_line(struct view lines, size_t from) {
    while (lines.size - from > PIECE_MOST) {
        const char *end = memrchr(lines.at + from, '\n', PIECE_MOST + 1);
        if (!end) return from;
        from = (size_t)(end - lines.at) + 1;
    }
    return lines.size;
}

bool scan_ahead(struct scan *scan, struct view lines) {
    scan->ahead = lines;
    scan->passed = 0;
    scan->longer = next_long_line(lines, 0);
    return sweep_text(&scan->sweep, lines, true, &scan->coming);
}

static size_t line_start(struct view lines, size_t from, size_t at) {
    const char *end = memrchr(lines.at + from, '\n', at - from);
    return end ? (size_t)(end - lines.at) + 1 : from;
}

size_t scan_next_line(struct scan *scan, size_t from) {
    const struct places *coming = &scan->coming;
    while (scan->passed < coming->count && coming->at[scan->passed].at < from) scan->passed++;
    if (from > scan->longer) scan->longer = next_long_line(scan->ahead, from);
    if (scan->passed == coming->count || coming->at[scan->passed].at >= scan->longer)
        return scan->longer;
    return line_start(scan->ahead, from, coming->at[scan->passed].at);
}
