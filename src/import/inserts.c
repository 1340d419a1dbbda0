#include "inserts.h"

/* The end of the insert whose digits start at `at`, its format `!s!` included. */
static size_t behind_insert(struct view text, size_t at) {
    while (at < text.size && is_digit(text.at[at])) at++;
    if (at >= text.size || text.at[at] != '!') return at;
    size_t end = view_find(text, at + 1, '!');
    return end < text.size ? end + 1 : at;
}

static size_t append_escape(struct buffer *out, struct view text, size_t at) {
    char c = text.at[at];
    if (c == '0') return text.size;
    if (is_digit(c)) {
        buffer_append(out, VIEW("..."));
        return behind_insert(text, at);
    }
    if (is_one_of(c, VIEW("nrtb"))) {
        buffer_append_byte(out, ' ');
        return at + 1;
    }
    if (!is_one_of(c, VIEW("%.! "))) buffer_append_byte(out, '%');
    buffer_append_byte(out, c);
    return at + 1;
}

void append_without_inserts(struct buffer *out, struct view text) {
    for (size_t at = 0; at < text.size;) {
        size_t sign = view_find(text, at, '%');
        buffer_append(out, view_part(text, at, sign));
        at = sign + 1;
        if (at < text.size) at = append_escape(out, text, at);
    }
}
