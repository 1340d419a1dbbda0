#include "controls.h"

enum { ESCAPE_SIZE = sizeof "#011" - 1, ESC = 033, DEL = 0177 };

/* The byte for which the escape at `at` stands; -1 where none stands. */
static int escaped_at(struct view text, size_t at) {
    if (text.size - at < ESCAPE_SIZE || text.at[at] != '#') return -1;
    int byte = 0;
    for (size_t i = 1; i < ESCAPE_SIZE; i++) {
        char digit = text.at[at + i];
        if (digit < '0' || digit > '7') return -1;
        byte = byte * 8 + (digit - '0');
    }
    return byte < 0x20 || byte == DEL ? byte : -1;
}

/* The next escape at or after `from`; the text's size where there is none. */
static size_t next_escape(struct view text, size_t from) {
    while (from < text.size) {
        from = view_find(text, from, '#');
        if (from == text.size || escaped_at(text, from) >= 0) break;
        from++;
    }
    return from;
}

bool controls_are_escaped(struct view text) {
    if (next_escape(text, 0) == text.size || view_find(text, 0, '{') < text.size) return false;
    for (size_t i = 0; i < text.size; i++)
        if (is_control(text.at[i])) return false;
    return true;
}

void controls_decode(struct view text, struct buffer *out) {
    for (size_t at = 0; at < text.size;) {
        size_t escape = next_escape(text, at);
        buffer_append(out, view_part(text, at, escape));
        at = escape;
        if (escape == text.size) break;
        buffer_append_byte(out, escaped_at(text, escape) == ESC ? ESC : '\t');
        at += ESCAPE_SIZE;
    }
}

/* Glosses hold no control bytes: those there are stand for the escapes of the text, in their order.
 */
void controls_encode(struct view annotated, struct view text, struct buffer *out) {
    size_t escape = 0, from = 0;
    for (size_t i = 0; i < annotated.size; i++) {
        if (!is_control(annotated.at[i])) continue;
        escape = next_escape(text, escape);
        buffer_append(out, view_part(annotated, from, i));
        buffer_append(out, view_part(text, escape, escape + ESCAPE_SIZE));
        escape += ESCAPE_SIZE;
        from = i + 1;
    }
    buffer_append(out, view_part(annotated, from, annotated.size));
}
