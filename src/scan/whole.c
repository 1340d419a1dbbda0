#include "whole.h"

enum { CODE_LONGEST = 64 };

static bool is_alnum(char c) {
    return is_letter(c) || is_digit(c);
}

static bool is_prefix(struct view text, size_t at) {
    return at + 1 < text.size && text.at[at] == '0' && to_lower(text.at[at + 1]) == 'x';
}

static bool holds(struct view code, bool (*is)(char)) {
    for (size_t i = 0; i < code.size; i++)
        if (is(code.at[i])) return true;
    return false;
}

/* What would continue the code: more hexadecimal digits, more of a word, or more digits. */
static bool (*continues(const struct rule *rule, struct view code))(char) {
    if (rule->base == BASE_HEX || is_prefix(code, 0)) return is_hex;
    return holds(code, is_letter) ? is_alnum : is_digit;
}

/* rsyslog writes a tab as `#011`, and so all control bytes: digits there are none of a number. */
static bool is_escape(struct view text, size_t start, size_t size) {
    const char *at = text.at + start;
    return start > 0 && at[-1] == '#' && size >= 3 && at[0] == '0' && at[1] >= '0' &&
           at[1] <= '3' && at[2] >= '0' && at[2] <= '7';
}

bool code_is_whole(const struct rule *rule, struct view text, size_t start, size_t end) {
    struct view code = view_part(text, start, end);
    if (code.size == 0 || code.size > CODE_LONGEST) return false;
    if (!rule->textual && !rule->by_symbol && !holds(code, is_digit)) return false;
    if (is_escape(text, start, code.size)) return false;
    bool (*more)(char) = continues(rule, code);
    if (start > 0 && more(text.at[start - 1]) && is_alnum(code.at[0])) return false;
    if (end == text.size || !is_alnum(text.at[end - 1])) return true;
    if (view_equal(code, VIEW("0")) && is_prefix(text, start)) return false;
    return !more(text.at[end]);
}

static size_t run_end(struct view text, size_t from, bool (*is)(char)) {
    while (from < text.size && is(text.at[from])) from++;
    return from;
}

static size_t digits_end(const struct rule *rule, struct view text, size_t from) {
    if (rule->base == BASE_HEX) return run_end(text, from, is_hex);
    if (is_prefix(text, from)) return run_end(text, from + 2, is_hex);
    return run_end(text, from, is_digit);
}

size_t code_first_end(const struct rule *rule, struct view text, size_t from) {
    bool (*begins)(char) = rule->lettered || rule->by_symbol ? is_alnum : is_digit;
    while (from < text.size && !begins(text.at[from])) from++;
    if (from == text.size) return from;
    if (is_digit(text.at[from])) return digits_end(rule, text, from);
    size_t digit = from;
    while (digit < text.size && is_alnum(text.at[digit]) && !is_digit(text.at[digit])) digit++;
    return digit < text.size && is_digit(text.at[digit]) ? digits_end(rule, text, digit) : digit;
}
