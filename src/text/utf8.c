#include "utf8.h"

static size_t sequence_length(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first <= 0xdf) return 2;
    if (first >= 0xe0 && first <= 0xef) return 3;
    if (first >= 0xf0 && first <= 0xf4) return 4;
    return 0;
}

static bool is_shortest(uint32_t point, size_t length) {
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    bool surrogate = point >= 0xd800 && point <= 0xdfff;
    return point >= least[length] && point <= 0x10ffff && !surrogate;
}

size_t utf8_decode(struct view text, size_t from, uint32_t *ret_point) {
    const unsigned char *bytes = (const unsigned char *)text.at + from;
    size_t length = sequence_length(bytes[0]);
    if (length == 0 || length > text.size - from) return 0;
    uint32_t point = length == 1 ? bytes[0] : bytes[0] & (0x7fU >> length);
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xc0) != 0x80) return 0;
        point = point << 6 | (bytes[i] & 0x3f);
    }
    if (!is_shortest(point, length)) return 0;
    *ret_point = point;
    return length;
}

size_t utf8_cut(struct view text, size_t most) {
    if (text.size <= most) return text.size;
    while (most > 0 && ((unsigned char)text.at[most] & 0xc0) == 0x80) most--;
    return most;
}
