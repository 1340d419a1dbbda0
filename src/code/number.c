#include "number.h"

static struct view without_type_suffix(struct view digits) {
    while (digits.size > 1) {
        char last = to_lower(digits.at[digits.size - 1]);
        if (last != 'l' && last != 'u') break;
        digits.size--;
    }
    return digits;
}

/* Cut the marks of hexadecimal off the digits: `0x` before or `h` behind them. */
static bool cut_hex_marks(struct view *digits) {
    if (digits->size > 2 && digits->at[0] == '0' && to_lower(digits->at[1]) == 'x') {
        *digits = view_part(*digits, 2, digits->size);
        return true;
    }
    if (digits->size > 1 && to_lower(digits->at[digits->size - 1]) == 'h') {
        digits->size--;
        return true;
    }
    return false;
}

static bool has_hex_letter(struct view digits) {
    for (size_t i = 0; i < digits.size; i++)
        if (is_hex(digits.at[i]) && !is_digit(digits.at[i])) return true;
    return false;
}

static bool digit_value(char c, unsigned radix, unsigned *ret) {
    if (is_digit(c))
        *ret = (unsigned)(c - '0');
    else if (is_hex(c))
        *ret = (unsigned)(to_lower(c) - 'a') + 10;
    else
        return false;
    return *ret < radix;
}

static bool parse_digits(struct view digits, unsigned radix, uint64_t *ret) {
    uint64_t value = 0;
    for (size_t i = 0; i < digits.size; i++) {
        unsigned digit;
        if (!digit_value(digits.at[i], radix, &digit)) return false;
        if (value > (UINT64_MAX - digit) / radix) return false;
        value = value * radix + digit;
    }
    *ret = value;
    return digits.size > 0;
}

bool number_parse(struct view text, enum base base, struct number *ret) {
    struct number number = {0};
    if (text.size > 0 && (text.at[0] == '-' || text.at[0] == '+')) {
        number.negative = text.at[0] == '-';
        text = view_part(text, 1, text.size);
    }
    struct view digits = without_type_suffix(text);
    bool marked = cut_hex_marks(&digits);
    number.hex = marked || base == BASE_HEX || (base == BASE_AUTO && has_hex_letter(digits));
    if (!parse_digits(digits, number.hex ? 16 : 10, &number.bits)) return false;
    if (number.negative) {
        if (number.bits > (uint64_t)1 << 63) return false;
        number.bits = ~number.bits + 1;
    }
    *ret = number;
    return true;
}

static const uint64_t upper_half = 0xffffffff00000000;

bool number_low32(struct number number, uint32_t *ret) {
    uint64_t upper = number.bits & upper_half;
    bool extended = upper == upper_half && (number.bits & 0x80000000);
    *ret = (uint32_t)number.bits;
    return upper == 0 || extended;
}

size_t number_keys(struct number number, uint64_t ret_keys[NUMBER_KEYS]) {
    size_t count = 0;
    uint32_t low;
    ret_keys[count++] = number.bits;
    if (!number_low32(number, &low)) return count;
    if (low != number.bits) ret_keys[count++] = low;
    if ((low & 0x80000000) && (low | upper_half) != number.bits)
        ret_keys[count++] = low | upper_half;
    return count;
}

bool number_same(struct number a, struct number b) {
    uint32_t low_a, low_b;
    if (number_low32(a, &low_a) && number_low32(b, &low_b)) return low_a == low_b;
    return a.bits == b.bits;
}
