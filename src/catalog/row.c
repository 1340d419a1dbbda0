#include "row.h"

#include "utf8.h"

bool row_next_line(struct view text, size_t *from, struct view *ret_line) {
    if (*from >= text.size) return false;
    size_t end = view_find(text, *from, '\n');
    *ret_line = view_part(text, *from, end);
    if (ret_line->size && ret_line->at[ret_line->size - 1] == '\r') ret_line->size--;
    *from = end + 1;
    return true;
}

bool row_is_passed_over(struct view line) {
    return line.size == 0 || line.at[0] == '#' || view_trim(line).size == 0;
}

static struct view cut_column(struct view *rest) {
    size_t end = view_find(*rest, 0, '\t');
    struct view column = view_part(*rest, 0, end);
    *rest = end < rest->size ? view_part(*rest, end + 1, rest->size) : VIEW("");
    return column;
}

struct row row_split(struct view line) {
    struct row row;
    row.code = cut_column(&line);
    row.symbol = cut_column(&line);
    row.summary = line;
    if (view_equal(row.symbol, VIEW("-"))) row.symbol.size = 0;
    return row;
}

/* Where a row is checked, for its faults. */
struct place {
    struct view line;
    struct view origin;
    size_t number;
    struct fault *fault;
};

static bool wrong(const struct place *place, const char *where, const char *message) {
    return fault_at(place->fault, place->origin, place->number,
                    (size_t)(where - place->line.at) + 1, "%s", message);
}

static bool check_code(const struct place *place, struct view code) {
    if (code.size == 0) return wrong(place, code.at, "the code is missing");
    if (code.size > CODE_MOST) return wrong(place, code.at, "a code has 64 bytes at most");
    for (size_t i = 0; i < code.size; i++)
        if (code.at[i] <= ' ' || code.at[i] > '~')
            return wrong(place, code.at + i, "a code holds no blanks and is plain ASCII");
    return true;
}

static bool may_stand_in_symbol(char c) {
    return is_word(c) || c == '.' || c == '+' || c == '-';
}

static bool check_symbol(const struct place *place, struct view symbol) {
    if (symbol.size == 0) return true;
    if (symbol.size > SYMBOL_MOST) return wrong(place, symbol.at, "a symbol has 128 bytes at most");
    for (size_t i = 0; i < symbol.size; i++)
        if (!may_stand_in_symbol(symbol.at[i]))
            return wrong(place, symbol.at + i,
                         "a symbol is made of letters, digits and _ . + - only");
    if (!is_word(symbol.at[0]))
        return wrong(place, symbol.at, "a symbol starts with a letter, a digit or _");
    return true;
}

static bool is_control_point(uint32_t point) {
    return point < 0x20 || (point >= 0x7f && point < 0xa0) || point == 0x2028 || point == 0x2029;
}

static bool check_summary(const struct place *place, struct view summary) {
    if (summary.size > SUMMARY_MOST)
        return wrong(place, summary.at, "a summary has 880 bytes at most");
    for (size_t i = 0, step; i < summary.size; i += step) {
        uint32_t point = 0;
        step = utf8_decode(summary, i, &point);
        if (step == 0) return wrong(place, summary.at + i, "the summary is not UTF-8 here");
        if (point == '\t') return wrong(place, summary.at + i, "a row has three columns at most");
        if (is_control_point(point))
            return wrong(place, summary.at + i, "a summary holds no control characters");
        if (point == '{' || point == '}')
            return wrong(place, summary.at + i, "a summary holds no braces");
    }
    return true;
}

bool row_check(struct view line, struct view origin, size_t number, struct fault *fault) {
    struct place place = {line, origin, number, fault};
    if (view_find(line, 0, '\t') == line.size)
        return wrong(&place, line.at, "a row is: code TAB symbol TAB summary");
    struct row row = row_split(line);
    return check_code(&place, row.code) && check_symbol(&place, row.symbol) &&
           check_summary(&place, row.summary);
}
