#include "ahead.h"

bool ahead_holds(const struct scan *scan, const struct piece *piece, struct view text) {
    return piece->ends && piece->at == 0 && scan->ahead.size && text.at >= scan->ahead.at &&
           text.at < scan->ahead.at + scan->ahead.size;
}

bool ahead_take(struct scan *scan, struct view text) {
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
    scan->passed = scan->looked = 0;
    scan->longer = next_long_line(lines, 0);
    return sweep_text(&scan->sweep, lines, true, &scan->coming);
}

static size_t line_start(struct view lines, size_t from, size_t at) {
    const char *end = memrchr(lines.at + from, '\n', at - from);
    return end ? (size_t)(end - lines.at) + 1 : from;
}

/* Words that rules want before their matches are no reason to look at a line. */
static bool is_reason(const struct scan *scan, struct place place) {
    return place.regex < scan->rules->codes + WATCHED;
}

size_t scan_next_line(struct scan *scan, size_t from) {
    const struct places *coming = &scan->coming;
    while (scan->looked < coming->count &&
           (coming->at[scan->looked].at < from || !is_reason(scan, coming->at[scan->looked])))
        scan->looked++;
    if (from > scan->longer) scan->longer = next_long_line(scan->ahead, from);
    if (scan->looked == coming->count || coming->at[scan->looked].at >= scan->longer)
        return scan->longer;
    return line_start(scan->ahead, from, coming->at[scan->looked].at);
}
