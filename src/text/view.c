#include "view.h"

int view_compare(struct view a, struct view b) {
    size_t common = a.size < b.size ? a.size : b.size;
    int order = common ? memcmp(a.at, b.at, common) : 0;
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

bool view_equal_nocase(struct view a, struct view b) {
    if (a.size != b.size) return false;
    for (size_t i = 0; i < a.size; i++)
        if (to_lower(a.at[i]) != to_lower(b.at[i])) return false;
    return true;
}

bool view_starts(struct view text, struct view start) {
    return text.size >= start.size && memcmp(text.at, start.at, start.size) == 0;
}

bool view_ends(struct view text, struct view end) {
    return text.size >= end.size && memcmp(text.at + text.size - end.size, end.at, end.size) == 0;
}

size_t view_find(struct view text, size_t from, char byte) {
    if (from >= text.size) return text.size;
    const char *found = memchr(text.at + from, byte, text.size - from);
    return found ? (size_t)(found - text.at) : text.size;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/* Counted in bytes as far as a byte counts, which compilers turn into vectors. */
size_t view_count(struct view text, char byte) {
    size_t count = 0;
    for (size_t at = 0; at < text.size;) {
        size_t end = text.size - at < 255 ? text.size : at + 255;
        unsigned char part = 0;
        for (; at < end; at++) part = (unsigned char)(part + (text.at[at] == byte));
        count += part;
    }
    return count;
}

struct view view_trim(struct view text) {
    if (text.size == 0) return text; /* of NULL too, to which nothing may be added */
    size_t from = 0, to = text.size;
    while (from < to && is_blank(text.at[from])) from++;
    while (to > from && is_blank(text.at[to - 1])) to--;
    return view_part(text, from, to);
}

static bool separates_words(char c) {
    return is_blank(c) || c == ',';
}

struct view view_word(struct view *rest) {
    if (rest->size == 0) return *rest;
    size_t from = 0;
    while (from < rest->size && separates_words(rest->at[from])) from++;
    size_t to = from;
    while (to < rest->size && !separates_words(rest->at[to])) to++;
    struct view word = view_part(*rest, from, to);
    *rest = view_part(*rest, to, rest->size);
    return word;
}

struct view view_basename(struct view path) {
    size_t from = path.size;
    while (from > 0 && path.at[from - 1] != '/') from--;
    return view_part(path, from, path.size);
}
