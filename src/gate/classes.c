#include "reader.h"

static bool read_hex(struct reader *reader, struct byteset *set) {
    size_t start = reader->at, most = 2, value = 0;
    bool braced = accept(reader, VIEW("{"));
    if (braced) start++, most = 8;
    while (reader->at - start < most && is_hex(peek(reader))) {
        char digit = to_lower(reader->text.at[reader->at++]);
        value = value * 16 + (size_t)(is_digit(digit) ? digit - '0' : digit - 'a' + 10);
    }
    if (value > 255 || (braced && !accept(reader, VIEW("}")))) return false;
    byteset_add(set, (unsigned char)value);
    return true;
}

/* What follows a backslash that stands for bytes. */
bool read_escaped(struct reader *reader, struct byteset *set) {
    char letter = peek(reader);
    if (reader->at >= reader->text.size) return false;
    reader->at++;
    return letter == 'x' ? read_hex(reader, set) : byteset_add_escape(set, letter);
}

static bool read_named(struct reader *reader, struct byteset *set) {
    struct byteset named = {0};
    size_t end = view_find(reader->text, reader->at, ':');
    bool inverted = accept(reader, VIEW("^"));
    if (end >= reader->text.size || end < reader->at) return false;
    if (!byteset_add_named(&named, view_part(reader->text, reader->at, end))) return false;
    if (inverted) byteset_invert(&named);
    byteset_join(set, &named);
    reader->at = end;
    return accept(reader, VIEW(":]"));
}

static size_t count_bytes(const struct byteset *set) {
    size_t count = 0;
    for (size_t i = 0; i < 4; i++) count += (size_t)__builtin_popcountll(set->bits[i]);
    return count;
}

static unsigned char first_byte(const struct byteset *set) {
    unsigned byte = 0;
    while (byte < 255 && !byteset_has(set, (unsigned char)byte)) byte++;
    return (unsigned char)byte;
}

/* A byte or an escape of a class, or a named class. */
static bool read_member(struct reader *reader, struct byteset *set) {
    if (accept(reader, VIEW("[:"))) return read_named(reader, set);
    if (accept(reader, VIEW("\\b"))) {
        byteset_add(set, '\b');
        return true;
    }
    if (accept(reader, VIEW("\\"))) return read_escaped(reader, set);
    if (reader->at >= reader->text.size) return false;
    byteset_add(set, (unsigned char)reader->text.at[reader->at++]);
    return true;
}

/* A member, or a range from it to another. */
static bool read_members(struct reader *reader, struct byteset *set) {
    struct byteset first = {0}, last = {0};
    if (!read_member(reader, &first)) return false;
    byteset_join(set, &first);
    bool range = peek(reader) == '-' && reader->at + 1 < reader->text.size &&
                 reader->text.at[reader->at + 1] != ']' && count_bytes(&first) == 1;
    if (!range) return true;
    reader->at++;
    if (!read_member(reader, &last) || count_bytes(&last) != 1) return false;
    byteset_add_range(set, first_byte(&first), first_byte(&last));
    return true;
}

bool read_class_set(struct reader *reader, struct byteset *set) {
    bool inverted = accept(reader, VIEW("^"));
    for (bool first = true; first || peek(reader) != ']'; first = false)
        if (!read_members(reader, set)) return false;
    reader->at++;
    if (reader->any_case) byteset_ignore_case(set);
    if (inverted) byteset_invert(set);
    return true;
}
