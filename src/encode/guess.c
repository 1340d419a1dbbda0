#include "encoding.h"

/* So many characters of a text without a mark are looked at; fewer have to do where it is short. */
enum { CHARACTERS = 4, CHARACTERS_LEAST = 2 };

static const struct view marks[] = {{"\xef\xbb\xbf", 3}, {"\xff\xfe", 2}, {"\xfe\xff", 2}};

size_t encoding_mark(enum encoding encoding, struct view first) {
    return view_starts(first, marks[encoding]) ? marks[encoding].size : 0;
}

static bool may_become(struct view first, struct view mark) {
    return first.size < mark.size && view_starts(mark, first);
}

static bool is_ascii_text(char c) {
    return (c >= ' ' && c < 0x7f) || c == '\t' || c == '\r' || c == '\n';
}

/* How many characters there are before the first that is none of this encoding. */
static size_t count_characters(struct view text, size_t letter) {
    size_t count = 0;
    while (count < text.size / 2 && is_ascii_text(text.at[2 * count + letter]) &&
           text.at[2 * count + 1 - letter] == '\0')
        count++;
    return count;
}

/* Whether the text begins with such characters, `letter` being the offset of the byte that is not
 * NUL. */
static bool fits(struct view text, size_t letter) {
    size_t most = 2 * (size_t)CHARACTERS;
    struct view part = view_part(text, 0, text.size < most ? text.size : most);
    bool odd = part.size % 2;
    if (count_characters(part, letter) < part.size / 2) return false;
    return !odd ||
           (letter == 0 ? is_ascii_text(part.at[part.size - 1]) : part.at[part.size - 1] == '\0');
}

static bool guess_unmarked(struct view first, bool ended, struct guess *ret) {
    size_t size = first.size / 2;
    for (size_t letter = 0; letter < 2; letter++) {
        if (!fits(first, letter)) continue;
        if (size < CHARACTERS && !ended) return false;
        if (size >= CHARACTERS_LEAST)
            ret->encoding = letter == 0 ? ENCODING_UTF16LE : ENCODING_UTF16BE;
    }
    return true;
}

bool encoding_guess(struct view first, bool ended, struct guess *ret) {
    *ret = (struct guess){ENCODING_BYTES, 0};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (!ended && may_become(first, marks[i])) return false;
        if (!view_starts(first, marks[i])) continue;
        *ret = (struct guess){(enum encoding)i, marks[i].size};
        return true;
    }
    return guess_unmarked(first, ended, ret);
}
