#include "scan.h"

#include <stdlib.h>

#include "ahead.h"
#include "overlap.h"
#include "search.h"

/* The gate's regexes are those of the rules by their ranks, then what else a line is looked at for,
 * then what the rules want before their matches. */
static const struct view watched[WATCHED] = {{"\x1b", 1}, {"\\{", 2}, {"^#Fields:", 9}};

static struct view *list_regexes(const struct ruleset *rules) {
    struct view *regexes = calloc(2 * rules->codes + WATCHED, sizeof *regexes);
    if (!regexes) return NULL;
    memcpy(regexes + rules->codes, watched, sizeof watched);
    for (size_t i = 0; i < rules->codes; i++) {
        regexes[i] = rules->rules[i]->pattern.regex;
        regexes[rules->codes + WATCHED + i] = rules->rules[i]->after.regex;
    }
    return regexes;
}

bool scan_gate(struct gate *gate, const struct ruleset *rules, enum starts_build build) {
    struct view *regexes = list_regexes(rules);
    size_t begins = rules->codes + WATCHED;
    bool fine = regexes && gate_init(gate, regexes, begins + rules->codes, begins, build);
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
                          .words = calloc(rules->codes + 1, sizeof *scan->words),
                          .others = calloc(rules->codes + 1, sizeof *scan->others)};
    if (!scan->matcher || !scan->taken || !scan->turns || !scan->words || !scan->others)
        return false;
    sort_rules(scan, gate);
    return !gate || sweep_init(&scan->sweep, gate);
}

void scan_free(struct scan *scan) {
    matcher_free(scan->matcher);
    sweep_free(&scan->sweep);
    places_free(&scan->places);
    places_free(&scan->coming);
    free(scan->turns);
    free(scan->words);
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

static bool find_places(struct scan *scan, const struct piece *piece, struct view text) {
    if (ahead_holds(scan, piece, text)) return ahead_take(scan, text);
    return sweep_text(&scan->sweep, text, piece->ends, &scan->places);
}

static void note_words(struct scan *scan, size_t rank, size_t at) {
    struct words_before *words = &scan->words[rank];
    size_t other = words->piece == scan->pieces ? words->last : SIZE_MAX;
    *words = (struct words_before){scan->pieces, at, other};
}

static bool is_within_reach(size_t at, size_t before) {
    return before < at && at - before <= AFTER_REACH;
}

/* Whether what the rule wants before a match could stand before one that begins at `at`. */
static bool may_be_after(const struct scan *scan, size_t rank, size_t at) {
    const struct words_before *words = &scan->words[rank];
    if (!gate_follows(scan->sweep.gate, scan->rules->codes + WATCHED + rank)) return true;
    if (words->piece != scan->pieces) return false;
    return is_within_reach(at, words->last) || is_within_reach(at, words->other);
}

static bool take_place(struct scan *scan, struct place place, const struct search *at) {
    size_t codes = scan->rules->codes;
    if (place.regex >= codes + WATCHED) note_words(scan, place.regex - codes - WATCHED, place.at);
    if (place.regex >= codes) return true;
    struct search search = *at;
    search.rank = place.regex;
    search.rule = scan->rules->rules[place.regex];
    bool wants = search.rule->after.regex.size > 0;
    return (wants && !may_be_after(scan, place.regex, place.at)) || search_place(&search, place.at);
}

/* Ask the rules at the places where the gate says that they may match. */
static bool search_places(struct scan *scan, const struct piece *piece, struct view text) {
    const struct search search = {scan, NULL, 0, text, flags_of(scan, piece)};
    if (!find_places(scan, piece, text)) return false;
    if (++scan->pieces == 0) {
        memset(scan->turns, 0, scan->rules->codes * sizeof *scan->turns);
        memset(scan->words, 0, scan->rules->codes * sizeof *scan->words);
        scan->pieces = 1;
    }
    for (size_t i = 0; i < scan->places.count; i++)
        if (!take_place(scan, scan->places.at[i], &search)) return false;
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

static bool holds(const void *context, const struct candidate *candidate) {
    return search_holds(context, candidate);
}

static void settle(struct scan *scan, const struct piece *piece) {
    bool coloured = has_colours(piece->text);
    struct view text = coloured ? buffer_view(&scan->uncoloured.text) : piece->text;
    const struct search search = {scan, NULL, 0, text, flags_of(scan, piece)};
    const struct proviso proviso = {holds, &search};
    scan->count = settle_overlaps(scan->candidates, scan->count, scan->taken, &proviso);
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
    settle(scan, piece);
    return true;
}
