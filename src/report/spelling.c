#include "spelling.h"

#include <inttypes.h>
#include <stdio.h>

static bool has_prefix(struct view text) {
    return view_starts(text, VIEW("0x")) || view_starts(text, VIEW("0X"));
}

bool hit_is_textual(const eg_hit *hit) {
    struct view text = {hit->text.at, hit->text.size};
    if (hit->value || view_equal(text, VIEW("0"))) return false;
    size_t at = has_prefix(text) ? 2 : 0;
    /* `00000` is the SQLSTATE of success; 0x00000000 is a number */
    if (at == 0) return true;
    while (at < text.size && text.at[at] == '0') at++;
    return at < text.size;
}

/* Digits that do not say the value in decimal say it in hexadecimal. */
static bool is_hexadecimal(uint64_t value, struct view text) {
    uint64_t decimal = 0;
    bool digits = true;
    if (has_prefix(text)) return true;
    for (size_t i = 0; i < text.size; i++) {
        if (!is_hex(text.at[i])) return false;
        digits = digits && is_digit(text.at[i]);
        if (digits) decimal = decimal * 10 + (uint64_t)(text.at[i] - '0');
    }
    return text.size && (!digits || decimal != value);
}

struct view spell_code(uint64_t value, struct view text, char room[SPELLING_SIZE]) {
    bool narrow = value <= UINT32_MAX, hexadecimal = is_hexadecimal(value, text);
    int size;
    if (narrow && (hexadecimal || value > INT32_MAX))
        size = snprintf(room, SPELLING_SIZE, "0x%08" PRIX64, value);
    else if (hexadecimal)
        size = snprintf(room, SPELLING_SIZE, "0x%016" PRIX64, value);
    else
        size = snprintf(room, SPELLING_SIZE, "%" PRId64, (int64_t)value);
    return view_of(room, (size_t)size);
}
