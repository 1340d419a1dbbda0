#include "escape.h"

/* What an escape stands for. */
struct unit {
    size_t raw; /* bytes of the escape */
    char text[4];
    size_t size;
};

static uint32_t hex_value(char c) {
    return (uint32_t)(is_digit(c) ? c - '0' : to_lower(c) - 'a' + 10);
}

/* The four digits of a \u at `at`; 0 where none stands, which is no surrogate. */
static uint32_t half_at(struct view raw, size_t at) {
    uint32_t half = 0;
    if (raw.size - at < 6 || raw.at[at] != '\\' || raw.at[at + 1] != 'u') return 0;
    for (size_t i = 2; i < 6; i++) half = half << 4 | hex_value(raw.at[at + i]);
    return half;
}

static struct unit unit_of_point(size_t raw, uint32_t point) {
    struct unit unit = {.raw = raw, .size = 1, .text = {(char)point}};
    if (point < 0x80) return unit;
    unit.size = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (size_t i = unit.size - 1; i > 0; i--, point >>= 6)
        unit.text[i] = (char)(0x80 | (point & 0x3f));
    unit.text[0] = (char)((0xf00U >> unit.size) | point);
    return unit;
}

static struct unit unit_of_half(struct view raw, size_t at) {
    uint32_t point = half_at(raw, at), low = half_at(raw, at + 6);
    bool surrogate = point >= 0xd800 && point <= 0xdfff;
    if (surrogate && point < 0xdc00 && low >= 0xdc00 && low <= 0xdfff)
        return unit_of_point(12, 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00));
    return unit_of_point(6, surrogate ? 0xfffd : point);
}

static struct unit unit_at(struct view raw, size_t at) {
    static const struct view letters = {"bfnrt", 5};
    char letter = raw.at[at + 1];
    if (letter == 'u') return unit_of_half(raw, at);
    size_t which = view_find(letters, 0, letter);
    return unit_of_point(2, (unsigned char)(which < letters.size ? "\b\f\n\r\t"[which] : letter));
}

void escape_decode(struct view raw, struct buffer *out) {
    for (size_t at = 0; at < raw.size;) {
        size_t escape = view_find(raw, at, '\\');
        buffer_append(out, view_part(raw, at, escape));
        at = escape;
        if (escape == raw.size) break;
        struct unit unit = unit_at(raw, at);
        buffer_append(out, view_of(unit.text, unit.size));
        at += unit.raw;
    }
}

void escape_encode(struct view text, struct buffer *out) {
    size_t from = 0;
    for (size_t at = 0; at < text.size; at++) {
        unsigned char byte = (unsigned char)text.at[at];
        bool control = byte < 0x20;
        if (!control && byte != '"' && byte != '\\') continue;
        buffer_append(out, view_part(text, from, at));
        if (control) buffer_format(out, "\\u%04x", byte);
        if (!control) buffer_append_byte(out, '\\');
        from = control ? at + 1 : at;
    }
    buffer_append(out, view_part(text, from, text.size));
}

void escape_move(struct view raw, struct escape_place *place, size_t decoded) {
    while (place->decoded < decoded && place->raw < raw.size) {
        size_t missing = decoded - place->decoded, left = raw.size - place->raw;
        struct view near = view_part(raw, 0, place->raw + (missing < left ? missing : left));
        size_t escape = view_find(near, place->raw, '\\');
        place->decoded += escape - place->raw;
        place->raw = escape;
        if (escape == near.size) continue;
        struct unit unit = unit_at(raw, escape);
        place->decoded += unit.size;
        place->raw += unit.raw;
    }
}
